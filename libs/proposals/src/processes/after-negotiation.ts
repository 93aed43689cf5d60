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
  answer: (event) => {
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
        return receivedAfter(event.data as ComplaintEvents['ComplaintReceived']);
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

function receivedAfter({ escalatedFrom }: ComplaintEvents['ComplaintReceived']): ProposalAnswer[] {
  return escalatedFrom === null ? [] : [{ answer: 'take', kind: KIND, object: `negotiation-${escalatedFrom}` }];
}
