import { randomUUID } from 'node:crypto';
import type { ChildProcess } from 'node:child_process';
import type { Clock, EventSchemas, Instant, NewEvent, RecordedEvent } from '#kernel';
import type { CommandMetadata, EventLog } from '../port.ts';

/** One log that can be opened, closed and opened again. What an engine has to bring to be held to the contract. */
export interface EventLogFixture {
  open(options?: { readonly clock?: Clock; readonly schemas?: readonly EventSchemas[] }): Promise<EventLog>;
  /**
   * Starts a process that appends to the same log from 8 writers until it is killed, and prints one line for each
   * acknowledged command: `{commandId} {stream} {version} {position}`.
   */
  startWriter(seed: number): ChildProcess;
  destroy(): Promise<void>;
}

/** A clock that the test moves. */
export class TestClock implements Clock {
  constructor(public time: Instant = Date.UTC(2026, 2, 3, 1)) {}
  now(): Instant {
    return this.time;
  }
}

export const noted: EventSchemas = { Noted: { schemaVersion: 1 }, Struck: { schemaVersion: 1 } };

export function note(text: string, more: Partial<NewEvent> = {}): NewEvent {
  return { type: 'Noted', data: { text }, ...more };
}

export function struck(text: string): NewEvent {
  return { type: 'Struck', data: { text } };
}

/** A command nobody has given yet, said to have occurred long ago. */
export function command(more: Partial<CommandMetadata> = {}): CommandMetadata {
  return {
    commandId: randomUUID(),
    payloadDigest: 'digest',
    actor: { id: 'key-1', role: 'officer' },
    occurredAt: Date.UTC(2026, 0, 5, 8),
    ...more,
  };
}

export function texts(events: readonly RecordedEvent[]): unknown[] {
  return events.map((event) => (event.data as { text: unknown }).text);
}

export async function allOf(log: EventLog, pageSize = 1000): Promise<RecordedEvent[]> {
  const all: RecordedEvent[] = [];
  for (;;) {
    const page = await log.readAll(all.at(-1)?.position ?? 0, { limit: pageSize });
    if (page.length === 0) return all;
    all.push(...page);
  }
}
