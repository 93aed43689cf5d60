import { refuse, type Refusal } from '#kernel';
import type { Clocks } from './clock.ts';
import { timelinessOf } from './timeliness.ts';

/**
 * Whether a second person may verify that what was due on a clock had been done when its late entry says (T-28). Undefined:
 * yes. Refuses `UNKNOWN_CLOCK`, `NOT_BACKDATED`, `SECOND_PERSON_REQUIRED`.
 */
export function refuseVerification(clocks: Clocks, clock: string, actorId: string): Refusal | undefined {
  const known = Object.hasOwn(clocks, clock) ? clocks[clock] : undefined;
  if (known === undefined) {
    const names = Object.keys(clocks).join(', ');
    return refuse('invalid', 'UNKNOWN_CLOCK', `It has no such clock${names === '' ? '' : `, but ${names}`}.`, 'clock');
  }
  if (timelinessOf(known) !== 'backdated') {
    return refuse('conflict', 'NOT_BACKDATED', 'It was not entered after a deadline that it says it met.', 'clock');
  }
  if (known.completion!.by === actorId) {
    return refuse('forbidden', 'SECOND_PERSON_REQUIRED', 'Somebody else than the one who entered it verifies it.');
  }
  return undefined;
}
