import type { EpochDay, Instant, Position } from '#kernel';
import { epochDay, epochDayOf } from '#kernel';
import type { Law } from '#law';
import type { RegionTree } from '#regions';
import type { CountScope, FactBook } from './fact-book.ts';
import type { Window } from './figure.ts';
import type { CompiledVariant, Formula } from './formula.ts';

/** A query understood: every name found, every default filled in. */
export interface Question {
  readonly formula: Formula;
  readonly variant: CompiledVariant;
  /** Variants shown beside it. */
  readonly beside: readonly CompiledVariant[];
  readonly book: FactBook;
  readonly scope: CountScope;
  readonly window: Window;
  /** Rules and calendar as they stand. */
  readonly law: Law;
  readonly regions: RegionTree;
  /** Due days count up to the legal day of this. */
  readonly instant: Instant;
  /** Events count up to this. */
  readonly position: Position;
  /** Whether the facts stand at `position` now, so that the running counters know the answer. */
  readonly isCurrent: () => boolean;
}

/** The attribution days its variants use; most share one. */
export function attributionsOf({ variant, beside }: Question): string[] {
  return [...new Set([variant, ...beside].map(({ counting }) => counting.attribution))];
}

/** Days from and with `from`, up to and without `to`. */
export interface Days {
  readonly from: EpochDay;
  readonly to: EpochDay;
}

/** The days of a window that count: none after the evaluation day, on which the query stops. */
export function countedDays(question: Question, window: Window): Days {
  const from = epochDay(window.from);
  return { from, to: Math.max(from, Math.min(epochDay(window.to), evaluationDay(question) + 1)) };
}

/** Legal day of the question: it counts, and it is not over yet. */
export function evaluationDay({ instant }: Pick<Question, 'instant'>): EpochDay {
  return epochDayOf(instant);
}
