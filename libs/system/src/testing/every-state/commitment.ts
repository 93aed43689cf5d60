import type { Matrix } from '../matrix.ts';

/** Promises (承诺): what each command comes to, and in which states. */
export const commitmentMatrix: Matrix = {
  none: 'NOT_FOUND',
  commands: {
    make: {
      CommitmentMade: 'none · withdrawn',
      COMMITMENT_STANDS: 'made',
    },
    withdraw: {
      CommitmentWithdrawn: 'made',
      COMMITMENT_IS_WITHDRAWN: 'withdrawn',
    },
  },
};
