import { formatInstant, parseInstant, refuse, type Decision, type DecisionContext, type Refusal } from '#kernel';
import type { Law } from '#law';
import type { RecordCallback, ReopenWorkOrder } from './commands.ts';
import { clocksAtDispatch, under } from './dispatch-clocks.ts';
import { SATISFACTIONS, type Satisfaction, type WorkOrderEvent } from './events.ts';
import { humanDecisionRequired, isHotline, notFound, tooEarly, wrongState } from './refusals.ts';
import type { RegisteredWorkOrder, WorkOrder } from './work-order.ts';

// What the hotline does once a work order is closed: it asks the citizen, and opens it again where that is due.

/** 回访. Who did not answer has said nothing: no satisfaction is presumed of anybody. */
export function recordCallback(
  command: RecordCallback,
  state: WorkOrder,
  context: DecisionContext,
): Decision<WorkOrderEvent> {
  if (state.status === 'empty') return notFound();
  if (!isHotline(context.actor)) return humanDecisionRequired();
  if (state.status !== 'closed') return notClosed(state);
  const early = tooEarly(state, context);
  if (early !== undefined) return early;
  const note = context.persons['note']?.personId ?? null;
  const { answeredBy, unanswered, process, result } = command;
  if ((answeredBy === undefined) === (unanswered === undefined)) {
    const detail = 'Say who answered, or why nobody did.';
    return refuse('invalid', 'ANSWERED_OR_NOT', detail, 'answeredBy');
  }
  if (unanswered !== undefined) {
    return saysNothing(command) ?? [{ type: 'WorkOrderCallbackUnanswered', data: { why: unanswered, note } }];
  }
  if ((process === undefined) !== (result === undefined)) {
    const detail = 'The answers to process and result belong together: 双满意 needs both.';
    return refuse('invalid', 'BOTH_ANSWERS_REQUIRED', detail, process === undefined ? 'process' : 'result');
  }
  const satisfaction = command.satisfaction ?? lesser(process, result);
  if (satisfaction === undefined) {
    const detail = 'An answer says how satisfied the citizen is; who would not say has not answered.';
    return refuse('invalid', 'SATISFACTION_REQUIRED', detail, 'satisfaction');
  }
  const both = process === undefined || result === undefined ? {} : { process, result };
  const answer = { satisfaction, ...both, answeredBy: answeredBy!, note };
  return [{ type: 'WorkOrderSatisfactionRecorded', data: answer }];
}

function saysNothing({ satisfaction, process, result }: RecordCallback): Refusal | undefined {
  if (satisfaction === undefined && process === undefined && result === undefined) return undefined;
  const detail = 'Nobody answered, so there is no satisfaction to record.';
  return refuse('invalid', 'NOBODY_ANSWERED', detail, 'unanswered');
}

function lesser(process: Satisfaction | undefined, result: Satisfaction | undefined): Satisfaction | undefined {
  if (process === undefined || result === undefined) return undefined;
  return SATISFACTIONS[Math.max(SATISFACTIONS.indexOf(process), SATISFACTIONS.indexOf(result))];
}

/**
 * Opened again by the hotline: the unit that handled it has it again, with clocks of this day by the rule of this day. What came
 * of it before, and how late that was, stays as it was.
 */
export function reopenWorkOrder(
  { reasonCode, dueAt: said }: ReopenWorkOrder,
  state: WorkOrder,
  context: DecisionContext,
  law: Law,
): Decision<WorkOrderEvent> {
  if (state.status === 'empty') return notFound();
  if (!isHotline(context.actor)) return humanDecisionRequired();
  if (state.status !== 'closed') return notClosed(state);
  const due = said === undefined ? undefined : parseInstant(said)!;
  if (due !== undefined && due < context.occurredAt) {
    return refuse('invalid', 'DUE_BEFORE_REOPENING', 'It would be due before it is opened again.', 'dueAt');
  }
  const early = tooEarly(state, context);
  if (early !== undefined) return early;
  const note = context.persons['note']?.personId ?? null;
  const dueAt = due === undefined ? null : formatInstant(due);
  const { dispatcher, handlingRegion, authority, classification } = state;
  if (dispatcher === null || handlingRegion === null) {
    const status = classification === null ? 'received' : 'classified';
    const data = { reasonCode, note, status, authority: null, handlingRegion, dueAt } as const;
    return [{ type: 'WorkOrderReopened', data }];
  }
  const clocks = clocksAtDispatch({ handlingRegion, dueAt }, context.occurredAt, law);
  const data = { reasonCode, note, status: 'dispatched', authority, handlingRegion, dueAt, clocks } as const;
  return [{ type: 'WorkOrderReopened', ...under(clocks[0]!), data }];
}

function notClosed(state: RegisteredWorkOrder): Refusal {
  if (state.status === 'redirected') return wrongState(state);
  return refuse('conflict', 'WORK_ORDER_NOT_CLOSED', 'It is still being handled.');
}
