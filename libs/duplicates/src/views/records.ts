import type { ComplaintEvents } from '#complaints/events';
import type { DisputeEvents } from '#disputes/events';
import { categoryOf, formatInstant, idOf, type RecordedEvent } from '#kernel';
import { likenessBands } from '#privacy';
import type { Projection } from '#read-models';
import type { Classification, WorkOrderEvents } from '#work-orders/events';
import type { MatchedRecord } from '../matching.ts';

/**
 * One record of somebody's complaint: a ticket, a complaint at an authority, or a dispute itself, under its stream; further
 * complainants of a dispute under `{stream}#{number}`. No route shows it: it is there to be compared.
 */
export interface RecordDocument extends MatchedRecord, Blocks {
  readonly stream: string;
  readonly disputeId: string | null;
  readonly region: string | null;
  /**
   * Not to be compared: a report, whose author is nobody's to know but those who verify it (S1 Art. 37), a question, or a letter
   * that was sent to where it belongs.
   */
  readonly isOut: boolean;
  /** A ticket that has been closed: where it is not linked to a dispute, it need not be any more. */
  readonly isClosed: boolean;
}

/** Keys under which records that may be about one dispute meet; null where there is nothing to meet by. */
interface Blocks {
  readonly byPhone: string | null;
  readonly byNameAndRespondent: string | null;
  readonly byNameAndRegion: string | null;
  readonly byText0: string | null;
  readonly byText1: string | null;
  readonly byText2: string | null;
  readonly byText3: string | null;
}
/** Names alone are shared by too many: a name meets its like at one respondent, or in one region. */
export const BLOCKS = [
  'byPhone',
  'byNameAndRespondent',
  'byNameAndRegion',
  'byText0',
  'byText1',
  'byText2',
  'byText3',
] as const satisfies readonly (keyof Blocks)[];

const TYPES = [
  'WorkOrderReceived',
  'WorkOrderPayloadConflictResolved',
  'WorkOrderClassified',
  'WorkOrderRedirected',
  'WorkOrderLinkedToDispute',
  'WorkOrderClosed',
  'WorkOrderReopened',
  'ComplaintReceived',
  'DisputeOpened',
  'DisputeRespondentIdentified',
  'ComplainantJoined',
] as const;

export const recordsView: Projection<RecordDocument> = {
  name: 'matching-records',
  version: 1,
  types: TYPES,
  keys: (event) => [keyOf(event)],
  evolve: (doc, event) => {
    const next = evolve(doc, event);
    return next === null ? null : { ...next, ...blocksOf(next) };
  },
  indexes: Object.fromEntries(BLOCKS.map((block) => [block, [block, 'at']])),
};

/** The record that an event is about. */
export function keyOf({ stream, type, data }: RecordedEvent): string {
  return type === 'ComplainantJoined' ? `${stream}#${(data as DisputeEvents['ComplainantJoined']).person}` : stream;
}

type Facts = Omit<RecordDocument, keyof Blocks>;

function evolve(doc: RecordDocument | undefined, event: RecordedEvent): Facts | null {
  switch (event.type as (typeof TYPES)[number]) {
    case 'WorkOrderReceived':
      return ticket(event, event.data as WorkOrderEvents['WorkOrderReceived']);
    case 'ComplaintReceived':
      return complaint(event, event.data as ComplaintEvents['ComplaintReceived']);
    case 'DisputeOpened':
      return dispute(event, event.data as DisputeEvents['DisputeOpened']);
    case 'ComplainantJoined':
      return joined(event, event.data as DisputeEvents['ComplainantJoined']);
    default:
      return doc === undefined ? null : changed(doc, event);
  }
}

function changed(doc: Facts, event: RecordedEvent): Facts {
  switch (event.type as (typeof TYPES)[number]) {
    case 'WorkOrderPayloadConflictResolved':
      return { ...doc, ...replacedBy(event.data as WorkOrderEvents['WorkOrderPayloadConflictResolved']) };
    case 'WorkOrderClassified':
      return { ...doc, isOut: isNoComplaint((event.data as WorkOrderEvents['WorkOrderClassified']).classification) };
    case 'WorkOrderRedirected':
      return { ...doc, isOut: true };
    case 'WorkOrderLinkedToDispute':
      return { ...doc, disputeId: (event.data as WorkOrderEvents['WorkOrderLinkedToDispute']).disputeId };
    case 'WorkOrderClosed':
      return { ...doc, isClosed: true };
    case 'WorkOrderReopened':
      return { ...doc, isClosed: false };
    case 'DisputeRespondentIdentified': {
      const { respondentUscc, respondentRegion } = event.data as DisputeEvents['DisputeRespondentIdentified'];
      return { ...doc, respondentUscc, region: respondentRegion };
    }
    default:
      return doc;
  }
}

function isNoComplaint(classification: Classification): boolean {
  return classification === 'report' || classification === 'consultation';
}

type Tokens = { readonly phone?: string; readonly name?: string };
const persons = ({ phone = null, name = null }: { phone?: string | null; name?: string | null }) => ({ phone, name });
const IN = { isOut: false, isClosed: false };

function ticket({ stream, occurredAt }: RecordedEvent, data: WorkOrderEvents['WorkOrderReceived']): Facts {
  const { complainantTokens, textTokens = null, respondentUscc, handlingRegion: region, sector } = data;
  const at = formatInstant(occurredAt);
  const about = { respondentUscc, region, sector, amountFen: null, textTokens };
  return { stream, disputeId: null, at, ...persons(complainantTokens), ...about, ...IN };
}

function complaint({ stream, occurredAt }: RecordedEvent, data: ComplaintEvents['ComplaintReceived']): Facts {
  const { disputeId, complainantTokens, respondentUscc, respondentRegion: region, sector, textTokens = null } = data;
  const at = formatInstant(occurredAt);
  const about = { respondentUscc, region, sector, amountFen: null, textTokens };
  return { stream, disputeId, at, ...persons(complainantTokens), ...about, ...IN };
}

function dispute({ stream, occurredAt }: RecordedEvent, data: DisputeEvents['DisputeOpened']): Facts {
  const { complainantTokens, textTokens = null, respondentUscc, respondentRegion: region, sector, amountFen } = data;
  const at = formatInstant(occurredAt);
  const about = { respondentUscc, region, sector, amountFen, textTokens };
  return { stream, disputeId: idOf(stream), at, ...persons(complainantTokens), ...about, ...IN };
}

/** One of several who complain of a dispute (共同投诉): what it is about is told by the dispute. */
function joined({ stream, occurredAt }: RecordedEvent, data: DisputeEvents['ComplainantJoined']): Facts {
  const about = { respondentUscc: null, region: null, sector: null, amountFen: null, textTokens: null };
  const at = formatInstant(occurredAt);
  return { stream, disputeId: idOf(stream), at, ...persons(data.complainantTokens), ...about, ...IN };
}

/** What is told where the content that was pushed later holds; where the one on record was kept, nothing is. */
function replacedBy(data: WorkOrderEvents['WorkOrderPayloadConflictResolved']): Partial<Facts> {
  const { complainantTokens, respondentUscc, handlingRegion, sector, textTokens, keep } = data;
  if (keep !== 'pushed') return {};
  return {
    ...persons((complainantTokens ?? {}) as Tokens),
    respondentUscc: respondentUscc ?? null,
    region: handlingRegion ?? null,
    sector: sector ?? null,
    textTokens: textTokens ?? null,
  };
}

function blocksOf({ isOut, phone, name, respondentUscc, region, textTokens }: Facts): Blocks {
  if (isOut) return blocks(null, null, null, []);
  const nameAt = (place: string | null) => (name === null || place === null ? null : `${name}/${place}`);
  return blocks(phone, nameAt(respondentUscc), nameAt(region), textTokens === null ? [] : likenessBands(textTokens));
}

function blocks(
  byPhone: string | null,
  byNameAndRespondent: string | null,
  byNameAndRegion: string | null,
  [byText0 = null, byText1 = null, byText2 = null, byText3 = null]: readonly (string | null)[],
): Blocks {
  return { byPhone, byNameAndRespondent, byNameAndRegion, byText0, byText1, byText2, byText3 };
}

/** Whether a record is a ticket that waits to be linked to a dispute. */
export function isUnlinkedTicket({ stream, disputeId, isClosed, isOut }: RecordDocument): boolean {
  return categoryOf(stream) === 'workOrder' && disputeId === null && !isClosed && !isOut;
}
