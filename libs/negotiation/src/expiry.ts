import type { Instant, LocalDate, Refusal } from '#kernel';
import { addDays, refuse, startOfDay } from '#kernel';
import { isBy } from '#law';
import type { NegotiationEvent } from './events.ts';
import type { Known, Live } from './negotiation.ts';

/**
 * Whether a negotiation had run out by a moment: by its last day, and not by when a process has noticed. A clock without a date
 * never runs out.
 */
export function hasRunOut(state: Known, at: Instant): boolean {
  return ranOutWith(state, at) !== undefined;
}

/** A step that occurred after the last day comes too late. */
export function afterLastDay(state: Known, at: Instant): Refusal | undefined {
  const due = ranOutWith(state, at);
  if (due === undefined) return undefined;
  return refuse('conflict', 'NEGOTIATION_EXPIRED', `Its time was over with ${due}; it can only be escalated.`);
}

/** Whoever comes upon it: it ran out at the end of its last day. None where it had not by that moment. */
export function expiryOf(state: Live, at: Instant): readonly NegotiationEvent[] {
  const due = ranOutWith(state, at);
  if (due === undefined) return [];
  const rule = state.clocks['negotiation']?.rule ?? null;
  const occurredAt = startOfDay(addDays(due, 1));
  const data = { clock: 'negotiation' } as const;
  return [{ type: 'NegotiationExpired', occurredAt, ...(rule === null ? {} : { ruleVersion: rule }), data }];
}

/** The last day, where it had passed by that moment. */
function ranOutWith({ clocks }: Known, at: Instant): LocalDate | undefined {
  const due = clocks['negotiation']?.due ?? null;
  return due === null || isBy(due, at) ? undefined : due;
}
