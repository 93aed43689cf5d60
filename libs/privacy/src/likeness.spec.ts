import { describe, expect, it } from '@jest/globals';
import { createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { Likeness, likenessBands, likenessOf } from './likeness.ts';

const likeness = new Likeness(createSecretKey(Buffer.alloc(32, 7)));
const tokens = (text: string): string => likeness.tokens(text)!;

const CALL =
  '本人于三月一日在越城区某某健身会所办理年卡一张，付款三千八百元，上周会所突然关门停业，电话无人接听，要求退还剩余会费。';
const LETTER =
  '本人三月一日在越城区某某健身会所办理了年卡一张，付款三千八百元。上周会所突然关门停业，电话一直无人接听，请求退还剩余会费！';
const OTHER = '网上购买的手机收到后发现屏幕有划痕，商家以已经拆封为由拒绝换货，希望市场监管部门帮助协调处理。';

const LETTERS = [
  ...'的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经',
];
const texts = fc.array(fc.constantFrom(...LETTERS), { minLength: 60, maxLength: 300 });

describe('tokens of a text', () => {
  it('are 32 bytes, whatever the length', () => {
    for (const text of [CALL, OTHER, CALL.repeat(400)]) expect(tokens(text)).toMatch(/^[\w-]{43}$/);
  });

  it('are equal for the same words in other forms', () => {
    expect(tokens('ＡＢＣ商店， 拒绝退款 １００ 元！')).toBe(tokens('abc商店拒绝退款100元'));
    expect(tokens(`${CALL}${CALL}`)).not.toBe(tokens(OTHER));
  });

  it('are not given where a text has too little of its own', () => {
    for (const text of ['', '无', '要求退款', '。。。！！！', '投诉投诉投诉投诉投诉投诉投诉']) {
      expect(likeness.tokens(text)).toBeUndefined();
    }
  });

  it('are others under another key, so that nothing can be compared without it', () => {
    const other = new Likeness(createSecretKey(Buffer.alloc(32, 8)));
    expect(likenessOf(tokens(CALL), other.tokens(CALL)!)).toBeLessThan(0.3);
  });

  it('stay what they are: those in the log are compared with those of tomorrow', () => {
    expect(tokens(CALL)).toMatchInlineSnapshot(`"lqv9waNvvlpgDqn-j20p9eKbX0ADHqOKq79Y4cgOu5k"`);
  });

  it('of any text survive storing, and say that it is like itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 30, maxLength: 200 }), (text) => {
        const told = likeness.tokens(text);
        if (told !== undefined) expect(likenessOf(told, told)).toBe(1);
      }),
    );
  });
});

describe('likeness', () => {
  it('tells the same story from another', () => {
    expect(likenessOf(tokens(CALL), tokens(LETTER))).toBeGreaterThan(0.5);
    expect(likenessOf(tokens(CALL), tokens(OTHER))).toBeLessThan(0.15);
  });

  it('is near the part of their sequences that two texts share', () => {
    fc.assert(
      fc.property(texts, texts, fc.double({ min: 0, max: 1, noNaN: true }), (one, two, part) => {
        const kept = Math.round(one.length * part);
        const [a, b] = [one.join(''), [...one.slice(0, kept), ...two].join('')];
        // Five standard errors of 32 minima.
        expect(Math.abs(likenessOf(tokens(a), tokens(b)) - jaccard(a, b))).toBeLessThan(0.45);
      }),
      { numRuns: 200 },
    );
  });

  it('is right on average', () => {
    const sample = fc.sample(fc.tuple(texts, texts), { numRuns: 300, seed: 1 }).map(([one, two]) => {
      const [a, b] = [one.join(''), [...one.slice(0, one.length / 2), ...two.slice(0, 40)].join('')];
      return likenessOf(tokens(a), tokens(b)) - jaccard(a, b);
    });
    expect(Math.abs(sample.reduce((sum, error) => sum + error, 0) / sample.length)).toBeLessThan(0.02);
  });
});

describe('bands', () => {
  it('of the same text are the same, and of strangers none', () => {
    expect(likenessBands(tokens(CALL))).toEqual(likenessBands(tokens(CALL)));
    const strangers = likenessBands(tokens(OTHER));
    expect(likenessBands(tokens(CALL)).filter((band, at) => band === strangers[at])).toEqual([]);
  });
});

function jaccard(one: string, other: string): number {
  const [a, b] = [shingles(one), shingles(other)];
  const shared = [...a].filter((shingle) => b.has(shingle)).length;
  return shared / (a.size + b.size - shared);
}

function shingles(text: string): Set<string> {
  return new Set(Array.from({ length: text.length - 2 }, (_, i) => text.slice(i, i + 3)));
}
