import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isRefusal, localDateOf, recorded, type DecisionContext, type Decision } from '#kernel';
import { isOpen, type Clocks } from '#law';
import { firstReceiptBy } from './assignment.ts';
import type { ComplaintState, Standing } from './complaint.ts';
import { evolve, initial } from './complaint.ts';
import * as decide from './decide.ts';
import type { ComplaintEvent, RecordedComplaintEvent } from './events.ts';
import { CORRECTABLE_FIELDS, DISQUALIFICATIONS, TERMINATION_GROUNDS } from './events.ts';
import { DAY, law, onDay, receipt, receivedAt, type Given } from './testing/given-complaint.ts';
import { OTHER, OTHER_REGION } from './testing/states.ts';
import { complaintWords } from './words.ts';
import { complaintsView, type ComplaintDocument } from './views/complaints.ts';

/** The complaint that others are merged into: received before any of them. */
const PRIMARY = recorded<RecordedComplaintEvent>([receivedAt(onDay('2026-01-05').occurredAt)]).reduce(evolve, initial);
const HERE = { competentAuthority: receipt.authority, competentRegion: '330602' };
const THERE = { competentAuthority: OTHER, competentRegion: OTHER_REGION };

const choices = fc.record({
  party: fc.constantFrom('complainant' as const, 'respondent' as const),
  yes: fc.boolean(),
  home: fc.boolean(),
  ground: fc.constantFrom(...TERMINATION_GROUNDS),
  basis: fc.constantFrom(...DISQUALIFICATIONS),
  result: fc.constantFrom('mediated' as const, 'terminated' as const, 'terminated' as const, 'withdrawn' as const),
  field: fc.constantFrom(...CORRECTABLE_FIELDS),
  shift: fc.integer({ min: -6, max: 3 }),
});
type Choices = typeof choices extends fc.Arbitrary<infer C> ? C : never;
type Context = DecisionContext<never>;
type Given2 = (state: ComplaintState, choice: Choices, context: Context) => Decision<ComplaintEvent>;

/** Every command of a complaint, with what chance gives it. */
const COMMANDS: Record<string, Given2> = {
  accept: (state, _, context) => decide.accept({}, state, context, law),
  decline: (state, { yes }, context) =>
    decide.decline({ ground: yes ? '16(1)' : '16(6)', reason: '', remedies: ['court'] }, state, context, law),
  notify: (state, _, context) => decide.notifyAcceptanceDecision({ channel: 'sms' }, state, context, law),
  agent: (state, _, context) => decide.appointAgent({ agentName: '', mandate: ['m-1'] }, state, context, law),
  'ask proof': (state, { shift }, context) =>
    decide.requestIdentityProof({ dueOn: localDateOf(context.occurredAt + shift * DAY) }, state, context, law),
  'submit proof': (state, _, context) => decide.submitIdentityProof({ evidence: ['id-1'] }, state, context, law),
  'proof overdue': (state, _, context) => decide.markIdentityProofOverdue({}, state, context, law),
  determine: (state, { yes, home }, context) =>
    decide.determineCompetence(
      { competent: yes, respondentKind: 'in-platform', basis: home ? 'published-address' : 'place-of-operation' },
      state,
      context,
      law,
    ),
  'feed back': (state, _, context) => decide.feedBackIncompetence({ reason: '' }, state, context, law),
  transfer: (state, { home }, context) =>
    decide.transfer(
      home ? { toAuthority: receipt.authority, toRegion: '330602' } : { toAuthority: OTHER, toRegion: OTHER_REGION },
      state,
      context,
      law,
    ),
  receive: (state, { home }, context) =>
    decide.receiveTransfer({ authority: home ? receipt.authority : OTHER }, state, context, law),
  dispute: (state, { home }, context) =>
    decide.raiseCompetenceDispute({ withAuthority: home ? receipt.authority : OTHER }, state, context, law),
  agree: (state, { home }, context) => decide.resolveCompetenceDispute(home ? HERE : THERE, state, context, law),
  'send up': (state, _, context) =>
    decide.sendUpCompetenceDispute({ higherAuthority: 'Shaoxing' }, state, context, law),
  designate: (state, { home }, context) => decide.designateAuthority(home ? HERE : THERE, state, context, law),
  consent: (state, { party, yes }, context) => decide.recordConsent({ party, agrees: yes }, state, context, law),
  negotiate: (state, _, context) => decide.proposeSelfSettlement({}, state, context, law),
  settle: (state, { yes }, context) => decide.recordSettlement({ evidence: yes ? ['e-1'] : [] }, state, context, law),
  retract: (state, _, context) => decide.retractSettlement({ reason: '' }, state, context, law),
  disqualify: (state, { basis }, context) => decide.disqualify({ basis, reason: '' }, state, context, law),
  appraise: (state, { yes }, context) =>
    decide.startAppraisal({ kind: yes ? 'testing' : 'inspection' }, state, context, law),
  appraised: (state, _, context) => decide.completeAppraisal({}, state, context, law),
  withdraw: (state, { home }, context) =>
    decide.withdraw({ by: home ? 'complainant' : 'agent', evidence: ['m-1'] }, state, context, law),
  conclude: (state, { result, ground, yes }, context) =>
    decide.conclude(
      { result, ...(result === 'terminated' ? { ground } : {}), evidence: yes ? ['e-2'] : [] },
      state,
      context,
      law,
    ),
  'notify end': (state, _, context) => decide.notifyTermination({ channel: 'mail' }, state, context, law),
  'follow up': (state, { yes }, context) =>
    decide.recordFollowUp({ channel: 'phone', reached: yes }, state, context, law),
  rate: (state, _, context) => decide.recordSatisfaction({ satisfaction: 'satisfied' }, state, context, law),
  reopen: (state, _, context) => decide.reopen({ reason: '' }, state, context, law),
  merge: (state, _, context) => decide.mergeInto({ primary: 'C0' }, state, context as never, law),
  unmerge: (state, _, context) => decide.unmerge({ reason: '' }, state, context, law),
  correct: (state, { field, shift }, context) =>
    decide.correctField({ field, reason: '', ...valueOf(field, shift, context) }, state, context, law),
  approve: (state, _, context) => decide.approveCorrection({}, state, context, law),
  reject: (state, _, context) => decide.rejectCorrection({}, state, context, law),
};

function valueOf(field: string, shift: number, { occurredAt }: Context): object {
  const at = occurredAt + shift * DAY;
  if (field === 'receivedAt') return { receivedAt: new Date(at).toISOString() };
  if (field === 'acceptedOn' || field === 'knewOn') return { [field]: localDateOf(at) };
  if (field === 'recoveredFen') return { recoveredFen: Math.abs(shift) };
  return field === 'respondentRegion' ? { respondentRegion: '330604' } : { [field]: `v${shift}` };
}

const step = fc.record({
  action: fc.constantFrom(...Object.keys(COMMANDS)),
  /** The next one that the way to an end asks for, so that walks get far. */
  isOnTheWay: fc.integer({ min: 0, max: 2 }).map((one) => one === 0),
  role: fc.oneof(
    { weight: 6, arbitrary: fc.constant('officer') },
    fc.constantFrom('mediator', 'process', 'hotline', 'head'),
  ),
  person: fc.constantFrom('key-1', 'key-2'),
  days: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 4 }) }, fc.integer({ min: -1, max: 45 })),
  choice: choices,
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

interface Walked {
  readonly history: readonly RecordedComplaintEvent[];
  readonly state: ComplaintState;
  readonly document: ComplaintDocument;
}

function taken(before: Walked | undefined, given: Given): Walked {
  const [event] = recorded<RecordedComplaintEvent>([given]);
  const history = [...(before?.history ?? []), event!];
  const state = evolve(before?.state ?? initial, event!);
  return { history, state, document: complaintsView.evolve(before?.document, event!, 'C1')! };
}

/** What leads from a state towards its end. */
function onward({ state }: Walked, { choice }: Step): string {
  switch (state.status) {
    case 'received':
      if (state.dispute?.stage === 'sent-up') return 'designate';
      if (state.dispute !== null) return choice.yes ? 'send up' : 'agree';
      if (state.file.assignments.at(-1)!.competence === 'not-competent' && state.settled !== null) return 'transfer';
      return choice.home ? 'accept' : 'ask proof';
    case 'returned':
      return 'transfer';
    case 'transferred':
      return 'receive';
    case 'accepted':
      return state.notified ? (choice.yes ? 'conclude' : 'consent') : 'notify';
    case 'not-accepted':
      return state.notified ? 'reopen' : 'notify';
    case 'concluded':
      return 'notify end';
    case 'merged':
      return 'unmerge';
    default:
      return choice.yes ? 'reopen' : 'rate';
  }
}

const ASIDE = [
  'ComplaintCorrectionProposed',
  'ComplaintCorrectionRejected',
  'ComplaintCorrected',
  'IdentityProofOverdue',
];

function walk(steps: readonly Step[]): Set<string> {
  let walked = taken(undefined, receivedAt(onDay('2026-03-30').occurredAt));
  let now = onDay('2026-03-30').occurredAt;
  const seen = new Set<string>();
  for (const one of steps) {
    const state = walked.state as Standing;
    const occurredAt = state.previousAt + one.days * DAY;
    now = Math.max(now, occurredAt);
    const context = contextOf(one, occurredAt, now);
    const action = one.isOnTheWay ? onward(walked, one) : one.action;
    const decision = COMMANDS[action]!(state, one.choice, context);
    if (isRefusal(decision)) {
      seen.add(decision.code);
      continue;
    }
    const before = walked;
    for (const next of decision) {
      follows(walked, next, context);
      seen.add(next.type);
      walked = taken(walked, { ...next, occurredAt, recordedAt: now, actor: context.actor } as Given);
    }
    holds(before, walked, decision);
  }
  return seen;
}

function contextOf({ role, person }: Step, occurredAt: number, now: number): Context {
  return {
    ...{ now, occurredAt, today: localDateOf(occurredAt), actor: { id: person, role } },
    ...{ bounds: { region: null, subject: null }, id: 'C1', version: 1, payloadDigest: '' },
    persons: { reason: { personId: 'vault-reason', tokens: {} }, agent: { personId: 'vault-agent', tokens: {} } },
    reads: { primary: PRIMARY, dispute: undefined } as never,
  };
}

/** What may follow what. */
function follows({ state, history }: Walked, next: ComplaintEvent, { occurredAt, actor }: Context): void {
  const standing = state as Standing;
  if (!ASIDE.includes(next.type)) expect(occurredAt).toBeGreaterThanOrEqual(standing.previousAt);
  const inThisRound = history.slice(history.findLastIndex(({ type }) => type === 'ComplaintReopened') + 1);
  const has = (type: string) => inThisRound.some((past) => past.type === type);
  switch (next.type) {
    case 'ComplaintConcluded':
      expect(has('ComplaintConcluded')).toBe(false);
      expect(next.data.ground === '23(1)(6)').toBe(next.data.disqualification !== null);
      if (next.data.ground === '23(1)(1)') expect(next.data.evidence).not.toHaveLength(0);
      break;
    case 'ComplaintAccepted':
    case 'ComplaintNotAccepted':
      expect(has('ComplaintAccepted') || has('ComplaintNotAccepted')).toBe(false);
      expect(standing.file.assignments.at(-1)!.leftAt).toBeNull();
      expect(['officer', 'administrator']).toContain(actor.role);
      if (next.type === 'ComplaintNotAccepted' && next.data.ground === '16(6)') {
        expect(localDateOf(occurredAt) >= '2026-04-15').toBe(true);
      }
      break;
    case 'ComplaintTransferredOut':
      // No unit passes it on: it was given back, or a dispute ended for the other.
      if (standing.status !== 'returned') {
        expect(has('AuthorityDesignated') || has('CompetenceDisputeResolved')).toBe(true);
      }
      break;
    case 'ComplaintCorrected':
      expect(next.data.proposer).not.toBe(next.data.approver);
      expect(next.data.approver).toBe(actor.id);
      expect(next.data.old).not.toBe(next.data.new);
      break;
    case 'ComplaintReopened':
      expect(actor.role).toBe('head');
      expect(next.data.round).toBe(history.filter(({ type }) => type === 'ComplaintReopened').length + 2);
      break;
    default:
      break;
  }
}

/** What holds after every command. */
function holds(before: Walked, { state, document, history }: Walked, events: readonly ComplaintEvent[]): void {
  const standing = state as Standing;
  expect(document.clocks).toEqual(standing.clocks);
  expect(document.status).toBe(standing.status);
  expect(document.respondentUscc).toBe(standing.respondentUscc);
  opensRightly(standing);
  // The complainant's time begins with the first receipt, whoever has it in hand.
  expect(document.receivedAt).toBe(document.assignments[0]!.receivedAt);
  for (const [index, { leftAt }] of document.assignments.entries()) {
    const next = document.assignments[index + 1];
    if (next !== undefined) expect(leftAt! <= next.receivedAt).toBe(true);
  }
  staysStopped((before.state as Standing).clocks, standing.clocks, events);
  expect(document.earlier).toHaveLength(document.round - 1);
  for (const event of history.slice(before.history.length)) speaks(event);
}

/** The clocks that are open are those of the state. */
function opensRightly(state: Standing): void {
  const open = Object.values(state.clocks)
    .filter(isOpen)
    .map(({ clock }) => clock)
    .filter((clock) => clock !== 'identity-proof');
  switch (state.status) {
    case 'received': {
      const disputed =
        state.dispute === null ? [] : [state.dispute.stage === 'raised' ? 'competence-dispute' : 'designation'];
      // A clock that lapsed while it was merged does not come back.
      expect(['acceptance', ...disputed]).toEqual(expect.arrayContaining(open));
      if (state.file.round === 1) {
        const { acceptance } = state.clocks;
        expect(acceptance?.from).toBe(firstReceiptBy(state.file.assignments.at(-1)!, state.file.assignments));
      }
      break;
    }
    case 'accepted':
      expect(state.notified ? ['mediation'] : ['acceptance', 'mediation']).toEqual(expect.arrayContaining(open));
      break;
    case 'not-accepted':
      expect(state.notified ? [] : ['acceptance']).toEqual(expect.arrayContaining(open));
      break;
    case 'concluded':
      expect(open).toEqual(['termination-notice']);
      break;
    default:
      expect(open).toEqual([]);
  }
}

/** Clocks stop once: only what writes them down anew may set them going again. */
const SETS_GOING: readonly string[] = [
  ...['ComplaintReopened', 'ComplaintUnmerged', 'ComplaintTransferReceived', 'IdentityProofRequested'],
  ...['CompetenceDisputeRaised', 'CompetenceDisputeSentUp', 'ComplaintAccepted', 'ComplaintConcluded'],
];

function staysStopped(before: Clocks, after: Clocks, events: readonly ComplaintEvent[]): void {
  if (events.some(({ type }) => SETS_GOING.includes(type))) return;
  for (const [name, clock] of Object.entries(before)) {
    if (!isOpen(clock)) expect(isOpen(after[name]!)).toBe(false);
    if (clock.state === 'completed') expect(after[name]!.completion).toEqual(clock.completion);
  }
}

/** Every event can be said in words, in which there is nothing of the vault. */
function speaks({ type, data }: RecordedComplaintEvent): void {
  const { zh, en } = complaintWords[type](data as never);
  expect(zh.length * en.length).toBeGreaterThan(0);
  expect(`${zh}${en}`).not.toMatch(/vault|person-|undefined|null|\[object/);
}

describe('any walk through all commands of a complaint', () => {
  it('holds what must hold, and gets everywhere', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 60, size: 'max' }), (steps) => {
        for (const name of walk(steps)) seen.add(name);
      }),
      { numRuns: 800, seed: 20_260_415 },
    );
    // Otherwise the property above would prove nothing.
    const events = Object.keys(complaintWords).filter(
      (type) => !['ComplaintDeadlineAmended', 'ComplaintLateEntryVerified', 'ComplaintReceived'].includes(type),
    );
    const codes = [
      ...['NOT_COMPETENT', 'COMPETENCE_DISPUTED', 'COMPETENCE_SETTLED', 'RETURN_TO_INTAKE_FIRST', 'CONSENT_REFUSED'],
      ...['SECOND_PERSON_REQUIRED', 'GROUND_NOT_IN_FORCE', 'BASIS_NOT_IN_FORCE', 'COMPLAINT_MERGED', 'HEAD_REQUIRED'],
      ...['PARTIES_SETTLED', 'COMPLAINT_DISQUALIFIED', 'CORRECTION_PENDING', 'CORRECTION_OUT_OF_ORDER', 'NO_AGENT'],
      ...['SATISFACTION_RECORDED', 'TRANSFERRED_OUT', 'RETURNED_TO_INTAKE', 'HUMAN_DECISION_REQUIRED'],
      ...['SENT_TO_OTHER_AUTHORITY', 'OTHER_AUTHORITY_COMPETENT', 'MEDIATION_LIMIT_NOT_REACHED'],
    ];
    expect([...events, ...codes].filter((name) => !seen.has(name))).toEqual([]);
  });
});
