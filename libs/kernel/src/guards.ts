import { isRefusal, refuse, type Decision, type DecisionContext, type Refusal } from './decision.ts';
import type { NewEvent } from './event.ts';
import { formatInstant, type Instant } from './time.ts';

// What the rules of every context refuse alike.

/** Role of a process as an actor: no access key carries it. */
export const PROCESS_ROLE = 'process';

/**
 * A step does not happen before the one it follows. Told in another order the log would say one thing by its sequence and another
 * by its times: an expulsion dated before the activation would leave a member that is active ever since.
 */
export function refuseBefore(
  previousAt: Instant,
  { occurredAt }: Pick<DecisionContext<unknown>, 'occurredAt'>,
): Refusal | undefined {
  if (occurredAt >= previousAt) return undefined;
  const detail = `The step before it happened at ${formatInstant(previousAt)}.`;
  return refuse('invalid', 'OCCURRED_BEFORE_PREVIOUS_STEP', detail, 'occurredAt');
}

/** The same of the last step of an object. */
export function outOfTime(
  { previousAt }: { readonly previousAt: Instant },
  context: Pick<DecisionContext<unknown>, 'occurredAt'>,
): Refusal | undefined {
  return refuseBefore(previousAt, context);
}

/** The same of a decision that changes something: what is only told again may be as old as it is. */
export function inOrder<Event extends NewEvent>(
  decision: Decision<Event>,
  state: { readonly previousAt: Instant },
  context: Pick<DecisionContext<unknown>, 'occurredAt'>,
): Decision<Event> {
  if (isRefusal(decision) || decision.length === 0) return decision;
  return outOfTime(state, context) ?? decision;
}

/** What people decide or do, no process says. */
export function refuseProcess({ actor }: Pick<DecisionContext<unknown>, 'actor'>, detail: string): Refusal | undefined {
  return actor.role === PROCESS_ROLE ? refuse('forbidden', 'HUMAN_DECISION_REQUIRED', detail) : undefined;
}
