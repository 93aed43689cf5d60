import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventId } from '#kernel';
import type { EventLog } from '../port.ts';
import { type EventLogFixture, TestClock, allOf, command, note, struck, texts } from './fixture.ts';

export function appendContract(newFixture: () => Promise<EventLogFixture>): void {
  describe('appending', () => {
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

    it('numbers versions per stream and positions over the log, without gaps', async () => {
      expect(await log.append('a-1', 'none', [note('x'), note('y')], command())).toMatchObject({
        version: 2,
        position: 2,
      });
      expect(await log.append('a-2', 'none', [note('z')], command())).toMatchObject({ version: 1, position: 3 });
      expect(await log.append('a-1', 2, [note('w')], command())).toEqual({
        stream: 'a-1',
        version: 3,
        position: 4,
        appended: true,
      });
      expect((await allOf(log)).map(({ stream, version, position }) => [stream, version, position])).toEqual([
        ['a-1', 1, 1],
        ['a-1', 2, 2],
        ['a-2', 1, 3],
        ['a-1', 3, 4],
      ]);
    });

    it('refuses every expectation that does not hold, and writes nothing then', async () => {
      await log.append('a-1', 'none', [note('x')], command());
      const refused = (expected: 'none' | number, stream: string, actual: number) =>
        expect(log.append(stream, expected, [note('no')], command())).rejects.toMatchObject({
          code: 'WRONG_EXPECTED_VERSION',
          stream,
          expected,
          actual,
        });
      await refused('none', 'a-1', 1);
      await refused(0, 'a-1', 1);
      await refused(2, 'a-1', 1);
      await refused(1, 'a-2', 0);
      expect(texts(await allOf(log))).toEqual(['x']);
      expect(await log.head()).toBe(1);
    });

    it('takes every expectation that holds', async () => {
      await log.append('a-1', 0, [note('1')], command());
      await log.append('a-1', 1, [note('2')], command());
      await log.append('a-1', 'any', [note('3')], command());
      await log.append('a-2', 'any', [note('4')], command());
      expect(texts(await allOf(log))).toEqual(['1', '2', '3', '4']);
    });

    it('refuses what rests on another stream that has moved since it was read, and writes nothing then', async () => {
      await log.append('a-1', 'none', [note('x')], command());
      const resting = (...restsOn: { stream: string; version: number }[]) =>
        log.append('a-2', 'any', [note('y')], command({ restsOn }));
      const moved = { code: 'WRONG_EXPECTED_VERSION', stream: 'a-1', actual: 1 };
      await expect(resting({ stream: 'a-1', version: 0 })).rejects.toMatchObject({ ...moved, expected: 0 });
      await expect(resting({ stream: 'a-3', version: 0 }, { stream: 'a-1', version: 2 })).rejects.toMatchObject(moved);
      expect(texts(await allOf(log))).toEqual(['x']);
      await resting({ stream: 'a-3', version: 0 }, { stream: 'a-1', version: 1 });
      expect(texts(await allOf(log))).toEqual(['x', 'y']);
    });

    it('lets only one of two through of which each rests on the other, also at the same moment', async () => {
      for (let turn = 0; turn < 20; turn++) {
        const [one, other] = [`a-${turn}`, `b-${turn}`];
        const answers = await Promise.allSettled([
          log.append(one, 'none', [note(one)], command({ restsOn: [{ stream: other, version: 0 }] })),
          log.append(other, 'none', [note(other)], command({ restsOn: [{ stream: one, version: 0 }] })),
        ]);
        expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      }
      expect(await log.head()).toBe(20);
    });

    it('answers a command that came before, also where what it rests on has moved since', async () => {
      const once = command({ restsOn: [{ stream: 'a-2', version: 0 }] });
      const first = await log.append('a-1', 'none', [note('x')], once);
      await log.append('a-2', 'none', [note('y')], command());
      expect(await log.append('a-1', 'none', [note('x')], once)).toEqual({ ...first, appended: false });
    });

    it('appends a command once and gives the same answer again, whatever is expected by then', async () => {
      const once = command();
      const first = await log.append('a-1', 'none', [note('x'), note('y')], once);
      await log.append('a-1', 2, [note('z')], command());
      for (const expected of ['none', 'any', 2, 3] as const)
        expect(await log.append('a-1', expected, [note('x'), note('y')], once)).toEqual({ ...first, appended: false });
      expect(await log.outcomeOf(once.commandId, once.payloadDigest)).toEqual({ ...first, appended: false });
      expect(await log.head()).toBe(3);
    });

    it('appends a command once also when it comes many times at the same moment', async () => {
      const once = command();
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => log.append('a-1', 'any', [note('x'), note('y')], once)),
      );
      expect(answers.filter(({ appended }) => appended)).toHaveLength(1);
      expect(new Set(answers.map(({ position }) => position))).toEqual(new Set([2]));
      expect(await log.head()).toBe(2);
    });

    it('refuses a command id that comes with another payload', async () => {
      const once = command();
      await log.append('a-1', 'none', [note('x')], once);
      const other = { ...once, payloadDigest: 'another' };
      await expect(log.append('a-1', 1, [note('x')], other)).rejects.toMatchObject({ code: 'COMMAND_ID_REUSED' });
      await expect(log.append('a-2', 'none', [note('x')], other)).rejects.toMatchObject({ code: 'COMMAND_ID_REUSED' });
      await expect(log.outcomeOf(once.commandId, 'another')).rejects.toMatchObject({ code: 'COMMAND_ID_REUSED' });
      expect(await log.outcomeOf(command().commandId, 'digest')).toBeUndefined();
      expect(await log.head()).toBe(1);
    });

    it('lets a refused command be given again once it would hold', async () => {
      const early = command();
      await expect(log.append('a-1', 1, [note('second')], early)).rejects.toMatchObject({
        code: 'WRONG_EXPECTED_VERSION',
      });
      await log.append('a-1', 'none', [note('first')], command());
      expect(await log.append('a-1', 1, [note('second')], early)).toMatchObject({ version: 2, appended: true });
    });

    it('does not let a refused command touch the others of its moment', async () => {
      const reused = command();
      await log.append('a-0', 'none', [note('0')], reused);
      const outcomes = await Promise.allSettled([
        log.append('a-1', 'none', [note('1')], command()),
        log.append('a-1', 'none', [note('refused')], command()),
        log.append('a-2', 'none', [note('refused')], { ...reused, payloadDigest: 'another' }),
        log.append('a-3', 'none', [note('refused'), note('future', { occurredAt: clock.time + 1 })], command()),
        log.append('a-1', 1, [note('2'), note('3')], command()),
        log.append('a-4', 7, [note('refused')], command()),
        log.append('a-2', 'none', [note('4')], command()),
      ]);
      expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual([
        true,
        false,
        false,
        false,
        true,
        false,
        true,
      ]);
      const events = await allOf(log);
      expect(texts(events)).toEqual(['0', '1', '2', '3', '4']);
      expect(events.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5]);
      for (const missing of ['a-3', 'a-4']) expect(await log.readStream(missing)).toEqual([]);
    });

    it('refuses what is said to have occurred after it is recorded, as a whole', async () => {
      const future = { code: 'OCCURRED_IN_FUTURE' };
      const late = clock.time + 1;
      await expect(log.append('a-1', 'none', [note('x')], command({ occurredAt: late }))).rejects.toMatchObject(future);
      await expect(
        log.append('a-1', 'none', [note('x'), note('y', { occurredAt: late })], command()),
      ).rejects.toMatchObject(future);
      expect(await log.head()).toBe(0);
      await log.append('a-1', 'none', [note('x')], command({ occurredAt: clock.time }));
      expect(await log.readStream('a-1')).toMatchObject([{ occurredAt: clock.time, recordedAt: clock.time }]);
    });

    it('never records earlier than before, even when the clock is set back', async () => {
      const start = clock.time;
      await log.append('a-1', 'none', [note('x')], command());
      clock.time -= 60_000;
      await log.append('a-1', 1, [note('y')], command());
      await log.close();
      log = await fixture.open({ clock });
      await log.append('a-1', 2, [note('z')], command());
      expect((await allOf(log)).map(({ recordedAt }) => recordedAt)).toEqual([start, start, start]);
    });

    it('refuses an append that makes no sense', async () => {
      const invalid = { code: 'APPEND_INVALID' };
      await expect(log.append('a-1', 'none', [], command())).rejects.toMatchObject(invalid);
      await expect(log.append('', 'none', [note('x')], command())).rejects.toMatchObject(invalid);
      await expect(log.append('a-1', -1, [note('x')], command())).rejects.toMatchObject(invalid);
      await expect(log.append('a-1', 0.5, [note('x')], command())).rejects.toMatchObject(invalid);
      await expect(log.append('a-1', 'none', [note('x')], command({ commandId: '42' }))).rejects.toMatchObject(invalid);
      await expect(log.append('a-1', 'none', [note('x')], command({ occurredAt: NaN }))).rejects.toMatchObject(invalid);
      await expect(log.append('a-1', 'none', [{ type: 'Unheard', data: {} }], command())).rejects.toMatchObject({
        code: 'EVENT_TYPE_UNKNOWN',
      });
      await expect(log.append('a-1', 'none', [note('x', { schemaVersion: 2 })], command())).rejects.toMatchObject({
        code: 'EVENT_SCHEMA_MISMATCH',
      });
      expect(await log.head()).toBe(0);
    });

    it('keeps everything that was said about an event', async () => {
      const full = command({
        actor: { id: 'key-9', role: 'mediator' },
        authority: 'Taiyuan Market Supervision Bureau',
        region: '140100',
        correlationId: 'dispute-01JD3Z5Y7T9WQ2M4N6P8R0S1V3',
        causationId: command().commandId,
      });
      const spoken = { text: '放心 "消费"\n\u0000 \ud800', amountFen: null, deep: [{ a: 1 }] };
      const occurredAt = full.occurredAt - 5;
      await log.append(
        'complaint-01-02',
        'none',
        [{ type: 'Noted', data: spoken, ruleVersion: 'S1-15@2020', occurredAt }, struck('y')],
        full,
      );
      await log.append('plain', 'none', [note('z')], command({ causationId: 'import' }));
      const [first, second, third] = await allOf(log);
      expect(first).toEqual({
        id: eventId(full.commandId, 0),
        stream: 'complaint-01-02',
        version: 1,
        position: 1,
        type: 'Noted',
        schemaVersion: 1,
        occurredAt,
        recordedAt: clock.time,
        actor: full.actor,
        authority: full.authority,
        region: full.region,
        ruleVersion: 'S1-15@2020',
        correlationId: full.correlationId,
        causationId: full.causationId,
        commandId: full.commandId,
        data: spoken,
      });
      expect(second).toMatchObject({
        id: eventId(full.commandId, 1),
        type: 'Struck',
        occurredAt: full.occurredAt,
        ruleVersion: null,
        commandId: full.commandId,
      });
      expect(third).toMatchObject({ authority: null, region: null, correlationId: null, causationId: 'import' });
    });

    it('goes on after it was opened again', async () => {
      const once = command();
      const first = await log.append('a-1', 'none', [note('x'), note('y')], once);
      await log.close();
      log = await fixture.open({ clock });
      expect(await log.head()).toBe(2);
      expect(await log.append('a-1', 'none', [note('x'), note('y')], once)).toEqual({ ...first, appended: false });
      await expect(log.append('a-1', 'none', [note('no')], command())).rejects.toMatchObject({ actual: 2 });
      expect(await log.append('a-1', 2, [note('z')], command())).toMatchObject({ version: 3, position: 3 });
      expect(await log.append('a-2', 'none', [note('w')], command())).toMatchObject({ version: 1, position: 4 });
    });

    it('writes what was asked for before it was closed, and nothing after', async () => {
      const pending = Array.from({ length: 50 }, (_, n) => log.append(`a-${n}`, 'none', [note(`${n}`)], command()));
      const closed = log.close();
      await expect(log.append('a-x', 'none', [note('x')], command())).rejects.toMatchObject({ code: 'LOG_CLOSED' });
      await Promise.all(pending);
      await closed;
      log = await fixture.open({ clock });
      expect(await log.head()).toBe(50);
    });

    it('takes events and commands of any size', async () => {
      const long = 'x'.repeat(3_000_000);
      await log.append('a-1', 'none', [note(long)], command());
      const many = Array.from({ length: 2500 }, (_, n) => note(`${n}`));
      expect(await log.append('a-2', 'none', many, command())).toMatchObject({ version: 2500, position: 2501 });
      expect(texts(await log.readStream('a-1'))).toEqual([long]);
      expect(texts(await log.readStream('a-2'))).toEqual(many.map(({ data }) => (data as { text: string }).text));
    });
  });
}
