import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmbeddedEventLog } from '#event-log';
import { type EmbeddedReader, openEmbeddedReadModelReader } from '../embedded/index.ts';
import type { ProjectionStatus } from '../port.ts';
import { type CaseDoc, cases, history } from '../testing/cases.ts';
import { FROM_SOURCE } from '../testing/source-process.ts';
import { openLog, tell } from '../testing/stored-log.ts';
import type { CaseWorkerOptions } from '../testing/worker-setup.ts';
import { type ProjectionWorker, startProjectionWorker, type WorkerExit } from './index.ts';

const SETUP = new URL('../testing/worker-setup.ts', import.meta.url);

describe('projections in a worker thread', () => {
  let folder: string;
  let log: EmbeddedEventLog;
  let worker: ProjectionWorker;
  let reader: EmbeddedReader;
  let reported: ProjectionStatus[];
  let exits: WorkerExit[];
  let exited: Promise<void>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fangxin-worker-'));
    log = openLog(folder);
    await tell(log, history(1, 500, 20));
    reported = [];
    exits = [];
    const options: CaseWorkerOptions = { folder, headSignal: log.headSignal };
    const exit = Promise.withResolvers<void>();
    exited = exit.promise;
    worker = await startProjectionWorker({
      module: SETUP,
      exportName: 'setUpCases',
      options,
      execArgv: FROM_SOURCE,
      onStatus: (statuses) => (reported = [...statuses]),
      onExit: (each) => {
        exits.push(each);
        exit.resolve();
      },
    });
    reader = openEmbeddedReadModelReader({ folder, projections: [cases], signal: worker.signal });
  });
  afterEach(async () => {
    await worker.stop();
    await reader.close();
    await log.close();
    await rm(folder, { recursive: true });
  });

  it('follow the log and wake the readers of other threads', async () => {
    expect(await reader.reached('cases', 500, 30_000)).toBe(true);
    for (let i = 0; i < 20; i++) {
      await tell(log, [{ stream: 'case-here', type: 'CaseChanged', data: { amountFen: i } }]);
      expect(await reader.reached('cases', 501 + i, 30_000)).toBe(true);
      expect(await reader.get<CaseDoc>('cases', 'here')).toMatchObject({ amountFen: i });
    }
  });

  it('report their status', async () => {
    expect(await reader.reached('cases', 500, 30_000)).toBe(true);
    while (reported.some(({ state }) => state !== 'live')) await new Promise((resolve) => setTimeout(resolve, 5));
    const status = { version: 1, checkpoint: 500, head: 500, lag: 0, parked: 0, state: 'live' };
    expect(await worker.status()).toEqual([
      { name: 'cases', ...status },
      { name: 'counter', ...status },
    ]);
    expect(worker.statuses.map(({ name, state }) => `${name} ${state}`).sort()).toEqual(['cases live', 'counter live']);
  });

  it('are rebuilt on request, with progress, and given up on request', async () => {
    expect(await reader.reached('cases', 500, 30_000)).toBe(true);
    const progress: number[] = [];
    const report = await worker.rebuild('cases', { compare: true, onProgress: ({ events }) => progress.push(events) });
    expect(report).toMatchObject({ position: 500, comparison: { differences: 0 } });
    expect(progress.at(-1)).toBe(report.events);
    const aborted = AbortSignal.abort(new Error('given up'));
    await expect(worker.rebuild('cases', { signal: aborted })).rejects.toThrow('given up');
    await expect(worker.rebuild('nothing')).rejects.toMatchObject({ name: 'Failure', code: 'UNKNOWN_PROJECTION' });
  });

  it('replay parked keys on request', async () => {
    await tell(log, [{ stream: 'case-bad', type: 'CaseChanged', data: { poison: 'spoilt' } }]);
    expect(await reader.reached('cases', 501, 30_000)).toBe(true);
    expect((await reader.parked('cases')).items.map(({ key }) => key)).toEqual(['bad']);
    const report = await worker.replayParked('cases', 'bad');
    expect(report).toEqual({ applied: 0, remaining: 1, reason: 'Error: spoilt' });
  });

  it('pass requests on to other followers', async () => {
    expect(await reader.reached('cases', 500, 30_000)).toBe(true);
    while (worker.statuses.some(({ lag }) => lag > 0)) await worker.status();
    expect(await worker.call('counter', 'figure', [{ of: 1 }])).toMatchObject({ method: 'figure', args: [{ of: 1 }] });
    await expect(worker.call('cases', 'figure', [])).rejects.toMatchObject({ code: 'UNKNOWN_METHOD' });
  });

  it('end quietly when asked to', async () => {
    await worker.stop();
    await worker.stop();
    expect(exits).toEqual([]);
    await expect(worker.status()).rejects.toMatchObject({ code: 'WORKER_GONE' });
  });

  it.each([
    ['crash', { code: 7, error: null }],
    ['throw', { code: 1, error: { message: expect.stringContaining('JSON') } }],
  ])('are reported gone after a %s, and start again where they were', async (method, exit) => {
    await worker.call('counter', method, []);
    await exited;
    expect(exits).toMatchObject([exit]);
    await expect(worker.call('counter', 'figure', [])).rejects.toMatchObject({ code: 'WORKER_GONE' });
    await tell(log, history(2, 100, 20));
    const options: CaseWorkerOptions = { folder, headSignal: log.headSignal };
    worker = await startProjectionWorker({
      module: SETUP,
      exportName: 'setUpCases',
      options,
      execArgv: FROM_SOURCE,
      onExit: (each) => exits.push(each),
    });
    while ((await worker.status()).some(({ lag }) => lag > 0)) await reader.reached('cases', 600, 10);
    expect((await worker.rebuild('cases', { compare: true })).comparison).toMatchObject({ differences: 0 });
  });

  it.each([
    ['setUpNothing', 'no projections today'],
    ['missing', 'exports no function missing'],
  ])('do not start when %s fails, and say why', async (exportName, message) => {
    const start = startProjectionWorker({
      module: SETUP,
      exportName,
      execArgv: FROM_SOURCE,
      onExit: (each) => exits.push(each),
    });
    await expect(start).rejects.toThrow(message);
    expect(exits).toEqual([]);
  });
});
