import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { lastEpochDay, type WorkingCalendar } from '#calendar';
import {
  epochDay,
  Failure,
  localDateFromEpochDay,
  localDateOf,
  startOfDay,
  YamlReader,
  type Instant,
  type LocalDate,
} from '#kernel';
import type { ReminderLevel } from './events.ts';

/** So long after the last day, or before it (negative). */
interface Offset {
  readonly unit: 'workingDays' | 'days';
  readonly count: number;
}

export type TimedLevel = Exclude<ReminderLevel, 'standstill'>;

/** Levels of one clock; those left out are not given. */
export interface ReminderPlan {
  readonly offsets: Readonly<Partial<Record<TimedLevel, Offset>>>;
  readonly source: string;
}

/** 预警规则: when one is reminded, as data. */
export interface ReminderPolicy {
  readonly default: ReminderPlan;
  readonly clocks: Readonly<Record<string, ReminderPlan>>;
  readonly standstill: { readonly days: number; readonly source: string };
}

const CODE = 'REMINDERS_INVALID';
const BEFORE = ['amber', 'red', 'due'] as const;
const LEVELS = [...BEFORE, 'overdue'] as const;

/** Reads a policy of reminders. Throws `REMINDERS_INVALID` naming file and field. */
export function parseReminderPolicy(yaml: string, file: string): ReminderPolicy {
  const at = new YamlReader(parsed(yaml, file), file, CODE).only('default', 'clocks', 'standstill');
  const clocks = at.child('clocks');
  const standstill = at.child('standstill').only('days', 'source');
  return {
    default: planOf(at.child('default')),
    clocks: Object.fromEntries(clocks.fields().map((name) => [name, planOf(clocks.child(name))])),
    standstill: { days: standstill.whole('days'), source: standstill.text('source') },
  };
}

function planOf(at: YamlReader): ReminderPlan {
  at.only(...LEVELS, 'source');
  const levels = LEVELS.filter((level) => at.has(level));
  const offsets = Object.fromEntries(levels.map((level) => [level, offsetOf(at.child(level))]));
  for (const level of BEFORE) {
    if ((offsets[level]?.count ?? 0) > 0) throw at.invalid(level, 'after the last day: that is what overdue is for');
  }
  // The last one: nothing is looked after beyond it.
  if (offsets['overdue'] === undefined || offsets['overdue'].count < 1) {
    throw at.invalid('overdue', 'not at least one day after the last');
  }
  return { offsets, source: at.text('source') };
}

function offsetOf(at: YamlReader): Offset {
  at.only('workingDays', 'days');
  const [field, ...more] = at.fields();
  if ((field !== 'workingDays' && field !== 'days') || more.length > 0)
    throw at.invalid('', 'not one unit with its count');
  const count = at.scalar(field);
  if (!Number.isSafeInteger(count) || Math.abs(count as number) > 365)
    throw at.invalid(field, 'no whole number of days');
  return { unit: field, count: count as number };
}

function parsed(yaml: string, file: string): unknown {
  try {
    return parse(yaml);
  } catch (error) {
    throw new Failure(CODE, `${file} is no YAML: ${(error as Error).message}`);
  }
}

export const shippedReminders = parseReminderPolicy(
  readFileSync(new URL('./reminders.yaml', import.meta.url), 'utf8'),
  'reminders.yaml',
);

export interface DatedClock {
  readonly clockName: string;
  /** Legal last day or moment, and the day that was not rolled. */
  readonly due: LocalDate | string;
  readonly strict: LocalDate | string;
}

/**
 * The moments at which one is reminded of a clock, in order: 00:00 in Shanghai of the day the plan names. A clock that ends at
 * a moment is overdue at that moment, where the plan says the day after.
 */
export function momentsOf(
  { clockName, due, strict }: DatedClock,
  policy: ReminderPolicy,
  calendar: WorkingCalendar,
): { readonly level: TimedLevel; readonly at: Instant }[] {
  const { offsets } = planFor(clockName, policy);
  return LEVELS.flatMap((level) => {
    const offset = offsets[level];
    if (offset === undefined) return [];
    const from = level === 'overdue' ? due : strict;
    const isMoment = level === 'overdue' && offset.unit === 'days' && offset.count === 1 && from.includes('T');
    return [{ level, at: isMoment ? Date.parse(from) + 1 : startOfDay(shifted(dayOf(from), offset, calendar)) }];
  }).sort((a, b) => a.at - b.at);
}

/**
 * The last day of a clock from which on nothing is said yet today: what ends before it is to be looked at. As near as can be, so
 * that a quiet day costs a look at the few that end soon.
 */
export function horizonOf(
  clockName: string,
  today: LocalDate,
  policy: ReminderPolicy,
  calendar: WorkingCalendar,
): LocalDate {
  const { offsets } = planFor(clockName, policy);
  const from = epochDay(today);
  const horizons = BEFORE.flatMap((level) => {
    const offset = offsets[level];
    if (offset === undefined) return [];
    return offset.unit === 'days' ? from - offset.count + 1 : calendar.workingDayFrom(from, 1 - offset.count);
  });
  return localDateFromEpochDay(Math.max(from + 1, ...horizons));
}

export function planFor(clockName: string, { clocks, default: usual }: ReminderPolicy): ReminderPlan {
  return Object.hasOwn(clocks, clockName) ? clocks[clockName]! : usual;
}

function shifted(day: LocalDate, { unit, count }: Offset, calendar: WorkingCalendar): LocalDate {
  return localDateFromEpochDay(lastEpochDay(calendar, epochDay(day), { unit, count }));
}

function dayOf(date: string): LocalDate {
  return date.includes('T') ? localDateOf(Date.parse(date)) : date;
}
