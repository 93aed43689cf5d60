import { categoryOf, formatInstant, idOf, unreachable, type RecordedEvent } from '#kernel';
import type { Projection } from '#read-models';
import { complaintSchemas, type RecordedComplaintEvent } from '#complaints/events';
import { negotiationSchemas, type RecordedNegotiationEvent } from '#negotiation/events';
import { workOrderSchemas, type RecordedWorkOrderEvent } from '#work-orders/events';
import { disputeSchemas, type RecordedDisputeEvent } from '../events.ts';
import {
  complaintAfter,
  negotiationAfter,
  workOrderAfter,
  type ComplaintEntry,
  type NegotiationEntry,
  type WorkOrderEntry,
} from './procedures.ts';
import { resolutionOf, type DisputeOutcome, type DisputeStage } from './resolution.ts';

/** A dispute with everything that refers to it. Instants are ISO 8601 UTC; people are vault references. */
export interface DisputeDocument {
  readonly openedAt: string;
  readonly respondentUscc: string | null;
  readonly respondent: string | null;
  readonly respondentRegion: string;
  readonly sector: string | null;
  readonly channel: string | null;
  readonly amountFen: number | null;
  readonly complainant: string | null;
  /** Where it is being resolved now. */
  readonly stage: DisputeStage;
  /** What came of it; null while a procedure is open or none has begun. */
  readonly outcome: DisputeOutcome | null;
  readonly workOrders: readonly WorkOrderEntry[];
  readonly negotiations: readonly NegotiationEntry[];
  readonly complaints: readonly ComplaintEntry[];
}

export const disputes: Projection<DisputeDocument> = {
  name: 'disputes',
  version: 3,
  types: [disputeSchemas, workOrderSchemas, negotiationSchemas, complaintSchemas].flatMap((s) => Object.keys(s)),
  keys: (event) => {
    if (categoryOf(event.stream) === 'dispute') return [idOf(event.stream)];
    return event.correlationId === null ? [] : [event.correlationId];
  },
  evolve: (doc, event) => {
    if (event.type === 'DisputeOpened') return opened(event as DisputeOpened);
    if (doc === undefined) throw new Error(`${event.type} refers to a dispute that was never opened`);
    const next = { ...doc, ...changeBy(doc, event) };
    return { ...next, ...resolutionOf(next.negotiations, next.complaints) };
  },
  indexes: {
    opened: ['openedAt'],
    respondent: ['respondentUscc', 'openedAt'],
    region: ['respondentRegion', 'openedAt'],
    stage: ['stage', 'openedAt'],
  },
};

type DisputeOpened = Extract<RecordedDisputeEvent, { type: 'DisputeOpened' }>;

function opened({ data, occurredAt }: DisputeOpened): DisputeDocument {
  return {
    openedAt: formatInstant(occurredAt),
    respondentUscc: data.respondentUscc,
    respondent: data.respondent,
    respondentRegion: data.respondentRegion,
    sector: data.sector,
    channel: data.channel,
    amountFen: data.amountFen,
    complainant: data.complainant,
    stage: 'opened',
    outcome: null,
    workOrders: [],
    negotiations: [],
    complaints: [],
  };
}

function changeBy(doc: DisputeDocument, event: RecordedEvent): Partial<DisputeDocument> {
  const category = categoryOf(event.stream);
  switch (category) {
    case 'dispute':
      return respondentAfter(event as Exclude<RecordedDisputeEvent, DisputeOpened>);
    case 'workOrder':
      return { workOrders: replaced(doc.workOrders, event, workOrderAfter, event as RecordedWorkOrderEvent) };
    case 'negotiation':
      return { negotiations: replaced(doc.negotiations, event, negotiationAfter, event as RecordedNegotiationEvent) };
    case 'complaint':
      return { complaints: replaced(doc.complaints, event, complaintAfter, event as RecordedComplaintEvent) };
    default:
      throw new Error(`the disputes view does not know streams of ${category}`);
  }
}

function respondentAfter(event: Exclude<RecordedDisputeEvent, DisputeOpened>): Partial<DisputeDocument> {
  switch (event.type) {
    case 'DisputeRespondentIdentified':
      return { respondentUscc: event.data.respondentUscc, respondentRegion: event.data.respondentRegion };
    default:
      return unreachable(event.type);
  }
}

/** The entries with the one of this event's stream changed, or added at the end. */
function replaced<Entry extends { readonly id: string }, Event extends RecordedEvent>(
  entries: readonly Entry[],
  { stream }: RecordedEvent,
  after: (entry: Entry | undefined, event: Event, id: string) => Entry,
  event: Event,
): readonly Entry[] {
  const id = idOf(stream);
  const at = entries.findIndex((entry) => entry.id === id);
  const entry = after(entries[at], event, id);
  return at < 0 ? [...entries, entry] : entries.with(at, entry);
}
