import type { EventOf, EventSchemas, LocalDate, RecordedOf } from '#kernel';

/** Events of the working-day calendar of a year (工作日历), stream `workCalendar-{year}`. */
export interface WorkCalendarEvents {
  /**
   * A notice on the year's days off was published (节假日安排通知): its first arranges the year, a later one amends it, and the
   * same one again is a correction of what was written down. It occurred on the day of publication.
   */
  WorkCalendarPublished: {
    /** Year that the notice arranges; its days may reach into the month before and after. */
    readonly year: number;
    /** Years whose days it changes, a correction also those that it changes no more; in order. */
    readonly years: readonly number[];
    /** Number of the notice, 国办发明电〔2025〕7号; null where it is not known. */
    readonly number: string | null;
    readonly title: string;
    readonly publishedOn: LocalDate;
    readonly url: string | null;
    /** Days off by holiday, both ends included, in order. */
    readonly daysOff: readonly { readonly from: LocalDate; readonly to: LocalDate; readonly name: string }[];
    /** Days at the weekend on which is worked (调休上班日), with the holiday they make up for, in order. */
    readonly workdays: readonly { readonly day: LocalDate; readonly name: string }[];
    /** Days of the year's festivals by name, for a year of which the release that took the notice had none. */
    readonly festivals: Readonly<Record<string, LocalDate>> | null;
    /** Newest version of the calendar that the release brought which took the notice: it came to be known after that one. */
    readonly shippedVersion: string;
  };
}

export type WorkCalendarEvent = EventOf<WorkCalendarEvents>;
export type RecordedWorkCalendarEvent = RecordedOf<WorkCalendarEvents>;

export const workCalendarSchemas: EventSchemas & Record<keyof WorkCalendarEvents, { schemaVersion: number }> = {
  WorkCalendarPublished: { schemaVersion: 1 },
};
