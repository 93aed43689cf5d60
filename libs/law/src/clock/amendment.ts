import type { Law } from '../law.ts';
import { isOpen, type Clock, type ClockReading } from './clock.ts';
import { readAgain } from './read-clock.ts';

/** A guess of a year whose notice is not out: `CN-2027.PROVISIONAL`. */
export function isProvisional({ calendar }: Pick<ClockReading, 'calendar'>): boolean {
  return calendar?.includes('PROVISIONAL') === true;
}

/**
 * What an open clock reads under the calendar as it stands now, where that differs: in its date, or as what was a guess is
 * known. Undefined: nothing changes, also for a clock that has stopped, whose answer was given (metrics 3.0 rule 2), and for one
 * whose rule the configuration does not hold any more: its date stays as it was told.
 */
export function amendedReading(clock: Clock, law: Law): ClockReading | undefined {
  if (!isOpen(clock) || clock.rule === null || law.rules.version(clock.rule) === undefined) return undefined;
  const reading = readAgain(clock, law);
  const isSame = reading.due === clock.due && (reading.strict ?? reading.due) === clock.strict;
  return isSame && isProvisional(reading) === isProvisional(clock) ? undefined : reading;
}
