import { Failure, unreachable, type Position } from '#kernel';
import type { ProposalEvents, RecordedProposalEvent } from './events.ts';

type Made = ProposalEvents['ProposalMade'];

/** A proposal may be made again when what gave rise to it happens again. */
export type Proposal =
  | { readonly status: 'none' }
  | {
      readonly status: 'open' | 'taken' | 'withdrawn' | 'dismissed';
      readonly made: Made;
      /** Up to where in the log its events have been answered: one from before says nothing of it any more. */
      readonly answeredUpTo: Position;
    };

export const initial: Proposal = { status: 'none' };

export function evolve(state: Proposal, event: RecordedProposalEvent): Proposal {
  const { answered: answeredUpTo = event.position } = event.data as { readonly answered?: Position };
  if (event.type === 'ProposalMade') return { status: 'open', made: event.data, answeredUpTo };
  if (state.status === 'none') throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  switch (event.type) {
    case 'ProposalTaken':
      return { ...state, status: 'taken', answeredUpTo };
    case 'ProposalWithdrawn':
      return { ...state, status: 'withdrawn', answeredUpTo };
    case 'ProposalDismissed':
      return { ...state, status: 'dismissed', answeredUpTo };
    default:
      return unreachable(event);
  }
}
