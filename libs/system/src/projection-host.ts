import type { EventReader } from '#event-log';
import type { Clock, Position } from '#kernel';
import { MetricsEngine, MetricsFollower } from '#metrics';
import {
  createRunner,
  openEmbeddedReadModels,
  type ProjectionStatus,
  type RebuildOptions,
  type RebuildReport,
  type ReplayReport,
} from '#read-models';
import { projections } from './contexts.ts';

/** What follows the log: the read models and the metrics engine, on this thread or on another. */
export interface ProjectionHost {
  status(): Promise<ProjectionStatus[]>;
  rebuild(projection: string, options?: Pick<RebuildOptions, 'compare' | 'onProgress'>): Promise<RebuildReport>;
  replayParked(projection: string, key: string): Promise<ReplayReport>;
  /** A request to a follower, by name. */
  call(follower: string, method: string, args: readonly unknown[]): Promise<unknown>;
  stop(): Promise<void>;
}

export interface InlineHostOptions {
  readonly folder: string;
  readonly reader: EventReader;
  readonly clock: Clock;
  /** Shared with the readers, to wake those who wait for a position. */
  readonly signal: SharedArrayBuffer;
  readonly report: (error: unknown, what: string) => void;
}

/** Everything that follows the log, on the calling thread: what the worker runs, and what a command on a folder runs. */
export async function hostProjections(options: InlineHostOptions): Promise<ProjectionHost> {
  const { folder, reader, clock, signal, report } = options;
  const store = openEmbeddedReadModels({
    folder,
    projections,
    signal,
    onSetAside: (path) => report(new Error(`read models were unreadable, set aside as ${path}`), 'read models'),
  });
  const engine = new MetricsEngine({ clock, log: reader });
  const metrics = await MetricsFollower.open(
    { engine, folder, report: (error) => report(error, 'metrics snapshot') },
    reader,
  );
  const runner = createRunner({ reader, store, projections, followers: [metrics], clock });
  await runner.start();
  return {
    status: () => runner.status(),
    rebuild: (projection, rebuild) => runner.rebuild(projection, rebuild),
    replayParked: (projection, key) => runner.replayParked(projection, key),
    call: (follower, method, args) => runner.call(follower, method, args),
    async stop() {
      await runner.stop();
      await metrics.save().catch((error: unknown) => report(error, 'metrics snapshot'));
      await store.close();
    },
  };
}

/** The place up to which a follower has read; 0 when it is unknown. */
export function checkpointOf(statuses: readonly ProjectionStatus[], name: string): Position {
  return statuses.find((status) => status.name === name)?.checkpoint ?? 0;
}
