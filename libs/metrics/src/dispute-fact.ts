import type { RecordedComplaintEvent } from '#complaints/events';
import type { Conclusion, ProcedureOutcome, RecordedDisputeEvent } from '#disputes/events';
import { concludedBy, decidingConclusion, laterOf, outcomeOfComplaint, PROCEDURE_OUTCOMES } from '#disputes/events';
import type { EpochDay, Instant } from '#kernel';
import { epochDayOf, idOf } from '#kernel';
import type { RecordedNegotiationEvent } from '#negotiation/events';
import type { FactEvent, FactKind } from './fact-kind.ts';
import { PARKED } from './fact-kind.ts';

/** How a dispute (争议) stands, by its deciding conclusion ({@link decidingConclusion}). */
export const DISPUTE_OUTCOMES = [
  /** No procedure has come to an end: counts nowhere. */
  'PENDING',
  /** A procedure has come to an end and another is open: what came of the dispute has to be seen again. */
  'PENDING_AGAIN',
  ...PROCEDURE_OUTCOMES,
  PARKED,
] as const;
export type DisputeOutcome = (typeof DISPUTE_OUTCOMES)[number];

/** How the negotiations (协商) of a dispute stand; `PENDING` while one is open. */
export const NEGOTIATION_RESULTS = [
  'NONE',
  'PENDING',
  /** Confirmed before an authority accepted a complaint on the dispute. */
  'SETTLED',
  /** Confirmed after that. */
  'SETTLED_AFTER_AUTHORITY',
  'FAILED',
  /** The time ran out without a result. */
  'EXPIRED',
  /** The consumer turned to the authority before there was a result: failed at that moment. */
  'ESCALATED',
  PARKED,
] as const;
export type NegotiationResult = (typeof NEGOTIATION_RESULTS)[number];

const ENDS = ['NONE', ...PROCEDURE_OUTCOMES] as const;

/** The last conclusion of one kind: results of negotiations, complaints that were handled, complaints that were declined. */
type End = (typeof ENDS)[number];

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
  /** Legal day of the deciding conclusion. */
  readonly concludedOn: EpochDay | null;
  readonly negotiation: NegotiationResult;
  /** Legal day on which the last negotiation ended. */
  readonly negotiationConcludedOn: EpochDay | null;
  readonly openNegotiations: number;
  readonly openComplaints: number;
  /** When an authority first accepted a complaint on it, and so mediates; null = none has. */
  readonly acceptedAt: Instant | null;
  readonly negotiationEnd: End;
  readonly negotiationEndedAt: Instant | null;
  readonly negotiationEntry: number;
  /** Negotiations whose time ran out and of which no result has been entered since ({@link expiriesOf}). */
  readonly expiries: string | null;
  readonly handledEnd: End;
  readonly handledEndedAt: Instant | null;
  readonly handledEntry: number;
  readonly declinedEnd: End;
  readonly declinedEndedAt: Instant | null;
  readonly declinedEntry: number;
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
  acceptedAt: null,
  negotiationEnd: 'NONE',
  negotiationEndedAt: null,
  negotiationEntry: 0,
  expiries: null,
  handledEnd: 'NONE',
  handledEndedAt: null,
  handledEntry: 0,
  declinedEnd: 'NONE',
  declinedEndedAt: null,
  declinedEntry: 0,
};

type DisputeFactEvent =
  | RecordedDisputeEvent
  | Extract<
      RecordedNegotiationEvent,
      {
        type:
          | 'NegotiationOpened'
          | 'SettlementConfirmed'
          | 'NegotiationFailed'
          | 'NegotiationExpired'
          | 'NegotiationEscalated';
      }
    >
  | Extract<
      RecordedComplaintEvent,
      { type: 'ComplaintReceived' | 'ComplaintAccepted' | 'ComplaintNotAccepted' | 'ComplaintConcluded' }
    >;

export const disputeFacts: FactKind<DisputeFact> = {
  name: 'dispute',
  version: 3,
  types: [
    'DisputeOpened',
    'DisputeRespondentIdentified',
    'NegotiationOpened',
    'SettlementConfirmed',
    'NegotiationFailed',
    'NegotiationExpired',
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
    acceptedAt: { as: 'instant' },
    negotiationEnd: { as: 'code', values: ENDS },
    negotiationEndedAt: { as: 'instant' },
    negotiationEntry: { as: 'count' },
    expiries: { as: 'text' },
    handledEnd: { as: 'code', values: ENDS },
    handledEndedAt: { as: 'instant' },
    handledEntry: { as: 'count' },
    declinedEnd: { as: 'code', values: ENDS },
    declinedEndedAt: { as: 'instant' },
    declinedEntry: { as: 'count' },
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
 * The matrix of metrics 3.2 over the procedures of a dispute. Which conclusion decides follows from when they occurred and
 * never from the order in which the procedures were written down. An agreed or claimed settlement changes nothing; only a
 * confirmed one does (T-31).
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
      return resolved({ ...respondentOf(state, event.data), openNegotiations: state.openNegotiations + 1 });
    case 'SettlementConfirmed':
      return negotiationEnded(state, 'NEGOTIATION_SETTLED', event);
    case 'NegotiationFailed':
      return negotiationEnded(state, 'NEGOTIATION_FAILED', event);
    case 'NegotiationExpired':
      return negotiationRanOut(state, event);
    case 'NegotiationEscalated':
      // After a failure or the end of its time what came of it stands since that moment; the complaint that follows will open
      // the dispute again.
      return event.data.from === 'open' ? negotiationEnded(state, 'NEGOTIATION_ESCALATED', event) : state;
    case 'ComplaintReceived':
      return resolved({
        ...respondentOf(state, event.data),
        channel: state.channel ?? event.data.channel,
        openComplaints: state.openComplaints + 1,
      });
    case 'ComplaintAccepted': {
      const acceptedAt = Math.min(state.acceptedAt ?? Infinity, event.occurredAt);
      return acceptedAt === state.acceptedAt ? state : resolved({ ...state, acceptedAt });
    }
    case 'ComplaintNotAccepted':
      return complaintEnded(state, 'NOT_ACCEPTED', event);
    case 'ComplaintConcluded':
      return complaintEnded(state, outcomeOfComplaint(event.data), event);
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

type Ending = Pick<FactEvent, 'stream' | 'occurredAt'>;

/** A result takes the place of the expiry of the same negotiation, whenever it occurred: it was only entered later. */
function negotiationEnded(state: DisputeFact, outcome: ProcedureOutcome, event: Ending): DisputeFact {
  const known = expiriesOf(state);
  const others = known.filter(({ negotiation }) => negotiation !== idOf(event.stream));
  const wasOpen = others.length === known.length;
  return resolved({
    ...state,
    ...lastEndWith(state, outcome, event),
    openNegotiations: wasOpen ? Math.max(0, state.openNegotiations - 1) : state.openNegotiations,
    expiries: written(others),
  });
}

function negotiationRanOut(state: DisputeFact, { stream, occurredAt: at }: Ending): DisputeFact {
  const expiry = { negotiation: idOf(stream), at, entry: nextEntry(state) };
  const openNegotiations = Math.max(0, state.openNegotiations - 1);
  return resolved({ ...state, openNegotiations, expiries: written([...expiriesOf(state), expiry]) });
}

interface Expiry {
  readonly negotiation: string;
  readonly at: Instant;
  readonly entry: number;
}

/**
 * Each as `negotiation/at/entry`. All of them are kept apart from the last result, as every one may still be taken back and
 * must then leave what it stood before.
 */
function expiriesOf({ expiries }: DisputeFact): readonly Expiry[] {
  if (expiries === null) return [];
  return expiries.split(' ').map((text) => {
    const [negotiation, at, entry] = text.split('/');
    return { negotiation: negotiation!, at: Number(at), entry: Number(entry) };
  });
}

function written(expiries: readonly Expiry[]): string | null {
  if (expiries.length === 0) return null;
  return expiries.map(({ negotiation, at, entry }) => `${negotiation}/${at}/${entry}`).join(' ');
}

function complaintEnded(state: DisputeFact, outcome: ProcedureOutcome, event: Ending): DisputeFact {
  const openComplaints = Math.max(0, state.openComplaints - 1);
  return resolved({ ...state, ...lastEndWith(state, outcome, event), openComplaints });
}

/** The last conclusion of the kind, with one more taken into account. */
function lastEndWith(state: DisputeFact, outcome: ProcedureOutcome, { occurredAt }: Ending): Partial<DisputeFact> {
  const by = concludedBy(outcome);
  const last = laterOf(endOf(state, by), { outcome, at: occurredAt, entry: nextEntry(state) });
  return { [`${by}End`]: last.outcome, [`${by}EndedAt`]: last.at, [`${by}Entry`]: last.entry };
}

/** Entries are numbered within the dispute. */
function nextEntry(state: DisputeFact): number {
  const expiries = expiriesOf(state).map(({ entry }) => entry);
  return Math.max(state.negotiationEntry, state.handledEntry, state.declinedEntry, ...expiries) + 1;
}

/** The last conclusion of the negotiations: a result, or that the time of one ran out. */
function lastOfNegotiations(state: DisputeFact): Conclusion | undefined {
  return expiriesOf(state)
    .map(({ at, entry }): Conclusion => ({ outcome: 'NEGOTIATION_EXPIRED', at, entry }))
    .reduce<Conclusion | undefined>(laterOf, endOf(state, 'negotiation'));
}

function endOf(state: DisputeFact, by: 'negotiation' | 'handled' | 'declined'): Conclusion | undefined {
  const outcome = state[`${by}End`];
  const at = state[`${by}EndedAt`];
  return outcome === 'NONE' || at === null ? undefined : { outcome, at, entry: state[`${by}Entry`] };
}

/** What came of the dispute and of its negotiations, from the conclusions and the procedures that are open. */
function resolved(state: DisputeFact): DisputeFact {
  const negotiated = lastOfNegotiations(state);
  const ended = [negotiated, endOf(state, 'handled'), endOf(state, 'declined')].filter((one) => one !== undefined);
  const deciding = decidingConclusion(ended);
  const isOpen = state.openNegotiations + state.openComplaints > 0;
  const negotiation = negotiationOf(state, negotiated);
  const isNegotiated = negotiation !== 'NONE' && negotiation !== 'PENDING';
  return {
    ...state,
    outcome: deciding === undefined ? 'PENDING' : isOpen ? 'PENDING_AGAIN' : deciding.outcome,
    concludedOn: deciding === undefined ? null : epochDayOf(deciding.at),
    negotiation,
    negotiationConcludedOn: isNegotiated ? epochDayOf(negotiated!.at) : null,
  };
}

function negotiationOf(state: DisputeFact, last: Conclusion | undefined): NegotiationResult {
  if (state.openNegotiations > 0) return 'PENDING';
  if (last === undefined) return 'NONE';
  switch (last.outcome) {
    case 'NEGOTIATION_SETTLED': {
      const isBefore = state.acceptedAt === null || last.at < state.acceptedAt;
      return isBefore ? 'SETTLED' : 'SETTLED_AFTER_AUTHORITY';
    }
    case 'NEGOTIATION_EXPIRED':
      return 'EXPIRED';
    case 'NEGOTIATION_ESCALATED':
      return 'ESCALATED';
    default:
      return 'FAILED';
  }
}
