/** What the rules of a referral must know of other streams, folded from their events. */
import type { ComplaintEvents } from '#complaints/events';
import { primaryAfter, type DisputeEvents } from '#disputes/events';
import type { Instant, RecordedEvent } from '#kernel';
import type { MediationBodyEvents, MediationEvents } from '#mediation/events';

/** The dispute that goes to the court or comes from it. */
export interface DisputeRead {
  readonly respondentUscc: string | null;
  /** Dispute that it was merged into. */
  readonly mergedInto: string | null;
}

export const unreadDispute: DisputeRead = { respondentUscc: null, mergedInto: null };

export function evolveDispute(dispute: DisputeRead, event: RecordedEvent): DisputeRead {
  switch (event.type as keyof DisputeEvents) {
    case 'DisputeOpened':
    case 'DisputeRespondentIdentified': {
      const { respondentUscc } = event.data as { readonly respondentUscc: string | null };
      return { ...dispute, respondentUscc };
    }
    default:
      return { ...dispute, mergedInto: primaryAfter(dispute.mergedInto, event) };
  }
}

/** A complaint or a mediation before the court route: whether it has ended, and with what. */
export interface ProcedureRead {
  readonly disputeId: string | null;
  readonly endedAt: Instant | null;
  /** The parties agreed in mediation. */
  readonly isAgreed: boolean;
}

export const unreadProcedure: ProcedureRead = { disputeId: null, endedAt: null, isAgreed: false };

export function evolveComplaint(complaint: ProcedureRead, event: RecordedEvent): ProcedureRead {
  switch (event.type as keyof ComplaintEvents) {
    case 'ComplaintReceived':
      return { ...complaint, disputeId: (event.data as ComplaintEvents['ComplaintReceived']).disputeId };
    case 'ComplaintConcluded': {
      const { result } = event.data as ComplaintEvents['ComplaintConcluded'];
      return { ...complaint, endedAt: event.occurredAt, isAgreed: result === 'mediated' };
    }
    case 'ComplaintNotAccepted':
      return { ...complaint, endedAt: event.occurredAt };
    case 'ComplaintReopened':
      return { ...complaint, endedAt: null, isAgreed: false };
    default:
      return complaint;
  }
}

export function evolveMediation(mediation: ProcedureRead, event: RecordedEvent): ProcedureRead {
  switch (event.type as keyof MediationEvents) {
    case 'MediationProposed':
      return { ...mediation, disputeId: (event.data as MediationEvents['MediationProposed']).disputeId };
    case 'MediationAgreementEffective':
      return { ...mediation, endedAt: event.occurredAt, isAgreed: true };
    case 'MediationApplicationDeclined':
    case 'MediationTerminated':
      return { ...mediation, endedAt: event.occurredAt };
    default:
      return mediation;
  }
}

export type OfferReads = {
  readonly dispute: DisputeRead | undefined;
  readonly complaint: ProcedureRead | undefined;
  readonly mediation: ProcedureRead | undefined;
};

export type DisputeReads = { readonly dispute: DisputeRead | undefined };

/** A mediation body of the roster: whether it takes anything on. */
export interface BodyRead {
  readonly isActive: boolean;
}

export const unreadBody: BodyRead = { isActive: true };

export function evolveBody(body: BodyRead, event: RecordedEvent): BodyRead {
  switch (event.type as keyof MediationBodyEvents) {
    case 'MediationBodySuspended':
    case 'MediationBodyRemoved':
      return { isActive: false };
    case 'MediationBodyReinstated':
      return { isActive: true };
    default:
      return body;
  }
}

export type BodyReads = { readonly body: BodyRead | undefined };

export type AssignReads = DisputeReads & BodyReads;
