import type { EpochDay } from '#kernel';
import { epochDay, formatInstant, localDateFromEpochDay } from '#kernel';
import { firstDayOf, monthOf } from './counter-table.ts';
import type { Row } from './fact-store.ts';
import { rateOf } from './figure.ts';
import type { Figure, Group, Grouping, Ratio, Window } from './figure.ts';
import { FIRST_EXCLUSION, formulaName, NOWHERE, NUMERATOR } from './formula.ts';
import type { CompiledVariant } from './formula.ts';
import { lawBehind } from './law-behind.ts';
import type { LawBehind } from './law-behind.ts';
import { attributionsOf, countedDays, evaluationDay } from './question.ts';
import type { Question } from './question.ts';

/** Counts per cell, of the days that are over when the question is asked and of the one that is not. */
interface Counts {
  readonly over: Map<number, number>;
  readonly today: Map<number, number>;
}

/** By the name of the attribution day: variants of one formula may use different days. */
type Sums = ReadonlyMap<string, Counts>;

/** The figure of the whole, or of one part of its window. */
export function answerWhole(question: Question, window: Window = question.window, group?: Group): Figure {
  const counted = question.isCurrent() && question.book.counts(question.scope);
  const sums = counted ? runningSums(question, window) : scannedSums(question, window);
  return compose(question, window, sums, lawBehind(question, window), group);
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
  const { window } = question;
  const field = store.fieldNumber(by);
  const law = lawBehind(question, window);
  const groups = new Map<number, Sums>();
  scan(question, window, (attribution, row, day) => {
    const key = store.textNumber(row, field);
    let sums = groups.get(key);
    if (sums === undefined) groups.set(key, (sums = emptySums(question)));
    take(question, sums, attribution, row, day);
  });
  return [...groups]
    .map(([key, sums]) => compose(question, window, sums, law, { by, key: store.dictionary(field).text(key) }))
    .filter((figure) => figure.denominator + figure.excludedTotal > 0)
    .sort((a, b) => compareKeys(a.group!.key, b.group!.key));
}

function runningSums(question: Question, window: Window): Sums {
  const { book, scope } = question;
  const { from, to } = countedDays(question, window);
  const today = evaluationDay(question);
  const sums = attributionsOf(question).map((name): [string, Counts] => {
    const over = book.sums(name, scope, from, Math.min(to, today));
    return [name, { over, today: book.sums(name, scope, Math.max(from, today), to) }];
  });
  return new Map(sums);
}

function scannedSums(question: Question, window: Window): Sums {
  const sums = emptySums(question);
  scan(question, window, (attribution, row, day) => take(question, sums, attribution, row, day));
  return sums;
}

function scan(question: Question, window: Window, visit: (attribution: string, row: Row, day: EpochDay) => void): void {
  const { book, scope, position } = question;
  const { from, to } = countedDays(question, window);
  const attributions = attributionsOf(question);
  book.scan(scope, position, (row) => {
    for (const name of attributions) {
      const day = book.attributedOn(name, row);
      if (day !== null && day >= from && day < to) visit(name, row, day);
    }
  });
}

function take(question: Question, sums: Sums, attribution: string, row: Row, day: EpochDay): void {
  const { store } = question.book;
  const { over, today } = sums.get(attribution)!;
  const cells = day < evaluationDay(question) ? over : today;
  const cell = store.cellOf(row, store.spaceOf(attribution));
  cells.set(cell, (cells.get(cell) ?? 0) + 1);
}

function emptySums(question: Question): Sums {
  return new Map(attributionsOf(question).map((name) => [name, { over: new Map(), today: new Map() }]));
}

function compose(question: Question, window: Window, sums: Sums, law: LawBehind, group?: Group): Figure {
  const { formula, variant, beside, scope, position } = question;
  const tally = tallyOf(variant, sums);
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
    variants: Object.fromEntries(beside.map((other) => [other.variant, ratioOf(tallyOf(other, sums))])),
    rules: law.rules,
    calendar: law.calendar,
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

function tallyOf(variant: CompiledVariant, sums: Sums): Tally {
  const excluded: Record<string, number> = {};
  let [numerator, denominator, excludedTotal, imported, flagged] = [0, 0, 0, 0, 0];
  for (const [cell, count] of countsUnder(variant, sums)) {
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
    const codes = variant.space.codesIn(cell);
    if (codes.imported === 'YES') imported += count;
    if (codes.flagged === 'YES') flagged += count;
  }
  // In an order of its own: which was met first depends on how it was counted, and the same figure is the same byte for byte.
  const ordered = Object.fromEntries(Object.entries(excluded).sort(([one], [other]) => (one < other ? -1 : 1)));
  return { numerator, denominator, excluded: ordered, excludedTotal, imported, flagged };
}

/** A cell may come twice. What waits for its day to be over does not count on that day. */
function* countsUnder({ counting, waits }: CompiledVariant, sums: Sums): Iterable<readonly [number, number]> {
  const { over, today } = sums.get(counting.attribution)!;
  yield* over;
  for (const [cell, count] of today) if (waits[cell] === 0) yield [cell, count];
}

function ratioOf({ numerator, denominator }: Ratio): Ratio {
  return { numerator, denominator };
}

function compareKeys(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null || a < b ? -1 : 1;
}
