import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DecisionContext, Instant } from '#kernel';
import { isRefusal, localDateOf, recorded, startOfDay } from '#kernel';
import { isBy, isOpen, type Clock, type Clocks } from '#law';
import { assign, confirm, consentToMediation, contact, designate, refuseCourtAssignment } from './decide-assignment.ts';
import { verifyLateEntry } from './decide-clocks.ts';
import { recordFiling, recordFilingRefusal, recordJudgment, recordReceipt, recordReturn } from './decide-court.ts';
import { recordSettlement, recordWithdrawal } from './decide-court.ts';
import { agree, completeAppraisal, expire, extend, fail, reportSham, returnCase } from './decide-incoming.ts';
import { reviewSham, startAppraisal } from './decide-incoming.ts';
import { consent, offer, packageMaterials, refuseConsentToRoute, transfer } from './decide-outgoing.ts';
import { WITHHELD_KINDS, type RecordedReferralEvent, type ReferralEvent, type ReferralEvents } from './events.ts';
import { packageOf } from './material-package.ts';
import { unreadBody, unreadProcedure } from './reads.ts';
import { evolve, initial, type ReferralState } from './referral.ts';
import { BODY, COURT, DISPUTE, law, MEDIATION, OTHER_BODY, type Given } from './testing/given-referral.ts';
import { referralsView, type ReferralDocument } from './views/court-referrals.ts';
import { referralWords } from './words.ts';

const DAY = 24 * 3_600_000;
const START = startOfDay('2026-03-02') + 10 * 3_600_000;
/** What somebody wrote in their own words: it must never be in an event. */
const WORDS = 'Zhang San, 13800138000';

/** Any step: everything is drawn, and what it needs is taken. Often the one that leads on. */
const ACTIONS = [
  ...['consent', 'refuse-route', 'package', 'transfer', 'receipt', 'court-return', 'file', 'decline-filing'],
  ...['judge', 'settle', 'withdraw', 'designate', 'confirm', 'refuse', 'contact', 'consent-to-mediation', 'extend'],
  ...['start-appraisal', 'complete-appraisal', 'report-sham', 'review-sham', 'agree', 'fail', 'return', 'expire'],
  ...['verify-late-entry', 'assign-again'],
] as const;
const drawn = fc.record({
  action: fc.constantFrom(...ACTIONS),
  role: fc.constantFrom('officer', 'mediator', 'court', 'merchant', 'public', 'administrator', 'process'),
  person: fc.constantFrom('key-1', 'key-2'),
  /** After the last step, when it happened; after that, when it was entered. */
  days: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(0, 1) }, fc.integer({ min: -1, max: 20 })),
  lateBy: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 20 })),
  party: fc.constantFrom('consumer' as const, 'merchant' as const),
  parties: fc.oneof(fc.constant(['consumer', 'merchant'] as const), fc.subarray(['consumer', 'merchant'] as const)),
  evidence: fc.oneof({ weight: 3, arbitrary: fc.constant<string[]>(['doc-1']) }, fc.constant<string[]>([])),
  items: fc.subarray(['evidence=doc-1', 'undisputed-fact=doc-2', 'identity=doc-3', 'concession=doc-4'], {
    minLength: 1,
  }),
  number: fc.constantFrom('1', '1', '2'),
  hasReason: fc.boolean(),
  finding: fc.constantFrom('sham' as const, 'no-sham' as const),
  form: fc.constantFrom('written' as const, undefined),
  by: fc.constantFrom('court' as const, 'parties' as const),
});
type Step = typeof drawn extends fc.Arbitrary<infer S> ? S : never;

/** Where it stands, what leads on from there: taken most of the time, or nobody would get far. */
const ONWARD: Readonly<Record<string, readonly Step['action'][]>> = {
  offered: ['consent', 'consent', 'package', 'package'],
  packaged: ['transfer', 'transfer', 'package'],
  transferred: ['receipt', 'receipt', 'transfer', 'court-return'],
  received: ['file', 'file', 'decline-filing', 'court-return', 'receipt'],
  'returned-by-court': ['package', 'package', 'transfer'],
  filed: ['judge', 'settle', 'withdraw', 'file', 'receipt'],
  decided: ['judge', 'settle', 'withdraw', 'verify-late-entry'],
  'to-be-designated': ['designate'],
  assigned: ['confirm', 'confirm', 'refuse', 'designate'],
  refused: ['designate', 'return'],
  'in-mediation': [
    ...(['contact', 'consent-to-mediation', 'consent-to-mediation', 'extend', 'start-appraisal'] as const),
    ...(['complete-appraisal', 'report-sham', 'review-sham', 'agree', 'fail', 'return', 'expire'] as const),
  ],
  agreed: ['return', 'verify-late-entry'],
  failed: ['return', 'verify-late-entry'],
};
const step = fc.record({
  drawn,
  isOnward: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)),
  pick: fc.nat(),
});

type Drawn = typeof step extends fc.Arbitrary<infer S> ? S : never;

function stepFrom(state: ReferralState, { drawn: one, isOnward, pick }: Drawn): Step {
  const onward = state.direction === 'none' ? [] : (ONWARD[state.status] ?? []);
  if (!isOnward || onward.length === 0) return one;
  const action = onward[pick % onward.length]!;
  const isOfCourt = ['designate', 'review-sham', 'file'].includes(action);
  const role = action === 'expire' ? 'process' : isOfCourt ? 'court' : 'officer';
  return { ...one, action, role, evidence: ['doc-1'], hasReason: true };
}
const start = fc.record({
  direction: fc.constantFrom('TO_COURT' as const, 'FROM_COURT' as const),
  purpose: fc.constantFrom('suit' as const, 'suit' as const, 'confirmation' as const),
  procedure: fc.constantFrom(null, 'ordinary' as const, 'summary' as const),
  hasBody: fc.boolean(),
});
type Start = typeof start extends fc.Arbitrary<infer S> ? S : never;

interface Played {
  readonly history: readonly RecordedReferralEvent[];
  readonly state: ReferralState;
  readonly document: ReferralDocument | undefined;
}

describe('any sequence of commands', () => {
  it('goes to the court once and without concessions, comes from it once, and ends once; each clock stops once', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(start, fc.array(step, { minLength: 5, maxLength: 40, size: 'max' }), (from, steps) => {
        play(from, steps, seen);
      }),
      { numRuns: 600, seed: 20_260_302 },
    );
    // The sequences really got everywhere: otherwise the property above would prove nothing.
    for (const name of [
      ...['ReferralMaterialsPackaged', 'DisputeReferredToCourt', 'CourtReceived', 'ReferralReturnedByCourt'],
      ...['CourtFilingAccepted', 'CourtFilingDeclined', 'JudgmentRecorded', 'CourtSettlementRecorded', 'SuitWithdrawn'],
      ...['CourtMediationBodyDesignated', 'CourtAssignmentConfirmed', 'CourtAssignmentRefused', 'OtherPartyContacted'],
      ...['CourtMediationExtended', 'CourtAppraisalStarted', 'CourtAppraisalCompleted', 'ShamMediationReported'],
      ...['ShamMediationReviewed', 'CourtMediationAgreed', 'CourtMediationFailed', 'CourtMediationExpired'],
      ...['CaseReturnedToCourt', 'ReferralLateEntryVerified', 'CONCESSION_NOT_TRANSFERABLE', 'CONSENT_MISSING'],
      ...['FACTS_NOT_AGREED', 'COURT_MEDIATION_EXPIRED', 'SHAM_UNDER_REVIEW', 'SHAM_MEDIATION', 'OTHER_DIRECTION'],
      ...[
        'HUMAN_DECISION_REQUIRED',
        'OCCURRED_BEFORE_PREVIOUS_STEP',
        'ALREADY_DECIDED',
        'PACKAGE_SENT_BACK',
        'silence',
      ],
      ...['COURT_CASE_NUMBER_CONFLICT', 'BOTH_PARTIES_REQUIRED', 'EVIDENCE_REQUIRED', 'NOT_A_SUIT', 'CHOICE_LAPSED'],
    ]) {
      expect(seen).toContain(name);
    }
  });
});

function play(from: Start, steps: readonly Drawn[], seen: Set<string>): void {
  let played: Played = { history: [], state: initial, document: undefined };
  const opening = begun(from);
  expect(isRefusal(opening)).toBe(false);
  for (const next of opening as readonly ReferralEvent[]) played = taken(played, next, contextOf(undefined, []));
  for (const any of steps) {
    const before = played;
    const one = stepFrom(before.state, any);
    const context = contextOf(one, before.history);
    const decision = decided(one, from, before.state, context);
    if (isRefusal(decision)) {
      seen.add(decision.code);
      continue;
    }
    if (decision.length === 0) seen.add('silence');
    for (const next of decision) {
      seen.add(next.type);
      holds(played.history, next, context);
      played = taken(played, next, context);
    }
    agreesWithItself(before, played);
  }
}

const READS = { dispute: { respondentUscc: null, mergedInto: null }, complaint: undefined, body: unreadBody };
const ENDED = { ...unreadProcedure, disputeId: DISPUTE, endedAt: START - DAY, isAgreed: true };

function begun({ direction, purpose, procedure, hasBody }: Start) {
  const context = contextOf(undefined, []);
  if (direction === 'TO_COURT') {
    const command = { disputeId: DISPUTE, handlingRegion: '330602', purpose, mediationId: MEDIATION };
    return offer(command, initial, { ...context, reads: { ...READS, mediation: ENDED } }, law);
  }
  return assign(assignmentOf(procedure, hasBody), initial, { ...context, reads: READS }, law);
}

function assignmentOf(procedure: Start['procedure'], hasBody: boolean) {
  return {
    court: COURT,
    courtCaseNo: '1',
    kind: procedure === null ? ('pre-filing' as const) : ('post-filing' as const),
    handlingRegion: '330602',
    ...(procedure !== null && { procedure }),
    ...(hasBody ? { bodyId: BODY, consents: ['consumer' as const] } : { consents: ['consumer', 'merchant'] as const }),
  } as Parameters<typeof assign>[0];
}

function decided(one: Step, from: Start, state: ReferralState, context: DecisionContext) {
  const { party, evidence, number, finding, form, by } = one;
  const agreedBy = [...one.parties];
  const basis = 'respondent-domicile' as const;
  const sent = state.direction === 'TO_COURT' ? (state.package?.id ?? state.returned[0] ?? '-') : '-';
  switch (one.action) {
    case 'consent':
      return consent({ party, evidence }, state, context, law);
    case 'refuse-route':
      return refuseConsentToRoute({ party }, state, context, law);
    case 'package':
      return packageMaterials({ items: one.items, factsAgreedBy: agreedBy }, state, context, law);
    case 'transfer':
      return transfer({ package: sent, court: COURT, jurisdictionBasis: basis }, state, context, law);
    case 'receipt':
      return recordReceipt({ evidence }, state, context, law);
    case 'court-return':
      return recordReturn({ reason: 'other', evidence }, state, context, law);
    case 'file':
      return recordFiling({ courtCaseNo: number, evidence }, state, context, law);
    case 'decline-filing':
      return recordFilingRefusal({ ground: 'other', evidence }, state, context, law);
    case 'judge':
      return recordJudgment({ documentNo: number, judgment: 'upheld', evidence }, state, context, law);
    case 'settle':
      return recordSettlement({ documentNo: number, evidence }, state, context, law);
    case 'withdraw':
      return recordWithdrawal({ reason: 'settled', evidence }, state, context, law);
    case 'designate':
      return designate({ bodyId: OTHER_BODY, by }, state, { ...context, reads: READS }, law);
    case 'confirm':
      return confirm({ basis: 'platform' }, state, context, law);
    case 'refuse':
      return refuseCourtAssignment({ ground: 'unsuitable', reason: WORDS }, state, context, law);
    case 'contact':
      return contact({ channel: 'phone' }, state, context, law);
    case 'consent-to-mediation':
      return consentToMediation({ party, evidence }, state, context, law);
    case 'extend':
      return extend({ days: 7, agreedBy, evidence }, state, context, law);
    case 'start-appraisal':
      return startAppraisal({}, state, context, law);
    case 'complete-appraisal':
      return completeAppraisal({}, state, context, law);
    case 'report-sham':
      return reportSham({ indications: ['collusion'], reason: WORDS }, state, context, law);
    case 'review-sham':
      return reviewSham({ finding, evidence }, state, context, law);
    case 'agree':
      return agree({ agreedBy, evidence, ...(form !== undefined && { form }) }, state, context, law);
    case 'fail':
      return fail({ reason: 'other' }, state, context, law);
    case 'return':
      return returnCase({ report: 'doc-9' }, state, context, law);
    case 'expire':
      return expire({}, state, context, law);
    case 'verify-late-entry':
      return verifyLateEntry({ clock: 'court-mediation', reason: 'other', evidence }, state, context, law);
    case 'assign-again':
      return assign(assignmentOf(from.procedure, from.hasBody), state, { ...context, reads: READS }, law);
  }
}

const BESIDES = [
  'ReferralLinkedToDispute',
  'CourtMediationExpired',
  'ReferralDeadlineAmended',
  'ReferralLateEntryVerified',
];

function contextOf(one: Step | undefined, history: readonly RecordedReferralEvent[]): DecisionContext {
  const previous = history.findLast(({ type }) => !BESIDES.includes(type))?.occurredAt ?? START;
  const occurredAt = previous + (one?.days ?? 0) * DAY;
  return {
    now: Math.max(history.at(-1)?.recordedAt ?? START, occurredAt + (one?.lateBy ?? 0) * DAY),
    occurredAt,
    today: localDateOf(occurredAt),
    actor: { id: one?.person ?? 'key-1', role: one?.role ?? 'officer' },
    bounds: { region: null, subject: null },
    id: 'R1',
    version: history.length,
    payloadDigest: 'digest',
    persons: one?.hasReason === true ? { reason: { personId: 'reason-1', tokens: {} } } : {},
    reads: {},
  };
}

function taken(before: Played, next: ReferralEvent, { occurredAt, now, actor }: DecisionContext): Played {
  const [event] = recorded<RecordedReferralEvent>([{ occurredAt, ...next, recordedAt: now, actor } as Given]);
  const state = evolve(before.state, event!);
  const document = referralsView.evolve(before.document, event!, 'R1')!;
  return { history: [...before.history, event!], state, document };
}

/** What may follow what. */
function holds(history: readonly RecordedReferralEvent[], next: ReferralEvent, context: DecisionContext): void {
  const types = history.map(({ type }) => type);
  const of = <Type extends keyof ReferralEvents>(type: Type) =>
    history.filter((past) => past.type === type).map(({ data }) => data as ReferralEvents[Type]);
  expect(JSON.stringify(next)).not.toContain('Zhang');
  if (next.type !== 'CourtMediationExpired') expect(context.actor.role).not.toBe('process');
  const { zh, en } = referralWords[next.type](next.data as never);
  expect([zh, en].every((words) => words.length > 3 && !words.includes('undefined'))).toBe(true);
  switch (next.type) {
    case 'ReferralMaterialsPackaged': {
      const { items, hash, package: id } = next.data;
      for (const { kind } of items) expect(WITHHELD_KINDS).not.toContain(kind);
      const again = packageOf(
        'R1',
        items.map(({ kind, reference }) => `${kind}=${reference}`),
        ['consumer', 'merchant'],
      );
      expect(again).toMatchObject({ hash, package: id });
      break;
    }
    case 'DisputeReferredToCourt':
      expect(of('DisputeReferredToCourt').map((one) => one.package)).not.toContain(next.data.package);
      expect(of('ReferralMaterialsPackaged').at(-1)!.package).toBe(next.data.package);
      break;
    case 'CourtFilingAccepted':
    case 'CourtFilingDeclined':
      expect(types).toContain('CourtReceived');
      expect(types).not.toContain('CourtFilingAccepted');
      expect(types).not.toContain('CourtFilingDeclined');
      break;
    case 'JudgmentRecorded':
    case 'CourtSettlementRecorded':
    case 'SuitWithdrawn':
      expect(types).toContain('CourtFilingAccepted');
      for (const type of ['JudgmentRecorded', 'CourtSettlementRecorded', 'SuitWithdrawn'] as const) {
        expect(types).not.toContain(type);
      }
      break;
    case 'CourtMediationAgreed':
      agreesRightly(history, context.occurredAt);
      break;
    case 'CaseReturnedToCourt':
      expect(types).not.toContain('CaseReturnedToCourt');
      expect(types.some((type) => ENDS.includes(type))).toBe(true);
      break;
    default:
      break;
  }
}

const ENDS: readonly string[] = [
  'CourtAssignmentRefused',
  'CourtMediationAgreed',
  'CourtMediationFailed',
  'CourtMediationExpired',
];

/** By both, who have agreed to mediate, with no sham in the air, and on its last day at the latest. */
function agreesRightly(history: readonly RecordedReferralEvent[], at: Instant): void {
  const state = history.reduce<ReferralState>(evolve, initial);
  const first = history[0]!;
  const before = first.type === 'DisputeAssignedByCourt' ? first.data.consents : [];
  const said = history.flatMap((past) => (past.type === 'CourtMediationConsentGiven' ? [past.data.party] : []));
  expect([...before, ...said].sort()).toEqual(['consumer', 'merchant']);
  const sham = history.findLast(({ type }) => type.startsWith('ShamMediation'));
  expect(sham === undefined || (sham.type === 'ShamMediationReviewed' && sham.data.finding === 'no-sham')).toBe(true);
  const due = clocksOf(state)['court-mediation']!.due;
  expect(due === null || isBy(due, at)).toBe(true);
}

/** Read again from the beginning it is the same, its document has its clocks, and a clock that has stopped stays as it was. */
function agreesWithItself(before: Played, { history, state, document }: Played): void {
  expect(history.reduce<ReferralState>(evolve, initial)).toEqual(state);
  const clocks = clocksOf(state);
  expect(document!.clocks).toEqual(clocks);
  expect(document!.barsComplaint).toBe(state.direction !== 'none' && state.courtFilingState === 'filed');
  for (const [name, clock] of Object.entries(clocksOf(before.state))) {
    // One that was opened anew is another one: another package was received, another body was designated.
    if (clocks[name]!.from === clock.from) keeps(clock, clocks[name]!);
  }
}

function keeps(before: Clock, after: Clock): void {
  if (isOpen(before) || after.state === 'running' || before.state === 'expired') return;
  const verified = before.completion!.verified || after.completion!.verified;
  expect(after).toEqual({ ...before, completion: { ...before.completion, verified } });
}

function clocksOf(state: ReferralState): Clocks {
  return state.direction === 'none' ? {} : state.clocks;
}
