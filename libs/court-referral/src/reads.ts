/** What the rules of a referral must know of other streams, folded from their events. */
import type { ComplaintEvents } from '#complaints/events';
import { primaryAfter, type DisputeEvents } from '#disputes/events';
import type { Instant, RecordedEvent } from '#kernel';
import type { MediationBodyEvents, MediationEvents, MediationKind } from '#mediation/events';
import type { ReferralState } from './referral.ts';

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
  /** Before whom they were mediated between, and where: of a complaint the authority, unless a mediation says otherwise. */
  readonly kind: MediationKind | null;
  readonly handlingRegion: string | null;
}

export const unreadProcedure: ProcedureRead = {
  ...{ disputeId: null, endedAt: null, isAgreed: false, kind: null, handlingRegion: null },
};

export function evolveComplaint(complaint: ProcedureRead, event: RecordedEvent): ProcedureRead {
  switch (event.type as keyof ComplaintEvents) {
    case 'ComplaintReceived': {
      const { disputeId, handlingRegion } = event.data as ComplaintEvents['ComplaintReceived'];
      return { ...complaint, disputeId, handlingRegion, kind: 'administrative' };
    }
    case 'ComplaintTransferReceived': {
      const { handlingRegion } = event.data as ComplaintEvents['ComplaintTransferReceived'];
      return { ...complaint, handlingRegion };
    }
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
    case 'MediationProposed': {
      const { disputeId, handlingRegion, kind } = event.data as MediationEvents['MediationProposed'];
      return { ...mediation, disputeId, handlingRegion, kind };
    }
    case 'MediationDelegated':
      return { ...mediation, kind: 'delegated' };
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
  /** The way to the court before. */
  readonly before?: ReferralState | undefined;
};

export type DisputeReads = { readonly dispute: DisputeRead | undefined };

/** A mediation body of the roster: whether it takes anything on, and what, and where. */
export interface BodyRead {
  readonly isActive: boolean;
  /** Null where the roster does not say. */
  readonly kinds: readonly MediationKind[] | null;
  readonly regions: readonly string[] | null;
  readonly uscc: string | null;
}

export const unreadBody: BodyRead = { isActive: true, kinds: null, regions: null, uscc: null };

export function evolveBody(body: BodyRead, event: RecordedEvent): BodyRead {
  switch (event.type as keyof MediationBodyEvents) {
    case 'MediationBodyRegistered':
    case 'MediationBodyRevised': {
      const {
        kinds,
        regions,
        uscc = body.uscc,
      } = event.data as Partial<MediationBodyEvents['MediationBodyRegistered']>;
      return { ...body, kinds: kinds ?? null, regions: regions ?? null, uscc };
    }
    case 'MediationBodySuspended':
    case 'MediationBodyRemoved':
      return { ...body, isActive: false };
    case 'MediationBodyReinstated':
      return { ...body, isActive: true };
    default:
      return body;
  }
}

export type BodyReads = { readonly body: BodyRead | undefined };

export type AssignReads = DisputeReads & BodyReads;
