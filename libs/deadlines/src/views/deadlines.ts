import { addDays, formatInstant, idOf, startOfDay, type LocalDate, type RecordedEvent } from '#kernel';
import { evolveClock, isOpen, type Clock, type ClockChange } from '#law';
import type { Projection } from '#read-models';
import { standsSince } from '../decide.ts';
import { reminderSchemas, type RecordedReminderEvent, type ReminderLevel } from '../events.ts';
import { clockSources, endingCommands, sourceOf } from '../sources.ts';

/**
 * One open clock of one object. What was met, ran out or was superseded is not here but with its object: the list stays as
 * long as the work that lies ahead. Key: `{stream of the object}:{clock}`.
 */
export interface DeadlineDocument {
  /** Stream, collection and id of the object. */
  readonly object: string;
  readonly collection: string;
  readonly objectId: string;
  readonly clockName: string;
  readonly clock: Clock;
  /** Dispute it belongs to, where it was known when the clock opened. */
  readonly disputeId: string | null;
  /** When the log learned of the clock, ISO 8601 UTC. */
  readonly enteredAt: string;
  readonly holder: string | null;
  readonly region: string | null;
  readonly respondentUscc: string | null;
  /** State of the clock. */
  readonly state: Clock['state'];
  /** ISO 8601 UTC: first moment that is too late. Null without a date. */
  readonly dueBy: string | null;
  /** The same of the date that was not rolled. */
  readonly strictBy: string | null;
  /** Since when it stands still. */
  readonly standsSince: LocalDate | null;
  /**
   * What a process has to look after: `waiting` until it was reminded of as overdue, `standing` until the alarm of a
   * standstill; null when nobody is to be reminded.
   */
  readonly attention: 'waiting' | 'standing' | null;
  /** Reminders of the date as it stands. */
  readonly reminded: readonly { readonly level: ReminderLevel; readonly at: string }[];
  /** The date (or first day of a standstill) that they are of. */
  readonly remindedOf: string | null;
}

export const deadlinesView: Projection<DeadlineDocument> = {
  name: 'deadlines',
  version: 1,
  types: [...clockSources.flatMap(({ types }) => types), ...Object.keys(reminderSchemas)],
  keys: (event) => {
    if (event.type === 'DeadlineReminderIssued') return [idOf(event.stream)];
    const names = changesOf(event).map(clockNameOf);
    return [...new Set(names)].map((name) => deadlineKey(event.stream, name));
  },
  evolve: (doc, event, key) => evolve(doc, event, key),
  indexes: {
    byState: ['state', 'dueBy'],
    byHolder: ['holder', 'dueBy'],
    byObject: ['object', 'dueBy'],
    byAttention: ['attention', 'clockName', 'strictBy'],
    byStandstill: ['attention', 'standsSince'],
  },
};

/** `complaint-01J…:mediation` */
export function deadlineKey(stream: string, clock: string): string {
  return `${stream}:${clock}`;
}

function evolve(doc: DeadlineDocument | undefined, event: RecordedEvent, key: string): DeadlineDocument | null {
  if (event.type === 'DeadlineReminderIssued') {
    return doc === undefined ? null : reminded(doc, event as unknown as RecordedReminderEvent);
  }
  let clock = doc?.clock;
  const name = key.slice(event.stream.length + 1);
  let opened = false;
  for (const change of changesOf(event)) {
    if (clockNameOf(change) !== name) continue;
    opened ||= change.change === 'opened';
    clock = evolveClock(clock, change, event);
  }
  if (clock === undefined || !isOpen(clock)) return null;
  const known = opened || doc === undefined ? introduced(event, name) : doc;
  return standing(known, clock);
}

function introduced(event: RecordedEvent, clockName: string): Omit<DeadlineDocument, keyof Standing> {
  const source = sourceOf(event.stream)!;
  return {
    object: event.stream,
    collection: source.collection,
    objectId: idOf(event.stream),
    clockName,
    disputeId: event.correlationId,
    enteredAt: formatInstant(event.recordedAt),
    ...source.holderOf(event),
    reminded: [],
    remindedOf: null,
  };
}

type Standing = Pick<DeadlineDocument, 'clock' | 'state' | 'dueBy' | 'strictBy' | 'standsSince' | 'attention'>;

function standing(known: Omit<DeadlineDocument, keyof Standing>, clock: Clock): DeadlineDocument {
  const since = standsSince(clock);
  const doc = {
    ...known,
    clock,
    state: clock.state,
    dueBy: endOf(clock.due),
    strictBy: endOf(clock.strict),
    standsSince: since,
  };
  // A date that has moved is another one, of which nobody has been reminded.
  const date = since ?? clock.due;
  const reminders = date === known.remindedOf ? known.reminded : [];
  return { ...doc, reminded: reminders, remindedOf: date, attention: attentionFor(clock, reminders) };
}

function attentionFor(
  { clock, state, isRight, isImported }: Clock,
  given: DeadlineDocument['reminded'],
): DeadlineDocument['attention'] {
  // Of a right nobody is reminded, unless something follows where it is not used.
  if (isImported || (isRight && !endingCommands.has(clock))) return null;
  const was = (level: ReminderLevel) => given.some((one) => one.level === level);
  if (state === 'running') return was('overdue') ? null : 'waiting';
  return state === 'suspended' && !was('standstill') ? 'standing' : null;
}

function reminded(doc: DeadlineDocument, { data, occurredAt }: RecordedReminderEvent): DeadlineDocument {
  if (data.date !== doc.remindedOf) return doc;
  const given = [...doc.reminded, { level: data.level, at: formatInstant(occurredAt) }];
  return { ...doc, reminded: given, attention: attentionFor(doc.clock, given) };
}

/** First moment that is too late, of a last day; of a last moment that moment itself, as one cannot be nearer to it. */
function endOf(date: string | null): string | null {
  if (date === null || date.includes('T')) return date;
  return formatInstant(startOfDay(addDays(date, 1)));
}

function changesOf(event: RecordedEvent): readonly ClockChange[] {
  return sourceOf(event.stream)?.changesOf(event) ?? [];
}

function clockNameOf(change: ClockChange): string {
  return 'reading' in change ? change.reading.clock : change.clock;
}
