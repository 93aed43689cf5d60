import type { Matrix } from '../matrix.ts';

/** Memberships of the ODR enterprises (ODR企业): what each command comes to, and in which states. */
export const odrMembershipMatrix: Matrix = {
  none: 'NOT_FOUND',
  commands: {
    apply: {
      OdrMembershipApplied: 'none · expelled · withdrawn',
      '(nothing)': 'applied',
      MEMBERSHIP_EXISTS: 'approved · active · suspended',
    },
    'record-conditions': {
      OdrConditionsRecorded: 'applied · approved · active · suspended',
      MEMBERSHIP_IS_EXPELLED: 'expelled',
      MEMBERSHIP_IS_WITHDRAWN: 'withdrawn',
    },
    approve: {
      OdrMembershipApproved: 'applied',
      MEMBERSHIP_IS_APPROVED: 'approved',
      MEMBERSHIP_IS_ACTIVE: 'active',
      MEMBERSHIP_IS_SUSPENDED: 'suspended',
      MEMBERSHIP_IS_EXPELLED: 'expelled',
      MEMBERSHIP_IS_WITHDRAWN: 'withdrawn',
    },
    activate: {
      OdrMembershipActivated: 'approved',
      MEMBERSHIP_IS_APPLIED: 'applied',
      MEMBERSHIP_IS_ACTIVE: 'active',
      MEMBERSHIP_IS_SUSPENDED: 'suspended',
      MEMBERSHIP_IS_EXPELLED: 'expelled',
      MEMBERSHIP_IS_WITHDRAWN: 'withdrawn',
    },
    suspend: {
      OdrMembershipSuspended: 'active',
      MEMBERSHIP_IS_APPLIED: 'applied',
      MEMBERSHIP_IS_APPROVED: 'approved',
      MEMBERSHIP_IS_SUSPENDED: 'suspended',
      MEMBERSHIP_IS_EXPELLED: 'expelled',
      MEMBERSHIP_IS_WITHDRAWN: 'withdrawn',
    },
    reactivate: {
      OdrMembershipReactivated: 'suspended',
      MEMBERSHIP_IS_APPLIED: 'applied',
      MEMBERSHIP_IS_APPROVED: 'approved',
      MEMBERSHIP_IS_ACTIVE: 'active',
      MEMBERSHIP_IS_EXPELLED: 'expelled',
      MEMBERSHIP_IS_WITHDRAWN: 'withdrawn',
    },
    withdraw: {
      OdrMembershipWithdrawn: 'applied · approved · active · suspended',
      MEMBERSHIP_IS_EXPELLED: 'expelled',
      MEMBERSHIP_IS_WITHDRAWN: 'withdrawn',
    },
    expel: {
      OdrMembershipExpelled: 'active · suspended',
      MEMBERSHIP_IS_APPLIED: 'applied',
      MEMBERSHIP_IS_APPROVED: 'approved',
      MEMBERSHIP_IS_EXPELLED: 'expelled',
      MEMBERSHIP_IS_WITHDRAWN: 'withdrawn',
    },
  },
};
