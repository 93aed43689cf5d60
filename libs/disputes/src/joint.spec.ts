import { describe, expect, it } from '@jest/globals';
import { documentsGiven, given } from '#kernel';
import { chooseRepresentatives, joinComplainant, recordRepresentedConsent } from './decide-joint.ts';
import { withoutConsent } from './events.ts';
import { B, dispute, openedAs, told } from './testing/given-dispute.ts';
import { disputes } from './views/disputes.ts';

const COMPLAINT = 'complaint-01JN0000000000000000000000';
const evidence = ['letter-1'];
const joined = (person: number) =>
  told('ComplainantJoined', { person, complainant: `P${person}`, complainantTokens: {} });
const chosen = (...representatives: number[]) => told('RepresentativesChosen', { representatives, evidence });
const consent = (consenting: number[], refusing: number[] = []) =>
  told('RepresentedConsentRecorded', { act: 'agreement', procedure: COMPLAINT, consenting, refusing, evidence });
const opened = openedAs(B);
const joint = [opened, joined(2), joined(3), joined(4)];
const merged = told('DisputeMergedInto', { primary: 'X', order: 'opened', reason: null });
const process = { actor: { id: 'p', role: 'process' } };
const persons = { complainant: { personId: 'P2', tokens: { phone: 't2' } } };

describe('who complains', () => {
  it('is numbered from the first on, as references and tokens', () => {
    given(dispute, [opened])
      .when(joinComplainant, { complainantName: '' }, { persons })
      .then([
        { type: 'ComplainantJoined', data: { person: 2, complainant: 'P2', complainantTokens: { phone: 't2' } } },
      ]);
    const { decision } = given(dispute, [openedAs(B, undefined, { complainant: null })]).when(
      joinComplainant,
      { complainantName: '' },
      { persons },
    );
    expect(decision).toMatchObject([{ data: { person: 1 } }]);
  });
  it('is counted once, as far as name and telephone tell', () => {
    const first = openedAs(B, undefined, { complainantTokens: { phone: 't1', name: 'n1' } });
    const second = told('ComplainantJoined', { person: 2, complainant: 'P2', complainantTokens: { phone: 't2' } });
    const join = (phone: string, name: string) =>
      given(dispute, [first, second]).when(
        joinComplainant,
        { complainantName: '' },
        { persons: { complainant: { personId: 'P3', tokens: { phone, name } } } },
      ).decision;
    expect(join('t1', 'n1')).toMatchObject({ kind: 'conflict', code: 'COMPLAINANT_JOINED_BEFORE' });
    // Of one household, or one of whom only the telephone was told: perhaps another.
    for (const [phone, name] of [
      ['t1', 'n2'],
      ['t2', 'n2'],
      ['t3', 'n1'],
    ] as const) {
      expect(join(phone, name)).toMatchObject([{ data: { person: 3 } }]);
    }
  });
  it('is counted by the unit that they all complain about', () => {
    const { decision } = given(dispute, [openedAs(B, undefined, { respondentUscc: '9144030071526726XG' })]).when(
      joinComplainant,
      { complainantName: '' },
      { persons },
    );
    expect(decision).toMatchObject([{ data: { respondentUscc: '9144030071526726XG' } }]);
  });
  it('is named, by a person, of a dispute that stands for itself', () => {
    const join = { complainantName: '' };
    given(dispute, [opened])
      .when(joinComplainant, join)
      .then({ kind: 'invalid', code: 'COMPLAINANT_REQUIRED', field: 'complainantName' });
    given(dispute, [opened])
      .when(joinComplainant, join, { persons, ...process })
      .then({ kind: 'forbidden', code: 'HUMAN_DECISION_REQUIRED' });
    given(dispute).when(joinComplainant, join, { persons }).then({ kind: 'notFound', code: 'NOT_FOUND' });
    given(dispute, [opened, merged])
      .when(joinComplainant, join, { persons })
      .then({ kind: 'conflict', code: 'DISPUTE_MERGED' });
  });
});

describe('representatives', () => {
  it('are one or two of those who complain', () => {
    given(dispute, joint)
      .when(chooseRepresentatives, { representatives: [3, 1], evidence })
      .then([{ type: 'RepresentativesChosen', data: { representatives: [1, 3], evidence } }]);
    given(dispute, [...joint, chosen(1, 3)])
      .when(chooseRepresentatives, { representatives: [3, 1], evidence })
      .then([]);
  });
  it.each([
    ['none', [], 'REPRESENTATIVES_INVALID'],
    ['three', [1, 2, 3], 'REPRESENTATIVES_INVALID'],
    ['one twice', [2, 2], 'REPRESENTATIVES_INVALID'],
    ['a stranger', [5], 'UNKNOWN_COMPLAINANT'],
    ['nobody', [0], 'UNKNOWN_COMPLAINANT'],
  ])('are not %s', (_, representatives, code) => {
    given(dispute, joint)
      .when(chooseRepresentatives, { representatives, evidence })
      .then({ kind: 'invalid', code, field: 'representatives' });
  });
  it('are not chosen by one alone, nor in a dispute that is merged', () => {
    const choose = { representatives: [1], evidence };
    given(dispute, [opened]).when(chooseRepresentatives, choose).then({ kind: 'conflict', code: 'NOT_JOINT' });
    given(dispute, [...joint, merged])
      .when(chooseRepresentatives, choose)
      .then({ kind: 'conflict', code: 'DISPUTE_MERGED' });
  });
});

describe('consent of the represented', () => {
  const represented = [...joint, chosen(1)];
  const ask = { act: 'agreement', procedure: COMPLAINT, evidence } as const;
  it('is written down, by number', () => {
    given(dispute, represented)
      .when(recordRepresentedConsent, { ...ask, consenting: [2], refusing: [3] })
      .then([{ type: 'RepresentedConsentRecorded', data: { ...ask, consenting: [2], refusing: [3] } }]);
  });
  it.each([
    ['of nobody', {}, 'NOBODY_HEARD', 'consenting'],
    ['of one who both consents and refuses', { consenting: [2], refusing: [2] }, 'HEARD_TWICE', 'refusing'],
    ['of one twice', { consenting: [2, 2] }, 'HEARD_TWICE', 'refusing'],
    ['of a representative', { consenting: [1, 2] }, 'REPRESENTATIVE_HEARD', 'consenting'],
    ['of a stranger', { refusing: [9] }, 'UNKNOWN_COMPLAINANT', 'refusing'],
  ])('is not written down %s', (_, more, code, field) => {
    given(dispute, represented)
      .when(recordRepresentedConsent, { ...ask, ...more })
      .then({ kind: 'invalid', code, field });
  });
  it('is asked of nobody before there are representatives', () => {
    given(dispute, joint)
      .when(recordRepresentedConsent, { ...ask, consenting: [2] })
      .then({ kind: 'conflict', code: 'NO_REPRESENTATIVES' });
  });
  it('is complete when everybody but the representatives has given it for that act in that procedure', () => {
    const missing = (...events: Parameters<typeof given>[1] & object) => {
      const { state } = given(dispute, [...joint, ...events] as never);
      return state.status === 'empty' ? [] : withoutConsent(state.joint, 'agreement', COMPLAINT);
    };
    expect(missing()).toEqual([1, 2, 3, 4]);
    expect(missing(chosen(1))).toEqual([2, 3, 4]);
    expect(missing(chosen(1), consent([2, 3]))).toEqual([4]);
    expect(missing(chosen(1), consent([2, 3, 4]))).toEqual([]);
    expect(missing(chosen(1), consent([2, 3, 4]), consent([], [3]))).toEqual([3]);
    expect(missing(chosen(1), consent([], [3]), consent([2, 3, 4]))).toEqual([]);
    expect(missing(chosen(1, 2), consent([3, 4]), joined(5))).toEqual([5]);
    const { state } = given(dispute, [...joint, chosen(1), consent([2, 3, 4])]);
    if (state.status === 'empty') throw new Error('opened');
    expect(withoutConsent(state.joint, 'waiver', COMPLAINT)).toEqual([2, 3, 4]);
    expect(withoutConsent(state.joint, 'agreement', 'complaint-other')).toEqual([2, 3, 4]);
  });
  it('is not asked of one who complains alone', () => {
    const { state } = given(dispute, [opened]);
    expect(state.status === 'open' && withoutConsent(state.joint, 'agreement', COMPLAINT)).toEqual([]);
  });
});

it('the view shows all who complain as references, and who speaks for them', () => {
  expect(documentsGiven(disputes, [...joint, chosen(1), consent([2])]).get(B)).toMatchObject({
    complainants: [1, 2, 3, 4].map((person) => ({ person, complainant: `P${person}` })),
    joint: { complainants: 4, representatives: [1], consents: [{ act: 'agreement', consenting: [2], refusing: [] }] },
  });
});
