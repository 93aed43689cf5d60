/**
 * Wakes whoever waits for a checkpoint, across threads: one counter in shared memory that the writer raises after every
 * commit. Without shared memory the waiting side looks again every {@link POLL_MS}.
 */
export class CommitSignal {
  private readonly counter: Int32Array | undefined;
  private wake: Promise<void> | undefined;

  constructor(readonly memory?: SharedArrayBuffer) {
    this.counter = memory && new Int32Array(memory);
  }

  static create(): CommitSignal {
    return new CommitSignal(new SharedArrayBuffer(4));
  }

  announce(): void {
    if (this.counter === undefined) return;
    Atomics.add(this.counter, 0, 1);
    Atomics.notify(this.counter, 0);
  }

  /** To be taken before looking, so that a commit between looking and waiting is not missed. */
  seen(): number {
    return this.counter === undefined ? 0 : Atomics.load(this.counter, 0);
  }

  /** Settles with the first commit after `seen`, or after `timeoutMs`. */
  async changed(seen: number, timeoutMs: number): Promise<void> {
    const { counter } = this;
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, counter === undefined ? Math.min(POLL_MS, timeoutMs) : timeoutMs);
    });
    await (counter === undefined ? timeout : Promise.race([this.nextWake(counter, seen), timeout]));
    clearTimeout(timer);
  }

  /** All waiters of a thread share one place in the queue of the shared memory. */
  private nextWake(counter: Int32Array, seen: number): Promise<void> {
    if (Atomics.load(counter, 0) !== seen) return Promise.resolve();
    return (this.wake ??= Promise.resolve(Atomics.waitAsync(counter, 0, seen).value).then(() => {
      this.wake = undefined;
    }));
  }
}

const POLL_MS = 20;
