// What every context shares: the table of a context, commands and queries, validation, problems, HTTP plumbing.
export * from './clock-answer.ts';
export * from './clock-commands.ts';
export * from './command.ts';
export * from './command-service.ts';
export * from './context.ts';
export * from './problem.ts';
export * from './process-service.ts';
export * from './query-service.ts';
export * from './settings.ts';
export * from './validation/index.ts';
export { isEventWithheld } from './withheld.ts';
