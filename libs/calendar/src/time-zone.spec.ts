import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { DAY_MS, epochDay } from '#kernel';
import { TimeZone } from './time-zone.ts';

/** Zones whose clocks did something worth a test: half hours, midnight changes, a skipped day, southern summers. */
const ZONES = [
  'Asia/Shanghai',
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Africa/Cairo',
  'America/Sao_Paulo',
  'America/Havana',
  'Pacific/Apia',
  'Africa/Casablanca',
  'Asia/Tehran',
  'UTC',
];

/** Minutes before and after a change: each quarter of an hour near it, and a day away. */
const AROUND = [-1470, -1440, ...Array.from({ length: 25 }, (_, index) => (index - 12) * 15), 1440, 1470];

const zones = fc.constantFrom(...ZONES);
const instants = fc.integer({ min: Date.UTC(1995, 0, 1), max: Date.UTC(2040, 0, 1) });
const days = fc.integer({ min: epochDay('1995-01-01'), max: epochDay('2040-01-01') });
const plainDay = (day: number) => new Temporal.PlainDate(1970, 1, 1).add({ days: day });

describe('a zone agrees with Temporal', () => {
  it('on what its clocks show at a moment', () => {
    fc.assert(
      fc.property(zones, instants, (name, instant) => {
        const { day, millisecond } = TimeZone.named(name)!.wallClockAt(instant);
        const expected = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(name).toPlainDateTime();
        const shown = plainDay(day).toPlainDateTime().add({ milliseconds: millisecond });
        expect(shown.toString()).toBe(expected.toString());
      }),
      { numRuns: 500 },
    );
  });

  it('on the moment at which they show a time, skipped and repeated ones included', () => {
    fc.assert(
      fc.property(zones, days, fc.integer({ min: 0, max: DAY_MS - 1 }), (name, day, millisecond) => {
        const wall = plainDay(day).toPlainDateTime().add({ milliseconds: millisecond });
        const expected = wall.toZonedDateTime(name, { disambiguation: 'compatible' }).epochMilliseconds;
        expect(TimeZone.named(name)!.instantAt(day, millisecond)).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('on the times around every change of clocks', () => {
    for (const name of ZONES) {
      const zone = TimeZone.named(name)!;
      let at = Temporal.Instant.fromEpochMilliseconds(Date.UTC(2005, 0, 1)).toZonedDateTimeISO(name);
      for (let next = at.getTimeZoneTransition('next'); next !== null && next.year < 2015;) {
        at = next;
        for (const minutes of AROUND) {
          const wall = at.toPlainDateTime().add({ minutes });
          const day = wall.toPlainDate().since('1970-01-01').days;
          const millisecond = wall.toPlainTime().since('00:00').total('milliseconds');
          const expected = wall.toZonedDateTime(name).epochMilliseconds;
          expect([name, wall.toString(), zone.instantAt(day, millisecond)]).toEqual([name, wall.toString(), expected]);
        }
        next = at.getTimeZoneTransition('next');
      }
    }
  });

  it('on the first moment of a day', () => {
    fc.assert(
      fc.property(zones, days, (name, day) => {
        expect(TimeZone.named(name)!.startOfDay(day)).toBe(plainDay(day).toZonedDateTime(name).epochMilliseconds);
      }),
      { numRuns: 500 },
    );
    expect(
      TimeZone.named('Africa/Cairo')!.format(TimeZone.named('Africa/Cairo')!.startOfDay(epochDay('2024-04-26'))),
    ).toBe('2024-04-26T01:00:00+03:00');
  });
});

it('a zone is written with its offset', () => {
  const format = (name: string, instant: number) => TimeZone.named(name)!.format(instant);
  expect(format('America/New_York', Date.UTC(2015, 0, 7, 21, 30))).toBe('2015-01-07T16:30:00-05:00');
  expect(format('Asia/Kathmandu', Date.UTC(2015, 0, 7, 21, 30, 0, 5))).toBe('2015-01-08T03:15:00.005+05:45');
  expect(format('UTC', 0)).toBe('1970-01-01T00:00:00+00:00');
});

it('no zone is found for another name', () => {
  expect(TimeZone.named('America/Springfield')).toBeUndefined();
  expect(TimeZone.named('america/new_york')).toBe(TimeZone.named('America/New_York'));
});
