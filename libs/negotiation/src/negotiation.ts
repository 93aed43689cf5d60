import type { Instant } from '#kernel';
import { Failure, unreachable } from '#kernel';
import { evolveClocks, NO_CLOCKS, type Clocks } from '#law';
import { negotiationClockChanges } from './clocks.ts';
import type { Offer, RecordedNegotiationEvent } from './events.ts';

/** What is known of a negotiation from its opening on, whatever became of it. */
export interface Known {
  readonly disputeId: string;
  readonly respondentUscc: string;
  readonly respondentRegion: string;
  /** The merchant's operator has made first contact (首问). */
  readonly acknowledged: boolean;
  /** All offers, oldest first; the last one stands, until it expires. */
  readonly offers: readonly Offer[];
  /** When the last step happened: no later step may have happened before it. That time ran out is no step. */
  readonly previousAt: Instant;
  readonly clocks: Clocks;
}

/** The parties still talk: nothing is settled, whatever the merchant says (T-31). */
export type Live = Known &
  (
    | { readonly status: 'open' }
    | { readonly status: 'agreed'; readonly agreedOffer: number }
    | { readonly status: 'claimed'; readonly agreedOffer: number | null }
  );

/**
 * The time ran out without a result. What had happened before may still be entered, and goes on from where the parties had
 * come to; only a result takes the expiry's place. It can be escalated, once.
 */
export type Expired = Known & { readonly status: 'expired'; readonly reached: Live };

/** A failed negotiation can still be escalated, once; the other two accept nothing more. */
export type Ended = Known & { readonly status: 'settled' | 'failed' | 'escalated' };

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
    const about = { disputeId, respondentUscc, respondentRegion, previousAt: event.occurredAt, clocks: NO_CLOCKS };
    return { status: 'open', ...about, acknowledged: false, offers: [] };
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
      return { ...known(state), ...at, status: 'claimed', agreedOffer: event.data.offer };
    case 'SettlementConfirmed':
      return { ...known(state), ...at, status: 'settled' };
    case 'NegotiationFailed':
      return { ...known(state), ...at, status: 'failed' };
    case 'NegotiationEscalated':
      return { ...known(state), ...at, status: 'escalated' };
    default:
      return unreachable(event);
  }
}

function isLive(state: Exclude<NegotiationState, { readonly status: 'none' }>): state is Live {
  return state.status === 'open' || state.status === 'agreed' || state.status === 'claimed';
}

function expired(reached: Live): Expired {
  return { ...known(reached), status: 'expired', reached };
}

function known({
  disputeId,
  respondentUscc,
  respondentRegion,
  acknowledged,
  offers,
  previousAt,
  clocks,
}: Known): Known {
  return { disputeId, respondentUscc, respondentRegion, acknowledged, offers, previousAt, clocks };
}
