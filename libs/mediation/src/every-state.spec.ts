import { describe, expect, it } from '@jest/globals';
import { isRefusal, type DecisionContext } from '#kernel';
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
  designateInstitution,
  disputeAppraisalFee,
  recordAttendance,
  requestRecusal,
  scheduleSession,
} from './decide-session.ts';
import { amendDeadline, notifyParties, terminate, verifyLateEntry } from './decide-termination.ts';
import { accept, consent, decline, delegate, propose, refuseMediation, reportClue } from './decide.ts';
import {
  agreed,
  ago,
  body,
  BODY,
  bothConsent,
  breached,
  complaint,
  COMPLAINT,
  declined,
  dispute,
  DISPUTE,
  givenMediation,
  HASH,
  inEffect,
  inSession,
  live,
  mediator,
  MEDIATOR,
  notified,
  over,
  performed,
  proposed,
  ready,
  recusalAsked,
  scheduled,
  told,
  type Given,
} from './testing/given-mediation.ts';

/** A mediation in every state in which it can be. */
const STATES = {
  nothing: [],
  proposed: [proposed('consumer-association')],
  declined: [proposed('consumer-association'), declined],
  'consent-pending': live(),
  'delegation agreed to': [...live(), ...bothConsent('delegation')],
  ready: ready(),
  scheduled: [...ready(), scheduled(), told()],
  'in-session': inSession(),
  suspended: [...inSession(), ...recusalAsked],
  agreed,
  effective: inEffect,
  performed: [...inEffect, performed],
  breached: [...inEffect, breached],
  terminated: over,
  notified: [...over, notified],
} satisfies Record<string, readonly Given[]>;
type State = keyof typeof STATES;

const persons = {
  reason: { personId: 'reason-1', tokens: {} },
  terms: { personId: 'terms-1', tokens: {} },
  description: { personId: 'clue-1', tokens: {} },
};
const reads = { dispute, complaint, referral: undefined, body, mediator: { ...mediator, bodyId: null } };
type Command = { readonly [Name in string]: unknown };

/** Every command, as it may be given where it may be given. */
const COMMANDS: Record<string, { decide: (...given: never[]) => unknown; command: Command; in: readonly State[] }> = {
  propose: {
    decide: propose,
    command: { kind: 'administrative', disputeId: DISPUTE, complaintId: COMPLAINT },
    in: ['nothing'],
  },
  accept: { decide: accept, command: {}, in: ['proposed'] },
  decline: { decide: decline, command: { code: 'other' }, in: ['proposed'] },
  'record-consent': {
    decide: consent,
    command: { party: 'merchant' },
    in: [
      ...(['proposed', 'consent-pending', 'delegation agreed to', 'ready', 'scheduled', 'in-session'] as const),
      ...(['suspended', 'agreed'] as const),
    ],
  },
  'record-refusal': {
    decide: refuseMediation,
    command: { party: 'merchant' },
    in: [
      ...(['proposed', 'consent-pending', 'delegation agreed to', 'ready', 'scheduled', 'in-session'] as const),
      ...(['suspended', 'agreed'] as const),
    ],
  },
  delegate: { decide: delegate, command: { bodyId: BODY }, in: ['delegation agreed to'] },
  'assign-mediator': {
    decide: assignMediator,
    command: { mediatorId: MEDIATOR },
    in: ['consent-pending', 'delegation agreed to', 'ready', 'scheduled', 'in-session', 'suspended'],
  },
  'schedule-session': {
    decide: scheduleSession,
    command: { scheduledFor: '2026-03-09T09:00:00+08:00', mode: 'online', channel: 'phone' },
    in: ['ready', 'scheduled', 'in-session'],
  },
  'cancel-session': { decide: cancelSession, command: { session: '1', code: 'other' }, in: ['scheduled'] },
  'record-attendance': { decide: recordAttendance, command: { session: '1', attended: [] }, in: ['scheduled'] },
  'request-recusal': {
    decide: requestRecusal,
    command: { mediatorId: MEDIATOR, by: 'consumer', ground: 'interest-in-dispute' },
    in: ['ready', 'scheduled', 'in-session'],
  },
  'decide-recusal': { decide: decideRecusal, command: { granted: true }, in: ['suspended'] },
  'designate-appraisal-institution': {
    decide: designateInstitution,
    command: { institution: 'Institute of Quality', chosenBy: 'parties' },
    in: ['consent-pending', 'delegation agreed to', 'ready', 'scheduled', 'in-session', 'suspended'],
  },
  'dispute-appraisal-fee': {
    decide: disputeAppraisalFee,
    command: {},
    in: ['consent-pending', 'delegation agreed to', 'ready', 'scheduled', 'in-session', 'suspended'],
  },
  'reach-agreement': {
    decide: reachAgreement,
    command: { form: 'statement', textHash: HASH, performanceDue: '2026-03-20' },
    in: ['in-session', 'agreed'],
  },
  'sign-agreement': {
    decide: signAgreement,
    command: { signer: 'merchant', method: 'seal', textHash: HASH, evidence: ['doc-1'] },
    in: ['agreed'],
  },
  'issue-statement': {
    decide: issueStatement,
    command: { document: 'doc-9' },
    in: ['effective', 'performed', 'breached'],
  },
  'file-record': { decide: fileRecord, command: { document: 'doc-9' }, in: [] },
  'record-performance': {
    decide: recordPerformance,
    command: { evidence: ['doc-1'] },
    in: ['effective', 'performed', 'breached'],
  },
  'record-breach': {
    decide: recordBreach,
    command: { breach: 'performance-refused' },
    in: ['effective', 'breached'],
  },
  terminate: {
    decide: terminate,
    command: { ground: '23(1)(8)' },
    in: ['consent-pending', 'delegation agreed to', 'ready', 'scheduled', 'in-session', 'suspended', 'agreed'],
  },
  'notify-termination': { decide: notifyParties, command: { channel: 'mail' }, in: ['terminated'] },
  'report-clue': {
    decide: reportClue,
    command: { evidence: ['doc-1'] },
    in: [
      ...(['consent-pending', 'delegation agreed to', 'ready', 'scheduled', 'in-session', 'suspended'] as const),
      ...(['agreed', 'effective', 'performed', 'breached', 'terminated', 'notified'] as const),
    ],
  },
  'verify-late-entry': {
    decide: verifyLateEntry,
    command: { clock: 'performance', reason: 'other', evidence: ['doc-1'] },
    in: [],
  },
};

const decided = (name: string, state: State, context: Partial<DecisionContext<object>> = {}) => {
  const { decide, command } = COMMANDS[name]!;
  return givenMediation(STATES[state]).when(decide as typeof accept, command as object, {
    persons,
    reads: reads as never,
    ...(context as Partial<DecisionContext>),
  }).decision;
};

describe('every command in every state', () => {
  describe.each(Object.keys(COMMANDS))('%s', (name) => {
    it.each(Object.keys(STATES) as State[])('when %s', (state) => {
      const decision = decided(name, state);
      const isAllowed = COMMANDS[name]!.in.includes(state);
      expect({ state, isAllowed: !isRefusal(decision), decision }).toMatchObject({ isAllowed });
      if (isRefusal(decision) && state === 'nothing') expect(decision.code).toBe('UNKNOWN_MEDIATION');
    });

    it('is no process’s to decide', () => {
      for (const state of COMMANDS[name]!.in) {
        const decision = decided(name, state, { actor: { id: 'clock', role: 'process' } });
        expect({ state, decision }).toMatchObject({ decision: { code: 'HUMAN_DECISION_REQUIRED' } });
      }
    });

    it('did not happen before the step it follows', () => {
      for (const state of COMMANDS[name]!.in.filter((one) => one !== 'nothing')) {
        const decision = decided(name, state, { occurredAt: ago(41) });
        expect({ state, decision }).toMatchObject({ decision: { code: 'OCCURRED_BEFORE_PREVIOUS_STEP' } });
      }
    });
  });
});

describe('a mediation', () => {
  it('begins with its proposal', () => {
    const [, ...rest] = agreed;
    expect(() => givenMediation(rest)).toThrow('begins with');
  });

  it('is not touched by the reading of clocks that it has not', () => {
    givenMediation(live()).when(amendDeadline, { clock: 'performance' }).then([]);
    givenMediation()
      .when(amendDeadline, { clock: 'performance' })
      .then({ kind: 'notFound', code: 'UNKNOWN_MEDIATION' });
  });
});
