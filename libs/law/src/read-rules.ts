import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { PERIOD_UNITS, ROLL_POLICIES, type Period } from '#calendar';
import { parseLocalDate, YamlReader, type LocalDate } from '#kernel';
import { SUSPENSION_REASONS, type ExtensionRule, type Rule, type RuleVersion, type Span } from './rule.ts';
import { RuleBook } from './rule-book.ts';

const CODE = 'RULE_INVALID';

/** 法律依据: a text of law that rules come from. */
export interface Regulation {
  readonly id: string;
  readonly title: string;
  /** Date of the text that was read; null where the source names none. */
  readonly version: string | null;
  /** Short name of the source, `S1`; null where the table cites the text itself. */
  readonly tag: string | null;
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
}

/** Reads `regulations.yaml`, by id. Throws `RULE_INVALID`. */
export function parseRegulations(yaml: string, file: string): ReadonlyMap<string, Regulation> {
  const at = new YamlReader(parse(yaml), file, CODE).only('regulations').child('regulations');
  const regulations = at.fields().map((id): Regulation => {
    const entry = at.child(id).only('title', 'version', 'tag', 'from', 'to');
    return {
      id,
      title: entry.text('title'),
      version: entry.isNull('version') ? null : String(entry.scalar('version')),
      tag: entry.isNull('tag') ? null : entry.text('tag'),
      ...spanOf(entry),
    };
  });
  return new Map(regulations.map((regulation) => [regulation.id, regulation]));
}

/** Rules of one file. Throws `RULE_INVALID` naming file and field. */
export function parseRules(yaml: string, file: string, regulations: ReadonlyMap<string, Regulation>): Rule[] {
  const at = new YamlReader(parse(yaml), file, CODE).only('rules');
  return at.list('rules').map((rule) => ruleOf(rule, regulations));
}

/** Reads every YAML file of a folder. */
export function readRules(folder: URL, regulations: ReadonlyMap<string, Regulation>): RuleBook {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort();
  const rules = files.flatMap((file) => parseRules(readFileSync(new URL(file, folder), 'utf8'), file, regulations));
  // By row; the clocks of a row stay in the order in which they run.
  const rowOf = ({ id }: Rule) => id.split('.')[0]!;
  return new RuleBook(rules.sort((a, b) => (rowOf(a) < rowOf(b) ? -1 : rowOf(a) > rowOf(b) ? 1 : 0)));
}

const RULE_FIELDS = [
  'id',
  'name',
  'title',
  'clock',
  'region',
  'limit',
  'source',
  'selectedBy',
  'starts',
  'completes',
  'because',
  'versions',
];

function ruleOf(at: YamlReader, regulations: ReadonlyMap<string, Regulation>): Rule {
  at.only(...RULE_FIELDS);
  const limit = at.oneOf('limit', ['stated', 'unknown', 'none'] as const);
  const id = at.text('id');
  // What is remembered but was not read is never a number in the code: it is said to have no source.
  if (limit === 'unknown') at.oneOf('source', ['none'] as const);
  const versions = at.has('versions') ? at.list('versions').map((version) => versionOf(version, id, regulations)) : [];
  if ((limit === 'stated') !== versions.length > 0) throw at.invalid('versions', `not what a ${limit} limit has`);
  const gap = versions.find((version, index) => index > 0 && !follows(versions[index - 1]!, version));
  if (gap !== undefined) throw at.invalid('versions', `not one after the other: ${gap.id} from ${gap.from}`);
  return {
    id,
    name: at.text('name'),
    title: { en: at.child('title').text('en'), zh: at.child('title').text('zh') },
    clock: at.has('clock') ? at.text('clock') : null,
    region: at.has('region') ? at.text('region') : null,
    limit,
    selectedBy: limit === 'none' ? '' : at.text('selectedBy'),
    starts: limit === 'none' ? '' : at.text('starts'),
    completes: limit === 'none' ? '' : at.text('completes'),
    because: limit === 'stated' ? null : at.text('because'),
    versions,
  };
}

/** Two versions must not both hold on a day, nor be out of order. */
function follows(earlier: RuleVersion, later: RuleVersion): boolean {
  return earlier.to !== null && later.from !== null && earlier.to < later.from;
}

const VERSION_FIELDS = [
  'id',
  'regulation',
  'article',
  'item',
  'from',
  'to',
  'readings',
  'period',
  'suspendedBy',
  'extensions',
  'roll',
  'source',
  'notes',
];

function versionOf(at: YamlReader, ruleId: string, regulations: ReadonlyMap<string, Regulation>): RuleVersion {
  at.only(...VERSION_FIELDS);
  const regulation = regulations.get(at.text('regulation'));
  if (regulation === undefined) throw at.invalid('regulation', 'not among the regulations');
  const period = periodOf(at.child('period'));
  // Hours run on, whatever happens: nothing here computes anything else.
  if (period.unit === 'hours' && ['suspendedBy', 'extensions', 'roll'].some((field) => at.has(field))) {
    throw at.invalid('period', 'not one that can be suspended, extended or rolled');
  }
  return {
    id: at.has('id') ? at.text('id') : ruleId,
    regulation: regulation.id,
    regulationVersion: regulation.version,
    article: at.text('article'),
    item: at.has('item') ? at.text('item') : null,
    ...spanOf(at),
    readings: readingsOf(at.child('readings')),
    period,
    suspendedBy: at.has('suspendedBy') ? reasonsOf(at) : [],
    extensions: at.has('extensions') ? at.list('extensions').map((one) => extensionOf(one, period)) : [],
    roll: at.has('roll') ? at.oneOf('roll', ROLL_POLICIES) : 'none',
    configuration: null,
    source: at.text('source'),
    notes: at.has('notes') ? at.text('notes') : null,
  };
}

const ANY_SUSPENSION = new Set<string>(SUSPENSION_REASONS);

function reasonsOf(at: YamlReader): string[] {
  const reasons = at.texts('suspendedBy');
  const unknown = reasons.find((reason) => !ANY_SUSPENSION.has(reason));
  if (unknown !== undefined) throw at.invalid('suspendedBy', `not a reason: ${unknown}`);
  return reasons;
}

/** `{ workingDays: 7 }`: one unit with its count. */
function periodOf(at: YamlReader): Period {
  at.only(...PERIOD_UNITS);
  const [field, ...more] = at.fields();
  const unit = PERIOD_UNITS.find((one) => one === field);
  if (unit === undefined || more.length > 0) throw at.invalid('', 'not one unit with its count');
  return { unit, count: at.whole(unit) };
}

function extensionOf(at: YamlReader, period: Period): ExtensionRule {
  at.only('by', 'grantedBy', 'times');
  const by = at.isNull('by') ? null : periodOf(at.child('by'));
  if (by !== null && by.unit !== period.unit) throw at.invalid('by', `not in ${period.unit}`);
  return { by, grantedBy: at.text('grantedBy'), times: at.isNull('times') ? null : at.whole('times') };
}

function readingsOf(at: YamlReader): Record<string, Span> {
  return Object.fromEntries(at.fields().map((name) => [name, spanOf(at.child(name).only('from', 'to'))]));
}

export function spanOf(at: YamlReader): Span {
  const [from, to] = [dayOf(at, 'from'), dayOf(at, 'to')];
  if (from !== null && to !== null && from > to) throw at.invalid('to', 'before from');
  return { from, to };
}

/** A day must be said; `null` says that there is none. */
function dayOf(at: YamlReader, field: string): LocalDate | null {
  if (at.isNull(field)) return null;
  const day = parseLocalDate(at.text(field));
  if (day === undefined) throw at.invalid(field, 'no local date');
  return day;
}

/** The texts of law that rules name. */
export const regulations = parseRegulations(
  readFileSync(new URL('./regulations.yaml', import.meta.url), 'utf8'),
  'regulations.yaml',
);

/** The rules that ship with Fangxin. */
export const ruleBook = readRules(new URL('./rules/', import.meta.url), regulations);
