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

/** Primary result code of an error of node:sqlite; undefined for any other error. */
export function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return error.errcode & 0xff;
}

export function isBusy(error: unknown): boolean {
  return sqliteCode(error) === BUSY;
}

export function isDiskFull(error: unknown): boolean {
  return sqliteCode(error) === FULL;
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
  const said = error instanceof Error ? error.message : '';
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
