import type { Law } from '../law.ts';
import { awaitsRule } from './awaits-rule.ts';
import { isOpen, type Clock, type ClockReading } from './clock.ts';
import { readAgain, readClock } from './read-clock.ts';

/** A guess of a year whose notice is not out: `CN-2027.PROVISIONAL`. */
export function isProvisional({ calendar }: Pick<ClockReading, 'calendar'>): boolean {
  return calendar?.includes('PROVISIONAL') === true;
}

/**
 * What an open clock reads under the law as it stands now, where that differs: in its date, or as what was a guess is known,
 * or as a rule was set (`governing`, by its id) that nobody had set when it opened. Undefined: nothing changes, also for a
 * clock that has stopped, whose answer was given (metrics 3.0 rule 2), and for one whose rule the configuration does not hold
 * any more: its date stays as it was told.
 */
export function amendedReading(clock: Clock, law: Law, governing?: string): ClockReading | undefined {
  if (!isOpen(clock)) return undefined;
  if (awaitsRule(clock)) return firstReading(clock, law, governing);
  if (clock.rule === null || law.rules.version(clock.rule) === undefined) return undefined;
  const reading = readAgain(clock, law);
  const isSame = reading.due === clock.due && (reading.strict ?? reading.due) === clock.strict;
  return isSame && isProvisional(reading) === isProvisional(clock) ? undefined : reading;
}

function firstReading(clock: Clock, law: Law, rule: string | undefined): ClockReading | undefined {
  if (rule === undefined) return undefined;
  const from = clock.from.includes('T') ? Date.parse(clock.from) : clock.from;
  const { suspensions, extensions } = clock;
  const reading = readClock({ clock: clock.clock, rule, from, suspensions, extensions }, law);
  return reading.rule === null ? undefined : reading;
}
