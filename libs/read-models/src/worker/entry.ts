import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '#kernel';
import type { ProjectionStatus } from '../port.ts';
import { createRunner, type Runner } from '../runner.ts';
import { type FromWorker, sendable, type ToWorker, type WorkerStart } from './protocol.ts';
import type { ProjectionWorkerSetup, SetUpProjections } from './setup.ts';

/** Statuses change with every batch; the other thread is told at once of a change of state, else so often. */
const STATUS_EVERY_MS = 200;

/** The worker thread: runs the projections and answers requests of the thread that started it. */
const port = parentPort!;
const tell = (message: FromWorker): void => port.postMessage(message);

class StatusBoard {
  private readonly latest = new Map<string, ProjectionStatus>();
  private changed = false;
  private readonly timer = setInterval(() => this.flush(), STATUS_EVERY_MS);

  set(status: ProjectionStatus): void {
    const before = this.latest.get(status.name);
    this.latest.set(status.name, status);
    this.changed = true;
    if (before?.state !== status.state || before.reason !== status.reason || before.parked !== status.parked)
      this.flush();
  }

  flush(): void {
    if (this.changed) tell({ statuses: [...this.latest.values()] });
    this.changed = false;
  }

  close(): void {
    clearInterval(this.timer);
    this.flush();
  }
}

class Host {
  private readonly aborts = new Map<number, AbortController>();

  constructor(
    private readonly setup: ProjectionWorkerSetup,
    private readonly runner: Runner,
    private readonly board: StatusBoard,
  ) {}

  async receive(message: ToWorker): Promise<void> {
    if ('abort' in message) {
      this.aborts.get(message.abort)?.abort();
      return;
    }
    const { id } = message;
    try {
      tell({ id, value: await this.answer(message) });
    } catch (error) {
      tell({ id, error: sendable(error) });
    }
    if (message.method === 'stop') port.close();
  }

  private answer(request: Exclude<ToWorker, { abort: number }>): Promise<unknown> {
    switch (request.method) {
      case 'status':
        return this.runner.status();
      case 'rebuild':
        return this.rebuild(request.id, ...request.args);
      case 'replayParked':
        return this.runner.replayParked(...request.args);
      case 'parked':
        return this.runner.parked(...request.args);
      case 'call':
        return this.runner.call(...request.args);
      case 'stop':
        return this.stop();
    }
  }

  private async rebuild(id: number, projection: string, compare: boolean): Promise<unknown> {
    const abort = new AbortController();
    this.aborts.set(id, abort);
    try {
      const onProgress: Parameters<Runner['rebuild']>[1] = {
        compare,
        signal: abort.signal,
        onProgress: (progress) => tell({ id, progress }),
      };
      return await this.runner.rebuild(projection, onProgress);
    } finally {
      this.aborts.delete(id);
    }
  }

  private async stop(): Promise<void> {
    try {
      await this.runner.stop();
    } finally {
      this.board.close();
      await this.setup.close();
    }
  }
}

async function start({ module, exportName, options, signal }: WorkerStart): Promise<void> {
  const exported = (await import(module)) as Record<string, SetUpProjections>;
  const setUp = exported[exportName];
  if (typeof setUp !== 'function') throw new TypeError(`${module} exports no function ${exportName}`);
  const setup = await setUp(options, signal);
  const board = new StatusBoard();
  const runner = createRunner({ ...setup, clock: systemClock, onStatus: (status) => board.set(status) });
  const host = new Host(setup, runner, board);
  await runner.start();
  port.on('message', (message: ToWorker) => void host.receive(message));
  tell({ ready: true });
}

try {
  await start(workerData as WorkerStart);
} catch (error) {
  tell({ failed: sendable(error) });
  // What was opened before the failure would keep the thread alive.
  setImmediate(() => process.exit(1));
}
