import { objectId, refuse, type DecisionContext, type Refusal } from '#kernel';
import type { ProposeMediation } from './commands.ts';
import type { ProposeReads } from './reads.ts';

/**
 * The id of a mediation of a complaint, or for a court, follows from that and from the mediation before it, so that two at once are
 * one stream, whoever asks first. Undefined for a mediation by application: of these the law lets a dispute have several, before
 * several bodies and beside a complaint (S1 16(2) as of Order 121 bars none), and none is refused.
 */
export function idOfMediation({ complaintId, referralId, afterMediationId }: ProposeMediation): string | undefined {
  const of =
    complaintId !== undefined
      ? `complaint-${complaintId}`
      : referralId !== undefined
        ? `referral-${referralId}`
        : undefined;
  return of === undefined ? undefined : objectId(0, `mediation of ${of} after ${afterMediationId ?? 'none'}`);
}

/**
 * The mediation before has ended. Once it was terminated the parties may be brought together again as long as the complaint was
 * not concluded: no text forbids it, and the limit of the complaint is not begun anew. After an agreement has taken effect there
 * is nothing to mediate until the complaint was reopened.
 */
export function refuseSuccession(
  { complaintId, referralId, afterMediationId }: ProposeMediation,
  { reads: { before, complaint }, occurredAt }: DecisionContext<ProposeReads>,
): Refusal | undefined {
  const field = 'afterMediationId';
  if (afterMediationId === undefined) return undefined;
  if (complaintId === undefined && referralId === undefined) {
    return refuse(
      'invalid',
      'PREVIOUS_NOT_APPLICABLE',
      'It comes after no other: it is a procedure of its own.',
      field,
    );
  }
  if (before === undefined) return refuse('invalid', 'UNKNOWN_MEDIATION', 'There is no such mediation.', field);
  if (before.complaintId !== (complaintId ?? null) || before.referralId !== (referralId ?? null)) {
    return refuse('conflict', 'MEDIATION_OF_OTHER_PROCEDURE', 'It was of another complaint or assignment.', field);
  }
  if (before.endedAt === null) {
    return refuse('conflict', 'MEDIATION_GOES_ON', 'It has not ended: there is one mediation at a time.', field);
  }
  if (before.isAgreed && (complaint?.reopenedAt ?? -Infinity) < before.endedAt) {
    return refuse('conflict', 'AGREEMENT_EFFECTIVE', 'An agreement has taken effect.', field);
  }
  if (occurredAt >= before.endedAt) return undefined;
  return refuse('invalid', 'OCCURRED_BEFORE_PREVIOUS_STEP', 'The mediation before ended later.', 'occurredAt');
}
