import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventLog } from '../port.ts';
import { type EventLogFixture, TestClock, allOf, command, note, struck, texts } from './fixture.ts';

export function readContract(newFixture: () => Promise<EventLogFixture>): void {
  describe('reading', () => {
    let fixture: EventLogFixture;
    let clock: TestClock;
    let log: EventLog;
    beforeEach(async () => {
      fixture = await newFixture();
      clock = new TestClock();
      log = await fixture.open({ clock });
    });
    afterEach(async () => {
      await log.close();
      await fixture.destroy();
    });

    it('reads a stream whole or in part', async () => {
      await log.append(
        'a-1',
        'none',
        ['1', '2', '3', '4'].map((text) => note(text)),
        command(),
      );
      await log.append('a-2', 'none', [note('other')], command());
      expect(texts(await log.readStream('a-1'))).toEqual(['1', '2', '3', '4']);
      expect(texts(await log.readStream('a-1', 3))).toEqual(['3', '4']);
      expect(texts(await log.readStream('a-1', 2, 3))).toEqual(['2', '3']);
      expect(await log.readStream('a-1', 5)).toEqual([]);
      expect(await log.readStream('a-3')).toEqual([]);
    });

    it('reads the log by type and category, in pages', async () => {
      await log.append('a-1', 'none', [note('1'), struck('2')], command());
      await log.append('b-1', 'none', [note('3'), struck('4')], command());
      await log.append('a-2', 'none', [note('5')], command());
      expect(texts(await log.readAll(0, { types: ['Noted'] }))).toEqual(['1', '3', '5']);
      expect(texts(await log.readAll(0, { categories: ['b'] }))).toEqual(['3', '4']);
      expect(texts(await log.readAll(0, { categories: ['a', 'b'], types: ['Struck'] }))).toEqual(['2', '4']);
      expect(texts(await log.readAll(1, { types: ['Noted'], limit: 1 }))).toEqual(['3']);
      expect(await log.readAll(0, { types: [] })).toEqual([]);
      expect(await log.readAll(0, { types: ['Unheard'], categories: ['c'] })).toEqual([]);
      expect(await log.readAll(5)).toEqual([]);
      expect(texts(await allOf(log, 2))).toEqual(['1', '2', '3', '4', '5']);
    });

    it('finds the position as of a moment', async () => {
      const start = clock.time;
      expect(await log.positionAt(start)).toBe(0);
      for (const minute of [0, 0, 1, 5, 5, 5]) {
        clock.time = start + minute * 60_000;
        await log.append('a-1', 'any', [note(`${minute}`)], command());
      }
      const at = (minute: number) => log.positionAt(start + minute * 60_000);
      expect([
        await at(-1),
        await at(0),
        await at(0.5),
        await at(1),
        await at(4.99),
        await at(5),
        await at(99),
      ]).toEqual([0, 2, 2, 3, 3, 6, 6]);
    });

    it('scans as it reads, where it can scan', async () => {
      if (log.scan === undefined) return;
      await log.append(
        'a-1',
        'none',
        [note('1'), struck('2')],
        command({ region: '140100', correlationId: 'dispute-1' }),
      );
      await log.append('b-1', 'none', [note('3')], command());
      const read = await log.readAll(0);
      const page = await log.scan(0);
      expect(page.upTo).toBe(3);
      expect(
        page.events.map((event) => ({
          position: event.position,
          stream: event.stream,
          version: event.version,
          type: event.type,
          occurredAt: event.occurredAt,
          recordedAt: event.recordedAt,
          region: event.region,
          correlationId: event.correlationId,
          data: event.data(),
        })),
      ).toEqual(
        read.map(({ position, stream, version, type, occurredAt, recordedAt, region, correlationId, data }) => ({
          position,
          stream,
          version,
          type,
          occurredAt,
          recordedAt,
          region,
          correlationId,
          data,
        })),
      );
      expect(page.events[0]!.streamKey).toBe(page.events[1]!.streamKey);
      expect(page.events[0]!.streamKey).not.toBe(page.events[2]!.streamKey);
      expect(await log.scan(0, { types: ['Struck'] })).toMatchObject({ events: [{ position: 2 }], upTo: 3 });
      expect(await log.scan(0, { limit: 2 })).toMatchObject({ events: [{}, {}], upTo: 2 });
      expect(await log.scan(0, { upTo: 1 })).toMatchObject({ events: [{ position: 1 }], upTo: 1 });
      expect(await log.scan(3)).toEqual({ events: [], upTo: 3 });
    });
  });
}
