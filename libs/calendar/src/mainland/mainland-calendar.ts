import { epochDay, Failure, localDateFromEpochDay, type EpochDay, type LocalDate } from '#kernel';
import {
  daysBetween,
  IndexedCalendar,
  weekdayOf,
  yearOf,
  type CalendarSource,
  type YearOfDays,
} from '../indexed-calendar.ts';
import { TimeZone } from '../time-zone.ts';
import type { DayKind, Notice, WorkingCalendar } from '../working-calendar.ts';
import {
  readChineseDays,
  readMainlandData,
  yearsCovered,
  type ChineseDays,
  type MainlandData,
  type NoticeOfDays,
} from './mainland-data.ts';
import { statutoryDays } from './statute.ts';

export interface MainlandOptions {
  /** The version that could be known on a day (the notices published by then); the newest unless said. */
  readonly asKnownOn?: LocalDate;
  /** A version by its name, `CN-2019.1`: the calendar as it stood when that was new. */
  readonly version?: string;
  /** Guess Monday to Friday for a year without data; {@link WorkingCalendar.isProvisional} and the version then say so. */
  readonly provisional?: boolean;
}

/**
 * The working days of the mainland (工作日), Asia/Shanghai, open from 00:00 to 24:00. Days off and make-up days come from chinese-days,
 * their notices and the versions before an amendment from mainland.yaml. Throws `CALENDAR_VERSION_UNKNOWN`.
 */
export function mainlandCalendar(options: MainlandOptions = {}): WorkingCalendar {
  history ??= new MainlandHistory(readMainlandData(), readChineseDays());
  return history.calendar(options);
}

let history: MainlandHistory | undefined;

/** A notice in force: the days it names, and its name as a version of each year in which they lie. */
interface Issue {
  readonly notice: Notice;
  /** Year that it arranges. */
  readonly year: number;
  readonly days: ReadonlyMap<EpochDay, Named>;
  /** `CN-2019.2` */
  readonly version: string;
}

interface Named {
  readonly kind: DayKind;
  readonly name: string;
}

/** All versions of the mainland calendar: one after each notice. */
export class MainlandHistory {
  private readonly issues: Issue[] = [];
  private readonly calendars = new Map<string, WorkingCalendar>();

  constructor(
    private readonly data: MainlandData,
    published: ChineseDays,
  ) {
    for (const notice of data.notices) this.issue(notice.year, noticeOf(notice), daysOf(notice));
    for (const year of yearsCovered(published)) this.addUnnoticed(year, published);
  }

  /** Names of all versions, the oldest first. */
  get versions(): readonly string[] {
    return this.issues.map(({ version }) => version);
  }

  calendar({ asKnownOn, version, provisional = false }: MainlandOptions): WorkingCalendar {
    const known = this.knownIssues(asKnownOn, version);
    const key = `${known.length} ${provisional}`;
    let calendar = this.calendars.get(key);
    if (calendar === undefined) {
      calendar = new IndexedCalendar(this.source(known), provisional);
      this.calendars.set(key, calendar);
    }
    return calendar;
  }

  private knownIssues(asKnownOn: LocalDate | undefined, version: string | undefined): readonly Issue[] {
    if (version !== undefined) return this.issues.slice(0, this.issuesUpTo(version));
    if (asKnownOn === undefined) return this.issues;
    // Without a day of publication, one before all others is old enough to be known; one behind them may be too new.
    const firstUnknown = this.issues.findIndex(({ notice: { publishedOn } }, at) =>
      publishedOn === null ? at > 0 : publishedOn > asKnownOn,
    );
    return firstUnknown < 0 ? this.issues : this.issues.slice(0, firstUnknown);
  }

  /** How many issues a version has: `CN-2018.2` is the second that touches 2018, `CN-2025.1+CN-2026.1` the later of both. */
  private issuesUpTo(version: string): number {
    const counts = version.split('+').map((part) => {
      const [, year, ordinal] = /^CN-(\d{4})\.(\d+)$/.exec(part) ?? [];
      const touching = this.issues.filter((issue) => touches(issue, Number(year)));
      return this.issues.indexOf(touching[Number(ordinal) - 1]!) + 1;
    });
    if (counts.includes(0)) {
      throw new Failure('CALENDAR_VERSION_UNKNOWN', `the calendar of the mainland has no version ${version}`);
    }
    return Math.max(...counts);
  }

  private source(issues: readonly Issue[]): CalendarSource {
    return {
      id: 'CN',
      version: issues.at(-1)?.version ?? 'CN-0',
      timeZone: SHANGHAI,
      hasOpeningHours: false,
      outOfHours: 'as-it-stands',
      worksOn: isMondayToFriday,
      openingHours: () => OPEN_ALL_DAY,
      year: (year) => this.year(year, issues),
    };
  }

  private year(year: number, issues: readonly Issue[]): YearOfDays | undefined {
    if (!issues.some((issue) => issue.year === year)) return undefined;
    const touching = issues.filter((issue) => touches(issue, year));
    const exceptions = new Map<EpochDay, Named>();
    for (const { days } of touching) {
      for (const [day, named] of days) if (yearOf(day) === year) exceptions.set(day, named);
    }
    for (const [day, name] of statutoryDays(year, this.data.statute, this.data.festivals[year] ?? {})) {
      exceptions.set(day, { kind: 'STATUTORY', name });
    }
    return { version: `CN-${year}.${touching.length}`, notices: touching.map(({ notice }) => notice), exceptions };
  }

  /** Days that chinese-days has and mainland.yaml has not: of a new year, or changed by a notice that it does not know. */
  private addUnnoticed(year: number, published: ChineseDays): void {
    const isOlder = year < this.data.notices[0]!.year;
    if (isOlder || this.data.festivals[year] === undefined) return;
    const known = this.year(year, this.issues);
    const days = new Map<EpochDay, Named>();
    for (const day of daysBetween(`${year}-01-01`, `${year}-12-31`)) {
      const found = publishedDay(localDateFromEpochDay(day), published);
      const kind = found?.kind ?? plainKind(day);
      const before = known?.exceptions.get(day)?.kind ?? plainKind(day);
      const isNew = known === undefined ? found !== undefined : (kind === 'WORK') !== (before === 'WORK');
      if (isNew) days.set(day, { kind, name: found?.name ?? '' });
    }
    if (days.size > 0) this.issue(year, UNNOTICED, days);
  }

  private issue(year: number, notice: Notice, days: ReadonlyMap<EpochDay, Named>): void {
    const earlier = this.issues.filter((issue) => touches(issue, year)).length;
    this.issues.push({ notice, year, days, version: `CN-${year}.${earlier + 1}` });
  }
}

const SHANGHAI = TimeZone.named('Asia/Shanghai')!;
const OPEN_ALL_DAY = [{ from: 0, to: 1440 }];
const UNNOTICED: Notice = {
  number: null,
  title: 'days published by the npm package chinese-days; their notice is not on record here',
  publishedOn: null,
  url: null,
};

function touches(issue: Issue, year: number): boolean {
  return issue.year === year || [...issue.days.keys()].some((day) => yearOf(day) === year);
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

function publishedDay(day: LocalDate, { holidays, workdays }: ChineseDays): Named | undefined {
  const [off, work] = [holidays[day], workdays[day]];
  if (off !== undefined) return { kind: 'ANNOUNCED', name: off.split(',')[1] ?? off };
  return work === undefined ? undefined : { kind: 'WORK', name: work.split(',')[1] ?? work };
}

function plainKind(day: EpochDay): DayKind {
  return isMondayToFriday(weekdayOf(day)) ? 'WORK' : 'REST';
}

function isMondayToFriday(weekday: number): boolean {
  return weekday >= 1 && weekday <= 5;
}
