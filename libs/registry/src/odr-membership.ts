import { unreachable, type Instant, type RecordedEvent } from '#kernel';
import type { ChecklistSource, OdrChecklist, RecordedOdrMembershipEvent } from './events.ts';

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
      /** How it stands with the conditions; null where nobody has written it down. */
      readonly conditions: (OdrChecklist & { readonly source: ChecklistSource }) | null;
      /** When the newest step happened: none happens before the one it follows. */
      readonly previousAt: Instant;
    };

export const initial: OdrMembership = { status: 'empty' };

export function evolve(state: OdrMembership, recorded: RecordedEvent): OdrMembership {
  const event = recorded as RecordedOdrMembershipEvent;
  if (event.type === 'OdrMembershipApplied') {
    const { uscc, region } = event.data;
    return { status: 'applied', uscc, region, conditions: null, previousAt: event.occurredAt };
  }
  if (state.status === 'empty') throw new Error(`${event.type} before OdrMembershipApplied in ${event.stream}`);
  if (event.type === 'OdrConditionsRecorded') {
    return { ...state, conditions: event.data, previousAt: event.occurredAt };
  }
  return { ...state, status: statusAfter(event), previousAt: event.occurredAt };
}

/** What is missing of conditions and papers (S20), by field; empty when nothing is. */
export function missingOf(checklist: OdrChecklist): readonly (keyof OdrChecklist)[] {
  const fields = [
    ...(['fixedPlace', 'staff', 'computerOnline', 'dedicatedTelephone', 'writtenProcedure'] as const),
    ...(['application', 'promiseLetter', 'licenceCopy'] as const),
  ];
  return fields.filter((field) => !checklist[field]);
}

type StatusEvent = Exclude<RecordedOdrMembershipEvent, { type: 'OdrConditionsRecorded' }>;

/** Where any of the events that move it leaves a membership. */
export function statusAfter(event: StatusEvent): MembershipStatus {
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
