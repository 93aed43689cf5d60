import type { RecordedReferralEvent } from './events.ts';

/** Whether a court has accepted the dispute (立案): only then a complaint is barred (S1 Art. 16(2), T-46). */
export type CourtFilingState = 'filed' | 'not-filed';

/** What a court has done with the dispute after an event of its referral; what it was before unless the event says. */
export function courtFilingAfter(before: CourtFilingState, event: RecordedReferralEvent): CourtFilingState {
  switch (event.type) {
    case 'DisputeAssignedByCourt':
      return event.data.courtFilingState;
    case 'CourtFilingAccepted':
      return 'filed';
    default:
      return before;
  }
}

export function barsComplaint(state: CourtFilingState): boolean {
  return state === 'filed';
}
