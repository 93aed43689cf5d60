import { mainlandCalendar } from '#calendar';
import { formatInstant } from '#kernel';
import type { Projection } from '#read-models';
import { workCalendarSchemas, type RecordedWorkCalendarEvent } from '../events.ts';
import type { RecordedNotice } from '../work-calendar.ts';

/** What was published on the days of one year, beside what the release brings. */
export interface WorkCalendarDocument {
  readonly year: number;
  /** Version of the year after the newest notice, `CN-2027.2`; `PROVISIONAL` while none arranges it. */
  readonly calendarVersion: string;
  /** Notices that change days of the year, also of the years beside it, in the order in which they were recorded. */
  readonly notices: readonly ListedNotice[];
}

export interface ListedNotice extends RecordedNotice {
  /** Version of the year that it made. */
  readonly calendarVersion: string;
  /** ISO 8601 UTC. */
  readonly recordedAt: string;
}

export const workCalendars: Projection<WorkCalendarDocument> = {
  name: 'work-calendars',
  version: 1,
  types: Object.keys(workCalendarSchemas),
  keys: (event) => (event as RecordedWorkCalendarEvent).data.years.map(String),
  evolve: (doc, recorded, key) => {
    const { data, recordedAt } = recorded as RecordedWorkCalendarEvent;
    const [year, before] = [Number(key), doc?.notices ?? []];
    // Only a notice that changes the year gives it a version, so the others need not be known here.
    const calendar = mainlandCalendar({ published: [...before, data], provisional: true });
    const calendarVersion = calendar.versionOf(year);
    const listed = { ...data, calendarVersion, recordedAt: formatInstant(recordedAt) };
    return { year, calendarVersion, notices: [...before, listed] };
  },
  indexes: { newest: ['year'] },
};
