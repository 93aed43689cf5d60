import { refuse, type Refusal } from '#kernel';
import type { RegisteredMediator } from './mediator.ts';
import type { Tokens } from './reads.ts';

/** Whom a dispute is between. */
export interface PartiesOfDispute {
  readonly respondentUscc: string | null;
  /** Of everybody who complains. */
  readonly complainantTokens: readonly Tokens[];
}

/**
 * 利害冲突: why a mediator may not mediate between these. Undefined: nothing that was declared stands against it. A name alone
 * does not tell a relative from a stranger (T-20): then a person has to look first.
 */
export function conflictOfInterest(
  { personTokens, interests }: RegisteredMediator,
  { respondentUscc, complainantTokens }: PartiesOfDispute,
  relativeRuledOut: boolean,
): Refusal | undefined {
  if (respondentUscc !== null && interests.some(({ uscc }) => uscc === respondentUscc)) {
    return refuse('conflict', 'MEDIATOR_HAS_INTEREST', 'The mediator is tied to the respondent.', 'mediatorId');
  }
  const likenessTo = (tokens: Tokens) => complainantTokens.map((complainant) => isSame(tokens, complainant));
  if (likenessTo(personTokens).includes('same')) {
    return refuse('conflict', 'MEDIATOR_IS_PARTY', 'The mediator is the complainant.', 'mediatorId');
  }
  const relatives = interests.flatMap(({ relativeTokens }) => relativeTokens ?? []);
  const likeness = [personTokens, ...relatives].flatMap(likenessTo);
  if (likeness.includes('same')) {
    return refuse('conflict', 'MEDIATOR_HAS_INTEREST', 'The complainant is a relative of the mediator.', 'mediatorId');
  }
  if (likeness.includes('perhaps') && !relativeRuledOut) {
    const detail = 'The complainant has the name of the mediator or of a relative: find out, and say relativeRuledOut.';
    return refuse('conflict', 'RELATIVE_TO_BE_RULED_OUT', detail, 'relativeRuledOut');
  }
  return undefined;
}

/** `same`: one telephone. `perhaps`: one name, and no telephone on one side to tell them apart. */
function isSame(one: Tokens, other: Tokens): 'same' | 'perhaps' | 'other' {
  if (one.phone !== undefined && other.phone !== undefined) return one.phone === other.phone ? 'same' : 'other';
  return one.name !== undefined && one.name === other.name ? 'perhaps' : 'other';
}
