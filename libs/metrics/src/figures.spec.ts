import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, epochDay, epochDayOf, isRefusal } from '#kernel';
import type { Position } from '#kernel';
import { regions } from '#regions';
import { isRefused, MetricsEngine } from './index.ts';
import type { Counted, CountedObject, Figure, FigureQuery, Grouping, ObjectsPage } from './index.ts';
import { MemoryLog } from './testing/memory-log.ts';
import type { Told } from './testing/memory-log.ts';
import { naiveDisputes, naiveWorkOrders } from './testing/naive-count.ts';
import type { NaiveCount } from './testing/naive-count.ts';
import { FIRST_DAY, histories, NOW, REGIONS, SUBJECTS } from './testing/random-history.ts';

const METRICS = ['M-01', 'M-02', 'M-05'] as const;
const GROUPINGS: readonly Grouping[] = ['region', 'subject', 'sector', 'channel', 'month'];

function engineOver(log: MemoryLog, upTo: Position = log.events.length): MetricsEngine {
  const engine = new MetricsEngine({ clock: { now: () => NOW }, log });
  engine.apply(log.events.slice(0, upTo), upTo);
  return engine;
}

const questions: fc.Arbitrary<FigureQuery> = fc
  .record({
    metric: fc.constantFrom(...METRICS),
    region: fc.constantFrom(undefined, undefined, '370000', ...REGIONS),
    subject: fc.constantFrom(undefined, undefined, ...SUBJECTS),
    start: fc.integer({ min: 0, max: 180 }),
    days: fc.integer({ min: 0, max: 200 }),
  })
  .map(({ metric, region, subject, start, days }) => {
    const from = addDays(FIRST_DAY, start);
    return { metric, region, subject, from, to: addDays(from, days) };
  });

async function figureOf(engine: MetricsEngine, query: FigureQuery): Promise<Figure> {
  const figure = await engine.figure(query);
  if (isRefused(figure)) throw new Error(figure.detail);
  return figure;
}

async function listOf(
  engine: MetricsEngine,
  query: FigureQuery,
  counted?: Counted,
  limit = 200,
): Promise<CountedObject[]> {
  const found: CountedObject[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = (await engine.objects({ ...query, counted, limit, cursor })) as ObjectsPage;
    found.push(...page.items);
    cursor = page.next;
  }
  return found;
}

/** The same question answered by a loop over events. */
function naive(log: MemoryLog, query: FigureQuery, upTo: Position, cutOff = NOW): NaiveCount[] {
  const all =
    query.metric === 'M-05'
      ? naiveWorkOrders(log.events, upTo)
      : naiveDisputes(log.events, upTo, query.metric as 'M-01' | 'M-02');
  return all.filter(
    ({ day, region, subject }) =>
      day >= epochDay(query.from!) &&
      day < epochDay(query.to!) &&
      day <= epochDayOf(cutOff) &&
      (query.subject === undefined || subject === query.subject) &&
      (query.region === undefined || (region !== null && regions.covers(query.region, region))),
  );
}

function naiveFigure(counts: readonly NaiveCount[], variant: 'default' | 'broad' | 'withoutSilence' = 'default') {
  const excluded: Record<string, number> = {};
  let [numerator, denominator] = [0, 0];
  for (const count of counts) {
    const verdict = count[variant] ?? count.default;
    if (!verdict.includes('/')) excluded[verdict] = (excluded[verdict] ?? 0) + 1;
    else denominator++;
    if (verdict === '1/1') numerator++;
  }
  return { numerator, denominator, excluded };
}

const essence = ({ numerator, denominator, excluded, variants, imported, flagged }: Figure) => ({
  numerator,
  denominator,
  excluded,
  variants,
  imported,
  flagged,
});

describe('Figures over random histories', () => {
  it('equal a count of the events by another way, now and as of every position', async () => {
    await fc.assert(
      fc.asyncProperty(histories, questions, async (told, query) => {
        const log = new MemoryLog(told);
        const engine = engineOver(log);
        for (let position = 0; position <= log.events.length; position++) {
          const counts = naive(log, query, position);
          const figure = await figureOf(engine, { ...query, asOf: { position, instant: NOW } });
          const { numerator, denominator, excluded } = figure;
          expect({ numerator, denominator, excluded }).toEqual(naiveFigure(counts));
          for (const variant of ['broad', 'withoutSilence'] as const) {
            if (query.metric === 'M-05' || (query.metric === 'M-02' && variant === 'broad')) continue;
            const beside = naiveFigure(counts, variant);
            expect(figure.variants[variant]).toEqual({ numerator: beside.numerator, denominator: beside.denominator });
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('as of a position equal what an engine that stopped there says now', async () => {
    await fc.assert(
      fc.asyncProperty(histories, questions, async (told, query) => {
        const log = new MemoryLog(told);
        const engine = engineOver(log);
        for (let position = 0; position <= log.events.length; position += 3) {
          const then = await figureOf(engineOver(log, position), query);
          const asOf = await figureOf(engine, { ...query, asOf: { position, instant: NOW } });
          expect(essence(asOf)).toEqual(essence(then));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('stop at the evaluation day, whatever was due later', async () => {
    await fc.assert(
      fc.asyncProperty(histories, questions, fc.integer({ min: 0, max: 180 }), async (told, query, days) => {
        const log = new MemoryLog(told);
        const instant = NOW - days * 86_400_000;
        const figure = await figureOf(engineOver(log), { ...query, asOf: { position: log.events.length, instant } });
        const { numerator, denominator, excluded } = figure;
        expect({ numerator, denominator, excluded }).toEqual(
          naiveFigure(naive(log, query, log.events.length, instant)),
        );
      }),
    );
  });

  it('add up over adjoining windows, and over every grouping', async () => {
    await fc.assert(
      fc.asyncProperty(histories, questions, fc.integer({ min: 0, max: 200 }), async (told, query, cut) => {
        const engine = engineOver(new MemoryLog(told));
        const whole = await figureOf(engine, query);
        const middle = [addDays(query.from!, cut), query.to!].sort()[0]!;
        const parts = [
          await figureOf(engine, { ...query, to: middle }),
          await figureOf(engine, { ...query, from: middle }),
        ];
        expect(totals(parts)).toEqual(totals([whole]));
        for (const groupBy of GROUPINGS) {
          const groups = await engine.figures({ ...query, groupBy });
          if (isRefused(groups)) throw new Error(groups.detail);
          expect(totals(groups)).toEqual(totals([whole]));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('list exactly the objects they count and exclude, page by page', async () => {
    await fc.assert(
      fc.asyncProperty(histories, questions, fc.integer({ min: 1, max: 3 }), async (told, query, limit) => {
        const log = new MemoryLog(told);
        const engine = engineOver(log);
        const figure = await figureOf(engine, query);
        const all = await listOf(engine, query, undefined, limit);
        expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
        expect(all.map(({ id }) => id).sort()).toEqual(
          naive(log, query, log.events.length)
            .map(({ id }) => id)
            .sort(),
        );
        expect(await listOf(engine, query, 'numerator', limit)).toHaveLength(figure.numerator);
        expect(await listOf(engine, query, 'denominator', limit)).toHaveLength(figure.denominator);
        const excluded = await listOf(engine, query, 'excluded', limit);
        expect(excluded).toHaveLength(figure.excludedTotal);
        for (const [reason, count] of Object.entries(figure.excluded)) {
          expect(excluded.filter((object) => object.reason === reason)).toHaveLength(count);
        }
        for (const object of all) expect(object.events.length).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });

  it('do not care in which order the streams were entered', async () => {
    await fc.assert(
      fc.asyncProperty(histories, questions, fc.infiniteStream(fc.nat()), async (told, query, choices) => {
        const entered = atDistinctInstants(told);
        const shuffled = interleavedAnew(entered, choices);
        const one = await figureOf(engineOver(new MemoryLog(entered)), query);
        const other = await figureOf(engineOver(new MemoryLog(shuffled)), query);
        expect(essence(other)).toEqual(essence(one));
      }),
      { numRuns: 150 },
    );
  });

  it('do not care in what batches the events came, or whether some came twice', async () => {
    await fc.assert(
      fc.asyncProperty(histories, questions, fc.integer({ min: 1, max: 7 }), async (told, query, size) => {
        const log = new MemoryLog(told);
        const engine = new MetricsEngine({ clock: { now: () => NOW }, log });
        for (let start = 0; start < log.events.length; start += size) {
          const batch = log.events.slice(Math.max(0, start - 2), start + size);
          engine.apply(batch, batch.at(-1)!.position);
        }
        expect(essence(await figureOf(engine, query))).toEqual(essence(await figureOf(engineOver(log), query)));
      }),
      { numRuns: 40 },
    );
  });
});

/** Each stream's events a few milliseconds apart from the others', so that no two conclusions share an instant. */
function atDistinctInstants(told: readonly Told[]): Told[] {
  const streams = [...new Set(told.map(({ stream }) => stream))].sort();
  return told.map((event) => ({ ...event, occurredAt: event.occurredAt + streams.indexOf(event.stream) }));
}

/** The same events, the streams interleaved in another way: what a dispute's own stream says of it stays first. */
function interleavedAnew(told: readonly Told[], choices: Iterator<number>): Told[] {
  const streams = new Map<string, Told[]>();
  for (const event of told) streams.set(event.stream, [...(streams.get(event.stream) ?? []), event]);
  const waiting = [...streams].filter(([stream]) => !stream.startsWith('dispute-')).map(([, events]) => events);
  const shuffled = [...streams].filter(([stream]) => stream.startsWith('dispute-')).flatMap(([, events]) => events);
  while (waiting.length > 0) {
    const at = choices.next().value! % waiting.length;
    shuffled.push(waiting[at]!.shift()!);
    if (waiting[at]!.length === 0) waiting.splice(at, 1);
  }
  return shuffled.map((event, index) => ({ ...event, recordedAt: NOW - 1_000_000 + index }));
}

function totals(figures: readonly Figure[]) {
  const excluded: Record<string, number> = {};
  let [numerator, denominator, broad] = [0, 0, 0];
  for (const figure of figures) {
    numerator += figure.numerator;
    denominator += figure.denominator;
    broad += figure.variants['broad']?.numerator ?? 0;
    for (const [reason, count] of Object.entries(figure.excluded)) excluded[reason] = (excluded[reason] ?? 0) + count;
  }
  return { numerator, denominator, broad, excluded };
}

describe('Questions that cannot be answered', () => {
  const engine = engineOver(new MemoryLog());
  it.each([
    [{ metric: 'M-99' }, 'UNKNOWN_METRIC'],
    [{ metric: 'M-01', variant: 'generous' }, 'UNKNOWN_VARIANT'],
    [{ metric: 'M-01', formula: '7' }, 'UNKNOWN_FORMULA'],
    [{ metric: 'M-01', from: '2024-02-30' }, 'INVALID_DATE'],
    [{ metric: 'M-01', from: '2024-02-02', to: '2024-02-01' }, 'WINDOW_REVERSED'],
    [{ metric: 'M-01', asOf: { instant: NOW + 1 } }, 'AS_OF_IN_FUTURE'],
    [{ metric: 'M-01', asOf: { position: 9 } }, 'POSITION_AHEAD'],
    [{ metric: 'M-01', asOf: { position: -1 } }, 'INVALID_POSITION'],
  ] as const)('%j is refused with %s', async (query, code) => {
    const refused = await engine.figure(query);
    expect(isRefused(refused) && isRefusal(refused) && refused.code).toBe(code);
  });

  it('refuses groupings, cursors, limits and parts it does not know', async () => {
    const asked = { metric: 'M-01' };
    expect(await engine.figures({ ...asked, groupBy: 'mood' as Grouping })).toMatchObject({ code: 'UNKNOWN_GROUPING' });
    const ages = { ...asked, from: '1900-01-01', to: '2024-01-01' };
    expect(await engine.figures({ ...ages, groupBy: 'month' })).toMatchObject({ code: 'WINDOW_TOO_LONG' });
    expect(await engine.objects({ ...asked, cursor: 'x' })).toMatchObject({ code: 'BAD_CURSOR' });
    expect(await engine.objects({ ...asked, limit: 0 })).toMatchObject({ code: 'BAD_LIMIT' });
    expect(await engine.objects({ ...asked, counted: 'most' as Counted })).toMatchObject({ code: 'UNKNOWN_COUNTED' });
  });

  it('waits for what the log holds already, and otherwise says that it cannot know yet', async () => {
    const log = new MemoryLog([{ type: 'ComplaintClosed', stream: 'complaint-1', occurredAt: NOW - 5 }]);
    const hasty = new MetricsEngine({ clock: { now: () => NOW }, log, patienceMs: 1 });
    await expect(hasty.figure({ metric: 'M-01', asOf: { position: 1 } })).rejects.toMatchObject({
      code: 'METRICS_BEHIND',
      retryable: true,
    });
    const patient = new MetricsEngine({ clock: { now: () => NOW }, log });
    const answer = patient.figure({ metric: 'M-01', asOf: { instant: NOW } });
    await new Promise((resolve) => setImmediate(resolve));
    patient.apply(log.events, 1);
    expect(await answer).toMatchObject({ position: 1 });
  });
});
