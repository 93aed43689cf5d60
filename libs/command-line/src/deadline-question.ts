import { dayOf, ROLL_POLICIES, type RollPolicy, type WorkingCalendar } from '#calendar';
import { Failure, parseInstant, parseLocalDate, type Instant, type LocalDate } from '#kernel';
import type { DeadlineQuestion, Extension, Suspension } from '#law';
import type { Question } from './answer-lines.ts';

/** Fields of a question about a deadline, as a line of NDJSON has them. */
export const DEADLINE_FIELDS = ['rule', 'from', 'suspend', 'extend', 'roll', 'asOfRules', 'reading'];

export type AskedDeadline = Omit<DeadlineQuestion, 'calendar' | 'rules'> & { readonly rule: string };

/** One question in JSON; `null` is as good as absent. Throws `UNKNOWN_FIELD`, `MISSING_FIELD`, `INVALID_FIELD`. */
export function deadlineQuestion(question: Question, calendar: WorkingCalendar): AskedDeadline {
  const unknown = Object.keys(question).find((field) => !DEADLINE_FIELDS.includes(field));
  if (unknown !== undefined) {
    throw new Failure('UNKNOWN_FIELD', `${unknown} is none of ${DEADLINE_FIELDS.join(', ')}`);
  }
  const missing = ['rule', 'from'].find((field) => question[field] == null);
  if (missing !== undefined) throw new Failure('MISSING_FIELD', `${missing} is missing`);
  const { rule, from, suspend, extend, roll, asOfRules, reading } = question;
  return {
    rule: textOf('rule', rule),
    from: timeOf('from', from),
    suspensions: listOf('suspend', suspend).map((span) => suspensionOf(span, calendar)),
    extensions: grantsOf(extend).map((grant) => extensionOf(grant, calendar)),
    roll: roll == null ? undefined : rollOf(roll),
    asOfRules: asOfRules == null ? undefined : dayAt('asOfRules', asOfRules, calendar),
    reading: reading == null ? undefined : textOf('reading', reading),
  };
}

function suspensionOf(span: unknown, calendar: WorkingCalendar): Suspension {
  if (!Array.isArray(span) || span.length < 2 || span.length > 3) {
    throw invalid('suspend', 'must be a list of pairs [from, to]; to may be null, and a reason may follow');
  }
  const [from, to, reason] = span as unknown[];
  return {
    from: dayAt('suspend', from, calendar),
    to: to === null ? null : dayAt('suspend', to, calendar),
    reason: reason == null ? undefined : textOf('suspend', reason),
  };
}

/** The day of the grant, or `{ grantedOn, by }` with how much of the unit was granted. */
function extensionOf(grant: unknown, calendar: WorkingCalendar): Extension {
  if (typeof grant !== 'object' || grant === null) return { grantedOn: dayAt('extend', grant, calendar) };
  const { grantedOn, by, ...rest } = grant as Record<string, unknown>;
  if (Object.keys(rest).length > 0) throw invalid('extend', 'must be a day, or { grantedOn, by }');
  if (by !== undefined && typeof by !== 'number') throw invalid('extend', 'by must be a number');
  return { grantedOn: dayAt('extend', grantedOn, calendar), by };
}

/** One grant, or a list of them. */
function grantsOf(extend: unknown): readonly unknown[] {
  if (extend == null) return [];
  return Array.isArray(extend) ? extend : [extend];
}

function rollOf(roll: unknown): RollPolicy {
  const policy = ROLL_POLICIES.find((one) => one === roll);
  if (policy === undefined) throw invalid('roll', `must be one of ${ROLL_POLICIES.join(', ')}`);
  return policy;
}

function listOf(field: string, value: unknown): readonly unknown[] {
  if (value == null) return [];
  if (!Array.isArray(value)) throw invalid(field, 'must be a list');
  return value;
}

function textOf(field: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') throw invalid(field, 'must be a text');
  return value;
}

function timeOf(field: string, value: unknown): Instant | LocalDate {
  const text = typeof value === 'string' ? value : '';
  const time = parseLocalDate(text) ?? parseInstant(text);
  if (time === undefined) throw invalid(field, 'must be a day YYYY-MM-DD or an instant with an offset');
  return time;
}

/** A legal day; of an instant the day on which it falls. */
function dayAt(field: string, value: unknown, calendar: WorkingCalendar): LocalDate {
  const time = timeOf(field, value);
  return typeof time === 'string' ? time : dayOf(calendar, time);
}

function invalid(field: string, what: string): Failure {
  return new Failure('INVALID_FIELD', `${field} ${what}`);
}
