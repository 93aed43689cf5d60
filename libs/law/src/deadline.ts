import {
  dayOf,
  rollEpochDay,
  versionsBetween,
  type DayUnit,
  type Period,
  type RollPolicy,
  type WorkingCalendar,
} from '#calendar';
import {
  epochDay,
  Failure,
  formatInstant,
  localDateFromEpochDay,
  parseInstant,
  type EpochDay,
  type Instant,
  type LocalDate,
} from '#kernel';
import { count } from './counting.ts';
import { grants, type Extension, type GrantedExtension } from './extension.ts';
import { ruleBook as shippedRules } from './read-rules.ts';
import type { RuleBook, SelectedRule } from './rule-book.ts';
import { ruleVersionName, type RuleVersion } from './rule.ts';
import { partSuspensions, union, type Standstill, type Suspension } from './suspension.ts';

/** What a deadline is computed from; nothing else goes into it. */
export interface DeadlineQuestion {
  /** When the clock starts. Clocks of hours need the moment, the others the day, which does not count itself. */
  readonly from: Instant | LocalDate;
  /** In any order; overlapping ones count once. */
  readonly suspensions?: readonly Suspension[];
  /** In any order. */
  readonly extensions?: readonly Extension[];
  /** Instead of the roll of the rule. */
  readonly roll?: RollPolicy | undefined;
  /** Takes the version that holds on this day instead of on the day of the start. */
  readonly asOfRules?: LocalDate | undefined;
  /** A named reading of the law, `platform-parity`. */
  readonly reading?: string | undefined;
  readonly calendar: WorkingCalendar;
  readonly rules?: RuleBook;
}

/** 期限届满日. The day itself is in time, up to 24:00 (S14 203). */
export interface Deadline {
  /** Id of the rule or of its version, as in the table of deadlines: `L-02c`. */
  readonly rule: string;
  readonly ruleVersion: string;
  /** Versions of the years from start to end, `CN-2025.1+CN-2026.1`. */
  readonly calendarVersion: string;
  /** `suspended`: it stands still, and no end is known. */
  readonly state: 'set' | 'suspended';
  /** Local date; of a clock of hours an instant. Null while suspended. */
  readonly due: LocalDate | string | null;
  /** As `due`, but not rolled off a rest day: the strict date, by which alerts go. */
  readonly rawDue: LocalDate | string | null;
  readonly arithmetic: Arithmetic;
}

/** How a deadline comes about. */
export interface Arithmetic {
  readonly period: Period;
  /** Not counted. An instant for a clock of hours. */
  readonly start: LocalDate | string;
  readonly roll: RollPolicy;
  /** Union of what stopped the clock; `to` is null while it lasts. */
  readonly suspensions: readonly { readonly from: LocalDate; readonly to: LocalDate | null }[];
  /** Stopped nothing: their reasons are not among those of the rule. */
  readonly suspensionsWithoutEffect: readonly Suspension[];
  /** In order. One that came after the deadline as it then stood has no effect (T-09). */
  readonly extensions: readonly (GrantedExtension & { readonly effect: 'counted' | 'too-late' })[];
  /** Last day without extensions, not rolled. */
  readonly unextended: LocalDate | string | null;
}

/**
 * The deadline of a rule (id, name, or one already selected). Pure: the same question has the same answer. Throws what
 * {@link RuleBook.select} throws, `INSTANT_NEEDED`, `SUSPENSION_NOT_ALLOWED`, `INVALID_SUSPENSION`, `EXTENSION_NOT_ALLOWED`,
 * `EXTENSION_AMOUNT_NEEDED`, `EXTENSION_TOO_LONG`, `INVALID_EXTENSION`, and `CALENDAR_MISSING`.
 */
export function deadline(rule: string | SelectedRule, question: DeadlineQuestion): Deadline {
  const { from, calendar, asOfRules, reading, rules = shippedRules } = question;
  const start = startDay(from, calendar);
  const { version } =
    typeof rule === 'string' ? rules.select(rule, { on: asOfRules ?? localDateFromEpochDay(start), reading }) : rule;
  return version.period.unit === 'hours'
    ? hourDeadline(version, question)
    : dayDeadline(version, version.period as Period<DayUnit>, start, question);
}

/** Whether something done at a moment was in time: up to 24:00 of the last day, or up to the last moment of a clock of hours. */
export function isInTime({ due, arithmetic }: Deadline, at: Instant, calendar: WorkingCalendar): boolean {
  if (due === null) return true;
  if (arithmetic.period.unit === 'hours') return at <= parseInstant(due)!;
  return dayOf(calendar, at) <= due;
}

function startDay(from: Instant | LocalDate, calendar: WorkingCalendar): EpochDay {
  return typeof from === 'string' ? epochDay(from) : calendar.timeZone.wallClockAt(from).day;
}

const HOUR_MS = 3_600_000;

/** Hours run on, day and night, rest days included (T-12). */
function hourDeadline(version: RuleVersion, { from, suspensions, extensions, calendar }: DeadlineQuestion): Deadline {
  if (typeof from === 'string') {
    throw new Failure('INSTANT_NEEDED', `${version.id} counts hours: it starts at a moment, not on a day`);
  }
  const { withoutEffect } = partSuspensions(version, suspensions ?? []);
  grants(version, extensions ?? []);
  const due = formatInstant(from + version.period.count * HOUR_MS);
  return {
    rule: version.id,
    ruleVersion: ruleVersionName(version),
    calendarVersion: calendar.version,
    state: 'set',
    due,
    rawDue: due,
    arithmetic: {
      period: version.period,
      start: formatInstant(from),
      roll: 'none',
      suspensions: [],
      suspensionsWithoutEffect: withoutEffect,
      extensions: [],
      unextended: due,
    },
  };
}

function dayDeadline(
  version: RuleVersion,
  period: Period<DayUnit>,
  start: EpochDay,
  question: DeadlineQuestion,
): Deadline {
  const { calendar, suspensions = [], extensions = [] } = question;
  // A working day is never a rest day, so a clock of working days has nothing to roll off.
  const policy = period.unit === 'workingDays' ? 'none' : (question.roll ?? version.roll);
  const { stopping, withoutEffect } = partSuspensions(version, suspensions);
  const standstills = union(stopping);
  const unextended = count(calendar, start, period, standstills);
  const counted: { -readonly [Key in keyof Arithmetic]: Arithmetic[Key] }['extensions'][number][] = [];
  let raw = unextended;
  for (const grant of grants(version, extensions)) {
    const isLate =
      raw !== null && grant.grantedOn !== null && epochDay(grant.grantedOn) > rollEpochDay(calendar, raw, policy);
    counted.push({ ...grant, effect: isLate ? 'too-late' : 'counted' });
    // From the unrolled end [INF]: a holiday must not lengthen what is added to it.
    if (!isLate && raw !== null) raw = count(calendar, raw, { unit: period.unit, count: grant.by }, standstills);
  }
  const due = raw === null ? null : rollEpochDay(calendar, raw, policy);
  return {
    rule: version.id,
    ruleVersion: ruleVersionName(version),
    calendarVersion: versionsBetween(calendar, start, due ?? start).calendarVersion,
    state: due === null ? 'suspended' : 'set',
    due: dayOrNull(due),
    rawDue: dayOrNull(raw),
    arithmetic: {
      period,
      start: localDateFromEpochDay(start),
      roll: policy,
      suspensions: standstills.map(spanOf),
      suspensionsWithoutEffect: withoutEffect,
      extensions: counted,
      unextended: dayOrNull(unextended),
    },
  };
}

function dayOrNull(day: EpochDay | null): LocalDate | null {
  return day === null ? null : localDateFromEpochDay(day);
}

function spanOf({ from, to }: Standstill): { from: LocalDate; to: LocalDate | null } {
  return { from: localDateFromEpochDay(from), to: to === Infinity ? null : localDateFromEpochDay(to) };
}
