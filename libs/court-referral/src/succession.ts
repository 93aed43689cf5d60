import { objectId, refuse, type DecisionContext, type Refusal } from '#kernel';
import type { OfferCourtRoute } from './commands.ts';
import type { Outgoing } from './outgoing.ts';
import type { OfferReads } from './reads.ts';

/**
 * The id of a way to the court follows from what it is for and from the one before it, so that two at once are one stream, and one
 * dispute does not go to the court twice. A suit is of the dispute; each agreement is confirmed for itself.
 */
export function idOfRoute(command: OfferCourtRoute): string {
  const { disputeId, purpose, claimant = 'consumer', mediationId, complaintId, afterReferralId } = command;
  const of = purpose === 'suit' ? claimant : (mediationId ?? complaintId ?? 'nothing');
  return objectId(0, `court route of ${disputeId} for ${purpose} of ${of} after ${afterReferralId ?? 'none'}`);
}

/** The way before was not taken, or led to its end. */
export function refuseRouteAfter(
  { disputeId, purpose, afterReferralId }: OfferCourtRoute,
  { reads: { before }, occurredAt }: DecisionContext<OfferReads>,
): Refusal | undefined {
  const field = 'afterReferralId';
  if (afterReferralId === undefined) return undefined;
  if (before === undefined || before.direction === 'none') {
    return refuse('invalid', 'UNKNOWN_REFERRAL', 'There is no such referral.', field);
  }
  if (before.direction !== 'TO_COURT' || before.disputeId !== disputeId || before.purpose !== purpose) {
    return refuse('conflict', 'REFERRAL_OF_OTHER_PURPOSE', 'It was of another dispute, or for something else.', field);
  }
  if (!OVER.includes(before.status)) {
    return refuse(
      'conflict',
      'REFERRAL_GOES_ON',
      'It has not ended: a dispute goes to the court once at a time.',
      field,
    );
  }
  if (occurredAt >= before.previousAt) return undefined;
  return refuse('invalid', 'OCCURRED_BEFORE_PREVIOUS_STEP', 'The way before ended later.', 'occurredAt');
}

/** What the court sent back is packaged anew, and needs no other way. */
const OVER: readonly Outgoing['status'][] = ['declined', 'not-filed', 'decided'];
