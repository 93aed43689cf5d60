import { Failure } from '#kernel';
import { LogUnavailable } from '../port.ts';

/** Primary SQLite result codes (sqlite.org/rescode.html) that speak of the disk and not of the statement. */
const BUSY = 5;
const NOMEM = 7;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const PROTOCOL = 15;
const NOTADB = 26;

const UNAVAILABLE: Readonly<Record<number, string>> = {
  [BUSY]: 'another process holds the file',
  [NOMEM]: 'out of memory',
  [READONLY]: 'the file or its folder is read-only',
  [IOERR]: 'the disk reported an I/O error',
  [FULL]: 'the disk is full',
  [CANTOPEN]: 'the file cannot be opened',
  [PROTOCOL]: 'the lock on the write-ahead log cannot be had',
};

/** Primary result code of an error of node:sqlite, known by its fields; undefined for any other error. */
export function sqliteCode(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  return 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}

export function messageOf(error: unknown): string {
  const isError = typeof error === 'object' && error !== null && 'message' in error;
  return String(isError ? error.message : error);
}

export function isBusy(error: unknown): boolean {
  return sqliteCode(error) === BUSY;
}

export function isDiskFull(error: unknown): boolean {
  return sqliteCode(error) === FULL;
}

/** The file, or the files SQLite wants to put beside it, may not be written. */
export function isNotWritable(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === READONLY || code === CANTOPEN;
}

/** True when the fault lies with the disk or the file, so that trying the same statements one by one is no use. */
export function isStorageError(error: unknown): boolean {
  const code = sqliteCode(error);
  return code !== undefined && (code in UNAVAILABLE || code === CORRUPT || code === NOTADB);
}

/**
 * Says in the log's terms what SQLite said in its own: `LOG_CORRUPT`, or `LOG_UNAVAILABLE` (retryable). Errors that are
 * not the storage's come back as they are, being ours.
 */
export function storageFailure(error: unknown, doing: string): unknown {
  const code = sqliteCode(error);
  if (code === undefined) return error;
  const said = messageOf(error);
  if (code === CORRUPT || code === NOTADB)
    return new Failure('LOG_CORRUPT', `${doing}: the file is damaged (${said}); restore it from a backup`, false, {
      cause: error,
    });
  const reason = UNAVAILABLE[code];
  return reason === undefined ? error : new LogUnavailable(`${doing}: ${reason} (${said})`, error);
}

/** Runs a piece of work on the database and throws what {@link storageFailure} makes of its error. */
export function onStorage<Result>(doing: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw storageFailure(error, doing);
  }
}
