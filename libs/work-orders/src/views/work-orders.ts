import { epochDayOf, formatInstant, idOf, parseInstant, unreachable, type Instant, type RecordedEvent } from '#kernel';
import { evolveClocks, NO_CLOCKS } from '#law';
import type { Projection } from '#read-models';
import { workOrderClockChanges } from '../clocks.ts';
import { dispatcherRegionOf, workOrderSchemas, type RecordedWorkOrderEvent } from '../events.ts';
import type { AssignmentEntry, SuspicionEntry, WorkOrderDocument } from './document.ts';

export type * from './document.ts';

export const workOrders: Projection<WorkOrderDocument> = {
  name: 'work-orders',
  version: 5,
  types: Object.keys(workOrderSchemas),
  keys: (event) => [idOf(event.stream)],
  evolve: (doc, event) => withClocks(evolve(doc, event), event as RecordedWorkOrderEvent),
  // Each index costs a write per event; the other filters look through what these find.
  indexes: {
    received: ['receivedAt'],
    region: ['handlingRegion', 'receivedAt'],
    regionStatus: ['handlingRegion', 'status', 'receivedAt'],
    respondent: ['respondentUscc', 'receivedAt'],
    dispute: ['disputeId', 'receivedAt'],
  },
};

function withClocks(doc: WorkOrderDocument, event: RecordedWorkOrderEvent): WorkOrderDocument {
  const changes = workOrderClockChanges(event);
  return changes.length === 0 ? doc : { ...doc, clocks: evolveClocks(doc.clocks, changes, event) };
}

function evolve(doc: WorkOrderDocument | undefined, recorded: RecordedEvent): WorkOrderDocument {
  const event = recorded as RecordedWorkOrderEvent;
  const at = formatInstant(event.occurredAt);
  if (event.type === 'WorkOrderReceived') return received(event, at);
  if (doc === undefined) throw new Error(`${event.type} before WorkOrderReceived in ${event.stream}`);
  switch (event.type) {
    case 'WorkOrderClassified': {
      const { classification } = event.data;
      return { ...doc, classification, status: doc.status === 'received' ? 'classified' : doc.status };
    }
    case 'WorkOrderDispatched': {
      const heldBefore = doc.status === 'returned' ? doc.dispatcherRegion : doc.handlingRegion;
      return sentTo({ ...doc, dispatcherRegion: dispatcherRegionOf(event, heldBefore) }, event.data, at);
    }
    case 'WorkOrderExtensionRequested':
    case 'WorkOrderExtensionGranted':
    case 'WorkOrderExtensionRefused':
      return extensionAfter(doc, event, at);
    case 'WorkOrderReturned': {
      const returns = [...doc.returns, { at, ...event.data }];
      return { ...left(doc, at), status: 'returned', authority: null, returns, timesReturned: returns.length };
    }
    case 'WorkOrderRedirected': {
      const handlingRegion = doc.status === 'returned' ? doc.dispatcherRegion : doc.handlingRegion;
      return { ...left(doc, at), handlingRegion, status: 'redirected', redirected: { at, ...event.data } };
    }
    case 'WorkOrderReplied': {
      const { complaintId, ...reply } = event.data;
      return {
        ...left(doc, at),
        ...reply,
        complaintId: doc.complaintId ?? complaintId,
        status: 'replied',
        repliedAt: at,
      };
    }
    case 'WorkOrderClosed':
      return { ...left(doc, at), outcome: event.data.outcome, status: 'closed', closedAt: at };
    case 'WorkOrderReopened':
      return reopened(doc, event.data, at);
    default:
      return said(doc, event, at);
  }
}

type Told<Type extends RecordedWorkOrderEvent['type']> = Extract<RecordedWorkOrderEvent, { type: Type }>;
type StepType =
  | `WorkOrder${'Received' | 'Classified' | 'Dispatched' | 'Returned' | 'Redirected' | 'Replied' | 'Closed' | 'Reopened'}`
  | `WorkOrderExtension${string}`;

/** What is said about a work order, wherever it stands. */
function said(
  doc: WorkOrderDocument,
  event: Exclude<RecordedWorkOrderEvent, { type: StepType }>,
  at: string,
): WorkOrderDocument {
  switch (event.type) {
    case 'WorkOrderLinkedToDispute': {
      const { disputeId } = event.data;
      const suspectedDuplicates = decided(doc, disputeId, { status: 'confirmed', decidedAt: at });
      return { ...doc, disputeId, suspectedDuplicates };
    }
    case 'DuplicateSuspected': {
      const suspicion = { ...event.data, at, status: 'suspected', decidedAt: null, note: null } as const;
      return { ...doc, suspectedDuplicates: [...doc.suspectedDuplicates, suspicion] };
    }
    case 'DuplicateDismissed': {
      const { of, note } = event.data;
      return { ...doc, suspectedDuplicates: decided(doc, of, { status: 'dismissed', decidedAt: at, note }) };
    }
    case 'WorkOrderSplit':
      return { ...doc, splitAt: at };
    case 'WorkOrderComplaintLinked':
    case 'WorkOrderReportLinked':
      return { ...doc, ...event.data };
    case 'WorkOrderSatisfactionRecorded':
    case 'WorkOrderCallbackUnanswered':
      return calledBack(doc, event, at);
    case 'WorkOrderPayloadConflictDetected': {
      const { payloadDigest: _, complainantTokens: __, textTokens: ___, ...shown } = event.data;
      return { ...doc, conflicts: [...doc.conflicts, { ...shown, at, kept: null, resolvedAt: null }] };
    }
    case 'WorkOrderPayloadConflictResolved':
      return resolved(doc, event, at);
    case 'WorkOrderDeadlineAmended':
    case 'WorkOrderLateEntryVerified':
      return doc;
    default:
      return unreachable(event);
  }
}

/** With a unit, from then on. */
function sentTo(
  doc: WorkOrderDocument,
  { authority, handlingRegion, dueAt }: Told<'WorkOrderDispatched'>['data'],
  at: string,
): WorkOrderDocument {
  const assignments = [...ended(doc.assignments, at), { authority, handlingRegion, from: at, to: null }];
  return {
    ...doc,
    status: 'dispatched',
    authority,
    handlingRegion,
    dueAt,
    dispatchedAt: at,
    timesDispatched: doc.timesDispatched + 1,
    assignments,
    extension: null,
  };
}

/** No unit has it any more. */
function left(doc: WorkOrderDocument, at: string): WorkOrderDocument {
  return { ...doc, assignments: ended(doc.assignments, at) };
}

function ended(assignments: readonly AssignmentEntry[], at: string): readonly AssignmentEntry[] {
  return assignments.map((one) => (one.to === null ? { ...one, to: at } : one));
}

/** What had come of it goes to its history; the unit that handled it has it again, and was not sent it anew. */
function reopened(doc: WorkOrderDocument, data: Told<'WorkOrderReopened'>['data'], at: string): WorkOrderDocument {
  const { reasonCode, note, status, authority, handlingRegion, dueAt } = data;
  const { outcome, repliedAt, reply, closedAt, satisfaction, clocks } = doc;
  const result = { reopenedAt: at, reasonCode, note, outcome, repliedAt, reply, closedAt, satisfaction, clocks };
  const isHeld = status === 'dispatched' && handlingRegion !== null;
  return {
    ...doc,
    status,
    authority,
    dueAt,
    outcome: null,
    repliedAt: null,
    reply: null,
    closedAt: null,
    satisfaction: null,
    extension: null,
    timesReopened: doc.timesReopened + 1,
    assignments: isHeld ? [...doc.assignments, { authority, handlingRegion, from: at, to: null }] : doc.assignments,
    earlierResults: [...doc.earlierResults, result],
  };
}

function calledBack(
  doc: WorkOrderDocument,
  event: Told<'WorkOrderSatisfactionRecorded' | 'WorkOrderCallbackUnanswered'>,
  at: string,
): WorkOrderDocument {
  const nothing = { answeredBy: null, unanswered: null, satisfaction: null, process: null, result: null };
  if (event.type === 'WorkOrderCallbackUnanswered') {
    const { why: unanswered, note } = event.data;
    return { ...doc, callbacks: [...doc.callbacks, { ...nothing, at, unanswered, note }] };
  }
  const { satisfaction } = event.data;
  return { ...doc, satisfaction, callbacks: [...doc.callbacks, { ...nothing, note: null, ...event.data, at }] };
}

function decided(
  { suspectedDuplicates }: WorkOrderDocument,
  of: string,
  decision: Partial<SuspicionEntry>,
): readonly SuspicionEntry[] {
  return suspectedDuplicates.map((one) => (one.of === of ? { ...one, ...decision } : one));
}

/** What is told of the content that holds takes the place of what was shown; digests and tokens are not shown. */
function resolved(
  doc: WorkOrderDocument,
  { data }: Told<'WorkOrderPayloadConflictResolved'>,
  at: string,
): WorkOrderDocument {
  const { conflict, keep, payloadDigest: _, complainantTokens: __, textTokens: ___, ...holds } = data;
  const conflicts = doc.conflicts.map((one) =>
    one.conflict === conflict ? { ...one, kept: keep, resolvedAt: at } : one,
  );
  // A unit keeps the date that it was given.
  const isUnitsDate = doc.timesDispatched > 0 && doc.status !== 'returned';
  const dueAt = isUnitsDate || holds.dueAt === undefined ? doc.dueAt : holds.dueAt;
  return { ...doc, ...holds, dueAt, conflicts };
}

function extensionAfter(
  doc: WorkOrderDocument,
  event: Extract<RecordedWorkOrderEvent, { type: `WorkOrderExtension${string}` }>,
  at: string,
): WorkOrderDocument {
  if (event.type === 'WorkOrderExtensionRequested') {
    const { note } = event.data;
    const undecided = { decidedAt: null, by: null, dueAt: null, refusal: null };
    return { ...doc, extension: { status: 'requested', requestedAt: at, note, ...undecided } };
  }
  const request = doc.extension;
  if (request === null) throw new Error(`${event.type} before WorkOrderExtensionRequested in ${event.stream}`);
  if (event.type === 'WorkOrderExtensionRefused') {
    return { ...doc, extension: { ...request, status: 'refused', decidedAt: at, refusal: event.data.note } };
  }
  const { by, dueAt, clocks } = event.data;
  const extension = { ...request, status: 'granted', decidedAt: at, by, dueAt } as const;
  // Of the channel's own date, what it came to be: a grant that was entered too late leaves it.
  const own = clocks.find(({ rule }) => rule === null);
  return { ...doc, extension, dueAt: own?.due ?? doc.dueAt };
}

function received(
  { data, region }: Extract<RecordedWorkOrderEvent, { type: 'WorkOrderReceived' }>,
  receivedAt: string,
): WorkOrderDocument {
  return {
    channel: data.channel,
    externalNo: data.externalNo,
    status: 'received',
    receivedAt,
    classification: null,
    splitAt: null,
    disputeId: null,
    sector: data.sector,
    handlingRegion: data.handlingRegion,
    intakeRegion: region,
    authority: null,
    dispatcherRegion: null,
    respondentUscc: data.respondentUscc,
    respondent: data.respondent,
    complainant: data.complainant,
    dueAt: data.dueAt,
    dispatchedAt: null,
    timesDispatched: 0,
    timesReturned: 0,
    timesReopened: 0,
    assignments: [],
    extension: null,
    returns: [],
    redirected: null,
    repliedAt: null,
    reply: null,
    complaintId: null,
    reportId: null,
    outcome: null,
    closedAt: null,
    satisfaction: null,
    callbacks: [],
    earlierResults: [],
    conflicts: [],
    suspectedDuplicates: [],
    imported: data.imported,
    clocks: NO_CLOCKS,
  };
}

/**
 * Days since it was first received, until it was closed or shown another route: that it went back and forth or was opened again
 * makes it no younger (T-19).
 */
export function ageInDays({ status, receivedAt, closedAt, redirected }: WorkOrderDocument, now: Instant): number {
  const end = status === 'closed' ? closedAt : (redirected?.at ?? null);
  const until = end === null ? now : parseInstant(end)!;
  return Math.max(0, epochDayOf(until) - epochDayOf(parseInstant(receivedAt)!));
}
