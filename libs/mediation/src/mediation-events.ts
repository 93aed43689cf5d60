import type { Disqualification, NoticeChannel, TerminationGround } from '#complaints/events';
import type { EventOf, EventSchemas, LocalDate, RecordedOf } from '#kernel';
import type { ClockReading } from '#law';
import type { LateEntryReason } from '#service';
import type { AgreementForm, CourtAssignment, MediationKind, Signer } from './kinds.ts';

export const PARTIES = ['consumer', 'merchant'] as const;
export type Party = (typeof PARTIES)[number];

/** To what a party agrees: to mediation, or to its being done by a body in the authority's name (委托调解, S1 Art. 19). */
export const CONSENTS = ['mediation', 'delegation'] as const;
export type ConsentTo = (typeof CONSENTS)[number];

/** Asked for, or taken up by the body of its own accord (主动调解, S6 Art. 17). */
export const INITIATIVES = ['application', 'own-initiative'] as const;
export type Initiative = (typeof INITIATIVES)[number];

/** Where a session is held: 现场, by video, by telephone. */
export const SESSION_MODES = ['on-site', 'online', 'phone'] as const;
export type SessionMode = (typeof SESSION_MODES)[number];

export const CANCELLATION_REASONS = ['party-unable', 'mediator-unable', 'rescheduled', 'other'] as const;
export type CancellationReason = (typeof CANCELLATION_REASONS)[number];

/** 回避: the mediator is a party or close to one, has a stake in the dispute, or is otherwise not free to be impartial. */
export const RECUSAL_GROUNDS = [
  'party-or-relative-of-party',
  'interest-in-dispute',
  'other-relation-to-party',
  'other-doubt-of-impartiality',
] as const;
export type RecusalGround = (typeof RECUSAL_GROUNDS)[number];

export const RECUSAL_REQUESTERS = ['consumer', 'merchant', 'mediator'] as const;
export type RecusalRequester = (typeof RECUSAL_REQUESTERS)[number];

/** Who chose the institution that appraises: the parties, or the authority where they could not (S1 Art. 22). */
export const APPRAISER_CHOICES = ['parties', 'authority'] as const;
export type AppraiserChoice = (typeof APPRAISER_CHOICES)[number];

export const SIGNATURE_METHODS = ['handwritten', 'seal', 'fingerprint', 'electronic'] as const;
export type SignatureMethod = (typeof SIGNATURE_METHODS)[number];

/** Why a body does not take a mediation up, or an applicant gave up before it did. */
export const DECLINE_REASONS = [
  'party-refused',
  'not-mediable',
  'out-of-scope',
  'handled-elsewhere',
  'application-withdrawn',
  'other',
] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

/** How mediation by a body ends without agreement. That of an authority ends on the grounds of S1 Art. 23(1). */
export const MEDIATION_ENDINGS = [
  'settled-by-parties',
  'party-refused',
  'party-absent',
  'no-agreement',
  'limit-reached',
  'application-withdrawn',
  'not-mediable',
  'sham-suspected',
  'other',
] as const;
export type MediationEnding = (typeof MEDIATION_ENDINGS)[number];

export const BREACHES = ['not-performed', 'partly-performed', 'performance-refused'] as const;
export type Breach = (typeof BREACHES)[number];

/** Events of a mediation (调解), of whichever kind. Stream `mediation-{ulid}`. Sessions, recusals and agreements are numbered within it. */
export interface MediationEvents {
  /** 提出调解. For a body that accepts applications `occurredAt` is when it received this one. */
  MediationProposed: {
    readonly kind: MediationKind;
    readonly disputeId: string;
    /** The accepted complaint that it mediates. */
    readonly complaintId: string | null;
    /** The court's assignment that it carries out, and how it was assigned. */
    readonly referralId: string | null;
    readonly courtAssignment: CourtAssignment | null;
    readonly initiative: Initiative;
    /** Authority (机关) in whose name it is done. */
    readonly authority: string | null;
    readonly bodyId: string | null;
    readonly bodyName: string | null;
    readonly handlingRegion: string;
    readonly respondentUscc: string | null;
    readonly respondentRegion: string | null;
    /** Vault references. */
    readonly respondent: string | null;
    readonly complainant: string | null;
    /** 共同投诉: representatives speak for others, who must consent to an agreement (S1 Art. 12). */
    readonly isJoint: boolean;
    /** Parties who agreed to mediation before, with the complaint or before the court. */
    readonly consented: readonly Party[];
    /** `body-acceptance`, where a rule limits it. */
    readonly clocks: readonly ClockReading[];
  };
  /** 受理: the body takes it up. */
  MediationApplicationAccepted: {
    readonly bodyName: string | null;
    /** `body-mediation`. */
    readonly clocks: readonly ClockReading[];
  };
  MediationApplicationDeclined: {
    readonly code: DeclineReason;
    /** Vault reference. */
    readonly reason: string | null;
  };
  /** 委托: with both parties' consent a body goes on in the authority's name (S1 Art. 19). It may not pass it on. */
  MediationDelegated: { readonly bodyId: string; readonly bodyName: string };
  MediationPartyConsented: { readonly party: Party; readonly to: ConsentTo; readonly evidence: readonly string[] };
  MediationPartyRefused: { readonly party: Party; readonly reason: string | null };
  MediatorAssigned: {
    readonly mediatorId: string;
    /** A person has looked, and the one of the same name is no relative. */
    readonly relativeRuledOut: boolean;
  };
  MediationSessionScheduled: {
    readonly session: string;
    /** ISO 8601 UTC. */
    readonly scheduledFor: string;
    readonly mode: SessionMode;
    readonly place: string | null;
    readonly mediators: readonly string[];
  };
  /** Told in advance of time, place and mediator (S1 Art. 20). */
  PartiesNotifiedOfSession: { readonly session: string; readonly channel: NoticeChannel };
  MediationSessionCancelled: { readonly session: string; readonly code: CancellationReason };
  MediationSessionHeld: { readonly session: string; readonly attended: readonly Party[] };
  MediatorRecusalRequested: {
    readonly recusal: string;
    readonly mediatorId: string;
    readonly by: RecusalRequester;
    readonly ground: RecusalGround;
    readonly reason: string | null;
  };
  /** No session is held until the recusal is decided; no clock stops (T-08). */
  MediationSuspended: { readonly cause: 'recusal'; readonly recusal: string };
  RecusalDecided: { readonly recusal: string; readonly mediatorId: string; readonly granted: boolean };
  MediationResumed: { readonly recusal: string };
  AppraisalInstitutionDesignated: {
    readonly institution: string;
    readonly chosenBy: AppraiserChoice;
    readonly evidence: readonly string[];
  };
  /** The parties cannot agree on who pays for the appraisal (S1 Art. 23(1)(4)). */
  AppraisalFeeDisagreed: Record<string, never>;
  /** A later one takes the place of one that has not taken effect; its signatures are given anew. */
  MediationAgreementReached: {
    readonly agreement: string;
    readonly form: AgreementForm;
    /** Vault reference of the terms. */
    readonly terms: string;
    /** SHA-256 of the agreement's text, hexadecimal; null for one that was not written. */
    readonly textHash: string | null;
    readonly performanceDue: LocalDate | null;
    readonly performedAtOnce: boolean;
    readonly amountFen: number | null;
    /** Both parties agreed that no statement be made out (S1 Art. 24). */
    readonly statementWaived: boolean;
    /** The represented have consented (S1 Art. 12): true wherever the mediation is joint, and proven by the evidence. */
    readonly representedConsented: boolean;
    readonly evidence: readonly string[];
  };
  AgreementSigned: {
    readonly agreement: string;
    readonly signer: Signer;
    readonly method: SignatureMethod;
    readonly textHash: string;
    readonly evidence: readonly string[];
  };
  /** 协议生效: with the last signature or seal that its form needs; one without signatures when it was reached. */
  MediationAgreementEffective: {
    readonly agreement: string;
    readonly effectiveOn: LocalDate;
    readonly kind: MediationKind;
    readonly courtAssignment: CourtAssignment | null;
    readonly form: AgreementForm;
    readonly textHash: string | null;
    readonly performanceDue: LocalDate | null;
    readonly amountFen: number | null;
    readonly respondentUscc: string | null;
    /** `performance`, unless it was performed at once. */
    readonly clocks: readonly ClockReading[];
  };
  /** 调解书 made out and served (S1 Art. 24), by the court where it had filed the suit (S9 Art. 20). */
  MediationStatementIssued: {
    readonly issuedBy: 'authority' | 'court';
    readonly copies: number;
    readonly document: string;
  };
  /** 调解记录 put on file. */
  MediationRecordFiled: { readonly document: string };
  AgreementPerformed: { readonly performedOn: LocalDate; readonly evidence: readonly string[] };
  AgreementBreached: { readonly breach: Breach; readonly by: Party; readonly evidence: readonly string[] };
  /** 终止调解: on a ground of S1 Art. 23(1) by an authority or in its name, otherwise by the body's own ending. */
  MediationTerminated: {
    readonly ground: TerminationGround | null;
    /** Given with ground (6) only. */
    readonly disqualification: Disqualification | null;
    readonly ending: MediationEnding | null;
    readonly reason: string | null;
    readonly evidence: readonly string[];
    /** `termination-notice`, where both parties are still to be told and no complaint keeps that clock already. */
    readonly clocks: readonly ClockReading[];
  };
  /** Both parties told that mediation was terminated (终止调解决定书, S1 Art. 23(2)). */
  PartiesNotifiedOfTermination: { readonly channel: NoticeChannel };
  /**
   * 发现涉嫌违法线索 (S1 Art. 27): it has to be verified, and mediation goes on (T-43). `occurredAt` is the discovery. Not for the
   * respondent to read.
   */
  ViolationClueFound: {
    readonly clueId: string;
    readonly disputeId: string;
    readonly complaintId: string | null;
    readonly authority: string | null;
    readonly handlingRegion: string;
    readonly respondentUscc: string | null;
    /** Vault reference of what was found. */
    readonly description: string;
    readonly evidence: readonly string[];
  };
  /** A clock reads otherwise, as the calendar was amended. */
  MediationDeadlineAmended: ClockReading;
  /** A second person has verified that what was entered after a deadline had been done before it (T-28). */
  MediationLateEntryVerified: {
    readonly clock: string;
    readonly reason: LateEntryReason;
    readonly evidence: readonly string[];
  };
}

export type MediationEvent = EventOf<MediationEvents>;
export type RecordedMediationEvent = RecordedOf<MediationEvents>;

export const mediationSchemas: EventSchemas & Record<keyof MediationEvents, { schemaVersion: number }> = {
  MediationProposed: { schemaVersion: 1 },
  MediationApplicationAccepted: { schemaVersion: 1 },
  MediationApplicationDeclined: { schemaVersion: 1 },
  MediationDelegated: { schemaVersion: 1 },
  MediationPartyConsented: { schemaVersion: 1 },
  MediationPartyRefused: { schemaVersion: 1 },
  MediatorAssigned: { schemaVersion: 1 },
  MediationSessionScheduled: { schemaVersion: 1 },
  PartiesNotifiedOfSession: { schemaVersion: 1 },
  MediationSessionCancelled: { schemaVersion: 1 },
  MediationSessionHeld: { schemaVersion: 1 },
  MediatorRecusalRequested: { schemaVersion: 1 },
  MediationSuspended: { schemaVersion: 1 },
  RecusalDecided: { schemaVersion: 1 },
  MediationResumed: { schemaVersion: 1 },
  AppraisalInstitutionDesignated: { schemaVersion: 1 },
  AppraisalFeeDisagreed: { schemaVersion: 1 },
  MediationAgreementReached: { schemaVersion: 1 },
  AgreementSigned: { schemaVersion: 1 },
  MediationAgreementEffective: { schemaVersion: 1 },
  MediationStatementIssued: { schemaVersion: 1 },
  MediationRecordFiled: { schemaVersion: 1 },
  AgreementPerformed: { schemaVersion: 1 },
  AgreementBreached: { schemaVersion: 1 },
  MediationTerminated: { schemaVersion: 1 },
  PartiesNotifiedOfTermination: { schemaVersion: 1 },
  ViolationClueFound: { schemaVersion: 1 },
  MediationDeadlineAmended: { schemaVersion: 1 },
  MediationLateEntryVerified: { schemaVersion: 1 },
};

/** What the respondent must not learn: that it is under verification (S1 Art. 27), which would warn it. */
export const HIDDEN_FROM_MERCHANTS: readonly string[] = ['ViolationClueFound'] satisfies (keyof MediationEvents)[];
