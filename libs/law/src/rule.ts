import type { Period, RollPolicy } from '#calendar';
import type { LocalDate } from '#kernel';

/**
 * What the sources say of a period: `stated`, `unknown` (there is or may be one, but no text was found: configuration), or
 * `none` (the row of the table has no period of its own).
 */
export type Limit = 'stated' | 'unknown' | 'none';

/** One clock of the table of deadlines, in all versions of the law. Data: `rules/*.yaml`. */
export interface Rule {
  /** Id of the table's row, `L-01`; of one clock among several of a row, `L-31.transfer`. */
  readonly id: string;
  /** Readable name, `complaint-acceptance`. */
  readonly name: string;
  readonly title: { readonly en: string; readonly zh: string };
  /** Clock that several rules govern, each in its own division: `hotline-handling`; null where the rule stands alone. */
  readonly clock: string | null;
  /** Division whose rule it is; null is the whole country. */
  readonly region: string | null;
  readonly limit: Limit;
  /** What happened on the day by which the version is chosen, in one word: received, accepted, filed, decided. It starts the clock. */
  readonly selectedBy: string;
  readonly starts: string;
  readonly completes: string;
  /** Why there is no number; null where there is one. */
  readonly because: string | null;
  /** In the order of their days. Empty unless the limit is stated. */
  readonly versions: readonly RuleVersion[];
}

/** 规则版本: a clock as one text of the law has it, on the days on which it holds. */
export interface RuleVersion {
  /** {@link Rule.id}, or that of the version's own row in the table, `L-02c`. */
  readonly id: string;
  /** Short name of the regulation, `SAMR-121`; `none` when a configuration sets it without one. */
  readonly regulation: string;
  /** Date of the regulation's text that was read; null where the source names none. */
  readonly regulationVersion: string | null;
  readonly article: string;
  readonly item: string | null;
  /** First and last day whose starts it governs; null is open. */
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
  /** Other days on which a named reading of the law takes this version. */
  readonly readings: Readonly<Record<string, Span>>;
  readonly period: Period;
  /** Reasons whose time is not counted; nothing else stops the clock. */
  readonly suspendedBy: readonly string[];
  /** In the order in which they can be had. */
  readonly extensions: readonly ExtensionRule[];
  readonly roll: RollPolicy;
  /** Digest of what a configuration sets, by which two of one article are told apart; null for the law's own. */
  readonly configuration: string | null;
  /** Source and clause, `S1 22, 23(1)(5)`. */
  readonly source: string;
  readonly notes: string | null;
}

export interface Span {
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
}

/** 延长: must be granted on or before the deadline as it stands without it. */
export interface ExtensionRule {
  /** The most it can be; null where the one who grants it says how much. Unit: that of the period. */
  readonly by: Period | null;
  /** In the words of the law. */
  readonly grantedBy: string;
  /** null is any number of times. */
  readonly times: number | null;
}

export const SUSPENSION_REASONS = [
  /** 鉴定 */ 'appraisal',
  /** 检测 */ 'testing',
  /** 检验 */ 'inspection',
  /** 检疫 */ 'quarantine',
  /** 检定 */ 'verification',
  /** 权利人辨认或者鉴别 */ 'right-holder-identification',
  /** 中止调查 */ 'case-suspended',
  /** 听证 */ 'hearing',
  /** 公告 */ 'public-notice',
  /** 责令退还多收价款 */ 'refund-ordered',
] as const;

/**
 * Names regulation, its version, article and item, as bare numbers shift between orders: `L-02c/SAMR-121@2025-12-30:23(1)(5)`.
 * What a configuration sets is named with a digest, `L-32.elsewhere/none~3f9a01c2:-`: another number is another version (T-33).
 */
export function ruleVersionName(version: RuleVersion): string {
  const { id, regulation, regulationVersion, article, item, configuration } = version;
  const text = regulationVersion === null ? regulation : `${regulation}@${regulationVersion}`;
  return `${id}/${text}${configuration === null ? '' : `~${configuration}`}:${article}${item ?? ''}`;
}
