import { outOfTime, refuse, type Decision, type DecisionContext } from '#kernel';
import type { MakeCommitment, WithdrawCommitment } from './commands-store.ts';
import type { Commitment } from './commitment.ts';
import { notOwnSubject } from './own-subject.ts';
import type { CommitmentEvent } from './store-events.ts';
import type { Store } from './store.ts';

export interface CommitmentReads {
  readonly store: Store | undefined;
}

export function makeCommitment(
  command: MakeCommitment,
  state: Commitment,
  context: DecisionContext<CommitmentReads>,
): Decision<CommitmentEvent> {
  const { store: id, kind } = command;
  const { store } = context.reads;
  if (store === undefined || store.status === 'empty') {
    return refuse('invalid', 'UNKNOWN_STORE', 'There is no such store.', 'store');
  }
  if (store.status === 'closed') return refuse('conflict', 'STORE_IS_CLOSED', 'The store is closed.', 'store');
  const from = command.validFrom ?? context.today;
  const validTo = command.validTo ?? null;
  const termDays = command.termDays ?? null;
  if (validTo !== null && validTo < from) {
    return refuse('invalid', 'ENDS_BEFORE_IT_BEGINS', 'The last day is before the first.', 'validTo');
  }
  if (state.status === 'made' && (state.validTo === null || state.validTo >= from)) {
    return refuse('conflict', 'COMMITMENT_STANDS', 'The store has promised this already; withdraw it first.');
  }
  const { operatorUscc, region } = store;
  const late = state.status === 'empty' ? undefined : outOfTime(state, context);
  const data = { store: id, operatorUscc, region, kind, validFrom: from, validTo, termDays };
  return late ?? notOwnSubject(operatorUscc, context) ?? [{ type: 'CommitmentMade', data }];
}

export function withdrawCommitment(
  { reason }: WithdrawCommitment,
  state: Commitment,
  context: DecisionContext,
): Decision<CommitmentEvent> {
  if (state.status === 'empty') return refuse('notFound', 'NOT_FOUND', 'There is no such commitment.');
  if (state.status === 'withdrawn') {
    return refuse('conflict', 'COMMITMENT_IS_WITHDRAWN', 'It was withdrawn before.');
  }
  const refusal = outOfTime(state, context) ?? notOwnSubject(state.operatorUscc, context);
  return refusal ?? [{ type: 'CommitmentWithdrawn', data: { reason } }];
}
