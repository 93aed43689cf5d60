import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normaliseUscc, usccOf } from '#kernel';

const VALID = ['9144030071526726XG', '914403001922038216', '91330100799655058B', '91110000802100433B'];
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

describe('unified social credit code', () => {
  it.each(VALID)('takes %s as it is', (code) => {
    expect(normaliseUscc(code)).toBe(code);
  });

  it.each([
    ['a wrong check character', '91310000132297653A'],
    ['seventeen characters', '9144030071526726X'],
    ['nineteen characters', '9144030071526726XGG'],
    ['a letter outside the alphabet', '9144030071526726IG'],
    ['a space', '9144030071526726XG '],
    ['nothing', ''],
  ])('refuses %s', (_, code) => {
    expect(normaliseUscc(code)).toBeUndefined();
  });

  it('refuses a code whose own check holds but whose organisation code does not', () => {
    const codes = [...ALPHABET].map((check) => `91440300715267260${check}`);
    expect(codes.filter((code) => normaliseUscc(code) !== undefined)).toEqual([]);
  });

  it('reads lower case and full-width forms as the same code', () => {
    expect(normaliseUscc('9144030071526726xg')).toBe('9144030071526726XG');
    expect(normaliseUscc('９１４４０３００７１５２６７２６ＸＧ')).toBe('9144030071526726XG');
  });

  const letter = fc.constantFrom(...ALPHABET);
  const eight = fc.array(letter, { minLength: 8, maxLength: 8 }).map((letters) => letters.join(''));

  it('makes codes that hold, and any single wrong character is noticed', () => {
    fc.assert(
      fc.property(eight, eight, fc.nat(17), letter, (register, organisation, at, other) => {
        const code = usccOf(register, organisation);
        expect(normaliseUscc(code)).toBe(code);
        fc.pre(code[at] !== other);
        expect(normaliseUscc(code.slice(0, at) + other + code.slice(at + 1))).toBeUndefined();
      }),
    );
  });

  it('refuses to make a code from characters outside the alphabet', () => {
    expect(() => usccOf('9133060I', 'MA2BF3X1')).toThrow(RangeError);
  });
});
