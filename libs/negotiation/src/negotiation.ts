import type { Instant } from '#kernel';
import { Failure, unreachable } from '#kernel';
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
  /** When the last step happened: no later step may have happened before it. */
  readonly previousAt: Instant;
}

/** The parties still talk: nothing is settled, whatever the merchant says (T-31). */
export type Live = Known &
  (
    | { readonly status: 'open' }
    | { readonly status: 'agreed'; readonly agreedOffer: number }
    | { readonly status: 'claimed'; readonly agreedOffer: number | null }
  );

/** A failed negotiation can still be escalated, once; the other two accept nothing more. */
export type Ended = Known & { readonly status: 'settled' | 'failed' | 'escalated' };

export type NegotiationState = { readonly status: 'none' } | Live | Ended;

export const initial: NegotiationState = { status: 'none' };

export function evolve(state: NegotiationState, event: RecordedNegotiationEvent): NegotiationState {
  if (event.type === 'NegotiationOpened') {
    const { disputeId, respondentUscc, respondentRegion } = event.data;
    const previousAt = event.occurredAt;
    return { status: 'open', disputeId, respondentUscc, respondentRegion, acknowledged: false, offers: [], previousAt };
  }
  if (state.status === 'none') throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
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

function known({ disputeId, respondentUscc, respondentRegion, acknowledged, offers, previousAt }: Known): Known {
  return { disputeId, respondentUscc, respondentRegion, acknowledged, offers, previousAt };
}
