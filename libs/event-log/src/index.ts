// The event log: its port, the embedded engine on SQLite, and the contract suite of both.
export * from './checkpointed-follower.ts';
export * from './log-follower.ts';
export * from './port.ts';
export * from './embedded/index.ts';
