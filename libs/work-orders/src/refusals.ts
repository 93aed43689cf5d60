import { refuse, unreachable, type Actor, type DecisionContext, type Refusal } from '#kernel';
import type { RegisteredWorkOrder } from './work-order.ts';

// What several commands are refused with.

export function notFound(): Refusal {
  return refuse('notFound', 'NOT_FOUND', 'There is no work order with this id.');
}

export function wrongState(state: RegisteredWorkOrder): Refusal {
  switch (state.status) {
    case 'received':
    case 'classified':
      return refuse('conflict', 'WORK_ORDER_NOT_DISPATCHED', 'No unit holds it yet.');
    case 'returned':
      return refuse('conflict', 'WORK_ORDER_RETURNED', 'The unit has returned it to the dispatcher.');
    case 'dispatched':
      return refuse('conflict', 'WORK_ORDER_ALREADY_DISPATCHED', 'A unit holds it already.');
    case 'redirected':
      return refuse('conflict', 'WORK_ORDER_REDIRECTED', 'The caller was shown another route: it is handled there.');
    case 'replied':
      return refuse('conflict', 'WORK_ORDER_ALREADY_REPLIED', 'The unit has answered already.');
    case 'closed':
      return refuse('conflict', 'WORK_ORDER_CLOSED', 'It is closed.');
    default:
      return unreachable(state);
  }
}

/** A step entered late keeps its own time, but none happened before the step it follows. */
export function tooEarly(
  state: RegisteredWorkOrder,
  { occurredAt }: Pick<DecisionContext, 'occurredAt'>,
): Refusal | undefined {
  if (occurredAt >= state.since) return undefined;
  const detail = 'It cannot have happened before the step that it follows.';
  return refuse('invalid', 'OCCURRED_BEFORE_PREVIOUS_STEP', detail, 'occurredAt');
}

/** Roles behind which a person stands who answers for what a work order's record says. */
const PERSONS = ['hotline', 'officer', 'administrator'];

export function isPerson({ role }: Actor): boolean {
  return PERSONS.includes(role);
}

/** A person of the hotline, whose the ticket is. */
export function isHotline({ role }: Actor): boolean {
  return role === 'hotline' || role === 'administrator';
}

export function humanDecisionRequired(): Refusal {
  return refuse('forbidden', 'HUMAN_DECISION_REQUIRED', 'A person takes this decision, and answers for it.');
}

export function liesWithDispatcher({ status }: RegisteredWorkOrder): boolean {
  return status === 'received' || status === 'classified' || status === 'returned';
}

export function notClassified(): Refusal {
  return refuse('conflict', 'WORK_ORDER_NOT_CLASSIFIED', 'Nobody has said yet what it is about.');
}
