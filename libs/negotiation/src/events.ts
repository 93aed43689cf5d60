import type { EventOf, EventSchemas, LocalDate, RecordedOf } from '#kernel';
import type { ClockReading } from '#law';
import type { LateEntryReason } from '#service';

// What becomes of a negotiation's clock is told from its events alone: whoever reads these reads it by the same rule.
export * from './clocks.ts';
export * from './speaking.ts';
export * from './words.ts';

/**
 * Where the parties negotiate (和解入口). `odr` is the merchants' own settling of disputes on the 12315 platform, and never the
 * platform of the same name in Zhejiang (在线矛盾纠纷多元化解平台), on which bodies mediate and courts confirm (T-47).
 */
export const VENUES = ['odr', 'station', 'green-channel', 'merchant'] as const;
export type Venue = (typeof VENUES)[number];

export const PARTIES = ['consumer', 'merchant'] as const;
export type Party = (typeof PARTIES)[number];

export const FAILURE_REASONS = [
  'no-agreement',
  'refused-by-merchant',
  'refused-by-consumer',
  'merchant-unreachable',
  'consumer-unreachable',
  'other',
] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

/** How the consumer was told that the merchant says it is settled. */
export const NOTICE_CHANNELS = ['internet', 'phone', 'sms', 'mail', 'in-person'] as const;
export type NoticeChannel = (typeof NOTICE_CHANNELS)[number];

/** Whose word made it a settlement: the consumer's, or a silence that the rules of the place take for it (T-31). */
export const CONFIRMATION_BASES = ['consumer', 'silence'] as const;
export type ConfirmationBasis = (typeof CONFIRMATION_BASES)[number];

/** Why it is no settlement after all. `later-complaint`: there is a complaint on the same dispute. */
export const SETTLEMENT_DISPUTE_REASONS = [
  'not-agreed',
  'not-performed',
  'performed-in-part',
  'other-terms',
  'later-complaint',
  'other',
] as const;
export type SettlementDisputeReason = (typeof SETTLEMENT_DISPUTE_REASONS)[number];

/** 处理方式: how the enterprise dealt with it. */
export const HANDLING_MODES = ['online', 'phone', 'in-person', 'mail', 'other'] as const;
export type HandlingMode = (typeof HANDLING_MODES)[number];

export const NEGOTIATION_RESULTS = ['settled', 'not-settled'] as const;
export type NegotiationResultSaid = (typeof NEGOTIATION_RESULTS)[number];

/** On what a return without a reason rests: the law on distance sales (消法 25), or what the store has promised. */
export const RETURN_BASES = ['online', 'commitment'] as const;
export type ReturnBasis = (typeof RETURN_BASES)[number];

/** Why goods are not taken back: those of 消法 Art. 25, and what a store's own promise leaves out. */
export const RETURN_REFUSALS = [
  'custom-made',
  'fresh-perishable',
  'digital-unsealed',
  'newspapers-periodicals',
  'confirmed-not-returnable',
  'goods-not-intact',
  'outside-commitment',
  'other',
] as const;
export type ReturnRefusal = (typeof RETURN_REFUSALS)[number];

/** Offers a negotiation may see: far more than anybody needs, and few enough that each step still reads them all. */
export const MAX_OFFERS = 100;

/** One immutable offer; offers of a negotiation are numbered from 1 and the newest supersedes the others. */
export interface Offer {
  readonly offer: number;
  readonly by: Party;
  /** Money offered or asked, fen. */
  readonly amountFen: number | null;
  /** Day by which it would be performed. */
  readonly performBy: LocalDate | null;
  /** Vault reference of the terms in words. */
  readonly terms: string | null;
  /** ISO 8601 UTC instant after which it can no longer be accepted. */
  readonly expiresAt: string | null;
}

/** Events of a negotiation (ODR 和解 / 站点和解). Stream `negotiation-{ulid}`. */
export interface NegotiationEvents {
  NegotiationOpened: {
    readonly disputeId: string;
    readonly venue: Venue;
    readonly respondentUscc: string;
    readonly respondentRegion: string;
    readonly sector: string | null;
    readonly openedBy: 'consumer' | 'authority';
    /** Id of the service station, where it is known. */
    readonly station?: string;
    /** Subject whose green channel it is, where it is known. */
    readonly greenChannel?: string;
    /** `negotiation`. */
    readonly clocks?: readonly ClockReading[];
  };
  /** First contact of the merchant's operator (首问). */
  NegotiationAcknowledged: Record<string, never>;
  SettlementProposed: Offer;
  SettlementCountered: Offer;
  /** The other party accepted exactly this offer. Not yet a settlement: the consumer confirms (T-31). */
  SettlementAgreed: { readonly offer: number; readonly acceptedBy: Party };
  /** The merchant says it is settled. Counts for nothing until confirmed. */
  SettlementClaimed: { readonly offer: number | null };
  /** The consumer was told of the claim. Where the place has a rule of silence, its clock runs from here. */
  SettlementClaimNotified: {
    readonly channel: NoticeChannel;
    /** Whose claim it is. */
    readonly respondentUscc: string;
    /** `settlement-silence`; left out where there is no such rule. */
    readonly clocks?: readonly ClockReading[];
  };
  SettlementConfirmed: {
    readonly basis: ConfirmationBasis;
    readonly offer: number | null;
    readonly recoveredFen: number | null;
  };
  /** A claim that is not so, or a confirmed settlement that is none after all: it no longer counts as one (T-31). */
  SettlementDisputed: {
    readonly of: 'claim' | 'settlement';
    readonly by: 'consumer' | 'complaint';
    readonly reason: SettlementDisputeReason;
    /** The complaint on the same dispute, where there is one. */
    readonly complaint: string | null;
  };
  NegotiationFailed: { readonly reason: FailureReason; readonly by: Party | 'operator' };
  /**
   * The time ran out without a result: counts as not settled (L-18). It occurred at the end of the last day, whenever that was
   * found; a result of before that is entered later takes its place.
   */
  NegotiationExpired: { readonly clock: 'negotiation' };
  /** The consumer turns to the authority; negotiation time is not the authority's (S20). */
  NegotiationEscalated: { readonly from: 'open' | 'failed' | 'expired' | 'disputed' };
  /** What the ODR enterprise owes the platform (S20): time, course, mode and result. It settles nothing by itself. */
  NegotiationResultRecorded: {
    readonly handledOn: LocalDate;
    /** Vault reference of the course in words. */
    readonly course: string;
    readonly mode: HandlingMode;
    readonly result: NegotiationResultSaid;
  };
  /** 先行赔付: the operator of a scheme paid the consumer. A payment is no settlement: the consumer confirms. */
  AdvancePaymentMade: {
    readonly scheme: string;
    readonly operatorUscc: string;
    readonly amountFen: number;
    readonly evidence: readonly string[];
  };
  /** 追偿: the merchant gave it back to the operator. */
  RecourseRecovered: {
    readonly scheme: string;
    readonly amountFen: number;
    readonly evidence: readonly string[];
  };
  /** 七日无理由退货: the consumer gave notice of a return without a reason. */
  NoReasonReturnRequested: {
    readonly basis: ReturnBasis;
    /** Store that sold the goods. */
    readonly store: string | null;
    /** Day on which the consumer signed for the goods, or bought them. */
    readonly signedOn: LocalDate;
    /** `return-notice`, which is met by this very event. */
    readonly clocks: readonly ClockReading[];
  };
  NoReasonReturnRefused: { readonly ground: ReturnRefusal };
  ReturnedGoodsReceived: {
    /** Who has to refund. */
    readonly respondentUscc: string;
    /** Store that took them back, which may be another one than sold them (异地异店). */
    readonly store: string | null;
    /** `return-refund` and `return-delay`; none where the return rests on a promise, whose time is the store's own. */
    readonly clocks: readonly ClockReading[];
  };
  ReturnRefunded: { readonly amountFen: number };
  /** The clock reads otherwise, as the calendar was amended. */
  NegotiationDeadlineAmended: ClockReading;
  /** A second person has verified that what was entered after the deadline had been done before it (T-28). */
  NegotiationLateEntryVerified: {
    readonly clock: string;
    readonly reason: LateEntryReason;
    readonly evidence: readonly string[];
  };
}

export type NegotiationEvent = EventOf<NegotiationEvents>;
export type RecordedNegotiationEvent = RecordedOf<NegotiationEvents>;

export const negotiationSchemas: EventSchemas & Record<keyof NegotiationEvents, { schemaVersion: number }> = {
  NegotiationOpened: { schemaVersion: 1 },
  NegotiationAcknowledged: { schemaVersion: 1 },
  SettlementProposed: { schemaVersion: 1 },
  SettlementCountered: { schemaVersion: 1 },
  SettlementAgreed: { schemaVersion: 1 },
  SettlementClaimed: { schemaVersion: 1 },
  SettlementClaimNotified: { schemaVersion: 1 },
  SettlementConfirmed: { schemaVersion: 1 },
  SettlementDisputed: { schemaVersion: 1 },
  NegotiationFailed: { schemaVersion: 1 },
  NegotiationExpired: { schemaVersion: 1 },
  NegotiationEscalated: { schemaVersion: 1 },
  NegotiationResultRecorded: { schemaVersion: 1 },
  AdvancePaymentMade: { schemaVersion: 1 },
  RecourseRecovered: { schemaVersion: 1 },
  NoReasonReturnRequested: { schemaVersion: 1 },
  NoReasonReturnRefused: { schemaVersion: 1 },
  ReturnedGoodsReceived: { schemaVersion: 1 },
  ReturnRefunded: { schemaVersion: 1 },
  NegotiationDeadlineAmended: { schemaVersion: 1 },
  NegotiationLateEntryVerified: { schemaVersion: 1 },
};
