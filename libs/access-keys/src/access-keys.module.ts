import { normaliseUscc } from '#kernel';
import { commandRow, viewRow } from '#service';
import type { ContextTable } from '#service';
import { evolve, initial } from './access-key.ts';
import type { AccessKey } from './access-key.ts';
import { IssueAccessKey, RevokeAccessKey, RotateAccessKey } from './commands.ts';
import { issue, revoke, rotate } from './decide.ts';
import { accessKeySchemas } from './events.ts';
import type { RecordedAccessKeyEvent } from './events.ts';
import type { KeyRing } from './key-ring.ts';
import { accessKeysView } from './views/access-keys.ts';

/**
 * Access keys, whole: `POST /v1/access-keys…`, `GET /v1/access-keys…`. A command is answered only when the given ring
 * has seen its event: a revoked or rotated secret is dead by then, a new one works.
 */
export const accessKeysContext = (ring: Pick<KeyRing, 'reached'>): ContextTable<AccessKey> => ({
  collection: 'access-keys',
  category: 'accessKey',
  title: 'access key',
  schemas: accessKeySchemas,
  initial,
  evolve: (state, event) => evolve(state, event as RecordedAccessKeyEvent),
  scopeOf: (state) => (state.status === 'none' ? { region: null, subject: null } : state.scope),
  settled: (position) => ring.reached(position),
  commands: [
    commandRow<IssueAccessKey, AccessKey>({
      action: 'issue',
      command: IssueAccessKey,
      decide: issue,
      roles: ['administrator'],
      summary: 'Issue an access key; the answer shows its secret, this once',
      creates: true,
      scope: ({ region, subject }) => ({
        region: region ?? null,
        subject: subject === undefined ? null : (normaliseUscc(subject) ?? subject),
      }),
      issuesSecret: true,
    }),
    commandRow<RotateAccessKey, AccessKey>({
      action: 'rotate',
      command: RotateAccessKey,
      decide: rotate,
      roles: ['administrator'],
      summary: 'Give the key a new secret; the old one is dead at once',
      issuesSecret: true,
    }),
    commandRow<RevokeAccessKey, AccessKey>({
      action: 'revoke',
      command: RevokeAccessKey,
      decide: revoke,
      roles: ['administrator'],
      summary: 'Revoke the key for good',
    }),
  ],
  views: [
    viewRow({
      projection: accessKeysView,
      filters: { status: 'status', role: 'role', region: 'region', subject: 'subject' },
      sort: { field: 'issuedAt', order: 'desc' },
      roles: ['administrator', 'auditor'],
      summary: 'Access keys, newest first, without their secrets',
      scopeOf: ({ region, subject }) => ({ region, subject }),
    }),
  ],
});
