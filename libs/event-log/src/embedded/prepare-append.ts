import type { NewEvent, StreamId } from '#kernel';
import { Failure } from '#kernel';
import type { EventTypes } from '../event-types.ts';
import type { CommandMetadata, ExpectedVersion, FoundUnchanged } from '../port.ts';
import { isUuid } from './uuid.ts';
import type { AppendRequest, RememberRequest } from './writer.ts';

/**
 * Checks whatever can be checked without the log, so that no malformed request gets into a group with others. Throws
 * `APPEND_INVALID`, `EVENT_TYPE_UNKNOWN` or `EVENT_SCHEMA_MISMATCH`: faults of the calling code.
 */
export function prepareAppend(
  types: EventTypes,
  stream: StreamId,
  expected: ExpectedVersion,
  events: readonly NewEvent[],
  command: CommandMetadata,
): AppendRequest {
  if (stream === '') throw invalid('the stream has no name');
  if (typeof expected === 'number' && (!Number.isSafeInteger(expected) || expected < 0))
    throw invalid(`expected version ${expected} is no version`);
  if (events.length === 0) throw invalid('a command appends at least one event');
  if (!isUuid(command.commandId)) throw invalid('the command id is no UUID');
  checkInstant(command.occurredAt);
  for (const { version } of command.restsOn ?? [])
    if (!Number.isSafeInteger(version) || version < 0) throw invalid(`${version} is no version that was read`);
  return {
    stream,
    expected,
    command,
    events: events.map((event) => {
      types.checkNew(event.type, event.schemaVersion ?? 1);
      if (event.occurredAt !== undefined) checkInstant(event.occurredAt);
      return { event, json: JSON.stringify(event.data) };
    }),
  };
}

/** As {@link prepareAppend}, for a command that has nothing to append. */
export function prepareRemember(commandId: string, payloadDigest: string, found: FoundUnchanged): RememberRequest {
  if (found.stream === '') throw invalid('the stream has no name');
  if (!isUuid(commandId)) throw invalid('the command id is no UUID');
  for (const number of [found.version, found.position])
    if (!Number.isSafeInteger(number) || number < 0) throw invalid(`${number} is no version or position`);
  return { command: { commandId, payloadDigest }, found };
}

function checkInstant(instant: number): void {
  if (!Number.isSafeInteger(instant)) throw invalid(`${instant} is no instant in milliseconds`);
}

function invalid(message: string): Failure {
  return new Failure('APPEND_INVALID', message);
}
