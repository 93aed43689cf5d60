import { formatInstant } from '#kernel';
import type { HandOffRefusal, RecordedDisputeEvent } from './events.ts';

/** A body (机关、单位、站点) that answers for a dispute, and its region. */
export interface Body {
  readonly authority: string;
  readonly region: string;
}

/** By what a body took the dispute up: somebody turned to it, it received a complaint, or it was sent a ticket. */
export const FIRST_INQUIRY_BASES = ['contact', 'complaint', 'work-order'] as const;
export type FirstInquiryBasis = (typeof FIRST_INQUIRY_BASES)[number];

/** One attempt to hand a dispute to another body. `superseded`: another offer was made before it was answered. */
export interface HandOff {
  readonly offer: number;
  readonly from: Body;
  readonly to: Body;
  /** Vault reference. */
  readonly reason: string;
  /** Id of the actor who offered it: another one answers. */
  readonly offeredBy: string;
  readonly offeredAt: string;
  readonly status: 'open' | 'accepted' | 'declined' | 'superseded';
  readonly answeredAt: string | null;
  readonly refusal: HandOffRefusal | null;
  readonly refusalReason: string | null;
}

/** 首问责任 of a dispute: who took it up first, who answers for it now, and how it came there. Instants are ISO 8601 UTC. */
export interface FirstInquiry {
  readonly first: Body;
  readonly basis: FirstInquiryBasis;
  readonly takenUpAt: string;
  readonly responsible: Body;
  readonly responsibleSince: string;
  readonly handOffs: readonly HandOff[];
}

/** After an event of the dispute; null until a body has taken it up. */
export function evolveFirstInquiry(inquiry: FirstInquiry | null, event: RecordedDisputeEvent): FirstInquiry | null {
  const at = formatInstant(event.occurredAt);
  if (event.type === 'FirstInquiryAssigned') {
    const { body, basis } = event.data;
    return { first: body, basis, takenUpAt: at, responsible: body, responsibleSince: at, handOffs: [] };
  }
  if (inquiry === null) return null;
  switch (event.type) {
    case 'HandOffOffered': {
      const { offer, to, reason } = event.data;
      const open = { status: 'open', answeredAt: null, refusal: null, refusalReason: null } as const;
      const given = { offer, from: inquiry.responsible, to, reason, offeredBy: event.actor.id, offeredAt: at, ...open };
      const before = inquiry.handOffs.map((one) =>
        one.status === 'open' ? { ...one, status: 'superseded' as const } : one,
      );
      return { ...inquiry, handOffs: [...before, given] };
    }
    case 'HandOffAccepted': {
      const handOffs = answered(inquiry, event.data.offer, { status: 'accepted', answeredAt: at });
      return { ...inquiry, responsible: event.data.to, responsibleSince: at, handOffs };
    }
    case 'HandOffDeclined': {
      const { offer, code, reason } = event.data;
      const answer = { status: 'declined', answeredAt: at, refusal: code, refusalReason: reason } as const;
      return { ...inquiry, handOffs: answered(inquiry, offer, answer) };
    }
    default:
      return inquiry;
  }
}

export function openHandOff(inquiry: FirstInquiry | null): HandOff | undefined {
  return inquiry?.handOffs.find(({ status }) => status === 'open');
}

function answered({ handOffs }: FirstInquiry, offer: number, answer: Partial<HandOff>): readonly HandOff[] {
  return handOffs.map((one) => (one.offer === offer ? { ...one, ...answer } : one));
}
