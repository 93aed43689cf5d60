import { unreachable, type Instant, type RecordedEvent } from '#kernel';
import type { RecordedOdrMembershipEvent } from './events.ts';

export const MEMBERSHIP_STATUSES = ['applied', 'approved', 'active', 'suspended', 'withdrawn', 'expelled'] as const;
export type MembershipStatus = (typeof MEMBERSHIP_STATUSES)[number];

/**
 * Membership of the ODR network (ODR 企业): applied → approved → active ⇄ suspended → withdrawn or expelled. Only an
 * active member can be negotiated with. Who has left may apply again.
 */
export type OdrMembership =
  | { readonly status: 'empty' }
  | {
      readonly status: MembershipStatus;
      readonly uscc: string;
      readonly region: string;
      /** When the newest step happened: none happens before the one it follows. */
      readonly previousAt: Instant;
    };

export const initial: OdrMembership = { status: 'empty' };

export function evolve(state: OdrMembership, recorded: RecordedEvent): OdrMembership {
  const event = recorded as RecordedOdrMembershipEvent;
  if (event.type === 'OdrMembershipApplied') {
    return { status: 'applied', uscc: event.data.uscc, region: event.data.region, previousAt: event.occurredAt };
  }
  if (state.status === 'empty') throw new Error(`${event.type} before OdrMembershipApplied in ${event.stream}`);
  return { ...state, status: statusAfter(event), previousAt: event.occurredAt };
}

/** Where any of the later events leaves a membership. */
export function statusAfter(event: RecordedOdrMembershipEvent): MembershipStatus {
  switch (event.type) {
    case 'OdrMembershipApplied':
      return 'applied';
    case 'OdrMembershipApproved':
      return 'approved';
    case 'OdrMembershipActivated':
    case 'OdrMembershipReactivated':
      return 'active';
    case 'OdrMembershipSuspended':
      return 'suspended';
    case 'OdrMembershipWithdrawn':
      return 'withdrawn';
    case 'OdrMembershipExpelled':
      return 'expelled';
    default:
      return unreachable(event);
  }
}
