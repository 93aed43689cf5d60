export * from './projection-worker.ts';
export type { ProjectionWorkerSetup, SetUpProjections } from './setup.ts';
