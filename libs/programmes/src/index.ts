// Programmes as data: verdicts on units and regions, and target boards.
export * from './measure.ts';
export { parsePolicy, programmes, readPolicies } from './policy-book.ts';
export * from './programme.ts';
export * from './target-board.ts';
export {
  judgeCondition,
  judgeTarget,
  overallOf,
  verdict,
  verdictOn,
  type ConditionVerdict,
  type FigureSource,
  type OperatingEvidence,
  type RegistrySource,
  type Verdict,
  type VerdictSources,
} from './verdict.ts';
