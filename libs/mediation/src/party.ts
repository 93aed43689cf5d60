import { refuse, type Refusal } from '#kernel';
import type { Party } from './mediation-events.ts';

/** Roles behind which those stand who mediate, or answer for a mediation. */
export const MEDIATING = ['officer', 'administrator', 'mediator', 'court'] as const;
/** Roles of the authority (机关) itself. */
export const AUTHORITY = ['officer', 'administrator'] as const;

export function isMediating(role: string): boolean {
  return (MEDIATING as readonly string[]).includes(role);
}

export function isAuthority(role: string): boolean {
  return (AUTHORITY as readonly string[]).includes(role);
}

/** The party that a key of this role speaks for by itself: a merchant's is bound to its subject, and never speaks for the consumer. */
export function ownParty(role: string): Party | undefined {
  if (role === 'merchant') return 'merchant';
  return role === 'public' ? 'consumer' : undefined;
}

/** Whose word it is: the key's own, or that of the party whose word was taken down. */
export function partyOf(role: string, said: Party | undefined, field: string): Party | Refusal {
  const own = ownParty(role);
  if (own === undefined) {
    return said ?? refuse('invalid', 'PARTY_REQUIRED', 'Say which party this comes from.', field);
  }
  if (said === undefined || said === own) return own;
  return refuse('forbidden', 'NOT_YOUR_PARTY', `A key of role ${role} cannot speak for this party.`, field);
}
