import { Failure, type LocalDate } from '#kernel';
import { IndexedCalendar, isMondayToFriday, type CalendarSource } from '../indexed-calendar.ts';
import { TimeZone } from '../time-zone.ts';
import type { WorkingCalendar } from '../working-calendar.ts';
import type { Issue } from './issue.ts';
import { knownIssues } from './known-issues.ts';
import type { PublishedNotice } from './published-notice.ts';
import { yearOfIssues, type StatuteData } from './year-of-issues.ts';

/** Which of the versions of a history. */
export interface MainlandSelection {
  /** The version that could be known on a day (the notices published by then); the newest unless said. */
  readonly asKnownOn?: LocalDate;
  /**
   * A version by its name, `CN-2019.1`: the calendar as it stood when that was new. `CN-2026.1+CN-2027.PROVISIONAL`, as a
   * deadline names its years, is the later of its parts with 2027 guessed, be the year known by now or not.
   */
  readonly version?: string;
  /** Guess Monday to Friday for a year without data; {@link WorkingCalendar.isProvisional} and the version then say so. */
  readonly provisional?: boolean;
}

/** All versions of the mainland calendar: one after each notice, in the order in which the notices came to be known. */
export class MainlandHistory {
  private readonly issues: readonly Issue[];
  private readonly calendars = new Map<string, WorkingCalendar>();

  constructor(
    private readonly data: StatuteData,
    shipped: readonly Issue[],
    /** In the order in which they were recorded. */
    published: readonly PublishedNotice[] = [],
  ) {
    this.issues = knownIssues(shipped, published, data);
  }

  /** Names of all versions, the oldest first. */
  get versions(): readonly string[] {
    return this.issues.map(({ version }) => version);
  }

  /** Throws `CALENDAR_VERSION_UNKNOWN`. */
  calendar({ asKnownOn, version, provisional = false }: MainlandSelection): WorkingCalendar {
    const { known, guessed } =
      version === undefined ? { known: this.knownOn(asKnownOn), guessed: [] } : this.named(version);
    const guesses = provisional || guessed.length > 0;
    const key = `${known.map((issue) => issue.version).join()} ${guessed.join()} ${guesses}`;
    let calendar = this.calendars.get(key);
    if (calendar === undefined) {
      calendar = new IndexedCalendar(this.source(known, guessed), guesses);
      this.calendars.set(key, calendar);
    }
    return calendar;
  }

  private knownOn(day: LocalDate | undefined): readonly Issue[] {
    if (day === undefined) return this.issues;
    // Without a day of publication, one before all others is old enough to be known; one behind them may be too new.
    return this.issues.filter(({ notice: { publishedOn } }, at) =>
      publishedOn === null ? at === 0 : publishedOn <= day,
    );
  }

  /** What was known when a version was new, and the years of which it says that they are guessed. */
  private named(version: string): { readonly known: readonly Issue[]; readonly guessed: readonly number[] } {
    const parts = version.split('+').map((part) => /^CN-(\d{4})\.(?:([1-9]\d*)|PROVISIONAL)$/.exec(part));
    const guessed: number[] = [];
    const counts: number[] = [];
    for (const part of parts) {
      const [, year, ordinal] = part ?? [];
      if (year !== undefined && ordinal === undefined) guessed.push(Number(year));
      else counts.push(this.countUpTo(Number(year), Number(ordinal)));
    }
    if (counts.includes(0)) {
      throw new Failure('CALENDAR_VERSION_UNKNOWN', `the calendar of the mainland has no version ${version}`);
    }
    const count = counts.length > 0 ? Math.max(...counts) : this.countBefore(guessed);
    return { known: this.issues.slice(0, count), guessed };
  }

  /** How many issues there are up to the nth that changes a year; 0 where there is no such. */
  private countUpTo(year: number, nth: number): number {
    const changing = this.issues.filter(({ years }) => years.has(year));
    return this.issues.indexOf(changing[nth - 1]!) + 1;
  }

  /** How many there are before the first that arranges one of the years. */
  private countBefore(years: readonly number[]): number {
    const first = this.issues.findIndex(({ year, isWhole }) => isWhole && years.includes(year));
    return first < 0 ? this.issues.length : first;
  }

  private source(known: readonly Issue[], guessed: readonly number[]): CalendarSource {
    return {
      id: 'CN',
      version: known.at(-1)?.version ?? 'CN-0',
      timeZone: SHANGHAI,
      hasOpeningHours: false,
      outOfHours: 'as-it-stands',
      worksOn: isMondayToFriday,
      openingHours: () => OPEN_ALL_DAY,
      year: (year) => (guessed.includes(year) ? undefined : yearOfIssues(year, known, this.data)),
    };
  }
}

const SHANGHAI = TimeZone.named('Asia/Shanghai')!;
const OPEN_ALL_DAY = [{ from: 0, to: 1440 }];
