/** Who may act and read. Each access key carries one role, and may be bound to a region and a subject. */
export const ROLES = [
  'hotline',
  'officer',
  // 负责人, the head of an authority or who acts for it: decides what the law leaves to nobody else.
  'head',
  'mediator',
  'merchant',
  'court',
  'enforcement',
  'programme-office',
  'auditor',
  'administrator',
  'public',
] as const;
export type Role = (typeof ROLES)[number];

/** Region and subject (USCC) that an object belongs to, or that a key is bound to; null = none. */
export interface Scope {
  readonly region: string | null;
  readonly subject: string | null;
  /** Other regions that have to do with an object: keys of those reach it as well. */
  readonly alsoIn?: readonly string[];
}

/** An authenticated caller. */
export interface Principal {
  readonly keyId: string;
  readonly role: Role;
  /** The bounds of the key. */
  readonly scope: Scope;
}

/** Turns a bearer secret into a principal; undefined when no live key has it. Synchronous: it stands on every request. */
export interface Authenticator {
  authenticate(secret: string): Principal | undefined;
}
