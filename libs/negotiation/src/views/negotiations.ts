import { Failure, formatInstant, idOf, unreachable } from '#kernel';
import { evolveClocks, NO_CLOCKS, type Clocks } from '#law';
import type { Projection } from '#read-models';
import { negotiationClockChanges } from '../clocks.ts';
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
  'expired',
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
  /** When its time ran out; null again once a result of before was entered. */
  readonly expiredAt: string | null;
  readonly escalatedAt: string | null;
  readonly clocks: Clocks;
}

export const negotiationsView: Projection<NegotiationDocument> = {
  name: 'negotiations',
  version: 2,
  types: Object.keys(negotiationSchemas),
  keys: (event) => [idOf(event.stream)],
  evolve: (doc, event) => withClocks(evolve(doc, event as RecordedNegotiationEvent), event as RecordedNegotiationEvent),
  indexes: {
    newest: ['openedAt'],
    byRespondent: ['respondentUscc', 'openedAt'],
    byRegion: ['respondentRegion', 'openedAt'],
    byStatus: ['status', 'openedAt'],
    byDispute: ['disputeId', 'openedAt'],
  },
};

function withClocks(doc: NegotiationDocument, event: RecordedNegotiationEvent): NegotiationDocument {
  const changes = negotiationClockChanges(event);
  return changes.length === 0 ? doc : { ...doc, clocks: evolveClocks(doc.clocks, changes, event) };
}

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
      return { ...doc, status: reached(doc, 'in-negotiation'), offers, terms: event.data.terms };
    }
    case 'SettlementAgreed': {
      const { offer, acceptedBy } = event.data;
      return { ...doc, status: reached(doc, 'agreed'), agreedOffer: offer, acceptedBy, agreedAt: at };
    }
    case 'SettlementClaimed':
      return { ...doc, status: reached(doc, 'claimed'), claimedAt: at };
    case 'SettlementConfirmed': {
      const { offer, recoveredFen } = event.data;
      return { ...doc, ...ended('settled'), confirmedAt: at, confirmedOffer: offer, recoveredFen };
    }
    case 'NegotiationFailed': {
      const { reason, by } = event.data;
      return { ...doc, ...ended('failed'), failedAt: at, failureReason: reason, failedBy: by };
    }
    case 'NegotiationExpired':
      return { ...doc, status: 'expired', expiredAt: at };
    case 'NegotiationEscalated':
      return {
        ...doc,
        ...(event.data.from === 'open' ? ended('escalated') : { status: 'escalated' }),
        escalatedAt: at,
      };
    case 'NegotiationDeadlineAmended':
    case 'NegotiationLateEntryVerified':
      return doc;
    default:
      return unreachable(event);
  }
}

/** What is entered only once the time was over does not open it again; only a result takes the expiry's place. */
function reached(
  { status }: NegotiationDocument,
  step: 'in-negotiation' | 'agreed' | 'claimed',
): NegotiationDocument['status'] {
  return status === 'expired' ? status : step;
}

function ended(result: 'settled' | 'failed' | 'escalated'): Pick<NegotiationDocument, 'status' | 'expiredAt'> {
  return { status: result, expiredAt: null };
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
    expiredAt: null,
    escalatedAt: null,
    clocks: NO_CLOCKS,
  };
}
