import type { Instant, Position, StreamId, StreamVersion } from '#kernel';
import type { ScannedEvent } from '../port.ts';
import type { Dictionary } from './dictionary.ts';

export type ScanRow = readonly [
  position: Position,
  stream: StreamId,
  streamKey: number,
  version: StreamVersion,
  type: number,
  occurredAt: Instant,
  recordedAt: Instant,
  region: number | null,
  correlation: string | null,
  data: string,
];

/** A row as SQLite gave it; names are looked up and the body is parsed only when somebody asks. */
export class ScannedRow implements ScannedEvent {
  readonly #row: ScanRow;
  readonly #dictionary: Dictionary;

  constructor(row: ScanRow, dictionary: Dictionary) {
    this.#row = row;
    this.#dictionary = dictionary;
  }

  get position(): Position {
    return this.#row[0];
  }
  get stream(): StreamId {
    return this.#row[1];
  }
  get streamKey(): number {
    return this.#row[2];
  }
  get version(): StreamVersion {
    return this.#row[3];
  }
  get type(): string {
    return this.#dictionary.type(this.#row[4]).known.name;
  }
  get occurredAt(): Instant {
    return this.#row[5];
  }
  get recordedAt(): Instant {
    return this.#row[6];
  }
  get region(): string | null {
    return this.#dictionary.term(this.#row[7]);
  }
  get correlationId(): string | null {
    return this.#row[8];
  }
  data<Data extends object>(): Data {
    const type = this.#dictionary.type(this.#row[4]);
    return type.known.lift(JSON.parse(this.#row[9]) as object, type.schemaVersion) as Data;
  }
}
