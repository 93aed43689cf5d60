import { describe, expect, it } from '@jest/globals';
import { cases } from './testing/cases.ts';
import { declaredFields, isDeclared, shapeOf } from './projection.ts';

describe('declared indexes', () => {
  it('have one column per field, whatever the order of declaration', () => {
    expect(declaredFields({ a: ['y', 'x'], b: ['z', 'x'] })).toEqual(['x', 'y', 'z']);
  });

  it.each([
    [[], undefined, undefined],
    [['region'], undefined, undefined],
    [['status', 'region'], 'receivedAt', undefined],
    [['region'], 'amountFen', 'status'],
    [[], 'receivedAt', 'receivedAt'],
    [[], undefined, 'amountFen'],
  ])('answer a filter by %j with range %s and sort %s', (where, range, sort) => {
    expect(isDeclared(cases.indexes, { where, ...(range && { range }), ...(sort && { sort }) })).toBe(true);
  });

  it.each([
    [['status'], undefined, undefined],
    [['region', 'receivedAt'], undefined, undefined],
    [['region'], 'receivedAt', undefined],
    [[], 'status', undefined],
    [['region', 'amountFen', 'status'], undefined, undefined],
    [[], undefined, 'linked'],
  ])('do not answer a filter by %j with range %s and sort %s', (where, range, sort) => {
    expect(isDeclared(cases.indexes, { where, ...(range && { range }), ...(sort && { sort }) })).toBe(false);
  });
});

describe('the shape of a projection', () => {
  it('changes with its version and its indexes, and with nothing else', () => {
    const { byRegion, ...others } = cases.indexes;
    expect(shapeOf({ ...cases, name: 'renamed', indexes: { ...others, byRegion: byRegion! } })).toBe(shapeOf(cases));
    expect(shapeOf({ ...cases, version: 2 })).not.toBe(shapeOf(cases));
    expect(shapeOf({ ...cases, indexes: others })).not.toBe(shapeOf(cases));
    expect(shapeOf({ ...cases, indexes: { ...others, byRegion: ['status', 'region'] } })).not.toBe(shapeOf(cases));
  });
});
