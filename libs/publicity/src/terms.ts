import type { ComplaintResult, TerminationGround } from '#complaints/events';
import type { LocalDate } from '#kernel';

// Words that commands, events and views of a publication share. The rules of publicity (投诉信息公示暂行规则) were not found: none of
// these lists has a source, and each is kept neutral (`source: none`).

/** 是否同意公示投诉信息, as form 1 has it. `not-asked`: the complaint came by a form or a call that does not ask. */
export const PUBLICATION_CONSENTS = ['agreed', 'refused', 'not-asked'] as const;
export type PublicationConsent = (typeof PUBLICATION_CONSENTS)[number];

/** Why a complaint is not published (不予公示). Source: none. */
export const PUBLICATION_EXCLUSIONS = [
  'consent-refused',
  'consent-not-asked',
  'respondent-not-identified',
  'complaint-disqualified',
  'complaint-withdrawn',
  'other-procedure-pending',
  'state-secret',
  'trade-secret',
  'personal-privacy',
  'minor-involved',
  'other',
] as const;
export type PublicationExclusion = (typeof PUBLICATION_EXCLUSIONS)[number];

/** Why what was published is taken back before its time. Source: none. */
export const PUBLICATION_WITHDRAWALS = [
  'consent-withdrawn',
  'complaint-reopened',
  'published-in-error',
  'ordered-from-above',
  'term-over',
  'other',
] as const;
export type PublicationWithdrawal = (typeof PUBLICATION_WITHDRAWALS)[number];

/** 投诉问题, sorted as the consumer associations sort complaints by their nature. Source: none. */
export const PROBLEM_CATEGORIES = [
  'quality',
  'safety',
  'price',
  'measurement',
  'counterfeit',
  'contract',
  'false-advertising',
  'dignity',
  'after-sales',
  'other',
] as const;
export type ProblemCategory = (typeof PROBLEM_CATEGORIES)[number];

export const OBJECTION_RESULTS = ['upheld', 'rejected'] as const;
export type ObjectionResult = (typeof OBJECTION_RESULTS)[number];

/** What everybody may see of a complaint: 企业名称, 统一社会信用代码, 地址, 投诉问题, 处理结果, 公示部门, 办结时间. Nothing of the complainant. */
export interface Shown {
  /** As registered: it stands in the public register and is no personal data. */
  readonly businessName: string;
  readonly respondentUscc: string;
  /** Division of the place of operation, no nearer than the district (T-37). */
  readonly addressRegion: string;
  readonly problem: ProblemCategory;
  readonly result: ComplaintResult;
  readonly ground: TerminationGround | null;
  readonly authority: string;
  readonly closedOn: LocalDate;
  /** Vault reference of words that a person has redacted; null where there are none. */
  readonly summary: string | null;
}
