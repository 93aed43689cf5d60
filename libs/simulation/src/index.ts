// A simulated city: a seeded stream of realistic commands with known outcomes.
export type { IntendedFigure, IntendedGroup, IntendedMetric, IntendedScope } from './expected-outcomes.ts';
export { ExpectedOutcomes, expectedOutcomes } from './expected-outcomes.ts';
export type { IntendedDispute, IntendedNegotiation, IntendedOutcome, IntendedWorkOrder } from './ledger.ts';
export * from './play.ts';
export type { SimulationOptions } from './simulate.ts';
export { markOf, simulateCity, timeOf } from './simulate.ts';
export * from './simulated-events.ts';
export type { Reference, SimulatedCommand } from './step.ts';
export { isReference } from './step.ts';
export { contentOf } from './stories/evidence.ts';
export { pathOf } from './tables.ts';
