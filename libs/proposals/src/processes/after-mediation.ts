import type { CaseEvents } from '#cases/events';
import type { ConfirmationEvents } from '#judicial-confirmation/events';
import type { RecordedEvent } from '#kernel';
import { readClock, type Law } from '#law';
import type { MediationEvents } from '#mediation/events';
import type { ProposalEvents, ProposalKind } from '../events.ts';
import type { AnsweringProcess, ProposalAnswer } from './answers.ts';

/**
 * What follows from a mediation: the complaint that it mediates is to be concluded, the agreement may be confirmed by a court
 * within thirty days of its effect (L-23), a clue of a violation must be verified (S1 Art. 27).
 */
export const afterMediation: AnsweringProcess = {
  types: [
    'MediationAgreementReached',
    'MediationTerminated',
    'MediationAgreementEffective',
    'ViolationClueFound',
    'JudicialConfirmationApplied',
    'ClueVerificationStarted',
  ],
  answer: (event, law, opening) => {
    switch (event.type) {
      case 'MediationAgreementReached':
      case 'MediationTerminated':
        return toConclude(event, opening.data as MediationEvents['MediationProposed']);
      case 'MediationAgreementEffective':
        return [{ answer: 'make', made: toConfirm(event, opening.data as MediationEvents['MediationProposed'], law) }];
      case 'ViolationClueFound':
        return [{ answer: 'make', made: toVerify(event) }];
      case 'JudicialConfirmationApplied':
        return taken(
          'apply-for-confirmation',
          'mediation',
          (opening.data as ConfirmationEvents['ConfirmationWindowOpened']).mediationId,
        );
      case 'ClueVerificationStarted': {
        const { mediationId, clueId } = event.data as CaseEvents['ClueVerificationStarted'];
        return clueId === null ? [] : taken('verify-clue', 'mediation', mediationId, `:${clueId}`);
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

function toConfirm(event: RecordedEvent, known: MediationEvents['MediationProposed'], law: Law) {
  const { effectiveOn } = event.data as MediationEvents['MediationAgreementEffective'];
  const { due } = readClock({ clock: 'application', rule: 'L-23', from: effectiveOn }, law);
  return { ...proposal('apply-for-confirmation', event, known), until: due };
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

function taken(kind: ProposalKind, category: string, id: string | null, part = ''): ProposalAnswer[] {
  return id === null ? [] : [{ answer: 'take', kind, object: `${category}-${id}${part}` }];
}
