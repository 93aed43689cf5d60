import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { documentsGiven, foldGiven, type DecisionContext, type GivenEvent } from '#kernel';
import { payInAdvance, recordRecourse } from './decide.ts';
import { evolveScheme, unreadScheme, type AdvanceReads, type SchemeRead } from './reads.ts';
import {
  as,
  given,
  HISTORIES,
  MARKET_USCC,
  noon,
  on,
  OTHER_USCC,
  SCHEME,
  USCC,
  type Given,
  type Status,
} from './testing/given-negotiation.ts';
import { negotiationsView } from './views/negotiations.ts';

const ID = '01JN9999999999999999999999';
const scheme: SchemeRead = {
  operatorUscc: MARKET_USCC,
  members: [USCC],
  capPerCaseFen: 10_000,
  capTotalFen: null,
  validFrom: '2026-03-01',
  validTo: '2026-03-31',
  activity: [{ at: noon('2026-03-01'), active: true }],
  allotted: {},
};
const pay = { scheme: SCHEME, amountFen: 6_000, evidence: ['receipt-1'] };
const paid = (amountFen: number, day = '2026-03-10') =>
  on(day, {
    type: 'AdvancePaymentMade',
    data: { scheme: SCHEME, operatorUscc: MARKET_USCC, amountFen, evidence: [] },
  });
const recovered = (amountFen: number, day = '2026-03-20') =>
  on(day, { type: 'RecourseRecovered', data: { scheme: SCHEME, amountFen, evidence: [] } });
const by = (
  role: string,
  day: string,
  more: Partial<DecisionContext<AdvanceReads>> = {},
): Partial<DecisionContext<AdvanceReads>> => ({ ...as(role, day), id: ID, reads: { scheme }, ...more });
const event = (amountFen = 6_000, evidence = ['receipt-1']) =>
  [{ type: 'AdvancePaymentMade', data: { scheme: SCHEME, operatorUscc: MARKET_USCC, amountFen, evidence } }] as const;

describe('a payment in advance', () => {
  it.each(Object.keys(HISTORIES) as Status[])('is a fact when %s, and settles nothing', (status) => {
    given(HISTORIES[status]).when(payInAdvance, pay, by('officer', '2026-03-25')).then(event());
    const { state } = given([...HISTORIES[status], paid(1, '2026-03-25')]);
    expect(state.status).toBe(status);
  });
  it('is none without a negotiation, nor before it', () => {
    given([])
      .when(payInAdvance, pay, by('officer', '2026-03-25'))
      .then({ kind: 'notFound', code: 'UNKNOWN_NEGOTIATION' });
    given(HISTORIES.open)
      .when(payInAdvance, pay, by('officer', '2026-03-01'))
      .then({ kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' });
  });
  it('is made by the operator of the scheme, or recorded by an officer', () => {
    const bounds = (subject: string | null) => ({ bounds: { region: null, subject } });
    given(HISTORIES.open)
      .when(payInAdvance, pay, by('merchant', '2026-03-10', bounds(MARKET_USCC)))
      .then(event());
    given(HISTORIES.open).when(payInAdvance, pay, by('administrator', '2026-03-10')).then(event());
    const refusal = { kind: 'forbidden', code: 'NOT_SCHEME_OPERATOR' } as const;
    for (const subject of [USCC, null]) {
      given(HISTORIES.open)
        .when(payInAdvance, pay, by('merchant', '2026-03-10', bounds(subject)))
        .then(refusal);
    }
    for (const role of ['public', 'mediator', 'process']) {
      given(HISTORIES.open).when(payInAdvance, pay, by(role, '2026-03-10')).then(refusal);
    }
  });
  it('is made by a scheme that is known, covers the merchant, and was active at that time', () => {
    const under = (more: Partial<SchemeRead> | undefined, day = '2026-03-10') =>
      given(HISTORIES.open).when(
        payInAdvance,
        pay,
        by('officer', day, { reads: { scheme: more === undefined ? undefined : { ...scheme, ...more } } }),
      );
    under(undefined).then({ kind: 'invalid', code: 'UNKNOWN_SCHEME', field: 'scheme' });
    under({ members: [OTHER_USCC] }).then({ kind: 'conflict', code: 'NOT_COVERED_BY_SCHEME', field: 'scheme' });
    under({ members: [], operatorUscc: USCC }).then([
      { ...event()[0], data: { ...event()[0].data, operatorUscc: USCC } },
    ]);
    const refusal = { kind: 'conflict', code: 'SCHEME_NOT_ACTIVE', field: 'scheme' } as const;
    const suspended = [...scheme.activity, { at: noon('2026-03-10'), active: false }];
    under({ activity: suspended }).then(refusal);
    under({ activity: suspended }, '2026-03-09').then(event());
    under({}, '2026-04-01').then(refusal);
    under({}, '2026-03-31').then(event());
    under({ validTo: null }, '2026-04-01').then(event());
    under({ validFrom: '2026-03-11' }).then(refusal);
  });
  it('stays within the cap of a case, with what was paid before', () => {
    given(HISTORIES.open)
      .when(payInAdvance, { ...pay, amountFen: 10_000 }, by('officer', '2026-03-11'))
      .then(event(10_000));
    const refusal = { kind: 'conflict', code: 'OVER_CASE_CAP', field: 'amountFen' } as const;
    given(HISTORIES.open)
      .when(payInAdvance, { ...pay, amountFen: 10_001 }, by('officer', '2026-03-11'))
      .then(refusal);
    const half = [...HISTORIES.open, paid(6_000)];
    given(half)
      .when(payInAdvance, { ...pay, amountFen: 4_000 }, by('officer', '2026-03-11'))
      .then(event(4_000));
    given(half)
      .when(payInAdvance, { ...pay, amountFen: 4_001 }, by('officer', '2026-03-11'))
      .then(refusal);
    // What came back does not make the case smaller.
    given([...half, recovered(6_000, '2026-03-10')])
      .when(payInAdvance, { ...pay, amountFen: 4_001 }, by('officer', '2026-03-11'))
      .then(refusal);
  });
  it('is set aside before, where the scheme has a total', () => {
    const reads = (fen: number) => ({ reads: { scheme: { ...scheme, capTotalFen: 50_000, allotted: { [ID]: fen } } } });
    given(HISTORIES.open)
      .when(payInAdvance, pay, by('officer', '2026-03-10', reads(6_000)))
      .then(event());
    const refusal = { kind: 'conflict', code: 'NOT_ALLOTTED', field: 'amountFen' } as const;
    given(HISTORIES.open)
      .when(payInAdvance, pay, by('officer', '2026-03-10', reads(5_999)))
      .then(refusal);
    given([...HISTORIES.open, paid(1)])
      .when(payInAdvance, pay, by('officer', '2026-03-10', reads(6_000)))
      .then(refusal);
    given(HISTORIES.open)
      .when(payInAdvance, pay, by('officer', '2026-03-10', { reads: { scheme: { ...scheme, capTotalFen: 50_000 } } }))
      .then(refusal);
  });
});

describe('recourse', () => {
  const back = { scheme: SCHEME, amountFen: 4_000 };
  it('is what was paid and has not come back, also when the scheme is over', () => {
    const history = [...HISTORIES.failed, paid(6_000)];
    given(history)
      .when(recordRecourse, back, as('officer', '2026-09-01'))
      .then([{ type: 'RecourseRecovered', data: { scheme: SCHEME, amountFen: 4_000, evidence: [] } }]);
    const refusal = { kind: 'conflict', code: 'RECOURSE_OVER_PAYMENT', field: 'amountFen' } as const;
    given([...history, recovered(2_001)])
      .when(recordRecourse, back, as('officer', '2026-09-01'))
      .then(refusal);
    given(HISTORIES.failed)
      .when(recordRecourse, back, as('officer', '2026-09-01'))
      .then({ kind: 'conflict', code: 'NOTHING_TO_RECOVER', field: 'scheme' });
    given([])
      .when(recordRecourse, back, as('officer', '2026-09-01'))
      .then({ kind: 'notFound', code: 'UNKNOWN_NEGOTIATION' });
  });
  it('is recorded by who paid', () => {
    given([...HISTORIES.failed, paid(6_000)])
      .when(recordRecourse, back, as('merchant', '2026-09-01', { bounds: { region: null, subject: USCC } }))
      .then({ kind: 'forbidden', code: 'NOT_SCHEME_OPERATOR' });
  });
  it('never comes to more than was paid, and never pays over the cap, in any order', () => {
    const step = fc.record({ kind: fc.constantFrom('pay', 'recover'), amountFen: fc.integer({ min: 1, max: 7_000 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const history: Given[] = [...HISTORIES.open];
        let [inTotal, back] = [0, 0];
        for (const { kind, amountFen } of steps) {
          const command = { scheme: SCHEME, amountFen };
          const state = given(history);
          const { decision } =
            kind === 'pay'
              ? state.when(payInAdvance, command, by('officer', '2026-03-10'))
              : state.when(recordRecourse, command, as('officer', '2026-03-10'));
          if ('refused' in decision) continue;
          for (const { type, data } of decision) history.push(on('2026-03-10', { type, data } as never));
          if (kind === 'pay') inTotal += amountFen;
          else back += amountFen;
          expect(inTotal).toBeLessThanOrEqual(scheme.capPerCaseFen);
          expect(back).toBeLessThanOrEqual(inTotal);
        }
        const doc = documentsGiven(
          negotiationsView,
          history.map((one) => ({ ...one, stream: 'negotiation-N1' })),
        ).get('N1')!;
        const sum = (what: string) =>
          doc.advances.filter(({ kind }) => kind === what).reduce((all, { amountFen }) => all + amountFen, 0);
        expect([sum('paid'), sum('recovered')]).toEqual([inTotal, back]);
      }),
    );
  });
});

describe('what is read of a scheme', () => {
  it('is its terms, members, allotments and activity', () => {
    const opened = {
      ...{ name: '先行赔付', operatorUscc: MARKET_USCC, region: '330602', capPerCaseFen: 10_000, capTotalFen: 50_000 },
      ...{ validFrom: '2026-03-01', validTo: null },
    };
    const read = foldGiven({ initial: unreadScheme, evolve: evolveScheme }, [
      at(1, 'AdvanceSchemeOpened', opened),
      at(2, 'AdvanceSchemeMemberAdmitted', { uscc: USCC }),
      at(3, 'AdvanceSchemeMemberAdmitted', { uscc: OTHER_USCC }),
      at(4, 'AdvanceSchemeMemberReleased', { uscc: USCC }),
      at(5, 'AdvanceAllotted', { negotiationId: ID, amountFen: 500 }),
      at(6, 'AdvanceAllotmentReleased', { negotiationId: ID, amountFen: 200 }),
      at(7, 'AdvanceSchemeSuspended', { reason: 'other' }),
      at(8, 'AdvanceSchemeResumed', {}),
      at(9, 'AdvanceSchemeClosed', { reason: 'other' }),
      at(10, 'SomethingElse', {}),
    ]);
    expect(read).toEqual({
      ...{ operatorUscc: MARKET_USCC, members: [OTHER_USCC], capPerCaseFen: 10_000, capTotalFen: 50_000 },
      ...{ validFrom: '2026-03-01', validTo: null, allotted: { [ID]: 300 } },
      activity: [
        { at: 1, active: true },
        { at: 7, active: false },
        { at: 8, active: true },
        { at: 9, active: false },
      ],
    });
  });
  function at(occurredAt: number, type: string, data: object): GivenEvent {
    return { type, data, occurredAt };
  }
});
