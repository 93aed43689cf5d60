import { refuse, type DecisionContext, type Refusal } from '#kernel';

/** A merchant acts for itself only, even with a key that is bound to no subject. */
export function notOwnSubject(uscc: string, { actor, bounds }: DecisionContext<unknown>): Refusal | undefined {
  if (actor.role !== 'merchant' || bounds.subject === uscc) return undefined;
  return refuse('forbidden', 'NOT_OWN_SUBJECT', 'A merchant can do this for its own subject only.');
}
