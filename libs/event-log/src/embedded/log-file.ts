import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { Failure } from '#kernel';
import { LogUnavailable } from '../port.ts';
import { isNotWritable, onStorage } from './sqlite-failure.ts';

/** File of the log inside the data folder; SQLite puts `-wal` and `-shm` beside it. */
export function logPath(folder: string): string {
  return join(folder, 'events.db');
}

/** `FXEV`: tells a log from any other SQLite file. */
const APPLICATION_ID = 0x46584556;
/** Raised when the tables change; a log of another format is refused. */
const FORMAT = 2;

/*
 * An append costs what it touches, so it touches little: one row and two index entries. Streams, types and terms are
 * small integers; one row of `types` is one shape (name and schema version); `terms` holds what repeats: actors,
 * authorities, regions, rule versions, categories. A stream's version is that of its last event and stands nowhere else.
 * A command is known by its first event, which alone carries the payload's digest and the number of its events; one that
 * had nothing to append is known by its row of `answers`. The body comes last, so that a scan that does not want it stops
 * short.
 */
const TABLES = `
  CREATE TABLE types (id INTEGER PRIMARY KEY, name TEXT NOT NULL, schema_version INTEGER NOT NULL,
    UNIQUE (name, schema_version)) STRICT;
  CREATE TABLE terms (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (kind, value)) STRICT;
  CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    version INTEGER NOT NULL,
    category INTEGER NOT NULL,
    type INTEGER NOT NULL,
    occurred_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    actor INTEGER NOT NULL,
    authority INTEGER,
    region INTEGER,
    rule_version INTEGER,
    command BLOB NOT NULL,
    command_index INTEGER NOT NULL,
    command_events INTEGER,
    digest TEXT,
    correlation TEXT,
    causation ANY,
    data TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX events_of_stream ON events (stream, version);
  CREATE UNIQUE INDEX events_of_command ON events (command) WHERE command_events IS NOT NULL;
  CREATE TABLE answers (
    command BLOB PRIMARY KEY,
    digest TEXT NOT NULL,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    position INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE trials (filler BLOB NOT NULL) STRICT;
  CREATE TABLE openings (count INTEGER NOT NULL) STRICT;
  INSERT INTO openings VALUES (0);
  CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT raise(ABORT, 'events are never changed'); END;
  CREATE TRIGGER events_remain BEFORE DELETE ON events BEGIN SELECT raise(ABORT, 'events are never deleted'); END;
  CREATE TRIGGER answers_stay BEFORE UPDATE ON answers BEGIN SELECT raise(ABORT, 'answers are never changed'); END;
  CREATE TRIGGER answers_remain BEFORE DELETE ON answers BEGIN SELECT raise(ABORT, 'answers are never deleted'); END;
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${FORMAT};
`;

/**
 * Opens the log for writing and creates it where there is none. Writes once and then reads the settings back from this
 * very connection: durability that was asked for and silently not given is the one fault nobody would ever see.
 */
export function openForWriting(folder: string): DatabaseSync {
  return opened(logPath(folder), {}, (database) => {
    // The page size counts only before the first write, and the file must be ours before anything in it is changed.
    database.exec('PRAGMA page_size = 8192; PRAGMA busy_timeout = 2000');
    if (!isEmpty(database)) checkFormat(database, folder);
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
      PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -65536`);
    if (isEmpty(database)) database.exec(`BEGIN IMMEDIATE; ${TABLES} COMMIT`);
    database.exec('BEGIN IMMEDIATE; UPDATE openings SET count = count + 1; COMMIT');
    checkDurable(database);
    // Nobody else should ever write; whoever does must not hold up the thread that answers requests for long.
    database.exec('PRAGMA busy_timeout = 250');
  });
}

/**
 * Opens an existing log on a connection that cannot write. Throws `LOG_NOT_FOUND` where there is none. On a medium that
 * cannot be written at all (an archive, a read-only mount) the file is read as one that never changes, provided that no
 * write-ahead log was left beside it, whose events would be missing then.
 */
export function openForReading(folder: string): DatabaseSync {
  const path = logPath(folder);
  if (!existsSync(path)) throw new Failure('LOG_NOT_FOUND', `no event log in ${folder}`);
  const prepare = (database: DatabaseSync): void => {
    database.exec('PRAGMA busy_timeout = 2000; PRAGMA query_only = ON; PRAGMA cache_size = -16384');
    checkFormat(database, folder);
  };
  try {
    return opened(path, { readOnly: true }, prepare);
  } catch (error) {
    if (!(error instanceof LogUnavailable) || !isNotWritable(error.cause) || existsSync(`${path}-wal`)) throw error;
  }
  const unchanging = pathToFileURL(path);
  unchanging.searchParams.set('immutable', '1');
  return opened(unchanging, { readOnly: true }, prepare);
}

/** Throws `LOG_NOT_DURABLE` unless every commit on this connection waits for the disk. */
export function checkDurable(database: DatabaseSync): void {
  const mode = database.prepare('PRAGMA journal_mode').get()?.['journal_mode'];
  const synchronous = Number(database.prepare('PRAGMA synchronous').get()?.['synchronous']);
  if (mode !== 'wal' || synchronous < 2)
    throw new Failure(
      'LOG_NOT_DURABLE',
      `the log would not survive a power cut here (journal_mode ${String(mode)}, synchronous ${synchronous})`,
    );
}

function opened(
  path: string | URL,
  options: { readOnly?: boolean },
  prepare: (database: DatabaseSync) => void,
): DatabaseSync {
  return onStorage(`opening ${String(path)}`, () => {
    const database = new DatabaseSync(path, options);
    try {
      prepare(database);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

function isEmpty(database: DatabaseSync): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
}

/** Through SQL only: reading the open file by other means and closing it would drop SQLite's locks on it. */
function checkFormat(database: DatabaseSync, folder: string): void {
  const id = database.prepare('PRAGMA application_id').get()?.['application_id'];
  const format = database.prepare('PRAGMA user_version').get()?.['user_version'];
  if (id !== APPLICATION_ID)
    throw new Failure('LOG_FORMAT_UNKNOWN', `${logPath(folder)} is a SQLite file, but not an event log`);
  if (format !== FORMAT)
    throw new Failure(
      'LOG_FORMAT_UNKNOWN',
      `the event log in ${folder} has format ${String(format)}, this release reads format ${FORMAT}`,
    );
}
