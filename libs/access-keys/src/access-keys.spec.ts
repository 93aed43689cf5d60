import { describe, expect, it } from '@jest/globals';
import { documentsGiven, given, GIVEN_NOW } from '#kernel';
import { validatorOf } from '#service';
import { evolve, initial } from './access-key.ts';
import { accessKeysContext } from './access-keys.module.ts';
import { IssueAccessKey, LABEL, RevokeAccessKey } from './commands.ts';
import { issue, revoke, rotate } from './decide.ts';
import type { AccessKeyEvent, RecordedAccessKeyEvent } from './events.ts';
import { accessKeysView } from './views/access-keys.ts';

const USCC = '91330100799655058B';
const key = { initial, evolve };
const context = { secretHash: 'hash-1' };

const asIssued = {
  secretHash: 'hash-0',
  role: 'officer',
  region: '330600',
  subject: null,
  label: 'Keqiao office',
  expiresAt: null,
} as const;
const issued: AccessKeyEvent = { type: 'AccessKeyIssued', data: asIssued };
const rotated: AccessKeyEvent = { type: 'AccessKeyRotated', data: { secretHash: 'hash-1' } };
const revoked: AccessKeyEvent = { type: 'AccessKeyRevoked', data: { reason: 'leaked' } };
const past = (...events: AccessKeyEvent[]) => given<ReturnType<typeof evolve>, RecordedAccessKeyEvent>(key, events);

describe('no key yet', () => {
  it('is issued with bounds, label and expiry', () => {
    const command: IssueAccessKey = {
      role: 'merchant',
      region: '330602',
      subject: USCC.toLowerCase(),
      label: 'shop console',
      expiresAt: '2026-12-31T00:00:00+08:00',
    };
    past()
      .when(issue, command, context)
      .then([
        {
          type: 'AccessKeyIssued',
          data: {
            secretHash: 'hash-1',
            role: 'merchant',
            region: '330602',
            subject: USCC,
            label: 'shop console',
            expiresAt: '2026-12-30T16:00:00.000Z',
          },
        },
      ]);
  });

  it('is issued without any bound by an administrator who has none', () => {
    const data = { secretHash: 'hash-1', role: 'auditor', region: null, subject: null, label: null, expiresAt: null };
    past()
      .when(issue, { role: 'auditor' }, context)
      .then([{ type: 'AccessKeyIssued', data: data as typeof asIssued & typeof data }]);
  });

  it('is not issued to a merchant without a subject', () => {
    past()
      .when(issue, { role: 'merchant', region: '330602' }, context)
      .then({ kind: 'invalid', code: 'SUBJECT_REQUIRED', field: 'subject' });
  });

  it('is issued for any region that objects may have, also one that no table knows', () => {
    const { decision } = past().when(issue, { role: 'officer', region: '990004' }, context);
    expect(decision).toMatchObject([{ data: { region: '990004' } }]);
  });

  it.each([GIVEN_NOW, GIVEN_NOW - 1])('is not issued when it would be expired already', (instant) => {
    past()
      .when(issue, { role: 'officer', expiresAt: new Date(instant).toISOString() }, context)
      .then({ kind: 'invalid', code: 'EXPIRES_IN_PAST', field: 'expiresAt' });
  });

  it('cannot be rotated or revoked', () => {
    past().when(rotate, {}, context).then({ kind: 'notFound', code: 'ACCESS_KEY_UNKNOWN' });
    past().when(revoke, { reason: 'lost' }).then({ kind: 'notFound', code: 'ACCESS_KEY_UNKNOWN' });
  });

  it('is a broken promise without a secret’s hash', () => {
    expect(() => past().when(issue, { role: 'officer' })).toThrow(expect.objectContaining({ code: 'SECRET_MISSING' }));
  });
});

describe('an administrator with bounds of its own', () => {
  const bounded = { ...context, bounds: { region: '330600', subject: null } };

  it.each(['330600', '330683', '330621'])('issues keys for %s, within its region', (region) => {
    const { decision } = past().when(issue, { role: 'administrator', region }, bounded);
    expect(decision).toMatchObject([{ type: 'AccessKeyIssued', data: { region } }]);
  });

  it.each([undefined, '330000', '370300'])('issues none for %s, beyond its region', (region) => {
    past()
      .when(issue, { role: 'officer', ...(region !== undefined && { region }) }, bounded)
      .then({ kind: 'forbidden', code: 'REGION_OUT_OF_BOUNDS', field: 'region' });
  });

  it('issues none beyond its subject', () => {
    past()
      .when(issue, { role: 'auditor' }, { ...context, bounds: { region: null, subject: USCC } })
      .then({ kind: 'forbidden', code: 'SUBJECT_OUT_OF_BOUNDS', field: 'subject' });
  });
});

describe('a live key', () => {
  it('gets another secret', () => past(issued).when(rotate, {}, context).then([rotated]));
  it('is revoked with a reason', () => past(issued, rotated).when(revoke, { reason: 'leaked' }).then([revoked]));
  it('is not issued again', () => {
    past(issued).when(issue, { role: 'officer' }, context).then({ kind: 'conflict', code: 'ACCESS_KEY_EXISTS' });
  });
});

describe('a revoked key', () => {
  const refused = { kind: 'conflict', code: 'ACCESS_KEY_REVOKED' } as const;
  it('gets no secret any more', () => past(issued, revoked).when(rotate, {}, context).then(refused));
  it('is not revoked again', () => past(issued, revoked).when(revoke, { reason: 'lost' }).then(refused));
});

describe('the list of keys', () => {
  it('shows what became of each and nothing of its secret', () => {
    const at = (n: number) => `2026-03-0${n}T00:00:00.000Z`;
    const documents = documentsGiven(accessKeysView, [
      { ...issued, stream: 'accessKey-a', occurredAt: at(1) },
      { ...issued, stream: 'accessKey-b', occurredAt: at(1) },
      { ...rotated, stream: 'accessKey-a', occurredAt: at(2) },
      { ...revoked, stream: 'accessKey-a', occurredAt: at(3) },
    ]);
    expect(documents.get('a')).toEqual({
      status: 'revoked',
      role: 'officer',
      region: '330600',
      subject: null,
      label: 'Keqiao office',
      issuedAt: at(1),
      issuedBy: 'key-1',
      expiresAt: null,
      rotatedAt: at(2),
      revokedAt: at(3),
      revokedBy: 'key-1',
      reason: 'leaked',
    });
    expect(documents.get('b')).toMatchObject({ status: 'live', rotatedAt: null, revokedAt: null, reason: null });
    expect(JSON.stringify([...documents.values()])).not.toContain('hash-');
  });
});

describe('the table', () => {
  const table = accessKeysContext({ reached: async () => undefined });

  it('lets administrators only give commands', () => {
    expect(table.commands.map((row) => [row.action, row.roles, row.issuesSecret === true])).toEqual([
      ['issue', ['administrator'], true],
      ['rotate', ['administrator'], true],
      ['revoke', ['administrator'], false],
    ]);
  });

  it('reads the scope off the command and off the key alike', () => {
    const row = table.commands[0]!;
    expect(row.scope?.({ role: 'merchant', region: '330602', subject: USCC.toLowerCase() }, {})).toEqual({
      region: '330602',
      subject: USCC,
    });
    expect(table.scopeOf(past(issued).state)).toEqual({ region: '330600', subject: null });
  });
});

describe('the commands', () => {
  const accepts = (command: new () => object, body: object) => validatorOf(command)(body).errors === undefined;

  it('take a key for a division or a functional zone', () => {
    for (const region of ['330600', '330602001', '370300Z01']) {
      expect(accepts(IssueAccessKey, { role: 'officer', region })).toBe(true);
    }
  });

  it.each([
    {},
    { role: 'root' },
    { role: 'officer', region: 'Shaoxing' },
    { role: 'merchant', subject: '91310000132297653A' },
    { role: 'officer', label: '13800138000' },
    { role: 'officer', expiresAt: '2026-12-31' },
    { role: 'officer', secretHash: 'mine' },
  ])('refuse to issue %j', (body) => expect(accepts(IssueAccessKey, body)).toBe(false));

  it('take a reason from the list and no text', () => {
    expect(accepts(RevokeAccessKey, { reason: 'leaked' })).toBe(true);
    expect(accepts(RevokeAccessKey, { reason: 'Zhang San left' })).toBe(false);
    expect(accepts(RevokeAccessKey, {})).toBe(false);
  });
});

describe('labels', () => {
  it.each(['Keqiao office', '绍兴12345热线', 'ci/bench-2'])('may be %j', (label) => expect(label).toMatch(LABEL));
  it.each(['', ' x', '13800138000', 'Zhang San 13800138000', 'x'.repeat(41), 'a@b.cn', 'a\nb'])(
    'may not be %j',
    (label) => expect(label).not.toMatch(LABEL),
  );
});
