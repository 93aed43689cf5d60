import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, formatInstant, givenContext, isRefusal, localDateOf, recorded, type Instant } from '#kernel';
import { isBy, isOpen, timelinessOf, type Clock, type Clocks } from '#law';
import * as decide from './decide.ts';
import { workOrderSchemas, type RecordedWorkOrderEvent, type WorkOrderEvent } from './events.ts';
import type { RecordCallback } from './commands.ts';
import { DISPUTE, law, lawBy, OTHER_DISPUTE, shanghai, YUECHENG, ZICHUAN, type Given } from './testing/history.ts';
import { workOrders, type WorkOrderDocument } from './views/work-orders.ts';
import { evolve, initial, type WorkOrder } from './work-order.ts';

const HOUR = 3_600_000;
/** Labour Day of 2026 lies ahead, and is known from the notice; an amendment reads the clocks as if it were not. */
const START = shanghai('2026-04-27');
const ACTIONS = [
  'register',
  'resolve-conflict',
  'classify',
  'split',
  'link-complaint',
  'link-report',
  'redirect',
  'suspect-duplicate',
  'dismiss-duplicate',
  'link-to-dispute',
  'dispatch',
  'return',
  'request-extension',
  'grant-extension',
  'refuse-extension',
  'reply',
  'close',
  'record-callback',
  'reopen',
  'verify-late-entry',
  'amend-deadline',
] as const;
type Action = (typeof ACTIONS)[number];

/** What people mostly do with a work order that stands so. */
const USUAL: Readonly<Record<WorkOrder['status'], readonly Action[]>> = {
  empty: ['register'],
  received: ['classify', 'classify', 'classify', 'register'],
  classified: [
    ...(['dispatch', 'dispatch', 'dispatch', 'dispatch', 'dispatch', 'link-to-dispute', 'link-to-dispute'] as const),
    ...(['split', 'suspect-duplicate', 'redirect', 'link-complaint'] as const),
  ],
  dispatched: [
    ...([
      'request-extension',
      'request-extension',
      'request-extension',
      'request-extension',
      'reply',
      'return',
      'amend-deadline',
    ] as const),
    ...(['register', 'resolve-conflict', 'link-report', 'split'] as const),
  ],
  returned: ['dispatch', 'verify-late-entry', 'close', 'dismiss-duplicate', 'classify'],
  redirected: ['dispatch', 'redirect', 'classify', 'register'],
  replied: ['verify-late-entry', 'verify-late-entry', 'close', 'close', 'amend-deadline', 'record-callback'],
  closed: ['verify-late-entry', 'close', 'record-callback', 'reopen', 'reopen', 'register'],
};
const EXTENDED: readonly Action[] = ['request-extension', 'request-extension', 'reply', 'return', 'amend-deadline'];
const UNDECIDED: readonly Action[] = ['grant-extension', 'grant-extension', 'refuse-extension', 'reply'];

const step = fc.record({
  isUsual: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
  choice: fc.nat({ max: 1_000 }),
  hours: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 30 }) }, fc.integer({ min: 0, max: 200 })),
  /** Percentage of the time since the step before by which it is said to have happened earlier. */
  backdated: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 120 })),
  by: fc.constantFrom('officer-1', 'officer-1', 'hotline-1', 'hotline-1', 'hotline-2', 'process-1'),
  region: fc.constantFrom(ZICHUAN, ZICHUAN, YUECHENG),
  /** Hours until the channel's own date. */
  due: fc.option(fc.integer({ min: -5, max: 200 }), { freq: 2, nil: undefined }),
  isFitting: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)),
  workingDays: fc.option(fc.integer({ min: 1, max: 20 }), { freq: 2, nil: undefined }),
  classification: fc.constantFrom('report', 'report', 'other', 'consultation', 'mixed', 'complaint'),
  /** Which content the channel pushes, what number of conflict is meant, what dispute. */
  content: fc.constantFrom('a', 'a', 'b', 'c'),
  number: fc.integer({ min: 1, max: 3 }),
  keep: fc.constantFrom('recorded', 'pushed'),
  dispute: fc.constantFrom(DISPUTE, DISPUTE, OTHER_DISPUTE),
  answer: fc.constantFrom('satisfied', 'dissatisfied', undefined),
  isImport: fc.boolean(),
  clock: fc.constantFrom('handling', 'handling', 'return', 'other'),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

interface Moment {
  readonly now: Instant;
  readonly occurredAt: Instant;
}

function actionOf({ isUsual, choice }: Step, state: WorkOrder): Action {
  return among(!isUsual ? ACTIONS : usual(state), choice);
}

function usual(state: WorkOrder): readonly Action[] {
  if (state.status !== 'dispatched') return USUAL[state.status];
  if (state.extension !== null) return UNDECIDED;
  return state.clocks['handling']?.extensions.length === 1 ? EXTENDED : USUAL.dispatched;
}

function among<One>(choices: readonly One[], choice: number): One {
  return choices[choice % choices.length]!;
}

function decided(taken: Step, state: WorkOrder, { now, occurredAt }: Moment) {
  const context = givenContext(
    {},
    {
      now,
      occurredAt,
      today: localDateOf(occurredAt),
      actor: { id: taken.by, role: taken.by.split('-')[0]! },
      payloadDigest: taken.content,
      persons: { note: { personId: 'N', tokens: {} }, complainant: { personId: 'P', tokens: { name: taken.content } } },
    },
  );
  const knowing = { ...context, reads: { dispute: { mergedInto: null } as const } };
  const procedure = { disputeId: taken.dispute, workOrderId: null };
  const dueAt = taken.due === undefined ? {} : { dueAt: formatInstant(occurredAt + taken.due * HOUR) };
  const workingDays = taken.workingDays === undefined ? {} : { workingDays: taken.workingDays };
  switch (actionOf(taken, state)) {
    case 'register': {
      const importBatch = taken.isImport ? { importBatch: 'b' } : {};
      const ticket = { channel: '12345', externalNo: '1', receivedAt: formatInstant(occurredAt) };
      return decide.registerWorkOrder({ ...ticket, ...dueAt, ...importBatch }, state, context, law);
    }
    case 'resolve-conflict':
      return decide.resolveConflict({ conflict: taken.number, keep: taken.keep }, state, context);
    case 'split':
      return decide.splitWorkOrder({}, state, context);
    case 'link-complaint':
      return decide.linkComplaint({ complaintId: taken.dispute }, state, { ...context, reads: { procedure } });
    case 'link-report':
      return decide.linkReport({ reportId: taken.dispute }, state, { ...context, reads: { procedure } });
    case 'redirect':
      return decide.redirectWorkOrder({ route: 'petition' }, state, context);
    case 'suspect-duplicate':
      return decide.suspectDuplicate({ of: taken.dispute, likeness: 80, reasons: ['like-text'] }, state, knowing);
    case 'dismiss-duplicate':
      return decide.dismissDuplicate({ of: taken.dispute }, state, context);
    case 'link-to-dispute':
      return decide.linkWorkOrderToDispute({ disputeId: taken.dispute }, state, knowing);
    case 'record-callback':
      return decide.recordCallback(answerOf(taken), state, context);
    case 'reopen':
      return decide.reopenWorkOrder({ reasonCode: 'dissatisfied', ...dueAt }, state, context, law);
    case 'classify':
      return decide.classifyWorkOrder({ classification: taken.classification }, state, context);
    case 'dispatch':
      return decide.dispatchWorkOrder({ authority: 'u', handlingRegion: taken.region, ...dueAt }, state, context, law);
    case 'return':
      return decide.returnWorkOrder({ reasonCode: 'other' }, state, context);
    case 'request-extension':
      return decide.requestExtension({ note: '' }, state, context);
    case 'grant-extension':
      // Mostly in the way in which its date was set.
      return decide.grantExtension(
        (clocksOf(state)['handling']?.rule === null) === taken.isFitting ? dueAt : workingDays,
        state,
        context,
        law,
      );
    case 'refuse-extension':
      return decide.refuseExtension({}, state, context);
    case 'reply':
      return decide.replyWorkOrder({ outcome: 'handled' }, state, context);
    case 'close':
      return decide.closeWorkOrder({}, state, context);
    case 'verify-late-entry':
      return decide.verifyLateEntry({ clock: taken.clock, reason: 'other', evidence: ['e'] }, state, context);
    default:
      return decide.amendDeadline(
        { clock: taken.clock },
        state,
        context,
        lawBy({ version: 'CN-2025.1', provisional: true }),
      );
  }
}

function answerOf({ answer }: Step): RecordCallback {
  return answer === undefined
    ? { unanswered: 'not-answered' }
    : { answeredBy: 'complainant', process: answer, result: 'basically-satisfied' };
}

/** What the events of one work order come to, by its own reading of them. */
interface Told {
  readonly history: readonly RecordedWorkOrderEvent[];
  readonly state: WorkOrder;
  readonly document: WorkOrderDocument | undefined;
}

function play(steps: readonly Step[]): Set<string> {
  let now = START;
  let told: Told = { history: [], state: initial, document: undefined };
  const seen = new Set<string>();
  for (const taken of steps) {
    now += taken.hours * HOUR;
    const since = told.state.status === 'empty' ? now : told.state.since;
    const moment = { now, occurredAt: now - Math.round(((now - since) * taken.backdated) / 100) };
    const decision = decided(taken, told.state, moment);
    if (isRefusal(decision)) seen.add(decision.code);
    const events = isRefusal(decision) ? ((decision.records ?? []) as readonly WorkOrderEvent[]) : decision;
    for (const event of events) {
      const next = after(told, event, moment, taken.by);
      holds(told, next);
      told = next;
      seen.add(event.type);
    }
    for (const name of marksOf(clocksOf(told.state))) seen.add(name);
  }
  return seen;
}

function after({ history, state, document }: Told, event: WorkOrderEvent, moment: Moment, by: string): Told {
  const given = {
    stream: 'workOrder-12345-1',
    ...event,
    occurredAt: event.occurredAt ?? moment.occurredAt,
    recordedAt: moment.now,
    actor: { id: by, role: by.split('-')[0]! },
  } as Given;
  const [told] = recorded<RecordedWorkOrderEvent>([given]) as [RecordedWorkOrderEvent];
  return {
    history: [...history, told],
    state: evolve(state, told),
    document: workOrders.evolve(document, told, '12345-1')!,
  };
}

/** What the run has come across, so that it is known to have come across everything. */
function marksOf(clocks: Clocks): string[] {
  return Object.values(clocks).flatMap((clock) => [
    `${clock.clock} ${clock.state}`,
    `${clock.clock} ${timelinessOf(clock)}`,
    ...(clock.completion?.verified === true ? ['verified'] : []),
    ...(clock.extensions.length > 0 && clock.due === clock.promised ? ['extended in vain'] : []),
  ]);
}

function clocksOf(state: WorkOrder): Clocks {
  return state.status === 'empty' ? {} : state.clocks;
}

/** What must hold of every event after whatever came before it. */
function holds(before: Told, { history, state, document }: Told): void {
  const event = history.at(-1)!;
  expect(document?.status).toBe(state.status);
  expect(document?.clocks).toEqual(clocksOf(state));
  expect(Object.keys(workOrderSchemas)).toContain(event.type);
  if (event.type !== 'WorkOrderReceived') inOrder(before, event);
  runsWhereItIsHeld(state, history);
  keepsItsDate(before, state, event);
  const requests = sinceSent(before.history).filter(({ type }) => type.startsWith('WorkOrderExt'));
  decidedByAnother(requests, event);
  keepsEveryContent(state, history);
  partsWhatIsMixed(state, event);
  staysRedirected(before, event);
  tellsItsAge(document!, state, history);
}

/** Each content that was refused is on record once, and the one that holds is the first or one that a person kept (T-27). */
function keepsEveryContent(state: WorkOrder, history: readonly RecordedWorkOrderEvent[]): void {
  if (state.status === 'empty') return;
  const { payloadDigest, conflicts } = state.content;
  const digests = history.flatMap((event) => {
    const isPush = event.type === 'WorkOrderReceived' || event.type === 'WorkOrderPayloadConflictDetected';
    return isPush ? [event.data.payloadDigest] : [];
  });
  expect(new Set(digests).size).toBe(digests.length);
  expect(conflicts.map((one) => one.payloadDigest)).toEqual(digests.slice(1));
  const kept = history.flatMap((event) =>
    event.type === 'WorkOrderPayloadConflictResolved' && event.data.keep === 'pushed' ? [event] : [],
  );
  expect(payloadDigest).toBe(kept.at(-1)?.data.payloadDigest ?? digests[0]);
}

/** A mixed letter leads to a procedure only once it was split, and never stops being what has come of it (T-16). */
function partsWhatIsMixed(state: WorkOrder, { type }: RecordedWorkOrderEvent): void {
  if (state.status === 'empty') return;
  const isLink = type === 'WorkOrderComplaintLinked' || type === 'WorkOrderReportLinked';
  if (isLink && state.classification === 'mixed') expect(state.isSplit).toBe(true);
  if (state.isSplit) expect(state.classification).toBe('mixed');
  if (state.complaintId !== null) expect(['complaint', 'mixed']).toContain(state.classification);
  if (state.reportId !== null) expect(['report', 'mixed']).toContain(state.classification);
}

/** Nobody handles any more what was shown another route. */
function staysRedirected({ state }: Told, { type }: RecordedWorkOrderEvent): void {
  if (state.status === 'redirected') expect(type).toMatch(/PayloadConflict|Duplicate|LateEntryVerified/);
}

/** Counters and intervals are those of its history, whoever had it (T-19); an answer of before is no answer of now. */
function tellsItsAge(document: WorkOrderDocument, state: WorkOrder, history: readonly RecordedWorkOrderEvent[]): void {
  const times = (...types: readonly string[]) => history.filter(({ type }) => types.includes(type)).length;
  expect([document.timesDispatched, document.timesReturned, document.timesReopened]).toEqual(
    ['WorkOrderDispatched', 'WorkOrderReturned', 'WorkOrderReopened'].map((type) => times(type)),
  );
  expect(document.earlierResults).toHaveLength(times('WorkOrderReopened'));
  expect(document.callbacks).toHaveLength(times('WorkOrderSatisfactionRecorded', 'WorkOrderCallbackUnanswered'));
  const open = document.assignments.filter(({ to }) => to === null);
  expect(open).toHaveLength(state.status === 'dispatched' ? 1 : 0);
  if (state.status !== 'closed') expect(document.satisfaction).toBeNull();
}

/** Steps follow each other; what is said about them moves nothing. */
function inOrder({ state }: Told, { type, occurredAt }: RecordedWorkOrderEvent): void {
  if (/Amended|Verified|Linked|Conflict|^Duplicate/.test(type)) return;
  expect(occurredAt).toBeGreaterThanOrEqual((state as { since: Instant }).since);
}

/** Both clocks run while a unit holds it, and neither while none does; the right only where there is one. */
function runsWhereItIsHeld(state: WorkOrder, history: readonly RecordedWorkOrderEvent[]): void {
  const { handling, return: right } = clocksOf(state);
  const isHeld = state.status === 'dispatched';
  // Imported history that names no unit has its clock all the same.
  const hasOwn = !history.some(({ type }) => type === 'WorkOrderDispatched') && handling !== undefined;
  if (handling !== undefined) expect(isOpen(handling)).toBe(isHeld || (hasOwn && !isAnswered(history)));
  if (isHeld) expect(handling).toBeDefined();
  const isShandong = isHeld && state.handlingRegion === ZICHUAN;
  expect(right !== undefined && isOpen(right)).toBe(isShandong);
  if (right !== undefined) expect(right.isRight).toBe(true);
}

function isAnswered(history: readonly RecordedWorkOrderEvent[]): boolean {
  return history.some(({ type }) => /^WorkOrder(Replied|Closed|Redirected)$/.test(type));
}

/** A date moves by a grant in time, or as the calendar was amended, and by nothing else (T-09). */
function keepsItsDate(before: Told, state: WorkOrder, event: RecordedWorkOrderEvent): void {
  const { handling: old } = clocksOf(before.state);
  const { handling } = clocksOf(state);
  if (old === undefined || handling === undefined || opensAnew(event)) return;
  if (event.type === 'WorkOrderDeadlineAmended') return;
  if (event.type !== 'WorkOrderExtensionGranted') return expect(handling.due).toBe(old.due);
  expect(isBy(old.due!, event.occurredAt)).toBe(true);
  expect(handling.promised).toBe(old.promised);
  if (isGuessed(old)) return;
  if (!isBy(old.due!, event.recordedAt)) return expect(handling.due).toBe(old.due);
  if (handling.rule === null) return expect(handling.due! > old.due!).toBe(true);
  expect(event.data.by).toBeLessThanOrEqual(10);
  expect(handling.extensions).toHaveLength(1);
  expect(handling.due).toBe(daysAfter(old.due!, event.data.by!));
}

/** Read by the calendar that knows no notice, while a grant is read by the one that does: its date is another before it is moved. */
function isGuessed({ calendar }: Clock): boolean {
  return calendar?.includes('PROVISIONAL') === true;
}

/** Working days counted one after the other. */
function daysAfter(day: string, count: number): string {
  let at = day;
  for (let left = count; left > 0;) {
    at = addDays(at, 1);
    if (law.calendar.isWorkingDay(at)) left--;
  }
  return at;
}

/** Asked by one, decided by another, one at a time. */
function decidedByAnother(requests: readonly RecordedWorkOrderEvent[], { type, actor }: RecordedWorkOrderEvent): void {
  const last = requests.at(-1);
  switch (type) {
    case 'WorkOrderExtensionRequested':
      expect(last?.type).not.toBe('WorkOrderExtensionRequested');
      break;
    case 'WorkOrderExtensionGranted':
      expect(actor.id).not.toBe(last?.actor.id);
      expect(actor.role).toBe('hotline');
      expect(last?.type).toBe('WorkOrderExtensionRequested');
      break;
    case 'WorkOrderExtensionRefused':
      expect(actor.role).toBe('hotline');
      expect(last?.type).toBe('WorkOrderExtensionRequested');
      break;
    default:
      break;
  }
}

function opensAnew({ type }: RecordedWorkOrderEvent): boolean {
  return type === 'WorkOrderDispatched' || type === 'WorkOrderReopened';
}

function sinceSent(history: readonly RecordedWorkOrderEvent[]): readonly RecordedWorkOrderEvent[] {
  return history.slice(history.findLastIndex(opensAnew) + 1);
}

describe('any sequence of commands', () => {
  it('keeps both clocks with who holds it, and moves a date only by a grant in time of somebody else', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }), (steps) => {
        for (const name of play(steps)) seen.add(name);
      }),
      { numRuns: 1_500, seed: 20_260_427 },
    );
    // The sequences really got everywhere: otherwise the property above would prove nothing.
    const everywhere = [
      ...Object.keys(workOrderSchemas),
      ...[
        'handling running',
        'handling undetermined',
        'handling completed',
        'handling superseded',
        'return superseded',
      ],
      ...['handling late', 'handling backdated', 'handling in-time', 'return in-time', 'verified', 'extended in vain'],
      ...['EXTENSION_TOO_LATE', 'EXTENSION_TOO_LONG', 'EXTENSION_NOT_ALLOWED', 'EXTENSION_ALREADY_REQUESTED'],
      ...['NO_EXTENSION_REQUESTED', 'DEADLINE_UNDETERMINED', 'HUMAN_DECISION_REQUIRED', 'SECOND_PERSON_REQUIRED'],
      ...['DUE_AT_REQUIRED', 'DUE_AT_NOT_APPLICABLE', 'WORKING_DAYS_NOT_APPLICABLE', 'DUE_NOT_LATER'],
      ...['WORK_ORDER_PAYLOAD_CONFLICT', 'UNKNOWN_CONFLICT', 'CONFLICT_ALREADY_RESOLVED', 'WORK_ORDER_NOT_SPLIT'],
      ...['WORK_ORDER_ALREADY_SPLIT', 'PROCEDURE_ALREADY_OPENED', 'WORK_ORDER_REDIRECTED', 'WORK_ORDER_TO_BE_HANDLED'],
      ...['DUPLICATE_NOT_SUSPECTED', 'DUPLICATE_CONFIRMED', 'WORK_ORDER_NOT_CLOSED', 'DUE_BEFORE_REOPENING'],
      ...['NOT_BACKDATED', 'UNKNOWN_CLOCK', 'OCCURRED_BEFORE_PREVIOUS_STEP', 'WORK_ORDER_CLOSED'],
    ];
    expect(everywhere.filter((name) => !seen.has(name))).toEqual([]);
  });
});
