import type { Instant, LocalDate } from '#kernel';
import type { Extension } from '../extension.ts';

/**
 * What an event says of the date of a clock. It stands in the event's data: the date as it was promised is history, whatever
 * the rules and the calendar say later (T-33).
 */
export interface ClockReading {
  /** Name of the clock (期限) within its object: `acceptance`, `mediation`. */
  readonly clock: string;
  /** Name of the rule version, `L-01/SAMR-121@2025-12-30:15`; null where the date is the channel's own, or no rule is set. */
  readonly rule: string | null;
  /** Version of the calendar, `CN-2026.1`; `PROVISIONAL` in it is a guess until the notice of that year is published. */
  readonly calendar: string | null;
  /** Last day, or last moment (ISO 8601 UTC) of a clock of hours or of a channel. Null: it stands still, or cannot be told. */
  readonly due: LocalDate | string | null;
  /** The day before it rolled off a rest day, by which reminders go; left out where it is the same. */
  readonly strict?: LocalDate;
  /** Code of why it cannot be told: `RULE_NOT_CONFIGURED`, `RULE_NOT_IN_FORCE`. */
  readonly undetermined?: string;
}

/** 中止: time that is not counted, from its first to its last day. */
export interface ClockSuspension {
  /** By which it is ended again: several may run at once. */
  readonly id: string;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
  readonly reason: string;
}

/** What an event of a context does to a clock of its object. */
export type ClockChange =
  | {
      readonly change: 'opened';
      /** Start, which does not count itself: a day, or a moment (ISO 8601 UTC) for a clock of hours. */
      readonly from: LocalDate | string;
      readonly reading: ClockReading;
      /** A time in which one may do something, not one by which one must: it lapses, and nothing is overdue. */
      readonly isRight?: boolean;
      /** Imported history: nobody is reminded of it. */
      readonly isImported?: boolean;
    }
  | { readonly change: 'extended'; readonly reading: ClockReading; readonly extension: Extension }
  | {
      readonly change: 'suspended';
      readonly reading: ClockReading;
      readonly suspension: Omit<ClockSuspension, 'to'>;
      /** Written down anew by a later event: it stands as it stood. Otherwise it begins with its event. */
      readonly isRestored?: boolean;
    }
  | { readonly change: 'resumed'; readonly reading: ClockReading; readonly id: string; readonly to: LocalDate }
  /** The calendar was amended: the same inputs under another version of it. */
  | { readonly change: 'amended'; readonly reading: ClockReading }
  /** What was due was done. Imported history is judged by its own times. */
  | {
      readonly change: 'completed';
      readonly clock: string;
      readonly isImported?: boolean;
      /** When and by whom, where another event has told of it: this one only opened the clock anew, as its start was corrected. */
      readonly as?: Completion;
    }
  /** It ran out, and what was due can no longer be done. */
  | { readonly change: 'expired'; readonly clock: string }
  /** It no longer matters: another took its place, or its object ended otherwise. */
  | { readonly change: 'superseded'; readonly clock: string }
  /** A second person has verified that what was entered late had been done when it says (T-28). */
  | { readonly change: 'verified'; readonly clock: string };

export const CLOCK_STATES = ['running', 'suspended', 'undetermined', 'completed', 'expired', 'superseded'] as const;
export type ClockState = (typeof CLOCK_STATES)[number];

/** 期限: one clock of one object, as its events have left it. Never one due date for all. */
export interface Clock {
  readonly clock: string;
  readonly rule: string | null;
  readonly calendar: string | null;
  readonly from: LocalDate | string;
  /** As told when it opened. */
  readonly promised: LocalDate | string | null;
  /** As it stands, with what has happened since. */
  readonly due: LocalDate | string | null;
  readonly strict: LocalDate | string | null;
  readonly undetermined: string | null;
  readonly suspensions: readonly ClockSuspension[];
  readonly extensions: readonly Extension[];
  readonly state: ClockState;
  readonly isRight: boolean;
  readonly isImported: boolean;
  readonly completion: Completion | null;
}

/** When what was due was done, or came to nothing, by its own word and by the log. */
export interface Completion {
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  /** Id of the actor who entered it. */
  readonly by: string;
  /** A second person has verified that it was done then. */
  readonly verified: boolean;
  readonly isImported: boolean;
}

/** The clocks of one object, by name. */
export type Clocks = Readonly<Record<string, Clock>>;

export const NO_CLOCKS: Clocks = {};

/** Whether it is still to be met. */
export function isOpen({ state }: Pick<Clock, 'state'>): boolean {
  return state === 'running' || state === 'suspended' || state === 'undetermined';
}

/** The rule version under which an event stands, where one could be told. */
export function under(reading: Pick<ClockReading, 'rule'> | undefined): { ruleVersion?: string } {
  const rule = reading?.rule ?? null;
  return rule === null ? {} : { ruleVersion: rule };
}
