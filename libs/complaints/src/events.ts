import type { EventOf, EventSchemas, LocalDate, RecordedOf } from '#kernel';
import type { ClockReading } from '#law';
import type { LateEntryReason } from '#service';

// What becomes of a complaint's clocks is told from its events alone: whoever reads these reads it by the same rule.
export * from './clocks.ts';

/** Grounds of non-acceptance (不予受理), S1 Art. 16 items (1)–(7). */
export const NON_ACCEPTANCE_GROUNDS = ['16(1)', '16(2)', '16(3)', '16(4)', '16(5)', '16(6)', '16(7)'] as const;
export type NonAcceptanceGround = (typeof NON_ACCEPTANCE_GROUNDS)[number];

/** Grounds on which mediation is terminated (终止调解), S1 Art. 23(1) items (1)–(8). */
export const TERMINATION_GROUNDS = [
  '23(1)(1)',
  '23(1)(2)',
  '23(1)(3)',
  '23(1)(4)',
  '23(1)(5)',
  '23(1)(6)',
  '23(1)(7)',
  '23(1)(8)',
] as const;
export type TerminationGround = (typeof TERMINATION_GROUNDS)[number];

/** Why a complaint is disqualified after acceptance: the basis of ground (6). */
export const DISQUALIFICATIONS = ['16(1)', '16(2)', '16(3)', '16(4)', '16(5)', '16(6)', '16(7)', '42'] as const;
export type Disqualification = (typeof DISQUALIFICATIONS)[number];

/** How the decision reached the party (S5 form notes). */
export const NOTICE_CHANNELS = ['internet', 'phone', 'sms', 'mail', 'letter'] as const;
export type NoticeChannel = (typeof NOTICE_CHANNELS)[number];

/** What takes an appraisal (鉴定、检测、检验、检定) and may stop the mediation, as the rule of its day says (S1 Art. 22, S2 Art. 20). */
export const APPRAISAL_KINDS = ['appraisal', 'testing', 'inspection', 'verification'] as const;
export type AppraisalKind = (typeof APPRAISAL_KINDS)[number];

/** `mediated`: agreement in mediation. `terminated`: by ground, of which (1) is 双方自行和解. `withdrawn`: 撤回投诉. */
export const COMPLAINT_RESULTS = ['mediated', 'terminated', 'withdrawn'] as const;
export type ComplaintResult = (typeof COMPLAINT_RESULTS)[number];

/** Events of a complaint (投诉): the legal procedure at one competent authority. Stream `complaint-{ulid}`. */
export interface ComplaintEvents {
  /** `occurredAt` is the receipt by the competent authority (S1 Art. 15), which starts the seven working days. */
  ComplaintReceived: {
    readonly disputeId: string;
    readonly authority: string;
    readonly handlingRegion: string;
    readonly respondentUscc: string | null;
    readonly respondentRegion: string;
    readonly respondent: string | null;
    readonly complainant: string;
    readonly complainantTokens: { readonly phone?: string; readonly name?: string };
    readonly sector: string | null;
    readonly channel: string | null;
    /** Negotiation it follows, whose time is not the authority's (S20). */
    readonly escalatedFrom: string | null;
    readonly workOrderId: string | null;
    /** Day the consumer knew of the harm, for the three years of S1 Art. 16(4). */
    readonly knewOn: LocalDate | null;
    /** `acceptance`. */
    readonly clocks?: readonly ClockReading[];
  };
  ComplaintAccepted: {
    readonly acceptedOn: LocalDate;
    /** Day of knowledge as found when accepting, where it was said then; it takes the place of the one at receipt. */
    readonly knewOn?: LocalDate;
    /** `mediation`. */
    readonly clocks?: readonly ClockReading[];
  };
  ComplaintNotAccepted: {
    readonly ground: NonAcceptanceGround;
    /** Vault reference of the written reason. */
    readonly reason: string;
    /** Routes the complainant was told of (S1 Art. 39): never empty. */
    readonly remedies: readonly string[];
  };
  AcceptanceDecisionNotified: { readonly decision: 'accepted' | 'not-accepted'; readonly channel: NoticeChannel };
  /** From this day on the mediation's clock stands still. */
  AppraisalStarted: {
    /** Number within the complaint: several may run at once, and their time counts once. */
    readonly appraisal: string;
    readonly kind: AppraisalKind;
    readonly clocks: readonly ClockReading[];
  };
  AppraisalCompleted: { readonly appraisal: string; readonly clocks: readonly ClockReading[] };
  ComplaintConcluded: {
    readonly result: ComplaintResult;
    readonly ground: TerminationGround | null;
    /** Given with ground (6) only. */
    readonly disqualification: Disqualification | null;
    /** References to what proves it (agreement, refund). Required for a settlement to count (M-01). */
    readonly evidence: readonly string[];
    /** Money recovered (挽回经济损失), fen. */
    readonly recoveredFen: number | null;
    /** `termination-notice`, where both parties are still to be told. */
    readonly clocks?: readonly ClockReading[];
  };
  /** Both parties told of the termination (S1 Art. 23(2)). */
  MediationTerminationNotified: { readonly channel: NoticeChannel };
  ComplaintClosed: Record<string, never>;
  /** A clock reads otherwise, as the calendar was amended. */
  ComplaintDeadlineAmended: ClockReading;
  /** A second person has verified that what was entered after a deadline had been done before it (T-28). */
  ComplaintLateEntryVerified: {
    readonly clock: string;
    readonly reason: LateEntryReason;
    readonly evidence: readonly string[];
  };
}

export type ComplaintEvent = EventOf<ComplaintEvents>;
export type RecordedComplaintEvent = RecordedOf<ComplaintEvents>;

export const complaintSchemas: EventSchemas & Record<keyof ComplaintEvents, { schemaVersion: number }> = {
  ComplaintReceived: { schemaVersion: 1 },
  ComplaintAccepted: { schemaVersion: 1 },
  ComplaintNotAccepted: { schemaVersion: 1 },
  AcceptanceDecisionNotified: { schemaVersion: 1 },
  AppraisalStarted: { schemaVersion: 1 },
  AppraisalCompleted: { schemaVersion: 1 },
  ComplaintConcluded: { schemaVersion: 1 },
  MediationTerminationNotified: { schemaVersion: 1 },
  ComplaintClosed: { schemaVersion: 1 },
  ComplaintDeadlineAmended: { schemaVersion: 1 },
  ComplaintLateEntryVerified: { schemaVersion: 1 },
};
