import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Principal } from '#access';
import { lockDataFolder, openEmbeddedEventLog, type EmbeddedEventLog } from '#event-log';
import { startOfDay } from '#kernel';
import { shippedLaw } from '#law';
import { RefusedReadRecorder, refusedReadsTable } from './refused-reads.ts';

describe('reads that were refused', () => {
  const principal: Principal = { keyId: 'K1', role: 'hotline', scope: { region: '330602', subject: null } };
  const refused = (view = 'reports') => ({ principal, view, code: 'ROLE_NOT_ALLOWED' });
  const reports: unknown[] = [];
  let folder: string;
  let now: number;
  let log: EmbeddedEventLog;
  let close: () => Promise<void>;
  const recorder = () =>
    new RefusedReadRecorder({
      ...{ log, clock: { now: () => now }, law: shippedLaw },
      report: (error) => reports.push(error),
    });
  const counts = async () =>
    (await log.readAll(0, { limit: 100 })).map(({ stream, data }) => [stream, (data as { count: number }).count]);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fangxin-refused-'));
    now = startOfDay('2026-03-10') + 10 * 3_600_000;
    const lock = lockDataFolder(folder);
    log = openEmbeddedEventLog({ folder, clock: { now: () => now }, schemas: [refusedReadsTable.schemas], lock });
    reports.length = 0;
    close = async () => {
      await log.close();
      lock.release();
      rmSync(folder, { recursive: true, force: true });
    };
  });
  afterEach(() => close());

  it('are written at 1, 10, 100 …, by key, day and view, and say nothing of what was asked for', async () => {
    const one = recorder();
    for (let times = 0; times < 250; times++) one.refused(refused());
    one.refused(refused('cases'));
    await one.settle();
    const stream = 'refusedRead-K1:2026-03-10:reports';
    expect(await counts()).toEqual([
      [stream, 1],
      [stream, 10],
      [stream, 100],
      ['refusedRead-K1:2026-03-10:cases', 1],
    ]);
    const [first] = await log.readAll(0, { limit: 1 });
    expect(first).toMatchObject({
      type: 'ProtectedReadRefused',
      region: '330602',
      actor: { id: 'refused-reads', role: 'process' },
      data: { keyId: 'K1', role: 'hotline', day: '2026-03-10', view: 'reports', code: 'ROLE_NOT_ALLOWED', count: 1 },
    });
    now += 86_400_000;
    one.refused(refused());
    await one.settle();
    expect((await counts()).at(-1)).toEqual(['refusedRead-K1:2026-03-11:reports', 1]);
    expect(reports).toEqual([]);
  });

  it('go on where the log stands after a restart, and are never counted twice', async () => {
    for (const expected of [
      [1, 10],
      [1, 10],
      [1, 10, 110],
    ]) {
      const one = recorder();
      const times = expected.length === 3 ? 100 : 10;
      for (let time = 0; time < times; time++) one.refused(refused());
      await one.settle();
      expect((await counts()).map(([, count]) => count)).toEqual(expected);
    }
    expect(reports).toEqual([]);
  });

  it('are reported where the log takes nothing, and end nobody', async () => {
    const one = recorder();
    await log.close();
    one.refused(refused());
    await one.settle();
    expect(reports).toHaveLength(1);
  });
});
