import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DecisionContext } from '#kernel';
import { isRefusal, localDateOf, recorded } from '#kernel';
import { isBy, isOpen, type Clocks } from '#law';
import * as decide from './decide.ts';
import {
  FILING_CONDITIONS,
  NOT_FILING_GROUNDS,
  reportSchemas,
  VERIFICATION_STANDSTILLS,
  type RecordedReportEvent,
  type ReportEvent,
} from './events.ts';
import { unreadReport, type OtherReport } from './reads.ts';
import { evolve, initial, type ReportState } from './report.ts';
import { anonymous, law, person, receivedOn, USCC, type Given } from './testing/given-report.ts';
import { reportsView, type ReportDocument } from './views/reports.ts';

const DAY = 24 * 3_600_000;

/** What comes up by itself where it may; anything else now and then. */
const USUAL: Readonly<Record<ReportState['status'], readonly string[]>> = {
  none: [],
  received: ['start', 'start', 'start', 'dispute', 'merge', 'mark-repeat', 'inform'],
  verifying: [
    'suspend',
    'suspend',
    'resume',
    'resume',
    'extend',
    'merge',
    'complete',
    'complete',
    'resolve',
    'designate',
    'dispute',
  ],
  verified: ['file', 'decline', 'extend', 'merge', 'file'],
  filed: ['notify', 'verify-late-entry'],
  'not-filed': ['notify', 'verify-late-entry'],
  repeat: ['verify-late-entry'],
  'not-competent': ['amend'],
};
const ACTIONS = [...new Set(Object.values(USUAL).flat())];

const step = fc.record({
  isUsual: fc.boolean().chain((first) => (first ? fc.constant(true) : fc.boolean())),
  choice: fc.nat(1000),
  by: fc.constantFrom('officer-1', 'officer-1', 'enforcement-2', 'head-3', 'head-3', 'process-1', 'mediator-1'),
  days: fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: -1, max: 25 })),
  lateBy: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 40 })),
  kind: fc.constantFrom(...VERIFICATION_STANDSTILLS),
  standstill: fc.constantFrom(undefined, undefined, '1', '2'),
  workingDays: fc.constantFrom(undefined, undefined, 5, 15, 16),
  conditions: fc.constantFrom(FILING_CONDITIONS, FILING_CONDITIONS, FILING_CONDITIONS.slice(1)),
  ground: fc.constantFrom(...NOT_FILING_GROUNDS),
  unmet: fc.constantFrom([], [], ['competent'] as const),
  outcome: fc.constantFrom('agreed', 'sent-up'),
  earlier: fc.constantFrom('R0', 'R0', 'R2'),
  back: fc.nat(3),
  basis: fc.constantFrom(undefined, 'food-safety-law-115'),
  hasText: fc.constantFrom(true, true, true, false),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

interface Played {
  readonly history: readonly RecordedReportEvent[];
  readonly state: Exclude<ReportState, { status: 'none' }>;
  readonly document: ReportDocument;
}

describe('any sequence of commands', () => {
  it('decides once, by the head, and moves the date by nothing but the law', () => {
    const seen = new Set<string>();
    const start = fc.record({ isAnonymous: fc.constantFrom(true, false, false), isOld: fc.boolean() });
    fc.assert(
      fc.property(start, fc.array(step, { minLength: 1, maxLength: 30, size: 'max' }), (from, steps) => {
        for (const name of play(from, steps)) seen.add(name);
      }),
      { numRuns: 1500, seed: 20_260_506 },
    );
    const everywhere = [
      ...Object.keys(reportSchemas).filter((type) => !['ReportReceived', 'ReportDeadlineAmended'].includes(type)),
      ...['FILING_DECIDED', 'REPORT_IS_REPEAT', 'NOT_COMPETENT', 'EXTENSION_TOO_LATE', 'EXTENSION_NOT_ALLOWED'],
      ...['EXTENSION_TOO_LONG', 'STANDSTILL_OPEN', 'NO_STANDSTILL', 'UNKNOWN_STANDSTILL', 'STANDSTILL_REQUIRED'],
      ...[
        'SECOND_PERSON_REQUIRED',
        'HEAD_REQUIRED',
        'HUMAN_DECISION_REQUIRED',
        'OCCURRED_BEFORE_PREVIOUS_STEP',
        'NOT_BACKDATED',
      ],
      ...['SAME_REPORTER_NOT_ESTABLISHED', 'NO_DUTY_TO_TELL_REPORTER', 'REPORTER_ANONYMOUS', 'ALREADY_NOTIFIED'],
      ...['FILING_CONDITION_NOT_MET', 'UNMET_REQUIRED', 'UNMET_NOT_APPLICABLE', 'REASON_REQUIRED', 'silence'],
    ];
    // The sequences really got everywhere: otherwise the property above would prove nothing.
    expect(everywhere.filter((name) => !seen.has(name))).toEqual([]);
  });
});

function play({ isAnonymous, isOld }: { isAnonymous: boolean; isOld: boolean }, steps: readonly Step[]): Set<string> {
  const day = isOld ? '2026-03-20' : '2026-05-06';
  let played = taken(undefined, receivedOn(day, isAnonymous ? anonymous : {}));
  const seen = new Set<string>();
  for (const one of steps) {
    const context = contextOf(one, played);
    const decision = decided(one, played.state, context);
    if (isRefusal(decision)) {
      seen.add(decision.code);
      continue;
    }
    if (decision.length === 0) seen.add('silence');
    const before = played;
    for (const next of decision) {
      if (next !== decision[0])
        expect([decision[0]!.type, next.type]).toEqual(['ReportMergedWithNewFacts', 'VerificationSuspended']);
      else holds(before, next, context);
      const { occurredAt, now: recordedAt, actor } = context;
      played = taken(played, { ...next, occurredAt: next.occurredAt ?? occurredAt, recordedAt, actor } as Given);
      seen.add(next.type);
    }
    if (decision.length > 0) movesRightly(before, played, decision[0]!, context);
  }
  return seen;
}

function taken(before: Played | undefined, given: Given): Played {
  const [event] = recorded<RecordedReportEvent>([{ stream: 'report-R1', ...given }]);
  const state = evolve(before?.state ?? initial, event!) as Played['state'];
  const document = reportsView.evolve(before?.document, event!, 'R1')!;
  expect(document.status).toBe(state.status);
  expect(document.clocks).toEqual(state.clocks);
  // Nothing of a reporter is in any event but the one that received the report.
  if (event!.type !== 'ReportReceived') expect(JSON.stringify(event!.data)).not.toMatch(/reporter-1|token/);
  return { history: [...(before?.history ?? []), event!], state, document };
}

function contextOf({ by, days, lateBy, hasText }: Step, { state, history }: Played): DecisionContext {
  const occurredAt = state.previousAt + days * DAY;
  const now = Math.max(history.at(-1)!.recordedAt, occurredAt + lateBy * DAY);
  return {
    now,
    occurredAt,
    today: localDateOf(occurredAt),
    actor: { id: by, role: by.split('-')[0]! },
    bounds: { region: null, subject: null },
    id: 'R1',
    version: 1,
    payloadDigest: '',
    persons: hasText ? { ...person('content'), ...person('reason') } : {},
    reads: {},
  };
}

function decided(one: Step, state: ReportState, context: DecisionContext) {
  const usual = USUAL[state.status];
  const actions = one.isUsual ? usual : ACTIONS;
  const other: OtherReport = { ...unreadReport, isAnonymous: false, respondentUscc: USCC, receivedOn: '2026-03-01' };
  const rules: Readonly<Record<string, readonly [unknown, object]>> = {
    start: [decide.startVerification, {}],
    inform: [decide.informIncompetent, { channel: 'phone' }],
    dispute: [decide.raiseCompetenceDispute, { otherAuthority: 'Keqiao' }],
    resolve: [
      decide.resolveCompetenceDispute,
      one.outcome === 'agreed'
        ? { outcome: one.outcome, competentAuthority: 'Keqiao', competentRegion: '330603' }
        : { outcome: one.outcome },
    ],
    designate: [decide.designateAuthority, { competentAuthority: 'Keqiao', competentRegion: '330603' }],
    'mark-repeat': [decide.markRepeat, { earlierReport: one.earlier }],
    merge: [decide.mergeNewFacts, { content: '', receivedOn: localDateOf(context.occurredAt - one.back * DAY) }],
    suspend: [decide.suspendVerification, { kind: one.kind }],
    resume: [decide.resumeVerification, { standstill: one.standstill }],
    extend: [decide.extendVerification, { workingDays: one.workingDays }],
    complete: [decide.completeVerification, {}],
    file: [decide.fileCase, { conditions: one.conditions }],
    decline: [decide.declineFiling, { ground: one.ground, unmet: one.unmet, reason: '' }],
    notify: [decide.notifyReporter, { channel: 'sms', basis: one.basis }],
    'verify-late-entry': [decide.verifyLateEntry, { clock: 'verification', reason: 'other', evidence: ['doc-1'] }],
    amend: [decide.amendDeadline, { clock: 'verification' }],
  };
  const action = actions[one.choice % actions.length]!;
  const [rule, body] = rules[action]!;
  const surroundings = { ...context, reads: action === 'mark-repeat' ? { other } : {} } as never;
  return (rule as typeof decide.startVerification)(body, state, surroundings, law);
}

/** What may follow what. */
function holds({ history, state }: Played, next: ReportEvent, { actor, occurredAt }: DecisionContext): void {
  const types: string[] = history.map(({ type }) => type);
  const isAside = next.type === 'ReportLateEntryVerified' || next.type === 'ReportDeadlineAmended';
  expect(['officer', 'enforcement', 'head']).toContain(actor.role);
  if (!isAside) expect(occurredAt).toBeGreaterThanOrEqual(state.previousAt);
  const once = ['CaseFiled', 'CaseNotFiled', 'RepeatReportNotProcessed', 'ReporterToldOfCompetentAuthority'];
  if (once.some((type) => types.includes(type)) && !isAside) expect(next.type).toBe('ReporterNotifiedOfFiling');
  if (/^(ReporterNotified|VerificationStarted)/.test(next.type)) expect(types).not.toContain(next.type);
  if (/^(VerificationCompleted|CaseFiled|CaseNotFiled)$/.test(next.type)) {
    // New facts are verified too, and decided on only then.
    const isVerified = types.lastIndexOf('VerificationCompleted') > types.lastIndexOf('ReportMergedWithNewFacts');
    expect(isVerified).toBe(next.type !== 'VerificationCompleted');
  }
  switch (next.type) {
    case 'CaseFiled':
    case 'CaseNotFiled':
    case 'VerificationExtended': {
      expect(actor.role).toBe('head');
      if (next.type !== 'VerificationExtended') expect(types).toContain('VerificationCompleted');
      if (next.type === 'CaseFiled') expect(next.data.conditions).toHaveLength(4);
      break;
    }
    case 'ReporterNotifiedOfFiling':
      expect(history[0]!.data).not.toMatchObject({ reporter: null });
      if (localDateOf(history.findLast(({ type }) => once.includes(type))!.occurredAt) > '2026-04-14') {
        expect(next.data.basis).not.toBeNull();
      }
      break;
    case 'VerificationCompleted':
      expect(state.standstills.open).toEqual([]);
      break;
    default:
  }
}

/** The date of the verification moves by an extension in time, a standstill, or new facts, and never once it has stopped. */
function movesRightly(before: Played, after: Played, next: ReportEvent, { occurredAt, now }: DecisionContext): void {
  const [old, clock] = [clocksOf(before), clocksOf(after)].map(({ verification }) => verification!) as [
    Clocks[string],
    Clocks[string],
  ];
  const isMerger = next.type === 'ReportMergedWithNewFacts' && next.data.clocks!.length > 0;
  expect(isOpen(clock)).toBe(['received', 'verifying', 'verified'].includes(after.state.status));
  const standing = clock.suspensions.filter(({ to }) => to === null);
  expect(standing).toHaveLength(after.state.standstills.open.length);
  if (clock.state === 'suspended') expect(standing).not.toHaveLength(0);
  // What begins after the time is over stops nothing.
  if (clock.state === 'running') for (const { from } of standing) expect(from > clock.due!).toBe(true);
  if (isMerger) {
    // The clock goes on to the last report, and never back.
    expect(next.data.receivedOn > before.state.lastOn).toBe(true);
    expect(clock).toMatchObject({ from: next.data.receivedOn, extensions: [] });
    return;
  }
  if (next.type === 'VerificationExtended') {
    expect(old.due === null || isBy(old.due, occurredAt)).toBe(true);
    expect(clock.extensions).toHaveLength(1);
    if (old.due !== null && !isBy(old.due, now)) expect(clock.due).toBe(old.due);
    return;
  }
  if (next.type === 'VerificationSuspended' || next.type === 'VerificationResumed') return;
  expect(clock.due).toBe(old.due);
}

function clocksOf({ state }: Played): Clocks {
  return state.clocks;
}
