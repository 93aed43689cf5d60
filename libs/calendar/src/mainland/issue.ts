import { yearOf } from '../indexed-calendar.ts';
import type { EpochDay } from '#kernel';
import type { DayKind, Notice } from '../working-calendar.ts';
import type { Festivals } from './statute.ts';

export interface Named {
  readonly kind: DayKind;
  readonly name: string;
}

/** What a notice says. */
export interface Arrangement {
  readonly notice: Notice;
  /** Year that it arranges. */
  readonly year: number;
  readonly days: ReadonlyMap<EpochDay, Named>;
  /** It arranges the year as a whole; an amendment changes some days of one that is arranged. */
  readonly isWhole: boolean;
  /** Of the year, where the notice says them itself. */
  readonly festivals: Festivals | null;
}

/** A notice in its place among those known, with its name as a version of the year that it arranges. */
export interface Issue extends Arrangement {
  /** `CN-2019.2` */
  readonly version: string;
  /** Years whose days it changes. */
  readonly years: ReadonlySet<number>;
  /** What it takes the place of: the same notice written down anew, or days whose notice was not on record. */
  readonly replaces: Issue | undefined;
}

/** Stands for the notice of days that the npm package chinese-days has and nobody's notice. */
export const UNNOTICED: Notice = {
  number: null,
  title: 'days published by the npm package chinese-days; their notice is not on record here',
  publishedOn: null,
  url: null,
};

/** Arrangements in the order in which they came to be known, each under its name: `CN-2018.2` is the second that changes 2018. */
export function issuesOf(arrangements: readonly Arrangement[]): Issue[] {
  const issues: Issue[] = [];
  for (const arrangement of arrangements) {
    const { year, days } = arrangement;
    const replaces = issues.findLast((earlier) => isReplaced(earlier, arrangement));
    // What it takes back changes a year as well.
    const years = new Set([year, ...[...days.keys()].map(yearOf), ...(replaces?.years ?? [])]);
    issues.push({ ...arrangement, years, replaces, version: `CN-${year}.${changesOf(year, issues) + 1}` });
  }
  return issues;
}

/** How many of the issues change a year. */
export function changesOf(year: number, issues: readonly Issue[]): number {
  return issues.filter(({ years }) => years.has(year)).length;
}

/** Parts of a notice by which it is recognised. */
export interface NoticeIdentity {
  readonly year: number;
  readonly number: string | null;
  readonly title: string;
}

/** By its number, or where that is not known by its title. */
export function isSameNotice(one: NoticeIdentity, other: NoticeIdentity): boolean {
  if (one.year !== other.year) return false;
  return one.number === null || other.number === null ? one.title === other.title : one.number === other.number;
}

export function identityOf({ year, notice: { number, title } }: Arrangement): NoticeIdentity {
  return { year, number, title };
}

function isReplaced(earlier: Issue, later: Arrangement): boolean {
  if (earlier.notice === UNNOTICED) return later.isWhole && later.year === earlier.year;
  return isSameNotice(identityOf(earlier), identityOf(later));
}
