import {
  formulaBook,
  formulaName,
  type Condition,
  type Counting,
  type DefaultWindow,
  type Exclusion,
  type Formula,
  type NamedDefault,
} from '#metrics';
import { blocks, code, codes, sentence, table } from './markdown.ts';

/** Every formula version, whole. */
export function metricsPage(): string {
  return blocks(
    '# Metrics',
    `A figure is exact: a numerator, a denominator, and the objects left out with their reasons. Rates are never rounded before they are compared.
A denominator of zero gives \`NOT_ASSESSABLE\`. \`GET /v1/metrics/{id}\` answers a figure, \`GET /v1/metrics/{id}/objects\` the
objects behind it; the id is either of the two names of a metric.`,
    `A condition is a line of fields with their values. An object meets it when each field holds one of the values named. It is in the
denominator when it meets any line of the denominator and no exclusion, and in the numerator when it also meets any line of the
numerator. The attribution day puts it into a window; windows run from \`from\` up to, and without, \`to\`. What counts only
after its day is late when the day of its deadline has ended without it: it is in no figure asked for on that day.`,
    `A formula that rests on rules of law names them, or the clock that a rule of each place governs. Its figures say in \`rules\` the
versions under which a clock can have been opened that ends in the window, the whole period with its extensions reckoned back
from its first day, and in \`calendar\` the versions of the years in which such clocks ran. What one object was judged by stands in
its events.`,
    ...formulaBook.formulas.map(formulaSection),
  );
}

function formulaSection(formula: Formula): string {
  return blocks(
    `## ${formulaName(formula)} ${formula.name}`,
    `${formula.title.en} (${formula.title.zh}).`,
    table(
      ['', ''],
      [
        ['counting unit', code(formula.unit)],
        ['scope', code(formula.scope)],
        ['attribution day', code(formula.attribution)],
        ['window unless asked', windowText(formula.window)],
        ['rules of law', formula.rules.length === 0 ? 'none' : codes(formula.rules)],
        ['source', formula.source],
      ],
    ),
    '### Counts',
    countingText({ ...formula, afterTheDay: formula.afterTheDay.length === 0 ? undefined : formula.afterTheDay }),
    Object.keys(formula.variants).length === 0 ? '' : '### Variants',
    ...Object.entries(formula.variants).map(([name, { means, alwaysShown, ...counting }]) =>
      blocks(
        `#### ${name}`,
        `${means}${alwaysShown === true ? ' Always shown beside the default figure.' : ''}`,
        countingText(counting),
      ),
    ),
    '### Defaults',
    'What the sources leave open, and what is taken for it. Shown with every figure.',
    defaultsTable(formula.defaults),
  );
}

type CountingShown = { readonly [Part in keyof Counting]?: Counting[Part] | undefined };

function countingText({ attribution, denominator, numerator, excluded, afterTheDay }: CountingShown): string {
  return blocks(
    attribution === undefined ? '' : `Attribution day: ${code(attribution)}.`,
    denominator === undefined ? '' : `Denominator:\n\n${conditions(denominator)}`,
    numerator === undefined ? '' : `Numerator:\n\n${conditions(numerator)}`,
    excluded === undefined
      ? ''
      : excluded.length === 0
        ? 'Nothing is excluded.'
        : `Excluded:\n\n${exclusions(excluded)}`,
    afterTheDayText(afterTheDay),
  );
}

function afterTheDayText(afterTheDay: readonly Condition[] | undefined): string {
  if (afterTheDay === undefined) return '';
  return afterTheDay.length === 0 ? 'Nothing waits for its day.' : `Only after its day:\n\n${conditions(afterTheDay)}`;
}

function conditions(all: readonly Condition[]): string {
  return all.map((one) => `- ${conditionText(one)}`).join('\n');
}

function exclusions(all: readonly Exclusion[]): string {
  return table(
    ['reason', 'where', 'meaning'],
    all.map(({ reason, where, means }) => [code(reason), conditionText(where), sentence(means)]),
  );
}

function conditionText(condition: Condition): string {
  return Object.entries(condition)
    .map(([field, values]) => `${field}: ${codes(values)}`)
    .join('; ');
}

export function windowText(window: DefaultWindow | { readonly kind: 'programme' }): string {
  switch (window.kind) {
    case 'trailing-months':
      return `${window.months} months up to and with the evaluation day`;
    case 'calendar-year':
      return 'the calendar year of the evaluation day, up to it';
    case 'programme':
      return 'from the first day of the programme up to the evaluation day';
  }
}

export function defaultsTable(defaults: readonly NamedDefault[]): string {
  return table(
    ['name', 'value', 'reason', 'source'],
    defaults.map(({ name, value, reason, source }) => [code(name), String(value), sentence(reason), source]),
  );
}
