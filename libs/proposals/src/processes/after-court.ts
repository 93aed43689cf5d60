import type { RecordedEvent } from '#kernel';
import type { ReferralEvents } from '#court-referral/events';
import type { AnsweringProcess } from './answers.ts';

const KIND = 'resume-after-court';

/** The court did not take the dispute, or gave it back: which way it goes from here is for a person to choose. */
export const afterCourt: AnsweringProcess = {
  types: ['ReferralReturnedByCourt', 'CourtFilingDeclined', 'SuitWithdrawn', 'DisputeReferredToCourt'],
  answer: (event, _, opening) =>
    event.type === 'DisputeReferredToCourt'
      ? [{ answer: 'take', kind: KIND, object: event.stream }]
      : [{ answer: 'make', made: toResume(event, opening) }],
};

function toResume({ stream, type, correlationId, region }: RecordedEvent, opening: RecordedEvent) {
  const { respondentUscc } = opening.data as Partial<ReferralEvents['CourtRouteOffered']>;
  const known = { disputeId: correlationId, region, respondentUscc: respondentUscc ?? null, until: null };
  return { kind: KIND, object: stream, because: type, ...known } as const;
}
