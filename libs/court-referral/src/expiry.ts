import type { Instant, LocalDate, Refusal } from '#kernel';
import { addDays, refuse, startOfDay } from '#kernel';
import { isBy } from '#law';
import type { ReferralEvent } from './events.ts';
import type { Incoming } from './incoming.ts';

const CLOCK = 'court-mediation';

/** A step of the mediation that occurred after its last day comes too late: only the return to the court is left. */
export function afterLastDay(state: Incoming, at: Instant): Refusal | undefined {
  const due = ranOutWith(state, at);
  if (due === undefined) return undefined;
  return refuse('conflict', 'COURT_MEDIATION_EXPIRED', `Its time was over with ${due}; it goes back to the court.`);
}

/** Whoever comes upon it: it ran out at the end of its last day. None where it had not by that moment, or was said before. */
export function expiryOf(state: Incoming, at: Instant): readonly ReferralEvent[] {
  const due = ranOutWith(state, at);
  if (due === undefined || state.ranOut) return [];
  const rule = state.clocks[CLOCK]?.rule ?? null;
  const occurredAt = startOfDay(addDays(due, 1));
  const data = { clock: CLOCK } as const;
  return [{ type: 'CourtMediationExpired', occurredAt, ...(rule === null ? {} : { ruleVersion: rule }), data }];
}

/** The last day, where it had passed by that moment. By that day, and not by when a process has noticed. */
function ranOutWith({ clocks }: Incoming, at: Instant): LocalDate | undefined {
  const due = clocks[CLOCK]?.due ?? null;
  return due === null || isBy(due, at) ? undefined : due;
}
