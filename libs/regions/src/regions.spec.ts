import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { regions, RegionTree } from '#regions';
import type { Region } from '#regions';

const region = (code: string, partOf: string | null, more: Partial<Region> = {}): Region => ({
  code,
  zh: code,
  type: 'administrative',
  partOf,
  source: 'test',
  ...more,
});

const NAMED =
  '140000 140100 140171 330000 330600 330602 330603 330604 330621 330624 330681 330682 330683 341700 341721 370300 370321 370300Z01';

describe('the region table', () => {
  it.each(NAMED.split(' '))('names %s', (code) => {
    expect(regions.find(code)?.zh).toMatch(/[省市区县]$/);
  });

  it.each([
    ['370321', ['370321', '370300', '370000']],
    ['341721', ['341721', '341700', '340000']],
    ['330683', ['330683', '330600', '330000']],
    ['140000', ['140000']],
    ['370300Z03', ['370300Z03', '370300', '370000']],
  ])('knows every region above %s', (code, path) => {
    expect(regions.ancestorsOf(code)).toEqual(path);
  });

  it('puts a functional zone where it belongs, not where its digits point', () => {
    expect(regions.ancestorsOf('140171')).toEqual(['140171', '140000']);
    expect(regions.covers('140100', '140171')).toBe(false);
    expect(regions.find('140171')?.type).toBe('functional');
  });

  it('counts a former code under its successor', () => {
    expect(regions.ancestorsOf('330621')).toEqual(['330621', '330603', '330600', '330000']);
    expect(regions.covers('330604', '330682')).toBe(true);
    expect(regions.covers('330682', '330604')).toBe(false);
  });
});

describe('a code that is not in the table', () => {
  it.each([
    ['110101', ['110101', '110100', '110000']],
    ['330602001', ['330602001', '330602', '330600', '330000']],
    ['330621105', ['330621105', '330621', '330603', '330600', '330000']],
    ['330602001004', ['330602001004', '330602001', '330602', '330600', '330000']],
    ['420100', ['420100', '420000']],
  ])('falls back on the structure of %s', (code, path) => {
    expect(regions.find(code)).toBeUndefined();
    expect(regions.ancestorsOf(code)).toEqual(path);
  });

  it.each([
    '',
    '99',
    '3306',
    '990000',
    '330006',
    '33060',
    '3306021',
    '330600001',
    '33060２',
    '330602Z1',
    'abcdef',
    '330602\n',
  ])('knows no structure of %j and lets it lie in nothing but itself', (code) => {
    expect(regions.ancestorsOf(code)).toEqual([code]);
    expect(regions.covers('330000', code)).toBe(false);
  });
});

describe('covers', () => {
  const code = fc.oneof(
    fc.constantFrom(...NAMED.split(' ')),
    fc
      .tuple(fc.constantFrom('14', '33', '37', '42'), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 4 }))
      .map(([province, city, county]) => `${province}0${city}0${county}`),
    fc.constantFrom('330602001', '330621105', '370321002', 'nowhere'),
  );

  it('is reflexive, antisymmetric and transitive', () => {
    fc.assert(
      fc.property(code, code, code, (a, b, c) => {
        expect(regions.covers(a, a)).toBe(true);
        if (a !== b && regions.covers(a, b)) expect(regions.covers(b, a)).toBe(false);
        if (regions.covers(a, b) && regions.covers(b, c)) expect(regions.covers(a, c)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('agrees with the list of regions above', () => {
    fc.assert(
      fc.property(code, code, (a, b) => {
        expect(regions.covers(a, b)).toBe(regions.ancestorsOf(b).includes(a));
        expect(regions.ancestorsOf(b)[0]).toBe(b);
      }),
    );
  });
});

describe('what is sent on (S1 Art. 41)', () => {
  it.each([
    ['330600', '330600', true],
    ['330600', '330602', true],
    ['330600', '330602003', true],
    ['330600', '330100', true],
    ['330602', '330106', true],
    ['330600', '330000', false],
    ['330600', '330106', false],
    ['330602', '330600', false],
  ])('goes from %s to %s: %s', (from, to, may) => {
    expect(regions.maySendTo(from, to)).toBe(may);
  });

  it('knows a division under its former code', () => {
    expect(regions.maySendTo('330621', '330602')).toBe(true);
    expect(regions.maySendTo('330602', '330621')).toBe(true);
  });
});

describe('a region table that contradicts itself', () => {
  it.each([
    ['is doubled', [region('140000', null), region('140000', null)]],
    ['points nowhere', [region('140100', '140000')]],
    ['lies in itself', [region('140100', '140200'), region('140200', '140100')]],
    ['succeeds itself', [region('140100', null, { succeededBy: '140100' })]],
  ])('is refused when an entry %s', (_, entries) => {
    expect(() => new RegionTree(entries)).toThrow(expect.objectContaining({ code: 'REGIONS_INVALID' }));
  });
});
