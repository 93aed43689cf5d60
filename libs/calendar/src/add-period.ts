import { Failure, type EpochDay, type Instant } from '#kernel';
import { lastEpochDay, type DayUnit, type Period } from './period.ts';
import type { WorkingCalendar } from './working-calendar.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/**
 * The moment at which a period ends that starts at a moment.
 *
 * - The start is first moved to the next opening, where the calendar says so ({@link WorkingCalendar.outOfHours}).
 * - Days, months and years keep the time of day on the clocks of the calendar's zone, through changes of clocks as well.
 * - Hours run through rest days and nights (24 小时), but in a calendar with opening hours only while it is open. A period
 *   that is used up at closing ends at closing.
 *
 * Throws `CALENDAR_MISSING`, `DATE_OUT_OF_RANGE`.
 */
export function addPeriod(calendar: WorkingCalendar, from: Instant, period: Period): Instant {
  const start = calendar.outOfHours === 'next-opening' ? nextOpening(calendar, from) : from;
  if (period.unit === 'hours') return addHours(calendar, start, period.count);
  const { day, millisecond } = calendar.timeZone.wallClockAt(start);
  const last = lastEpochDay(calendar, day, period as Period<DayUnit>);
  return last === day ? start : calendar.timeZone.instantAt(last, millisecond);
}

/** The moment itself while the calendar is open, else the next opening. At the moment of closing it is closed. */
export function nextOpening(calendar: WorkingCalendar, instant: Instant): Instant {
  for (const { opens, closes } of openFrom(calendar, instant)) {
    if (instant < closes) return Math.max(instant, opens);
  }
  throw new Failure('DATE_OUT_OF_RANGE', 'the calendar never opens again');
}

function addHours(calendar: WorkingCalendar, start: Instant, hours: number): Instant {
  if (!Number.isFinite(hours) || hours < 0) throw new RangeError(`${hours} hours cannot be counted`);
  let left = Math.round(hours * HOUR_MS);
  if (left === 0) return start;
  if (!calendar.hasOpeningHours) return inRange(start + left);
  for (const { opens, closes } of openFrom(calendar, start)) {
    const from = Math.max(opens, start);
    if (left <= closes - from) return from + left;
    left -= Math.max(0, closes - from);
  }
  throw outOfRange();
}

/** The times at which the calendar is open, from the day of a moment on, as moments; each begins after the one before ends. */
function* openFrom(calendar: WorkingCalendar, instant: Instant): Generator<{ opens: Instant; closes: Instant }> {
  const zone = calendar.timeZone;
  let day: EpochDay = zone.wallClockAt(instant).day;
  if (calendar.kindOf(day) !== 'WORK') day = calendar.workingDayFrom(day, 1);
  let last = -Infinity;
  for (; ; day = calendar.workingDayFrom(day, 1)) {
    for (const { from, to } of calendar.openingHoursOf(day)) {
      // A change of clocks may skip an edge; time is not counted twice over it.
      const opens = Math.max(last, zone.instantAt(day, from * MINUTE_MS));
      const closes = Math.max(opens, zone.instantAt(day, to * MINUTE_MS));
      last = closes;
      yield { opens, closes };
    }
  }
}

const LATEST = Date.UTC(9999, 11, 31);

function inRange(instant: Instant): Instant {
  if (instant > LATEST) throw outOfRange();
  return instant;
}

function outOfRange(): Failure {
  return new Failure('DATE_OUT_OF_RANGE', 'the period ends outside the years 1000 to 9999');
}
