// Working days, periods and zones: which days count, and when a period ends.
export * from './period.ts';
export * from './time-zone.ts';
export * from './working-calendar.ts';
