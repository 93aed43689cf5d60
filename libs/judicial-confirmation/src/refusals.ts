import {
  formatInstant,
  isRefusal,
  refuse,
  unreachable,
  type Decide,
  type Decision,
  type DecisionContext,
  type Refusal,
} from '#kernel';
import type { ClockReading, Law } from '#law';
import type { Party } from '#negotiation/events';
import type { ConfirmationState, Opened } from './confirmation.ts';
import type { ConfirmationEvent } from './events.ts';

export type Rule<Command, Reads = Record<string, never>> = Decide<
  Command,
  ConfirmationState,
  ConfirmationEvent,
  Reads,
  Law
>;

/**
 * A step on a confirmation that is there, by a person. One that changes something did not happen before the one it follows;
 * what is only told again may be as old as it is.
 */
export function following<Command>(
  rule: (command: Command, state: Opened, context: DecisionContext, law: Law) => Decision<ConfirmationEvent>,
): Rule<Command> {
  return (command, state, context, law) => {
    if (state.status === 'none') return unknownConfirmation();
    const decision = refuseProcess(context) ?? rule(command, state, context, law);
    if (isRefusal(decision) || decision.length === 0 || context.occurredAt >= state.previousAt) return decision;
    const detail = `The step before it happened at ${formatInstant(state.previousAt)}.`;
    return refuse('invalid', 'OCCURRED_BEFORE_PREVIOUS_STEP', detail, 'occurredAt');
  };
}

/** A step of the court, told by its own key or proven. */
export function ofCourt<Command extends { evidence?: string[] }>(
  rule: (
    command: Command,
    state: Opened,
    evidence: readonly string[],
    context: DecisionContext,
    law: Law,
  ) => Decision<ConfirmationEvent>,
): Rule<Command> {
  return following((command, state, context, law) => {
    const { evidence = [] } = command;
    const isProven = context.actor.role === 'court' || evidence.length > 0;
    return isProven ? rule(command, state, evidence, context, law) : evidenceRequired();
  });
}

/** What parties and courts do is done by people. */
export function refuseProcess({ actor }: DecisionContext<unknown>): Refusal | undefined {
  if (actor.role !== 'process') return undefined;
  return refuse('forbidden', 'HUMAN_DECISION_REQUIRED', 'The parties, or a person of the court, do this.');
}

/** A party's own key speaks for that party alone; what somebody else enters for it is proven. */
export function refuseSpeaking(role: string, party: Party, evidence: readonly string[]): Refusal | undefined {
  const own = role === 'merchant' ? 'merchant' : role === 'public' ? 'consumer' : undefined;
  if (own !== undefined && own !== party) {
    return refuse('forbidden', 'NOT_YOUR_PARTY', `A key of role ${role} cannot speak for this party.`, 'party');
  }
  return own !== undefined || evidence.length > 0 ? undefined : evidenceRequired();
}

function evidenceRequired(): Refusal {
  return refuse('invalid', 'EVIDENCE_REQUIRED', 'What somebody else did is proven.', 'evidence');
}

export function unknownConfirmation(): Refusal {
  return refuse('notFound', 'UNKNOWN_CONFIRMATION', 'There is no such confirmation.');
}

/** Why a step does not fit where the confirmation stands. */
export function notNow({ status }: Pick<Opened, 'status'>): Refusal {
  switch (status) {
    case 'eligible':
      return refuse('conflict', 'NOT_APPLIED', 'The parties have not applied together yet.');
    case 'applied':
      return refuse('conflict', 'NOT_ACCEPTED_YET', 'The court has not said whether it takes the application.');
    case 'accepted':
      return refuse('conflict', 'ALREADY_ACCEPTED', 'The court has taken the application.');
    case 'not-accepted':
      return refuse('conflict', 'NOT_ACCEPTED_BY_COURT', 'The court did not take the application.');
    case 'withdrawn':
      return refuse('conflict', 'APPLICATION_WITHDRAWN', 'The application was taken back.');
    case 'confirmed':
      return refuse('conflict', 'ALREADY_CONFIRMED', 'The court has confirmed the agreement.');
    case 'dismissed':
      return refuse('conflict', 'ALREADY_DISMISSED', 'The court has dismissed the application.');
    case 'revoked':
      return refuse('conflict', 'CONFIRMATION_REVOKED', 'The confirmation was revoked.');
    default:
      return unreachable(status);
  }
}

/** The rule version under which an event stands, where one could be told. */
export function under({ rule }: ClockReading): { ruleVersion?: string } {
  return rule === null ? {} : { ruleVersion: rule };
}
