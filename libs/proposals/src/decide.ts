import { refuse, type Decide, type Position } from '#kernel';
import type { DismissProposal, MakeProposal, TakeProposal, WithdrawProposal } from './commands.ts';
import type { ProposalEvent } from './events.ts';
import type { Proposal } from './proposal.ts';

type Rule<Command> = Decide<Command, Proposal, ProposalEvent>;

/** One that is open is not made again: a person has it before them. */
export const make: Rule<MakeProposal> = ({ made, answered }, state) =>
  state.status === 'open' || isOld(answered, state) ? [] : [{ type: 'ProposalMade', data: { ...made, answered } }];

export const take: Rule<TakeProposal> = ({ by, answered }, state) =>
  state.status === 'open' && !isOld(answered, state) ? [{ type: 'ProposalTaken', data: { by, answered } }] : [];

export const withdraw: Rule<WithdrawProposal> = ({ because, answered }, state) =>
  state.status === 'open' && !isOld(answered, state)
    ? [{ type: 'ProposalWithdrawn', data: { because, answered } }]
    : [];

/** An event that is read again: it came before what has become of the proposal since. */
function isOld(answered: Position, state: Proposal): boolean {
  return state.status !== 'none' && answered <= state.answeredUpTo;
}

export const dismiss: Rule<DismissProposal> = ({ reason }, state) => {
  switch (state.status) {
    case 'none':
      return refuse('notFound', 'NOT_FOUND', 'There is no proposal with this id.');
    case 'open':
      return [{ type: 'ProposalDismissed', data: { reason } }];
    case 'dismissed':
      return [];
    case 'taken':
    case 'withdrawn':
      return refuse('conflict', 'PROPOSAL_NOT_OPEN', 'It was taken up or withdrawn before.');
  }
};
