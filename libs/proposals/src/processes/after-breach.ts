import type { ReferralEvents } from '#court-referral/events';
import type { ConfirmationEvents } from '#judicial-confirmation/events';
import type { RecordedEvent } from '#kernel';
import type { MediationEvents } from '#mediation/events';
import type { AnsweringProcess, ProposalAnswer } from './answers.ts';

const KIND = 'pursue-breach';

/**
 * An agreement that was not performed: it is enforced where a court has confirmed it, and otherwise the ways of 消法 Art. 39 are open
 * again. Which one is the party's to choose; performance after all, or a way that was taken, ends the proposal.
 */
export const afterBreach: AnsweringProcess = {
  types: ['AgreementBreached', 'AgreementPerformed', 'EnforcementApplied', 'CourtRouteOffered'],
  answer: (event, _, opening) => {
    switch (event.type) {
      case 'AgreementBreached':
        return [{ answer: 'make', made: toPursue(event, opening.data as MediationEvents['MediationProposed']) }];
      case 'AgreementPerformed':
        return [{ answer: 'withdraw', kind: KIND, object: event.stream }];
      case 'EnforcementApplied':
        return taken((opening.data as ConfirmationEvents['ConfirmationWindowOpened']).mediationId);
      case 'CourtRouteOffered': {
        const { purpose, mediationId } = event.data as ReferralEvents['CourtRouteOffered'];
        return purpose === 'suit' ? taken(mediationId) : [];
      }
      default:
        return [];
    }
  },
};

function toPursue(
  { stream, type, correlationId }: RecordedEvent,
  { handlingRegion, respondentUscc }: MediationEvents['MediationProposed'],
) {
  const known = { disputeId: correlationId, region: handlingRegion, respondentUscc, until: null };
  return { kind: KIND, object: stream, because: type, ...known } as const;
}

function taken(mediationId: string | null): ProposalAnswer[] {
  return mediationId === null ? [] : [{ answer: 'take', kind: KIND, object: `mediation-${mediationId}` }];
}
