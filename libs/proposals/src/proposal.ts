import { Failure, unreachable } from '#kernel';
import type { ProposalEvents, RecordedProposalEvent } from './events.ts';

type Made = ProposalEvents['ProposalMade'];

/** A proposal may be made again when what gave rise to it happens again. */
export type Proposal =
  { readonly status: 'none' } | { readonly status: 'open' | 'taken' | 'withdrawn' | 'dismissed'; readonly made: Made };

export const initial: Proposal = { status: 'none' };

export function evolve(state: Proposal, event: RecordedProposalEvent): Proposal {
  if (event.type === 'ProposalMade') return { status: 'open', made: event.data };
  if (state.status === 'none') throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  switch (event.type) {
    case 'ProposalTaken':
      return { ...state, status: 'taken' };
    case 'ProposalWithdrawn':
      return { ...state, status: 'withdrawn' };
    case 'ProposalDismissed':
      return { ...state, status: 'dismissed' };
    default:
      return unreachable(event);
  }
}
