import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Clock, Failure, Instant, NewEvent, Position, StreamId, StreamVersion } from '#kernel';
import { Failure as KernelFailure, categoryOf } from '#kernel';
import type { EventTypes } from '../event-types.ts';
import type { AppendResult, CommandMetadata, ExpectedVersion } from '../port.ts';
import { CommandIdReused, WrongExpectedVersion } from '../port.ts';
import { Dictionary, actorTerm } from './dictionary.ts';
import { openForWriting } from './log-file.ts';
import { shortForm, uuidBytes } from './uuid.ts';

/** A command's events, checked for shape and turned to text before they wait for their turn. */
export interface AppendRequest {
  readonly stream: StreamId;
  readonly expected: ExpectedVersion;
  readonly events: readonly PreparedEvent[];
  readonly command: CommandMetadata;
}

export interface PreparedEvent {
  readonly event: NewEvent;
  readonly json: string;
}

interface StreamState {
  readonly id: number;
  version: StreamVersion;
  /** Not in the table yet. */
  readonly isNew: boolean;
}

/** Streams whose version is kept at hand; beyond that the oldest are looked up again. */
const STREAMS_AT_HAND = 100_000;

/**
 * The writing connection. {@link commit} takes a group of requests in one transaction: each is checked, then written or
 * refused by itself, and all that were written share one fsync.
 */
export class Writer {
  readonly database: DatabaseSync;
  readonly #clock: Clock;
  readonly #dictionary: Dictionary;
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  readonly #rollback: StatementSync;
  readonly #findStream: StatementSync;
  readonly #addStream: StatementSync;
  readonly #setVersion: StatementSync;
  readonly #addCommand: StatementSync;
  readonly #findCommand: StatementSync;
  readonly #addEvent: StatementSync;
  /** Streams as committed. */
  readonly #known = new Map<StreamId, StreamState>();
  /** Streams as the open transaction has them. */
  #touched = new Map<StreamId, StreamState>();
  #head!: Position;
  #lastStream!: number;
  #recordedAt!: Instant;

  constructor(folder: string, clock: Clock, types: EventTypes) {
    this.#clock = clock;
    const database = (this.database = openForWriting(folder));
    try {
      this.#dictionary = new Dictionary(database, types);
      this.#begin = database.prepare('BEGIN IMMEDIATE');
      this.#commit = database.prepare('COMMIT');
      this.#rollback = database.prepare('ROLLBACK');
      this.#findStream = asArrays(database.prepare('SELECT id, version FROM streams WHERE name = ?'));
      this.#addStream = database.prepare('INSERT INTO streams (id, name, version) VALUES (?, ?, ?)');
      this.#setVersion = database.prepare('UPDATE streams SET version = ? WHERE id = ?');
      this.#addCommand = database.prepare(
        'INSERT INTO commands (id, digest, position) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      );
      this.#findCommand = asArrays(
        database.prepare(`SELECT c.digest, s.name, e.version, c.position FROM commands c
          JOIN events e ON e.position = c.position JOIN streams s ON s.id = e.stream WHERE c.id = ?`),
      );
      this.#addEvent = database.prepare(`INSERT INTO events (position, stream, version, category, type, occurred_at,
        recorded_at, actor, authority, region, rule_version, command, command_index, correlation, causation, data)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
      this.#readEnds();
    } catch (error) {
      database.close();
      throw error;
    }
  }

  get head(): Position {
    return this.#head;
  }

  /**
   * One outcome per request, in order. Settles nothing but what is on disk: when it throws, none of the group was
   * written and the writer stands as before.
   */
  commit(group: readonly AppendRequest[]): (AppendResult | Failure)[] {
    const before = { head: this.#head, stream: this.#lastStream, recordedAt: this.#recordedAt };
    this.#begin.run();
    try {
      this.#recordedAt = Math.max(this.#clock.now(), this.#recordedAt);
      const outcomes = group.map((request) => this.#apply(request));
      this.#writeVersions();
      this.#commit.run();
      this.#keepTouched();
      return outcomes;
    } catch (error) {
      this.#head = before.head;
      this.#lastStream = before.stream;
      this.#recordedAt = before.recordedAt;
      this.#touched.clear();
      // SQLite has rolled back by itself after some disk errors, and a second time would hide the first error.
      if (this.database.isTransaction) this.#rollback.run();
      this.#dictionary.forget();
      throw error;
    }
  }

  close(): void {
    if (this.database.isOpen) this.database.close();
  }

  #apply(request: AppendRequest): AppendResult | Failure {
    const { stream, expected, events, command } = request;
    const state = this.#streamState(stream);
    if (!holds(expected, state.version))
      return this.#earlier(command) ?? new WrongExpectedVersion(stream, expected, state.version);
    const future = events.find(({ event }) => (event.occurredAt ?? command.occurredAt) > this.#recordedAt);
    if (future !== undefined) return this.#earlier(command) ?? this.#inFuture(future, command);

    const id = uuidBytes(command.commandId);
    const last = this.#head + events.length;
    if (this.#addCommand.run(id, command.payloadDigest, last).changes === 0) return this.#earlier(command)!;
    this.#insert(request, state, id);
    return { stream, version: state.version, position: last, appended: true };
  }

  #insert({ stream, events, command }: AppendRequest, state: StreamState, id: Uint8Array): void {
    const terms = this.#dictionary;
    const category = terms.internTerm('category', categoryOf(stream));
    const actor = terms.internTerm('actor', actorTerm(command.actor));
    const authority = command.authority == null ? null : terms.internTerm('authority', command.authority);
    const region = command.region == null ? null : terms.internTerm('region', command.region);
    const causation = shortForm(command.causationId ?? null);
    for (const [index, { event, json }] of events.entries())
      this.#addEvent.run(
        ++this.#head,
        state.id,
        ++state.version,
        category,
        terms.internType(event.type, event.schemaVersion ?? 1),
        event.occurredAt ?? command.occurredAt,
        this.#recordedAt,
        actor,
        authority,
        region,
        event.ruleVersion === undefined ? null : terms.internTerm('ruleVersion', event.ruleVersion),
        id,
        index,
        command.correlationId ?? null,
        causation,
        json,
      );
    this.#touched.set(stream, state);
  }

  /** What the command did when it came before; undefined when it did not. */
  #earlier(command: CommandMetadata): AppendResult | Failure | undefined {
    const row = this.#findCommand.get(uuidBytes(command.commandId)) as unknown as CommandRow | undefined;
    return row === undefined ? undefined : outcomeOfRow(row, command.commandId, command.payloadDigest);
  }

  #inFuture({ event }: PreparedEvent, command: CommandMetadata): Failure {
    const occurredAt = event.occurredAt ?? command.occurredAt;
    return new KernelFailure(
      'OCCURRED_IN_FUTURE',
      `${event.type} is said to have occurred ${occurredAt - this.#recordedAt} ms after it is recorded`,
    );
  }

  #streamState(name: StreamId): StreamState {
    const known = this.#touched.get(name) ?? this.#known.get(name);
    if (known !== undefined) return this.#touched.has(name) ? known : { ...known };
    const row = this.#findStream.get(name) as unknown as [number, StreamVersion] | undefined;
    if (row !== undefined) return { id: row[0], version: row[1], isNew: false };
    return { id: ++this.#lastStream, version: 0, isNew: true };
  }

  #writeVersions(): void {
    for (const [name, { id, version, isNew }] of this.#touched)
      if (isNew) this.#addStream.run(id, name, version);
      else this.#setVersion.run(version, id);
  }

  #keepTouched(): void {
    for (const [name, { id, version }] of this.#touched) {
      this.#known.delete(name);
      this.#known.set(name, { id, version, isNew: false });
    }
    this.#touched.clear();
    for (const name of this.#known.keys()) {
      if (this.#known.size <= STREAMS_AT_HAND) break;
      this.#known.delete(name);
    }
  }

  #readEnds(): void {
    const last = asArrays(
      this.database.prepare('SELECT position, recorded_at FROM events ORDER BY position DESC LIMIT 1'),
    );
    const stream = asArrays(this.database.prepare('SELECT coalesce(max(id), 0) FROM streams'));
    [this.#head, this.#recordedAt] = (last.get() as unknown as [Position, Instant] | undefined) ?? [0, 0];
    [this.#lastStream] = stream.get() as unknown as [number];
  }
}

/** Digest, stream, version and position of an earlier command's last event. */
export type CommandRow = readonly [string, StreamId, StreamVersion, Position];

export function outcomeOfRow(
  row: CommandRow,
  commandId: string,
  payloadDigest: string,
): AppendResult | CommandIdReused {
  const [digest, stream, version, position] = row;
  if (digest !== payloadDigest) return new CommandIdReused(commandId);
  return { stream, version, position, appended: false };
}

function holds(expected: ExpectedVersion, actual: StreamVersion): boolean {
  return expected === 'any' || (expected === 'none' ? actual === 0 : actual === expected);
}

function asArrays(statement: StatementSync): StatementSync {
  statement.setReturnArrays(true);
  return statement;
}
