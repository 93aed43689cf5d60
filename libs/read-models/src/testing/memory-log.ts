import type { AppendResult } from '#event-log';
import type { EventReader, Filter, FollowedBatch, ReadAllOptions } from '#event-log';
import { derivedId, type Instant, type Position, type RecordedEvent } from '#kernel';

/** What a test says of an event; the rest follows from its place. */
export interface Told {
  readonly stream: string;
  readonly type: string;
  readonly data?: object;
}

/** A log in memory, for tests of what follows a log. `batchSize` is asked before every batch. */
export class MemoryLog implements EventReader {
  readonly events: RecordedEvent[] = [];
  private readonly versions = new Map<string, number>();
  private waiting: (() => void)[] = [];

  constructor(
    private readonly batchSize: () => number = () => 100,
    /** Tells the events of this log from those of another history. */
    private readonly name = 'memory-log',
  ) {}

  add(...told: readonly Told[]): Position {
    for (const { stream, type, data = {} } of told) {
      const version = (this.versions.get(stream) ?? 0) + 1;
      this.versions.set(stream, version);
      this.events.push(recorded(this.name, this.events.length + 1, stream, version, type, data));
    }
    for (const wake of this.waiting.splice(0)) wake();
    return this.events.length;
  }

  async outcomeOf(): Promise<AppendResult | undefined> {
    return undefined;
  }

  async readStream(stream: string, from = 1, to = Infinity): Promise<RecordedEvent[]> {
    return this.events.filter((e) => e.stream === stream && e.version >= from && e.version <= to);
  }

  async readAll(after: Position, { types, limit }: ReadAllOptions = {}): Promise<RecordedEvent[]> {
    const found: RecordedEvent[] = [];
    for (let i = after; i < this.events.length && found.length < (limit ?? Infinity); i++) {
      const event = this.events[i]!;
      if (types === undefined || types.includes(event.type)) found.push(event);
    }
    return found;
  }

  async *follow(after: Position, { types }: Filter, signal: AbortSignal): AsyncIterable<FollowedBatch> {
    let position = after;
    while (!signal.aborted) {
      if (position < this.events.length) {
        const upTo = Math.min(position + this.batchSize(), this.events.length);
        const events = this.events.slice(position, upTo).filter((e) => types === undefined || types.includes(e.type));
        position = upTo;
        yield { events, upTo };
      } else {
        await this.more(signal);
      }
    }
  }

  async head(): Promise<Position> {
    return this.events.length;
  }

  async positionAt(instant: Instant): Promise<Position> {
    return this.events.filter((event) => event.recordedAt <= instant).length;
  }

  private more(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }
}

function recorded(
  log: string,
  position: Position,
  stream: string,
  version: number,
  type: string,
  data: object,
): RecordedEvent {
  const id = derivedId(log, String(position));
  const at = Date.UTC(2026, 0, 1) + position * 1000;
  return {
    id,
    stream,
    version,
    position,
    type,
    schemaVersion: 1,
    occurredAt: at,
    recordedAt: at,
    actor: { id: 'tester', role: 'administrator' },
    authority: null,
    region: null,
    ruleVersion: null,
    correlationId: null,
    causationId: null,
    commandId: id,
    data,
  };
}
