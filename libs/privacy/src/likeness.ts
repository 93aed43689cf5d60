import { createCipheriv, createHmac, createSecretKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** How many minima a text is told by. The estimate of likeness has a standard error of at most 0.09. */
const MINIMA = 32;
/** Characters that are compared as one: two of Chinese are everywhere, three are mostly somebody's words. */
const SHINGLE = 3;
/** A text of fewer has nothing of its own: "要求退款" would match strangers. */
const LEAST_SHINGLES = 8;
const BLOCK_BYTES = 16;
/** Blocks of cipher that give a shingle its 32 numbers of 32 bits. */
const BLOCKS = (MINIMA * 4) / BLOCK_BYTES;
/** Shingles enciphered at once: 512 KiB, whatever the length of the text. */
const AT_ONCE = 4096;

/**
 * Keyed tokens of a text, by which two texts are found alike without either being kept (T-20): MinHash over sequences of three
 * characters, whose hash functions are a cipher under a key of their own, and of each minimum only the lowest byte (b-bit
 * minwise hashing). What is told is 32 bytes. Without the key not even a guess can be tried; with it a guess at the whole text
 * can, but no word can be read out of it, as some 1/256 of all sequences share each byte.
 */
export class Likeness {
  readonly #key: KeyObject;

  constructor(tokenKey: KeyObject) {
    this.#key = createSecretKey(createHmac('sha256', tokenKey).update('fangxin/token/text').digest());
  }

  /** 32 bytes in base64url, 43 characters; undefined where the text is too short to be told from others. */
  tokens(text: string): string | undefined {
    const shingles = shinglesOf(text);
    if (shingles.length < LEAST_SHINGLES) return undefined;
    const minima = new Uint32Array(MINIMA).fill(0xffff_ffff);
    for (let start = 0; start < shingles.length; start += AT_ONCE) {
      this.#lower(minima, shingles.slice(start, start + AT_ONCE));
    }
    return Buffer.from(minima.map((minimum) => minimum & 0xff)).toString('base64url');
  }

  /**
   * The block cipher as a keyed function of single blocks, no two of which are equal: a shingle's code points and a counter. All
   * of them in one call, which is what makes it cheap.
   */
  #lower(minima: Uint32Array, shingles: readonly (readonly number[])[]): void {
    const words = new Uint32Array((shingles.length * BLOCKS * BLOCK_BYTES) / 4);
    let at = 0;
    for (const points of shingles) {
      for (let counter = 0; counter < BLOCKS; counter++, at += BLOCK_BYTES / 4) {
        for (let i = 0; i < SHINGLE; i++) words[at + i] = points[i]!;
        words[at + SHINGLE] = counter;
      }
    }
    const cipher = createCipheriv('aes-256-ecb', this.#key, null).setAutoPadding(false);
    const enciphered = cipher.update(new Uint8Array(words.buffer));
    const numbers = new Uint32Array(enciphered.buffer, enciphered.byteOffset, words.length);
    for (let i = 0; i < numbers.length; i++) {
      if (numbers[i]! < minima[i % MINIMA]!) minima[i % MINIMA] = numbers[i]!;
    }
  }
}

/** Each sequence of three letters or digits once; forms of width and case, white space and punctuation say nothing. */
function shinglesOf(text: string): number[][] {
  const characters = [
    ...text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ''),
  ];
  const seen = new Set<string>();
  for (let i = 0; i + SHINGLE <= characters.length; i++) seen.add(characters.slice(i, i + SHINGLE).join(''));
  return [...seen].map((shingle) => [...shingle].map((character) => character.codePointAt(0)!));
}

/**
 * How much of two texts is the same, from 0 to 1, told from their tokens: an estimate of the part of their sequences that they
 * share (Jaccard), less what agrees by chance.
 */
export function likenessOf(one: string, other: string): number {
  const [a, b] = [bytesOf(one), bytesOf(other)];
  let equal = 0;
  for (let i = 0; i < MINIMA; i++) if (a[i] === b[i]) equal++;
  return Math.max(0, (equal / MINIMA - 1 / 256) / (1 - 1 / 256));
}

const BANDS = 4;

/**
 * Keys under which alike texts are found without comparing each with each: two share one with certainty when they are the same,
 * with 0.98 when nine tenths are, with 0.67 when seven tenths are, and by chance once in a billion times.
 */
export function likenessBands(tokens: string): readonly string[] {
  const bytes = bytesOf(tokens);
  // Four bytes of the first sixteen each; the others only sharpen the estimate.
  return Array.from({ length: BANDS }, (_, band) => bytes.subarray(band * 4, band * 4 + 4).toString('base64url'));
}

function bytesOf(tokens: string): Buffer {
  const bytes = Buffer.from(tokens, 'base64url');
  if (bytes.length !== MINIMA) throw new RangeError(`not the tokens of a text: ${bytes.length} bytes`);
  return bytes;
}
