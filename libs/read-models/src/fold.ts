import type { Position, RecordedEvent, StreamId } from '#kernel';
import { sealDocument } from './document.ts';
import type { ParkedEvent, Projection } from './port.ts';
import { declaredFields } from './projection.ts';

/** An event with the keys it touches, or why they could not be told. */
export interface PlannedEvent {
  readonly event: RecordedEvent;
  readonly keys: readonly string[];
  readonly failure?: string;
}

export interface FoldedBatch {
  /** Final documents of the touched keys; null = removed. */
  readonly documents: Map<string, object | null>;
  readonly parked: ParkedEvent[];
  /** Keys that came to a stand in this batch, with the position of the event that failed. */
  readonly newlyParked: Map<string, Position>;
}

/** What a stream is parked under when an event's keys could not be told: no document key begins like this. */
export function streamKey(stream: StreamId): string {
  return `stream:${stream}`;
}

export function isStreamKey(key: string): boolean {
  return key.startsWith('stream:');
}

export function plan(projection: Projection, events: readonly RecordedEvent[]): PlannedEvent[] {
  return events.map((event) => {
    try {
      return { event, keys: checkedKeys(projection.keys(event)) };
    } catch (error) {
      return { event, keys: [], failure: reasonOf(error) };
    }
  });
}

/**
 * Folds a batch in memory. Where an event fails, its key comes to a stand: that event and the key's later ones are
 * parked, everything else goes on. When not even the keys can be told, the event's whole stream comes to a stand.
 */
export function fold(
  projection: Projection,
  planned: readonly PlannedEvent[],
  loaded: ReadonlyMap<string, object>,
  standing: ReadonlyMap<string, Position>,
): FoldedBatch {
  const documents = new Map<string, object | null>();
  const parked: ParkedEvent[] = [];
  const newlyParked = new Map<string, Position>();
  const indexed = declaredFields(projection.indexes);
  const since = (key: string): Position | undefined => newlyParked.get(key) ?? standing.get(key);
  const park = (event: RecordedEvent, key: string, failure?: string): void => {
    const reason = failure ?? `waits for the event at position ${since(key)}`;
    if (since(key) === undefined) newlyParked.set(key, event.position);
    parked.push({ projection: projection.name, key, position: event.position, eventId: event.id, reason });
  };
  const anyStands = (): boolean => standing.size > 0 || newlyParked.size > 0;

  for (const { event, keys, failure } of planned) {
    if (anyStands() && since(streamKey(event.stream)) !== undefined) {
      park(event, streamKey(event.stream));
      continue;
    }
    if (failure !== undefined) {
      park(event, streamKey(event.stream), failure);
      continue;
    }
    for (const key of keys) {
      if (since(key) !== undefined) {
        park(event, key);
        continue;
      }
      try {
        const before = documents.has(key) ? documents.get(key) : loaded.get(key);
        documents.set(key, step(projection, before ?? undefined, event, key, indexed));
      } catch (error) {
        park(event, key, reasonOf(error));
      }
    }
  }
  return { documents, parked, newlyParked };
}

/** One step of one document. Throws when `evolve` does, or hands out what cannot be stored. */
export function step(
  projection: Projection,
  before: object | undefined,
  event: RecordedEvent,
  key: string,
  indexed: readonly string[],
): object | null {
  const after = projection.evolve(before === undefined ? undefined : sealDocument(before, []), event, key);
  return after === null ? null : sealDocument(after, indexed);
}

export function reasonOf(error: unknown): string {
  // String(error) is `name: message` for errors of every kind and origin.
  return String(error);
}

function checkedKeys(keys: readonly string[]): readonly string[] {
  for (const key of keys) {
    if (typeof key !== 'string' || key === '' || isStreamKey(key) || !key.isWellFormed()) {
      throw new TypeError(`not a document key: ${JSON.stringify(key)}`);
    }
  }
  return keys.length < 2 ? keys : [...new Set(keys)];
}
