// Event, command, decider, id, clock, time, social credit code, failure, reading of YAML: what every other lib is built on.
export * from './clock.ts';
export * from './decision.ts';
export * from './event.ts';
export * from './failure.ts';
export * from './given.ts';
export * from './guards.ts';
export * from './id.ts';
export * from './time.ts';
export * from './uscc.ts';
export * from './yaml-reader.ts';
export * from './yaml-nodes.ts';
