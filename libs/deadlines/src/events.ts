import type { EventOf, EventSchemas, LocalDate, RecordedOf } from '#kernel';

export * from './words.ts';

/**
 * `amber` and `red` come before a deadline (黄牌、红牌 in 12345 practice), `due` on its last day, `overdue` when it has passed;
 * `standstill`: it has stood still for longer than is usual, and somebody should ask why (T-08).
 */
export const REMINDER_LEVELS = ['amber', 'red', 'due', 'overdue', 'standstill'] as const;
export type ReminderLevel = (typeof REMINDER_LEVELS)[number];

/** Events of the reminders (催办、预警) of one clock. Stream `reminder-{stream of its object}:{clock}`. */
export interface ReminderEvents {
  /** `occurredAt` is the moment at which it was to be given. */
  DeadlineReminderIssued: {
    /** Stream of the object the clock belongs to. */
    readonly object: string;
    readonly clock: string;
    readonly level: ReminderLevel;
    /** The date reminded of, a day or a moment; of a standstill the day on which it began. */
    readonly date: LocalDate | string;
    readonly rule: string | null;
    /** Who is to act: an authority, or the USCC of a respondent. */
    readonly holder: string | null;
    readonly region: string | null;
    readonly respondentUscc: string | null;
  };
}

/** Events of reading all open clocks anew. Stream `recomputation-CN`. */
export interface RecomputationEvents {
  /** All clocks that were open read by this version of the calendar now. */
  OpenDeadlinesRecomputed: {
    readonly calendar: string;
    /** Mark of the rules that the place sets; empty where it sets none. */
    readonly rules?: string;
    /** Clocks that were open, and those whose date changed. */
    readonly open: number;
    readonly amended: number;
  };
}

export type ReminderEvent = EventOf<ReminderEvents>;
export type RecordedReminderEvent = RecordedOf<ReminderEvents>;

export const reminderSchemas: EventSchemas & Record<keyof ReminderEvents, { schemaVersion: number }> = {
  DeadlineReminderIssued: { schemaVersion: 1 },
};
export const recomputationSchemas: EventSchemas & Record<keyof RecomputationEvents, { schemaVersion: number }> = {
  OpenDeadlinesRecomputed: { schemaVersion: 1 },
};
