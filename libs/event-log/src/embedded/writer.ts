import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Clock, Failure, Instant, NewEvent, Position, StreamId, StreamVersion } from '#kernel';
import { Failure as KernelFailure, categoryOf } from '#kernel';
import type { EventTypes } from '../event-types.ts';
import type { AppendResult, CommandMetadata, ExpectedVersion, FoundUnchanged, StreamAsRead } from '../port.ts';
import { WrongExpectedVersion } from '../port.ts';
import {
  type AnswerRow,
  type CommandRow,
  FIND_ANSWER,
  FIND_COMMAND,
  outcomeOfAnswer,
  outcomeOfRow,
} from './command-outcome.ts';
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

/** A command that has nothing to append, and what it is answered. */
export interface RememberRequest {
  readonly command: CommandIdentity;
  readonly found: FoundUnchanged;
}

export type WriteRequest = AppendRequest | RememberRequest;

type CommandIdentity = Pick<CommandMetadata, 'commandId' | 'payloadDigest'>;

export interface PreparedEvent {
  readonly event: NewEvent;
  readonly json: string;
}

interface StreamState {
  readonly id: number;
  readonly version: StreamVersion;
}

/** As much as a group of a few hundred events takes. */
const TRIAL_BYTES = 262_144;

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
  readonly #findCommand: StatementSync;
  readonly #addEvent: StatementSync;
  readonly #findAnswer: StatementSync;
  readonly #addAnswer: StatementSync;
  /** Streams as committed. */
  readonly #known = new Map<StreamId, StreamState>();
  /** Streams as the open transaction has them. */
  readonly #touched = new Map<StreamId, StreamState>();
  #head!: Position;
  #lastStream!: number;
  #recordedAt!: Instant;
  /** False while no command was ever remembered: then none has to be looked for. */
  #hasAnswers!: boolean;

  constructor(folder: string, clock: Clock, types: EventTypes) {
    this.#clock = clock;
    const database = (this.database = openForWriting(folder));
    try {
      this.#dictionary = new Dictionary(database, types);
      this.#begin = database.prepare('BEGIN IMMEDIATE');
      this.#commit = database.prepare('COMMIT');
      this.#rollback = database.prepare('ROLLBACK');
      this.#findStream = asArrays(
        database.prepare(`SELECT s.id, (SELECT coalesce(max(version), 0) FROM events WHERE stream = s.id)
          FROM streams s WHERE s.name = ?`),
      );
      this.#addStream = database.prepare('INSERT INTO streams (id, name) VALUES (?, ?)');
      this.#findCommand = asArrays(database.prepare(FIND_COMMAND));
      this.#addEvent = database.prepare(`INSERT INTO events (position, stream, version, category, type, occurred_at,
        recorded_at, actor, authority, region, rule_version, command, command_index, command_events, digest, correlation,
        causation, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (command) WHERE command_events IS NOT NULL DO NOTHING`);
      this.#findAnswer = asArrays(database.prepare(FIND_ANSWER));
      this.#addAnswer = database.prepare(
        'INSERT INTO answers (command, digest, stream, version, position) VALUES (?, ?, ?, ?, ?)',
      );
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
  commit(group: readonly WriteRequest[]): (AppendResult | Failure)[] {
    const before = { head: this.#head, stream: this.#lastStream, recordedAt: this.#recordedAt };
    try {
      const outcomes = this.#inTransaction(() => {
        this.#recordedAt = Math.max(this.#clock.now(), this.#recordedAt);
        return group.map((request) => ('found' in request ? this.#remember(request) : this.#append(request)));
      });
      this.#keepTouched();
      return outcomes;
    } catch (error) {
      this.#head = before.head;
      this.#lastStream = before.stream;
      this.#recordedAt = before.recordedAt;
      this.#touched.clear();
      this.#dictionary.forget();
      throw error;
    }
  }

  /** Writes what a group of some size would, and takes it away again: throws where the disk has no room for that. */
  tryWriting(): void {
    this.#inTransaction(() => this.database.exec(`INSERT INTO trials VALUES (zeroblob(${TRIAL_BYTES}))`));
    this.#inTransaction(() => this.database.exec('DELETE FROM trials'));
  }

  /**
   * Whether a stream exists. Only between commits. This connection wrote everything there is and still holds the pages,
   * which any other has to fetch again after every commit.
   */
  hasStream(stream: StreamId): boolean {
    return this.#known.has(stream) || this.#findStream.get(stream) !== undefined;
  }

  close(): void {
    if (this.database.isOpen) this.database.close();
  }

  #inTransaction<Result>(work: () => Result): Result {
    this.#begin.run();
    try {
      const result = work();
      this.#commit.run();
      return result;
    } catch (error) {
      // SQLite has rolled back by itself after some disk errors, and a second time would hide the first error.
      if (this.database.isTransaction) this.#rollback.run();
      throw error;
    }
  }

  #append(request: AppendRequest): AppendResult | Failure {
    const { stream, expected, events, command } = request;
    const remembered = this.#remembered(command);
    if (remembered !== undefined) return remembered;
    const found = this.#standing(stream);
    const version = found?.version ?? 0;
    const wrong = holds(expected, version)
      ? this.#movedSince(command.restsOn ?? [])
      : new WrongExpectedVersion(stream, expected, version);
    if (wrong !== undefined) return this.#earlier(command) ?? wrong;
    const future = events.find(({ event }) => (event.occurredAt ?? command.occurredAt) > this.#recordedAt);
    if (future !== undefined) return this.#earlier(command) ?? this.#inFuture(future, command);

    const id = found?.id ?? this.#lastStream + 1;
    if (!this.#insert(request, id, version)) return this.#earlier(command)!;
    if (found === undefined) this.#addStream.run((this.#lastStream = id), stream);
    this.#head += events.length;
    this.#touched.set(stream, { id, version: version + events.length });
    return { stream, version: version + events.length, position: this.#head, appended: true };
  }

  #remember({ command, found }: RememberRequest): AppendResult | Failure {
    const earlier = this.#earlier(command) ?? this.#remembered(command);
    if (earlier !== undefined) return earlier;
    const { stream, version, position } = found;
    this.#hasAnswers = true;
    this.#addAnswer.run(uuidBytes(command.commandId), command.payloadDigest, stream, version, position);
    return { stream, version, position, appended: false, unchanged: true };
  }

  /** False, with nothing written, when the command came before. */
  #insert({ stream, events, command }: AppendRequest, streamId: number, version: StreamVersion): boolean {
    const terms = this.#dictionary;
    const category = terms.internTerm('category', categoryOf(stream));
    const actor = terms.internTerm('actor', actorTerm(command.actor));
    const authority = command.authority == null ? null : terms.internTerm('authority', command.authority);
    const region = command.region == null ? null : terms.internTerm('region', command.region);
    const causation = shortForm(command.causationId ?? null);
    const id = uuidBytes(command.commandId);
    for (let index = 0; index < events.length; index++) {
      const { event, json } = events[index]!;
      const { changes } = this.#addEvent.run(
        this.#head + 1 + index,
        streamId,
        version + 1 + index,
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
        index === 0 ? events.length : null,
        index === 0 ? command.payloadDigest : null,
        command.correlationId ?? null,
        causation,
        json,
      );
      // Only the first event can meet an earlier one of the same command, so nothing has to be undone.
      if (changes === 0) return false;
    }
    return true;
  }

  /** What the command appended when it came before; undefined when it did not. */
  #earlier(command: CommandIdentity): AppendResult | Failure | undefined {
    const row = this.#findCommand.get(uuidBytes(command.commandId)) as unknown as CommandRow | undefined;
    return row === undefined ? undefined : outcomeOfRow(row, command.commandId, command.payloadDigest);
  }

  /** What the command was answered when it came before and had nothing to append. */
  #remembered({ commandId, payloadDigest }: CommandIdentity): AppendResult | Failure | undefined {
    if (!this.#hasAnswers) return undefined;
    const row = this.#findAnswer.get(uuidBytes(commandId)) as unknown as AnswerRow | undefined;
    return row === undefined ? undefined : outcomeOfAnswer(row, commandId, payloadDigest);
  }

  #inFuture({ event }: PreparedEvent, command: CommandMetadata): Failure {
    const occurredAt = event.occurredAt ?? command.occurredAt;
    return new KernelFailure(
      'OCCURRED_IN_FUTURE',
      `${event.type} is said to have occurred ${occurredAt - this.#recordedAt} ms after it is recorded`,
    );
  }

  /** Of the streams that a decision rests on, the first that is not as it was read. */
  #movedSince(restsOn: readonly StreamAsRead[]): WrongExpectedVersion | undefined {
    for (const { stream, version } of restsOn) {
      const actual = this.#standing(stream)?.version ?? 0;
      if (actual !== version) return new WrongExpectedVersion(stream, version, actual);
    }
    return undefined;
  }

  #standing(name: StreamId): StreamState | undefined {
    return this.#touched.get(name) ?? this.#known.get(name) ?? this.#stored(name);
  }

  #stored(name: StreamId): StreamState | undefined {
    const row = this.#findStream.get(name) as unknown as [number, StreamVersion] | undefined;
    return row === undefined ? undefined : { id: row[0], version: row[1] };
  }

  #keepTouched(): void {
    for (const [name, state] of this.#touched) {
      this.#known.delete(name);
      this.#known.set(name, state);
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
    this.#hasAnswers = this.database.prepare('SELECT 1 FROM answers LIMIT 1').get() !== undefined;
  }
}

function holds(expected: ExpectedVersion, actual: StreamVersion): boolean {
  return expected === 'any' || (expected === 'none' ? actual === 0 : actual === expected);
}

function asArrays(statement: StatementSync): StatementSync {
  statement.setReturnArrays(true);
  return statement;
}
