import type { Position } from '#kernel';
import type { Generation, Projection } from '../port.ts';
import { declaredFields } from '../projection.ts';
import type { Database } from './database.ts';

/** One build of a projection: its own table, with a column per declared field. */
export interface GenerationTable {
  readonly id: number;
  /** Version and indexes it was built with ({@link shapeOf}). */
  readonly shape: string;
  readonly version: number;
  readonly indexes: Projection['indexes'];
  readonly table: string;
  /** Columns by field. Fields never become SQL text; columns are numbered. */
  readonly columns: ReadonlyMap<string, string>;
}

export interface GenerationRow extends GenerationTable {
  readonly checkpoint: Position;
  readonly eventId: string | null;
}

/** Tables by id. An id is never used again, so what is known of it stays true. */
export class Generations {
  private readonly known = new Map<number, GenerationTable>();

  constructor(private readonly database: Database) {}

  find(projection: string, role: Generation): GenerationRow | undefined {
    const row = this.database.get(
      'SELECT id, shape, checkpoint, event_id FROM generations WHERE projection = ? AND role = ?',
      projection,
      role,
    );
    if (row === undefined) return undefined;
    const [id, shape, checkpoint, eventId] = row as [number, string, number, string | null];
    return { ...this.table(id, shape), checkpoint, eventId };
  }

  list(): { id: number; projection: string; role: Generation }[] {
    const rows = this.database.all('SELECT id, projection, role FROM generations ORDER BY id');
    return rows.map((row) => {
      const [id, projection, role] = row as unknown as [number, string, Generation];
      return { id, projection, role };
    });
  }

  private table(id: number, shape: string): GenerationTable {
    let table = this.known.get(id);
    if (table === undefined) {
      const [version, entries] = JSON.parse(shape) as [number, [string, string[]][]];
      const indexes = Object.fromEntries(entries);
      const columns = new Map(declaredFields(indexes).map((field, i) => [field, `f${i}`]));
      table = { id, shape, version, indexes, table: `documents_${id}`, columns };
      this.known.set(id, table);
    }
    return table;
  }
}

export function createTable({ table, columns }: GenerationTable): string {
  const fields = [...columns.values()].map((column) => `${column},`).join(' ');
  return `CREATE TABLE ${table} (key TEXT NOT NULL PRIMARY KEY, ${fields} doc TEXT NOT NULL) WITHOUT ROWID`;
}

/** The key ends every index, for keyset pages. */
export function createIndexes({ table, columns, indexes }: GenerationTable): string {
  return Object.values(indexes)
    .filter((fields) => fields.length > 0)
    .map((fields, i) => {
      const list = fields.map((field) => columns.get(field)!).join(', ');
      return `CREATE INDEX IF NOT EXISTS ${table}_${i} ON ${table} (${list}, key);`;
    })
    .join('\n');
}

export function upsert({ table, columns }: GenerationTable): string {
  const names = ['key', 'doc', ...columns.values()];
  const changes = names.slice(1).map((name) => `${name} = excluded.${name}`);
  return `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})
    ON CONFLICT (key) DO UPDATE SET ${changes.join(', ')}`;
}

/** What stands in the columns of a document; one constant column where there are none. */
export function currentValues({ table, columns }: GenerationTable): string {
  return `SELECT ${columns.size === 0 ? 'NULL' : [...columns.values()].join(', ')} FROM ${table} WHERE key = ?`;
}

export function update({ table }: GenerationTable, changed: readonly string[]): string {
  return `UPDATE ${table} SET ${['doc', ...changed].map((column) => `${column} = ?`).join(', ')} WHERE key = ?`;
}
