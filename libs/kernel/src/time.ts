/**
 * Time as the domain speaks of it. An {@link Instant} is a moment (epoch milliseconds, UTC); a {@link LocalDate} is a
 * legal day (自然日) in Asia/Shanghai, which has had no daylight saving since 1991. A legal day is never read off a UTC date.
 */

/** A moment in epoch milliseconds, UTC. ISO 8601 with an offset at every edge (HTTP, files, exported JSON). */
export type Instant = number;

/** A day `YYYY-MM-DD` in Asia/Shanghai. Sorts as text. */
export type LocalDate = string;

/** Days since 1970-01-01: the arithmetic form of a {@link LocalDate}. */
export type EpochDay = number;

export const DAY_MS = 86_400_000;
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

const INSTANT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})$/;
const LOCAL_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Reads ISO 8601 with seconds optional and an offset (`Z` or `±hh:mm`) required; `undefined` when it is anything else. */
export function parseInstant(text: string): Instant | undefined {
  const match = INSTANT.exec(text);
  if (match === null) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const [hour, minute, second] = [Number(match[4]), Number(match[5]), Number(match[6] ?? 0)];
  if (!isDay(year, month, day) || hour > 23 || minute > 59 || second > 59) return undefined;
  const offset = offsetMs(match[8]!);
  // What is finer than a millisecond is cut off, as Date does.
  const fraction = match[7] === undefined ? 0 : Number(match[7].slice(0, 3).padEnd(3, '0'));
  return offset === undefined ? undefined : Date.UTC(year, month - 1, day, hour, minute, second, fraction) - offset;
}

function offsetMs(zone: string): number | undefined {
  if (zone === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4))];
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** `2026-11-20T05:11:00.000Z` */
export function formatInstant(instant: Instant): string {
  return new Date(instant).toISOString();
}

/** Reads a real calendar day `YYYY-MM-DD`; `undefined` for any other text, 2026-02-30 included. */
export function parseLocalDate(text: string): LocalDate | undefined {
  const match = LOCAL_DATE.exec(text);
  if (match === null) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return isDay(year, month, day) ? text : undefined;
}

/** The legal day on which a moment falls. */
export function localDateOf(instant: Instant): LocalDate {
  return localDateFromEpochDay(epochDayOf(instant));
}

/** The legal day on which a moment falls, as a day number. */
export function epochDayOf(instant: Instant): EpochDay {
  return Math.floor((instant + SHANGHAI_OFFSET_MS) / DAY_MS);
}

/** 00:00 of a legal day. A period that ends on day D ends at `startOfDay(D + 1)` (S14 Art. 203). */
export function startOfDay(day: LocalDate): Instant {
  return epochDay(day) * DAY_MS - SHANGHAI_OFFSET_MS;
}

/** Day number of a {@link LocalDate}; throws a RangeError on text that is no day, as that is a broken promise. */
export function epochDay(day: LocalDate): EpochDay {
  if (parseLocalDate(day) === undefined) throw new RangeError(`not a local date: ${day}`);
  return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))) / DAY_MS;
}

export function localDateFromEpochDay(day: EpochDay): LocalDate {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

export function addDays(day: LocalDate, days: number): LocalDate {
  return localDateFromEpochDay(epochDay(day) + days);
}

/** Same day of the month, else the month's last day (S14 Art. 202): 2023-08-31 + 6 months = 2024-02-29. */
export function addMonths(day: LocalDate, months: number): LocalDate {
  const [year, month, dayOfMonth] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
  const index = year * 12 + (month - 1) + months;
  const [targetYear, targetMonth] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1];
  const last = Math.min(dayOfMonth, daysInMonth(targetYear, targetMonth));
  return `${pad(targetYear, 4)}-${pad(targetMonth, 2)}-${pad(last, 2)}`;
}

export function addYears(day: LocalDate, years: number): LocalDate {
  return addMonths(day, years * 12);
}

function isDay(year: number, month: number, day: number): boolean {
  return year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
