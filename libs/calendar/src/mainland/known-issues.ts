import { epochDay, type EpochDay, type LocalDate } from '#kernel';
import { daysBetween, yearOf } from '../indexed-calendar.ts';
import { identityOf, isSameNotice, issuesOf, UNNOTICED, type Arrangement, type Issue, type Named } from './issue.ts';
import type { PublishedNotice } from './published-notice.ts';
import { statutoryDays, type Festivals } from './statute.ts';
import type { StatuteData } from './year-of-issues.ts';

/**
 * What a release brings and what was published beside it, in the order in which it came to be known. What a later release
 * brings comes after what was published before that, and not at all where it was published: one notice is one version.
 */
export function knownIssues(
  shipped: readonly Issue[],
  published: readonly PublishedNotice[],
  data: StatuteData,
): readonly Issue[] {
  const known: Arrangement[] = [];
  const seen: PublishedNotice[] = [];
  let next = 0;
  const takeShipped = (end: number): void => {
    for (; next < end; next++) if (!isPublished(shipped[next]!, seen, shipped)) known.push(shipped[next]!);
  };
  for (const notice of published) {
    takeShipped(endOf(notice.shippedVersion, shipped));
    known.push(arrangementOf(notice, data));
    seen.push(notice);
  }
  takeShipped(shipped.length);
  return issuesOf(known);
}

/** Behind a version of the release; an older release than the one that said it has nothing newer either. */
function endOf(version: string, shipped: readonly Issue[]): number {
  const index = shipped.findIndex((issue) => issue.version === version);
  return index < 0 ? shipped.length : index + 1;
}

function isPublished(issue: Issue, seen: readonly PublishedNotice[], shipped: readonly Issue[]): boolean {
  if (issue.notice !== UNNOTICED) return seen.some((notice) => isSameNotice(notice, identityOf(issue)));
  // Whether days without a notice are older or newer than a published one cannot be known; the one with a notice holds.
  return seen.some(
    (notice) => yearsOf(notice).has(issue.year) && !shipped.some((other) => isSameNotice(notice, identityOf(other))),
  );
}

function yearsOf({ year, daysOff, workdays }: PublishedNotice): ReadonlySet<number> {
  const days = [...daysOff.flatMap(({ from, to }) => [from, to]), ...workdays.map(({ day }) => day)];
  return new Set([year, ...days.map((day) => yearOf(epochDay(day)))]);
}

function arrangementOf(published: PublishedNotice, data: StatuteData): Arrangement {
  const { year, number, title, publishedOn, url, daysOff, workdays } = published;
  const days = new Map<EpochDay, Named>();
  for (const { from, to, name } of daysOff) {
    for (const day of daysBetween(from, to)) days.set(day, { kind: 'ANNOUNCED', name });
  }
  for (const { day, name } of workdays) days.set(epochDay(day), { kind: 'WORK', name });
  const festivals = published.festivals === null ? null : monthDaysOf(published.festivals);
  const known = festivals ?? data.festivals[year];
  const statutory = known === undefined ? undefined : [...statutoryDays(year, data.statute, known).keys()];
  const isWhole = statutory !== undefined && statutory.every((day) => days.get(day)?.kind === 'ANNOUNCED');
  return { notice: { number, title, publishedOn, url }, year, days, isWhole, festivals };
}

/** `2036-01-28` as `01-28`. */
export function monthDaysOf(festivals: Readonly<Record<string, LocalDate>>): Festivals {
  return Object.fromEntries(Object.entries(festivals).map(([name, day]) => [name, day.slice('2036-'.length)]));
}
