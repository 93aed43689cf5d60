import type { EventOf, EventSchemas, LocalDate, RecordedOf } from '#kernel';
import type { ClockReading } from '#law';
import type { Party } from '#negotiation/events';
import type { LateEntryReason } from '#service';

// What becomes of a referral's clocks, whether a court has filed, and what an event says in words is told from its events
// alone: whoever reads these reads it by the same rule.
export * from './clocks.ts';
export * from './court-filing.ts';
export * from './words.ts';

/** Both ways of 诉调对接双向化: a mediation goes on at court, or a court has a dispute mediated. */
export const DIRECTIONS = ['TO_COURT', 'FROM_COURT'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** What the court is asked for: to hear a suit (起诉), or to confirm an agreement (司法确认). */
export const COURT_PURPOSES = ['suit', 'confirmation'] as const;
export type CourtPurpose = (typeof COURT_PURPOSES)[number];

/** Why this court (管辖依据): those of a suit, then those of an application for confirmation. */
export const JURISDICTION_BASES = [
  'respondent-domicile',
  'place-of-performance',
  'place-of-tort',
  'agreed-court',
  'body-place',
  'party-domicile',
  'subject-matter-place',
] as const;
export type JurisdictionBasis = (typeof JURISDICTION_BASES)[number];

/**
 * What may go to the court in a package. A fact is in it only where both parties have confirmed it (无争议事实); minutes of the
 * mediation are no kind, as they hold what was conceded (S9 22, S10 18).
 */
export const MATERIAL_KINDS = [
  'undisputed-fact',
  'statement-of-claim',
  'evidence',
  'identity',
  'contract',
  'appraisal-report',
  'service-address',
  'termination-notice',
  'mediation-agreement',
] as const;
export type MaterialKind = (typeof MATERIAL_KINDS)[number];

/** What was said to reach a settlement: never against the one who said it (S9 22, S10 18), so never in a package. */
export const WITHHELD_KINDS = ['concession', 'settlement-offer'] as const;

export interface Material {
  readonly kind: MaterialKind;
  readonly reference: string;
}

/** Why the court sends a package back. */
export const COURT_RETURN_REASONS = ['materials-incomplete', 'no-jurisdiction', 'not-suitable', 'other'] as const;
export type CourtReturnReason = (typeof COURT_RETURN_REASONS)[number];

/** 不予立案. */
export const FILING_REFUSALS = [
  'no-jurisdiction',
  'no-standing',
  'no-definite-respondent',
  'no-claim-or-facts',
  'not-civil',
  'decided-before',
  'other',
] as const;
export type FilingRefusal = (typeof FILING_REFUSALS)[number];

/** What a judgment comes to for the one who sued. */
export const JUDGMENTS = ['upheld', 'partly-upheld', 'dismissed'] as const;
export type Judgment = (typeof JUDGMENTS)[number];

/** 撤诉. */
export const WITHDRAWAL_REASONS = ['settled', 'mediated', 'deemed-withdrawn', 'other'] as const;
export type WithdrawalReason = (typeof WITHDRAWAL_REASONS)[number];

/** 委派调解 before the court has filed, 委托调解 after (T-46). */
export const ASSIGNMENT_KINDS = ['pre-filing', 'post-filing'] as const;
export type AssignmentKind = (typeof ASSIGNMENT_KINDS)[number];

/** Procedure of a filed suit, by which the time of its mediation goes: 普通程序, 简易程序. */
export const TRIAL_PROCEDURES = ['ordinary', 'summary'] as const;
export type TrialProcedure = (typeof TRIAL_PROCEDURES)[number];

/** Who chose the mediation body (S10 10). */
export const DESIGNATORS = ['court', 'parties'] as const;
export type Designator = (typeof DESIGNATORS)[number];

/**
 * What starts the time of the mediation: materials signed for (S9 27), or the confirmation on the courts' platform (S10 24), which
 * is no ODR negotiation (T-47).
 */
export const CONFIRMATION_BASES = ['materials-signed', 'platform'] as const;
export type ConfirmationBasis = (typeof CONFIRMATION_BASES)[number];

/** Why a body does not take an assignment (S10 12). */
export const ASSIGNMENT_REFUSALS = ['out-of-scope', 'beyond-expertise', 'conflict-of-interest', 'unsuitable'] as const;
export type AssignmentRefusal = (typeof ASSIGNMENT_REFUSALS)[number];

/** How the other party was reached (S10 15). */
export const CONTACT_CHANNELS = ['platform', 'phone', 'sms', 'mail', 'in-person'] as const;
export type ContactChannel = (typeof CONTACT_CHANNELS)[number];

/** What points to a sham (S10 23): 恶意串通、伪造证据、捏造事实、虚构法律关系. */
export const SHAM_INDICATIONS = [
  'collusion',
  'forged-evidence',
  'fabricated-facts',
  'fictitious-relationship',
  'other',
] as const;
export type ShamIndication = (typeof SHAM_INDICATIONS)[number];

export const SHAM_FINDINGS = ['sham', 'no-sham'] as const;
export type ShamFinding = (typeof SHAM_FINDINGS)[number];

/** Why mediation for the court ended without an agreement (S9 26, S10 25). */
export const COURT_MEDIATION_FAILURES = [
  'consent-refused',
  'party-unreachable',
  'party-unwilling',
  'wide-disagreement',
  'signature-refused',
  'settled-and-withdrawn',
  'sham-mediation',
  'other',
] as const;
export type CourtMediationFailure = (typeof COURT_MEDIATION_FAILURES)[number];

/** Form of an agreement before filing (S9 23). After filing the court makes its own document of it (S9 20). */
export const AGREEMENT_FORMS = ['written', 'oral'] as const;
export type AgreementForm = (typeof AGREEMENT_FORMS)[number];

/** What the court is told of an assignment it gets back. */
export const RETURN_OUTCOMES = ['agreed', 'failed', 'expired', 'refused'] as const;
export type ReturnOutcome = (typeof RETURN_OUTCOMES)[number];

/** Events of a court referral (诉调对接), in either direction. Stream `referral-{ulid}`. */
export interface ReferralEvents {
  CourtRouteOffered: {
    readonly disputeId: string;
    readonly handlingRegion: string;
    readonly respondentUscc: string | null;
    readonly purpose: CourtPurpose;
    /** Who would sue. */
    readonly claimant: Party;
    /** What was ended before it: at least one of them. */
    readonly complaintId: string | null;
    readonly mediationId: string | null;
  };
  CourtRouteConsentGiven: { readonly party: Party; readonly evidence: readonly string[] };
  /** Whose consent is needed does not give it: the route ends here. */
  CourtRouteConsentRefused: { readonly party: Party };
  /** A later package takes the place of one that was not transferred. */
  ReferralMaterialsPackaged: {
    /** Follows from referral and content: the same content is the same package. */
    readonly package: string;
    /** SHA-256 of the canonical list of materials, hexadecimal. */
    readonly hash: string;
    readonly items: readonly Material[];
    /** Who has confirmed the undisputed facts; empty where there are none. */
    readonly factsAgreedBy: readonly Party[];
  };
  /** The package is transferred, once. */
  DisputeReferredToCourt: {
    readonly package: string;
    readonly hash: string;
    readonly court: string;
    readonly jurisdictionBasis: JurisdictionBasis;
  };
  /** The court has it; of a suit the seven days of filing begin (S7 126). */
  CourtReceived: {
    readonly evidence: readonly string[];
    /** `filing`. */
    readonly clocks?: readonly ClockReading[];
  };
  /** Sent back: what is put right goes as another package. */
  ReferralReturnedByCourt: { readonly reason: CourtReturnReason; readonly evidence: readonly string[] };
  /** 立案. From here on a court has accepted the dispute (S1 Art. 16(2)). */
  CourtFilingAccepted: { readonly courtCaseNo: string; readonly evidence: readonly string[] };
  /** 不予立案. */
  CourtFilingDeclined: { readonly ground: FilingRefusal; readonly evidence: readonly string[] };
  JudgmentRecorded: {
    readonly documentNo: string;
    readonly judgment: Judgment;
    /** Money awarded, fen. */
    readonly awardedFen: number | null;
    readonly evidence: readonly string[];
  };
  /** 法院调解结案. */
  CourtSettlementRecorded: {
    readonly documentNo: string;
    /** Money agreed, fen. */
    readonly agreedFen: number | null;
    readonly evidence: readonly string[];
  };
  SuitWithdrawn: { readonly reason: WithdrawalReason; readonly evidence: readonly string[] };

  DisputeAssignedByCourt: {
    readonly court: string;
    /** The court's own number, by which the same assignment is recognised. */
    readonly courtCaseNo: string;
    readonly kind: AssignmentKind;
    readonly procedure: TrialProcedure | null;
    /** 委托 bars a complaint under S1 Art. 16(2), 委派 does not (T-46). */
    readonly courtFilingState: 'filed' | 'not-filed';
    readonly handlingRegion: string;
    readonly respondentUscc: string | null;
    /** Vault references. */
    readonly claimant: string | null;
    readonly claimantTokens: { readonly phone?: string; readonly name?: string };
    readonly respondent: string | null;
    readonly disputeId: string | null;
    /** Null: both parties have agreed to mediate, and are to choose (S10 10). */
    readonly bodyId: string | null;
    /** Who has agreed to mediation before the court. */
    readonly consents: readonly Party[];
    readonly materials: readonly string[];
    /** Keyed digest of the whole assignment as the court gave it. */
    readonly payloadDigest: string;
    /** `assignment-confirmation`, or `assignment-choice` and `assignment-designation`. */
    readonly clocks?: readonly ClockReading[];
  };
  ReferralLinkedToDispute: { readonly disputeId: string };
  CourtMediationBodyDesignated: {
    readonly bodyId: string;
    readonly by: Designator;
    /** `assignment-confirmation`. */
    readonly clocks?: readonly ClockReading[];
  };
  CourtAssignmentConfirmed: {
    readonly basis: ConfirmationBasis;
    /** `court-mediation`, and `assignment-contact` where a party is still to be asked. */
    readonly clocks?: readonly ClockReading[];
  };
  CourtAssignmentRefused: {
    readonly ground: AssignmentRefusal;
    /** Vault reference of the reason. */
    readonly reason: string;
  };
  OtherPartyContacted: { readonly channel: ContactChannel };
  CourtMediationConsentGiven: {
    readonly party: Party;
    /** With it both have agreed. */
    readonly isComplete: boolean;
    readonly evidence: readonly string[];
  };
  /** Both parties agree on more time, as often and as long as they want. */
  CourtMediationExtended: {
    readonly grantedOn: LocalDate;
    /** Days. */
    readonly by: number;
    readonly evidence: readonly string[];
    readonly clocks: readonly ClockReading[];
  };
  /** 诉前鉴定: its time is not the mediation's (S10 26). */
  CourtAppraisalStarted: { readonly appraisal: string; readonly clocks: readonly ClockReading[] };
  CourtAppraisalCompleted: { readonly appraisal: string; readonly clocks: readonly ClockReading[] };
  /** 中止调解并报告 (S9 18): nothing is agreed until it has been looked into. */
  ShamMediationReported: {
    readonly indications: readonly ShamIndication[];
    /** Vault reference of what was seen. */
    readonly reason: string;
  };
  ShamMediationReviewed: { readonly finding: ShamFinding; readonly evidence: readonly string[] };
  CourtMediationAgreed: {
    /** Null after filing: the agreement goes to the court, which makes a document of it. */
    readonly form: AgreementForm | null;
    /** Day from which it binds: of the last signature, or on which an oral one was reached. Null after filing. */
    readonly effectiveOn: LocalDate | null;
    /** Money agreed, fen. */
    readonly agreedFen: number | null;
    readonly evidence: readonly string[];
  };
  CourtMediationFailed: { readonly reason: CourtMediationFailure };
  /** The time ran out without a result; a result of before that is entered later takes its place. */
  CourtMediationExpired: { readonly clock: 'court-mediation' };
  /** 书面报告并移送材料 (S9 26). */
  CaseReturnedToCourt: {
    readonly outcome: ReturnOutcome;
    readonly report: string;
    readonly materials: readonly string[];
  };

  /** A clock reads otherwise, as the calendar was amended. */
  ReferralDeadlineAmended: ClockReading;
  /** A second person has verified that what was entered after a deadline had been done before it (T-28). */
  ReferralLateEntryVerified: {
    readonly clock: string;
    readonly reason: LateEntryReason;
    readonly evidence: readonly string[];
  };
}

export type ReferralEvent = EventOf<ReferralEvents>;
export type RecordedReferralEvent = RecordedOf<ReferralEvents>;

export const referralSchemas: EventSchemas & Record<keyof ReferralEvents, { schemaVersion: number }> = {
  CourtRouteOffered: { schemaVersion: 1 },
  CourtRouteConsentGiven: { schemaVersion: 1 },
  CourtRouteConsentRefused: { schemaVersion: 1 },
  ReferralMaterialsPackaged: { schemaVersion: 1 },
  DisputeReferredToCourt: { schemaVersion: 1 },
  CourtReceived: { schemaVersion: 1 },
  ReferralReturnedByCourt: { schemaVersion: 1 },
  CourtFilingAccepted: { schemaVersion: 1 },
  CourtFilingDeclined: { schemaVersion: 1 },
  JudgmentRecorded: { schemaVersion: 1 },
  CourtSettlementRecorded: { schemaVersion: 1 },
  SuitWithdrawn: { schemaVersion: 1 },
  DisputeAssignedByCourt: { schemaVersion: 1 },
  ReferralLinkedToDispute: { schemaVersion: 1 },
  CourtMediationBodyDesignated: { schemaVersion: 1 },
  CourtAssignmentConfirmed: { schemaVersion: 1 },
  CourtAssignmentRefused: { schemaVersion: 1 },
  OtherPartyContacted: { schemaVersion: 1 },
  CourtMediationConsentGiven: { schemaVersion: 1 },
  CourtMediationExtended: { schemaVersion: 1 },
  CourtAppraisalStarted: { schemaVersion: 1 },
  CourtAppraisalCompleted: { schemaVersion: 1 },
  ShamMediationReported: { schemaVersion: 1 },
  ShamMediationReviewed: { schemaVersion: 1 },
  CourtMediationAgreed: { schemaVersion: 1 },
  CourtMediationFailed: { schemaVersion: 1 },
  CourtMediationExpired: { schemaVersion: 1 },
  CaseReturnedToCourt: { schemaVersion: 1 },
  ReferralDeadlineAmended: { schemaVersion: 1 },
  ReferralLateEntryVerified: { schemaVersion: 1 },
};
