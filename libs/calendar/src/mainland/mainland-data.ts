import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parse } from 'yaml';
import type { LocalDate } from '#kernel';
import type { Festivals, Statute } from './statute.ts';

/** A notice of the State Council's General Office as mainland.yaml has it. */
export interface NoticeOfDays {
  /** Year that it arranges; its days may reach into the year before. */
  readonly year: number;
  readonly number: string | null;
  /** What it changes of an earlier notice; absent where it is the year's first. */
  readonly amends?: string;
  readonly publishedOn: LocalDate | null;
  readonly url: string | null;
  /** By holiday: days (`2026-04-05`) and spans (`2026-02-15..2026-02-23`) off, days worked at the weekend. */
  readonly days: Readonly<Record<string, { readonly off?: readonly string[]; readonly work?: readonly string[] }>>;
}

export interface MainlandData {
  readonly notices: readonly NoticeOfDays[];
  readonly festivals: Readonly<Record<number, Festivals>>;
  readonly statute: readonly Statute[];
}

export function readMainlandData(): MainlandData {
  return parse(readFileSync(new URL('mainland.yaml', import.meta.url), 'utf8')) as MainlandData;
}

/** Days off and make-up working days by day, with `English name,中文名,days`. */
export interface ChineseDays {
  readonly holidays: Readonly<Record<LocalDate, string>>;
  readonly workdays: Readonly<Record<LocalDate, string>>;
}

/**
 * The data of the npm package chinese-days. Its functions are not used: they take Monday to Friday for granted in a year
 * they know nothing of, and read a day in the zone of the machine, so that west of Greenwich they answer for the day before.
 */
export function readChineseDays(): ChineseDays {
  const path = createRequire(import.meta.url).resolve('chinese-days/dist/chinese-days.json');
  return JSON.parse(readFileSync(path, 'utf8')) as ChineseDays;
}

/** Whether the package has a year: all statutory days with a fixed date are among its days off. */
export function isCovered(year: number, { holidays }: ChineseDays): boolean {
  return ['01-01', '05-01', '10-01', '10-02', '10-03'].every((day) => holidays[`${year}-${day}`] !== undefined);
}

export function yearsCovered(days: ChineseDays): number[] {
  const years = new Set(Object.keys(days.holidays).map((day) => Number(day.slice(0, 4))));
  return [...years].filter((year) => isCovered(year, days)).sort((a, b) => a - b);
}
