/** One code of a fact: its name, its column, and its vocabulary. */
interface CountedCode {
  readonly name: string;
  readonly field: number;
  readonly values: readonly string[];
}

/** Combinations of some codes of a fact, numbered from 0: facts are counted by that number. */
export class CellSpace {
  readonly names: readonly string[];
  /** Per code: its column and what a step in it is worth in the number. */
  readonly parts: readonly { readonly field: number; readonly weight: number; readonly values: readonly string[] }[];
  /** How many there are. */
  readonly count: number;
  readonly #codes: Readonly<Record<string, string>>[] = [];

  constructor(codes: readonly CountedCode[]) {
    let weight = 1;
    this.names = codes.map(({ name }) => name);
    this.parts = codes.map(({ field, values }) => {
      const part = { field, weight, values };
      weight *= values.length;
      return part;
    });
    this.count = weight;
  }

  /** The codes a number stands for, by field. */
  codesIn(cell: number): Readonly<Record<string, string>> {
    return (this.#codes[cell] ??= this.#decode(cell));
  }

  #decode(cell: number): Readonly<Record<string, string>> {
    const codes: Record<string, string> = {};
    for (const [index, { weight, values }] of this.parts.entries()) {
      codes[this.names[index]!] = values[Math.floor(cell / weight) % values.length]!;
    }
    return codes;
  }
}
