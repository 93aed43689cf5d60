/** What the rules of a negotiation share: when a step may be taken, and in what words it is refused. */
import type { Decide, Decision, DecisionContext, Refusal } from '#kernel';
import { outOfTime, refuse, refuseBefore, unreachable } from '#kernel';
import type { Law } from '#law';
import type { NegotiationEvent, Party } from './events.ts';
import { afterLastDay } from './expiry.ts';
import type { Ended, Known, Live, NegotiationState } from './negotiation.ts';
import { beforeExpiry } from './negotiation.ts';
import { partyOf } from './party.ts';

export { outOfTime } from '#kernel';
export { under } from '#law';

export type Rule<Command, Reads = Record<string, never>> = Decide<
  Command,
  NegotiationState,
  NegotiationEvent,
  Reads,
  Law
>;

export const OFFICERS: readonly string[] = ['officer', 'administrator'];

/** Who may act in the name of the venue: those who run or supervise it. */
export const OPERATORS: readonly string[] = ['hotline', 'officer', 'mediator', 'administrator'];

/**
 * A step that only a live negotiation takes, not before the step it follows and not after the last day. Whether it comes too
 * late follows from when it occurred: what was done in time may be entered when the time is over, and what was done later is
 * refused also where nobody has noticed yet.
 */
export function whileLive<Command, Reads = Record<string, never>>(
  rule: (command: Command, state: Live, context: DecisionContext<Reads>, law: Law) => Decision<NegotiationEvent>,
): Rule<Command, Reads> {
  return (command, state, context, law) => {
    switch (state.status) {
      case 'open':
      case 'agreed':
      case 'claimed':
        return (
          outOfTime(state, context) ?? afterLastDay(state, context.occurredAt) ?? rule(command, state, context, law)
        );
      case 'expired':
        return (
          outOfTime(state, context) ??
          afterLastDay(state, context.occurredAt) ??
          rule(command, beforeExpiry(state), context, law)
        );
      case 'none':
      case 'settled':
      case 'failed':
      case 'escalated':
      case 'disputed':
        return notLive(state);
      default:
        return unreachable(state);
    }
  };
}

/** A fact that settles nothing: it is recorded whatever became of the negotiation, but not before it was opened. */
export function onceOpened<Command, Reads = Record<string, never>>(
  rule: (command: Command, state: Known, context: DecisionContext<Reads>, law: Law) => Decision<NegotiationEvent>,
): Rule<Command, Reads> {
  return (command, state, context, law) => {
    if (state.status === 'none') return notLive(state);
    return refuseBefore(state.openedAt, context) ?? rule(command, state, context, law);
  };
}

/** A step on the offers: by a party, the merchant only after first contact, and only until one offer binds both. */
export function atTheTable<Command extends { onBehalfOf?: Party }>(
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

export function notLive({ status }: { readonly status: 'none' | Ended['status'] }): Refusal {
  switch (status) {
    case 'none':
      return refuse('notFound', 'UNKNOWN_NEGOTIATION', 'There is no such negotiation.');
    case 'settled':
      return refuse('conflict', 'ALREADY_SETTLED', 'A settlement is confirmed; it can only be disputed.');
    case 'failed':
      return refuse('conflict', 'ALREADY_FAILED', 'The negotiation has failed; it can only be escalated.');
    case 'escalated':
      return refuse('conflict', 'ALREADY_ESCALATED', 'The consumer has turned to the authority.');
    case 'disputed':
      return refuse('conflict', 'SETTLEMENT_IS_DISPUTED', 'The settlement was disputed; it can only be escalated.');
    default:
      return unreachable(status);
  }
}
