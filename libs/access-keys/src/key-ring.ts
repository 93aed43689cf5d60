import { hash } from 'node:crypto';
import type { Authenticator, KeyHasher, Principal } from '#access';
import type { EventReader } from '#event-log';
import { Failure, idOf } from '#kernel';
import type { Clock, Position } from '#kernel';
import { evolve, initial } from './access-key.ts';
import type { AccessKey } from './access-key.ts';
import { accessKeySchemas } from './events.ts';
import type { RecordedAccessKeyEvent } from './events.ts';

export interface KeyRingParts {
  readonly log: Pick<EventReader, 'follow' | 'head'>;
  readonly hasher: KeyHasher;
  readonly clock: Clock;
  /** Told when following the log failed; the ring opens to nobody until it follows again. */
  readonly report?: (error: unknown) => void;
  /** Pause before following again, ms. */
  readonly retryAfterMs?: number;
}

interface Entry {
  readonly principal: Principal;
  readonly key: Exclude<AccessKey, { status: 'none' }>;
}

interface Waiter {
  readonly position: Position;
  resolve(): void;
  reject(error: unknown): void;
}

/** How long a key changed by another process may go unnoticed; a change through this one is waited for. */
const REST_MS = 50;

/** All access keys in memory, folded from the log and following it. What it has not seen does not open anything. */
export class KeyRing implements Authenticator {
  readonly #states = new Map<string, AccessKey>();
  readonly #bySecret = new Map<string, Entry>();
  /** At most one for each live secret; emptied by any change of any key. */
  readonly #recognised = new Map<string, Entry>();
  readonly #closing = new AbortController();
  readonly #waiters = new Set<Waiter>();
  #position: Position = 0;
  #failure: Failure | undefined;
  #following: Promise<void> | undefined;
  #wake: (() => void) | undefined;

  private constructor(private readonly parts: KeyRingParts) {}

  /** Reads the history and follows on. Settles when every key recorded so far is known. */
  static async open(parts: KeyRingParts): Promise<KeyRing> {
    const ring = new KeyRing(parts);
    const head = await parts.log.head();
    ring.#following = ring.#follow();
    try {
      await ring.reached(head);
    } catch (error) {
      await ring.close();
      throw error;
    }
    return ring;
  }

  /**
   * The live key that this secret opens. Throws `ACCESS_KEYS_UNAVAILABLE` (retryable) while the log cannot be followed:
   * a revocation might have been missed.
   */
  authenticate(secret: string): Principal | undefined {
    if (this.#failure !== undefined) throw this.#failure;
    const entry = this.#entryOf(secret);
    if (entry === undefined) return undefined;
    const { expiresAt } = entry.key;
    return expiresAt !== null && this.parts.clock.now() >= expiresAt ? undefined : entry.principal;
  }

  /** The keyed hash is dear for every request, so a secret that opened is known again by a plain hash, in memory only. */
  #entryOf(secret: string): Entry | undefined {
    const known = hash('sha256', secret, 'base64');
    let entry = this.#recognised.get(known);
    if (entry === undefined) {
      entry = this.#bySecret.get(this.parts.hasher.secretHash(secret));
      if (entry !== undefined) this.#recognised.set(known, entry);
    }
    return entry;
  }

  /** Settles when the ring has taken in the log up to a position; rejects when it cannot. */
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
    this.#fail(new Failure('ACCESS_KEYS_UNAVAILABLE', 'the access keys are closed', true));
  }

  async #follow(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      try {
        const types = { types: Object.keys(accessKeySchemas) };
        for await (const { events, upTo } of this.parts.log.follow(this.#position, types, signal)) {
          for (const event of events) this.#take(event as RecordedAccessKeyEvent);
          this.#advance(upTo);
          await this.#rest(signal);
        }
        if (!signal.aborted) throw new Failure('LOG_ENDED', 'the log stopped being followed');
      } catch (error) {
        if (signal.aborted) return;
        this.parts.report?.(error);
        const options = { cause: error };
        this.#fail(new Failure('ACCESS_KEYS_UNAVAILABLE', 'the access keys cannot be followed', true, options));
        await pause(this.parts.retryAfterMs ?? 1000, signal);
      }
    }
  }

  /** Keys change seldom and the log grows all the time: between looks it rests, unless somebody waits for a change. */
  async #rest(signal: AbortSignal): Promise<void> {
    if (this.#waiters.size > 0) return;
    const woken = new AbortController();
    this.#wake = () => woken.abort();
    await pause(REST_MS, AbortSignal.any([signal, woken.signal]));
    this.#wake = undefined;
  }

  #take(event: RecordedAccessKeyEvent): void {
    const keyId = idOf(event.stream);
    const before = this.#states.get(keyId) ?? initial;
    // Events of a batch that failed half way come again.
    if (event.position <= this.#position) return;
    const key = evolve(before, event);
    this.#recognised.clear();
    if (before.status !== 'none' && this.#bySecret.get(before.secretHash)?.principal.keyId === keyId) {
      this.#bySecret.delete(before.secretHash);
    }
    this.#states.set(keyId, key);
    if (key.status === 'live') {
      const principal = { keyId, role: key.role, scope: key.scope };
      this.#bySecret.set(key.secretHash, { principal, key });
    }
    this.#position = event.position;
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
