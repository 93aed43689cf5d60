import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatAsOf, meets, parseAsOf, parseFraction, rateOf } from './index.ts';

describe('A rate', () => {
  it.each([
    [1, 3, '33.33%'],
    [2, 3, '66.67%'],
    [1, 8, '12.50%'],
    [94_995, 100_000, '95.00%'],
    [1, 20_000, '0.01%'],
    [1, 20_001, '0.00%'],
    [5, 4, '125.00%'],
  ])('%d of %d reads %s', (numerator, denominator, text) => {
    expect(rateOf({ numerator, denominator })).toEqual({ text });
  });

  it('has no text without a denominator', () => {
    expect(rateOf({ numerator: 0, denominator: 0 })).toBeNull();
  });

  it('reaches a threshold as whole numbers, itself included', () => {
    const threshold = parseFraction('0.95')!;
    expect(meets({ numerator: 95, denominator: 100 }, threshold)).toBe(true);
    expect(meets({ numerator: 94_995, denominator: 100_000 }, threshold)).toBe(false);
    expect(() => meets({ numerator: 0, denominator: 0 }, threshold)).toThrow(RangeError);
  });

  it('never lets rounding decide', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (hundreds) => {
        const denominator = hundreds * 100;
        expect(meets({ numerator: hundreds * 95, denominator }, parseFraction('0.95')!)).toBe(true);
        expect(meets({ numerator: hundreds * 95 - 1, denominator }, parseFraction('0.95')!)).toBe(false);
      }),
    );
  });

  it('reads thresholds as decimals only', () => {
    expect(parseFraction('1')).toEqual({ numerator: 1n, denominator: 1n });
    expect(parseFraction('0.80')).toEqual({ numerator: 80n, denominator: 100n });
    for (const text of ['', '.9', '9.', '1e2', '-1', '95%']) expect(parseFraction(text)).toBeUndefined();
  });
});

describe('asOf as text', () => {
  it('is a position, an instant, or both', () => {
    const instant = Date.parse('2024-06-30T16:00:00Z');
    expect(parseAsOf('42')).toEqual({ position: 42 });
    expect(parseAsOf('2024-07-01T00:00:00+08:00')).toEqual({ instant });
    expect(parseAsOf(formatAsOf({ instant, position: 42 }))).toEqual({ instant, position: 42 });
    for (const text of ['', 'yesterday', '2024-07-01', '4@', '-1']) expect(parseAsOf(text)).toBeUndefined();
  });
});
