import type { WorkingCalendar } from '#calendar';
import {
  deadlineKey,
  deadlinesView,
  momentsOf,
  planFor,
  sourceOf,
  type DeadlineDocument,
  type ReminderPolicy,
} from '#deadlines';
import { addDays, epochDay, epochDayOf, formatInstant, localDateOf, startOfDay, type Instant } from '#kernel';
import { viewRow, type AnyViewRow } from '#service';
import type { AlertPolicy } from './alert-policy.ts';
import { ALERT_ROLES, inState, STATES, withinRegion } from './alerts.module.ts';

export const DEADLINE_ALERT_KINDS = [
  /** 期限预警: any other deadline, amber, red, due or overdue. */
  'deadline',
  /** 六十日届满应终止调解 (T-42). */
  'termination-due',
  /** 逾期未履行调解协议. */
  'performance-overdue',
  /** 司法确认申请期将满. */
  'confirmation-closing',
  /** 逾期未公示. */
  'publicity-missing',
  /** 鉴定久未完成 (T-08), and whatever else lets a clock stand still. */
  'appraisal-open',
  'standstill',
] as const;
export type DeadlineAlertKind = (typeof DEADLINE_ALERT_KINDS)[number];

export interface RaisedDeadline {
  readonly kind: DeadlineAlertKind;
  /** `amber`, `red`, `due`, `overdue`, `standstill`, `closing`. */
  readonly level: string;
  /** Since when it is an alert. */
  readonly since: string;
  readonly rule: object;
}

export interface DeadlinePolicies {
  readonly alerts: AlertPolicy;
  readonly reminders: ReminderPolicy;
}

/** Streams and clocks that have a kind of their own; of the rest the clock's name says what it is. */
const TERMINATION = { collection: 'complaints', clock: 'mediation' };
const PERFORMANCE = { collection: 'mediations', clock: 'performance' };
const CONFIRMATION = { collection: 'judicial-confirmations', clock: 'application' };
const PUBLICITY = { collection: 'publications', clock: 'publication' };
const APPRAISED = ['complaints', 'mediations'];

/** What an open clock is an alert of at a moment: a pure reading of the clock by the levels of the reminders; undefined for none. */
export function deadlineAlertAt(
  doc: DeadlineDocument,
  now: Instant,
  policies: DeadlinePolicies,
  calendar: WorkingCalendar,
): RaisedDeadline | undefined {
  const { clock } = doc;
  // Imported history is nobody's to hurry.
  if (clock.isImported) return undefined;
  if (clock.state === 'suspended') return standing(doc, now, policies.reminders);
  if (clock.state !== 'running' || clock.due === null || clock.strict === null) return undefined;
  if (clock.isRight) return is(doc, CONFIRMATION) ? closing(clock.due, now, policies.alerts) : undefined;
  const { due, strict } = clock;
  const passed = momentsOf({ clockName: doc.clockName, due, strict }, policies.reminders, calendar).filter(
    ({ at }) => at <= now,
  );
  const last = passed.at(-1);
  if (last === undefined) return undefined;
  const { offsets, source } = planFor(doc.clockName, policies.reminders);
  const rule = { name: 'reminders', level: last.level, ...offsets[last.level], source };
  return { kind: kindOf(doc, last.level), level: last.level, since: formatInstant(last.at), rule };
}

function kindOf(doc: DeadlineDocument, level: string): DeadlineAlertKind {
  if (is(doc, TERMINATION)) return 'termination-due';
  if (level === 'overdue' && is(doc, PERFORMANCE)) return 'performance-overdue';
  return level === 'overdue' && is(doc, PUBLICITY) ? 'publicity-missing' : 'deadline';
}

function is({ collection, clockName }: DeadlineDocument, one: { collection: string; clock: string }): boolean {
  return collection === one.collection && clockName === one.clock;
}

/** A right that is not used lapses: said before it does. */
function closing(due: string, now: Instant, { confirmationClosing }: AlertPolicy): RaisedDeadline | undefined {
  if (!confirmationClosing.enabled) return undefined;
  const today = localDateOf(now);
  const from = addDays(due, -confirmationClosing.days);
  if (today < from || today > due) return undefined;
  const rule = { name: 'confirmationClosing', ...confirmationClosing };
  return { kind: 'confirmation-closing', level: 'closing', since: formatInstant(startOfDay(from)), rule };
}

function standing(doc: DeadlineDocument, now: Instant, { standstill }: ReminderPolicy): RaisedDeadline | undefined {
  const since = doc.standsSince;
  // From the moment at which the reminder is due.
  if (since === null || epochDayOf(now) - epochDay(since) < standstill.days) return undefined;
  const rule = { name: 'standstill', ...standstill };
  const kind = APPRAISED.includes(doc.collection) ? 'appraisal-open' : 'standstill';
  const from = startOfDay(addDays(since, standstill.days));
  return { kind, level: 'standstill', since: formatInstant(from), rule };
}

export const DEADLINE_ID = 'deadline:';

/** Alerts that rest on open clocks, the most urgent first. */
export const deadlineAlertsRow = (policies: DeadlinePolicies): AnyViewRow =>
  viewRow<DeadlineDocument>({
    projection: deadlinesView,
    filters: { of: 'objectId', respondentUscc: 'respondentUscc' },
    narrowings: {
      state: {
        description: 'raised: what is an alert now; all: what is watched',
        values: STATES,
        of: (state, now, lawOf) =>
          inState(state, (doc) => deadlineAlertAt(doc, now, policies, lawOf(null).calendar) !== undefined),
      },
      kind: {
        description: DEADLINE_ALERT_KINDS.join(', '),
        of: (kind, now, lawOf) => ({
          isShown: (doc) => (deadlineAlertAt(doc, now, policies, lawOf(null).calendar)?.kind ?? 'deadline') === kind,
        }),
      },
      region: { description: 'a region code: the region and those within it', of: withinRegion },
    },
    sort: { field: 'dueBy', order: 'asc' },
    roles: ALERT_ROLES,
    summary: `Alerts by open deadlines: ${DEADLINE_ALERT_KINDS.join(', ')}`,
    scopeOf: ({ region, respondentUscc }) => ({ region, subject: respondentUscc }),
    readersOf: ({ object }) => sourceOf(object)?.readers,
    streamsOf: ({ object }, key) => [object, `reminder-${key}`],
    answer: (doc, { now, lawOf }) => {
      const { object, clockName, objectId, collection, disputeId, holder, region, respondentUscc, clock } = doc;
      const raised = deadlineAlertAt(doc, now, policies, lawOf(null).calendar);
      return {
        id: `${DEADLINE_ID}${deadlineKey(object, clockName)}`,
        kind: 'deadline' satisfies DeadlineAlertKind,
        of: objectId,
        ...{ region, respondentUscc, holder, disputeId },
        clock: { name: clockName, ruleVersion: clock.rule, from: clock.from, due: clock.due, strictDue: clock.strict },
        lastOn: clock.due ?? doc.standsSince,
        state: raised === undefined ? 'watched' : 'raised',
        objects: [objectId],
        deadline: `/v1/deadlines/${encodeURIComponent(deadlineKey(object, clockName))}`,
        collection,
        ...raised,
      };
    },
  });
