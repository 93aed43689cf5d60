import type { EpochDay } from '#kernel';
import { DAY_MS } from '#kernel';

const FIRST_CAPACITY = 1024;
const MONTH = 1;

/** One count lies in four neighbouring numbers, so that finding it costs one look into memory: 0 in the first is none. */
const WIDTH = 4;
const [BUCKET, CELL, COUNT] = [1, 2, 3];

/**
 * Running counts of facts by scope, attribution day and cell (the combination of the codes that formulas look at), with
 * the months summed beside the days. One event moves a fixed number of counts, and a figure reads as many as its window
 * has whole months and odd days, however long the history. Open addressing over a typed array: 16 bytes per count.
 */
export class CounterTable {
  #counts = new Int32Array(FIRST_CAPACITY * WIDTH);
  #size = 0;
  #firstDay: EpochDay = Number.MAX_SAFE_INTEGER;
  #lastDay: EpochDay = Number.MIN_SAFE_INTEGER;

  get bytes(): number {
    return this.#counts.byteLength;
  }

  add(scope: number, day: EpochDay, cell: number, change: 1 | -1): void {
    if (day < this.#firstDay) this.#firstDay = day;
    if (day > this.#lastDay) this.#lastDay = day;
    this.#add(scope * 2, day, cell, change);
    this.#add(scope * 2 + MONTH, monthOf(day), cell, change);
  }

  /** Adds the counts of a scope on the days `from` ≤ day < `to`, per cell of `cells`, to `sums` (indexed by cell). */
  sum(scope: number, from: EpochDay, to: EpochDay, cells: Iterable<number>, sums: Float64Array): void {
    // However long the window, only days on which something was counted are looked at.
    const buckets = bucketsOf(Math.max(from, this.#firstDay), Math.min(to, this.#lastDay + 1));
    for (const cell of cells) {
      let sum = 0;
      for (const day of buckets.days) sum += this.#get(scope * 2, day, cell);
      for (let month = buckets.firstMonth; month < buckets.endMonth; month++) {
        sum += this.#get(scope * 2 + MONTH, month, cell);
      }
      sums[cell]! += sum;
    }
  }

  #add(scope: number, bucket: number, cell: number, change: number): void {
    let slot = this.#slot(scope, bucket, cell);
    if (this.#counts[slot] === 0) {
      if (this.#size * WIDTH * 10 >= this.#counts.length * 6) {
        this.#grow();
        slot = this.#slot(scope, bucket, cell);
      }
      this.#counts[slot] = scope + 1;
      this.#counts[slot + BUCKET] = bucket;
      this.#counts[slot + CELL] = cell;
      this.#size++;
    }
    this.#counts[slot + COUNT]! += change;
  }

  #get(scope: number, bucket: number, cell: number): number {
    return this.#counts[this.#slot(scope, bucket, cell) + COUNT]!;
  }

  /** Slot that holds the key, or the free one where it belongs (whose count is 0). */
  #slot(scope: number, bucket: number, cell: number): number {
    const counts = this.#counts;
    const mask = counts.length / WIDTH - 1;
    let hash = Math.imul(scope, 0x9e3779b1) ^ Math.imul(bucket, 0x85ebca6b) ^ Math.imul(cell, 0xc2b2ae35);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    for (let place = (hash ^ (hash >>> 16)) & mask; ; place = (place + 1) & mask) {
      const slot = place * WIDTH;
      const kept = counts[slot];
      if (kept === 0) return slot;
      if (kept === scope + 1 && counts[slot + BUCKET] === bucket && counts[slot + CELL] === cell) return slot;
    }
  }

  #grow(): void {
    const old = this.#counts;
    this.#counts = new Int32Array(old.length * 2);
    for (let from = 0; from < old.length; from += WIDTH) {
      if (old[from] === 0) continue;
      const to = this.#slot(old[from]! - 1, old[from + BUCKET]!, old[from + CELL]!);
      for (let part = 0; part < WIDTH; part++) this.#counts[to + part] = old[from + part]!;
    }
  }
}

interface Buckets {
  readonly days: readonly EpochDay[];
  readonly firstMonth: number;
  readonly endMonth: number;
}

/** A span of days as whole months and the odd days at both ends. */
export function bucketsOf(from: EpochDay, to: EpochDay): Buckets {
  const days: EpochDay[] = [];
  if (to <= from) return { days, firstMonth: 0, endMonth: 0 };
  const firstMonth = firstDayOf(monthOf(from)) === from ? monthOf(from) : monthOf(from) + 1;
  const endMonth = Math.max(firstMonth, monthOf(to));
  const headEnd = Math.min(to, firstDayOf(firstMonth));
  for (let day = from; day < headEnd; day++) days.push(day);
  for (let day = Math.max(headEnd, firstDayOf(endMonth)); day < to; day++) days.push(day);
  return { days, firstMonth, endMonth };
}

/** Months since year 0 of the month a day lies in (civil calendar, after H. Hinnant's days algorithm). */
export function monthOf(day: EpochDay): number {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  return (era * 400 + yearOfEra) * 12 + marchMonth + 2;
}

/** First day of a month as {@link monthOf} counts them. */
export function firstDayOf(month: number): EpochDay {
  const year = Math.floor(month / 12);
  // Not Date.UTC(year, …), which takes the years 0 to 99 for 1900 to 1999.
  return new Date(0).setUTCFullYear(year, month - year * 12, 1) / DAY_MS;
}
