import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Failure, formatInstant } from '#kernel';
import { isBusy, messageOf, storageFailure } from './sqlite-failure.ts';

const LOCK_FILE = 'lock.db';
const HOLDER_FILE = 'lock.holder.json';

/** Held for as long as the folder is used; the operating system drops it with the process, however that ends. */
export interface DataFolderLock {
  readonly folder: string;
  release(): void;
}

/**
 * Takes a data folder for this process, creating it where needed. Throws `DATA_FOLDER_IN_USE` with the holder's process
 * id, or `LOG_UNAVAILABLE` when the folder cannot be written.
 *
 * The lock is an exclusive transaction on a database of its own and never ends in a commit. Who holds it stands in a
 * second file, because opening and closing the locked one by other means would drop the lock (POSIX advisory locks).
 */
export function lockDataFolder(folder: string): DataFolderLock {
  const holderFile = join(folder, HOLDER_FILE);
  const database = openLock(folder);
  try {
    database.exec('PRAGMA journal_mode = DELETE; PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (isBusy(error)) throw inUse(folder, holderFile);
    throw storageFailure(error, `locking ${folder}`);
  }
  try {
    writeFileSync(holderFile, JSON.stringify({ pid: process.pid, since: formatInstant(Date.now()) }));
  } catch {
    // Only a courtesy to whoever is refused; a full disk must not keep the log from being opened and read.
  }
  let held = true;
  return {
    folder,
    release() {
      if (!held) return;
      held = false;
      rmSync(holderFile, { force: true });
      database.close();
    },
  };
}

function openLock(folder: string): DatabaseSync {
  try {
    mkdirSync(folder, { recursive: true });
    return new DatabaseSync(join(folder, LOCK_FILE));
  } catch (error) {
    throw new Failure('LOG_UNAVAILABLE', `data folder ${folder} cannot be used: ${messageOf(error)}`, true, {
      cause: error,
    });
  }
}

function inUse(folder: string, holderFile: string): Failure {
  let holder = 'another process';
  try {
    const { pid, since } = JSON.parse(readFileSync(holderFile, 'utf8')) as { pid: number; since: string };
    holder = `process ${pid} since ${since}`;
  } catch {
    // The holder may be just starting or stopping; that the folder is in use is certain all the same.
  }
  return new Failure(
    'DATA_FOLDER_IN_USE',
    `data folder ${folder} is in use by ${holder}; one process at a time may write`,
  );
}
