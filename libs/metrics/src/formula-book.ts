import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Failure, YamlReader } from '#kernel';
import { DEFAULT_VARIANT } from './formula.ts';
import type { Condition, Counting, DefaultWindow, Exclusion, Formula, NamedDefault, Variant } from './formula.ts';

/** Every formula version there is, by metric id and by name. */
export class FormulaBook {
  readonly #byMetric = new Map<string, readonly Formula[]>();
  /** Newest version of each metric, in order of id. */
  readonly newest: readonly Formula[];

  /** Throws `FORMULA_INVALID` when two formulas of a metric have the same version. */
  constructor(readonly formulas: readonly Formula[]) {
    const ids = [...new Set(formulas.map((formula) => formula.id))].sort();
    for (const id of ids) {
      const versions = formulas.filter((formula) => formula.id === id).sort((a, b) => a.version - b.version);
      if (new Set(versions.map(({ version }) => version)).size !== versions.length) {
        throw new Failure('FORMULA_INVALID', `formula ${id}: a version occurs twice`);
      }
      this.#byMetric.set(id, versions);
      for (const { name } of versions) this.#byMetric.set(name, versions);
    }
    this.newest = ids.map((id) => this.versionsOf(id)!.at(-1)!);
  }

  /** Versions of a metric by id (`M-01`) or name, oldest first; undefined when there is no such metric. */
  versionsOf(metric: string): readonly Formula[] | undefined {
    return this.#byMetric.get(metric);
  }

  /** The version asked for as `2` or `M-01@2`, the newest when none is. */
  select(metric: string, version: string | undefined): Formula | undefined {
    const versions = this.versionsOf(metric);
    if (version === undefined) return versions?.at(-1);
    return versions?.find(
      (formula) => version === String(formula.version) || version === `${formula.id}@${formula.version}`,
    );
  }
}

/** Reads every YAML file of a folder. Throws `FORMULA_INVALID` naming file and field. */
export function readFormulas(folder: URL): FormulaBook {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort();
  return new FormulaBook(files.map((file) => parseFormula(readFileSync(new URL(file, folder), 'utf8'), file)));
}

const FORMULA_FIELDS = [
  'id',
  'name',
  'version',
  'title',
  'unit',
  'scope',
  'window',
  'attribution',
  'denominator',
  'numerator',
  'excluded',
  'afterTheDay',
  'variants',
  'defaults',
  'rules',
  'source',
];

/** One formula from its YAML. Throws `FORMULA_INVALID` naming file and field. */
export function parseFormula(yaml: string, file: string): Formula {
  const at = new YamlReader(parse(yaml), file, 'FORMULA_INVALID').only(...FORMULA_FIELDS);
  const formula: Formula = {
    id: at.text('id'),
    name: at.text('name'),
    version: at.whole('version'),
    title: { en: at.child('title').text('en'), zh: at.child('title').text('zh') },
    unit: at.text('unit'),
    scope: at.oneOf('scope', ['respondentRegion', 'handlingRegion'] as const),
    window: windowOf(at.child('window')),
    attribution: at.text('attribution'),
    denominator: at.list('denominator').map(conditionOf),
    numerator: at.list('numerator').map(conditionOf),
    excluded: at.list('excluded').map(exclusionOf),
    afterTheDay: at.has('afterTheDay') ? at.list('afterTheDay').map(conditionOf) : [],
    variants: variantsOf(at.child('variants')),
    defaults: at.list('defaults').map(defaultOf),
    rules: at.has('rules') ? at.texts('rules') : [],
    source: at.text('source'),
  };
  if (DEFAULT_VARIANT in formula.variants) throw at.invalid('variants', `"${DEFAULT_VARIANT}" is the formula itself`);
  return formula;
}

function windowOf(at: YamlReader): DefaultWindow {
  return at.oneOf('kind', ['trailing-months', 'calendar-year'] as const) === 'calendar-year'
    ? { kind: 'calendar-year' }
    : { kind: 'trailing-months', months: at.whole('months') };
}

function variantsOf(at: YamlReader): Record<string, Variant> {
  return Object.fromEntries(at.fields().map((name) => [name, variantOf(at.child(name))]));
}

function variantOf(at: YamlReader): Variant {
  at.only('means', 'alwaysShown', 'attribution', 'denominator', 'numerator', 'excluded', 'afterTheDay');
  const counting: { -readonly [Part in keyof Counting]?: Counting[Part] } = {};
  if (at.has('attribution')) counting.attribution = at.text('attribution');
  if (at.has('denominator')) counting.denominator = at.list('denominator').map(conditionOf);
  if (at.has('numerator')) counting.numerator = at.list('numerator').map(conditionOf);
  if (at.has('excluded')) counting.excluded = at.list('excluded').map(exclusionOf);
  if (at.has('afterTheDay')) counting.afterTheDay = at.list('afterTheDay').map(conditionOf);
  return { means: at.text('means'), alwaysShown: at.has('alwaysShown') && at.flag('alwaysShown'), ...counting };
}

function exclusionOf(at: YamlReader): Exclusion {
  return { reason: at.text('reason'), where: conditionOf(at.child('where')), means: at.text('means') };
}

function defaultOf(at: YamlReader): NamedDefault {
  return { name: at.text('name'), value: at.scalar('value'), reason: at.text('reason'), source: at.text('source') };
}

function conditionOf(at: YamlReader): Condition {
  return Object.fromEntries(at.fields().map((field) => [field, at.texts(field)]));
}

/** The formulas that ship with Fangxin. */
export const formulaBook = readFormulas(new URL('./formulas/', import.meta.url));
