import type { EpochDay, LocalDate } from '#kernel';
import type { TimeZone } from './time-zone.ts';

/**
 * What a day is: `WORK` (工作日, make-up days 调休上班日 included), `REST` (plain rest day, 公休日), `ANNOUNCED` (off by the
 * holiday notice without being one of the statutory days, swapped days included), `STATUTORY` (法定节假日: one of the 13 days,
 * 11 before 2025, that the State Council's 全国年节及纪念日放假办法 gives everybody).
 */
export const DAY_KINDS = ['WORK', 'REST', 'ANNOUNCED', 'STATUTORY'] as const;
export type DayKind = (typeof DAY_KINDS)[number];

/** Where the days of a year come from. */
export interface Notice {
  /** Number of the State Council notice, 国办发明电〔2025〕7号; null where only the days are known. */
  readonly number: string | null;
  readonly title: string;
  /** Day on which the notice was made public; null where it is not known. */
  readonly publishedOn: LocalDate | null;
  readonly url: string | null;
}

export interface DayDetail {
  readonly day: LocalDate;
  readonly kind: DayKind;
  /** Name of the holiday to which a day off or a make-up day belongs; null for any other day. */
  readonly name: string | null;
  /** A day at the weekend on which is worked (调休上班日). */
  readonly makeUp: boolean;
}

/** Opening hours on a day in minutes from midnight on the clock of the wall; `to` is 1440 for 24:00. Half-open. */
export interface OpeningPeriod {
  readonly from: number;
  readonly to: number;
}

/**
 * A calendar of working days in one version. Pure: the same version answers the same for ever. Every question on a year for
 * which it has no data throws `Failure('CALENDAR_MISSING')` (CalendarMissing), unless it was asked to guess
 * (`provisional`), and then {@link isProvisional} and the version say so.
 */
export interface WorkingCalendar {
  /** `CN`, or the name of a file's calendar. */
  readonly id: string;
  /** Version of the whole: of the mainland calendar that of its newest notice, `CN-2026.1`. */
  readonly version: string;
  readonly timeZone: TimeZone;
  /** Whether every period has opening hours; without them a day is open from 00:00 to 24:00. */
  readonly hasOpeningHours: boolean;
  /** What an instant outside opening hours does: it counts from the next opening, or as it stands. */
  readonly outOfHours: 'next-opening' | 'as-it-stands';

  covers(year: number): boolean;
  /** The days of the year are a guess (Monday to Friday), as no notice is known. */
  isProvisional(year: number): boolean;
  /** `CN-2020.2`: year and number of the notice that changed it last; `CN-2027.PROVISIONAL` for a guess. */
  versionOf(year: number): string;
  /** Notices on which the year rests, in the order of their publication. */
  noticesOf(year: number): readonly Notice[];
  /** The newest of them. */
  noticeOf(year: number): Notice | null;

  dayKind(day: LocalDate): DayKind;
  dayDetail(day: LocalDate): DayDetail;
  isWorkingDay(day: LocalDate): boolean;
  openingHours(day: LocalDate): readonly OpeningPeriod[];

  kindOf(day: EpochDay): DayKind;
  openingHoursOf(day: EpochDay): readonly OpeningPeriod[];
  /** The nth working day after a day (n > 0), or before it (n < 0); the day itself does not count. 0 is the day itself. */
  workingDayFrom(day: EpochDay, n: number): EpochDay;
  /** Working days after `from` up to and with `to`; negative when `to` lies before. */
  workingDaysBetween(from: EpochDay, to: EpochDay): number;
}
