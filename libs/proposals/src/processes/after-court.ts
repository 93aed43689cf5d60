import type { RecordedEvent } from '#kernel';
import type { ReferralEvents } from '#court-referral/events';
import type { AnsweringProcess } from './answers.ts';

const KIND = 'resume-after-court';

/** The court did not take the dispute, or gave it back: which way it goes from here is for a person to choose. */
export const afterCourt: AnsweringProcess = {
  types: ['ReferralReturnedByCourt', 'CourtFilingDeclined', 'SuitWithdrawn', 'DisputeReferredToCourt'],
  answer: (event, _, opening) => {
    if (event.type === 'DisputeReferredToCourt') return [{ answer: 'take', kind: KIND, object: event.stream }];
    return isSettled(event) ? [] : [{ answer: 'make', made: toResume(event, opening) }];
  },
};

/** Withdrawn as the parties had come to terms: nothing is left to go on with. */
function isSettled({ type, data }: RecordedEvent): boolean {
  const { reason } = data as Partial<ReferralEvents['SuitWithdrawn']>;
  return type === 'SuitWithdrawn' && (reason === 'settled' || reason === 'mediated');
}

function toResume({ stream, type, correlationId, region }: RecordedEvent, opening: RecordedEvent) {
  const { respondentUscc } = opening.data as Partial<ReferralEvents['CourtRouteOffered']>;
  const known = { disputeId: correlationId, region, respondentUscc: respondentUscc ?? null, until: null };
  return { kind: KIND, object: stream, because: type, ...known } as const;
}
