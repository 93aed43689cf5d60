import type { Role } from '#access';
import type { EventOf, EventSchemas, RecordedOf } from '#kernel';

/** Why a key was revoked. A list, not text: the log keeps no word about a person. */
export const REVOCATION_REASONS = ['leaked', 'lost', 'holder-left', 'replaced', 'not-needed', 'other'] as const;
export type RevocationReason = (typeof REVOCATION_REASONS)[number];

/** Events of an access key, stream `accessKey-{id}`. The secret itself is shown once and stored nowhere. */
export interface AccessKeyEvents {
  AccessKeyIssued: {
    /** Keyed hash of the secret (`KeyHasher`). */
    readonly secretHash: string;
    readonly role: Role;
    /** Bounds of the key; null = not bound. */
    readonly region: string | null;
    readonly subject: string | null;
    /** What the key is for. Names a system or an office, never a person. */
    readonly label: string | null;
    /** ISO 8601 UTC; from this moment on the key opens nothing. Null = never. */
    readonly expiresAt: string | null;
  };
  /** A new secret for the same key; the old one is dead at once. */
  AccessKeyRotated: { readonly secretHash: string };
  AccessKeyRevoked: { readonly reason: RevocationReason };
}

export type AccessKeyEvent = EventOf<AccessKeyEvents>;
export type RecordedAccessKeyEvent = RecordedOf<AccessKeyEvents>;

export const accessKeySchemas: EventSchemas & Record<keyof AccessKeyEvents, { schemaVersion: number }> = {
  AccessKeyIssued: { schemaVersion: 1 },
  AccessKeyRotated: { schemaVersion: 1 },
  AccessKeyRevoked: { schemaVersion: 1 },
};
