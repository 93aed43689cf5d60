import { formatInstant, type Position } from '#kernel';
import type { ComplaintResult, RecordedComplaintEvent, TerminationGround } from '#complaints/events';
import type { RecordedNegotiationEvent, Venue } from '#negotiation/events';
import type { RecordedWorkOrderEvent, WorkOrderStatus } from '#work-orders/events';
import { outcomeOfComplaint, type ProcedureOutcome } from '../resolution.ts';

// What these entries do not tell leaves them as they are: a procedure may have steps that its dispute need not know of, and a new
// one must not bring the dispute's document to a stand.

/** A ticket about the dispute. */
export interface WorkOrderEntry {
  readonly id: string;
  readonly linkedAt: string;
  /** Null where it is not known how far it had come when it was linked. */
  readonly status: WorkOrderStatus | null;
}

export interface NegotiationEntry {
  readonly id: string;
  readonly venue: Venue;
  readonly openedAt: string;
  /** `agreed` and `claimed` are no settlement yet, `disputed` is none any more (T-31). */
  readonly status: 'open' | 'agreed' | 'claimed' | 'settled' | 'disputed' | 'failed' | 'expired' | 'escalated';
  readonly endedAt: string | null;
  /** What came of it, and the position of the event that says so; null until it has ended. */
  readonly conclusion: EntryConclusion | null;
}

export interface EntryConclusion {
  readonly outcome: ProcedureOutcome;
  readonly position: Position;
}

export interface ComplaintEntry {
  readonly id: string;
  readonly authority: string;
  readonly handlingRegion: string;
  readonly receivedAt: string;
  readonly status: 'received' | 'accepted' | 'not-accepted' | 'concluded' | 'closed';
  readonly result: ComplaintResult | null;
  readonly ground: TerminationGround | null;
  /** When it was concluded or not accepted. */
  readonly endedAt: string | null;
  readonly conclusion: EntryConclusion | null;
}

export function workOrderAfter(
  entry: WorkOrderEntry | undefined,
  event: RecordedWorkOrderEvent,
  id: string,
): WorkOrderEntry {
  if (event.type === 'WorkOrderLinkedToDispute') {
    return { id, linkedAt: formatInstant(event.occurredAt), status: event.data.status ?? null };
  }
  const known = expected(entry, event);
  switch (event.type) {
    case 'WorkOrderClassified':
      return known.status === 'received' ? { ...known, status: 'classified' } : known;
    case 'WorkOrderDispatched':
      return { ...known, status: 'dispatched' };
    case 'WorkOrderReturned':
      return { ...known, status: 'returned' };
    case 'WorkOrderRedirected':
      return { ...known, status: 'redirected' };
    case 'WorkOrderReopened':
      return { ...known, status: event.data.status };
    case 'WorkOrderReplied':
      return { ...known, status: 'replied' };
    case 'WorkOrderClosed':
      return { ...known, status: 'closed' };
    default:
      return known;
  }
}

export function negotiationAfter(
  entry: NegotiationEntry | undefined,
  event: RecordedNegotiationEvent,
  id: string,
): NegotiationEntry {
  const at = formatInstant(event.occurredAt);
  if (event.type === 'NegotiationOpened') {
    return { id, venue: event.data.venue, openedAt: at, status: 'open', endedAt: null, conclusion: null };
  }
  const known = expected(entry, event);
  switch (event.type) {
    case 'SettlementProposed':
    case 'SettlementCountered':
      return reached(known, 'open');
    case 'SettlementAgreed':
      return reached(known, 'agreed');
    case 'SettlementClaimed':
      return reached(known, 'claimed');
    case 'SettlementConfirmed':
      return { ...known, status: 'settled', endedAt: at, conclusion: concluded('NEGOTIATION_SETTLED', event) };
    case 'SettlementDisputed':
      if (event.data.of === 'claim') return reached(known, 'open');
      return { ...known, status: 'disputed', endedAt: at, conclusion: concluded('NEGOTIATION_FAILED', event) };
    case 'NegotiationFailed':
      return { ...known, status: 'failed', endedAt: at, conclusion: concluded('NEGOTIATION_FAILED', event) };
    case 'NegotiationExpired':
      return { ...known, status: 'expired', endedAt: at, conclusion: concluded('NEGOTIATION_EXPIRED', event) };
    case 'NegotiationEscalated': {
      // After a failure or the end of its time the escalation is only the way on: the negotiation had ended before.
      if (event.data.from !== 'open') return { ...known, status: 'escalated' };
      return { ...known, status: 'escalated', endedAt: at, conclusion: concluded('NEGOTIATION_ESCALATED', event) };
    }
    default:
      return known;
  }
}

/** A step that is entered only once the time was over opens nothing again: only a result takes the expiry's place. */
function reached(entry: NegotiationEntry, status: 'open' | 'agreed' | 'claimed'): NegotiationEntry {
  return entry.status === 'expired' ? entry : { ...entry, status };
}

export function complaintAfter(
  entry: ComplaintEntry | undefined,
  event: RecordedComplaintEvent,
  id: string,
): ComplaintEntry {
  const at = formatInstant(event.occurredAt);
  if (event.type === 'ComplaintReceived') {
    const { authority, handlingRegion } = event.data;
    return {
      id,
      authority,
      handlingRegion,
      receivedAt: at,
      status: 'received',
      result: null,
      ground: null,
      endedAt: null,
      conclusion: null,
    };
  }
  const known = expected(entry, event);
  switch (event.type) {
    case 'ComplaintAccepted':
      return { ...known, status: 'accepted' };
    case 'ComplaintNotAccepted':
      return { ...known, status: 'not-accepted', endedAt: at, conclusion: concluded('NOT_ACCEPTED', event) };
    case 'ComplaintConcluded':
      return {
        ...known,
        status: 'concluded',
        result: event.data.result,
        ground: event.data.ground,
        endedAt: at,
        conclusion: concluded(outcomeOfComplaint(event.data), event),
      };
    case 'ComplaintClosed':
      return { ...known, status: 'closed' };
    case 'ComplaintTransferReceived': {
      const { authority, handlingRegion } = event.data;
      return { ...known, authority, handlingRegion };
    }
    case 'ComplaintReopened': {
      const status = event.data.to === 'mediation' ? 'accepted' : 'received';
      return { ...known, status, result: null, ground: null, endedAt: null, conclusion: null };
    }
    case 'ComplaintMergedInto':
      // What becomes of it is told by the one it is handled with.
      return { ...known, endedAt: at };
    case 'ComplaintUnmerged':
      return { ...known, endedAt: null };
    default:
      return known;
  }
}

function concluded(outcome: ProcedureOutcome, { position }: { readonly position: Position }): EntryConclusion {
  return { outcome, position };
}

function expected<Entry>(entry: Entry | undefined, event: { type: string; stream: string }): Entry {
  if (entry === undefined) throw new Error(`${event.type} of ${event.stream} came before the dispute knew of it`);
  return entry;
}
