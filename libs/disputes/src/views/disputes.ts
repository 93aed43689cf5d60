import { categoryOf, formatInstant, idOf, type RecordedEvent } from '#kernel';
import type { Projection } from '#read-models';
import { complaintSchemas, type RecordedComplaintEvent } from '#complaints/events';
import { negotiationSchemas, type RecordedNegotiationEvent } from '#negotiation/events';
import { workOrderSchemas, type RecordedWorkOrderEvent } from '#work-orders/events';
import {
  disputeSchemas,
  evolveFirstInquiry,
  evolveJoint,
  noComplainants,
  type FirstInquiry,
  type HandOff,
  type JointComplaint,
  type MergedSpan,
  type RecordedDisputeEvent,
} from '../events.ts';
import { FURTHER_CATEGORIES, furtherAfter, furtherTypes, type FurtherEntry } from './further-procedures.ts';
import { mediationAfter, mediationTypes, type MediationEntry } from './mediation-entry.ts';
import {
  complaintAfter,
  negotiationAfter,
  workOrderAfter,
  type ComplaintEntry,
  type NegotiationEntry,
  type WorkOrderEntry,
} from './procedures.ts';
import { resolutionOf, type DisputeOutcome, type DisputeStage } from './resolution.ts';
import type { ResolutionStage } from '../resolution.ts';

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
  /** All who complain, by number (共同投诉). */
  readonly complainants: readonly { readonly person: number; readonly complainant: string }[];
  readonly joint: JointComplaint;
  readonly firstInquiry: FirstInquiry | null;
  /** Those of the first inquiry, oldest first. */
  readonly handOffs: readonly HandOff[];
  /** Dispute that it is counted and told with. */
  readonly mergedInto: string | null;
  /** Every span for which it was, oldest first. */
  readonly mergers: readonly MergedSpan[];
  /** Disputes that are counted and told with this one. */
  readonly merged: readonly string[];
  /** Earlier disputes of which it was found to be a repeated complaint. */
  readonly repeats: readonly string[];
  /** Later disputes that were found to repeat it. */
  readonly repeatedBy: readonly string[];
  /** Where it is being resolved now. */
  readonly stage: DisputeStage;
  /** What came of it; null while a procedure is open or none has begun. */
  readonly outcome: DisputeOutcome | null;
  readonly resolvedBy: ResolutionStage | null;
  readonly concludedAt: string | null;
  readonly workOrders: readonly WorkOrderEntry[];
  readonly negotiations: readonly NegotiationEntry[];
  readonly complaints: readonly ComplaintEntry[];
  readonly mediations: readonly MediationEntry[];
  /** Court referrals (诉调对接) and judicial confirmations (司法确认). */
  readonly further: readonly FurtherEntry[];
}

export const disputes: Projection<DisputeDocument> = {
  name: 'disputes',
  version: 5,
  types: [
    ...new Set([disputeSchemas, workOrderSchemas, negotiationSchemas, complaintSchemas].flatMap((s) => Object.keys(s))),
    ...new Set([...furtherTypes, ...mediationTypes]),
  ],
  keys,
  evolve: (doc, event, key) => {
    if (event.type === 'DisputeOpened') return opened(event as DisputeOpened);
    if (doc === undefined) throw new Error(`${event.type} refers to a dispute that was never opened`);
    const next = { ...doc, ...changeBy(doc, event, key) };
    return { ...next, ...resolutionOf(next) };
  },
  indexes: {
    opened: ['openedAt'],
    respondent: ['respondentUscc', 'openedAt'],
    region: ['respondentRegion', 'openedAt'],
    stage: ['stage', 'openedAt'],
    resolvedBy: ['resolvedBy', 'openedAt'],
    mergedInto: ['mergedInto', 'openedAt'],
  },
};

type DisputeOpened = Extract<RecordedDisputeEvent, { type: 'DisputeOpened' }>;

/** What is said of two disputes at once is told by both. */
function keys(event: RecordedEvent): readonly string[] {
  if (categoryOf(event.stream) !== 'dispute') return event.correlationId === null ? [] : [event.correlationId];
  const { type, data } = event as RecordedDisputeEvent;
  const own = idOf(event.stream);
  switch (type) {
    case 'DisputeMergedInto':
    case 'DisputeUnmerged':
      return [own, data.primary];
    case 'RepeatComplaintConfirmed':
      return [own, data.earlier];
    default:
      return [own];
  }
}

function opened(event: DisputeOpened): DisputeDocument {
  const { data, occurredAt } = event;
  const { complainant } = data;
  return {
    openedAt: formatInstant(occurredAt),
    respondentUscc: data.respondentUscc,
    respondent: data.respondent,
    respondentRegion: data.respondentRegion,
    sector: data.sector,
    channel: data.channel,
    amountFen: data.amountFen,
    complainant,
    complainants: complainant === null ? [] : [{ person: 1, complainant }],
    joint: evolveJoint(noComplainants, event),
    firstInquiry: null,
    handOffs: [],
    mergedInto: null,
    mergers: [],
    merged: [],
    repeats: [],
    repeatedBy: [],
    stage: 'opened',
    outcome: null,
    resolvedBy: null,
    concludedAt: null,
    workOrders: [],
    negotiations: [],
    complaints: [],
    mediations: [],
    further: [],
  };
}

function changeBy(doc: DisputeDocument, event: RecordedEvent, key: string): Partial<DisputeDocument> {
  const category = categoryOf(event.stream);
  switch (category) {
    case 'dispute':
      return changeOfDispute(doc, event as Exclude<RecordedDisputeEvent, DisputeOpened>, key === idOf(event.stream));
    case 'workOrder':
      return { workOrders: replaced(doc.workOrders, event, workOrderAfter, event as RecordedWorkOrderEvent) };
    case 'negotiation':
      return { negotiations: replaced(doc.negotiations, event, negotiationAfter, event as RecordedNegotiationEvent) };
    case 'complaint':
      return { complaints: replaced(doc.complaints, event, complaintAfter, event as RecordedComplaintEvent) };
    case 'mediation':
      return { mediations: replaced(doc.mediations, event, mediationAfter, event) };
    default:
      // What other streams have to tell of a dispute, if anything, is for views of their own.
      return (FURTHER_CATEGORIES as readonly string[]).includes(category)
        ? { further: replaced(doc.further, event, furtherAfter, event) }
        : {};
  }
}

/** `isOwn`: of the dispute that the event is about, not of the one that it names beside. */
function changeOfDispute(
  doc: DisputeDocument,
  event: Exclude<RecordedDisputeEvent, DisputeOpened>,
  isOwn: boolean,
): Partial<DisputeDocument> {
  const own = idOf(event.stream);
  switch (event.type) {
    case 'DisputeRespondentIdentified':
      return { respondentUscc: event.data.respondentUscc, respondentRegion: event.data.respondentRegion };
    case 'DisputeMergedInto':
      return isOwn ? mergedBy(doc, event) : { merged: [...without(doc.merged, own), own] };
    case 'DisputeUnmerged':
      return isOwn ? unmergedBy(doc, event) : { merged: without(doc.merged, own) };
    case 'RepeatComplaintConfirmed':
      return isOwn
        ? { repeats: [...doc.repeats, event.data.earlier] }
        : { repeatedBy: [...without(doc.repeatedBy, own), own] };
    case 'ComplainantJoined': {
      const { person, complainant } = event.data;
      return { complainants: [...doc.complainants, { person, complainant }], joint: evolveJoint(doc.joint, event) };
    }
    case 'RepresentativesChosen':
    case 'RepresentedConsentRecorded':
      return { joint: evolveJoint(doc.joint, event) };
    default: {
      const firstInquiry = evolveFirstInquiry(doc.firstInquiry, event);
      return { firstInquiry, handOffs: firstInquiry?.handOffs ?? [] };
    }
  }
}

type Of<Type> = Extract<RecordedDisputeEvent, { type: Type }>;

function mergedBy(doc: DisputeDocument, { data, occurredAt }: Of<'DisputeMergedInto'>): Partial<DisputeDocument> {
  const { primary, reason } = data;
  const span = { primary, from: formatInstant(occurredAt), to: null, reason, unmergedFor: null };
  return { mergedInto: primary, mergers: [...doc.mergers, span] };
}

function unmergedBy(doc: DisputeDocument, { data, occurredAt }: Of<'DisputeUnmerged'>): Partial<DisputeDocument> {
  const to = formatInstant(occurredAt);
  const mergers = doc.mergers.map((span) => (span.to === null ? { ...span, to, unmergedFor: data.reason } : span));
  return { mergedInto: null, mergers };
}

function without(ids: readonly string[], id: string): readonly string[] {
  return ids.filter((one) => one !== id);
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
