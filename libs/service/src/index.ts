export * from './command.ts';
export * from './command-service.ts';
export * from './context.ts';
export * from './problem.ts';
export * from './query-service.ts';
export * from './settings.ts';
export * from './validation/index.ts';
