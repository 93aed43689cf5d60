import { hash } from 'node:crypto';
import type { EventLog } from '#event-log';
import type { RecordedEvent } from '#kernel';
import type { AnyCommandRow, AnyContextTable } from './context.ts';

/** The other streams that a row's rule needs to know, folded; undefined for one that does not exist or is not asked for. */
export async function readOthers(
  log: Pick<EventLog, 'readStream'>,
  row: AnyCommandRow,
  command: object,
  state: unknown,
): Promise<Record<string, unknown>> {
  const reads: Record<string, unknown> = {};
  if (row.reads === undefined) return reads;
  for (const [name, read] of Object.entries(row.reads)) {
    const stream = read.stream(command, state);
    const history: RecordedEvent[] = stream === null ? [] : await log.readStream(stream);
    reads[name] =
      history.length === 0 ? undefined : history.reduce((folded, event) => read.evolve(folded, event), read.initial);
  }
  return reads;
}

/** Digest of a command that holds nothing about anybody: a process's, which no key need protect. */
export function canonicalDigest(table: AnyContextTable, row: AnyCommandRow, command: object, id: string): string {
  const fields = Object.entries(command).filter(([, value]) => value !== undefined);
  const sorted = fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return hash('sha256', `${table.category} ${row.action} ${id} ${JSON.stringify(sorted)}`, 'base64url');
}
