import { shippedVersion, type DaysOff, type MakeUpDay, type PublishedNotice } from '#calendar';
import { addDays, epochDay, parseLocalDate, refuse, type LocalDate, type Refusal } from '#kernel';
import { DAYS_OFF, WORKDAY, type PublishWorkCalendar } from './commands.ts';
import { festivalsTold } from './festivals.ts';

/** The notice that a command tells, its days in order. */
export function noticeOf(command: PublishWorkCalendar): PublishedNotice {
  const { year, number, title, publishedOn, url, daysOff, workdays = [] } = command;
  return {
    year,
    number: number ?? null,
    title,
    publishedOn,
    url: url ?? null,
    daysOff: daysOff.map(readDaysOff).sort((one, other) => inOrder(one.from, other.from)),
    workdays: workdays.map(readWorkday).sort((one, other) => inOrder(one.day, other.day)),
    festivals: festivalsTold(command),
    shippedVersion: shippedVersion(),
  };
}

/** Why its days cannot be those of a notice, whatever else is known of the year. */
export function daysRefusal({ year, daysOff, workdays }: PublishedNotice): Refusal | undefined {
  return daysOffRefusal(daysOff, year) ?? workdaysRefusal(workdays, year) ?? togetherRefusal(daysOff, workdays);
}

/** Each day of the spans. */
export function daysIn(daysOff: readonly DaysOff[]): LocalDate[] {
  return daysOff.flatMap(({ from, to }) =>
    Array.from({ length: epochDay(to) - epochDay(from) + 1 }, (_, index) => addDays(from, index)),
  );
}

/** Years in which its days lie, the one that it arranges always. */
export function yearsOf({ year, daysOff, workdays }: PublishedNotice): readonly number[] {
  const days = [...daysOff.flatMap(({ from, to }) => [from, to]), ...workdays.map(({ day }) => day)];
  return [...new Set([year, ...days.map(yearOf)])];
}

export function yearOf(day: LocalDate): number {
  return Number(day.slice(0, 4));
}

/** The form was checked by the command's class. */
function readDaysOff(written: string): DaysOff {
  const [, from, to, name] = DAYS_OFF.exec(written) as unknown as [string, LocalDate, LocalDate | undefined, string];
  return { from, to: to ?? from, name };
}

function readWorkday(written: string): MakeUpDay {
  const [, day, name] = WORKDAY.exec(written) as unknown as [string, LocalDate, string];
  return { day, name };
}

function inOrder(one: LocalDate, other: LocalDate): number {
  return one < other ? -1 : Number(one > other);
}

/** No holiday has been nearly as long: a longer span has a wrong month or year. */
const LONGEST_HOLIDAY_DAYS = 31;

function daysOffRefusal(daysOff: readonly DaysOff[], year: number): Refusal | undefined {
  for (const { from, to } of daysOff) {
    const refusal = dayRefusal(from, year, 'daysOff') ?? dayRefusal(to, year, 'daysOff');
    if (refusal !== undefined) return refusal;
    const length = epochDay(to) - epochDay(from) + 1;
    if (length < 1) return refuse('invalid', 'SPAN_REVERSED', `${from}..${to} ends before it begins.`, 'daysOff');
    if (length > LONGEST_HOLIDAY_DAYS) {
      return refuse('invalid', 'SPAN_TOO_LONG', `${from}..${to} is ${length} days; no holiday is.`, 'daysOff');
    }
  }
  return twiceRefusal(daysIn(daysOff), 'daysOff');
}

function workdaysRefusal(workdays: readonly MakeUpDay[], year: number): Refusal | undefined {
  for (const { day } of workdays) {
    const refusal = dayRefusal(day, year, 'workdays');
    if (refusal !== undefined) return refusal;
  }
  return twiceRefusal(
    workdays.map(({ day }) => day),
    'workdays',
  );
}

/** A notice reaches into December before and January after its year, and no further. */
function dayRefusal(day: LocalDate, year: number, field: string): Refusal | undefined {
  if (parseLocalDate(day) === undefined) return refuse('invalid', 'INVALID_DATE', `${day} is no day.`, field);
  if (day >= `${year - 1}-12-01` && day <= `${year + 1}-01-31`) return undefined;
  const detail = `${day} is not of ${year}, nor of the month before or after.`;
  return refuse('invalid', 'DAY_OUT_OF_YEAR', detail, field);
}

function twiceRefusal(days: readonly LocalDate[], field: string): Refusal | undefined {
  const twice = days.find((day, index) => days.indexOf(day) < index);
  return twice === undefined ? undefined : refuse('invalid', 'DAY_NAMED_TWICE', `${twice} is named twice.`, field);
}

function togetherRefusal(daysOff: readonly DaysOff[], workdays: readonly MakeUpDay[]): Refusal | undefined {
  if (daysOff.length + workdays.length === 0) {
    return refuse('invalid', 'NO_DAYS', 'The notice names no day.', 'daysOff');
  }
  const off = new Set(daysIn(daysOff));
  const both = workdays.find(({ day }) => off.has(day));
  if (both === undefined) return undefined;
  return refuse('invalid', 'DAY_OFF_AND_WORKED', `${both.day} is both off and worked.`, 'workdays');
}
