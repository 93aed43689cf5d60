import type { Position } from '#kernel';

/** Wakes followers when the log has grown. */
export interface HeadSignal {
  /** Settles when the head may be beyond `position`, or when the signal aborts. May wake early, never too late. */
  beyond(position: Position, signal: AbortSignal): Promise<void>;
}

/** Longest sleep: a wake-up that got lost (the writer's thread was ended) costs this and no more. */
const SHARED_SLEEP_MS = 1000;
const POLL_MS = 50;

/** Head position in memory shared between threads: the writer stores and notifies, followers of any thread wait. */
export class SharedHead implements HeadSignal {
  readonly #head: BigInt64Array;

  constructor(readonly buffer: SharedArrayBuffer = new SharedArrayBuffer(8)) {
    this.#head = new BigInt64Array(buffer);
  }

  advance(position: Position): void {
    Atomics.store(this.#head, 0, BigInt(position));
    Atomics.notify(this.#head, 0);
  }

  async beyond(position: Position, signal: AbortSignal): Promise<void> {
    const seen = Atomics.load(this.#head, 0);
    if (Number(seen) > position) return;
    const woken = Atomics.waitAsync(this.#head, 0, seen, SHARED_SLEEP_MS);
    if (woken.async) await sleep(SHARED_SLEEP_MS, signal, woken.value);
  }
}

/** For a reader in a process of its own: looks again after a while. */
export const pollingHead: HeadSignal = {
  beyond: (_position, signal) => sleep(POLL_MS, signal),
};

/** The timer also keeps the process alive, which a pending wait on memory does not. */
function sleep(milliseconds: number, signal: AbortSignal, woken?: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
    void woken?.then(done);
  });
}
