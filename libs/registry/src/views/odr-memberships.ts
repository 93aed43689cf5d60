import { formatInstant, idOf } from '#kernel';
import type { Projection } from '#read-models';
import {
  odrMembershipSchemas,
  type ChecklistSource,
  type MembershipReason,
  type OdrChecklist,
  type RecordedOdrMembershipEvent,
} from '../events.ts';
import { missingOf, statusAfter, type MembershipStatus } from '../odr-membership.ts';

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
  /** How it stands with the conditions (S20), what of them is missing and when that was written down; null where it was not. */
  readonly conditions:
    | (OdrChecklist & {
        readonly source: ChecklistSource;
        readonly missing: readonly (keyof OdrChecklist)[];
        readonly recordedAt: string;
      })
    | null;
}

export const odrMemberships: Projection<OdrMembershipDocument> = {
  name: 'odr-memberships',
  version: 2,
  types: Object.keys(odrMembershipSchemas),
  keys: (event) => [idOf(event.stream)],
  evolve: (doc, recorded) => {
    const event = recorded as RecordedOdrMembershipEvent;
    const since = formatInstant(event.occurredAt);
    if (event.type === 'OdrMembershipApplied') {
      const begun = { status: statusAfter(event), since, appliedAt: since, activatedAt: null };
      return { ...event.data, ...begun, reason: null, conditions: null };
    }
    if (doc === undefined) throw new Error(`${event.type} before OdrMembershipApplied in ${event.stream}`);
    if (event.type === 'OdrConditionsRecorded') {
      return { ...doc, conditions: { ...event.data, missing: missingOf(event.data), recordedAt: since } };
    }
    const status = statusAfter(event);
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
