// Which days count and when a period ends: calendars of working days, periods, roll policies, zones.
export { addPeriod, nextOpening } from './add-period.ts';
export { CalendarFileError, readCalendar } from './calendar-file.ts';
export { countDays, countInWords, type Count, type RestSpan } from './count.ts';
export { calendarOfVersion, mainlandCalendar, type MainlandOptions } from './mainland/mainland-calendar.ts';
export { isSameNotice, type NoticeIdentity } from './mainland/issue.ts';
export * from './mainland/published-notice.ts';
export {
  shippedFestivals,
  shippedNotices,
  shippedVersion,
  statutoryDaysBy,
  type ShippedNotice,
} from './mainland/release.ts';
export * from './period.ts';
export * from './time-zone.ts';
export * from './wall-time.ts';
export * from './working-calendar.ts';
