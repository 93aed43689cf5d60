import { localDateOf, refuse, unreachable } from '#kernel';
import type { EscalateNegotiation, ExpireNegotiation, FailNegotiation, FeedBackResult } from './commands.ts';
import type { NegotiationEvent } from './events.ts';
import { expiryOf, hasRunOut } from './expiry.ts';
import type { Expired, Ended, Live } from './negotiation.ts';
import { partyOf } from './party.ts';
import { notLive, OPERATORS, outOfTime, whileLive, type Rule } from './step.ts';

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
  const from = (before: 'open' | 'failed' | 'expired' | 'disputed') => [
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
    case 'disputed':
      return outOfTime(state, context) ?? from('disputed');
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
    case 'disputed':
      return [];
    default:
      return unreachable(state);
  }
};

/** The enterprise says of an end what the log says of it; it brings none about. */
export const feedBackResult: Rule<FeedBackResult> = (command, state, context) => {
  const { actor, occurredAt, today, persons } = context;
  if (actor.role !== 'merchant' && !OPERATORS.includes(actor.role)) {
    return refuse('forbidden', 'ONLY_ENTERPRISE_FEEDS_BACK', 'The enterprise feeds the result back to the platform.');
  }
  if (state.status === 'none') return notLive(state);
  const expiry = isLive(state) ? expiryOf(state, occurredAt) : [];
  if (isLive(state) && expiry.length === 0) {
    return refuse('conflict', 'NO_RESULT_YET', 'It has not ended: there is no result to feed back.');
  }
  const refusal = outOfTime(state, context);
  if (refusal !== undefined) return refusal;
  const { handledOn, mode, result } = command;
  if (handledOn < localDateOf(state.openedAt) || handledOn > today) {
    const detail = 'It was dealt with between the opening and the day of this record.';
    return refuse('invalid', 'HANDLED_ON_OUT_OF_RANGE', detail, 'handledOn');
  }
  const course = persons['course']?.personId;
  if (course === undefined) return refuse('invalid', 'COURSE_REQUIRED', 'The course is told in words.', 'course');
  if (result !== (state.status === 'settled' ? 'settled' : 'not-settled')) {
    return refuse('conflict', 'RESULT_MISMATCH', 'It did not end so: only what is confirmed is settled.', 'result');
  }
  if (state.resultSaid !== null) {
    return refuse('conflict', 'RESULT_ALREADY_RECORDED', 'The result of this end was fed back before.');
  }
  const recorded: NegotiationEvent = { type: 'NegotiationResultRecorded', data: { handledOn, course, mode, result } };
  return [...expiry, recorded];
};

function isLive(state: Live | Expired | Ended): state is Live {
  return state.status === 'open' || state.status === 'agreed' || state.status === 'claimed';
}
