import { epochDay, localDateFromEpochDay, type EpochDay, type LocalDate } from '#kernel';
import { lastEpochDay, type DayUnit, type Period } from './period.ts';
import type { DayKind, WorkingCalendar } from './working-calendar.ts';

/** Days in a row that were not counted. */
export interface RestSpan {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly kinds: readonly DayKind[];
  /** Names of the holidays in it. */
  readonly names: readonly string[];
}

/** How a period was counted, day by day. */
export interface Count {
  readonly period: Period<DayUnit>;
  readonly from: LocalDate;
  /** Counted days in order; the last is the last day of the period. Of months and years only that day. */
  readonly counted: readonly LocalDate[];
  /** Rest days between; none where calendar days, months or years are counted. */
  readonly rest: readonly RestSpan[];
}

/** How a period comes to its last day: which days counted, and which did not. */
export function countDays(calendar: WorkingCalendar, from: LocalDate, period: Period<DayUnit>): Count {
  const start = epochDay(from);
  const last = lastEpochDay(calendar, start, period);
  if (period.unit === 'months' || period.unit === 'years') {
    return { period, from, counted: [localDateFromEpochDay(last)], rest: [] };
  }
  const counted: LocalDate[] = [];
  const resting: EpochDay[][] = [];
  for (let day = start + 1; day <= last; day++) {
    if (period.unit === 'days' || calendar.kindOf(day) === 'WORK') counted.push(localDateFromEpochDay(day));
    else if (resting.at(-1)?.at(-1) === day - 1) resting.at(-1)!.push(day);
    else resting.push([day]);
  }
  return { period, from, counted, rest: resting.map((days) => restSpan(calendar, days)) };
}

function restSpan(calendar: WorkingCalendar, days: readonly EpochDay[]): RestSpan {
  const details = days.map((day) => calendar.dayDetail(localDateFromEpochDay(day)));
  return {
    from: details[0]!.day,
    to: details.at(-1)!.day,
    kinds: [...new Set(details.map(({ kind }) => kind))],
    names: [...new Set(details.flatMap(({ name }) => name ?? []))],
  };
}

const UNIT_WORDS: Readonly<Record<DayUnit, string>> = {
  workingDays: 'working day',
  days: 'day',
  months: 'month',
  years: 'year',
};

/**
 * A count in words: "7 working days from 2026-02-13: 02-14, 02-24, …, 03-02; 02-15 to 02-23 rest". Weekends that touch no
 * holiday are left out. A day is written without its year while that is the year of the start.
 */
export function countInWords({ period: { unit, count }, from, counted, rest }: Count): string {
  const short = (day: LocalDate) => (day.startsWith(from.slice(0, 5)) ? day.slice(5) : day);
  const days = counted.map(short);
  const shown = days.length <= 4 ? days : [...days.slice(0, 2), '…', days.at(-1)!];
  const holidays = rest.filter(({ kinds }) => kinds.some((kind) => kind !== 'REST'));
  const spans = holidays.map(({ from: first, to }) =>
    first === to ? short(first) : `${short(first)} to ${short(to)}`,
  );
  const head = `${count} ${UNIT_WORDS[unit]}${count === 1 ? '' : 's'} from ${from}: ${shown.join(', ')}`;
  return spans.length === 0 ? head : `${head}; ${spans.join(', ')} rest`;
}
