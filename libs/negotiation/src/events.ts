import type { EventOf, EventSchemas, LocalDate, RecordedOf } from '#kernel';
import type { ClockReading } from '#law';
import type { LateEntryReason } from '#service';

// What becomes of a negotiation's clock is told from its events alone: whoever reads these reads it by the same rule.
export * from './clocks.ts';

/** Where the parties negotiate (和解入口). */
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
  SettlementConfirmed: {
    readonly basis: 'consumer';
    readonly offer: number | null;
    readonly recoveredFen: number | null;
  };
  NegotiationFailed: { readonly reason: FailureReason; readonly by: Party | 'operator' };
  /**
   * The time ran out without a result: counts as not settled (L-18). It occurred at the end of the last day, whenever that was
   * found; a result of before that is entered later takes its place.
   */
  NegotiationExpired: { readonly clock: 'negotiation' };
  /** The consumer turns to the authority; negotiation time is not the authority's (S20). */
  NegotiationEscalated: { readonly from: 'open' | 'failed' | 'expired' };
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
  SettlementConfirmed: { schemaVersion: 1 },
  NegotiationFailed: { schemaVersion: 1 },
  NegotiationExpired: { schemaVersion: 1 },
  NegotiationEscalated: { schemaVersion: 1 },
  NegotiationDeadlineAmended: { schemaVersion: 1 },
  NegotiationLateEntryVerified: { schemaVersion: 1 },
};
