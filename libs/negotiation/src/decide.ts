// What follows from each command, by subject.
export * from './decide-advance.ts';
export * from './decide-clocks.ts';
export * from './decide-ending.ts';
export { agree, counter, propose } from './decide-offers.ts';
export * from './decide-opening.ts';
export * from './decide-return.ts';
export * from './decide-settlement.ts';
