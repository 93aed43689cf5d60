import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CommitSignal } from '../signal.ts';
import { cases } from '../testing/cases.ts';
import { Database, openForWriting } from './database.ts';
import { EmbeddedReadModels, openEmbeddedReadModelReader, openEmbeddedReadModels } from './index.ts';

describe('the file of the read models', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fangxin-storage-'));
    path = join(folder, 'read-models.db');
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function fill(store: EmbeddedReadModels, after: number, documents: number): Promise<number> {
    const filling = Array.from({ length: documents }, (_, i): [string, object] => [
      `k${after + i}`,
      { text: 'x'.repeat(900) },
    ]);
    const upTo = after + documents;
    const batch = { after, upTo, eventId: `event-${upTo}`, documents: new Map(filling), parked: [] };
    return store.commit(cases, 'live', batch);
  }

  it('is full: the batch is refused as a whole, and taken when there is room again', async () => {
    const { database } = openForWriting(folder);
    const store = new EmbeddedReadModels(database, [cases], CommitSignal.create());
    await store.prepare([cases]);
    await fill(store, 0, 10);
    database.get('PRAGMA max_page_count = 60');
    await expect(fill(store, 10, 2000)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true });
    expect(await store.count('cases')).toBe(10);
    expect(await store.generation(cases, 'live')).toMatchObject({ checkpoint: 10 });
    database.get('PRAGMA max_page_count = 100000');
    expect(await fill(store, 10, 2000)).toBe(2010);
    expect(await store.count('cases')).toBe(2010);
    await store.close();
  });

  it.each<[string, () => void]>([
    ['is no database', () => writeFileSync(path, 'not a database, but long enough to be read as one'.repeat(200))],
    ['is of another format', () => new DatabaseSync(path).exec('PRAGMA user_version = 99')],
    ['was cut off', () => truncateSync(path, 20_000)],
  ])('%s: it is set aside and the documents are built anew', async (_, spoil) => {
    const first = openEmbeddedReadModels({ folder, projections: [cases] });
    await first.prepare([cases]);
    await fill(first, 0, 100);
    await first.close();
    spoil();
    const setAside: string[] = [];
    const store = openEmbeddedReadModels({ folder, projections: [cases], onSetAside: (each) => setAside.push(each) });
    await store.prepare([cases]);
    expect(setAside).toEqual([`${path}.unreadable`]);
    expect(readdirSync(folder)).toContain('read-models.db.unreadable');
    expect(await store.generation(cases, 'live')).toMatchObject({ checkpoint: 0 });
    expect(await store.count('cases')).toBe(0);
    await store.close();
  });

  it('cannot be written through a reader', async () => {
    openForWriting(folder).database.close();
    const reading = new Database(path, false);
    expect(() => reading.run(`INSERT INTO generations (projection, role, shape) VALUES ('x', 'live', '')`)).toThrow(
      /readonly/,
    );
    reading.close();
  });

  it('may be opened for reading before it was ever written', async () => {
    const reader = openEmbeddedReadModelReader({ folder, projections: [cases] });
    expect(await reader.get('cases', 'a')).toBeUndefined();
    expect(await reader.query('cases', { limit: 5 })).toEqual({ items: [], next: null });
    expect([await reader.count('cases'), await reader.sum('cases', 'amountFen')]).toEqual([0, 0]);
    const store = openEmbeddedReadModels({ folder, projections: [cases] });
    await store.prepare([cases]);
    const waiting = reader.reached('cases', 3, 30_000);
    await fill(store, 0, 3);
    expect(await waiting).toBe(true);
    expect(await reader.count('cases')).toBe(3);
    await reader.close();
    await store.close();
  });
});
