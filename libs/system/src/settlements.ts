import { disputes, type DisputeDocument } from '#disputes';
import { Failure, type RecordedEvent } from '#kernel';
import type { ReadModelReader } from '#read-models';

const REACH_MS = 10_000;

/**
 * Negotiations of an event's dispute that are said to be settled when it is answered. Throws `VIEW_BEHIND`, to be tried again,
 * where the disputes have not been read as far as the event.
 */
export async function settlementsBefore(
  { correlationId, position }: RecordedEvent,
  readModels: Pick<ReadModelReader, 'get' | 'reached'>,
): Promise<readonly string[]> {
  if (correlationId === null) return [];
  if (!(await readModels.reached(disputes.name, position, REACH_MS))) {
    throw new Failure('VIEW_BEHIND', `${disputes.name} has not reached position ${position}`, true);
  }
  const dispute = await readModels.get<DisputeDocument>(disputes.name, correlationId);
  return (dispute?.negotiations ?? []).filter(({ status }) => status === 'settled').map(({ id }) => id);
}
