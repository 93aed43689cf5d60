import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DecisionContext, Instant } from '#kernel';
import { isRefusal, localDateOf, recorded, startOfDay } from '#kernel';
import { isBy, isOpen, type Clock, type Clocks } from '#law';
import { evolve, initial, type ConfirmationState } from './confirmation.ts';
import { apply, open, sign, withdraw } from './decide-application.ts';
import { accept, challenge, confirm, decideChallenge, decline, dismiss } from './decide-court.ts';
import { enforce, extendDecision, perform, verifyLateEntry } from './decide-court.ts';
import type { ConfirmationEvent, RecordedConfirmationEvent } from './events.ts';
import { COURT, DISPUTE, law, MEDIATION, type Given } from './testing/given-confirmation.ts';
import { confirmationsView, type ConfirmationDocument } from './views/judicial-confirmations.ts';
import { confirmationWords } from './words.ts';

const DAY = 24 * 3_600_000;
const EFFECTIVE = startOfDay('2026-03-02');

const ACTIONS = [
  ...['sign', 'apply', 'withdraw', 'accept', 'decline', 'extend', 'confirm', 'dismiss', 'perform', 'enforce'],
  ...['challenge', 'decide-challenge', 'verify-late-entry', 'open-again'],
] as const;
const drawn = fc.record({
  action: fc.constantFrom(...ACTIONS),
  role: fc.constantFrom('officer', 'mediator', 'court', 'merchant', 'public', 'process'),
  person: fc.constantFrom('key-1', 'key-2'),
  days: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(0, 1, 3) }, fc.integer({ min: -1, max: 45 })),
  lateBy: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 40 })),
  party: fc.constantFrom('consumer' as const, 'merchant' as const),
  parties: fc.oneof(fc.constant(['consumer', 'merchant'] as const), fc.subarray(['consumer', 'merchant'] as const)),
  evidence: fc.oneof({ weight: 3, arbitrary: fc.constant<string[]>(['doc-1']) }, fc.constant<string[]>([])),
  number: fc.constantFrom('1', '2'),
  court: fc.constantFrom(COURT, COURT, '另一法院'),
  ground: fc.constantFrom('no-jurisdiction' as const, 'other' as const),
  result: fc.constantFrom('revoked' as const, 'rejected' as const),
  knewBefore: fc.integer({ min: -1, max: 400 }),
  extendBy: fc.constantFrom(undefined, 5, 15),
  clock: fc.constantFrom('application', 'court-decision'),
});
type Step = typeof drawn extends fc.Arbitrary<infer S> ? S : never;

/** Where it stands, what leads on from there. */
const ONWARD: Readonly<Record<string, readonly Step['action'][]>> = {
  eligible: ['sign', 'sign', 'sign', 'apply'],
  applied: ['accept', 'accept', 'decline', 'withdraw'],
  'not-accepted': ['apply', 'sign', 'verify-late-entry'],
  withdrawn: ['apply', 'verify-late-entry'],
  accepted: ['confirm', 'confirm', 'dismiss', 'extend', 'withdraw'],
  confirmed: ['perform', 'enforce', 'challenge', 'challenge', 'decide-challenge', 'verify-late-entry'],
};
const step = fc.record({
  drawn,
  isOnward: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)),
  pick: fc.nat(),
});
type Drawn = typeof step extends fc.Arbitrary<infer S> ? S : never;

interface Played {
  readonly history: readonly RecordedConfirmationEvent[];
  readonly state: ConfirmationState;
  readonly document: ConfirmationDocument | undefined;
}

describe('any sequence of commands', () => {
  it('is applied for by both in time, decided once, and only what was confirmed is enforced or attacked', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(step, { minLength: 3, maxLength: 25, size: 'max' }), (steps) => play(steps, seen)),
      { numRuns: 600, seed: 20_260_302 },
    );
    // The sequences really got everywhere: otherwise the property above would prove nothing.
    for (const name of [
      ...['ConfirmationApplicationSigned', 'JudicialConfirmationApplied', 'JudicialConfirmationAccepted'],
      ...['JudicialConfirmationNotAccepted', 'ConfirmationApplicationWithdrawn', 'ConfirmationDecisionExtended'],
      ...['AgreementConfirmed', 'ConfirmationDismissed', 'ConfirmedAgreementPerformed', 'EnforcementApplied'],
      ...['ConfirmationChallenged', 'ConfirmationRevokedByThirdParty', 'ConfirmationChallengeRejected', 'silence'],
      ...['ConfirmationLateEntryVerified', 'JOINT_APPLICATION_REQUIRED', 'OTHER_COURT_SIGNED', 'ALREADY_PERFORMED'],
      ...['APPLICATION_WINDOW_CLOSED', 'CHALLENGE_TOO_LATE', 'CHALLENGE_OPEN', 'HUMAN_DECISION_REQUIRED'],
      ...['NOT_YOUR_PARTY', 'OCCURRED_BEFORE_PREVIOUS_STEP', 'EXTENSION_AMOUNT_NEEDED', 'EXTENSION_TOO_LATE'],
      ...['CONFIRMATION_REVOKED', 'NOT_CONFIRMED', 'NOT_BACKDATED', 'SECOND_PERSON_REQUIRED'],
    ]) {
      expect(seen).toContain(name);
    }
  });
});

function play(steps: readonly Drawn[], seen: Set<string>): void {
  let played: Played = { history: [], state: initial, document: undefined };
  const context = contextOf(undefined, []);
  for (const next of opening(initial, context) as readonly ConfirmationEvent[]) played = taken(played, next, context);
  for (const any of steps) {
    const before = played;
    const one = stepFrom(before.state, any);
    const context = contextOf(one, before.history);
    const decision = decided(one, before.state, context);
    if (isRefusal(decision)) {
      seen.add(decision.code);
      continue;
    }
    if (decision.length === 0) seen.add('silence');
    for (const next of decision) {
      seen.add(next.type);
      holds(played, next, context);
      played = taken(played, next, context);
    }
    agreesWithItself(before, played);
  }
}

function stepFrom(state: ConfirmationState, { drawn: one, isOnward, pick }: Drawn): Step {
  const onward = ONWARD[state.status] ?? [];
  if (!isOnward || onward.length === 0) return one;
  return { ...one, action: onward[pick % onward.length]!, role: 'officer', evidence: ['doc-1'] };
}

function opening(state: ConfirmationState, context: DecisionContext) {
  const mediation = {
    disputeId: DISPUTE,
    handlingRegion: '330602',
    respondentUscc: null,
    kind: 'administrative',
    assignment: null,
    invitingCourt: null,
    assignedBy: null,
    isOral: false,
    effectiveOn: localDateOf(EFFECTIVE),
  } as const;
  const command = { mediationId: MEDIATION, matter: 'property-or-contract' } as const;
  return open(command, state, { ...context, reads: { mediation, referral: undefined } }, law);
}

function decided(one: Step, state: ConfirmationState, context: DecisionContext) {
  const { party, evidence, number, court, ground, extendBy } = one;
  const place = { court, courtBasis: 'body-place' as const };
  switch (one.action) {
    case 'open-again':
      return opening(state, context);
    case 'sign':
      return sign({ party, ...place, evidence }, state, context, law);
    case 'apply':
      // The command's class lets none through without.
      return apply({ applicants: [...one.parties], ...place, evidence: ['doc-2'] }, state, context, law);
    case 'withdraw':
      return withdraw({ withdrawal: 'by-parties', by: [...one.parties], evidence }, state, context, law);
    case 'accept':
      return accept({ courtCaseNo: number, evidence }, state, context, law);
    case 'decline':
      return decline({ ground, evidence }, state, context, law);
    case 'extend':
      return extendDecision({ evidence, ...(extendBy !== undefined && { days: extendBy }) }, state, context, law);
    case 'confirm':
      return confirm({ documentNo: number, evidence }, state, context, law);
    case 'dismiss':
      return dismiss({ documentNo: number, grounds: ['other'], evidence }, state, context, law);
    case 'perform':
      return perform({ evidence }, state, context, law);
    case 'enforce':
      return enforce({ party, evidence }, state, context, law);
    case 'challenge': {
      const knewOn = localDateOf(context.occurredAt - one.knewBefore * DAY);
      return challenge({ knewOn, evidence }, state, context, law);
    }
    case 'decide-challenge':
      return decideChallenge({ result: one.result, documentNo: number, evidence }, state, context, law);
    case 'verify-late-entry':
      return verifyLateEntry({ clock: one.clock, reason: 'other', evidence }, state, context, law);
  }
}

const BESIDES = ['ConfirmationWindowOpened', 'ConfirmationDeadlineAmended', 'ConfirmationLateEntryVerified'];

function contextOf(one: Step | undefined, history: readonly RecordedConfirmationEvent[]): DecisionContext {
  const previous = history.findLast(({ type }) => !BESIDES.includes(type))?.occurredAt ?? EFFECTIVE;
  const occurredAt = previous + (one?.days ?? 1) * DAY;
  return {
    now: Math.max(history.at(-1)?.recordedAt ?? EFFECTIVE, occurredAt + (one?.lateBy ?? 0) * DAY),
    occurredAt,
    today: localDateOf(occurredAt),
    actor: { id: one?.person ?? 'key-1', role: one?.role ?? 'officer' },
    bounds: { region: null, subject: null },
    id: 'C1',
    version: history.length,
    payloadDigest: '',
    persons: {},
    reads: {},
  };
}

function taken(before: Played, next: ConfirmationEvent, { occurredAt, now, actor }: DecisionContext): Played {
  const [event] = recorded<RecordedConfirmationEvent>([{ ...next, occurredAt, recordedAt: now, actor } as Given]);
  const state = evolve(before.state, event!);
  const document = confirmationsView.evolve(before.document, event!, 'C1')!;
  return { history: [...before.history, event!], state, document };
}

/** What may follow what. */
function holds({ history, state }: Played, next: ConfirmationEvent, { actor, occurredAt }: DecisionContext): void {
  const types = history.map(({ type }) => type);
  expect(actor.role).not.toBe('process');
  const { zh, en } = confirmationWords[next.type](next.data as never);
  expect([zh, en].every((words) => words.length > 3 && !words.includes('undefined'))).toBe(true);
  switch (next.type) {
    case 'JudicialConfirmationApplied':
      appliesRightly(history, next, occurredAt);
      break;
    case 'AgreementConfirmed':
    case 'ConfirmationDismissed':
      expect(types).not.toContain('AgreementConfirmed');
      expect(types).not.toContain('ConfirmationDismissed');
      expect(state.status).toBe('accepted');
      break;
    case 'ConfirmedAgreementPerformed':
    case 'EnforcementApplied':
    case 'ConfirmationChallenged':
    case 'ConfirmationRevokedByThirdParty':
    case 'ConfirmationChallengeRejected':
      expect(types).toContain('AgreementConfirmed');
      expect(types).not.toContain('ConfirmationRevokedByThirdParty');
      break;
    case 'ConfirmationLateEntryVerified':
      expect(clocksOf(state)[next.data.clock]!.completion!.by).not.toBe(actor.id);
      break;
    default:
      break;
  }
}

/** Both, within the thirty days; each by an own signature for the same court, or in one application with proof. */
function appliesRightly(
  history: readonly RecordedConfirmationEvent[],
  { data }: Extract<ConfirmationEvent, { type: 'JudicialConfirmationApplied' }>,
  at: Instant,
): void {
  expect(data.applicants).toEqual(['consumer', 'merchant']);
  expect(isBy('2026-04-01', at)).toBe(true);
  const last = history.at(-1)!;
  // The signature that completes it comes with it: before that one, the other party's stands alone.
  const wasSigned = last.type === 'ConfirmationApplicationSigned' && last.occurredAt === at;
  if (!wasSigned) expect(data.evidence).not.toEqual([]);
}

/** Read again from the beginning it is the same, its document has its clocks, and a clock that has stopped stays as it was. */
function agreesWithItself(before: Played, { history, state, document }: Played): void {
  expect(history.reduce<ConfirmationState>(evolve, initial)).toEqual(state);
  const clocks = clocksOf(state);
  expect(document!.clocks).toEqual(clocks);
  for (const [name, clock] of Object.entries(clocksOf(before.state))) {
    // Another application, another attack open theirs anew; the window of the parties is one.
    if (name === 'application' || clocks[name]!.from === clock.from) keeps(clock, clocks[name]!);
  }
}

function keeps(before: Clock, after: Clock): void {
  expect(after.promised).toBe(before.promised);
  if (isOpen(before) || isOpen(after) || before.clock === 'challenge') return;
  const verified = before.completion!.verified || after.completion!.verified;
  const same = { ...before, completion: { ...before.completion, verified } };
  if (before.clock === 'application') expect(after).toEqual(same);
}

function clocksOf(state: ConfirmationState): Clocks {
  return state.status === 'none' ? {} : state.clocks;
}
