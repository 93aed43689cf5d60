import type { Decide } from '#kernel';
import { isOpen, type Clocks } from '#law';
import type { IssueReminder, RecordRecomputation } from './commands.ts';
import type { RecomputationEvents, ReminderEvent } from './events.ts';
import type { Reminders } from './reminders.ts';

/** The clocks of the object, as its own stream says: a view may be behind it. */
export interface ReminderReads {
  readonly clocks: Clocks | undefined;
}

/** Reminds once of each date and level, and of nothing that was met or moved meanwhile. */
export const issueReminder: Decide<IssueReminder, Reminders, ReminderEvent, ReminderReads> = (
  { object, clock, level, date, holder, region, respondentUscc },
  state,
  { reads },
) => {
  const known = reads.clocks?.[clock];
  if (known === undefined || !isOpen(known)) return [];
  const stands = level === 'standstill' ? standsSince(known) : known.due;
  if (stands !== date || (state.date === date && state.levels.includes(level))) return [];
  const { rule } = known;
  return [
    {
      type: 'DeadlineReminderIssued',
      data: { object, clock, level, date, rule, holder, region, respondentUscc },
      ...(rule === null ? {} : { ruleVersion: rule }),
    },
  ];
};

/** First day of the standstill that has lasted longest; null when the clock runs. */
export function standsSince({ state, suspensions }: Clocks[string]): string | null {
  if (state !== 'suspended') return null;
  const open = suspensions.filter(({ to }) => to === null).map(({ from }) => from);
  return open.sort()[0] ?? null;
}

type RecomputationEvent = {
  readonly type: 'OpenDeadlinesRecomputed';
  readonly data: RecomputationEvents['OpenDeadlinesRecomputed'];
};

export interface ReadBy {
  readonly calendar: string | null;
  readonly rules: string;
}

export const recordRecomputation: Decide<RecordRecomputation, ReadBy, RecomputationEvent> = (
  { calendar, rules, open, amended },
  state,
) =>
  state.calendar === calendar && state.rules === rules
    ? []
    : [{ type: 'OpenDeadlinesRecomputed', data: { calendar, ...(rules === '' ? {} : { rules }), open, amended } }];
