/** What the rules of a dispute must know of other streams, folded from their events. */
import type { ComplaintEvents } from '#complaints/events';
import type { Instant, RecordedEvent } from '#kernel';
import type { DisputeEvents } from './events.ts';

/** The other dispute that a command speaks of. */
export interface OtherDispute {
  readonly openedAt: Instant;
  readonly respondentUscc: string | null;
  readonly respondentRegion: string | null;
  readonly primary: string | null;
}

export const unreadOther: OtherDispute = { openedAt: 0, respondentUscc: null, respondentRegion: null, primary: null };

export function evolveOther(other: OtherDispute, event: RecordedEvent): OtherDispute {
  switch (event.type as keyof DisputeEvents) {
    case 'DisputeOpened': {
      const { respondentUscc, respondentRegion } = event.data as DisputeEvents['DisputeOpened'];
      return { ...other, openedAt: event.occurredAt, respondentUscc, respondentRegion };
    }
    case 'DisputeRespondentIdentified': {
      const { respondentUscc, respondentRegion } = event.data as DisputeEvents['DisputeRespondentIdentified'];
      return { ...other, respondentUscc, respondentRegion };
    }
    case 'DisputeMergedInto':
      return { ...other, primary: (event.data as DisputeEvents['DisputeMergedInto']).primary };
    case 'DisputeUnmerged':
      return { ...other, primary: null };
    default:
      return other;
  }
}

/** A complaint by which an authority received a dispute. */
export interface Receipt {
  readonly disputeId: string | null;
  /** Null where that authority found itself not competent: it does not count as received (S1 Art. 14, 16(1)). */
  readonly receivedAt: Instant | null;
}

export const unreadReceipt: Receipt = { disputeId: null, receivedAt: null };

export function evolveReceipt(receipt: Receipt, event: RecordedEvent): Receipt {
  switch (event.type) {
    case 'ComplaintReceived':
      return {
        disputeId: (event.data as ComplaintEvents['ComplaintReceived']).disputeId,
        receivedAt: event.occurredAt,
      };
    case 'ComplaintNotAccepted': {
      const isIncompetent = (event.data as ComplaintEvents['ComplaintNotAccepted']).ground === '16(1)';
      return isIncompetent ? { ...receipt, receivedAt: null } : receipt;
    }
    case 'ComplaintReturnedToIntake':
    case 'ComplaintTransferredOut':
      return { ...receipt, receivedAt: null };
    case 'ComplaintTransferReceived':
      return { ...receipt, receivedAt: event.occurredAt };
    default:
      return receipt;
  }
}

export type MergeReads = {
  readonly primary: OtherDispute | undefined;
  readonly complaint: Receipt | undefined;
  readonly primaryComplaint: Receipt | undefined;
};

export type RepeatReads = { readonly earlier: OtherDispute | undefined };
