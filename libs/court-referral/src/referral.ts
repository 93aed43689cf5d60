import type { Instant } from '#kernel';
import { Failure } from '#kernel';
import { evolveClocks, NO_CLOCKS, type Clocks } from '#law';
import { referralClockChanges } from './clocks.ts';
import type { CourtFilingState } from './court-filing.ts';
import type { RecordedReferralEvent } from './events.ts';
import { assigned, evolveIncoming, type Incoming } from './incoming.ts';
import { evolveOutgoing, offered, type Outgoing } from './outgoing.ts';

/** What is known of a referral in either direction. */
export interface Known {
  readonly handlingRegion: string;
  readonly respondentUscc: string | null;
  readonly courtFilingState: CourtFilingState;
  /** When the last step happened: no later step may have happened before it. That time ran out is no step. */
  readonly previousAt: Instant;
  readonly clocks: Clocks;
}

export type Referral = Outgoing | Incoming;
export type ReferralState = { readonly direction: 'none' } | Referral;

export const initial: ReferralState = { direction: 'none' };

export function evolve(state: ReferralState, event: RecordedReferralEvent): ReferralState {
  const next = evolveStep(state, event);
  const changes = referralClockChanges(event);
  return changes.length === 0 ? next : { ...next, clocks: evolveClocks(next.clocks, changes, event) };
}

function evolveStep(state: ReferralState, event: RecordedReferralEvent): Referral {
  switch (event.type) {
    case 'CourtRouteOffered':
      return offered(event.data, begun(event));
    case 'DisputeAssignedByCourt':
      return assigned(event.data, begun(event));
    default: {
      if (state.direction === 'none') throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
      const next = state.direction === 'TO_COURT' ? evolveOutgoing(state, event) : evolveIncoming(state, event);
      return BESIDES.has(event.type) ? next : { ...next, previousAt: event.occurredAt };
    }
  }
}

/** About the referral and no step of it: what comes next may have happened before. */
const BESIDES: ReadonlySet<RecordedReferralEvent['type']> = new Set([
  'ReferralLinkedToDispute',
  'CourtMediationExpired',
  'ReferralDeadlineAmended',
  'ReferralLateEntryVerified',
]);

function begun({
  data: { handlingRegion, respondentUscc },
  occurredAt: previousAt,
}: Extract<RecordedReferralEvent, { type: 'CourtRouteOffered' | 'DisputeAssignedByCourt' }>): Known {
  return { handlingRegion, respondentUscc, courtFilingState: 'not-filed', previousAt, clocks: NO_CLOCKS };
}
