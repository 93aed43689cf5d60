/** What the rules of a negotiation must know of other streams, folded from their events. */
import type { DisputeEvents } from '#disputes/events';
import type { Instant, RecordedEvent } from '#kernel';
import type { OdrMembershipEvents } from '#registry/events';

/** The dispute the negotiation is about. */
export interface DisputeRead {
  readonly respondentUscc: string | null;
  readonly respondentRegion: string;
  readonly sector: string | null;
}

export const unreadDispute: DisputeRead = { respondentUscc: null, respondentRegion: '', sector: null };

export function evolveDispute(dispute: DisputeRead, event: RecordedEvent): DisputeRead {
  switch (event.type as keyof DisputeEvents) {
    case 'DisputeOpened': {
      const { respondentUscc, respondentRegion, sector } = event.data as DisputeEvents['DisputeOpened'];
      return { respondentUscc, respondentRegion, sector };
    }
    case 'DisputeRespondentIdentified': {
      const { respondentUscc, respondentRegion } = event.data as DisputeEvents['DisputeRespondentIdentified'];
      return { ...dispute, respondentUscc, respondentRegion };
    }
    default:
      // Whatever else becomes of a dispute changes neither its respondent nor its sector.
      return dispute;
  }
}

/** When an ODR membership began or ceased to be active, in the order of its stream. */
export type MembershipRead = readonly { readonly at: Instant; readonly active: boolean }[];

export function evolveMembership(changes: MembershipRead, event: RecordedEvent): MembershipRead {
  switch (event.type as keyof OdrMembershipEvents) {
    case 'OdrMembershipActivated':
    case 'OdrMembershipReactivated':
      return [...changes, { at: event.occurredAt, active: true }];
    case 'OdrMembershipSuspended':
    case 'OdrMembershipWithdrawn':
    case 'OdrMembershipExpelled':
      return [...changes, { at: event.occurredAt, active: false }];
    default:
      return changes;
  }
}

/** Whether the membership was active at a moment, by when things happened and not by when they were recorded. */
export function wasActiveAt(changes: MembershipRead, moment: Instant): boolean {
  let latest: MembershipRead[number] | undefined;
  for (const change of changes) {
    if (change.at <= moment && (latest === undefined || change.at >= latest.at)) latest = change;
  }
  return latest?.active ?? false;
}

export type OpenReads = {
  readonly dispute: DisputeRead | undefined;
  readonly membership: MembershipRead | undefined;
};
