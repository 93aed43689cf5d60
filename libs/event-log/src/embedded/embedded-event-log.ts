import type { Clock, EventSchemas, Instant, NewEvent, Position, RecordedEvent, StreamId, StreamVersion } from '#kernel';
import { Failure } from '#kernel';
import { EventTypes } from '../event-types.ts';
import type {
  AppendResult,
  CommandMetadata,
  EventLog,
  EventReader,
  ExpectedVersion,
  Filter,
  FollowedBatch,
  FoundUnchanged,
  ReadAllOptions,
  ScanOptions,
  ScannedPage,
} from '../port.ts';
import { AppendQueue, type Beforehand } from './append-queue.ts';
import { prepareAppend, prepareRemember } from './prepare-append.ts';
import { type DataFolderLock, lockDataFolder } from './folder-lock.ts';
import { type HeadSignal, SharedHead, pollingHead } from './head-signal.ts';
import { EmbeddedReader } from './reader.ts';
import { type LogFinding, verifyLog } from './verify.ts';

export interface EmbeddedEventLogOptions {
  /** Data folder; created where missing. */
  readonly folder: string;
  readonly clock: Clock;
  /** Event types of all contexts. */
  readonly schemas: readonly EventSchemas[];
  /** The folder's lock where the caller already holds it; otherwise the log takes it and gives it back when it closes. */
  readonly lock?: DataFolderLock;
  /** Reads only, beside another process that writes or on a copy; an append is refused with `LOG_READ_ONLY`. */
  readonly readOnly?: boolean;
  /** Told of trouble that refused no append: a failed checkpoint. A process warning unless given. */
  readonly report?: (problem: Error) => void;
  /** Has on disk, before a group's events are, what its appends brought along as companions. */
  readonly beforehand?: Beforehand;
}

export interface EmbeddedReaderOptions {
  readonly folder: string;
  readonly schemas: readonly EventSchemas[];
  /** {@link EmbeddedEventLog.headSignal} of the log in this process; without it the reader looks for news every 50 ms. */
  readonly headSignal?: SharedArrayBuffer;
}

export interface EmbeddedEventReader extends EventReader {
  scan(after: Position, options?: ScanOptions): Promise<ScannedPage>;
  close(): Promise<void>;
}

/**
 * The event log in one SQLite file, `events.db` in the data folder. Throws a {@link Failure} when it cannot be opened:
 * `DATA_FOLDER_IN_USE`, `LOG_UNAVAILABLE`, `LOG_CORRUPT`, `LOG_FORMAT_UNKNOWN`, `LOG_NOT_DURABLE`, `EVENT_TYPE_UNKNOWN`,
 * `EVENT_SCHEMA_TOO_NEW`, `UPCASTER_MISSING`, `EVENT_TYPE_DECLARED_TWICE`.
 */
export function openEmbeddedEventLog(options: EmbeddedEventLogOptions): EmbeddedEventLog {
  return new EmbeddedEventLog(options);
}

/** Reads the log of a folder from a worker thread or another process. Throws as {@link openEmbeddedEventLog} does. */
export function openEmbeddedReader(options: EmbeddedReaderOptions): EmbeddedEventReader {
  const { folder, schemas, headSignal } = options;
  const signal = headSignal === undefined ? pollingHead : new SharedHead(headSignal);
  return new EmbeddedReader(folder, new EventTypes(schemas), signal);
}

export class EmbeddedEventLog implements EventLog {
  readonly #types: EventTypes;
  readonly #ownLock: DataFolderLock | undefined;
  readonly #queue: AppendQueue | undefined;
  readonly #reader: EmbeddedReader;
  readonly #sharedHead = new SharedHead();
  readonly #closing = new AbortController();
  readonly #folder: string;

  constructor({ folder, clock, schemas, lock, readOnly = false, report = warn, beforehand }: EmbeddedEventLogOptions) {
    this.#folder = folder;
    this.#types = new EventTypes(schemas);
    this.#ownLock = readOnly || lock !== undefined ? undefined : lockDataFolder(folder);
    try {
      if (!readOnly)
        this.#queue = new AppendQueue(
          folder,
          clock,
          this.#types,
          this.#sharedHead,
          report,
          beforehand ?? nothingBeforehand,
        );
      const signal: HeadSignal = readOnly ? pollingHead : this.#sharedHead;
      this.#reader = new EmbeddedReader(folder, this.#types, signal);
    } catch (error) {
      void this.#queue?.close();
      this.#ownLock?.release();
      throw error;
    }
  }

  /** Give it to {@link openEmbeddedReader} in a worker thread, which then wakes with every commit. */
  get headSignal(): SharedArrayBuffer {
    return this.#sharedHead.buffer;
  }

  /** As the port's, with a companion that `beforehand` has on disk before the events are. */
  async append(
    stream: StreamId,
    expected: ExpectedVersion,
    events: readonly NewEvent[],
    command: CommandMetadata,
    companion?: unknown,
  ): Promise<AppendResult> {
    return this.#writable().add(prepareAppend(this.#types, stream, expected, events, command), companion);
  }

  async remember(commandId: string, payloadDigest: string, found: FoundUnchanged): Promise<AppendResult> {
    return this.#writable().add(prepareRemember(commandId, payloadDigest, found));
  }

  outcomeOf(commandId: string, payloadDigest: string): Promise<AppendResult | undefined> {
    return this.#reader.outcomeOf(commandId, payloadDigest);
  }
  async readStream(stream: StreamId, from?: StreamVersion, to?: StreamVersion): Promise<RecordedEvent[]> {
    if (this.#queue?.mayHold(stream) === false) return [];
    return this.#reader.readStream(stream, from, to);
  }
  readAll(after: Position, options?: ReadAllOptions): Promise<RecordedEvent[]> {
    return this.#reader.readAll(after, options);
  }
  follow(after: Position, filter: Filter, signal: AbortSignal): AsyncIterable<FollowedBatch> {
    return this.#reader.follow(after, filter, AbortSignal.any([signal, this.#closing.signal]));
  }
  head(): Promise<Position> {
    return this.#reader.head();
  }
  positionAt(instant: Instant): Promise<Position> {
    return this.#reader.positionAt(instant);
  }
  scan(after: Position, options?: ScanOptions): Promise<ScannedPage> {
    return this.#reader.scan(after, options);
  }

  /**
   * Rejects with the {@link Failure} that appends are refused with because of the disk, until they can be written again.
   * To be asked by whoever reports on the service; costs nothing while all is well.
   */
  async checkWritable(): Promise<void> {
    this.#writable().checkWritable();
  }

  /** Reads the whole file and checks it: minutes on a large log. Empty when all is well. */
  async verify(): Promise<LogFinding[]> {
    return verifyLog(this.#folder);
  }

  #writable(): AppendQueue {
    if (this.#closing.signal.aborted) throw new Failure('LOG_CLOSED', 'the event log is closed');
    if (this.#queue === undefined) throw new Failure('LOG_READ_ONLY', 'the event log was opened for reading only');
    return this.#queue;
  }

  /** Ends the followers, writes what is still queued, and gives the folder back. */
  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    // The writer goes last: the last connection that may write folds the write-ahead log into the file.
    await this.#queue?.drain();
    await this.#reader.close();
    await this.#queue?.close();
    this.#ownLock?.release();
  }
}

function warn(problem: Error): void {
  process.emitWarning(problem);
}

/** A companion nobody takes care of would be lost: a broken promise of whoever put the parts together. */
function nothingBeforehand(): never {
  throw new Failure('NO_BEFOREHAND', 'this log was opened without a place for what appends bring along');
}
