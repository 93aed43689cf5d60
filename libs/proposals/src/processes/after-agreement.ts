import type { ReferralEvents } from '#court-referral/events';
import { CONFIRMATION_CLOCKS, isConfirmable, type ConfirmationEvents } from '#judicial-confirmation/events';
import type { LocalDate, RecordedEvent } from '#kernel';
import { readClock, type Law } from '#law';
import type { MediationEvents } from '#mediation/events';
import type { AnsweringProcess, ProposalAnswer } from './answers.ts';

const KIND = 'apply-for-confirmation';

/**
 * An agreement that a court can confirm (S6 33, S7 205, T-44): both parties may apply together within thirty days of its effect
 * (L-23). What a body agreed on in carrying out an assignment is the assignment's, and has one window.
 */
export const afterAgreement: AnsweringProcess = {
  types: ['MediationAgreementEffective', 'CourtMediationAgreed', 'JudicialConfirmationApplied'],
  answer: (event, law, opening) => {
    switch (event.type) {
      case 'MediationAgreementEffective':
        return afterMediation(event, opening.data as MediationEvents['MediationProposed'], law);
      case 'CourtMediationAgreed':
        return afterAssignment(event, opening.data as ReferralEvents['DisputeAssignedByCourt'], law);
      case 'JudicialConfirmationApplied':
        return [applied(opening.data as ConfirmationEvents['ConfirmationWindowOpened'])];
      default:
        return [];
    }
  },
};

/** A mediation may have been delegated since it was proposed: the agreement says whose it is. */
function afterMediation(event: RecordedEvent, known: MediationEvents['MediationProposed'], law: Law): ProposalAnswer[] {
  const { effectiveOn, kind } = event.data as MediationEvents['MediationAgreementEffective'];
  if (known.referralId !== null || !isConfirmable(kind, known.handlingRegion)) return [];
  return [toConfirm(event, known, effectiveOn, law)];
}

/** 委派: before filing. After it the court makes a document of the agreement itself (S9 20). */
function afterAssignment(
  event: RecordedEvent,
  known: ReferralEvents['DisputeAssignedByCourt'],
  law: Law,
): ProposalAnswer[] {
  const { effectiveOn } = event.data as ReferralEvents['CourtMediationAgreed'];
  return known.kind === 'post-filing' || effectiveOn === null ? [] : [toConfirm(event, known, effectiveOn, law)];
}

function toConfirm(
  { stream, type, correlationId }: RecordedEvent,
  { handlingRegion, respondentUscc }: { readonly handlingRegion: string; readonly respondentUscc: string | null },
  effectiveOn: LocalDate,
  law: Law,
): ProposalAnswer {
  const clock = 'application';
  const { due } = readClock({ clock, rule: CONFIRMATION_CLOCKS[clock], from: effectiveOn }, law);
  const known = { disputeId: correlationId, region: handlingRegion, respondentUscc, until: due };
  return { answer: 'make', made: { kind: KIND, object: stream, because: type, ...known } };
}

function applied({ mediationId, referralId }: ConfirmationEvents['ConfirmationWindowOpened']): ProposalAnswer {
  const object = mediationId === null ? `referral-${referralId}` : `mediation-${mediationId}`;
  return { answer: 'take', kind: KIND, object };
}
