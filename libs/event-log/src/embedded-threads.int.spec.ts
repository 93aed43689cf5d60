import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { systemClock } from '#kernel';
import { type EmbeddedEventLog, openEmbeddedEventLog } from '#event-log';
import { command, note, noted, struck } from './contract/fixture.ts';
import { Checkpointer } from './embedded/checkpointer.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fangxin-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open(): EmbeddedEventLog {
  return openEmbeddedEventLog({ folder, clock: systemClock, schemas: [noted] });
}

/** Frames in the write-ahead log since it last started over, and how many of them are in the file already. */
function walOf(file: string): { log: number; checkpointed: number } {
  const database = new DatabaseSync(file);
  const { log, checkpointed } = database.prepare('PRAGMA wal_checkpoint(NOOP)').get() as never;
  database.close();
  return { log, checkpointed };
}

describe('a follower in another thread', () => {
  it.each(['woken by the log', 'looking by itself'])('(%s) sees every position once and in order', async (how) => {
    const log = open();
    await log.append('a-1', 'none', [note('1'), note('2')], command());
    const headSignal = how === 'woken by the log' ? { headSignal: log.headSignal } : {};
    const worker = new Worker('./dist/libs/event-log/src/trial/follow-in-worker.js', {
      workerData: { folder, schemas: [noted], end: 1002, ...headSignal },
    });
    // Asked for at once: the last message and the end may come in the same breath.
    const ended = once(worker, 'exit');
    expect(await once(worker, 'message')).toEqual(['following']);
    for (let n = 0; n < 20; n++) {
      await Promise.all(
        Array.from({ length: 25 }, () => log.append(`b-${n}`, 'any', [note('noted'), struck('struck')], command())),
      );
    }
    const expected = [1, 2, ...Array.from({ length: 500 }, (_, n) => 2 * n + 3)];
    expect(await once(worker, 'message')).toEqual([expected]);
    await ended;
    await log.close();
  });
});

describe('the write-ahead log', () => {
  it('starts over while writers go on', async () => {
    const log = open();
    const long = 'x'.repeat(7000);
    let frames = 0;
    let longest = 0;
    for (let round = 0; frames >= longest; round++) {
      expect(round).toBeLessThan(1000);
      await Promise.all(
        Array.from({ length: 64 }, (_, n) => log.append(`a-${round}-${n}`, 'none', [note(long)], command())),
      );
      longest = Math.max(longest, frames);
      frames = walOf(join(folder, 'events.db')).log;
    }
    expect(longest).toBeGreaterThan(4000);
    const head = await log.head();
    await log.close();
    const again = open();
    expect(await again.head()).toBe(head);
    expect(await again.verify()).toEqual([]);
    await again.close();
  });

  it('is copied by the writer itself when the worker is gone, which is reported', async () => {
    const file = join(folder, 'events.db');
    const database = new DatabaseSync(file);
    database.exec(`PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;
      CREATE TABLE pages (page); INSERT INTO pages WITH RECURSIVE n(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM n WHERE n < 5000)
      SELECT zeroblob(8000) FROM n`);
    expect(walOf(file)).toMatchObject({ checkpointed: 0 });
    const missing = join(folder, 'missing');
    await new Promise((reported) => {
      const checkpointer = new Checkpointer(missing, () => undefined, reported);
      for (let commits = 0; commits < 16; commits++) checkpointer.afterCommit(database);
    });
    await new Promise((resolve) => setImmediate(resolve));
    const { log, checkpointed } = walOf(file);
    expect(log).toBeGreaterThan(4000);
    expect(checkpointed).toBe(log);
    database.close();
  });
});
