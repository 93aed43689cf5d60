import { formatInstant, idOf } from '#kernel';
import type { Projection } from '#read-models';
import { odrMembershipSchemas, type MembershipReason, type RecordedOdrMembershipEvent } from '../events.ts';
import { statusAfter, type MembershipStatus } from '../odr-membership.ts';

export interface OdrMembershipDocument {
  readonly uscc: string;
  readonly region: string;
  readonly status: MembershipStatus;
  /** When it came to this status, ISO 8601 UTC. */
  readonly since: string;
  readonly appliedAt: string;
  /** When the current membership began; null until it was active. */
  readonly activatedAt: string | null;
  /** Why it is suspended or has ended. */
  readonly reason: MembershipReason | null;
}

export const odrMemberships: Projection<OdrMembershipDocument> = {
  name: 'odr-memberships',
  version: 1,
  types: Object.keys(odrMembershipSchemas),
  keys: (event) => [idOf(event.stream)],
  evolve: (doc, recorded) => {
    const event = recorded as RecordedOdrMembershipEvent;
    const since = formatInstant(event.occurredAt);
    const status = statusAfter(event);
    if (event.type === 'OdrMembershipApplied') {
      return { ...event.data, status, since, appliedAt: since, activatedAt: null, reason: null };
    }
    if (doc === undefined) throw new Error(`${event.type} before OdrMembershipApplied in ${event.stream}`);
    const activatedAt = event.type === 'OdrMembershipActivated' ? since : doc.activatedAt;
    return { ...doc, status, since, activatedAt, reason: 'reason' in event.data ? event.data.reason : null };
  },
  indexes: {
    since: ['since'],
    region: ['region', 'since'],
    regionStatus: ['region', 'status', 'since'],
    status: ['status', 'since'],
  },
};
