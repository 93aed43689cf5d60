import type { Actor, Instant, NewEvent, Position, RecordedEvent, StreamId, StreamVersion } from '#kernel';
import { Failure } from '#kernel';

/** `none`: the stream must not exist. `any`: no check. A number: exactly that version (0 is the same as `none`). */
export type ExpectedVersion = 'none' | 'any' | StreamVersion;

/** What is common to all events of one command. */
export interface CommandMetadata {
  /** UUID. The same id appends once, whoever sends it again. */
  readonly commandId: string;
  /** Keyed digest of the command's payload: the same id with another digest is refused (`COMMAND_ID_REUSED`). */
  readonly payloadDigest: string;
  readonly actor: Actor;
  /** Default for events that do not say. Must not lie after the moment of recording. */
  readonly occurredAt: Instant;
  readonly authority?: string | null;
  readonly region?: string | null;
  readonly correlationId?: string | null;
  readonly causationId?: string | null;
  /** Other streams that the decision rests on, as they were when they were read; 0 of one that was not there. */
  readonly restsOn?: readonly StreamAsRead[];
}

export interface StreamAsRead {
  readonly stream: StreamId;
  readonly version: StreamVersion;
}

export interface AppendResult {
  readonly stream: StreamId;
  /** Stream version after the command. */
  readonly version: StreamVersion;
  /** Position of the command's last event. */
  readonly position: Position;
  /** False when the command had been appended before and nothing was written now. */
  readonly appended: boolean;
  /** The command had nothing to append when it came first: what is told is what it found then. */
  readonly unchanged?: true;
}

/** Where a command that had nothing to append found its object. Version and position are 0 where there was none. */
export type FoundUnchanged = Pick<AppendResult, 'stream' | 'version' | 'position'>;

export interface Filter {
  readonly categories?: readonly string[];
  readonly types?: readonly string[];
}

export interface ReadAllOptions extends Filter {
  /** At most so many events; the caller pages on from the last position. */
  readonly limit?: number;
}

/** The only place events are written, and the one order in which everybody reads them. */
export interface EventLog extends EventReader {
  /**
   * Writes all events of a command or none, after `expected` and `restsOn` have been checked in the same transaction, and settles
   * only when they are on disk. At least one event. Rejects with {@link Failure}: `WRONG_EXPECTED_VERSION`,
   * `COMMAND_ID_REUSED`, `OCCURRED_IN_FUTURE`, or (retryable) `LOG_UNAVAILABLE` when the disk is full, read-only or failing.
   */
  append(
    stream: StreamId,
    expected: ExpectedVersion,
    events: readonly NewEvent[],
    command: CommandMetadata,
  ): Promise<AppendResult>;
  /**
   * Keeps what a command that has nothing to append is answered, so that its id is known from now on: the same command
   * is answered the same, another payload is refused, and the id never appends. Settles when that is on disk. A command
   * that came before answers what it was answered then. No event is written: positions and versions stay. Rejects as
   * {@link append} does.
   */
  remember(commandId: string, payloadDigest: string, found: FoundUnchanged): Promise<AppendResult>;
  close(): Promise<void>;
}

export interface EventReader {
  /**
   * What this command did when it came before, be it appended or remembered; undefined when it did not. Rejects with
   * `COMMAND_ID_REUSED`.
   */
  outcomeOf(commandId: string, payloadDigest: string): Promise<AppendResult | undefined>;
  /** Events of one stream in order, versions `from`…`to` inclusive; empty when it does not exist. */
  readStream(stream: StreamId, from?: StreamVersion, to?: StreamVersion): Promise<RecordedEvent[]>;
  /** Events after a position in the order of the log. */
  readAll(after: Position, options?: ReadAllOptions): Promise<RecordedEvent[]>;
  /**
   * Follows the log: batches of matching events after a position, history first, then as they are written, each
   * position once and in order. `upTo` tells how far the log was read, also where nothing matched: the checkpoint to
   * keep. Ends when the signal aborts.
   */
  follow(after: Position, filter: Filter, signal: AbortSignal): AsyncIterable<FollowedBatch>;
  /**
   * The fast way over history for folds: a page of events whose bodies are parsed only when asked for. Pages on from
   * `upTo` until that is the head. An engine may leave it out; {@link readAll} says the same, slower.
   */
  scan?(after: Position, options?: ScanOptions): Promise<ScannedPage>;
  /** Position of the last event; 0 when the log is empty. */
  head(): Promise<Position>;
  /** Last position recorded at or before a moment; 0 when none. */
  positionAt(instant: Instant): Promise<Position>;
}

export interface FollowedBatch {
  readonly events: readonly RecordedEvent[];
  readonly upTo: Position;
}

export interface ScanOptions {
  readonly types?: readonly string[];
  /** At most so many events; 1000 unless said. */
  readonly limit?: number;
  /** Last position to look at; the head unless said. */
  readonly upTo?: Position;
}

export interface ScannedPage {
  readonly events: readonly ScannedEvent[];
  /** How far the log was read, also where nothing matched. */
  readonly upTo: Position;
}

/** What a fold needs of an event most of the time, at hand without parsing its body. */
export interface ScannedEvent {
  readonly position: Position;
  readonly stream: StreamId;
  /** Small integer that stands for the stream within this log: a faster key than its name. Not to be stored. */
  readonly streamKey: number;
  readonly version: StreamVersion;
  readonly type: string;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly region: string | null;
  readonly correlationId: string | null;
  /** Parses the body and lifts it to the current schema version; keep the result if it is needed twice. */
  data<Data extends object>(): Data;
}

export class WrongExpectedVersion extends Failure {
  constructor(
    readonly stream: StreamId,
    readonly expected: ExpectedVersion,
    readonly actual: StreamVersion,
  ) {
    super('WRONG_EXPECTED_VERSION', `stream ${stream} is at version ${actual}, expected ${expected}`);
  }
}

export class CommandIdReused extends Failure {
  constructor(readonly commandId: string) {
    super('COMMAND_ID_REUSED', `command ${commandId} was given before with another payload`);
  }
}

export class LogUnavailable extends Failure {
  constructor(message: string, cause: unknown) {
    super('LOG_UNAVAILABLE', message, true, { cause });
  }
}
