import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, epochDay, formatInstant, localDateFromEpochDay, type LocalDate } from '#kernel';
import { countDays, countInWords } from './count.ts';
import { mainlandCalendar } from './mainland/mainland-calendar.ts';
import {
  endOfDay,
  lastDay,
  roll,
  versionsBetween,
  workingDaysBetween,
  type DayUnit,
  type Period,
  type RollPolicy,
} from './period.ts';

const calendar = mainlandCalendar();
const period = (text: string): Period<DayUnit> => {
  const [count, unit] = text.split(' ') as [string, string];
  const units: Record<string, DayUnit> = { WD: 'workingDays', d: 'days', m: 'months', y: 'years' };
  return { unit: units[unit]!, count: Number(count) };
};

describe('the last day of a period, before it rolls', () => {
  it.each([
    // The vectors of the law notes.
    ['7 WD', '2026-02-13', '2026-03-02'],
    ['7 WD', '2026-09-18', '2026-09-29'],
    ['5 WD', '2026-04-30', '2026-05-11'],
    ['15 WD', '2026-09-30', '2026-10-27'],
    ['60 d', '2026-08-07', '2026-10-06'],
    ['60 d', '2026-04-14', '2026-06-13'],
    ['45 WD', '2024-06-30', '2024-08-30'],
    ['60 d', '2024-07-01', '2024-08-30'],
    ['30 d', '2026-09-02', '2026-10-02'],
    ['90 d', '2026-07-05', '2026-10-03'],
    // The day of the start does not count, whatever day it is.
    ['1 WD', '2026-02-13', '2026-02-14'],
    ['1 WD', '2026-02-16', '2026-02-24'],
    ['1 WD', '2026-08-08', '2026-08-10'],
    ['1 d', '2026-08-08', '2026-08-09'],
    ['0 WD', '2026-08-08', '2026-08-08'],
    // The make-up days of the new year of 2019 lie in 2018.
    ['1 WD', '2018-12-28', '2018-12-29'],
    ['2 WD', '2018-12-28', '2019-01-02'],
    // Months and years end on the same day, or else on the month's last.
    ['6 m', '2023-08-31', '2024-02-29'],
    ['6 m', '2022-08-31', '2023-02-28'],
    ['1 m', '2024-01-31', '2024-02-29'],
    ['1 y', '2024-02-29', '2025-02-28'],
    ['4 y', '2024-02-29', '2028-02-29'],
    ['3 y', '2026-04-14', '2029-04-14'],
    // Backwards.
    ['-1 WD', '2026-02-24', '2026-02-14'],
    ['-7 WD', '2026-03-02', '2026-02-13'],
    ['-24 m', '2026-02-28', '2024-02-28'],
  ])('%s from %s is %s', (text, from, last) => {
    expect(lastDay(calendar, from, period(text))).toBe(last);
  });

  it('fails where the calendar ends, and needs none for calendar days', () => {
    expect(lastDay(calendar, '2026-12-30', { unit: 'workingDays', count: 1 })).toBe('2026-12-31');
    expect(() => lastDay(calendar, '2026-12-30', { unit: 'workingDays', count: 2 })).toThrow(
      'no data for the year 2027',
    );
    expect(lastDay(calendar, '2026-12-30', { unit: 'days', count: 60 })).toBe('2027-02-28');
    expect(() => lastDay(calendar, '2026-12-30', { unit: 'years', count: 8000 })).toThrow('outside the years');
    expect(() => lastDay(calendar, '2026-12-30', { unit: 'days', count: 1e9 })).toThrow('outside the years');
    expect(() => lastDay(calendar, '2026-12-30', { unit: 'days', count: 1.5 })).toThrow(RangeError);
  });

  it('of 45 working days is 60 to 72 days away, as the law notes say of 2024-07-01 to 2026-04-14', () => {
    const starts = Array.from({ length: epochDay('2026-04-14') - epochDay('2024-07-01') + 1 }, (_, index) =>
      addDays('2024-07-01', index),
    );
    const lengths = starts
      .map((from) => epochDay(lastDay(calendar, from, { unit: 'workingDays', count: 45 })) - epochDay(from))
      .sort((a, b) => a - b);
    expect([lengths[0], lengths[lengths.length >> 1], lengths.at(-1)]).toEqual([60, 67, 72]);
  });

  it('is used up at 24:00 in Shanghai', () => {
    expect(formatInstant(endOfDay(calendar, '2026-03-02'))).toBe('2026-03-02T16:00:00.000Z');
  });

  it('of "at least 5 working days" has five full ones behind its start: a thing shown from 30 April stays up to 11 May', () => {
    const { counted } = countDays(calendar, '2026-04-30', { unit: 'workingDays', count: 5 });
    expect(counted).toEqual(['2026-05-06', '2026-05-07', '2026-05-08', '2026-05-09', '2026-05-11']);
  });
});

describe('a last day rolls', () => {
  it.each<[LocalDate, RollPolicy, LocalDate]>([
    ['2026-10-06', 'A', '2026-10-06'],
    ['2026-10-06', 'B', '2026-10-08'],
    ['2026-10-06', 'C', '2026-10-08'],
    ['2026-10-06', 'none', '2026-10-06'],
    ['2026-10-02', 'A', '2026-10-04'],
    ['2026-10-02', 'B', '2026-10-08'],
    ['2026-06-13', 'A', '2026-06-13'],
    ['2026-06-13', 'B', '2026-06-13'],
    ['2026-06-13', 'C', '2026-06-15'],
    // To the first day after the holiday, though that is a plain Saturday.
    ['2019-06-07', 'B', '2019-06-08'],
    ['2019-06-07', 'C', '2019-06-10'],
    // A make-up Saturday is a working day.
    ['2026-02-14', 'C', '2026-02-14'],
  ])('%s under %s to %s', (day, policy, to) => {
    expect(roll(calendar, day, policy)).toBe(to);
  });

  it.each([
    ['2026-09-30', ['15 WD', '15 WD'], 'B', '2026-11-17', '2026-11-17'],
    ['2026-07-05', ['90 d'], 'B', '2026-10-03', '2026-10-08'],
    ['2026-07-05', ['90 d', '30 d'], 'B', '2026-11-02', '2026-11-02'],
    ['2026-09-02', ['30 d'], 'C', '2026-10-02', '2026-10-08'],
  ] as const)('%s + %j under %s: raw %s, due %s', (from, parts, policy, raw, due) => {
    const last = parts.map(period).reduce((day, part) => lastDay(calendar, day, part), from as LocalDate);
    expect([last, roll(calendar, last, policy)]).toEqual([raw, due]);
  });
});

describe('the versions between two days', () => {
  const versions = (from: LocalDate, to: LocalDate, of = calendar) => versionsBetween(of, epochDay(from), epochDay(to));

  it('are those of each year that the calendar has', () => {
    expect(versions('2026-01-01', '2026-12-31')).toEqual({ calendarVersion: 'CN-2026.1', provisional: false });
    expect(versions('2019-12-20', '2020-02-18').calendarVersion).toBe('CN-2019.2+CN-2020.2');
    expect(versions('2026-12-30', '2099-02-28').calendarVersion).toBe('CN-2026.1');
  });

  it('say where a year is a guess', () => {
    expect(versions('2099-12-30', '2099-12-31', mainlandCalendar({ provisional: true }))).toEqual({
      calendarVersion: 'CN-2099.PROVISIONAL',
      provisional: true,
    });
  });
});

describe('a count', () => {
  it('tells each day and each rest between', () => {
    const count = countDays(calendar, '2026-02-13', period('7 WD'));
    expect(count.counted).toEqual(
      ['02-14', '02-24', '02-25', '02-26', '02-27', '02-28', '03-02'].map((day) => `2026-${day}`),
    );
    expect(count.rest).toEqual([
      { from: '2026-02-15', to: '2026-02-23', kinds: ['ANNOUNCED', 'STATUTORY'], names: ['春节'] },
      { from: '2026-03-01', to: '2026-03-01', kinds: ['REST'], names: [] },
    ]);
    expect(countInWords(count)).toBe('7 working days from 2026-02-13: 02-14, 02-24, …, 03-02; 02-15 to 02-23 rest');
  });

  it.each([
    ['60 d', '2026-08-07', '60 days from 2026-08-07: 08-08, 08-09, …, 10-06'],
    ['1 WD', '2025-12-31', '1 working day from 2025-12-31: 2026-01-04; 2026-01-01 to 2026-01-03 rest'],
    ['6 m', '2023-08-31', '6 months from 2023-08-31: 2024-02-29'],
    ['1 WD', '2026-08-07', '1 working day from 2026-08-07: 08-10'],
  ])('%s from %s in words: %s', (text, from, words) => {
    expect(countInWords(countDays(calendar, from, period(text)))).toBe(words);
  });
});

describe('for any start from 2008 to 2024 and any number of working days', () => {
  const starts = fc
    .integer({ min: epochDay('2008-01-01'), max: epochDay('2024-12-31') })
    .map((day) => localDateFromEpochDay(day));
  const counts = fc.integer({ min: 0, max: 200 });
  const after = (from: LocalDate, count: number) => lastDay(calendar, from, { unit: 'workingDays', count });

  it('the running counts answer what stepping from day to day answers', () => {
    fc.assert(
      fc.property(starts, counts, (from, count) => {
        let day = from;
        for (let left = count; left > 0;) {
          day = addDays(day, 1);
          if (calendar.isWorkingDay(day)) left -= 1;
        }
        expect(after(from, count)).toBe(day);
        expect(workingDaysBetween(calendar, from, day)).toBe(count);
        expect(workingDaysBetween(calendar, day, from)).toBe(0 - count);
      }),
      { numRuns: 300 },
    );
  });

  it('one more never moves the end back, and a later start never ends earlier', () => {
    fc.assert(
      fc.property(starts, counts, (from, count) => {
        expect(after(from, count + 1) > after(from, count)).toBe(true);
        expect(after(addDays(from, 1), count) >= after(from, count)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('the end is a working day, and as many working days back from it is where counting began', () => {
    fc.assert(
      fc.property(starts, counts, (from, count) => {
        const end = after(from, count + 1);
        expect(calendar.isWorkingDay(end)).toBe(true);
        const back = lastDay(calendar, end, { unit: 'workingDays', count: -(count + 1) });
        expect(back <= from && workingDaysBetween(calendar, back, from) === 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('a part and the rest is the whole', () => {
    fc.assert(
      fc.property(starts, counts, counts, (from, one, two) => {
        expect(after(after(from, one), two)).toBe(after(from, one + two));
      }),
      { numRuns: 300 },
    );
  });

  it('months keep the day of the month, or end on its last', () => {
    fc.assert(
      fc.property(starts, fc.integer({ min: 0, max: 600 }), (from, count) => {
        const end = lastDay(calendar, from, { unit: 'months', count });
        const isLast = addDays(end, 1).slice(5, 7) !== end.slice(5, 7);
        expect(end.slice(8) === from.slice(8) || (isLast && end.slice(8) < from.slice(8))).toBe(true);
        const months = (day: LocalDate) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
        expect(months(end) - months(from)).toBe(count);
      }),
      { numRuns: 300 },
    );
  });

  it('every policy rolls forward to a day that it does not roll off, and C as far as any', () => {
    fc.assert(
      fc.property(starts, (day) => {
        const [a, b, c] = (['A', 'B', 'C'] as const).map((policy) => roll(calendar, day, policy)) as [
          string,
          string,
          string,
        ];
        expect(day <= a && a <= b && b <= c).toBe(true);
        expect(calendar.isWorkingDay(c)).toBe(true);
        expect([roll(calendar, a, 'A'), roll(calendar, b, 'B')]).toEqual([a, b]);
      }),
      { numRuns: 300 },
    );
  });
});
