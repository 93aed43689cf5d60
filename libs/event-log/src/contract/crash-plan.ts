import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import type { EventSchemas, RecordedEvent } from '#kernel';
import type { EventLog } from '../port.ts';

/** What a process that is going to be killed writes, known to it and to the test that looks afterwards. */
export const CRASH_DIGEST = 'crash';
export const crashSchemas: EventSchemas = { Step: { schemaVersion: 1 } };

/** Marks the answer of a command that had nothing to append. */
export const UNCHANGED = 'unchanged';

const WRITERS = 8;

/**
 * Appends commands of one to four events from 8 writers until the process is killed, and prints each answer:
 * `{commandId} {stream} {version} {position} .`, with a full stop so that a line cut short is not taken for one. Now and
 * then a command has nothing to append, and `unchanged` stands before the full stop. The write is synchronous: what was
 * printed had been answered.
 */
export async function writeUntilKilled(log: EventLog, seed: string): Promise<never> {
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(log, `crash-${seed}-${writer}`, writer)));
  throw new Error('the writers have ended by themselves');
}

/** Each event says how many its command has. */
export function eventsOfCommand(event: RecordedEvent): number {
  return (event.data as { of: number }).of;
}

async function write(log: EventLog, stream: string, writer: number): Promise<never> {
  for (let round = 0; ; round++) {
    const of = 1 + ((round + writer) % 4);
    const events = Array.from({ length: of }, (_, n) => ({ type: 'Step', data: { of, n, text: 'x'.repeat(400) } }));
    const commandId = randomUUID();
    const { version, position } = await log.append(stream, 'any', events, {
      commandId,
      payloadDigest: CRASH_DIGEST,
      actor: { id: 'crash', role: 'test' },
      occurredAt: 0,
    });
    writeSync(1, `${commandId} ${stream} ${version} ${position} .\n`);
    if (round % 3 !== writer % 3) continue;
    const nothing = randomUUID();
    await log.remember(nothing, CRASH_DIGEST, { stream, version, position });
    writeSync(1, `${nothing} ${stream} ${version} ${position} ${UNCHANGED} .\n`);
  }
}
