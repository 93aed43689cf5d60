export * from './commands.ts';
export * from './dispute.ts';
export * from './disputes.module.ts';
export * from './events.ts';
export * from './views/disputes.ts';
