import { describe, expect, it } from '@jest/globals';
import { DatabaseSync } from 'node:sqlite';
import { addMonths, localDateOf, parseInstant } from '#kernel';

describe('legal days', () => {
  it('takes the day in Shanghai, not the UTC day', () => {
    expect(localDateOf(parseInstant('2026-03-03T16:00:00Z')!)).toBe('2026-03-04');
    expect(new DatabaseSync(':memory:').prepare('select 1 as x').get()).toEqual({ x: 1 });
  });
  it('ends a month period on the month end', () => {
    expect(addMonths('2023-08-31', 6)).toBe('2024-02-29');
  });
});
