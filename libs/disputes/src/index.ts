// Disputes (争议): the real quarrel behind tickets and procedures.
export * from './commands.ts';
export * from './dispute.ts';
export * from './disputes.module.ts';
export * from './events.ts';
export * from './views/disputes.ts';
