import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { derivedId, systemClock, type RecordedEvent } from '#kernel';
import { CheckpointedFollower, openEmbeddedEventLog, type EmbeddedEventLog, type Taking } from '#event-log';

let folder: string;
let log: EmbeddedEventLog;
let taken: number[];
const reports: unknown[] = [];
const schemas = [{ Counted: { schemaVersion: 1 }, Other: { schemaVersion: 1 } }];
const file = () => join(folder, 'own.checkpoint');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fangxin-checkpointed-'));
  log = openEmbeddedEventLog({ folder, clock: systemClock, schemas });
  taken = [];
});
afterEach(async () => {
  await log.close();
  rmSync(folder, { recursive: true });
  expect(reports.splice(0)).toEqual([]);
});

let commands = 0;
async function append(type: 'Counted' | 'Other', number: number): Promise<void> {
  const commandId = derivedId('test', String(++commands));
  const command = { commandId, payloadDigest: '', actor: { id: 'a', role: 'test' }, occurredAt: 0 };
  await log.append(`count-${number}`, 'any', [{ type, data: { number } }], command);
}
async function count(from: number, to: number): Promise<void> {
  for (let number = from; number < to; number++) {
    await append('Counted', number);
    await append('Other', number);
  }
}

type Take = (events: readonly RecordedEvent[], taking: Taking) => Promise<void>;
const numbers = (events: readonly RecordedEvent[]) => events.map(({ data }) => (data as { number: number }).number);
const takeAll: Take = async (events) => void taken.push(...numbers(events));
function follower(take: Take = takeAll): CheckpointedFollower {
  return new CheckpointedFollower({
    log,
    types: ['Counted'],
    file: file(),
    batch: 3,
    take,
    report: (error) => void reports.push(error),
  });
}
const upTo = (end: number) => Array.from({ length: end }, (_, number) => number);

describe('catching up', () => {
  it('takes in its types in order, in batches, and then only what is new', async () => {
    await count(0, 8);
    const sizes: number[] = [];
    await follower(async (events, { isFollowing }) => {
      expect(isFollowing).toBe(false);
      sizes.push(events.length);
      taken.push(...numbers(events));
    }).catchUp();
    expect(taken).toEqual(upTo(8));
    expect(sizes).toEqual([3, 3, 2]);
    await follower().catchUp();
    await count(8, 10);
    await follower().catchUp();
    expect(taken).toEqual(upTo(10));
  });

  it('takes in again the batch that failed, and none before it', async () => {
    await count(0, 7);
    const failing = follower(async (events, taking) => {
      await takeAll(events, taking);
      if (taken.includes(4)) throw new Error('no room');
    });
    await expect(failing.catchUp()).rejects.toThrow('no room');
    await follower().catchUp();
    expect(taken).toEqual([0, 1, 2, 3, 4, 5, 3, 4, 5, 6]);
  });

  it('begins anew with a checkpoint of another log', async () => {
    await count(0, 2);
    await follower().catchUp();
    const kept = JSON.parse(readFileSync(file(), 'utf8')) as object;
    writeFileSync(file(), JSON.stringify({ ...kept, eventId: 'of-another' }));
    await follower().catchUp();
    expect(taken).toEqual([0, 1, 0, 1]);
  });

  it.each(['', '{"position":1', '{"position":-1,"eventId":"x"}'])(
    'says that %j is no checkpoint, and begins anew',
    async (content) => {
      await count(0, 2);
      writeFileSync(file(), content);
      await follower().catchUp();
      expect(taken).toEqual([0, 1]);
      expect(reports.splice(0)).toMatchObject([{ message: expect.stringContaining('is no checkpoint') }]);
    },
  );

  it('does not take a file that cannot be read for none', async () => {
    await count(0, 1);
    mkdirSync(file());
    await expect(follower().catchUp()).rejects.toThrow('EISDIR');
    expect(taken).toEqual([]);
  });
});

describe('following', () => {
  it('reports what fails, tries again, and goes on where the one before had stopped', async () => {
    await count(0, 4);
    let failures = 1;
    const all = Promise.withResolvers<void>();
    const one = follower(async (events, taking) => {
      expect(taking.isFollowing).toBe(true);
      if (failures-- > 0) throw new Error('busy');
      await takeAll(events, taking);
      if (taken.length >= 5) all.resolve();
    });
    one.start();
    await append('Counted', 4);
    await all.promise;
    await one.stop();
    expect(taken).toEqual(upTo(5));
    expect(reports.splice(0)).toMatchObject([{ message: 'busy' }]);
    await append('Counted', 5);
    await follower().catchUp();
    // Stopped as soon as it had taken in the last batch, it may not have kept that.
    expect([...new Set(taken)]).toEqual(upTo(6));
    expect(taken.slice(0, 5)).toEqual(upTo(5));
  });

  it('stopped within a batch, it takes in that batch again', async () => {
    await count(0, 3);
    const begun = Promise.withResolvers<void>();
    const broken = follower(async (events, { signal }) => {
      begun.resolve();
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      taken.push(numbers(events)[0]!);
    });
    broken.start();
    await begun.promise;
    await broken.stop();
    await follower().catchUp();
    expect(taken).toEqual([0, 0, 1, 2]);
  });
});
