import { Failure, formatInstant, idOf, unreachable } from '#kernel';
import type { Projection } from '#read-models';
import type { FailureReason, NegotiationEvents, Offer, Party, RecordedNegotiationEvent, Venue } from '../events.ts';
import { negotiationSchemas } from '../events.ts';

export const NEGOTIATION_STATUSES = [
  'opened',
  'acknowledged',
  'in-negotiation',
  'agreed',
  'claimed',
  'settled',
  'failed',
  'escalated',
] as const;
export type NegotiationStatus = (typeof NEGOTIATION_STATUSES)[number];

/** One negotiation (和解) as it stands. Instants are ISO 8601 UTC, money is fen. */
export interface NegotiationDocument {
  readonly disputeId: string;
  readonly venue: Venue;
  readonly respondentUscc: string;
  readonly respondentRegion: string;
  readonly sector: string | null;
  readonly openedBy: 'consumer' | 'authority';
  readonly status: NegotiationStatus;
  readonly openedAt: string;
  readonly acknowledgedAt: string | null;
  /** Oldest first; the terms of each by vault reference. */
  readonly offers: readonly (Offer & { readonly madeAt: string })[];
  /** Vault reference of the newest offer's terms. */
  readonly terms: string | null;
  readonly agreedOffer: number | null;
  readonly acceptedBy: Party | null;
  readonly agreedAt: string | null;
  readonly claimedAt: string | null;
  readonly confirmedAt: string | null;
  readonly confirmedOffer: number | null;
  readonly recoveredFen: number | null;
  readonly failedAt: string | null;
  readonly failureReason: FailureReason | null;
  readonly failedBy: Party | 'operator' | null;
  readonly escalatedAt: string | null;
}

export const negotiationsView: Projection<NegotiationDocument> = {
  name: 'negotiations',
  version: 1,
  types: Object.keys(negotiationSchemas),
  keys: (event) => [idOf(event.stream)],
  evolve: (doc, event) => evolve(doc, event as RecordedNegotiationEvent),
  indexes: {
    newest: ['openedAt'],
    byRespondent: ['respondentUscc', 'openedAt'],
    byRegion: ['respondentRegion', 'openedAt'],
    byStatus: ['status', 'openedAt'],
    byDispute: ['disputeId', 'openedAt'],
  },
};

function evolve(doc: NegotiationDocument | undefined, event: RecordedNegotiationEvent): NegotiationDocument {
  const at = formatInstant(event.occurredAt);
  if (event.type === 'NegotiationOpened') return opened(event.data, at);
  if (doc === undefined) throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  switch (event.type) {
    case 'NegotiationAcknowledged':
      return { ...doc, status: doc.status === 'opened' ? 'acknowledged' : doc.status, acknowledgedAt: at };
    case 'SettlementProposed':
    case 'SettlementCountered': {
      const offers = [...doc.offers, { ...event.data, madeAt: at }];
      return { ...doc, status: 'in-negotiation', offers, terms: event.data.terms };
    }
    case 'SettlementAgreed': {
      const { offer, acceptedBy } = event.data;
      return { ...doc, status: 'agreed', agreedOffer: offer, acceptedBy, agreedAt: at };
    }
    case 'SettlementClaimed':
      return { ...doc, status: 'claimed', claimedAt: at };
    case 'SettlementConfirmed': {
      const { offer, recoveredFen } = event.data;
      return { ...doc, status: 'settled', confirmedAt: at, confirmedOffer: offer, recoveredFen };
    }
    case 'NegotiationFailed': {
      const { reason, by } = event.data;
      return { ...doc, status: 'failed', failedAt: at, failureReason: reason, failedBy: by };
    }
    case 'NegotiationEscalated':
      return { ...doc, status: 'escalated', escalatedAt: at };
    default:
      return unreachable(event);
  }
}

function opened(data: NegotiationEvents['NegotiationOpened'], openedAt: string): NegotiationDocument {
  const { disputeId, venue, respondentUscc, respondentRegion, sector, openedBy } = data;
  return {
    disputeId,
    venue,
    respondentUscc,
    respondentRegion,
    sector,
    openedBy,
    status: 'opened',
    openedAt,
    acknowledgedAt: null,
    offers: [],
    terms: null,
    agreedOffer: null,
    acceptedBy: null,
    agreedAt: null,
    claimedAt: null,
    confirmedAt: null,
    confirmedOffer: null,
    recoveredFen: null,
    failedAt: null,
    failureReason: null,
    failedBy: null,
    escalatedAt: null,
  };
}
