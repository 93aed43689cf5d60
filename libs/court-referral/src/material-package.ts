import { hash } from 'node:crypto';
import { derivedId, refuse, type Refusal } from '#kernel';
import { PARTIES, type Party } from '#negotiation/events';
import { MATERIAL_KINDS, WITHHELD_KINDS, type Material, type MaterialKind } from './events.ts';

/** 移送材料: what goes to the court, under the name that follows from what it holds. */
export interface MaterialPackage {
  readonly package: string;
  readonly hash: string;
  readonly items: readonly Material[];
  readonly factsAgreedBy: readonly Party[];
}

/**
 * The package of a referral with these items, each `{kind}={reference}`. Refuses what was conceded for a settlement, and facts
 * that not both parties have confirmed (S9 22, S10 18).
 */
export function packageOf(
  referralId: string,
  written: readonly string[],
  factsAgreedBy: readonly Party[],
): MaterialPackage | Refusal {
  const items: Material[] = [];
  for (const text of written) {
    const item = materialOf(text);
    if ('refused' in item) return item;
    items.push(item);
  }
  items.sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1));
  if (items.some((item, index) => index > 0 && canonical(item) === canonical(items[index - 1]!))) {
    return refuse('invalid', 'MATERIAL_TWICE', 'A material is in the package once.', 'items');
  }
  const hasFacts = items.some(({ kind }) => kind === 'undisputed-fact');
  const agreedBy = PARTIES.filter((party) => factsAgreedBy.includes(party));
  if (hasFacts && agreedBy.length < PARTIES.length) {
    const detail = 'Only facts that both parties have confirmed go to the court as undisputed.';
    return refuse('invalid', 'FACTS_NOT_AGREED', detail, 'factsAgreedBy');
  }
  const digest = hash('sha256', `[${items.map(canonical).join(',')}]`);
  const name = derivedId('referral-package', referralId, digest);
  return { package: name, hash: digest, items, factsAgreedBy: hasFacts ? agreedBy : [] };
}

function materialOf(text: string): Material | Refusal {
  const at = text.indexOf('=');
  const [kind, reference] = [text.slice(0, at), text.slice(at + 1)];
  if ((WITHHELD_KINDS as readonly string[]).includes(kind)) {
    const detail = 'What was conceded or offered for a settlement is not passed on to the court (S9 22, S10 18).';
    return refuse('invalid', 'CONCESSION_NOT_TRANSFERABLE', detail, 'items');
  }
  if (!(MATERIAL_KINDS as readonly string[]).includes(kind)) {
    const detail = `A material is one of ${MATERIAL_KINDS.join(', ')}.`;
    return refuse('invalid', 'UNKNOWN_MATERIAL_KIND', detail, 'items');
  }
  return { kind: kind as MaterialKind, reference };
}

/** RFC 8785: keys in order, and references hold nothing that is written in two ways. */
function canonical({ kind, reference }: Material): string {
  return JSON.stringify({ kind, reference });
}
