import type { RecordedReminderEvent, ReminderLevel } from './events.ts';

/** Reminders of one clock: what was said of the date that was reminded of last. */
export interface Reminders {
  readonly date: string | null;
  readonly levels: readonly ReminderLevel[];
}

export const initial: Reminders = { date: null, levels: [] };

/** A date that moved is another one: reminders of it begin anew. */
export function evolve(state: Reminders, { data: { date, level } }: RecordedReminderEvent): Reminders {
  return { date, levels: date === state.date ? [...state.levels, level] : [level] };
}
