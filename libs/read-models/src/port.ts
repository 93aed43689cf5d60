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
  /** Range on the index's next field: `from` included, `to` excluded. Documents without a value lie in no range. */
  readonly range?: { readonly field: string; readonly from?: Scalar; readonly to?: Scalar };
  /** Sort field (declared), `asc` unless said, null first; ties by key in the same direction. Without it: by key. */
  readonly sort?: { readonly field: string; readonly order?: 'asc' | 'desc' };
  /** Keyset cursor as the previous page returned it; another sort makes it invalid (`BAD_CURSOR`). */
  readonly cursor?: string;
  /** Size of the page, at least 1. */
  readonly limit: number;
}

export interface Page<Doc> {
  readonly items: readonly { readonly key: string; readonly doc: Doc }[];
  /** Null on the last page. */
  readonly next: string | null;
}

/**
 * Documents of all projections, with the checkpoint of each, committed together. One writer; rejects with a retryable
 * {@link Failure} `STORE_UNAVAILABLE` when the disk is full or busy, and with one that is not (`STORE_CORRUPT`,
 * `STORE_BROKEN`) when trying again cannot help.
 */
export interface ReadModels extends ReadModelReader {
  /**
   * Takes the next batch of a projection: writes documents, dead letters and checkpoint in one transaction. A batch that
   * starts before the checkpoint changes nothing (each event counts once); one that starts after it is a broken promise
   * (`CHECKPOINT_GAP`). Answers the checkpoint that stands afterwards.
   */
  commit(projection: Projection, generation: Generation, batch: BatchOutcome): Promise<Position>;

  /** Makes room for exactly these projections: creates missing live generations, drops those nobody declares any more. */
  prepare(projections: readonly Projection[]): Promise<void>;
  generation(projection: Projection, generation: Generation): Promise<GenerationState | undefined>;
  /** Documents of the keys that have one. */
  load(projection: Projection, generation: Generation, keys: readonly string[]): Promise<Map<string, object>>;
  /** Keys that stand still, each with the position of its first failed event. */
  parkedKeys(projection: Projection, generation: Generation): Promise<Map<string, Position>>;
  /** Dead letters of one key, in the order of the log. */
  parkedEvents(projection: Projection, generation: Generation, key: string): Promise<ParkedEvent[]>;
  /** Takes back what could be applied of a parked key: its document, and dead letters up to `through`, at once. */
  unpark(projection: Projection, key: string, outcome: ReplayOutcome): Promise<void>;

  /** Opens an empty generation (a `rebuild` that stands there is dropped). */
  begin(projection: Projection, generation: Generation): Promise<void>;
  /** Makes the rebuild ready to answer queries, so that the swap itself takes no time. */
  finish(projection: Projection): Promise<void>;
  /** How the rebuild's documents differ from the live ones, byte for byte. */
  compare(projection: string): Promise<Comparison>;
  /** Makes the rebuild the live generation and drops the former one, in one transaction. */
  swap(projection: Projection): Promise<void>;
  discard(projection: string): Promise<void>;
  /** All documents in the order of their keys, as canonical JSON (RFC 8785). */
  dump(projection: string, generation?: Generation): AsyncIterable<DumpedDocument>;
  close(): Promise<void>;
}

export interface GenerationState {
  readonly version: number;
  /** Whether it was built by the version and with the indexes that the projection declares now. */
  readonly current: boolean;
  readonly checkpoint: Position;
  /** Id of the event at the checkpoint, by which the log is known again; null where none was taken in. */
  readonly eventId: string | null;
  /** How many dead letters it has. */
  readonly parked: number;
}

export interface ReplayOutcome {
  readonly document: object | null;
  /** Position of the last event that could be applied. */
  readonly through: Position;
  /** Why the next one could not. */
  readonly reason?: string;
}

export interface Comparison {
  readonly documents: number;
  /** Keys that only one side has, or whose documents differ. */
  readonly differences: number;
  /** The first of them in key order, at most 20. */
  readonly keys: readonly string[];
}

export interface DumpedDocument {
  readonly key: string;
  readonly doc: string;
}

/** Side-by-side builds of one projection: `live` is what queries see. */
export type Generation = 'live' | 'rebuild';

export interface BatchOutcome {
  readonly after: Position;
  readonly upTo: Position;
  /** Id of the event at `upTo`, whether the projection wants it or not. */
  readonly eventId: string;
  /** Final documents of the keys touched by the batch; null = removed. */
  readonly documents: ReadonlyMap<string, object | null>;
  /** Events that failed, and later events of keys that are already parked. */
  readonly parked: readonly ParkedEvent[];
}

/** Dead letter. */
export interface ParkedEvent {
  readonly projection: string;
  /** The document's key; `stream:` and the stream's id where not even the keys could be told ({@link streamKey}). */
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
  /** Why it stopped, what it is retrying, or why it was built anew since the start. */
  readonly reason?: string;
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
