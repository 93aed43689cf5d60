import { describe, expect, it } from '@jest/globals';
import { documentsGiven, foldGiven, type DecisionContext } from '#kernel';
import { timelinessOf } from '#law';
import { receiveGoods, refundReturn, refuseReturn, requestReturn } from './decide.ts';
import type { NegotiationEvent } from './events.ts';
import { evolveCommitment, evolveStore, unreadStore, type CommitmentRead, type ReturnReads } from './reads.ts';
import {
  as,
  ENDED,
  given,
  HISTORIES,
  law,
  noon,
  on,
  OTHER_USCC,
  STORE,
  USCC,
  type Given,
  type Status,
} from './testing/given-negotiation.ts';
import { negotiationsView } from './views/negotiations.ts';

const NO_STORE: ReturnReads = { store: undefined, commitment: undefined };
const by = (role: string, day: string, reads: ReturnReads = NO_STORE): Partial<DecisionContext<ReturnReads>> => ({
  ...as(role, day),
  reads,
});
const online = { basis: 'online' as const, signedOn: '2026-03-04' };
const requestedOn = (day: string, signedOn = '2026-03-04'): Given => {
  const { decision } = given(HISTORIES.open).when(requestReturn, { ...online, signedOn }, by('public', day));
  return on(day, (decision as readonly NegotiationEvent[])[0]!);
};
const requested = requestedOn('2026-03-05');
const received = (day: string, basis: 'online' | 'commitment' = 'online'): Given => {
  const asked =
    basis === 'online'
      ? requested
      : on('2026-03-05', {
          type: 'NoReasonReturnRequested',
          data: { basis, store: STORE, signedOn: '2026-03-04', clocks: [] },
        });
  const { decision } = given([...HISTORIES.open, asked]).when(
    receiveGoods,
    {},
    { ...as('merchant', day), reads: { store: undefined } },
  );
  return on(day, (decision as readonly NegotiationEvent[])[0]!);
};
const refunded = (day: string, recordedOn = day) =>
  on(day, { type: 'ReturnRefunded', data: { amountFen: 9_900 } }, recordedOn);
const clocksOf = (history: readonly Given[]) => {
  const { state } = given(history);
  return state.status === 'none' ? {} : state.clocks;
};

describe('notice of a seven-day return', () => {
  it('is given within seven days after the day of signing, to the end of the last', () => {
    const notice = (day: string) => given(HISTORIES.open).when(requestReturn, online, by('public', day));
    const [event] = notice('2026-03-11').decision as readonly NegotiationEvent[];
    expect(event).toMatchObject({
      type: 'NoReasonReturnRequested',
      ruleVersion: expect.stringMatching(/^L-33\.consumer-notice\//),
      data: { basis: 'online', store: null, signedOn: '2026-03-04', clocks: [{ due: '2026-03-11' }] },
    });
    notice('2026-03-12').then({ kind: 'conflict', code: 'RETURN_PERIOD_OVER', field: 'signedOn' });
    expect(notice('2026-03-04').decision).toHaveLength(1);
    notice('2026-03-03').then({ kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' });
    given(HISTORIES.open)
      .when(requestReturn, { ...online, signedOn: '2026-03-06' }, by('public', '2026-03-05'))
      .then({ kind: 'invalid', code: 'SIGNED_IN_FUTURE', field: 'signedOn' });
  });
  it('is the consumer’s, and given once', () => {
    given(HISTORIES.open)
      .when(requestReturn, online, by('merchant', '2026-03-05'))
      .then({ kind: 'forbidden', code: 'ONLY_CONSUMER_RETURNS' });
    given([...HISTORIES.open, requested])
      .when(requestReturn, online, by('public', '2026-03-06'))
      .then({ kind: 'conflict', code: 'RETURN_EXISTS' });
  });
  it.each(Object.keys(HISTORIES) as Status[])('when %s', (status) => {
    const signedLately = { ...online, signedOn: '2026-03-24' };
    const { decision } = given(HISTORIES[status]).when(requestReturn, signedLately, by('public', '2026-03-25'));
    const live = status === 'open' || status === 'agreed' || status === 'claimed';
    expect(decision).toMatchObject(live ? ENDED.expired : ENDED[status]);
    if (!live) return;
    const inTime = given(HISTORIES[status]).when(
      requestReturn,
      { ...online, signedOn: '2026-03-06' },
      by('public', '2026-03-10'),
    );
    expect(inTime.decision).toHaveLength(1);
    expect(given([...HISTORIES[status], requested]).state.status).toBe(status);
  });
  it('is a clock that is met as it opens', () => {
    expect(clocksOf([...HISTORIES.open, requested])['return-notice']).toMatchObject({
      from: '2026-03-04',
      due: '2026-03-11',
      state: 'completed',
      isRight: true,
    });
  });
});

describe('a return that a store has promised', () => {
  const promised = { basis: 'commitment' as const, signedOn: '2026-03-04', store: STORE };
  const held = { from: '2026-01-01', to: null, withdrawnAt: null, termDays: 30 };
  const reads = (commitment: CommitmentRead | undefined, operatorUscc = USCC): ReturnReads => ({
    store: { operatorUscc },
    commitment,
  });
  const ask = (periods: CommitmentRead | undefined, day = '2026-03-10') =>
    given(HISTORIES.open).when(requestReturn, promised, by('public', day, reads(periods)));

  it('has the days that the store says, and no rule of law', () => {
    ask([held]).then([
      {
        type: 'NoReasonReturnRequested',
        data: {
          basis: 'commitment',
          store: STORE,
          signedOn: '2026-03-04',
          clocks: [{ clock: 'return-notice', rule: null, calendar: null, due: '2026-04-03' }],
        },
      },
    ]);
    expect(ask([{ ...held, termDays: 6 }]).decision).toHaveLength(1);
  });
  it('is over when those days are', () => {
    ask([{ ...held, termDays: 5 }]).then({ kind: 'conflict', code: 'RETURN_PERIOD_OVER', field: 'signedOn' });
    expect(ask([{ ...held, termDays: null }]).decision).toMatchObject([
      { data: { clocks: [{ due: null, undetermined: 'NO_TERM_PROMISED' }] } },
    ]);
  });
  it('holds for what was bought while the promise stood', () => {
    const refusal = { kind: 'conflict', code: 'NO_COMMITMENT', field: 'store' } as const;
    ask(undefined).then(refusal);
    ask([{ ...held, from: '2026-03-05' }]).then(refusal);
    ask([{ ...held, to: '2026-03-03' }]).then(refusal);
    ask([{ ...held, withdrawnAt: noon('2026-03-03') }]).then(refusal);
    expect(ask([{ ...held, to: '2026-03-04', withdrawnAt: noon('2026-03-05') }]).decision).toHaveLength(1);
  });
  it('is a store’s, and one of the respondent', () => {
    given(HISTORIES.open)
      .when(requestReturn, { basis: 'commitment' as const, signedOn: '2026-03-04' }, by('public', '2026-03-10'))
      .then({ kind: 'invalid', code: 'STORE_REQUIRED', field: 'store' });
    const refusal = { kind: 'invalid', code: 'NOT_A_STORE_OF_THE_RESPONDENT', field: 'store' } as const;
    for (const basis of ['online', 'commitment'] as const) {
      given(HISTORIES.open)
        .when(requestReturn, { ...promised, basis }, by('public', '2026-03-10', reads([held], OTHER_USCC)))
        .then(refusal);
      given(HISTORIES.open)
        .when(requestReturn, { ...promised, basis }, by('public', '2026-03-10'))
        .then(refusal);
    }
  });
  it('runs no clock of the law when the goods are back', () => {
    expect(received('2026-03-10', 'commitment').data).toEqual({ respondentUscc: USCC, store: null, clocks: [] });
  });
  it('is read of the store’s and the promise’s streams', () => {
    const store = foldGiven({ initial: unreadStore, evolve: evolveStore }, [
      { type: 'StoreRegistered', data: { operatorUscc: USCC } },
      { type: 'StoreClosed', data: { reason: 'other' } },
    ]);
    expect(store).toEqual({ operatorUscc: USCC });
    const made = { validFrom: '2026-01-01', validTo: null, termDays: 7 };
    const read = foldGiven({ initial: [] as CommitmentRead, evolve: evolveCommitment }, [
      { type: 'CommitmentWithdrawn', data: { reason: 'other' } },
      { type: 'CommitmentMade', data: made },
      { type: 'CommitmentWithdrawn', data: { reason: 'other' }, occurredAt: 5 },
      { type: 'CommitmentMade', data: { ...made, termDays: null } },
      { type: 'SomethingElse', data: {} },
    ]);
    expect(read).toEqual([
      { from: '2026-01-01', to: null, withdrawnAt: 5, termDays: 7 },
      { from: '2026-01-01', to: null, withdrawnAt: null, termDays: null },
    ]);
  });
});

/** A return in every state it can be in, of a negotiation that has ended or not: that is no matter. */
const RETURNS = {
  none: [],
  requested: [requested],
  refused: [requested, on('2026-03-06', { type: 'NoReasonReturnRefused', data: { ground: 'custom-made' } })],
  received: [requested, received('2026-03-10')],
  refunded: [requested, received('2026-03-10'), refunded('2026-03-12')],
} as const;

describe.each(Object.entries(RETURNS))('a return that is %s', (status, steps) => {
  const conflict =
    status === 'none'
      ? ({ kind: 'conflict', code: 'NO_RETURN' } as const)
      : ({ kind: 'conflict', code: `RETURN_IS_${status.toUpperCase()}` } as const);
  const late = '2026-03-20';

  it.each(['open', 'settled', 'failed', 'expired'] as const)('of a negotiation that is %s', (state) => {
    // In the order in which things happened.
    const [first, ...others] = HISTORIES[state];
    const history = [first, ...[...others, ...steps].toSorted((a, b) => Number(a.occurredAt) - Number(b.occurredAt))];
    const returned = given(history as Given[]);

    const refusal = returned.when(refuseReturn, { ground: 'goods-not-intact' as const }, as('merchant', late));
    if (status === 'requested' || status === 'received') {
      refusal.then([{ type: 'NoReasonReturnRefused', data: { ground: 'goods-not-intact' } }]);
    } else refusal.then(conflict);

    const receipt = returned.when(receiveGoods, {}, { ...as('merchant', late), reads: { store: undefined } });
    if (status === 'requested') expect(receipt.decision).toMatchObject([{ type: 'ReturnedGoodsReceived' }]);
    else receipt.then(conflict);

    const refund = returned.when(refundReturn, { amountFen: 9_900 }, as('merchant', late));
    if (status === 'requested' || status === 'received') {
      refund.then([{ type: 'ReturnRefunded', data: { amountFen: 9_900 } }]);
    } else refund.then(conflict);
  });
});

describe('the goods', () => {
  it('come back to any store, which is known', () => {
    const back = (store: { operatorUscc: string } | undefined) =>
      given([...HISTORIES.open, requested]).when(
        receiveGoods,
        { store: STORE },
        { ...as('merchant', '2026-03-10'), reads: { store } },
      );
    expect(back({ operatorUscc: OTHER_USCC }).decision).toMatchObject([{ data: { store: STORE } }]);
    back(undefined).then({ kind: 'invalid', code: 'UNKNOWN_STORE', field: 'store' });
  });
  it('are not received before notice was given, nor refused by anybody but the merchant', () => {
    given([...HISTORIES.open, requested])
      .when(receiveGoods, {}, { ...as('merchant', '2026-03-04'), reads: { store: undefined } })
      .then({ kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' });
    given([...HISTORIES.open, requested])
      .when(refuseReturn, { ground: 'other' as const }, as('public', '2026-03-06'))
      .then({ kind: 'forbidden', code: 'ONLY_MERCHANT_REFUSES' });
  });
});

describe('the refund', () => {
  const back = [...HISTORIES.open, requested, received('2026-03-10')];

  it('is due seven days after the goods came back, and a delay is presumed after fifteen (L-33)', () => {
    const clocks = clocksOf(back);
    expect(clocks['return-refund']).toMatchObject({ from: '2026-03-10', due: '2026-03-17', state: 'running' });
    expect(clocks['return-delay']).toMatchObject({ from: '2026-03-10', due: '2026-03-25', state: 'running' });
    expect(law.rules.version(clocks['return-refund']!.rule!)?.rule.id).toBe('L-33.refund');
  });
  it.each([
    ['2026-03-17', 'in-time', 'in-time'],
    ['2026-03-18', 'late', 'in-time'],
    ['2026-03-25', 'late', 'in-time'],
    ['2026-03-26', 'late', 'late'],
  ])('on %s is %s, and as to the delay %s', (day, refund, delay) => {
    const clocks = clocksOf([...back, refunded(day)]);
    expect(timelinessOf(clocks['return-refund']!)).toBe(refund);
    expect(timelinessOf(clocks['return-delay']!)).toBe(delay);
  });
  it('that is entered late counts as late until verified', () => {
    const clocks = clocksOf([...back, refunded('2026-03-15', '2026-03-30')]);
    expect(timelinessOf(clocks['return-refund']!)).toBe('backdated');
  });
  it('without the goods opens no clock', () => {
    expect(clocksOf([...HISTORIES.open, requested, refunded('2026-03-06')])['return-refund']).toBeUndefined();
  });
  it('is shown with every step of the return', () => {
    const doc = documentsGiven(
      negotiationsView,
      [...back, refunded('2026-03-12')].map((event) => ({ ...event, stream: 'negotiation-N1' })),
    ).get('N1');
    const instant = (day: string) => new Date(noon(day)).toISOString();
    expect(doc?.goodsReturn).toEqual({
      ...{ basis: 'online', store: null, signedOn: '2026-03-04', status: 'refunded' },
      ...{ requestedAt: instant('2026-03-05'), refusedAt: null, refusal: null },
      ...{ receivedAt: instant('2026-03-10'), receivedBy: null },
      ...{ refundedAt: instant('2026-03-12'), refundedFen: 9_900 },
    });
  });
});
