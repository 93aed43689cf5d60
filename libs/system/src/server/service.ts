import { join } from 'node:path';
import { pino, destination, type Logger } from 'pino';
import type { Authenticator } from '#access';
import { Alerts, AlertsController, alertsRoutes } from '#alerts/server';
import { EvidenceStore } from '#evidence';
import { EvidenceController, EvidenceFiles, evidenceRoutes } from '#evidence/server';
import { Failure, systemClock } from '#kernel';
import { Figures, MetricsController, metricsRoutes } from '#metrics/server';
import { ProgrammesController, programmesRoutes } from '#programmes/server';
import type { Settings } from '#service';
import { createApplication } from '#service/server';
import { TimelineController, timelineRoutes, Timelines } from '#timeline/server';
import { openSystem, type System, type SystemOptions } from '../system.ts';
import { SystemFigures } from './system-figures.ts';
import { SystemOperations } from './system-operations.ts';

export interface Service {
  /** `http://HOST:PORT` as it listens. */
  readonly url: string;
  readonly system: System;
  /** Refuses new requests, finishes those under way, closes the engines. */
  close(): Promise<void>;
}

export interface ServiceOptions {
  readonly settings: Settings;
  readonly version: string;
  readonly logger?: Logger;
  /** See {@link SystemOptions.onAdministratorKey}. */
  readonly onAdministratorKey: SystemOptions['onAdministratorKey'];
  /** See {@link SystemOptions.runsProcesses}. */
  readonly runsProcesses?: boolean;
  /** Who is let in beside the holders of access keys; nobody unless said. */
  readonly authenticator?: (keys: Authenticator) => Authenticator;
}

/** How long requests may take to finish when the service is to end: a caller who never sends the rest holds nothing up. */
const DRAIN_MS = 10_000;

/** Opens the system and serves it over HTTP. */
export async function startService({
  settings,
  version,
  logger = serviceLogger(settings),
  onAdministratorKey,
  runsProcesses,
  authenticator = (keys) => keys,
}: ServiceOptions): Promise<Service> {
  const system = await openSystem({
    folder: settings.dataFolder,
    clock: systemClock,
    adminKey: settings.adminKey,
    place: settings,
    runsProcesses,
    onAdministratorKey,
    report: (error, what) => logger.error({ err: error }, what),
  });
  try {
    const operations = new SystemOperations(system);
    const figures = new SystemFigures(system);
    const { log: reader, vault, commands } = system;
    const store = new EvidenceStore(join(settings.dataFolder, 'evidence'));
    const evidence = new EvidenceFiles({
      ...{ reader, vault, commands, store, limit: settings.evidenceLimit },
      onRefusedRead: (refused) => system.queries.tellRefused(refused),
    });
    await evidence.recover();
    const app = await createApplication({
      tables: system.tables,
      controllers: [AlertsController, EvidenceController, TimelineController, MetricsController, ProgrammesController],
      routes: [...alertsRoutes, ...evidenceRoutes, ...timelineRoutes, ...metricsRoutes, ...programmesRoutes],
      providers: [
        { provide: Figures, useValue: figures },
        { provide: Alerts, useValue: new Alerts({ ...system, figures }) },
        { provide: EvidenceFiles, useValue: evidence },
        { provide: Timelines, useValue: new Timelines({ ...system, reader: system.log }) },
      ],
      commands: system.commands,
      queries: system.queries,
      operations,
      authenticator: authenticator(system.authenticator),
      settings,
      logger,
      version,
    });
    await app.listen(settings.port, settings.host).catch((error: unknown) => {
      throw listenFailure(error, settings);
    });
    const address = app.getHttpServer().address() as { address: string; port: number; family: string };
    const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
    return {
      url: `http://${name}:${address.port}`,
      system,
      async close() {
        operations.drain();
        const server = app.getHttpServer();
        // A connection that was busy when the server closed stays open when it has been answered, until it is told.
        const telling = setInterval(() => server.closeIdleConnections(), 50);
        const cutting = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
        await app.close().finally(() => {
          clearInterval(telling);
          clearTimeout(cutting);
        });
        await system.close();
      },
    };
  } catch (error) {
    await system.close();
    throw error;
  }
}

/** An address that cannot be listened on is a setting to be changed. */
function listenFailure(error: unknown, { host, port }: Pick<Settings, 'host' | 'port'>): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE' || code === 'EACCES')
    return new Failure('BAD_SETTING', `FANGXIN_PORT ${port} cannot be had: ${message}`, false, { cause: error });
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EINVAL')
    return new Failure('BAD_SETTING', `FANGXIN_HOST ${host} is no address of this machine: ${message}`, false, {
      cause: error,
    });
  return error;
}

/** Structured logs on standard error; standard output belongs to the one line that says where the service listens. */
export function serviceLogger(settings: Pick<Settings, 'logLevel'>): Logger {
  return pino(
    { level: settings.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    destination({ dest: 2, sync: true }),
  );
}
