import { refuse, type Refusal } from '#kernel';
import type { Party } from './events.ts';

/** A party's own key speaks for that party alone; what somebody else enters for it is proven. */
export function refuseSpeaking(role: string, party: Party, evidence: readonly string[]): Refusal | undefined {
  const own = role === 'merchant' ? 'merchant' : role === 'public' ? 'consumer' : undefined;
  if (own !== undefined && own !== party) {
    return refuse('forbidden', 'NOT_YOUR_PARTY', `A key of role ${role} cannot speak for this party.`, 'party');
  }
  if (own !== undefined || evidence.length > 0) return undefined;
  return refuse('invalid', 'EVIDENCE_REQUIRED', 'What somebody else enters for a party is proven.', 'evidence');
}
