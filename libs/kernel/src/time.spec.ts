import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  addMonths,
  addYears,
  epochDay,
  formatInstant,
  localDateFromEpochDay,
  localDateOf,
  parseInstant,
  parseLocalDate,
  startOfDay,
} from '#kernel';

const instants = fc.integer({ min: Date.UTC(1000, 0, 2), max: Date.UTC(2999, 11, 30) });

describe('instants', () => {
  it('reads what the platform reads, in any offset', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom('Z', '+08:00', '-05:30', '+00:00', '-11:59'), (instant, offset) => {
        const text = formatInstant(instant).replace('Z', offset);
        expect(parseInstant(text)).toBe(Date.parse(text));
      }),
    );
  });
  it('writes what it reads', () => {
    fc.assert(fc.property(instants, (instant) => expect(parseInstant(formatInstant(instant))).toBe(instant)));
  });
  it.each([
    '2026-03-04T10:00:00',
    '2026-03-04',
    '2026-02-29T10:00:00Z',
    '2026-13-01T10:00:00Z',
    '2026-03-04T24:00:00Z',
    '2026-03-04T10:60:00Z',
    '2026-03-04T10:00:60Z',
    '2026-03-04T10:00:00+24:00',
    '2026-03-04 10:00:00Z',
    '0026-03-04T10:00:00Z',
    '',
  ])('refuses %j', (text) => expect(parseInstant(text)).toBeUndefined());
});

describe('legal days', () => {
  it('takes the day in Shanghai, not the UTC day', () => {
    expect(localDateOf(parseInstant('2026-03-03T16:00:00Z')!)).toBe('2026-03-04');
    expect(localDateOf(parseInstant('2026-03-03T15:59:59.999Z')!)).toBe('2026-03-03');
    expect(formatInstant(startOfDay('2026-03-04'))).toBe('2026-03-03T16:00:00.000Z');
  });
  it('counts days both ways', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 300_000 }), fc.integer({ min: -5000, max: 5000 }), (day, days) => {
        const date = localDateFromEpochDay(day);
        expect(epochDay(date)).toBe(day);
        expect(epochDay(addDays(date, days))).toBe(day + days);
      }),
    );
  });
  it('ends a month period on the month end (S14 Art. 202)', () => {
    expect(addMonths('2023-08-31', 6)).toBe('2024-02-29');
    expect(addMonths('2024-03-31', -1)).toBe('2024-02-29');
    expect(addYears('2024-02-29', 1)).toBe('2025-02-28');
    expect(addYears('2026-02-28', -2)).toBe('2024-02-28');
  });
  it.each(['2026-02-29', '2026-00-10', '2026-1-1', '2026-04-31', '20260401', '0999-01-01'])('refuses %j', (text) =>
    expect(parseLocalDate(text)).toBeUndefined(),
  );
});
