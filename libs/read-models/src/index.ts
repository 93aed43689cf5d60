// Read models: their port, the embedded engine on SQLite, the runner that follows the log, and the contract suite.
export * from './cursor.ts';
export * from './embedded/index.ts';
export {
  type Follower,
  type FollowerRebuild,
  type FollowerRebuildOptions,
  type FollowerStatus,
  type ReplayReport,
} from './follower.ts';
export { isStreamKey, streamKey } from './fold.ts';
export * from './port.ts';
export * from './projection.ts';
export { type RebuildOptions, type RebuildProgress, type RebuildReport } from './rebuild.ts';
export * from './runner.ts';
export * from './signal.ts';
export * from './worker/index.ts';
