// What may be asked: one class per command, by subject.
export * from './commands/acceptance.ts';
export * from './commands/afterwards.ts';
export * from './commands/competence.ts';
export * from './commands/ending.ts';
export * from './commands/mediation.ts';
export * from './commands/receipt.ts';
