/**
 * Reproducible chance: the same seed gives the same numbers on any machine (sfc32 over a 128-bit seed). Every story owns
 * one, so that what happens to one dispute does not depend on how the others interleave with it. Not for secrets.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: string) {
    [this.#a, this.#b, this.#c] = mixed(seed);
    for (let i = 0; i < 12; i++) this.next();
  }

  /** 0 inclusive to 1 exclusive. */
  next(): number {
    const t = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + t;
    this.#c |= 0;
    return (t >>> 0) / 4_294_967_296;
  }

  /** Whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)]!;
  }

  /** A new list in another order (Fisher–Yates). */
  shuffled<T>(list: readonly T[]): T[] {
    const result = [...list];
    for (let i = result.length - 1; i > 0; i--) {
      const j = this.integer(0, i);
      [result[i], result[j]] = [result[j]!, result[i]!];
    }
    return result;
  }
}

/** Deals every card once, in shuffled order, before any card comes again: rare things occur in small cities, too. */
export class Deck<Card> {
  #left: Card[] = [];

  constructor(
    private readonly random: Random,
    private readonly cards: readonly Card[],
  ) {}

  deal(): Card {
    if (this.#left.length === 0) this.#left = this.random.shuffled(this.cards);
    return this.#left.pop()!;
  }
}

/** Plays every piece once before any comes again, so that small towns have seen it all, and from then on each by its weight. */
export class Repertoire<Piece> {
  #waiting: readonly Piece[];
  readonly #choice: WeightedChoice<Piece>;

  constructor(
    private readonly random: Random,
    pieces: readonly Piece[],
    weightOf: (piece: Piece) => number,
    /** Whether its time may be over before all others were played: it goes first. */
    isPressing: (piece: Piece) => boolean,
  ) {
    const shuffled = random.shuffled(pieces);
    this.#waiting = [...shuffled.filter(isPressing), ...shuffled.filter((piece) => !isPressing(piece))];
    this.#choice = new WeightedChoice(pieces, weightOf);
  }

  /** Whether there are pieces among those that fit that have not been played yet. */
  hasNew(fits: (piece: Piece) => boolean): boolean {
    return this.#waiting.some(fits);
  }

  /** The next of those that fit; undefined when none was found. */
  deal(fits: (piece: Piece) => boolean): Piece | undefined {
    const next = this.#waiting.find(fits);
    if (next !== undefined) {
      this.#waiting = this.#waiting.filter((piece) => piece !== next);
      return next;
    }
    for (let attempt = 0; attempt < 20; attempt++) {
      const piece = this.#choice.pick(this.random);
      if (fits(piece)) return piece;
    }
    return undefined;
  }
}

/** Picks by weight in logarithmic time. */
export class WeightedChoice<T> {
  readonly #upTo: number[] = [];

  constructor(
    private readonly list: readonly T[],
    weightOf: (item: T) => number,
  ) {
    let sum = 0;
    for (const item of list) this.#upTo.push((sum += weightOf(item)));
  }

  pick(random: Random): T {
    const wanted = random.next() * this.#upTo.at(-1)!;
    let [low, high] = [0, this.list.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#upTo[middle]! > wanted) high = middle;
      else low = middle + 1;
    }
    return this.list[low]!;
  }
}

/** Three well-spread words of a text (FNV-1a with three offsets, finished as MurmurHash3 does). */
function mixed(text: string): [number, number, number] {
  const words: [number, number, number] = [0x811c9dc5, 0x01234567, 0x9e3779b9];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    for (let w = 0; w < 3; w++) words[w] = Math.imul(words[w]! ^ (unit + w), 0x01000193 + (w << 8));
  }
  return [finished(words[0]), finished(words[1]), finished(words[2])];
}

function finished(word: number): number {
  let h = word ^ (word >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
