import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { LocalDate } from '#kernel';
import { parseLocalDate, YamlReader } from '#kernel';
import { parseFraction } from '#metrics';
import type { Condition, Measure, MeasureWindow, Programme, Target } from './programme.ts';

/** Reads every policy of a folder, by id. Throws `POLICY_INVALID` naming file and field. */
export function readPolicies(folder: URL): ReadonlyMap<string, Programme> {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort();
  const programmes = files.map((file) => parsePolicy(readFileSync(new URL(file, folder), 'utf8'), file));
  return new Map(programmes.map((programme) => [programme.id, programme]));
}

/** One programme from its YAML. Throws `POLICY_INVALID`. */
export function parsePolicy(yaml: string, file: string): Programme {
  const at = new YamlReader(parse(yaml), file, 'POLICY_INVALID').only(
    'id',
    'seed',
    'title',
    'region',
    'issued',
    'period',
    'subjectTypes',
    'conditions',
    'targets',
    'defaults',
  );
  return {
    id: at.text('id'),
    seed: at.text('seed'),
    title: at.text('title'),
    region: { code: at.child('region').text('code'), name: at.child('region').text('name') },
    issued: dayOf(at, 'issued'),
    period: at.has('period') && !at.isNull('period') ? periodOf(at.child('period')) : null,
    subjectTypes: at.texts('subjectTypes'),
    conditions: at.list('conditions').map(conditionOf),
    targets: at.list('targets').map(targetOf),
    defaults: at.list('defaults').map((item) => ({
      name: item.text('name'),
      value: item.scalar('value'),
      reason: item.text('reason'),
      source: item.text('source'),
    })),
  };
}

function conditionOf(at: YamlReader): Condition {
  at.only('id', 'clause', 'means', 'appliesTo', 'assess', 'measure', 'years', 'humanCheck');
  const common = {
    id: at.text('id'),
    clause: at.text('clause'),
    means: at.text('means'),
    appliesTo: at.text('appliesTo'),
  };
  const assess = at.oneOf('assess', ['metric', 'years-operating', 'evidence'] as const);
  switch (assess) {
    case 'metric':
      return { ...common, assess, measure: measureOf(at.child('measure')) };
    case 'years-operating':
      return {
        ...common,
        assess,
        years: at.whole('years'),
        humanCheck: at.has('humanCheck') ? at.text('humanCheck') : null,
      };
    case 'evidence':
      return { ...common, assess };
  }
}

function targetOf(at: YamlReader): Target {
  at.only('id', 'clause', 'means', 'metric', 'sector', 'value', 'aspirational', 'due', 'assess', 'measure');
  const common = {
    id: at.text('id'),
    clause: at.text('clause'),
    means: at.text('means'),
    metric: at.text('metric'),
    sector: at.has('sector') ? at.text('sector') : null,
    value: at.text('value'),
    aspirational: at.has('aspirational') && at.flag('aspirational'),
    due: dayOf(at, 'due'),
  };
  const assess = at.oneOf('assess', ['metric', 'not-yet-measured'] as const);
  if (assess === 'not-yet-measured') return { ...common, assess };
  const measure = measureOf(at.child('measure'));
  if (measure.value !== common.value) throw at.invalid('value', `not what its measure asks (${measure.value})`);
  return { ...common, assess, measure };
}

function measureOf(at: YamlReader): Measure {
  at.only('metric', 'variant', 'threshold', 'window');
  const value = at.text('threshold');
  const threshold = parseFraction(value);
  if (threshold === undefined) throw at.invalid('threshold', 'not a decimal text');
  return {
    metric: at.text('metric'),
    variant: at.has('variant') ? at.text('variant') : 'default',
    value,
    threshold,
    window: windowOf(at.child('window')),
  };
}

function windowOf(at: YamlReader): MeasureWindow {
  const kind = at.oneOf('kind', ['trailing-months', 'calendar-year', 'programme'] as const);
  return kind === 'trailing-months' ? { kind, months: at.whole('months') } : { kind };
}

function periodOf(at: YamlReader): { from: LocalDate; to: LocalDate } {
  const [from, to] = [dayOf(at, 'from'), dayOf(at, 'to')];
  if (from === null || to === null || from > to) throw at.invalid('', 'no span of days');
  return { from, to };
}

function dayOf(at: YamlReader, field: string): LocalDate | null {
  if (!at.has(field) || at.isNull(field)) return null;
  const day = parseLocalDate(at.text(field));
  if (day === undefined) throw at.invalid(field, 'no local date');
  return day;
}

/** The programmes that ship with Fangxin. */
export const programmes = readPolicies(new URL('./policies/', import.meta.url));
