import { describe, expect, it } from '@jest/globals';
import { addDays, isRefusal, type LocalDate } from '#kernel';
import { timelinessOf } from '#law';
import {
  accept,
  decline,
  designateAuthority,
  determineCompetence,
  feedBackIncompetence,
  markIdentityProofOverdue,
  notifyAcceptanceDecision,
  raiseCompetenceDispute,
  receiveTransfer,
  requestIdentityProof,
  resolveCompetenceDispute,
  sendUpCompetenceDispute,
  submitIdentityProof,
  transfer,
} from './decide.ts';
import type { DetermineCompetence } from './commands.ts';
import type { NonAcceptanceGround } from './events.ts';
import { givenComplaint, onDay, receivedAt, receipt } from './testing/given-complaint.ts';
import { played } from './testing/story.ts';
import { OTHER, OTHER_REGION } from './testing/states.ts';

const persons = { reason: { personId: 'reason-1', tokens: {} } };
const HERE = { competentAuthority: receipt.authority, competentRegion: '330602' };
const THERE = { competentAuthority: OTHER, competentRegion: OTHER_REGION };

describe('proof of identity', () => {
  const asked = () => played('2026-05-06').then(requestIdentityProof, { dueOn: '2026-05-11' }, '2026-05-07');

  it('is asked for by a day of the authority’s own, and the seven working days run on (T-08)', () => {
    const { clocks } = asked();
    expect(clocks['acceptance']).toMatchObject({ state: 'running', due: '2026-05-14', suspensions: [] });
    expect(clocks['identity-proof']).toMatchObject({ state: 'running', due: '2026-05-11', rule: null });
  });

  it('is submitted in time, or after it', () => {
    const inTime = asked().then(submitIdentityProof, { evidence: ['id-1'] }, '2026-05-11');
    expect(timelinessOf(inTime.clocks['identity-proof']!)).toBe('in-time');
    const late = asked()
      .then(markIdentityProofOverdue, {}, '2026-05-12')
      .then(submitIdentityProof, { evidence: ['id-1'] }, '2026-05-13');
    expect(timelinessOf(late.clocks['identity-proof']!)).toBe('late');
    expect(late.document.identityProof).toMatchObject({ isOverdue: true, evidence: ['id-1'] });
  });

  it('is overdue from the day after, which a process says once and as no step of the procedure', () => {
    const process = { actor: { id: 'clock', role: 'process' } };
    const say = (day: LocalDate) => asked().decide(markIdentityProofOverdue, {}, day, process);
    expect(say('2026-05-11')).toEqual([]);
    expect(say('2026-05-12')).toEqual([{ type: 'IdentityProofOverdue', data: { dueOn: '2026-05-11' } }]);
    const overdue = asked().then(markIdentityProofOverdue, {}, '2026-05-12');
    expect(overdue.decide(markIdentityProofOverdue, {}, '2026-05-13')).toEqual([]);
    expect(overdue.clocks['identity-proof']?.state).toBe('expired');
    // Entered late: on the last day the complaint had been accepted.
    expect(isRefusal(overdue.decide(accept, {}, '2026-05-11'))).toBe(false);
    expect(overdue.decide(submitIdentityProof, { evidence: ['id-1'] }, '2026-05-13')).toHaveLength(1);
  });

  it('is asked for again once the day has passed or what came did not do, and not before', () => {
    const again = { dueOn: '2026-05-20' };
    expect(asked().decide(requestIdentityProof, again, '2026-05-08')).toMatchObject({
      code: 'IDENTITY_PROOF_REQUESTED',
    });
    for (const since of [
      asked().then(markIdentityProofOverdue, {}, '2026-05-12'),
      asked().then(submitIdentityProof, { evidence: ['id-1'] }, '2026-05-11'),
    ]) {
      expect(since.then(requestIdentityProof, again, '2026-05-13').clocks['identity-proof']?.due).toBe('2026-05-20');
    }
  });

  it('is refused by a day before the request, and cannot come unasked', () => {
    const start = played('2026-05-06');
    expect(start.decide(requestIdentityProof, { dueOn: '2026-05-06' }, '2026-05-07')).toMatchObject({
      code: 'DUE_BEFORE_REQUEST',
      field: 'dueOn',
    });
    expect(start.decide(submitIdentityProof, { evidence: ['id-1'] }, '2026-05-07')).toMatchObject({
      code: 'IDENTITY_PROOF_NOT_REQUESTED',
    });
    expect(start.decide(markIdentityProofOverdue, {}, '2026-05-07')).toEqual([]);
  });

  it('comes to nothing when the complaint is decided on', () => {
    expect(asked().then(accept, {}, '2026-05-08').clocks['identity-proof']?.state).toBe('superseded');
  });
});

describe('competence', () => {
  const determine = (day: LocalDate, more: Partial<DetermineCompetence>) =>
    played(addDays(day, -1)).decide(
      determineCompetence,
      { competent: true, respondentKind: 'general', basis: 'domicile', ...more },
      day,
    );

  it.each<[LocalDate, DetermineCompetence['respondentKind'], DetermineCompetence['basis'], boolean]>([
    ['2026-04-14', 'in-platform', 'place-of-operation', true],
    ['2026-04-15', 'in-platform', 'place-of-operation', false],
    ['2026-04-14', 'in-platform', 'published-address', false],
    ['2026-04-15', 'in-platform', 'published-address', true],
    ['2026-04-14', 'in-platform', 'platform-domicile', true],
    ['2026-04-15', 'in-platform', 'platform-domicile', true],
    ['2026-04-15', 'in-platform', 'domicile', false],
    ['2026-04-15', 'platform', 'domicile', true],
    ['2026-04-15', 'platform', 'place-of-operation', false],
    ['2026-04-15', 'general', 'place-of-operation', true],
    ['2026-04-15', 'general', 'platform-domicile', false],
    ['2019-12-31', 'general', 'published-address', true],
  ])('on %s over a respondent of kind %s rests on %s: %s (T-26)', (day, respondentKind, basis, isAllowed) => {
    const decision = determine(day, { respondentKind, basis });
    if (isAllowed) expect(isRefusal(decision)).toBe(false);
    else expect(decision).toMatchObject({ kind: 'conflict', code: 'BASIS_NOT_IN_FORCE', field: 'basis' });
  });

  it('is told with its source', () => {
    expect(determine('2026-04-15', { respondentKind: 'in-platform', basis: 'published-address' })).toEqual([
      {
        type: 'CompetenceDetermined',
        data: {
          ...{ competent: true, respondentKind: 'in-platform', basis: 'published-address', source: 'S1 13' },
          ...{ otherAuthority: null, otherReceivedAt: null },
        },
      },
    ]);
  });

  it('falls to the platform’s domicile where nobody is found at the published address', () => {
    const unfound = { respondentKind: 'in-platform', publishedAddressFound: false } as const;
    expect(determine('2026-05-06', { ...unfound, basis: 'published-address' })).toMatchObject({
      code: 'PUBLISHED_ADDRESS_NOT_FOUND',
    });
    expect(isRefusal(determine('2026-05-06', { ...unfound, basis: 'platform-domicile' }))).toBe(false);
  });

  it('is of the one that received first, where two have it (Art. 14)', () => {
    const other = (otherReceivedAt: string, competent = true) =>
      determine('2026-05-06', { competent, otherAuthority: OTHER, otherReceivedAt });
    expect(other('2026-05-05T01:59:59Z')).toMatchObject({ code: 'RECEIVED_FIRST_ELSEWHERE', field: 'competent' });
    expect(isRefusal(other('2026-05-05T02:00:00Z'))).toBe(false);
    expect(isRefusal(other('2026-05-01T02:00:00Z', false))).toBe(false);
    expect(determine('2026-05-06', { otherAuthority: OTHER })).toMatchObject({ field: 'otherReceivedAt' });
    expect(determine('2026-05-06', { otherReceivedAt: '2026-05-01T02:00:00Z' })).toMatchObject({
      code: 'OTHER_RECEIPT_INCOMPLETE',
      field: 'otherAuthority',
    });
  });

  it('that is missing keeps the authority from accepting, not from declining', () => {
    const finding = { competent: false, respondentKind: 'general', basis: 'domicile' } as const;
    const not = played('2026-05-06').then(determineCompetence, finding, '2026-05-07');
    expect(not.decide(accept, {}, '2026-05-07')).toMatchObject({ kind: 'conflict', code: 'NOT_COMPETENT' });
    const decision = { ground: '16(1)' as const, reason: '', remedies: ['arbitration'] };
    expect(isRefusal(not.decide(decline, decision, '2026-05-07', { persons }))).toBe(false);
    const found = not.then(determineCompetence, { ...finding, competent: true }, '2026-05-08');
    expect(isRefusal(found.decide(accept, {}, '2026-05-08'))).toBe(false);
  });
});

describe('a complaint at the wrong authority', () => {
  const back = () => played('2026-05-06').then(feedBackIncompetence, { reason: '' }, '2026-05-08', { persons });
  const onItsWay = () =>
    back().then(transfer, { toAuthority: OTHER, toRegion: OTHER_REGION }, '2026-05-11', { actor: intake });
  const intake = { id: 'key-9', role: 'hotline' };

  it('goes back to the intake body, and the clock of the unit stops', () => {
    expect(back().clocks['acceptance']?.state).toBe('superseded');
    expect(back().document).toMatchObject({
      status: 'returned',
      returns: [{ authority: receipt.authority, reason: 'reason-1' }],
    });
  });

  it('is not given back by one that was found competent, nor without a reason', () => {
    const competent = played('2026-05-06').then(
      determineCompetence,
      { competent: true, respondentKind: 'general', basis: 'domicile' },
      '2026-05-07',
    );
    const command = { reason: '' };
    expect(competent.decide(feedBackIncompetence, command, '2026-05-08', { persons })).toMatchObject({
      code: 'AUTHORITY_IS_COMPETENT',
    });
    expect(played('2026-05-06').decide(feedBackIncompetence, command, '2026-05-08')).toMatchObject({
      code: 'REASON_REQUIRED',
      field: 'reason',
    });
  });

  it('is known to have left just before it was due, or earlier (T-32)', () => {
    // Received on Wednesday: seven working days are over on the Friday of the week after.
    const leaves = (day: string) => played('2026-05-06').decide(feedBackIncompetence, { reason: '' }, day, { persons });
    for (const day of ['2026-05-08', '2026-05-14']) {
      expect(leaves(day)).toMatchObject([{ data: { acceptanceDue: played('2026-05-06').clocks['acceptance']!.due } }]);
    }
    const sentOn = back().decide(transfer, { toAuthority: OTHER, toRegion: OTHER_REGION }, '2026-05-11', {
      actor: intake,
    });
    expect(sentOn).toMatchObject([{ data: { basis: 'intake' } }]);
    expect(sentOn).not.toMatchObject([{ data: { acceptanceDue: expect.anything() } }]);
  });

  it('is sent on to an authority that is subordinate or of the same level, and to no other (Art. 41)', () => {
    const sent = (toRegion: string) =>
      back().decide(transfer, { toAuthority: OTHER, toRegion }, '2026-05-08', {
        actor: { id: 'intake', role: 'officer' },
        bounds: { region: '330600', subject: null },
      });
    for (const region of ['330600', '330603', '330100']) {
      expect(sent(region)).toMatchObject([{ data: { basis: 'intake', toRegion: region } }]);
    }
    for (const region of ['330000', '330106']) {
      expect(sent(region)).toMatchObject({ kind: 'forbidden', code: 'AUTHORITY_OUT_OF_REACH', field: 'toRegion' });
    }
  });

  it('is not passed on by the unit itself, neither at once nor by the hand that gave it back (Art. 41)', () => {
    const onward = { toAuthority: OTHER, toRegion: OTHER_REGION };
    expect(played('2026-05-06').decide(transfer, onward, '2026-05-08')).toMatchObject({
      kind: 'conflict',
      code: 'RETURN_TO_INTAKE_FIRST',
    });
    expect(back().decide(transfer, onward, '2026-05-08')).toMatchObject({
      kind: 'forbidden',
      code: 'SECOND_PERSON_REQUIRED',
    });
  });

  it('has the seven working days anew with the authority that first receives it, and one age (T-10, T-19)', () => {
    const there = onItsWay().then(receiveTransfer, { authority: OTHER }, '2026-05-13');
    expect(there.clocks['acceptance']).toMatchObject({ state: 'running', from: '2026-05-13', due: '2026-05-22' });
    expect(there.document).toMatchObject({
      status: 'received',
      authority: OTHER,
      handlingRegion: OTHER_REGION,
      receivedAt: '2026-05-06T02:00:00.000Z',
      assignments: [
        { authority: receipt.authority, receivedAt: '2026-05-06T02:00:00.000Z', leftAt: '2026-05-08T02:00:00.000Z' },
        { authority: OTHER, receivedAt: '2026-05-13T02:00:00.000Z', leftAt: null },
      ],
    });
    expect(there.state).toMatchObject({ handlingRegion: OTHER_REGION });
  });

  it('is received by the one it was sent to', () => {
    expect(onItsWay().decide(receiveTransfer, { authority: receipt.authority }, '2026-05-13')).toMatchObject({
      code: 'SENT_TO_OTHER_AUTHORITY',
      field: 'authority',
    });
    expect(played('2026-05-06').decide(receiveTransfer, { authority: OTHER }, '2026-05-13')).toMatchObject({
      code: 'NOT_TRANSFERRED',
    });
  });

  it('gains nothing by going back and forth: its days run from the first receipt by the same authority (T-19)', () => {
    const home = onItsWay()
      .then(receiveTransfer, { authority: OTHER }, '2026-05-13')
      .then(feedBackIncompetence, { reason: '' }, '2026-05-15', { persons })
      .then(transfer, { toAuthority: receipt.authority, toRegion: '330602' }, '2026-05-18', { actor: intake })
      .then(receiveTransfer, { authority: receipt.authority }, '2026-05-19');
    expect(home.clocks['acceptance']).toMatchObject({ state: 'running', from: '2026-05-06', due: '2026-05-14' });
    const told = home.then(accept, {}, '2026-05-19').then(notifyAcceptanceDecision, { channel: 'sms' }, '2026-05-19');
    expect(timelinessOf(told.clocks['acceptance']!)).toBe('late');
    expect(told.document.assignments.filter(({ leftAt }) => leftAt !== null)).toHaveLength(2);
  });
});

describe('a dispute about competence', () => {
  const raised = (day: LocalDate = '2026-05-07') =>
    played(addDays(day, -1)).then(raiseCompetenceDispute, { withAuthority: OTHER }, day);
  const above = () => raised().then(sendUpCompetenceDispute, { higherAuthority: 'Shaoxing' }, '2026-05-11');

  it.each([
    ['2026-04-14', 'L-08/SAMR-2@2022-09-29:13', '2026-04-23'],
    ['2026-05-07', 'L-08/SAMR-121@2025-12-30:33', '2026-05-15'],
    // Labour Day, with a Saturday on which one works.
    ['2026-04-30', 'L-08/SAMR-121@2025-12-30:33', '2026-05-13'],
  ])('that arises on %s has seven working days: %s, %s (L-08)', (day, rule, due) => {
    const { clocks } = raised(day);
    expect(clocks['competence-dispute']).toMatchObject({ due, state: 'running' });
    expect(clocks['competence-dispute']?.rule?.split('@')[0]).toBe(rule.split('@')[0]);
    expect(clocks['acceptance']?.state).toBe('running');
  });

  it('keeps everybody from deciding, giving back or determining', () => {
    const disputed = { kind: 'conflict', code: 'COMPETENCE_DISPUTED' };
    const decision = { ground: '16(1)' as const, reason: '', remedies: ['arbitration'] };
    const finding = { competent: true, respondentKind: 'general', basis: 'domicile' } as const;
    expect(raised().decide(accept, {}, '2026-05-08')).toMatchObject(disputed);
    expect(raised().decide(decline, decision, '2026-05-08', { persons })).toMatchObject(disputed);
    expect(raised().decide(feedBackIncompetence, { reason: '' }, '2026-05-08', { persons })).toMatchObject(disputed);
    expect(raised().decide(determineCompetence, finding, '2026-05-08')).toMatchObject(disputed);
    expect(raised().decide(raiseCompetenceDispute, { withAuthority: 'Keqiao' }, '2026-05-08')).toMatchObject(disputed);
  });

  it('is none with itself', () => {
    expect(
      played('2026-05-06').decide(raiseCompetenceDispute, { withAuthority: receipt.authority }, '2026-05-07'),
    ).toMatchObject({
      code: 'SAME_AUTHORITY',
    });
  });

  it('ends with an agreement on one of the two', () => {
    const here = raised().then(resolveCompetenceDispute, HERE, '2026-05-15');
    expect(timelinessOf(here.clocks['competence-dispute']!)).toBe('in-time');
    expect(isRefusal(here.decide(accept, {}, '2026-05-15'))).toBe(false);
    const third = { competentAuthority: 'Keqiao', competentRegion: '330603' };
    expect(raised().decide(resolveCompetenceDispute, third, '2026-05-15')).toMatchObject({ code: 'NOT_IN_DISPUTE' });
    const wrongRegion = { ...HERE, competentRegion: '330603' };
    expect(raised().decide(resolveCompetenceDispute, wrongRegion, '2026-05-15')).toMatchObject({
      code: 'REGION_MISMATCH',
      field: 'competentRegion',
    });
  });

  it('is settled: nobody disputes or determines it again', () => {
    const here = raised().then(resolveCompetenceDispute, HERE, '2026-05-15');
    const finding = { competent: false, respondentKind: 'general', basis: 'domicile' } as const;
    const over = { code: 'COMPETENCE_SETTLED' };
    expect(here.decide(determineCompetence, finding, '2026-05-18')).toMatchObject(over);
    expect(here.decide(raiseCompetenceDispute, { withAuthority: 'Keqiao' }, '2026-05-18')).toMatchObject(over);
    expect(here.decide(feedBackIncompetence, { reason: '' }, '2026-05-18', { persons })).toMatchObject({
      code: 'AUTHORITY_IS_COMPETENT',
    });
  });

  it('is sent up, which is in time by its receipt, and decided within seven working days (L-09)', () => {
    const { clocks } = above();
    expect(timelinessOf(clocks['competence-dispute']!)).toBe('in-time');
    expect(clocks['designation']).toMatchObject({ state: 'running', from: '2026-05-11', due: '2026-05-20' });
    expect(clocks['designation']?.rule).toMatch(/^L-09\/SAMR-2/);
    const designated = above().then(designateAuthority, HERE, '2026-05-21');
    expect(timelinessOf(designated.clocks['designation']!)).toBe('late');
    expect(above().decide(sendUpCompetenceDispute, { higherAuthority: 'x' }, '2026-05-12')).toMatchObject({
      code: 'DISPUTE_SENT_UP',
    });
    expect(raised().decide(designateAuthority, HERE, '2026-05-12')).toMatchObject({ code: 'DISPUTE_NOT_SENT_UP' });
  });

  it('may still end by agreement after it was sent up', () => {
    const agreed = above().then(resolveCompetenceDispute, THERE, '2026-05-12');
    expect(agreed.clocks['designation']?.state).toBe('superseded');
  });

  it('that ends for the other is the one way to send a complaint on without the intake body', () => {
    const designated = above().then(designateAuthority, THERE, '2026-05-15');
    expect(designated.decide(accept, {}, '2026-05-15')).toMatchObject({ code: 'NOT_COMPETENT' });
    const elsewhere = { toAuthority: 'Keqiao', toRegion: '330603' };
    expect(designated.decide(transfer, elsewhere, '2026-05-15')).toMatchObject({ code: 'OTHER_AUTHORITY_COMPETENT' });
    const there = designated
      .then(transfer, { toAuthority: OTHER, toRegion: OTHER_REGION }, '2026-05-15')
      .then(receiveTransfer, { authority: OTHER }, '2026-05-18');
    expect(there.clocks['acceptance']).toMatchObject({ from: '2026-05-18', due: '2026-05-27' });
    expect(there.decide(raiseCompetenceDispute, { withAuthority: 'Keqiao' }, '2026-05-19')).toMatchObject({
      code: 'COMPETENCE_SETTLED',
    });
    expect(there.decide(feedBackIncompetence, { reason: '' }, '2026-05-19', { persons })).toMatchObject({
      code: 'AUTHORITY_IS_COMPETENT',
    });
  });

  it('is not sent on by the one it ended for', () => {
    const here = raised().then(resolveCompetenceDispute, HERE, '2026-05-15');
    expect(here.decide(transfer, { toAuthority: OTHER, toRegion: OTHER_REGION }, '2026-05-15')).toMatchObject({
      code: 'RETURN_TO_INTAKE_FIRST',
    });
  });
});

describe('a ground of non-acceptance', () => {
  const declineOn = (day: LocalDate, ground: NonAcceptanceGround) =>
    givenComplaint([receivedAt(onDay(addDays(day, -1)).occurredAt)]).when(
      decline,
      { ground, reason: '', remedies: ['arbitration'] },
      { ...onDay(day), persons },
    );

  it.each<[LocalDate, NonAcceptanceGround, { source: string; item: string; ground: string } | 'none']>([
    ['2026-04-14', '16(1)', { source: 'S2 15', item: '(1)', ground: 'no-competence' }],
    [
      '2026-04-14',
      '16(2)',
      {
        source: 'S2 15',
        item: '(2)',
        ground: 'handled-by-court-arbitration-authority-association-or-other-mediation-body',
      },
    ],
    ['2026-04-14', '16(6)', 'none'],
    ['2026-04-14', '16(7)', { source: 'S2 15', item: '(6)', ground: 'other-law' }],
    [
      '2026-04-15',
      '16(2)',
      { source: 'S1 16', item: '(2)', ground: 'handled-by-court-arbitration-authority-or-association' },
    ],
    ['2026-04-15', '16(6)', { source: 'S1 16', item: '(6)', ground: 'impersonation-or-identity-check-refused' }],
    ['2026-04-15', '16(7)', { source: 'S1 16', item: '(7)', ground: 'other-law' }],
  ])('on %s: %s is %j (T-39)', (day, ground, provision) => {
    if (provision === 'none') {
      declineOn(day, ground).then({ kind: 'conflict', code: 'GROUND_NOT_IN_FORCE', field: 'ground' });
      return;
    }
    declineOn(day, ground).then([
      { type: 'ComplaintNotAccepted', data: { ground, provision, reason: 'reason-1', remedies: ['arbitration'] } },
    ]);
  });

  it('before there was an order is taken at its word', () => {
    declineOn('2019-12-31', '16(6)').then([
      { type: 'ComplaintNotAccepted', data: { ground: '16(6)', reason: 'reason-1', remedies: ['arbitration'] } },
    ]);
  });
});

describe('factors that are considered (Art. 17)', () => {
  const factors: ('quantity' | 'shared-phone')[] = ['quantity', 'shared-phone', 'quantity'];

  it('stand with the decision of a person, whichever it is, and decide nothing (T-40)', () => {
    const start = played('2026-05-06');
    expect(start.then(accept, { factors }, '2026-05-07').document.factors).toEqual(['quantity', 'shared-phone']);
    const decision = { ground: '16(3)' as const, reason: '', remedies: ['arbitration'], factors };
    expect(start.then(decline, decision, '2026-05-07', { persons }).document).toMatchObject({
      nonAcceptanceGround: '16(3)',
      factors: ['quantity', 'shared-phone'],
    });
    const process = { actor: { id: 'p', role: 'process' }, persons };
    expect(start.decide(decline, decision, '2026-05-07', process)).toMatchObject({ code: 'HUMAN_DECISION_REQUIRED' });
  });

  it('were none before Order 121', () => {
    expect(played('2026-04-13').decide(accept, { factors }, '2026-04-14')).toMatchObject({
      code: 'FACTORS_NOT_IN_FORCE',
      field: 'factors',
    });
    expect(isRefusal(played('2026-04-13').decide(accept, { factors: [] }, '2026-04-14'))).toBe(false);
  });
});
