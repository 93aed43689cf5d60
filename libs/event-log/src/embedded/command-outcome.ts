import type { Position, StreamId, StreamVersion } from '#kernel';
import type { AppendResult } from '../port.ts';
import { CommandIdReused } from '../port.ts';

/** Finds a command by its first event: its digest, how many events it has, and where the first of them stands. */
export const FIND_COMMAND = `SELECT e.digest, e.command_events, s.name, e.version, e.position
  FROM events e JOIN streams s ON s.id = e.stream WHERE e.command = ? AND e.command_events IS NOT NULL`;

/** Finds a command that had nothing to append. */
export const FIND_ANSWER = 'SELECT digest, stream, version, position FROM answers WHERE command = ?';

export type AnswerRow = readonly [digest: string, stream: StreamId, version: StreamVersion, position: Position];

export type CommandRow = readonly [
  digest: string,
  events: number,
  stream: StreamId,
  firstVersion: StreamVersion,
  firstPosition: Position,
];

/** What the command did when it came first, or that it was another command then. */
export function outcomeOfRow(
  row: CommandRow,
  commandId: string,
  payloadDigest: string,
): AppendResult | CommandIdReused {
  const [digest, events, stream, firstVersion, firstPosition] = row;
  if (digest !== payloadDigest) return new CommandIdReused(commandId);
  // A command's events have neighbouring versions and positions.
  return { stream, version: firstVersion + events - 1, position: firstPosition + events - 1, appended: false };
}

/** What the command that had nothing to append was answered, or that it was another command then. */
export function outcomeOfAnswer(
  row: AnswerRow,
  commandId: string,
  payloadDigest: string,
): AppendResult | CommandIdReused {
  const [digest, stream, version, position] = row;
  if (digest !== payloadDigest) return new CommandIdReused(commandId);
  return { stream, version, position, appended: false, unchanged: true };
}
