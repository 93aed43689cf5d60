import { describe, expect, it } from '@jest/globals';
import { regulations, ruleBook } from '#law';

/** Rows of the deadline table, L-01 to L-39. */
const ROWS = Array.from({ length: 39 }, (_, index) => `L-${String(index + 1).padStart(2, '0')}`);

describe('the table of deadlines', () => {
  it('has every row', () => {
    const rows = new Set(ruleBook.rules.map(({ id }) => id.split('.')[0]));
    expect([...rows].sort()).toEqual(ROWS);
  });
  it('gives a number only with its source', () => {
    for (const { versions } of ruleBook.rules) {
      for (const { source, regulation } of versions) {
        expect(source).toMatch(/S\d+|消法|行政处罚信息公示规定/);
        expect(regulations.has(regulation)).toBe(true);
      }
    }
  });
  it('keeps the days of a version within those of its regulation', () => {
    for (const version of ruleBook.rules.flatMap(({ versions }) => versions)) {
      const { from, to } = regulations.get(version.regulation)!;
      // L-16 judges complaints by the order of the day on which they came, whenever the harm was known.
      if (version.id !== 'L-16' && from !== null) expect(version.from! >= from).toBe(true);
      for (const span of [version, ...Object.values(version.readings)]) {
        if (to !== null) expect(span.to! <= to).toBe(true);
      }
    }
  });
});
