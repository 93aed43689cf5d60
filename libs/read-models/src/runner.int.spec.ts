import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Failure, type RecordedEvent, systemClock } from '#kernel';
import { type EmbeddedReadModels, openEmbeddedReadModels } from './embedded/index.ts';
import type { Follower } from './follower.ts';
import type { Projection, ProjectionStatus } from './port.ts';
import { createRunner, type Runner, type RunnerOptions } from './runner.ts';
import { type CaseDoc, cases, evolveCase, history } from './testing/cases.ts';
import { MemoryLog } from './testing/memory-log.ts';

const regions: Projection = {
  name: 'regions',
  version: 1,
  types: ['CaseOpened'],
  keys: (event) => [(event.data as CaseDoc).region],
  evolve: (doc) => ({ opened: ((doc as { opened: number } | undefined)?.opened ?? 0) + 1 }),
  indexes: { byOpened: ['opened'] },
};

let folder: string;
const opened: { runner: Runner; store: EmbeddedReadModels }[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fangxin-runner-'));
});
afterEach(async () => {
  for (const each of opened.splice(0)) await close(each);
  await rm(folder, { recursive: true });
});

interface Running {
  runner: Runner;
  store: EmbeddedReadModels;
  statuses: ProjectionStatus[];
}

async function run(
  log: MemoryLog,
  projections: readonly Projection[],
  more: Partial<RunnerOptions> = {},
): Promise<Running> {
  const store = openEmbeddedReadModels({ folder, projections });
  const statuses: ProjectionStatus[] = [];
  const runner = createRunner({
    reader: log,
    store,
    projections,
    clock: systemClock,
    bulk: 1,
    sleep: async () => new Promise((resolve) => setImmediate(resolve)),
    onStatus: (status) => statuses.push(status),
    ...more,
  });
  opened.push({ runner, store });
  await runner.start();
  return { runner, store, statuses };
}

async function close({ runner, store }: { runner: Runner; store: EmbeddedReadModels }): Promise<void> {
  await runner.stop();
  await store.close();
}

async function caughtUp(store: EmbeddedReadModels, log: MemoryLog, name = 'cases'): Promise<void> {
  expect(await store.reached(name, log.events.length, 30_000)).toBe(true);
}

async function dumpOf(store: EmbeddedReadModels, name = 'cases'): Promise<string[]> {
  const lines: string[] = [];
  for await (const { key, doc } of store.dump(name)) lines.push(`${key} ${doc}`);
  return lines;
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** What folding without batches, store and restarts gives. */
function expected(log: MemoryLog): Map<string, CaseDoc> {
  const documents = new Map<string, CaseDoc>();
  for (const event of log.events.filter((each) => cases.types.includes(each.type))) {
    for (const key of new Set(cases.keys(event))) {
      const doc = evolveCase(documents.get(key), event, key);
      if (doc === null) documents.delete(key);
      else documents.set(key, doc);
    }
  }
  return documents;
}

async function documentsOf(store: EmbeddedReadModels): Promise<Map<string, CaseDoc>> {
  const documents = new Map<string, CaseDoc>();
  for await (const { key, doc } of store.dump('cases')) documents.set(key, JSON.parse(doc) as CaseDoc);
  return documents;
}

const sorted = (documents: Map<string, CaseDoc>): [string, CaseDoc][] =>
  [...documents].sort(([a], [b]) => (a < b ? -1 : 1));

describe('following the log', () => {
  it('takes history, then what is written', async () => {
    const log = new MemoryLog();
    log.add(
      { stream: 'case-1', type: 'CaseOpened', data: { region: '330603' } },
      { stream: 'case-1', type: 'Unrelated' },
    );
    const { store, runner } = await run(log, [cases, regions]);
    await caughtUp(store, log);
    expect(await store.get<CaseDoc>('cases', '1')).toMatchObject({ region: '330603', events: 1 });
    log.add({ stream: 'case-1', type: 'CaseChanged', data: { status: 'closed' } });
    await caughtUp(store, log);
    await caughtUp(store, log, 'regions');
    expect(await store.get<CaseDoc>('cases', '1')).toMatchObject({ status: 'closed', events: 2 });
    await until(async () => (await runner.status()).every((status) => status.state === 'live'));
    expect(await runner.status()).toEqual([
      { name: 'cases', version: 1, checkpoint: 3, head: 3, lag: 0, parked: 0, state: 'live' },
      { name: 'regions', version: 1, checkpoint: 3, head: 3, lag: 0, parked: 0, state: 'live' },
    ]);
  });

  it('brings an event to all its documents, and removes', async () => {
    const log = new MemoryLog();
    const { store } = await run(log, [cases]);
    log.add(
      { stream: 'case-1', type: 'CaseLinked', data: { other: '2' } },
      { stream: 'case-1', type: 'CaseLinked', data: { other: '1' } },
      { stream: 'case-3', type: 'CaseOpened' },
      { stream: 'case-3', type: 'CaseErased' },
    );
    await caughtUp(store, log);
    expect(await store.get<CaseDoc>('cases', '1')).toMatchObject({ linked: ['2', '1'], events: 2 });
    expect(await store.get<CaseDoc>('cases', '2')).toMatchObject({ linked: ['1'], events: 1 });
    expect(await store.get('cases', '3')).toBeUndefined();
  });

  it('lets a new projection catch up and go on with the others', async () => {
    const log = new MemoryLog(() => 7);
    log.add(...history(1, 500, 20));
    const first = await run(log, [cases]);
    await caughtUp(first.store, log);
    await close(opened.pop()!);
    const second = await run(log, [cases, { ...cases, name: 'late' }]);
    log.add(...history(2, 500, 20));
    await caughtUp(second.store, log);
    await caughtUp(second.store, log, 'late');
    expect(await dumpOf(second.store, 'late')).toEqual(await dumpOf(second.store));
    log.add(...history(3, 50, 20));
    await caughtUp(second.store, log, 'late');
    await caughtUp(second.store, log);
    expect(await dumpOf(second.store, 'late')).toEqual(await dumpOf(second.store));
  });

  it('begins anew when the log is shorter than what was projected from it', async () => {
    const log = new MemoryLog();
    log.add({ stream: 'case-1', type: 'CaseOpened' }, { stream: 'case-2', type: 'CaseOpened' });
    await caughtUp((await run(log, [cases])).store, log);
    await close(opened.pop()!);
    const restored = new MemoryLog();
    restored.add({ stream: 'case-1', type: 'CaseOpened' });
    const { store } = await run(restored, [cases]);
    await caughtUp(store, restored);
    expect((await dumpOf(store)).map((line) => line.split(' ')[0])).toEqual(['1']);
  });

  it('begins anew, and says so, when the log was restored and went on differently', async () => {
    const log = new MemoryLog();
    log.add({ stream: 'case-1', type: 'CaseOpened' }, { stream: 'case-2', type: 'CaseOpened' });
    await caughtUp((await run(log, [cases])).store, log);
    await close(opened.pop()!);
    const restored = new MemoryLog(undefined, 'restored');
    for (const id of [1, 3, 4]) restored.add({ stream: `case-${id}`, type: 'CaseOpened' });
    const { store, runner } = await run(restored, [cases]);
    await caughtUp(store, restored);
    expect((await dumpOf(store)).map((line) => line.split(' ')[0])).toEqual(['1', '3', '4']);
    expect(await runner.status()).toMatchObject([{ state: 'live', reason: expect.stringContaining('built anew') }]);
  });

  it('gives the same documents whatever the batches and restarts', async () => {
    const scenario = fc.record({
      seed: fc.nat(),
      sizes: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 }),
      restarts: fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 3 }),
      streams: fc.integer({ min: 1, max: 25 }),
      bulk: fc.integer({ min: 1, max: 200 }),
    });
    await fc.assert(
      fc.asyncProperty(scenario, async ({ seed, sizes, restarts, streams, bulk }) => {
        let asked = 0;
        const log = new MemoryLog(() => sizes[asked++ % sizes.length]!);
        log.add(...history(seed, 300, streams));
        folder = await mkdtemp(join(tmpdir(), 'fangxin-runner-'));
        for (const position of [...restarts].sort((a, b) => a - b)) {
          const { store } = await run(log, [cases], { bulk });
          await store.reached('cases', position, 30_000);
          await close(opened.pop()!);
        }
        const { store } = await run(log, [cases], { bulk });
        await caughtUp(store, log);
        expect(sorted(await documentsOf(store))).toEqual(sorted(expected(log)));
        await close(opened.pop()!);
        await rm(folder, { recursive: true });
      }),
      { numRuns: 30 },
    );
    folder = await mkdtemp(join(tmpdir(), 'fangxin-runner-'));
  });
});

describe('poison events', () => {
  const poison = { stream: 'case-1', type: 'CaseChanged', data: { poison: 'cannot read this', status: 'closed' } };
  const mended: Projection<CaseDoc> = {
    ...cases,
    evolve: (doc, event, key) => {
      const { poison: _, ...data } = event.data as { poison?: string };
      return evolveCase(doc, { ...event, data }, key);
    },
  };

  function poisoned(): MemoryLog {
    const log = new MemoryLog(() => 2);
    log.add(
      { stream: 'case-1', type: 'CaseOpened' },
      { stream: 'case-2', type: 'CaseOpened' },
      poison,
      { stream: 'case-2', type: 'CaseChanged', data: { status: 'accepted' } },
      { stream: 'case-2', type: 'CaseLinked', data: { other: '1' } },
      { stream: 'case-1', type: 'CaseChanged', data: { amountFen: 5 } },
    );
    return log;
  }

  it('stop their own key and nothing else', async () => {
    const log = poisoned();
    const { store, runner } = await run(log, [cases]);
    await caughtUp(store, log);
    expect(await store.get<CaseDoc>('cases', '1')).toMatchObject({ status: 'open', events: 1 });
    expect(await store.get<CaseDoc>('cases', '2')).toMatchObject({ status: 'accepted', linked: ['1'], events: 3 });
    const { items } = await store.parked('cases');
    expect(items.map(({ doc }) => doc)).toEqual([
      { projection: 'cases', key: '1', position: 3, eventId: log.events[2]!.id, reason: 'Error: cannot read this' },
      {
        projection: 'cases',
        key: '1',
        position: 5,
        eventId: log.events[4]!.id,
        reason: 'waits for the event at position 3',
      },
      {
        projection: 'cases',
        key: '1',
        position: 6,
        eventId: log.events[5]!.id,
        reason: 'waits for the event at position 3',
      },
    ]);
    expect((await runner.status())[0]).toMatchObject({ parked: 3, lag: 0 });
  });

  it('stay stopped over a restart', async () => {
    const log = poisoned();
    await caughtUp((await run(log, [cases])).store, log);
    await close(opened.pop()!);
    log.add({ stream: 'case-1', type: 'CaseChanged', data: { amountFen: 6 } });
    const { store } = await run(log, [cases]);
    await caughtUp(store, log);
    expect((await store.parked('cases')).items).toHaveLength(4);
    expect(await store.get<CaseDoc>('cases', '1')).toMatchObject({ events: 1 });
  });

  it('are taken back in order by mended code, which gives what a rebuild gives', async () => {
    const log = poisoned();
    await caughtUp((await run(log, [cases])).store, log);
    await close(opened.pop()!);
    const { store, runner } = await run(log, [mended]);
    expect(await runner.replayParked('cases', '1')).toEqual({ applied: 3, remaining: 0, reason: null });
    expect(await store.get<CaseDoc>('cases', '1')).toMatchObject({
      status: 'closed',
      linked: ['2'],
      amountFen: 5,
      events: 4,
    });
    expect((await store.parked()).items).toEqual([]);
    log.add({ stream: 'case-1', type: 'CaseChanged', data: { amountFen: 7 } });
    await caughtUp(store, log);
    expect(await store.get<CaseDoc>('cases', '1')).toMatchObject({ amountFen: 7, events: 5 });
    const { comparison } = await runner.rebuild('cases', { compare: true });
    expect(comparison).toEqual({ documents: 2, differences: 0, keys: [] });
    expect(await runner.replayParked('cases', 'nothing-parked')).toEqual({ applied: 0, remaining: 0, reason: null });
  });

  it('stay parked, as far as they still fail', async () => {
    const log = poisoned();
    log.add(poison);
    const { store, runner } = await run(log, [cases]);
    await caughtUp(store, log);
    expect(await runner.replayParked('cases', '1')).toEqual({
      applied: 0,
      remaining: 4,
      reason: 'Error: cannot read this',
    });
    expect((await store.parked()).items).toHaveLength(4);
  });

  it('park their stream when not even their keys can be told, and come back with a rebuild', async () => {
    const broken: Projection<CaseDoc> = {
      ...cases,
      keys: (event) => {
        if ((event.data as { poison?: string }).poison !== undefined) throw new TypeError('no key here');
        return cases.keys(event);
      },
    };
    const log = poisoned();
    await caughtUp((await run(log, [broken])).store, log);
    const { items } = await opened[0]!.store.parked('cases');
    expect(items.map(({ key, doc }) => [key, doc.position, doc.reason])).toEqual([
      ['stream:case-1', 3, 'TypeError: no key here'],
      ['stream:case-1', 6, 'waits for the event at position 3'],
    ]);
    await close(opened.pop()!);
    const { store, runner } = await run(log, [mended]);
    expect(await runner.replayParked('cases', 'stream:case-1')).toEqual({ applied: 2, remaining: 0, reason: null });
    expect(await store.get<CaseDoc>('cases', '1')).toMatchObject({
      status: 'closed',
      linked: ['2'],
      amountFen: 5,
      events: 4,
    });
  });

  it.each<[string, (doc: CaseDoc) => unknown, RegExp]>([
    ['is no JSON', (doc) => ({ ...doc, at: new Date(0) }), /at is not plain JSON/],
    ['holds no number', (doc) => ({ ...doc, amountFen: NaN }), /amountFen is not a finite number/],
    ['cannot be indexed', (doc) => ({ ...doc, status: ['open'] }), /indexed field status/],
    ['is no object', () => 'text', /must be an object/],
    ['was changed in place', (doc) => Object.assign(doc, { status: 'closed' }), /read only/],
  ])('are also those whose document %s', async (_, spoil, reason) => {
    const spoiling: Projection<CaseDoc> = {
      ...cases,
      evolve: (doc, event, key) => (doc === undefined ? evolveCase(doc, event, key) : (spoil(doc) as CaseDoc)),
    };
    const log = new MemoryLog();
    log.add({ stream: 'case-1', type: 'CaseOpened' }, { stream: 'case-1', type: 'CaseChanged' });
    const { store } = await run(log, [spoiling]);
    await caughtUp(store, log);
    expect(await store.get<CaseDoc>('cases', '1')).toMatchObject({ status: 'open', events: 1 });
    expect((await store.parked()).items.map(({ doc }) => doc.reason)).toEqual([expect.stringMatching(reason)]);
  });
});

describe('rebuilding', () => {
  it('equals the live documents, with progress, while events come in and queries go on', async () => {
    const log = new MemoryLog();
    log.add(...history(7, 5000, 300));
    const { store, runner, statuses } = await run(log, [cases, regions]);
    await caughtUp(store, log);
    const before = await dumpOf(store);
    const progress: number[] = [];
    const rebuilt = runner.rebuild('cases', {
      compare: true,
      onProgress: ({ position }) => {
        progress.push(position);
        if (progress.length === 2) log.add(...history(8, 700, 300));
      },
    });
    expect(await store.count('cases')).toBe(before.length);
    const report = await rebuilt;
    expect(report).toMatchObject({ projection: 'cases', version: 1, comparison: { differences: 0, keys: [] } });
    expect(report.events).toBe(log.events.slice(0, report.position).filter(({ type }) => type !== 'Unrelated').length);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(statuses.some((status) => status.state === 'rebuilding')).toBe(true);
    await caughtUp(store, log);
    expect(sorted(await documentsOf(store))).toEqual(sorted(expected(log)));
  });

  it('shows the documents that changed code makes different, and swaps them in', async () => {
    const log = new MemoryLog();
    log.add(...history(9, 400, 30));
    await caughtUp((await run(log, [cases])).store, log);
    await close(opened.pop()!);
    const changed: Projection<CaseDoc> = {
      ...cases,
      evolve: (doc, event, key) => {
        const after = evolveCase(doc, event, key);
        return after !== null && key === '000003' ? { ...after, region: 'x' } : after;
      },
    };
    const { store, runner } = await run(log, [changed]);
    const { comparison } = await runner.rebuild('cases', { compare: true });
    expect(comparison).toMatchObject({ differences: 1, keys: ['000003'] });
    expect(await store.get<CaseDoc>('cases', '000003')).toMatchObject({ region: 'x' });
  });

  it('leaves the live documents alone when it is given up', async () => {
    const log = new MemoryLog();
    log.add(...history(10, 3000, 30));
    const { store, runner } = await run(log, [cases]);
    await caughtUp(store, log);
    const before = await dumpOf(store);
    const giveUp = new AbortController();
    const rebuilt = runner.rebuild('cases', { signal: giveUp.signal, onProgress: () => giveUp.abort() });
    await expect(rebuilt).rejects.toThrow();
    expect(await dumpOf(store)).toEqual(before);
    expect(await store.generation(cases, 'rebuild')).toBeUndefined();
    await expect(runner.rebuild('unknown')).rejects.toMatchObject({ code: 'UNKNOWN_PROJECTION' });
  });

  it('runs once at a time', async () => {
    const log = new MemoryLog();
    log.add(...history(11, 100, 30));
    const { store, runner } = await run(log, [cases]);
    await caughtUp(store, log);
    const [first, second] = await Promise.allSettled([runner.rebuild('cases'), runner.rebuild('cases')]);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'REBUILD_RUNNING' } });
  });

  it('builds a new version beside the old one, which answers until the swap', async () => {
    const log = new MemoryLog(() => 50);
    log.add(...history(12, 1000, 40));
    await caughtUp((await run(log, [cases])).store, log);
    await close(opened.pop()!);
    const renamed: Projection = {
      ...cases,
      version: 2,
      evolve: (doc, event, key) => {
        const after = evolveCase(doc as CaseDoc | undefined, event, key);
        return after && { ...after, generation: 'second' };
      },
      indexes: { byGeneration: ['generation'] },
    };
    const whileBuilding: boolean[] = [];
    const { store } = await run(log, [renamed], {
      onStatus: ({ state, checkpoint }) => {
        if (state !== 'rebuilding' || checkpoint === 0) return;
        void opened[0]!.store.get<{ generation?: string; events: number }>('cases', '000001').then((doc) => {
          whileBuilding.push(doc !== undefined && doc.generation === undefined);
        });
      },
    });
    await until(async () => (await store.generation(renamed, 'live'))?.version === 2);
    expect(whileBuilding.length).toBeGreaterThan(5);
    expect(whileBuilding.slice(0, 5)).toEqual([true, true, true, true, true]);
    expect(await store.count('cases', { generation: 'second' })).toBe(expected(log).size);
    log.add({ stream: 'case-000001', type: 'CaseOpened', data: { status: 'after' } });
    await caughtUp(store, log);
    expect(await store.get('cases', '000001')).toMatchObject({ generation: 'second', status: 'after' });
  });

  it('goes on with a half-built new version after a restart, and swaps it without another event', async () => {
    const log = new MemoryLog(() => 50);
    log.add(...history(13, 1000, 40));
    await caughtUp((await run(log, [cases])).store, log);
    await close(opened.pop()!);
    const second = { ...cases, version: 2 };
    const { store } = await run(log, [second]);
    await until(async () => ((await store.generation(second, 'rebuild'))?.checkpoint ?? 1000) >= 100);
    await close(opened.pop()!);
    const again = await run(log, [second]);
    await until(async () => (await again.store.generation(second, 'live'))?.version === 2);
    expect(sorted(await documentsOf(again.store))).toEqual(sorted(expected(log)));
  });
});

describe('failures', () => {
  const unavailable = new Failure('STORE_UNAVAILABLE', 'disk full', true);

  it('are tried again where that may help', async () => {
    const log = new MemoryLog(() => 10);
    const store = openEmbeddedReadModels({ folder, projections: [cases] });
    const commit = store.commit.bind(store);
    let failures = 0;
    store.commit = async (...args) => {
      if (failures < 5 && args[2].upTo > 20) {
        failures++;
        throw unavailable;
      }
      return commit(...args);
    };
    const { statuses } = await run(log, [cases], { store });
    log.add(...history(20, 100, 10));
    await caughtUp(store, log);
    expect(failures).toBe(5);
    expect(statuses.some((status) => status.reason === 'Failure: disk full')).toBe(true);
    await until(() => statuses.at(-1)?.state === 'live');
    expect(statuses.at(-1)?.reason).toBeUndefined();
    expect(sorted(await documentsOf(store))).toEqual(sorted(expected(log)));
    await store.close();
  });

  it('stop the projection where they do not, dead letters that cannot be written among them, and only that one', async () => {
    const log = new MemoryLog(() => 10);
    const store = openEmbeddedReadModels({ folder, projections: [cases, regions] });
    const commit = store.commit.bind(store);
    store.commit = async (...args) => {
      if (args[2].parked.length > 0) throw new Failure('STORE_BROKEN', 'no dead letters today');
      return commit(...args);
    };
    const { runner } = await run(log, [cases, regions], { store });
    log.add({ stream: 'case-1', type: 'CaseOpened', data: { region: 'r' } });
    await caughtUp(store, log);
    log.add({ stream: 'case-1', type: 'CaseChanged', data: { poison: 'x' } });
    await caughtUp(store, log, 'regions');
    const [stopped, other] = await runner.status();
    expect(stopped).toMatchObject({
      state: 'stopped',
      reason: 'Failure: no dead letters today',
      checkpoint: 1,
      lag: 1,
    });
    expect(other).toMatchObject({ state: 'live', lag: 0 });
    store.commit = commit;
    await runner.rebuild('cases');
    log.add({ stream: 'case-2', type: 'CaseOpened', data: { region: 'r' } });
    await caughtUp(store, log);
    expect((await runner.status())[0]).toMatchObject({ state: 'live', parked: 1 });
    await store.close();
  });

  it('of the log are tried again, too', async () => {
    const log = new MemoryLog(() => 10);
    log.add(...history(21, 100, 10));
    const follow = log.follow.bind(log);
    let failures = 0;
    log.follow = async function* (...args) {
      if (failures++ < 3) throw new Failure('LOG_UNAVAILABLE', 'not now', true);
      yield* follow(...args);
    };
    const { store } = await run(log, [cases, regions]);
    await caughtUp(store, log);
    await caughtUp(store, log, 'regions');
    expect(sorted(await documentsOf(store))).toEqual(sorted(expected(log)));
  });
});

describe('other followers', () => {
  it('get the events they want beside the projections, and requests', async () => {
    const taken: [string, number][] = [];
    let checkpoint = 0;
    const follower: Follower = {
      name: 'counter',
      types: ['Unrelated'],
      checkpoint: async () => checkpoint,
      apply: async (events: readonly RecordedEvent[], upTo) => {
        taken.push(...events.map((event): [string, number] => [event.type, event.position]));
        checkpoint = upTo;
      },
      status: () => ({ version: 1, checkpoint, parked: 0 }),
      call: async (method, args) => [method, ...args],
    };
    const log = new MemoryLog(() => 3);
    log.add({ stream: 'case-1', type: 'CaseOpened' }, { stream: 'case-1', type: 'Unrelated' });
    const { runner, store } = await run(log, [cases], { followers: [follower] });
    log.add({ stream: 'case-1', type: 'Unrelated' });
    await caughtUp(store, log);
    await until(() => checkpoint === 3);
    expect(taken).toEqual([
      ['Unrelated', 2],
      ['Unrelated', 3],
    ]);
    expect(await runner.call('counter', 'figure', [1])).toEqual(['figure', 1]);
    await expect(runner.call('cases', 'figure', [])).rejects.toMatchObject({ code: 'UNKNOWN_METHOD' });
    expect((await runner.status()).map((status) => status.name)).toEqual(['cases', 'counter']);
    await expect(runner.rebuild('counter')).rejects.toMatchObject({ code: 'NOT_A_PROJECTION' });
  });
});
