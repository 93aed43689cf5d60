import type { Decide, Decision, DecisionContext, Refusal } from '#kernel';
import { formatInstant, normaliseUscc, parseInstant, refuse, unreachable } from '#kernel';
import { amendedReading, readClock, refuseVerification, type ClockReading, type Law } from '#law';
import type { AmendDeadline } from '#service';
import { NEGOTIATION_CLOCKS } from './clocks.ts';
import type {
  AcknowledgeNegotiation,
  AgreeToOffer,
  ClaimSettlement,
  ConfirmSettlement,
  CounterSettlement,
  EscalateNegotiation,
  ExpireNegotiation,
  FailNegotiation,
  OpenNegotiation,
  ProposeSettlement,
  VerifyNegotiationLateEntry,
} from './commands.ts';
import { MAX_OFFERS } from './events.ts';
import type { NegotiationEvent, Offer, Party } from './events.ts';
import { afterLastDay, expiryOf, hasRunOut } from './expiry.ts';
import type { Ended, Known, Live, NegotiationState } from './negotiation.ts';
import { beforeExpiry } from './negotiation.ts';
import { partyOf } from './party.ts';
import type { OpenReads } from './reads.ts';
import { wasActiveAt } from './reads.ts';

type Rule<Command> = Decide<Command, NegotiationState, NegotiationEvent, Record<string, never>, Law>;

const OFFICERS: readonly string[] = ['officer', 'administrator'];

export const open: Decide<OpenNegotiation, NegotiationState, NegotiationEvent, OpenReads, Law> = (
  command,
  state,
  { actor, occurredAt, today, reads },
  law,
) => {
  if (state.status !== 'none') return refuse('conflict', 'NEGOTIATION_EXISTS', 'This negotiation is already open.');
  const { dispute, membership } = reads;
  if (dispute === undefined) return refuse('invalid', 'UNKNOWN_DISPUTE', 'There is no such dispute.', 'disputeId');
  const respondentUscc = normaliseUscc(command.respondentUscc) ?? command.respondentUscc;
  if (dispute.respondentUscc !== null && dispute.respondentUscc !== respondentUscc) {
    return refuse('conflict', 'RESPONDENT_MISMATCH', 'The dispute names another respondent.', 'respondentUscc');
  }
  if (command.venue === 'odr' && !wasActiveAt(membership ?? [], occurredAt)) {
    return refuse(
      'conflict',
      'ODR_MEMBERSHIP_NOT_ACTIVE',
      'The respondent was no active ODR member at that time.',
      'venue',
    );
  }
  const openedBy = command.openedBy ?? 'consumer';
  if (openedBy === 'authority' && !OFFICERS.includes(actor.role)) {
    return refuse('forbidden', 'NOT_YOUR_PARTY', 'Only the authority opens in its own name.', 'openedBy');
  }
  const { respondentRegion, sector } = dispute;
  const { disputeId, venue } = command;
  const clock = readClock({ clock: 'negotiation', rule: NEGOTIATION_CLOCKS.negotiation, from: today }, law);
  const data = { disputeId, venue, respondentUscc, respondentRegion, sector, openedBy, clocks: [clock] };
  return [{ type: 'NegotiationOpened', ...under(clock), data }];
};

export const acknowledge: Rule<AcknowledgeNegotiation> = whileLive((_, state, { actor }) => {
  if (partyOf(actor.role, undefined, 'merchant') !== 'merchant') {
    return refuse('forbidden', 'ONLY_MERCHANT_ACKNOWLEDGES', 'First contact is the merchant’s to record.');
  }
  return state.acknowledged ? [] : [{ type: 'NegotiationAcknowledged', data: {} }];
});

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

export const claim: Rule<ClaimSettlement> = whileLive((_, state, { actor }) => {
  if (partyOf(actor.role, undefined, 'merchant') !== 'merchant') {
    return refuse('forbidden', 'ONLY_MERCHANT_CLAIMS', 'A claim is the merchant’s word; the consumer confirms.');
  }
  switch (state.status) {
    case 'open':
      return [{ type: 'SettlementClaimed', data: { offer: null } }];
    case 'agreed':
      return [{ type: 'SettlementClaimed', data: { offer: state.agreedOffer } }];
    case 'claimed':
      return [];
    default:
      return unreachable(state);
  }
});

export const confirm: Rule<ConfirmSettlement> = whileLive((command, state, { actor }) => {
  if (partyOf(actor.role, undefined) !== 'consumer') {
    return refuse('forbidden', 'ONLY_CONSUMER_CONFIRMS', 'A settlement is what the consumer confirms.');
  }
  if (state.status === 'open') {
    return refuse('conflict', 'NOTHING_TO_CONFIRM', 'Nothing has been agreed or claimed yet.');
  }
  const said = command.offer ?? null;
  if (said !== null && state.offers[said - 1] === undefined) return unknownOffer();
  if (said !== null && state.agreedOffer !== null && said !== state.agreedOffer) {
    return refuse('conflict', 'NOT_THE_AGREED_OFFER', `The parties agreed on offer ${state.agreedOffer}.`, 'offer');
  }
  const recoveredFen = command.recoveredFen ?? null;
  const data = { basis: 'consumer', offer: state.agreedOffer ?? said, recoveredFen } as const;
  return [{ type: 'SettlementConfirmed', data }];
});

export const fail: Rule<FailNegotiation> = whileLive((command, _, { actor }) => {
  const { reason, onBehalfOf } = command;
  if (onBehalfOf === 'operator') {
    if (!OPERATORS.includes(actor.role)) {
      return refuse('forbidden', 'NOT_YOUR_PARTY', 'A party cannot act as the operator of the venue.', 'onBehalfOf');
    }
    return [{ type: 'NegotiationFailed', data: { reason, by: 'operator' } }];
  }
  const party = partyOf(actor.role, onBehalfOf);
  return typeof party === 'string' ? [{ type: 'NegotiationFailed', data: { reason, by: party } }] : party;
});

export const escalate: Rule<EscalateNegotiation> = (_, state, context) => {
  if (partyOf(context.actor.role, undefined) !== 'consumer') {
    return refuse('forbidden', 'ONLY_CONSUMER_ESCALATES', 'Turning to the authority is the consumer’s choice.');
  }
  const { occurredAt } = context;
  const from = (before: 'open' | 'failed' | 'expired') => [
    { type: 'NegotiationEscalated', data: { from: before } } as const,
  ];
  switch (state.status) {
    case 'open':
    case 'agreed':
    case 'claimed': {
      // It says that it ran out where nobody has yet, so that what came of it does not hang on who was first to say so.
      const expiry = expiryOf(state, occurredAt);
      return outOfTime(state, context) ?? [...expiry, ...from(expiry.length === 0 ? 'open' : 'expired')];
    }
    case 'expired':
      return outOfTime(state, context) ?? from(hasRunOut(state, occurredAt) ? 'expired' : 'open');
    case 'failed':
      return outOfTime(state, context) ?? from('failed');
    case 'none':
    case 'settled':
    case 'escalated':
      return notLive(state);
    default:
      return unreachable(state);
  }
};

/** Silence where there is a result by now, or the last day has become another one. */
export const expire: Rule<ExpireNegotiation> = (_, state, { occurredAt }) => {
  switch (state.status) {
    case 'open':
    case 'agreed':
    case 'claimed':
      return expiryOf(state, occurredAt);
    case 'none':
      return notLive(state);
    case 'expired':
    case 'settled':
    case 'failed':
    case 'escalated':
      return [];
    default:
      return unreachable(state);
  }
};

export const verifyLateEntry: Rule<VerifyNegotiationLateEntry> = (command, state, { actor }) => {
  if (state.status === 'none') return notLive(state);
  const { clock, reason, evidence } = command;
  if (!OFFICERS.includes(actor.role)) {
    return refuse('forbidden', 'HUMAN_DECISION_REQUIRED', 'An officer verifies what was entered late.');
  }
  if (state.clocks[clock]?.completion?.verified === true) return [];
  const refusal = refuseVerification(state.clocks, clock, actor.id);
  return refusal ?? [{ type: 'NegotiationLateEntryVerified', data: { clock, reason, evidence } }];
};

export const amendDeadline: Rule<AmendDeadline> = ({ clock }, state, _, law) => {
  if (state.status === 'none') return notLive(state);
  const known = state.clocks[clock];
  const amended = known === undefined ? undefined : amendedReading(known, law);
  return amended === undefined ? [] : [{ type: 'NegotiationDeadlineAmended', ...under(amended), data: amended }];
};

/** Who may end a negotiation in the name of the venue: those who run or supervise it. */
const OPERATORS: readonly string[] = ['hotline', 'officer', 'mediator', 'administrator'];

/**
 * A step that only a live negotiation takes, not before the step it follows and not after the last day. Whether it comes too
 * late follows from when it occurred: what was done in time may be entered when the time is over, and what was done later is
 * refused also where nobody has noticed yet.
 */
function whileLive<Command>(
  rule: (command: Command, state: Live, context: DecisionContext) => Decision<NegotiationEvent>,
): Rule<Command> {
  return (command, state, context) => {
    switch (state.status) {
      case 'open':
      case 'agreed':
      case 'claimed':
        return outOfTime(state, context) ?? afterLastDay(state, context.occurredAt) ?? rule(command, state, context);
      case 'expired':
        return (
          outOfTime(state, context) ??
          afterLastDay(state, context.occurredAt) ??
          rule(command, beforeExpiry(state), context)
        );
      case 'none':
      case 'settled':
      case 'failed':
      case 'escalated':
        return notLive(state);
      default:
        return unreachable(state);
    }
  };
}

/** A step on the offers: by a party, the merchant only after first contact, and only until one offer binds both. */
function atTheTable<Command extends { onBehalfOf?: Party }>(
  rule: (command: Command, state: Live, party: Party, context: DecisionContext) => Decision<NegotiationEvent>,
): Rule<Command> {
  return whileLive((command, state, context) => {
    const party = partyOf(context.actor.role, command.onBehalfOf);
    if (typeof party !== 'string') return party;
    if (party === 'merchant' && !state.acknowledged) {
      return refuse('conflict', 'NOT_ACKNOWLEDGED', 'The merchant acknowledges the negotiation before it negotiates.');
    }
    if (state.status !== 'open' && state.agreedOffer !== null) {
      return refuse('conflict', 'ALREADY_AGREED', `The parties have agreed on offer ${state.agreedOffer}.`);
    }
    return rule(command, state, party, context);
  });
}

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

/** The moment of expiry itself is still in time. */
function hasExpired({ expiresAt }: Offer, { occurredAt }: DecisionContext): boolean {
  const expiry = expiresAt === null ? undefined : parseInstant(expiresAt);
  return expiry !== undefined && occurredAt > expiry;
}

function outOfTime({ previousAt }: Known, { occurredAt }: DecisionContext): Refusal | undefined {
  if (occurredAt >= previousAt) return undefined;
  const detail = `The step before it happened at ${formatInstant(previousAt)}.`;
  return refuse('invalid', 'OCCURRED_BEFORE_PREVIOUS_STEP', detail, 'occurredAt');
}

/** The rule version under which an event stands, where one could be told. */
function under({ rule }: ClockReading): { ruleVersion?: string } {
  return rule === null ? {} : { ruleVersion: rule };
}

function notLive({ status }: { readonly status: 'none' | Ended['status'] }): Refusal {
  switch (status) {
    case 'none':
      return refuse('notFound', 'UNKNOWN_NEGOTIATION', 'There is no such negotiation.');
    case 'settled':
      return refuse('conflict', 'ALREADY_SETTLED', 'The consumer has confirmed a settlement.');
    case 'failed':
      return refuse('conflict', 'ALREADY_FAILED', 'The negotiation has failed; it can only be escalated.');
    case 'escalated':
      return refuse('conflict', 'ALREADY_ESCALATED', 'The consumer has turned to the authority.');
    default:
      return unreachable(status);
  }
}

function unknownOffer(): Refusal {
  return refuse('invalid', 'UNKNOWN_OFFER', 'There is no offer with this number.', 'offer');
}

function offerExpired(field?: string): Refusal {
  return refuse('conflict', 'OFFER_EXPIRED', 'The newest offer has expired.', field);
}
