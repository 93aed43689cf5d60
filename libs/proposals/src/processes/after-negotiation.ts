import type { ComplaintEvents } from '#complaints/events';
import type { RecordedEvent } from '#kernel';
import type { NegotiationEvents } from '#negotiation/events';
import type { AnsweringProcess, ProposalAnswer } from './answers.ts';

const KIND = 'complaint-may-follow';

/**
 * A negotiation without a settlement, or with one that is none after all: the consumer may turn to the authority (S20). A
 * settlement that is entered late, or the consumer's turning there, ends the proposal. Nothing is proposed where the settlement
 * was taken back because of a complaint: that is where the proposal would lead. While only a claim is denied the parties talk on.
 */
export const afterNegotiation: AnsweringProcess = {
  types: [
    'NegotiationFailed',
    'NegotiationExpired',
    'NegotiationEscalated',
    'SettlementConfirmed',
    'SettlementDisputed',
    'ComplaintReceived',
  ],
  typesWithSiblings: ['ComplaintReceived'],
  answer: (event, _law, _opening, { negotiations }) => {
    switch (event.type) {
      case 'NegotiationFailed':
      case 'NegotiationExpired':
        return [{ answer: 'make', made: proposalAfter(event) }];
      case 'NegotiationEscalated':
        return [{ answer: 'take', kind: KIND, object: event.stream }];
      case 'SettlementConfirmed':
        return [{ answer: 'withdraw', kind: KIND, object: event.stream }];
      case 'SettlementDisputed': {
        const { of, complaint } = event.data as NegotiationEvents['SettlementDisputed'];
        return of === 'claim' || complaint !== null ? [] : [{ answer: 'make', made: proposalAfter(event) }];
      }
      case 'ComplaintReceived':
        return receivedAfter(event.data as ComplaintEvents['ComplaintReceived'], negotiations);
      default:
        return [];
    }
  },
};

function proposalAfter({ stream, type, correlationId, region }: RecordedEvent) {
  return {
    kind: KIND,
    object: stream,
    because: type,
    disputeId: correlationId,
    region,
    respondentUscc: null,
    until: null,
  } as const;
}

/** A complaint on the dispute is what was proposed, whether or not it says from which negotiation it comes. */
function receivedAfter(
  { escalatedFrom }: ComplaintEvents['ComplaintReceived'],
  negotiations: readonly string[],
): ProposalAnswer[] {
  const named = escalatedFrom === null ? [] : [escalatedFrom];
  const all = [...new Set([...named, ...negotiations])];
  return all.map((id) => ({ answer: 'take', kind: KIND, object: `negotiation-${id}` }));
}
