import { unreachable, type Instant, type RecordedEvent } from '#kernel';
import type { CommitmentEvents, RecordedCommitmentEvent } from './store-events.ts';

/** What a store has promised in public (承诺). It stands until it is withdrawn or its last day is over; then it may be made anew. */
export type Commitment =
  | { readonly status: 'empty' }
  | (CommitmentEvents['CommitmentMade'] & {
      readonly status: 'made' | 'withdrawn';
      /** When the newest step happened: none happens before the one it follows. */
      readonly previousAt: Instant;
    });

export const initial: Commitment = { status: 'empty' };

export function evolve(state: Commitment, recorded: RecordedEvent): Commitment {
  const event = recorded as RecordedCommitmentEvent;
  const previousAt = event.occurredAt;
  if (event.type === 'CommitmentMade') return { ...event.data, status: 'made', previousAt };
  if (state.status === 'empty') throw new Error(`${event.type} before CommitmentMade in ${event.stream}`);
  switch (event.type) {
    case 'CommitmentWithdrawn':
      return { ...state, status: 'withdrawn', previousAt };
    default:
      return unreachable(event);
  }
}
