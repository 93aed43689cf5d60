import type { CaseEvents } from '#cases/events';
import type { RecordedEvent } from '#kernel';
import type { MediationEvents } from '#mediation/events';
import type { ProposalEvents, ProposalKind } from '../events.ts';
import type { AnsweringProcess, ProposalAnswer } from './answers.ts';

/**
 * What follows from a mediation: the complaint that it mediates is to be concluded, a clue of a violation must be verified (S1
 * Art. 27).
 */
export const afterMediation: AnsweringProcess = {
  types: ['MediationAgreementReached', 'MediationTerminated', 'ViolationClueFound', 'ClueVerificationStarted'],
  answer: (event, _, opening) => {
    switch (event.type) {
      case 'MediationAgreementReached':
      case 'MediationTerminated':
        return toConclude(event, opening.data as MediationEvents['MediationProposed']);
      case 'ViolationClueFound':
        return [{ answer: 'make', made: toVerify(event) }];
      case 'ClueVerificationStarted': {
        const { mediationId, clueId } = event.data as CaseEvents['ClueVerificationStarted'];
        if (mediationId === null || clueId === null) return [];
        return [{ answer: 'take', kind: 'verify-clue', object: `mediation-${mediationId}:${clueId}` }];
      }
      default:
        return [];
    }
  },
};

function toConclude(
  event: RecordedEvent,
  { complaintId, ...known }: MediationEvents['MediationProposed'],
): ProposalAnswer[] {
  if (complaintId === null) return [];
  return [{ answer: 'make', made: proposal('conclude-complaint', event, known, `complaint-${complaintId}`) }];
}

function toVerify(event: RecordedEvent) {
  const data = event.data as MediationEvents['ViolationClueFound'];
  return proposal('verify-clue', event, data, `${event.stream}:${data.clueId}`);
}

function proposal(
  kind: ProposalKind,
  { type, stream, correlationId }: RecordedEvent,
  { handlingRegion, respondentUscc }: { readonly handlingRegion: string; readonly respondentUscc: string | null },
  object = stream,
): ProposalEvents['ProposalMade'] {
  return { kind, object, because: type, disputeId: correlationId, region: handlingRegion, respondentUscc, until: null };
}
