import type { EventReader } from '#event-log';
import type { Instant, Position, RecordedEvent } from '#kernel';

/** What an event of a test history says; the rest is filled in. */
export interface Told {
  readonly type: string;
  readonly stream: string;
  readonly data?: object;
  readonly occurredAt: Instant;
  readonly recordedAt?: Instant;
  readonly correlationId?: string | null;
  readonly region?: string | null;
}

/** A log that is a list: enough of the reader's contract for facts to be folded from it. */
export class MemoryLog implements Pick<EventReader, 'readAll' | 'positionAt' | 'head'> {
  readonly events: RecordedEvent[] = [];

  /** `name` tells this log's events from those of another history. */
  constructor(
    told: readonly Told[] = [],
    private readonly name = 'event',
  ) {
    for (const event of told) this.tell(event);
  }

  tell(told: Told): RecordedEvent {
    const position = this.events.length + 1;
    const recordedAt = Math.max(told.recordedAt ?? told.occurredAt, this.events.at(-1)?.recordedAt ?? 0);
    const event: RecordedEvent = {
      id: `${this.name}-${position}`,
      stream: told.stream,
      version: this.events.filter(({ stream }) => stream === told.stream).length + 1,
      position,
      type: told.type,
      schemaVersion: 1,
      occurredAt: told.occurredAt,
      recordedAt,
      actor: { id: 'test', role: 'administrator' },
      authority: null,
      region: told.region ?? null,
      ruleVersion: null,
      correlationId: told.correlationId ?? null,
      causationId: null,
      commandId: `command-${position}`,
      data: told.data ?? {},
    };
    this.events.push(event);
    return event;
  }

  async readAll(
    after: Position,
    options: { readonly types?: readonly string[]; readonly limit?: number } = {},
  ): Promise<RecordedEvent[]> {
    const later = this.events.slice(after);
    const wanted = options.types === undefined ? later : later.filter(({ type }) => options.types!.includes(type));
    return wanted.slice(0, options.limit ?? wanted.length);
  }

  async positionAt(instant: Instant): Promise<Position> {
    return this.events.filter(({ recordedAt }) => recordedAt <= instant).length;
  }

  async head(): Promise<Position> {
    return this.events.length;
  }
}
