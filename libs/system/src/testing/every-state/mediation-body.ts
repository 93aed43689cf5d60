import type { Matrix } from '../matrix.ts';

/** Bodies of the roster (调解组织): what each command comes to, and in which states. */
export const mediationBodyMatrix: Matrix = {
  none: 'UNKNOWN_BODY',
  commands: {
    register: {
      MediationBodyRegistered: 'none',
      BODY_EXISTS: 'active · suspended · removed',
    },
    revise: {
      MediationBodyRevised: 'active',
      '(nothing)': 'suspended',
      OFF_THE_ROSTER: 'removed',
    },
    suspend: {
      MediationBodySuspended: 'active',
      '(nothing)': 'suspended',
      OFF_THE_ROSTER: 'removed',
    },
    reinstate: {
      MediationBodyReinstated: 'suspended',
      '(nothing)': 'active',
      OFF_THE_ROSTER: 'removed',
    },
    remove: {
      MediationBodyRemoved: 'active · suspended',
      OFF_THE_ROSTER: 'removed',
    },
  },
};
