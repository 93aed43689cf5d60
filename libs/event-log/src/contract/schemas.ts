import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventSchemas } from '#kernel';
import { type EventLogFixture, command } from './fixture.ts';

const v1: EventSchemas = { Priced: { schemaVersion: 1 } };
const v3: EventSchemas = {
  Priced: {
    schemaVersion: 3,
    upcasters: {
      1: ({ yuan, ...rest }) => ({ ...rest, fen: Number(yuan) * 100 }),
      2: (data) => ({ ...data, currency: 'CNY' }),
    },
  },
};

export function schemaContract(newFixture: () => Promise<EventLogFixture>): void {
  describe('event schemas', () => {
    let fixture: EventLogFixture;
    beforeEach(async () => {
      fixture = await newFixture();
      const log = await fixture.open({ schemas: [v1] });
      await log.append('a-1', 'none', [{ type: 'Priced', data: { yuan: 3, note: 'n' } }], command());
      await log.close();
    });
    afterEach(() => fixture.destroy());

    it('lifts old events step by step to the current shape when they are read', async () => {
      const log = await fixture.open({ schemas: [v3] });
      const lifted = { note: 'n', fen: 300, currency: 'CNY' };
      const current = { type: 'Priced', schemaVersion: 3, data: { fen: 5, currency: 'CNY' } };
      await log.append('a-1', 1, [current], command());
      expect((await log.readStream('a-1')).map(({ data }) => data)).toEqual([lifted, current.data]);
      expect(await log.readAll(0, { types: ['Priced'] })).toMatchObject([
        { schemaVersion: 3, data: lifted },
        { schemaVersion: 3, data: current.data },
      ]);
      expect((await log.scan?.(0, { types: ['Priced'] }))?.events.map((event) => event.data())).toEqual(
        log.scan && [lifted, current.data],
      );
      await log.close();
    });

    it('does not open with types missing, too old, doubled or without their upcasters', async () => {
      const refused = (code: string, ...schemas: EventSchemas[]) =>
        expect((async () => fixture.open({ schemas }))()).rejects.toMatchObject({ code });
      await refused('EVENT_TYPE_UNKNOWN');
      await refused('EVENT_TYPE_DECLARED_TWICE', v1, v1);
      await refused('UPCASTER_MISSING', { Priced: { schemaVersion: 3, upcasters: { 2: (data) => data } } });
      await refused('EVENT_SCHEMA_INVALID', { Priced: { schemaVersion: 0 } });
      const newer = await fixture.open({ schemas: [v3] });
      await newer.append('a-1', 1, [{ type: 'Priced', schemaVersion: 3, data: {} }], command());
      await newer.close();
      await refused('EVENT_SCHEMA_TOO_NEW', v1);
      const log = await fixture.open({ schemas: [v3] });
      expect(await log.head()).toBe(2);
      await log.close();
    });
  });
}
