import { Failure, localDateOf, refuse, type Instant, type LocalDate, type Refusal } from '#kernel';
import type { Law } from '../law.ts';
import { isOpen, type Clock, type ClockReading } from './clock.ts';
import { readAgain } from './read-clock.ts';
import { isBy, standsStillFrom, withEnd } from './timeliness.ts';

/** 准予延期: what the event of a granted extension says. */
export interface GrantedTime {
  /** Day that counts as that of the grant. */
  readonly grantedOn: LocalDate;
  /** As the one who granted it has said; null where the rule says by how much. */
  readonly by: number | null;
  readonly reading: ClockReading;
}

/** Of these the command is at fault, in the field that says by how much; of the others what has happened before. */
const BY_AMOUNT: readonly string[] = ['EXTENSION_AMOUNT_NEEDED', 'EXTENSION_TOO_LONG', 'INVALID_EXTENSION'];
const BY_STATE: readonly string[] = ['EXTENSION_NOT_ALLOWED', 'RULE_VERSION_UNKNOWN'];

/**
 * Extends a clock on or before its date: later an extension has no effect, and is refused (T-09). One that was granted in time
 * but entered after the date counts as granted on the day of its entry, and leaves the date as it is. `field` is the command's
 * own name of the amount. Refuses `CLOCK_STOPPED`, `DEADLINE_UNDETERMINED`, `EXTENSION_TOO_LATE`, `EXTENSION_NOT_ALLOWED`,
 * `EXTENSION_AMOUNT_NEEDED`, `EXTENSION_TOO_LONG`, `INVALID_EXTENSION`, `RULE_VERSION_UNKNOWN`.
 */
export function grantTime(
  clock: Clock,
  by: number | undefined,
  { now, occurredAt }: { readonly now: Instant; readonly occurredAt: Instant },
  law: Law,
  field: string,
): GrantedTime | Refusal {
  const { due, undetermined } = clock;
  if (!isOpen(clock)) return refuse('conflict', 'CLOCK_STOPPED', `The clock of ${clock.clock} has stopped.`);
  if (undetermined !== null) {
    return refuse('conflict', 'DEADLINE_UNDETERMINED', `Its date cannot be told (${undetermined}).`);
  }
  if (due !== null && !isBy(due, occurredAt)) {
    return refuse(
      'conflict',
      'EXTENSION_TOO_LATE',
      `The deadline passed with ${due}; what has passed is not extended.`,
    );
  }
  const grantedOn = localDateOf(due === null || isBy(due, now) ? occurredAt : now);
  const extension = by === undefined ? { grantedOn } : { grantedOn, by };
  try {
    const reading = readAgain(clock, law, { extensions: [...clock.extensions, extension] });
    return { grantedOn, by: by ?? null, reading };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (BY_AMOUNT.includes(error.code)) return refuse('invalid', error.code, error.message, field);
    if (BY_STATE.includes(error.code)) return refuse('conflict', error.code, error.message);
    throw error;
  }
}

/**
 * Stops a clock from a day on, for a reason of the version of its rule: nothing else does (T-08). One that is entered only after
 * the date leaves the date as it is, like an extension (T-28). Refuses `CLOCK_STOPPED` and `SUSPENSION_NOT_ALLOWED`.
 */
export function stopClock(
  clock: Clock,
  { id, from, reason }: { readonly id: string; readonly from: LocalDate; readonly reason: string },
  now: Instant,
  law: Law,
  field: string,
): ClockReading | Refusal {
  if (!isOpen(clock)) return refuse('conflict', 'CLOCK_STOPPED', `The clock of ${clock.clock} has stopped.`);
  const reasons = clock.rule === null ? [] : (law.rules.version(clock.rule)?.version.suspendedBy ?? []);
  if (!reasons.includes(reason)) {
    const detail = `The clock of ${clock.clock} is stopped by ${reasons.join(', ') || 'nothing'} only.`;
    return refuse('conflict', 'SUSPENSION_NOT_ALLOWED', detail, field);
  }
  const begun = { id, from: standsStillFrom(clock, from, now), to: null, reason };
  return readAgain(clock, law, { suspensions: [...clock.suspensions, begun] });
}

/** Lets it run again: the day itself is the last that does not count. */
export function restartClock(clock: Clock, id: string, to: LocalDate, law: Law): ClockReading {
  return readAgain(clock, law, { suspensions: withEnd(clock.suspensions, id, to) });
}
