// Duplicates (重复登记): which tickets and disputes may be one, found by keyed tokens; a machine suggests, a person finds.
export * from './commands.ts';
export * from './events.ts';
export { duplicatesTable } from './duplicates.module.ts';
export { compare, judge, type Comparison, type Judgement, type MatchedRecord } from './matching.ts';
export { parseMatchingPolicy, shippedMatching, type MatchingPolicy } from './matching-policy.ts';
export { MatchingProcess, type MatchingProcessPorts } from './processes/matching-process.ts';
export { recordsView, type RecordDocument } from './views/records.ts';
export { suggestionsView, type SuggestionDocument } from './views/suggestions.ts';
