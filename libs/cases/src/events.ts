import { objectId, type EventOf, type EventSchemas, type LocalDate, type RecordedOf } from '#kernel';
import type { ClockReading } from '#law';
import type { FilingCondition, NotFilingGround, VerificationStandstill, ViolationGravity } from '#reports/events';
import type { LateEntryReason } from '#service';

// What becomes of a case's clocks is told from its events alone: whoever reads these reads it by the same rule.
export * from './clocks.ts';
export * from './words.ts';

/** How the clue came (S4 Art. 18): by a report whose filing was decided, from mediation (S1 Art. 27), or by the authority's own work. */
export const CLUE_ORIGINS = [
  /** 调解中发现 */ 'mediation',
  /** 监督检查 */ 'inspection',
  /** 其他部门移送 */ 'transfer',
  /** 上级交办 */ 'assignment',
] as const;
export type ClueOrigin = (typeof CLUE_ORIGINS)[number];
export const CASE_ORIGINS = ['report', ...CLUE_ORIGINS] as const;
export type CaseOrigin = (typeof CASE_ORIGINS)[number];

/** What takes time that is not counted for the decision (S4 Art. 64), beside the hearing, which has steps of its own. */
export const CASE_STANDSTILLS = [
  /** 中止调查 */ 'case-suspended',
  /** 公告 */ 'public-notice',
  /** 检测 */ 'testing',
  /** 检验 */ 'inspection',
  /** 检疫 */ 'quarantine',
  /** 鉴定 */ 'appraisal',
  /** 权利人辨认或者鉴别 */ 'right-holder-identification',
  /** 责令退还多收价款 */ 'refund-ordered',
] as const;
export type CaseStandstill = (typeof CASE_STANDSTILLS)[number];

/** Why an investigation is suspended (中止调查). The codes are the field's own; the text of the order was not at hand for them. */
export const SUSPENSION_GROUNDS = [
  'other-case-pending',
  'interpretation-asked-for',
  'force-majeure',
  'party-unreachable',
  'other',
] as const;
export type SuspensionGround = (typeof SUSPENSION_GROUNDS)[number];

/** Who gives more time: the head (负责人) once, then the heads together (集体讨论). */
export const EXTENSION_GRANTERS = ['head', 'collective'] as const;
export type ExtensionGranter = (typeof EXTENSION_GRANTERS)[number];

export const REVIEW_OPINIONS = ['agreed', 'returned'] as const;
export type ReviewOpinion = (typeof REVIEW_OPINIONS)[number];

/** 案件处理决定: a penalty, none though there was a violation, none as there was none, or referral to the police (S4 Art. 60). */
export const CASE_RESULTS = ['penalty', 'no-penalty', 'no-violation', 'criminal'] as const;
export type CaseResult = (typeof CASE_RESULTS)[number];

/** 行政处罚的种类 (行政处罚法 9). */
export const PENALTIES = [
  /** 警告、通报批评 */ 'warning',
  /** 罚款 */ 'fine',
  /** 没收违法所得、没收非法财物 */ 'confiscation',
  /** 责令停产停业、限制开展生产经营活动 */ 'closure-order',
  /** 暂扣、降低、吊销许可证件 */ 'licence',
  'other',
] as const;
export type Penalty = (typeof PENALTIES)[number];

/** How a decision was served (送达). */
export const SERVICE_MODES = [
  'in-person',
  'by-mail',
  'electronic',
  'left-behind',
  'entrusted',
  'public-notice',
] as const;
export type ServiceMode = (typeof SERVICE_MODES)[number];

/** What became of a penalty after it was decided. */
export const PENALTY_REVISIONS = ['changed', 'annulled', 'found-unlawful', 'found-void'] as const;
export type PenaltyRevision = (typeof PENALTY_REVISIONS)[number];

/** 执行完毕, or the court has ended the execution. */
export const EXECUTION_MODES = ['performed', 'ended-by-court'] as const;
export type ExecutionMode = (typeof EXECUTION_MODES)[number];

/** Id of the case of a report that the head has filed: one decision to file is one case. */
export function caseOf(reportId: string): string {
  return objectId(0, `case of report-${reportId}`);
}

/** What a case is about. People and free text are vault references. */
export interface CaseMatter {
  readonly authority: string;
  readonly handlingRegion: string;
  readonly respondentUscc: string | null;
  readonly respondentRegion: string | null;
  readonly respondent: string | null;
  readonly sector: string | null;
  /** Vault reference of what is known. */
  readonly content: string | null;
}

/**
 * Events of a case (案件), from the clue on where one is verified here. Stream `case-{ulid}`. They may tell that somebody
 * reported, and are read by those who read reports.
 */
export interface CaseEvents {
  /** 线索核查: a clue that did not come as a report is verified, from its discovery on. */
  ClueVerificationStarted: CaseMatter & {
    readonly origin: ClueOrigin;
    /** Of the mediation in which it was found, with the complaint that is mediated, where there is one. */
    readonly clueId: string | null;
    readonly mediationId: string | null;
    readonly complaintId: string | null;
    readonly disputeId: string | null;
    readonly discoveredOn: LocalDate;
    /** `clue-verification`. */
    readonly clocks: readonly ClockReading[];
  };
  /** Approved by the head, before the deadline and once. */
  ClueVerificationExtended: {
    readonly grantedOn: LocalDate;
    /** Working days; what the rule gives where it is null. */
    readonly by: number | null;
    readonly clocks: readonly ClockReading[];
  };
  ClueVerificationSuspended: {
    readonly standstill: string;
    readonly kind: VerificationStandstill;
    readonly clocks: readonly ClockReading[];
  };
  ClueVerificationResumed: { readonly standstill: string; readonly clocks: readonly ClockReading[] };
  ClueVerificationCompleted: Record<string, never>;
  /** 不予立案 of a clue (S4 Art. 20), decided by the head. */
  ClueNotFiled: {
    readonly ground: NotFilingGround;
    readonly unmet: readonly FilingCondition[];
    /** Vault reference. */
    readonly reason: string;
  };
  /** 立案 (S4 Art. 19), decided by the head: here, or for a report in its own stream. */
  EnforcementCaseFiled: CaseMatter & {
    readonly origin: CaseOrigin;
    readonly reportId: string | null;
    readonly disputeId: string | null;
    readonly filedOn: LocalDate;
    readonly discoveredOn: LocalDate;
    readonly conditions: readonly FilingCondition[];
    readonly violationEndedOn: LocalDate | null;
    readonly gravity: ViolationGravity;
    /** `case-decision`. */
    readonly clocks: readonly ClockReading[];
  };
  /** 诉转案 (S1 Art. 27). The complaint goes on: it is neither closed nor excused by it (T-43). */
  ComplaintConvertedToCase: {
    readonly complaintId: string;
    readonly caseId: string;
    readonly clueId: string | null;
    readonly disputeId: string;
  };
  /** Another report on the same matter, whose filing was decided. */
  CaseReportLinked: { readonly reportId: string };
  /** At least two officers, by staff number. */
  CaseInvestigationStarted: { readonly officers: readonly string[] };
  /** From this day on the clock of the decision stands still. */
  CaseSuspended: {
    /** Number within the case: several may run at once, and their time counts once. */
    readonly standstill: string;
    readonly kind: CaseStandstill;
    /** With 中止调查 only. */
    readonly ground: SuspensionGround | null;
    readonly clocks: readonly ClockReading[];
  };
  CaseResumed: { readonly standstill: string; readonly clocks: readonly ClockReading[] };
  CaseDecisionExtended: {
    readonly grantedBy: ExtensionGranter;
    readonly grantedOn: LocalDate;
    /** Days; what the rule gives where it is null. */
    readonly by: number | null;
    readonly clocks: readonly ClockReading[];
  };
  /** 协助调查 asked of another authority. */
  AssistanceRequested: {
    readonly otherAuthority: string;
    /** `assistance`. */ readonly clocks: readonly ClockReading[];
  };
  /** The other authority tells that it takes longer. It moves no deadline (S4 Art. 45). */
  AssistanceDelayTold: Record<string, never>;
  AssistanceReceived: Record<string, never>;
  /** 涉嫌犯罪: from here on no penalty takes the place of a referral (S11 Art. 11). */
  CaseSuspectedCriminal: Record<string, never>;
  /** 案件审核. */
  CaseSubmittedForReview: { /** `case-review`. */ readonly clocks: readonly ClockReading[] };
  CaseReviewExtended: {
    readonly grantedOn: LocalDate;
    readonly by: number | null;
    readonly clocks: readonly ClockReading[];
  };
  CaseReviewed: { readonly opinion: ReviewOpinion };
  /** 行政处罚告知: from its service on the party may answer, and ask for a hearing. */
  PenaltyNoticeServed: {
    readonly proposedFineFen: number;
    readonly proposedConfiscatedFen: number;
    /** `party-statement`. */
    readonly clocks: readonly ClockReading[];
  };
  /** 陈述申辩. */
  PartyStatementMade: { /** Vault reference. */ readonly statement: string };
  /** The party gives up its statement and hearing. */
  PartyStatementWaived: Record<string, never>;
  CaseHearingRequested: Record<string, never>;
  CaseHearingStarted: { readonly standstill: string; readonly clocks: readonly ClockReading[] };
  CaseHearingEnded: { readonly standstill: string; readonly clocks: readonly ClockReading[] };
  CaseDecided: {
    readonly result: CaseResult;
    readonly penalties: readonly Penalty[];
    /** Money, fen; 0 without a penalty of that kind. */
    readonly fineFen: number;
    readonly confiscatedFen: number;
    /** Whether the decision was handed over when it was pronounced. */
    readonly isPartyPresent: boolean;
    /** Region in which the party is registered, by which the penalty is published here or there. */
    readonly registeredIn: string;
    /** `crimref-{id}` that ended without prosecution, or in which the police have filed. */
    readonly criminalReferralId: string | null;
    /** `decision-service`, `penalty-publicity` or `penalty-hand-over`, `case-closure`. */
    readonly clocks: readonly ClockReading[];
  };
  /** 公告送达: the decision counts as served when its time has passed. */
  ServiceNoticePublished: { /** `service-by-notice`. */ readonly clocks: readonly ClockReading[] };
  CaseDecisionServed: { readonly mode: ServiceMode };
  /** 行政处罚信息公示. */
  PenaltyPublished: { readonly url: string | null };
  /** To the authority of the party's own province, which publishes it. */
  PenaltyHandedOver: {
    readonly otherAuthority: string;
    /** `penalty-publicity-elsewhere`. */
    readonly clocks: readonly ClockReading[];
  };
  /** The penalty was changed, annulled, or found unlawful or void: what was published is withdrawn. */
  PenaltyRevised: {
    readonly revision: PenaltyRevision;
    /** `penalty-withdrawal`, where it had been published. */
    readonly clocks: readonly ClockReading[];
  };
  PenaltyPublicationWithdrawn: Record<string, never>;
  CaseExecuted: {
    readonly mode: ExecutionMode;
    readonly collectedFen: number | null;
    /** `case-closure`. */
    readonly clocks: readonly ClockReading[];
  };
  /** 结案审批表: those who handle it ask the head to close it, within fifteen working days (S4 Art. 77). */
  CaseClosingFormSubmitted: { /** Reference of the form. */ readonly form: string };
  /** 结案. */
  CaseClosed: Record<string, never>;
  /** A clock reads otherwise, as the calendar was amended. */
  CaseDeadlineAmended: ClockReading;
  /** A second person has verified that what was entered after a deadline had been done before it (T-28). */
  CaseLateEntryVerified: {
    readonly clock: string;
    readonly reason: LateEntryReason;
    readonly evidence: readonly string[];
  };
}

export type CaseEvent = EventOf<CaseEvents>;
export type RecordedCaseEvent = RecordedOf<CaseEvents>;

export const caseSchemas: EventSchemas & Record<keyof CaseEvents, { schemaVersion: number }> = {
  ClueVerificationStarted: { schemaVersion: 1 },
  ClueVerificationExtended: { schemaVersion: 1 },
  ClueVerificationSuspended: { schemaVersion: 1 },
  ClueVerificationResumed: { schemaVersion: 1 },
  ClueVerificationCompleted: { schemaVersion: 1 },
  ClueNotFiled: { schemaVersion: 1 },
  EnforcementCaseFiled: { schemaVersion: 1 },
  ComplaintConvertedToCase: { schemaVersion: 1 },
  CaseReportLinked: { schemaVersion: 1 },
  CaseInvestigationStarted: { schemaVersion: 1 },
  CaseSuspended: { schemaVersion: 1 },
  CaseResumed: { schemaVersion: 1 },
  CaseDecisionExtended: { schemaVersion: 1 },
  AssistanceRequested: { schemaVersion: 1 },
  AssistanceDelayTold: { schemaVersion: 1 },
  AssistanceReceived: { schemaVersion: 1 },
  CaseSuspectedCriminal: { schemaVersion: 1 },
  CaseSubmittedForReview: { schemaVersion: 1 },
  CaseReviewExtended: { schemaVersion: 1 },
  CaseReviewed: { schemaVersion: 1 },
  PenaltyNoticeServed: { schemaVersion: 1 },
  PartyStatementMade: { schemaVersion: 1 },
  PartyStatementWaived: { schemaVersion: 1 },
  CaseHearingRequested: { schemaVersion: 1 },
  CaseHearingStarted: { schemaVersion: 1 },
  CaseHearingEnded: { schemaVersion: 1 },
  CaseDecided: { schemaVersion: 1 },
  ServiceNoticePublished: { schemaVersion: 1 },
  CaseDecisionServed: { schemaVersion: 1 },
  PenaltyPublished: { schemaVersion: 1 },
  PenaltyHandedOver: { schemaVersion: 1 },
  PenaltyRevised: { schemaVersion: 1 },
  PenaltyPublicationWithdrawn: { schemaVersion: 1 },
  CaseExecuted: { schemaVersion: 1 },
  CaseClosingFormSubmitted: { schemaVersion: 1 },
  CaseClosed: { schemaVersion: 1 },
  CaseDeadlineAmended: { schemaVersion: 1 },
  CaseLateEntryVerified: { schemaVersion: 1 },
};
