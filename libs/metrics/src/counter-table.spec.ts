import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addMonths, epochDay } from '#kernel';
import { bucketsOf, CounterTable, firstDayOf, monthOf } from './counter-table.ts';

describe('Running counters', () => {
  const counts = fc.array(
    fc.record({
      scope: fc.integer({ min: 0, max: 4 }),
      day: fc.integer({ min: 19_000, max: 19_400 }),
      cell: fc.integer({ min: 0, max: 3 }),
      change: fc.constantFrom(1 as const, 1 as const, -1 as const),
    }),
    { maxLength: 2000 },
  );

  it('sum any span of days as adding up one by one does', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 18_990, max: 19_410 }), fc.nat(420), (added, from, length) => {
        const table = new CounterTable();
        for (const { scope, day, cell, change } of added) table.add(scope, day, cell, change);
        for (let scope = 0; scope <= 4; scope++) {
          const sums = new Float64Array(4);
          table.sum(scope, from, from + length, [0, 1, 2, 3], sums);
          const expected = [0, 1, 2, 3].map((cell) =>
            added
              .filter((one) => one.scope === scope && one.cell === cell && one.day >= from && one.day < from + length)
              .reduce((sum, { change }) => sum + change, 0),
          );
          expect([...sums]).toEqual(expected);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('know the month of any day', () => {
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (day) => {
        const date = new Date(day * 86_400_000);
        expect(monthOf(day)).toBe(date.getUTCFullYear() * 12 + date.getUTCMonth());
        expect(firstDayOf(monthOf(day))).toBeLessThanOrEqual(day);
        expect(firstDayOf(monthOf(day) + 1)).toBeGreaterThan(day);
      }),
    );
  });

  it('take whole months at once', () => {
    const [from, to] = [epochDay('2022-07-15'), epochDay(addMonths('2022-07-15', 24))];
    const { days, firstMonth, endMonth } = bucketsOf(from, to);
    expect(endMonth - firstMonth).toBe(23);
    expect(days).toHaveLength(17 + 14);
  });
});
