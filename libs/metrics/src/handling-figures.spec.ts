import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Instant, Position } from '#kernel';
import { DAY_MS, epochDay, epochDayOf } from '#kernel';
import { isRefused, MetricsEngine } from './index.ts';
import type { CountedObject, Figure, FigureQuery, ObjectsPage } from './index.ts';
import { clockedHistories, NOW } from './testing/clocked-histories.ts';
import { ComplaintStory, LAW } from './testing/clocked-story.ts';
import { MemoryLog } from './testing/memory-log.ts';
import type { HandlingMetric } from './testing/naive-handling.ts';
import { naiveHandling } from './testing/naive-handling.ts';

const WIDE = { from: '2025-01-01', to: '2028-01-01' };

function engineOver(log: MemoryLog): MetricsEngine {
  const engine = new MetricsEngine({ clock: { now: () => NOW }, log, law: () => LAW });
  engine.apply(log.events, log.events.length);
  return engine;
}

async function figureOf(engine: MetricsEngine, query: FigureQuery): Promise<Figure> {
  const figure = await engine.figure(query);
  if (isRefused(figure)) throw new Error(figure.detail);
  return figure;
}

/** A complaint accepted in March 2026, whose mediation is due on 2026-05-06. */
const accepted = () => new ComplaintStory('c').received('2026-03-02').accepted('2026-03-04').notified('2026-03-04');
const ended = (ground: string, more: object = {}) =>
  accepted().concluded('2026-03-20', 'terminated', 'L-03', { ground, ...more });

type Counts = Readonly<Record<HandlingMetric, string>>;
const NEVER: Counts = { 'M-06': '0/0', 'M-06b': '0/0', 'M-07': '0/0', 'M-09': '0/0' };

/** metrics 3.2, and what it leaves open. */
const TABLE: readonly (readonly [string, () => ComplaintStory, Partial<Counts>])[] = [
  [
    'mediated to agreement',
    () => accepted().concluded('2026-03-20'),
    { 'M-06': '1/1', 'M-06b': '1/1', 'M-07': '1/1', 'M-09': '1/1' },
  ],
  [
    'mediated after the limit',
    () => accepted().concluded('2026-07-20'),
    { 'M-06': '1/1', 'M-06b': '1/1', 'M-07': '1/1', 'M-09': '1/1' },
  ],
  [
    'settled by the parties, with proof',
    () => ended('23(1)(1)', { evidence: ['refund-1'] }),
    { 'M-06': '1/1', 'M-06b': '1/1', 'M-07': '1/1' },
  ],
  [
    'settled by the parties as somebody says',
    () => ended('23(1)(1)'),
    { 'M-06': '1/1', 'M-06b': '1/1', 'M-07': '0/1' },
  ],
  ...['23(1)(2)', '23(1)(3)', '23(1)(4)', '23(1)(5)'].map(
    (ground) =>
      [
        `terminated on ${ground}`,
        () => ended(ground),
        { 'M-06': '1/1', 'M-06b': '1/1', 'M-07': '0/1', 'M-09': '0/1' },
      ] as const,
  ),
  ['terminated on 23(1)(8)', () => ended('23(1)(8)'), { 'M-06': '1/1', 'M-06b': '1/1', 'M-07': '0/1' }],
  ['a party ceased to exist', () => ended('23(1)(7)'), { 'M-06': '1/1', 'M-06b': '1/1', 'M-07': '0/1' }],
  ['found malicious', () => ended('23(1)(6)', { disqualification: '42' }), { 'M-06': '1/1' }],
  ['found to be none of its business', () => ended('23(1)(6)', { disqualification: '16(1)' }), { 'M-06': '1/1' }],
  ['withdrawn', () => accepted().concluded('2026-03-20', 'withdrawn'), { 'M-06': '1/1', 'M-06b': '1/1' }],
  [
    'withdrawn before a decision',
    () => new ComplaintStory('c').received('2026-03-02').concluded('2026-03-03', 'withdrawn'),
    {},
  ],
  ['not accepted', () => new ComplaintStory('c').received('2026-03-02').declined('2026-03-04'), {}],
  ['overdue', () => accepted(), { 'M-06': '0/1', 'M-06b': '0/1' }],
  ['undecided', () => new ComplaintStory('c').received('2026-03-02'), {}],
  ['sent on', () => new ComplaintStory('c').received('2026-03-02').returned('2026-03-03'), {}],
  ['merged after acceptance', () => accepted().mergedInto('2026-03-10'), {}],
  [
    'reopened and not concluded again',
    () => accepted().concluded('2026-03-20').reopened('2026-03-25', 'mediation'),
    { 'M-06': '0/1', 'M-06b': '0/1' },
  ],
  [
    'reopened and concluded otherwise',
    () => accepted().concluded('2026-03-20').reopened('2026-03-25', 'mediation').concluded('2026-04-20', 'terminated'),
    { 'M-06': '1/1', 'M-06b': '1/1', 'M-07': '0/1', 'M-09': '0/1' },
  ],
  [
    'declined, reopened, and mediated',
    () =>
      new ComplaintStory('c')
        .received('2026-03-02')
        .declined('2026-03-04')
        .notified('2026-03-04')
        .reopened('2026-03-10', 'acceptance')
        .accepted('2026-03-12')
        .concluded('2026-04-01'),
    { 'M-06': '1/1', 'M-06b': '1/1', 'M-07': '1/1', 'M-09': '1/1' },
  ],
];

describe('What counts as handled, and as a success', () => {
  it.each(TABLE)('%s', async (_, story, counts) => {
    const engine = engineOver(new MemoryLog(story().events));
    const found = await Promise.all(
      Object.keys(NEVER).map(async (metric) => {
        const { numerator, denominator } = await figureOf(engine, { metric, ...WIDE });
        return [metric, `${numerator}/${denominator}`] as const;
      }),
    );
    expect(Object.fromEntries(found)).toEqual({ ...NEVER, ...counts });
  });

  it('a complaint counts as handled in the month of its deadline, not in that of its conclusion', async () => {
    const engine = engineOver(new MemoryLog(accepted().concluded('2026-03-20').events));
    const months = await engine.figures({ metric: 'M-06', ...WIDE, groupBy: 'month' });
    if (isRefused(months)) throw new Error(months.detail);
    const counting = months.filter(({ denominator }) => denominator > 0);
    expect(counting.map(({ group }) => group!.key)).toEqual(['2026-05']);
  });

  it('gives what three towns publish, each by its own base (metrics 3.3)', async () => {
    // Guangyuan 2022Q1: received 250, accepted 183, mediated 92, closed 241.
    const closed = many('g', 92, (story) => accept(story).concluded('2026-03-20'))
      .concat(many('h', 91, (story) => accept(story).concluded('2026-03-20', 'terminated')))
      .concat(many('i', 58, (story) => story.declined('2026-03-04').notified('2026-03-04')))
      .concat(many('j', 9, (story) => story));
    const { variants } = await figureOf(engineOver(new MemoryLog(closed)), { metric: 'M-09', ...WIDE });
    expect(variants['closedBasis']).toEqual({ numerator: 92, denominator: 241 });
    expect(variants['acceptedBasis']).toEqual({ numerator: 92, denominator: 183 });
    expect(variants['acceptedAndClosed']).toEqual({ numerator: 92, denominator: 183 });
  });
});

const accept = (story: ComplaintStory) => story.accepted('2026-03-04').notified('2026-03-04');
function many(prefix: string, count: number, live: (story: ComplaintStory) => ComplaintStory) {
  return Array.from(
    { length: count },
    (_, index) => live(new ComplaintStory(`${prefix}${index}`).received('2026-03-02')).events,
  ).flat();
}

const VARIANTS: readonly (readonly [HandlingMetric, string])[] = [
  ['M-06', 'default'],
  ['M-06b', 'default'],
  ['M-07', 'default'],
  ['M-09', 'default'],
  ['M-09', 'acceptedBasis'],
  ['M-09', 'acceptedAndClosed'],
];

describe('Over random histories', () => {
  it('every object counts as its events say, as of any position and on any day that matters', async () => {
    await fc.assert(
      fc.asyncProperty(
        clockedHistories,
        fc.constantFrom(...VARIANTS),
        fc.nat(),
        async (told, [metric, variant], some) => {
          const log = new MemoryLog(told);
          const engine = engineOver(log);
          for (const position of [log.events.length, some % (log.events.length + 1)]) {
            const ask = (today: number) =>
              naiveHandling(log.events, { metric, variant, upTo: position, today }).filter(
                ({ verdict }) => verdict !== 'nowhere',
              );
            const days = ask(Infinity).flatMap(({ day }) => [day, day + 1]);
            const moments = [days[some % days.length] ?? 0, epochDayOf(NOW)].map((day) => Math.min(day * DAY_MS, NOW));
            for (const instant of moments) {
              const query = { metric, variant, ...WIDE, asOf: { position, instant } };
              expect({ ...query, said: byId(await listOf(engine, query)) }).toEqual({
                ...query,
                said: byId(ask(epochDayOf(instant))),
              });
              await expectToAddUp(engine, query);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

type Asking = FigureQuery & { readonly asOf: { readonly position: Position; readonly instant: Instant } };

async function expectToAddUp(engine: MetricsEngine, query: Asking): Promise<void> {
  const { numerator, denominator, excludedTotal } = await figureOf(engine, query);
  const listed = await listOf(engine, query);
  const ratios = listed.filter(({ verdict }) => verdict.includes('/'));
  expect([numerator, denominator, excludedTotal]).toEqual([
    ratios.filter(({ verdict }) => verdict === '1/1').length,
    ratios.length,
    listed.length - ratios.length,
  ]);
}

async function listOf(engine: MetricsEngine, query: FigureQuery) {
  const listed: CountedObject[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = (await engine.objects({ ...query, limit: 3, cursor })) as ObjectsPage;
    listed.push(...page.items);
    cursor = page.next;
  }
  return listed.map(({ id, attributedOn, counted, reason }) => ({
    id,
    day: epochDay(attributedOn),
    verdict: counted === 'excluded' ? reason! : counted === 'numerator' ? '1/1' : '0/1',
  }));
}

function byId<Item extends { readonly id: string }>(items: readonly Item[]): Item[] {
  return items.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
