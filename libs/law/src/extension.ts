import { Failure, type LocalDate } from '#kernel';
import type { ExtensionRule, RuleVersion } from './rule.ts';

/** 延长期限: a grant. */
export interface Extension {
  /** Day of the grant; null is taken as in time. */
  readonly grantedOn: LocalDate | null;
  /** By how much, in the unit of the period; what the rule gives unless said. */
  readonly by?: number | undefined;
}

/** A grant with its amount. */
export interface GrantedExtension {
  readonly grantedOn: LocalDate | null;
  readonly by: number;
  readonly grantedBy: string;
}

/**
 * Grants in order, each with the amount its rule gives. Throws `EXTENSION_NOT_ALLOWED` for one more than the rule has,
 * `EXTENSION_AMOUNT_NEEDED` where the rule leaves the amount to who grants it, `EXTENSION_TOO_LONG`.
 */
export function grants(version: RuleVersion, extensions: readonly Extension[]): readonly GrantedExtension[] {
  if (extensions.length === 0) return [];
  const ordered = extensions.toSorted((a, b) => compare(a.grantedOn, b.grantedOn));
  return ordered.map((extension, index) => granted(version, extension, index));
}

function granted(version: RuleVersion, { grantedOn, by }: Extension, index: number): GrantedExtension {
  const rule = ruleOf(version, index);
  const amount = by ?? rule.by?.count;
  if (amount === undefined) {
    throw new Failure(
      'EXTENSION_AMOUNT_NEEDED',
      `${version.id}: ${rule.grantedBy} says by how much; the rule does not`,
    );
  }
  if (!Number.isSafeInteger(amount) || amount < 1 || amount > LONGEST) {
    throw new Failure('INVALID_EXTENSION', `${amount} is no amount of an extension`);
  }
  if (rule.by !== null && amount > rule.by.count) {
    throw new Failure('EXTENSION_TOO_LONG', `${version.id} may be extended by ${rule.by.count} at most, not ${amount}`);
  }
  return { grantedOn, by: amount, grantedBy: rule.grantedBy };
}

/** A century of days: what is longer is a mistake, not an extension. */
const LONGEST = 36_525;

/** The rule of the nth extension, from 0. */
function ruleOf(version: RuleVersion, index: number): ExtensionRule {
  let before = 0;
  for (const rule of version.extensions) {
    if (rule.times === null || index < before + rule.times) return rule;
    before += rule.times;
  }
  const many = before === 0 ? 'no extension' : `no more than ${before}`;
  throw new Failure('EXTENSION_NOT_ALLOWED', `${version.id} has ${many} (${version.source})`);
}

function compare(a: LocalDate | null, b: LocalDate | null): number {
  return (a ?? '') < (b ?? '') ? -1 : (a ?? '') > (b ?? '') ? 1 : 0;
}
