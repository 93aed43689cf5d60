import { Failure, type Position, type RecordedEvent } from '#kernel';
import type { EventReader } from './port.ts';

export interface FollowingParts {
  readonly log: Pick<EventReader, 'follow' | 'head'>;
  readonly types: readonly string[];
  /** Takes in an event: each once, in order. */
  readonly take: (event: RecordedEvent) => void;
  /** What those who wait are told while the log cannot be followed, or after it was closed (no cause). */
  readonly unavailable: (cause?: unknown) => Failure;
  /** Told when following the log failed; it is tried again. */
  readonly report?: ((error: unknown) => void) | undefined;
  /** Pause before following again, ms. */
  readonly retryAfterMs?: number | undefined;
}

interface Waiter {
  readonly position: Position;
  resolve(): void;
  reject(error: unknown): void;
}

/** How long an event of another process may go unnoticed; one of this process is waited for. */
const REST_MS = 50;

/** Keeps something in memory up with a few types of events that come seldom, and tells how far it is. */
export class LogFollower {
  readonly #closing = new AbortController();
  readonly #waiters = new Set<Waiter>();
  #position: Position = 0;
  #failure: Failure | undefined;
  #following: Promise<void> | undefined;
  #wake: (() => void) | undefined;

  private constructor(private readonly parts: FollowingParts) {}

  /** Reads the history and follows on. Settles when every event recorded so far was taken in. */
  static async open(parts: FollowingParts): Promise<LogFollower> {
    const follower = new LogFollower(parts);
    const head = await parts.log.head();
    follower.#following = follower.#follow();
    try {
      await follower.reached(head);
    } catch (error) {
      await follower.close();
      throw error;
    }
    return follower;
  }

  /** Set while the log cannot be followed: events may have been missed. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Settles when the log was taken in up to a position; rejects when it cannot be. */
  reached(position: Position): Promise<void> {
    if (this.#position >= position) return Promise.resolve();
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#waiters.add({ position, resolve, reject });
      this.#wake?.();
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#following;
    this.#fail(this.parts.unavailable());
  }

  async #follow(): Promise<void> {
    const { signal } = this.#closing;
    const { log, types, take, unavailable, report, retryAfterMs = 1000 } = this.parts;
    while (!signal.aborted) {
      try {
        for await (const { events, upTo } of log.follow(this.#position, { types }, signal)) {
          for (const event of events) {
            take(event);
            // Of a batch that fails half way, only the rest comes again.
            this.#position = event.position;
          }
          this.#advance(upTo);
          await this.#rest(signal);
        }
        if (!signal.aborted) throw new Failure('LOG_ENDED', 'the log stopped being followed');
      } catch (error) {
        if (signal.aborted) return;
        report?.(error);
        this.#fail(unavailable(error));
        await pause(retryAfterMs, signal);
      }
    }
  }

  /** The events come seldom and the log grows all the time: between looks it rests, unless somebody waits. */
  async #rest(signal: AbortSignal): Promise<void> {
    if (this.#waiters.size > 0) return;
    const woken = new AbortController();
    this.#wake = () => woken.abort();
    await pause(REST_MS, AbortSignal.any([signal, woken.signal]));
    this.#wake = undefined;
  }

  #advance(upTo: Position): void {
    this.#failure = undefined;
    this.#position = Math.max(this.#position, upTo);
    for (const waiter of this.#waiters) {
      if (waiter.position > this.#position) continue;
      this.#waiters.delete(waiter);
      waiter.resolve();
    }
  }

  #fail(failure: Failure): void {
    this.#failure = failure;
    for (const waiter of this.#waiters) waiter.reject(failure);
    this.#waiters.clear();
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
