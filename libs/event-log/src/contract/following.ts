import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Position, StreamVersion } from '#kernel';
import type { EventLog, Filter } from '../port.ts';
import { type EventLogFixture, command, note, struck } from './fixture.ts';

export function followContract(newFixture: () => Promise<EventLogFixture>): void {
  describe('following', () => {
    let fixture: EventLogFixture;
    let log: EventLog;
    beforeEach(async () => {
      fixture = await newFixture();
      log = await fixture.open();
    });
    afterEach(async () => {
      await log.close();
      await fixture.destroy();
    });

    /** Positions seen until the log was read up to `end`. */
    async function followed(after: Position, end: Position, filter: Filter = {}): Promise<Position[]> {
      const stop = new AbortController();
      const seen: Position[] = [];
      let upTo = after;
      for await (const batch of log.follow(after, filter, stop.signal)) {
        expect(batch.upTo).toBeGreaterThan(upTo);
        upTo = batch.upTo;
        seen.push(...batch.events.map(({ position }) => position));
        expect(seen.at(-1) ?? 0).toBeLessThanOrEqual(upTo);
        if (upTo >= end) stop.abort();
      }
      return seen;
    }

    it('gives history first and then what is written', async () => {
      for (let n = 1; n <= 3; n++) await log.append('a-1', n - 1, [note(`${n}`)], command());
      const seen = followed(1, 5);
      await log.append('a-1', 3, [note('4')], command());
      await log.append('a-1', 4, [note('5')], command());
      expect(await seen).toEqual([2, 3, 4, 5]);
    });

    it('tells how far it has read where nothing matched, and finds types that were new to it', async () => {
      await log.append('a-1', 'none', [note('1'), note('2')], command());
      const seen = followed(0, 4, { types: ['Struck'] });
      await log.append('a-1', 2, [note('3')], command());
      await log.append('a-1', 3, [struck('4')], command());
      expect(await seen).toEqual([4]);
    });

    it('ends when it is told to, also while it waits', async () => {
      const stop = new AbortController();
      const batches: unknown[] = [];
      const following = (async () => {
        for await (const batch of log.follow(0, {}, stop.signal)) batches.push(batch);
      })();
      setImmediate(() => stop.abort());
      await following;
      expect(batches).toEqual([]);
      for await (const batch of log.follow(0, {}, AbortSignal.abort())) batches.push(batch);
      expect(batches).toEqual([]);
    });

    it('ends when the log is closed', async () => {
      const following = (async () => {
        for await (const batch of log.follow(0, {}, new AbortController().signal)) expect(batch).toBeUndefined();
      })();
      await log.close();
      await following;
    });

    it('refuses a follower that stands beyond the end of the log', async () => {
      await log.append('a-1', 'none', [note('1')], command());
      await expect(followed(2, 3)).rejects.toMatchObject({ code: 'POSITION_BEYOND_HEAD' });
    });

    it('shows 64 writers at once to a follower: every position once and in order, no version twice', async () => {
      const writers = 64;
      const each = 40;
      const total = writers * each;
      const streams = new Map<string, StreamVersion>();
      const stop = new AbortController();
      const positions: Position[] = [];
      const following = (async () => {
        for await (const { events, upTo } of log.follow(0, {}, stop.signal)) {
          for (const { position, stream, version } of events) {
            positions.push(position);
            expect(version).toBe((streams.get(stream) ?? 0) + 1);
            streams.set(stream, version);
          }
          if (upTo === total) stop.abort();
        }
      })();
      const acknowledged: Position[] = [];
      await Promise.all(
        Array.from({ length: writers }, async (_, writer) => {
          for (let n = 0; n < each; n++) {
            // Every fourth goes to a stream that all of them write to.
            const stream = n % 4 === 0 ? 'shared-1' : `own-${writer}`;
            acknowledged.push((await log.append(stream, 'any', [note(`${writer}/${n}`)], command())).position);
          }
        }),
      );
      await following;
      const expected = Array.from({ length: total }, (_, n) => n + 1);
      expect(positions).toEqual(expected);
      expect(acknowledged.sort((a, b) => a - b)).toEqual(expected);
    });

    it('lets exactly one of 64 writers win each version', async () => {
      for (let version = 0; version < 10; version++) {
        const tries = await Promise.allSettled(
          Array.from({ length: 64 }, (_, writer) => log.append('a-1', version, [note(`${writer}`)], command())),
        );
        expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      }
      expect(await log.head()).toBe(10);
    });
  });
}
