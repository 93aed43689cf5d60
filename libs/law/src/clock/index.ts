export * from './clock.ts';
export { evolveClock, evolveClocks } from './evolve-clocks.ts';
export { deadlineBehind, readAgain, readClock, type ClockInputs } from './read-clock.ts';
export { isBy, judgedAt, timelinessBy, timelinessOf, type Timeliness } from './timeliness.ts';
export { amendedReading, isProvisional } from './amendment.ts';
export { awaitsRule } from './awaits-rule.ts';
export { refuseVerification } from './late-entry.ts';
export { grantTime, restartClock, stopClock, type GrantedTime } from './granting.ts';
