import type { Instant } from '#kernel';
import { Failure, unreachable } from '#kernel';
import { evolveClocks, NO_CLOCKS, type Clocks } from '#law';
import { negotiationClockChanges } from './clocks.ts';
import type { NegotiationResultSaid, Offer, RecordedNegotiationEvent, ReturnBasis } from './events.ts';

/** What one scheme has paid (先行赔付) and got back (追偿), fen. */
export interface Advance {
  readonly operatorUscc: string;
  readonly paidFen: number;
  readonly recoveredFen: number;
}

/** A return without a reason (无理由退货), and when its newest step happened. */
export interface GoodsReturn {
  readonly status: 'requested' | 'refused' | 'received' | 'refunded';
  readonly basis: ReturnBasis;
  readonly at: Instant;
}

/** What is known of a negotiation from its opening on, whatever became of it. */
export interface Known {
  readonly disputeId: string;
  readonly respondentUscc: string;
  readonly respondentRegion: string;
  readonly openedAt: Instant;
  /** By scheme. */
  readonly advances: Readonly<Record<string, Advance>>;
  readonly goodsReturn: GoodsReturn | null;
  /** What the enterprise fed back of how it ended; null again once it ended otherwise. */
  readonly resultSaid: NegotiationResultSaid | null;
  /** The merchant's operator has made first contact (首问). */
  readonly acknowledged: boolean;
  /** All offers, oldest first; the last one stands, until it expires. */
  readonly offers: readonly Offer[];
  /** A complaint has denied a claim of the merchant: no silence speaks for that consumer any more (T-31). */
  readonly hasComplained: boolean;
  /** When the last step happened: no later step may have happened before it. That time ran out is no step. */
  readonly previousAt: Instant;
  readonly clocks: Clocks;
}

/** The parties still talk: nothing is settled, whatever the merchant says (T-31). */
export type Live = Known &
  (
    | { readonly status: 'open' }
    | { readonly status: 'agreed'; readonly agreedOffer: number }
    /** `noticed`: the consumer was told of the claim. */
    | {
        readonly status: 'claimed';
        readonly agreedOffer: number | null;
        readonly claimedAt: Instant;
        readonly noticed: boolean;
      }
  );

/**
 * The time ran out without a result. What had happened before may still be entered, and goes on from where the parties had
 * come to; only a result takes the expiry's place. It can be escalated, once.
 */
export type Expired = Known & { readonly status: 'expired'; readonly reached: Live };

/**
 * A settlement can be disputed, and is none from then on. What failed or was disputed can still be escalated, once. Facts that
 * settle nothing (advances, refunds, what the enterprise feeds back) are recorded whatever became of it.
 */
export type Ended = Known &
  /** `silentSince`: the claim that only silence confirmed; null where the consumer did. */
  (
    | { readonly status: 'settled'; readonly silentSince: Instant | null }
    | { readonly status: 'failed' | 'escalated' | 'disputed' }
  );

export type NegotiationState = { readonly status: 'none' } | Live | Expired | Ended;

export const initial: NegotiationState = { status: 'none' };

export function evolve(state: NegotiationState, event: RecordedNegotiationEvent): NegotiationState {
  const next = evolveStatus(state, event);
  const changes = negotiationClockChanges(event);
  return next.status === 'none' || changes.length === 0
    ? next
    : { ...next, clocks: evolveClocks(next.clocks, changes, event) };
}

/** The negotiation as the parties had left it when its time ran out. */
export function beforeExpiry({ reached, clocks }: Expired): Live {
  return { ...reached, clocks };
}

function evolveStatus(state: NegotiationState, event: RecordedNegotiationEvent): NegotiationState {
  if (event.type === 'NegotiationOpened') {
    const { disputeId, respondentUscc, respondentRegion } = event.data;
    const times = { openedAt: event.occurredAt, previousAt: event.occurredAt, clocks: NO_CLOCKS };
    const nothing = {
      acknowledged: false,
      offers: [],
      advances: {},
      goodsReturn: null,
      resultSaid: null,
      hasComplained: false,
    };
    return { status: 'open', disputeId, respondentUscc, respondentRegion, ...times, ...nothing };
  }
  if (state.status === 'none') throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  switch (event.type) {
    case 'NegotiationExpired':
      return isLive(state) ? expired(state) : state;
    case 'NegotiationDeadlineAmended':
    case 'NegotiationLateEntryVerified':
      // About the procedure and no step of it: what comes next may have happened before.
      return state;
    default: {
      if (state.status !== 'expired') return evolveStep(state, event);
      const next = evolveStep(beforeExpiry(state), event);
      return isLive(next) ? expired(next) : next;
    }
  }
}

type Step = Exclude<
  RecordedNegotiationEvent,
  {
    type: 'NegotiationOpened' | 'NegotiationExpired' | 'NegotiationDeadlineAmended' | 'NegotiationLateEntryVerified';
  }
>;

function evolveStep(state: Live | Ended, event: Step): Live | Ended {
  const at = { previousAt: event.occurredAt };
  switch (event.type) {
    case 'NegotiationAcknowledged':
      return { ...state, ...at, acknowledged: true };
    case 'SettlementProposed':
    case 'SettlementCountered':
      // A party that makes an offer talks on: a claim without an agreement lapses with it.
      return { ...known(state), ...at, status: 'open', offers: [...state.offers, event.data] };
    case 'SettlementAgreed':
      return { ...known(state), ...at, status: 'agreed', agreedOffer: event.data.offer };
    case 'SettlementClaimed':
      return {
        ...known(state),
        ...at,
        status: 'claimed',
        agreedOffer: event.data.offer,
        claimedAt: event.occurredAt,
        noticed: false,
      };
    case 'SettlementClaimNotified':
      return state.status === 'claimed' ? { ...state, ...at, noticed: true } : state;
    case 'SettlementConfirmed':
      return {
        ...known(state),
        ...at,
        status: 'settled',
        resultSaid: null,
        silentSince: event.data.basis === 'silence' && state.status === 'claimed' ? state.claimedAt : null,
      };
    case 'SettlementDisputed':
      return { ...disputed(state), ...at, hasComplained: state.hasComplained || event.data.by === 'complaint' };
    case 'NegotiationFailed':
      return { ...known(state), ...at, status: 'failed', resultSaid: null };
    case 'NegotiationEscalated':
      return { ...known(state), ...at, status: 'escalated' };
    case 'NegotiationResultRecorded':
    case 'AdvancePaymentMade':
    case 'RecourseRecovered':
    case 'NoReasonReturnRequested':
    case 'NoReasonReturnRefused':
    case 'ReturnedGoodsReceived':
    case 'ReturnRefunded':
      return { ...state, ...factAfter(state, event) };
    default:
      return unreachable(event);
  }
}

/** A claim is taken back to where the parties had come to; a settlement is none any more. */
function disputed(state: Live | Ended): Live | Ended {
  if (!isLive(state)) return { ...known(state), status: 'disputed', resultSaid: null };
  if (state.status === 'open' || state.agreedOffer === null) return { ...known(state), status: 'open' };
  return { ...known(state), status: 'agreed', agreedOffer: state.agreedOffer };
}

type Fact = Extract<
  Step,
  {
    type:
      | 'NegotiationResultRecorded'
      | 'AdvancePaymentMade'
      | 'RecourseRecovered'
      | 'NoReasonReturnRequested'
      | 'NoReasonReturnRefused'
      | 'ReturnedGoodsReceived'
      | 'ReturnRefunded';
  }
>;

/** What is no step towards a settlement: the next step may have happened before it. */
function factAfter({ advances, goodsReturn }: Known, event: Fact): Partial<Known> {
  const at = event.occurredAt;
  switch (event.type) {
    case 'NegotiationResultRecorded':
      return { resultSaid: event.data.result };
    case 'AdvancePaymentMade': {
      const { scheme, operatorUscc, amountFen } = event.data;
      const { paidFen = 0, recoveredFen = 0 } = advances[scheme] ?? {};
      return { advances: { ...advances, [scheme]: { operatorUscc, paidFen: paidFen + amountFen, recoveredFen } } };
    }
    case 'RecourseRecovered': {
      const { scheme, amountFen } = event.data;
      const advance = advances[scheme];
      if (advance === undefined) throw new Failure('BROKEN_HISTORY', `${event.stream} recovers what was not paid`);
      const recoveredFen = advance.recoveredFen + amountFen;
      return { advances: { ...advances, [scheme]: { ...advance, recoveredFen } } };
    }
    case 'NoReasonReturnRequested':
      return { goodsReturn: { status: 'requested', basis: event.data.basis, at } };
    case 'NoReasonReturnRefused':
      return returned('refused');
    case 'ReturnedGoodsReceived':
      return returned('received');
    case 'ReturnRefunded':
      return returned('refunded');
    default:
      return unreachable(event);
  }

  function returned(status: GoodsReturn['status']): Partial<Known> {
    if (goodsReturn === null) throw new Failure('BROKEN_HISTORY', `${event.stream} knows of no return`);
    return { goodsReturn: { ...goodsReturn, status, at } };
  }
}

function isLive(state: Exclude<NegotiationState, { readonly status: 'none' }>): state is Live {
  return state.status === 'open' || state.status === 'agreed' || state.status === 'claimed';
}

function expired(reached: Live): Expired {
  return { ...known(reached), status: 'expired', reached };
}

/** Without what only its status has. */
function known(state: Known): Known {
  const { disputeId, respondentUscc, respondentRegion, openedAt, previousAt, clocks } = state;
  const { acknowledged, offers, advances, goodsReturn, resultSaid, hasComplained } = state;
  return {
    ...{ disputeId, respondentUscc, respondentRegion, openedAt, previousAt, clocks },
    ...{ acknowledged, offers, advances, goodsReturn, resultSaid, hasComplained },
  };
}
