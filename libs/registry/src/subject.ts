import { unreachable, type Instant, type RecordedEvent } from '#kernel';
import type { RecordedSubjectEvent, SubjectEvents } from './events.ts';

export const GREEN_CHANNEL_STATUSES = ['none', 'active', 'suspended', 'closed'] as const;
/** How the green channel (绿色通道) of a subject stands. */
export type GreenChannelStatus = (typeof GREEN_CHANNEL_STATUSES)[number];

/** A subject (市场主体), known by its code for life: a new name keeps it (T-22). */
export type Subject =
  | { readonly status: 'empty' }
  | ({
      readonly status: 'registered';
      /** When the newest step happened: none happens before the one it follows. */
      readonly previousAt: Instant;
      readonly greenChannel: GreenChannelStatus;
    } & RegisteredSubject);
export type RegisteredSubject = SubjectEvents['SubjectRegistered'];

export const initial: Subject = { status: 'empty' };

export function evolve(state: Subject, recorded: RecordedEvent): Subject {
  const event = recorded as RecordedSubjectEvent;
  const previousAt = event.occurredAt;
  if (event.type === 'SubjectRegistered') {
    return { status: 'registered', previousAt, greenChannel: 'none', ...event.data };
  }
  if (state.status === 'empty') throw new Error(`${event.type} before SubjectRegistered in ${event.stream}`);
  switch (event.type) {
    case 'SubjectRenamed':
      return { ...state, name: event.data.name, previousAt };
    case 'GreenChannelOpened':
    case 'GreenChannelSuspended':
    case 'GreenChannelResumed':
    case 'GreenChannelClosed':
      return { ...state, greenChannel: channelStatusAfter(event.type), previousAt };
    default:
      return unreachable(event);
  }
}

type ChannelEventType = Extract<keyof SubjectEvents, `GreenChannel${string}`>;

export function channelStatusAfter(type: ChannelEventType): GreenChannelStatus {
  switch (type) {
    case 'GreenChannelOpened':
    case 'GreenChannelResumed':
      return 'active';
    case 'GreenChannelSuspended':
      return 'suspended';
    case 'GreenChannelClosed':
      return 'closed';
    default:
      return unreachable(type);
  }
}
