import { localDateOf, parseInstant, startOfDay, type Instant, type LocalDate } from '#kernel';
import type { Clock, ClockSuspension, Completion } from './clock.ts';

/**
 * How what was due was done. `backdated`: in time by its own word, too late by the log, and nobody else has verified it
 * (BACKDATED_ACROSS_DEADLINE, T-28): it is judged by when it was recorded. `open`: not done, be it late or not.
 */
export type Timeliness = 'open' | 'in-time' | 'late' | 'backdated';

/**
 * Undefined where no date can be told, or the clock came to nothing: it was superseded, or it was a right that lapsed. What
 * was done while the clock stood still was done in time.
 */
export function timelinessOf(
  clock: Pick<Clock, 'state' | 'due' | 'undetermined' | 'completion' | 'isRight'>,
): Timeliness | undefined {
  const { state, due, undetermined, completion, isRight } = clock;
  if (undetermined !== null || state === 'superseded') return undefined;
  if (completion !== null) return due === null ? 'in-time' : timelinessBy(due, completion);
  if (state !== 'expired') return 'open';
  return isRight ? undefined : 'late';
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

/**
 * Day from which a standstill counts: the one on which it began, unless the date had passed when it was written down (T-28).
 * Then it is that of its entry, and the date stays as it was.
 */
export function standsStillFrom({ due }: Pick<Clock, 'due'>, from: LocalDate, recordedAt: Instant): LocalDate {
  return due === null || isBy(due, recordedAt) || !isBy(due, startOfDay(from)) ? from : localDateOf(recordedAt);
}

/** One of the standstills has ended. It lasts its first day at least, also where that is the day of its entry. */
export function withEnd(
  suspensions: readonly ClockSuspension[],
  id: string,
  to: LocalDate,
): readonly ClockSuspension[] {
  return suspensions.map((one) => (one.id === id ? { ...one, to: to < one.from ? one.from : to } : one));
}

/** Taken at its own word. */
function isTaken({ verified, isImported }: Completion): boolean {
  return verified || isImported;
}
