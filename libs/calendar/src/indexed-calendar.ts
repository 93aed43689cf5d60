import { DAY_MS, epochDay, Failure, type EpochDay, type LocalDate } from '#kernel';
import type { TimeZone } from './time-zone.ts';
import {
  DAY_KINDS,
  type DayDetail,
  type DayKind,
  type Notice,
  type OpeningPeriod,
  type WorkingCalendar,
} from './working-calendar.ts';

/** What a source knows of one year. */
export interface YearOfDays {
  readonly version: string;
  readonly notices: readonly Notice[];
  /** Kinds and names of the days that are not what their day of the week says. */
  readonly exceptions: ReadonlyMap<EpochDay, { readonly kind: DayKind; readonly name: string | null }>;
}

/** What a calendar is made of. */
export interface CalendarSource {
  readonly id: string;
  readonly version: string;
  readonly timeZone: TimeZone;
  readonly hasOpeningHours: boolean;
  readonly outOfHours: WorkingCalendar['outOfHours'];
  /** Whether is worked on a day of the week, 0 Sunday to 6 Saturday, unless the year says otherwise. */
  worksOn(weekday: number): boolean;
  /** Days of a year; undefined where there are no data. */
  year(year: number): YearOfDays | undefined;
  /** Opening hours of a working day. */
  openingHours(day: EpochDay): readonly OpeningPeriod[];
}

/** A year's days with running counts: every question on working days is a look-up. */
interface IndexedYear extends YearOfDays {
  readonly first: EpochDay;
  /** Index into {@link DAY_KINDS} by day of the year. */
  readonly kinds: Uint8Array;
  /** Working days from 1 January up to and with each day. */
  readonly workedThrough: Uint16Array;
  /** Days of the year that are working days, from 0. */
  readonly workingDays: Uint16Array;
}

const [WORK, REST] = [DAY_KINDS.indexOf('WORK'), DAY_KINDS.indexOf('REST')];
const NO_EXCEPTIONS: YearOfDays['exceptions'] = new Map();
const CLOSED: readonly OpeningPeriod[] = [];

/** A calendar over a source; years are indexed when they are first asked for, and kept. */
export class IndexedCalendar implements WorkingCalendar {
  private readonly years = new Map<number, IndexedYear>();
  private readonly sources = new Map<number, YearOfDays | undefined>();

  constructor(
    private readonly source: CalendarSource,
    /** Guess Monday to Friday for a year without data instead of failing. */
    private readonly guesses = false,
  ) {}

  get id(): string {
    return this.source.id;
  }

  get version(): string {
    return this.source.version;
  }

  get timeZone(): TimeZone {
    return this.source.timeZone;
  }

  get hasOpeningHours(): boolean {
    return this.source.hasOpeningHours;
  }

  get outOfHours(): WorkingCalendar['outOfHours'] {
    return this.source.outOfHours;
  }

  covers(year: number): boolean {
    return this.found(year) !== undefined;
  }

  isProvisional(year: number): boolean {
    return this.guesses && !this.covers(year);
  }

  versionOf(year: number): string {
    return this.indexed(year).version;
  }

  noticesOf(year: number): readonly Notice[] {
    return this.indexed(year).notices;
  }

  noticeOf(year: number): Notice | null {
    return this.noticesOf(year).at(-1) ?? null;
  }

  dayKind(day: LocalDate): DayKind {
    return this.kindOf(epochDay(day));
  }

  dayDetail(day: LocalDate): DayDetail {
    const at = epochDay(day);
    const kind = this.kindOf(at);
    const name = this.indexed(yearOf(at)).exceptions.get(at)?.name ?? null;
    return { day, kind, name, makeUp: kind === 'WORK' && !this.source.worksOn(weekdayOf(at)) };
  }

  isWorkingDay(day: LocalDate): boolean {
    return this.kindOf(epochDay(day)) === 'WORK';
  }

  openingHours(day: LocalDate): readonly OpeningPeriod[] {
    return this.openingHoursOf(epochDay(day));
  }

  openingHoursOf(day: EpochDay): readonly OpeningPeriod[] {
    return this.kindOf(day) === 'WORK' ? this.source.openingHours(day) : CLOSED;
  }

  kindOf(day: EpochDay): DayKind {
    const year = this.indexed(yearOf(day));
    return DAY_KINDS[year.kinds[day - year.first]!]!;
  }

  workingDayFrom(day: EpochDay, n: number): EpochDay {
    if (n === 0) return day;
    let number = yearOf(day);
    let year = this.indexed(number);
    // Rank of the day sought among the working days of the year, from 1; it may lie in another year.
    let rank = workedBefore(year, n > 0 ? day + 1 : day) + (n > 0 ? n : n + 1);
    while (rank > year.workingDays.length) {
      rank -= year.workingDays.length;
      year = this.indexed(++number);
    }
    while (rank < 1) {
      year = this.indexed(--number);
      rank += year.workingDays.length;
    }
    return year.first + year.workingDays[rank - 1]!;
  }

  workingDaysBetween(from: EpochDay, to: EpochDay): number {
    if (to < from) return 0 - this.workingDaysBetween(to, from);
    const last = yearOf(to);
    let number = yearOf(from);
    let year = this.indexed(number);
    let count = -workedBefore(year, from + 1);
    while (number < last) {
      count += year.workingDays.length;
      year = this.indexed(++number);
    }
    return count + workedBefore(year, to + 1);
  }

  private found(number: number): YearOfDays | undefined {
    if (!this.sources.has(number)) this.sources.set(number, this.source.year(number));
    return this.sources.get(number);
  }

  private indexed(number: number): IndexedYear {
    const known = this.years.get(number);
    if (known !== undefined) return known;
    if (!(number >= 1000 && number <= 9999)) {
      throw new Failure('DATE_OUT_OF_RANGE', `the year ${number} is beyond what a date can be, 1000 to 9999`);
    }
    const found = this.found(number);
    if (found === undefined && !this.guesses) {
      throw new Failure(
        'CALENDAR_MISSING',
        `calendar ${this.version} has no data for the year ${number}: its working days are not known`,
      );
    }
    const days = found ?? {
      version: `${this.id}-${number}.PROVISIONAL`,
      notices: [],
      exceptions: NO_EXCEPTIONS,
    };
    const year = this.index(number, days);
    this.years.set(number, year);
    return year;
  }

  private index(number: number, days: YearOfDays): IndexedYear {
    const first = Date.UTC(number, 0, 1) / DAY_MS;
    const length = Date.UTC(number + 1, 0, 1) / DAY_MS - first;
    const [kinds, workedThrough] = [new Uint8Array(length), new Uint16Array(length)];
    const workingDays: number[] = [];
    for (let at = 0; at < length; at++) {
      const exception = days.exceptions.get(first + at);
      const plain = this.source.worksOn(weekdayOf(first + at)) ? WORK : REST;
      const kind = exception === undefined ? plain : DAY_KINDS.indexOf(exception.kind);
      kinds[at] = kind;
      if (kind === WORK) workingDays.push(at);
      workedThrough[at] = workingDays.length;
    }
    return { ...days, first, kinds, workedThrough, workingDays: Uint16Array.from(workingDays) };
  }
}

/** Working days of a year before a day of it, or before 1 January of the next. */
function workedBefore(year: IndexedYear, day: EpochDay): number {
  const at = day - year.first;
  return at === 0 ? 0 : year.workedThrough[at - 1]!;
}

export function yearOf(day: EpochDay): number {
  return new Date(day * DAY_MS).getUTCFullYear();
}

/** 0 Sunday to 6 Saturday; 1970-01-01 was a Thursday. */
export function weekdayOf(day: EpochDay): number {
  return (((day + 4) % 7) + 7) % 7;
}

export function isMondayToFriday(weekday: number): boolean {
  return weekday >= 1 && weekday <= 5;
}

/** The days of `2026-02-15..2026-02-23`. */
export function daysBetween(first: LocalDate, last: LocalDate): EpochDay[] {
  const [from, to] = [epochDay(first), epochDay(last)];
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
