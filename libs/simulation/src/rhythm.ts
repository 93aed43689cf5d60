import type { EpochDay, Instant } from '#kernel';
import { DAY_MS, epochDay, epochDayOf, localDateFromEpochDay, startOfDay } from '#kernel';
import type { Random } from './random.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;

/** First days of the Spring Festival (春节): the week around them is quiet. */
const NEW_YEARS = [
  '2022-02-01',
  '2023-01-22',
  '2024-02-10',
  '2025-01-29',
  '2026-02-17',
  '2027-02-06',
  '2028-01-26',
].map(epochDay);

/** Calls per hour of the day in Shanghai, relative: hotlines answer at night, too (T-11). */
const BY_HOUR = [2, 1, 1, 1, 1, 2, 4, 9, 22, 38, 40, 30, 18, 22, 34, 36, 32, 24, 16, 14, 13, 10, 6, 4];

/** Monday to Sunday. */
const BY_WEEKDAY = [1.15, 1.1, 1.05, 1.05, 1.05, 0.85, 0.75];

/** How busy a day is, relative to a plain one: the week, the shopping festival, consumers' day, the Spring Festival. */
export function dayWeight(day: EpochDay): number {
  return BY_WEEKDAY[weekday(day)]! * seasonOf(day);
}

function seasonOf(day: EpochDay): number {
  const monthAndDay = localDateFromEpochDay(day).slice(5);
  if (NEW_YEARS.some((first) => day >= first - 2 && day <= first + 6)) return 0.35;
  if (monthAndDay >= '11-11' && monthAndDay <= '11-20') return 2.2;
  if (monthAndDay >= '03-13' && monthAndDay <= '03-17') return 2.6;
  if (monthAndDay >= '06-18' && monthAndDay <= '06-22') return 1.5;
  return 1;
}

/** Exactly `count` moments in order over the days from `from` (included) to `to` (not), spread as busy as the days are. */
export function* arrivals(random: Random, from: EpochDay, to: EpochDay, count: number): Generator<Instant> {
  let whole = 0;
  for (let day = from; day < to; day++) whole += dayWeight(day);
  let [passed, given] = [0, 0];
  for (let day = from; day < to; day++) {
    passed += dayWeight(day);
    const due = day === to - 1 ? count : Math.floor((count * passed) / whole);
    const midnight = midnightOf(day);
    const moments = Array.from({ length: due - given }, () => midnight + callTime(random));
    moments.sort((a, b) => a - b);
    yield* moments;
    given = due;
  }
}

const CALLS_A_DAY = BY_HOUR.reduce((sum, calls) => sum + calls, 0);

function callTime(random: Random): number {
  let left = random.next() * CALLS_A_DAY;
  let hour = 0;
  while (left >= BY_HOUR[hour]!) left -= BY_HOUR[hour++]!;
  return hour * HOUR_MS + random.integer(0, 3599) * 1000;
}

/** An office's moment (Monday to Friday, 9 to 17 o'clock) `days` such days after a moment; 0 = the next chance to act. */
export function officeTime(random: Random, after: Instant, days: number): Instant {
  let day = epochDayOf(after);
  let left = days;
  if (left === 0 && (isWeekend(day) || hourOf(after) >= 16)) left = 1;
  while (left > 0) if (!isWeekend(++day)) left--;
  const opens = midnightOf(day) + 9 * HOUR_MS;
  const earliest = Math.max(opens, after + MINUTE_MS);
  return earliest + random.integer(0, Math.max(0, Math.floor((opens + 8 * HOUR_MS - earliest) / 1000))) * 1000;
}

/** A private person's moment some hours later, not in the middle of the night. */
export function personTime(random: Random, after: Instant, leastHours: number, mostHours: number): Instant {
  const at = after + random.integer(leastHours * 60, mostHours * 60) * MINUTE_MS + MINUTE_MS;
  const hour = hourOf(at);
  return hour >= 7 && hour < 23 ? at : at + (hour < 7 ? 7 - hour : 31 - hour) * HOUR_MS;
}

/** The end (24:00) of the n-th Monday-to-Friday day after a moment's own. */
export function endOfOfficeDay(after: Instant, days: number): Instant {
  let day = epochDayOf(after);
  for (let left = days; left > 0;) if (!isWeekend(++day)) left--;
  return midnightOf(day + 1);
}

/** A moment in office hours on a calendar day counted from a moment's own. */
export function onDayAfter(random: Random, moment: Instant, days: number): Instant {
  return midnightOf(epochDayOf(moment) + days) + (9 * 3600 + random.integer(0, 28_000)) * 1000;
}

/** Shanghai has no daylight saving, so every day is as long as the first. */
const FIRST_MIDNIGHT = startOfDay('1970-01-01');

function midnightOf(day: EpochDay): Instant {
  return FIRST_MIDNIGHT + day * DAY_MS;
}

function hourOf(moment: Instant): number {
  return Math.floor((moment - midnightOf(epochDayOf(moment))) / HOUR_MS);
}

/** 0 = Monday; 1970-01-01 was a Thursday. */
function weekday(day: EpochDay): number {
  return (((day + 3) % 7) + 7) % 7;
}

function isWeekend(day: EpochDay): boolean {
  return weekday(day) >= 5;
}
