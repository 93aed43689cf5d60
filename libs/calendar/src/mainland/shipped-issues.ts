import { epochDay, localDateFromEpochDay, type EpochDay, type LocalDate } from '#kernel';
import { daysBetween, isMondayToFriday, weekdayOf, type YearOfDays } from '../indexed-calendar.ts';
import type { DayKind, Notice } from '../working-calendar.ts';
import { issuesOf, UNNOTICED, type Arrangement, type Issue, type Named } from './issue.ts';
import { yearsCovered, type ChineseDays, type MainlandData, type NoticeOfDays } from './mainland-data.ts';
import { yearOfIssues } from './year-of-issues.ts';

/** What a release brings: the notices of mainland.yaml, then the days that only chinese-days has. */
export function shippedIssues(data: MainlandData, published: ChineseDays): readonly Issue[] {
  const noticed = data.notices.map((notice): Arrangement => ({
    notice: noticeOf(notice),
    year: notice.year,
    days: daysOf(notice),
    isWhole: notice.amends === undefined,
    festivals: null,
  }));
  const issues = issuesOf(noticed);
  const covered = yearsCovered(published);
  const mayHaveMore = (year: number) =>
    year >= data.notices[0]!.year &&
    data.festivals[year] !== undefined &&
    // The notice for the next year changes the end of a year: what has not that one has nothing newer.
    issues.every((issue) => !issue.years.has(year) || covered.includes(issue.year));
  const unnoticed = covered
    .filter(mayHaveMore)
    .map((year) => unnoticedDays(year, yearOfIssues(year, issues, data), published))
    .filter(({ days }) => days.size > 0);
  return issuesOf([...noticed, ...unnoticed]);
}

function noticeOf({ year, number, amends, publishedOn, url }: NoticeOfDays): Notice {
  const what = amends ?? `${year}年部分节假日安排`;
  return { number, title: `国务院办公厅关于${what}的通知`, publishedOn, url };
}

function daysOf(notice: NoticeOfDays): ReadonlyMap<EpochDay, Named> {
  const days = new Map<EpochDay, Named>();
  for (const [name, { off = [], work = [] }] of Object.entries(notice.days)) {
    for (const span of off) {
      const [first, last] = span.split('..') as [LocalDate, LocalDate?];
      for (const day of daysBetween(first, last ?? first)) days.set(day, { kind: 'ANNOUNCED', name });
    }
    for (const day of work) days.set(epochDay(day), { kind: 'WORK', name });
  }
  return days;
}

/** Days that chinese-days has and the notices have not: of a new year, or changed by a notice that is not on record. */
function unnoticedDays(year: number, known: YearOfDays | undefined, published: ChineseDays): Arrangement {
  const days = new Map<EpochDay, Named>();
  for (const day of daysBetween(`${year}-01-01`, `${year}-12-31`)) {
    const found = publishedDay(localDateFromEpochDay(day), published);
    const kind = found?.kind ?? plainKind(day);
    const before = known?.exceptions.get(day)?.kind ?? plainKind(day);
    const isNew = known === undefined ? found !== undefined : (kind === 'WORK') !== (before === 'WORK');
    if (isNew) days.set(day, { kind, name: found?.name ?? '' });
  }
  return { notice: UNNOTICED, year, days, isWhole: known === undefined, festivals: null };
}

function publishedDay(day: LocalDate, { holidays, workdays }: ChineseDays): Named | undefined {
  const [off, work] = [holidays[day], workdays[day]];
  if (off !== undefined) return { kind: 'ANNOUNCED', name: off.split(',')[1] ?? off };
  return work === undefined ? undefined : { kind: 'WORK', name: work.split(',')[1] ?? work };
}

function plainKind(day: EpochDay): DayKind {
  return isMondayToFriday(weekdayOf(day)) ? 'WORK' : 'REST';
}
