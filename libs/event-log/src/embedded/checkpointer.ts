import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { logPath } from './log-file.ts';

/** Frames (pages) of the write-ahead log that are worth a checkpoint: 32 MiB. */
const DUE = 4_000;
/** Frames at which the writer waits for the checkpoint to catch up, so that the log starts over instead of growing. */
const TOO_LONG = 16_000;
/** The length is asked for once in so many commits. */
const COMMITS_BETWEEN = 16;

interface Progress {
  readonly log: number;
  readonly checkpointed: number;
}

/**
 * Keeps the write-ahead log short. A worker copies while the writer goes on; since the log can only start over when all
 * of it was copied, the writer is held for one short last round when it has become too long. Should the worker fail, the
 * checkpoint is made on the writer's own connection: slower, but the log stays bounded.
 */
export class Checkpointer {
  readonly #path: string;
  readonly #resume: () => void;
  #database: DatabaseSync | undefined;
  #worker: Worker | undefined;
  #commits = 0;
  #running = false;
  #due = DUE;
  /** True while the writer is asked to wait. */
  holding = false;

  /** `resume` is called when the writer may go on after {@link holding}. */
  constructor(folder: string, resume: () => void) {
    this.#path = logPath(folder);
    this.#resume = resume;
  }

  afterCommit(database: DatabaseSync): void {
    this.#database = database;
    if (this.#running || ++this.#commits % COMMITS_BETWEEN !== 0) return;
    const { log, checkpointed } = progress(database, 'NOOP');
    if (checkpointed === log || log < this.#due) this.#due = Math.min(this.#due, Math.max(DUE, log));
    else this.#start();
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#settle();
    await worker?.terminate();
  }

  #start(): void {
    this.#running = true;
    this.#worker ??= this.#spawn();
    this.#worker.postMessage('checkpoint');
  }

  #spawn(): Worker {
    // The sources run as they are in tests; beside the compiled file stands the compiled worker.
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const worker = new Worker(new URL(`./checkpoint-worker.${extension}`, import.meta.url), {
      workerData: { path: this.#path },
    });
    worker.unref();
    worker.on('message', (done: Progress) => this.#finished(done));
    worker.on('error', () => this.#failed(worker));
    worker.on('exit', () => this.#failed(worker));
    return worker;
  }

  #finished({ log, checkpointed }: Progress): void {
    if (!this.holding && log > checkpointed && log >= TOO_LONG) {
      this.holding = true;
      this.#start();
      return;
    }
    // What a long reader kept from being copied is tried again only when the log has grown by as much again.
    this.#due = log === checkpointed ? DUE : log + DUE;
    this.#settle();
  }

  #failed(worker: Worker): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    if (!this.#running) return;
    if (this.#database?.isOpen === true) {
      const { log, checkpointed } = progress(this.#database, 'PASSIVE');
      this.#due = log === checkpointed ? DUE : log + DUE;
    }
    this.#settle();
  }

  #settle(): void {
    this.#running = false;
    if (!this.holding) return;
    this.holding = false;
    this.#resume();
  }
}

function progress(database: DatabaseSync, mode: 'NOOP' | 'PASSIVE'): Progress {
  return database.prepare(`PRAGMA wal_checkpoint(${mode})`).get() as unknown as Progress;
}
