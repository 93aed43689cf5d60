import type { ComplaintEvents } from '#complaints/events';
import type { RecordedEvent } from '#kernel';
import type { AnsweringProcess } from './answers.ts';

const KIND = 'conclude-complaint';

/** The parties have settled, or the complaint turned out not to be one: a person concludes it, with the result that follows. */
export const afterSettlement: AnsweringProcess = {
  types: ['PartiesSettled', 'PartiesSettlementRetracted', 'ComplaintDisqualified', 'ComplaintConcluded'],
  answer: (event, _, opening) => {
    switch (event.type) {
      case 'PartiesSettled':
      case 'ComplaintDisqualified':
        return [{ answer: 'make', made: toConclude(event, opening.data as ComplaintEvents['ComplaintReceived']) }];
      case 'PartiesSettlementRetracted':
        return [{ answer: 'withdraw', kind: KIND, object: event.stream }];
      case 'ComplaintConcluded':
        return [{ answer: 'take', kind: KIND, object: event.stream }];
      default:
        return [];
    }
  },
};

function toConclude(
  { stream, type, correlationId, region }: RecordedEvent,
  { respondentUscc }: ComplaintEvents['ComplaintReceived'],
) {
  const known = { disputeId: correlationId, region, respondentUscc, until: null };
  return { kind: KIND, object: stream, because: type, ...known } as const;
}
