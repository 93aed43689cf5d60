import type { EventReader } from '#event-log';
import type { Follower } from '../follower.ts';
import type { Projection, ReadModels } from '../port.ts';

/**
 * What the module named in {@link startProjectionWorker} exports: opens, inside the worker thread, its own connections to
 * log and store and tells what is to follow the log. `signal` is the shared memory by which readers on other threads are
 * woken (`openEmbeddedReadModels({ signal })`).
 */
export type SetUpProjections<Options = unknown> = (
  options: Options,
  signal: SharedArrayBuffer,
) => ProjectionWorkerSetup | Promise<ProjectionWorkerSetup>;

export interface ProjectionWorkerSetup {
  readonly reader: EventReader;
  readonly store: ReadModels;
  readonly projections: readonly Projection[];
  /** Other engines on the same log, for example the metrics. */
  readonly followers?: readonly Follower[];
  readonly restMs?: number;
  /** Closes what was opened; called when nothing follows any more. */
  close(): Promise<void>;
}
