import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { documentsGiven, givenContext, isRefusal, recorded, startOfDay, type Decision, type Instant } from '#kernel';
import { isOpen, type Clocks } from '#law';
import * as decide from './decide.ts';
import {
  negotiationSchemas,
  negotiationWords,
  type NegotiationEvent,
  type RecordedNegotiationEvent,
} from './events.ts';
import { evolve, initial, type NegotiationState } from './negotiation.ts';
import {
  COMPLAINT,
  DISPUTE,
  lawOfSilence as law,
  MARKET_USCC,
  opened,
  RAN_OUT,
  SCHEME,
  USCC,
  type Given,
} from './testing/given-negotiation.ts';
import { negotiationsView } from './views/negotiations.ts';

const HOUR = 3_600_000;
const CAP = 10_000;
const SECRET = '张三的电话13800000000';

const ROLES = ['public', 'merchant', 'officer', 'administrator', 'process'] as const;
const ACTIONS = [
  ...(['acknowledge', 'propose', 'counter', 'agree', 'claim', 'confirm', 'fail', 'escalate'] as const),
  ...(['notifyClaim', 'disputeSettlement', 'disputeByComplaint', 'feedBackResult', 'payInAdvance'] as const),
  ...(['recordRecourse', 'requestReturn', 'refuseReturn', 'receiveGoods', 'refundReturn', 'expire'] as const),
  ...(['confirmBySilence', 'verifyLateEntry', 'amendDeadline'] as const),
];

const asked = fc.record({
  action: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('acknowledge', 'propose', 'agree', 'claim', 'notifyClaim') },
    { weight: 10, arbitrary: fc.constantFrom(...ACTIONS) },
  ),
  role: fc.constantFrom(...ROLES),
  number: fc.integer({ min: 1, max: 4 }),
  hours: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 12 }) },
    { weight: 3, arbitrary: fc.integer({ min: 100, max: 150 }) },
    { weight: 1, arbitrary: fc.integer({ min: -30, max: -1 }) },
  ),
});
type Asked = typeof asked extends fc.Arbitrary<infer One> ? One : never;

/** Decided as the service and the processes would have it decided. */
function decided({ action, role, number }: Asked, state: NegotiationState, at: Instant): Decision<NegotiationEvent> {
  const bounds = { region: null, subject: role === 'merchant' ? MARKET_USCC : null };
  const context = <Reads>(reads: Reads) =>
    givenContext<Reads>(
      {},
      {
        ...{ occurredAt: at, now: ENTERED, actor: { id: `key-${role}`, role }, bounds, reads },
        persons: { course: { personId: 'vault-c', tokens: {} }, terms: { personId: 'vault-t', tokens: {} } },
      },
    );
  const none = context({});
  const amountFen = number * 2_500;
  const store = { store: { operatorUscc: USCC } };
  switch (action) {
    case 'propose':
    case 'counter':
      return decide[action]({ amountFen, terms: SECRET }, state, none, law);
    case 'agree':
      return decide.agree({ offer: number }, state, none, law);
    case 'fail':
      return decide.fail({ reason: 'other' }, state, none, law);
    case 'notifyClaim':
      return decide.notifyClaim({ channel: 'sms' }, state, none, law);
    case 'disputeSettlement':
      return decide.disputeSettlement({ reason: 'other' }, state, context({ complaint: undefined }), law);
    case 'disputeByComplaint': {
      const complaint = { disputeId: DISPUTE, receivedAt: at };
      return decide.disputeByComplaint({ complaintId: COMPLAINT }, state, context({ complaint }), law);
    }
    case 'feedBackResult': {
      const result = number > 2 ? 'settled' : 'not-settled';
      const handledOn = '2026-03-03';
      return decide.feedBackResult({ handledOn, course: SECRET, mode: 'other', result }, state, none, law);
    }
    case 'payInAdvance':
      return decide.payInAdvance({ scheme: SCHEME, amountFen }, state, context({ scheme }), law);
    case 'recordRecourse':
      return decide.recordRecourse({ scheme: SCHEME, amountFen }, state, none, law);
    case 'requestReturn': {
      const command = { basis: 'online', signedOn: '2026-03-03' } as const;
      return decide.requestReturn(command, state, context({ ...store, commitment: undefined }), law);
    }
    case 'refuseReturn':
      return decide.refuseReturn({ ground: 'other' }, state, none, law);
    case 'receiveGoods':
      return decide.receiveGoods({}, state, context(store), law);
    case 'refundReturn':
      return decide.refundReturn({ amountFen }, state, none, law);
    case 'verifyLateEntry': {
      const clock = number > 2 ? 'negotiation' : 'return-refund';
      return decide.verifyLateEntry({ clock, reason: 'other', evidence: ['e'] }, state, none, law);
    }
    case 'amendDeadline':
      return decide.amendDeadline({ clock: 'settlement-silence' }, state, none, law);
    default:
      return decide[action]({}, state, none, law);
  }
}

const ENTERED = startOfDay('2027-06-01');
const scheme = {
  ...{ operatorUscc: MARKET_USCC, members: [USCC], capPerCaseFen: CAP, capTotalFen: null, allotted: {} },
  ...{ validFrom: '2026-01-01', validTo: null, activity: [{ at: 0, active: true }] },
};

class Told {
  readonly events: (Given & { readonly stream: string })[] = [{ ...opened, stream: 'negotiation-N1' }];
  readonly seen = new Set<string>();
  state = evolve(initial, recorded<RecordedNegotiationEvent>([opened])[0]!);
  at: Instant = opened.occurredAt as Instant;

  ask(one: Asked): void {
    const at = this.at + one.hours * HOUR;
    const decision = decided(one, this.state, at);
    if (isRefusal(decision)) return void this.seen.add(decision.code);
    const before = this.state;
    for (const { type, data, occurredAt } of decision) {
      this.seen.add(type === 'SettlementConfirmed' ? `${type} ${(data as { basis: string }).basis}` : type);
      const event = { type, data, occurredAt: occurredAt ?? at, recordedAt: ENTERED, stream: 'negotiation-N1' };
      this.events.push(event as (typeof this.events)[number]);
      this.state = evolve(this.state, recorded<RecordedNegotiationEvent>(this.events).at(-1)!);
      holds(this.events, this.state);
    }
    stoppedStays(before, this.state);
    this.at = Math.max(this.at, at);
  }
}

function holds(events: Told['events'], state: NegotiationState): void {
  if (state.status === 'none') throw new Error('it was opened');
  const last = events.at(-1)!;
  const types = events.map(({ type }) => type);
  // Settled is what was confirmed and not taken back since.
  const word = events.findLast(
    ({ type, data }) =>
      type === 'SettlementConfirmed' || (type === 'SettlementDisputed' && (data as { of: string }).of === 'settlement'),
  );
  expect(state.status === 'settled').toBe(word?.type === 'SettlementConfirmed');
  if (state.status === 'settled') {
    expect(types.some((type) => type === 'SettlementClaimed' || type === 'SettlementAgreed')).toBe(true);
  }
  if (last.type === 'SettlementConfirmed' && last.data.basis === 'silence') {
    const claimed = types.lastIndexOf('SettlementClaimed');
    const since = events.slice(claimed);
    expect(since.map(({ type }) => type)).toContain('SettlementClaimNotified');
    const told = since.findLast(({ type }) => type === 'SettlementClaimNotified')!;
    expect(last.occurredAt as Instant).toBeGreaterThan((told.occurredAt as Instant) + 5 * 24 * HOUR);
    expect(last.occurredAt as Instant).toBeLessThan(RAN_OUT);
    for (const spoken of [
      'SettlementDisputed',
      'NoReasonReturnRequested',
      'SettlementCountered',
      'SettlementProposed',
    ]) {
      expect(since.map(({ type }) => type)).not.toContain(spoken);
    }
  }
  const { paidFen = 0, recoveredFen = 0 } = state.advances[SCHEME] ?? {};
  expect(paidFen).toBeLessThanOrEqual(CAP);
  expect(recoveredFen).toBeLessThanOrEqual(paidFen);
  if (last.type === 'NegotiationResultRecorded') {
    expect(last.data.result).toBe(state.status === 'settled' ? 'settled' : 'not-settled');
  }
  for (const once of ['NegotiationExpired', 'NoReasonReturnRequested', 'ReturnedGoodsReceived', 'ReturnRefunded']) {
    expect(types.filter((type) => type === once).length).toBeLessThanOrEqual(1);
  }
  expect(JSON.stringify(last.data)).not.toContain(SECRET);
}

/** A clock stops once. Only that time had run out may turn out otherwise. */
function stoppedStays(before: NegotiationState, after: NegotiationState): void {
  if (before.status === 'none' || after.status === 'none') return;
  const next: Clocks = after.clocks;
  for (const [name, clock] of Object.entries(before.clocks)) {
    if (isOpen(clock) || clock.state === 'expired' || name === 'settlement-silence') continue;
    expect({ ...next[name]?.completion, verified: false }).toEqual({ ...clock.completion, verified: false });
  }
}

describe('any commands in any order', () => {
  it('settle only by a word or a silence that was told, pay within the cap, and say everything in words', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 45, size: 'max' }), (steps) => {
        const told = new Told();
        for (const one of steps) told.ask(one);
        for (const name of told.seen) seen.add(name);
        const doc = documentsGiven(negotiationsView, told.events).get('N1')!;
        if (told.state.status === 'none') throw new Error('it was opened');
        expect(doc.clocks).toEqual(told.state.clocks);
        expect(doc.status === 'settled').toBe(told.state.status === 'settled');
        expect(doc.status === 'disputed').toBe(told.state.status === 'disputed');
        expect(doc.confirmationBasis !== null).toBe(doc.status === 'settled');
      }),
      { numRuns: 1500, seed: 20_260_306 },
    );
    // It really got everywhere: otherwise the property above would prove nothing.
    const all = Object.keys(negotiationSchemas).filter(
      (type) => !['NegotiationOpened', 'NegotiationDeadlineAmended', 'SettlementConfirmed'].includes(type),
    );
    expect(
      [...all, 'SettlementConfirmed consumer', 'SettlementConfirmed silence'].filter((name) => !seen.has(name)),
    ).toEqual([]);
    for (const code of [
      'OVER_CASE_CAP',
      'RECOURSE_OVER_PAYMENT',
      'RESULT_MISMATCH',
      'NO_RESULT_YET',
      'RETURN_EXISTS',
    ]) {
      expect(seen).toContain(code);
    }
  });
});

describe('the words of an event', () => {
  it('are there for every type, in both languages', () => {
    expect(Object.keys(negotiationWords).sort()).toEqual(Object.keys(negotiationSchemas).sort());
  });
  it.each([
    [opened, '消费者选择与ODR企业协商和解', 'The consumer chose to negotiate with the ODR enterprise'],
    [
      {
        type: 'SettlementProposed',
        data: { offer: 2, by: 'merchant', amountFen: 10_005, performBy: null, terms: 'v', expiresAt: null },
      },
      '经营者提出和解方案（第2号，100.05元）',
      'The merchant made offer 2, 100.05 yuan',
    ],
    [
      {
        type: 'SettlementCountered',
        data: { offer: 3, by: 'consumer', amountFen: null, performBy: null, terms: 'v', expiresAt: null },
      },
      '消费者提出反方案（第3号）',
      'The consumer answered with offer 3',
    ],
    [
      { type: 'SettlementConfirmed', data: { basis: 'silence', offer: null, recoveredFen: null } },
      '消费者逾期未提出异议，视为确认和解',
      'The consumer was silent: the settlement counts as confirmed',
    ],
    [
      {
        type: 'SettlementDisputed',
        data: { of: 'settlement', by: 'complaint', reason: 'later-complaint', complaint: null },
      },
      '和解不再成立：同一争议另有投诉',
      'The settlement no longer stands: there is a complaint on the same dispute',
    ],
    [
      { type: 'AdvancePaymentMade', data: { scheme: SCHEME, operatorUscc: USCC, amountFen: 7, evidence: [] } },
      '先行赔付0.07元',
      '0.07 yuan were paid in advance',
    ],
  ] as const)('%#', ({ type, data }, zh, en) => {
    expect((negotiationWords[type] as (given: object) => object)(data)).toEqual({ zh, en });
  });
  it('name no vault reference', () => {
    const said = negotiationWords.NegotiationResultRecorded({
      ...{ handledOn: '2026-03-10', course: 'vault-1', mode: 'phone', result: 'settled' },
    });
    expect(JSON.stringify(said)).not.toContain('vault-1');
  });
});
