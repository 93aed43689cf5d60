import type { Role, Scope } from '#access';
import { Failure, parseInstant, unreachable } from '#kernel';
import type { Instant } from '#kernel';
import type { RecordedAccessKeyEvent } from './events.ts';

export interface IssuedKey {
  readonly role: Role;
  readonly scope: Scope;
  /** Hash of the secret that opens it, or last opened it. */
  readonly secretHash: string;
  readonly expiresAt: Instant | null;
}

export type AccessKey = { readonly status: 'none' } | (IssuedKey & { readonly status: 'live' | 'revoked' });

export const initial: AccessKey = { status: 'none' };

export function evolve(state: AccessKey, event: RecordedAccessKeyEvent): AccessKey {
  if (event.type === 'AccessKeyIssued') {
    const { role, region, subject, secretHash } = event.data;
    return {
      status: 'live',
      role,
      scope: { region, subject },
      secretHash,
      expiresAt: instantOrNull(event.data.expiresAt),
    };
  }
  if (state.status === 'none') throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  switch (event.type) {
    case 'AccessKeyRotated':
      return { ...state, secretHash: event.data.secretHash };
    case 'AccessKeyRevoked':
      return { ...state, status: 'revoked' };
    default:
      return unreachable(event);
  }
}

function instantOrNull(text: string | null): Instant | null {
  if (text === null) return null;
  const instant = parseInstant(text);
  // Read as "never expires", a damaged instant would open the door for good.
  if (instant === undefined) throw new Failure('BROKEN_HISTORY', `an access key expires at ${text}`);
  return instant;
}
