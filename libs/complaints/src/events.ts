import type { EventOf, EventSchemas, LocalDate, RecordedOf } from '#kernel';
import type { ClockReading, RespondentKind } from '#law';
import type { LateEntryReason } from '#service';
import type { RestoredClock } from './clocks.ts';
import type {
  AppraisalKind,
  ComplaintResult,
  ComplaintSatisfaction,
  ConsideredFactor,
  CorrectableField,
  Disqualification,
  NonAcceptanceGround,
  NoticeChannel,
  Party,
  Performance,
  Provision,
  ReopenedTo,
  SettledCompetence,
  TerminationGround,
  TransferBasis,
  WithdrawnBy,
} from './terms.ts';

// What becomes of a complaint's clocks is told from its events alone: whoever reads these reads it by the same rule.
export * from './clocks.ts';
export * from './terms.ts';
export * from './words.ts';

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
    /** Keyed tokens of request and facts, by which it is found like others. */
    readonly textTokens?: string;
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
  /** 委托代理人: an agent acts, whose original mandate (授权委托书) and identity were seen (S1 Art. 11). */
  AgentAppointed: { readonly agent: string; readonly mandate: readonly string[] };
  /** 限期提供身份证明 (form 4). The day is the authority's own. It does not stop the seven working days (T-08). */
  IdentityProofRequested: {
    readonly dueOn: LocalDate;
    /** `identity-proof`. */
    readonly clocks: readonly ClockReading[];
  };
  IdentityProofSubmitted: { readonly evidence: readonly string[] };
  /** The day has passed without proof. What follows from that a person decides. */
  IdentityProofOverdue: { readonly dueOn: LocalDate };
  /** 管辖判断, by the order of its day (S1 Art. 13, 14). */
  CompetenceDetermined: {
    readonly competent: boolean;
    readonly respondentKind: RespondentKind;
    /** On what competence rests, be it this authority's or another's. */
    readonly basis: SettledCompetence;
    /** Another competent authority, and when it received the same complaint: the first one handles it (S1 Art. 14). */
    readonly otherAuthority: string | null;
    readonly otherReceivedAt: string | null;
    /** Source of the rule, `S1 13`; null where none of that day is on record. */
    readonly source: string | null;
  };
  /** 反馈: a unit that is not competent gives it back to the intake body; it may not pass it on itself (S1 Art. 41). */
  ComplaintReturnedToIntake: {
    readonly authority: string;
    /** Vault reference. */
    readonly reason: string;
    /** Last day for the decision on acceptance, where that still ran: who sends away what is nearly due is counted (T-32). */
    readonly acceptanceDue?: LocalDate;
  };
  /** 移送: it is on its way to another authority. `occurredAt` ends the assignment of the one before. */
  ComplaintTransferredOut: {
    readonly fromAuthority: string;
    readonly toAuthority: string;
    readonly toRegion: string;
    readonly basis: TransferBasis;
    /** As of a return to the intake body. */
    readonly acceptanceDue?: LocalDate;
  };
  /** The other authority has received it. Its seven working days run from when it first received the complaint (T-19). */
  ComplaintTransferReceived: {
    readonly authority: string;
    readonly handlingRegion: string;
    /** Day of its first receipt: an earlier one when it comes back. */
    readonly acceptanceFrom: LocalDate;
    /** `acceptance`. */
    readonly clocks: readonly ClockReading[];
  };
  /** 管辖争议: two authorities disagree on who is competent. They have seven working days (S1 Art. 33). */
  CompetenceDisputeRaised: {
    readonly withAuthority: string;
    /** `competence-dispute`. */
    readonly clocks: readonly ClockReading[];
  };
  /** 协商一致: they agree on one of them. */
  CompetenceDisputeResolved: { readonly competentAuthority: string; readonly competentRegion: string };
  /** 报请共同上级指定: `occurredAt` is the receipt of the papers by the higher authority, which has seven working days (S4 Art. 16). */
  CompetenceDisputeSentUp: {
    readonly higherAuthority: string;
    /** `designation`. */
    readonly clocks: readonly ClockReading[];
  };
  /** 指定管辖. */
  AuthorityDesignated: { readonly competentAuthority: string; readonly competentRegion: string };
  ComplaintAccepted: {
    readonly acceptedOn: LocalDate;
    /** Day of knowledge as found when accepting, where it was said then; it takes the place of the one at receipt. */
    readonly knewOn?: LocalDate;
    /** What the person who decided was shown and weighed (S1 Art. 17). */
    readonly factors?: readonly ConsideredFactor[];
    /** `mediation`. */
    readonly clocks?: readonly ClockReading[];
  };
  ComplaintNotAccepted: {
    readonly ground: NonAcceptanceGround;
    /** The same ground by the order of the day; left out where none is on record. */
    readonly provision?: Provision;
    /** Vault reference of the written reason. */
    readonly reason: string;
    /** Routes the complainant was told of (S1 Art. 39): never empty. */
    readonly remedies: readonly string[];
    readonly factors?: readonly ConsideredFactor[];
  };
  AcceptanceDecisionNotified: { readonly decision: 'accepted' | 'not-accepted'; readonly channel: NoticeChannel };
  /** 同意调解: both parties must agree to mediation (S1 Art. 18). */
  MediationConsentGiven: { readonly party: Party };
  /** 不同意调解: leads to termination on ground (2). */
  MediationConsentRefused: { readonly party: Party };
  /** 鼓励自行和解 (S1 Art. 18(2)): the parties negotiate, and the clock runs on. */
  PartiesNegotiationOpened: Record<string, never>;
  /** 双方自行和解, with what proves it. Leads to termination on ground (1). */
  PartiesSettled: {
    readonly evidence: readonly string[];
    readonly recoveredFen: number | null;
  };
  /** The settlement was not kept, or turned out to be none, before the complaint was concluded. */
  PartiesSettlementRetracted: {
    /** Vault reference. */
    readonly reason: string;
  };
  /** After acceptance a ground of non-acceptance or Art. 42 turned out to hold. Leads to termination on ground (6). */
  ComplaintDisqualified: {
    readonly basis: Disqualification;
    readonly provision?: Provision;
    /** Vault reference. */
    readonly reason: string;
    readonly evidence: readonly string[];
  };
  /** 涉嫌敲诈勒索、诈骗 (S1 Art. 42): the claim was handed to the police. */
  ClaimFraudReferredToPolice: { readonly police: string | null; readonly evidence: readonly string[] };
  /** From this day on the mediation's clock stands still. */
  AppraisalStarted: {
    /** Number within the complaint: several may run at once, and their time counts once. */
    readonly appraisal: string;
    readonly kind: AppraisalKind;
    readonly clocks: readonly ClockReading[];
  };
  AppraisalCompleted: { readonly appraisal: string; readonly clocks: readonly ClockReading[] };
  /** 撤回投诉: the act of the complainant. The conclusion follows at once. */
  ComplaintWithdrawn: {
    readonly by: WithdrawnBy;
    /** References to the complainant's word, or to the agent's mandate for it (S1 Art. 11). */
    readonly evidence: readonly string[];
  };
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
  /** 回访 (S1 Art. 26). */
  FollowUpRecorded: {
    readonly channel: NoticeChannel;
    readonly reached: boolean;
    readonly performance: Performance | null;
  };
  /** 满意度 of the complainant with how it was handled, once for each time it was closed. */
  SatisfactionRecorded: { readonly satisfaction: ComplaintSatisfaction };
  /** 重新办理, decided by the head (负责人). What came of it before stays; its clocks are those of the day of reopening. */
  ComplaintReopened: {
    readonly to: ReopenedTo;
    /** The second time it is handled is round 2. */
    readonly round: number;
    /** Vault reference. */
    readonly reason: string;
    /** `acceptance` or `mediation`; none with the intake body. */
    readonly clocks: readonly ClockReading[];
  };
  /** 合并: handled with another complaint on the same dispute, which a competent authority received first (T-14, T-15). */
  ComplaintMergedInto: { readonly primary: string };
  /** The two turned out to be different: it goes on where it stood, with the dates it had. */
  ComplaintUnmerged: {
    readonly primary: string;
    readonly reason: string;
    /** Clocks that run on, read again. */
    readonly clocks: readonly RestoredClock[];
    /** Clocks whose date passed while it was merged: nobody had to meet them, and they are not overdue (T-15). */
    readonly lapsedWhileMerged: readonly string[];
  };
  /** A second person is asked to approve a correction. Nothing changes yet. */
  ComplaintCorrectionProposed: {
    /** Number within the complaint. */
    readonly correction: number;
    readonly field: CorrectableField;
    readonly new: string | number | null;
    /** Vault reference. */
    readonly reason: string;
  };
  ComplaintCorrectionRejected: { readonly correction: number };
  /** 更正, approved by a second person: a new event, as those before are never changed (T-29). */
  ComplaintCorrected: {
    readonly correction: number;
    readonly field: CorrectableField;
    readonly old: string | number | null;
    readonly new: string | number | null;
    /** Vault reference. */
    readonly reason: string;
    /** Ids of the access keys of the two persons. */
    readonly proposer: string;
    readonly approver: string;
    /** Clocks that start otherwise, with what was done about them. */
    readonly clocks: readonly RestoredClock[];
  };
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
  AgentAppointed: { schemaVersion: 1 },
  IdentityProofRequested: { schemaVersion: 1 },
  IdentityProofSubmitted: { schemaVersion: 1 },
  IdentityProofOverdue: { schemaVersion: 1 },
  CompetenceDetermined: { schemaVersion: 1 },
  ComplaintReturnedToIntake: { schemaVersion: 1 },
  ComplaintTransferredOut: { schemaVersion: 1 },
  ComplaintTransferReceived: { schemaVersion: 1 },
  CompetenceDisputeRaised: { schemaVersion: 1 },
  CompetenceDisputeResolved: { schemaVersion: 1 },
  CompetenceDisputeSentUp: { schemaVersion: 1 },
  AuthorityDesignated: { schemaVersion: 1 },
  ComplaintAccepted: { schemaVersion: 1 },
  ComplaintNotAccepted: { schemaVersion: 1 },
  AcceptanceDecisionNotified: { schemaVersion: 1 },
  MediationConsentGiven: { schemaVersion: 1 },
  MediationConsentRefused: { schemaVersion: 1 },
  PartiesNegotiationOpened: { schemaVersion: 1 },
  PartiesSettled: { schemaVersion: 1 },
  PartiesSettlementRetracted: { schemaVersion: 1 },
  ComplaintDisqualified: { schemaVersion: 1 },
  ClaimFraudReferredToPolice: { schemaVersion: 1 },
  AppraisalStarted: { schemaVersion: 1 },
  AppraisalCompleted: { schemaVersion: 1 },
  ComplaintWithdrawn: { schemaVersion: 1 },
  ComplaintConcluded: { schemaVersion: 1 },
  MediationTerminationNotified: { schemaVersion: 1 },
  ComplaintClosed: { schemaVersion: 1 },
  FollowUpRecorded: { schemaVersion: 1 },
  SatisfactionRecorded: { schemaVersion: 1 },
  ComplaintReopened: { schemaVersion: 1 },
  ComplaintMergedInto: { schemaVersion: 1 },
  ComplaintUnmerged: { schemaVersion: 1 },
  ComplaintCorrectionProposed: { schemaVersion: 1 },
  ComplaintCorrectionRejected: { schemaVersion: 1 },
  ComplaintCorrected: { schemaVersion: 1 },
  ComplaintDeadlineAmended: { schemaVersion: 1 },
  ComplaintLateEntryVerified: { schemaVersion: 1 },
};
