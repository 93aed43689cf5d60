import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RegionTree } from '#regions';
import { formulaBook, MetricsEngine, MetricsFollower } from './index.ts';
import { SNAPSHOT_FILE } from './snapshot.ts';
import { clockedHistories, NOW as NOW_WITH_CLOCKS } from './testing/clocked-histories.ts';
import { MemoryLog } from './testing/memory-log.ts';
import type { Told } from './testing/memory-log.ts';
import { histories, NOW } from './testing/random-history.ts';

const newEngine = (log: MemoryLog, now = NOW) => new MetricsEngine({ clock: { now: () => now }, log });
const everything = { from: '2023-01-01', to: '2027-01-01' };

describe('Kept facts', () => {
  let folder: string;
  let kept: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fangxin-metrics-'));
    kept = join(folder, SNAPSHOT_FILE);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function bytesOf(engine: MetricsEngine): Promise<Buffer> {
    await engine.save(folder);
    return readFile(kept);
  }

  it.each([
    ['disputes and work orders', histories, NOW],
    ['objects with clocks', clockedHistories, NOW_WITH_CLOCKS],
  ])('of %s go on exactly as a full replay: same bytes, same figures', async (_, some, now) => {
    await fc.assert(
      fc.asyncProperty(some, fc.nat(), async (told, cut) => {
        const log = new MemoryLog(told);
        const [head, half] = [log.events.length, cut % (log.events.length + 1)];
        const first = newEngine(log, now);
        first.apply(log.events.slice(0, half), half);
        await first.save(folder);
        const restarted = newEngine(log, now);
        expect(await restarted.load(folder)).toBe(true);
        expect(restarted.checkpoint()).toBe(half);
        restarted.apply(log.events, head);
        const replayed = newEngine(log, now);
        replayed.apply(log.events, head);
        expect((await bytesOf(restarted)).equals(await bytesOf(replayed))).toBe(true);
        for (const { id: metric } of formulaBook.newest) {
          for (const region of [undefined, '370300']) {
            const query = { metric, region, ...everything };
            expect(await restarted.figure(query)).toEqual(await replayed.figure(query));
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it('count a large subject again', async () => {
    const uscc = '91330100799655058B';
    const respondent = { respondentUscc: uscc, respondentRegion: '370302', sector: null };
    const told = Array.from({ length: 1100 }, (_, n): Told[] => [
      {
        type: 'NegotiationOpened',
        stream: `negotiation-${n}`,
        occurredAt: NOW - 2000,
        correlationId: `D${n}`,
        data: { disputeId: `D${n}`, ...respondent },
      },
      { type: 'SettlementConfirmed', stream: `negotiation-${n}`, occurredAt: NOW - 1000, correlationId: `D${n}` },
    ]).flat();
    const log = new MemoryLog(told);
    const engine = newEngine(log);
    engine.apply(log.events, log.events.length);
    await engine.save(folder);
    const restarted = newEngine(log);
    await restarted.load(folder);
    const query = { metric: 'M-01', subject: uscc, ...everything };
    expect(await restarted.figure(query)).toMatchObject({ numerator: 1100, denominator: 1100 });
    expect(await restarted.figure(query)).toEqual(await engine.figure(query));
  });

  it('are not used when damaged, cut off, of other facts, or ahead of the log', async () => {
    const log = new MemoryLog(fc.sample(histories, { numRuns: 1, seed: 7 })[0]!);
    const engine = newEngine(log);
    engine.apply(log.events, log.events.length);
    const sound = await bytesOf(engine);
    expect(await newEngine(log).load(folder)).toBe(true);
    for (const at of [0, 30, Math.floor(sound.length / 2), sound.length - 1]) {
      const damaged = Buffer.from(sound);
      damaged[at]! ^= 1;
      await writeFile(kept, damaged);
      expect(await newEngine(log).load(folder)).toBe(false);
    }
    for (const length of [0, 10, sound.length - 1]) {
      await writeFile(kept, sound.subarray(0, length));
      expect(await newEngine(log).load(folder)).toBe(false);
    }
    await writeFile(kept, sound);
    expect(await newEngine(new MemoryLog()).load(folder)).toBe(false);
    // A refused one is gone: no later start can take it for a good one.
    expect(await readdir(folder)).toEqual([]);
    expect(await newEngine(log).load(folder)).toBe(false);
  });

  it('are not used with a log that was restored and went on differently', async () => {
    const told = fc.sample(histories, { numRuns: 20, seed: 3 }).find(({ length }) => length > 10)!;
    const former = new MemoryLog(told);
    const engine = newEngine(former);
    engine.apply(former.events, former.events.length);
    await engine.save(folder);
    const restored = new MemoryLog(told.slice(0, 5), 'restored');
    for (const event of [...told.slice(5), ...told.slice(5)]) restored.tell(event);
    const restarted = newEngine(restored);
    expect(await restarted.load(folder)).toBe(false);
    expect(restarted.checkpoint()).toBe(0);
    expect(await readdir(folder)).toEqual([]);
  });

  it('hold nothing of the region table: another one counts them by itself', async () => {
    const respondent = { respondentUscc: null, respondentRegion: '370302', sector: null };
    const stream = 'negotiation-1';
    const log = new MemoryLog([
      { type: 'NegotiationOpened', stream, occurredAt: NOW - 2000, correlationId: 'D', data: respondent },
      { type: 'SettlementConfirmed', stream, occurredAt: NOW - 1000, correlationId: 'D' },
    ]);
    const engine = newEngine(log);
    engine.apply(log.events, log.events.length);
    await engine.save(folder);
    const entry = { zh: '区', type: 'administrative', source: 'test' } as const;
    const moved = new RegionTree([
      { ...entry, code: '370600', partOf: null },
      { ...entry, code: '370302', partOf: '370600' },
    ]);
    const restarted = new MetricsEngine({ clock: { now: () => NOW }, log, regions: moved });
    expect(await restarted.load(folder)).toBe(true);
    const within = (region: string) => restarted.figure({ metric: 'M-01', region, ...everything });
    expect(await within('370600')).toMatchObject({ numerator: 1 });
    expect(await within('370300')).toMatchObject({ denominator: 0 });
  });

  it('are written beside and put in place whole', async () => {
    await newEngine(new MemoryLog()).save(join(folder, 'new', 'place'));
    expect(await readdir(join(folder, 'new', 'place'))).toEqual([SNAPSHOT_FILE]);
  });

  it('are kept by the follower every so many positions, and when it is told to', async () => {
    const told = fc.sample(histories, { numRuns: 20, seed: 3 }).find(({ length }) => length > 10)!;
    const log = new MemoryLog(told);
    const problems: unknown[] = [];
    const options = (engine: MetricsEngine) => ({
      engine,
      folder,
      saveEvery: 5,
      report: (problem: unknown) => problems.push(problem),
    });
    const follower = await MetricsFollower.open(options(newEngine(log)), log as never);
    expect(await follower.checkpoint()).toBe(log.events.length);
    expect(await readdir(folder)).toEqual([SNAPSHOT_FILE]);
    const more = log.tell({ type: 'ComplaintClosed', stream: 'complaint-x', occurredAt: NOW - 1 });
    await follower.apply([more], more.position);
    await follower.save();
    const restarted = newEngine(log);
    await restarted.load(folder);
    expect(restarted.checkpoint()).toBe(more.position);
    expect(follower.status()).toMatchObject({ checkpoint: more.position, parked: 0 });
    expect(problems).toEqual([]);
  });

  it('are built anew beside the ones that answer, and tell where they differed', async () => {
    const told = fc.sample(histories, { numRuns: 20, seed: 3 }).find(({ length }) => length > 10)!;
    const log = new MemoryLog(told);
    const engine = newEngine(log);
    const problems: unknown[] = [];
    const options = { engine, folder, report: (problem: unknown) => problems.push(problem) };
    const follower = await MetricsFollower.open(options, log as never);
    const signal = new AbortController().signal;
    const onProgress = () => undefined;
    const whole = await follower.rebuild({ signal, onProgress });
    const none = { before: 0, after: 0 };
    expect(whole).toMatchObject({
      position: log.events.length,
      comparison: { differences: 0, keys: [] },
      parked: none,
    });
    expect(whole.comparison.documents).toBeGreaterThan(0);
    // An engine that was told what is not in the log stands otherwise, until the log is read again.
    const query = { metric: 'M-01', ...everything };
    const before = await engine.figure(query);
    const next = log.tell({ type: 'ComplaintClosed', stream: 'complaint-x', occurredAt: NOW - 1 });
    const invented = {
      ...next,
      type: 'NegotiationOpened',
      correlationId: 'invented',
      data: { disputeId: 'invented', respondentUscc: null, respondentRegion: '370302', sector: null },
    };
    await follower.apply([invented], next.position);
    expect((await follower.rebuild({ signal, onProgress })).comparison).toMatchObject({
      differences: 2,
      keys: ['dispute-invented', 'negotiation-x'],
    });
    expect(await engine.figure(query)).toMatchObject({ ...(before as object), asOf: {}, position: next.position });
    const restarted = newEngine(log);
    expect(await restarted.load(folder)).toBe(true);
    expect(restarted.checkpoint()).toBe(next.position);
    const aborted = AbortSignal.abort(new Error('given up'));
    await expect(follower.rebuild({ signal: aborted, onProgress })).rejects.toThrow('given up');
    expect(problems).toEqual([]);
  });

  it('of objects that stand still are listed with the event and the reason, page by page', async () => {
    const log = new MemoryLog(
      ['B', 'A', 'C'].map((id) => ({
        type: 'ComplaintConcluded',
        stream: `complaint-${id}`,
        occurredAt: NOW - 1,
        correlationId: id,
        data: { result: 'vanished' },
      })),
    );
    const options = { engine: newEngine(log), folder, report: () => undefined };
    const follower = await MetricsFollower.open(options, log as never);
    const reason = 'unknown result of a complaint: vanished';
    const letters = (kind: string) =>
      [
        ['A', 2],
        ['B', 1],
        ['C', 3],
      ].map(([id, position]) => {
        const key = `${kind}-${id}`;
        return { key, doc: { projection: 'metrics', key, position, eventId: `event-${position}`, reason } };
      });
    const listed: unknown[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await follower.deadLetters(cursor, 2);
      expect(page.items).toHaveLength(2);
      listed.push(...page.items);
      cursor = page.next;
    }
    expect(listed).toEqual([...letters('complaint'), ...letters('dispute')]);
  });

  it('that cannot be written are reported, and figures go on', async () => {
    const log = new MemoryLog(fc.sample(histories, { numRuns: 20, seed: 3 }).find(({ length }) => length > 10)!);
    await writeFile(join(folder, 'file'), '');
    const problems: unknown[] = [];
    const engine = newEngine(log);
    const options = { engine, folder: join(folder, 'nothing'), saveEvery: 1, report: (p: unknown) => problems.push(p) };
    const follower = await MetricsFollower.open(options, new MemoryLog() as never);
    const blocked = { ...options, folder: join(folder, 'file', 'x') };
    const other = await MetricsFollower.open(
      { ...blocked, engine: newEngine(new MemoryLog()) },
      new MemoryLog() as never,
    ).catch((error: unknown) => error);
    expect(other).toMatchObject({ code: 'ENOTDIR' });
    await rm(join(folder, 'nothing'), { recursive: true, force: true });
    await writeFile(join(folder, 'nothing'), 'in the way');
    await follower.apply(log.events, log.events.length);
    expect(problems).toHaveLength(1);
    expect(await follower.call('figure', [{ metric: 'M-01', ...everything }])).toMatchObject({ metric: 'M-01' });
  });
});
