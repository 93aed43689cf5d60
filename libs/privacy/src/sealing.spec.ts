import { describe, expect, it } from '@jest/globals';
import { createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { seal, unseal } from './sealing.ts';

const master = createSecretKey(Buffer.alloc(32, 1));
const other = createSecretKey(Buffer.alloc(32, 2));

describe('sealing', () => {
  it('opens for the same master key and person, and for nobody else', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: 'grapheme' }), (id, text) => {
        const sealed = seal(master, id, text);
        expect(unseal(master, id, sealed)).toBe(text);
        expect(unseal(other, id, sealed)).toBeUndefined();
        expect(unseal(master, `${id}x`, sealed)).toBeUndefined();
      }),
    );
  });

  it('notices any changed bit', () => {
    fc.assert(
      fc.property(fc.constantFrom('wrapped', 'sealed'), fc.nat(), fc.nat(7), (part, place, bit) => {
        const box = seal(master, 'a', 'text');
        const bytes = box[part as 'wrapped' | 'sealed'];
        bytes[place % bytes.length]! ^= 1 << bit;
        expect(unseal(master, 'a', box)).toBeUndefined();
      }),
    );
  });

  it('never uses a nonce or a key twice', () => {
    const boxes = Array.from({ length: 2000 }, () => seal(master, 'a', 'text'));
    const nonces = boxes.flatMap(({ wrapped, sealed }) => [wrapped, sealed].map((box) => box.toString('hex', 0, 12)));
    expect(new Set(nonces).size).toBe(4000);
    expect(new Set(boxes.map(({ sealed }) => sealed.toString('hex', 12))).size).toBe(2000);
  });
});
