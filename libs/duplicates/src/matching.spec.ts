import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatInstant, startOfDay } from '#kernel';
import { compare, judge, type MatchedRecord } from './matching.ts';
import { parseMatchingPolicy, shippedMatching as policy } from './matching-policy.ts';
import { CALL, LETTER, OTHER_STORY, tokensOf } from './testing/records.ts';

const on = (day: string) => formatInstant(startOfDay(day));
const record = (more: Partial<MatchedRecord> = {}): MatchedRecord => ({
  at: on('2026-03-04'),
  phone: null,
  name: null,
  respondentUscc: null,
  sector: null,
  amountFen: null,
  textTokens: null,
  ...more,
});
const scored = (one: Partial<MatchedRecord>, other: Partial<MatchedRecord>) =>
  compare(record(one), record(other), policy)?.score;

describe('what speaks for one dispute', () => {
  it.each([
    ['telephone and respondent', { phone: 'p', respondentUscc: 'u' }, {}, 80],
    ['telephone and name', { phone: 'p', name: 'n' }, {}, 75],
    ['telephone alone', { phone: 'p' }, {}, 55],
    ['name and respondent', { name: 'n', respondentUscc: 'u' }, {}, 55],
    ['name, respondent, sector, amount', { name: 'n', respondentUscc: 'u', sector: 's', amountFen: 1 }, {}, 65],
    [
      'everything',
      { phone: 'p', name: 'n', respondentUscc: 'u', sector: 's', amountFen: 1, textTokens: tokensOf(CALL) },
      {},
      100,
    ],
    ['telephone, but another respondent', { phone: 'p', respondentUscc: 'u' }, { respondentUscc: 'v' }, 25],
    ['telephone, but another name', { phone: 'p', name: 'n' }, { name: 'm' }, 55],
  ])('%s: %j', (_, one, more, score) => {
    expect(scored(one, { ...one, ...more })).toBe(score);
  });
  it('texts, as far as they are alike', () => {
    const like = scored({ phone: 'p', textTokens: tokensOf(CALL) }, { phone: 'p', textTokens: tokensOf(LETTER) })!;
    expect(like).toBeGreaterThan(55 + 15);
    expect(like).toBeLessThan(55 + 30);
    const unlike = compare(
      record({ phone: 'p', textTokens: tokensOf(CALL) }),
      record({ phone: 'p', textTokens: tokensOf(OTHER_STORY) }),
      policy,
    );
    expect(unlike).toMatchObject({ score: 55, reasons: ['same-complainant-phone', 'close-in-time'] });
  });
  it('less by the day, until nothing', () => {
    const after = (day: string) => compare(record({ phone: 'p' }), record({ phone: 'p', at: on(day) }), policy);
    expect(after('2026-03-04')!.score).toBe(55);
    expect(after('2026-04-18')).toMatchObject({ score: 50, daysApart: 45 });
    expect(after('2026-06-02')).toMatchObject({ score: 45, daysApart: 90, reasons: ['same-complainant-phone'] });
  });
  it('not of different people, however alike: that is a group, not a duplicate', () => {
    const story = { textTokens: tokensOf(CALL), respondentUscc: 'u' };
    expect(scored({ ...story, phone: 'p' }, { ...story, phone: 'q' })).toBeUndefined();
    expect(scored({ ...story, name: 'n' }, { ...story, name: 'm' })).toBeUndefined();
    expect(scored({ ...story, phone: 'p', name: 'n' }, { ...story, phone: 'q', name: 'm' })).toBeUndefined();
  });
  it('the same words where nobody says who complains', () => {
    const story = { textTokens: tokensOf(CALL), respondentUscc: 'u' };
    expect(scored(story, { ...story, phone: 'q' })).toBe(65);
    expect(scored({ respondentUscc: 'u' }, { respondentUscc: 'u' })).toBeUndefined();
  });
  it('reads the same from either side, between 0 and 100, and never counts twice', () => {
    const some = <Value>(...values: Value[]) => fc.constantFrom(null, ...values);
    const records = fc.record({
      at: fc.constantFrom(on('2026-03-04'), on('2026-03-20'), on('2026-12-01')),
      phone: some('p', 'q'),
      name: some('n', 'm'),
      respondentUscc: some('u', 'v'),
      sector: some('s'),
      amountFen: some(1, 2),
      textTokens: some(tokensOf(CALL), tokensOf(LETTER), tokensOf(OTHER_STORY)),
    });
    fc.assert(
      fc.property(records, records, (one, other) => {
        const comparison = compare(one, other, policy);
        expect(compare(other, one, policy)).toEqual(comparison);
        if (comparison === undefined) return;
        expect(comparison.score).toBeGreaterThanOrEqual(0);
        expect(comparison.score).toBeLessThanOrEqual(100);
        expect(new Set(comparison.reasons).size).toBe(comparison.reasons.length);
      }),
    );
  });
});

describe('what is suggested', () => {
  const pair = (one: Partial<MatchedRecord>, other: Partial<MatchedRecord>, concludedAt: string | null) => {
    const comparison = compare(record(one), record(other), policy);
    return comparison && judge(comparison, record(other), { concludedAt }, policy)?.kind;
  };
  const same = { phone: 'p', respondentUscc: 'u' };
  it('is a duplicate while the earlier one is not over', () => {
    expect(pair(same, { ...same, at: on('2026-03-10') }, null)).toBe('duplicate');
    expect(pair(same, { ...same, at: on('2026-03-10') }, on('2026-03-20'))).toBe('duplicate');
    expect(pair({ phone: 'p' }, { phone: 'p' }, null)).toBeUndefined();
    expect(pair(same, { ...same, at: on('2026-06-03') }, null)).toBeUndefined();
  });
  it('is a repeat after that, for as long as the place says (M-12)', () => {
    const later = (at: string) => pair(same, { ...same, at: on(at) }, on('2026-03-05'));
    expect(later('2026-03-10')).toBe('repeat');
    expect(later('2027-03-05')).toBe('repeat');
    expect(later('2027-03-06')).toBeUndefined();
  });
  it('is no repeat of another person, of one who only has the same name, or against another', () => {
    const over = on('2026-03-05');
    const later = { at: on('2026-03-10') };
    expect(pair(same, { ...later, phone: 'p', respondentUscc: 'v' }, over)).toBeUndefined();
    expect(pair(same, { ...later, phone: 'p' }, over)).toBeUndefined();
    const named = { name: 'n', respondentUscc: 'u' };
    expect(pair({ ...named, phone: 'p' }, { ...named, ...later, phone: 'q' }, over)).toBeUndefined();
    expect(pair(named, { ...named, ...later, phone: 'q' }, over)).toBe('repeat');
  });
});

describe('the policy', () => {
  const yaml = (change: (text: string) => string) =>
    change(
      'points: { phone: 45, name: 20, respondent: 25, otherRespondent: 30, sector: 5, amount: 5, time: 10, text: 30, source: none }\n' +
        'likeText: 30\nduplicate: { days: 90, threshold: 60, source: none }\nrepeat: { days: 365, source: none }\n' +
        'nearest: { records: 50, source: none }\n',
    );
  it('ships with 365 days and no source', () => {
    expect(
      parseMatchingPolicy(
        yaml((text) => text),
        'own.yaml',
      ),
    ).toEqual(policy);
    expect(policy.repeat.days).toBe(365);
  });
  it.each([
    ['phone: 45', 'phone: 145', 'phone'],
    ['days: 90', 'days: 0', 'days'],
    ['threshold: 60', 'treshold: 60', 'treshold'],
    ['likeText: 30\n', '', 'likeText'],
    ['days: 365, source: none', 'days: 365', 'source'],
    ['records: 50', 'records: 0', 'records'],
    ['points: {', 'points: [', 'YAML'],
  ])('with %s as %s names what is wrong', (from, to, named) => {
    expect(() =>
      parseMatchingPolicy(
        yaml((text) => text.replace(from, to)),
        'own.yaml',
      ),
    ).toThrow(expect.objectContaining({ code: 'MATCHING_INVALID', message: expect.stringContaining(named) }));
  });
});
