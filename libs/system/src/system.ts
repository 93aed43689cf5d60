import { mkdirSync } from 'node:fs';
import { openKeyHasher, newSecret, type Authenticator } from '#access';
import { accessKeysContext, ensureAdministrator, KeyRing } from '#access-keys';
import { lockDataFolder, openEmbeddedEventLog, type EmbeddedEventLog } from '#event-log';
import { Failure, type Clock } from '#kernel';
import { loadKeyring, openVault, type PersonVault, type SealedPeople } from '#privacy';
import { openEmbeddedReadModelReader, type EmbeddedReader } from '#read-models';
import { CommandService, QueryService, type AnyContextTable } from '#service';
import { domainTables, eventSchemas, projections } from './contexts.ts';
import { hostProjections, type ProjectionHost } from './projection-host.ts';

export interface SystemOptions {
  /** Data folder; created when it is missing, and held by one process at a time (`DATA_FOLDER_IN_USE`). */
  readonly folder: string;
  readonly clock: Clock;
  /** Secret the administrator's key shall have; without it a first start makes one. */
  readonly adminKey?: string | undefined;
  /** Where failures go that must not change an answer. */
  readonly report: (error: unknown, what: string) => void;
}

/** All contexts on the embedded engines, ready to take commands and answer queries. */
export interface System {
  readonly tables: readonly AnyContextTable[];
  readonly log: EmbeddedEventLog;
  readonly vault: PersonVault;
  readonly readModels: EmbeddedReader;
  readonly host: ProjectionHost;
  readonly authenticator: Authenticator;
  readonly commands: CommandService;
  readonly queries: QueryService;
  readonly clock: Clock;
  /** The administrator's new secret, to be shown once; undefined when there was an administrator. */
  readonly newAdminKey: string | undefined;
  /** Finishes what is under way, in the order in which the parts depend on each other. */
  close(): Promise<void>;
}

/** Opens everything, or nothing: what was opened before a failure is closed again. */
export async function openSystem(options: SystemOptions): Promise<System> {
  const { folder, clock, report } = options;
  const opened: (() => unknown)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of opened.splice(0).reverse()) await close();
  };
  try {
    makeFolder(folder);
    const lock = lockDataFolder(folder);
    opened.push(() => lock.release());
    const keyring = loadKeyring(folder);
    const vault = await openVault({ folder, keyring });
    opened.push(() => vault.close());
    // One group commit for both: the people of a group, then its events, each with one sync.
    const beforehand = (people: readonly unknown[]): void => vault.storeNow(people as readonly SealedPeople[]);
    const log = openEmbeddedEventLog({ folder, clock, schemas: eventSchemas, lock, beforehand });
    opened.push(() => log.close());

    const hasher = openKeyHasher(keyring.pepper);
    const newAdminKey = await ensureAdministrator(log, hasher, { adminKey: options.adminKey, clock });
    const ring = await KeyRing.open({ log, hasher, clock, report: (error) => report(error, 'access keys') });
    opened.push(() => ring.close());

    const host = await hostProjections({
      folder,
      headSignal: log.headSignal,
      onExit: ({ code, error }) => report(error ?? new Error(`exit code ${code}`), 'the projections stopped'),
    });
    opened.push(() => host.stop());
    const readModels = openEmbeddedReadModelReader({ folder, projections, signal: host.signal });
    opened.push(() => readModels.close());

    const tables = [...domainTables, accessKeysContext(ring)];
    const commands = new CommandService({
      log,
      vault,
      record: (people, ...append) => log.append(...append, people.size > 0 ? vault.seal(people) : undefined),
      clock,
      hashSecret: (secret) => hasher.secretHash(secret),
      newSecret,
      report,
    });
    const queries = new QueryService({ reader: log, readModels, vault });
    return {
      tables,
      log,
      vault,
      readModels,
      host,
      authenticator: ring,
      commands,
      queries,
      clock,
      newAdminKey,
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** Where no folder can be, somebody has named the wrong place: no disk has failed. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure('DATA_FOLDER_UNUSABLE', `data folder ${folder} cannot be made: ${reason}`, false, {
      cause: error,
    });
  }
}
