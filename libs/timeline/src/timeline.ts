import { categoryOf, formatInstant, idOf, type Actor, type Position, type RecordedEvent, type Words } from '#kernel';
import type { ClockReading } from '#law';
import { wordsOf } from './words.ts';

/** What happened, as a reader of a dispute sees it. Instants are ISO 8601 UTC. */
export interface TimelineEntry {
  readonly position: Position;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly collection: string;
  readonly objectId: string;
  readonly type: string;
  readonly words: Words;
  readonly actor: Actor;
  readonly authority: string | null;
  readonly region: string | null;
  readonly ruleVersion: string | null;
  /** Clocks (期限) that it opened or moved, with their dates. */
  readonly clocks: readonly ClockReading[];
}

/** By when it happened, or by when the log took it. */
export const TIMELINE_ORDERS = ['occurred', 'recorded'] as const;
export type TimelineOrder = (typeof TIMELINE_ORDERS)[number];

/** Entries in order; of two at one instant the one recorded first comes first. */
export function timelineOf(
  events: readonly RecordedEvent[],
  collectionOf: (category: string) => string,
  order: TimelineOrder,
): TimelineEntry[] {
  const sorted = events.toSorted((a, b) =>
    order === 'occurred' ? a.occurredAt - b.occurredAt || a.position - b.position : a.position - b.position,
  );
  return sorted.map((event) => entryOf(event, collectionOf));
}

function entryOf(event: RecordedEvent, collectionOf: (category: string) => string): TimelineEntry {
  const { position, stream, type, actor, authority, region, ruleVersion } = event;
  return {
    position,
    occurredAt: formatInstant(event.occurredAt),
    recordedAt: formatInstant(event.recordedAt),
    collection: collectionOf(categoryOf(stream)),
    objectId: idOf(stream),
    type,
    words: wordsOf(event),
    actor,
    authority,
    region,
    ruleVersion,
    clocks: (event.data as { readonly clocks?: readonly ClockReading[] }).clocks ?? [],
  };
}
