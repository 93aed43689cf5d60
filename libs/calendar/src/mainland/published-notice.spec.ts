import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { epochDay, localDateFromEpochDay, type LocalDate } from '#kernel';
import { daysBetween } from '../indexed-calendar.ts';
import { lastDay, roll, versionsBetween } from '../period.ts';
import type { Issue } from './issue.ts';
import { calendarOfVersion, mainlandCalendar } from './mainland-calendar.ts';
import { readChineseDays, readMainlandData, type NoticeOfDays } from './mainland-data.ts';
import { MainlandHistory } from './mainland-history.ts';
import type { DaysOff, PublishedNotice } from './published-notice.ts';
import { shippedFestivals, shippedNotices, shippedVersion, statutoryDaysBy } from './release.ts';
import { shippedIssues } from './shipped-issues.ts';

const off = (name: string, from: LocalDate, to = from): DaysOff => ({ name, from, to });
const AMENDED = { title: '国务院办公厅关于调整2027年劳动节假期安排的通知', publishedOn: '2027-03-22', url: null };

/** As the notice for 2027 might be. Its New Year is made up for on Sunday 27 December 2026. */
const first: PublishedNotice = {
  year: 2027,
  number: '国办发明电〔2026〕9号',
  title: '国务院办公厅关于2027年部分节假日安排的通知',
  publishedOn: '2026-11-05',
  url: null,
  daysOff: [
    off('元旦', '2026-12-31', '2027-01-02'),
    off('春节', '2027-02-05', '2027-02-11'),
    off('清明节', '2027-04-03', '2027-04-05'),
    off('劳动节', '2027-05-01', '2027-05-03'),
    off('端午节', '2027-06-09'),
    off('中秋节', '2027-09-15'),
    off('国庆节', '2027-10-01', '2027-10-07'),
  ],
  workdays: [
    { day: '2026-12-27', name: '元旦' },
    { day: '2027-02-20', name: '春节' },
  ],
  festivals: null,
  shippedVersion: 'CN-2026.1',
};
const amendment: PublishedNotice = {
  ...first,
  ...AMENDED,
  number: '国办发明电〔2027〕3号',
  daysOff: [off('劳动节', '2027-05-01', '2027-05-05')],
  workdays: [{ day: '2027-05-08', name: '劳动节' }],
};

const YEARS = [2026, 2027, 2028];
const days = (from: LocalDate, to: LocalDate) => daysBetween(from, to).map(localDateFromEpochDay);
const kinds = (calendar: ReturnType<typeof mainlandCalendar>, from: LocalDate, to: LocalDate) =>
  days(from, to).map((day) => calendar.dayKind(day));

describe('a notice published at run time', () => {
  const before = mainlandCalendar({ provisional: true });
  const after = mainlandCalendar({ published: [first], provisional: true });

  it('arranges its year, and the days of the year before that it names', () => {
    expect([before.isProvisional(2027), after.isProvisional(2027), after.covers(2027)]).toEqual([true, false, true]);
    expect(kinds(after, '2027-01-01', '2027-01-04')).toEqual(['STATUTORY', 'ANNOUNCED', 'REST', 'WORK']);
    expect(kinds(after, '2027-02-05', '2027-02-09')).toEqual([...Array<string>(4).fill('STATUTORY'), 'ANNOUNCED']);
    expect(after.dayDetail('2026-12-27')).toEqual({ day: '2026-12-27', kind: 'WORK', name: '元旦', makeUp: true });
    expect(after.noticeOf(2027)).toEqual({
      number: first.number,
      title: first.title,
      publishedOn: '2026-11-05',
      url: null,
    });
    expect([after.version, after.versionOf(2026), after.versionOf(2027)]).toEqual([
      'CN-2027.1',
      'CN-2026.2',
      'CN-2027.1',
    ]);
  });

  it('is known from the day of its publication on', () => {
    const known = (asKnownOn: LocalDate) => mainlandCalendar({ published: [first, amendment], asKnownOn });
    expect([known('2026-11-04').covers(2027), known('2026-11-05').covers(2027)]).toEqual([false, true]);
    expect([known('2027-03-21').versionOf(2027), known('2027-03-22').versionOf(2027)]).toEqual([
      'CN-2027.1',
      'CN-2027.2',
    ]);
  });

  it('is amended inside the year; every version before stays, and is the same calendar as it was', () => {
    const amended = mainlandCalendar({ published: [first, amendment], provisional: true });
    const old = calendarOfVersion('CN-2027.1', [first, amendment]);
    expect([amended.versionOf(2027), amended.versionOf(2026)]).toEqual(['CN-2027.2', 'CN-2026.2']);
    expect(['2027-05-04', '2027-05-08'].map((day) => amended.dayKind(day))).toEqual(['ANNOUNCED', 'WORK']);
    expect(['2027-05-04', '2027-05-08'].map((day) => old.dayKind(day))).toEqual(['WORK', 'REST']);
    expect(old.version).toBe('CN-2027.1');
    expect(amended.noticesOf(2027).map(({ publishedOn }) => publishedOn)).toEqual(['2026-11-05', '2027-03-22']);
    expect(() => calendarOfVersion('CN-2027.2', [first])).toThrow('no version CN-2027.2');
  });

  it('moves what rolls off its holidays', () => {
    expect([roll(before, '2027-10-01', 'B'), roll(after, '2027-10-01', 'B'), roll(after, '2027-10-01', 'A')]).toEqual([
      '2027-10-01',
      '2027-10-08',
      '2027-10-04',
    ]);
  });

  it('makes no calendar anew for a list that says the same', () => {
    const list = [first, amendment];
    const calendar = mainlandCalendar({ published: list, provisional: true });
    expect(mainlandCalendar({ published: list, provisional: true })).toBe(calendar);
    expect(mainlandCalendar({ published: structuredClone(list), provisional: true })).toBe(calendar);
    expect(mainlandCalendar({ published: [] })).toBe(mainlandCalendar());
    expect(mainlandCalendar({ published: [first], provisional: true })).toBe(after);
    expect(calendar).not.toBe(after);
  });
});

describe('the version that a deadline names', () => {
  const complaintOfDecember = '2026-12-24';
  const sevenDays = { unit: 'workingDays', count: 7 } as const;
  const promise = (published: readonly PublishedNotice[]) => {
    const calendar = mainlandCalendar({ published, provisional: true });
    const due = lastDay(calendar, complaintOfDecember, sevenDays);
    return { due, version: versionsBetween(calendar, epochDay(complaintOfDecember), epochDay(due)).calendarVersion };
  };

  it('gives the calendar it was computed with, a guess included, whatever was published since', () => {
    const promises = [[], [first], [first, amendment]].map(promise);
    expect(promises).toEqual([
      { due: '2027-01-04', version: 'CN-2026.1+CN-2027.PROVISIONAL' },
      { due: '2027-01-05', version: 'CN-2026.2+CN-2027.1' },
      { due: '2027-01-05', version: 'CN-2026.2+CN-2027.2' },
    ]);
    for (const { due, version } of promises) {
      const calendar = calendarOfVersion(version, [first, amendment]);
      expect([version, lastDay(calendar, complaintOfDecember, sevenDays)]).toEqual([version, due]);
    }
  });

  it('may be wholly a guess, by what was known before the year was arranged', () => {
    const calendar = calendarOfVersion('CN-2027.PROVISIONAL', [first, amendment]);
    expect([calendar.isProvisional(2027), calendar.versionOf(2027)]).toEqual([true, 'CN-2027.PROVISIONAL']);
    expect([calendar.version, calendar.versionOf(2026)]).toEqual(['CN-2026.1', 'CN-2026.1']);
    expect(calendar.dayKind('2027-10-01')).toBe('WORK');
    expect(calendarOfVersion('CN-2099.PROVISIONAL', [first]).versionOf(2027)).toBe('CN-2027.1');
  });

  it.each(['', 'CN-2027', 'CN-2027.0', 'CN-2027.1+', 'CN-2027.9+CN-2028.PROVISIONAL', 'file-0123456789ab'])(
    'is refused when there is no such: %j',
    (version) => {
      expect(() => calendarOfVersion(version, [first])).toThrow(
        expect.objectContaining({ code: 'CALENDAR_VERSION_UNKNOWN' }) as unknown as Error,
      );
    },
  );
});

describe('a notice that was written down wrongly', () => {
  const corrected: PublishedNotice = {
    ...first,
    daysOff: first.daysOff.map((span) => (span.name === '端午节' ? off('端午节', '2027-06-09', '2027-06-11') : span)),
    workdays: [{ day: '2027-02-20', name: '春节' }],
  };
  const calendar = mainlandCalendar({ published: [first, amendment, corrected] });

  it('is replaced by the same notice written anew, as a version of every year that either changes', () => {
    expect([calendar.versionOf(2026), calendar.versionOf(2027)]).toEqual(['CN-2026.3', 'CN-2027.3']);
    expect(['2026-12-27', '2027-06-10'].map((day) => calendar.dayKind(day))).toEqual(['REST', 'ANNOUNCED']);
    expect(calendar.noticesOf(2027)).toHaveLength(2);
  });

  it('does not undo an amendment that came in between', () => {
    expect(calendar.dayKind('2027-05-04')).toBe('ANNOUNCED');
    expect(calendarOfVersion('CN-2027.2', [first, amendment, corrected]).dayKind('2027-06-10')).toBe('WORK');
  });
});

describe('a year of which no release has the festivals', () => {
  const festivals = { 春节: '2036-01-28', 清明节: '2036-04-04', 端午节: '2036-05-30', 中秋节: '2036-10-04' };
  const notice: PublishedNotice = {
    ...first,
    year: 2036,
    number: '国办发明电〔2035〕9号',
    publishedOn: '2035-11-05',
    daysOff: [
      off('元旦', '2036-01-01'),
      off('春节', '2036-01-27', '2036-02-02'),
      off('清明节', '2036-04-04', '2036-04-06'),
      off('劳动节', '2036-05-01', '2036-05-05'),
      off('端午节', '2036-05-30'),
      off('国庆节、中秋节', '2036-10-01', '2036-10-07'),
    ],
    workdays: [],
    festivals,
  };

  it('has the statutory days that follow from those the notice says', () => {
    expect(shippedFestivals(2036)).toBeUndefined();
    const calendar = mainlandCalendar({ published: [notice] });
    const statutory = days('2036-01-01', '2036-12-31').filter((day) => calendar.dayKind(day) === 'STATUTORY');
    expect(statutory).toEqual([...statutoryDaysBy(2036, festivals)].sort());
    expect(statutory).toHaveLength(13);
  });

  it('is not arranged by a notice that does not say them, nor by one that leaves out a statutory day', () => {
    expect(mainlandCalendar({ published: [{ ...notice, festivals: null }] }).covers(2036)).toBe(false);
    expect(mainlandCalendar({ published: [{ ...notice, daysOff: notice.daysOff.slice(1) }] }).covers(2036)).toBe(false);
    expect(mainlandCalendar({ published: [amendment] }).covers(2027)).toBe(false);
  });
});

/** The notice as mainland.yaml would have it. */
function asShipped({ year, number, publishedOn, url, daysOff, workdays, title }: PublishedNotice): NoticeOfDays {
  const written: Record<string, { off: string[]; work: string[] }> = {};
  for (const { name, from, to } of daysOff) (written[name] ??= { off: [], work: [] }).off.push(`${from}..${to}`);
  for (const { name, day } of workdays) (written[name] ??= { off: [], work: [] }).work.push(day);
  const what = title.slice('国务院办公厅关于'.length, -'的通知'.length);
  const isFirst = what === `${year}年部分节假日安排`;
  return { year, number, publishedOn, url, days: written, ...(isFirst ? {} : { amends: what }) };
}

describe('a release that brings notices', () => {
  const data = readMainlandData();
  const bySaying = new Map<string, readonly Issue[]>();
  const released = (...notices: readonly PublishedNotice[]) => {
    const said = JSON.stringify(notices);
    const now = { ...data, notices: [...data.notices, ...notices.map(asShipped)] };
    if (!bySaying.has(said)) bySaying.set(said, shippedIssues(now, readChineseDays()));
    return bySaying.get(said)!;
  };
  const historyOf = (shipped: readonly PublishedNotice[], published: readonly PublishedNotice[]) =>
    new MainlandHistory(data, released(...shipped), published);

  it('makes no version of one that was published before', () => {
    const names = ['CN-2027.1', 'CN-2027.2'];
    for (const shipped of [[], [first], [first, amendment]]) {
      const history = historyOf(shipped, [first, amendment]);
      expect(history.versions.slice(-2)).toEqual(names);
      expect(history.calendar({}).noticesOf(2027)).toHaveLength(2);
    }
    expect(historyOf([first], [{ ...first, number: null }]).versions.at(-1)).toBe('CN-2027.1');
  });

  it('is followed by what is published beside it', () => {
    const beside = { ...amendment, shippedVersion: 'CN-2027.1' };
    expect(historyOf([first], [beside]).calendar({}).versionOf(2027)).toBe('CN-2027.2');
    expect(historyOf([first, amendment], [beside]).calendar({}).versionOf(2027)).toBe('CN-2027.2');
  });

  it('may bring one that was published earlier and known later: the later one holds, and the names stay', () => {
    const missed: PublishedNotice = {
      ...amendment,
      ...{ number: '国办发明电〔2027〕2号', title: '国务院办公厅关于另一件事的通知', publishedOn: '2027-01-20' },
      daysOff: [off('劳动节', '2027-05-08', '2027-05-09'), off('劳动节', '2027-05-06')],
      workdays: [],
    };
    const calendar = historyOf([first, missed], [first, amendment]).calendar({});
    expect(calendar.version).toBe('CN-2027.3');
    expect(['2027-05-06', '2027-05-08'].map((day) => calendar.dayKind(day))).toEqual(['ANNOUNCED', 'WORK']);
    expect(calendar.noticesOf(2027).map(({ number }) => number)).toEqual([
      first.number,
      missed.number,
      amendment.number,
    ]);
  });

  it('names a version the same for ever, and it means the same, whatever is published and shipped in whatever order', () => {
    const next: PublishedNotice = {
      ...first,
      ...{ year: 2028, number: '国办发明电〔2027〕12号', publishedOn: '2027-11-02' },
      title: '国务院办公厅关于2028年部分节假日安排的通知',
      daysOff: [
        off('元旦', '2027-12-31', '2028-01-01'),
        ...days('2028-01-25', '2028-10-08').map((day) => off('某节', day)),
      ],
      workdays: [{ day: '2027-12-25', name: '元旦' }],
    };
    const endOfYear: PublishedNotice = {
      ...amendment,
      ...{ number: '国办发明电〔2027〕11号', title: '国务院办公厅关于年末的通知', publishedOn: '2027-10-30' },
      daysOff: [off('国庆节', '2027-12-30', '2027-12-31')],
      workdays: [],
    };
    const rewritten = { ...first, workdays: [], daysOff: [...first.daysOff, off('春节', '2027-02-12')] };
    const universe = [first, amendment, next, endOfYear, rewritten];
    const step = fc.record({ publish: fc.boolean(), which: fc.nat(universe.length - 1) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 10 }), (steps) => {
        const [shipped, published]: [PublishedNotice[], PublishedNotice[]] = [[], []];
        const meant = new Map<string, string>();
        for (const { publish, which } of steps) {
          const notice = universe[which]!;
          if (publish) published.push({ ...notice, shippedVersion: released(...shipped).at(-1)!.version });
          else if (!shipped.some(({ number }) => number === notice.number)) shipped.push(notice);
          for (const [version, meaning] of meaningsIn(historyOf(shipped, published))) {
            expect([version, meant.get(version) ?? meaning]).toEqual([version, meaning]);
            meant.set(version, meaning);
          }
        }
        const history = historyOf(shipped, published);
        for (const version of meant.keys()) expect(history.calendar({ version }).versionOf(2026)).toMatch(/^CN-2026/);
      }),
      { numRuns: 60 },
    );
  });

  /** What each version says of its year. */
  function meaningsIn(history: MainlandHistory): Map<string, string> {
    const newest = history.calendar({ provisional: true });
    return new Map(
      YEARS.flatMap((year) => {
        const count = Number(/\d+$/.exec(newest.isProvisional(year) ? '0' : newest.versionOf(year))![0]);
        return Array.from({ length: count }, (_, index) => {
          const calendar = history.calendar({ version: `CN-${year}.${index + 1}`, provisional: true });
          return [`CN-${year}.${index + 1}`, kinds(calendar, `${year}-01-01`, `${year}-12-31`).join()] as const;
        });
      }),
    );
  }
});

describe('days that chinese-days has without a notice', () => {
  const data = readMainlandData();
  const grown = readChineseDays();
  const holidays = Object.fromEntries(
    first.daysOff.flatMap(({ from, to, name }) => days(from, to).map((day) => [day, `Holiday,${name},1`])),
  );
  const shipped = shippedIssues(data, {
    // What it has is the amended year.
    holidays: { ...grown.holidays, ...holidays, '2027-05-04': 'Labour Day,劳动节,1' },
    workdays: { ...grown.workdays, '2026-12-27': 'New Year,元旦,1', '2027-02-20': 'Spring,春节,1' },
  });

  it('are no version where the notice was published before', () => {
    const history = new MainlandHistory(data, shipped, [first]);
    expect(history.versions.at(-1)).toBe('CN-2027.1');
    expect(history.calendar({}).versionOf(2026)).toBe('CN-2026.2');
    expect(history.calendar({}).dayKind('2027-05-04')).toBe('WORK');
  });

  it('give way to their notice when that is published after them, as a version of its own', () => {
    const beside = { ...first, shippedVersion: shipped.at(-1)!.version };
    expect(beside.shippedVersion).toBe('CN-2027.1');
    const history = new MainlandHistory(data, shipped, [beside]);
    expect(history.calendar({}).versionOf(2027)).toBe('CN-2027.2');
    expect(history.calendar({}).dayKind('2027-05-04')).toBe('WORK');
    expect(history.calendar({}).noticesOf(2027)).toHaveLength(1);
    expect(history.calendar({ version: 'CN-2027.1' }).dayKind('2027-05-04')).toBe('ANNOUNCED');
    // A release that then has the notice as well changes nothing.
    const later = shippedIssues({ ...data, notices: [...data.notices, asShipped(first)] }, grown);
    expect(new MainlandHistory(data, later, [beside]).versions.slice(-2)).toEqual(['CN-2027.1', 'CN-2027.2']);
  });
});

describe('what this release brings', () => {
  it('says its newest version and its notices by year', () => {
    expect(shippedVersion()).toBe(mainlandCalendar().version);
    expect(shippedNotices(2020).map(({ number, publishedOn }) => [number, publishedOn])).toEqual([
      ['国办发明电〔2019〕16号', '2019-11-21'],
      ['国办发明电〔2020〕1号', '2020-01-27'],
    ]);
    expect(shippedNotices(2019)[1]).toMatchObject({
      title: '国务院办公厅关于调整2019年劳动节假期安排的通知',
      daysOff: ['2019-05-01', '2019-05-02', '2019-05-03', '2019-05-04'],
      workdays: ['2019-04-28', '2019-05-05'],
    });
    expect(shippedNotices(2099)).toEqual([]);
    expect(shippedFestivals(2027)?.['春节']).toBe('2027-02-06');
  });
});
