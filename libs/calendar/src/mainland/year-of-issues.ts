import type { EpochDay } from '#kernel';
import { yearOf, type YearOfDays } from '../indexed-calendar.ts';
import { changesOf, type Issue, type Named } from './issue.ts';
import type { MainlandData } from './mainland-data.ts';
import { statutoryDays } from './statute.ts';

/** What the statutory days of a year follow from. */
export type StatuteData = Pick<MainlandData, 'statute' | 'festivals'>;

/** The days of a year by the issues known; undefined where none of them arranges it as a whole. */
export function yearOfIssues(year: number, known: readonly Issue[], data: StatuteData): YearOfDays | undefined {
  const standing = inOrderOfPublication(known);
  if (!standing.some((issue) => issue.year === year && issue.isWhole)) return undefined;
  const changing = standing.filter(({ years }) => years.has(year));
  const exceptions = new Map<EpochDay, Named>();
  for (const { days } of changing) {
    for (const [day, named] of days) if (yearOf(day) === year) exceptions.set(day, named);
  }
  const said = changing.findLast((issue) => issue.year === year && issue.festivals !== null)?.festivals;
  for (const [day, name] of statutoryDays(year, data.statute, said ?? data.festivals[year] ?? {})) {
    exceptions.set(day, { kind: 'STATUTORY', name });
  }
  return {
    version: `CN-${year}.${changesOf(year, known)}`,
    notices: changing.map(({ notice }) => notice),
    exceptions,
  };
}

/**
 * The issues that stand, in the order of their publication, which may not be that in which they came to be known. One that
 * takes the place of another takes it here. Without a day of publication it stays where it came to be known.
 */
function inOrderOfPublication(known: readonly Issue[]): Issue[] {
  const order: Issue[] = [];
  for (const issue of known) {
    const replaced = issue.replaces === undefined ? -1 : order.indexOf(issue.replaces);
    if (replaced >= 0) order[replaced] = issue;
    else order.splice(placeAmong(order, issue), 0, issue);
  }
  return order;
}

function placeAmong(order: readonly Issue[], { notice: { publishedOn } }: Issue): number {
  let place = order.length;
  for (; place > 0 && publishedOn !== null; place--) {
    const before = order[place - 1]!.notice.publishedOn;
    if (before === null || before <= publishedOn) break;
  }
  return place;
}
