// What follows from a command: one small function for each, by subject.
export * from './decide/acceptance.ts';
export * from './decide/afterwards.ts';
export * from './decide/competence.ts';
export * from './decide/correction.ts';
export * from './decide/ending.ts';
export * from './decide/identity-proof.ts';
export * from './decide/mediation.ts';
export * from './decide/merge.ts';
export * from './decide/receive.ts';
export * from './decide/transfer.ts';
export * from './decide/upkeep.ts';
