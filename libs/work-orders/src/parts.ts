import { refuse, type Decision, type DecisionContext, type Refusal } from '#kernel';
import type { LinkComplaint, LinkReport, RedirectWorkOrder, SplitWorkOrder } from './commands.ts';
import type { WorkOrderEvent } from './events.ts';
import { refuseProcedure } from './origin.ts';
import type { ProcedureReads } from './reads.ts';
import { humanDecisionRequired, isPerson, notClassified, notFound, tooEarly, wrongState } from './refusals.ts';
import type { RegisteredWorkOrder, WorkOrder } from './work-order.ts';

// What comes of a letter: complaint, report, both, or neither.

/** 分别处理: a mixed letter is taken apart, once, before either procedure is opened (S1 Art. 9). */
export function splitWorkOrder(
  _: SplitWorkOrder,
  state: WorkOrder,
  context: DecisionContext,
): Decision<WorkOrderEvent> {
  if (state.status === 'empty') return notFound();
  if (!isPerson(context.actor)) return humanDecisionRequired();
  if (state.isSplit) return [];
  if (state.status === 'redirected') return wrongState(state);
  if (state.classification === null) return notClassified();
  if (state.classification !== 'mixed') {
    return refuse('conflict', 'WORK_ORDER_NOT_MIXED', `It is a ${state.classification}, and has no other part.`);
  }
  const source = state.content.told.complainant;
  return tooEarly(state, context) ?? [{ type: 'WorkOrderSplit', data: { source } }];
}

export function linkComplaint(
  { complaintId }: LinkComplaint,
  state: WorkOrder,
  { reads, id }: DecisionContext<ProcedureReads>,
): Decision<WorkOrderEvent> {
  if (state.status === 'empty') return notFound();
  if (reads.procedure === undefined) {
    return refuse('invalid', 'UNKNOWN_COMPLAINT', 'There is no complaint with this id.', 'complaintId');
  }
  if (state.complaintId === complaintId) return [];
  if (state.complaintId !== null) {
    return refuse('conflict', 'COMPLAINT_ALREADY_LINKED', 'Another complaint has come of it.');
  }
  if (isOfAnother(reads.procedure, state, id)) {
    const detail = 'The complaint says that it comes from another work order or dispute.';
    return refuse('invalid', 'COMPLAINT_OF_ANOTHER_ORIGIN', detail, 'complaintId');
  }
  return cannotLead(state, 'complaint') ?? [{ type: 'WorkOrderComplaintLinked', data: { complaintId } }];
}

export function linkReport(
  { reportId }: LinkReport,
  state: WorkOrder,
  { reads, id }: DecisionContext<ProcedureReads>,
): Decision<WorkOrderEvent> {
  if (state.status === 'empty') return notFound();
  if (reads.procedure === undefined) {
    return refuse('invalid', 'UNKNOWN_REPORT', 'There is no report with this id.', 'reportId');
  }
  if (state.reportId === reportId) return [];
  if (state.reportId !== null) {
    return refuse('conflict', 'REPORT_ALREADY_LINKED', 'Another report has come of it.');
  }
  if (isOfAnother(reads.procedure, state, id)) {
    const detail = 'The report says that it comes from another work order or dispute.';
    return refuse('invalid', 'REPORT_OF_ANOTHER_ORIGIN', detail, 'reportId');
  }
  return cannotLead(state, 'report') ?? [{ type: 'WorkOrderReportLinked', data: { reportId } }];
}

/** One that names its work order comes from that; one that names none may come from any about its dispute. */
function isOfAnother(
  { workOrderId, disputeId }: NonNullable<ProcedureReads['procedure']>,
  state: RegisteredWorkOrder,
  id: string,
): boolean {
  if (workOrderId !== null) return workOrderId !== id;
  return disputeId !== null && state.disputeId !== null && disputeId !== state.disputeId;
}

function cannotLead(
  { classification, isSplit, status }: RegisteredWorkOrder,
  part: 'complaint' | 'report',
): Refusal | undefined {
  return refuseProcedure({ classification, isSplit, isRedirected: status === 'redirected' }, part);
}

/**
 * What is no complaint and no report is shown its proper route (S1 Art. 44): nobody handles it here any more, and nobody owes an
 * answer. A unit that thinks so of what came to it as a complaint returns it; the dispatcher classifies it anew.
 */
export function redirectWorkOrder(
  { route }: RedirectWorkOrder,
  state: WorkOrder,
  context: DecisionContext,
): Decision<WorkOrderEvent> {
  if (state.status === 'empty') return notFound();
  if (!isPerson(context.actor)) return humanDecisionRequired();
  if (state.status === 'redirected' || state.status === 'replied' || state.status === 'closed')
    return wrongState(state);
  const { classification } = state;
  if (classification === 'complaint' || classification === 'report' || classification === 'mixed') {
    const detail = `It was classified as ${classification}, which is handled; it is classified anew first.`;
    return refuse('conflict', 'WORK_ORDER_TO_BE_HANDLED', detail);
  }
  const note = context.persons['note']?.personId ?? null;
  return tooEarly(state, context) ?? [{ type: 'WorkOrderRedirected', data: { route, note } }];
}
