import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '#kernel';
import { complaintCompetenceOn } from './competence.ts';
import { provisionsOn } from './provisions.ts';

describe('competence for a complaint', () => {
  const inPlatform = (day: LocalDate) => complaintCompetenceOn(day)?.bases['in-platform'];

  it('over a seller on a platform rests on the published address from Order 121 on (T-26)', () => {
    expect(inPlatform('2026-04-14')).toEqual(['place-of-operation', 'platform-domicile']);
    expect(inPlatform('2026-04-15')).toEqual(['published-address', 'platform-domicile']);
    expect(complaintCompetenceOn('2026-04-14')?.source).toBe('S2 12');
    expect(complaintCompetenceOn('2026-04-15')?.source).toBe('S1 13');
  });

  it('over anybody else is the same under both orders, and on record since 2020', () => {
    for (const day of ['2020-01-01', '2026-04-14', '2026-04-15']) {
      expect(complaintCompetenceOn(day)?.bases).toMatchObject({
        general: ['place-of-operation', 'domicile'],
        platform: ['domicile'],
      });
    }
    expect(complaintCompetenceOn('2019-12-31')).toBeNull();
  });
});

describe('grounds of non-acceptance', () => {
  const itemOn = (day: LocalDate, item: string) => provisionsOn(day).refusalGrounds?.counterparts[item];

  it('said by the items of Order 121 are those of Order 20 before, where it knew them', () => {
    const items = ['(1)', '(2)', '(3)', '(4)', '(5)', '(6)', '(7)'];
    expect(items.map((item) => itemOn('2026-04-15', item))).toEqual(items);
    expect(items.map((item) => itemOn('2026-04-14', item))).toEqual([...items.slice(0, 5), undefined, '(6)']);
    for (const day of ['2026-04-14', '2026-04-15']) {
      const { grounds, counterparts } = provisionsOn(day).refusalGrounds!;
      expect(Object.values(counterparts).sort()).toEqual(Object.keys(grounds).sort());
    }
  });
});

describe('what Order 121 brought', () => {
  it('factors that an authority considers, and claims that are handed to the police', () => {
    const { factorsAreConsidered, fraudGoesToPolice } = provisionsOn('2026-04-14');
    expect([factorsAreConsidered, fraudGoesToPolice]).toEqual([null, null]);
    expect(provisionsOn('2026-04-15')).toMatchObject({
      factorsAreConsidered: { source: 'S1 17' },
      fraudGoesToPolice: { source: 'S1 42' },
    });
  });
});
