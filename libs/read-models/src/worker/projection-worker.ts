import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Failure } from '#kernel';
import type { ReplayReport } from '../follower.ts';
import type { Page, ParkedEvent, ProjectionStatus } from '../port.ts';
import type { RebuildOptions, RebuildReport } from '../rebuild.ts';
import { type FromWorker, received, type Requests, type ToWorker, type WorkerStart } from './protocol.ts';

export interface ProjectionWorkerOptions {
  /** URL of the compiled module that sets the projections up, and the name of its export ({@link SetUpProjections}). */
  readonly module: URL | string;
  readonly exportName: string;
  /** Handed to that export; must survive a structured clone. */
  readonly options?: unknown;
  /** Node's own options for the thread; the process's unless given. */
  readonly execArgv?: string[];
  /** At once on every change of state, else a few times a second. */
  readonly onStatus?: (statuses: readonly ProjectionStatus[]) => void;
  /** The thread ended without having been asked to: nothing is projected any more. */
  readonly onExit: (exit: WorkerExit) => void;
}

export interface WorkerExit {
  readonly code: number;
  readonly error: Error | null;
}

/** The projections in their worker thread, as the thread that answers HTTP sees them. */
export interface ProjectionWorker {
  /** For `openEmbeddedReadModelReader({ signal })`, so that `reached` is woken by the worker's commits. */
  readonly signal: SharedArrayBuffer;
  /** As last reported. */
  readonly statuses: readonly ProjectionStatus[];
  status(): Promise<ProjectionStatus[]>;
  rebuild(projection: string, options?: RebuildOptions): Promise<RebuildReport>;
  replayParked(projection: string, key: string): Promise<ReplayReport>;
  /** Dead letters of a projection or {@link Follower}. */
  parked(name: string, cursor: string | undefined, limit: number): Promise<Page<ParkedEvent>>;
  /** Calls a method of a {@link Follower} in the worker. */
  call(follower: string, method: string, args: readonly unknown[]): Promise<unknown>;
  /** Commits what is in hand and ends the thread; ends it the hard way after `timeoutMs`, which loses nothing committed. */
  stop(timeoutMs?: number): Promise<void>;
}

/** Settles when the projections follow the log; rejects with the set-up's own failure when they cannot. */
export async function startProjectionWorker(options: ProjectionWorkerOptions): Promise<ProjectionWorker> {
  const worker = new WorkerThread(options);
  await worker.ready;
  return worker;
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: RebuildOptions['onProgress'];
}

class WorkerThread implements ProjectionWorker {
  readonly signal = new SharedArrayBuffer(4);
  readonly ready: Promise<void>;
  statuses: readonly ProjectionStatus[] = [];
  private readonly thread: Worker;
  private readonly ended: Promise<void>;
  private readonly pending = new Map<number, Pending>();
  private lastId = 0;
  private phase: 'starting' | 'running' | 'stopping' | 'ended' = 'starting';
  private error: Error | null = null;

  constructor(private readonly options: ProjectionWorkerOptions) {
    const { module, exportName, execArgv } = options;
    const start: WorkerStart = { module: String(module), exportName, options: options.options, signal: this.signal };
    // The entry lies beside this file, compiled or as source, whichever of them runs.
    const entry = new URL(`./entry${extname(import.meta.url)}`, import.meta.url);
    this.thread = new Worker(entry, { workerData: start, name: 'projections', ...(execArgv && { execArgv }) });
    const started = Promise.withResolvers<void>();
    this.ready = started.promise;
    this.thread.on('message', (message: FromWorker) => this.receive(message, started));
    this.thread.on('error', (error) => (this.error = asError(error)));
    this.ended = new Promise((resolve) => {
      this.thread.once('exit', (code) => {
        this.exited(code, started);
        resolve();
      });
    });
  }

  status(): Promise<ProjectionStatus[]> {
    return this.request('status', []) as Promise<ProjectionStatus[]>;
  }

  rebuild(projection: string, { compare = false, onProgress, signal }: RebuildOptions = {}): Promise<RebuildReport> {
    return this.request('rebuild', [projection, compare], onProgress, signal) as Promise<RebuildReport>;
  }

  replayParked(projection: string, key: string): Promise<ReplayReport> {
    return this.request('replayParked', [projection, key]) as Promise<ReplayReport>;
  }

  parked(name: string, cursor: string | undefined, limit: number): Promise<Page<ParkedEvent>> {
    return this.request('parked', [name, cursor, limit]) as Promise<Page<ParkedEvent>>;
  }

  call(follower: string, method: string, args: readonly unknown[]): Promise<unknown> {
    return this.request('call', [follower, method, args]);
  }

  async stop(timeoutMs = 10_000): Promise<void> {
    if (this.phase === 'ended') return;
    const asked = this.phase === 'stopping' ? undefined : this.request('stop', []);
    this.phase = 'stopping';
    const timer = setTimeout(() => void this.thread.terminate(), timeoutMs);
    try {
      await Promise.all([asked, this.ended]);
    } finally {
      clearTimeout(timer);
    }
  }

  private async request<Method extends keyof Requests>(
    method: Method,
    args: Requests[Method],
    onProgress?: RebuildOptions['onProgress'],
    signal?: AbortSignal,
  ): Promise<unknown> {
    if (this.phase !== 'running') throw gone();
    signal?.throwIfAborted();
    const id = ++this.lastId;
    const abort = (): void => this.thread.postMessage({ abort: id } satisfies ToWorker);
    signal?.addEventListener('abort', abort, { once: true });
    const answer = new Promise((resolve, reject) => this.pending.set(id, { resolve, reject, onProgress }));
    this.thread.postMessage({ id, method, args });
    return answer.finally(() => {
      this.pending.delete(id);
      signal?.removeEventListener('abort', abort);
    });
  }

  private receive(message: FromWorker, started: PromiseWithResolvers<void>): void {
    if ('ready' in message) {
      this.phase = 'running';
      started.resolve();
    } else if ('failed' in message) {
      started.reject(received(message.failed));
    } else if ('statuses' in message) {
      this.statuses = message.statuses;
      this.options.onStatus?.(message.statuses);
    } else {
      const pending = this.pending.get(message.id);
      if ('progress' in message) pending?.onProgress?.(message.progress);
      else if ('error' in message) pending?.reject(received(message.error));
      else pending?.resolve(message.value);
    }
  }

  private exited(code: number, started: PromiseWithResolvers<void>): void {
    const { phase } = this;
    this.phase = 'ended';
    for (const { reject } of this.pending.values()) reject(gone());
    started.reject(this.error ?? new Failure('WORKER_GONE', `the projection thread ended with code ${code}`));
    if (phase === 'running') this.options.onExit({ code, error: this.error });
  }
}

function gone(): Failure {
  return new Failure('WORKER_GONE', 'the thread that runs the projections has ended', false);
}

/** By its looks, as an error of another thread is of no class known here. */
function asError(error: unknown): Error {
  return typeof error === 'object' && error !== null && 'message' in error
    ? (error as Error)
    : new Error(String(error));
}
