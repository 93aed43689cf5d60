// Working-day calendars (工作日历): notices published at run time, and the calendar with every one of them.
export { CalendarKeeper, type CalendarKeeperParts } from './calendar-keeper.ts';
export * from './commands.ts';
export * from './events.ts';
export * from './views/work-calendars.ts';
export type { WorkCalendar } from './work-calendar.ts';
export * from './work-calendars.module.ts';
