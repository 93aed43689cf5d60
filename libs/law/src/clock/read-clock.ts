import { Failure, localDateOf, type Instant, type LocalDate } from '#kernel';
import { deadline, type Deadline } from '../deadline.ts';
import type { Extension } from '../extension.ts';
import type { Law } from '../law.ts';
import type { SelectedRule } from '../rule-book.ts';
import { ruleVersionName } from '../rule.ts';
import type { Clock, ClockReading, ClockSuspension } from './clock.ts';

/** What a clock's date follows from. */
export interface ClockInputs {
  readonly clock: string;
  /** By id or name, or already selected; undefined where no rule governs it. */
  readonly rule: string | SelectedRule | undefined;
  /** Start: a moment. Its legal day does not count itself. */
  readonly from: Instant | LocalDate;
  readonly suspensions?: readonly ClockSuspension[];
  readonly extensions?: readonly Extension[];
}

/** Of these the law is at fault, or is silent: the clock runs, and its date is told when it can be. */
const UNDETERMINED: readonly string[] = [
  'RULE_NOT_CONFIGURED',
  'RULE_NOT_IN_FORCE',
  'RULE_HAS_NO_PERIOD',
  'CALENDAR_MISSING',
  'DATE_OUT_OF_RANGE',
];

/**
 * The date of a clock as an event keeps it. Where the date cannot be told, but the version of the rule can, the reading names
 * the version, so that the date is told later by the same one. Throws what {@link deadline} refuses: an extension or
 * suspension that cannot be.
 */
export function readClock(inputs: ClockInputs, law: Law): ClockReading {
  const { clock } = inputs;
  let selected: SelectedRule | undefined;
  try {
    selected = selectedFor(inputs, law);
    return readingOf(clock, deadlineOf(selected, inputs, law));
  } catch (error) {
    if (!(error instanceof Failure) || !UNDETERMINED.includes(error.code)) throw error;
    const rule = selected === undefined ? null : ruleVersionName(selected.version);
    return { clock, rule, calendar: null, due: null, undetermined: error.code };
  }
}

/** The date of a clock that has been opened, by the version of the rule it was opened under, with other inputs or another calendar. */
export function readAgain(
  clock: Clock,
  law: Law,
  inputs: Partial<Pick<ClockInputs, 'suspensions' | 'extensions'>> = {},
): ClockReading {
  const { suspensions = clock.suspensions, extensions = clock.extensions } = inputs;
  return readClock(
    { clock: clock.clock, rule: ruleOf(clock, law), from: startOf(clock), suspensions, extensions },
    law,
  );
}

/** The deadline behind a clock, with its arithmetic; undefined where its date is not computed. */
export function deadlineBehind(clock: Clock, law: Law): Deadline | undefined {
  const selected = clock.undetermined === null ? ruleOf(clock, law) : undefined;
  if (selected === undefined) return undefined;
  const { suspensions, extensions } = clock;
  return deadlineOf(selected, { from: startOf(clock), suspensions, extensions }, law);
}

function selectedFor({ rule, from }: ClockInputs, { rules }: Law): SelectedRule {
  if (rule === undefined) throw new Failure('RULE_NOT_CONFIGURED', 'no rule is set');
  return typeof rule === 'string' ? rules.select(rule, { on: dayOfStart(from) }) : rule;
}

function deadlineOf(
  selected: SelectedRule,
  { from, suspensions = [], extensions = [] }: Pick<ClockInputs, 'from' | 'suspensions' | 'extensions'>,
  { calendar, rules }: Law,
): Deadline {
  const isHours = selected.version.period.unit === 'hours';
  return deadline(selected, { from: isHours ? from : dayOfStart(from), suspensions, extensions, calendar, rules });
}

function readingOf(clock: string, { ruleVersion, calendarVersion, due, rawDue }: Deadline): ClockReading {
  const reading = { clock, rule: ruleVersion, calendar: calendarVersion, due };
  return rawDue === null || rawDue === due ? reading : { ...reading, strict: rawDue };
}

/** The version by its name: one that a configuration set may be gone from it. */
function ruleOf({ clock, rule }: Clock, { rules }: Law): SelectedRule | undefined {
  if (rule === null) return undefined;
  const selected = rules.version(rule);
  if (selected === undefined) {
    throw new Failure(
      'RULE_VERSION_UNKNOWN',
      `the clock ${clock} was opened under ${rule}, which is not configured any more`,
    );
  }
  return selected;
}

function startOf({ from }: Clock): Instant | LocalDate {
  return from.includes('T') ? Date.parse(from) : from;
}

function dayOfStart(from: Instant | LocalDate): LocalDate {
  return typeof from === 'string' ? from : localDateOf(from);
}
