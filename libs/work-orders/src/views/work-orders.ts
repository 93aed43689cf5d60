import { formatInstant, idOf, unreachable, type RecordedEvent } from '#kernel';
import { evolveClocks, NO_CLOCKS, type Clocks } from '#law';
import type { Projection } from '#read-models';
import { workOrderClockChanges } from '../clocks.ts';
import {
  dispatcherRegionOf,
  workOrderSchemas,
  type Classification,
  type ImportFlag,
  type Outcome,
  type RecordedWorkOrderEvent,
  type ReturnReason,
  type Satisfaction,
  type WorkOrderStatus,
} from '../events.ts';

/** A work order as its readers see it. Instants are ISO 8601 UTC; people are vault references. */
export interface WorkOrderDocument {
  readonly channel: string;
  readonly externalNo: string;
  readonly status: WorkOrderStatus;
  readonly receivedAt: string;
  readonly classification: Classification | null;
  readonly disputeId: string | null;
  readonly sector: string | null;
  /** Region of the unit that holds it or last held it, or else of the one expected to. */
  readonly handlingRegion: string | null;
  readonly authority: string | null;
  /** Region of the dispatcher, in which it lies again once it is returned; null until it was dispatched. */
  readonly dispatcherRegion: string | null;
  readonly respondentUscc: string | null;
  readonly respondent: string | null;
  readonly complainant: string | null;
  readonly dueAt: string | null;
  readonly dispatchedAt: string | null;
  /** What the unit that holds it or last held it has asked for last (申请延期), and what came of it. */
  readonly extension: ExtensionEntry | null;
  /** Every time a unit gave it back, oldest first. */
  readonly returns: readonly {
    readonly at: string;
    readonly reasonCode: ReturnReason;
    readonly note: string | null;
    readonly handlingRegion: string;
  }[];
  readonly repliedAt: string | null;
  readonly reply: string | null;
  /** The complaint the reply points to. */
  readonly complaintId: string | null;
  readonly outcome: Outcome | null;
  readonly closedAt: string | null;
  readonly satisfaction: Satisfaction | null;
  readonly imported: { readonly batch: string; readonly flags: readonly ImportFlag[] } | null;
  readonly clocks: Clocks;
}

/** A request for more time. `requested` is still to be decided; the date it led to is that of the clock. */
export interface ExtensionEntry {
  readonly status: 'requested' | 'granted' | 'refused';
  readonly requestedAt: string;
  /** Vault reference of the unit's reason. */
  readonly note: string;
  readonly decidedAt: string | null;
  /** As granted: by how many units of the rule's period, or the channel's own new date. */
  readonly by: number | null;
  readonly dueAt: string | null;
  /** Vault reference of why it was refused. */
  readonly refusal: string | null;
}

export const workOrders: Projection<WorkOrderDocument> = {
  name: 'work-orders',
  version: 3,
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
  if (event.type === 'WorkOrderReceived') return received(event.data, at);
  if (doc === undefined) throw new Error(`${event.type} before WorkOrderReceived in ${event.stream}`);
  switch (event.type) {
    case 'WorkOrderClassified': {
      const { classification } = event.data;
      return { ...doc, classification, status: doc.status === 'received' ? 'classified' : doc.status };
    }
    case 'WorkOrderLinkedToDispute':
      return { ...doc, disputeId: event.data.disputeId };
    case 'WorkOrderDispatched': {
      const heldBefore = doc.status === 'returned' ? doc.dispatcherRegion : doc.handlingRegion;
      const dispatcherRegion = dispatcherRegionOf(event, heldBefore);
      const { authority, handlingRegion, dueAt } = event.data;
      const sent = { authority, handlingRegion, dueAt, dispatcherRegion, dispatchedAt: at, extension: null };
      return { ...doc, ...sent, status: 'dispatched' };
    }
    case 'WorkOrderExtensionRequested':
    case 'WorkOrderExtensionGranted':
    case 'WorkOrderExtensionRefused':
      return extensionAfter(doc, event, at);
    case 'WorkOrderReturned':
      return { ...doc, status: 'returned', authority: null, returns: [...doc.returns, { at, ...event.data }] };
    case 'WorkOrderReplied':
      return { ...doc, ...event.data, status: 'replied', repliedAt: at };
    case 'WorkOrderClosed':
      return { ...doc, outcome: event.data.outcome, status: 'closed', closedAt: at };
    case 'WorkOrderSatisfactionRecorded':
      return { ...doc, satisfaction: event.data.satisfaction };
    case 'WorkOrderDeadlineAmended':
    case 'WorkOrderLateEntryVerified':
      return doc;
    default:
      return unreachable(event);
  }
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
  data: Extract<RecordedWorkOrderEvent, { type: 'WorkOrderReceived' }>['data'],
  receivedAt: string,
): WorkOrderDocument {
  return {
    channel: data.channel,
    externalNo: data.externalNo,
    status: 'received',
    receivedAt,
    classification: null,
    disputeId: null,
    sector: data.sector,
    handlingRegion: data.handlingRegion,
    authority: null,
    dispatcherRegion: null,
    respondentUscc: data.respondentUscc,
    respondent: data.respondent,
    complainant: data.complainant,
    dueAt: data.dueAt,
    dispatchedAt: null,
    extension: null,
    returns: [],
    repliedAt: null,
    reply: null,
    complaintId: null,
    outcome: null,
    closedAt: null,
    satisfaction: null,
    imported: data.imported,
    clocks: NO_CLOCKS,
  };
}
