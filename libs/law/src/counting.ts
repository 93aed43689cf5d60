import { lastEpochDay, type DayUnit, type Period, type WorkingCalendar } from '#calendar';
import type { EpochDay } from '#kernel';
import type { Standstill } from './suspension.ts';

/**
 * The last day of a period after a start that is not counted itself; null when it stands still and no end is known. Time at
 * a standstill is counted in the unit of the clock: working days for one of working days, days for any other.
 */
export function count(
  calendar: WorkingCalendar,
  start: EpochDay,
  period: Period<DayUnit>,
  standstills: readonly Standstill[],
): EpochDay | null {
  let end = lastEpochDay(calendar, start, period);
  const isWorking = period.unit === 'workingDays';
  let left = isWorking ? period.count : end - start;
  let at = start;
  for (const { from, to } of standstills) {
    if (to <= at) continue;
    // What begins after the end changes nothing, and its year need not be known.
    if (from > end) break;
    const before = between(calendar, isWorking, at, from - 1);
    if (before >= left) break;
    if (to === Infinity) return null;
    left -= before;
    at = to;
    end = lastEpochDay(calendar, at, { unit: isWorking ? 'workingDays' : 'days', count: left });
  }
  return end;
}

/** Units after `from` up to and with `to`; 0 when `to` is not after it. */
function between(calendar: WorkingCalendar, isWorking: boolean, from: EpochDay, to: EpochDay): number {
  if (to <= from) return 0;
  return isWorking ? calendar.workingDaysBetween(from, to) : to - from;
}
