import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { documentsGiven, given, GIVEN_NOW, usccOf, type GivenEvent } from '#kernel';
import { mergeInto, unmerge } from './decide-merging.ts';
import { identifyRespondent } from './decide.ts';
import { disputesTable } from './disputes.module.ts';
import { mergeOrder, passedWhileMerged } from './merging.ts';
import type { MergeReads, OtherDispute } from './reads.ts';
import { evolveReceipt, unreadReceipt } from './reads.ts';
import {
  A,
  about,
  ago,
  B,
  concluded,
  dispute,
  negotiated,
  openedAs,
  received,
  reference,
  settled,
} from './testing/given-dispute.ts';
import { disputes } from './views/disputes.ts';

const primary: OtherDispute = { openedAt: ago(30), respondentUscc: null, respondentRegion: '330602', primary: null };
const reads = (more: Partial<MergeReads> = {}): MergeReads => ({
  primary,
  complaint: undefined,
  primaryComplaint: undefined,
  ...more,
});
const around = (more: Partial<MergeReads> = {}, reason?: string) => ({
  id: B,
  reads: reads(more),
  persons: reason === undefined ? {} : { reason: reference(reason) },
});
const opened = openedAs(B, ago(20));
const mergedEvent: GivenEvent = {
  type: 'DisputeMergedInto',
  data: { primary: A, order: 'opened', reason: null },
  stream: `dispute-${B}`,
  occurredAt: ago(10),
};
const unmergedEvent: GivenEvent = {
  type: 'DisputeUnmerged',
  data: { primary: A, reason: 'P9' },
  stream: `dispute-${B}`,
  occurredAt: ago(5),
};
const of = (disputeId: string, receivedAt: number | null) => ({ disputeId, receivedAt });

describe('merging a dispute', () => {
  it('goes into the one opened first, where no authority has received either', () => {
    given(dispute, [opened])
      .when(mergeInto, { primary: A }, around())
      .then([{ type: 'DisputeMergedInto', data: { primary: A, order: 'opened', reason: null } }]);
  });
  it('goes into the one that a competent authority received first, whichever was opened first (Art. 14)', () => {
    const more = {
      primary: { ...primary, openedAt: ago(1) },
      primaryComplaint: of(A, ago(15)),
      complaint: of(B, ago(14)),
    };
    given(dispute, [opened])
      .when(mergeInto, { primary: A, complaintId: 'C', primaryComplaintId: 'D' }, around(more))
      .then([{ type: 'DisputeMergedInto', data: { primary: A, order: 'received', reason: null } }]);
  });
  it.each([
    ['opened later', { primary: { ...primary, openedAt: ago(1) } }],
    ['received later', { primaryComplaint: of(A, ago(1)), complaint: of(B, ago(2)) }],
    ['not received', { complaint: of(B, ago(2)) }],
    ['received where nobody was competent', { primaryComplaint: of(A, null), complaint: of(B, ago(2)) }],
  ])('does not go into one that was %s, unless somebody says why', (_, more) => {
    const command = {
      primary: A,
      ...('complaint' in more && { complaintId: 'C' }),
      ...('primaryComplaint' in more && { primaryComplaintId: 'D' }),
    };
    given(dispute, [opened])
      .when(mergeInto, command, around(more))
      .then({ kind: 'conflict', code: 'PRIMARY_NOT_FIRST', field: 'primary' });
    given(dispute, [opened])
      .when(mergeInto, command, around(more, 'P1'))
      .then([{ type: 'DisputeMergedInto', data: { primary: A, order: 'against', reason: 'P1' } }]);
  });
  it('goes into none outside the bounds of the key, which is counted elsewhere', () => {
    const within = (region: string | null, of: string | null = '330602') =>
      given(dispute, [opened]).when(
        mergeInto,
        { primary: A },
        {
          ...around({ primary: { ...primary, respondentRegion: of } }, 'P1'),
          bounds: { region, subject: null },
        },
      );
    const merger = { type: 'DisputeMergedInto', data: { primary: A, order: 'opened', reason: 'P1' } } as const;
    for (const region of ['330602', '330600', null]) within(region).then([merger]);
    const refused = { kind: 'forbidden', code: 'PRIMARY_OUT_OF_REGION', field: 'primary' } as const;
    within('330603').then(refused);
    within('370303').then(refused);
    within('330602', null).then(refused);
  });
  it('of another respondent needs a reason', () => {
    const against = openedAs(B, ago(20), { respondentUscc: usccOf('91330600', '12345678') });
    const more = { primary: { ...primary, respondentUscc: usccOf('91330600', '87654321') } };
    const { when } = given(dispute, [against]);
    when(mergeInto, { primary: A }, around(more)).then({
      kind: 'conflict',
      code: 'RESPONDENT_MISMATCH',
      field: 'primary',
    });
    expect(when(mergeInto, { primary: A }, around(more, 'P1')).decision).toHaveLength(1);
  });
  it.each([
    ['itself', { primary: B }, {}, 'invalid', 'MERGED_INTO_ITSELF', 'primary'],
    ['nothing', { primary: A }, { primary: undefined }, 'invalid', 'UNKNOWN_DISPUTE', 'primary'],
    [
      'a merged one',
      { primary: A },
      { primary: { ...primary, primary: 'X' } },
      'conflict',
      'PRIMARY_MERGED',
      'primary',
    ],
    ['one by no complaint', { primary: A, complaintId: 'C' }, {}, 'invalid', 'UNKNOWN_COMPLAINT', 'complaintId'],
    [
      'one by a complaint of another',
      { primary: A, primaryComplaintId: 'C' },
      { primaryComplaint: of(B, ago(2)) },
      'invalid',
      'COMPLAINT_OF_OTHER_DISPUTE',
      'primaryComplaintId',
    ],
  ] as const)('does not go into %s', (_, command, more, kind, code, field) => {
    given(dispute, [opened]).when(mergeInto, command, around(more)).then({ kind, code, field });
  });
  it('is found by a person, of a dispute that exists, and not before it was opened', () => {
    const process = { ...around(), actor: { id: 'matching', role: 'process' } };
    given(dispute, [opened])
      .when(mergeInto, { primary: A }, process)
      .then({ kind: 'forbidden', code: 'HUMAN_DECISION_REQUIRED' });
    given(dispute).when(mergeInto, { primary: A }, around()).then({ kind: 'notFound', code: 'NOT_FOUND' });
    given(dispute, [opened])
      .when(mergeInto, { primary: A }, { ...around(), occurredAt: ago(21) })
      .then({ kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' });
  });
  it('happens once: the same again says nothing, another primary is refused', () => {
    given(dispute, [opened, mergedEvent]).when(mergeInto, { primary: A }, around()).then([]);
    given(dispute, [opened, mergedEvent])
      .when(mergeInto, { primary: 'C' }, around())
      .then({ kind: 'conflict', code: 'DISPUTE_MERGED' });
  });
});

describe('a merged dispute', () => {
  it('is left alone, and keeps its region and respondent', () => {
    const { state, when } = given(dispute, [opened, mergedEvent]);
    when(identifyRespondent, {
      respondentUscc: usccOf('91330600', '12345678'),
      respondentRegion: '330602',
      reason: 'mistaken',
    }).then({ kind: 'conflict', code: 'DISPUTE_MERGED' });
    expect(disputesTable.scopeOf(state)).toEqual({ region: '330602', subject: null });
  });
  it('is taken apart with a reason, and stands as it stood before', () => {
    const persons = { reason: reference('P9') };
    given(dispute, [opened, mergedEvent])
      .when(unmerge, { reason: '' }, { persons })
      .then([{ type: 'DisputeUnmerged', data: { primary: A, reason: 'P9' } }]);
    expect(given(dispute, [opened, mergedEvent, unmergedEvent]).state).toEqual(given(dispute, [opened]).state);
  });
  it('is not taken apart without a reason, by a process, before it was merged, or when it is not', () => {
    const persons = { reason: reference('P9') };
    const merged = given(dispute, [opened, mergedEvent]);
    merged.when(unmerge, { reason: '' }).then({ kind: 'invalid', code: 'REASON_REQUIRED', field: 'reason' });
    merged
      .when(unmerge, { reason: '' }, { persons, actor: { id: 'x', role: 'process' } })
      .then({ kind: 'forbidden', code: 'HUMAN_DECISION_REQUIRED' });
    merged
      .when(unmerge, { reason: '' }, { persons, occurredAt: ago(11) })
      .then({ kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' });
    given(dispute, [opened]).when(unmerge, { reason: '' }).then({ kind: 'conflict', code: 'NOT_MERGED' });
    given(dispute).when(unmerge, { reason: '' }).then({ kind: 'notFound', code: 'NOT_FOUND' });
  });
});

describe('the receipt by which an order is told', () => {
  const [received1] = [received(B, 'C1', ago(9))];
  it('is that of the complaint, unless the authority was not competent', () => {
    const fold = (...events: readonly GivenEvent[]) =>
      events.reduce(
        (receipt, event) => evolveReceipt(receipt, { ...event, occurredAt: ago(9) } as never),
        unreadReceipt,
      );
    const declined = (ground: string): GivenEvent => ({
      type: 'ComplaintNotAccepted',
      data: { ground, reason: 'P', remedies: ['court'] },
    });
    expect(fold(received1)).toEqual({ disputeId: B, receivedAt: ago(9) });
    expect(fold(received1, declined('16(2)'))).toEqual({ disputeId: B, receivedAt: ago(9) });
    expect(fold(received1, declined('16(1)'))).toEqual({ disputeId: B, receivedAt: null });
    const transferred = [
      { type: 'ComplaintTransferredOut', data: {} },
      { type: 'ComplaintTransferReceived', data: {} },
    ];
    const [out, arrived] = transferred as [GivenEvent, GivenEvent];
    expect(fold(received1, out)).toEqual({ disputeId: B, receivedAt: null });
    expect(fold(received1, out, arrived)).toEqual({ disputeId: B, receivedAt: ago(9) });
  });
  it('of two disputes makes one the primary, of two at one moment either', () => {
    const moment = fc.option(fc.nat(5));
    const cameIn = fc.record({ receivedAt: moment, openedAt: fc.nat(5) });
    fc.assert(
      fc.property(cameIn, cameIn, (one, other) => {
        const orders = [mergeOrder(one, other), mergeOrder(other, one)];
        expect(orders.some((order) => order !== 'against')).toBe(true);
        const isTie =
          one.receivedAt === other.receivedAt && (one.receivedAt !== null || one.openedAt === other.openedAt);
        expect(orders.every((order) => order !== 'against')).toBe(isTie);
      }),
    );
  });
});

describe('a deadline', () => {
  const span = { from: '2026-03-05T02:00:00.000Z', to: '2026-03-20T02:00:00.000Z' };
  it.each([
    ['2026-03-04', false],
    ['2026-03-05', true],
    ['2026-03-19', true],
    ['2026-03-20', false],
    ['2026-03-05T01:59:59.000Z', false],
    ['2026-03-05T02:00:00.001Z', true],
  ])('on %s passed while merged: %s', (due, passed) => {
    expect(passedWhileMerged(due, [span])).toBe(passed);
    expect(passedWhileMerged(due, [])).toBe(false);
  });
  it('passes so for as long as the merger lasts', () => {
    expect(passedWhileMerged('2030-01-01', [{ from: span.from, to: null }])).toBe(true);
  });
});

describe('the view of merged disputes', () => {
  const first = openedAs(A, ago(30));
  const history = [
    first,
    opened,
    negotiated(B, 'N1', ago(19)),
    settled(B, 'N1', ago(12)),
    received(A, 'C1', ago(15)),
    mergedEvent,
  ];
  const documents = (events: readonly GivenEvent[]) => documentsGiven(disputes, events);
  const answerOf = (events: readonly GivenEvent[], id = A): Record<string, unknown> => {
    const all = documents(events);
    const doc = all.get(id)!;
    const others = new Map(doc.merged.map((one) => [one, all.get(one)!]));
    const row = disputesTable.views[0]!;
    return {
      ...(row.answer!(doc, { now: GIVEN_NOW, lawOf: () => undefined as never, isWhole: true }, others) as Record<
        string,
        unknown
      >),
      streams: row.streamsOf!(doc, id, others),
    };
  };

  it('tells both of the merger, and the primary with the procedures of the other', () => {
    expect(documents(history).get(B)).toMatchObject({ mergedInto: A, mergers: [{ primary: A, to: null }] });
    expect(answerOf(history)).toMatchObject({
      mergedInto: null,
      stage: 'complaint',
      merged: [{ id: B, outcome: 'settled', resolvedBy: 'merchant', negotiations: [{ id: 'N1', status: 'settled' }] }],
      whole: { stage: 'complaint', outcome: null },
      streams: [`dispute-${A}`, 'complaint-C1', `dispute-${B}`, 'negotiation-N1'],
    });
  });
  it('says what came of both together: the last conclusion that occurred decides', () => {
    const whole = (...events: readonly GivenEvent[]) => answerOf([...history, ...events])['whole'];
    expect(whole(concluded(A, 'C1', ago(11), 'terminated', '23(1)(2)'))).toMatchObject({
      stage: 'concluded',
      outcome: 'terminated',
    });
    expect(whole(concluded(A, 'C1', ago(13), 'terminated', '23(1)(2)'))).toMatchObject({
      outcome: 'settled',
      resolvedBy: 'merchant',
    });
  });
  it('keeps what was done after the merger about the other with it', () => {
    const later = received(B, 'C2', ago(3));
    expect(answerOf([...history, later])).toMatchObject({ merged: [{ complaints: [{ id: 'C2' }] }] });
  });
  it('is as before once they are taken apart, but for the span that stays on record', () => {
    const apart = documents([...history, unmergedEvent]);
    expect(apart.get(A)).toEqual({ ...documents(history.slice(0, -1)).get(A) });
    const { mergers, ...own } = apart.get(B)!;
    const { mergers: none, ...before } = documents(history.slice(0, -1)).get(B)!;
    expect(own).toEqual(before);
    expect(none).toEqual([]);
    expect(mergers).toMatchObject([{ primary: A, unmergedFor: 'P9' }]);
    expect(passedWhileMerged('2026-02-25', mergers)).toBe(true);
  });
  it('does not stop for steps that it does not know', () => {
    const unknown = about(A, 'complaint-C1', 'ComplaintSomethingNew', {}, ago(1));
    const known = { ...disputes, types: [...disputes.types, 'ComplaintSomethingNew'] };
    expect(documentsGiven(known, [...history, unknown]).get(A)).toEqual(documents(history).get(A));
  });
});
