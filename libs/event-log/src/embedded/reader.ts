import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Instant, Position, RecordedEvent, StreamId, StreamVersion } from '#kernel';
import { Failure, eventId } from '#kernel';
import type { EventTypes } from '../event-types.ts';
import type {
  AppendResult,
  EventReader,
  Filter,
  FollowedBatch,
  ReadAllOptions,
  ScanOptions,
  ScannedPage,
} from '../port.ts';
import {
  type AnswerRow,
  type CommandRow,
  FIND_ANSWER,
  FIND_COMMAND,
  outcomeOfAnswer,
  outcomeOfRow,
} from './command-outcome.ts';
import { Dictionary } from './dictionary.ts';
import type { HeadSignal } from './head-signal.ts';
import { openForReading } from './log-file.ts';
import { ScannedRow, type ScanRow } from './scanned-row.ts';
import { onStorage } from './sqlite-failure.ts';
import { shortText, uuidBytes, uuidText, isUuid } from './uuid.ts';

/** Positions looked through at a time while following, so that a rare type does not hold the thread for seconds. */
const FOLLOW_WINDOW = 10_000;
/** Events handed on at a time. */
const FOLLOW_BATCH = 1_000;
const PAGE = 1_000;

const COLUMNS = `e.position, s.name, e.version, e.type, e.occurred_at, e.recorded_at, e.actor, e.authority, e.region,
  e.rule_version, e.command, e.command_index, e.correlation, e.causation, e.data`;

type Row = readonly [
  position: Position,
  stream: StreamId,
  version: StreamVersion,
  type: number,
  occurredAt: Instant,
  recordedAt: Instant,
  actor: number,
  authority: number | null,
  region: number | null,
  ruleVersion: number | null,
  command: Uint8Array,
  commandIndex: number,
  correlation: string | null,
  causation: Uint8Array | string | null,
  data: string,
];

/**
 * Reads the log on a connection of its own that cannot write. Every read is one short statement, so no reader ever keeps
 * the write-ahead log from starting over.
 */
export class EmbeddedReader implements EventReader {
  readonly #database: DatabaseSync;
  readonly #dictionary: Dictionary;
  readonly #signal: HeadSignal;
  readonly #statements = new Map<string, StatementSync>();

  constructor(folder: string, types: EventTypes, signal: HeadSignal) {
    this.#database = openForReading(folder);
    this.#signal = signal;
    try {
      this.#dictionary = onStorage(`reading ${folder}`, () => new Dictionary(this.#database, types));
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  async outcomeOf(commandId: string, payloadDigest: string): Promise<AppendResult | undefined> {
    if (!isUuid(commandId)) return undefined;
    const id = uuidBytes(commandId);
    const [row] = this.#all<CommandRow>(FIND_COMMAND, id);
    const [answer] = row === undefined ? this.#all<AnswerRow>(FIND_ANSWER, id) : [];
    if (row !== undefined) return resultOf(outcomeOfRow(row, commandId, payloadDigest));
    return answer === undefined ? undefined : resultOf(outcomeOfAnswer(answer, commandId, payloadDigest));
  }

  async readStream(
    stream: StreamId,
    from: StreamVersion = 1,
    to: StreamVersion = Number.MAX_SAFE_INTEGER,
  ): Promise<RecordedEvent[]> {
    const rows = this.#all<Row>(
      `SELECT ${COLUMNS} FROM streams s JOIN events e ON e.stream = s.id
        WHERE s.name = ? AND e.version BETWEEN ? AND ? ORDER BY e.version`,
      stream,
      from,
      to,
    );
    return rows.map((row) => this.#event(row));
  }

  async readAll(after: Position, options: ReadAllOptions = {}): Promise<RecordedEvent[]> {
    const head = this.headNow();
    return this.#rowsBetween(after, head, options, options.limit ?? head).map((row) => this.#event(row));
  }

  async *follow(after: Position, filter: Filter, signal: AbortSignal): AsyncIterable<FollowedBatch> {
    let position = after;
    if (position > this.headNow()) throw beyondHead(position, this.headNow());
    while (!signal.aborted) {
      const batch = this.#batchAfter(position, filter);
      if (batch.upTo === position) {
        await this.#signal.beyond(position, signal);
        continue;
      }
      position = batch.upTo;
      yield batch;
      await turn();
    }
  }

  async head(): Promise<Position> {
    return this.headNow();
  }

  headNow(): Position {
    return this.#all<[Position]>('SELECT coalesce(max(position), 0) FROM events')[0]![0];
  }

  async positionAt(instant: Instant): Promise<Position> {
    // recordedAt never falls, so the position is found by halving; no index has to be paid for on every append.
    let [low, high] = [0, this.headNow()];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const [row] = this.#all<[Instant]>('SELECT recorded_at FROM events WHERE position = ?', middle);
      if (row![0] <= instant) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  async scan(after: Position, options: ScanOptions = {}): Promise<ScannedPage> {
    const head = Math.min(this.headNow(), options.upTo ?? Number.MAX_SAFE_INTEGER);
    const limit = options.limit ?? PAGE;
    const types = options.types === undefined ? undefined : this.#dictionary.typeIds(options.types);
    const rows = this.#all<ScanRow>(
      `SELECT e.position, s.name, e.stream, e.version, e.type, e.occurred_at, e.recorded_at, e.region, e.correlation,
        e.data FROM events e JOIN streams s ON s.id = e.stream
        WHERE e.position > ? AND e.position <= ? ${types === undefined ? '' : AMONG_TYPES}
        ORDER BY e.position LIMIT ?`,
      after,
      head,
      ...(types === undefined ? [] : [JSON.stringify(types)]),
      limit,
    );
    const events = rows.map((row) => new ScannedRow(row, this.#dictionary));
    return { events, upTo: events.length < limit ? Math.max(head, after) : events.at(-1)!.position };
  }

  async close(): Promise<void> {
    if (this.#database.isOpen) this.#database.close();
  }

  #batchAfter(position: Position, filter: Filter): FollowedBatch {
    const upTo = Math.min(this.headNow(), position + FOLLOW_WINDOW);
    if (upTo <= position) return { events: [], upTo: position };
    const rows = this.#rowsBetween(position, upTo, filter, FOLLOW_BATCH);
    const events = rows.map((row) => this.#event(row));
    return { events, upTo: events.length < FOLLOW_BATCH ? upTo : events.at(-1)!.position };
  }

  /**
   * `upTo` must not lie beyond the head as it was before the call: ids of types and categories are looked up after that,
   * so that whatever lies below is sure to be known.
   */
  #rowsBetween(after: Position, upTo: Position, filter: Filter, limit: number): Row[] {
    const conditions = ['e.position > ?', 'e.position <= ?'];
    const values: SQLInputValue[] = [after, upTo];
    if (filter.types !== undefined) {
      conditions.push('e.type IN (SELECT value FROM json_each(?))');
      values.push(JSON.stringify(this.#dictionary.typeIds(filter.types)));
    }
    if (filter.categories !== undefined) {
      conditions.push('e.category IN (SELECT value FROM json_each(?))');
      values.push(JSON.stringify(this.#dictionary.termIds('category', filter.categories)));
    }
    return this.#all<Row>(
      `SELECT ${COLUMNS} FROM events e JOIN streams s ON s.id = e.stream
        WHERE ${conditions.join(' AND ')} ORDER BY e.position LIMIT ?`,
      ...values,
      limit,
    );
  }

  #event(row: Row): RecordedEvent {
    const [position, stream, version, typeId, occurredAt, recordedAt, actor, authority, region, ruleVersion] = row;
    const type = this.#dictionary.type(typeId);
    const commandId = uuidText(row[10]);
    return {
      id: eventId(commandId, row[11]),
      stream,
      version,
      position,
      type: type.known.name,
      schemaVersion: type.known.schemaVersion,
      occurredAt,
      recordedAt,
      actor: this.#dictionary.actor(actor),
      authority: this.#dictionary.term(authority),
      region: this.#dictionary.term(region),
      ruleVersion: this.#dictionary.term(ruleVersion),
      correlationId: row[12],
      causationId: shortText(row[13]),
      commandId,
      data: type.known.lift(JSON.parse(row[14]) as object, type.schemaVersion),
    };
  }

  #all<Result>(sql: string, ...values: SQLInputValue[]): Result[] {
    return onStorage('reading the event log', () => {
      let statement = this.#statements.get(sql);
      if (statement === undefined) {
        statement = this.#database.prepare(sql);
        statement.setReturnArrays(true);
        this.#statements.set(sql, statement);
      }
      return statement.all(...values) as unknown as Result[];
    });
  }
}

function resultOf(outcome: AppendResult | Failure): AppendResult {
  if (outcome instanceof Failure) throw outcome;
  return outcome;
}

const AMONG_TYPES = 'AND e.type IN (SELECT value FROM json_each(?))';

/** Lets requests and timers have their turn while a follower works through history. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function beyondHead(position: Position, head: Position): Failure {
  return new Failure(
    'POSITION_BEYOND_HEAD',
    `a follower stands at position ${position}, the log ends at ${head}: it was restored from an older copy; rebuild what follows it`,
  );
}
