/** What the rules of a complaint must know of other streams, folded from their events. */
import { primaryAfter, type DisputeEvents, type JointComplaint } from '#disputes/events';
import type { Instant, RecordedEvent } from '#kernel';
import type { NegotiationEvents } from '#negotiation/events';
import type { WorkOrderOrigin } from '#work-orders/events';
import type { ComplaintState } from './complaint.ts';

/** The dispute the complaint is about. */
export interface DisputeRead {
  readonly respondentUscc: string | null;
  readonly respondentRegion: string;
  /** The dispute that it was found to be (并案). */
  readonly mergedInto: string | null;
}

export const unreadDispute: DisputeRead = { respondentUscc: null, respondentRegion: '', mergedInto: null };

export function evolveDispute(dispute: DisputeRead, event: RecordedEvent): DisputeRead {
  switch (event.type as keyof DisputeEvents) {
    case 'DisputeOpened':
    case 'DisputeRespondentIdentified': {
      const { respondentUscc, respondentRegion } = event.data as DisputeEvents[
        'DisputeOpened' | 'DisputeRespondentIdentified'];
      return { ...dispute, respondentUscc, respondentRegion };
    }
    default:
      return { ...dispute, mergedInto: primaryAfter(dispute.mergedInto, event) };
  }
}

/** The negotiation the complaint follows. */
export interface NegotiationRead {
  readonly disputeId: string | null;
  /** When the consumer turned to the authority; null = not yet. */
  readonly escalatedAt: Instant | null;
}

export const unreadNegotiation: NegotiationRead = { disputeId: null, escalatedAt: null };

export function evolveNegotiation(negotiation: NegotiationRead, event: RecordedEvent): NegotiationRead {
  switch (event.type as keyof NegotiationEvents) {
    case 'NegotiationOpened':
      return { ...negotiation, disputeId: (event.data as NegotiationEvents['NegotiationOpened']).disputeId };
    case 'NegotiationEscalated':
      return { ...negotiation, escalatedAt: event.occurredAt };
    default:
      return negotiation;
  }
}

export type ReceiveReads = {
  readonly dispute: DisputeRead | undefined;
  readonly negotiation: NegotiationRead | undefined;
  /** The letter it comes from, where it names one. */
  readonly workOrder?: WorkOrderOrigin | undefined;
};

/** The complaint that another one is handled with, and the dispute that its own was found to be (并案). */
export type MergeReads = {
  readonly primary: ComplaintState | undefined;
  readonly dispute: MergedDispute | undefined;
};

export interface MergedDispute {
  readonly mergedInto: string | null;
}

export const unmergedDispute: MergedDispute = { mergedInto: null };

export function evolveMergedDispute({ mergedInto }: MergedDispute, event: RecordedEvent): MergedDispute {
  return { mergedInto: primaryAfter(mergedInto, event) };
}

/** Who complains of the dispute together, and what those who are represented said. */
export type JointReads = { readonly joint?: JointComplaint | undefined };

/** The dispute, whose respondent a correction must not contradict. */
export type CorrectionReads = { readonly dispute: Omit<DisputeRead, 'mergedInto'> | undefined };
