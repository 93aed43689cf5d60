import type { Instant, LocalDate } from '#kernel';
import type { WorkingCalendar } from './working-calendar.ts';

export const PERIOD_UNITS = ['hours', 'workingDays', 'days', 'months', 'years'] as const;
export type PeriodUnit = (typeof PERIOD_UNITS)[number];

/** 期间: so many of a unit. `hours` may be a fraction, the others are whole. */
export interface Period {
  readonly unit: PeriodUnit;
  readonly count: number;
}

/**
 * What happens when the last day is a rest day: `A` rolls off the statutory days only, `B` off the whole announced holiday, `C` off
 * any rest day, `none` never (law.md 5.1). It rolls to the first day after, which under A and B need not be a working day.
 */
export const ROLL_POLICIES = ['A', 'B', 'C', 'none'] as const;
export type RollPolicy = (typeof ROLL_POLICIES)[number];

/** The last day of a period. Pure; throws `CALENDAR_MISSING`. */
export declare function lastDay(
  calendar: WorkingCalendar,
  from: LocalDate,
  period: Period & { readonly unit: Exclude<PeriodUnit, 'hours'> },
): LocalDate;
/** The first day that is no rest day under a policy, `day` itself if it is none. */
export declare function roll(calendar: WorkingCalendar, day: LocalDate, policy: RollPolicy): LocalDate;
/** The end of a period that starts at a moment; the time of day is kept. */
export declare function addPeriod(calendar: WorkingCalendar, from: Instant, period: Period): Instant;
/** 24:00 of a day, its inclusive end, as the first moment of the next (S14 Art. 203). */
export declare function endOfDay(calendar: WorkingCalendar, day: LocalDate): Instant;
