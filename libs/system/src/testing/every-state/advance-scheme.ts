import type { Matrix } from '../matrix.ts';

/** Schemes of advance compensation (先行赔付): what each command comes to, and in which states. */
export const advanceSchemeMatrix: Matrix = {
  none: 'NOT_FOUND',
  commands: {
    open: {
      AdvanceSchemeOpened: 'none',
      SCHEME_EXISTS: 'active · suspended · closed',
    },
    'admit-member': {
      AdvanceSchemeMemberAdmitted: 'active · suspended',
      SCHEME_IS_CLOSED: 'closed',
    },
    'release-member': {
      AdvanceSchemeMemberReleased: 'active',
      NOT_A_MEMBER: 'suspended',
      SCHEME_IS_CLOSED: 'closed',
    },
    allot: {
      AdvanceAllotted: 'active',
      SCHEME_IS_SUSPENDED: 'suspended',
      SCHEME_IS_CLOSED: 'closed',
    },
    'release-allotment': {
      AdvanceAllotmentReleased: 'active',
      UNKNOWN_NEGOTIATION: 'suspended · closed',
    },
    suspend: {
      AdvanceSchemeSuspended: 'active',
      SCHEME_IS_SUSPENDED: 'suspended',
      SCHEME_IS_CLOSED: 'closed',
    },
    resume: {
      AdvanceSchemeResumed: 'suspended',
      SCHEME_IS_ACTIVE: 'active',
      SCHEME_IS_CLOSED: 'closed',
    },
    close: {
      AdvanceSchemeClosed: 'active · suspended',
      SCHEME_IS_CLOSED: 'closed',
    },
  },
};
