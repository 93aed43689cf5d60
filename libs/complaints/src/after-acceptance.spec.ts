import { describe, expect, it } from '@jest/globals';
import { evolveJoint, noComplainants } from '#disputes/events';
import { isRefusal, recorded, type RecordedEvent } from '#kernel';
import { isOpen } from '#law';
import {
  accept,
  appointAgent,
  conclude,
  decline,
  disqualify,
  feedBackIncompetence,
  notifyAcceptanceDecision,
  notifyTermination,
  proposeSelfSettlement,
  receiveTransfer,
  recordConsent,
  recordFollowUp,
  recordSatisfaction,
  recordSettlement,
  reopen,
  retractSettlement,
  startAppraisal,
  completeAppraisal,
  transfer,
  withdraw,
} from './decide.ts';
import { TERMINATION_GROUNDS, type ComplaintEvent, type TerminationGround } from './events.ts';
import { storyOf, played } from './testing/story.ts';
import { underMediationSince } from './testing/given-complaint.ts';

const persons = { reason: { personId: 'reason-1', tokens: {} } };
const HEAD = { id: 'head', role: 'head' };
const asHead = { persons, actor: HEAD };
const mediated = (day = '2026-05-06') => storyOf(underMediationSince(day));
const DAY = '2026-05-20';
const types = (decision: ReturnType<ReturnType<typeof mediated>['decide']>) =>
  isRefusal(decision) ? decision.code : decision.map(({ type }) => type);
const concluding = (decision: ReturnType<ReturnType<typeof mediated>['decide']>) =>
  isRefusal(decision) ? decision : decision.find((event: ComplaintEvent) => event.type === 'ComplaintConcluded')?.data;

describe('consent to mediation', () => {
  it('is that of each party, which may think better of it', () => {
    const given = mediated().then(recordConsent, { party: 'complainant', agrees: true }, DAY);
    expect(given.decide(recordConsent, { party: 'complainant', agrees: true }, DAY)).toEqual([]);
    const refused = given.then(recordConsent, { party: 'respondent', agrees: false }, DAY);
    expect(refused.document.consents).toEqual({ complainant: 'given', respondent: 'refused' });
    const better = refused.then(recordConsent, { party: 'respondent', agrees: true }, DAY);
    expect(types(better.decide(conclude, { result: 'mediated' }, DAY))).toEqual([
      'ComplaintConcluded',
      'ComplaintClosed',
    ]);
  });

  it('that is refused leads to ground (2), and to no agreement in mediation', () => {
    const refused = mediated().then(recordConsent, { party: 'respondent', agrees: false }, DAY);
    expect(refused.decide(conclude, { result: 'mediated' }, DAY)).toMatchObject({
      kind: 'conflict',
      code: 'CONSENT_REFUSED',
      field: 'result',
    });
    expect(types(refused.decide(conclude, { result: 'terminated', ground: '23(1)(2)' }, DAY))).toEqual([
      'ComplaintConcluded',
    ]);
  });
});

describe('a settlement between the parties', () => {
  it('is encouraged, and the clock runs on (T-08)', () => {
    const negotiated = mediated().then(proposeSelfSettlement, {}, DAY);
    expect(negotiated.clocks['mediation']).toMatchObject({ state: 'running', due: '2026-07-05', suspensions: [] });
    expect(negotiated.decide(proposeSelfSettlement, {}, DAY)).toEqual([]);
    expect(negotiated.document.negotiatedSince).not.toBeNull();
  });

  it('needs proof, with which the complaint then ends on ground (1)', () => {
    expect(mediated().decide(recordSettlement, { evidence: [] }, DAY)).toMatchObject({ code: 'EVIDENCE_REQUIRED' });
    const settled = mediated().then(recordSettlement, { evidence: ['refund-1'], recoveredFen: 900 }, DAY);
    expect(concluding(settled.decide(conclude, { result: 'terminated', ground: '23(1)(1)' }, DAY))).toEqual({
      result: 'terminated',
      ground: '23(1)(1)',
      disqualification: null,
      evidence: ['refund-1'],
      recoveredFen: 900,
      clocks: [expect.objectContaining({ clock: 'termination-notice' })],
    });
    const more = {
      result: 'terminated',
      ground: '23(1)(1)',
      evidence: ['refund-1', 'letter-2'],
      recoveredFen: 1,
    } as const;
    expect(concluding(settled.decide(conclude, { ...more, evidence: [...more.evidence] }, DAY))).toMatchObject({
      evidence: ['refund-1', 'letter-2'],
      recoveredFen: 1,
    });
  });

  it('leaves no other end but withdrawal, until it is taken back', () => {
    const settled = mediated().then(recordSettlement, { evidence: ['refund-1'] }, DAY);
    expect(settled.decide(conclude, { result: 'mediated' }, DAY)).toMatchObject({ code: 'PARTIES_SETTLED' });
    for (const ground of TERMINATION_GROUNDS.filter((one) => one !== '23(1)(1)' && one !== '23(1)(6)')) {
      expect(settled.decide(conclude, { result: 'terminated', ground }, DAY)).toMatchObject({
        code: 'PARTIES_SETTLED',
      });
    }
    expect(types(settled.decide(withdraw, { by: 'complainant' }, DAY))).toContain('ComplaintWithdrawn');
    const not = settled.then(retractSettlement, { reason: '' }, DAY, { persons });
    expect(not.document.settlement).toMatchObject({ evidence: ['refund-1'], retraction: 'reason-1' });
    expect(types(not.decide(conclude, { result: 'mediated' }, DAY))).toContain('ComplaintConcluded');
    expect(not.decide(retractSettlement, { reason: '' }, DAY, { persons })).toMatchObject({ code: 'NOT_SETTLED' });
    expect(settled.decide(retractSettlement, { reason: '' }, DAY)).toMatchObject({ code: 'REASON_REQUIRED' });
  });
});

describe('a disqualification', () => {
  const command = { basis: '16(3)' as const, reason: '' };

  it('leads to ground (6), with its basis, and to no other end but withdrawal', () => {
    const found = mediated().then(disqualify, command, DAY, { persons });
    expect(found.document.disqualified).toMatchObject({
      basis: '16(3)',
      provision: { source: 'S1 16', item: '(3)' },
      reason: 'reason-1',
      referredToPolice: false,
    });
    expect(concluding(found.decide(conclude, { result: 'terminated', ground: '23(1)(6)' }, DAY))).toMatchObject({
      ground: '23(1)(6)',
      disqualification: '16(3)',
    });
    const refused = { kind: 'conflict', code: 'COMPLAINT_DISQUALIFIED', field: 'ground' };
    const other = { result: 'terminated', ground: '23(1)(6)', disqualification: '16(5)' } as const;
    expect(found.decide(conclude, other, DAY)).toMatchObject(refused);
    expect(found.decide(conclude, { result: 'mediated' }, DAY)).toMatchObject(refused);
    expect(found.decide(conclude, { result: 'terminated', ground: '23(1)(2)' }, DAY)).toMatchObject(refused);
    expect(types(found.decide(conclude, { result: 'withdrawn' }, DAY))).toContain('ComplaintConcluded');
    expect(found.decide(recordSettlement, { evidence: ['x'] }, DAY)).toMatchObject({ code: 'COMPLAINT_DISQUALIFIED' });
    expect(found.decide(disqualify, command, DAY, { persons })).toMatchObject({ code: 'COMPLAINT_DISQUALIFIED' });
  });

  it('for fraud goes to the police as well (Art. 42)', () => {
    const fraud = { basis: '42' as const, reason: '', evidence: ['chat-1'], police: 'Yuecheng police' };
    expect(mediated().decide(disqualify, fraud, DAY, { persons })).toEqual([
      {
        type: 'ComplaintDisqualified',
        data: {
          basis: '42',
          provision: { source: 'S1 42', item: '', ground: 'fraud-or-blackmail' },
          reason: 'reason-1',
          evidence: ['chat-1'],
        },
      },
      { type: 'ClaimFraudReferredToPolice', data: { police: 'Yuecheng police', evidence: ['chat-1'] } },
    ]);
    expect(mediated().then(disqualify, fraud, DAY, { persons }).document.disqualified?.referredToPolice).toBe(true);
    expect(mediated().decide(disqualify, { ...fraud, basis: '16(3)' }, DAY, { persons })).toMatchObject({
      code: 'POLICE_NOT_APPLICABLE',
      field: 'police',
    });
  });

  it('is one that the order of the day knew', () => {
    const early = mediated('2026-03-02');
    for (const basis of ['16(6)', '42'] as const) {
      expect(early.decide(disqualify, { basis, reason: '' }, '2026-04-14', { persons })).toMatchObject({
        code: 'GROUND_NOT_IN_FORCE',
        field: 'basis',
      });
      expect(isRefusal(early.decide(disqualify, { basis, reason: '' }, '2026-04-15', { persons }))).toBe(false);
    }
  });

  it('is told with a reason', () => {
    expect(mediated().decide(disqualify, command, DAY)).toMatchObject({ code: 'REASON_REQUIRED', field: 'reason' });
  });
});

describe('a withdrawal', () => {
  const agent = { agent: { personId: 'agent-1', tokens: {} } };

  it('is the complainant’s, and ends the complaint at once', () => {
    expect(mediated().decide(withdraw, { by: 'complainant', evidence: ['letter-1'] }, DAY)).toEqual([
      { type: 'ComplaintWithdrawn', data: { by: 'complainant', evidence: ['letter-1'] } },
      {
        type: 'ComplaintConcluded',
        data: { result: 'withdrawn', ground: null, disqualification: null, evidence: [], recoveredFen: null },
      },
      { type: 'ComplaintClosed', data: {} },
    ]);
    const { clocks, document } = played('2026-05-06').then(withdraw, { by: 'complainant' }, '2026-05-07');
    expect(clocks['acceptance']?.state).toBe('superseded');
    expect(document).toMatchObject({ status: 'closed', withdrawnBy: 'complainant' });
  });

  it('by an agent needs one, with a mandate for it', () => {
    expect(mediated().decide(withdraw, { by: 'agent' }, DAY)).toMatchObject({ code: 'NO_AGENT', field: 'by' });
    const represented = mediated().then(appointAgent, { agentName: '', mandate: ['m-1'] }, DAY, { persons: agent });
    expect(represented.document.agents).toMatchObject([{ agent: 'agent-1', mandate: ['m-1'] }]);
    expect(represented.decide(withdraw, { by: 'agent' }, DAY)).toMatchObject({
      code: 'MANDATE_REQUIRED',
      field: 'evidence',
    });
    expect(types(represented.decide(withdraw, { by: 'agent', evidence: ['m-2'] }, DAY))).toContain(
      'ComplaintWithdrawn',
    );
    expect(mediated().decide(appointAgent, { agentName: '', mandate: ['m-1'] }, DAY)).toMatchObject({
      code: 'AGENT_REQUIRED',
    });
  });
});

describe('a joint complaint (T-17)', () => {
  const joined = { type: 'ComplainantJoined', data: { person: 2, complainant: 'P2', complainantTokens: {} } };
  const chosen = { type: 'RepresentativesChosen', data: { representatives: [1], evidence: [] } };
  const consent = (act: string, procedure = 'complaint-C1') => ({
    type: 'RepresentedConsentRecorded',
    data: { act, procedure, consenting: [2], refusing: [], evidence: [] },
  });
  const of = (...events: object[]) => {
    const opened = { type: 'DisputeOpened', data: { complainant: 'P1' } };
    const history = recorded([opened, joined, ...events] as never[]) as RecordedEvent[];
    return { id: 'C1', reads: { joint: history.reduce(evolveJoint, noComplainants) } };
  };
  const missing = { kind: 'conflict', code: 'CONSENT_OF_REPRESENTED_REQUIRED' };

  it('is withdrawn only with the consent of those who are represented', () => {
    const command = { by: 'representative' as const };
    expect(mediated().decide(withdraw, command, DAY, of(chosen))).toMatchObject(missing);
    expect(mediated().decide(withdraw, command, DAY, of(chosen, consent('agreement')))).toMatchObject(missing);
    expect(mediated().decide(withdraw, command, DAY, of(chosen, consent('withdrawal', 'complaint-C2')))).toMatchObject(
      missing,
    );
    expect(types(mediated().decide(withdraw, command, DAY, of(chosen, consent('withdrawal'))))).toContain(
      'ComplaintWithdrawn',
    );
    expect(mediated().decide(conclude, { result: 'withdrawn' }, DAY, of(chosen))).toMatchObject(missing);
    expect(mediated().decide(withdraw, command, DAY, of())).toMatchObject({ code: 'NO_REPRESENTATIVE' });
    expect(mediated().decide(withdraw, { by: 'complainant' }, DAY, of())).toMatchObject(missing);
  });

  it('is settled and mediated only so, and terminated without', () => {
    const settle = { evidence: ['refund-1'] };
    expect(mediated().decide(recordSettlement, settle, DAY, of(chosen))).toMatchObject(missing);
    expect(types(mediated().decide(recordSettlement, settle, DAY, of(chosen, consent('agreement'))))).toEqual([
      'PartiesSettled',
    ]);
    expect(mediated().decide(conclude, { result: 'mediated' }, DAY, of(chosen))).toMatchObject(missing);
    const first = { result: 'terminated' as const, ground: '23(1)(1)' as const, evidence: ['refund-1'] };
    expect(mediated().decide(conclude, first, DAY, of(chosen))).toMatchObject(missing);
    const second = { result: 'terminated' as const, ground: '23(1)(2)' as TerminationGround };
    expect(types(mediated().decide(conclude, second, DAY, of(chosen)))).toEqual(['ComplaintConcluded']);
  });
});

describe('after it was closed', () => {
  const closed = () =>
    mediated()
      .then(conclude, { result: 'terminated', ground: '23(1)(2)' }, DAY)
      .then(notifyTermination, { channel: 'mail' }, '2026-05-21');

  it('the complainant is asked, more than once, and says how content he is once', () => {
    const asked = closed()
      .then(recordFollowUp, { channel: 'phone', reached: false }, '2026-05-25')
      .then(recordFollowUp, { channel: 'phone', reached: true, performance: 'partly' }, '2026-05-26')
      .then(recordSatisfaction, { satisfaction: 'dissatisfied' }, '2026-05-26');
    expect(asked.document.followUps.map(({ performance }) => performance)).toEqual([null, 'partly']);
    expect(asked.document.satisfaction).toBe('dissatisfied');
    expect(asked.decide(recordSatisfaction, { satisfaction: 'satisfied' }, '2026-05-27')).toMatchObject({
      code: 'SATISFACTION_RECORDED',
    });
    const unheard = { channel: 'phone' as const, reached: false, performance: 'performed' as const };
    expect(asked.decide(recordFollowUp, unheard, '2026-05-27')).toMatchObject({ code: 'NOBODY_REACHED' });
  });

  it('it is reopened by the head with a reason, with the limit of that day; what came of it stays', () => {
    const again = { reason: '' };
    const reopened = closed()
      .then(recordSatisfaction, { satisfaction: 'dissatisfied' }, '2026-05-26')
      .then(reopen, again, '2026-08-07', asHead);
    expect(reopened.state).toMatchObject({ status: 'accepted', notified: true });
    expect(reopened.clocks['mediation']).toMatchObject({ state: 'running', from: '2026-08-07', due: '2026-10-08' });
    expect(reopened.document).toMatchObject({
      ...{ status: 'accepted', round: 2, result: null, ground: null, closedAt: null, satisfaction: null },
      acceptedOn: '2026-05-06',
    });
    expect(reopened.document.earlier).toHaveLength(1);
    expect(reopened.document.earlier[0]).toMatchObject({
      ...{ result: 'terminated', ground: '23(1)(2)', satisfaction: 'dissatisfied', reopeningReason: 'reason-1' },
      clocks: { mediation: { state: 'completed', due: '2026-07-05' }, 'termination-notice': { state: 'completed' } },
    });
    const twice = reopened
      .then(conclude, { result: 'mediated' }, '2026-08-20')
      .then(recordSatisfaction, { satisfaction: 'satisfied' }, '2026-08-21')
      .then(reopen, again, '2026-08-24', asHead);
    expect(twice.document.earlier.map(({ result, satisfaction }) => [result, satisfaction])).toEqual([
      ['terminated', 'dissatisfied'],
      ['mediated', 'satisfied'],
    ]);
    expect(twice.document.round).toBe(3);
    const by = (role: string) =>
      closed().decide(reopen, again, '2026-08-07', { persons, actor: { id: 'key-1', role } });
    expect(by('officer')).toMatchObject({ kind: 'forbidden', code: 'HEAD_REQUIRED' });
    expect(by('process')).toMatchObject({ kind: 'forbidden', code: 'HUMAN_DECISION_REQUIRED' });
    expect(closed().decide(reopen, again, '2026-08-07', { actor: HEAD })).toMatchObject({ code: 'REASON_REQUIRED' });
  });

  it('it takes the rule of the day of reopening, not that of its first acceptance', () => {
    const old = storyOf(underMediationSince('2024-06-03'))
      .then(conclude, { result: 'mediated' }, '2024-06-20')
      .then(reopen, { reason: '' }, '2026-05-06', asHead);
    expect(old.clocks['mediation']?.rule).toMatch(/^L-02c/);
    expect(old.document.earlier[0]?.clocks['mediation']?.rule).toMatch(/^L-02a/);
  });

  it('one that was never accepted is decided on again', () => {
    const declined = played('2026-05-06')
      .then(decline, { ground: '16(1)', reason: '', remedies: ['arbitration'] }, '2026-05-07', { persons })
      .then(notifyAcceptanceDecision, { channel: 'sms' }, '2026-05-07');
    const withdrawn = played('2026-05-06').then(withdraw, { by: 'complainant' }, '2026-05-07');
    for (const story of [declined, withdrawn]) {
      const again = story.then(reopen, { reason: '' }, '2026-06-01', asHead);
      expect(again.clocks['acceptance']).toMatchObject({ state: 'running', from: '2026-06-01', due: '2026-06-10' });
      expect(again.document).toMatchObject({ status: 'received', nonAcceptanceGround: null, round: 2 });
      const accepted = again
        .then(accept, {}, '2026-06-02')
        .then(notifyAcceptanceDecision, { channel: 'sms' }, '2026-06-02');
      expect(accepted.clocks['acceptance']?.state).toBe('completed');
    }
    const undecided = played('2026-05-06').decide(reopen, { reason: '' }, '2026-06-01', asHead);
    expect(undecided).toMatchObject({ code: 'COMPLAINT_NOT_CLOSED' });
  });

  it('one that nobody had in hand goes to the intake body, which sends it to an authority', () => {
    const intake = { id: 'key-9', role: 'hotline' };
    const again = played('2026-05-06')
      .then(feedBackIncompetence, { reason: '' }, '2026-05-07', { persons })
      .then(withdraw, { by: 'complainant' }, '2026-05-08')
      .then(reopen, { reason: '' }, '2026-06-01', asHead);
    expect(again.document).toMatchObject({ status: 'returned', round: 2 });
    expect(Object.values(again.clocks).filter(isOpen)).toEqual([]);
    const there = again
      .then(transfer, { toAuthority: 'Keqiao', toRegion: '330603' }, '2026-06-02', { actor: intake })
      .then(receiveTransfer, { authority: 'Keqiao' }, '2026-06-03');
    expect(there.clocks['acceptance']).toMatchObject({ from: '2026-06-03', state: 'running' });
  });

  it('appraisals of another round have numbers of their own', () => {
    const appraised = mediated()
      .then(startAppraisal, { kind: 'testing' }, DAY)
      .then(completeAppraisal, {}, '2026-05-22')
      .then(conclude, { result: 'mediated' }, '2026-05-25')
      .then(reopen, { reason: '' }, '2026-06-01', asHead)
      .then(startAppraisal, { kind: 'testing' }, '2026-06-02');
    expect(appraised.document.appraisals.map(({ appraisal }) => appraisal)).toEqual(['1', '2']);
    expect(appraised.clocks['mediation']?.suspensions.map(({ id }) => id)).toEqual(['2']);
  });
});
