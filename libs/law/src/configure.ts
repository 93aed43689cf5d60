import { hash } from 'node:crypto';
import { parse } from 'yaml';
import { Failure, YamlReader } from '#kernel';
import { parseRules, type Regulation } from './read-rules.ts';
import type { RuleBook } from './rule-book.ts';
import type { Rule, RuleVersion } from './rule.ts';

/**
 * The book with what a configuration sets: the versions of a rule that has no source (`id` and `versions`), or a whole rule of
 * its own, such as another province's hotline. A regulation is one of those known, or `none`.
 * Throws `RULE_INVALID` when it would change what the law states: law is data, but no configuration.
 */
export function configure(
  book: RuleBook,
  yaml: string,
  file: string,
  regulations: ReadonlyMap<string, Regulation>,
): RuleBook {
  const rules = parseRules(completed(book, yaml, file), file, regulations);
  return book.configured(rules.map((rule) => ({ ...rule, versions: rule.versions.map(marked) })));
}

/**
 * A version with the digest of what it computes by: the number of yesterday's file is not taken for today's, while a version
 * that only ends, as another follows it, stays itself.
 */
function marked(version: RuleVersion): RuleVersion {
  const { period, suspendedBy, extensions, roll } = version;
  const digest = hash('sha256', JSON.stringify([period, suspendedBy, extensions, roll]), 'hex');
  return { ...version, configuration: digest.slice(0, 8) };
}

/** Fills a rule that is named by its id only with what the book says of it. */
function completed(book: RuleBook, yaml: string, file: string): string {
  const content = parsed(yaml, file);
  const at = new YamlReader(content, file, 'RULE_INVALID').only('rules');
  const rules = at.list('rules').map((rule, index) => {
    const id = rule.text('id');
    const known = book.find(id);
    if (known !== undefined && known.limit !== 'unknown') throw rule.invalid('id', `set by law: ${id}`);
    const written = (content as { rules: object[] }).rules[index]!;
    return known === undefined ? written : { ...described(known), ...written, id: known.id };
  });
  return JSON.stringify({ rules });
}

function described({ id, name, title, clock, region, selectedBy, starts, completes }: Rule): object {
  const governs = { ...(clock === null ? {} : { clock }), ...(region === null ? {} : { region }) };
  return { id, name, title, ...governs, limit: 'stated', selectedBy, starts, completes };
}

function parsed(yaml: string, file: string): unknown {
  try {
    return parse(yaml);
  } catch (error) {
    throw new Failure('RULE_INVALID', `${file} is no YAML: ${(error as Error).message}`);
  }
}
