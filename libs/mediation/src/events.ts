// What can have happened in a mediation and on the roster, and what follows of it for clocks and in words: whoever reads these
// events reads them by the same rule.
export * from './clocks.ts';
export * from './kinds.ts';
export * from './mediation-events.ts';
export * from './roster-events.ts';
export * from './words.ts';
