import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TERMINATION_GROUNDS } from '#complaints/events';
import type { Decision, DecisionContext } from '#kernel';
import { isRefusal, localDateOf, recorded } from '#kernel';
import { isOpen } from '#law';
import {
  fileRecord,
  issueStatement,
  reachAgreement,
  recordBreach,
  recordPerformance,
  signAgreement,
} from './decide-agreement.ts';
import {
  assignMediator,
  cancelSession,
  decideRecusal,
  disputeAppraisalFee,
  recordAttendance,
  requestRecusal,
  scheduleSession,
} from './decide-session.ts';
import { amendDeadline, notifyParties, terminate, verifyLateEntry } from './decide-termination.ts';
import { accept, consent, decline, delegate, refuseMediation, reportClue } from './decide.ts';
import { AGREEMENT_FORMS, KINDS, MEDIATION_KINDS, SIGNERS, type MediationKind } from './kinds.ts';
import { MEDIATION_ENDINGS, PARTIES, type MediationEvent, type RecordedMediationEvent } from './mediation-events.ts';
import { evolve, initial, type MediationState } from './mediation.ts';
import {
  body,
  BODY,
  bothConsent,
  complaintAcceptedOn,
  DAY,
  dispute,
  HASH,
  inSession,
  law,
  live,
  mediator,
  MEDIATOR,
  OTHER_HASH,
  proposed,
  reached,
  ready,
  referral,
  SUBSTITUTE,
  terminated,
  type Given,
} from './testing/given-mediation.ts';
import { mediationsView, type MediationDocument } from './views/mediations.ts';

const step = fc.record({
  action: fc.oneof(
    // What leads on comes more often, so that the sequences get far.
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        ...(['accept', 'consent', 'assign', 'schedule', 'hold', 'reach'] as const),
        ...(['sign', 'sign', 'sign', 'sign', 'sign', 'sign', 'sign', 'sign'] as const),
      ),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        ...(['decline', 'refuse', 'delegate', 'cancel', 'ask-recusal', 'decide-recusal', 'fee', 'clue'] as const),
        ...(['issue', 'file', 'perform', 'breach', 'terminate', 'notify', 'verify', 'amend'] as const),
      ),
    },
  ),
  role: fc.oneof(
    { weight: 6, arbitrary: fc.constant('officer') },
    { weight: 1, arbitrary: fc.constantFrom('mediator', 'court', 'merchant', 'public', 'process') },
  ),
  person: fc.constantFrom('key-1', 'key-2'),
  party: fc.constantFrom(...PARTIES),
  to: fc.constantFrom('mediation', 'delegation', undefined),
  mediatorId: fc.constantFrom(MEDIATOR, MEDIATOR, SUBSTITUTE),
  session: fc.constantFrom('1', '2', '3'),
  form: fc.constantFrom(...AGREEMENT_FORMS, 'statement', 'statement', 'written'),
  signer: fc.constantFrom(...SIGNERS),
  textHash: fc.oneof({ weight: 15, arbitrary: fc.constant(HASH) }, fc.constant(OTHER_HASH)),
  atOnce: fc.boolean(),
  granted: fc.boolean(),
  evidence: fc.oneof({ weight: 5, arbitrary: fc.constant<string[]>(['doc-1']) }, fc.constant<string[]>([])),
  ground: fc.constantFrom(...TERMINATION_GROUNDS, '23(1)(5)' as const),
  ending: fc.constantFrom(...MEDIATION_ENDINGS),
  clock: fc.constantFrom('body-mediation', 'termination-notice', 'performance'),
  /** After the last step, when it happened. */
  days: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 3 }) }, fc.integer({ min: -1, max: 30 })),
  /** After that, when it was entered. */
  lateBy: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 30 })),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Its sixty days are over soon. */
const complaint = complaintAcceptedOn('2025-12-15');

/** Where a sequence begins: the further on, the more of what comes last is reached. */
const STARTS: readonly ((kind: MediationKind) => readonly Given[])[] = [
  (kind) => [proposed(kind)],
  (kind) => [...live(kind), ...bothConsent(KINDS[kind].ofComplaint ? 'delegation' : 'mediation')],
  (kind) => inSession(kind),
  (kind) => [...inSession(kind), reached({ form: KINDS[kind].ofComplaint ? 'statement' : 'written' })],
  (kind) => [...ready(kind), terminated(KINDS[kind].ofComplaint ? {} : { ground: null, ending: 'other' })],
];

/** A mediation with everything that happened in it, followed by its state and its document. */
interface Played {
  readonly history: readonly RecordedMediationEvent[];
  readonly state: MediationState;
  readonly document: MediationDocument;
}

describe('any sequence of commands', () => {
  it('mediates only with consent, binds only with every signature, ends once, and stops each clock once', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(
        fc.constantFrom(...MEDIATION_KINDS),
        fc.constantFrom(...STARTS),
        fc.array(step, { minLength: 5, maxLength: 60, size: 'max' }),
        (kind, start, steps) => {
          for (const name of play(start(kind), steps)) seen.add(name);
        },
      ),
      { numRuns: 1000, seed: 20_260_304 },
    );
    // The sequences really got everywhere: otherwise the property above would prove nothing.
    const reachable = [
      ...['MediationApplicationAccepted', 'MediationApplicationDeclined', 'MediationDelegated', 'MediatorAssigned'],
      ...['MediationSessionHeld', 'MediationSessionCancelled', 'RecusalDecided', 'MediationAgreementReached'],
      ...['AgreementSigned', 'MediationAgreementEffective', 'MediationStatementIssued', 'MediationRecordFiled'],
      ...['AgreementPerformed', 'AgreementBreached', 'MediationTerminated', 'PartiesNotifiedOfTermination'],
      ...['ViolationClueFound', 'MediationLateEntryVerified', 'NO_SUB_DELEGATION', 'DELEGATION_CONSENT_REQUIRED'],
      ...['CONSENT_REQUIRED', 'PARTY_REFUSED', 'MEDIATION_SUSPENDED', 'NO_SESSION_HELD', 'TEXT_HASH_MISMATCH'],
      ...['MEDIATION_LIMIT_NOT_REACHED', 'HUMAN_DECISION_REQUIRED', 'SECOND_PERSON_REQUIRED', 'STATEMENT_REQUIRED'],
      ...['OCCURRED_BEFORE_PREVIOUS_STEP', 'terminated for time', 'signed again', 'silence'],
    ];
    expect(reachable.filter((name) => !seen.has(name))).toEqual([]);
  });
});

/** From a history on that is already there. */
function play(history: readonly Given[], steps: readonly Step[]): Set<string> {
  let played = history.reduce<Played | undefined>(taken, undefined)!;
  const seen = new Set<string>();
  for (const one of steps) {
    const context = contextOf(one, played.history);
    const decision = decided(one, played.state, context);
    if (isRefusal(decision)) {
      seen.add(decision.code);
      continue;
    }
    if (decision.length === 0) seen.add('silence');
    const { occurredAt, now: recordedAt, actor } = context;
    const before = played;
    for (const next of decision) {
      holds(played, next, context);
      seen.add(next.type);
      if (next.type === 'MediationTerminated' && isForTime(next.data)) seen.add('terminated for time');
      if (next.type === 'MediationAgreementReached' && next.data.agreement !== '1') seen.add('signed again');
      played = taken(played, { ...next, occurredAt, recordedAt, actor } as Given);
    }
    clocksHold(before, played);
  }
  const replayed = played.history.reduce(evolve, initial);
  expect(replayed).toEqual(played.state);
  return seen;
}

function taken(before: Played | undefined, given: Given): Played {
  const [event] = recorded<RecordedMediationEvent>([given]);
  return {
    history: [...(before?.history ?? []), event!],
    state: evolve(before?.state ?? initial, event!),
    document: mediationsView.evolve(before?.document, event!, 'M1')!,
  };
}

function decided(one: Step, state: MediationState, context: DecisionContext<never>): Decision<MediationEvent> {
  const { party, to, mediatorId, session, form, signer, textHash, atOnce, granted, evidence } = one;
  const { ground, ending, clock, role } = one;
  const own = role === 'merchant' || role === 'public';
  const at = new Date(context.occurredAt + DAY).toISOString();
  switch (one.action) {
    case 'accept':
      return accept({}, state, context, law);
    case 'decline':
      return decline({ code: 'other' }, state, context, law);
    case 'consent':
      return consent({ ...(own ? {} : { party }), ...(to === undefined ? {} : { to }) }, state, context, law);
    case 'refuse':
      return refuseMediation(own ? {} : { party }, state, context, law);
    case 'delegate':
      return delegate({ bodyId: BODY }, state, context, law);
    case 'assign':
      return assignMediator({ mediatorId }, state, context, law);
    case 'schedule':
      return scheduleSession(
        { scheduledFor: at, mode: 'on-site', place: 'Room 1', channel: 'sms' },
        state,
        context,
        law,
      );
    case 'cancel':
      return cancelSession({ session, code: 'other' }, state, context, law);
    case 'hold':
      return recordAttendance({ session, attended: [party] }, state, context, law);
    case 'ask-recusal':
      return requestRecusal(
        { mediatorId, ground: 'interest-in-dispute', ...(own ? {} : { by: party }) },
        state,
        context,
        law,
      );
    case 'decide-recusal':
      return decideRecusal({ granted }, state, context, law);
    case 'fee':
      return disputeAppraisalFee({}, state, context, law);
    case 'clue':
      return reportClue({ description: '', evidence }, state, context, law);
    case 'reach': {
      const due = localDateOf(context.occurredAt + 5 * DAY);
      const performance = atOnce ? { performedAtOnce: true } : { performanceDue: due };
      return reachAgreement({ form, terms: '', textHash, evidence, ...performance }, state, context, law);
    }
    case 'sign':
      return signAgreement({ method: 'seal', textHash, evidence, ...(own ? {} : { signer }) }, state, context, law);
    case 'issue':
      return issueStatement({ document: 'doc-9' }, state, context, law);
    case 'file':
      return fileRecord({ document: 'doc-9' }, state, context, law);
    case 'perform':
      return recordPerformance({ evidence }, state, context, law);
    case 'breach':
      return recordBreach({ breach: atOnce ? 'performance-refused' : 'not-performed' }, state, context, law);
    case 'terminate': {
      const isOfAuthority = state.status !== 'none' && KINDS[state.kind].ofComplaint;
      const how = isOfAuthority ? { ground } : { ending };
      const basis = ground === '23(1)(6)' && isOfAuthority ? { disqualification: '42' as const } : {};
      return terminate({ ...how, ...basis, evidence }, state, context, law);
    }
    case 'notify':
      return notifyParties({ channel: 'mail' }, state, context, law);
    case 'verify':
      return verifyLateEntry({ clock, reason: 'other', evidence: ['doc-1'] }, state, context, law);
    case 'amend':
      return amendDeadline({ clock }, state, context, law);
  }
}

function contextOf({ role, person, days, lateBy }: Step, history: readonly RecordedMediationEvent[]) {
  const last = history.findLast(({ type }) => !BESIDES.has(type))!;
  const occurredAt = last.occurredAt + days * DAY;
  const vaulted = (personId: string) => ({ personId, tokens: {} });
  return {
    now: Math.max(history.at(-1)!.recordedAt, occurredAt + lateBy * DAY),
    occurredAt,
    today: localDateOf(occurredAt),
    actor: { id: person, role },
    bounds: { region: null, subject: null },
    id: 'M1',
    version: history.length,
    payloadDigest: '',
    persons: { terms: vaulted('terms-1'), reason: vaulted('reason-1'), description: vaulted('clue-1') },
    reads: { dispute, complaint, referral, body, mediator },
  } as unknown as DecisionContext<never>;
}

/** Neither an amended deadline nor a verified entry nor a clue is a step of the mediation. */
const BESIDES = new Set(['MediationDeadlineAmended', 'MediationLateEntryVerified', 'ViolationClueFound']);
const ENDS = new Set(['MediationApplicationDeclined', 'MediationTerminated']);

/** What may follow what. */
function holds({ history, state }: Played, next: MediationEvent, { actor, occurredAt }: DecisionContext<never>): void {
  const types = history.map(({ type }) => type);
  expect(actor.role === 'process' && next.type !== 'MediationDeadlineAmended').toBe(false);
  if (state.status === 'none') throw new Error('nothing was proposed');
  const { kind, consents } = state;
  const isOver = types.some((type) => ENDS.has(type));
  if (isOver && !BESIDES.has(next.type)) expect(next.type).toBe('PartiesNotifiedOfTermination');
  if (!BESIDES.has(next.type)) expect(occurredAt).toBeGreaterThanOrEqual(state.previousAt);
  switch (next.type) {
    case 'MediationDelegated':
      expect(kind).toBe('administrative');
      expect(types).not.toContain('MediationDelegated');
      expect(Object.values(consents)).toEqual(['delegation', 'delegation']);
      break;
    case 'MediationSessionScheduled':
    case 'MediationSessionHeld':
    case 'MediationAgreementReached':
      expect(Object.values(consents)).not.toContain('refused');
      if (KINDS[kind].consent === 'both') expect(Object.values(consents)).not.toContain(null);
      if (kind === 'delegated') expect(Object.values(consents)).toEqual(['delegation', 'delegation']);
      expect(state.mediators).not.toHaveLength(0);
      expect(isSuspended(types)).toBe(false);
      if (next.type === 'MediationAgreementReached') expect(types).toContain('MediationSessionHeld');
      break;
    case 'MediationAgreementEffective':
      bindsRightly(history, next.data.agreement, KINDS[next.data.kind].forms[next.data.form]!.signers);
      expect(types).not.toContain('MediationAgreementEffective');
      expect(next.data.effectiveOn).toBe(localDateOf(occurredAt));
      break;
    case 'MediationTerminated':
      expect(types).not.toContain('MediationAgreementEffective');
      expect(KINDS[kind].ofComplaint).toBe(next.data.ground !== null);
      if (isForTime(next.data) && KINDS[kind].ofComplaint) {
        expect(localDateOf(occurredAt) >= complaint.clocks['mediation']!.due!).toBe(true);
      }
      break;
    case 'MediationStatementIssued':
    case 'MediationRecordFiled':
      expect(types).not.toContain('MediationStatementIssued');
      expect(types).not.toContain('MediationRecordFiled');
      break;
    case 'AgreementPerformed':
      expect(types).toContain('MediationAgreementEffective');
      expect(types).not.toContain('AgreementPerformed');
      expect(next.data.evidence).not.toHaveLength(0);
      break;
    case 'AgreementBreached':
      expect(types).toContain('MediationAgreementEffective');
      expect(types).not.toContain('AgreementPerformed');
      break;
    case 'RecusalDecided': {
      const asked = history.findLast(({ type }) => type === 'MediatorRecusalRequested')!;
      expect(asked.actor.id).not.toBe(actor.id);
      break;
    }
    default:
      break;
  }
}

function isSuspended(types: readonly string[]): boolean {
  return types.lastIndexOf('MediationSuspended') > types.lastIndexOf('MediationResumed');
}

function isForTime({ ground, ending }: { readonly ground: string | null; readonly ending: string | null }): boolean {
  return ground === '23(1)(5)' || ending === 'limit-reached';
}

/** Every hand that its form needs, each once, and each under this very agreement. */
function bindsRightly(history: readonly RecordedMediationEvent[], agreement: string, needed: readonly string[]): void {
  const reached = history.findLast((event) => event.type === 'MediationAgreementReached')!;
  const hands = history.flatMap((event) =>
    event.type === 'AgreementSigned' && event.data.agreement === agreement ? [event.data] : [],
  );
  expect(hands.map(({ signer }) => signer).sort()).toEqual([...needed].sort());
  const { textHash } = reached.data as { textHash: string | null };
  for (const hand of hands) expect(hand.textHash).toBe(textHash);
}

/** State and document tell the same clocks; one that has stopped keeps its answer. */
function clocksHold(before: Played, after: Played): void {
  const clocks = after.state.status === 'none' ? {} : after.state.clocks;
  expect(after.document.clocks).toEqual(clocks);
  for (const clock of Object.values(before.document.clocks)) {
    const { completion, ...now } = after.document.clocks[clock.clock]!;
    if (isOpen(clock) || clock.state === 'expired') continue;
    const { completion: then, ...old } = clock;
    expect(now).toEqual(old);
    expect({ ...completion, verified: false }).toEqual({ ...then, verified: false });
  }
}
