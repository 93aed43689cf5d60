import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import { Failure } from '#kernel';
import { FORGOTTEN } from './port.ts';
import type { Forgotten } from './port.ts';
import type { Sealed } from './sealing.ts';

export interface SealedPerson extends Sealed {
  readonly id: string;
}

const SCHEMA_VERSION = 1;

/** Up to where everybody the vault holds is known to be spoken of by an event, or forgotten. */
export interface SweptMark {
  /** Number of the last person looked at; people are numbered as they are stored. */
  readonly people: number;
  /** Whoever is stored after that person is spoken of after this position only. */
  readonly position: number;
  /** Id of the event at that position, by which a log is known again; null where the log was empty. */
  readonly event: string | null;
}

/** As much as a group of a few hundred people takes. */
const TRIAL_BYTES = 262_144;

/** Trial writes while the disk refuses are at least so far apart. */
const TRIAL_EVERY_MS = 1_000;

/** The event loop stands still meanwhile, and nobody but a backup should ever hold the file. */
const LOCK_WAIT_MS = 1000;

/**
 * Rows are only ever appended by rising row number and overwritten at equal length. SQLite then never moves a row from
 * one page to another, so no stale copy of a wrapped key can be left behind in the unused part of a page: erasing the
 * row erases every copy. `secure_delete` and the log's truncation do the rest.
 */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS person (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    wrapped BLOB NOT NULL,
    sealed BLOB NOT NULL,
    forgotten INTEGER NOT NULL CHECK (forgotten IN (0, 1))
  ) STRICT;
  CREATE TABLE IF NOT EXISTS swept (
    number INTEGER PRIMARY KEY CHECK (number = 1),
    people INTEGER NOT NULL,
    position INTEGER NOT NULL,
    event TEXT
  ) STRICT;
  CREATE TABLE IF NOT EXISTS trial (filler BLOB NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS key_check (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

/** One SQLite file of sealed people. Synchronous; every error comes out as a {@link Failure}. */
export class VaultFile {
  readonly #db: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #find: StatementSync;
  readonly #overwrite: StatementSync;
  readonly #tombstone: StatementSync;

  /** Why the last write failed. */
  #failure: Failure | undefined;
  #triedAt = -Infinity;

  constructor(private readonly path: string) {
    this.#db = guarded('opened', () => open(path));
    try {
      guarded('opened', () => this.#prepareFile());
      this.#insert = this.#db.prepare(
        'INSERT INTO person (id, wrapped, sealed, forgotten) VALUES (?, ?, ?, 0) ON CONFLICT (id) DO NOTHING',
      );
      this.#find = this.#db.prepare('SELECT wrapped, sealed, forgotten FROM person WHERE id = ?');
      this.#overwrite = this.#db.prepare(
        `UPDATE person SET wrapped = zeroblob(length(wrapped)), sealed = zeroblob(length(sealed)), forgotten = 1 WHERE id = ?`,
      );
      this.#tombstone = this.#db.prepare(
        `INSERT INTO person (id, wrapped, sealed, forgotten) VALUES (?, x'', x'', 1) ON CONFLICT (id) DO NOTHING`,
      );
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  /** Stores a key's proof, or compares it with the stored one. Throws `VAULT_KEY_MISMATCH`. */
  checkKey(name: string, check: (stored: Buffer | undefined) => Buffer | boolean): void {
    guarded('opened', () => {
      const row = this.#db.prepare('SELECT value FROM key_check WHERE name = ?').get(name);
      const outcome = check(row === undefined ? undefined : Buffer.from(row['value'] as Uint8Array));
      if (outcome === false) {
        throw new Failure(
          'VAULT_KEY_MISMATCH',
          `${this.path} was written with another ${name} key; restore its key file`,
        );
      }
      if (outcome !== true) this.#db.prepare('INSERT INTO key_check (name, value) VALUES (?, ?)').run(name, outcome);
    });
  }

  /** All or none; on disk when it returns. People it holds already, forgotten ones too, stay as they are. */
  insert(batch: readonly { readonly people: readonly SealedPerson[] }[]): void {
    this.#inTransaction('written', () => {
      for (const { people } of batch) for (const one of people) this.#insert.run(one.id, one.wrapped, one.sealed);
    });
  }

  find(id: string): SealedPerson | Forgotten | undefined {
    const row = guarded('read', () => this.#find.get(id));
    if (row === undefined) return undefined;
    if (row['forgotten'] === 1) return FORGOTTEN;
    return { id, wrapped: asBuffer(row['wrapped']), sealed: asBuffer(row['sealed']) };
  }

  /** Overwrites what is held of people, in the file and in its log, and leaves tombstones. */
  erase(ids: readonly string[]): void {
    this.#inTransaction('erased', () => {
      for (const id of ids) if (this.#overwrite.run(id).changes === 0) this.#tombstone.run(id);
    });
    this.#truncateLog();
  }

  lastNumber(): number {
    return guarded('read', () =>
      Number(this.#db.prepare('SELECT max(number) AS last FROM person').get()?.['last'] ?? 0),
    );
  }

  /** Whoever is not forgotten among those numbered after one and up to another. */
  idsBetween(after: number, upTo: number): string[] {
    const sql = 'SELECT id FROM person WHERE number > ? AND number <= ? AND forgotten = 0';
    return guarded('read', () => this.#db.prepare(sql).all(after, upTo)).map((row) => row['id'] as string);
  }

  swept(): SweptMark | undefined {
    const sql = 'SELECT people, position, event FROM swept';
    return guarded('read', () => this.#db.prepare(sql).get()) as SweptMark | undefined;
  }

  markSwept({ people, position, event }: SweptMark): void {
    const sql = 'REPLACE INTO swept (number, people, position, event) VALUES (1, ?, ?, ?)';
    this.#inTransaction('written', () => this.#db.prepare(sql).run(people, position, event));
  }

  /**
   * Throws why the last write failed, until one succeeds. When nobody writes any more, it finds that out by a trial,
   * once a second at most; while all is well nothing is written.
   */
  checkWritable(): void {
    const now = performance.now();
    if (this.#failure !== undefined && now - this.#triedAt >= TRIAL_EVERY_MS) {
      this.#triedAt = now;
      this.#inTransaction('written', () => this.#db.exec(`INSERT INTO trial VALUES (zeroblob(${TRIAL_BYTES}))`));
      this.#inTransaction('written', () => this.#db.exec('DELETE FROM trial'));
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  close(): void {
    this.#db.close();
  }

  #inTransaction(what: string, work: () => void): void {
    try {
      guarded(what, () => {
        this.#db.exec('BEGIN IMMEDIATE');
        try {
          work();
          this.#db.exec('COMMIT');
        } catch (error) {
          if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
          throw error;
        }
      });
      this.#failure = undefined;
    } catch (error) {
      if (error instanceof Failure) this.#failure = error;
      throw error;
    }
  }

  #prepareFile(): void {
    const version = this.#pragma('user_version');
    if (version !== 0 && version !== SCHEMA_VERSION) {
      throw new Failure(
        'VAULT_CORRUPT',
        `${this.path} has format ${String(version)}, this program knows ${SCHEMA_VERSION}`,
      );
    }
    this.#db.exec(SCHEMA);
    const settings = { journal_mode: 'wal', synchronous: 2, secure_delete: 1 };
    for (const [name, wanted] of Object.entries(settings)) {
      const actual = this.#pragma(name);
      if (actual !== wanted) {
        throw new Failure('VAULT_NOT_DURABLE', `${this.path}: ${name} is ${String(actual)}, must be ${wanted}`);
      }
    }
    // An erasure that was interrupted between its commit and this is completed here.
    this.#truncateLog();
  }

  #pragma(name: string): unknown {
    return this.#db.prepare(`PRAGMA ${name}`).get()?.[name];
  }

  /** Moves the write-ahead log into the file and cuts it to nothing: old page images held what was erased. */
  #truncateLog(): void {
    const busy = guarded('erased', () => this.#db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy']);
    if (busy !== 0) throw new Failure('VAULT_UNAVAILABLE', 'the vault is being read by another process', true);
  }
}

function open(path: string): DatabaseSync {
  // Created here for its mode: the log and its index take theirs from the file.
  closeSync(openSync(path, 'a', 0o600));
  const db = new DatabaseSync(path, { timeout: LOCK_WAIT_MS });
  try {
    db.exec(`
      PRAGMA page_size = 8192;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA secure_delete = ON;
      PRAGMA temp_store = MEMORY;
      PRAGMA wal_autocheckpoint = 4000;
    `);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function asBuffer(value: unknown): Buffer {
  const bytes = value as Uint8Array;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** SQLite's primary result codes for a damaged file: CORRUPT, NOTADB. */
const DAMAGED = new Set([11, 26]);

/** `ENOSPC`, `EACCES`, `EROFS` …; Node's own codes begin with `ERR_`. */
const SYSTEM_ERROR = /^E(?!RR_)[A-Z0-9]+$/;

function guarded<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Failure) throw error;
    const { errcode, code, message } = error as { errcode?: number; code?: string; message?: string };
    if (errcode !== undefined && DAMAGED.has(errcode & 0xff)) {
      throw new Failure('VAULT_CORRUPT', `the vault is damaged: ${message}; restore it from a backup`, false, {
        cause: error,
      });
    }
    if (errcode === undefined && !SYSTEM_ERROR.test(code ?? '')) throw error;
    throw new Failure('VAULT_UNAVAILABLE', `the vault cannot be ${what}: ${message}`, true, { cause: error });
  }
}
