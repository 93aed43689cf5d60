import { describe, expect, it } from '@jest/globals';
import type { DecisionContext, Instant } from '#kernel';
import { documentsGiven, given as givenUnder, parseInstant, startOfDay, usccOf, type GivenEvent } from '#kernel';
import { readClock, shippedLaw, timelinessOf, type ClockReading } from '#law';
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
  propose,
  verifyLateEntry,
} from './decide.ts';
import type { NegotiationEvent, Offer, RecordedNegotiationEvent } from './events.ts';
import type { NegotiationState } from './negotiation.ts';
import { evolve, initial } from './negotiation.ts';
import { negotiationsView } from './views/negotiations.ts';

type Given = GivenEvent<RecordedNegotiationEvent>;
const law = shippedLaw();
const given = (...events: readonly Given[]) => givenUnder({ initial, evolve }, events, law);

/** Opened on a Monday; the tenth working day after it is a Monday, too. */
const READING = readClock({ clock: 'negotiation', rule: 'L-18', from: '2026-03-02' }, law);
const LAST_MOMENT = parseInstant('2026-03-16T23:59:59.999+08:00')!;
const RAN_OUT = startOfDay('2026-03-17');
const noon = (day: string): Instant => startOfDay(day) + 12 * 3_600_000;

const USCC = usccOf('91330600', '12345678');
const openedWith = (clocks?: readonly ClockReading[]): Given => ({
  type: 'NegotiationOpened',
  occurredAt: noon('2026-03-02'),
  data: {
    disputeId: '01JN0000000000000000000000',
    venue: 'odr',
    respondentUscc: USCC,
    respondentRegion: '330602',
    sector: null,
    openedBy: 'consumer',
    ...(clocks === undefined ? {} : { clocks }),
  },
});
const opened = openedWith([READING]);
const on = (day: string, { type, data }: NegotiationEvent, recordedOn = day): Given =>
  ({ type, data, occurredAt: noon(day), recordedAt: noon(recordedOn) }) as Given;
const first: Offer = { offer: 1, by: 'merchant', amountFen: 100, performBy: null, terms: null, expiresAt: null };
const acknowledged = on('2026-03-03', { type: 'NegotiationAcknowledged', data: {} });
const proposed = on('2026-03-04', { type: 'SettlementProposed', data: first });
const agreed = on('2026-03-05', { type: 'SettlementAgreed', data: { offer: 1, acceptedBy: 'consumer' } });
const claimed = on('2026-03-06', { type: 'SettlementClaimed', data: { offer: 1 } });
const confirmed = { type: 'SettlementConfirmed', data: { basis: 'consumer', offer: 1, recoveredFen: null } } as const;
const failed = { type: 'NegotiationFailed', data: { reason: 'other', by: 'consumer' } } as const;
const escalated = (from: 'open' | 'failed' | 'expired') => ({ type: 'NegotiationEscalated', data: { from } }) as const;
const expiry = {
  type: 'NegotiationExpired',
  occurredAt: RAN_OUT,
  ruleVersion: READING.rule!,
  data: { clock: 'negotiation' },
} as const;
const ranOut: Given = { type: expiry.type, data: expiry.data, occurredAt: RAN_OUT };

const asMerchant = { actor: { id: 'key-m', role: 'merchant' } };
const asConsumer = { actor: { id: 'key-c', role: 'public' } };
const asOfficer = { actor: { id: 'key-o', role: 'officer' } };
const asProcess = { actor: { id: 'deadlines', role: 'process' } };
const at = (occurredAt: Instant | string): Partial<DecisionContext> => ({
  occurredAt: typeof occurredAt === 'string' ? noon(occurredAt) : occurredAt,
});

const EXPIRED = { kind: 'conflict', code: 'NEGOTIATION_EXPIRED' } as const;

/** Every way in which the parties may have left it. */
const LEFT = {
  open: [opened, acknowledged, proposed],
  agreed: [opened, acknowledged, proposed, agreed],
  claimed: [opened, acknowledged, proposed, agreed, claimed],
} as const;

describe.each(Object.entries(LEFT))('%s, and nobody has noticed yet that its time is over', (_, history) => {
  it('runs out at the end of its last day, whenever the process comes to it', () => {
    for (const moment of [RAN_OUT, RAN_OUT + 1, noon('2026-08-01')]) {
      given(...history)
        .when(expire, {}, { ...asProcess, ...at(moment) })
        .then([expiry]);
    }
  });

  it('does not run out before', () => {
    given(...history)
      .when(expire, {}, { ...asProcess, ...at(LAST_MOMENT) })
      .then([]);
    given(...history)
      .when(expire, {}, { ...asProcess, ...at('2026-03-07') })
      .then([]);
  });

  it('takes no step that occurred after the last day', () => takesNothingAfter(history));

  it('is escalated, and says so itself that it had run out', () => {
    given(...history)
      .when(escalate, {}, { ...asConsumer, ...at(RAN_OUT) })
      .then([expiry, escalated('expired')]);
    given(...history)
      .when(escalate, {}, { ...asConsumer, ...at(LAST_MOMENT) })
      .then([escalated('open')]);
  });
});

describe.each(Object.entries(LEFT))('run out when %s', (reached, history) => {
  const over = given(...history, ranOut);

  it('is expired', () => {
    expect(over.state).toMatchObject({ status: 'expired', reached: { status: reached } });
  });

  it('takes no step that occurred after the last day', () => takesNothingAfter([...history, ranOut]));

  it('runs out once', () => {
    over.when(expire, {}, { ...asProcess, ...at(RAN_OUT) }).then([]);
  });

  it('is escalated, once', () => {
    over.when(escalate, {}, { ...asConsumer, ...at('2026-04-01') }).then([escalated('expired')]);
    given(...history, ranOut, on('2026-04-01', escalated('expired')))
      .when(escalate, {}, { ...asConsumer, ...at('2026-04-02') })
      .then({ kind: 'conflict', code: 'ALREADY_ESCALATED' });
  });

  it('was escalated without a result where the consumer had turned to the authority before', () => {
    over.when(escalate, {}, { ...asConsumer, ...at(LAST_MOMENT) }).then([escalated('open')]);
    over
      .when(escalate, {}, { ...asConsumer, ...at('2026-03-01') })
      .then({ kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' });
  });

  it('has failed where it had failed before', () => {
    over.when(fail, { reason: 'other' as const }, { ...asConsumer, ...at(LAST_MOMENT) }).then([failed]);
    given(...history, ranOut, on('2026-03-10', failed))
      .when(escalate, {}, { ...asConsumer, ...at('2026-04-01') })
      .then([escalated('failed')]);
  });

  it('is read no more, and verified of nothing', () => {
    over.when(amendDeadline, { clock: 'negotiation' }, asProcess).then([]);
    over.when(verifyLateEntry, verification(), asOfficer).then(NOT_BACKDATED);
  });
});

describe('what occurred in time and is entered when the time is over', () => {
  const late = (...entered: Given[]) => given(opened, ranOut, ...entered);

  it('is taken from step to step, as it would have been in time', () => {
    late()
      .when(acknowledge, {}, { ...asMerchant, ...at('2026-03-03') })
      .then([{ type: 'NegotiationAcknowledged', data: {} }]);
    late(acknowledged)
      .when(propose, { amountFen: 100 }, { ...asMerchant, ...at('2026-03-04') })
      .then([{ type: 'SettlementProposed', data: first }]);
    late(acknowledged, proposed)
      .when(counter, { amountFen: 200 }, { ...asConsumer, ...at('2026-03-05') })
      .then([{ type: 'SettlementCountered', data: { ...first, offer: 2, by: 'consumer', amountFen: 200 } }]);
    late(acknowledged, proposed)
      .when(agree, { offer: 1 }, { ...asConsumer, ...at('2026-03-05') })
      .then([{ type: 'SettlementAgreed', data: { offer: 1, acceptedBy: 'consumer' } }]);
    late(acknowledged, proposed, agreed)
      .when(claim, {}, { ...asMerchant, ...at('2026-03-06') })
      .then([{ type: 'SettlementClaimed', data: { offer: 1 } }]);
    late(acknowledged, proposed, agreed, claimed)
      .when(confirm, {}, { ...asConsumer, ...at(LAST_MOMENT) })
      .then([confirmed]);
  });

  it('is refused as it would have been in time', () => {
    late(acknowledged)
      .when(acknowledge, {}, { ...asMerchant, ...at('2026-03-04') })
      .then([]);
    late()
      .when(confirm, {}, { ...asConsumer, ...at('2026-03-10') })
      .then({ kind: 'conflict', code: 'NOTHING_TO_CONFIRM' });
    late(acknowledged, proposed)
      .when(agree, { offer: 1 }, { ...asConsumer, ...at('2026-03-03') })
      .then({ kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' });
  });

  it('leaves it expired until there is a result', () => {
    for (const entered of [[acknowledged], [acknowledged, proposed], [acknowledged, proposed, agreed, claimed]]) {
      expect(late(...entered).state.status).toBe('expired');
      late(...entered)
        .when(propose, { amountFen: 1 }, { ...asConsumer, ...at(RAN_OUT) })
        .then(EXPIRED);
    }
  });

  it('ends settled where it was settled in time', () => {
    const { state } = late(acknowledged, proposed, agreed, on('2026-03-16', confirmed, '2026-04-01'));
    expect(state.status).toBe('settled');
    expect(clockOf(state)).toMatchObject({
      state: 'completed',
      completion: { occurredAt: noon('2026-03-16'), recordedAt: noon('2026-04-01') },
    });
  });
});

describe('the clock', () => {
  const state = (...events: Given[]) => clockOf(given(...events).state)?.state;

  it('runs from the legal day of opening, and stops with a result only', () => {
    expect(clockOf(given(opened).state)).toMatchObject({
      from: '2026-03-02',
      promised: '2026-03-16',
      state: 'running',
    });
    expect(state(...LEFT.claimed)).toBe('running');
    expect(state(...LEFT.claimed, on('2026-03-09', confirmed))).toBe('completed');
    expect(state(opened, on('2026-03-09', failed))).toBe('completed');
    expect(state(opened, on('2026-03-09', escalated('open')))).toBe('completed');
  });

  it('is not completed by an escalation after its end', () => {
    expect(state(opened, ranOut)).toBe('expired');
    expect(state(opened, ranOut, on('2026-03-20', escalated('expired')))).toBe('expired');
    expect(timelinessOf(clockOf(given(opened, ranOut).state)!)).toBe('late');
  });

  it('was completed with the failure, not with the escalation that followed', () => {
    const after = given(opened, on('2026-03-09', failed), on('2026-03-20', escalated('failed')));
    expect(clockOf(after.state)?.completion?.occurredAt).toBe(noon('2026-03-09'));
  });

  it('without a date never runs out', () => {
    const undetermined = {
      clock: 'negotiation',
      rule: null,
      calendar: null,
      due: null,
      undetermined: 'CALENDAR_MISSING',
    };
    for (const start of [openedWith(), openedWith([undetermined])]) {
      given(start)
        .when(expire, {}, { ...asProcess, ...at('2030-01-01') })
        .then([]);
      given(start, claimed)
        .when(confirm, {}, { ...asConsumer, ...at('2030-01-01') })
        .then([{ ...confirmed, data: { ...confirmed.data, offer: 1 } }]);
      given(start)
        .when(escalate, {}, { ...asConsumer, ...at('2030-01-01') })
        .then([escalated('open')]);
    }
  });
});

describe('a calendar that was amended', () => {
  const amended: Given = {
    type: 'NegotiationDeadlineAmended',
    occurredAt: noon('2026-03-14'),
    data: { ...READING, due: '2026-03-13' },
  };
  const extended: Given = { ...amended, data: { ...READING, due: '2026-03-20' } } as Given;

  it('moves the last day of one that is open, and of no other', () => {
    const guess = { ...READING, calendar: 'CN-2026.PROVISIONAL', due: '2026-03-11' };
    given(openedWith([guess]))
      .when(amendDeadline, { clock: 'negotiation' }, asProcess)
      .then([{ type: 'NegotiationDeadlineAmended', ruleVersion: READING.rule!, data: READING }]);
    given(opened).when(amendDeadline, { clock: 'negotiation' }, asProcess).then([]);
    given(opened).when(amendDeadline, { clock: 'mediation' }, asProcess).then([]);
    given(openedWith()).when(amendDeadline, { clock: 'negotiation' }, asProcess).then([]);
    given(openedWith([guess]), on('2026-03-09', failed))
      .when(amendDeadline, { clock: 'negotiation' }, asProcess)
      .then([]);
  });

  it('decides what still may be done', () => {
    given(opened, extended)
      .when(expire, {}, { ...asProcess, ...at(RAN_OUT) })
      .then([]);
    given(opened, extended)
      .when(fail, { reason: 'other' as const }, { ...asConsumer, ...at('2026-03-20') })
      .then([failed]);
    given(opened, amended)
      .when(fail, { reason: 'other' as const }, { ...asConsumer, ...at('2026-03-14') })
      .then(EXPIRED);
    given(opened, amended)
      .when(expire, {}, { ...asProcess, ...at(RAN_OUT) })
      .then([{ ...expiry, occurredAt: startOfDay('2026-03-14') }]);
  });

  it('is no step: what comes next may have happened before', () => {
    given(opened, extended)
      .when(acknowledge, {}, { ...asMerchant, ...at('2026-03-03') })
      .then([{ type: 'NegotiationAcknowledged', data: {} }]);
  });
});

describe('a result that was entered late', () => {
  const settledLate = [opened, acknowledged, proposed, agreed, ranOut, on('2026-03-12', confirmed, '2026-04-01')];
  const verified: Given = {
    type: 'NegotiationLateEntryVerified',
    occurredAt: noon('2026-04-02'),
    data: verification(),
  };

  it('counts as entered late until a second officer has verified it', () => {
    const { state } = given(...settledLate);
    expect(timelinessOf(clockOf(state)!)).toBe('backdated');
    given(...settledLate)
      .when(verifyLateEntry, verification(), asOfficer)
      .then([{ type: 'NegotiationLateEntryVerified', data: verification() }]);
    expect(timelinessOf(clockOf(given(...settledLate, verified).state)!)).toBe('in-time');
    given(...settledLate, verified)
      .when(verifyLateEntry, verification(), asOfficer)
      .then([]);
  });

  it('is verified by an officer, by another one, and on its own clock', () => {
    const late = given(...settledLate);
    late.when(verifyLateEntry, verification(), asMerchant).then({ kind: 'forbidden', code: 'HUMAN_DECISION_REQUIRED' });
    late.when(verifyLateEntry, verification(), asProcess).then({ kind: 'forbidden', code: 'HUMAN_DECISION_REQUIRED' });
    late
      .when(verifyLateEntry, verification(), { actor: { id: 'key-1', role: 'officer' } })
      .then({ kind: 'forbidden', code: 'SECOND_PERSON_REQUIRED' });
    late
      .when(verifyLateEntry, { ...verification(), clock: 'mediation' }, asOfficer)
      .then({ kind: 'invalid', code: 'UNKNOWN_CLOCK', field: 'clock' });
  });

  it('is not verified where it was entered in time, or came too late by its own word', () => {
    for (const history of [
      [opened],
      [opened, on('2026-03-09', failed)],
      [opened, on('2026-03-09', escalated('open'))],
      [opened, ranOut, on('2026-03-20', escalated('expired'))],
    ]) {
      given(...history)
        .when(verifyLateEntry, verification(), asOfficer)
        .then(NOT_BACKDATED);
    }
  });

  it('leaves the step before it where it was', () => {
    const failedLate = [opened, ranOut, on('2026-03-12', failed, '2026-04-01'), verified];
    given(...failedLate)
      .when(escalate, {}, { ...asConsumer, ...at('2026-03-13') })
      .then([escalated('failed')]);
  });
});

describe('the view', () => {
  const document = (...events: Given[]) =>
    documentsGiven(
      negotiationsView,
      events.map((event) => ({ ...event, stream: 'negotiation-N1' })),
    ).get('N1');

  it('shows that it ran out, and when', () => {
    expect(document(...LEFT.claimed, ranOut)).toMatchObject({
      status: 'expired',
      expiredAt: '2026-03-16T16:00:00.000Z',
      clocks: { negotiation: { due: '2026-03-16', state: 'expired' } },
    });
    expect(document(opened, ranOut, acknowledged, proposed, agreed, claimed)).toEqual(
      document(...LEFT.claimed, ranOut),
    );
  });

  it('is the same whether a result was entered before or after the expiry was noticed', () => {
    for (const result of [confirmed, failed, escalated('open')]) {
      const entered = on('2026-03-12', result, '2026-04-01');
      const late = document(...LEFT.claimed, ranOut, entered);
      expect(late).toEqual(document(...LEFT.claimed, entered));
      expect(late?.expiredAt).toBeNull();
    }
  });

  it('shows an escalation after the expiry beside it', () => {
    expect(document(opened, ranOut, on('2026-03-20', escalated('expired')))).toMatchObject({
      status: 'escalated',
      expiredAt: '2026-03-16T16:00:00.000Z',
      escalatedAt: new Date(noon('2026-03-20')).toISOString(),
    });
  });

  it('shows the date as it stands and as it was promised, and what was verified', () => {
    const reading = { ...READING, due: '2026-03-20' };
    const amended: Given = { type: 'NegotiationDeadlineAmended', occurredAt: noon('2026-03-10'), data: reading };
    expect(document(opened, amended)).toMatchObject({
      status: 'opened',
      clocks: { negotiation: { promised: '2026-03-16', due: '2026-03-20' } },
    });
    const verified: Given = { type: 'NegotiationLateEntryVerified', data: verification() };
    expect(document(opened, on('2026-03-12', failed, '2026-04-01'), verified)).toMatchObject({
      status: 'failed',
      clocks: { negotiation: { completion: { verified: true } } },
    });
  });
});

const NOT_BACKDATED = { kind: 'conflict', code: 'NOT_BACKDATED', field: 'clock' } as const;

function verification() {
  return { clock: 'negotiation', reason: 'paper-record' as const, evidence: ['letter-1'] };
}

function clockOf(state: NegotiationState) {
  return state.status === 'none' ? undefined : state.clocks['negotiation'];
}

function takesNothingAfter(history: readonly Given[]): void {
  for (const moment of [RAN_OUT, noon('2026-03-17'), noon('2026-08-01')]) {
    const over = given(...history);
    over.when(acknowledge, {}, { ...asMerchant, ...at(moment) }).then(EXPIRED);
    over.when(propose, { amountFen: 1 }, { ...asMerchant, ...at(moment) }).then(EXPIRED);
    over.when(counter, { amountFen: 1 }, { ...asConsumer, ...at(moment) }).then(EXPIRED);
    over.when(agree, { offer: 1 }, { ...asConsumer, ...at(moment) }).then(EXPIRED);
    over.when(claim, {}, { ...asMerchant, ...at(moment) }).then(EXPIRED);
    over.when(confirm, {}, { ...asConsumer, ...at(moment) }).then(EXPIRED);
    over.when(fail, { reason: 'other' as const }, { ...asConsumer, ...at(moment) }).then(EXPIRED);
  }
}
