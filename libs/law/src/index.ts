// Legal periods as data by date, and the deadlines that follow from them.
export * from './rule.ts';
export { RuleBook, readingsOf, type SelectedRule, type Selection } from './rule-book.ts';
export { parseRegulations, parseRules, readRules, regulations, ruleBook, type Regulation } from './read-rules.ts';
export { deadline, isInTime, type Arithmetic, type Deadline, type DeadlineQuestion } from './deadline.ts';
export { explain, type Explanation } from './explanation.ts';
export type { Extension, GrantedExtension } from './extension.ts';
export type { Suspension } from './suspension.ts';
export { configure } from './configure.ts';
export { provisionsOn, type Provisions } from './provisions.ts';
export * from './competence.ts';
export { shippedLaw, type Law } from './law.ts';
export * from './clock/index.ts';
