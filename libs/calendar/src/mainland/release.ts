import { localDateFromEpochDay, type EpochDay, type LocalDate } from '#kernel';
import { identityOf, UNNOTICED, type Issue, type NoticeIdentity } from './issue.ts';
import { monthDaysOf } from './known-issues.ts';
import { readChineseDays, readMainlandData, type MainlandData } from './mainland-data.ts';
import { shippedIssues } from './shipped-issues.ts';
import { statutoryDays } from './statute.ts';

/** What this release knows of the calendar by itself; read when it is first asked for. */
export function release(): { readonly data: MainlandData; readonly issues: readonly Issue[] } {
  if (read === undefined) {
    const data = readMainlandData();
    read = { data, issues: shippedIssues(data, readChineseDays()) };
  }
  return read;
}

let read: { readonly data: MainlandData; readonly issues: readonly Issue[] } | undefined;

/** Newest version of the calendar that this release brings, `CN-2026.1`. */
export function shippedVersion(): string {
  return release().issues.at(-1)!.version;
}

/** A notice that this release brings. */
export interface ShippedNotice extends NoticeIdentity {
  readonly publishedOn: LocalDate | null;
  readonly url: string | null;
  /** In order, as the notice names them. */
  readonly daysOff: readonly LocalDate[];
  readonly workdays: readonly LocalDate[];
}

/** Notices that this release brings for a year. */
export function shippedNotices(year: number): readonly ShippedNotice[] {
  const issues = release().issues.filter((issue) => issue.year === year && issue.notice !== UNNOTICED);
  return issues.map((issue) => {
    const { publishedOn, url } = issue.notice;
    const days = [...issue.days].sort(([one], [other]) => one - other);
    const inOrder = (isWork: boolean) => days.filter(([, { kind }]) => (kind === 'WORK') === isWork).map(dayOf);
    return { ...identityOf(issue), publishedOn, url, daysOff: inOrder(false), workdays: inOrder(true) };
  });
}

/** Days of a year's festivals by name (春节: 正月初一), where this release has them. */
export function shippedFestivals(year: number): Readonly<Record<string, LocalDate>> | undefined {
  const festivals = release().data.festivals[year];
  if (festivals === undefined) return undefined;
  return Object.fromEntries(Object.entries(festivals).map(([name, day]) => [name, `${year}-${day}`]));
}

/** The statutory days (法定节假日) of a year by the text of the statute then in force, from the days of its festivals. */
export function statutoryDaysBy(year: number, festivals: Readonly<Record<string, LocalDate>>): readonly LocalDate[] {
  return [...statutoryDays(year, release().data.statute, monthDaysOf(festivals)).keys()].map(localDateFromEpochDay);
}

function dayOf([day]: readonly [EpochDay, unknown]): LocalDate {
  return localDateFromEpochDay(day);
}
