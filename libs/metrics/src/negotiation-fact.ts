import type { EpochDay } from '#kernel';
import { idOf } from '#kernel';
import type { RecordedNegotiationEvent } from '#negotiation/events';
import { negotiationClockChanges, VENUES } from '#negotiation/events';
import type { ClockColumns, ClockStandingCode } from './clock-standing.ts';
import { clockColumns, fieldsOfClock, foldClocks, keepClock, noClock, withoutClock } from './clock-standing.ts';
import type { Draft, FactKind } from './fact-kind.ts';
import { PARKED } from './fact-kind.ts';

/** Where the parties negotiate; `OTHER`: a place that these facts do not know. */
export const NEGOTIATION_VENUES = [...VENUES, 'OTHER', PARKED] as const;

const RESULT = clockColumns('result');
const COLUMNS: Readonly<Record<string, ClockColumns>> = { negotiation: RESULT };

/** Fact of one negotiation (和解): whether it had a result in time. */
export interface NegotiationFact {
  readonly [field: string]: string | number | null;
  readonly subject: string | null;
  /** Region of the respondent's place of operation. */
  readonly region: string | null;
  readonly sector: string | null;
  /** The venue, by which negotiations are grouped as other objects are by their channel. */
  readonly channel: string | null;
  readonly venue: (typeof NEGOTIATION_VENUES)[number];
  /** 和解期限: a settlement that was confirmed, a failure, or that the consumer turned to the authority. */
  readonly result: ClockStandingCode;
  readonly resultOn: EpochDay | null;
}

const NEW_NEGOTIATION: NegotiationFact = {
  subject: null,
  region: null,
  sector: null,
  channel: null,
  venue: 'OTHER',
  ...noClock(RESULT),
};

export const negotiationFacts: FactKind<NegotiationFact> = {
  name: 'negotiation',
  version: 2,
  types: [
    'NegotiationOpened',
    'SettlementConfirmed',
    'NegotiationFailed',
    'NegotiationEscalated',
    'NegotiationExpired',
    'NegotiationDeadlineAmended',
    'NegotiationLateEntryVerified',
  ],
  fields: {
    subject: { as: 'text' },
    region: { as: 'text' },
    sector: { as: 'text' },
    channel: { as: 'text' },
    venue: { as: 'code', values: NEGOTIATION_VENUES },
    ...fieldsOfClock(RESULT),
  },
  counted: ['venue', 'result'],
  attributions: ['resultOn'],
  keyOf: (event) => idOf(event.stream),
  evolve: (state, event) => evolveNegotiation(state ?? NEW_NEGOTIATION, event as RecordedNegotiationEvent),
  park: (state = NEW_NEGOTIATION, day) => ({
    ...state,
    venue: PARKED,
    result: PARKED,
    resultOn: state.resultOn ?? day,
  }),
};

function evolveNegotiation(state: NegotiationFact, event: RecordedNegotiationEvent): NegotiationFact {
  const draft: Draft<NegotiationFact> = { ...state };
  if (event.type === 'NegotiationOpened') {
    const { respondentUscc, respondentRegion, sector, venue } = event.data;
    draft.subject = respondentUscc;
    draft.region = respondentRegion;
    draft.sector = sector;
    draft.channel = venue;
    draft.venue = VENUES.includes(venue) ? venue : 'OTHER';
    keepClock(draft, RESULT, withoutClock(event.occurredAt));
  }
  foldClocks(draft, COLUMNS, negotiationClockChanges(event), event);
  return draft;
}
