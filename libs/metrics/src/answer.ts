import { epochDay, formatInstant, localDateFromEpochDay } from '#kernel';
import { firstDayOf, monthOf } from './counter-table.ts';
import type { FactBook } from './fact-book.ts';
import type { Row } from './fact-store.ts';
import { rateOf } from './figure.ts';
import type { Figure, Group, Grouping, Ratio, Window } from './figure.ts';
import { FIRST_EXCLUSION, formulaName, NOWHERE, NUMERATOR } from './formula.ts';
import type { CompiledVariant } from './formula.ts';
import { attributionsOf, countedDays } from './question.ts';
import type { Question } from './question.ts';

/** Counts per cell, by the name of the attribution day: variants of one formula may use different days. */
type Sums = ReadonlyMap<string, Float64Array>;

/** The figure of the whole, or of one part of its window. */
export function answerWhole(question: Question, window: Window = question.window, group?: Group): Figure {
  const counted = question.isCurrent() && question.book.counts(question.scope);
  const sums = counted ? runningSums(question, window) : scannedSums(question, window);
  return compose(question, window, sums, group);
}

/** Calendar months that a window touches. */
export function monthsIn({ from, to }: Window): number {
  return from === to ? 0 : monthOf(epochDay(to) - 1) - monthOf(epochDay(from)) + 1;
}

/** One figure for each calendar month that the window touches, also where nothing happened. */
export function answerByMonth(question: Question): Figure[] {
  const { from, to } = question.window;
  const figures: Figure[] = [];
  for (let start = from; start < to;) {
    const next = localDateFromEpochDay(firstDayOf(monthOf(epochDay(start)) + 1));
    const window = { from: start, to: next < to ? next : to };
    figures.push(answerWhole(question, window, { by: 'month', key: start.slice(0, 7) }));
    start = window.to;
  }
  return figures;
}

/** One figure for each value of a field among the objects in scope that are counted or excluded, by that value's order. */
export function answerByField(question: Question, by: Exclude<Grouping, 'month'>): Figure[] {
  const { store } = question.book;
  const field = store.fieldNumber(by);
  const groups = new Map<number, Sums>();
  scan(question, question.window, (attribution, row) => {
    const key = store.textNumber(row, field);
    let sums = groups.get(key);
    if (sums === undefined) groups.set(key, (sums = emptySums(question)));
    sums.get(attribution)![store.cellOf(row)]! += 1;
  });
  return [...groups]
    .map(([key, sums]) => compose(question, question.window, sums, { by, key: store.dictionary(field).text(key) }))
    .filter((figure) => figure.denominator + figure.excludedTotal > 0)
    .sort((a, b) => compareKeys(a.group!.key, b.group!.key));
}

function runningSums(question: Question, window: Window): Sums {
  const { from, to } = countedDays(question, window);
  return new Map(attributionsOf(question).map((name) => [name, question.book.sums(name, question.scope, from, to)]));
}

function scannedSums(question: Question, window: Window): Sums {
  const sums = emptySums(question);
  scan(question, window, (attribution, row) => {
    sums.get(attribution)![question.book.store.cellOf(row)]! += 1;
  });
  return sums;
}

function scan(question: Question, window: Window, visit: (attribution: string, row: Row) => void): void {
  const { book, scope, position } = question;
  const { from, to } = countedDays(question, window);
  const attributions = attributionsOf(question);
  book.scan(scope, position, (row) => {
    for (const name of attributions) {
      const day = book.attributedOn(name, row);
      if (day !== null && day >= from && day < to) visit(name, row);
    }
  });
}

function emptySums(question: Question): Sums {
  const { cellCount } = question.book.store;
  return new Map(attributionsOf(question).map((name) => [name, new Float64Array(cellCount)]));
}

function compose(question: Question, window: Window, sums: Sums, group?: Group): Figure {
  const { formula, variant, beside, book, scope, position } = question;
  const tally = tallyOf(variant, sums, book);
  return {
    metric: formula.id,
    name: formula.name,
    title: formula.title,
    unit: formula.unit,
    ...tally,
    rate: rateOf(tally),
    status: tally.denominator === 0 ? 'NOT_ASSESSABLE' : 'OK',
    formula: formulaName(formula),
    variant: variant.variant,
    variants: Object.fromEntries(beside.map((other) => [other.variant, ratioOf(tallyOf(other, sums, book))])),
    rules: [],
    calendar: null,
    scope: { key: formula.scope, ...scope },
    window,
    asOf: { instant: formatInstant(question.instant), position },
    position,
    ...(group === undefined ? {} : { group }),
    defaults: formula.defaults,
    source: formula.source,
  };
}

interface Tally extends Ratio {
  readonly excluded: Readonly<Record<string, number>>;
  readonly excludedTotal: number;
  readonly imported: number;
  readonly flagged: number;
}

function tallyOf(variant: CompiledVariant, sums: Sums, book: FactBook): Tally {
  const counts = sums.get(variant.counting.attribution)!;
  const excluded: Record<string, number> = {};
  let [numerator, denominator, excludedTotal, imported, flagged] = [0, 0, 0, 0, 0];
  for (const [cell, count] of counts.entries()) {
    const kind = variant.classOf[cell]!;
    if (count === 0 || kind === NOWHERE) continue;
    if (kind >= FIRST_EXCLUSION) {
      const reason = variant.reasons[kind - FIRST_EXCLUSION]!;
      excluded[reason] = (excluded[reason] ?? 0) + count;
      excludedTotal += count;
      continue;
    }
    denominator += count;
    if (kind === NUMERATOR) numerator += count;
    const codes = book.store.codesIn(cell);
    if (codes.imported === 'YES') imported += count;
    if (codes.flagged === 'YES') flagged += count;
  }
  return { numerator, denominator, excluded, excludedTotal, imported, flagged };
}

function ratioOf({ numerator, denominator }: Ratio): Ratio {
  return { numerator, denominator };
}

function compareKeys(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null || a < b ? -1 : 1;
}
