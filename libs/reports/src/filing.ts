import { refuse, type LocalDate, type Refusal } from '#kernel';
import { readClock, type Law } from '#law';

/** Conditions of filing a case (立案), all of which must be met: S4 Art. 19. */
export const FILING_CONDITIONS = [
  /** 有证据初步证明存在违法行为 */
  'evidence-of-violation',
  /** 依法应当给予行政处罚 */
  'penalty-due',
  /** 属于本部门管辖 */
  'competent',
  /** 在给予行政处罚的法定期限内 */
  'within-time-bar',
] as const;
export type FilingCondition = (typeof FILING_CONDITIONS)[number];

/** Grounds on which no case is filed (不予立案): S4 Art. 20 items (1)–(4), or a condition of Art. 19 that is not met. */
export const NOT_FILING_GROUNDS = ['20(1)', '20(2)', '20(3)', '20(4)', '19'] as const;
export type NotFilingGround = (typeof NOT_FILING_GROUNDS)[number];

/** Which time bar of a penalty holds (S15 Art. 36): two years; five where life, health or financial safety was harmed. */
export const VIOLATION_GRAVITIES = ['general', 'life-health-finance'] as const;
export type ViolationGravity = (typeof VIOLATION_GRAVITIES)[number];

const TIME_BARS: Readonly<Record<ViolationGravity, string>> = {
  general: 'L-17',
  'life-health-finance': 'L-17.life-health-finance',
};

/** What the head (负责人) finds when a case is to be filed. */
export interface FilingFinding {
  readonly conditions: readonly FilingCondition[];
  readonly violationEndedOn?: LocalDate;
  readonly gravity?: ViolationGravity;
}

/**
 * Whether a case may be filed on what was discovered on a day, as the head has found. Refuses `FILING_CONDITION_NOT_MET`,
 * `ENDED_AFTER_DISCOVERY`, and `PENALTY_TIME_BARRED` for an act that had ended too long before its discovery.
 */
export function refuseFiling(
  { conditions, violationEndedOn, gravity = 'general' }: FilingFinding,
  discoveredOn: LocalDate,
  law: Law,
): Refusal | undefined {
  const unmet = FILING_CONDITIONS.filter((condition) => !conditions.includes(condition));
  if (unmet.length > 0) {
    const detail = `A case is filed when all four conditions are met (S4 Art. 19), not without ${unmet.join(', ')}.`;
    return refuse('invalid', 'FILING_CONDITION_NOT_MET', detail, 'conditions');
  }
  if (violationEndedOn === undefined) return undefined;
  if (violationEndedOn > discoveredOn) {
    const detail = `It was discovered on ${discoveredOn}: what went on after that has no end to count from.`;
    return refuse('invalid', 'ENDED_AFTER_DISCOVERY', detail, 'violationEndedOn');
  }
  const { due, rule } = readClock({ clock: 'time-bar', rule: TIME_BARS[gravity], from: violationEndedOn }, law);
  if (due === null || discoveredOn <= due) return undefined;
  const detail = `A penalty could be given for what was discovered until ${due} (${rule}).`;
  return refuse('conflict', 'PENALTY_TIME_BARRED', detail, 'violationEndedOn');
}

/** What a ground of not filing must have to do with the conditions. Refuses `UNMET_REQUIRED`, `UNMET_NOT_APPLICABLE`. */
export function refuseGround(ground: NotFilingGround, unmet: readonly FilingCondition[]): Refusal | undefined {
  if (ground === '19' && unmet.length === 0) {
    return refuse('invalid', 'UNMET_REQUIRED', 'It says which conditions of filing are not met (S4 Art. 19).', 'unmet');
  }
  if (ground !== '19' && unmet.length > 0) {
    const detail = 'On a ground of Art. 20 a case need not be filed though its conditions are met.';
    return refuse('invalid', 'UNMET_NOT_APPLICABLE', detail, 'unmet');
  }
  return undefined;
}
