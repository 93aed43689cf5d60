import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, DAY_MS, epochDay, epochDayOf, startOfDay } from '#kernel';
import type { Instant, Position } from '#kernel';
import { regions } from '#regions';
import { isRefused, MetricsEngine } from './index.ts';
import type { CountedObject, Figure, FigureQuery, Grouping, ObjectsPage } from './index.ts';
import { clockedHistories, FIRST_DAY, NOW, REGIONS, SUBJECTS } from './testing/clocked-histories.ts';
import { LAW } from './testing/clocked-story.ts';
import { MemoryLog } from './testing/memory-log.ts';
import { naiveOnTime } from './testing/naive-on-time.ts';
import type { OnTimeCount, OnTimeMetric } from './testing/naive-on-time.ts';

const GROUPINGS: readonly Grouping[] = ['region', 'subject', 'sector', 'channel', 'month'];

const VARIANTS: readonly (readonly [OnTimeMetric, string])[] = [
  ['M-03', 'default'],
  ['M-03', 'closedBasis'],
  ['M-03b', 'default'],
  ['M-03c', 'default'],
  ['M-04', 'default'],
  ['M-05', 'default'],
  ['M-05b', 'default'],
  ['M-05b', 'dueOrClosed'],
  ['M-15', 'default'],
  ['M-15', 'allVenues'],
];

interface Asking extends FigureQuery {
  readonly metric: OnTimeMetric;
  readonly variant: string;
  readonly from: string;
  readonly to: string;
}

const questions: fc.Arbitrary<Asking> = fc
  .record({
    asked: fc.constantFrom(...VARIANTS),
    region: fc.constantFrom(undefined, undefined, '370000', ...REGIONS),
    subject: fc.constantFrom(undefined, undefined, undefined, ...SUBJECTS),
    start: fc.integer({ min: 0, max: 300 }),
    days: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 330 })),
  })
  .map(({ asked: [metric, variant], region, subject, start, days }) => {
    const from = addDays(FIRST_DAY, start);
    return { metric, variant, region, subject, from, to: addDays(from, days) };
  });

/** A moment of the time in which deadlines pass. */
const moments = fc
  .integer({ min: 0, max: 330 * 2 })
  .map((half) => Math.min(NOW, startOfDay(FIRST_DAY) + half * (DAY_MS / 2)));

function engineOver(log: MemoryLog, upTo: Position = log.events.length, now = NOW): MetricsEngine {
  const engine = new MetricsEngine({ clock: { now: () => now }, log, law: () => LAW });
  engine.apply(log.events.slice(0, upTo), upTo);
  return engine;
}

async function figureOf(engine: MetricsEngine, query: FigureQuery): Promise<Figure> {
  const figure = await engine.figure(query);
  if (isRefused(figure)) throw new Error(figure.detail);
  return figure;
}

function naive(log: MemoryLog, query: Asking, upTo: Position, instant: Instant): OnTimeCount[] {
  const asked = { metric: query.metric, variant: query.variant, upTo, today: epochDayOf(instant) };
  return naiveOnTime(log.events, asked).filter(
    ({ day, region, subject }) =>
      day >= epochDay(query.from) &&
      day < epochDay(query.to) &&
      (query.subject === undefined || subject === query.subject) &&
      (query.region === undefined || (region !== null && regions.covers(query.region, region))),
  );
}

function tally(counts: readonly OnTimeCount[], by: 'verdict' | 'declared') {
  const excluded: Record<string, number> = {};
  let [numerator, denominator] = [0, 0];
  for (const { [by]: verdict } of counts) {
    if (!verdict.includes('/')) excluded[verdict] = (excluded[verdict] ?? 0) + 1;
    else denominator++;
    if (verdict === '1/1') numerator++;
  }
  return { numerator, denominator, excluded };
}

const essence = ({ numerator, denominator, excluded, variants }: Figure) => ({
  numerator,
  denominator,
  excluded,
  variants,
});

/** One question about everything by each variant. */
const EVERYTHING: readonly Asking[] = VARIANTS.map(([metric, variant]) => ({
  metric,
  variant,
  from: '2025-01-01',
  to: '2028-01-01',
}));

/** A moment of each day that matters to a question: on which something counts, and the one after. */
function tellingMoments(log: MemoryLog, query: Asking): Instant[] {
  const days = naive(log, query, log.events.length, NOW + 365 * DAY_MS).flatMap(({ day }) => [day, day + 1]);
  return [...new Set(days)].map((day) => day * DAY_MS).filter((instant) => instant <= NOW);
}

describe('On-time figures over random histories', () => {
  it('are what the clocks of the law say, on every day that matters', async () => {
    await fc.assert(
      fc.asyncProperty(clockedHistories, fc.nat(), async (told, some) => {
        const log = new MemoryLog(told);
        const engine = engineOver(log);
        for (const query of EVERYTHING) {
          for (const instant of [...tellingMoments(log, query), NOW]) {
            for (const position of [log.events.length, some % (log.events.length + 1)]) {
              await expectAsCounted(engine, log, { ...query, asOf: { position, instant } });
            }
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('are so for any window, region and subject, as of every position', async () => {
    await fc.assert(
      fc.asyncProperty(clockedHistories, questions, moments, async (told, query, instant) => {
        const log = new MemoryLog(told);
        const engine = engineOver(log);
        for (let position = 0; position <= log.events.length; position++) {
          await expectAsCounted(engine, log, { ...query, asOf: { position, instant } });
        }
      }),
      { numRuns: 100 },
    );
  });

  it('are known by running counters as by looking at every object, on any day', async () => {
    await fc.assert(
      fc.asyncProperty(clockedHistories, questions, moments, fc.nat(), async (told, query, now, some) => {
        const log = new MemoryLog(told);
        const engine = engineOver(log);
        const position = some % (log.events.length + 1);
        const stopped = engineOver(log, position, now);
        for (const asked of [query, ...EVERYTHING, ...EVERYTHING.map((one) => ({ ...one, region: '370300' }))]) {
          const asOf = { position, instant: now };
          expect(essence(await figureOf(engine, { ...asked, asOf }))).toEqual(essence(await figureOf(stopped, asked)));
        }
      }),
      { numRuns: 80 },
    );
  });

  it('count each object in one of two adjoining windows, whatever the day of the question', async () => {
    await fc.assert(
      fc.asyncProperty(clockedHistories, questions, moments, fc.nat(300), async (told, query, now, cut) => {
        const engine = engineOver(new MemoryLog(told), told.length, now);
        const middle = [addDays(query.from, cut), query.to].sort()[0]!;
        const parts = [
          await figureOf(engine, { ...query, to: middle }),
          await figureOf(engine, { ...query, from: middle }),
        ];
        const whole = total([await figureOf(engine, query)]);
        expect(total(parts)).toEqual(whole);
        for (const groupBy of GROUPINGS) {
          const groups = await engine.figures({ ...query, groupBy });
          if (isRefused(groups)) throw new Error(groups.detail);
          // A group has the variants beside it only where the one that was asked for counts or excludes something.
          const declared = query.variant === 'default' ? whole.declared : total(groups).declared;
          expect(total(groups)).toEqual({ ...whole, declared });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('list exactly the objects they count and exclude, on their days', async () => {
    await fc.assert(
      fc.asyncProperty(clockedHistories, fc.constantFrom(...EVERYTHING), async (told, query) => {
        const log = new MemoryLog(told);
        const engine = engineOver(log);
        for (const instant of tellingMoments(log, query)) {
          const asOf = { position: log.events.length, instant };
          const said = (await listOf(engine, { ...query, asOf })).map(({ id, attributedOn, counted, reason }) => ({
            id,
            day: epochDay(attributedOn),
            verdict: counted === 'excluded' ? reason! : counted === 'numerator' ? '1/1' : '0/1',
          }));
          const expected = naive(log, query, log.events.length, instant);
          expect(byId(said)).toEqual(byId(expected.map(({ id, day, verdict }) => ({ id, day, verdict }))));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('never take back an answer as time goes by', async () => {
    await fc.assert(
      fc.asyncProperty(clockedHistories, questions, moments, moments, async (told, query, one, other) => {
        const [earlier, later] = [one, other].sort((a, b) => a - b) as [Instant, Instant];
        const log = new MemoryLog(told);
        const ask = (instant: Instant) => naive(log, query, log.events.length, instant);
        const engine = engineOver(log);
        const figure = async (instant: Instant) => {
          const { numerator, denominator } = await figureOf(engine, {
            ...query,
            asOf: { position: told.length, instant },
          });
          return { numerator, denominator };
        };
        const [before, after] = [await figure(earlier), await figure(later)];
        expect(after.denominator).toBeGreaterThanOrEqual(before.denominator);
        expect(after.numerator).toBeGreaterThanOrEqual(before.numerator);
        const known = new Set(ask(later).map(({ id, day, verdict }) => `${id} ${day} ${verdict}`));
        for (const { id, day, verdict } of ask(earlier)) expect(known).toContain(`${id} ${day} ${verdict}`);
      }),
      { numRuns: 60 },
    );
  });
});

async function expectAsCounted(
  engine: MetricsEngine,
  log: MemoryLog,
  query: Asking & { readonly asOf: { readonly position: Position; readonly instant: Instant } },
): Promise<void> {
  const { position, instant } = query.asOf;
  const counts = naive(log, query, position, instant);
  const { numerator, denominator, excluded, variants } = await figureOf(engine, query);
  expect({ ...query, numerator, denominator, excluded }).toEqual({ ...query, ...tally(counts, 'verdict') });
  if (query.variant !== 'default' || query.metric === 'M-05') return;
  const declared = tally(counts, 'declared');
  expect(variants['declared']).toEqual({ numerator: declared.numerator, denominator: declared.denominator });
}

async function listOf(engine: MetricsEngine, query: FigureQuery): Promise<CountedObject[]> {
  const listed: CountedObject[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = (await engine.objects({ ...query, limit: 3, cursor })) as ObjectsPage;
    listed.push(...page.items);
    cursor = page.next;
  }
  return listed;
}

function total(figures: readonly Figure[]) {
  const excluded: Record<string, number> = {};
  let [numerator, denominator, declared] = [0, 0, 0];
  for (const figure of figures) {
    numerator += figure.numerator;
    denominator += figure.denominator;
    declared += figure.variants['declared']?.numerator ?? 0;
    for (const [reason, count] of Object.entries(figure.excluded)) excluded[reason] = (excluded[reason] ?? 0) + count;
  }
  return { numerator, denominator, declared, excluded };
}

function byId<Item extends { readonly id: string }>(items: readonly Item[]): Item[] {
  return items.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
