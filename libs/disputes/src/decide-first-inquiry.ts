import { refuse, refuseBefore, type DecisionContext, type Refusal } from '#kernel';
import { regions } from '#regions';
import type { AcceptHandOff, AssignFirstInquiry, DeclineHandOff, OfferHandOff } from './commands.ts';
import { momentOf, type Open } from './dispute.ts';
import { openHandOff, type Body, type HandOff } from './first-inquiry.ts';
import { ofOpen, reasonRequired } from './refusals.ts';

/** 谁首问谁负责: assigned once. Whoever took it up before and was overlooked gets it by a hand-off, which leaves a trace. */
export const assignFirstInquiry = ofOpen<AssignFirstInquiry>(({ authority, region, basis }, { firstInquiry }) => {
  const body = { authority, region };
  if (firstInquiry === null) return [{ type: 'FirstInquiryAssigned', data: { body, basis } }];
  if (isSame(firstInquiry.first, body)) return [];
  const detail = `${firstInquiry.first.authority} took it up first: hand it over.`;
  return refuse('conflict', 'FIRST_INQUIRY_ASSIGNED', detail, 'authority');
});

export const offerHandOff = ofOpen<OfferHandOff>((command, { firstInquiry }, context) => {
  if (firstInquiry === null) {
    return refuse('conflict', 'FIRST_INQUIRY_UNASSIGNED', 'No body has taken the dispute up yet.');
  }
  const refusal = refuseBefore(momentOf(firstInquiry.responsibleSince), context);
  if (refusal !== undefined) return refusal;
  const to = { authority: command.toAuthority, region: command.toRegion };
  if (isSame(to, firstInquiry.responsible)) {
    return refuse('invalid', 'ALREADY_RESPONSIBLE', 'That body answers for it already.', 'toAuthority');
  }
  const reason = context.persons['reason']?.personId;
  if (reason === undefined) return reasonRequired('Say why it is handed over.');
  const offer = firstInquiry.handOffs.length + 1;
  return [{ type: 'HandOffOffered', data: { offer, to, reason } }];
});

export const acceptHandOff = ofOpen<AcceptHandOff>(({ offer }, state, context) => {
  const open = answerable(offer, state, context);
  if ('refused' in open) return open;
  return [{ type: 'HandOffAccepted', data: { offer, to: open.to } }];
});

export const declineHandOff = ofOpen<DeclineHandOff>(({ offer, code }, state, context) => {
  const open = answerable(offer, state, context);
  if ('refused' in open) return open;
  const reason = context.persons['reason']?.personId ?? null;
  return [{ type: 'HandOffDeclined', data: { offer, code, reason } }];
});

/** The offer, if this actor may answer it: one of the body that it was made to, and not the one who made it. */
function answerable(offer: number, { firstInquiry }: Open, context: DecisionContext): HandOff | Refusal {
  const open = openHandOff(firstInquiry);
  if (open?.offer !== offer)
    return refuse('conflict', 'HAND_OFF_NOT_OPEN', 'No such hand-off waits for an answer.', 'offer');
  const { region } = context.bounds;
  if (open.offeredBy === context.actor.id || (region !== null && !regions.covers(region, open.to.region))) {
    return refuse('forbidden', 'HAND_OFF_NOT_YOURS', 'The body it was offered to answers.');
  }
  return refuseBefore(momentOf(open.offeredAt), context) ?? open;
}

function isSame(one: Body, other: Body): boolean {
  return one.authority === other.authority && one.region === other.region;
}
