import type { RecordedEvent } from '#kernel';
import { unreachable } from '#kernel';
import { awaitsRule } from './awaits-rule.ts';
import { standsStillFrom, withEnd } from './timeliness.ts';
import {
  isOpen,
  type Clock,
  type ClockChange,
  type ClockReading,
  type Clocks,
  type ClockState,
  type Completion,
} from './clock.ts';

type ClockEvent = Pick<RecordedEvent, 'occurredAt' | 'recordedAt' | 'actor'>;

/** The clocks of an object after an event that changes them so. A change of a clock that was never opened is none. */
export function evolveClocks(clocks: Clocks, changes: readonly ClockChange[], event: ClockEvent): Clocks {
  if (changes.length === 0) return clocks;
  const next: Record<string, Clock> = { ...clocks };
  for (const change of changes) {
    const name = 'reading' in change ? change.reading.clock : change.clock;
    const after = evolveClock(next[name], change, event);
    if (after !== undefined) next[name] = after;
  }
  return next;
}

/** One clock after one change. Undefined: there is no such clock, as its object is older than its clocks. */
export function evolveClock(clock: Clock | undefined, change: ClockChange, event: ClockEvent): Clock | undefined {
  if (change.change === 'opened') return opened(change);
  if (clock === undefined) return undefined;
  switch (change.change) {
    case 'extended':
      return read(clock, change.reading, { extensions: [...clock.extensions, change.extension] });
    case 'suspended': {
      const told = change.suspension.from;
      const from = change.isRestored === true ? told : standsStillFrom(clock, told, event.recordedAt);
      return read(clock, change.reading, {
        suspensions: [...clock.suspensions, { ...change.suspension, from, to: null }],
      });
    }
    case 'resumed':
      return read(clock, change.reading, { suspensions: withEnd(clock.suspensions, change.id, change.to) });
    case 'amended':
      return read(clock, change.reading);
    case 'completed':
      return completed(clock, change.as ?? completionOf(event, change.isImported));
    case 'expired':
      return isOpen(clock) ? { ...clock, state: 'expired' } : clock;
    case 'superseded':
      return isOpen(clock) ? { ...clock, state: 'superseded', completion: completionOf(event) } : clock;
    case 'verified':
      return clock.completion === null ? clock : { ...clock, completion: { ...clock.completion, verified: true } };
    default:
      return unreachable(change);
  }
}

function opened({
  from,
  reading,
  isRight = false,
  isImported = false,
}: Extract<ClockChange, { change: 'opened' }>): Clock {
  const { clock, rule, calendar, due } = reading;
  return {
    clock,
    rule,
    calendar,
    from,
    promised: due,
    due,
    strict: reading.strict ?? due,
    undetermined: reading.undetermined ?? null,
    suspensions: [],
    extensions: [],
    state: stateOf(reading),
    isRight,
    isImported,
    completion: null,
  };
}

/** One that has stopped is not set going again: its answer was given. */
function read(
  clock: Clock,
  reading: ClockReading,
  inputs: Partial<Pick<Clock, 'suspensions' | 'extensions'>> = {},
): Clock {
  if (!isOpen(clock)) return clock;
  const { calendar, due } = reading;
  const strict = reading.strict ?? due;
  const state = stateOf(reading);
  // Of a clock that awaited its rule this is the first date that anybody was told.
  const first = awaitsRule(clock) ? { rule: reading.rule, promised: due } : {};
  const undetermined = reading.undetermined ?? null;
  return { ...clock, ...inputs, ...first, calendar, due, strict, undetermined, state };
}

function stateOf({ due, undetermined }: ClockReading): ClockState {
  if (undetermined !== undefined) return 'undetermined';
  return due === null ? 'suspended' : 'running';
}

/** It stops once: what is entered again later changes nothing. What ran out may turn out to have been done in time. */
function completed(clock: Clock, completion: Completion): Clock {
  if (!isOpen(clock) && clock.state !== 'expired') return clock;
  return { ...clock, state: 'completed', completion };
}

function completionOf({ occurredAt, recordedAt, actor }: ClockEvent, isImported = false): Completion {
  return { occurredAt, recordedAt, by: actor.id, verified: false, isImported };
}
