import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

/*
 * Moves the write-ahead log into the database file on a connection of its own, so that its two fsyncs do not hold up the
 * thread that answers requests. Imports nothing of ours: it also runs straight from the sources.
 */
const database = new DatabaseSync((workerData as { path: string }).path);
database.exec('PRAGMA busy_timeout = 2000; PRAGMA synchronous = FULL');
const checkpoint = database.prepare('PRAGMA wal_checkpoint(PASSIVE)');

parentPort!.on('message', () => {
  const done = checkpoint.get() as unknown as { log: number; checkpointed: number };
  const synchronous = Number(database.prepare('PRAGMA synchronous').get()?.['synchronous']);
  if (synchronous < 2) throw new Error(`checkpoints would not wait for the disk (synchronous ${synchronous})`);
  parentPort!.postMessage({ log: done.log, checkpointed: done.checkpointed });
});
