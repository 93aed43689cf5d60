import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, documentsGiven, startOfDay, type GivenEvent } from '#kernel';
import { parseAlertPolicy, shippedAlerts } from './alert-policy.ts';
import { raisedAt } from './raised.ts';
import { alertsView } from './views/alerts.ts';

const USCC = '9144030071526726XG';
const DAY = '2026-03-10';
const at = (day: string) => startOfDay(day) + 10 * 3_600_000;
let number = 0;
const complaint = (day: string, who: string | null, more: object = {}): GivenEvent => ({
  type: 'ComplaintReceived',
  stream: `complaint-${++number}`,
  occurredAt: at(day),
  data: {
    respondentUscc: USCC,
    sector: 'food',
    handlingRegion: '330602',
    complainantTokens: who === null ? {} : { phone: who },
    ...more,
  },
});
const negotiation = (type: string, day = DAY): GivenEvent => ({
  type,
  stream: 'negotiation-N1',
  occurredAt: at(day),
  data: { respondentUscc: USCC, respondentRegion: '330602' },
});
const raised = (events: readonly GivenEvent[], key: string, day = DAY) =>
  raisedAt(documentsGiven(alertsView, events).get(key)!, at(day), shippedAlerts);
const people = (count: number, day = DAY) => Array.from({ length: count }, (_, who) => complaint(day, `p${who}`));

describe('a group of complainants', () => {
  it('is so many different people against one unit', () => {
    expect(raised(people(9), `group:${USCC}`)).toBeUndefined();
    expect(raised(people(10), `group:${USCC}`)).toEqual({ count: 10, threshold: 10 });
    expect(raised([...people(9), ...people(9)], `group:${USCC}`)).toBeUndefined();
  });
  it('is forgotten when it is long ago, and those without a token are each somebody', () => {
    const events = Array.from({ length: 10 }, () => complaint(DAY, null));
    expect(raised(events, `group:${USCC}`)).toMatchObject({ count: 10 });
    expect(raised(events, `group:${USCC}`, addDays(DAY, 29))).toMatchObject({ count: 10 });
    expect(raised(events, `group:${USCC}`, addDays(DAY, 30))).toBeUndefined();
  });
});

describe('a spike', () => {
  it.each([`unit-spike:${USCC}`, 'sector-spike:food', 'region-spike:330602'])(
    '%s is a week far above those before',
    (key) => {
      const before = [7, 14, 21, 28].flatMap((days) => people(4, addDays(DAY, -days)));
      expect(raised([...before, ...people(12)], key)).toBeUndefined();
      expect(raised([...before, ...people(13)], key)).toEqual({ count: 13, threshold: 10, meanTimes100: 400 });
    },
  );
  it('needs a least number, also where nothing was before', () => {
    expect(raised(people(9), 'region-spike:330602')).toBeUndefined();
    expect(raised(people(10), 'region-spike:330602')).toMatchObject({ count: 10, meanTimes100: 0 });
  });
  it('has no unit and no sector where none is known', () => {
    const events = [complaint(DAY, 'p', { respondentUscc: null, sector: null })];
    expect([...documentsGiven(alertsView, events).keys()]).toEqual(['region-spike:330602']);
  });
});

describe('a negotiation that nobody answers', () => {
  it('is an alert after so many days, until somebody does', () => {
    const key = 'unanswered:N1';
    expect(raised([negotiation('NegotiationOpened')], key, addDays(DAY, 5))).toBeUndefined();
    expect(raised([negotiation('NegotiationOpened')], key, addDays(DAY, 6))).toEqual({ count: 6, threshold: 5 });
    for (const end of ['NegotiationAcknowledged', 'NegotiationFailed', 'NegotiationEscalated', 'NegotiationExpired']) {
      const docs = documentsGiven(alertsView, [negotiation('NegotiationOpened'), negotiation(end)]);
      expect(docs.has(key)).toBe(false);
    }
  });
});

it('the order in which complaints are entered changes nothing', () => {
  const days = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 5 })), { maxLength: 60 });
  fc.assert(
    fc.property(days, fc.infiniteStream(fc.nat()), (received, chance) => {
      const events = received.map(([ago, who]) => complaint(addDays(DAY, -ago), `p${who}`));
      const keyed = events.map((event) => ({ event, key: chance.next().value as number }));
      const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ event }) => event);
      const [one, other] = [events, shuffled].map((order) => documentsGiven(alertsView, order));
      for (const [key, doc] of one!) {
        expect(other!.get(key)).toEqual(doc);
        expect(raisedAt(other!.get(key)!, at(DAY), shippedAlerts)).toEqual(raisedAt(doc, at(DAY), shippedAlerts));
      }
    }),
  );
});

describe('thresholds of a place', () => {
  const valid =
    'group: { complainants: 2, days: 3, source: x }\nspike: { atLeast: 4, percentOfMean: 5, source: x }\nunanswered: { days: 6, source: x }';
  it('are read', () => {
    expect(parseAlertPolicy(valid, 'a.yaml')).toEqual({
      group: { complainants: 2, days: 3 },
      spike: { atLeast: 4, percentOfMean: 5 },
      unanswered: { days: 6 },
    });
  });
  it.each([
    ['no YAML', 'group: ['],
    ['zero', valid.replace('complainants: 2', 'complainants: 0')],
    ['a part missing', valid.replace(/unanswered.*/, '')],
    ['an unknown field', valid.replace('days: 6', 'weeks: 6')],
    ['no source', valid.replace('days: 6, source: x', 'days: 6')],
  ])('are refused with %s', (_, yaml) => {
    expect(() => parseAlertPolicy(yaml, 'a.yaml')).toThrow(expect.objectContaining({ code: 'ALERTS_INVALID' }));
  });
});
