import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

const SECRET_BYTES = 32;

/** A new bearer secret: `fx_` and 256 random bits in base64url. Shown once, never stored. */
export function newSecret(): string {
  return `fx_${randomBytes(SECRET_BYTES).toString('base64url')}`;
}

export interface KeyHasher {
  /** HMAC-SHA256 of a secret in base64url (43 characters): what the log and the memory hold instead of it. */
  secretHash(secret: string): string;
}

/**
 * Hashes secrets under an installation's pepper. An administrator may choose a weak secret; without the pepper, which is
 * not in the log, it still cannot be guessed from its hash.
 *
 * Finding a key by this hash in a map takes time that depends on the hash only, and nobody without the pepper can
 * choose a hash: the timing tells nothing about the secrets that exist, so no constant-time comparison is needed.
 */
export function openKeyHasher(pepper: KeyObject | Uint8Array): KeyHasher {
  // As a key object, because a raw buffer would be imported again on every request.
  const root = pepper instanceof Uint8Array ? createSecretKey(pepper) : pepper;
  const key = createSecretKey(createHmac('sha256', root).update('fangxin/access-key').digest());
  return { secretHash: (secret) => createHmac('sha256', key).update(secret).digest('base64url') };
}
