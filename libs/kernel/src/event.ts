import type { Instant } from './time.ts';

/** `category-id`, for example `complaint-01J…`. The category is the text before the first hyphen. */
export type StreamId = string;

/** A place in the one order of the log. Opaque to its users and only ordered; 0 is before the first event. */
export type Position = number;

/** How many events a stream holds: 0 means it does not exist, the first event has version 1. */
export type StreamVersion = number;

/** Who gave the command: the access key's id and the role it acted in, or a process. */
export interface Actor {
  readonly id: string;
  readonly role: string;
}

/** What a decider hands out: something that happened, not yet in the log. */
export interface NewEvent<Type extends string = string, Data extends object = object> {
  readonly type: Type;
  readonly data: Data;
  /** When it happened, where that differs from the command's own `occurredAt` (imported history has several). */
  readonly occurredAt?: Instant;
  /** Rule version the decision rests on, where there is one. */
  readonly ruleVersion?: string;
  /** Version of `data`'s shape; 1 unless said. Older shapes are brought up by the upcasters of `events.ts`. */
  readonly schemaVersion?: number;
}

/** An event as the log holds it. */
export interface RecordedEvent<Type extends string = string, Data extends object = object> {
  /** UUID derived from the command's id and the event's place in the command. */
  readonly id: string;
  readonly stream: StreamId;
  readonly version: StreamVersion;
  readonly position: Position;
  readonly type: Type;
  readonly schemaVersion: number;
  /** When it happened, by whoever says so. Never after `recordedAt`. */
  readonly occurredAt: Instant;
  /** When the log took it. Never falls from one position to the next. */
  readonly recordedAt: Instant;
  readonly actor: Actor;
  /** Authority (机关) in whose name it was done, where there is one. */
  readonly authority: string | null;
  /** Region code under which it was done. */
  readonly region: string | null;
  readonly ruleVersion: string | null;
  /** The dispute (争议), once it is known. */
  readonly correlationId: string | null;
  /** Id of the event that caused this command, when a process gave it. */
  readonly causationId: string | null;
  readonly commandId: string;
  readonly data: Data;
}

/** A context's `events.ts` declares its union once, as a map from type to data; these read either form off that map. */
export type EventOf<Catalogue> = {
  [T in keyof Catalogue & string]: NewEvent<T, Catalogue[T] & object>;
}[keyof Catalogue & string];
export type RecordedOf<Catalogue> = {
  [T in keyof Catalogue & string]: RecordedEvent<T, Catalogue[T] & object>;
}[keyof Catalogue & string];

/** One sentence for people, in Chinese and English. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** What each event type of a context says in words: no personal data, so that everybody who may see the event may read them. */
export type EventWords<Catalogue> = {
  readonly [T in keyof Catalogue & string]: (data: Catalogue[T]) => Words;
};

/** Brings data of an older shape to the next one. */
export type Upcaster = (data: Record<string, unknown>) => Record<string, unknown>;

/**
 * What a context tells of its event types at start: current schema version of each and the upcasters from every earlier
 * version, checked for completeness when the log opens.
 */
export interface EventSchema {
  readonly schemaVersion: number;
  /** `upcasters[n]` lifts version n to n + 1; one for every version below `schemaVersion`. */
  readonly upcasters?: Readonly<Record<number, Upcaster>>;
}
export type EventSchemas = Readonly<Record<string, EventSchema>>;

export function categoryOf(stream: StreamId): string {
  const hyphen = stream.indexOf('-');
  return hyphen < 0 ? stream : stream.slice(0, hyphen);
}

export function idOf(stream: StreamId): string {
  return stream.slice(stream.indexOf('-') + 1);
}
