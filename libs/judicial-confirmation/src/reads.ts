/** What the rules of a confirmation must know of other streams, folded from their events. */
import { referralSchemas, type AssignmentKind, type RecordedReferralEvent } from '#court-referral/events';
import type { LocalDate, RecordedEvent } from '#kernel';
import type { CourtAssignment, MediationEvents, MediationKind } from '#mediation/events';

/** The agreement of a mediation, or of an assignment by a court. */
export interface AgreementRead {
  readonly disputeId: string | null;
  readonly handlingRegion: string | null;
  readonly respondentUscc: string | null;
  readonly kind: MediationKind | null;
  /** Of what a court had mediated. */
  readonly assignment: AssignmentKind | null;
  readonly invitingCourt: string | null;
  /** Referral that a mediation carried out: the agreement is confirmed as that one's. */
  readonly assignedBy: string | null;
  readonly isOral: boolean;
  /** Null while it does not bind. */
  readonly effectiveOn: LocalDate | null;
}

export const unreadAgreement: AgreementRead = {
  disputeId: null,
  handlingRegion: null,
  respondentUscc: null,
  kind: null,
  assignment: null,
  invitingCourt: null,
  assignedBy: null,
  isOral: false,
  effectiveOn: null,
};

export function evolveMediation(agreement: AgreementRead, event: RecordedEvent): AgreementRead {
  switch (event.type as keyof MediationEvents) {
    case 'MediationProposed': {
      const data = event.data as MediationEvents['MediationProposed'];
      const { disputeId, handlingRegion, respondentUscc, kind, courtAssignment, referralId } = data;
      return {
        ...agreement,
        disputeId,
        handlingRegion,
        respondentUscc,
        kind,
        assignment: assignmentOf(courtAssignment),
        assignedBy: referralId ?? null,
      };
    }
    case 'MediationDelegated':
      return { ...agreement, kind: 'delegated' };
    case 'MediationAgreementEffective': {
      const { effectiveOn, form, kind } = event.data as MediationEvents['MediationAgreementEffective'];
      return { ...agreement, kind, effectiveOn, isOral: form === 'oral' };
    }
    default:
      return agreement;
  }
}

function assignmentOf(assignment: CourtAssignment | null): AssignmentKind | null {
  if (assignment === null) return null;
  return assignment === 'pre-filing' ? 'pre-filing' : 'post-filing';
}

export function evolveReferral(agreement: AgreementRead, recorded: RecordedEvent): AgreementRead {
  if (!Object.hasOwn(referralSchemas, recorded.type)) return agreement;
  const event = recorded as RecordedReferralEvent;
  switch (event.type) {
    case 'DisputeAssignedByCourt': {
      const { disputeId, handlingRegion, respondentUscc, kind: assignment, court: invitingCourt } = event.data;
      const known = { disputeId, handlingRegion, respondentUscc, assignment, invitingCourt };
      return { ...agreement, ...known, kind: 'court-invited' };
    }
    case 'ReferralLinkedToDispute':
      return { ...agreement, disputeId: event.data.disputeId };
    case 'CourtMediationAgreed': {
      const { effectiveOn, form } = event.data;
      return { ...agreement, effectiveOn, isOral: form === 'oral' };
    }
    default:
      return agreement;
  }
}

export type OpenReads = {
  readonly mediation: AgreementRead | undefined;
  readonly referral: AgreementRead | undefined;
};
