import { hash } from 'node:crypto';
import type { Authenticator, KeyHasher, Principal } from '#access';
import { LogFollower, type FollowingParts } from '#event-log';
import { Failure, idOf } from '#kernel';
import type { Clock, Position } from '#kernel';
import { evolve, initial } from './access-key.ts';
import type { AccessKey } from './access-key.ts';
import { accessKeySchemas } from './events.ts';
import type { RecordedAccessKeyEvent } from './events.ts';

export interface KeyRingParts {
  readonly log: FollowingParts['log'];
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

/** All access keys in memory, folded from the log and following it. What it has not seen does not open anything. */
export class KeyRing implements Authenticator {
  readonly #states = new Map<string, AccessKey>();
  readonly #bySecret = new Map<string, Entry>();
  /** At most one for each live secret; emptied by any change of any key. */
  readonly #recognised = new Map<string, Entry>();
  #follower: LogFollower | undefined;

  private constructor(private readonly parts: KeyRingParts) {}

  /** Reads the history and follows on. Settles when every key recorded so far is known. */
  static async open(parts: KeyRingParts): Promise<KeyRing> {
    const ring = new KeyRing(parts);
    const { log, report, retryAfterMs } = parts;
    ring.#follower = await LogFollower.open({
      log,
      types: Object.keys(accessKeySchemas),
      take: (event) => ring.#take(event as RecordedAccessKeyEvent),
      unavailable: (cause) =>
        cause === undefined
          ? new Failure('ACCESS_KEYS_UNAVAILABLE', 'the access keys are closed', true)
          : new Failure('ACCESS_KEYS_UNAVAILABLE', 'the access keys cannot be followed', true, { cause }),
      report,
      retryAfterMs,
    });
    return ring;
  }

  /**
   * The live key that this secret opens. Throws `ACCESS_KEYS_UNAVAILABLE` (retryable) while the log cannot be followed:
   * a revocation might have been missed.
   */
  authenticate(secret: string): Principal | undefined {
    const failure = this.#follower?.failure;
    if (failure !== undefined) throw failure;
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
  async reached(position: Position): Promise<void> {
    await this.#follower?.reached(position);
  }

  async close(): Promise<void> {
    await this.#follower?.close();
  }

  #take(event: RecordedAccessKeyEvent): void {
    const keyId = idOf(event.stream);
    const before = this.#states.get(keyId) ?? initial;
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
  }
}
