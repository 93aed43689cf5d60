import { unreachable, type Instant, type RecordedEvent } from '#kernel';
import type { RecordedSubjectEvent, SubjectEvents } from './events.ts';

/** A subject (市场主体), known by its code for life: a new name keeps it (T-22). */
export type Subject =
  | { readonly status: 'empty' }
  | ({
      readonly status: 'registered';
      /** When the newest step happened: none happens before the one it follows. */
      readonly previousAt: Instant;
    } & RegisteredSubject);
export type RegisteredSubject = SubjectEvents['SubjectRegistered'];

export const initial: Subject = { status: 'empty' };

export function evolve(state: Subject, recorded: RecordedEvent): Subject {
  const event = recorded as RecordedSubjectEvent;
  if (event.type === 'SubjectRegistered') return { status: 'registered', previousAt: event.occurredAt, ...event.data };
  if (state.status === 'empty') throw new Error(`${event.type} before SubjectRegistered in ${event.stream}`);
  switch (event.type) {
    case 'SubjectRenamed':
      return { ...state, name: event.data.name, previousAt: event.occurredAt };
    default:
      return unreachable(event);
  }
}
