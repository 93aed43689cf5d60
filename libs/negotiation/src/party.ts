import type { Refusal } from '#kernel';
import { refuse } from '#kernel';
import type { Party } from './events.ts';

/** Roles that speak for the consumer: they took the consumer's word, or are the consumer's own way in. */
export const CONSUMER_SIDE = ['hotline', 'officer', 'mediator', 'public'] as const;

/** Roles that may be at the table at all; administrators are always let in by the service. */
export const BOTH_SIDES = [...CONSUMER_SIDE, 'merchant'] as const;

/**
 * The party a key acts for: its own by role, and for an administrator the one said, else `unsaid`. A merchant's key is
 * bound to its subject, so it can never speak for the consumer it settles with.
 */
export function partyOf(role: string, said: Party | undefined, unsaid: Party = 'consumer'): Party | Refusal {
  if (role === 'administrator') return said ?? unsaid;
  const own = ownParty(role);
  if (own === undefined || (said !== undefined && said !== own)) {
    return refuse('forbidden', 'NOT_YOUR_PARTY', `A key of role ${role} cannot act for this party.`, 'onBehalfOf');
  }
  return own;
}

function ownParty(role: string): Party | undefined {
  if (role === 'merchant') return 'merchant';
  return (CONSUMER_SIDE as readonly string[]).includes(role) ? 'consumer' : undefined;
}
