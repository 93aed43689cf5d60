import { constants, platform, setPriority } from 'node:os';
import { openEmbeddedReader, type EventReader } from '#event-log';
import { systemClock, type Position } from '#kernel';
import type { Law } from '#law';
import { MetricsEngine, MetricsFollower } from '#metrics';
import {
  openEmbeddedReadModels,
  startProjectionWorker,
  type ProjectionStatus,
  type ProjectionWorker,
  type ProjectionWorkerSetup,
  type SetUpProjections,
  type WorkerExit,
} from '#read-models';
import { CalendarKeeper } from '#work-calendars';
import { eventSchemas, projections } from './contexts.ts';
import { readPlace } from './law-of-the-place.ts';

/** What follows the log, as the rest of the system sees it. */
export type ProjectionHost = Pick<
  ProjectionWorker,
  'signal' | 'statuses' | 'status' | 'rebuild' | 'replayParked' | 'parked' | 'call' | 'stop'
>;

export interface ProjectionHostOptions {
  readonly folder: string;
  /** Wakes the worker with every commit of the log. */
  readonly headSignal: SharedArrayBuffer;
  /** File of the rules that this place sets: figures name those they rest on. */
  readonly rulesFile?: string | undefined;
  /** Nothing is projected any more: the service must not call itself ready. */
  readonly onExit: (exit: WorkerExit) => void;
}

/** Read models and metrics in a thread of their own, so that projecting takes nothing from answering. */
export function hostProjections({ onExit, ...rest }: ProjectionHostOptions): Promise<ProjectionHost> {
  const options: WorkerOptions = rest;
  return startProjectionWorker({ module: import.meta.url, exportName: 'setUpProjections', options, onExit });
}

type WorkerOptions = Pick<ProjectionHostOptions, 'folder' | 'headSignal' | 'rulesFile'>;

/** Pause when everything is projected: what arrives meanwhile is one batch, and nobody waits longer than this for a view. */
const REST_MS = 10;

/**
 * Where cores are short, answering comes before projecting. On Linux a thread may have a priority of its own, and 0 is
 * the calling one; elsewhere this would slow the whole process down, so it is left alone.
 */
function yieldToAnswers(): void {
  if (platform() === 'linux') setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL);
}

/** Runs in the worker: its own connections to the log and the store. */
export const setUpProjections: SetUpProjections<WorkerOptions> = async ({ folder, headSignal, rulesFile }, signal) => {
  yieldToAnswers();
  const reader = openEmbeddedReader({ folder, schemas: eventSchemas, headSignal });
  const store = openEmbeddedReadModels({
    folder,
    projections,
    signal,
    onSetAside: (path) => report(`set aside as ${path}`, 'read models'),
  });
  const { rules } = readPlace({ rulesFile });
  const calendars = await CalendarKeeper.open({ log: reader, report: (error) => report(error, 'calendar') });
  const metrics = await openMetrics(folder, reader, () => ({ calendar: calendars.calendar(), rules }));
  return {
    reader,
    store,
    projections,
    followers: [metrics],
    restMs: REST_MS,
    async close() {
      await metrics.save().catch((error: unknown) => report(error, 'metrics snapshot'));
      await calendars.close();
      await store.close();
      await reader.close();
    },
  } satisfies ProjectionWorkerSetup;
};

function openMetrics(folder: string, reader: EventReader, law: () => Law): Promise<MetricsFollower> {
  const engine = new MetricsEngine({ clock: systemClock, log: reader, law });
  return MetricsFollower.open({ engine, folder, report: (error) => report(error, 'metrics snapshot') }, reader);
}

/** A worker has no logger; what must be seen goes to standard error, which the service's logs go to as well. */
function report(error: unknown, what: string): void {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${JSON.stringify({ level: 50, msg: what, error: message })}\n`);
}

/** The place up to which a follower has read; 0 when it is unknown. */
export function checkpointOf(statuses: readonly ProjectionStatus[], name: string): Position {
  return statuses.find((status) => status.name === name)?.checkpoint ?? 0;
}
