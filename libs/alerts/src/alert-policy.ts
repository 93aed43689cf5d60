import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Failure, YamlReader } from '#kernel';

/** So many days of complaints are kept of each unit, sector and region: a week, and the four before it. */
export const DAYS_KEPT = 35;
/** So many days of what an authority did. */
export const CONDUCT_DAYS_KEPT = 92;

/** Whole numbers of each rule, beside its `source`. */
const FIELDS = {
  group: ['complainants', 'days'],
  spike: ['atLeast', 'percentOfMean'],
  unanswered: ['workingDays'],
  confirmationClosing: ['days'],
  unitRate: ['days', 'minDenominator'],
  targetBehind: [],
  blacklistedTitle: [],
  refusedRead: ['atLeast', 'days'],
  reopened: ['atLeast', 'percent', 'days'],
  split: ['atLeast', 'percent', 'days'],
  leftLate: ['workingDays', 'atLeast', 'percent', 'days'],
  malicious: ['atLeast', 'percent', 'days'],
  withdrawn: ['atLeast', 'percent', 'days'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type AlertRule = keyof typeof FIELDS;
const RULES = Object.keys(FIELDS) as AlertRule[];

/** More days than are kept would be counted as if nothing had happened on them. */
const MOST_DAYS: Readonly<Partial<Record<AlertRule, number>>> = {
  group: DAYS_KEPT,
  reopened: CONDUCT_DAYS_KEPT,
  split: CONDUCT_DAYS_KEPT,
  leftLate: CONDUCT_DAYS_KEPT,
  malicious: CONDUCT_DAYS_KEPT,
  withdrawn: CONDUCT_DAYS_KEPT,
};

/** 预警阈值, as data. */
export type AlertPolicy = {
  readonly [Rule in AlertRule]: { readonly [Field in (typeof FIELDS)[Rule][number]]: number } & {
    readonly source: string;
    readonly enabled: boolean;
  };
};

const CODE = 'ALERTS_INVALID';

/** Reads thresholds. Throws `ALERTS_INVALID` naming file and field. */
export function parseAlertPolicy(yaml: string, file: string): AlertPolicy {
  const at = new YamlReader(parsed(yaml, file), file, CODE).only(...RULES);
  return Object.fromEntries(RULES.map((rule) => [rule, ruleOf(rule, at.child(rule))])) as unknown as AlertPolicy;
}

function ruleOf(rule: AlertRule, at: YamlReader): object {
  const fields: readonly string[] = FIELDS[rule];
  at.only(...fields, 'source', 'enabled');
  const numbers = Object.fromEntries(fields.map((field) => [field, at.whole(field)]));
  for (const [field, value] of Object.entries(numbers)) {
    if (value < 1) throw at.invalid(field, 'not at least 1');
  }
  const most = MOST_DAYS[rule];
  if (most !== undefined && numbers['days']! > most) throw at.invalid('days', `more than the ${most} that are kept`);
  return { ...numbers, source: at.text('source'), enabled: !at.has('enabled') || at.flag('enabled') };
}

function parsed(yaml: string, file: string): unknown {
  try {
    return parse(yaml);
  } catch (error) {
    throw new Failure(CODE, `${file} is no YAML: ${(error as Error).message}`);
  }
}

export const shippedAlerts = parseAlertPolicy(
  readFileSync(new URL('./alerts.yaml', import.meta.url), 'utf8'),
  'alerts.yaml',
);
