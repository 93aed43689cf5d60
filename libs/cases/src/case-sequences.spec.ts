import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DecisionContext } from '#kernel';
import { isRefusal, localDateOf, recorded } from '#kernel';
import { isBy, isOpen } from '#law';
import { FILING_CONDITIONS, NOT_FILING_GROUNDS } from '#reports/events';
import * as decide from './decide.ts';
import { evolve, initial, type Case, type CaseState, type CaseStatus } from './enforcement-case.ts';
import {
  CASE_RESULTS,
  CASE_STANDSTILLS,
  caseSchemas,
  EXTENSION_GRANTERS,
  PENALTY_REVISIONS,
  REVIEW_OPINIONS,
  SERVICE_MODES,
  type CaseEvent,
  type RecordedCaseEvent,
} from './events.ts';
import {
  complaintRead,
  filedReport,
  ID,
  law,
  mediationRead,
  matter,
  noReads,
  person,
  tenOf,
  type Given,
} from './testing/given-case.ts';
import { casesView, type CaseDocument } from './views/cases.ts';

const DAY = 24 * 3_600_000;

/** What comes up by itself where it may; anything else now and then. */
const ALWAYS = ['convert', 'link', 'extend', 'suspect'];
const USUAL: Readonly<Record<CaseStatus, readonly string[]>> = {
  clue: ['suspend-clue', 'resume-clue', 'resume-clue', 'extend-clue', 'complete-clue', 'complete-clue'],
  'clue-verified': ['file', 'file', 'file', 'extend-clue', 'decline'],
  'not-filed': ['verify-late-entry', 'verify-late-entry'],
  filed: ['start', 'start', 'start', 'verify-late-entry', ...ALWAYS],
  investigating: ['submit', 'submit', 'submit', 'suspend', 'resume', 'assistance', 'delay', 'assisted', ...ALWAYS],
  suspended: ['resume', 'resume', 'resume', ...ALWAYS],
  'in-review': ['review', 'review', 'review', 'extend-review', 'resume', ...ALWAYS],
  reviewed: ['notice', 'notice', 'notice', 'decide', 'suspend', 'resume', 'resume', ...ALWAYS],
  notified: [
    'decide',
    'decide',
    'decide',
    'decide',
    'statement',
    'waive',
    'hearing',
    'start-hearing',
    'end-hearing',
    'end-hearing',
    'notice',
    'resume',
    'resume',
    'extend',
  ],
  decided: [
    'serve',
    'serve',
    'service-notice',
    'service-notice',
    'publish',
    'hand-over',
    'revise',
    'withdraw',
    'execute',
    'execute',
    'closing-form',
    'close',
    'verify-late-entry',
  ],
  executed: ['verify-late-entry', 'publish', 'hand-over', 'revise', 'withdraw', 'closing-form', 'close', 'close'],
  closed: ['publish', 'hand-over', 'revise', 'withdraw', 'verify-late-entry'],
};
const ACTIONS = [...new Set(Object.values(USUAL).flat())];

const step = fc.record({
  isUsual: fc.constantFrom(true, true, true, false),
  choice: fc.nat(1000),
  by: fc.constantFrom('officer-1', 'officer-1', 'enforcement-2', 'head-3', 'head-3', 'process-1'),
  days: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 6 }) }, fc.integer({ min: -1, max: 60 })),
  lateBy: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 60 })),
  kind: fc.constantFrom(...CASE_STANDSTILLS, 'case-suspended'),
  clueKind: fc.constantFrom('testing', 'appraisal'),
  standstill: fc.constantFrom(undefined, undefined, undefined, '1', '2'),
  days2: fc.constantFrom(undefined, 5, 30, 31),
  grantedBy: fc.constantFrom(...EXTENSION_GRANTERS),
  opinion: fc.constantFrom(...REVIEW_OPINIONS, 'agreed', 'agreed'),
  ground: fc.constantFrom(...NOT_FILING_GROUNDS),
  result: fc.constantFrom(...CASE_RESULTS, 'penalty', 'penalty', 'penalty'),
  fineFen: fc.constantFrom(0, 100_00, 200_00),
  proposed: fc.constantFrom(100_00, 200_00),
  isPartyPresent: fc.boolean(),
  registeredIn: fc.constantFrom('330602', '370300'),
  mode: fc.constantFrom(...SERVICE_MODES, 'public-notice', 'public-notice', 'public-notice', 'public-notice'),
  revision: fc.constantFrom(...PENALTY_REVISIONS),
  referral: fc.constantFrom(undefined, 'pending', 'without-prosecution', 'without-prosecution', 'prosecuted'),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

interface Played {
  readonly history: readonly RecordedCaseEvent[];
  readonly state: Case;
  readonly document: CaseDocument;
}

describe('any sequence of commands', () => {
  it('decides once, after review, notice and hearing, and moves its date by nothing but the law', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.boolean(), fc.array(step, { minLength: 1, maxLength: 60, size: 'max' }), (onReport, steps) => {
        for (const name of play(onReport, steps)) seen.add(name);
      }),
      { numRuns: 1200, seed: 20_260_520 },
    );
    const everywhere = [
      ...Object.keys(caseSchemas).filter((type) => type !== 'CaseDeadlineAmended'),
      ...[
        'PARTY_MAY_STILL_ANSWER',
        'HEARING_NOT_HELD',
        'HEAVIER_THAN_NOTIFIED',
        'PENALTY_NOT_NOTIFIED',
        'RIGHT_LAPSED',
      ],
      ...[
        'PENALTY_INSTEAD_OF_REFERRAL',
        'NOT_PROSECUTED',
        'SECOND_PERSON_REQUIRED',
        'HEAD_REQUIRED',
        'HUMAN_DECISION_REQUIRED',
      ],
      ...['EXTENSION_TOO_LATE', 'COLLECTIVE_DECISION_REQUIRED', 'NOT_EXTENDED_BY_HEAD', 'STANDSTILL_OPEN'],
      ...['SERVICE_NOTICE_RUNNING', 'DECISION_NOT_SERVED', 'CASE_NOT_EXECUTED', 'PENALTY_REVISED', 'CASE_CLOSED'],
      ...['NOTHING_TO_PUBLISH', 'NOTHING_TO_HAND_OVER', 'OCCURRED_BEFORE_PREVIOUS_STEP', 'silence'],
    ];
    // The sequences really got everywhere: otherwise the property above would prove nothing.
    expect(everywhere.filter((name) => !seen.has(name))).toEqual([]);
  });
});

function play(onReport: boolean, steps: readonly Step[]): Set<string> {
  let played = opened(onReport);
  const seen = new Set(played.history.map(({ type }): string => type));
  for (const one of steps) {
    const context = contextOf(one, played);
    const decision = decided(one, played.state, context);
    if (isRefusal(decision)) {
      seen.add(decision.code);
      continue;
    }
    if (decision.length === 0) seen.add('silence');
    for (const next of decision) {
      const before = played;
      holds(before, next, context);
      const { occurredAt, now: recordedAt, actor } = context;
      played = taken(played, { ...next, occurredAt, recordedAt, actor } as Given);
      movesRightly(before.state, played.state, next, context);
      seen.add(next.type);
    }
  }
  return seen;
}

function opened(onReport: boolean): Played {
  const context = {
    ...surroundings('officer-1', tenOf('2026-05-20'), tenOf('2026-05-20')),
    persons: person('content'),
  };
  const [body, reads] = onReport
    ? [
        { origin: 'report', reportId: 'R1' },
        { ...noReads, report: filedReport },
      ]
    : [
        { origin: 'mediation', mediationId: 'M1', clueId: 'clue-1' },
        { ...noReads, mediation: mediationRead },
      ];
  const rule = decide.open as unknown as typeof decide.suspectCrime;
  const decision = rule({ ...matter, ...body } as object, initial, { ...context, reads } as never, law);
  if (isRefusal(decision)) throw new Error(decision.code);
  return taken(undefined, { ...decision[0]!, occurredAt: context.occurredAt, actor: context.actor } as Given);
}

function taken(before: Played | undefined, given: Given): Played {
  const [event] = recorded<RecordedCaseEvent>([{ stream: `case-${ID}`, ...given }]);
  const state = evolve(before?.state ?? initial, event!) as Case;
  const document = casesView.evolve(before?.document, event!, ID)!;
  expect(document.status).toBe(state.status);
  expect(document.clocks).toEqual(state.clocks);
  return { history: [...(before?.history ?? []), event!], state, document };
}

function surroundings(by: string, occurredAt: number, now: number): DecisionContext {
  return {
    ...{ now, occurredAt, today: localDateOf(occurredAt), actor: { id: by, role: by.split('-')[0]! } },
    ...{ bounds: { region: null, subject: null }, id: ID, version: 1, payloadDigest: '' },
    persons: { ...person('reason'), ...person('statement') },
    reads: {},
  };
}

function contextOf({ by, days, lateBy }: Step, { state, history }: Played): DecisionContext {
  const occurredAt = state.previousAt + days * DAY;
  return surroundings(by, occurredAt, Math.max(history.at(-1)!.recordedAt, occurredAt + lateBy * DAY));
}

function decided(one: Step, state: CaseState, context: DecisionContext) {
  const usual = USUAL[(state as Case).status];
  const actions = one.isUsual ? usual : ACTIONS;
  const isPenalty = one.result === 'penalty';
  const penalties = isPenalty ? [one.fineFen > 0 ? 'fine' : 'confiscation'] : [];
  const named = one.referral === undefined ? {} : { criminalReferralId: 'X1' };
  const rules: Readonly<Record<string, readonly [rule: unknown, body: object, reads?: object]>> = {
    'suspend-clue': [decide.suspendClue, { kind: one.clueKind }],
    'resume-clue': [decide.resumeClue, { standstill: one.standstill }],
    'extend-clue': [decide.extendClue, {}],
    'complete-clue': [decide.completeClue, {}],
    file: [decide.fileClue, { conditions: [...FILING_CONDITIONS] }],
    decline: [decide.declineClue, { ground: one.ground, reason: '' }],
    convert: [decide.convertComplaint, { complaintId: `C${one.choice % 3}` }, { complaint: complaintRead }],
    link: [decide.linkReport, { reportId: `R${one.choice % 3}` }, { report: filedReport }],
    start: [decide.startInvestigation, { officers: ['A1', 'A2'] }],
    suspend: [decide.suspend, { kind: one.kind, ...(one.kind === 'case-suspended' && { ground: 'other' }) }],
    resume: [decide.resume, { standstill: one.standstill }],
    extend: [decide.extend, { grantedBy: one.grantedBy, days: one.days2 }],
    assistance: [decide.requestAssistance, { otherAuthority: 'Keqiao' }],
    delay: [decide.recordAssistanceDelay, {}],
    assisted: [decide.recordAssistance, {}],
    suspect: [decide.suspectCrime, {}],
    submit: [decide.submitForReview, {}],
    'extend-review': [decide.extendReview, { workingDays: 5 }],
    review: [decide.review, { opinion: one.opinion }],
    notice: [decide.serveNotice, { proposedFineFen: one.proposed, proposedConfiscatedFen: 0 }],
    statement: [decide.recordStatement, { statement: '' }],
    waive: [decide.waiveStatement, {}],
    hearing: [decide.requestHearing, {}],
    'start-hearing': [decide.startHearing, {}],
    'end-hearing': [decide.endHearing, {}],
    decide: [
      decide.decideCase,
      {
        ...{ result: one.result, penalties, fineFen: isPenalty ? one.fineFen : 0, ...named },
        ...{ isPartyPresent: one.isPartyPresent, registeredIn: one.registeredIn },
      },
      { referral: one.referral === undefined ? undefined : { caseId: ID, standing: one.referral } },
    ],
    'service-notice': [decide.publishServiceNotice, {}],
    serve: [decide.serve, { mode: one.mode }],
    publish: [decide.publishPenalty, {}],
    'hand-over': [decide.handOverPenalty, { otherAuthority: 'Zibo' }],
    revise: [decide.revisePenalty, { revision: one.revision }],
    withdraw: [decide.withdrawPublication, {}],
    execute: [decide.recordExecution, { mode: 'performed' }],
    'closing-form': [decide.submitClosingForm, { form: 'form-1' }],
    close: [decide.close, {}],
    'verify-late-entry': [
      decide.verifyLateEntry,
      { clock: one.choice % 2 === 0 ? 'clue-verification' : 'case-decision', reason: 'other', evidence: ['doc-1'] },
    ],
  };
  const [rule, body, reads = {}] = rules[actions[one.choice % actions.length]!]!;
  return (rule as typeof decide.suspectCrime)(body, state, { ...context, reads } as never, law);
}

/** What only the head (负责人) decides. */
const BY_THE_HEAD: readonly string[] = [
  ...['EnforcementCaseFiled', 'ClueNotFiled', 'CaseDecided', 'CaseClosed'],
  ...['ClueVerificationExtended', 'CaseDecisionExtended', 'CaseReviewExtended'],
];

/** What may follow what. */
function holds({ history, state }: Played, next: CaseEvent, { actor, occurredAt, today }: DecisionContext): void {
  const types: string[] = history.map(({ type }) => type);
  expect(['officer', 'enforcement', 'head']).toContain(actor.role);
  if (next.type !== 'CaseLateEntryVerified') expect(occurredAt).toBeGreaterThanOrEqual(state.previousAt);
  const once = [
    'EnforcementCaseFiled',
    'ClueNotFiled',
    'CaseDecided',
    'CaseExecuted',
    'CaseClosed',
    'CaseDecisionServed',
  ];
  if (once.includes(next.type)) expect(types).not.toContain(next.type);
  if (BY_THE_HEAD.includes(next.type) && !(next.type === 'EnforcementCaseFiled' && types.length === 0)) {
    expect(actor.role).toBe('head');
  }
  if (next.type === 'CaseReviewed') expect(state.handlers).not.toContain(actor.id);
  switch (next.type) {
    case 'EnforcementCaseFiled':
      expect(types).toContain('ClueVerificationCompleted');
      break;
    case 'ComplaintConvertedToCase':
      expect(types).toContain('EnforcementCaseFiled');
      expect(state.complaints).not.toContain(next.data.complaintId);
      break;
    case 'CaseDecided':
      decidesRightly(history, state, next.data, today);
      break;
    case 'CaseDecisionServed':
      if (next.data.mode === 'public-notice')
        expect(isBy(state.clocks['service-by-notice']!.due!, occurredAt)).toBe(false);
      break;
    case 'CaseClosed':
      expect(types).toContain('CaseDecided');
      if (state.decision!.result === 'penalty' && state.decision!.revision === null)
        expect(types).toContain('CaseExecuted');
      break;
    case 'PenaltyPublished':
    case 'PenaltyHandedOver':
      expect(state.decision!.result).toBe('penalty');
      expect([null, 'changed']).toContain(state.decision!.revision);
      break;
    default:
  }
}

function decidesRightly(
  history: readonly RecordedCaseEvent[],
  { notice, isSuspectedCriminal, standstills, clocks }: Case,
  { result, fineFen, criminalReferralId }: Extract<CaseEvent, { type: 'CaseDecided' }>['data'],
  today: string,
): void {
  const reviewed = history.findLast(({ type }) => type === 'CaseReviewed');
  expect(reviewed!.data).toEqual({ opinion: 'agreed' });
  expect(standstills.open).toEqual([]);
  expect([null, 'ended', undefined]).toContain(notice?.hearing);
  if (isSuspectedCriminal) expect(criminalReferralId).not.toBeNull();
  if (result !== 'penalty') return;
  expect(fineFen).toBeLessThanOrEqual(notice!.proposedFineFen);
  const isOver = today > clocks['party-statement']!.due!;
  expect(notice!.isWaived || notice!.hearing === 'ended' || isOver).toBe(true);
}

/** The date of the decision moves by an extension in time or a standstill, and never once it has stopped. */
function movesRightly(before: Case, after: Case, next: CaseEvent, { occurredAt, now }: DecisionContext): void {
  const [old, clock] = [before.clocks['case-decision'], after.clocks['case-decision']];
  if (old === undefined || clock === undefined) return;
  expect(isOpen(clock)).toBe(after.decision === null);
  // Taking in complaints and reports, or writing down what is suspected, moves nothing and ends nothing (T-43).
  if (['ComplaintConvertedToCase', 'CaseReportLinked', 'CaseSuspectedCriminal'].includes(next.type)) {
    expect({ status: after.status, clocks: after.clocks }).toEqual({ status: before.status, clocks: before.clocks });
  }
  switch (next.type) {
    case 'CaseDecisionExtended':
      expect(old.due === null || isBy(old.due, occurredAt)).toBe(true);
      expect(next.data.grantedBy).toBe(old.extensions.length === 0 ? 'head' : 'collective');
      if (old.due !== null && !isBy(old.due, now)) expect(clock.due).toBe(old.due);
      break;
    case 'CaseSuspended':
    case 'CaseResumed':
    case 'CaseHearingStarted':
    case 'CaseHearingEnded':
      break;
    default:
      expect(clock.due).toBe(old.due);
  }
}
