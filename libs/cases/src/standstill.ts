import type { Refusal } from '#kernel';
import { refuse } from '#kernel';
import type { Case } from './enforcement-case.ts';

/** The standstill that ends: the one that was named, or the only one that goes on. */
export function endingStandstill({ standstills }: Case, named: string | undefined): string | Refusal {
  const open = standstills.open.map(({ standstill }) => standstill);
  if (open.length === 0) return refuse('conflict', 'NO_STANDSTILL', 'The time does not stand still.');
  const standstill = named ?? (open.length === 1 ? open[0] : undefined);
  if (standstill === undefined) {
    return refuse('invalid', 'STANDSTILL_REQUIRED', `Several go on: ${open.join(', ')}.`, 'standstill');
  }
  if (!open.includes(standstill)) {
    return refuse('invalid', 'UNKNOWN_STANDSTILL', 'None of this number goes on.', 'standstill');
  }
  return standstill;
}

/** Number of the next one within the case. */
export function nextStandstill({ standstills }: Case): string {
  return String(standstills.begun + 1);
}

/** Testing and the like must have come to an end: its result is part of the facts. */
export function standsStill({ standstills }: Case): Refusal | undefined {
  if (standstills.open.length === 0) return undefined;
  const kinds = standstills.open.map(({ kind }) => kind).join(', ');
  return refuse('conflict', 'STANDSTILL_OPEN', `It still goes on: ${kinds}.`);
}
