import { versionsBetween, type WorkingCalendar } from '#calendar';
import type { EpochDay } from '#kernel';
import { epochDay, localDateFromEpochDay } from '#kernel';
import type { Rule, RuleVersion } from '#law';
import { ruleVersionName } from '#law';
import type { Window } from './figure.ts';
import { countedDays, evaluationDay } from './question.ts';
import type { Question } from './question.ts';

/** Versions of rules and calendar under which what a figure counts was judged. */
export interface LawBehind {
  readonly rules: readonly string[];
  readonly calendar: string | null;
}

const NO_LAW: LawBehind = { rules: [], calendar: null };

/**
 * The law that can have governed a window: of each rule the formula rests on, the versions under which a clock can have been
 * opened that ends in the window's counted days, and the calendar of the years in which such a clock can have run by then. The
 * clock runs its whole period with every extension that has a number; how long it may have stood still nobody can tell, and
 * is left out. What a single object was judged by stands in its events.
 */
export function lawBehind(question: Question, window: Window): LawBehind {
  const { from, to } = countedDays(question, window);
  if (from === to) return NO_LAW;
  const { calendar } = question.law;
  const [first, last] = [Math.max(from, BEGINNING), Math.max(to - 1, BEGINNING)];
  const governing = question.formula.rules
    .flatMap((name) => rulesNamed(name, question))
    .flatMap(({ versions }) => versions)
    .map((version) => ({ version, earliest: earliestStart(version, first, calendar) }))
    .filter(({ version, earliest }) => holdsBetween(version, earliest, last));
  if (governing.length === 0) return NO_LAW;
  const start = Math.min(
    ...governing.map(({ version, earliest }) => Math.max(earliest, dayOr(version.from, earliest))),
  );
  return {
    rules: governing.map(({ version }) => ruleVersionName(version)),
    calendar: calendarBetween(start, last, evaluationDay(question), calendar),
  };
}

/** Nothing that is kept here began before; whoever asks for a longer window asks for nothing more. */
const BEGINNING = epochDay('1990-01-01');

/** A rule, or of those that govern a clock in different places the ones that matter in the figure's. */
function rulesNamed(name: string, { law: { rules }, regions, scope: { region } }: Question): readonly Rule[] {
  const named = rules.find(name);
  if (named !== undefined) return [named];
  const all = rules.rules.filter(({ clock }) => clock === name);
  if (region === null) return all;
  const governing = rules.governing(name, region);
  return all.filter((rule) => rule === governing || (rule.region !== null && regions.covers(region, rule.region)));
}

/** First day on which a clock can have been opened that has not run out before a day. */
function earliestStart({ period, extensions, roll }: RuleVersion, day: EpochDay, calendar: WorkingCalendar): EpochDay {
  const count = extensions.reduce((sum, { by, times }) => sum + (by?.count ?? 0) * (times ?? 0), period.count);
  if (period.unit === 'workingDays') return calendar.workingDayFrom(day, -count);
  // What rolls onto the day may have ended on any of the rest days before it.
  const end = roll === 'none' ? day : calendar.workingDayFrom(day, -1) + 1;
  return end - Math.ceil(count * DAYS_IN[period.unit]);
}

/** The most of them. */
const DAYS_IN = { hours: 1 / 24, days: 1, months: 31, years: 366 } as const;

function holdsBetween({ from, to }: RuleVersion, first: EpochDay, last: EpochDay): boolean {
  return dayOr(from, first) <= last && dayOr(to, last) >= first;
}

function dayOr(day: string | null, otherwise: EpochDay): EpochDay {
  return day === null ? otherwise : epochDay(day);
}

/** A year without a notice is named as the guess it is, unless it lies so far back that no notice is known of it at all. */
function calendarBetween(first: EpochDay, last: EpochDay, today: EpochDay, calendar: WorkingCalendar): string {
  const known = Array.from({ length: yearOf(last) - yearOf(first) + 1 }, (_, index) => yearOf(first) + index).filter(
    (year) => calendar.covers(year) || year >= yearOf(today),
  );
  if (known.length === 0) return calendar.version;
  return versionsBetween(calendar, epochDay(`${known[0]}-01-01`), epochDay(`${known.at(-1)}-12-31`)).calendarVersion;
}

function yearOf(day: EpochDay): number {
  return Number(localDateFromEpochDay(day).slice(0, 4));
}
