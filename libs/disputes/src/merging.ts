import { addDays, parseInstant, startOfDay, type Instant } from '#kernel';

/**
 * How the primary was found. `received`: by which of the two a competent authority received first (S1 Art. 14). `opened`: by which
 * was opened first, as no authority has received either. `against`: neither; a reason says why.
 */
export const MERGE_ORDERS = ['received', 'opened', 'against'] as const;
export type MergeOrder = (typeof MERGE_ORDERS)[number];

/** When a dispute came in: at a competent authority, where one has received it, and into the system. */
export interface CameIn {
  readonly receivedAt: Instant | null;
  readonly openedAt: Instant;
}

/** By what one dispute comes before another as their primary, or that it does not. Of two at one moment either may. */
export function mergeOrder(primary: CameIn, other: CameIn): MergeOrder {
  if (primary.receivedAt !== null || other.receivedAt !== null) {
    return (primary.receivedAt ?? Infinity) <= (other.receivedAt ?? Infinity) ? 'received' : 'against';
  }
  return primary.openedAt <= other.openedAt ? 'opened' : 'against';
}

/** A span for which a dispute was merged into another. Instants are ISO 8601 UTC; `to` is null while it still is. */
export interface MergedSpan {
  readonly primary: string;
  readonly from: string;
  readonly to: string | null;
  /** Vault references of why it was merged and why it was taken apart. */
  readonly reason: string | null;
  readonly unmergedFor: string | null;
}

/**
 * Whether a deadline passed while its dispute was merged: nobody was to keep it then, so that it is no false overdue once the
 * dispute stands for itself again (T-15). `due` is a last day or, of clocks that run by the hour, a last moment.
 */
export function passedWhileMerged(due: string, spans: readonly Pick<MergedSpan, 'from' | 'to'>[]): boolean {
  const end = due.includes('T') ? parseInstant(due)! : startOfDay(addDays(due, 1));
  return spans.some(({ from, to }) => parseInstant(from)! < end && (to === null || end <= parseInstant(to)!));
}
