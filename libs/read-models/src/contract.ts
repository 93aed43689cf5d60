import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Position } from '#kernel';
import type { BatchOutcome, Page, ParkedEvent, Projection, Query, ReadModelReader, ReadModels } from './port.ts';

/** How one engine is set up for {@link readModelsContract}. */
export interface ReadModelsFixture {
  /** Storage that is empty at first; later calls find what earlier ones left. */
  open(projections: readonly Projection[]): Promise<ReadModels>;
  /** A reader as another thread would have it. */
  openReader(projections: readonly Projection[]): Promise<ReadModelReader & { close(): Promise<void> }>;
  /** Throws the storage away. */
  destroy(): Promise<void>;
}

interface Ticket {
  readonly region: string;
  readonly status: string | null;
  readonly dueOn: string | null;
  readonly amountFen: number;
}

const tickets: Projection<Ticket> = {
  name: 'tickets',
  version: 1,
  types: ['TicketChanged'],
  keys: (event) => [event.stream],
  evolve: (_doc, event) => event.data as Ticket,
  indexes: { byRegion: ['region', 'status', 'dueOn'], byDue: ['dueOn'], byAmount: ['region', 'amountFen'] },
};
const notes: Projection = { ...tickets, name: 'notes', indexes: {} };

/** What every read-model engine keeps. Enrol one with an almost empty spec file. */
export function readModelsContract(name: string, createFixture: () => Promise<ReadModelsFixture>): void {
  describe(`read models on ${name}`, () => {
    let fixture: ReadModelsFixture;
    let store: ReadModels;

    beforeEach(async () => {
      fixture = await createFixture();
      store = await fixture.open([tickets, notes]);
      await store.prepare([tickets, notes]);
    });
    afterEach(async () => {
      await store.close();
      await fixture.destroy();
    });

    const put = (documents: Record<string, object | null>, after: Position, upTo: Position): Promise<Position> =>
      store.commit(tickets, 'live', batch(documents, after, upTo));

    describe('taking batches', () => {
      it('keeps documents and checkpoint together, over a reopening', async () => {
        expect(await put({ a: ticket(), b: ticket({ status: 'closed' }) }, 0, 7)).toBe(7);
        await store.close();
        store = await fixture.open([tickets, notes]);
        expect(await store.get('tickets', 'b')).toEqual(ticket({ status: 'closed' }));
        expect(await store.generation(tickets, 'live')).toEqual({
          version: 1,
          current: true,
          checkpoint: 7,
          eventId: 'event-7',
          parked: 0,
        });
      });

      it('counts a batch once, however often it comes', async () => {
        await put({ a: ticket({ amountFen: 1 }) }, 0, 7);
        expect(await put({ a: ticket({ amountFen: 2 }) }, 0, 7)).toBe(7);
        expect(await put({ a: ticket({ amountFen: 3 }) }, 0, 9)).toBe(7);
        expect(await put({ a: ticket({ amountFen: 4 }) }, 6, 9)).toBe(7);
        expect(await store.get('tickets', 'a')).toEqual(ticket({ amountFen: 1 }));
      });

      it('refuses a batch that leaves a gap, and writes nothing of it', async () => {
        await expect(put({ a: ticket() }, 3, 7)).rejects.toMatchObject({ code: 'CHECKPOINT_GAP', retryable: false });
        expect(await store.get('tickets', 'a')).toBeUndefined();
      });

      it('writes nothing of a batch of which a part cannot be written', async () => {
        const letter: ParkedEvent = { projection: 'tickets', key: 'c', position: 5, eventId: 'e', reason: 'r' };
        const twice: BatchOutcome = { ...batch({ a: ticket() }, 0, 7), parked: [letter, letter] };
        await expect(store.commit(tickets, 'live', twice)).rejects.toThrow();
        expect(await store.get('tickets', 'a')).toBeUndefined();
        expect(await store.generation(tickets, 'live')).toMatchObject({ checkpoint: 0, parked: 0 });
      });

      it('removes documents', async () => {
        await put({ a: ticket(), b: ticket() }, 0, 1);
        await put({ a: null, never: null }, 1, 2);
        expect(await store.get('tickets', 'a')).toBeUndefined();
        expect(await store.count('tickets')).toBe(1);
      });

      it('keeps projections apart', async () => {
        await put({ a: ticket() }, 0, 5);
        expect(await store.get('notes', 'a')).toBeUndefined();
        expect(await store.generation(notes, 'live')).toMatchObject({ checkpoint: 0 });
      });

      it('loads the documents of the keys that have one', async () => {
        await put({ a: ticket(), b: ticket({ amountFen: 2 }) }, 0, 1);
        expect(await store.load(tickets, 'live', ['b', 'missing'])).toEqual(new Map([['b', ticket({ amountFen: 2 })]]));
      });

      it('takes text, numbers and nesting unchanged', async () => {
        const doc = {
          ...ticket(),
          text: '放心 "quoted" \u2028 \0',
          deep: [{ a: [1.5, -3, 9007199254740991, null, true] }],
        };
        await put({ 'ключ/key 1': doc }, 0, 1);
        expect(await store.get('tickets', 'ключ/key 1')).toEqual(doc);
      });
    });

    describe('queries', () => {
      beforeEach(async () => {
        await put(
          {
            a: ticket({ region: '330602', status: 'open', dueOn: '2026-03-05', amountFen: 100 }),
            b: ticket({ region: '330602', status: 'open', dueOn: null, amountFen: 250 }),
            c: ticket({ region: '330602', status: 'closed', dueOn: '2026-03-04', amountFen: 0 }),
            d: ticket({ region: '330603', status: 'open', dueOn: '2026-03-05', amountFen: 7 }),
            e: ticket({ region: '330602', status: null, dueOn: '2026-03-06', amountFen: -50 }),
            f: ticket({ region: '330602', status: 'open', dueOn: '2026-03-05', amountFen: 1 }),
            g: ticket({ region: '330604', status: 'open', dueOn: null, amountFen: 3 }),
          },
          0,
          10,
        );
      });

      const keysOf = async (query: Partial<Query>): Promise<string> => {
        const page = await store.query('tickets', { limit: 100, ...query });
        return page.items.map((item) => item.key).join('');
      };

      it('answers by key without anything else', async () => {
        expect(await keysOf({})).toBe('abcdefg');
        const page = await store.query<Ticket>('tickets', { limit: 1 });
        expect(page.items).toEqual([
          { key: 'a', doc: ticket({ region: '330602', status: 'open', dueOn: '2026-03-05', amountFen: 100 }) },
        ]);
      });

      it('filters by equality on the first fields of an index, null included', async () => {
        expect(await keysOf({ where: { region: '330602' } })).toBe('abcef');
        expect(await keysOf({ where: { status: 'open', region: '330602' } })).toBe('abf');
        expect(await keysOf({ where: { region: '330602', status: null } })).toBe('e');
        expect(await keysOf({ where: { region: '330602', status: 'open', dueOn: '2026-03-05' } })).toBe('af');
        expect(await keysOf({ where: { region: 'nowhere' } })).toBe('');
      });

      it('filters by lists', async () => {
        expect(await keysOf({ where: { region: ['330603', '330604'] } })).toBe('dg');
        expect(await keysOf({ where: { region: ['330602'], status: ['closed', null] } })).toBe('ce');
        expect(await keysOf({ where: { region: [] } })).toBe('');
        const sort = { field: 'dueOn' };
        expect(await keysOf({ where: { region: ['330603', '330602'], status: ['open'] }, sort })).toBe('badf');
      });

      it('takes ranges with their beginning and without their end', async () => {
        expect(await keysOf({ range: { field: 'dueOn', from: '2026-03-05', to: '2026-03-06' } })).toBe('adf');
        expect(await keysOf({ range: { field: 'dueOn', to: '2026-03-05' } })).toBe('c');
        expect(await keysOf({ range: { field: 'dueOn', from: '2026-03-05' } })).toBe('adef');
        expect(await keysOf({ where: { region: '330602' }, range: { field: 'amountFen', from: 1, to: 250 } })).toBe(
          'af',
        );
        expect(await keysOf({ range: { field: 'dueOn' } })).toBe('acdef');
      });

      it('sorts by a declared field, null first, ties by key, and back', async () => {
        expect(await keysOf({ sort: { field: 'dueOn' } })).toBe('bgcadfe');
        expect(await keysOf({ sort: { field: 'dueOn', order: 'desc' } })).toBe('efdacgb');
        expect(await keysOf({ where: { region: '330602' }, sort: { field: 'amountFen', order: 'desc' } })).toBe(
          'bafce',
        );
        const range = { field: 'dueOn', from: '2026-03-05' };
        expect(await keysOf({ range, sort: { field: 'dueOn', order: 'desc' } })).toBe('efda');
      });

      it.each([1, 2, 3, 6])('pages through every order without losing or repeating, %i at a time', async (limit) => {
        const queries: Partial<Query>[] = [
          {},
          { sort: { field: 'dueOn' } },
          { sort: { field: 'dueOn', order: 'desc' } },
          { where: { region: ['330602', '330604'] }, sort: { field: 'dueOn', order: 'desc' } },
          { where: { region: '330602' }, sort: { field: 'amountFen' } },
          { range: { field: 'dueOn', from: '2026-03-05' }, sort: { field: 'dueOn' } },
        ];
        for (const query of queries) {
          const whole = await keysOf(query);
          let paged = '';
          let cursor: string | null = null;
          do {
            const page: Page<object> = await store.query('tickets', {
              ...query,
              limit,
              ...(cursor !== null && { cursor }),
            });
            expect(page.items.length).toBeLessThanOrEqual(limit);
            paged += page.items.map((item) => item.key).join('');
            cursor = page.next;
          } while (cursor !== null);
          expect(paged).toBe(whole);
        }
      });

      it('ends with null exactly when nothing follows', async () => {
        expect((await store.query('tickets', { limit: 7 })).next).toBeNull();
        expect((await store.query('tickets', { limit: 6 })).next).not.toBeNull();
      });

      it('refuses a cursor that is not of this query', async () => {
        const { next } = await store.query('tickets', { limit: 2, sort: { field: 'dueOn' } });
        const wrong: Partial<Query>[] = [
          { cursor: 'no cursor!' },
          { cursor: '' },
          { cursor: Buffer.from('[]').toString('base64url') },
          { cursor: Buffer.from('{"a":1}').toString('base64url') },
          { cursor: next!, sort: { field: 'dueOn', order: 'desc' } },
          { cursor: next! },
        ];
        for (const query of wrong) {
          await expect(store.query('tickets', { limit: 2, ...query })).rejects.toMatchObject({ code: 'BAD_CURSOR' });
        }
      });

      it('refuses what no index declares', async () => {
        const wrong: Partial<Query>[] = [
          { where: { status: 'open' } },
          { where: { region: '330602', dueOn: null } },
          { where: { unknown: 1 } },
          { range: { field: 'status', from: 'a' } },
          { where: { region: '330602' }, range: { field: 'dueOn', from: 'a' } },
          { sort: { field: 'unknown' } },
        ];
        for (const query of wrong) {
          await expect(store.query('tickets', { limit: 2, ...query })).rejects.toMatchObject({
            code: 'UNDECLARED_INDEX',
          });
        }
        await expect(store.count('tickets', { dueOn: 'x', status: 'y' })).rejects.toMatchObject({
          code: 'UNDECLARED_INDEX',
        });
        await expect(store.sum('tickets', 'unknown')).rejects.toMatchObject({ code: 'UNDECLARED_INDEX' });
        await expect(store.query('notes', { limit: 1, sort: { field: 'dueOn' } })).rejects.toMatchObject({
          code: 'UNDECLARED_INDEX',
        });
      });

      it('refuses limits that are none, and filters without a value', async () => {
        for (const limit of [0, -1, 1.5, NaN]) {
          await expect(store.query('tickets', { limit })).rejects.toMatchObject({ code: 'BAD_QUERY' });
        }
        const where = { region: undefined } as unknown as Exclude<Query['where'], undefined>;
        await expect(store.query('tickets', { limit: 1, where })).rejects.toMatchObject({ code: 'BAD_QUERY' });
      });

      it('refuses projections it does not know', async () => {
        await expect(store.get('nothing', 'a')).rejects.toMatchObject({ code: 'UNKNOWN_PROJECTION' });
        await expect(store.reached('nothing', 1, 1)).rejects.toMatchObject({ code: 'UNKNOWN_PROJECTION' });
      });

      it('counts and sums', async () => {
        expect(await store.count('tickets')).toBe(7);
        expect(await store.count('tickets', { region: '330602', status: ['open', null] })).toBe(4);
        expect(await store.sum('tickets', 'amountFen')).toBe(311);
        expect(await store.sum('tickets', 'amountFen', { region: ['330603', '330604'] })).toBe(10);
        expect(await store.sum('tickets', 'amountFen', { region: 'nowhere' })).toBe(0);
        await expect(store.sum('tickets', 'region')).rejects.toMatchObject({ code: 'NOT_NUMERIC' });
      });

      it('answers a reader on a connection of its own', async () => {
        const reader = await fixture.openReader([tickets, notes]);
        try {
          expect(await reader.count('tickets', { region: '330602' })).toBe(5);
          await put({ a: null }, 10, 11);
          expect(await reader.get('tickets', 'a')).toBeUndefined();
        } finally {
          await reader.close();
        }
      });
    });

    describe('waiting for a position', () => {
      it('answers at once where it has been reached, and false where it is not in time', async () => {
        await put({}, 0, 5);
        expect(await store.reached('tickets', 5, 0)).toBe(true);
        expect(await store.reached('tickets', 6, 0)).toBe(false);
        expect(await store.reached('tickets', 6, 30)).toBe(false);
      });

      it('wakes many waiters, each when its position is there', async () => {
        const reader = await fixture.openReader([tickets, notes]);
        try {
          const order: number[] = [];
          const waits = [3, 1, 2].map(async (position) => {
            expect(await reader.reached('tickets', position, 30_000)).toBe(true);
            order.push(position);
          });
          for (let position = 0; position < 3; position++) {
            await put({}, position, position + 1);
            await waits[[1, 2, 0][position]!];
          }
          await Promise.all(waits);
          expect(order).toEqual([1, 2, 3]);
        } finally {
          await reader.close();
        }
      });
    });

    describe('dead letters', () => {
      const letters = [3, 4, 6].map((position) => letter('k', position));

      beforeEach(async () => {
        await store.commit(tickets, 'live', {
          ...batch({ k: ticket(), other: ticket() }, 0, 9),
          parked: [...letters, letter('other', 5)],
        });
      });

      it('lists them in order, in pages', async () => {
        const first = await store.parked('tickets', undefined, 3);
        expect(first.items.map((item) => item.doc)).toEqual(letters);
        const second = await store.parked('tickets', first.next!, 3);
        expect(second.items.map((item) => [item.key, item.doc.position])).toEqual([['other', 5]]);
        expect(second.next).toBeNull();
        expect((await store.parked()).items).toHaveLength(4);
        expect((await store.parked('notes')).items).toEqual([]);
        await expect(store.parked('tickets', 'nonsense')).rejects.toMatchObject({ code: 'BAD_CURSOR' });
      });

      it('tells which keys stand still since when', async () => {
        expect(await store.parkedKeys(tickets, 'live')).toEqual(
          new Map([
            ['k', 3],
            ['other', 5],
          ]),
        );
        expect(await store.parkedEvents(tickets, 'live', 'k')).toEqual(letters);
        expect(await store.generation(tickets, 'live')).toMatchObject({ parked: 4 });
      });

      it('takes back what was replayed, with the document', async () => {
        const document = ticket({ amountFen: 99 });
        await store.unpark(tickets, 'k', { document, through: 4, reason: 'still wrong' });
        expect(await store.get('tickets', 'k')).toEqual(document);
        expect(await store.parkedEvents(tickets, 'live', 'k')).toEqual([{ ...letters[2]!, reason: 'still wrong' }]);
        await store.unpark(tickets, 'k', { document: null, through: 6 });
        expect(await store.get('tickets', 'k')).toBeUndefined();
        expect(await store.parkedKeys(tickets, 'live')).toEqual(new Map([['other', 5]]));
      });
    });

    describe('generations', () => {
      const next: Projection = { ...tickets, version: 2, indexes: { byStatus: ['status'] } };

      it('builds a rebuild beside the live documents and swaps it in, dead letters included', async () => {
        await store.commit(tickets, 'live', { ...batch({ a: ticket(), b: ticket() }, 0, 9), parked: [letter('a', 2)] });
        await store.begin(tickets, 'rebuild');
        await store.commit(tickets, 'rebuild', batch({ a: ticket({ amountFen: 5 }), c: ticket(), b: ticket() }, 0, 9));
        expect(await store.get('tickets', 'c')).toBeUndefined();
        expect(await store.compare('tickets')).toEqual({ documents: 3, differences: 2, keys: ['a', 'c'] });
        await store.finish(tickets);
        await store.swap(tickets);
        expect(await store.get('tickets', 'a')).toEqual(ticket({ amountFen: 5 }));
        expect(await store.count('tickets', { region: '330602' })).toBe(3);
        expect(await store.generation(tickets, 'live')).toMatchObject({ checkpoint: 9, parked: 0 });
        expect(await store.generation(tickets, 'rebuild')).toBeUndefined();
        expect((await store.parked()).items).toEqual([]);
      });

      it('finds no difference between the same documents, however they were written down', async () => {
        await put({ a: { region: '1', status: 'x' }, b: ticket() }, 0, 9);
        await store.begin(tickets, 'rebuild');
        await store.commit(tickets, 'rebuild', batch({ b: ticket(), a: { status: 'x', region: '1' } }, 0, 9));
        expect(await store.compare('tickets')).toEqual({ documents: 2, differences: 0, keys: [] });
      });

      it('answers from the old version until the new one is swapped in', async () => {
        await put({ a: ticket() }, 0, 9);
        await store.close();
        store = await fixture.open([next, notes]);
        await store.prepare([next, notes]);
        expect(await store.generation(next, 'live')).toMatchObject({ version: 1, current: false, checkpoint: 9 });
        await expect(store.commit(next, 'live', batch({}, 9, 10))).rejects.toMatchObject({ code: 'WRONG_GENERATION' });
        await store.begin(next, 'rebuild');
        await store.commit(next, 'rebuild', batch({ a: ticket({ status: 'new' }) }, 0, 9));
        expect(await store.get('tickets', 'a')).toEqual(ticket());
        await expect(store.count('tickets', { status: 'new' })).rejects.toMatchObject({
          code: 'VIEW_BEING_BUILT',
          retryable: true,
        });
        await store.finish(next);
        await store.swap(next);
        expect(await store.count('tickets', { status: 'new' })).toBe(1);
        expect(await store.generation(next, 'live')).toMatchObject({ version: 2, current: true });
      });

      it('begins a rebuild anew, discards one, and clears away what nobody declares', async () => {
        await store.begin(tickets, 'rebuild');
        await store.commit(tickets, 'rebuild', batch({ a: ticket() }, 0, 9));
        await store.begin(tickets, 'rebuild');
        expect(await store.generation(tickets, 'rebuild')).toMatchObject({ checkpoint: 0 });
        await store.discard('tickets');
        expect(await store.generation(tickets, 'rebuild')).toBeUndefined();
        await expect(store.compare('tickets')).rejects.toMatchObject({ code: 'NO_REBUILD' });
        await put({ a: ticket() }, 0, 9);
        await store.prepare([notes]);
        expect(await store.generation(tickets, 'live')).toBeUndefined();
        await store.prepare([tickets, notes]);
        expect(await store.generation(tickets, 'live')).toMatchObject({ checkpoint: 0 });
        expect(await store.count('tickets')).toBe(0);
      });

      it('dumps canonical documents in the order of their keys', async () => {
        const many = Object.fromEntries(
          Array.from({ length: 2500 }, (_, i) => [`k${String(i).padStart(5, '0')}`, ticket()]),
        );
        await put({ ...many, a: { region: 'r', amountFen: 1, status: null, '10': 1, '9': 2 } }, 0, 9);
        const dumped: string[] = [];
        for await (const { key, doc } of store.dump('tickets')) dumped.push(`${key} ${doc}`);
        expect(dumped).toHaveLength(2501);
        expect(dumped[0]).toBe('a {"10":1,"9":2,"amountFen":1,"region":"r","status":null}');
        expect(dumped).toEqual([...dumped].sort());
      });

      it('refuses two projections of one name', async () => {
        await expect(store.prepare([tickets, { ...notes, name: 'tickets' }])).rejects.toMatchObject({
          code: 'DUPLICATE_PROJECTION',
        });
      });
    });
  });
}

function ticket(changes: Partial<Ticket> = {}): Ticket {
  return { region: '330602', status: 'open', dueOn: '2026-03-05', amountFen: 100, ...changes };
}

function batch(documents: Record<string, object | null>, after: Position, upTo: Position): BatchOutcome {
  return { after, upTo, eventId: `event-${upTo}`, documents: new Map(Object.entries(documents)), parked: [] };
}

function letter(key: string, position: Position): ParkedEvent {
  return { projection: 'tickets', key, position, eventId: `event-${position}`, reason: `reason ${position}` };
}
