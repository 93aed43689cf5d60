import { refuse, type Decision, type DecisionContext, type Refusal } from '#kernel';
import type { ResolveConflict } from './commands.ts';
import { differing } from './content.ts';
import type { PushedTicket, WorkOrderEvent, WorkOrderEvents } from './events.ts';
import { humanDecisionRequired, isPerson, notFound } from './refusals.ts';
import type { RegisteredWorkOrder, WorkOrder } from './work-order.ts';

/**
 * The ticket is pushed with another content than the one on record (T-27): refused, and the content kept as a conflict, once
 * however often it is pushed. Nothing is overwritten; which content holds, a person says.
 */
export function conflictingPush(
  pushed: PushedTicket,
  { content }: RegisteredWorkOrder,
  { payloadDigest }: Pick<DecisionContext, 'payloadDigest'>,
): Refusal {
  const detail = 'This ticket was registered before with another content.';
  const refusal = refuse('conflict', 'WORK_ORDER_PAYLOAD_CONFLICT', detail);
  const position = content.positions[payloadDigest];
  if (position !== undefined) return { ...refusal, position };
  const conflict = content.conflicts.length + 1;
  const data = { conflict, payloadDigest, differing: differing(content.told, pushed), ...pushed };
  return { ...refusal, records: [{ type: 'WorkOrderPayloadConflictDetected', data } satisfies WorkOrderEvent] };
}

/** A person says which of two contents holds. What was done by the other one stays done. */
export function resolveConflict(
  { conflict, keep }: ResolveConflict,
  state: WorkOrder,
  { actor }: DecisionContext,
): Decision<WorkOrderEvent> {
  if (state.status === 'empty') return notFound();
  if (!isPerson(actor)) return humanDecisionRequired();
  const known = state.content.conflicts.find((one) => one.conflict === conflict);
  if (known === undefined) {
    return refuse('invalid', 'UNKNOWN_CONFLICT', 'The work order has no conflict of this number.', 'conflict');
  }
  if (known.kept === keep) return [];
  if (known.kept !== null) {
    return refuse('conflict', 'CONFLICT_ALREADY_RESOLVED', `The ${known.kept} content was kept.`);
  }
  if (keep === 'recorded') return resolvedAs({ conflict, keep, payloadDigest: state.content.payloadDigest });
  return resolvedAs({ conflict, keep, payloadDigest: known.payloadDigest, ...takenOver(known.pushed, state) });
}

function resolvedAs(data: WorkOrderEvents['WorkOrderPayloadConflictResolved']): Decision<WorkOrderEvent> {
  return [{ type: 'WorkOrderPayloadConflictResolved', data }];
}

/**
 * What comes to hold of the pushed content. When the ticket was received, where it was sent and what came of it are steps, and
 * figures were told by them: those are taken by their own commands. A unit keeps the date it was given; the next one gets the new one.
 */
function takenOver(pushed: PushedTicket, { dispatcher }: RegisteredWorkOrder) {
  const { sector, handlingRegion, respondentUscc, dueAt, respondent, complainant, complainantTokens, textTokens } =
    pushed;
  const isExpected = dispatcher === null && handlingRegion !== null;
  return {
    sector,
    ...(isExpected && { handlingRegion }),
    respondentUscc,
    dueAt,
    respondent,
    complainant,
    complainantTokens,
    ...(textTokens !== undefined && { textTokens }),
  };
}
