import { Failure, formatInstant, type Instant } from '#kernel';
import {
  deadlineBehind,
  explain,
  isBy,
  isProvisional,
  timelinessOf,
  type Clock,
  type Clocks,
  type Explanation,
  type Law,
  type Rule,
} from '#law';
import type { AnswerMoment } from './context.ts';

/**
 * How a clock stands at the moment of the question: derived, so that nothing has to tick. `due` is to be met, `overdue` has
 * passed without being met, `lapsed` is a time in which something might have been done.
 */
export type ClockStanding =
  'due' | 'overdue' | 'lapsed' | 'suspended' | 'undetermined' | 'completed' | 'expired' | 'superseded';

/** A clock (期限) as readers see it. Days are legal days in Shanghai, instants ISO 8601 UTC. */
export interface ClockAnswer {
  readonly clock: string;
  readonly title: Rule['title'] | null;
  readonly rule: string | null;
  readonly ruleVersion: string | null;
  readonly calendarVersion: string | null;
  /** The calendar of a year in it is a guess, until its notice is published. */
  readonly provisional: boolean;
  readonly from: string;
  /** As told when it opened. */
  readonly promised: string | null;
  readonly due: string | null;
  /** By which one is reminded: not rolled off a rest day. */
  readonly strictDue: string | null;
  readonly state: ClockStanding;
  /** Code of why there is no date. */
  readonly undetermined: string | null;
  readonly suspensions: Clock['suspensions'];
  readonly extensions: Clock['extensions'];
  readonly completedAt: string | null;
  readonly recordedAt: string | null;
  /** Judged by the log where the entry came so late that its own word would pass over the deadline (T-28). */
  readonly timeliness: 'in-time' | 'late' | null;
  readonly flags: readonly 'BACKDATED_ACROSS_DEADLINE'[];
  readonly verified: boolean;
  /** How the date comes about, in words. */
  readonly arithmetic: Explanation | null;
}

/** The clocks of a document, in the order in which they opened. */
export function clockAnswers(clocks: Clocks, moment: AnswerMoment): ClockAnswer[] {
  return Object.values(clocks).map((clock) => clockAnswer(clock, moment));
}

export function clockAnswer(clock: Clock, { now, lawOf, isWhole }: AnswerMoment): ClockAnswer {
  const law = lawOf(clock.calendar);
  const selected = clock.rule === null ? undefined : law.rules.version(clock.rule);
  const timeliness = timelinessOf(clock);
  const { completion } = clock;
  return {
    clock: clock.clock,
    title: selected?.rule.title ?? null,
    rule: selected?.version.id ?? null,
    ruleVersion: clock.rule,
    calendarVersion: clock.calendar,
    provisional: isProvisional(clock),
    from: clock.from,
    promised: clock.promised,
    due: clock.due,
    strictDue: clock.strict,
    state: standingOf(clock, now),
    undetermined: clock.undetermined,
    suspensions: clock.suspensions,
    extensions: clock.extensions,
    completedAt: completion === null ? null : formatInstant(completion.occurredAt),
    recordedAt: completion === null ? null : formatInstant(completion.recordedAt),
    timeliness:
      timeliness === undefined || timeliness === 'open' ? null : timeliness === 'in-time' ? 'in-time' : 'late',
    flags: timeliness === 'backdated' ? ['BACKDATED_ACROSS_DEADLINE'] : [],
    verified: completion?.verified ?? false,
    arithmetic: isWhole ? arithmeticOf(clock, law) : null,
  };
}

export function standingOf(
  { state, due, isRight }: Pick<Clock, 'state' | 'due' | 'isRight'>,
  now: Instant,
): ClockStanding {
  if (state !== 'running') return state;
  if (due === null || isBy(due, now)) return 'due';
  return isRight ? 'lapsed' : 'overdue';
}

/** Null where the date is not computed, or its rule or calendar is not at hand any more. */
function arithmeticOf(clock: Clock, law: Law): Explanation | null {
  try {
    const deadline = deadlineBehind(clock, law);
    return deadline === undefined ? null : explain(deadline, law.calendar);
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}
