import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { YamlReader, type LocalDate } from '#kernel';
import { ruleBook, spanOf } from './read-rules.ts';
import type { Span } from './rule.ts';

/** Duties and grounds that hold on a day, each with its source. Null or empty: none is on record. */
export interface Provisions {
  /** 不予受理情形, by item: those of the day on which the decision is made. */
  readonly refusalGrounds: {
    readonly source: string;
    readonly grounds: Readonly<Record<string, string>>;
    /** Items of S1 Art. 16, and the item of this day's order under which the same ground falls; those it did not know are left out. */
    readonly counterparts: Readonly<Record<string, string>>;
  } | null;
  /** A refusal must give its reasons and name the other routes. */
  readonly refusalGivesReasonsAndRoutes: { readonly source: string } | null;
  /** A real-name reporter is told of the filing decision (L-07). */
  readonly reporterIsTold: { readonly source: string } | null;
  /** A report with new facts starts the clock of verification again (L-06). */
  readonly newFactsRestartVerification: { readonly source: string } | null;
  /** Where the parties cannot agree on who appraises, the authority may designate the institution. */
  readonly authorityDesignatesAppraiser: { readonly source: string } | null;
  /** Number, frequency and likeness of a consumer's complaints are considered (综合考虑), and decide nothing by themselves. */
  readonly factorsAreConsidered: { readonly source: string } | null;
  /** Claims by fraud or blackmail are referred to the police. */
  readonly fraudGoesToPolice: { readonly source: string } | null;
}

type Entry = Span & {
  readonly source: string;
  readonly grounds: Readonly<Record<string, string>>;
  readonly counterparts: Readonly<Record<string, string>>;
};

const SUBJECTS = [
  'refusalGrounds',
  'refusalGivesReasonsAndRoutes',
  'authorityDesignatesAppraiser',
  'factorsAreConsidered',
  'fraudGoesToPolice',
] as const;

const data = readProvisions(readFileSync(new URL('./provisions.yaml', import.meta.url), 'utf8'));

/**
 * What holds on a day. Order 121 has no transitional article: a step taken from 2026-04-15 on follows it, also for a complaint
 * that was received before, so ask for the day of the step [INF].
 */
export function provisionsOn(day: LocalDate): Provisions {
  const grounds = on(data.refusalGrounds, day);
  return {
    refusalGrounds:
      grounds === undefined
        ? null
        : { source: grounds.source, grounds: grounds.grounds, counterparts: grounds.counterparts },
    refusalGivesReasonsAndRoutes: sourceOf(on(data.refusalGivesReasonsAndRoutes, day)),
    reporterIsTold: sourceOf(on(ruleBook.find('L-07')!.versions, day)),
    newFactsRestartVerification: sourceOf(on(ruleBook.find('L-06')!.versions, day)),
    authorityDesignatesAppraiser: sourceOf(on(data.authorityDesignatesAppraiser, day)),
    factorsAreConsidered: sourceOf(on(data.factorsAreConsidered, day)),
    fraudGoesToPolice: sourceOf(on(data.fraudGoesToPolice, day)),
  };
}

function on<Dated extends Span>(entries: readonly Dated[], day: LocalDate): Dated | undefined {
  return entries.find(({ from, to }) => (from === null || from <= day) && (to === null || day <= to));
}

function sourceOf(entry: { readonly source: string } | undefined): { readonly source: string } | null {
  return entry === undefined ? null : { source: entry.source };
}

function readProvisions(yaml: string): Readonly<Record<(typeof SUBJECTS)[number], Entry[]>> {
  const at = new YamlReader(parse(yaml), 'provisions.yaml', 'RULE_INVALID');
  at.only(...SUBJECTS);
  return Object.fromEntries(SUBJECTS.map((subject) => [subject, at.list(subject).map(entryOf)])) as Record<
    (typeof SUBJECTS)[number],
    Entry[]
  >;
}

function entryOf(at: YamlReader): Entry {
  at.only('from', 'to', 'source', 'grounds', 'counterparts');
  return {
    ...spanOf(at),
    source: at.text('source'),
    grounds: textsOf(at, 'grounds'),
    counterparts: textsOf(at, 'counterparts'),
  };
}

function textsOf(at: YamlReader, field: string): Readonly<Record<string, string>> {
  const texts = at.child(field);
  return Object.fromEntries(texts.fields().map((item) => [item, texts.text(item)]));
}
