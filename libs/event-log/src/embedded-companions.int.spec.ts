import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure, systemClock } from '#kernel';
import { type EmbeddedEventLog, openEmbeddedEventLog, openEmbeddedReader } from '#event-log';
import { allOf, command, note, noted, texts } from './contract/fixture.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fangxin-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open(beforehand?: (companions: readonly unknown[]) => void): EmbeddedEventLog {
  return openEmbeddedEventLog({ folder, clock: systemClock, schemas: [noted], ...(beforehand && { beforehand }) });
}

const statusOf = ({ status }: PromiseSettledResult<unknown>): boolean => status === 'fulfilled';

describe('what appends bring along', () => {
  it('is handed over in their order, before any event of their group is on disk', async () => {
    const handed: unknown[][] = [];
    const heads: Promise<number>[] = [];
    const log = open((companions) => {
      handed.push([...companions]);
      const reader = openEmbeddedReader({ folder, schemas: [noted] });
      heads.push(reader.head());
      void reader.close();
    });
    await log.append('a-1', 'none', [note('0')], command());
    const answers = await Promise.all([
      log.append('a-1', 1, [note('1')], command(), 'first'),
      log.append('a-2', 'none', [note('2')], command()),
      log.append('a-1', 2, [note('3')], command(), 'second'),
    ]);
    expect(answers.map(({ position }) => position)).toEqual([2, 3, 4]);
    expect(handed).toEqual([['first', 'second']]);
    expect(await Promise.all(heads)).toEqual([1]);
    await log.close();
  });

  it('refuses those who brought something that cannot be kept, and nobody else', async () => {
    const full = new Failure('VAULT_UNAVAILABLE', 'full', true);
    let isFull = true;
    const log = open(() => {
      if (isFull) throw full;
    });
    const outcomes = await Promise.allSettled([
      log.append('a-1', 'none', [note('refused')], command(), 'x'),
      log.append('a-2', 'none', [note('1')], command()),
      log.append('a-3', 'none', [note('refused')], command(), 'y'),
      log.append('a-2', 1, [note('2')], command()),
      log.remember(command().commandId, 'digest', { stream: 'a-2', version: 1, position: 1 }),
    ]);
    expect(outcomes.map(statusOf)).toEqual([false, true, false, true, true]);
    for (const index of [0, 2]) expect(outcomes[index]).toMatchObject({ reason: full });
    expect(texts(await allOf(log))).toEqual(['1', '2']);
    // The log itself can be written.
    await log.checkWritable();
    await expect(log.append('a-1', 'none', [note('alone')], command(), 'x')).rejects.toBe(full);
    expect(await log.head()).toBe(2);
    isFull = false;
    expect(await log.append('a-1', 'none', [note('3')], command(), 'x')).toMatchObject({ position: 3 });
    await log.close();
  });

  it('is refused where nobody takes it', async () => {
    const log = open();
    const outcomes = await Promise.allSettled([
      log.append('a-1', 'none', [note('refused')], command(), 'x'),
      log.append('a-2', 'none', [note('1')], command()),
    ]);
    expect(outcomes.map(statusOf)).toEqual([false, true]);
    expect(outcomes[0]).toMatchObject({ reason: { code: 'NO_BEFOREHAND' } });
    await log.close();
  });

  it('is handed over once, also where one request is more than the database takes', async () => {
    const handed: unknown[] = [];
    const log = open((companions) => void handed.push(...companions));
    const outcomes = await Promise.allSettled([
      log.append('a-1', 'none', [note('1')], command(), 'a'),
      log.append('a-2', 'none', [note('2')], command({ correlationId: { not: 'text' } as never }), 'b'),
      log.append('a-3', 7, [note('3')], command(), 'c'),
      log.append('a-4', 'none', [note('4')], command(), 'd'),
    ]);
    expect(outcomes.map(statusOf)).toEqual([true, false, false, true]);
    expect(handed).toEqual(['a', 'b', 'c', 'd']);
    expect(texts(await allOf(log))).toEqual(['1', '4']);
    await log.close();
  });
});

describe('the queue of appends', () => {
  it('writes everything that waits when the log is closed, in order, in groups that are bounded', async () => {
    const groups: number[] = [];
    const handed: unknown[] = [];
    const log = open((companions) => {
      groups.push(companions.length);
      handed.push(...companions);
    });
    const count = 1_700;
    const appends = Array.from({ length: count }, (_, n) => log.append('a-1', n, [note(`${n}`)], command(), n));
    const closing = log.close();
    const answers = await Promise.all(appends);
    await closing;
    const numbers = Array.from({ length: count }, (_, n) => n);
    expect(answers.map(({ position }) => position - 1)).toEqual(numbers);
    expect(handed).toEqual(numbers);
    expect(Math.max(...groups)).toBeLessThanOrEqual(512);
    await expect(log.append('a-1', 'any', [note('late')], command(), 'late')).rejects.toMatchObject({
      code: 'LOG_CLOSED',
    });
    const again = open();
    expect(await again.head()).toBe(count);
    await again.close();
  });

  it('answers everybody while writers come and go, the log starts over, and it is closed in the middle', async () => {
    let handed = 0;
    const log = open((companions) => void (handed += companions.length));
    const text = 'x'.repeat(20_000);
    let acknowledged = 0;
    let refused = 0;
    const write = async (writer: number): Promise<void> => {
      for (;;) {
        try {
          await log.append(`a-${writer}`, 'any', [note(text)], command(), writer);
          acknowledged++;
        } catch (error) {
          expect(error).toMatchObject({ code: 'LOG_CLOSED' });
          refused++;
          return;
        }
      }
    };
    const writers: Promise<void>[] = [];
    // One, then many: a group that waits for those who were there before must not wait for ever.
    for (const many of [1, 40, 9]) {
      const before = acknowledged;
      for (let n = 0; n < many; n++) writers.push(write(writers.length));
      while (acknowledged < before + 900) await new Promise((resolve) => setImmediate(resolve));
    }
    // Until the write-ahead log was copied, and with what has gone through it by now started over, too.
    while (statSync(join(folder, 'events.db')).size <= 20_000_000)
      await new Promise((resolve) => setImmediate(resolve));
    await log.close();
    await Promise.all(writers);
    expect(refused).toBe(50);
    expect(handed).toBe(acknowledged);
    const again = open();
    expect(await again.head()).toBe(acknowledged);
    expect(await again.verify()).toEqual([]);
    await again.close();
  });
});
