import { refuse, type Decision, type DecisionContext } from '#kernel';
import type { DismissDuplicate, SuspectDuplicate } from './commands.ts';
import type { WorkOrderEvent } from './events.ts';
import type { DisputeReads } from './reads.ts';
import { humanDecisionRequired, isPerson, notFound } from './refusals.ts';
import type { WorkOrder } from './work-order.ts';

/**
 * A machine thinks that the ticket is about a dispute that is known already (T-13). It says so once: not again of what a person
 * has dismissed, and not of a ticket whose dispute a person has named.
 */
export function suspectDuplicate(
  { of, likeness, reasons }: SuspectDuplicate,
  state: WorkOrder,
  { reads }: DecisionContext<DisputeReads>,
): Decision<WorkOrderEvent> {
  if (state.status === 'empty') return notFound();
  if (reads.dispute === undefined) {
    return refuse('invalid', 'UNKNOWN_DISPUTE', 'There is no dispute with this id.', 'of');
  }
  // What was merged is looked for under the dispute that it was merged into.
  if (reads.dispute.mergedInto !== null) return [];
  if (state.disputeId !== null || state.status === 'redirected' || Object.hasOwn(state.suspected, of)) return [];
  return [{ type: 'DuplicateSuspected', data: { of, likeness, reasons } }];
}

/** A person has found that it is another dispute. That it is the same one, a link says. */
export function dismissDuplicate(
  { of }: DismissDuplicate,
  state: WorkOrder,
  { actor, persons }: DecisionContext,
): Decision<WorkOrderEvent> {
  if (state.status === 'empty') return notFound();
  if (!isPerson(actor)) return humanDecisionRequired();
  if (!Object.hasOwn(state.suspected, of)) {
    return refuse('conflict', 'DUPLICATE_NOT_SUSPECTED', 'Nothing suggested that it is about this dispute.');
  }
  if (state.suspected[of] === 'dismissed') return [];
  if (state.disputeId === of) {
    return refuse('conflict', 'DUPLICATE_CONFIRMED', 'A person has linked it to this dispute.');
  }
  return [{ type: 'DuplicateDismissed', data: { of, note: persons['note']?.personId ?? null } }];
}
