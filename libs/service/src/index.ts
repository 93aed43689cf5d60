export * from './command.ts';
export * from './context.ts';
