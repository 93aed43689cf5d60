// Facts, formulas as data, and exact figures that can be drilled down to their events.
export * from './figure.ts';
export * from './formula.ts';
export { FormulaBook, formulaBook, parseFormula, readFormulas } from './formula-book.ts';
export * from './query.ts';
export { MetricsEngine, type MetricsEngineOptions, type MetricsStatus } from './engine.ts';
export { DISPUTE_OUTCOMES, NEGOTIATION_RESULTS } from './dispute-fact.ts';
export { WORK_ORDER_STATES, WORK_ORDER_TIMELINESS } from './work-order-fact.ts';
export { CLOCK_STANDINGS } from './clock-standing.ts';
export { COMPLAINT_DECISIONS } from './complaint-fact.ts';
export { NEGOTIATION_VENUES } from './negotiation-fact.ts';
export { REPORT_OUTCOMES } from './report-fact.ts';
export { MetricsFollower, type MetricsFollowerOptions } from './metrics-follower.ts';
export { windowOf } from './window.ts';
