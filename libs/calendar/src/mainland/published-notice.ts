import type { LocalDate } from '#kernel';

/** Days off in a row, for a holiday: from and to both included. */
export interface DaysOff {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly name: string;
}

/** A day at the weekend on which is worked (调休上班日), for a holiday. */
export interface MakeUpDay {
  readonly day: LocalDate;
  readonly name: string;
}

/** A notice of the State Council's General Office that was published at run time, beside those that a release brings. */
export interface PublishedNotice {
  /** Year that it arranges; its days may reach into the years beside it. */
  readonly year: number;
  readonly number: string | null;
  readonly title: string;
  readonly publishedOn: LocalDate;
  readonly url: string | null;
  readonly daysOff: readonly DaysOff[];
  readonly workdays: readonly MakeUpDay[];
  /** Days of the year's festivals by name (春节: 正月初一), where no release has them. Which days are statutory follows from them. */
  readonly festivals: Readonly<Record<string, LocalDate>> | null;
  /**
   * {@link shippedVersion} of the release that took the notice: it came to be known after that version, and before
   * whatever a later release brings. So a version keeps its name when a release catches up with what was published.
   */
  readonly shippedVersion: string;
}
