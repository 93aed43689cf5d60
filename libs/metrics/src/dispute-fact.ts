import type { RecordedComplaintEvent } from '#complaints/events';
import type {
  Conclusion,
  FurtherEntry,
  FurtherOutcome,
  ProcedureOutcome,
  RecordedDisputeEvent,
} from '#disputes/events';
import {
  concludedBy,
  decidingConclusion,
  FURTHER_OUTCOMES,
  furtherAfter,
  furtherTypes,
  laterOf,
  outcomeOfComplaint,
  PROCEDURE_OUTCOMES,
} from '#disputes/events';
import type { EpochDay, Instant, RecordedEvent } from '#kernel';
import { categoryOf, epochDayOf, idOf } from '#kernel';
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
  ...FURTHER_OUTCOMES,
  /** It is one with another dispute, through which it is counted (X-DUP). */
  'MERGED',
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
  /** Those of a dispute that is one with another. */
  'MERGED',
  PARKED,
] as const;
export type NegotiationResult = (typeof NEGOTIATION_RESULTS)[number];

/** How the settlement that the negotiations ended with was confirmed (T-31). */
export const SETTLED_BY = ['NONE', 'CONSUMER', 'SILENCE'] as const;

const ENDS = ['NONE', ...PROCEDURE_OUTCOMES, ...FURTHER_OUTCOMES] as const;

type Outcome = ProcedureOutcome | FurtherOutcome;

/** The last conclusion of one kind: results of negotiations, what an authority, body or court handled, what was declined. */
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
  readonly settledBy: (typeof SETTLED_BY)[number];
  /** Dispute with which it is one; null where it stands for itself. */
  readonly mergedInto: string | null;
  /** Ids of the disputes that are one with it. What follows is its own; what stands above takes theirs in. */
  readonly members: string | null;
  readonly openNegotiations: number;
  readonly openComplaints: number;
  /** When an authority first accepted a complaint on it, and so mediates; null = none has. */
  readonly acceptedAt: Instant | null;
  readonly negotiationEnd: End;
  readonly negotiationEndedAt: Instant | null;
  readonly negotiationEntry: number;
  /** How the settlement was confirmed, where {@link negotiationEnd} is one. */
  readonly negotiationBasis: (typeof SETTLED_BY)[number];
  /** Negotiations whose time ran out and of which no result has been entered since ({@link expiriesOf}). */
  readonly expiries: string | null;
  /** Ids of the negotiations whose settlement is disputed: they have ended, and count as failed until settled again. */
  readonly disputed: string | null;
  /** Mediations and referrals beside the complaints ({@link furtherOf}). */
  readonly further: string | null;
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
  settledBy: 'NONE',
  mergedInto: null,
  members: null,
  openNegotiations: 0,
  openComplaints: 0,
  acceptedAt: null,
  negotiationEnd: 'NONE',
  negotiationEndedAt: null,
  negotiationEntry: 0,
  negotiationBasis: 'NONE',
  expiries: null,
  disputed: null,
  further: null,
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
          | 'SettlementDisputed'
          | 'NegotiationFailed'
          | 'NegotiationExpired'
          | 'NegotiationEscalated';
      }
    >
  | Extract<
      RecordedComplaintEvent,
      {
        type:
          | 'ComplaintReceived'
          | 'ComplaintAccepted'
          | 'ComplaintNotAccepted'
          | 'ComplaintConcluded'
          | 'ComplaintReopened'
          | 'ComplaintMergedInto'
          | 'ComplaintUnmerged';
      }
    >;

export const disputeFacts: FactKind<DisputeFact> = {
  name: 'dispute',
  version: 5,
  types: [
    'DisputeOpened',
    'DisputeRespondentIdentified',
    'DisputeMergedInto',
    'DisputeUnmerged',
    'NegotiationOpened',
    'SettlementConfirmed',
    'SettlementDisputed',
    'NegotiationFailed',
    'NegotiationExpired',
    'NegotiationEscalated',
    'ComplaintReceived',
    'ComplaintAccepted',
    'ComplaintNotAccepted',
    'ComplaintConcluded',
    'ComplaintReopened',
    'ComplaintMergedInto',
    'ComplaintUnmerged',
    ...furtherTypes,
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
    settledBy: { as: 'code', values: SETTLED_BY },
    mergedInto: { as: 'text' },
    members: { as: 'text' },
    openNegotiations: { as: 'count' },
    openComplaints: { as: 'count' },
    acceptedAt: { as: 'instant' },
    negotiationEnd: { as: 'code', values: ENDS },
    negotiationEndedAt: { as: 'instant' },
    negotiationEntry: { as: 'count' },
    negotiationBasis: { as: 'code', values: SETTLED_BY },
    expiries: { as: 'text' },
    disputed: { as: 'text' },
    further: { as: 'text' },
    handledEnd: { as: 'code', values: ENDS },
    handledEndedAt: { as: 'instant' },
    handledEntry: { as: 'count' },
    declinedEnd: { as: 'code', values: ENDS },
    declinedEndedAt: { as: 'instant' },
    declinedEntry: { as: 'count' },
  },
  counted: ['outcome', 'negotiation', 'settledBy'],
  attributions: ['concludedOn', 'negotiationConcludedOn'],
  keyOf: disputeOf,
  evolve: (state, event) => evolveDispute(state ?? NEW_DISPUTE, event as DisputeFactEvent),
  union: {
    primaryOf: ({ mergedInto }) => mergedInto,
    membersOf: ({ members }) => members?.split(' ') ?? [],
    withMembers: (state = NEW_DISPUTE, members) => resolved({ ...state, members: joined(members) }),
    united,
  },
  park: (state = NEW_DISPUTE, day) => ({
    ...state,
    outcome: PARKED,
    concludedOn: state.concludedOn ?? day,
    negotiation: state.negotiation === 'NONE' ? 'NONE' : PARKED,
    negotiationConcludedOn: state.negotiation === 'NONE' ? null : (state.negotiationConcludedOn ?? day),
  }),
};

/**
 * The dispute's own events carry its id in the stream; those of its procedures as correlation. A referral or mediation may have
 * come from elsewhere and not be known to be about a dispute yet.
 */
function disputeOf(event: FactEvent): string | null | undefined {
  if (event.stream.startsWith('dispute-')) return event.stream.slice('dispute-'.length);
  return event.correlationId ?? (FURTHER_TYPES.has(event.type) ? undefined : null);
}

const FURTHER_TYPES: ReadonlySet<string> = new Set(furtherTypes);

/**
 * The matrix of metrics 3.2 over the procedures of a dispute. Which conclusion decides follows from when they occurred and
 * never from the order in which the procedures were written down. An agreed or claimed settlement changes nothing; only a
 * confirmed one does (T-31).
 */
function evolveDispute(state: DisputeFact, event: DisputeFactEvent): DisputeFact {
  if (FURTHER_TYPES.has(event.type)) return furtherChanged(state, event as RecordedEvent);
  switch (event.type) {
    case 'DisputeOpened': {
      const { respondentUscc, respondentRegion, sector, channel } = event.data;
      return { ...state, subject: respondentUscc, region: respondentRegion, sector, channel };
    }
    case 'DisputeRespondentIdentified':
      return { ...state, subject: event.data.respondentUscc, region: event.data.respondentRegion };
    case 'DisputeMergedInto':
      return resolved({ ...state, mergedInto: event.data.primary });
    case 'DisputeUnmerged':
      return resolved({ ...state, mergedInto: null });
    case 'NegotiationOpened':
      return resolved({ ...respondentOf(state, event.data), openNegotiations: state.openNegotiations + 1 });
    case 'SettlementConfirmed':
      return negotiationEnded(
        state,
        'NEGOTIATION_SETTLED',
        event,
        event.data.basis === 'silence' ? 'SILENCE' : 'CONSUMER',
      );
    case 'SettlementDisputed':
      return event.data.of === 'settlement' ? settlementDisputed(state, event) : state;
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
    case 'ComplaintReopened':
      return resolved({ ...state, openComplaints: state.openComplaints + 1 });
    case 'ComplaintMergedInto': {
      const openComplaints = Math.max(0, state.openComplaints - 1);
      return resolved({ ...state, openComplaints });
    }
    case 'ComplaintUnmerged':
      return resolved({ ...state, openComplaints: state.openComplaints + 1 });
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

type Ending = Pick<FactEvent, 'stream' | 'occurredAt' | 'position'>;

/** A result takes the place of the expiry of the same negotiation, whenever it occurred: it was only entered later. */
function negotiationEnded(
  state: DisputeFact,
  outcome: ProcedureOutcome,
  event: Ending,
  settledBy: DisputeFact['settledBy'] = 'NONE',
): DisputeFact {
  const id = idOf(event.stream);
  const known = expiriesOf(state);
  const others = known.filter(({ negotiation }) => negotiation !== id);
  const disputed = state.disputed?.split(' ') ?? [];
  const wasOpen = others.length === known.length && !disputed.includes(id);
  const ended = lastEndWith(state, outcome, event);
  return resolved({
    ...state,
    ...ended,
    negotiationBasis: ended.negotiationEntry === state.negotiationEntry ? state.negotiationBasis : settledBy,
    disputed: joined(disputed.filter((one) => one !== id)),
    openNegotiations: wasOpen ? Math.max(0, state.openNegotiations - 1) : state.openNegotiations,
    expiries: written(others),
  });
}

/** It counts as not settled from that moment on; nothing is open again for it. */
function settlementDisputed(state: DisputeFact, event: Ending): DisputeFact {
  const disputed = [...(state.disputed?.split(' ') ?? []), idOf(event.stream)];
  const failed = lastEndWith(state, 'NEGOTIATION_FAILED', event);
  const isLast = failed.negotiationEntry !== state.negotiationEntry;
  const negotiationBasis = isLast ? 'NONE' : state.negotiationBasis;
  return resolved({ ...state, ...failed, negotiationBasis, disputed: joined([...new Set(disputed)]) });
}

function joined(texts: readonly string[]): string | null {
  return texts.length === 0 ? null : texts.join(' ');
}

/** A mediation or referral, as far as a figure asks for it. Those of a complaint are told by the complaint. */
type Further = Pick<FurtherEntry, 'id' | 'status' | 'complaintId'>;

/** Each as `id/status/complaint`. A judicial confirmation resolves nothing that was not resolved before, and is left out. */
function furtherOf({ further }: DisputeFact): readonly Further[] {
  if (further === null) return [];
  return further.split(' ').map((text) => {
    const [id, status, complaint] = text.split('/');
    return { id: id!, status: status as Further['status'], complaintId: complaint === '' ? null : complaint! };
  });
}

function furtherChanged(state: DisputeFact, event: RecordedEvent): DisputeFact {
  if (categoryOf(event.stream) === 'confirmation') return state;
  const id = idOf(event.stream);
  const known = furtherOf(state);
  const before = known.find((one) => one.id === id);
  const entry = before && { ...BLANK, ...before, category: categoryOf(event.stream) as FurtherEntry['category'] };
  const after = furtherAfter(entry, event, id);
  const others = known.filter((one) => one !== before);
  const further = joined(
    [...others, after].map(({ id: one, status, complaintId }) => `${one}/${status}/${complaintId ?? ''}`),
  );
  const ended = after.conclusion === null ? {} : lastEndWith(state, after.conclusion.outcome, event);
  return resolved({ ...state, ...ended, further });
}

/** What of a procedure at a body or court is not kept. */
const BLANK = { mediation: null, openedAt: '', endedAt: null, conclusion: null };

function negotiationRanOut(state: DisputeFact, { stream, occurredAt: at, position }: Ending): DisputeFact {
  const expiry = { negotiation: idOf(stream), at, entry: position };
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
function lastEndWith(state: DisputeFact, outcome: Outcome, { occurredAt, position }: Ending): Partial<DisputeFact> {
  const by = concludedBy(outcome);
  const last = laterOf(endOf(state, by), { outcome, at: occurredAt, entry: position });
  return { [`${by}End`]: last.outcome, [`${by}EndedAt`]: last.at, [`${by}Entry`]: last.entry };
}

/** The last conclusion of the negotiations: a result, or that the time of one ran out. */
function lastOfNegotiations(state: DisputeFact): Conclusion<Outcome> | undefined {
  return expiriesOf(state)
    .map(({ at, entry }): Conclusion<Outcome> => ({ outcome: 'NEGOTIATION_EXPIRED', at, entry }))
    .reduce<Conclusion<Outcome> | undefined>(laterOf, endOf(state, 'negotiation'));
}

function endOf(state: DisputeFact, by: 'negotiation' | 'handled' | 'declined'): Conclusion<Outcome> | undefined {
  const outcome = state[`${by}End`];
  const at = state[`${by}EndedAt`];
  return outcome === 'NONE' || at === null ? undefined : { outcome, at, entry: state[`${by}Entry`] };
}

/** What came of the dispute and of its negotiations, from the conclusions and the procedures that are open. */
function resolved(state: DisputeFact): DisputeFact {
  const negotiated = lastOfNegotiations(state);
  const ended = [negotiated, endOf(state, 'handled'), endOf(state, 'declined')].filter((one) => one !== undefined);
  const deciding = decidingConclusion(ended);
  const isOpen = state.openNegotiations + state.openComplaints > 0 || furtherOf(state).some(isGoingOn);
  const negotiation = negotiationOf(state, negotiated);
  const isNegotiated = negotiation !== 'NONE' && negotiation !== 'PENDING';
  const isMerged = state.mergedInto !== null;
  const outcome = deciding === undefined ? 'PENDING' : isOpen ? 'PENDING_AGAIN' : deciding.outcome;
  return {
    ...state,
    outcome: isMerged && outcome !== 'PENDING' ? 'MERGED' : outcome,
    concludedOn: deciding === undefined ? null : epochDayOf(deciding.at),
    negotiation: isMerged && isNegotiated ? 'MERGED' : negotiation,
    settledBy: state.negotiationBasis,
    negotiationConcludedOn: isNegotiated ? epochDayOf(negotiated!.at) : null,
  };
}

/** What came of a dispute by its own procedures and those of the disputes that are one with it. */
function united(own: DisputeFact, others: readonly DisputeFact[]): DisputeFact {
  const all = [own, ...others];
  const accepted = all.flatMap(({ acceptedAt }) => acceptedAt ?? []);
  const { outcome, concludedOn, negotiation, negotiationConcludedOn, settledBy } = resolved({
    ...own,
    ...lastOf(all, 'negotiation'),
    ...lastOf(all, 'handled'),
    ...lastOf(all, 'declined'),
    openNegotiations: all.reduce((sum, { openNegotiations }) => sum + openNegotiations, 0),
    openComplaints: all.reduce((sum, { openComplaints }) => sum + openComplaints, 0),
    acceptedAt: accepted.length === 0 ? null : Math.min(...accepted),
    expiries: joined(all.flatMap(({ expiries }) => expiries ?? [])),
    further: joined(all.flatMap(({ further }) => further ?? [])),
  });
  return { ...own, outcome, concludedOn, negotiation, negotiationConcludedOn, settledBy };
}

/** The last conclusion of one kind among several disputes. */
function lastOf(all: readonly DisputeFact[], by: 'negotiation' | 'handled' | 'declined'): Partial<DisputeFact> {
  const ended = all.flatMap((fact) => {
    const end = endOf(fact, by);
    return end === undefined ? [] : [{ ...end, fact }];
  });
  const last = ended.reduce<(typeof ended)[number] | undefined>((one, other) => laterOf(one, other), undefined);
  if (last === undefined) return {};
  const basis = by === 'negotiation' ? { negotiationBasis: last.fact.negotiationBasis } : {};
  return { [`${by}End`]: last.outcome, [`${by}EndedAt`]: last.at, [`${by}Entry`]: last.entry, ...basis };
}

function isGoingOn({ status, complaintId }: Further): boolean {
  return complaintId === null && (status === 'pending' || status === 'agreed');
}

function negotiationOf(state: DisputeFact, last: Conclusion<Outcome> | undefined): NegotiationResult {
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
