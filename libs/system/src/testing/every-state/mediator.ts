import type { Matrix } from '../matrix.ts';

/** Mediators of the roster (调解员): what each command comes to, and in which states. */
export const mediatorMatrix: Matrix = {
  none: 'UNKNOWN_MEDIATOR',
  commands: {
    register: {
      MediatorRegistered: 'none',
      MEDIATOR_EXISTS: 'active · suspended · removed',
    },
    revise: {
      MediatorRevised: 'active',
      '(nothing)': 'suspended',
      OFF_THE_ROSTER: 'removed',
    },
    suspend: {
      MediatorSuspended: 'active',
      '(nothing)': 'suspended',
      OFF_THE_ROSTER: 'removed',
    },
    reinstate: {
      MediatorReinstated: 'suspended',
      '(nothing)': 'active',
      OFF_THE_ROSTER: 'removed',
    },
    remove: {
      MediatorRemoved: 'active · suspended',
      OFF_THE_ROSTER: 'removed',
    },
    'declare-interest': {
      MediatorInterestDeclared: 'active · suspended',
      OFF_THE_ROSTER: 'removed',
    },
    'withdraw-interest': {
      MediatorInterestWithdrawn: 'active',
      UNKNOWN_INTEREST: 'suspended',
      OFF_THE_ROSTER: 'removed',
    },
  },
};
