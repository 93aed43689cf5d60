import { refuse, type Decide } from '#kernel';
import type { DismissProposal, MakeProposal, TakeProposal, WithdrawProposal } from './commands.ts';
import type { ProposalEvent } from './events.ts';
import type { Proposal } from './proposal.ts';

type Rule<Command> = Decide<Command, Proposal, ProposalEvent>;

/** One that is open is not made again: a person has it before them. */
export const make: Rule<MakeProposal> = ({ made }, state) =>
  state.status === 'open' ? [] : [{ type: 'ProposalMade', data: made }];

export const take: Rule<TakeProposal> = ({ by }, state) =>
  state.status === 'open' ? [{ type: 'ProposalTaken', data: { by } }] : [];

export const withdraw: Rule<WithdrawProposal> = ({ because }, state) =>
  state.status === 'open' ? [{ type: 'ProposalWithdrawn', data: { because } }] : [];

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
