import type { EventOf, EventSchemas, LocalDate, RecordedOf } from '#kernel';
import type { ClockReading } from '#law';
import type { MediationKind } from '#mediation/events';
import type { Party } from '#negotiation/events';
import type { LateEntryReason } from '#service';

// What becomes of the clocks of a confirmation, and what an event says in words, is told from its events alone, and what can be
// confirmed from the data of the place: whoever reads these reads it by the same rule.
export * from './clocks.ts';
export { isConfirmable } from './confirmability.ts';
export * from './words.ts';

/** What the agreement is about. Of identity, adoption and marriage no agreement is confirmed (S8 4(2)). */
export const CONFIRMATION_MATTERS = ['property-or-contract', 'identity', 'adoption', 'marriage'] as const;
export type ConfirmationMatter = (typeof CONFIRMATION_MATTERS)[number];

/** Why this court (S7 205): it invited the mediation, or lies where a party, the matter or the mediation body does. */
export const COURT_BASES = ['inviting-court', 'party-domicile', 'subject-matter-place', 'body-place'] as const;
export type CourtBasis = (typeof COURT_BASES)[number];

/** 不予受理 (S8 4(2)). */
export const CONFIRMATION_REFUSALS = [
  'not-civil',
  'no-jurisdiction',
  'identity',
  'adoption',
  'marriage',
  'not-joint',
  'too-late',
  'other',
] as const;
export type ConfirmationRefusal = (typeof CONFIRMATION_REFUSALS)[number];

/** 不予确认 (S8 7). */
export const DISMISSAL_GROUNDS = [
  'against-mandatory-law',
  'against-public-interest',
  'against-third-party',
  'against-public-order',
  'content-unclear',
  'other',
] as const;
export type DismissalGround = (typeof DISMISSAL_GROUNDS)[number];

/** Withdrawn by one party or both, or deemed so as a party did not supplement or appear (S8 5(2), 6). */
export const WITHDRAWALS = ['by-parties', 'deemed-withdrawn'] as const;
export type Withdrawal = (typeof WITHDRAWALS)[number];

/** Events of a judicial confirmation (司法确认). Stream `confirmation-{ulid}`, one for each agreement. */
export interface ConfirmationEvents {
  /** The parties may apply together, for so many days from the day on which their agreement took effect (L-23). */
  ConfirmationWindowOpened: {
    readonly disputeId: string;
    /** Where the agreement was made: one of them. */
    readonly mediationId: string | null;
    readonly referralId: string | null;
    readonly kind: MediationKind;
    readonly matter: ConfirmationMatter;
    /** An oral agreement binds from when it was reached (S6 30). */
    readonly isOral: boolean;
    readonly effectiveOn: LocalDate;
    /** The court that had it mediated, where one did and it is known. */
    readonly invitingCourt: string | null;
    readonly handlingRegion: string;
    readonly respondentUscc: string | null;
    /** Of an authority's agreement: by what it can be confirmed here (T-44). */
    readonly confirmableBy: string | null;
    /** `application`. */
    readonly clocks?: readonly ClockReading[];
  };
  /** One party alone: no application yet (T-45). */
  ConfirmationApplicationSigned: {
    readonly party: Party;
    readonly court: string;
    readonly courtBasis: CourtBasis;
    readonly evidence: readonly string[];
  };
  /** Both parties together. */
  JudicialConfirmationApplied: {
    readonly applicants: readonly Party[];
    readonly court: string;
    readonly courtBasis: CourtBasis;
    readonly evidence: readonly string[];
    /** `court-acceptance`. */
    readonly clocks?: readonly ClockReading[];
  };
  JudicialConfirmationAccepted: {
    readonly courtCaseNo: string;
    readonly evidence: readonly string[];
    /** `court-decision`. */
    readonly clocks?: readonly ClockReading[];
  };
  JudicialConfirmationNotAccepted: { readonly ground: ConfirmationRefusal; readonly evidence: readonly string[] };
  /** By the president of the court. */
  ConfirmationDecisionExtended: {
    readonly grantedOn: LocalDate;
    /** Days; what the rule gives where it is null. */
    readonly by: number | null;
    readonly evidence: readonly string[];
    readonly clocks: readonly ClockReading[];
  };
  ConfirmationApplicationWithdrawn: {
    readonly withdrawal: Withdrawal;
    readonly by: readonly Party[];
    readonly evidence: readonly string[];
  };
  AgreementConfirmed: { readonly documentNo: string; readonly evidence: readonly string[] };
  ConfirmationDismissed: {
    readonly documentNo: string;
    readonly grounds: readonly DismissalGround[];
    readonly evidence: readonly string[];
  };
  ConfirmedAgreementPerformed: { readonly evidence: readonly string[] };
  /** 申请强制执行 (S6 33, S8 9). */
  EnforcementApplied: { readonly by: Party; readonly evidence: readonly string[] };
  /** 案外人申请撤销确认 (S8 10), within a year of knowing. */
  ConfirmationChallenged: {
    /** Number within the confirmation. */
    readonly challenge: string;
    readonly knewOn: LocalDate;
    /** Vault reference of the third party. */
    readonly challenger: string | null;
    readonly evidence: readonly string[];
    /** `challenge`. */
    readonly clocks?: readonly ClockReading[];
  };
  ConfirmationRevokedByThirdParty: {
    readonly challenge: string;
    readonly documentNo: string;
    readonly evidence: readonly string[];
  };
  ConfirmationChallengeRejected: {
    readonly challenge: string;
    readonly documentNo: string;
    readonly evidence: readonly string[];
  };
  /** A clock reads otherwise, as the calendar was amended. */
  ConfirmationDeadlineAmended: ClockReading;
  /** A second person has verified that what was entered after a deadline had been done before it (T-28). */
  ConfirmationLateEntryVerified: {
    readonly clock: string;
    readonly reason: LateEntryReason;
    readonly evidence: readonly string[];
  };
}

export type ConfirmationEvent = EventOf<ConfirmationEvents>;
export type RecordedConfirmationEvent = RecordedOf<ConfirmationEvents>;

export const confirmationSchemas: EventSchemas & Record<keyof ConfirmationEvents, { schemaVersion: number }> = {
  ConfirmationWindowOpened: { schemaVersion: 1 },
  ConfirmationApplicationSigned: { schemaVersion: 1 },
  JudicialConfirmationApplied: { schemaVersion: 1 },
  JudicialConfirmationAccepted: { schemaVersion: 1 },
  JudicialConfirmationNotAccepted: { schemaVersion: 1 },
  ConfirmationDecisionExtended: { schemaVersion: 1 },
  ConfirmationApplicationWithdrawn: { schemaVersion: 1 },
  AgreementConfirmed: { schemaVersion: 1 },
  ConfirmationDismissed: { schemaVersion: 1 },
  ConfirmedAgreementPerformed: { schemaVersion: 1 },
  EnforcementApplied: { schemaVersion: 1 },
  ConfirmationChallenged: { schemaVersion: 1 },
  ConfirmationRevokedByThirdParty: { schemaVersion: 1 },
  ConfirmationChallengeRejected: { schemaVersion: 1 },
  ConfirmationDeadlineAmended: { schemaVersion: 1 },
  ConfirmationLateEntryVerified: { schemaVersion: 1 },
};
