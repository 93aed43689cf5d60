import { refuseMerged } from '#disputes/events';
import { formatInstant, parseInstant, refuse, type Decision, type DecisionContext, type Refusal } from '#kernel';
import { amendedReading, refuseVerification, type Law } from '#law';
import { regions } from '#regions';
import type { AmendDeadline } from '#service';
import type {
  ClassifyWorkOrder,
  CloseWorkOrder,
  DispatchWorkOrder,
  LinkWorkOrderToDispute,
  ReplyWorkOrder,
  ReturnWorkOrder,
  VerifyWorkOrderLateEntry,
} from './commands.ts';
import { WORK_ORDER_CLOCKS } from './clocks.ts';
import { clocksAtDispatch, under } from './dispatch-clocks.ts';
import type { Classification, WorkOrderEvent } from './events.ts';
import type { DisputeReads, ReplyReads } from './reads.ts';
import {
  humanDecisionRequired,
  isPerson,
  liesWithDispatcher,
  notClassified,
  notFound,
  tooEarly,
  wrongState,
} from './refusals.ts';
import type { RegisteredWorkOrder, WorkOrder } from './work-order.ts';

export { grantExtension, refuseExtension, requestExtension } from './extension.ts';
export { reopenWorkOrder, recordCallback } from './aftercare.ts';
export { resolveConflict } from './conflict.ts';
export { dismissDuplicate, suspectDuplicate } from './duplicate.ts';
export { linkComplaint, linkReport, redirectWorkOrder, splitWorkOrder } from './parts.ts';
export { registerWorkOrder } from './register.ts';

/** The dispatcher may change its mind as long as the work order lies with it; history that came without a word may get one. */
export function classifyWorkOrder(
  { classification }: ClassifyWorkOrder,
  state: WorkOrder,
  context: DecisionContext,
): Decision<WorkOrderEvent> {
  if (state.status === 'empty') return notFound();
  if (state.status === 'redirected') return wrongState(state);
  if (state.classification === classification) return [];
  if (state.classification !== null && !liesWithDispatcher(state)) {
    return refuse(
      'conflict',
      'WORK_ORDER_ALREADY_DISPATCHED',
      'The unit that holds it may return it as of a wrong type.',
    );
  }
  return (
    denied(classification, state) ??
    tooEarly(state, context) ?? [{ type: 'WorkOrderClassified', data: { classification } }]
  );
}

/** What has come of a letter already cannot be said not to be in it. */
function denied(classification: Classification, { isSplit, complaintId, reportId }: RegisteredWorkOrder) {
  const holds = (part: 'complaint' | 'report') => classification === part || classification === 'mixed';
  if (isSplit && classification !== 'mixed') {
    return refuse('conflict', 'WORK_ORDER_ALREADY_SPLIT', 'It was taken apart into complaint and report.');
  }
  if ((complaintId === null || holds('complaint')) && (reportId === null || holds('report'))) return undefined;
  return refuse(
    'conflict',
    'PROCEDURE_ALREADY_OPENED',
    `What it says has led to a procedure, and is no ${classification}.`,
  );
}

/** A person confirms the link, suspected by a machine or not; the ticket keeps its own clock and reply (T-13). */
export function linkWorkOrderToDispute(
  { disputeId }: LinkWorkOrderToDispute,
  state: WorkOrder,
  { reads, actor }: DecisionContext<DisputeReads>,
): Decision<WorkOrderEvent> {
  if (state.status === 'empty') return notFound();
  if (!isPerson(actor)) return humanDecisionRequired();
  if (reads.dispute === undefined) {
    return refuse('invalid', 'UNKNOWN_DISPUTE', 'There is no dispute with this id.', 'disputeId');
  }
  if (state.disputeId === disputeId) return [];
  if (state.status === 'redirected') return wrongState(state);
  if (state.disputeId !== null) {
    return refuse('conflict', 'WORK_ORDER_LINKED_ELSEWHERE', 'It is linked to another dispute.');
  }
  if (state.classification === null) return notClassified();
  const merged = refuseMerged(reads.dispute.mergedInto, 'disputeId');
  if (merged !== undefined) return merged;
  return [{ type: 'WorkOrderLinkedToDispute', data: { disputeId, status: state.status } }];
}

/** Sends it to a competent unit (分派). A complaint goes there linked to its dispute; a returned one goes there again. */
export function dispatchWorkOrder(
  command: DispatchWorkOrder,
  state: WorkOrder,
  context: DecisionContext,
  law: Law,
): Decision<WorkOrderEvent> {
  if (state.status === 'empty') return notFound();
  if (!liesWithDispatcher(state)) return wrongState(state);
  if (isPassedOn(state, context)) {
    const detail = 'The unit that returned it does not send it to a third body (S1 Art. 41).';
    return refuse('forbidden', 'ONLY_THE_DISPATCHER_SENDS_ON', detail);
  }
  if (state.classification === null) return notClassified();
  if (state.classification === 'consultation') {
    return refuse('conflict', 'CONSULTATION_NOT_DISPATCHED', 'A consultation is answered or shown its proper route.');
  }
  if (state.disputeId === null && (state.classification === 'complaint' || state.classification === 'mixed')) {
    return refuse('conflict', 'WORK_ORDER_NOT_LINKED', 'A complaint is linked to its dispute before it is dispatched.');
  }
  const due = command.dueAt === undefined ? undefined : parseInstant(command.dueAt)!;
  if (due !== undefined && due < context.occurredAt) {
    return refuse('invalid', 'DUE_BEFORE_DISPATCH', 'It would be due before it is dispatched.', 'dueAt');
  }
  const { authority, handlingRegion } = command;
  const dueAt = due === undefined ? state.dueAt : formatInstant(due);
  const clocks = clocksAtDispatch({ handlingRegion, dueAt }, context.occurredAt, law);
  const data = { authority, handlingRegion, dueAt, clocks };
  return (
    outOfReach(handlingRegion, context) ??
    tooEarly(state, context) ?? [{ type: 'WorkOrderDispatched', ...under(clocks[0]!), data }]
  );
}

/** Back to the dispatcher (退单), never on to a third body (S1 Art. 41), and only before it was answered. */
export function returnWorkOrder(
  { reasonCode }: ReturnWorkOrder,
  state: WorkOrder,
  context: DecisionContext,
): Decision<WorkOrderEvent> {
  if (state.status === 'empty') return notFound();
  if (state.status !== 'dispatched') return wrongState(state);
  const note = context.persons['note']?.personId ?? null;
  const data = { reasonCode, note, handlingRegion: state.handlingRegion };
  return tooEarly(state, context) ?? [{ type: 'WorkOrderReturned', data }];
}

/** The answer of the unit that holds it; a consultation is answered by the dispatcher itself. */
export function replyWorkOrder(
  { outcome, complaintId }: ReplyWorkOrder,
  state: WorkOrder,
  context: DecisionContext<ReplyReads>,
): Decision<WorkOrderEvent> {
  if (state.status === 'empty') return notFound();
  const isConsultation = state.classification === 'consultation' && liesWithDispatcher(state);
  if (state.status !== 'dispatched' && !isConsultation) return wrongState(state);
  if (state.status === 'dispatched' && context.actor.role === 'hotline') {
    return refuse('forbidden', 'ONLY_THE_UNIT_REPLIES', 'The unit that holds it answers, not the hotline.');
  }
  if (state.classification === 'mixed' && !state.isSplit) {
    const detail =
      'It is complaint and report: an answer to both at once is none to either, so it is split first (S1 Art. 9).';
    return refuse('conflict', 'WORK_ORDER_NOT_SPLIT', detail);
  }
  if (complaintId !== undefined && context.reads.procedure === undefined) {
    return refuse('invalid', 'UNKNOWN_COMPLAINT', 'There is no complaint with this id.', 'complaintId');
  }
  const notOthers = outcome === 'transferred' ? answersForIt(state, context.reads) : undefined;
  if (notOthers !== undefined) return notOthers;
  const reply = context.persons['reply']?.personId ?? null;
  return (
    tooEarly(state, context) ?? [
      { type: 'WorkOrderReplied', data: { outcome, reply, complaintId: complaintId ?? null } },
    ]
  );
}

/**
 * 首问责任: who took the dispute up first, or has accepted it since, does not close its ticket as another's until that one has
 * accepted a hand-off (ZB-05). It may return the ticket to the dispatcher. Where nobody is written down as the first, nobody is
 * presumed to be.
 */
function answersForIt(state: RegisteredWorkOrder, { inquiry }: ReplyReads): Refusal | undefined {
  const responsible = inquiry?.firstInquiry?.responsible;
  if (state.status !== 'dispatched' || responsible === undefined) return undefined;
  const isThisUnit = responsible.authority === state.authority && responsible.region === state.handlingRegion;
  if (!isThisUnit) return undefined;
  const detail = `${responsible.authority} answers for the dispute until another body has accepted it: hand it over first.`;
  return refuse('conflict', 'HAND_OFF_NOT_ACCEPTED', detail, 'outcome');
}

export function closeWorkOrder(
  _: CloseWorkOrder,
  state: WorkOrder,
  context: DecisionContext,
): Decision<WorkOrderEvent> {
  if (state.status === 'empty') return notFound();
  if (state.status === 'dispatched') {
    return refuse('conflict', 'WORK_ORDER_NOT_REPLIED', 'The unit has not answered yet.');
  }
  if (state.status !== 'replied') return wrongState(state);
  return tooEarly(state, context) ?? [{ type: 'WorkOrderClosed', data: { outcome: state.outcome } }];
}

/** Judged by its own word from then on: a second person has seen the proof that it was done before its entry (T-28). */
export function verifyLateEntry(
  { clock, reason, evidence }: VerifyWorkOrderLateEntry,
  state: WorkOrder,
  { actor }: DecisionContext,
): Decision<WorkOrderEvent> {
  if (state.status === 'empty') return notFound();
  if (!isPerson(actor)) return humanDecisionRequired();
  if (state.clocks[clock]?.completion?.verified === true) return [];
  const refusal = refuseVerification(state.clocks, clock, actor.id);
  return refusal ?? [{ type: 'WorkOrderLateEntryVerified', data: { clock, reason, evidence } }];
}

/** Reads a clock again by the calendar as it stands; silent where that changes nothing. */
export function amendDeadline(
  { clock }: AmendDeadline,
  state: WorkOrder,
  _: DecisionContext,
  law: Law,
): Decision<WorkOrderEvent> {
  if (state.status === 'empty') return notFound();
  const known = state.clocks[clock];
  const amended = known === undefined ? undefined : amendedReading(known, law, ruleFor(clock, state, law));
  return amended === undefined ? [] : [{ type: 'WorkOrderDeadlineAmended', ...under(amended), data: amended }];
}

/** The rule of the region in which it lies, which may have been set since it was dispatched. */
function ruleFor(clock: string, { handlingRegion }: RegisteredWorkOrder, { rules }: Law): string | undefined {
  const governed = (WORK_ORDER_CLOCKS as Readonly<Record<string, string>>)[clock];
  return governed === undefined ? undefined : rules.governing(governed, handlingRegion)?.id;
}

/** 分送 goes to a competent unit that is subordinate or of the same level, not up and not to another's subordinates (S1 Art. 41). */
function outOfReach(region: string, { bounds }: DecisionContext): Refusal | undefined {
  if (bounds.region === null || regions.maySendTo(bounds.region, region)) return undefined;
  const detail = 'It is sent to a unit that is subordinate or of the same level (S1 Art. 41).';
  return refuse('forbidden', 'UNIT_OUT_OF_REACH', detail, 'handlingRegion');
}

/** Where unit and dispatcher share a region, the key's scope cannot tell them apart; the role of who dispatched it can. */
function isPassedOn(state: RegisteredWorkOrder, { actor, bounds }: DecisionContext): boolean {
  if (state.status !== 'returned' || actor.role !== 'officer' || state.dispatcher?.role === 'officer') return false;
  return bounds.region !== null && state.handlingRegion !== null && regions.covers(state.handlingRegion, bounds.region);
}
