import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { localDateFromEpochDay, type LocalDate } from '#kernel';
import { daysBetween } from '../indexed-calendar.ts';
import { mainlandCalendar } from './mainland-calendar.ts';
import { readChineseDays, readMainlandData, yearsCovered, type ChineseDays } from './mainland-data.ts';
import { MainlandHistory } from './mainland-history.ts';
import { shippedIssues } from './shipped-issues.ts';

const calendar = mainlandCalendar();
const YEARS = Array.from({ length: 20 }, (_, index) => 2007 + index);
const between = (first: LocalDate, last: LocalDate) => daysBetween(first, last).map(localDateFromEpochDay);
const daysOf = (year: number) => between(`${year}-01-01`, `${year}-12-31`);
const weekday = (day: LocalDate) => new Date(`${day}T00:00:00Z`).getUTCDay();
const isWeekend = (day: LocalDate) => weekday(day) % 6 === 0;

/** The notices as NateScarlet/holiday-cn transcribed them, on machines that have them beside the checkout. */
const ORACLE =
  process.env['HOLIDAY_CN'] ?? fileURLToPath(new URL('../../../../../shared/data/holiday-cn', import.meta.url));

interface OracleDay {
  readonly date: LocalDate;
  readonly isOffDay: boolean;
}

describe('every day of 2007 to 2026', () => {
  const { holidays, workdays } = readChineseDays();

  it.each(YEARS)('is a working day exactly where chinese-days says so: %d', (year) => {
    const said = daysOf(year).filter(
      (day) => workdays[day] !== undefined || (holidays[day] === undefined && !isWeekend(day)),
    );
    expect(daysOf(year).filter((day) => calendar.isWorkingDay(day))).toEqual(said);
  });

  if (existsSync(ORACLE)) {
    const oracle = [...YEARS, 2027].flatMap(
      (year) => (JSON.parse(readFileSync(join(ORACLE, `${year}.json`), 'utf8')) as { days: OracleDay[] }).days,
    );
    const off = new Set(oracle.filter(({ isOffDay }) => isOffDay).map(({ date }) => date));
    const worked = new Set(oracle.filter(({ isOffDay }) => !isOffDay).map(({ date }) => date));

    it.each(YEARS)('is off, made up for or plain exactly as the notices transcribed elsewhere: %d', (year) => {
      for (const day of daysOf(year)) {
        const { kind, makeUp } = calendar.dayDetail(day);
        expect({ day, isOff: kind === 'STATUTORY' || kind === 'ANNOUNCED' }).toEqual({ day, isOff: off.has(day) });
        expect({ day, makeUp }).toEqual({ day, makeUp: worked.has(day) && isWeekend(day) });
        expect({ day, isWork: kind === 'WORK' }).toEqual({
          day,
          isWork: worked.has(day) || (!off.has(day) && !isWeekend(day)),
        });
      }
    });
  }

  // Spans and weekend days of each notice with its amendments, counted by another reader of the notices.
  it.each([
    [2018, 23, 6],
    [2019, 24, 7],
    [2020, 30, 6],
    [2021, 31, 7],
    [2022, 31, 7],
    [2023, 27, 7],
    [2024, 28, 8],
    [2025, 28, 5],
    [2026, 33, 6],
  ])('%d has %d days off and %d make-up days by its notices', (year, off, work) => {
    const named = readMainlandData().notices.filter((notice) => notice.year === year);
    const days = new Set(
      named
        .flatMap((notice) => Object.values(notice.days).flatMap((holiday) => holiday.off ?? []))
        .flatMap((span) => between(span.split('..')[0]!, span.split('..').at(-1)!)),
    );
    expect(days.size).toBe(off);
    const made = new Set(
      named.flatMap((notice) => Object.values(notice.days).flatMap((holiday) => holiday.work ?? [])),
    );
    expect([...made].filter((day) => !days.has(day))).toHaveLength(work);
  });

  it('works on 29 December 2018 and rests on the 31st by the notice for 2019', () => {
    expect(between('2018-12-28', '2019-01-02').map((day) => calendar.dayKind(day))).toEqual([
      'WORK',
      'WORK',
      'ANNOUNCED',
      'ANNOUNCED',
      'STATUTORY',
      'WORK',
    ]);
    expect(calendar.dayDetail('2018-12-29')).toEqual({ day: '2018-12-29', kind: 'WORK', name: '元旦', makeUp: true });
  });

  it('leaves a weekend that a holiday merely adjoins a plain one', () => {
    expect(between('2019-04-05', '2019-04-07').map((day) => calendar.dayKind(day))).toEqual([
      'STATUTORY',
      'REST',
      'REST',
    ]);
  });
});

describe('statutory days', () => {
  const statutory = (year: number) => daysOf(year).filter((day) => calendar.dayKind(day) === 'STATUTORY');

  it('are 13 since 2025, with New Year’s Eve and 2 May', () => {
    expect(statutory(2026)).toEqual([
      '2026-01-01',
      ...between('2026-02-16', '2026-02-19'),
      '2026-04-05',
      '2026-05-01',
      '2026-05-02',
      '2026-06-19',
      '2026-09-25',
      ...between('2026-10-01', '2026-10-03'),
    ]);
    expect(statutory(2025)).toHaveLength(13);
  });

  it('are 11 from 2008 to 2024, in 2008 to 2013 with the eve, and one fewer where two fall on one day', () => {
    for (let year = 2008; year <= 2024; year++)
      expect([year, statutory(year).length]).toEqual([year, year === 2009 || year === 2020 ? 10 : 11]);
    expect(calendar.dayDetail('2020-10-01').name).toBe('中秋节、国庆节');
    expect(calendar.dayKind('2024-02-09')).toBe('WORK');
    expect(calendar.dayKind('2013-02-09')).toBe('STATUTORY');
    expect(statutory(2007)).toHaveLength(10);
  });

  it('are all among the days off that the notices name', () => {
    const named = new Set(
      readMainlandData()
        .notices.flatMap(({ days }) => Object.values(days).flatMap(({ off }) => off ?? []))
        .flatMap((span) => between(span.split('..')[0]!, span.split('..').at(-1)!)),
    );
    expect(YEARS.flatMap(statutory).filter((day) => !named.has(day))).toEqual([]);
  });

  it('of the lunar calendar fall where the calendar of Unicode has them, but for two new moons within minutes of midnight', () => {
    const format = new Intl.DateTimeFormat('en-u-ca-chinese', { timeZone: 'UTC', month: 'numeric', day: 'numeric' });
    const expected = { 春节: '1/1', 端午节: '5/5', 中秋节: '8/15' };
    const different = Object.entries(readMainlandData().festivals).flatMap(([year, festivals]) =>
      Object.entries(expected)
        .filter(([name, lunar]) => format.format(new Date(`${year}-${festivals[name]}T00:00:00Z`)) !== lunar)
        .map(([name]) => `${year}-${festivals[name]} ${name}`),
    );
    // In Beijing the moon is new on 2027-02-06 at 23:56 and on 2030-02-03 at 00:07, which Unicode's formulas miss.
    expect(different).toEqual(['2027-02-06 春节', '2030-02-03 春节']);
  });
});

describe('versions', () => {
  it('before and after the amendment of the Labour Day of 2019', () => {
    const before = mainlandCalendar({ asKnownOn: '2019-03-21' });
    const after = mainlandCalendar({ asKnownOn: '2019-03-22' });
    expect([before.version, after.version]).toEqual(['CN-2019.1', 'CN-2019.2']);
    expect(['2019-04-28', '2019-05-02'].map((day) => before.dayKind(day))).toEqual(['REST', 'WORK']);
    expect(['2019-04-28', '2019-05-02'].map((day) => after.dayKind(day))).toEqual(['WORK', 'ANNOUNCED']);
    expect(calendar.versionOf(2019)).toBe('CN-2019.2');
    expect(calendar.noticeOf(2019)?.number).toBe('国办发明电〔2019〕3号');
  });

  it('before and after the longer Spring Festival of 2020', () => {
    const [before, after] = [mainlandCalendar({ version: 'CN-2020.1' }), mainlandCalendar({ version: 'CN-2020.2' })];
    expect(['2020-01-31', '2020-02-01', '2020-02-02'].map((day) => before.dayKind(day))).toEqual([
      'WORK',
      'WORK',
      'REST',
    ]);
    expect(['2020-01-31', '2020-02-01', '2020-02-02'].map((day) => after.dayKind(day))).toEqual(
      Array(3).fill('ANNOUNCED'),
    );
    expect(before.noticesOf(2020).map(({ publishedOn }) => publishedOn)).toEqual(['2019-11-21']);
  });

  it('the notice of the next year changes the end of a year', () => {
    expect(mainlandCalendar({ asKnownOn: '2018-12-05' }).versionOf(2018)).toBe('CN-2018.1');
    expect(mainlandCalendar({ asKnownOn: '2018-12-05' }).dayKind('2018-12-31')).toBe('WORK');
    expect(mainlandCalendar({ version: 'CN-2018.2' }).version).toBe('CN-2019.1');
    expect(mainlandCalendar({ version: 'CN-2018.1' }).dayKind('2018-12-31')).toBe('WORK');
  });

  it('a year is covered from the day on which its notice is public', () => {
    expect(mainlandCalendar({ asKnownOn: '2025-11-03' }).covers(2026)).toBe(false);
    expect(mainlandCalendar({ asKnownOn: '2025-11-04' }).covers(2026)).toBe(true);
    expect(() => mainlandCalendar({ asKnownOn: '2025-11-03' }).dayKind('2026-01-01')).toThrow('CN-2025.1 has no data');
  });

  it('of several years together is the later one; an unknown one is refused', () => {
    expect(mainlandCalendar({ version: 'CN-2025.1+CN-2026.1' })).toBe(mainlandCalendar());
    expect(() => mainlandCalendar({ version: 'CN-2026.9' })).toThrow('no version CN-2026.9');
  });

  it('every notice has its number and day since 2008', () => {
    for (const year of YEARS.slice(1)) {
      for (const notice of calendar.noticesOf(year)) {
        expect(notice.number).toMatch(/^国(办)?发明电〔\d{4}〕\d+号$/);
        expect(notice.publishedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      }
    }
  });
});

describe('a year without data', () => {
  const published = readChineseDays();
  const next = yearsCovered(published).at(-1)! + 1;
  /** What chinese-days would have after the notice for the next year. */
  const grown: ChineseDays = {
    holidays: {
      ...published.holidays,
      ...Object.fromEntries(['12-31'].map((day) => [`${next - 1}-${day}`, "New Year's Day,元旦,1"])),
      ...Object.fromEntries(
        ['01-01', '02-05', '05-01', '10-01', '10-02', '10-03'].map((day) => [`${next}-${day}`, 'Some Day,某节,1']),
      ),
    },
    workdays: { ...published.workdays, [`${next}-01-31`]: "New Year's Day,元旦,1" },
  };

  const historyOf = (days: ChineseDays) => {
    const data = readMainlandData();
    return new MainlandHistory(data, shippedIssues(data, days));
  };

  it('fails, and is never taken for Monday to Friday', () => {
    for (const ask of [
      () => calendar.dayKind(`${next}-06-01`),
      () => calendar.noticeOf(next),
      () => calendar.versionOf(2006),
    ]) {
      expect(ask).toThrow(expect.objectContaining({ code: 'CALENDAR_MISSING' }));
    }
    expect(calendar.covers(next)).toBe(false);
  });

  it('is guessed when that is asked for, and says so', () => {
    const guess = mainlandCalendar({ provisional: true });
    expect(guess.dayKind(`${next}-01-01`)).toBe(isWeekend(`${next}-01-01`) ? 'REST' : 'WORK');
    expect([guess.isProvisional(next), guess.isProvisional(2026)]).toEqual([true, false]);
    expect(guess.versionOf(next)).toBe(`CN-${next}.PROVISIONAL`);
    expect(calendar.isProvisional(next)).toBe(false);
  });

  it('is there as soon as chinese-days has it, under a version without a notice', () => {
    const history = historyOf(grown);
    const newest = history.calendar({});
    expect(newest.versionOf(next)).toBe(`CN-${next}.1`);
    expect(newest.dayKind(`${next}-02-05`)).toBe(next === 2027 ? 'STATUTORY' : 'ANNOUNCED');
    expect(newest.isWorkingDay(`${next}-01-31`)).toBe(true);
    expect(newest.noticeOf(next)).toMatchObject({ number: null, publishedOn: null });
    // What it changed at the end of the year before is a version of its own as well.
    expect(newest.dayKind(`${next - 1}-12-31`)).toBe('ANNOUNCED');
    expect(newest.versionOf(next - 1)).toBe(`CN-${next - 1}.2`);
    expect(history.calendar({ asKnownOn: `${next}-06-01` }).covers(next)).toBe(false);
  });

  it('is not there while chinese-days has only some of its days', () => {
    const { [`${next}-05-01`]: _, ...holidays } = grown.holidays;
    expect(
      historyOf({ ...grown, holidays })
        .calendar({})
        .covers(next),
    ).toBe(false);
  });
});
