import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Failure } from '#kernel';

/** Raised when the tables below change; a file of another format is derived data, set aside and built again. */
const FORMAT = 2;
const FILE = 'read-models.db';

/**
 * Documents, checkpoint and dead letters stand in one file, so one transaction covers them. `synchronous=NORMAL`: after
 * a power cut the last transactions may be missing, but always documents and checkpoint together, and the log, which
 * is durable, fills them in again. Documents sit in the primary key's own tree (`WITHOUT ROWID`): loading one by key is
 * one descent, and a dump reads in key order.
 */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS generations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    projection TEXT NOT NULL,
    role TEXT NOT NULL,
    shape TEXT NOT NULL,
    checkpoint INTEGER NOT NULL DEFAULT 0,
    event_id TEXT,
    UNIQUE (projection, role)
  );
  CREATE TABLE IF NOT EXISTS parked (
    generation INTEGER NOT NULL,
    key TEXT NOT NULL,
    position INTEGER NOT NULL,
    event_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (generation, key, position)
  ) WITHOUT ROWID;
  PRAGMA user_version = ${FORMAT};
`;

export interface OpenedDatabase {
  readonly database: Database;
  /** Where an unreadable file was set aside; null when there was none. */
  readonly setAside: string | null;
}

/** Opens the writer's connection. A file that is no database of this format is set aside and begun anew. */
export function openForWriting(folder: string): OpenedDatabase {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, FILE);
  try {
    return { database: new Database(path, true), setAside: null };
  } catch (error) {
    if (!(error instanceof Failure && error.code === 'STORE_CORRUPT')) throw error;
  }
  const setAside = `${path}.unreadable`;
  renameSync(path, setAside);
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
  return { database: new Database(path, true), setAside };
}

/** Opens a connection that reads only; the writer need not have been there before. */
export function openForReading(folder: string): Database {
  mkdirSync(folder, { recursive: true });
  return new Database(join(folder, FILE), false);
}

export type Row = readonly unknown[];

/** One connection: prepared statements by their text, rows as arrays, errors as {@link Failure}. */
export class Database {
  private readonly connection: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();

  constructor(
    private readonly path: string,
    writes: boolean,
  ) {
    this.connection = guarded(
      path,
      () => new DatabaseSync(path, { timeout: 5000, enableForeignKeyConstraints: false }),
    );
    try {
      this.setUp(writes);
    } catch (error) {
      this.connection.close();
      throw error;
    }
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return guarded(this.path, () => this.prepared(sql).all(...values) as unknown as Row[]);
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return guarded(this.path, () => this.prepared(sql).get(...values) as unknown as Row | undefined);
  }

  run(sql: string, ...values: SQLInputValue[]): number {
    return guarded(this.path, () => Number(this.prepared(sql).run(...values).changes));
  }

  /** Statements that change tables; what was prepared for dropped tables is forgotten. */
  define(sql: string): void {
    guarded(this.path, () => this.connection.exec(sql));
    this.statements.clear();
  }

  /** One snapshot for several reads. */
  reading<T>(work: () => T): T {
    return this.between('BEGIN', work);
  }

  /** All or nothing. */
  writing<T>(work: () => T): T {
    return this.between('BEGIN IMMEDIATE', work);
  }

  /** A connection of its own on the same file. */
  another(): Database {
    return new Database(this.path, false);
  }

  close(): void {
    this.statements.clear();
    if (this.connection.isOpen) this.connection.close();
  }

  private between<T>(begin: string, work: () => T): T {
    this.run(begin);
    try {
      const result = work();
      this.run('COMMIT');
      return result;
    } catch (error) {
      if (this.connection.isTransaction) this.connection.exec('ROLLBACK');
      throw error;
    }
  }

  private setUp(writes: boolean): void {
    guarded(this.path, () => {
      this.connection.exec('PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
      this.connection.exec(`PRAGMA cache_size = ${writes ? -65_536 : -16_384}; PRAGMA wal_autocheckpoint = 2000`);
    });
    const format = this.get('PRAGMA user_version')?.[0];
    if (format !== 0 && format !== FORMAT) {
      throw new Failure('STORE_CORRUPT', `${this.path} has format ${String(format)}, expected ${FORMAT}`);
    }
    if (format === 0) this.writing(() => this.define(SCHEMA));
    if (!writes) this.run('PRAGMA query_only = ON');
  }

  private prepared(sql: string): StatementSync {
    let statement = this.statements.get(sql);
    if (statement === undefined) {
      statement = this.connection.prepare(sql);
      statement.setReturnArrays(true);
      if (this.statements.size >= MAX_STATEMENTS) this.statements.clear();
      this.statements.set(sql, statement);
    }
    return statement;
  }
}

const MAX_STATEMENTS = 500;

/** SQLite's primary result codes (sqlite.org/rescode.html): those that may pass by themselves, and those of a bad file. */
const PASSING = new Set([5, 6, 7, 8, 10, 13, 14]);
const UNREADABLE = new Set([11, 26]);

function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isSqliteError(error)) throw error;
    const { errcode, message } = error;
    const primary = errcode & 0xff;
    if (PASSING.has(primary)) throw new Failure('STORE_UNAVAILABLE', `${path}: ${message}`, true, { cause: error });
    const code = UNREADABLE.has(primary) ? 'STORE_CORRUPT' : 'STORE_BROKEN';
    throw new Failure(code, `${path}: ${message}`, false, { cause: error });
  }
}

function isSqliteError(error: unknown): error is Error & { errcode: number } {
  return typeof error === 'object' && error !== null && 'errcode' in error;
}
