import { isSameNotice, shippedNotices, type PublishedNotice, type ShippedNotice } from '#calendar';
import type { LocalDate } from '#kernel';
import type { PublishWorkCalendar } from './commands.ts';
import { daysIn, yearOf } from './notice.ts';
import type { RecordedNotice } from './work-calendar.ts';

type Field = keyof PublishWorkCalendar;

/** The same notice as it was published last, or else as the release brings it. */
export interface KnownNotice {
  readonly daysOff: readonly LocalDate[];
  /** Years whose days it changes. */
  readonly years: readonly number[];
  /** Field of the command in which the notice given differs from it; undefined where it does in none. */
  readonly differsIn: Field | undefined;
}

export function knownNotice(notice: PublishedNotice, recorded: readonly RecordedNotice[]): KnownNotice | undefined {
  const published = recorded.findLast((earlier) => isSameNotice(earlier, notice));
  if (published !== undefined) {
    const { years } = published;
    return { daysOff: daysIn(published.daysOff), years, differsIn: differenceFromPublished(published, notice) };
  }
  const shipped = shippedNotices(notice.year).find((earlier) => isSameNotice(earlier, notice));
  if (shipped === undefined) return undefined;
  const { daysOff, workdays } = shipped;
  return { daysOff, years: [...daysOff, ...workdays].map(yearOf), differsIn: differenceFromShipped(shipped, notice) };
}

function differenceFromPublished(known: RecordedNotice, given: PublishedNotice): Field | undefined {
  const plain = (['number', 'title', 'publishedOn', 'url'] as const).find((field) => known[field] !== given[field]);
  if (plain !== undefined) return plain;
  // One span of three days is the same as three of one.
  const off = ({ daysOff }: PublishedNotice) => daysOff.flatMap((span) => daysIn([span]).map((day) => day + span.name));
  if (!isSame(off(known), off(given))) return 'daysOff';
  const worked = ({ workdays }: PublishedNotice) => workdays.map(({ day, name }) => day + name);
  if (!isSame(worked(known), worked(given))) return 'workdays';
  // A release may know by now what had to be told then.
  const told = Object.entries(given.festivals ?? {});
  return told.every(([name, day]) => known.festivals?.[name] === day) ? undefined : 'springFestival';
}

/** In what decides: whoever publishes the notice need not word it as the release does. */
function differenceFromShipped(known: ShippedNotice, given: PublishedNotice): Field | undefined {
  if (known.publishedOn !== null && known.publishedOn !== given.publishedOn) return 'publishedOn';
  if (!isSame(known.daysOff, daysIn(given.daysOff))) return 'daysOff';
  const workdays = given.workdays.map(({ day }) => day);
  return isSame(known.workdays, workdays) ? undefined : 'workdays';
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.join() === other.join();
}
