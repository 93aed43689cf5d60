import { refuse, refuseBefore, type Actor, type Decision, type DecisionContext, type Refusal } from '#kernel';
import type { Dispute, Open } from './dispute.ts';
import type { DisputeEvent } from './events.ts';
import { refuseMerged } from './merged-away.ts';

/** Guards that commands of a dispute share. */

type OpenRule<Command, Reads> = (
  command: Command,
  state: Open,
  context: DecisionContext<Reads>,
) => Decision<DisputeEvent>;

/** A step taken on a dispute that stands for itself, by a person, and not before it was opened. */
export function ofOpen<Command, Reads = Record<string, never>>(rule: OpenRule<Command, Reads>) {
  return (command: Command, state: Dispute, context: DecisionContext<Reads>): Decision<DisputeEvent> => {
    if (state.status === 'empty') return unknownDispute();
    if (state.status === 'merged') return refuseMerged(state.primary)!;
    return notByProcess(context.actor) ?? refuseBefore(state.openedAt, context) ?? rule(command, state, context);
  };
}

export function unknownDispute(): Refusal {
  return refuse('notFound', 'NOT_FOUND', 'There is no dispute with this id.');
}

/** What a person finds, no process may. */
export function notByProcess({ role }: Actor): Refusal | undefined {
  if (role !== 'process') return undefined;
  return refuse('forbidden', 'HUMAN_DECISION_REQUIRED', 'A person takes this decision.');
}

export function reasonRequired(detail: string): Refusal {
  return refuse('invalid', 'REASON_REQUIRED', detail, 'reason');
}
