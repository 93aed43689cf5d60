import { formatInstant, idOf, unreachable } from '#kernel';
import type { Projection } from '#read-models';
import {
  commitmentSchemas,
  type CommitmentEndReason,
  type CommitmentEvents,
  type RecordedCommitmentEvent,
} from '../store-events.ts';

/** What a store has promised (承诺), by its days and whether it was withdrawn. */
export interface CommitmentDocument extends Readonly<CommitmentEvents['CommitmentMade']> {
  readonly status: 'made' | 'withdrawn';
  readonly madeAt: string;
  readonly withdrawnAt: string | null;
  readonly reason: CommitmentEndReason | null;
}

export const commitments: Projection<CommitmentDocument> = {
  name: 'commitments',
  version: 1,
  types: Object.keys(commitmentSchemas),
  keys: (event) => [idOf(event.stream)],
  evolve: (doc, event) => evolve(doc, event as RecordedCommitmentEvent),
  indexes: {
    made: ['madeAt'],
    region: ['region', 'madeAt'],
    operator: ['operatorUscc', 'madeAt'],
    store: ['store', 'madeAt'],
    kind: ['kind', 'madeAt'],
    status: ['status', 'madeAt'],
  },
};

function evolve(doc: CommitmentDocument | undefined, event: RecordedCommitmentEvent): CommitmentDocument {
  const at = formatInstant(event.occurredAt);
  if (event.type === 'CommitmentMade') {
    return { ...event.data, status: 'made', madeAt: at, withdrawnAt: null, reason: null };
  }
  if (doc === undefined) throw new Error(`${event.type} before CommitmentMade in ${event.stream}`);
  switch (event.type) {
    case 'CommitmentWithdrawn':
      return { ...doc, status: 'withdrawn', withdrawnAt: at, reason: event.data.reason };
    default:
      return unreachable(event);
  }
}
