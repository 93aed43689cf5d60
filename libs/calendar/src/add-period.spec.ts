import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseInstant, type Instant } from '#kernel';
import { addPeriod, nextOpening } from './add-period.ts';
import { readCalendar } from './calendar-file.ts';
import { mainlandCalendar } from './mainland/mainland-calendar.ts';
import type { Period } from './period.ts';
import type { WorkingCalendar } from './working-calendar.ts';

const at = (text: string): Instant => parseInstant(text)!;
const period = (text: string): Period => {
  const [count, unit] = text.split(' ') as [string, string];
  const units: Record<string, Period['unit']> = { h: 'hours', WD: 'workingDays', d: 'days', m: 'months', y: 'years' };
  return { unit: units[unit]!, count: Number(count) };
};
const sum = (calendar: WorkingCalendar, from: string, text: string) =>
  calendar.timeZone.format(addPeriod(calendar, at(from), period(text)));

const HOURS = '["08:30-17:00"]';
const city = readCalendar(`
zone: America/New_York
week: { mon: ${HOURS}, tue: ${HOURS}, wed: ${HOURS}, thu: ${HOURS}, fri: ${HOURS} }
holidays: ["2015-01-01", "2015-01-19", "2015-02-16"]
outOfHours: next-opening
`);
/** Lunch is closed, Friday is short, Saturday is open to midnight, 31 January is made up for. */
const market = readCalendar(`
zone: Europe/London
week:
  mon: ["09:00-12:00", "13:00-17:30"]
  tue: ["09:00-12:00", "13:00-17:30"]
  fri: ["09:00-12:00"]
  sat: ["20:00-24:00"]
workdays: ["2024-01-31"]
`);
const night = readCalendar(`
zone: America/New_York
week: { sun: ["00:00-24:00"], sat: ["00:00-24:00"], mon: ["01:00-04:00"] }
`);

describe('under the calendar of the mainland', () => {
  const calendar = mainlandCalendar();
  it.each([
    ['2026-02-13T16:00:00+08:00', '7 WD', '2026-03-02T16:00:00+08:00'],
    // 00:30 in Shanghai is still the day before in UTC.
    ['2026-02-12T16:30:00Z', '7 WD', '2026-03-02T00:30:00+08:00'],
    // A call on a rest day counts from the next working day; a clock of hours runs through it.
    ['2026-02-16T23:50:00+08:00', '1 WD', '2026-02-24T23:50:00+08:00'],
    ['2026-02-16T23:50:00+08:00', '24 h', '2026-02-17T23:50:00+08:00'],
    ['2026-12-31T23:50:00+08:00', '24 h', '2027-01-01T23:50:00+08:00'],
    ['2023-08-31T10:00:00+08:00', '6 m', '2024-02-29T10:00:00+08:00'],
    ['2024-02-29T10:00:00.250+08:00', '1 y', '2025-02-28T10:00:00.250+08:00'],
    ['2026-02-16T23:50:00+08:00', '0 WD', '2026-02-16T23:50:00+08:00'],
    ['2026-02-16T23:50:00+08:00', '1.5 h', '2026-02-17T01:20:00+08:00'],
  ])('%s + %s is %s', (from, text, due) => {
    expect(sum(calendar, from, text)).toBe(due);
  });
});

describe('under the calendar of a city that is open 08:30 to 17:00', () => {
  it.each([
    // Within hours the time of day is kept.
    ['2015-01-05T16:30:00-05:00', '2 WD', '2015-01-07T16:30:00-05:00'],
    ['2015-01-16T16:30:00-05:00', '1 WD', '2015-01-20T16:30:00-05:00'],
    ['2015-01-05T08:30:00-05:00', '1 WD', '2015-01-06T08:30:00-05:00'],
    // Outside them it counts from the next opening: the same morning, the next, after the weekend, after the holiday.
    ['2015-01-05T07:00:00-05:00', '1 WD', '2015-01-06T08:30:00-05:00'],
    ['2015-01-05T17:00:00-05:00', '1 WD', '2015-01-07T08:30:00-05:00'],
    ['2015-01-10T10:00:00-05:00', '1 WD', '2015-01-13T08:30:00-05:00'],
    ['2015-01-16T20:00:00-05:00', '1 WD', '2015-01-21T08:30:00-05:00'],
    ['2015-01-10T10:00:00-05:00', '0 WD', '2015-01-12T08:30:00-05:00'],
    // The clock on the wall is kept through the change of clocks on 8 March and 1 November.
    ['2015-03-06T16:00:00-05:00', '1 WD', '2015-03-09T16:00:00-04:00'],
    ['2015-10-30T16:00:00-04:00', '1 WD', '2015-11-02T16:00:00-05:00'],
    ['2015-03-06T20:00:00-05:00', '1 WD', '2015-03-10T08:30:00-04:00'],
    // Calendar days and months keep it as well, from the next opening on.
    ['2015-03-06T16:00:00-05:00', '3 d', '2015-03-09T16:00:00-04:00'],
    ['2015-03-07T16:00:00-05:00', '3 d', '2015-03-12T08:30:00-04:00'],
    // Hours are opening hours.
    ['2015-01-05T16:00:00-05:00', '1 h', '2015-01-05T17:00:00-05:00'],
    ['2015-01-05T16:00:00-05:00', '1.5 h', '2015-01-06T09:00:00-05:00'],
    ['2015-01-16T16:00:00-05:00', '2 h', '2015-01-20T09:30:00-05:00'],
    ['2015-01-05T08:30:00-05:00', '85 h', '2015-01-16T17:00:00-05:00'],
    ['2015-01-10T10:00:00-05:00', '0 h', '2015-01-12T08:30:00-05:00'],
  ])('%s + %s is %s', (from, text, due) => {
    expect(sum(city, from, text)).toBe(due);
  });
});

describe('under a calendar with several periods a day, where an instant counts as it stands', () => {
  it.each([
    ['2024-01-29T11:00:00Z', '2 h', '2024-01-29T14:00:00+00:00'],
    ['2024-01-29T12:30:00Z', '1 h', '2024-01-29T14:00:00+00:00'],
    ['2024-01-29T17:00:00Z', '1 h', '2024-01-30T09:30:00+00:00'],
    // Saturday's last minute is midnight.
    ['2024-02-02T11:00:00Z', '5 h', '2024-02-04T00:00:00+00:00'],
    ['2024-02-02T11:00:00Z', '5.5 h', '2024-02-05T09:30:00+00:00'],
    // The make-up Wednesday has the hours of Monday.
    ['2024-01-30T17:00:00Z', '1 h', '2024-01-31T09:30:00+00:00'],
    ['2024-01-30T20:00:00Z', '1 WD', '2024-01-31T20:00:00+00:00'],
    ['2024-01-28T20:00:00Z', '1 WD', '2024-01-29T20:00:00+00:00'],
  ])('%s + %s is %s', (from, text, due) => {
    expect(sum(market, from, text)).toBe(due);
  });
});

describe('on the night of a change of clocks', () => {
  it.each([
    ['2015-03-08T00:00:00-05:00', '22.5 h', '2015-03-08T23:30:00-04:00'],
    ['2015-03-08T00:00:00-05:00', '23 h', '2015-03-09T00:00:00-04:00'],
    ['2015-11-01T00:00:00-04:00', '25 h', '2015-11-02T00:00:00-05:00'],
    // 02:30 does not exist on 8 March; 01:30 exists twice on 1 November and the first is meant.
    ['2015-03-07T02:30:00-05:00', '1 WD', '2015-03-08T03:30:00-04:00'],
    ['2015-10-31T01:30:00-04:00', '1 WD', '2015-11-01T01:30:00-04:00'],
    ['2015-03-07T02:30:00-05:00', '2 d', '2015-03-09T02:30:00-04:00'],
  ])('%s + %s is %s', (from, text, due) => {
    expect(sum(night, from, text)).toBe(due);
  });
});

describe('for any instant', () => {
  const instants = fc.integer({ min: Date.UTC(2014, 0, 1), max: Date.UTC(2024, 0, 1) });
  const calendars = fc.constantFrom(city, market, night);

  it('the next opening is open, and none lies between', () => {
    fc.assert(
      fc.property(calendars, instants, (calendar, instant) => {
        const opening = nextOpening(calendar, instant);
        expect(opening >= instant && isOpen(calendar, opening)).toBe(true);
        expect(nextOpening(calendar, opening)).toBe(opening);
        if (opening > instant) {
          expect([
            isOpen(calendar, instant),
            isOpen(calendar, (instant + opening) / 2),
            isOpen(calendar, opening - 1),
          ]).toEqual([false, false, false]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('opening hours add up, minute by minute', () => {
    fc.assert(
      fc.property(calendars, instants, fc.integer({ min: 1, max: 1200 }), (calendar, instant, minutes) => {
        const from = Math.floor(instant / 60_000) * 60_000;
        const due = addPeriod(calendar, from, { unit: 'hours', count: minutes / 60 });
        let open = 0;
        for (let minute = from; minute < due; minute += 60_000) if (isOpen(calendar, minute)) open += 1;
        expect([open, isOpen(calendar, due - 1)]).toEqual([minutes, true]);
      }),
      { numRuns: 50 },
    );
  });

  it('more never ends earlier, whatever is counted', () => {
    const units = fc.constantFrom('hours', 'workingDays', 'days', 'months') as fc.Arbitrary<Period['unit']>;
    fc.assert(
      fc.property(calendars, instants, units, fc.integer({ min: 0, max: 60 }), (calendar, instant, unit, count) => {
        const [one, more] = [count, count + 1].map((n) => addPeriod(calendar, instant, { unit, count: n })) as [
          number,
          number,
        ];
        expect(more > one && one >= instant).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  /** Open by the hours of the day that the clocks show, asked the slow way. */
  function isOpen(calendar: WorkingCalendar, instant: Instant): boolean {
    const text = calendar.timeZone.format(instant);
    const minute = Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16));
    return calendar.openingHours(text.slice(0, 10)).some(({ from, to }) => from <= minute && minute < to);
  }
});
