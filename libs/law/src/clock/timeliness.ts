import { localDateOf, parseInstant, type Instant } from '#kernel';
import type { Clock, Completion } from './clock.ts';

/**
 * How what was due was done. `backdated`: in time by its own word, too late by the log, and nobody else has verified it
 * (BACKDATED_ACROSS_DEADLINE, T-28): it is judged by when it was recorded. `open`: not done, be it late or not.
 */
export type Timeliness = 'open' | 'in-time' | 'late' | 'backdated';

/** Undefined where no date is known, or the clock came to nothing. */
export function timelinessOf(clock: Pick<Clock, 'state' | 'due' | 'completion'>): Timeliness | undefined {
  const { state, due, completion } = clock;
  if (due === null || state === 'superseded') return undefined;
  if (completion === null) return state === 'expired' ? 'late' : 'open';
  return timelinessBy(due, completion);
}

/** How something was done by a date. */
export function timelinessBy(due: string, completion: Completion): Exclude<Timeliness, 'open'> {
  if (!isBy(due, completion.occurredAt)) return 'late';
  return isTaken(completion) || isBy(due, completion.recordedAt) ? 'in-time' : 'backdated';
}

/** When it counts as done: by its own word, unless it passed over the deadline only because it was entered late (T-28). */
export function judgedAt(due: string | null, completion: Completion): Instant {
  const isBackdated = due !== null && timelinessBy(due, completion) === 'backdated';
  return isBackdated ? completion.recordedAt : completion.occurredAt;
}

/** Whether a moment is in time: up to 24:00 of the last day in Shanghai, or up to the last moment. */
export function isBy(due: string, at: Instant): boolean {
  return due.includes('T') ? at <= parseInstant(due)! : localDateOf(at) <= due;
}

/** Taken at its own word. */
function isTaken({ verified, isImported }: Completion): boolean {
  return verified || isImported;
}
