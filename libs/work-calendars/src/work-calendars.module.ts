import { ROLES } from '#access';
import { commandRow, viewRow, type ContextTable } from '#service';
import type { CalendarKeeper } from './calendar-keeper.ts';
import { PublishWorkCalendar } from './commands.ts';
import { publishWorkCalendar, type PublicationReads } from './decide.ts';
import { workCalendarSchemas } from './events.ts';
import { workCalendars, type WorkCalendarDocument } from './views/work-calendars.ts';
import * as workCalendar from './work-calendar.ts';

type WorkCalendar = workCalendar.WorkCalendar;

/** The calendar is the whole country's, and nobody's who is bound to a part of it. */
const NATIONAL = { region: null, subject: null };

const calendarOf = (yearsOn: number) => ({
  stream: ({ year }: PublishWorkCalendar) => `workCalendar-${year + yearsOn}`,
  initial: workCalendar.initial,
  evolve: workCalendar.evolve,
});

export const workCalendarsTable: ContextTable<WorkCalendar> = {
  collection: 'work-calendars',
  category: 'workCalendar',
  title: 'working-day calendar',
  schemas: workCalendarSchemas,
  initial: workCalendar.initial,
  evolve: workCalendar.evolve,
  scopeOf: () => NATIONAL,
  commands: [
    commandRow<PublishWorkCalendar, WorkCalendar, PublicationReads>({
      action: 'publish',
      command: PublishWorkCalendar,
      decide: publishWorkCalendar,
      roles: ['programme-office'],
      summary: 'Publish a notice on the days off of a year, or an amendment of one',
      creates: true,
      id: ({ year }) => String(year),
      scope: () => NATIONAL,
      reads: { yearBefore: calendarOf(-1), yearAfter: calendarOf(1) },
    }),
  ],
  views: [
    viewRow<WorkCalendarDocument>({
      projection: workCalendars,
      filters: {},
      sort: { field: 'year', order: 'desc' },
      roles: ROLES,
      summary:
        'Published working-day calendars by year, the latest first, with their notices and the version each made',
      scopeOf: () => NATIONAL,
      isEverybodys: true,
      streamsOf: ({ notices }) => [...new Set(notices.map(({ year }) => `workCalendar-${year}`))],
    }),
  ],
};

/** The table whose command is answered only when the keeper has the notice: what is computed from then on counts by it. */
export const workCalendarsContext = (keeper: Pick<CalendarKeeper, 'settled'>): ContextTable<WorkCalendar> => ({
  ...workCalendarsTable,
  settled: (position) => keeper.settled(position),
});
