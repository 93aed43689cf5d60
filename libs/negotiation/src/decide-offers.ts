import type { DecisionContext, Refusal } from '#kernel';
import { formatInstant, parseInstant, refuse } from '#kernel';
import type { AgreeToOffer, CounterSettlement, ProposeSettlement } from './commands.ts';
import { MAX_OFFERS } from './events.ts';
import type { Offer, Party } from './events.ts';
import type { Known } from './negotiation.ts';
import { atTheTable, OPERATORS, type Rule } from './step.ts';

export const propose: Rule<ProposeSettlement> = atTheTable((command, state, party, context) => {
  const offer = offerOf(command, state, party, context);
  return 'refused' in offer ? offer : [{ type: 'SettlementProposed', data: offer }];
});

export const counter: Rule<CounterSettlement> = atTheTable((command, state, party, context) => {
  const answered = state.offers.at(-1);
  if (answered === undefined) return refuse('conflict', 'NOTHING_TO_COUNTER', 'There is no offer to answer yet.');
  if (answered.by === party) {
    return refuse('conflict', 'COUNTER_TO_OWN_OFFER', 'The newest offer is your own: make a new proposal instead.');
  }
  if (hasExpired(answered, context)) return offerExpired();
  const offer = offerOf(command, state, party, context);
  return 'refused' in offer ? offer : [{ type: 'SettlementCountered', data: offer }];
});

export const agree: Rule<AgreeToOffer> = atTheTable((command, state, party, context) => {
  const offer = state.offers[command.offer - 1];
  if (offer === undefined) return unknownOffer();
  if (offer.by === party) {
    return refuse('forbidden', 'PROPOSER_CANNOT_ACCEPT', 'Only the other party can accept an offer.', 'offer');
  }
  if (offer !== state.offers.at(-1)) {
    return refuse('conflict', 'OFFER_SUPERSEDED', 'A newer offer has taken the place of this one.', 'offer');
  }
  if (hasExpired(offer, context)) return offerExpired('offer');
  return [{ type: 'SettlementAgreed', data: { offer: offer.offer, acceptedBy: party } }];
});

function offerOf(
  { amountFen, performBy, expiresAt }: ProposeSettlement | CounterSettlement,
  { offers }: Known,
  by: Party,
  { occurredAt, today, persons }: DecisionContext,
): Offer | Refusal {
  if (offers.length >= MAX_OFFERS) {
    return refuse('conflict', 'TOO_MANY_OFFERS', `A negotiation has at most ${MAX_OFFERS} offers.`);
  }
  const terms = persons['terms']?.personId ?? null;
  if (amountFen === undefined && performBy === undefined && terms === null) {
    return refuse('invalid', 'EMPTY_OFFER', 'An offer needs an amount, a day of performance or terms.');
  }
  if (performBy !== undefined && performBy < today) {
    return refuse('invalid', 'PERFORM_BY_BEFORE_OFFER', 'Performance cannot be due before the offer.', 'performBy');
  }
  const expiry = expiresAt === undefined ? undefined : parseInstant(expiresAt);
  if (expiry !== undefined && expiry <= occurredAt) {
    return refuse('invalid', 'EXPIRES_BEFORE_OFFER', 'An offer cannot expire before it is made.', 'expiresAt');
  }
  return {
    offer: offers.length + 1,
    by,
    amountFen: amountFen ?? null,
    performBy: performBy ?? null,
    terms,
    expiresAt: expiry === undefined ? null : formatInstant(expiry),
  };
}

/**
 * The moment of expiry itself is still in time. A party that answers by its own key answers now, whatever time it gives (T-28);
 * who took a party's word down may enter it later.
 */
function hasExpired({ expiresAt }: Offer, { actor, now, occurredAt }: DecisionContext): boolean {
  const expiry = expiresAt === null ? undefined : parseInstant(expiresAt);
  const answeredAt = OPERATORS.includes(actor.role) ? occurredAt : now;
  return expiry !== undefined && answeredAt > expiry;
}

export function unknownOffer(): Refusal {
  return refuse('invalid', 'UNKNOWN_OFFER', 'There is no offer with this number.', 'offer');
}

function offerExpired(field?: string): Refusal {
  return refuse('conflict', 'OFFER_EXPIRED', 'The newest offer has expired.', field);
}
