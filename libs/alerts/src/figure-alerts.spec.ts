import { describe, expect, it } from '@jest/globals';
import { addDays, formatInstant, refuse, startOfDay, type LocalDate } from '#kernel';
import { rateOf, type Figure, type FigureQuery, type KnownAsOf } from '#metrics';
import { parsePolicy, programmes } from '#programmes';
import { shippedAlerts } from './alert-policy.ts';
import { figureAlerts, type FigureAnswers } from './figure-alerts.ts';

const DAY = '2024-07-01';
const known: KnownAsOf = { instant: startOfDay(DAY) + 10 * 3_600_000, position: 50 };
const [UNIT, OTHER] = ['91330100799655058B', '9144030071526726XG'];
type Ratio = readonly [numerator: number, denominator: number];

function figureOf(query: FigureQuery, [numerator, denominator]: Ratio, key?: string | null): Figure {
  return {
    ...{ metric: query.metric, name: query.metric, title: { en: '', zh: '' }, unit: 'dispute' },
    ...{ numerator, denominator, rate: rateOf({ numerator, denominator }) },
    status: denominator === 0 ? 'NOT_ASSESSABLE' : 'OK',
    ...{ excluded: {}, excludedTotal: 0, formula: `${query.metric}@1`, variant: 'default', variants: {} },
    ...{ imported: 0, flagged: 0, rules: [], calendar: null },
    scope: { key: 'respondentRegion', region: query.region ?? null, subject: query.subject ?? null },
    window: { from: query.from!, to: query.to! },
    asOf: { instant: formatInstant(known.instant), position: known.position },
    position: known.position,
    ...(key === undefined ? {} : { group: { by: 'subject', key } }),
    ...{ defaults: [], source: '' },
  };
}

/** Rates of units on the last day of a window. */
type Rates = (last: LocalDate) => ReadonlyMap<string | null, Ratio>;

const answering = (rates: Rates, whole: Ratio = [0, 0]): FigureAnswers => ({
  figures: async (query) => [...rates(addDays(query.to!, -1))].map(([key, ratio]) => figureOf(query, ratio, key)),
  figure: async (query) => figureOf(query, whole),
  subject: async (uscc) => ({ uscc, region: '140105', sector: null, operatingSince: null, position: 1 }),
});
/** One rate a month ago and one today. */
const turning =
  (was: Ratio | undefined, is: Ratio, key: string | null = UNIT): Rates =>
  (last) =>
    new Map(last === DAY ? [[key, is]] : was === undefined ? [] : [[key, was]]);
const shanxi = [programmes.get('shanxi')!];
const alertsOf = (rates: Rates, policy = shippedAlerts) => figureAlerts(shanxi, answering(rates), known, policy);

describe('a unit’s rate', () => {
  it('is an alert with the fall below the threshold, and says both figures and where the objects are', async () => {
    const [alert, ...more] = await alertsOf(turning([95, 100], [94, 100]));
    expect(more).toEqual([]);
    expect(alert).toMatchObject({
      ...{ id: `unit-rate:shanxi:SX-U7:${UNIT}`, of: UNIT, respondentUscc: UNIT, region: '140105', lastOn: DAY },
      ...{ threshold: '0.95', programme: 'shanxi', missing: 1 },
      figure: { numerator: 94, denominator: 100, scope: { subject: UNIT, region: null } },
      before: { numerator: 95, denominator: 100, window: { to: addDays(DAY, -29) } },
      rule: { name: 'unitRate', condition: 'SX-U7', clause: '四(二)1', days: 30, source: 'none' },
      objects: expect.stringContaining(`subject=${UNIT}`),
    });
  });
  it.each<[string, Ratio | undefined, Ratio]>([
    ['still reaches it', [95, 100], [95, 100]],
    ['was below it before', [94, 100], [90, 100]],
    ['had nothing to divide by before', [0, 0], [0, 1]],
    ['was not there before', undefined, [0, 1]],
    ['has nothing to divide by now', [1, 1], [0, 0]],
  ])('is none where it %s', async (_, was, is) => expect(await alertsOf(turning(was, is))).toEqual([]));
  it('is none of disputes whose unit nobody knows, and each unit’s own', async () => {
    expect(await alertsOf(turning([1, 1], [0, 1], null))).toEqual([]);
    const both: Rates = (last) => new Map([UNIT, OTHER].map((key) => [key, last === DAY ? [0, 1] : [1, 1]] as const));
    expect((await alertsOf(both)).map(({ of }) => of)).toEqual([UNIT, OTHER].sort());
  });
  it('counts from so many disputes on, and not where it is switched off', async () => {
    const rule = (more: object) => ({ ...shippedAlerts, unitRate: { ...shippedAlerts.unitRate, ...more } });
    expect(await alertsOf(turning([2, 2], [1, 2]), rule({ minDenominator: 3 }))).toEqual([]);
    expect(await alertsOf(turning([3, 3], [2, 3]), rule({ minDenominator: 3 }))).toHaveLength(1);
    expect(await alertsOf(turning([2, 2], [1, 2]), rule({ enabled: false }))).toEqual([]);
  });
  it('takes its threshold from the programme', async () => {
    const own = parsePolicy(programmeWith('0.80', null), 'own.yaml');
    const at = (is: Ratio) => figureAlerts([own], answering(turning([1, 1], is)), known, shippedAlerts);
    expect(await at([80, 100])).toEqual([]);
    expect(await at([79, 100])).toMatchObject([{ threshold: '0.80' }]);
  });
  it('is not put together from what the metrics refuse', async () => {
    const figures = async () => refuse('invalid', 'UNKNOWN_METRIC', 'there is none');
    await expect(
      figureAlerts(shanxi, { ...answering(turning([1, 1], [1, 1])), figures }, known, shippedAlerts),
    ).rejects.toMatchObject({ code: 'UNKNOWN_METRIC' });
  });
});

describe('a target', () => {
  const board = (due: LocalDate | null, whole: Ratio) =>
    figureAlerts(
      [parsePolicy(programmeWith('0.80', due), 'own.yaml')],
      answering(() => new Map(), whole),
      known,
      shippedAlerts,
    );
  it('is behind while its programme runs and its rate is below, up to and with the due day', async () => {
    expect(await board(DAY, [79, 100])).toMatchObject([
      { id: 'target-behind:own:T1', kind: 'target-behind', region: '370300', threshold: '0.80', missing: 1 },
    ]);
    expect(await board(null, [79, 100])).toHaveLength(1);
    expect(await board(DAY, [80, 100])).toEqual([]);
    expect(await board(DAY, [0, 0])).toEqual([]);
    expect(await board(addDays(DAY, -1), [79, 100])).toEqual([]);
  });
  it('ends with the programme where it has no day of its own: Zibo’s are over', async () => {
    const zibo = [programmes.get('zibo-2023-2025')!];
    const on = (day: LocalDate) =>
      figureAlerts(
        zibo,
        answering(() => new Map(), [0, 1]),
        { ...known, instant: startOfDay(day) },
        shippedAlerts,
      );
    expect((await on('2025-11-30')).map(({ of }) => of)).toEqual(['ZB-T6', 'ZB-T7', 'ZB-T8', 'ZB-T9']);
    expect(await on('2025-12-01')).toEqual([]);
  });
});

function programmeWith(value: string, due: LocalDate | null): string {
  const measure = `{ metric: M-01, threshold: '${value}', window: { kind: trailing-months, months: 24 } }`;
  return `id: own
seed: none
title: own
region: { code: '370300', name: 淄博市 }
issued: null
period: null
subjectTypes: [unit]
conditions:
  - { id: U1, clause: '1', means: rate, appliesTo: unit, assess: metric, measure: ${measure} }
targets:
  - { id: T1, clause: '2', means: rate, metric: rate, value: '${value}', due: ${due === null ? 'null' : `'${due}'`}, assess: metric, measure: ${measure} }
defaults: []
`;
}
