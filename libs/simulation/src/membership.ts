import type { Instant } from '#kernel';
import { DAY_MS } from '#kernel';
import type { Merchant } from './city.ts';
import { Random, type Deck } from './random.ts';
import { HOUR_MS, officeTime } from './rhythm.ts';

/** When a merchant's ODR membership changes, planned before the city starts so that disputes can know it. */
export interface Membership {
  readonly appliedAt: Instant;
  readonly approvedAt: Instant;
  readonly activatedAt: Instant;
  readonly suspendedAt: Instant | null;
  readonly after: { readonly action: 'reactivate' | 'withdraw' | 'expel'; readonly at: Instant } | null;
}

/** What memberships of a run are planned by. */
export interface MembershipPlan {
  readonly seed: number;
  readonly from: Instant;
  readonly until: Instant;
  /** What becomes of those that are suspended, dealt over all of them. */
  readonly afterwards: Deck<'reactivate' | 'withdraw' | 'expel'>;
}

/** Null for a merchant that never joins. Most join before `from`; one in eight is suspended once within the time. */
export function plannedMembership(
  { seed, from, until, afterwards }: MembershipPlan,
  merchant: Merchant,
): Membership | null {
  if (!merchant.joinsOdr) return null;
  const random = new Random(`${seed}/membership/${merchant.index}`);
  const appliedAt = officeTime(random, from - 13 * DAY_MS, random.chance(0.8) ? 0 : random.integer(20, 200));
  const approvedAt = officeTime(random, appliedAt, random.integer(1, 3));
  const activatedAt = officeTime(random, approvedAt, 1);
  const isSuspended = merchant.script === null && random.chance(0.125);
  if (!isSuspended) return { appliedAt, approvedAt, activatedAt, suspendedAt: null, after: null };
  const days = Math.floor(((until - activatedAt) / DAY_MS) * (0.15 + random.next() * 0.5));
  const suspendedAt = officeTime(random, activatedAt + days * DAY_MS, 1);
  const action = afterwards.deal();
  const at = officeTime(random, suspendedAt + random.integer(20, 60) * DAY_MS, 1);
  return { appliedAt, approvedAt, activatedAt, suspendedAt, after: { action, at } };
}

/** Well within a time of membership: an hour's distance keeps planned and recorded order the same. */
export function isActiveAt(membership: Membership | null, at: Instant): boolean {
  if (membership === null || at < membership.activatedAt + HOUR_MS) return false;
  if (membership.suspendedAt === null || at < membership.suspendedAt) return true;
  return membership.after?.action === 'reactivate' && at >= membership.after.at + HOUR_MS;
}
