import { createCipheriv, createDecipheriv, createSecretKey, randomFillSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/**
 * Envelope encryption (NIST SP 800-38D, AES-256-GCM): personal data is sealed under a fresh key of its own, and that key
 * is wrapped under the master key. Whoever loses the wrapped key has lost the data. The person's id is bound into both
 * (AAD), so that neither can be moved to another person.
 *
 * Both forms are nonce (12 bytes), ciphertext, tag (16 bytes). Random nonces are safe for 2³² wraps under one master key.
 */
export interface Sealed {
  readonly wrapped: Buffer;
  readonly sealed: Buffer;
}

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function seal(master: KeyObject, personId: string, plaintext: string): Sealed {
  const fresh = random(KEY_BYTES);
  const key = createSecretKey(fresh);
  const aad = Buffer.from(personId);
  const result = { wrapped: encrypt(master, aad, fresh), sealed: encrypt(key, aad, Buffer.from(plaintext)) };
  fresh.fill(0);
  return result;
}

/** The plaintext; undefined when anything was changed, or sealed under another master key. */
export function unseal(master: KeyObject, personId: string, { wrapped, sealed }: Sealed): string | undefined {
  const aad = Buffer.from(personId);
  const key = decrypt(master, aad, wrapped);
  if (key?.length !== KEY_BYTES) return undefined;
  return decrypt(createSecretKey(key), aad, sealed)?.toString('utf8');
}

function encrypt(key: KeyObject, aad: Buffer, plaintext: Buffer): Buffer {
  const nonce = random(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(aad);
  const body = cipher.update(plaintext);
  return Buffer.concat([nonce, body, cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: KeyObject, aad: Buffer, box: Buffer): Buffer | undefined {
  if (box.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv(ALGORITHM, key, box.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(aad).setAuthTag(box.subarray(-TAG_BYTES));
  const body = decipher.update(box.subarray(NONCE_BYTES, -TAG_BYTES));
  try {
    return Buffer.concat([body, decipher.final()]);
  } catch {
    // The one thing final() throws for is a tag that does not match.
    return undefined;
  }
}

/** Asking the system for a few bytes costs as much as for thousands. Each byte is handed out once and wiped behind. */
const pool = Buffer.allocUnsafeSlow(8192);
let taken = pool.length;

function random(size: number): Buffer {
  if (taken + size > pool.length) {
    randomFillSync(pool);
    taken = 0;
  }
  const bytes = Buffer.from(pool.subarray(taken, taken + size));
  pool.fill(0, taken, taken + size);
  taken += size;
  return bytes;
}
