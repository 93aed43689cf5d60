import canonicalize from 'canonicalize';
import type { SQLInputValue } from 'node:sqlite';
import { Failure, type Position } from '#kernel';
import type {
  BatchOutcome,
  Comparison,
  DumpedDocument,
  Generation,
  GenerationState,
  ParkedEvent,
  Projection,
  ReadModels,
  ReplayOutcome,
} from '../port.ts';
import { shapeOf } from '../projection.ts';
import {
  createIndexes,
  createTable,
  currentValues,
  update,
  type GenerationRow,
  type GenerationTable,
  Generations,
  upsert,
} from './generation.ts';
import { EmbeddedReader } from './reader.ts';

const DUMP_PAGE = 1000;
const SHOWN_DIFFERENCES = 20;

/** The one writer. Every method is one transaction; a failed one leaves nothing behind. */
export class EmbeddedReadModels extends EmbeddedReader implements ReadModels {
  private readonly shapes = new WeakMap<Projection, string>();

  async commit(projection: Projection, generation: Generation, batch: BatchOutcome): Promise<Position> {
    const checkpoint = this.database.writing(() => {
      const target = this.current(projection, generation);
      if (batch.after < target.checkpoint) return target.checkpoint;
      if (batch.after > target.checkpoint) {
        throw new Failure(
          'CHECKPOINT_GAP',
          `${projection.name} is at ${target.checkpoint}, batch after ${batch.after}`,
        );
      }
      this.writeDocuments(target, batch.documents);
      for (const event of batch.parked) this.park(target, event);
      const advance = 'UPDATE generations SET checkpoint = ?, event_id = ? WHERE id = ?';
      this.database.run(advance, batch.upTo, batch.eventId, target.id);
      return batch.upTo;
    });
    this.signal.announce();
    return checkpoint;
  }

  async prepare(projections: readonly Projection[]): Promise<void> {
    const names = new Set(projections.map((projection) => projection.name));
    if (names.size < projections.length) throw new Failure('DUPLICATE_PROJECTION', 'two projections share one name');
    this.database.writing(() => {
      for (const { id, projection } of this.generations.list()) if (!names.has(projection)) this.drop(id);
      for (const projection of projections) {
        if (this.generations.find(projection.name, 'live') === undefined) this.create(projection, 'live');
      }
    });
  }

  async generation(projection: Projection, generation: Generation): Promise<GenerationState | undefined> {
    const row = this.generations.find(projection.name, generation);
    if (row === undefined) return undefined;
    const parked = this.database.get('SELECT count(*) FROM parked WHERE generation = ?', row.id)![0] as number;
    const { version, checkpoint, eventId } = row;
    return { version, current: row.shape === this.shape(projection), checkpoint, eventId, parked };
  }

  async load(projection: Projection, generation: Generation, keys: readonly string[]): Promise<Map<string, object>> {
    const { table } = this.current(projection, generation);
    const documents = new Map<string, object>();
    for (const key of keys) {
      const row = this.database.get(`SELECT doc FROM ${table} WHERE key = ?`, key);
      if (row !== undefined) documents.set(key, JSON.parse(row[0] as string) as object);
    }
    return documents;
  }

  async parkedKeys(projection: Projection, generation: Generation): Promise<Map<string, Position>> {
    const { id } = this.current(projection, generation);
    const rows = this.database.all('SELECT key, min(position) FROM parked WHERE generation = ? GROUP BY key', id);
    return new Map(rows as unknown as [string, Position][]);
  }

  async parkedEvents(projection: Projection, generation: Generation, key: string): Promise<ParkedEvent[]> {
    const { id } = this.current(projection, generation);
    const rows = this.database.all(
      'SELECT position, event_id, reason FROM parked WHERE generation = ? AND key = ? ORDER BY position',
      id,
      key,
    );
    return rows.map((row) => {
      const [position, eventId, reason] = row as [number, string, string];
      return { projection: projection.name, key, position, eventId, reason };
    });
  }

  async unpark(projection: Projection, key: string, outcome: ReplayOutcome): Promise<void> {
    this.database.writing(() => {
      const target = this.current(projection, 'live');
      this.writeDocuments(target, new Map([[key, outcome.document]]));
      const where = 'WHERE generation = ? AND key = ?';
      this.database.run(`DELETE FROM parked ${where} AND position <= ?`, target.id, key, outcome.through);
      if (outcome.reason === undefined) return;
      const first = `(SELECT min(position) FROM parked ${where})`;
      const update = `UPDATE parked SET reason = ? ${where} AND position = ${first}`;
      this.database.run(update, outcome.reason, target.id, key, target.id, key);
    });
    this.signal.announce();
  }

  async begin(projection: Projection, generation: Generation): Promise<void> {
    this.database.writing(() => {
      this.dropRole(projection.name, generation);
      this.create(projection, generation);
    });
  }

  async finish(projection: Projection): Promise<void> {
    this.database.writing(() => this.database.define(createIndexes(this.current(projection, 'rebuild'))));
  }

  async compare(projection: string): Promise<Comparison> {
    return this.database.reading(() => {
      const [live, rebuilt] = [this.generations.find(projection, 'live'), this.generations.find(projection, 'rebuild')];
      if (live === undefined || rebuilt === undefined) throw new Failure('NO_REBUILD', `${projection} has no rebuild`);
      const differing = `SELECT l.key FROM ${live.table} l LEFT JOIN ${rebuilt.table} r ON r.key = l.key WHERE r.doc IS NOT l.doc
        UNION ALL SELECT r.key FROM ${rebuilt.table} r WHERE NOT EXISTS (SELECT 1 FROM ${live.table} l WHERE l.key = r.key)`;
      const documents = this.database.get(`SELECT count(*) FROM ${rebuilt.table}`)![0] as number;
      const differences = this.database.get(`SELECT count(*) FROM (${differing})`)![0] as number;
      const keys =
        differences === 0
          ? []
          : this.database.all(`SELECT key FROM (${differing}) ORDER BY key LIMIT ?`, SHOWN_DIFFERENCES);
      return { documents, differences, keys: keys.map((row) => row[0] as string) };
    });
  }

  async swap(projection: Projection): Promise<void> {
    this.database.writing(() => {
      const { id } = this.current(projection, 'rebuild');
      this.dropRole(projection.name, 'live');
      this.database.run(`UPDATE generations SET role = 'live' WHERE id = ?`, id);
    });
    this.signal.announce();
  }

  async discard(projection: string): Promise<void> {
    this.database.writing(() => this.dropRole(projection, 'rebuild'));
  }

  /** From one snapshot, on a connection of its own, so that batches go on while somebody reads. */
  async *dump(projection: string, generation: Generation = 'live'): AsyncIterable<DumpedDocument> {
    const snapshot = this.database.another();
    try {
      snapshot.run('BEGIN');
      const target = new Generations(snapshot).find(projection, generation);
      if (target === undefined) return;
      const sql = `SELECT key, doc FROM ${target.table} WHERE key > ? ORDER BY key LIMIT ${DUMP_PAGE}`;
      for (let page = snapshot.all(sql, ''); page.length > 0; page = snapshot.all(sql, page.at(-1)![0] as string)) {
        for (const [key, doc] of page) yield { key: key as string, doc: doc as string };
      }
    } finally {
      snapshot.close();
    }
  }

  private writeDocuments(target: GenerationTable, documents: ReadonlyMap<string, object | null>): void {
    const remove = `DELETE FROM ${target.table} WHERE key = ?`;
    const select = currentValues(target);
    const insert = upsert(target);
    const fields = [...target.columns.keys()];
    const columns = [...target.columns.values()];
    for (const [key, doc] of documents) {
      if (doc === null) {
        this.database.run(remove, key);
        continue;
      }
      const values = fields.map((field) => ((doc as Record<string, unknown>)[field] ?? null) as SQLInputValue);
      const before = this.database.get(select, key);
      if (before === undefined) {
        this.database.run(insert, key, canonicalize(doc)!, ...values);
        continue;
      }
      // SQLite rewrites every index of a column that is set, even to the value it has: only what changed is set.
      const changed = values.flatMap((value, i) => (value === before[i] ? [] : [i]));
      const sql = update(
        target,
        changed.map((i) => columns[i]!),
      );
      this.database.run(sql, canonicalize(doc)!, ...changed.map((i) => values[i]!), key);
    }
  }

  private park(target: GenerationTable, event: ParkedEvent): void {
    const insert = 'INSERT INTO parked (generation, key, position, event_id, reason) VALUES (?, ?, ?, ?, ?)';
    this.database.run(insert, target.id, event.key, event.position, event.eventId, event.reason);
  }

  private create(projection: Projection, role: Generation): void {
    const insert = 'INSERT INTO generations (projection, role, shape) VALUES (?, ?, ?)';
    this.database.run(insert, projection.name, role, this.shape(projection));
    const target = this.current(projection, role);
    this.database.define(createTable(target));
    // A rebuild is filled first and indexed once, in `finish`.
    if (role === 'live') this.database.define(createIndexes(target));
  }

  private dropRole(projection: string, role: Generation): void {
    const row = this.generations.find(projection, role);
    if (row !== undefined) this.drop(row.id);
  }

  private drop(id: number): void {
    this.database.define(`DROP TABLE documents_${id}`);
    this.database.run('DELETE FROM parked WHERE generation = ?', id);
    this.database.run('DELETE FROM generations WHERE id = ?', id);
  }

  /** The generation, which must have been begun by the same version and indexes. */
  private current(projection: Projection, role: Generation): GenerationRow {
    const row = this.generations.find(projection.name, role);
    if (row?.shape === this.shape(projection)) return row;
    const found = row === undefined ? 'none' : `version ${row.version}`;
    throw new Failure('WRONG_GENERATION', `${role} ${projection.name} version ${projection.version}: found ${found}`);
  }

  private shape(projection: Projection): string {
    let shape = this.shapes.get(projection);
    if (shape === undefined) this.shapes.set(projection, (shape = shapeOf(projection)));
    return shape;
  }
}
