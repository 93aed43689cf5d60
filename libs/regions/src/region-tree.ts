import { Failure } from '#kernel';
import { parentByStructure } from './region.ts';
import type { Region } from './region.ts';

/** Codes arrive from outside, so what is remembered of them must not grow without end; past this they are recomputed. */
const REMEMBERED_CODES = 20_000;

/** Which region lies in which. The table always wins; only a code it does not hold falls back on its own structure. */
export class RegionTree {
  readonly #byCode: ReadonlyMap<string, Region>;
  readonly #ancestors = new Map<string, readonly string[]>();

  /** Throws `REGIONS_INVALID` when an entry is doubled, points nowhere or lies in itself. */
  constructor(entries: readonly Region[]) {
    this.#byCode = new Map(entries.map((entry) => [entry.code, entry]));
    if (this.#byCode.size !== entries.length) throw invalid('a code occurs twice');
    for (const entry of entries) this.#check(entry);
  }

  /** Whether `inner` is `outer` or lies in it. Reflexive, transitive, antisymmetric. */
  covers(outer: string, inner: string): boolean {
    return outer === inner || this.ancestorsOf(inner).includes(outer);
  }

  /**
   * The code itself, then every region it lies in up to the province. A former code lies in its successor, so that
   * what was recorded under it is found under the new one.
   */
  ancestorsOf(code: string): readonly string[] {
    const known = this.#ancestors.get(code);
    if (known !== undefined) return known;
    const path = this.#climb(code);
    if (this.#ancestors.size < REMEMBERED_CODES) this.#ancestors.set(code, path);
    return path;
  }

  /**
   * Whether an authority of one region may send (分送) a matter to one of another: to a subordinate one or to one of the same level,
   * not to one above or to another's subordinates (S1 Art. 41).
   */
  maySendTo(from: string, to: string): boolean {
    return this.covers(from, to) || this.#levelOf(from) === this.#levelOf(to);
  }

  /** The table's entry; undefined for a code that only has structure. */
  find(code: string): Region | undefined {
    return this.#byCode.get(code);
  }

  /** 1 for a province. A former code is of its successor's level. */
  #levelOf(code: string): number {
    return this.ancestorsOf(code).filter((at) => this.#byCode.get(at)?.succeededBy === undefined).length;
  }

  #climb(code: string): readonly string[] {
    const path: string[] = [];
    for (let at: string | null = code; at !== null; at = this.#above(at)) {
      if (path.includes(at)) throw invalid(`${at} lies in itself`);
      path.push(at);
    }
    return Object.freeze(path);
  }

  #above(code: string): string | null {
    const entry = this.#byCode.get(code);
    return entry === undefined ? parentByStructure(code) : (entry.succeededBy ?? entry.partOf);
  }

  #check(entry: Region): void {
    for (const other of [entry.partOf, entry.succeededBy]) {
      if (other !== null && other !== undefined && !this.#byCode.has(other)) {
        throw invalid(`${entry.code} points at ${other}, which the table does not hold`);
      }
    }
    this.#climb(entry.code);
  }
}

function invalid(what: string): Failure {
  return new Failure('REGIONS_INVALID', `region table: ${what}`);
}
