import { unreachable, type RecordedEvent } from '#kernel';
import type { RecordedWorkCalendarEvent, WorkCalendarEvents } from './events.ts';

export type RecordedNotice = WorkCalendarEvents['WorkCalendarPublished'];

/** The notices published for a year (工作日历), corrections included, in the order in which they were recorded. */
export interface WorkCalendar {
  readonly notices: readonly RecordedNotice[];
}

export const initial: WorkCalendar = { notices: [] };

export function evolve(state: WorkCalendar, recorded: RecordedEvent): WorkCalendar {
  const event = recorded as RecordedWorkCalendarEvent;
  switch (event.type) {
    case 'WorkCalendarPublished':
      return { notices: [...state.notices, event.data] };
    default:
      return unreachable(event.type);
  }
}
