import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, documentsGiven, startOfDay, type GivenEvent } from '#kernel';
import { parseAlertPolicy, shippedAlerts } from './alert-policy.ts';
import { raisedAt } from './raised.ts';
import { alertsView } from './views/alerts.ts';
import { shippedLaw } from '#law';

const { calendar } = shippedLaw();

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
  raisedAt(documentsGiven(alertsView, events).get(key)!, at(day), shippedAlerts, calendar);
const people = (count: number, day = DAY) => Array.from({ length: count }, (_, who) => complaint(day, `p${who}`));

describe('a group of complainants', () => {
  it('is so many different people against one unit', () => {
    expect(raised(people(9), `group:${USCC}`)).toBeUndefined();
    const ten = people(10);
    expect(raised(ten, `group:${USCC}`)).toEqual({
      ...{ count: 10, threshold: 10, window: { from: '2026-02-09', to: DAY } },
      objects: ten.map(({ stream }) => stream!.replace('complaint-', '')).sort(),
    });
    expect(raised([...people(9), ...people(9)], `group:${USCC}`)).toBeUndefined();
  });
  it('is forgotten when it is long ago, and those without a token are each somebody', () => {
    const events = Array.from({ length: 10 }, () => complaint(DAY, null));
    expect(raised(events, `group:${USCC}`)).toMatchObject({ count: 10 });
    expect(raised(events, `group:${USCC}`, addDays(DAY, 29))).toMatchObject({ count: 10 });
    expect(raised(events, `group:${USCC}`, addDays(DAY, 30))).toBeUndefined();
  });
});

describe('a joint complaint', () => {
  it('is as many people as have joined it', () => {
    const joined = (who: string, more: object = { respondentUscc: USCC }): GivenEvent => ({
      type: 'ComplainantJoined',
      stream: 'dispute-D1',
      occurredAt: at(DAY),
      data: { person: 2, complainant: who, complainantTokens: {}, ...more },
    });
    const others = Array.from({ length: 9 }, (_, who) => joined(`q${who}`));
    expect(raised([...people(1), ...others], `group:${USCC}`)).toMatchObject({
      count: 10,
      objects: expect.arrayContaining(['D1']),
    });
    expect(raised([...people(1), ...others.slice(1), joined('q9', {})], `group:${USCC}`)).toBeUndefined();
  });
});

describe('a spike', () => {
  it.each([`unit-spike:${USCC}`, 'sector-spike:food', 'region-spike:330602'])(
    '%s is a week far above those before',
    (key) => {
      const before = [7, 14, 21, 28].flatMap((days) => people(4, addDays(DAY, -days)));
      expect(raised([...before, ...people(12)], key)).toBeUndefined();
      expect(raised([...before, ...people(13)], key)).toMatchObject({
        count: 13,
        threshold: 10,
        meanTimes100: 400,
        window: { from: '2026-03-04', to: DAY },
      });
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
  it('is an alert after so many working days, until somebody does', () => {
    const key = 'unanswered:N1';
    // A week and a weekend: five working days.
    expect(raised([negotiation('NegotiationOpened')], key, addDays(DAY, 7))).toBeUndefined();
    const window = { from: DAY, to: addDays(DAY, 8) };
    const expected = { count: 6, threshold: 5, window, objects: ['N1'] };
    expect(raised([negotiation('NegotiationOpened')], key, addDays(DAY, 8))).toEqual(expected);
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
        expect(raisedAt(other!.get(key)!, at(DAY), shippedAlerts, calendar)).toEqual(
          raisedAt(doc, at(DAY), shippedAlerts, calendar),
        );
      }
    }),
  );
});

describe('what may make an authority look better than it is', () => {
  const OFFICE = 'Market supervision of Yuecheng';
  let cases = 0;
  const of = (type: string, data: object, day = DAY, authority: string | null = OFFICE): GivenEvent =>
    ({ type, stream: `complaint-c${++cases}`, occurredAt: at(day), data, authority, region: '330602' }) as GivenEvent;
  const times = (count: number, make: () => GivenEvent) => Array.from({ length: count }, make);
  const concluded = (more: object = {}, day = DAY) =>
    of('ComplaintConcluded', { result: 'mediated', disqualification: null, ...more }, day);

  it.each([
    ['malicious', { disqualification: '16(5)' }, 10],
    ['withdrawn', { result: 'withdrawn' }, 30],
  ])('%s: so many and more than so many hundredths of those concluded', (kind, more, percent) => {
    const marked = times(5, () => concluded(more));
    const usual = (count: number) => times(count, () => concluded());
    const enough = (5 * 100) / percent - 5;
    expect(raised([...marked.slice(1)], `${kind}:${OFFICE}`)).toBeUndefined();
    expect(raised([...marked, ...usual(Math.ceil(enough))], `${kind}:${OFFICE}`)).toBeUndefined();
    expect(raised([...marked, ...usual(Math.ceil(enough) - 1)], `${kind}:${OFFICE}`)).toMatchObject({
      ...{ count: 5, threshold: 5, percent, total: Math.ceil(enough) + 4 },
      objects: marked.map(({ stream }) => stream!.replace('complaint-', '')).sort(),
    });
  });
  it('reopened is a share of what was concluded, and is forgotten', () => {
    const events = [...times(20, () => concluded()), ...times(5, () => of('ComplaintReopened', {}))];
    expect(raised(events, `reopened:${OFFICE}`)).toMatchObject({ count: 5, total: 20 });
    expect(raised(events, `reopened:${OFFICE}`, addDays(DAY, 90))).toBeUndefined();
  });
  it('split is a share of what was classified', () => {
    const events = [...times(20, () => of('WorkOrderClassified', {})), ...times(5, () => of('WorkOrderSplit', {}))];
    expect(raised(events, `split:${OFFICE}`)).toMatchObject({ count: 5, total: 20 });
    expect(raised([...events, ...times(5, () => of('WorkOrderClassified', {}))], `split:${OFFICE}`)).toBeUndefined();
  });
  it('sent away is late with one working day left or fewer, whoever it is sent to', () => {
    // DAY is a Tuesday: due on Wednesday one day is left, on Thursday two.
    const returned = (acceptanceDue: string) =>
      of('ComplaintReturnedToIntake', { authority: OFFICE, reason: 'r-1', acceptanceDue });
    const transferred = (acceptanceDue: string) =>
      of('ComplaintTransferredOut', { fromAuthority: OFFICE, acceptanceDue });
    const late = [...times(3, () => returned('2026-03-11')), ...times(2, () => transferred('2026-03-09'))];
    const early = [
      ...times(4, () => returned('2026-03-12')),
      of('ComplaintTransferredOut', { fromAuthority: OFFICE, basis: 'intake' }),
    ];
    expect(raised([...late, ...early], `left-late:${OFFICE}`)).toMatchObject({ count: 5, total: 9, percent: 50 });
    expect(
      raised([...late, ...early, ...times(1, () => returned('2026-03-12'))], `left-late:${OFFICE}`),
    ).toBeUndefined();
    expect(
      raised([...late.slice(1), ...times(9, () => returned('2026-03-13'))], `left-late:${OFFICE}`),
    ).toBeUndefined();
  });
  it('is counted of a region where no authority is named, and of neither not at all', () => {
    const one = of('ComplaintConcluded', { result: 'mediated', disqualification: null }, DAY, null);
    expect([...documentsGiven(alertsView, [one]).keys()]).toContain('reopened:330602');
    const nobodys = { ...one, region: null } as GivenEvent;
    expect([...documentsGiven(alertsView, [nobodys]).keys()]).toEqual([]);
  });
});

describe('a titled unit on the list of serious violations', () => {
  const of = (type: string, programme?: string): GivenEvent => ({
    type,
    stream: 'unknown-1',
    occurredAt: at(DAY),
    data: { uscc: USCC, ...(programme === undefined ? {} : { programme }) },
  });
  const key = `blacklisted-title:${USCC}`;
  it('is an alert from the later of the two until the earlier end', () => {
    const [awarded, listed] = [of('TitleAwarded', 'shanxi'), of('SubjectBlacklisted')];
    for (const both of [
      [awarded, listed],
      [listed, awarded],
    ]) {
      expect(raised(both, key)).toMatchObject({ count: 1, window: { from: DAY, to: DAY }, objects: [USCC] });
      const docOf = (end: GivenEvent) => documentsGiven(alertsView, [...both, end]).get(key)!;
      for (const end of [of('TitleRevoked', 'shanxi'), of('SubjectDelisted')]) {
        expect(raisedAt(docOf(end), at(DAY), shippedAlerts, calendar)).toBeUndefined();
      }
    }
    expect(raised([awarded], key)).toBeUndefined();
    expect(raised([listed], key)).toBeUndefined();
    expect(documentsGiven(alertsView, [awarded, of('TitleRevoked', 'shanxi')]).has(key)).toBe(false);
  });
});

describe('a refused read', () => {
  const read = (count: number): GivenEvent => ({
    type: 'ProtectedReadRefused',
    stream: 'refusedRead-K1:2026-03-10:reports',
    occurredAt: at(DAY),
    data: { keyId: 'K1', role: 'hotline', day: DAY, view: 'reports', code: 'ROLE_NOT_ALLOWED', count },
  });
  const key = 'refused-read:K1:2026-03-10:reports';
  it('is an alert for a week, with the last count', () => {
    expect(raised([read(1), read(10)], key)).toMatchObject({ count: 10, threshold: 1 });
    expect(raised([read(1)], key, addDays(DAY, 6))).toBeDefined();
    expect(raised([read(1)], key, addDays(DAY, 7))).toBeUndefined();
  });
});

describe('a rule that is switched off', () => {
  it('raises nothing', () => {
    const off = { ...shippedAlerts, group: { ...shippedAlerts.group, enabled: false } };
    const doc = documentsGiven(alertsView, people(10)).get(`group:${USCC}`)!;
    expect(raisedAt(doc, at(DAY), off, calendar)).toBeUndefined();
  });
});

describe('thresholds of a place', () => {
  const valid = readFileSync(new URL('./alerts.yaml', import.meta.url), 'utf8');
  it('are read', () => {
    const file = valid.replace('workingDays: 5, source: none', 'workingDays: 6, source: x, enabled: false');
    expect(parseAlertPolicy(file, 'a.yaml')).toEqual({
      ...shippedAlerts,
      unanswered: { workingDays: 6, source: 'x', enabled: false },
    });
    expect(shippedAlerts.group).toEqual({ complainants: 10, days: 30, source: 'none', enabled: true });
  });
  it.each([
    ['no YAML', 'group: ['],
    ['zero', valid.replace('complainants: 10', 'complainants: 0')],
    ['more days than are kept', valid.replace('complainants: 10, days: 30', 'complainants: 10, days: 36')],
    ['more days of conduct than are kept', valid.replaceAll('days: 90', 'days: 93')],
    ['a rule missing', valid.replace(/^unanswered.*/m, '')],
    ['an unknown rule', `${valid}\nnews: { source: x }`],
    ['an unknown field', valid.replace('workingDays: 5', 'weeks: 5')],
    ['no source', valid.replace('workingDays: 5, source: none', 'workingDays: 5')],
    ['enabled that is no truth', valid.replace('workingDays: 5', 'enabled: maybe, workingDays: 5')],
  ])('are refused with %s', (_, yaml) => {
    expect(() => parseAlertPolicy(yaml, 'a.yaml')).toThrow(expect.objectContaining({ code: 'ALERTS_INVALID' }));
  });
});
