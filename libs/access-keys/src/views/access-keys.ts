import type { Role } from '#access';
import { Failure, formatInstant, idOf, unreachable } from '#kernel';
import type { Projection } from '#read-models';
import { accessKeySchemas } from '../events.ts';
import type { RecordedAccessKeyEvent, RevocationReason } from '../events.ts';

/** One access key as it stands, without any trace of its secret. Instants are ISO 8601 UTC. */
export interface AccessKeyDocument {
  /** `live` keys may have expired: see `expiresAt`. */
  readonly status: 'live' | 'revoked';
  readonly role: Role;
  readonly region: string | null;
  readonly subject: string | null;
  readonly label: string | null;
  readonly issuedAt: string;
  /** Id of the key, or the process, that issued it. */
  readonly issuedBy: string;
  readonly expiresAt: string | null;
  readonly rotatedAt: string | null;
  readonly revokedAt: string | null;
  readonly revokedBy: string | null;
  readonly reason: RevocationReason | null;
}

export const accessKeysView: Projection<AccessKeyDocument> = {
  name: 'access-keys',
  version: 1,
  types: Object.keys(accessKeySchemas),
  keys: (event) => [idOf(event.stream)],
  evolve: (doc, event) => evolve(doc, event as RecordedAccessKeyEvent),
  indexes: {
    newest: ['issuedAt'],
    byStatus: ['status', 'issuedAt'],
    byRole: ['role', 'issuedAt'],
    byRegion: ['region', 'issuedAt'],
    bySubject: ['subject', 'issuedAt'],
  },
};

function evolve(doc: AccessKeyDocument | undefined, event: RecordedAccessKeyEvent): AccessKeyDocument {
  const at = formatInstant(event.occurredAt);
  if (event.type === 'AccessKeyIssued') {
    const { role, region, subject, label, expiresAt } = event.data;
    const issued = { role, region, subject, label, issuedAt: at, issuedBy: event.actor.id, expiresAt };
    return { status: 'live', ...issued, rotatedAt: null, revokedAt: null, revokedBy: null, reason: null };
  }
  if (doc === undefined) throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  switch (event.type) {
    case 'AccessKeyRotated':
      return { ...doc, rotatedAt: at };
    case 'AccessKeyRevoked':
      return { ...doc, status: 'revoked', revokedAt: at, revokedBy: event.actor.id, reason: event.data.reason };
    default:
      return unreachable(event);
  }
}
