import { type CommandMetadata, type EmbeddedEventLog, openEmbeddedEventLog } from '#event-log';
import { derivedId, type EventSchemas, systemClock } from '#kernel';
import type { Told } from './memory-log.ts';

/** Event types of {@link cases} and of what it does not want. */
export const schemas: readonly EventSchemas[] = [
  Object.fromEntries(
    ['CaseOpened', 'CaseChanged', 'CaseLinked', 'CaseErased', 'Unrelated'].map((type) => [type, { schemaVersion: 1 }]),
  ),
];

export function openLog(folder: string): EmbeddedEventLog {
  return openEmbeddedEventLog({ folder, clock: systemClock, schemas });
}

/** Appends each as a command of its own, in order. */
export async function tell(log: EmbeddedEventLog, told: Iterable<Told>): Promise<void> {
  const head = await log.head();
  const appends = [...told].map(({ stream, type, data = {} }, i) =>
    log.append(stream, 'any', [{ type, data }], command(head + i)),
  );
  await Promise.all(appends);
}

function command(n: number): CommandMetadata {
  const actor = { id: 'tester', role: 'administrator' };
  return { commandId: derivedId('told', String(n)), payloadDigest: 'digest', actor, occurredAt: 0 };
}
