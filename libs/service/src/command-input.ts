import { hash } from 'node:crypto';
import type { EventLog, StreamAsRead } from '#event-log';
import type { RecordedEvent } from '#kernel';
import type { AnyCommandRow, AnyContextTable } from './context.ts';

export interface OthersRead {
  /** By name, folded; undefined for one that does not exist or is not asked for. */
  readonly reads: Record<string, unknown>;
  readonly restsOn: readonly StreamAsRead[];
}

/** The other streams that a row's rule needs to know. */
export async function readOthers(
  log: Pick<EventLog, 'readStream'>,
  row: AnyCommandRow,
  command: object,
  state: unknown,
): Promise<OthersRead> {
  const reads: Record<string, unknown> = {};
  const restsOn: StreamAsRead[] = [];
  for (const [name, read] of Object.entries(row.reads ?? {})) {
    const stream = read.stream(command, state);
    const history: RecordedEvent[] = stream === null ? [] : await log.readStream(stream);
    if (stream !== null) restsOn.push({ stream, version: history.length });
    reads[name] =
      history.length === 0 ? undefined : history.reduce((folded, event) => read.evolve(folded, event), read.initial);
  }
  return { reads, restsOn };
}

/** Digest of a command that holds nothing about anybody: a process's, which no key need protect. */
export function canonicalDigest(table: AnyContextTable, row: AnyCommandRow, command: object, id: string): string {
  const fields = Object.entries(command).filter(([, value]) => value !== undefined);
  const sorted = fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return hash('sha256', `${table.category} ${row.action} ${id} ${JSON.stringify(sorted)}`, 'base64url');
}
