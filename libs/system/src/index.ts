// All contexts on the embedded engines, and the service that serves them.
export * from './contexts.ts';
export * from './projection-host.ts';
export * from './system.ts';
