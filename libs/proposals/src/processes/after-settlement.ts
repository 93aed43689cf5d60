import type { ComplaintEvents } from '#complaints/events';
import { parseInstant, type RecordedEvent } from '#kernel';
import type { NegotiationEvents } from '#negotiation/events';
import type { AnsweringProcess, ProposalAnswer } from './answers.ts';
import type { Siblings } from './siblings.ts';

const KIND = 'conclude-complaint';

/**
 * The parties have settled, in the complaint or in a negotiation beside it, or the complaint turned out not to be one: a person
 * concludes it, with the result that follows. A complaint that came after the settlement takes that back instead (T-31).
 */
export const afterSettlement: AnsweringProcess = {
  types: [
    'PartiesSettled',
    'PartiesSettlementRetracted',
    'ComplaintDisqualified',
    'ComplaintConcluded',
    'SettlementConfirmed',
  ],
  typesWithSiblings: ['SettlementConfirmed'],
  answer: (event, _, opening, siblings) => {
    switch (event.type) {
      case 'SettlementConfirmed':
        return settledBeside(event, opening.data as NegotiationEvents['NegotiationOpened'], siblings);
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

function settledBeside(
  { type, occurredAt, correlationId }: RecordedEvent,
  { respondentUscc }: NegotiationEvents['NegotiationOpened'],
  { openComplaints }: Siblings,
): ProposalAnswer[] {
  return openComplaints
    .filter(({ receivedAt }) => parseInstant(receivedAt)! < occurredAt)
    .map(({ id, handlingRegion: region }) => {
      const known = { disputeId: correlationId, region, respondentUscc, until: null };
      return { answer: 'make', made: { kind: KIND, object: `complaint-${id}`, because: type, ...known } };
    });
}

function toConclude(
  { stream, type, correlationId, region }: RecordedEvent,
  { respondentUscc }: ComplaintEvents['ComplaintReceived'],
) {
  const known = { disputeId: correlationId, region, respondentUscc, until: null };
  return { kind: KIND, object: stream, because: type, ...known } as const;
}
