import { describe, expect, it } from '@jest/globals';
import type { DecisionContext, Instant, LocalDate, NewEvent } from '#kernel';
import { documentsGiven, foldGiven, given as givenUnder, GIVEN_NOW, usccOf } from '#kernel';
import type { GivenEvent } from '#kernel';
import { readClock, shippedLaw } from '#law';
import {
  acknowledge,
  agree,
  amendDeadline,
  claim,
  confirm,
  counter,
  escalate,
  expire,
  fail,
  open,
  propose,
  verifyLateEntry,
} from './decide.ts';
import type { NegotiationEvent, Offer, Party, RecordedNegotiationEvent } from './events.ts';
import { evolve, initial } from './negotiation.ts';
import type { DisputeRead, MembershipRead, OpenReads } from './reads.ts';
import { evolveDispute, evolveMembership, unreadDispute } from './reads.ts';
import { negotiationsView } from './views/negotiations.ts';

const negotiation = { initial, evolve };
type Given = GivenEvent<RecordedNegotiationEvent>;
const law = shippedLaw();
const given = (aggregate: typeof negotiation, events: readonly Given[] = []) => givenUnder(aggregate, events, law);
const clockFrom = (from: LocalDate) => readClock({ clock: 'negotiation', rule: 'L-18', from }, law);

const HOUR = 3_600_000;
const ago = (hours: number): Instant => GIVEN_NOW - hours * HOUR;
const USCC = usccOf('91330600', '12345678');
const OTHER_USCC = usccOf('91330600', '87654321');
const DISPUTE = '01JN0000000000000000000000';

const as = (role: string): Partial<DecisionContext> => ({ actor: { id: 'key-1', role } });
const asMerchant = as('merchant');
const asConsumer = as('public');
const asAdministrator = as('administrator');

function offer(number: number, by: Party, more: Partial<Offer> = {}): Offer {
  return { offer: number, by, amountFen: 10_000, performBy: null, terms: null, expiresAt: null, ...more };
}

const opened: Given = {
  type: 'NegotiationOpened',
  occurredAt: ago(100),
  data: {
    disputeId: DISPUTE,
    venue: 'odr',
    respondentUscc: USCC,
    respondentRegion: '330602',
    sector: 'retail',
    openedBy: 'consumer',
    clocks: [clockFrom('2026-02-28')],
  },
};
const acknowledged: Given = { type: 'NegotiationAcknowledged', occurredAt: ago(90), data: {} };
const proposedBy = (by: Party, more: Partial<Offer> = {}): Given => ({
  type: 'SettlementProposed',
  occurredAt: ago(80),
  data: offer(1, by, more),
});
const counteredBy = (by: Party, more: Partial<Offer> = {}): Given => ({
  type: 'SettlementCountered',
  occurredAt: ago(70),
  data: offer(2, by, more),
});
const agreed: Given = {
  type: 'SettlementAgreed',
  occurredAt: ago(60),
  data: { offer: 1, acceptedBy: 'consumer' },
};
const claimed = (number: number | null): Given => ({
  type: 'SettlementClaimed',
  occurredAt: ago(50),
  data: { offer: number },
});
const settled: Given = {
  type: 'SettlementConfirmed',
  occurredAt: ago(40),
  data: { basis: 'consumer', offer: null, recoveredFen: null },
};
const failed: Given = {
  type: 'NegotiationFailed',
  occurredAt: ago(40),
  data: { reason: 'no-agreement', by: 'merchant' },
};
const escalated: Given = { type: 'NegotiationEscalated', occurredAt: ago(30), data: { from: 'open' } };

const talking = [opened, acknowledged];

describe('no negotiation yet', () => {
  const reads: OpenReads = {
    dispute: { respondentUscc: USCC, respondentRegion: '330602', sector: 'retail', mergedInto: null },
    membership: [{ at: ago(1000), active: true }],
  };
  const command = { disputeId: DISPUTE, respondentUscc: USCC, venue: 'odr' } as const;
  const openWith = (more: object, changed: Partial<OpenReads> = {}, context: Partial<DecisionContext> = {}) =>
    given(negotiation).when(open, { ...command, ...more }, { ...context, reads: { ...reads, ...changed } });
  const event = (more: object = {}) => {
    const reading = clockFrom('2026-03-04');
    const data = { ...opened.data, clocks: [reading], ...more };
    return [{ type: 'NegotiationOpened', ruleVersion: reading.rule, data }] as NewEvent[];
  };

  it('opens with the region and sector of the dispute, and with the last of ten working days', () => {
    openWith({}).then(event() as NegotiationEvent[]);
    expect(event()[0]?.ruleVersion).toMatch(/^L-18\//);
    expect(openWith({}).decision).toMatchObject([{ data: { clocks: [{ clock: 'negotiation', due: '2026-03-18' }] } }]);
  });

  it('counts from the legal day on which it was opened, over holidays and days made up for', () => {
    const dueFrom = (occurredAt: string) => {
      const { decision } = openWith({ venue: 'merchant', occurredAt });
      return (decision as unknown as NewEvent<string, { clocks: { due: string }[] }>[])[0]?.data.clocks[0]?.due;
    };
    // Midnight in Shanghai is 16:00 UTC. Spring Festival 2026 is off from 15 to 23 February; the Saturdays 14 and 28 are not.
    expect(dueFrom('2026-02-08T15:59:59Z')).toBe('2026-02-27');
    expect(dueFrom('2026-02-08T16:00:00Z')).toBe('2026-02-28');
  });

  it('writes the code in its one form', () => {
    openWith({ respondentUscc: USCC.toLowerCase() }).then(event() as NegotiationEvent[]);
  });

  it('opens against a respondent the dispute does not name yet', () => {
    const dispute = { respondentUscc: null, respondentRegion: '330602', sector: 'retail', mergedInto: null };
    openWith({}, { dispute }).then(event() as NegotiationEvent[]);
  });

  it('opens at other venues without any membership', () => {
    for (const venue of ['station', 'green-channel', 'merchant']) {
      openWith({ venue }, { membership: undefined }).then(event({ venue }) as NegotiationEvent[]);
    }
  });

  it('opens in the name of the authority for an officer, and for no one else', () => {
    openWith({ openedBy: 'authority' }).then(event({ openedBy: 'authority' }) as NegotiationEvent[]);
    openWith({ openedBy: 'authority' }, {}, asConsumer).then({
      kind: 'forbidden',
      code: 'NOT_YOUR_PARTY',
      field: 'openedBy',
    });
  });

  it('refuses an unknown dispute', () => {
    openWith({}, { dispute: undefined }).then({ kind: 'invalid', code: 'UNKNOWN_DISPUTE', field: 'disputeId' });
  });

  it('refuses a dispute that was merged away, until it was taken apart again', () => {
    openWith({}, { dispute: { ...reads.dispute!, mergedInto: 'D2' } }).then({
      kind: 'conflict',
      code: 'DISPUTE_MERGED',
      field: 'disputeId',
    });
    const fold = (...events: object[]) =>
      events.reduce<DisputeRead>((read, event) => evolveDispute(read, event as never), unreadDispute);
    const merged = { type: 'DisputeMergedInto', data: { primary: 'D2' } };
    expect(fold(merged).mergedInto).toBe('D2');
    expect(fold(merged, { type: 'DisputeUnmerged', data: {} }).mergedInto).toBeNull();
  });

  it('refuses another respondent than the dispute names', () => {
    openWith({ respondentUscc: OTHER_USCC }).then({
      kind: 'conflict',
      code: 'RESPONDENT_MISMATCH',
      field: 'respondentUscc',
    });
  });

  it('refuses ODR without a membership active at that time', () => {
    const refusal = { kind: 'conflict', code: 'ODR_MEMBERSHIP_NOT_ACTIVE', field: 'venue' } as const;
    openWith({}, { membership: undefined }).then(refusal);
    openWith({}, { membership: [] }).then(refusal);
    const suspendedSince = (hours: number): MembershipRead => [
      { at: ago(1000), active: true },
      { at: ago(hours), active: false },
    ];
    openWith({}, { membership: suspendedSince(1) }).then(refusal);
    openWith({ occurredAt: new Date(ago(1)).toISOString() }, { membership: suspendedSince(1) }).then(refusal);
    openWith({ occurredAt: new Date(ago(2)).toISOString() }, { membership: suspendedSince(1) }).then(
      event() as NegotiationEvent[],
    );
    openWith({ occurredAt: new Date(ago(1001)).toISOString() }).then(refusal);
    const atOnce = [
      { at: ago(5), active: true },
      { at: ago(5), active: false },
    ];
    openWith({}, { membership: atOnce }).then(refusal);
    openWith({}, { membership: atOnce.toReversed() }).then(event() as NegotiationEvent[]);
  });

  it('refuses every other command', () => {
    const refusal = { kind: 'notFound', code: 'UNKNOWN_NEGOTIATION' } as const;
    given(negotiation).when(acknowledge, {}, asMerchant).then(refusal);
    given(negotiation).when(propose, { amountFen: 1 }).then(refusal);
    given(negotiation).when(counter, { amountFen: 1 }).then(refusal);
    given(negotiation).when(agree, { offer: 1 }).then(refusal);
    given(negotiation).when(claim, {}, asMerchant).then(refusal);
    given(negotiation).when(confirm, {}).then(refusal);
    given(negotiation).when(fail, { reason: 'other' }).then(refusal);
    given(negotiation).when(escalate, {}).then(refusal);
    given(negotiation).when(expire, {}, as('process')).then(refusal);
    given(negotiation).when(amendDeadline, { clock: 'negotiation' }, as('process')).then(refusal);
    given(negotiation)
      .when(verifyLateEntry, { clock: 'negotiation', reason: 'other' as const, evidence: ['e'] })
      .then(refusal);
  });
});

describe('what is read of other streams', () => {
  it('takes the last respondent of the dispute and the sector it was opened with', () => {
    const dispute = foldGiven({ initial: unreadDispute, evolve: evolveDispute }, [
      {
        type: 'DisputeOpened',
        data: { respondentUscc: OTHER_USCC, respondent: null, respondentRegion: '330601', sector: 'retail' },
      },
      {
        type: 'DisputeRespondentIdentified',
        data: { respondentUscc: USCC, respondentRegion: '330602', previousUscc: OTHER_USCC, reason: 'renamed' },
      },
      { type: 'SomethingElse', data: {} },
    ]);
    expect(dispute).toEqual({ respondentUscc: USCC, respondentRegion: '330602', sector: 'retail', mergedInto: null });
  });

  it.each([
    ['OdrMembershipSuspended', 'OdrMembershipReactivated', true],
    ['OdrMembershipReactivated', 'OdrMembershipSuspended', false],
    ['OdrMembershipActivated', 'OdrMembershipWithdrawn', false],
    ['OdrMembershipActivated', 'OdrMembershipExpelled', false],
    ['OdrMembershipApplied', 'OdrMembershipApproved', undefined],
  ])('after %s and %s the membership is active: %s', (first, second, active) => {
    const changes = foldGiven({ initial: [] as MembershipRead, evolve: evolveMembership }, [
      { type: first, data: {} },
      { type: second, data: {} },
    ]);
    expect(changes.at(-1)?.active).toBe(active);
  });
});

describe('opened, not acknowledged', () => {
  it('is acknowledged by the merchant, or by an administrator for it', () => {
    given(negotiation, [opened])
      .when(acknowledge, {}, asMerchant)
      .then([{ type: 'NegotiationAcknowledged', data: {} }]);
    given(negotiation, [opened])
      .when(acknowledge, {}, asAdministrator)
      .then([{ type: 'NegotiationAcknowledged', data: {} }]);
  });

  it('is not acknowledged by anybody else', () => {
    for (const role of ['public', 'officer', 'auditor']) {
      given(negotiation, [opened])
        .when(acknowledge, {}, as(role))
        .then({ kind: 'forbidden', code: 'ONLY_MERCHANT_ACKNOWLEDGES' });
    }
  });

  it('lets the consumer propose at once', () => {
    given(negotiation, [opened])
      .when(propose, { amountFen: 10_000 }, asConsumer)
      .then([{ type: 'SettlementProposed', data: offer(1, 'consumer') }]);
  });

  it('keeps the merchant from the table until it has acknowledged', () => {
    const refusal = { kind: 'conflict', code: 'NOT_ACKNOWLEDGED' } as const;
    given(negotiation, [opened]).when(propose, { amountFen: 1 }, asMerchant).then(refusal);
    const asked = given(negotiation, [opened, proposedBy('consumer')]);
    asked.when(counter, { amountFen: 1 }, asMerchant).then(refusal);
    asked.when(agree, { offer: 1 }, asMerchant).then(refusal);
  });

  it('is not opened a second time', () => {
    const reads = { dispute: undefined, membership: undefined };
    given(negotiation, [opened])
      .when(open, { disputeId: DISPUTE, respondentUscc: USCC, venue: 'odr' as const }, { reads })
      .then({ kind: 'conflict', code: 'NEGOTIATION_EXISTS' });
  });
});

describe('acknowledged, no offer yet', () => {
  it('says nothing to a second acknowledgement', () => {
    given(negotiation, talking).when(acknowledge, {}, asMerchant).then([]);
  });

  it('records an offer of either party, by role', () => {
    for (const role of ['hotline', 'officer', 'mediator', 'public', 'administrator']) {
      given(negotiation, talking)
        .when(propose, { amountFen: 10_000 }, as(role))
        .then([{ type: 'SettlementProposed', data: offer(1, 'consumer') }]);
    }
    given(negotiation, talking)
      .when(propose, { amountFen: 10_000 }, asMerchant)
      .then([{ type: 'SettlementProposed', data: offer(1, 'merchant') }]);
    given(negotiation, talking)
      .when(propose, { amountFen: 10_000, onBehalfOf: 'merchant' as const }, asAdministrator)
      .then([{ type: 'SettlementProposed', data: offer(1, 'merchant') }]);
  });

  it('records terms by reference, the day and the expiry in UTC', () => {
    const command = { performBy: '2026-03-04', expiresAt: '2026-03-10T18:00:00+08:00' };
    given(negotiation, talking)
      .when(propose, command, { ...asMerchant, persons: { terms: { personId: 'vault-1', tokens: {} } } })
      .then([
        {
          type: 'SettlementProposed',
          data: offer(1, 'merchant', {
            amountFen: null,
            terms: 'vault-1',
            performBy: '2026-03-04',
            expiresAt: '2026-03-10T10:00:00.000Z',
          }),
        },
      ]);
  });

  it('refuses to act for the other party, or for none', () => {
    const refusal = { kind: 'forbidden', code: 'NOT_YOUR_PARTY', field: 'onBehalfOf' } as const;
    const table = given(negotiation, [...talking, proposedBy('merchant')]);
    table.when(propose, { amountFen: 1, onBehalfOf: 'consumer' as const }, asMerchant).then(refusal);
    table.when(propose, { amountFen: 1, onBehalfOf: 'merchant' as const }, asConsumer).then(refusal);
    table.when(agree, { offer: 1, onBehalfOf: 'consumer' as const }, asMerchant).then(refusal);
    table.when(propose, { amountFen: 1 }, as('auditor')).then(refusal);
    table.when(fail, { reason: 'other' as const, onBehalfOf: 'consumer' as const }, asMerchant).then(refusal);
    table.when(fail, { reason: 'other' as const, onBehalfOf: 'operator' as const }, asMerchant).then(refusal);
    table.when(fail, { reason: 'other' as const, onBehalfOf: 'operator' as const }, asConsumer).then(refusal);
  });

  it('refuses an offer of nothing', () => {
    given(negotiation, talking).when(propose, {}, asConsumer).then({ kind: 'invalid', code: 'EMPTY_OFFER' });
  });

  it('refuses performance before the legal day of the offer', () => {
    const context = { ...asConsumer, occurredAt: Date.parse('2026-03-03T16:00:00Z'), today: '2026-03-04' };
    given(negotiation, talking)
      .when(propose, { performBy: '2026-03-03' }, context)
      .then({ kind: 'invalid', code: 'PERFORM_BY_BEFORE_OFFER', field: 'performBy' });
  });

  it('refuses an expiry that is not after the offer', () => {
    given(negotiation, talking)
      .when(propose, { amountFen: 1, expiresAt: new Date(GIVEN_NOW).toISOString() }, asConsumer)
      .then({ kind: 'invalid', code: 'EXPIRES_BEFORE_OFFER', field: 'expiresAt' });
  });

  it('has nothing to counter, accept or confirm', () => {
    const start = given(negotiation, talking);
    start.when(counter, { amountFen: 1 }, asConsumer).then({ kind: 'conflict', code: 'NOTHING_TO_COUNTER' });
    start.when(agree, { offer: 1 }, asConsumer).then({ kind: 'invalid', code: 'UNKNOWN_OFFER', field: 'offer' });
    start.when(confirm, {}, asConsumer).then({ kind: 'conflict', code: 'NOTHING_TO_CONFIRM' });
  });

  it('refuses a step before the one it follows', () => {
    const early = { occurredAt: ago(91) };
    const refusal = { kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' } as const;
    const start = given(negotiation, talking);
    start.when(propose, { amountFen: 1 }, { ...asConsumer, ...early }).then(refusal);
    start.when(escalate, {}, { ...asConsumer, ...early }).then(refusal);
    start
      .when(propose, { amountFen: 10_000 }, { ...asConsumer, occurredAt: ago(90) })
      .then([{ type: 'SettlementProposed', data: offer(1, 'consumer') }]);
  });
});

describe('an offer of the merchant stands', () => {
  const standing = [...talking, proposedBy('merchant')];

  it('is accepted by the consumer, and only by the consumer', () => {
    given(negotiation, standing)
      .when(agree, { offer: 1 }, asConsumer)
      .then([{ type: 'SettlementAgreed', data: { offer: 1, acceptedBy: 'consumer' } }]);
    const refusal = { kind: 'forbidden', code: 'PROPOSER_CANNOT_ACCEPT', field: 'offer' } as const;
    given(negotiation, standing).when(agree, { offer: 1 }, asMerchant).then(refusal);
    given(negotiation, standing)
      .when(agree, { offer: 1, onBehalfOf: 'merchant' as const }, asAdministrator)
      .then(refusal);
  });

  it('is countered by the consumer, and only by the consumer', () => {
    given(negotiation, standing)
      .when(counter, { amountFen: 10_000 }, asConsumer)
      .then([{ type: 'SettlementCountered', data: offer(2, 'consumer') }]);
    given(negotiation, standing)
      .when(counter, { amountFen: 10_000 }, asMerchant)
      .then({ kind: 'conflict', code: 'COUNTER_TO_OWN_OFFER' });
  });

  it('refuses an empty counter-offer', () => {
    given(negotiation, standing).when(counter, {}, asConsumer).then({ kind: 'invalid', code: 'EMPTY_OFFER' });
  });

  it('is superseded by a counter-offer', () => {
    const countered = given(negotiation, [...standing, counteredBy('consumer')]);
    countered
      .when(agree, { offer: 1 }, asConsumer)
      .then({ kind: 'conflict', code: 'OFFER_SUPERSEDED', field: 'offer' });
    countered
      .when(agree, { offer: 2 }, asConsumer)
      .then({ kind: 'forbidden', code: 'PROPOSER_CANNOT_ACCEPT', field: 'offer' });
    countered
      .when(agree, { offer: 2 }, asMerchant)
      .then([{ type: 'SettlementAgreed', data: { offer: 2, acceptedBy: 'merchant' } }]);
    countered.when(agree, { offer: 3 }, asMerchant).then({ kind: 'invalid', code: 'UNKNOWN_OFFER', field: 'offer' });
  });

  it('is superseded by its proposer’s own next proposal', () => {
    const own: Given = { type: 'SettlementProposed', occurredAt: ago(70), data: offer(2, 'merchant') };
    given(negotiation, [...standing, own])
      .when(agree, { offer: 1 }, asConsumer)
      .then({ kind: 'conflict', code: 'OFFER_SUPERSEDED', field: 'offer' });
  });

  it('can be accepted until the moment of its expiry, and not after', () => {
    const expiring = [...talking, proposedBy('merchant', { expiresAt: new Date(ago(10)).toISOString() })];
    given(negotiation, expiring)
      .when(agree, { offer: 1 }, { ...asConsumer, now: ago(10), occurredAt: ago(10) })
      .then([{ type: 'SettlementAgreed', data: { offer: 1, acceptedBy: 'consumer' } }]);
    given(negotiation, expiring)
      .when(agree, { offer: 1 }, { ...asConsumer, now: ago(10) + 1, occurredAt: ago(10) + 1 })
      .then({ kind: 'conflict', code: 'OFFER_EXPIRED', field: 'offer' });
    given(negotiation, expiring)
      .when(counter, { amountFen: 1 }, asConsumer)
      .then({ kind: 'conflict', code: 'OFFER_EXPIRED' });
  });

  it('is not accepted by backdating: only who took a party’s word down enters it later', () => {
    const late = (by: Party, expiresAt: number) => [
      ...talking,
      proposedBy(by, { expiresAt: new Date(expiresAt).toISOString() }),
    ];
    const before = { occurredAt: ago(10) };
    const expired = { kind: 'conflict', code: 'OFFER_EXPIRED', field: 'offer' } as const;
    given(negotiation, late('consumer', ago(10)))
      .when(agree, { offer: 1 }, { ...asMerchant, ...before })
      .then(expired);
    given(negotiation, late('merchant', ago(10)))
      .when(agree, { offer: 1 }, { ...asConsumer, ...before })
      .then(expired);
    given(negotiation, late('merchant', ago(10)))
      .when(agree, { offer: 1 }, { ...as('hotline'), ...before })
      .then([{ type: 'SettlementAgreed', data: { offer: 1, acceptedBy: 'consumer' } }]);
  });

  it('is claimed as settled by the merchant, which names no agreement', () => {
    given(negotiation, standing)
      .when(claim, {}, asMerchant)
      .then([{ type: 'SettlementClaimed', data: { offer: null } }]);
    given(negotiation, standing).when(claim, {}, asConsumer).then({ kind: 'forbidden', code: 'ONLY_MERCHANT_CLAIMS' });
  });

  it('fails by either party or by the operator of the venue', () => {
    const command = { reason: 'no-agreement' } as const;
    const event = (by: Party | 'operator') =>
      [{ type: 'NegotiationFailed', data: { reason: 'no-agreement', by } }] as const;
    given(negotiation, standing).when(fail, command, asMerchant).then(event('merchant'));
    given(negotiation, standing).when(fail, command, asConsumer).then(event('consumer'));
    given(negotiation, standing)
      .when(fail, { ...command, onBehalfOf: 'operator' as const }, as('officer'))
      .then(event('operator'));
  });

  it('is escalated by the consumer, and only by the consumer', () => {
    given(negotiation, standing)
      .when(escalate, {}, asConsumer)
      .then([{ type: 'NegotiationEscalated', data: { from: 'open' } }]);
    given(negotiation, standing)
      .when(escalate, {}, asMerchant)
      .then({ kind: 'forbidden', code: 'ONLY_CONSUMER_ESCALATES' });
  });
});

describe('as many offers as there may be', () => {
  const offers = (count: number): Given[] =>
    Array.from({ length: count }, (_, index) => ({
      type: 'SettlementProposed',
      occurredAt: ago(80),
      data: offer(index + 1, 'merchant'),
    }));

  it('take one more until there are a hundred', () => {
    const almost = given(negotiation, [...talking, ...offers(99)]);
    expect(almost.when(propose, { amountFen: 1 }, asMerchant).decision).toHaveLength(1);
    expect(almost.when(counter, { amountFen: 1 }, asConsumer).decision).toHaveLength(1);
  });

  it('can then be agreed on and not be added to', () => {
    const full = given(negotiation, [...talking, ...offers(100)]);
    const refusal = { kind: 'conflict', code: 'TOO_MANY_OFFERS' } as const;
    full.when(propose, { amountFen: 1 }, asMerchant).then(refusal);
    full.when(counter, { amountFen: 1 }, asConsumer).then(refusal);
    full
      .when(agree, { offer: 100 }, asConsumer)
      .then([{ type: 'SettlementAgreed', data: { offer: 100, acceptedBy: 'consumer' } }]);
  });
});

describe('agreed on an offer', () => {
  const bound = [...talking, proposedBy('merchant'), agreed];

  it('is settled when the consumer confirms, naming the agreed offer', () => {
    const event = [
      { type: 'SettlementConfirmed', data: { basis: 'consumer', offer: 1, recoveredFen: 9_900 } },
    ] as const;
    given(negotiation, bound).when(confirm, { offer: 1, recoveredFen: 9_900 }, asConsumer).then(event);
    given(negotiation, bound).when(confirm, { recoveredFen: 9_900 }, asConsumer).then(event);
  });

  it('is not settled by the merchant’s confirmation', () => {
    const refusal = { kind: 'forbidden', code: 'ONLY_CONSUMER_CONFIRMS' } as const;
    given(negotiation, bound).when(confirm, {}, asMerchant).then(refusal);
    given(negotiation, bound).when(confirm, {}, as('auditor')).then(refusal);
  });

  it('binds to that offer', () => {
    const second: Given = { type: 'SettlementAgreed', occurredAt: ago(60), data: { offer: 2, acceptedBy: 'merchant' } };
    const onSecond = given(negotiation, [...talking, proposedBy('merchant'), counteredBy('consumer'), second]);
    onSecond
      .when(confirm, { offer: 1 }, asConsumer)
      .then({ kind: 'conflict', code: 'NOT_THE_AGREED_OFFER', field: 'offer' });
    onSecond.when(confirm, { offer: 7 }, asConsumer).then({ kind: 'invalid', code: 'UNKNOWN_OFFER', field: 'offer' });
  });

  it('takes no more offers, even after a claim', () => {
    const refusal = { kind: 'conflict', code: 'ALREADY_AGREED' } as const;
    for (const history of [bound, [...bound, claimed(1)]]) {
      given(negotiation, history).when(propose, { amountFen: 1 }, asMerchant).then(refusal);
      given(negotiation, history).when(counter, { amountFen: 1 }, asConsumer).then(refusal);
      given(negotiation, history).when(agree, { offer: 1 }, asConsumer).then(refusal);
    }
  });

  it('is claimed with the agreed offer', () => {
    given(negotiation, bound)
      .when(claim, {}, asMerchant)
      .then([{ type: 'SettlementClaimed', data: { offer: 1 } }]);
  });

  it('still fails or is escalated when nothing comes of it', () => {
    given(negotiation, bound)
      .when(fail, { reason: 'other' }, asConsumer)
      .then([{ type: 'NegotiationFailed', data: { reason: 'other', by: 'consumer' } }]);
    given(negotiation, bound)
      .when(escalate, {}, asConsumer)
      .then([{ type: 'NegotiationEscalated', data: { from: 'open' } }]);
  });
});

describe('claimed by the merchant', () => {
  const history = [...talking, proposedBy('merchant'), claimed(null)];

  it('is not settled', () => {
    expect(given(negotiation, history).state.status).toBe('claimed');
  });

  it('is settled when the consumer confirms, with the offer it was about or none', () => {
    given(negotiation, history)
      .when(confirm, { offer: 1 }, asConsumer)
      .then([{ type: 'SettlementConfirmed', data: { basis: 'consumer', offer: 1, recoveredFen: null } }]);
    given(negotiation, history)
      .when(confirm, {}, asConsumer)
      .then([{ type: 'SettlementConfirmed', data: { basis: 'consumer', offer: null, recoveredFen: null } }]);
  });

  it('is not confirmed by the merchant itself, nor with an offer nobody made', () => {
    given(negotiation, history)
      .when(confirm, {}, asMerchant)
      .then({ kind: 'forbidden', code: 'ONLY_CONSUMER_CONFIRMS' });
    given(negotiation, history)
      .when(confirm, { offer: 2 }, asConsumer)
      .then({ kind: 'invalid', code: 'UNKNOWN_OFFER', field: 'offer' });
  });

  it('says nothing to a second claim', () => {
    given(negotiation, history).when(claim, {}, asMerchant).then([]);
  });

  it('is talked on about when a party makes an offer: the claim lapses', () => {
    const next = given(negotiation, history).when(counter, { amountFen: 10_000 }, asConsumer);
    next.then([{ type: 'SettlementCountered', data: offer(2, 'consumer') }]);
    given(negotiation, [...history, counteredBy('consumer')])
      .when(confirm, {}, asConsumer)
      .then({ kind: 'conflict', code: 'NOTHING_TO_CONFIRM' });
  });
});

describe('settled', () => {
  it('accepts nothing more', () => refusesAll([...talking, claimed(null), settled], 'ALREADY_SETTLED'));
});

describe('failed', () => {
  it('accepts nothing but an escalation', () => {
    refusesAll([...talking, failed], 'ALREADY_FAILED', { butEscalation: true });
    given(negotiation, [...talking, failed])
      .when(escalate, {}, asConsumer)
      .then([{ type: 'NegotiationEscalated', data: { from: 'failed' } }]);
    given(negotiation, [...talking, failed])
      .when(escalate, {}, { ...asConsumer, occurredAt: ago(41) })
      .then({ kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' });
  });
});

describe('escalated', () => {
  it('accepts nothing more, and no second escalation', () => refusesAll([...talking, escalated], 'ALREADY_ESCALATED'));
});

function refusesAll(history: readonly Given[], code: string, { butEscalation = false } = {}): void {
  const refusal = { kind: 'conflict', code } as const;
  const end = given(negotiation, history);
  end.when(acknowledge, {}, asMerchant).then(refusal);
  end.when(propose, { amountFen: 1 }, asConsumer).then(refusal);
  end.when(counter, { amountFen: 1 }, asConsumer).then(refusal);
  end.when(agree, { offer: 1 }, asConsumer).then(refusal);
  end.when(claim, {}, asMerchant).then(refusal);
  end.when(confirm, {}, asConsumer).then(refusal);
  end.when(fail, { reason: 'other' }, asConsumer).then(refusal);
  if (!butEscalation) end.when(escalate, {}, asConsumer).then(refusal);
  // And nothing runs out any more, nor is read again.
  end.when(expire, {}, { ...as('process'), occurredAt: Date.parse('2026-03-13T16:00:00Z') }).then([]);
  end.when(amendDeadline, { clock: 'negotiation' }, as('process')).then([]);
}

describe('a history that cannot be', () => {
  it('is thrown at, not folded', () => {
    expect(() => foldGiven(negotiation, [acknowledged])).toThrow('begins with');
    expect(() => documentsGiven(negotiationsView, [acknowledged])).toThrow('begins with');
  });
});

describe('the view', () => {
  const document = (...events: Given[]) =>
    documentsGiven(
      negotiationsView,
      events.map((event) => ({ ...event, stream: 'negotiation-N1' })),
    ).get('N1');

  it('follows a negotiation to its settlement', () => {
    expect(
      document(opened, acknowledged, proposedBy('merchant', { terms: 'v1' }), agreed, claimed(1), settled),
    ).toEqual({
      disputeId: DISPUTE,
      venue: 'odr',
      respondentUscc: USCC,
      respondentRegion: '330602',
      sector: 'retail',
      openedBy: 'consumer',
      station: null,
      greenChannel: null,
      status: 'settled',
      openedAt: new Date(ago(100)).toISOString(),
      acknowledgedAt: new Date(ago(90)).toISOString(),
      offers: [{ ...offer(1, 'merchant', { terms: 'v1' }), madeAt: new Date(ago(80)).toISOString() }],
      terms: 'v1',
      agreedOffer: 1,
      acceptedBy: 'consumer',
      agreedAt: new Date(ago(60)).toISOString(),
      claimedAt: new Date(ago(50)).toISOString(),
      claimNotifiedAt: null,
      confirmedAt: new Date(ago(40)).toISOString(),
      confirmationBasis: 'consumer',
      confirmedOffer: null,
      recoveredFen: null,
      failedAt: null,
      failureReason: null,
      failedBy: null,
      expiredAt: null,
      escalatedAt: null,
      disputedAt: null,
      disputedBy: null,
      disputeReason: null,
      fedBack: null,
      advances: [],
      goodsReturn: null,
      clocks: {
        negotiation: expect.objectContaining({
          due: '2026-03-13',
          state: 'completed',
          completion: expect.objectContaining({ occurredAt: ago(40), by: 'key-1' }) as object,
        }) as object,
      },
    });
  });

  it('names every status', () => {
    expect(document(opened)?.status).toBe('opened');
    expect(document(opened, acknowledged)?.status).toBe('acknowledged');
    expect(document(opened, proposedBy('consumer'))?.status).toBe('in-negotiation');
    expect(document(opened, proposedBy('consumer'), acknowledged)?.status).toBe('in-negotiation');
    expect(document(...talking, proposedBy('merchant'), counteredBy('consumer'))?.offers).toHaveLength(2);
    expect(document(...talking, proposedBy('merchant'), agreed)?.status).toBe('agreed');
    expect(document(...talking, claimed(null))?.status).toBe('claimed');
    expect(document(...talking, failed)).toMatchObject({
      status: 'failed',
      failureReason: 'no-agreement',
      failedBy: 'merchant',
    });
    expect(document(...talking, failed, escalated)).toMatchObject({
      status: 'escalated',
      failedAt: new Date(ago(40)).toISOString(),
      escalatedAt: new Date(ago(30)).toISOString(),
    });
  });
});
