/**
 * The test language of every context: `given(aggregate, events).when(decide, command).then(events | refusal)`.
 * It folds and compares with the same pure functions as the service and needs no test runner, so it stands beside the rules.
 * State, command and documents are frozen: a rule that changes what it was given throws.
 */
import { deepStrictEqual } from 'node:assert';
import type { Decide, Decision, DecisionContext, RefusalKind } from './decision.ts';
import { isRefusal } from './decision.ts';
import type { Actor, NewEvent, Position, RecordedEvent } from './event.ts';
import { derivedId } from './id.ts';
import type { Instant, LocalDate } from './time.ts';
import { localDateOf, parseInstant, startOfDay } from './time.ts';

/** The moment at which a spec's command arrives unless it says otherwise: a Wednesday, 10:00 in Shanghai. */
export const GIVEN_NOW: Instant = Date.UTC(2026, 2, 4, 2);

/** Surroundings of a command that is given on a day, at ten in the morning in Shanghai. */
export function givenOn(today: LocalDate): Pick<DecisionContext, 'now' | 'occurredAt' | 'today'> {
  const now = startOfDay(today) + 10 * 3_600_000;
  return { now, occurredAt: now, today };
}

/** Whose key gives a command. */
export function givenBy(role: string, id = 'key-1'): Pick<DecisionContext, 'actor'> {
  return { actor: { id, role } };
}

/** What a spec says of an event; the rest of the envelope is filled in. Times are instants or ISO 8601 text. */
export type GivenEvent<Event extends RecordedEvent = RecordedEvent> =
  Event extends RecordedEvent<infer Type, infer Data>
    ? {
        readonly type: Type;
        readonly data: Data;
        readonly occurredAt?: Instant | string;
        /** When it occurred unless said: what was entered late was recorded later. */
        readonly recordedAt?: Instant | string;
        readonly stream?: string;
        readonly correlationId?: string | null;
        readonly region?: string | null;
        readonly authority?: string | null;
        /** An officer unless said. */
        readonly actor?: Actor;
      }
    : never;

/** What a fold needs. */
export interface Folded<State, Event extends RecordedEvent> {
  readonly initial: State;
  readonly evolve: (state: State, event: Event) => State;
}

/** The parts of a refusal that are contract; its sentence may be reworded. */
export interface ExpectedRefusal {
  readonly kind: RefusalKind;
  readonly code: string;
  readonly field?: string;
  /** What the refusal leaves in the log. */
  readonly records?: readonly NewEvent[];
  readonly position?: Position;
}

interface Outcome<Event extends NewEvent> {
  /** Events in order (none = silence), or the refusal. Throws an AssertionError that shows the difference. */
  then(expected: readonly Event[] | ExpectedRefusal): void;
  readonly decision: Decision<Event>;
}

export function given<State, Event extends RecordedEvent, Law = unknown>(
  aggregate: Folded<State, Event>,
  events: readonly GivenEvent<Event>[] = [],
  law?: Law,
) {
  const state = foldGiven(aggregate, events);
  return {
    state,
    when<Command extends object, New extends NewEvent, Reads = Record<string, never>>(
      decide: Decide<Command, State, New, Reads, Law>,
      command: Command,
      context: Partial<DecisionContext<Reads>> = {},
    ): Outcome<New> {
      const surroundings = givenContext<Reads>(command, { version: events.length, ...context });
      const decision = decide(frozen(command), state, surroundings, law as Law);
      return { decision, then: (expected) => deepStrictEqual(comparable(decision), frozen([...asList(expected)])) };
    },
  };
}

/** State after the events. */
export function foldGiven<State, Event extends RecordedEvent>(
  aggregate: Folded<State, Event>,
  events: readonly GivenEvent<Event>[],
): State {
  return recorded<Event>(events).reduce(
    (state, event) => frozen(aggregate.evolve(state, event)),
    frozen(aggregate.initial),
  );
}

/** Documents of a projection after the events, by key, as the runner would build them. */
export function documentsGiven<Doc extends object>(
  projection: {
    readonly types: readonly string[];
    keys(event: RecordedEvent): readonly string[];
    evolve(doc: Doc | undefined, event: RecordedEvent, key: string): Doc | null;
  },
  events: readonly GivenEvent[],
): Map<string, Doc> {
  const documents = new Map<string, Doc>();
  for (const event of recorded(events)) {
    if (!projection.types.includes(event.type)) continue;
    for (const key of projection.keys(event)) {
      const doc = projection.evolve(documents.get(key), event, key);
      if (doc === null) documents.delete(key);
      else documents.set(key, frozen(doc));
    }
  }
  return documents;
}

/** Full envelopes: positions from 1, versions counted per stream, recorded when they occurred unless they say otherwise. */
export function recorded<Event extends RecordedEvent>(events: readonly GivenEvent<Event>[]): Event[] {
  const versions = new Map<string, number>();
  return events.map((event, index) => {
    const stream = event.stream ?? 'given-1';
    const version = (versions.get(stream) ?? 0) + 1;
    versions.set(stream, version);
    const occurredAt = instantOf(event.occurredAt ?? GIVEN_NOW);
    const id = derivedId('given', String(index));
    return frozen({
      id,
      stream,
      version,
      position: index + 1,
      type: event.type,
      schemaVersion: 1,
      occurredAt,
      recordedAt: event.recordedAt === undefined ? occurredAt : instantOf(event.recordedAt),
      actor: event.actor ?? { id: 'key-1', role: 'officer' },
      authority: event.authority ?? null,
      region: event.region ?? null,
      ruleVersion: null,
      correlationId: event.correlationId ?? null,
      causationId: null,
      commandId: id,
      data: event.data,
    }) as unknown as Event;
  });
}

/** A decision's surroundings with everything filled in; `occurredAt` follows the command's own. */
export function givenContext<Reads = Record<string, never>>(
  command: object,
  known: Partial<DecisionContext<Reads>> = {},
): DecisionContext<Reads> {
  const now = known.now ?? GIVEN_NOW;
  const said = (command as { occurredAt?: string }).occurredAt;
  const occurredAt = known.occurredAt ?? (said === undefined ? now : instantOf(said));
  return frozen({
    now,
    occurredAt,
    today: localDateOf(occurredAt),
    actor: { id: 'key-1', role: 'officer' },
    bounds: { region: null, subject: null },
    id: '1',
    version: 0,
    payloadDigest: 'digest',
    persons: {},
    reads: {} as Reads,
    ...known,
  });
}

function instantOf(time: Instant | string): Instant {
  if (typeof time === 'number') return time;
  const instant = parseInstant(time);
  if (instant === undefined) throw new RangeError(`not an instant with an offset: ${time}`);
  return instant;
}

function comparable(decision: Decision): readonly object[] {
  if (!isRefusal(decision)) return decision;
  const { kind, code, field, records, position } = decision;
  return [
    {
      kind,
      code,
      ...(field !== undefined && { field }),
      ...(records !== undefined && { records }),
      ...(position !== undefined && { position }),
    },
  ];
}

function asList(expected: readonly NewEvent[] | ExpectedRefusal): readonly object[] {
  return 'code' in expected ? [expected] : expected;
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}
