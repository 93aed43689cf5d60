/** Chance that a number decides (mulberry32): the same seed draws the same, so that a failing walk can be shrunk and walked again. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** At least 0 and below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  isWithin(share: number): boolean {
    return this.next() < share;
  }

  /** Undefined of an empty list. */
  of<Item>(items: readonly Item[]): Item | undefined {
    return items[this.below(items.length)];
  }

  /** Some of them, in an order of their own. */
  some<Item>(items: readonly Item[], atLeast: number, atMost: number): Item[] {
    const left = [...items];
    const count = Math.min(left.length, atLeast + this.below(Math.max(1, atMost - atLeast + 1)));
    return Array.from({ length: count }, () => left.splice(this.below(left.length), 1)[0]!);
  }
}
