import { describe, expect, it } from '@jest/globals';
import { CalendarFileError, readCalendar } from './calendar-file.ts';
import { lastDay, roll } from './period.ts';

const FILE = `
zone: America/New_York
week: { mon: ["08:30-17:00"], tue: ["08:30-12:00", "13:00-24:00"], wed: [] }
holidays: ["2015-01-05", "2015-01-06"]
workdays: ["2015-01-10"]
`;

describe('a calendar of a file', () => {
  const calendar = readCalendar(FILE);

  it('works on the days of its week, less holidays and plus make-up days', () => {
    expect(['2015-01-05', '2015-01-07', '2015-01-10', '2015-01-12'].map((day) => calendar.dayKind(day))).toEqual([
      'STATUTORY',
      'REST',
      'WORK',
      'WORK',
    ]);
    expect(calendar.dayDetail('2015-01-10')).toEqual({ day: '2015-01-10', kind: 'WORK', name: null, makeUp: true });
    expect(lastDay(calendar, '2015-01-02', { unit: 'workingDays', count: 2 })).toBe('2015-01-12');
    expect(roll(calendar, '2015-01-05', 'A')).toBe('2015-01-07');
  });

  it('opens by its week; a make-up day without hours has those of the first working day', () => {
    expect(calendar.openingHours('2015-01-13')).toEqual([
      { from: 510, to: 720 },
      { from: 780, to: 1440 },
    ]);
    expect(calendar.openingHours('2015-01-10')).toEqual([{ from: 510, to: 1020 }]);
    expect(calendar.openingHours('2015-01-05')).toEqual([]);
  });

  it('covers every year, unless it says which, and is guessed beyond them only when asked', () => {
    expect([calendar.covers(1999), calendar.covers(2999)]).toEqual([true, true]);
    const two = `${FILE}covers: { from: 2015, to: 2016 }\n`;
    expect([2014, 2015, 2016, 2017].map((year) => readCalendar(two).covers(year))).toEqual([false, true, true, false]);
    expect(() => readCalendar(two).isWorkingDay('2017-01-02')).toThrow('no data for the year 2017');
    expect(readCalendar(two, { provisional: true }).versionOf(2017)).toBe('file-2017.PROVISIONAL');
  });

  it('has a version by what it says, not by how it is written', () => {
    const other = FILE.replace(
      '["2015-01-05", "2015-01-06"]',
      '[2015-01-06, "2015-01-05", 2015-01-06] # turned round',
    ).replace('08:30', '8:30');
    expect(readCalendar(other).version).toBe(calendar.version);
    expect(readCalendar(FILE.replace('2015-01-06', '2015-01-07')).version).not.toBe(calendar.version);
    expect(readCalendar(`${FILE}outOfHours: next-opening\n`).version).not.toBe(calendar.version);
  });
});

describe('a calendar file is refused with its line', () => {
  it.each([
    ['', 'the calendar file is empty'],
    ['zone: [', 'line'],
    ['week: { mon: ["08:30-17:00"] }', 'zone is missing'],
    ['zone: UTC', 'week is missing'],
    [FILE.replace('America/New_York', 'America/Springfield'), 'line 2: zone is no zone'],
    [FILE.replace('holidays', 'holydays'), 'line 4: the calendar has no "holydays"; it may have zone, week'],
    [FILE.replace('wed:', 'wednesday:'), 'line 3: week has no "wednesday"'],
    [FILE.replace('"08:30-17:00"', '"8.30-17:00"'), 'line 3: week.mon: "8.30-17:00" is no period'],
    [FILE.replace('"08:30-17:00"', '"17:00-08:30"'), 'line 3: week.mon: "17:00-08:30" is no period'],
    [FILE.replace('13:00-24:00', '13:00-24:01'), 'line 3: week.tue: "13:00-24:01" is no period'],
    [FILE.replace('13:00-24:00', '11:00-24:00'), 'line 3: week.tue: 11:00-24:00 begins before the last has ended'],
    [FILE.replace('["08:30-17:00"]', '"08:30-17:00"'), 'line 3: week.mon must be a list'],
    ['zone: UTC\nweek: { mon: [] }', 'line 2: week is never open'],
    [FILE.replace('"2015-01-06"]', '"2015-02-29"]'), 'line 4: holidays: "2015-02-29" is no day'],
    [FILE.replace('2015-01-10', '2015-01-06'), 'line 5: 2015-01-06 is both a holiday and a working day'],
    [`${FILE}outOfHours: same-day`, 'line 6: outOfHours is next-opening or as-it-stands'],
    [`${FILE}covers: { from: 2015 }`, 'line 6: covers.to is missing'],
    [`${FILE}covers: { from: 2015, to: 2014 }`, 'line 6: covers ends before it begins'],
    [`${FILE}covers: { from: long ago, to: 2014 }`, 'line 6: covers.from must be a year'],
    [`${FILE}holidays: []`, 'line 6'],
  ])('%j: %s', (text, words) => {
    expect(() => readCalendar(text)).toThrow(CalendarFileError);
    expect(() => readCalendar(text)).toThrow(words);
  });
});
