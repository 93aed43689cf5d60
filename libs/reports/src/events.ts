import type { NoticeChannel } from '#complaints/events';
import type { EventOf, EventSchemas, LocalDate, RecordedOf } from '#kernel';
import type { ClockReading } from '#law';
import type { LateEntryReason } from '#service';
import type { FilingCondition, NotFilingGround, ViolationGravity } from './filing.ts';

// What becomes of a report's clocks is told from its events alone: whoever reads these reads it by the same rule.
export * from './clocks.ts';
export * from './filing.ts';
export * from './words.ts';
export { REPORT_READERS } from '#access';

/** How two authorities end their dispute about who is competent: they agree, or ask the one above both (S1 Art. 33). */
export const COMPETENCE_OUTCOMES = ['agreed', 'sent-up'] as const;
export type CompetenceOutcome = (typeof COMPETENCE_OUTCOMES)[number];

/** What takes time that is not the verification's (S4 Art. 18(2)): 检测、检验、检疫、鉴定、权利人辨认或者鉴别. */
export const VERIFICATION_STANDSTILLS = [
  'testing',
  'inspection',
  'quarantine',
  'appraisal',
  'right-holder-identification',
] as const;
export type VerificationStandstill = (typeof VERIFICATION_STANDSTILLS)[number];

/**
 * Events of a report (举报): a procedure of its own beside any complaint (S1 Art. 9). Stream `report-{ulid}`. Who reported is
 * confidential (S1 Art. 37): a reference into the vault, and no party but the authority reads these events.
 */
export interface ReportEvents {
  /** `occurredAt` is the receipt by the competent authority. */
  ReportReceived: {
    readonly authority: string;
    readonly handlingRegion: string;
    readonly respondentUscc: string | null;
    readonly respondentRegion: string | null;
    /** Vault references; a report without a reporter is anonymous. */
    readonly respondent: string | null;
    readonly reporter: string | null;
    readonly reporterTokens: { readonly phone?: string; readonly name?: string };
    /** 实名举报: name and telephone were given. */
    readonly isRealName?: boolean;
    /** Vault reference of the clue and its facts, apart from who gave them (S1 Art. 28). */
    readonly content?: string | null;
    /** References to what supports the clue. */
    readonly evidence?: readonly string[];
    readonly sector: string | null;
    readonly channel: string | null;
    /** The dispute whose letter also was a complaint: neither side closes the other (S1 Art. 9). */
    readonly disputeId: string | null;
    readonly workOrderId: string | null;
    /** `verification`. */
    readonly clocks?: readonly ClockReading[];
  };
  /** 不再另行处理: the same reporter, fact and respondent as in an earlier report, as a person has found (S1 Art. 35). */
  RepeatReportNotProcessed: {
    readonly earlierReport: string;
    /** It brought new facts, which the earlier report has taken in. */
    readonly newFacts?: boolean;
  };
  /**
   * 补充新事实再次举报: the same reporter came again with new facts, which are handled together with this report; the time is
   * counted from the last report on (S1 Art. 35(2)).
   */
  ReportMergedWithNewFacts: {
    /** Day on which the last report was received. */
    readonly receivedOn: LocalDate;
    readonly workOrderId: string | null;
    /** The last report, where it was received as one of its own. */
    readonly laterReport?: string | null;
    /** Vault reference of the new facts. */
    readonly content?: string | null;
    /** `verification`, opened again. */
    readonly clocks?: readonly ClockReading[];
  };
  /** Not this authority's: the reporter was told whose it is (S1 Art. 34). */
  ReporterToldOfCompetentAuthority: {
    readonly competentAuthority: string | null;
    readonly channel: NoticeChannel;
    /** Nobody is known who could be told: it ends all the same, as nobody here may handle it. */
    readonly isAnonymous?: true;
  };
  /** Who is competent is in dispute with another authority (S1 Art. 33). It stops no clock: no text says so. */
  ReportCompetenceDisputeRaised: {
    readonly otherAuthority: string;
    /** `competence-agreement`. */
    readonly clocks: readonly ClockReading[];
  };
  ReportCompetenceDisputeResolved: {
    readonly outcome: CompetenceOutcome;
    /** The one that they agreed on, and its region; null where the one above decides. */
    readonly authority: string | null;
    readonly handlingRegion: string | null;
    /** `competence-designation`, where the one above decides. */
    readonly clocks: readonly ClockReading[];
  };
  /** 指定管辖 by the authority above both. */
  ReportAuthorityDesignated: { readonly authority: string; readonly handlingRegion: string };
  VerificationStarted: Record<string, never>;
  /** 延长核查期限, approved by the head (负责人). One approved after the deadline leaves the date as it is (T-09). */
  VerificationExtended: {
    /** Day of the approval. */
    readonly grantedOn: LocalDate;
    /** Working days; what the rule gives where it is null. */
    readonly by: number | null;
    readonly clocks: readonly ClockReading[];
  };
  /** From this day on the clock of the verification stands still. */
  VerificationSuspended: {
    /** Number within the report: several may run at once, and their time counts once. */
    readonly standstill: string;
    readonly kind: VerificationStandstill;
    /** It went on already when new facts started the clock again; left out of one that begins. */
    readonly goesOn?: true;
    readonly clocks: readonly ClockReading[];
  };
  VerificationResumed: { readonly standstill: string; readonly clocks: readonly ClockReading[] };
  /** The facts are known; whether a case is filed is still to be decided. */
  VerificationCompleted: Record<string, never>;
  /** 立案 (S4 Art. 19), decided by the head. */
  CaseFiled: {
    /** Case that takes it in, where there is one already. */
    readonly caseId: string | null;
    /** The four conditions, each found to be met. */
    readonly conditions?: readonly FilingCondition[];
    /** Last day of the act, where it has ended; null where it goes on or is not known. */
    readonly violationEndedOn?: LocalDate | null;
    readonly gravity?: ViolationGravity;
    /** `reporter-notice`, where the law of the day has the reporter told. */
    readonly clocks?: readonly ClockReading[];
  };
  /** 不予立案 (S4 Art. 20). */
  CaseNotFiled: {
    /** Vault reference of the reason. */
    readonly reason: string;
    readonly ground?: NotFilingGround;
    /** The conditions of filing that are not met, with that ground. */
    readonly unmet?: readonly FilingCondition[];
    readonly clocks?: readonly ClockReading[];
  };
  ReporterNotifiedOfFiling: {
    readonly channel: NoticeChannel;
    /** The law that has the reporter told, where no order does (S1 Art. 36). */
    readonly basis?: string | null;
  };
  /** A clock reads otherwise, as the calendar was amended. */
  ReportDeadlineAmended: ClockReading;
  /** A second person has verified that what was entered after a deadline had been done before it (T-28). */
  ReportLateEntryVerified: {
    readonly clock: string;
    readonly reason: LateEntryReason;
    readonly evidence: readonly string[];
  };
}

export type ReportEvent = EventOf<ReportEvents>;
export type RecordedReportEvent = RecordedOf<ReportEvents>;

export const reportSchemas: EventSchemas & Record<keyof ReportEvents, { schemaVersion: number }> = {
  ReportReceived: { schemaVersion: 1 },
  RepeatReportNotProcessed: { schemaVersion: 1 },
  ReportMergedWithNewFacts: { schemaVersion: 1 },
  ReporterToldOfCompetentAuthority: { schemaVersion: 1 },
  ReportCompetenceDisputeRaised: { schemaVersion: 1 },
  ReportCompetenceDisputeResolved: { schemaVersion: 1 },
  ReportAuthorityDesignated: { schemaVersion: 1 },
  VerificationStarted: { schemaVersion: 1 },
  VerificationExtended: { schemaVersion: 1 },
  VerificationSuspended: { schemaVersion: 1 },
  VerificationResumed: { schemaVersion: 1 },
  VerificationCompleted: { schemaVersion: 1 },
  CaseFiled: { schemaVersion: 1 },
  CaseNotFiled: { schemaVersion: 1 },
  ReporterNotifiedOfFiling: { schemaVersion: 1 },
  ReportDeadlineAmended: { schemaVersion: 1 },
  ReportLateEntryVerified: { schemaVersion: 1 },
};
