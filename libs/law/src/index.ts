// Legal periods as data by date, and the deadlines that follow from them.
export * from './rule.ts';
export { RuleBook, readingsOf, type SelectedRule, type Selection } from './rule-book.ts';
export { parseRegulations, parseRules, readRules, regulations, ruleBook, type Regulation } from './read-rules.ts';
