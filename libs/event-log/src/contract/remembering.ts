import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventLog, FoundUnchanged } from '../port.ts';
import { type EventLogFixture, allOf, command, note, texts } from './fixture.ts';

const FOUND: FoundUnchanged = { stream: 'a-1', version: 1, position: 1 };
const ANSWER = { ...FOUND, appended: false, unchanged: true };

export function rememberContract(newFixture: () => Promise<EventLogFixture>): void {
  describe('remembering a command that had nothing to append', () => {
    let fixture: EventLogFixture;
    let log: EventLog;
    beforeEach(async () => {
      fixture = await newFixture();
      log = await fixture.open();
      await log.append('a-1', 'none', [note('first')], command());
    });
    afterEach(async () => {
      await log.close();
      await fixture.destroy();
    });

    const reopen = async (): Promise<void> => {
      await log.close();
      log = await fixture.open();
    };

    it('answers the same again, also when it is found elsewhere by then and after opening again', async () => {
      const { commandId, payloadDigest } = command();
      expect(await log.outcomeOf(commandId, payloadDigest)).toBeUndefined();
      expect(await log.remember(commandId, payloadDigest, FOUND)).toEqual(ANSWER);
      await log.append('a-1', 1, [note('second')], command());
      const later = { stream: 'a-1', version: 2, position: 2 };
      expect(await log.remember(commandId, payloadDigest, later)).toEqual(ANSWER);
      await reopen();
      expect(await log.remember(commandId, payloadDigest, later)).toEqual(ANSWER);
      expect(await log.outcomeOf(commandId, payloadDigest)).toEqual(ANSWER);
    });

    it('refuses the id with another payload, whatever it wants', async () => {
      const once = command();
      await log.remember(once.commandId, once.payloadDigest, FOUND);
      const reused = { code: 'COMMAND_ID_REUSED' };
      await expect(log.remember(once.commandId, 'another', FOUND)).rejects.toMatchObject(reused);
      await expect(log.outcomeOf(once.commandId, 'another')).rejects.toMatchObject(reused);
      const other = { ...once, payloadDigest: 'another' };
      await expect(log.append('a-1', 1, [note('no')], other)).rejects.toMatchObject(reused);
      await expect(log.append('a-1', 7, [note('no')], other)).rejects.toMatchObject(reused);
      expect(texts(await allOf(log))).toEqual(['first']);
    });

    it('never appends under the id, whatever is expected', async () => {
      const once = command();
      await log.remember(once.commandId, once.payloadDigest, FOUND);
      for (const expected of ['any', 'none', 1, 7] as const)
        expect(await log.append('a-1', expected, [note('no')], once)).toEqual(ANSWER);
      await reopen();
      expect(await log.append('a-2', 'none', [note('no')], once)).toEqual(ANSWER);
      expect(texts(await allOf(log))).toEqual(['first']);
    });

    it('answers what was appended when the command had something to append before', async () => {
      const once = command();
      const first = await log.append('a-1', 1, [note('second')], once);
      const found = { stream: 'a-1', version: 2, position: 2 };
      expect(await log.remember(once.commandId, once.payloadDigest, found)).toEqual({ ...first, appended: false });
      await expect(log.remember(once.commandId, 'another', found)).rejects.toMatchObject({ code: 'COMMAND_ID_REUSED' });
    });

    it('decides once between appending and remembering when both come at the same moment, many times over', async () => {
      for (let round = 0; round < 10; round++) {
        const once = command();
        const { commandId, payloadDigest } = once;
        const stream = `race-${round}`;
        const found = { stream, version: 0, position: 0 };
        const remember = () => log.remember(commandId, payloadDigest, found);
        const append = () => log.append(stream, 'any', [note('x')], once);
        const answers = await Promise.all(round % 2 === 0 ? [remember(), append()] : [append(), remember()]);
        expect(new Set(answers.map(({ position }) => position)).size).toBe(1);
        expect(await log.readStream(stream)).toHaveLength(round % 2);
      }
    });

    it('leaves positions and versions as they are, and streams that do not exist', async () => {
      const { commandId, payloadDigest } = command();
      await log.remember(commandId, payloadDigest, { stream: 'a-9', version: 0, position: 0 });
      expect(await log.head()).toBe(1);
      expect(await log.readStream('a-9')).toEqual([]);
      expect(await log.append('a-1', 1, [note('second')], command())).toMatchObject({ version: 2, position: 2 });
      expect(await log.append('a-9', 'none', [note('third')], command())).toMatchObject({ version: 1, position: 3 });
    });

    it('refuses what makes no sense', async () => {
      const invalid = { code: 'APPEND_INVALID' };
      const { commandId } = command();
      await expect(log.remember('42', 'd', FOUND)).rejects.toMatchObject(invalid);
      await expect(log.remember(commandId, 'd', { ...FOUND, stream: '' })).rejects.toMatchObject(invalid);
      await expect(log.remember(commandId, 'd', { ...FOUND, version: -1 })).rejects.toMatchObject(invalid);
      await expect(log.remember(commandId, 'd', { ...FOUND, position: NaN })).rejects.toMatchObject(invalid);
      expect(await log.outcomeOf(commandId, 'd')).toBeUndefined();
    });
  });
}
