import { mainlandCalendar, type WorkingCalendar } from '#calendar';
import { ruleBook } from './read-rules.ts';
import type { RuleBook } from './rule-book.ts';

/** 法律依据 at the moment of a decision: rules and calendar come in from outside, so that a rule of a context stays pure. */
export interface Law {
  /** With every notice known by now; years without one are guessed and named so, to be recomputed when it is published. */
  readonly calendar: WorkingCalendar;
  /** With what the configuration sets. */
  readonly rules: RuleBook;
}

/** Rules and calendar as they ship, without what a place configures or publishes. */
export function shippedLaw(): Law {
  return { calendar: mainlandCalendar({ provisional: true }), rules: ruleBook };
}
