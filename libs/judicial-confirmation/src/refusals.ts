import {
  inOrder,
  refuse,
  refuseProcess,
  unreachable,
  type Decide,
  type Decision,
  type DecisionContext,
  type Refusal,
} from '#kernel';
import type { Law } from '#law';
import type { ConfirmationState, Opened } from './confirmation.ts';
import type { ConfirmationEvent } from './events.ts';

export { under } from '#law';
export { refuseSpeaking } from '#negotiation/events';

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
    return inOrder(refuseByProcess(context) ?? rule(command, state, context, law), state, context);
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
export function refuseByProcess(context: DecisionContext<unknown>): Refusal | undefined {
  return refuseProcess(context, 'The parties, or a person of the court, do this.');
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
