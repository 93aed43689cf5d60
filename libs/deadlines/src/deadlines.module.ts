import { formatInstant, parseInstant, parseLocalDate, startOfDay, type Instant } from '#kernel';
import { regions } from '#regions';
import {
  clockAnswer,
  commandRow,
  standingOf,
  viewRow,
  type AnswerMoment,
  type ContextTable,
  type Narrowed,
} from '#service';
import { IssueReminder, RecordRecomputation } from './commands.ts';
import { issueReminder, recordRecomputation, type ReadBy, type ReminderReads } from './decide.ts';
import {
  recomputationSchemas,
  reminderSchemas,
  type RecomputationEvents,
  type RecordedReminderEvent,
} from './events.ts';
import { evolve, initial, type Reminders } from './reminders.ts';
import { evolveClocksOf, noClocks, sourceOf } from './sources.ts';
import { deadlinesView, type DeadlineDocument } from './views/deadlines.ts';

/** Open deadlines of all procedures, and the reminders of each: `GET /v1/deadlines`. */
export const deadlinesTable: ContextTable<Reminders> = {
  collection: 'deadlines',
  category: 'reminder',
  title: 'open deadline',
  schemas: reminderSchemas,
  initial,
  evolve: (state, event) => evolve(state, event as RecordedReminderEvent),
  scopeOf: () => ({ region: null, subject: null }),
  commands: [],
  processCommands: [
    commandRow<IssueReminder, Reminders, ReminderReads>({
      action: 'issue-reminder',
      command: IssueReminder,
      decide: issueReminder,
      roles: [],
      summary: 'Remind of a deadline when its moment has come',
      creates: true,
      correlation: ({ disputeId }) => disputeId,
      reads: { clocks: { stream: ({ object }) => object, initial: noClocks, evolve: evolveClocksOf } },
    }),
  ],
  views: [
    viewRow<DeadlineDocument>({
      projection: deadlinesView,
      filters: { holder: 'holder', clock: 'clockName', object: 'object' },
      narrowings: {
        state: {
          description: 'due (still to be met), overdue, suspended or undetermined (its date cannot be told)',
          values: ['due', 'overdue', 'suspended', 'undetermined'],
          of: inState,
        },
        region: { description: 'a region code: the region and those within it', of: withinRegion },
        before: {
          description: 'a local date or an instant: what ends before it, the last day itself included in the day',
          of: endsBefore,
        },
      },
      sort: { field: 'dueBy', order: 'asc' },
      roles: ['hotline', 'officer', 'mediator', 'merchant', 'enforcement', 'programme-office', 'auditor'],
      summary: 'Open deadlines, the most urgent first; those without a date before them',
      scopeOf: ({ region, respondentUscc }) => ({ region, subject: respondentUscc }),
      readersOf: ({ object }) => sourceOf(object)?.readers,
      isGuardedDocument: ({ object }) => sourceOf(object)?.isOfReports === true,
      streamsOf: ({ object }, key) => [object, `reminder-${key}`],
      answer: answered,
    }),
  ],
};

/** Where it is kept by which version of the calendar all open deadlines read; no route shows it. */
export const recomputationTable: ContextTable<ReadBy> = {
  collection: 'recomputations',
  category: 'recomputation',
  title: 'recomputation',
  schemas: recomputationSchemas,
  initial: { calendar: null, rules: '' },
  evolve: (_, event) => ({ rules: '', ...(event.data as RecomputationEvents['OpenDeadlinesRecomputed']) }),
  scopeOf: () => ({ region: null, subject: null }),
  commands: [],
  processCommands: [
    commandRow<RecordRecomputation, ReadBy>({
      action: 'record',
      command: RecordRecomputation,
      decide: recordRecomputation,
      roles: [],
      summary: 'All open deadlines read by another version of the calendar now',
      creates: true,
    }),
  ],
  views: [],
};

function inState(state: string, now: Instant): Narrowed<DeadlineDocument> | undefined {
  const at = formatInstant(now);
  switch (state) {
    case 'due':
      return { where: { state: 'running' }, range: { from: at } };
    case 'overdue':
      // A right that was not used is over, and nobody is late with it.
      return {
        where: { state: 'running' },
        range: { to: at },
        isShown: ({ clock }) => standingOf(clock, now) === 'overdue',
      };
    case 'suspended':
    case 'undetermined':
      return { where: { state } };
    default:
      return undefined;
  }
}

function withinRegion(code: string): Narrowed<DeadlineDocument> | undefined {
  if (!/^\d{6,12}$/.test(code)) return undefined;
  return { isShown: ({ region }) => region !== null && regions.covers(code, region) };
}

/** `before=2026-03-02` is what ends on 2026-03-01 at 24:00 or earlier. */
function endsBefore(text: string): Narrowed<DeadlineDocument> | undefined {
  const day = parseLocalDate(text);
  const instant = day === undefined ? parseInstant(text) : startOfDay(day);
  // `dueBy` is the first moment that is too late: what ends at the moment itself ends before it.
  return instant === undefined ? undefined : { range: { to: formatInstant(instant + 1) } };
}

function answered(doc: DeadlineDocument, moment: AnswerMoment): object {
  const { collection, objectId, disputeId, holder, region, respondentUscc, standsSince, reminded, dueBy } = doc;
  const place = { collection, objectId, disputeId, holder, region, respondentUscc };
  return { ...place, ...clockAnswer(doc.clock, moment), endsAt: dueBy, standsSince, reminded };
}
