import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '#kernel';
import { formatInstant, startOfDay } from '#kernel';
import { isRefused, rateOf } from '#metrics';
import type { Figure, FigureQuery, KnownAsOf, RegisteredSubject } from '#metrics';
import { overallOf, parsePolicy, programmes, targetBoard, verdict } from './index.ts';
import type { ConditionVerdict, FigureSource, TargetRow, Verdict } from './index.ts';

const USCC = '91330100799655058B';

/** 10:00 of a legal day, with 50 events known. */
const asOfDay = (day: LocalDate): KnownAsOf => ({ instant: startOfDay(day) + 10 * 3_600_000, position: 50 });

/** Metrics that know one ratio per metric, and keep what they were asked. */
class Ratios implements FigureSource {
  readonly asked: FigureQuery[] = [];

  constructor(
    readonly known: KnownAsOf,
    readonly ratios: Readonly<Record<string, readonly [numerator: number, denominator: number]>>,
  ) {}

  async knownAsOf(): Promise<KnownAsOf> {
    return this.known;
  }

  async figure(query: FigureQuery): Promise<Figure> {
    this.asked.push(query);
    const [numerator, denominator] = this.ratios[query.metric] ?? [0, 0];
    return {
      metric: query.metric,
      name: query.metric,
      title: { en: query.metric, zh: query.metric },
      unit: 'dispute',
      numerator,
      denominator,
      rate: rateOf({ numerator, denominator }),
      status: denominator === 0 ? 'NOT_ASSESSABLE' : 'OK',
      excluded: {},
      excludedTotal: 0,
      formula: `${query.metric}@1`,
      variant: 'default',
      variants: {},
      imported: 0,
      flagged: 0,
      rules: [],
      calendar: null,
      scope: { key: 'respondentRegion', region: query.region ?? null, subject: query.subject ?? null },
      window: { from: query.from!, to: query.to! },
      asOf: { instant: formatInstant(this.known.instant), position: this.known.position },
      position: this.known.position,
      defaults: [],
      source: 'a test',
    };
  }
}

function registry(operatingSince: LocalDate | null): { subject: () => Promise<RegisteredSubject | null> } {
  return { subject: async () => ({ uscc: USCC, region: '140100', sector: null, operatingSince, position: 3 }) };
}

async function shanxi(
  ratio: readonly [number, number],
  operatingSince: LocalDate | null,
  day: LocalDate,
): Promise<Verdict> {
  const figures = new Ratios(asOfDay(day), { 'M-01': ratio });
  const answer = await verdict('shanxi', USCC, { figures, registry: registry(operatingSince) });
  if (isRefused(answer)) throw new Error(answer.detail);
  return answer;
}

const of = (answer: Verdict, id: string): ConditionVerdict => answer.conditions.find((one) => one.id === id)!;

describe('Shanxi unit, settlement rate of 95 per cent (SX-U7)', () => {
  it.each([
    [95, 100, 'MET'],
    [19, 20, 'MET'],
    [94_995, 100_000, 'NOT_MET'],
    [94_999_999, 100_000_000, 'NOT_MET'],
    [1, 1, 'MET'],
    [0, 1, 'NOT_MET'],
  ] as const)('%d of %d is %s', async (numerator, denominator, status) => {
    expect(of(await shanxi([numerator, denominator], '2020-01-01', '2024-07-01'), 'SX-U7').status).toBe(status);
  });

  it('is a person’s to review without a concluded dispute', async () => {
    const condition = of(await shanxi([0, 0], '2020-01-01', '2024-07-01'), 'SX-U7');
    expect(condition).toMatchObject({
      status: 'INDETERMINATE',
      reasons: ['NO_DATA'],
      clause: '四(二)1',
      threshold: '0.95',
    });
  });

  it.each([
    ['2024-07-01', '2022-07-01', '2024-07-02'],
    ['2024-02-29', '2022-02-28', '2024-03-01'],
  ])('looks back from %s to %s', async (day, from, to) => {
    expect(of(await shanxi([1, 1], null, day), 'SX-U7').evidence).toMatchObject({ figure: { window: { from, to } } });
  });

  it('shows where the objects are, pinned to what was known', async () => {
    const { evidence } = of(await shanxi([1, 1], null, '2024-07-01'), 'SX-U7');
    const objects = new URL((evidence as { objects: string }).objects, 'http://fangxin');
    expect(objects.pathname).toBe('/v1/metrics/M-01/objects');
    expect(Object.fromEntries(objects.searchParams)).toEqual({
      from: '2022-07-01',
      to: '2024-07-02',
      asOf: '50@2024-07-01T02:00:00.000Z',
      subject: USCC,
      formula: 'M-01@1',
    });
  });
});

describe('Shanxi unit, three full years in operation (SX-U2)', () => {
  it.each([
    ['2021-07-02', '2024-07-01', 'NOT_MET'],
    ['2021-07-01', '2024-07-01', 'MET'],
    ['2021-06-30', '2024-07-01', 'MET'],
    ['2020-02-29', '2023-02-27', 'NOT_MET'],
    ['2020-02-29', '2023-02-28', 'MET'],
  ])('since %s is on %s %s', async (since, day, status) => {
    expect(of(await shanxi([1, 1], since, day), 'SX-U2').status).toBe(status);
  });

  it('leaves whether it does well to a person', async () => {
    expect(of(await shanxi([1, 1], '2020-01-01', '2024-07-01'), 'SX-U2')).toMatchObject({
      reasons: ['HUMAN_CHECK_OPEN'],
      humanCheck: { question: '经济效益良好', status: 'OPEN' },
      evidence: { operatingSince: '2020-01-01', fullOn: '2023-01-01', evaluatedOn: '2024-07-01', position: 3 },
    });
  });

  it('is indeterminate without a date, and without a registration', async () => {
    expect(of(await shanxi([1, 1], null, '2024-07-01'), 'SX-U2')).toMatchObject({
      status: 'INDETERMINATE',
      reasons: ['DATE_UNKNOWN'],
    });
    const figures = new Ratios(asOfDay('2024-07-01'), {});
    const answer = await verdict('shanxi', USCC, { figures, registry: { subject: async () => null } });
    expect(of(answer as Verdict, 'SX-U2')).toMatchObject({ status: 'INDETERMINATE', reasons: ['NOT_REGISTERED'] });
  });
});

describe('A Shanxi unit as a whole', () => {
  it('answers all ten conditions, eight of which need a person’s evidence', async () => {
    const answer = await shanxi([95, 100], '2020-01-01', '2024-07-01');
    expect(answer.conditions.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => `SX-U${n}`));
    expect(answer.conditions.filter(({ reasons }) => reasons.includes('EVIDENCE_REQUIRED'))).toHaveLength(8);
    expect(answer.overall).toBe('INDETERMINATE');
  });

  it('is not eligible once one condition is not met', async () => {
    expect((await shanxi([94, 100], '2020-01-01', '2024-07-01')).overall).toBe('NOT_MET');
  });

  it('is eligible only when every condition is met', () => {
    expect(overallOf(['MET', 'MET'])).toBe('MET');
    expect(overallOf(['MET', 'INDETERMINATE'])).toBe('INDETERMINATE');
    expect(overallOf(['INDETERMINATE', 'NOT_MET'])).toBe('NOT_MET');
    expect(overallOf([])).toBe('INDETERMINATE');
  });
});

describe('Zibo targets', () => {
  async function rows(ratios: Ratios['ratios'], day = '2024-07-01'): Promise<readonly TargetRow[]> {
    const board = await targetBoard('zibo-2023-2025', { figures: new Ratios(asOfDay(day), ratios) });
    if (isRefused(board)) throw new Error(board.detail);
    return board.rows;
  }
  const row = (all: readonly TargetRow[], metric: string): TargetRow => all.find((one) => one.metric === metric)!;

  it('measures self-settlement against 80 per cent, the number itself included', async () => {
    expect(row(await rows({ 'M-02': [80, 100] }), 'self_settlement_rate')).toMatchObject({
      value: '0.80',
      actual: { numerator: 80, denominator: 100, text: '80.00%' },
      gap: { missing: 0 },
      status: 'MET',
      region: '370300',
      clause: '三(四)',
    });
    expect(row(await rows({ 'M-02': [79_999, 100_000] }), 'self_settlement_rate')).toMatchObject({
      actual: { text: '80.00%' },
      gap: { missing: 1 },
      status: 'NOT_MET',
    });
  });

  it('wants every hotline work order disposed of', async () => {
    expect(row(await rows({ 'M-05': [999, 1000] }), 'hotline_disposal_rate')).toMatchObject({
      status: 'NOT_MET',
      gap: { missing: 1 },
    });
    expect(row(await rows({ 'M-05': [1000, 1000] }), 'hotline_disposal_rate').status).toBe('MET');
  });

  it.each([
    ['M-03', 'complaint_on_time_close_rate'],
    ['M-04', 'report_verification_on_time_rate'],
  ])('measures %s against 99 per cent, the number itself included', async (metric, name) => {
    expect(row(await rows({ [metric]: [99, 100] }), name)).toMatchObject({
      value: '0.99',
      gap: { missing: 0 },
      status: 'MET',
      clause: '三(六)',
    });
    expect(row(await rows({ [metric]: [98_999, 100_000] }), name)).toMatchObject({
      actual: { text: '99.00%' },
      gap: { missing: 1 },
      status: 'NOT_MET',
    });
    expect(row(await rows({}), name)).toMatchObject({ status: 'INDETERMINATE', reasons: ['NO_DATA'], actual: null });
  });

  it('asks for the city, from the programme’s first day to the evaluation day', async () => {
    const figures = new Ratios(asOfDay('2024-07-01'), {});
    await targetBoard('zibo-2023-2025', { figures });
    expect(figures.asked.map(({ metric, region, from, to }) => ({ metric, region, from, to }))).toEqual([
      { metric: 'M-02', region: '370300', from: '2023-09-01', to: '2024-07-02' },
      { metric: 'M-05', region: '370300', from: '2023-09-01', to: '2024-07-02' },
      { metric: 'M-03', region: '370300', from: '2023-09-01', to: '2024-07-02' },
      { metric: 'M-04', region: '370300', from: '2023-09-01', to: '2024-07-02' },
    ]);
  });

  it.each([
    ['2025-11-30', '2023-09-01', '2025-12-01'],
    ['2026-06-01', '2023-09-01', '2025-12-01'],
    ['2023-08-01', '2023-08-02', '2023-08-02'],
  ])('on %s counts from %s up to %s', async (day, from, to) => {
    const figures = new Ratios(asOfDay(day), {});
    await targetBoard('zibo-2023-2025', { figures });
    expect(figures.asked.map((asked) => [asked.from, asked.to])).toEqual(Array(4).fill([from, to]));
  });

  it('lists what nothing measures yet, with the seed’s numbers and due days', async () => {
    const all = await rows({});
    expect(row(all, 'municipal_demo_units')).toMatchObject({
      value: '900',
      aspirational: true,
      due: '2025-11-30',
      status: 'INDETERMINATE',
      reasons: ['NOT_YET_MEASURED'],
      actual: null,
    });
    expect(row(all, 'self_settlement_rate')).toMatchObject({
      status: 'INDETERMINATE',
      reasons: ['NO_DATA'],
      actual: null,
    });
    const units = all.filter(({ sector, means }) => sector !== null && means !== '省级网络市场监管与服务示范区');
    expect(units.reduce((sum, { value }) => sum + Number(value), 0)).toBe(957);
  });

  it('answers for the region in the shape of a verdict', async () => {
    const figures = new Ratios(asOfDay('2024-07-01'), { 'M-02': [79, 100], 'M-05': [1, 1] });
    const answer = (await verdict('zibo-2023-2025', '370300', { figures, registry: registry(null) })) as Verdict;
    expect(answer).toMatchObject({ subject: '370300', subjectType: 'region', overall: 'NOT_MET' });
    expect(answer.conditions.find(({ threshold }) => threshold === '0.80')!.status).toBe('NOT_MET');
  });
});

describe('What is refused', () => {
  const figures = new Ratios(asOfDay('2024-07-01'), {});
  it.each([
    ['nowhere', USCC, 'UNKNOWN_PROGRAMME'],
    ['shanxi', '91330100799655058A', 'INVALID_SUBJECT'],
    ['zibo-2023-2025', '140000', 'OUTSIDE_PROGRAMME'],
    ['zibo-2023-2025', USCC, 'OUTSIDE_PROGRAMME'],
  ])('%s for %s: %s', async (programme, subject, code) => {
    expect(await verdict(programme, subject, { figures, registry: registry(null) })).toMatchObject({
      refused: true,
      code,
    });
  });

  it('refuses a policy that is misspelt or asks for no number', () => {
    const valid = `
id: draft
seed: none
title: draft
region: { code: "370300", name: 淄博市 }
issued: null
period: null
subjectTypes: [示范单位]
conditions:
  - { id: D1, appliesTo: 示范单位, clause: "1", means: rate, assess: metric,
      measure: { metric: M-01, threshold: "0.9", window: { kind: calendar-year } } }
targets: []
defaults: []
`;
    expect(parsePolicy(valid, 'draft.yaml').conditions).toHaveLength(1);
    expect(() => parsePolicy(valid.replace('"0.9"', '0.9'), 'draft.yaml')).toThrow(
      'draft.yaml: conditions[0]: measure',
    );
    expect(() => parsePolicy(valid.replace('clause:', 'claus:'), 'draft.yaml')).toThrow('claus');
    expect(() => parsePolicy(valid.replace('assess: metric', 'assess: luck'), 'draft.yaml')).toThrow('assess');
  });

  it('knows the programmes that ship', () => {
    expect([...programmes.keys()]).toEqual(['shanxi', 'zibo-2023-2025']);
  });
});
