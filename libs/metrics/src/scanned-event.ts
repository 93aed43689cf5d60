import type { ScannedEvent } from '#event-log';
import type { Instant, Position } from '#kernel';
import type { FactEvent } from './fact-kind.ts';

/** An event of a scan as a fold sees it: the body is parsed when the fold asks for it, and only then. */
export class LazyEvent implements FactEvent {
  #data: object | undefined;
  readonly #scanned: ScannedEvent;

  constructor(scanned: ScannedEvent) {
    this.#scanned = scanned;
  }
  get position(): Position {
    return this.#scanned.position;
  }
  get stream(): string {
    return this.#scanned.stream;
  }
  get type(): string {
    return this.#scanned.type;
  }
  get occurredAt(): Instant {
    return this.#scanned.occurredAt;
  }
  get recordedAt(): Instant {
    return this.#scanned.recordedAt;
  }
  get region(): string | null {
    return this.#scanned.region;
  }
  get correlationId(): string | null {
    return this.#scanned.correlationId;
  }
  get data(): object {
    return (this.#data ??= this.#scanned.data());
  }
}
