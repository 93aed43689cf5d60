import { objectId } from '#kernel';

/**
 * The id of a referral follows from its case, or from the referral before it: there is one at a time, whoever appoints a team
 * first, and whether another came after it can be looked up.
 */
export function idOfReferral(caseId: string, afterReferralId?: string): string {
  return afterReferralId === undefined ? objectId(0, `criminal referral of case-${caseId}`) : idAfter(afterReferralId);
}

/** Of the referral that comes after another. */
export function idAfter(referralId: string): string {
  return objectId(0, `criminal referral after crimref-${referralId}`);
}
