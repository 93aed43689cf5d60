import {
  shippedFestivals,
  statutoryDaysBy,
  type MakeUpDay,
  type PublishedNotice,
  type WorkingCalendar,
} from '#calendar';
import { refuse, type LocalDate, type Refusal } from '#kernel';
import type { PublishWorkCalendar } from './commands.ts';
import { missingFestival } from './festivals.ts';
import { daysIn } from './notice.ts';
import type { KnownNotice } from './same-notice.ts';

/** Why a notice cannot arrange or amend its year. `calendar` is what is known without it, and without what it corrects. */
export function calendarRefusal(
  command: PublishWorkCalendar,
  { year, daysOff, workdays, festivals }: PublishedNotice,
  corrected: KnownNotice | undefined,
  calendar: WorkingCalendar,
): Refusal | undefined {
  const said = festivals ?? shippedFestivals(year);
  if (said === undefined && !calendar.covers(year)) return missingFestival(command);
  const statutory = said === undefined ? [] : statutoryDaysBy(year, said);
  const missing = statutory.filter((day) => !daysIn(daysOff).includes(day));
  const arranges = !calendar.covers(year) || (corrected !== undefined && givesOff(corrected, statutory));
  if (arranges && missing.length > 0) {
    const detail = `A notice that arranges ${year} gives every statutory day off: also ${missing.join(', ')}.`;
    return refuse('invalid', 'STATUTORY_DAY_MISSING', detail, 'daysOff');
  }
  return workdaysRefusal(workdays, statutory, calendar);
}

/** Whether what is corrected is the notice that arranges the year: the correction then has to arrange it as well. */
function givesOff({ daysOff }: KnownNotice, statutory: readonly LocalDate[]): boolean {
  return statutory.length > 0 && statutory.every((day) => daysOff.includes(day));
}

function workdaysRefusal(
  workdays: readonly MakeUpDay[],
  statutory: readonly LocalDate[],
  calendar: WorkingCalendar,
): Refusal | undefined {
  for (const { day } of workdays) {
    if (statutory.includes(day) || calendar.dayKind(day) === 'STATUTORY') {
      return refuse('invalid', 'STATUTORY_DAY_WORKED', `${day} is a statutory day off.`, 'workdays');
    }
    if (isMondayToFriday(day) && calendar.isWorkingDay(day)) {
      return refuse('invalid', 'WORKED_ANYWAY', `${day} is a working day without the notice.`, 'workdays');
    }
  }
  return undefined;
}

function isMondayToFriday(day: LocalDate): boolean {
  return new Date(`${day}T00:00:00Z`).getUTCDay() % 6 !== 0;
}
