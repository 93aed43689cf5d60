import type { Position, RecordedEvent } from '#kernel';

/** What an index or a filter can hold. */
export type Scalar = string | number | null;

/** One read model (读模型), as its context's `views/*.ts` declares it. Pure. */
export interface Projection<Doc extends object = object> {
  /** Unique, kebab-case: `work-orders`. */
  readonly name: string;
  /** Raised with every change of shape or meaning; a new version is built beside the live one and swapped in. */
  readonly version: number;
  /** Event types it wants. */
  readonly types: readonly string[];
  /** Keys of the documents an event touches: none, one or several. */
  keys(event: RecordedEvent): readonly string[];
  /** The document after the event; null removes it. Never changes `doc` itself. */
  evolve(doc: Doc | undefined, event: RecordedEvent, key: string): Doc | null;
  /** Declared indexes by name: fields of the document (scalars), in order. Queries filter and sort on nothing else. */
  readonly indexes: Readonly<Record<string, readonly string[]>>;
}

export interface Query {
  /** Equality on fields of one declared index (a prefix of its fields). */
  readonly where?: Readonly<Record<string, Scalar | readonly Scalar[]>>;
  /** Range on the index's next field. */
  readonly range?: { readonly field: string; readonly from?: Scalar; readonly to?: Scalar };
  /** Sort field (declared), `asc` unless said; ties by key. Without it: by key. */
  readonly sort?: { readonly field: string; readonly order?: 'asc' | 'desc' };
  /** Keyset cursor as the previous page returned it. */
  readonly cursor?: string;
  readonly limit: number;
}

export interface Page<Doc> {
  readonly items: readonly { readonly key: string; readonly doc: Doc }[];
  /** Null on the last page. */
  readonly next: string | null;
}

/** Documents of all projections, with the checkpoint of each, committed together. */
export interface ReadModels extends ReadModelReader {
  /**
   * Takes the next batch of a projection: writes documents and checkpoint in one transaction. Batches that start at or
   * before the checkpoint change nothing (each event counts once).
   */
  commit(projection: Projection, generation: Generation, batch: BatchOutcome): Promise<void>;
}

/** Side-by-side builds of one projection: `live` is what queries see. */
export type Generation = 'live' | 'rebuild';

export interface BatchOutcome {
  readonly after: Position;
  readonly upTo: Position;
  /** Final documents of the keys touched by the batch; null = removed. */
  readonly documents: ReadonlyMap<string, object | null>;
  /** Events that failed, and later events of keys that are already parked. */
  readonly parked: readonly ParkedEvent[];
}

export interface ParkedEvent {
  readonly projection: string;
  readonly key: string;
  readonly position: Position;
  readonly eventId: string;
  readonly reason: string;
}

export interface ProjectionStatus {
  readonly name: string;
  readonly version: number;
  readonly checkpoint: Position;
  readonly head: Position;
  /** head − checkpoint. */
  readonly lag: number;
  readonly parked: number;
  readonly state: 'live' | 'catching-up' | 'rebuilding' | 'stopped';
}

export interface ReadModelReader {
  get<Doc extends object>(projection: string, key: string): Promise<Doc | undefined>;
  query<Doc extends object>(projection: string, query: Query): Promise<Page<Doc>>;
  /** Sum of a declared numeric field over the documents that match. */
  sum(projection: string, field: string, where?: Query['where']): Promise<number>;
  count(projection: string, where?: Query['where']): Promise<number>;
  /** Settles when the projection has reached the position; false when `timeoutMs` passed first. */
  reached(projection: string, position: Position, timeoutMs: number): Promise<boolean>;
  parked(projection?: string, cursor?: string, limit?: number): Promise<Page<ParkedEvent>>;
}
