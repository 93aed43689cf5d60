import { createHmac, createSecretKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

export type TokenKind = 'phone' | 'name';

/**
 * Keyed matching tokens and payload digests (T-20). A plain hash of a phone number is reversed by trying all of them;
 * without the key these cannot be.
 */
export class Tokens {
  readonly #keys: Readonly<Record<TokenKind | 'digest', KeyObject>>;

  constructor(tokenKey: KeyObject) {
    this.#keys = {
      phone: separated(tokenKey, 'token/phone'),
      name: separated(tokenKey, 'token/name'),
      digest: separated(tokenKey, 'digest'),
    };
  }

  /** 128 bits in base64url; undefined when nothing is left to match by ("无", "-"), as that would match strangers. */
  token(kind: TokenKind, value: string): string | undefined {
    const normal = kind === 'phone' ? normalisePhone(value) : normaliseName(value);
    if (normal === '') return undefined;
    return createHmac('sha256', this.#keys[kind]).update(normal).digest().toString('base64url', 0, 16);
  }

  /** HMAC-SHA256 in base64url (43 characters). */
  digest(payload: string): string {
    return createHmac('sha256', this.#keys.digest).update(payload).digest('base64url');
  }
}

/** A key for one purpose, so that a token of one kind says nothing of another kind. */
function separated(key: KeyObject, purpose: string): KeyObject {
  return createSecretKey(createHmac('sha256', key).update(`fangxin/${purpose}`).digest());
}

/**
 * Digits of a phone number as dialled inside China without trunk prefix: full-width digits, separators, `+86`, `0086`, a
 * mobile's bare `86`, and leading zeros go. `0575-8512 3456` and `+86 575 85123456` are the same number.
 */
export function normalisePhone(value: string): string {
  const text = value.normalize('NFKC');
  const digits = text.replace(/\D/g, '');
  if (digits.startsWith('0086')) return withoutTrunk(digits.slice(4));
  if (digits.startsWith('86') && (/^\W*\+/.test(text) || /^861[3-9]\d{9}$/.test(digits)))
    return withoutTrunk(digits.slice(2));
  return withoutTrunk(digits);
}

/** Full-width forms become half-width, all white space goes; undefined characters and case stay as they are. */
export function normaliseName(value: string): string {
  return value
    .normalize('NFKC')
    .replace(/\s/gu, '')
    .replace(/^[-*.?]+$/, '');
}

function withoutTrunk(digits: string): string {
  return digits.replace(/^0+/, '');
}
