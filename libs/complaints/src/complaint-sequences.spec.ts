import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mainlandCalendar } from '#calendar';
import type { DecisionContext, EpochDay, Instant } from '#kernel';
import { epochDay, epochDayOf, isRefusal, localDateFromEpochDay, localDateOf, recorded } from '#kernel';
import { isOpen, type Clock, type Clocks, type Law } from '#law';
import type { ComplaintState } from './complaint.ts';
import { evolve, initial } from './complaint.ts';
import {
  accept,
  amendDeadline,
  completeAppraisal,
  conclude,
  decline,
  notifyAcceptanceDecision,
  notifyTermination,
  startAppraisal,
  verifyLateEntry,
} from './decide.ts';
import type { ComplaintEvent, ComplaintEvents, RecordedComplaintEvent } from './events.ts';
import { APPRAISAL_KINDS, COMPLAINT_RESULTS, DISQUALIFICATIONS, TERMINATION_GROUNDS } from './events.ts';
import { ago, DAY, law, receivedAt, type Given } from './testing/given-complaint.ts';
import { complaintsView, type ComplaintDocument } from './views/complaints.ts';

/** Until the notice for 2026 is taken in, on this day, its days are guessed. */
const NOTICE_ON = '2026-01-15';
const guess: Law = { ...law, calendar: mainlandCalendar({ asKnownOn: '2025-11-03', provisional: true }) };

const step = fc.record({
  action: fc.constantFrom(
    ...(['accept', 'decline', 'notify', 'start-appraisal', 'complete-appraisal'] as const),
    ...(['conclude', 'notify-termination', 'verify-late-entry', 'amend-deadline'] as const),
  ),
  role: fc.oneof(
    { weight: 5, arbitrary: fc.constant('officer') },
    { weight: 2, arbitrary: fc.constantFrom('mediator', 'administrator', 'process', 'merchant') },
  ),
  person: fc.constantFrom('key-1', 'key-2'),
  /** After the last step, when it happened. */
  days: fc.oneof(fc.integer({ min: -1, max: 5 }), fc.integer({ min: -1, max: 45 })),
  /** After that, when it was entered. */
  lateBy: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 40 })),
  result: fc.constantFrom(...COMPLAINT_RESULTS, 'terminated'),
  ground: fc.option(fc.constantFrom(...TERMINATION_GROUNDS, '23(1)(5)', '23(1)(5)'), { nil: undefined }),
  disqualification: fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    fc.constantFrom(undefined, ...DISQUALIFICATIONS),
  ),
  evidence: fc.array(fc.constant('doc-1'), { maxLength: 1 }),
  remedies: fc.array(fc.constant('arbitration'), { maxLength: 1 }),
  hasReason: fc.boolean(),
  kind: fc.constantFrom(...APPRAISAL_KINDS),
  appraisal: fc.option(fc.constantFrom('1', '2', '3'), { nil: undefined }),
  clock: fc.constantFrom('acceptance', 'mediation', 'termination-notice', 'no-such-clock'),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** A complaint with everything that happened to it, followed by its state and its document. */
interface Played {
  readonly history: readonly RecordedComplaintEvent[];
  readonly state: ComplaintState;
  readonly document: ComplaintDocument;
}

describe('any sequence of commands', () => {
  it('decides once, concludes once, and never without notice, ground and proof; each clock stops once', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }), (steps) => {
        for (const name of play(steps)) seen.add(name);
      }),
      { numRuns: 1000, seed: 20_260_304 },
    );
    // The sequences really got everywhere: otherwise the property above would prove nothing.
    for (const name of [
      ...['ComplaintAccepted', 'ComplaintNotAccepted', 'AcceptanceDecisionNotified', 'ComplaintConcluded'],
      ...['MediationTerminationNotified', 'ComplaintClosed', 'EVIDENCE_REQUIRED', 'MEDIATION_LIMIT_NOT_REACHED'],
      ...['REMEDIES_REQUIRED', 'DECISION_NOT_NOTIFIED', 'HUMAN_DECISION_REQUIRED', 'COMPLAINT_CLOSED'],
      ...['ALREADY_CONCLUDED', 'ALREADY_DECLINED', 'OCCURRED_BEFORE_PREVIOUS_STEP', 'terminated for time'],
      ...['AppraisalStarted', 'AppraisalCompleted', 'SUSPENSION_NOT_ALLOWED', 'NO_APPRAISAL_OPEN', 'NOT_YET_ACCEPTED'],
      ...['APPRAISAL_REQUIRED', 'UNKNOWN_APPRAISAL', 'ComplaintDeadlineAmended', 'ComplaintLateEntryVerified'],
      ...['UNKNOWN_CLOCK', 'NOT_BACKDATED', 'SECOND_PERSON_REQUIRED', 'silence'],
    ]) {
      expect(seen).toContain(name);
    }
  });
});

function play(steps: readonly Step[]): Set<string> {
  let played = taken(undefined, receivedAt(ago(100), {}, guess));
  const seen = new Set<string>();
  for (const one of steps) {
    const before = played;
    const context = contextOf(one, before.history);
    const { occurredAt, now: recordedAt, actor } = context;
    const decision = decided(one, before.state, context);
    if (isRefusal(decision)) {
      seen.add(decision.code);
      if (decision.code === 'MEDIATION_LIMIT_NOT_REACHED') refusesRightly(before.history, occurredAt);
      continue;
    }
    if (decision.length === 0) seen.add('silence');
    for (const next of decision) {
      holds(played.history, next, context);
      seen.add(next.type);
      if (next.type === 'ComplaintConcluded' && next.data.ground === '23(1)(5)') seen.add('terminated for time');
      played = taken(played, { ...next, occurredAt, recordedAt, actor } as Given);
    }
    clocksHold(before, played);
  }
  return seen;
}

/** Neither an amended deadline nor a verified entry is a step of the procedure. */
function lastStep(history: readonly RecordedComplaintEvent[]): RecordedComplaintEvent {
  return history.findLast(({ type }) => !BESIDES.has(type))!;
}
const BESIDES = new Set(['ComplaintDeadlineAmended', 'ComplaintLateEntryVerified']);

function taken(before: Played | undefined, given: Given): Played {
  const [event] = recorded<RecordedComplaintEvent>([given]);
  const history = [...(before?.history ?? []), event!];
  const state = evolve(before?.state ?? initial, event!);
  const document = complaintsView.evolve(before?.document, event!, 'C1')!;
  return { history, state, document };
}

function decided(one: Step, state: ComplaintState, context: DecisionContext) {
  const { result, ground, disqualification, evidence, remedies, kind, appraisal, clock } = one;
  const by = localDateOf(context.now) < NOTICE_ON ? guess : law;
  switch (one.action) {
    case 'accept':
      return accept({}, state, context, by);
    case 'decline':
      return decline({ ground: '16(7)', reason: '', remedies }, state, context, by);
    case 'notify':
      return notifyAcceptanceDecision({ channel: 'phone' }, state, context, by);
    case 'start-appraisal':
      return startAppraisal({ kind }, state, context, by);
    case 'complete-appraisal':
      return completeAppraisal(appraisal === undefined ? {} : { appraisal }, state, context, by);
    case 'conclude': {
      const grounds = {
        ...(ground === undefined ? {} : { ground }),
        ...(disqualification === undefined ? {} : { disqualification }),
      };
      return conclude({ result, evidence, ...grounds }, state, context, by);
    }
    case 'notify-termination':
      return notifyTermination({ channel: 'phone' }, state, context, by);
    case 'verify-late-entry':
      return verifyLateEntry({ clock, reason: 'other', evidence: ['doc-1'] }, state, context, by);
    case 'amend-deadline':
      return amendDeadline({ clock }, state, context, by);
  }
}

/** When it happened, by the last step; when it was entered, by that and by what was entered before. */
function contextOf(
  { role, person, hasReason, days, lateBy }: Step,
  history: readonly RecordedComplaintEvent[],
): DecisionContext {
  const occurredAt = lastStep(history).occurredAt + days * DAY;
  return {
    now: Math.max(history.at(-1)!.recordedAt, occurredAt + lateBy * DAY),
    occurredAt,
    today: localDateOf(occurredAt),
    actor: { id: person, role },
    bounds: { region: null, subject: null },
    id: 'C1',
    version: 1,
    payloadDigest: '',
    persons: hasReason ? { reason: { personId: 'reason-1', tokens: {} } } : {},
    reads: {},
  };
}

/** What may follow what. */
function holds(
  history: readonly RecordedComplaintEvent[],
  next: ComplaintEvent,
  { occurredAt, now, actor: { id: person, role } }: DecisionContext,
): void {
  const types = history.map((past) => past.type);
  const isBesides = BESIDES.has(next.type);
  if (!isBesides) {
    expect(types).not.toContain('ComplaintClosed');
    expect(occurredAt).toBeGreaterThanOrEqual(lastStep(history).occurredAt);
    if (types.includes('ComplaintNotAccepted')) expect(next.type).toBe('AcceptanceDecisionNotified');
  }
  // Nothing happens twice in one procedure: one decision, one conclusion, one notice of each.
  const isRepeatable = isBesides || next.type.startsWith('Appraisal');
  if (!isRepeatable) expect(types).not.toContain(next.type);
  switch (next.type) {
    case 'ComplaintAccepted':
    case 'ComplaintNotAccepted':
      expect(types.filter((type) => !BESIDES.has(type))).toEqual(['ComplaintReceived']);
      expect(['officer', 'administrator']).toContain(role);
      if (next.type === 'ComplaintNotAccepted') expect(next.data.remedies).not.toHaveLength(0);
      break;
    case 'ComplaintConcluded':
      expect(['officer', 'administrator', 'mediator']).toContain(role);
      concludesRightly(history, next.data, occurredAt);
      break;
    case 'MediationTerminationNotified':
      expect(types).toContain('ComplaintConcluded');
      break;
    case 'AppraisalStarted':
    case 'AppraisalCompleted':
      appraisesRightly(history, next);
      break;
    case 'ComplaintLateEntryVerified':
      verifiesRightly(history, next.data.clock, person);
      break;
    case 'ComplaintDeadlineAmended':
      expect(localDateOf(now) >= NOTICE_ON).toBe(true);
      break;
    default:
      break;
  }
}

function concludesRightly(
  history: readonly RecordedComplaintEvent[],
  { result, ground, disqualification, evidence }: ComplaintEvents['ComplaintConcluded'],
  moment: Instant,
): void {
  const types = history.map((past) => past.type);
  if (result !== 'withdrawn') {
    expect(types).toContain('ComplaintAccepted');
    expect(types).toContain('AcceptanceDecisionNotified');
  }
  expect(ground !== null).toBe(result === 'terminated');
  expect(disqualification !== null).toBe(ground === '23(1)(6)');
  if (ground === '23(1)(1)') expect(evidence).not.toHaveLength(0);
  if (ground === '23(1)(5)') expect(sixtieth(history)).toBeLessThanOrEqual(epochDayOf(moment));
}

/** Refused before the sixtieth day that counts, and on the rest days off which that rolls. */
function refusesRightly(history: readonly RecordedComplaintEvent[], moment: Instant): void {
  const [today, end] = [epochDayOf(moment), sixtieth(history)];
  if (today < end) return;
  for (let day = end; day <= today; day++) {
    const rests = [guess, law].map(({ calendar }) => calendar.kindOf(day) !== 'WORK');
    expect(rests).toContain(true);
  }
}

function appraisesRightly(
  history: readonly RecordedComplaintEvent[],
  next: Extract<ComplaintEvent, { type: 'AppraisalStarted' | 'AppraisalCompleted' }>,
): void {
  const types = history.map((past) => past.type);
  expect(types).toContain('ComplaintAccepted');
  expect(types).not.toContain('ComplaintConcluded');
  const known = appraisals(history);
  if (next.type === 'AppraisalStarted') {
    expect(next.data.appraisal).toBe(String(known.length + 1));
    expect(['appraisal', 'testing']).toContain(next.data.kind);
  } else {
    expect(known.find(({ id }) => id === next.data.appraisal)?.to).toBe(Infinity);
  }
}

function verifiesRightly(history: readonly RecordedComplaintEvent[], clock: string, person: string): void {
  const { completion, due } = clocksOf(history.reduce(evolve, initial))[clock]!;
  expect(completion).toMatchObject({ verified: false });
  expect(completion!.by).not.toBe(person);
  expect(localDateOf(completion!.occurredAt) <= due! && localDateOf(completion!.recordedAt) > due!).toBe(true);
}

/** What holds of the clocks after every command. */
function clocksHold(before: Played, { history, state, document }: Played): void {
  const clocks = clocksOf(state);
  expect(document.clocks).toEqual(clocks);
  const open = Object.values(clocks).filter(isOpen);
  switch (state.status) {
    case 'closed':
      expect(open).toEqual([]);
      break;
    case 'concluded':
      expect(open.map(({ clock }) => clock)).toEqual(['termination-notice']);
      break;
    case 'not-accepted':
      expect(open.map(({ clock }) => clock)).toEqual(state.notified ? [] : ['acceptance']);
      break;
    case 'accepted':
      expect(open.map(({ clock }) => clock)).toEqual(state.notified ? ['mediation'] : ['acceptance', 'mediation']);
      mediationHolds(clocks['mediation']!, history);
      break;
    default:
      expect(open.map(({ clock }) => clock)).toEqual(['acceptance']);
  }
  for (const [name, clock] of Object.entries(clocksOf(before.state))) {
    keeps(clock, clocks[name]!);
  }
}

/** A clock never opens again, stops once, and keeps what was promised; all that changes after is that it was verified. */
function keeps(before: Clock, after: Clock): void {
  expect([after.promised, after.rule, after.from]).toEqual([before.promised, before.rule, before.from]);
  if (isOpen(before)) return;
  expect(before.completion).not.toBeNull();
  const verified = before.completion!.verified || after.completion!.verified;
  expect(after).toEqual({ ...before, completion: { ...before.completion, verified } });
}

/** The clock of mediation ends where counting the days one by one ends. */
function mediationHolds({ strict, due, state }: Clock, history: readonly RecordedComplaintEvent[]): void {
  const end = sixtieth(history);
  expect(strict).toBe(end === Infinity ? null : localDateFromEpochDay(end));
  expect(state).toBe(end === Infinity ? 'suspended' : 'running');
  if (due !== null) expect(due >= strict!).toBe(true);
}

/** The sixtieth day after acceptance on which no appraisal went on; Infinity while one goes on before it. */
function sixtieth(history: readonly RecordedComplaintEvent[]): EpochDay {
  const acceptance = history.find((past) => past.type === 'ComplaintAccepted')!;
  const spans = appraisals(history);
  let day = epochDay(acceptance.data.acceptedOn);
  for (let counted = 0; counted < 60;) {
    day += 1;
    const within = spans.filter(({ from, to }) => from <= day && day <= to);
    if (within.some(({ to }) => to === Infinity)) return Infinity;
    if (within.length === 0) counted += 1;
  }
  return day;
}

function appraisals(history: readonly RecordedComplaintEvent[]) {
  return history.flatMap((past, number) => {
    if (past.type !== 'AppraisalStarted') return [];
    const { appraisal: id } = past.data;
    const { due } = clocksOf(history.slice(0, number).reduce(evolve, initial))['mediation']!;
    // What is entered only after the date begins with its entry (T-28).
    const [began, entered] = [localDateOf(past.occurredAt), localDateOf(past.recordedAt)];
    const from = epochDay(due !== null && began <= due && entered > due ? entered : began);
    const end = history.find((later) => later.type === 'AppraisalCompleted' && later.data.appraisal === id);
    return [{ id, from, to: end === undefined ? Infinity : Math.max(from, epochDayOf(end.occurredAt)) }];
  });
}

function clocksOf(state: ComplaintState): Clocks {
  return state.status === 'none' ? {} : state.clocks;
}
