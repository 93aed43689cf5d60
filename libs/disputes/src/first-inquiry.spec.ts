import { describe, expect, it } from '@jest/globals';
import { documentsGiven, given, GIVEN_NOW, type GivenEvent, usccOf } from '#kernel';
import { acceptHandOff, assignFirstInquiry, declineHandOff, offerHandOff } from './decide-first-inquiry.ts';
import { confirmRepeat, openDispute } from './decide.ts';
import { disputesTable } from './disputes.module.ts';
import { A, ago, B, dispute, openedAs, received, reference, told } from './testing/given-dispute.ts';
import { disputes } from './views/disputes.ts';

const STATION = { authority: 'Station of the mall', region: '330602' };
const BUREAU = { authority: 'Yuecheng bureau', region: '330602' };
const KEQIAO = { authority: 'Keqiao bureau', region: '330603' };
const opened = openedAs(B, ago(20));
const assigned = told('FirstInquiryAssigned', { body: STATION, basis: 'contact' }, ago(19));
const offered = (offer: number, to = BUREAU): GivenEvent => ({
  ...told('HandOffOffered', { offer, to, reason: 'P5' }, ago(15)),
  actor: { id: 'station-key', role: 'hotline' },
});
const accepted = told('HandOffAccepted', { offer: 1, to: BUREAU }, ago(14));
const declined = told('HandOffDeclined', { offer: 1, code: 'not-competent', reason: null }, ago(14));
const merged = told('DisputeMergedInto', { primary: A, order: 'opened', reason: null });
const persons = { reason: reference('P5') };
const command = { toAuthority: BUREAU.authority, toRegion: BUREAU.region, reason: '' };

describe('first inquiry', () => {
  it('is the body’s that opened the dispute and said so', () => {
    const { decision } = given(dispute).when(openDispute, {
      respondentRegion: '330602',
      authority: 'Station of the mall',
    });
    expect(decision).toMatchObject([
      { type: 'DisputeOpened' },
      { type: 'FirstInquiryAssigned', data: { body: STATION, basis: 'contact' } },
    ]);
    const elsewhere = { respondentRegion: '330602', authority: 'Hotline', authorityRegion: '330600' };
    expect(given(dispute).when(openDispute, elsewhere).decision).toMatchObject([
      {},
      { data: { body: { authority: 'Hotline', region: '330600' } } },
    ]);
  });
  it('is assigned once; the same again says nothing', () => {
    given(dispute, [opened])
      .when(assignFirstInquiry, { ...STATION, basis: 'contact' })
      .then([{ type: 'FirstInquiryAssigned', data: { body: STATION, basis: 'contact' } }]);
    given(dispute, [opened, assigned])
      .when(assignFirstInquiry, { ...STATION, basis: 'complaint' })
      .then([]);
    given(dispute, [opened, assigned])
      .when(assignFirstInquiry, { ...BUREAU, basis: 'complaint' })
      .then({ kind: 'conflict', code: 'FIRST_INQUIRY_ASSIGNED', field: 'authority' });
    given(dispute, [opened, assigned, offered(1), accepted])
      .when(assignFirstInquiry, { ...STATION, basis: 'contact' })
      .then([]);
  });
  it('is assigned by a person, of a dispute that stands for itself', () => {
    const assign = { ...STATION, basis: 'contact' } as const;
    given(dispute, [opened])
      .when(assignFirstInquiry, assign, { actor: { id: 'p', role: 'process' } })
      .then({ kind: 'forbidden', code: 'HUMAN_DECISION_REQUIRED' });
    given(dispute).when(assignFirstInquiry, assign).then({ kind: 'notFound', code: 'NOT_FOUND' });
    given(dispute, [opened, merged])
      .when(assignFirstInquiry, assign)
      .then({ kind: 'conflict', code: 'DISPUTE_MERGED' });
  });
});

describe('a hand-off', () => {
  it('is offered by the body that answers for it, with a reason', () => {
    given(dispute, [opened, assigned])
      .when(offerHandOff, command, { persons })
      .then([{ type: 'HandOffOffered', data: { offer: 1, to: BUREAU, reason: 'P5' } }]);
  });
  it.each([
    ['before anybody took it up', [opened], command, persons, 'conflict', 'FIRST_INQUIRY_UNASSIGNED', undefined],
    [
      'to the one that has it',
      [opened, assigned],
      { ...command, toAuthority: STATION.authority },
      persons,
      'invalid',
      'ALREADY_RESPONSIBLE',
      'toAuthority',
    ],
    ['for no reason', [opened, assigned], command, {}, 'invalid', 'REASON_REQUIRED', 'reason'],
  ] as const)('is not offered %s', (_, events, offer, people, kind, code, field) => {
    given(dispute, events)
      .when(offerHandOff, offer, { persons: people })
      .then(field === undefined ? { kind, code } : { kind, code, field });
  });
  it('leaves responsibility where it is until it is accepted', () => {
    const responsible = (...events: GivenEvent[]) => {
      const { state } = given(dispute, [opened, assigned, ...events]);
      return state.status === 'empty' ? null : state.firstInquiry!.responsible;
    };
    expect(responsible()).toEqual(STATION);
    expect(responsible(offered(1))).toEqual(STATION);
    expect(responsible(offered(1), declined)).toEqual(STATION);
    expect(responsible(offered(1), accepted)).toEqual(BUREAU);
  });
  it('is accepted or declined by the other body, once', () => {
    const open = given(dispute, [opened, assigned, offered(1)]);
    open.when(acceptHandOff, { offer: 1 }).then([{ type: 'HandOffAccepted', data: { offer: 1, to: BUREAU } }]);
    open
      .when(declineHandOff, { offer: 1, code: 'incomplete' }, { persons: { reason: reference('P7') } })
      .then([{ type: 'HandOffDeclined', data: { offer: 1, code: 'incomplete', reason: 'P7' } }]);
    for (const answer of [accepted, declined]) {
      given(dispute, [opened, assigned, offered(1), answer])
        .when(acceptHandOff, { offer: 1 })
        .then({ kind: 'conflict', code: 'HAND_OFF_NOT_OPEN', field: 'offer' });
    }
  });
  it.each([
    ['the one who offered it', { actor: { id: 'station-key', role: 'hotline' } }],
    ['another region', { bounds: { region: '330603', subject: null } }],
  ])('is not answered by %s', (_, context) => {
    const open = given(dispute, [opened, assigned, offered(1)]);
    const refusal = { kind: 'forbidden', code: 'HAND_OFF_NOT_YOURS' } as const;
    open.when(acceptHandOff, { offer: 1 }, context).then(refusal);
    open.when(declineHandOff, { offer: 1, code: 'other' }, context).then(refusal);
  });
  it('is answered by a key of the city that the body lies in', () => {
    const { when } = given(dispute, [opened, assigned, offered(1)]);
    expect(when(acceptHandOff, { offer: 1 }, { bounds: { region: '330600', subject: null } }).decision).toHaveLength(1);
  });
  it('is over with the next one, and not answered before it was offered', () => {
    const twice = given(dispute, [opened, assigned, offered(1), offered(2, KEQIAO)]);
    twice.when(acceptHandOff, { offer: 1 }).then({ kind: 'conflict', code: 'HAND_OFF_NOT_OPEN', field: 'offer' });
    twice.when(acceptHandOff, { offer: 2 }).then([{ type: 'HandOffAccepted', data: { offer: 2, to: KEQIAO } }]);
    twice
      .when(acceptHandOff, { offer: 2 }, { occurredAt: ago(16) })
      .then({ kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' });
  });
});

describe('the view of who answers for it', () => {
  const answer = (...events: GivenEvent[]) => {
    const doc = documentsGiven(disputes, [opened, ...events]).get(B)!;
    const moment = { now: GIVEN_NOW, lawOf: () => undefined as never, isWhole: true };
    return disputesTable.views[0]!.answer!(doc, moment, new Map()) as Record<string, unknown>;
  };
  it('shows the body, since when, and how it came there', () => {
    expect(
      answer(
        assigned,
        offered(1),
        declined,
        { ...offered(2) },
        told('HandOffAccepted', { offer: 2, to: BUREAU }, ago(9)),
      ),
    ).toMatchObject({
      firstInquiry: {
        first: STATION,
        responsible: BUREAU,
        responsibleSince: '2026-02-23T02:00:00.000Z',
        presumed: false,
      },
      handOffs: [
        { offer: 1, from: STATION, to: BUREAU, status: 'declined', refusal: 'not-competent', reason: 'P5' },
        { offer: 2, from: STATION, to: BUREAU, status: 'accepted' },
      ],
    });
  });
  it('presumes the authority that first received a complaint where nobody has said', () => {
    expect(answer()['firstInquiry']).toBeNull();
    expect(answer(received(B, 'C2', ago(3)), received(B, 'C1', ago(5)))).toMatchObject({
      firstInquiry: { responsible: BUREAU, takenUpAt: '2026-02-27T02:00:00.000Z', presumed: true },
      handOffs: [],
    });
  });
});

describe('a repeated complaint', () => {
  const earlier = { openedAt: ago(100), respondentUscc: null, respondentRegion: '330602', primary: null };
  const reads = { earlier };
  it('is found by a person, once', () => {
    given(dispute, [opened])
      .when(confirmRepeat, { earlier: A }, { id: B, reads })
      .then([{ type: 'RepeatComplaintConfirmed', data: { earlier: A } }]);
    given(dispute, [opened, told('RepeatComplaintConfirmed', { earlier: A })])
      .when(confirmRepeat, { earlier: A }, { id: B, reads })
      .then([]);
    given(dispute, [opened])
      .when(confirmRepeat, { earlier: A }, { id: B, reads, actor: { id: 'p', role: 'process' } })
      .then({ kind: 'forbidden', code: 'HUMAN_DECISION_REQUIRED' });
  });
  it.each([
    ['itself', B, { earlier }, 'REPEATS_ITSELF'],
    ['nothing', A, { earlier: undefined }, 'UNKNOWN_DISPUTE'],
    ['what came later', A, { earlier: { ...earlier, openedAt: ago(1) } }, 'REPEATED_BEFORE'],
  ])('does not repeat %s', (_, id, other, code) => {
    given(dispute, [opened])
      .when(confirmRepeat, { earlier: id }, { id: B, reads: other })
      .then({ kind: 'invalid', code, field: 'earlier' });
  });
  it('is none against another respondent', () => {
    const [one, other] = [usccOf('91330600', '12345678'), usccOf('91330600', '87654321')];
    const of = (respondentUscc: string | null) => ({ earlier: { ...earlier, respondentUscc } });
    const against = given(dispute, [openedAs(B, ago(20), { respondentUscc: one })]);
    const found = [{ type: 'RepeatComplaintConfirmed', data: { earlier: A } }] as const;
    for (const same of [one, null]) against.when(confirmRepeat, { earlier: A }, { id: B, reads: of(same) }).then(found);
    against
      .when(confirmRepeat, { earlier: A }, { id: B, reads: of(other) })
      .then({ kind: 'conflict', code: 'RESPONDENT_MISMATCH', field: 'earlier' });
  });
  it('is told by both disputes', () => {
    const documents = documentsGiven(disputes, [
      openedAs(A, ago(100)),
      opened,
      told('RepeatComplaintConfirmed', { earlier: A }),
    ]);
    expect(documents.get(A)).toMatchObject({ repeatedBy: [B], repeats: [] });
    expect(documents.get(B)).toMatchObject({ repeatedBy: [], repeats: [A] });
  });
});
