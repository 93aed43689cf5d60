import { Failure, formatInstant, idOf, unreachable } from '#kernel';
import { evolveClocks, NO_CLOCKS, type Clocks } from '#law';
import type { Projection } from '#read-models';
import { negotiationClockChanges } from '../clocks.ts';
import type {
  ConfirmationBasis,
  FailureReason,
  NegotiationEvents,
  Offer,
  Party,
  RecordedNegotiationEvent,
  SettlementDisputeReason,
  Venue,
} from '../events.ts';
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
  'disputed',
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
  /** Service station, or subject whose green channel it is, where that was said. */
  readonly station: string | null;
  readonly greenChannel: string | null;
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
  /** When the consumer was told of the claim. */
  readonly claimNotifiedAt: string | null;
  readonly confirmedAt: string | null;
  /** Whose word it was: a settlement by silence counts, and is told from one that the consumer confirmed (T-31). */
  readonly confirmationBasis: ConfirmationBasis | null;
  readonly confirmedOffer: number | null;
  readonly recoveredFen: number | null;
  readonly failedAt: string | null;
  readonly failureReason: FailureReason | null;
  readonly failedBy: Party | 'operator' | null;
  /** When its time ran out; null again once a result of before was entered. */
  readonly expiredAt: string | null;
  readonly escalatedAt: string | null;
  /** When a claim or a settlement was last disputed, by whom and why. */
  readonly disputedAt: string | null;
  readonly disputedBy: 'consumer' | 'complaint' | null;
  readonly disputeReason: SettlementDisputeReason | null;
  /** What the enterprise fed back (S20); the course by vault reference. */
  readonly fedBack: FedBack | null;
  /** 先行赔付 and 追偿, oldest first. */
  readonly advances: readonly AdvanceEntry[];
  /** 无理由退货. */
  readonly goodsReturn: ReturnEntry | null;
  readonly clocks: Clocks;
}

export type FedBack = NegotiationEvents['NegotiationResultRecorded'] & { readonly at: string };

export interface AdvanceEntry {
  readonly kind: 'paid' | 'recovered';
  readonly scheme: string;
  readonly amountFen: number;
  readonly evidence: readonly string[];
  readonly at: string;
}

export interface ReturnEntry extends Omit<NegotiationEvents['NoReasonReturnRequested'], 'clocks'> {
  readonly status: 'requested' | 'refused' | 'received' | 'refunded';
  readonly requestedAt: string;
  readonly refusedAt: string | null;
  readonly refusal: NegotiationEvents['NoReasonReturnRefused']['ground'] | null;
  readonly receivedAt: string | null;
  /** Store that took the goods. */
  readonly receivedBy: string | null;
  readonly refundedAt: string | null;
  readonly refundedFen: number | null;
}

export const negotiationsView: Projection<NegotiationDocument> = {
  name: 'negotiations',
  version: 3,
  types: Object.keys(negotiationSchemas),
  keys: (event) => [idOf(event.stream)],
  evolve: (doc, event) => withClocks(evolve(doc, event as RecordedNegotiationEvent), event as RecordedNegotiationEvent),
  indexes: {
    newest: ['openedAt'],
    byRespondent: ['respondentUscc', 'openedAt'],
    byRegion: ['respondentRegion', 'openedAt'],
    byStatus: ['status', 'openedAt'],
    byDispute: ['disputeId', 'openedAt'],
    byBasis: ['confirmationBasis', 'openedAt'],
    byStation: ['station', 'openedAt'],
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
      return { ...doc, status: reached(doc, 'claimed'), claimedAt: at, claimNotifiedAt: null };
    case 'SettlementClaimNotified':
      return { ...doc, claimNotifiedAt: at };
    case 'SettlementConfirmed': {
      const { basis, offer, recoveredFen } = event.data;
      const confirmed = { confirmedAt: at, confirmationBasis: basis, confirmedOffer: offer, recoveredFen };
      return { ...doc, ...ended('settled'), ...confirmed, fedBack: null };
    }
    case 'SettlementDisputed':
      return { ...doc, ...disputed(doc, event.data), disputedAt: at };
    case 'NegotiationFailed': {
      const { reason, by } = event.data;
      return { ...doc, ...ended('failed'), failedAt: at, failureReason: reason, failedBy: by, fedBack: null };
    }
    case 'NegotiationExpired':
      return { ...doc, status: 'expired', expiredAt: at };
    case 'NegotiationEscalated':
      return {
        ...doc,
        ...(event.data.from === 'open' ? ended('escalated') : { status: 'escalated' }),
        escalatedAt: at,
      };
    case 'NegotiationResultRecorded':
      return { ...doc, fedBack: { ...event.data, at } };
    case 'AdvancePaymentMade':
    case 'RecourseRecovered': {
      const { scheme, amountFen, evidence } = event.data;
      const kind = event.type === 'AdvancePaymentMade' ? 'paid' : 'recovered';
      return { ...doc, advances: [...doc.advances, { kind, scheme, amountFen, evidence, at }] };
    }
    case 'NoReasonReturnRequested':
    case 'NoReasonReturnRefused':
    case 'ReturnedGoodsReceived':
    case 'ReturnRefunded':
      return { ...doc, goodsReturn: returnAfter(doc.goodsReturn, event, at) };
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

/** A denied claim leaves the parties where they were; a disputed settlement is none, and its amount was not recovered. */
function disputed(
  doc: NegotiationDocument,
  { of, by, reason }: NegotiationEvents['SettlementDisputed'],
): Partial<NegotiationDocument> {
  const said = { disputedBy: by, disputeReason: reason };
  if (of === 'claim') {
    const status = reached(doc, doc.agreedOffer === null ? 'in-negotiation' : 'agreed');
    return { ...said, status, claimedAt: null, claimNotifiedAt: null };
  }
  const undone = { confirmedAt: null, confirmationBasis: null, confirmedOffer: null, recoveredFen: null };
  return { ...said, ...undone, status: 'disputed', fedBack: null };
}

type ReturnEvent = Extract<
  RecordedNegotiationEvent,
  { type: 'NoReasonReturnRequested' | 'NoReasonReturnRefused' | 'ReturnedGoodsReceived' | 'ReturnRefunded' }
>;

function returnAfter(entry: ReturnEntry | null, event: ReturnEvent, at: string): ReturnEntry {
  if (event.type === 'NoReasonReturnRequested') {
    const { basis, store, signedOn } = event.data;
    const open = { refusedAt: null, refusal: null, receivedAt: null, receivedBy: null, refundedAt: null };
    return { basis, store, signedOn, status: 'requested', requestedAt: at, ...open, refundedFen: null };
  }
  if (entry === null) throw new Failure('BROKEN_HISTORY', `${event.stream} knows of no return`);
  switch (event.type) {
    case 'NoReasonReturnRefused':
      return { ...entry, status: 'refused', refusedAt: at, refusal: event.data.ground };
    case 'ReturnedGoodsReceived':
      return { ...entry, status: 'received', receivedAt: at, receivedBy: event.data.store };
    case 'ReturnRefunded':
      return { ...entry, status: 'refunded', refundedAt: at, refundedFen: event.data.amountFen };
    default:
      return unreachable(event);
  }
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
    station: data.station ?? null,
    greenChannel: data.greenChannel ?? null,
    status: 'opened',
    openedAt,
    acknowledgedAt: null,
    offers: [],
    terms: null,
    agreedOffer: null,
    acceptedBy: null,
    agreedAt: null,
    claimedAt: null,
    claimNotifiedAt: null,
    confirmedAt: null,
    confirmationBasis: null,
    confirmedOffer: null,
    recoveredFen: null,
    failedAt: null,
    failureReason: null,
    failedBy: null,
    expiredAt: null,
    escalatedAt: null,
    disputedAt: null,
    disputedBy: null,
    disputeReason: null,
    fedBack: null,
    advances: [],
    goodsReturn: null,
    clocks: NO_CLOCKS,
  };
}
