import type { ComplaintEvents, RecordedComplaintEvent } from '#complaints/events';
import type { RecordedDisputeEvent } from '#disputes/events';
import type { EpochDay } from '#kernel';
import { epochDayOf } from '#kernel';
import type { RecordedNegotiationEvent } from '#negotiation/events';
import type { FactEvent, FactKind } from './fact-kind.ts';
import { PARKED } from './fact-kind.ts';

/** How a dispute (争议) stands, by its last concluded procedure; `PENDING` while any procedure is open. */
export const DISPUTE_OUTCOMES = [
  /** Nobody has begun a procedure, or one is open: counts nowhere. */
  'PENDING',
  /** Settlement confirmed by the consumer in a negotiation (和解). */
  'NEGOTIATION_SETTLED',
  /** Negotiation failed, and no complaint followed. */
  'NEGOTIATION_FAILED',
  /** The consumer turned to the authority before the negotiation had a result, and no complaint has come in yet. */
  'NEGOTIATION_ESCALATED',
  /** Agreement in the authority's mediation (调解成功). */
  'MEDIATED',
  /** Ended under S1 Art. 23(1)(1): the parties settled by themselves (双方自行和解), with proof. */
  'SELF_SETTLED',
  /** The same without proof on file: ended, but no settlement that may be counted. */
  'SELF_SETTLED_UNPROVEN',
  /** Mediation terminated under S1 Art. 23(1)(2), (3), (4), (5) or (8). */
  'TERMINATED',
  /** Terminated under 23(1)(6) because of Art. 16(3), (5), (6) or 42. */
  'DISQUALIFIED_MALICIOUS',
  /** Terminated under 23(1)(6) on another ground: the complaint should not have been accepted. */
  'DISQUALIFIED',
  /** Terminated under 23(1)(7): a party died or ceased to exist. */
  'PARTY_CEASED',
  /** Not accepted (不予受理), S1 Art. 16. */
  'NOT_ACCEPTED',
  /** Complaint withdrawn (撤回) with no settlement on record. */
  'WITHDRAWN',
  PARKED,
] as const;
export type DisputeOutcome = (typeof DISPUTE_OUTCOMES)[number];

/** How the negotiations (协商) of a dispute stand; `PENDING` while one is open. */
export const NEGOTIATION_RESULTS = [
  'NONE',
  'PENDING',
  /** Confirmed before an authority had accepted a complaint on the dispute. */
  'SETTLED',
  /** Confirmed after that. */
  'SETTLED_AFTER_AUTHORITY',
  'FAILED',
  /** The consumer turned to the authority before there was a result: failed at that moment. */
  'ESCALATED',
  PARKED,
] as const;
export type NegotiationResult = (typeof NEGOTIATION_RESULTS)[number];

/** Fact of one dispute: its negotiations and complaints folded into one row. */
export interface DisputeFact {
  readonly [field: string]: string | number | null;
  /** USCC of the respondent (被投诉人). */
  readonly subject: string | null;
  /** Region of the respondent's place of operation: the scope of settlement rates. */
  readonly region: string | null;
  readonly sector: string | null;
  readonly channel: string | null;
  readonly outcome: DisputeOutcome;
  /** Legal day of the last conclusion. */
  readonly concludedOn: EpochDay | null;
  readonly negotiation: NegotiationResult;
  /** Legal day on which the last negotiation ended. */
  readonly negotiationConcludedOn: EpochDay | null;
  readonly openNegotiations: number;
  readonly openComplaints: number;
  /** Whether an authority has accepted a complaint on it, and so mediates. */
  readonly authority: 'NONE' | 'ACCEPTED';
}

const NEW_DISPUTE: DisputeFact = {
  subject: null,
  region: null,
  sector: null,
  channel: null,
  outcome: 'PENDING',
  concludedOn: null,
  negotiation: 'NONE',
  negotiationConcludedOn: null,
  openNegotiations: 0,
  openComplaints: 0,
  authority: 'NONE',
};

type DisputeFactEvent =
  | RecordedDisputeEvent
  | Extract<
      RecordedNegotiationEvent,
      { type: 'NegotiationOpened' | 'SettlementConfirmed' | 'NegotiationFailed' | 'NegotiationEscalated' }
    >
  | Extract<
      RecordedComplaintEvent,
      { type: 'ComplaintReceived' | 'ComplaintAccepted' | 'ComplaintNotAccepted' | 'ComplaintConcluded' }
    >;

export const disputeFacts: FactKind<DisputeFact> = {
  name: 'dispute',
  version: 1,
  types: [
    'DisputeOpened',
    'DisputeRespondentIdentified',
    'NegotiationOpened',
    'SettlementConfirmed',
    'NegotiationFailed',
    'NegotiationEscalated',
    'ComplaintReceived',
    'ComplaintAccepted',
    'ComplaintNotAccepted',
    'ComplaintConcluded',
  ],
  fields: {
    subject: { as: 'text' },
    region: { as: 'text' },
    sector: { as: 'text' },
    channel: { as: 'text' },
    outcome: { as: 'code', values: DISPUTE_OUTCOMES },
    concludedOn: { as: 'day' },
    negotiation: { as: 'code', values: NEGOTIATION_RESULTS },
    negotiationConcludedOn: { as: 'day' },
    openNegotiations: { as: 'count' },
    openComplaints: { as: 'count' },
    authority: { as: 'code', values: ['NONE', 'ACCEPTED'] },
  },
  counted: ['outcome', 'negotiation'],
  attributions: ['concludedOn', 'negotiationConcludedOn'],
  keyOf: disputeOf,
  evolve: (state, event) => evolveDispute(state ?? NEW_DISPUTE, event as DisputeFactEvent),
  park: (state = NEW_DISPUTE, day) => ({
    ...state,
    outcome: PARKED,
    concludedOn: state.concludedOn ?? day,
    negotiation: state.negotiation === 'NONE' ? 'NONE' : PARKED,
    negotiationConcludedOn: state.negotiation === 'NONE' ? null : (state.negotiationConcludedOn ?? day),
  }),
};

/** The dispute's own events carry its id in the stream; those of its procedures as correlation. */
function disputeOf(event: FactEvent): string | null {
  if (event.stream.startsWith('dispute-')) return event.stream.slice('dispute-'.length);
  return event.correlationId;
}

/**
 * The matrix of metrics 3.2. A dispute may have several procedures: while one is open it is pending, and the one that
 * was concluded last decides. An agreed or claimed settlement changes nothing; only a confirmed one does (T-31).
 */
function evolveDispute(state: DisputeFact, event: DisputeFactEvent): DisputeFact {
  switch (event.type) {
    case 'DisputeOpened': {
      const { respondentUscc, respondentRegion, sector, channel } = event.data;
      return { ...state, subject: respondentUscc, region: respondentRegion, sector, channel };
    }
    case 'DisputeRespondentIdentified':
      return { ...state, subject: event.data.respondentUscc, region: event.data.respondentRegion };
    case 'NegotiationOpened':
      return {
        ...respondentOf(state, event.data),
        outcome: 'PENDING',
        concludedOn: null,
        negotiation: 'PENDING',
        negotiationConcludedOn: null,
        openNegotiations: state.openNegotiations + 1,
      };
    case 'SettlementConfirmed': {
      const result = state.authority === 'NONE' ? 'SETTLED' : 'SETTLED_AFTER_AUTHORITY';
      return negotiationEnded(state, result, 'NEGOTIATION_SETTLED', event);
    }
    case 'NegotiationFailed':
      return negotiationEnded(state, 'FAILED', 'NEGOTIATION_FAILED', event);
    case 'NegotiationEscalated':
      // After a failure the result stands since that day; the complaint that follows will reopen the dispute.
      return event.data.from === 'failed'
        ? state
        : negotiationEnded(state, 'ESCALATED', 'NEGOTIATION_ESCALATED', event);
    case 'ComplaintReceived':
      return {
        ...respondentOf(state, event.data),
        channel: state.channel ?? event.data.channel,
        outcome: 'PENDING',
        concludedOn: null,
        openComplaints: state.openComplaints + 1,
      };
    case 'ComplaintAccepted':
      return state.authority === 'ACCEPTED' ? state : { ...state, authority: 'ACCEPTED' };
    case 'ComplaintNotAccepted':
      return complaintEnded(state, 'NOT_ACCEPTED', event);
    case 'ComplaintConcluded':
      return complaintEnded(state, outcomeOf(event.data), event);
    default:
      return state;
  }
}

/** A procedure tells of the respondent what the dispute itself did not know. */
function respondentOf(
  state: DisputeFact,
  data: {
    readonly respondentUscc: string | null;
    readonly respondentRegion: string;
    readonly sector: string | null;
  },
): DisputeFact {
  return {
    ...state,
    subject: state.subject ?? data.respondentUscc,
    region: state.region ?? data.respondentRegion,
    sector: state.sector ?? data.sector,
  };
}

function negotiationEnded(
  state: DisputeFact,
  negotiation: NegotiationResult,
  outcome: DisputeOutcome,
  event: Pick<FactEvent, 'occurredAt'>,
): DisputeFact {
  const day = epochDayOf(event.occurredAt);
  const openNegotiations = Math.max(0, state.openNegotiations - 1);
  const ended = openNegotiations === 0;
  return concludedWhenNothingIsOpen(
    {
      ...state,
      openNegotiations,
      negotiation: ended ? negotiation : 'PENDING',
      negotiationConcludedOn: ended ? day : null,
    },
    outcome,
    day,
  );
}

function complaintEnded(
  state: DisputeFact,
  outcome: DisputeOutcome,
  event: Pick<FactEvent, 'occurredAt'>,
): DisputeFact {
  const openComplaints = Math.max(0, state.openComplaints - 1);
  return concludedWhenNothingIsOpen({ ...state, openComplaints }, outcome, epochDayOf(event.occurredAt));
}

function concludedWhenNothingIsOpen(state: DisputeFact, outcome: DisputeOutcome, day: EpochDay): DisputeFact {
  return state.openNegotiations + state.openComplaints > 0
    ? { ...state, outcome: 'PENDING', concludedOn: null }
    : { ...state, outcome, concludedOn: day };
}

const MALICIOUS = new Set(['16(3)', '16(5)', '16(6)', '42']);

function outcomeOf(data: ComplaintEvents['ComplaintConcluded']): DisputeOutcome {
  switch (data.result) {
    case 'mediated':
      return 'MEDIATED';
    case 'withdrawn':
      return 'WITHDRAWN';
    case 'terminated':
      return terminationOutcome(data);
    default:
      throw new Error(`unknown result of a complaint: ${String(data.result)}`);
  }
}

function terminationOutcome(data: ComplaintEvents['ComplaintConcluded']): DisputeOutcome {
  switch (data.ground) {
    case '23(1)(1)':
      return data.evidence.length > 0 ? 'SELF_SETTLED' : 'SELF_SETTLED_UNPROVEN';
    case '23(1)(6)':
      return data.disqualification !== null && MALICIOUS.has(data.disqualification)
        ? 'DISQUALIFIED_MALICIOUS'
        : 'DISQUALIFIED';
    case '23(1)(7)':
      return 'PARTY_CEASED';
    case '23(1)(2)':
    case '23(1)(3)':
    case '23(1)(4)':
    case '23(1)(5)':
    case '23(1)(8)':
      return 'TERMINATED';
    default:
      throw new Error(`unknown ground of termination: ${String(data.ground)}`);
  }
}
