import {
  addMonths,
  epochDay,
  Failure,
  localDateFromEpochDay,
  type EpochDay,
  type Instant,
  type LocalDate,
} from '#kernel';
import { yearOf } from './indexed-calendar.ts';
import type { WorkingCalendar } from './working-calendar.ts';

export const DAY_UNITS = ['workingDays', 'days', 'months', 'years'] as const;
export type DayUnit = (typeof DAY_UNITS)[number];
export const PERIOD_UNITS = ['hours', ...DAY_UNITS] as const;
export type PeriodUnit = (typeof PERIOD_UNITS)[number];

/** 期间: so many of a unit. Hours may be a fraction, all others are whole numbers; negative counts backwards. */
export interface Period<Unit extends PeriodUnit = PeriodUnit> {
  readonly unit: Unit;
  readonly count: number;
}

/**
 * What happens when the last day is a rest day: `A` rolls off the statutory days only, `B` off the whole announced holiday, `C` off
 * any rest day, `none` never. A and B roll to the first day after the holiday, which need not be a working day (S1 Art. 45).
 */
export const ROLL_POLICIES = ['A', 'B', 'C', 'none'] as const;
export type RollPolicy = (typeof ROLL_POLICIES)[number];

/**
 * The last day of a period before it rolls; an extension counts from it, wherever it rolls to. The day on which it starts does not count (S1 Art. 45): the first counted day is the
 * next working day, or the next day. Months and years end on the same day of the month, or else on the month's last (S14 Art. 202).
 * Nothing of a period is left over on its last day at 24:00: {@link endOfDay}. Throws `CALENDAR_MISSING`, `DATE_OUT_OF_RANGE`.
 */
export function lastDay(calendar: WorkingCalendar, from: LocalDate, period: Period<DayUnit>): LocalDate {
  return localDateFromEpochDay(lastEpochDay(calendar, epochDay(from), period));
}

/** {@link lastDay} on day numbers. */
export function lastEpochDay(calendar: WorkingCalendar, from: EpochDay, { unit, count }: Period<DayUnit>): EpochDay {
  if (!Number.isSafeInteger(count)) throw new RangeError(`${count} ${unit} is no whole number`);
  switch (unit) {
    case 'workingDays':
      return calendar.workingDayFrom(from, count);
    case 'days':
      return inRange(from + count);
    case 'months':
      return monthsAfter(from, count);
    case 'years':
      return monthsAfter(from, count * 12);
  }
}

/** The day to which a last day rolls under a policy: itself, or the first day after that is no such rest day. */
export function roll(calendar: WorkingCalendar, day: LocalDate, policy: RollPolicy): LocalDate {
  return localDateFromEpochDay(rollEpochDay(calendar, epochDay(day), policy));
}

export function rollEpochDay(calendar: WorkingCalendar, day: EpochDay, policy: RollPolicy): EpochDay {
  let at = day;
  if (policy !== 'none') while (ROLLS_OFF[policy].includes(calendar.kindOf(at))) at += 1;
  return at;
}

const ROLLS_OFF = { A: ['STATUTORY'], B: ['STATUTORY', 'ANNOUNCED'], C: ['STATUTORY', 'ANNOUNCED', 'REST'] };

/** The versions of the years between two days, as far as the calendar has them: `CN-2025.1+CN-2026.1`; and whether one is a guess. */
export function versionsBetween(
  calendar: WorkingCalendar,
  from: EpochDay,
  to: EpochDay,
): { readonly calendarVersion: string; readonly provisional: boolean } {
  const versions = new Set<string>();
  let provisional = false;
  for (let year = yearOf(Math.min(from, to)); year <= yearOf(Math.max(from, to)); year++) {
    const isGuess = calendar.isProvisional(year);
    provisional ||= isGuess;
    if (isGuess || calendar.covers(year)) versions.add(calendar.versionOf(year));
  }
  return { calendarVersion: versions.size === 0 ? calendar.version : [...versions].join('+'), provisional };
}

/** Working days after `from` up to and with `to`: the start does not count, the end does. Negative when `to` lies before. */
export function workingDaysBetween(calendar: WorkingCalendar, from: LocalDate, to: LocalDate): number {
  return calendar.workingDaysBetween(epochDay(from), epochDay(to));
}

/** The day on which a moment falls by the calendar's clocks. */
export function dayOf(calendar: WorkingCalendar, instant: Instant): LocalDate {
  return localDateFromEpochDay(calendar.timeZone.wallClockAt(instant).day);
}

/** 24:00 of a day, its inclusive end, as the first moment that is too late (S14 Art. 203). */
export function endOfDay(calendar: WorkingCalendar, day: LocalDate): Instant {
  return calendar.timeZone.startOfDay(epochDay(day) + 1);
}

function monthsAfter(from: EpochDay, months: number): EpochDay {
  // 120,000 months are all that dates have; more of them would not even be a year number.
  if (Math.abs(months) > 120_000) throw outOfRange();
  const day = addMonths(localDateFromEpochDay(from), months);
  const year = Number(day.slice(0, day.indexOf('-', 1)));
  if (!(year >= 1000 && year <= 9999)) throw outOfRange();
  return epochDay(day);
}

const [FIRST, LAST] = [epochDay('1000-01-01'), epochDay('9999-12-31')];

function inRange(day: EpochDay): EpochDay {
  if (day < FIRST || day > LAST) throw outOfRange();
  return day;
}

function outOfRange(): Failure {
  return new Failure('DATE_OUT_OF_RANGE', 'the period ends outside the years 1000 to 9999');
}
