import { describe, expect, it } from '@jest/globals';
import { documentsGiven, foldGiven, type DecisionContext } from '#kernel';
import { open } from './decide.ts';
import type { NegotiationEvent } from './events.ts';
import { evolveChannel, evolveStation, type ActivityRead, type OpenReads } from './reads.ts';
import { as, DISPUTE, given, MARKET_USCC, noon, USCC } from './testing/given-negotiation.ts';
import { negotiationsTable } from './negotiation.module.ts';
import { negotiationsView } from './views/negotiations.ts';
import { standingOffers } from './views/offer-standing.ts';
import { agreed, HISTORIES, on, type Given } from './testing/given-negotiation.ts';

const STATION = '01JA0000000000000000000000';
const dispute = { respondentUscc: USCC, respondentRegion: '330602', sector: null, mergedInto: null };
const active: ActivityRead = [{ at: noon('2026-03-01'), active: true }];
const closed: ActivityRead = [...active, { at: noon('2026-03-02'), active: false }];
const opening = { disputeId: DISPUTE, respondentUscc: USCC };
const reading = (more: Partial<OpenReads>, day = '2026-03-04'): Partial<DecisionContext<OpenReads>> => ({
  ...as('public', day),
  reads: { dispute, membership: undefined, ...more },
});

describe('a negotiation at a station', () => {
  const at = { ...opening, venue: 'station' as const, stationId: STATION };
  it('names a station that was open at that time', () => {
    expect(given([]).when(open, at, reading({ station: active })).decision).toMatchObject([
      { type: 'NegotiationOpened', data: { venue: 'station', station: STATION } },
    ]);
    const refusal = { kind: 'conflict', code: 'STATION_NOT_OPEN', field: 'stationId' } as const;
    given([])
      .when(open, at, reading({ station: undefined }))
      .then(refusal);
    given([])
      .when(open, at, reading({ station: closed }))
      .then(refusal);
    given([])
      .when(open, at, reading({ station: active }, '2026-02-28'))
      .then(refusal);
    expect(given([]).when(open, at, reading({ station: closed }, '2026-03-01')).decision).toHaveLength(1);
  });
  it('need not name it, and names none elsewhere', () => {
    const [event] = given([]).when(open, { ...opening, venue: 'station' as const }, reading({}))
      .decision as readonly NegotiationEvent[];
    expect(Object.keys(event!.data)).not.toContain('station');
    given([])
      .when(open, { ...at, venue: 'merchant' as const }, reading({ station: active }))
      .then({ kind: 'invalid', code: 'VENUE_MISMATCH', field: 'stationId' });
  });
  it('is read of the station’s stream', () => {
    const read = foldGiven({ initial: [] as ActivityRead, evolve: evolveStation }, [
      { type: 'ServiceStationOpened', data: {}, occurredAt: 1 },
      { type: 'ServiceStationKeeperAppointed', data: {}, occurredAt: 2 },
      { type: 'ServiceStationSuspended', data: {}, occurredAt: 3 },
      { type: 'ServiceStationResumed', data: {}, occurredAt: 4 },
      { type: 'ServiceStationClosed', data: {}, occurredAt: 5 },
    ]);
    expect(read.map(({ at: moment, active: is }) => [moment, is])).toEqual([
      [1, true],
      [3, false],
      [4, true],
      [5, false],
    ]);
  });
});

describe('a negotiation in a green channel', () => {
  const at = { ...opening, venue: 'green-channel' as const, greenChannelUscc: MARKET_USCC };
  it('names a subject whose channel was active at that time', () => {
    expect(given([]).when(open, at, reading({ channel: active })).decision).toMatchObject([
      { data: { venue: 'green-channel', greenChannel: MARKET_USCC } },
    ]);
    const refusal = { kind: 'conflict', code: 'GREEN_CHANNEL_NOT_ACTIVE', field: 'greenChannelUscc' } as const;
    given([])
      .when(open, at, reading({ channel: undefined }))
      .then(refusal);
    given([])
      .when(open, at, reading({ channel: closed }))
      .then(refusal);
  });
  it('need not name it, and names none elsewhere', () => {
    expect(given([]).when(open, { ...opening, venue: 'green-channel' as const }, reading({})).decision).toHaveLength(1);
    given([])
      .when(open, { ...at, venue: 'station' as const }, reading({ channel: active }))
      .then({ kind: 'invalid', code: 'VENUE_MISMATCH', field: 'greenChannelUscc' });
  });
  it('is read of the subject’s stream', () => {
    const read = foldGiven({ initial: [] as ActivityRead, evolve: evolveChannel }, [
      { type: 'SubjectRegistered', data: {}, occurredAt: 1 },
      { type: 'GreenChannelOpened', data: {}, occurredAt: 2 },
      { type: 'GreenChannelSuspended', data: {}, occurredAt: 3 },
      { type: 'GreenChannelResumed', data: {}, occurredAt: 4 },
      { type: 'GreenChannelClosed', data: {}, occurredAt: 5 },
    ]);
    expect(read.map(({ active: is }) => is)).toEqual([true, false, true, false]);
  });
});

describe('the table', () => {
  const reads = (action: string) =>
    [...negotiationsTable.commands, ...negotiationsTable.processCommands!].find((row) => row.action === action)!.reads!;
  it('reads what is named, and nothing where nothing is', () => {
    const command = { ...opening, venue: 'station' };
    expect(reads('open')['station']!.stream({ ...command, stationId: STATION }, {})).toBe(`serviceStation-${STATION}`);
    expect(reads('open')['station']!.stream(command, {})).toBeNull();
    expect(reads('open')['channel']!.stream({ greenChannelUscc: MARKET_USCC.toLowerCase() }, {})).toBe(
      `subject-${MARKET_USCC}`,
    );
    expect(reads('open')['channel']!.stream(command, {})).toBeNull();
    expect(reads('pay-in-advance')['scheme']!.stream({ scheme: 'S' }, {})).toBe('advanceScheme-S');
    expect(reads('request-return')['store']!.stream({ store: 'S' }, {})).toBe('store-S');
    expect(reads('request-return')['commitment']!.stream({ store: 'S', basis: 'commitment' }, {})).toBe(
      'commitment-S-no-reason-return',
    );
    expect(reads('request-return')['commitment']!.stream({ store: 'S', basis: 'online' }, {})).toBeNull();
    expect(reads('receive-goods')['store']!.stream({}, {})).toBeNull();
    expect(reads('dispute-settlement')['complaint']!.stream({}, {})).toBeNull();
    expect(reads('dispute-by-complaint')['complaint']!.stream({ complaintId: 'C' }, {})).toBe('complaint-C');
  });
});

describe('the offers as they are answered', () => {
  const standing = (events: readonly Given[], day: string) => {
    const documents = documentsGiven(
      negotiationsView,
      events.map((event) => ({ ...event, stream: 'negotiation-N1' })),
    );
    return standingOffers(documents.get('N1')!, noon(day)).map(({ standing: one }) => one);
  };
  const next = (expiresAt: string | null) =>
    on('2026-03-05', {
      type: 'SettlementCountered',
      data: { offer: 2, by: 'consumer', amountFen: 200, performBy: null, terms: 'vault-2', expiresAt },
    });
  it('stand, are superseded or expired, or bind', () => {
    expect(standing(HISTORIES.open, '2026-03-06')).toEqual(['standing']);
    expect(standing([...HISTORIES.open, next(null)], '2026-03-06')).toEqual(['superseded', 'standing']);
    const expiring = [...HISTORIES.open, next('2026-03-08T00:00:00.000Z')];
    expect(standing(expiring, '2026-03-07')).toEqual(['superseded', 'standing']);
    expect(standing(expiring, '2026-03-09')).toEqual(['superseded', 'expired']);
    expect(standing([...HISTORIES.open, agreed], '2026-04-09')).toEqual(['agreed']);
  });
});
