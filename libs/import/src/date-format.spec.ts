import { describe, expect, it } from '@jest/globals';
import { compileDateFormat, readIsoTime, type CellTime } from './date-format.ts';
import { dayInZone, instantInZone } from '#calendar';

const at = (time: CellTime | undefined, zone: string): string => {
  if (time === undefined) return 'unreadable';
  return new Date('instant' in time ? time.instant : instantInZone(time.wall, zone)).toISOString();
};

describe('a date format', () => {
  it.each([
    ['yyyy-MM-dd HH:mm:ss', '2024-04-16 03:03:15', '2024-04-16T07:03:15.000Z'],
    ["yyyy-MM-dd'T'HH:mm:ss.SSS", '2024-04-16T03:03:15.250', '2024-04-16T07:03:15.250Z'],
    ['MM/dd/yyyy hh:mm:ss a', '04/16/2024 12:03:15 AM', '2024-04-16T04:03:15.000Z'],
    ['MM/dd/yyyy hh:mm:ss a', '04/16/2024 12:03:15 pm', '2024-04-16T16:03:15.000Z'],
    ['d.M.yyyy H:mm', '6.4.2024 3:03', '2024-04-06T07:03:00.000Z'],
    ['yyyyMMddHHmmss', '20240416030315', '2024-04-16T07:03:15.000Z'],
    ["yyyy'年'M'月'd'日'", '2024年4月6日', '2024-04-06T04:00:00.000Z'],
    ["yyyy-MM-dd HH 'o''clock'", "2024-04-16 03 o'clock", '2024-04-16T07:00:00.000Z'],
  ])('%s reads %s', (format, text, instant) => {
    expect(at(compileDateFormat(format)(text), 'America/New_York')).toBe(instant);
  });

  it.each([
    ['yyyy-MM-dd', '2026-02-30'],
    ['yyyy-MM-dd', '2026-2-03'],
    ['yyyy-MM-dd', '2026-02-03 10:00'],
    ['yyyy-MM-dd HH:mm', '2026-02-03 24:00'],
    ['yyyy-MM-dd HH:mm', '2026-02-03 10:60'],
    ['MM/dd/yyyy hh:mm a', '02/03/2026 13:00 PM'],
    ['yyyy.MM.dd', '2026-02-03'],
  ])('%s does not read %s', (format, text) => {
    expect(compileDateFormat(format)(text)).toBeUndefined();
  });

  it.each([
    "yyyy-MM-dd 'open",
    'yyyy-MM-dd hh:mm',
    'yyyy-MM-dd HH hh a',
    'yyyy-MM-dd-dd',
    'yyyy-MM-dd mm',
    'yyyy-MM-dd HH:mm.SSS',
  ])('%s is none', (format) => {
    expect(() => compileDateFormat(format)).toThrow(RangeError);
  });
});

describe('ISO 8601 without a format', () => {
  it.each([
    ['2024-04-16T03:03:15', '2024-04-16T07:03:15.000Z'],
    ['2024-04-16 03:03', '2024-04-16T07:03:00.000Z'],
    ['2024-04-16T03:03:15.123456', '2024-04-16T07:03:15.123Z'],
    ['2024-04-16T03:03:15+08:00', '2024-04-15T19:03:15.000Z'],
    ['2024-04-16T03:03:15.5+0800', '2024-04-15T19:03:15.500Z'],
    ['2024-04-16T03:03:15Z', '2024-04-16T03:03:15.000Z'],
    ['2024-04-16T03:03:15+99:00', 'unreadable'],
    ['2024-13-16', 'unreadable'],
    ['16.04.2024', 'unreadable'],
    ['20240416', 'unreadable'],
  ])('reads %s in the zone unless it has an offset', (text, instant) => {
    expect(at(readIsoTime(text), 'America/New_York')).toBe(instant);
  });
});

describe('a zone with daylight saving', () => {
  const read = (text: string, zone: string) => at(readIsoTime(text), zone);

  it('takes a time that the clocks skipped as the moment as far after the change', () => {
    expect(read('2024-03-10T02:30:00', 'America/New_York')).toBe('2024-03-10T07:30:00.000Z');
    expect(read('2024-03-10T03:30:00', 'America/New_York')).toBe('2024-03-10T07:30:00.000Z');
  });

  it('takes a time that came twice as the first', () => {
    expect(read('2024-11-03T01:30:00', 'America/New_York')).toBe('2024-11-03T05:30:00.000Z');
    expect(read('2024-11-03T02:00:00', 'America/New_York')).toBe('2024-11-03T07:00:00.000Z');
  });

  it('knows that Shanghai had it until 1991, and only until then', () => {
    expect(read('1988-07-01T12:00:00', 'Asia/Shanghai')).toBe('1988-07-01T03:00:00.000Z');
    expect(read('2026-07-01T12:00:00', 'Asia/Shanghai')).toBe('2026-07-01T04:00:00.000Z');
  });

  it('has days of 23 and 25 hours, and days that begin after midnight', () => {
    const hours = (year: number, month: number, day: number, zone: string) => {
      const { first, last } = dayInZone({ year, month, day, time: null }, zone);
      return (last + 1 - first) / 3_600_000;
    };
    expect(hours(2024, 3, 10, 'America/New_York')).toBe(23);
    expect(hours(2024, 11, 3, 'America/New_York')).toBe(25);
    // Clocks in Cairo go from 00:00 to 01:00.
    expect(new Date(dayInZone({ year: 2024, month: 4, day: 26, time: null }, 'Africa/Cairo').first).toISOString()).toBe(
      '2024-04-25T22:00:00.000Z',
    );
    expect(hours(2024, 4, 26, 'Africa/Cairo')).toBe(23);
  });
});
