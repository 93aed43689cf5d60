import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKeyHasher } from '#access';
import { openEmbeddedEventLog } from '#event-log';
import type { EventLog } from '#event-log';
import { Failure, newCommandId } from '#kernel';
import { ensureAdministrator } from './ensure-administrator.ts';
import type { AccessKeyEvent, AccessKeyEvents } from './events.ts';
import { accessKeySchemas } from './events.ts';
import { KeyRing } from './key-ring.ts';

const hasher = openKeyHasher(Buffer.alloc(32, 7));
const schemas = [accessKeySchemas, { SomethingElse: { schemaVersion: 1 } }];

let now: number;
const clock = { now: () => now };
let folder: string;
let log: EventLog;
let ring: KeyRing | undefined;

beforeEach(() => {
  now = Date.UTC(2026, 2, 4);
  folder = mkdtempSync(join(tmpdir(), 'fangxin-keys-'));
  log = openEmbeddedEventLog({ folder, clock, schemas });
});
afterEach(async () => {
  await ring?.close();
  ring = undefined;
  await log.close();
  rmSync(folder, { recursive: true });
});

const openRing = async () => (ring = await KeyRing.open({ log, hasher, clock }));
const metadata = () => ({
  commandId: newCommandId(now),
  payloadDigest: 'digest',
  actor: { id: 'k', role: 'administrator' },
  occurredAt: now,
});
const record = async (id: string, ...events: AccessKeyEvent[]) =>
  (await log.append(`accessKey-${id}`, 'any', events, metadata())).position;
const issued = (secret: string, more: Partial<AccessKeyEvents['AccessKeyIssued']> = {}): AccessKeyEvent => ({
  type: 'AccessKeyIssued',
  data: {
    secretHash: hasher.secretHash(secret),
    role: 'officer',
    region: '330600',
    subject: null,
    label: null,
    expiresAt: null,
    ...more,
  },
});
const rotated = (secret: string): AccessKeyEvent => ({
  type: 'AccessKeyRotated',
  data: { secretHash: hasher.secretHash(secret) },
});
const revoked: AccessKeyEvent = { type: 'AccessKeyRevoked', data: { reason: 'leaked' } };
const officer = { keyId: 'a', role: 'officer', scope: { region: '330600', subject: null } };

describe('the key ring', () => {
  it('opens empty on an empty log, to nobody', async () => {
    const keys = await openRing();
    expect(keys.authenticate('fx_a')).toBeUndefined();
    expect(keys.authenticate('')).toBeUndefined();
  });

  it('knows every key recorded before it opened', async () => {
    await record('a', issued('fx_a'));
    await record('b', issued('fx_b', { role: 'merchant', region: null, subject: '91330100799655058B' }));
    await record('c', issued('fx_c'), revoked);
    await log.append('other-1', 'any', [{ type: 'SomethingElse', data: {} }], metadata());
    const keys = await openRing();
    expect(keys.authenticate('fx_a')).toEqual(officer);
    expect(keys.authenticate('fx_b')?.scope.subject).toBe('91330100799655058B');
    expect(keys.authenticate('fx_c')).toBeUndefined();
    expect(keys.authenticate(hasher.secretHash('fx_a'))).toBeUndefined();
  });

  it('follows: a new key opens, a rotated or revoked secret is dead, once the position is reached', async () => {
    const keys = await openRing();
    await keys.reached(await record('a', issued('fx_1')));
    expect(keys.authenticate('fx_1')).toEqual(officer);
    await keys.reached(await record('a', rotated('fx_2')));
    expect([keys.authenticate('fx_1'), keys.authenticate('fx_2')]).toEqual([undefined, officer]);
    await keys.reached(await record('a', revoked));
    expect([keys.authenticate('fx_1'), keys.authenticate('fx_2')]).toEqual([undefined, undefined]);
  });

  it('reaches positions of other events too', async () => {
    const keys = await openRing();
    const { position } = await log.append('other-1', 'any', [{ type: 'SomethingElse', data: {} }], metadata());
    await keys.reached(position);
    await keys.reached(0);
    expect(keys.authenticate('fx_1')).toBeUndefined();
  });

  it('honours the moment of expiry', async () => {
    const expiresAt = now + 1000;
    await record('a', issued('fx_a', { expiresAt: new Date(expiresAt).toISOString() }));
    const keys = await openRing();
    now = expiresAt - 1;
    expect(keys.authenticate('fx_a')).toEqual(officer);
    now = expiresAt;
    expect(keys.authenticate('fx_a')).toBeUndefined();
  });

  it('opens to nobody while it cannot follow, and catches up afterwards', async () => {
    let isBroken = false;
    const reports: unknown[] = [];
    const breaking = {
      head: () => log.head(),
      async *follow(...args: Parameters<EventLog['follow']>) {
        for await (const batch of log.follow(...args)) {
          if (isBroken) throw new Error('disk gone');
          yield batch;
        }
      },
    };
    const parts = { log: breaking, hasher, clock, retryAfterMs: 5, report: (error: unknown) => reports.push(error) };
    ring = await KeyRing.open(parts);
    await ring.reached(await record('a', issued('fx_a')));
    isBroken = true;
    const position = await record('a', revoked);
    const unavailable = expect.objectContaining({ code: 'ACCESS_KEYS_UNAVAILABLE', retryable: true });
    await expect(ring.reached(position)).rejects.toEqual(unavailable);
    expect(() => ring!.authenticate('fx_a')).toThrow(unavailable as unknown as Failure);
    expect(reports.length).toBeGreaterThan(0);

    isBroken = false;
    while (
      await ring.reached(position).then(
        () => false,
        () => true,
      )
    )
      await new Promise((done) => setTimeout(done, 5));
    expect(ring.authenticate('fx_a')).toBeUndefined();
  });

  it('opens to nobody after it was closed', async () => {
    await record('a', issued('fx_a'));
    const keys = await openRing();
    await keys.close();
    expect(() => keys.authenticate('fx_a')).toThrow(Failure);
    await expect(keys.reached(99)).rejects.toThrow(Failure);
  });
});

describe('the administrator key', () => {
  const ensure = (adminKey?: string) => ensureAdministrator(log, hasher, { adminKey, clock });
  const roleOf = async (secret: string) => {
    await ring?.close();
    return (await openRing()).authenticate(secret)?.role;
  };
  const failing = (code: string) => expect.objectContaining({ name: 'Failure', code });

  it('is made at the first start and shown this once', async () => {
    const secret = await ensure();
    expect(secret).toMatch(/^fx_/);
    expect(await roleOf(secret!)).toBe('administrator');
    expect(await ensure()).toBeUndefined();
    expect(await log.head()).toBe(1);
    const [event] = await log.readAll(0);
    expect(JSON.stringify(event)).not.toContain(secret);
  });

  it('is the given one, and the same one at every later start', async () => {
    for (let start = 0; start < 3; start++) expect(await ensure('given-secret')).toBeUndefined();
    expect(await log.head()).toBe(1);
    expect(await roleOf('given-secret')).toBe('administrator');
    expect(await ensure()).toBeUndefined();
  });

  it('follows the given one when that changes, and the former is dead', async () => {
    const first = await ensure();
    await ensure('second');
    await ensure('third');
    expect(await log.head()).toBe(3);
    expect([await roleOf(first!), await roleOf('second'), await roleOf('third')]).toEqual([
      undefined,
      undefined,
      'administrator',
    ]);
    await ensure('second');
    expect(await roleOf('second')).toBe('administrator');
  });

  it('is not made while an administrator without bounds has a live key, and is made when none has', async () => {
    await record('a', issued('fx_a', { role: 'administrator', region: '330600' }));
    await record('b', issued('fx_b', { role: 'administrator', region: null, expiresAt: '2026-03-05T00:00:00.000Z' }));
    expect(await ensure()).toBeUndefined();
    now = Date.UTC(2026, 2, 5);
    expect(await roleOf((await ensure())!)).toBe('administrator');
  });

  it('is another one after it was revoked; the revoked secret stays dead', async () => {
    await ensure('leaked');
    await record('administrator', revoked);
    await expect(ensure('leaked')).rejects.toEqual(failing('ADMIN_KEY_REVOKED'));
    await ensure('fresh');
    expect([await roleOf('leaked'), await roleOf('fresh')]).toEqual([undefined, 'administrator']);
    expect(await ensure('fresh')).toBeUndefined();
    expect(await log.head()).toBe(3);
  });

  it('is refused when it is another key’s secret, or fits no header', async () => {
    await record('a', issued('hotline-secret', { role: 'hotline' }));
    await expect(ensure('hotline-secret')).rejects.toEqual(failing('ADMIN_KEY_IN_USE'));
    for (const bad of ['', 'two words', 'line\nbreak', '密钥']) {
      await expect(ensure(bad)).rejects.toEqual(failing('ADMIN_KEY_INVALID'));
    }
    expect(await log.head()).toBe(1);
  });
});
