import { newSecret } from '#access';
import type { KeyHasher } from '#access';
import type { EventLog } from '#event-log';
import { derivedId, Failure } from '#kernel';
import type { Clock } from '#kernel';
import { evolve, initial } from './access-key.ts';
import type { AccessKey } from './access-key.ts';
import { accessKeySchemas } from './events.ts';
import type { AccessKeyEvent, RecordedAccessKeyEvent } from './events.ts';

export interface EnsureAdministratorOptions {
  /** The secret the administrator's key shall have (`FANGXIN_ADMIN_KEY`); without it one is made where none exists. */
  readonly adminKey?: string | undefined;
  readonly clock: Clock;
}

/** Keys that this function made: `administrator`, and after it was revoked `administrator-2` and so on. */
const BOOTSTRAP = 'administrator';

/** What a bearer token may be made of (RFC 6750 `b64token`, and any other visible ASCII). */
const HEADER_SAFE = /^[\x21-\x7e]+$/;

/**
 * Sees to it that somebody can administer. Call before the service listens.
 *
 * - With `adminKey`: exactly that secret opens the bootstrap administrator key afterwards (issued, or rotated where it
 *   differs); at every later start with the same secret nothing is written. Answers undefined.
 * - Without: answers a new secret, to be shown once, where no live administrator key without bounds exists.
 *
 * Throws `ADMIN_KEY_INVALID`, `ADMIN_KEY_REVOKED` (that very secret was revoked) or `ADMIN_KEY_IN_USE` (another key has it).
 * A secret that was lost is replaced by starting with an `adminKey`.
 */
export async function ensureAdministrator(
  log: EventLog,
  hasher: KeyHasher,
  { adminKey, clock }: EnsureAdministratorOptions,
): Promise<string | undefined> {
  if (adminKey !== undefined && !HEADER_SAFE.test(adminKey)) {
    throw new Failure('ADMIN_KEY_INVALID', 'the administrator key must be visible ASCII characters without spaces');
  }
  const keys = await readKeys(log);
  if (adminKey === undefined && [...keys.values()].some((key) => isAdministrator(key, clock))) return undefined;

  const secret = adminKey ?? newSecret();
  const secretHash = hasher.secretHash(secret);
  const id = bootstrapId(keys);
  refuseTaken(keys, id, secretHash);
  await write(log, id, keys.get(id) ?? initial, secretHash, clock);
  return adminKey === undefined ? secret : undefined;
}

async function readKeys(log: EventLog): Promise<ReadonlyMap<string, AccessKey & { version: number }>> {
  const keys = new Map<string, AccessKey & { version: number }>();
  const options = { types: Object.keys(accessKeySchemas), limit: 1000 };
  for (let after = 0; ;) {
    const events = await log.readAll(after, options);
    for (const event of events) {
      const id = event.stream.slice('accessKey-'.length);
      keys.set(id, { ...evolve(keys.get(id) ?? initial, event as RecordedAccessKeyEvent), version: event.version });
    }
    if (events.length < options.limit) return keys;
    after = events.at(-1)!.position;
  }
}

function isAdministrator(key: AccessKey, clock: Clock): boolean {
  return (
    key.status === 'live' &&
    key.role === 'administrator' &&
    key.scope.region === null &&
    key.scope.subject === null &&
    (key.expiresAt === null || clock.now() < key.expiresAt)
  );
}

function bootstrapId(keys: ReadonlyMap<string, AccessKey>): string {
  let id = BOOTSTRAP;
  for (let n = 2; keys.get(id)?.status === 'revoked'; n++) id = `${BOOTSTRAP}-${n}`;
  return id;
}

function refuseTaken(keys: ReadonlyMap<string, AccessKey>, id: string, secretHash: string): void {
  for (const [other, key] of keys) {
    if (other === id || key.status === 'none' || key.secretHash !== secretHash) continue;
    if (key.status === 'revoked') {
      throw new Failure('ADMIN_KEY_REVOKED', 'the given administrator key was revoked; choose another');
    }
    throw new Failure('ADMIN_KEY_IN_USE', `the given administrator key is the secret of access key ${other}`);
  }
}

async function write(
  log: EventLog,
  id: string,
  key: AccessKey & { version?: number },
  secretHash: string,
  clock: Clock,
): Promise<void> {
  if (key.status === 'live' && key.secretHash === secretHash) return;
  const version = key.version ?? 0;
  const bounds = { region: null, subject: null, label: 'bootstrap', expiresAt: null };
  const event: AccessKeyEvent =
    key.status === 'live'
      ? { type: 'AccessKeyRotated', data: { secretHash } }
      : { type: 'AccessKeyIssued', data: { secretHash, role: 'administrator', ...bounds } };
  await log.append(`accessKey-${id}`, version, [event], {
    commandId: derivedId('ensure-administrator', id, String(version), secretHash),
    payloadDigest: secretHash,
    actor: { id: 'bootstrap', role: 'process' },
    occurredAt: clock.now(),
  });
}
