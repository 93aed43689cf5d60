import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { logPath } from './log-file.ts';

/** Frames (pages) of the write-ahead log after which it is copied: 32 MiB. */
const DUE = 4_000;
/** The length is asked for once in so many commits. */
const COMMITS_BETWEEN = 16;

interface Progress {
  readonly log: number;
  readonly checkpointed: number;
}

/**
 * Keeps the write-ahead log short. A worker copies while the writer goes on; since the log can only start over when all
 * of it was copied, the writer is then held for the few milliseconds in which the worker copies the rest. Should the
 * worker fail, the checkpoint is made on the writer's own connection: slower, but the log stays bounded.
 */
export class Checkpointer {
  readonly #path: string;
  readonly #resume: () => void;
  readonly #report: (problem: unknown) => void;
  #database: DatabaseSync | undefined;
  #worker: Worker | undefined;
  #commits = 0;
  #running = false;
  #due = DUE;
  #holding = false;

  /**
   * `resume` is called when the writer may go on after {@link holding}. `report` is told of a checkpoint that failed:
   * no event is at risk, but the log grows until one succeeds.
   */
  constructor(folder: string, resume: () => void, report: (problem: unknown) => void) {
    this.#path = logPath(folder);
    this.#resume = resume;
    this.#report = report;
  }

  /** True while the writer is asked to wait. */
  get holding(): boolean {
    return this.#holding;
  }

  afterCommit(database: DatabaseSync): void {
    this.#database = database;
    if (this.#running || ++this.#commits % COMMITS_BETWEEN !== 0) return;
    const length = this.#progress('NOOP')?.log ?? 0;
    if (length < this.#due - DUE) this.#due = DUE;
    if (length >= this.#due) this.#start();
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#settle();
    await worker?.terminate();
  }

  #start(): void {
    this.#running = true;
    try {
      this.#worker ??= this.#spawn();
      this.#worker.postMessage('checkpoint');
    } catch (error) {
      // No thread to be had.
      this.#fallBack(error);
    }
  }

  #spawn(): Worker {
    // The sources run as they are in tests; beside the compiled file stands the compiled worker.
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const worker = new Worker(new URL(`./checkpoint-worker.${extension}`, import.meta.url), {
      workerData: { path: this.#path },
    });
    worker.unref();
    worker.on('message', (done: Progress) => this.#finished(worker, done));
    worker.on('error', (error) => this.#failed(worker, error));
    worker.on('exit', (code) => this.#failed(worker, new Error(`the checkpoint worker ended with ${code}`)));
    return worker;
  }

  #finished(worker: Worker, { checkpointed }: Progress): void {
    if (this.#worker !== worker) return;
    const length = this.#progress('NOOP')?.log ?? checkpointed;
    // Only a round that was not held can have been outrun by the writer; a held one stops where a reader stands.
    if (!this.#holding && length > checkpointed) {
      this.#holding = true;
      this.#start();
      return;
    }
    this.#due = length + DUE;
    this.#settle();
  }

  #failed(worker: Worker, error: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    if (this.#running) this.#fallBack(error);
    else this.#report(error);
  }

  #fallBack(error: unknown): void {
    this.#report(error);
    this.#due = (this.#progress('PASSIVE')?.log ?? this.#due) + DUE;
    this.#settle();
  }

  #settle(): void {
    this.#running = false;
    if (!this.#holding) return;
    this.#holding = false;
    this.#resume();
  }

  #progress(mode: 'NOOP' | 'PASSIVE'): Progress | undefined {
    if (this.#database?.isOpen !== true) return undefined;
    try {
      return this.#database.prepare(`PRAGMA wal_checkpoint(${mode})`).get() as unknown as Progress;
    } catch (error) {
      this.#report(error);
      return undefined;
    }
  }
}
