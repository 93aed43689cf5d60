import { describe, expect, it } from '@jest/globals';
import { given, isRefusal, type DecisionContext } from '#kernel';
import * as decide from './decide.ts';
import type { ComplaintState } from './complaint.ts';
import { complaint, givenComplaint, law, receivedAt, ago } from './testing/given-complaint.ts';
import { OTHER, OTHER_REGION, STATE_NAMES, STATES, type StateName } from './testing/states.ts';

const PRIMARY = '01JM0000000000000000000000';
const reason = { reason: { personId: 'r-9', tokens: {} } };
const agent = { agent: { personId: 'a-9', tokens: {} } };
const primary: ComplaintState = given(complaint, [receivedAt(ago(120))], law).state;

/** Each command with what it needs, and where it is taken. In every other state the code says why it is not. */
const TABLE: Record<string, [decide: never, command: object, Partial<DecisionContext<object>>, StateName[]]> = {};
const add = (name: string, rule: unknown, command: object, more: object, ...states: StateName[]) => {
  TABLE[name] = [rule as never, command, more, states];
};
const BEFORE_DECISION: StateName[] = ['received', 'proof requested', 'received elsewhere', 'reopened to acceptance'];
const RECEIVED: StateName[] = [...BEFORE_DECISION, 'disputed', 'disputed above', 'other designated'];
const MEDIATED: StateName[] = ['accepted', 'under mediation', 'settled', 'disqualified', 'reopened to mediation'];
const CLOSED: StateName[] = ['closed'];

add('accept', decide.accept, {}, {}, ...BEFORE_DECISION);
const decline = { ground: '16(1)', reason: '', remedies: ['arbitration'] };
add('decline', decide.decline, decline, { persons: reason }, ...BEFORE_DECISION, 'other designated');
add('notify-acceptance-decision', decide.notifyAcceptanceDecision, { channel: 'sms' }, {}, 'accepted', 'not accepted');
add('appoint-agent', decide.appointAgent, { mandate: ['m-1'] }, { persons: agent }, ...RECEIVED, ...MEDIATED);
const proof: StateName[] = RECEIVED.filter((state) => state !== 'proof requested');
add('request-identity-proof', decide.requestIdentityProof, { dueOn: '2026-03-20' }, {}, ...proof);
add('submit-identity-proof', decide.submitIdentityProof, { evidence: ['id-1'] }, {}, 'proof requested');
const finding = { competent: true, respondentKind: 'general', basis: 'domicile' };
add('determine-competence', decide.determineCompetence, finding, {}, ...BEFORE_DECISION);
const feedBack: StateName[] = [...BEFORE_DECISION, 'other designated'];
add('feed-back-incompetence', decide.feedBackIncompetence, {}, { persons: reason }, ...feedBack);
const onward = { toAuthority: OTHER, toRegion: OTHER_REGION };
const intake = { actor: { id: 'key-9', role: 'hotline' } };
add('transfer', decide.transfer, onward, intake, 'returned', 'other designated');
add('receive-transfer', decide.receiveTransfer, { authority: OTHER }, {}, 'transferred');
add('raise-competence-dispute', decide.raiseCompetenceDispute, { withAuthority: 'Keqiao' }, {}, ...BEFORE_DECISION);
const agreed = { competentAuthority: OTHER, competentRegion: OTHER_REGION };
add('resolve-competence-dispute', decide.resolveCompetenceDispute, agreed, {}, 'disputed', 'disputed above');
add('send-up-competence-dispute', decide.sendUpCompetenceDispute, { higherAuthority: 'Shaoxing' }, {}, 'disputed');
add('designate-authority', decide.designateAuthority, agreed, {}, 'disputed above');
add('record-consent', decide.recordConsent, { party: 'respondent', agrees: true }, {}, ...MEDIATED);
const unsettled = MEDIATED.filter((state) => state !== 'settled' && state !== 'disqualified');
add('propose-self-settlement', decide.proposeSelfSettlement, {}, {}, ...unsettled);
add('record-settlement', decide.recordSettlement, { evidence: ['refund-1'] }, {}, ...unsettled);
add('retract-settlement', decide.retractSettlement, {}, { persons: reason }, 'settled');
add('disqualify', decide.disqualify, { basis: '16(3)', reason: '' }, { persons: reason }, ...unsettled);
add('start-appraisal', decide.startAppraisal, { kind: 'testing' }, {}, ...MEDIATED);
const open: StateName[] = [...RECEIVED, 'returned', 'transferred', ...MEDIATED];
add('withdraw', decide.withdraw, { by: 'complainant' }, {}, ...open);
const second = { result: 'terminated', ground: '23(1)(2)' };
add('conclude', decide.conclude, second, {}, 'under mediation', 'reopened to mediation');
add('conclude as withdrawn', decide.conclude, { result: 'withdrawn' }, {}, ...RECEIVED, ...MEDIATED);
add('notify-termination', decide.notifyTermination, { channel: 'mail' }, {}, 'concluded');
add('record-follow-up', decide.recordFollowUp, { channel: 'phone', reached: true }, {}, ...CLOSED);
add('record-satisfaction', decide.recordSatisfaction, { satisfaction: 'satisfied' }, {}, ...CLOSED);
const reopened: StateName[] = ['closed', 'not accepted, notified'];
add('reopen', decide.reopen, { reason: '' }, { persons: reason, actor: { id: 'head', role: 'head' } }, ...reopened);
const mergeable: StateName[] = [...RECEIVED, 'returned', ...MEDIATED];
add('merge-into', decide.mergeInto, { primary: PRIMARY }, { id: '01JZ', reads: { primary } }, ...mergeable);
add('unmerge', decide.unmerge, {}, { persons: reason }, 'merged', 'merged before acceptance');
const standing = STATE_NAMES.filter((state) => state !== 'none' && !state.startsWith('merged'));
add(
  'correct-field',
  decide.correctField,
  { field: 'sector', sector: 'retail', reason: '' },
  { persons: reason },
  ...standing,
);

/** By the state that a command does not fit, unless the command has a word of its own for it. */
const USUAL: Partial<Record<StateName, string>> = {
  none: 'UNKNOWN_COMPLAINT',
  returned: 'RETURNED_TO_INTAKE',
  transferred: 'TRANSFERRED_OUT',
  concluded: 'ALREADY_CONCLUDED',
  closed: 'COMPLAINT_CLOSED',
  'not accepted': 'ALREADY_DECLINED',
  'not accepted, notified': 'ALREADY_DECLINED',
  merged: 'COMPLAINT_MERGED',
  'merged before acceptance': 'COMPLAINT_MERGED',
};

describe.each(Object.entries(TABLE))('%s', (name, [rule, command, more, states]) => {
  it.each(STATE_NAMES)('in the state: %s', (state) => {
    const { decision } = givenComplaint(STATES[state]).when(rule, command, more as never);
    if (states.includes(state)) {
      expect(isRefusal(decision) ? decision : 'taken').toBe('taken');
      return;
    }
    if (!isRefusal(decision)) throw new Error(`${name} is taken in the state: ${state}`);
    expect(decision.kind).toBe(state === 'none' ? 'notFound' : 'conflict');
    const usual = USUAL[state];
    const own = [
      ...['COMPLAINT_NOT_CLOSED', 'COMPLAINT_NOT_MERGED', 'NO_DECISION_TO_NOTIFY', 'ALREADY_NOTIFIED'],
      ...['NO_TERMINATION_TO_NOTIFY'],
    ];
    if (usual !== undefined && !own.includes(decision.code)) expect(decision.code).toBe(usual);
  });

  it('is not decided by a process', () => {
    const process = { actor: { id: 'p', role: 'process' } };
    const writesDown = ['notify-acceptance-decision', 'notify-termination', 'start-appraisal'];
    const { decision } = givenComplaint(STATES[states[0]!]).when(rule, command, { ...more, ...process } as never);
    expect(isRefusal(decision) ? decision.code : 'taken').toBe(
      writesDown.includes(name) ? 'taken' : 'HUMAN_DECISION_REQUIRED',
    );
  });

  it('does not happen before the step before it', () => {
    const { decision } = givenComplaint(STATES[states[0]!]).when(rule, command, {
      ...more,
      occurredAt: ago(200),
      today: '2025-08-16',
    } as never);
    expect(isRefusal(decision) ? decision.code : 'taken').toBe(
      name === 'correct-field' ? 'taken' : 'OCCURRED_BEFORE_PREVIOUS_STEP',
    );
  });
});
