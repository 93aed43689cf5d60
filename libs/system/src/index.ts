export * from './contexts.ts';
export * from './projection-host.ts';
export * from './system.ts';
