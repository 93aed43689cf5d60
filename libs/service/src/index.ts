export * from './command.ts';
export * from './context.ts';
export * from './validation/index.ts';
