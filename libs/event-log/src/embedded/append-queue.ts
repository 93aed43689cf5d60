import type { Clock, StreamId } from '#kernel';
import { Failure } from '#kernel';
import type { EventTypes } from '../event-types.ts';
import { type AppendResult, LogUnavailable } from '../port.ts';
import { Checkpointer } from './checkpointer.ts';
import type { SharedHead } from './head-signal.ts';
import { isBusy, isDiskFull, isStorageError, messageOf, onStorage, storageFailure } from './sqlite-failure.ts';
import { type WriteRequest, Writer } from './writer.ts';

/** Requests in one transaction: keeps the wait of the first of them, and the memory of a commit, bounded. */
const GROUP = 512;

/** Longest wait for a group to fill, in turns of the event loop. */
const MOST_TURNS = 16;

/** Trial writes while the disk refuses are at least so far apart. */
const TRIAL_EVERY_MS = 1_000;

/** Takes what the appends of a group brought along and has it on disk when it returns; what it throws refuses them. */
export type Beforehand = (companions: readonly unknown[]) => void;

interface Waiting {
  readonly request: WriteRequest;
  /** What must be on disk before the events are. */
  readonly companion: unknown;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: requests that arrive while the event loop goes round once share a transaction and its fsync. Each
 * promise settles after the commit, or with the reason why nothing was written.
 */
export class AppendQueue {
  readonly #openWriter: () => Writer;
  readonly #head: SharedHead;
  readonly #checkpointer: Checkpointer;
  #writer: Writer | undefined;
  #waiting: Waiting[] = [];
  #scheduled = false;
  #lastGroup = 0;
  #drained: (() => void) | undefined;
  /** Why the last group was not written. */
  #failure: Failure | undefined;
  #triedAt = -Infinity;

  constructor(
    folder: string,
    clock: Clock,
    types: EventTypes,
    head: SharedHead,
    report: (problem: Error) => void,
    private readonly beforehand: Beforehand,
  ) {
    this.#head = head;
    this.#openWriter = () => onStorage(`opening the event log in ${folder}`, () => new Writer(folder, clock, types));
    this.#writer = this.#openWriter();
    this.#head.advance(this.#writer.head);
    this.#checkpointer = new Checkpointer(
      folder,
      () => this.#schedule(),
      (problem) =>
        report(new LogUnavailable(`a checkpoint failed and will be tried again: ${messageOf(problem)}`, problem)),
    );
  }

  add(request: WriteRequest, companion?: unknown): Promise<AppendResult> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, companion, resolve, reject });
      this.#schedule();
    });
  }

  /**
   * Throws why the last group could not be written, until something can be again. When nobody appends any more, it finds
   * that out by a trial write, once a second at most; while all is well nothing is written.
   */
  checkWritable(): void {
    const now = performance.now();
    if (this.#failure !== undefined && !this.#checkpointer.holding && now - this.#triedAt >= TRIAL_EVERY_MS) {
      this.#triedAt = now;
      this.#tryWriting();
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Whether a stream may hold events: true where nobody can tell just now. */
  mayHold(stream: StreamId): boolean {
    try {
      return this.#writer?.hasStream(stream) ?? true;
    } catch {
      // A disk that fails here fails the reader too, which says so.
      return true;
    }
  }

  /** Settles when nothing waits any more. */
  async drain(): Promise<void> {
    if (this.#waiting.length > 0) await new Promise<void>((resolve) => (this.#drained = resolve));
  }

  async close(): Promise<void> {
    await this.#checkpointer.close();
    this.#writer?.close();
  }

  #schedule(): void {
    if (this.#scheduled || this.#waiting.length === 0 || this.#checkpointer.holding) return;
    this.#scheduled = true;
    setImmediate(() => this.#fill(0, 0));
  }

  /**
   * A sync costs the same for one as for many, so a group waits while it is smaller than the last one and every turn of
   * the event loop still brings somebody new. A lone writer never waits.
   */
  #fill(seen: number, turns: number): void {
    const { length } = this.#waiting;
    if (length < this.#lastGroup && length > seen && turns < MOST_TURNS) {
      setImmediate(() => this.#fill(length, turns + 1));
    } else {
      this.#flush();
    }
  }

  #flush(): void {
    this.#scheduled = false;
    if (this.#checkpointer.holding) return;
    const group = this.#waiting.length <= GROUP ? this.#waiting : this.#waiting.slice(0, GROUP);
    this.#waiting = this.#waiting.slice(group.length);
    this.#lastGroup = group.length;
    this.#write(this.#accompanied(group));
    this.#schedule();
    if (this.#waiting.length === 0) this.#drained?.();
  }

  /** Those of a group whose companions are on disk, and those that brought none. */
  #accompanied(group: readonly Waiting[]): readonly Waiting[] {
    const bringing = group.filter(({ companion }) => companion !== undefined);
    if (bringing.length === 0) return group;
    try {
      this.beforehand(bringing.map(({ companion }) => companion));
      return group;
    } catch (error) {
      for (const { reject } of bringing) reject(error);
      return group.filter(({ companion }) => companion === undefined);
    }
  }

  #write(group: readonly Waiting[]): void {
    if (group.length === 0) return;
    try {
      const writer = (this.#writer ??= this.#openWriter());
      const outcomes = writer.commit(group.map(({ request }) => request));
      this.#failure = undefined;
      this.#head.advance(writer.head);
      for (const [index, outcome] of outcomes.entries())
        if (outcome instanceof Failure) group[index]!.reject(outcome);
        else group[index]!.resolve(outcome);
    } catch (error) {
      this.#refuse(group, error);
      return;
    }
    this.#checkpointer.afterCommit(this.#writer.database);
  }

  #tryWriting(): void {
    try {
      (this.#writer ??= this.#openWriter()).tryWriting();
      this.#failure = undefined;
    } catch (error) {
      this.#leaveDoubtful(error);
      const failure = storageFailure(error, 'writing to the event log on trial');
      if (!(failure instanceof Failure)) throw failure;
      this.#failure = failure;
    }
  }

  /** What the connection still believes about the file may be wrong by now; the next append opens a new one. */
  #leaveDoubtful(error: unknown): void {
    if (!isStorageError(error) || isDiskFull(error) || isBusy(error)) return;
    this.#writer?.close();
    this.#writer = undefined;
  }

  #refuse(group: readonly Waiting[], error: unknown): void {
    this.#leaveDoubtful(error);
    if (!isStorageError(error) && !(error instanceof Failure) && group.length > 1) {
      // One request that the database will not take must not refuse the others of its group.
      for (const one of group) this.#write([one]);
      return;
    }
    const failure = storageFailure(error, 'appending to the event log');
    if (failure instanceof Failure) this.#failure = failure;
    for (const { reject } of group) reject(failure);
  }
}
