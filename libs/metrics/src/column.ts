/** The typed arrays a column may rest on, from narrow to wide. Float64 holds every integer that JavaScript can. */
const WIDTHS = [
  { make: (n: number) => new Uint8Array(n), most: 0xff },
  { make: (n: number) => new Uint16Array(n), most: 0xffff },
  { make: (n: number) => new Uint32Array(n), most: 0xffff_ffff },
  { make: (n: number) => new Float64Array(n), most: Number.MAX_SAFE_INTEGER },
] as const;

type Cells = Uint8Array | Uint16Array | Uint32Array | Float64Array;

const FIRST_CAPACITY = 64;

/**
 * A growing list of whole numbers from 0. It starts with one byte each and widens when a value needs it, so that a
 * million rows cost what their values need and no value is ever cut off.
 */
export class Column {
  #width: number;
  #cells: Cells;
  #length = 0;

  constructor() {
    this.#width = 0;
    this.#cells = WIDTHS[0].make(FIRST_CAPACITY);
  }

  get length(): number {
    return this.#length;
  }

  get bytes(): number {
    return this.#cells.byteLength;
  }

  at(index: number): number {
    return this.#cells[index]!;
  }

  push(value: number): void {
    if (value > WIDTHS[this.#width]!.most) this.#widen(value);
    if (this.#length === this.#cells.length) this.#move(WIDTHS[this.#width]!.make(this.#length * 2));
    this.#cells[this.#length++] = value;
  }

  set(index: number, value: number): void {
    if (value > WIDTHS[this.#width]!.most) this.#widen(value);
    this.#cells[index] = value;
  }

  /** Exactly the values, little-endian, with the width that {@link Column.restore} needs. */
  dump(): { readonly width: number; readonly length: number; readonly bytes: Uint8Array } {
    const exact = this.#cells.slice(0, this.#length);
    return {
      width: this.#width,
      length: this.#length,
      bytes: new Uint8Array(exact.buffer, exact.byteOffset, exact.byteLength),
    };
  }

  static restore(width: number, length: number, bytes: Uint8Array): Column {
    const column = new Column();
    const kind = WIDTHS[width];
    if (kind === undefined) throw new RangeError(`no column width ${width}`);
    const cells = kind.make(Math.max(length, FIRST_CAPACITY));
    if (bytes.byteLength !== length * cells.BYTES_PER_ELEMENT) throw new RangeError('column of another size');
    new Uint8Array(cells.buffer).set(bytes);
    column.#width = width;
    column.#cells = cells;
    column.#length = length;
    return column;
  }

  #widen(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`a column holds whole numbers, not ${value}`);
    while (value > WIDTHS[this.#width]!.most) this.#width++;
    this.#move(WIDTHS[this.#width]!.make(this.#cells.length));
  }

  #move(to: Cells): void {
    to.set(this.#cells.length === this.#length ? this.#cells : this.#cells.subarray(0, this.#length));
    this.#cells = to;
  }
}

/** Strings by number, in order of first appearance; 0 stands for null. */
export class Dictionary {
  readonly #texts: (string | null)[] = [null];
  readonly #numbers = new Map<string, number>();

  get size(): number {
    return this.#texts.length;
  }

  /** Number of a text, given to it now if it is new. */
  intern(text: string | null): number {
    if (text === null) return 0;
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.#texts.push(text) - 1;
      this.#numbers.set(text, number);
    }
    return number;
  }

  /** Number of a text that has been seen; undefined for any other. */
  find(text: string): number | undefined {
    return this.#numbers.get(text);
  }

  text(number: number): string | null {
    return this.#texts[number]!;
  }

  texts(): readonly string[] {
    return this.#texts.slice(1) as string[];
  }

  static of(texts: readonly string[]): Dictionary {
    const dictionary = new Dictionary();
    for (const text of texts) dictionary.intern(text);
    return dictionary;
  }
}
