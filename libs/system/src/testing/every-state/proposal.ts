import type { Matrix } from '../matrix.ts';

/** Proposals of processes: what each command comes to, and in which states. */
export const proposalMatrix: Matrix = {
  none: 'NOT_FOUND',
  commands: {
    dismiss: {
      ProposalDismissed: 'open',
      PROPOSAL_NOT_OPEN: 'taken · withdrawn',
      '(nothing)': 'dismissed',
    },
  },
};
