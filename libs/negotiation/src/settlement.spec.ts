import { describe, expect, it } from '@jest/globals';
import { documentsGiven, startOfDay, type Instant } from '#kernel';
import {
  confirm,
  confirmBySilence,
  counter,
  disputeByComplaint,
  disputeSettlement,
  escalate,
  notifyClaim,
  requestReturn,
} from './decide.ts';
import {
  acknowledged,
  as,
  claimed,
  claimedUnagreed,
  COMPLAINT,
  confirmed,
  DISPUTE,
  ENDED,
  expired,
  given,
  HISTORIES,
  law,
  lawOfSilence,
  noon,
  notified,
  on,
  opened,
  proposed,
  silenceReading,
  USCC,
  type Given,
  type Status,
} from './testing/given-negotiation.ts';
import { negotiationsView } from './views/negotiations.ts';

const document = (...events: Given[]) =>
  documentsGiven(
    negotiationsView,
    events.map((event) => ({ ...event, stream: 'negotiation-N1' })),
  ).get('N1');

const claimedHistory = HISTORIES.claimed;
const NO_COMPLAINT = { reads: { complaint: undefined } };

describe('notice of a claim', () => {
  const told = { channel: 'sms' as const };
  const event = { type: 'SettlementClaimNotified', data: { channel: 'sms', respondentUscc: USCC } } as const;

  it('is a fact and opens no clock where nobody has a rule of silence: none ships', () => {
    given(claimedHistory).when(notifyClaim, told, as('officer', '2026-03-06')).then([event]);
    expect(law.rules.governing('settlement-silence', '330602')).toBeUndefined();
  });
  it('opens the clock of silence by the rule of the place, on its day', () => {
    given(claimedHistory, lawOfSilence)
      .when(notifyClaim, told, as('officer', '2026-03-06'))
      .then([{ ...event, ruleVersion: silenceReading.rule!, data: { ...event.data, clocks: [silenceReading] } }]);
    expect(silenceReading.due).toBe('2026-03-11');
  });
  it('opens none in another place, or before the rule was in force', () => {
    const elsewhere = { ...opened, data: { ...opened.data, respondentRegion: '370303' } } as Given;
    given([elsewhere, claimedUnagreed], lawOfSilence)
      .when(notifyClaim, told, as('officer', '2026-03-06'))
      .then([event]);
    const early = [
      on('2025-12-22', { type: opened.type, data: opened.data } as never),
      on('2025-12-24', claimed as never),
    ];
    given(early, lawOfSilence).when(notifyClaim, told, as('officer', '2025-12-24')).then([event]);
  });
  it('is given by who runs or supervises the venue, and never by the merchant whose claim it is', () => {
    for (const role of ['hotline', 'officer', 'mediator', 'administrator']) {
      given(claimedHistory).when(notifyClaim, told, as(role, '2026-03-06')).then([event]);
    }
    for (const role of ['merchant', 'public', 'process']) {
      given(claimedHistory)
        .when(notifyClaim, told, as(role, '2026-03-06'))
        .then({ kind: 'forbidden', code: 'ONLY_OPERATOR_NOTIFIES' });
    }
  });
  it('counts once: to be told again gives no more time', () => {
    given([...claimedHistory, notified], lawOfSilence)
      .when(notifyClaim, told, as('officer', '2026-03-09'))
      .then([]);
  });
  it.each(Object.keys(HISTORIES) as Status[])('when %s', (status) => {
    const outcome = given(HISTORIES[status]).when(notifyClaim, told, as('officer', '2026-03-25'));
    // By then its time is over, whether anybody has said so or not.
    const isOver = status === 'open' || status === 'agreed' || status === 'claimed';
    outcome.then(isOver ? ENDED.expired : ENDED[status]);
    if (status === 'open' || status === 'agreed') {
      given(HISTORIES[status])
        .when(notifyClaim, told, as('officer', '2026-03-10'))
        .then({ kind: 'conflict', code: 'NOTHING_CLAIMED' });
    }
  });
});

describe('the silence of a consumer who was told', () => {
  const silent = [...claimedHistory, notified];
  const over = startOfDay('2026-03-12');
  const event = {
    type: 'SettlementConfirmed',
    occurredAt: over,
    ruleVersion: silenceReading.rule!,
    data: { basis: 'silence', offer: 1, recoveredFen: null },
  } as const;
  const at = (occurredAt: Instant) => ({ actor: { id: 'clock', role: 'process' }, occurredAt });

  it('confirms at the end of its last day, whenever the process comes to it', () => {
    for (const moment of [over, over + 1, noon('2026-04-01')]) {
      given(silent, lawOfSilence).when(confirmBySilence, {}, at(moment)).then([event]);
    }
    given(silent, lawOfSilence)
      .when(confirmBySilence, {}, at(over - 1))
      .then([]);
  });
  it('confirms a claim without an agreement, too', () => {
    given([opened, acknowledged, claimedUnagreed, notified], lawOfSilence)
      .when(confirmBySilence, {}, at(over))
      .then([{ ...event, data: { ...event.data, offer: null } }]);
  });
  it('confirms nothing without a rule, without notice, or without a claim', () => {
    const toldWithoutRule = on('2026-03-06', {
      type: 'SettlementClaimNotified',
      data: { channel: 'phone', respondentUscc: USCC },
    });
    for (const history of [
      [...claimedHistory, toldWithoutRule],
      claimedHistory,
      ...(['open', 'agreed', 'settled', 'failed', 'escalated', 'disputed', 'expired'] as const).map(
        (status) => HISTORIES[status],
      ),
    ]) {
      given(history, lawOfSilence)
        .when(confirmBySilence, {}, at(noon('2026-04-01')))
        .then([]);
    }
    given([], lawOfSilence)
      .when(confirmBySilence, {}, at(over))
      .then({ kind: 'notFound', code: 'UNKNOWN_NEGOTIATION' });
  });
  it('is broken by any word of the consumer', () => {
    const words = [
      on('2026-03-09', { type: 'SettlementDisputed', data: { ...claimDenied, reason: 'not-agreed', complaint: null } }),
      on('2026-03-09', { type: 'NegotiationFailed', data: { reason: 'other', by: 'consumer' } }),
      on('2026-03-09', { type: 'NegotiationEscalated', data: { from: 'open' } }),
      on('2026-03-09', {
        type: 'NoReasonReturnRequested',
        data: { basis: 'online', store: null, signedOn: '2026-03-05', clocks: [] },
      }),
      confirmed,
    ];
    for (const word of words) {
      const state = given([...silent, word], lawOfSilence);
      state.when(confirmBySilence, {}, at(noon('2026-04-01'))).then([]);
      expect(clockState([...silent, word])).toBe('superseded');
    }
    const unagreed = [opened, acknowledged, proposed, claimedUnagreed, notified];
    const answered = on('2026-03-09', {
      type: 'SettlementCountered',
      data: { offer: 2, by: 'consumer', amountFen: 1, performBy: null, terms: null, expiresAt: null },
    });
    given([...unagreed, answered], lawOfSilence)
      .when(confirmBySilence, {}, at(noon('2026-04-01')))
      .then([]);
  });
  it('confirms nothing when the time of the negotiation is over before', () => {
    const late = readingFrom('2026-03-12');
    const told = on('2026-03-12', {
      type: 'SettlementClaimNotified',
      data: { channel: 'sms', respondentUscc: USCC, clocks: [late] },
    });
    expect(late.due).toBe('2026-03-17');
    for (const history of [
      [...claimedHistory, told],
      [...claimedHistory, told, expired],
    ]) {
      given(history, lawOfSilence)
        .when(confirmBySilence, {}, at(noon('2026-04-01')))
        .then([]);
    }
    expect(clockState([...claimedHistory, told, expired])).toBe('superseded');
  });
  it('runs out, and is neither late nor anybody’s duty', () => {
    const settled = on('2026-03-12', { type: event.type, data: event.data });
    expect(clockState([...silent, settled])).toBe('expired');
    const doc = document(...silent, settled);
    expect(doc).toMatchObject({ status: 'settled', confirmationBasis: 'silence' });
    expect(doc?.clocks['settlement-silence']).toMatchObject({ isRight: true, promised: '2026-03-11' });
    expect(doc?.clocks['negotiation']?.state).toBe('completed');
  });
  it('is told apart from a word in the view', () => {
    expect(document(...HISTORIES.settled)).toMatchObject({ confirmationBasis: 'consumer' });
    expect(document(...silent)).toMatchObject({
      status: 'claimed',
      claimNotifiedAt: new Date(noon('2026-03-06')).toISOString(),
      confirmationBasis: null,
    });
  });

  function readingFrom(day: string) {
    const decision = given(claimedHistory, lawOfSilence).when(
      notifyClaim,
      { channel: 'sms' as const },
      as('officer', day),
    ).decision as unknown as { data: { clocks: [typeof silenceReading] } }[];
    return decision[0]!.data.clocks[0];
  }
  function clockState(events: readonly Given[]) {
    const { state } = given(events, lawOfSilence);
    return state.status === 'none' ? undefined : state.clocks['settlement-silence']?.state;
  }
});

const claimDenied = { of: 'claim', by: 'consumer' } as const;

describe('a consumer who disputes', () => {
  const command = { reason: 'not-performed' as const };
  const event = (of: 'claim' | 'settlement', complaint: string | null = null) =>
    [{ type: 'SettlementDisputed', data: { of, by: 'consumer', reason: 'not-performed', complaint } }] as const;

  it('denies a claim, which leaves the parties where they were', () => {
    given(claimedHistory)
      .when(disputeSettlement, command, { ...as('public', '2026-03-09'), ...NO_COMPLAINT })
      .then(event('claim'));
    const denied = on('2026-03-09', event('claim')[0]);
    expect(given([...claimedHistory, denied]).state).toMatchObject({ status: 'agreed', agreedOffer: 1 });
    expect(given([opened, acknowledged, claimedUnagreed, denied]).state.status).toBe('open');
    expect(document(...claimedHistory, denied)).toMatchObject({
      status: 'agreed',
      claimedAt: null,
      disputedBy: 'consumer',
      disputeReason: 'not-performed',
    });
    expect(document(opened, claimedUnagreed, denied)?.status).toBe('in-negotiation');
  });
  it('takes back a settlement, by word or by silence: it no longer counts', () => {
    const bySilence = on('2026-03-12', {
      type: 'SettlementConfirmed',
      data: { basis: 'silence', offer: 1, recoveredFen: null },
    });
    for (const history of [HISTORIES.settled, [...claimedHistory, notified, bySilence]]) {
      given(history)
        .when(disputeSettlement, command, { ...as('public', '2026-04-20'), ...NO_COMPLAINT })
        .then(event('settlement'));
    }
    expect(document(...HISTORIES.disputed)).toMatchObject({
      status: 'disputed',
      confirmedAt: null,
      confirmationBasis: null,
      recoveredFen: null,
      disputedAt: new Date(noon('2026-03-20')).toISOString(),
    });
  });
  it('may turn to the authority then, once', () => {
    given(HISTORIES.disputed)
      .when(escalate, {}, as('public', '2026-03-21'))
      .then([{ type: 'NegotiationEscalated', data: { from: 'disputed' } }]);
    given(HISTORIES.disputed)
      .when(escalate, {}, as('public', '2026-03-19'))
      .then({ kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' });
    const gone = on('2026-03-21', { type: 'NegotiationEscalated', data: { from: 'disputed' } });
    given([...HISTORIES.disputed, gone])
      .when(escalate, {}, as('public', '2026-03-22'))
      .then(ENDED.escalated);
    expect(document(...HISTORIES.disputed, gone)).toMatchObject({ status: 'escalated' });
  });
  it('is nobody but the consumer', () => {
    for (const role of ['merchant', 'auditor', 'process']) {
      given(HISTORIES.settled)
        .when(disputeSettlement, command, { ...as(role, '2026-03-20'), ...NO_COMPLAINT })
        .then({ kind: 'forbidden', code: 'ONLY_CONSUMER_DISPUTES' });
    }
  });
  it('names a complaint on the same dispute, or none', () => {
    const named = { ...command, complaintId: COMPLAINT };
    const read = (disputeId: string | null) => ({
      ...as('officer', '2026-03-20'),
      reads: { complaint: { disputeId, receivedAt: noon('2026-03-19') } },
    });
    given(HISTORIES.settled).when(disputeSettlement, named, read(DISPUTE)).then(event('settlement', COMPLAINT));
    const refusal = { kind: 'invalid', code: 'COMPLAINT_OF_ANOTHER_DISPUTE', field: 'complaintId' } as const;
    given(HISTORIES.settled).when(disputeSettlement, named, read('01JN0000000000000000000001')).then(refusal);
    given(HISTORIES.settled)
      .when(disputeSettlement, named, { ...as('officer', '2026-03-20'), ...NO_COMPLAINT })
      .then(refusal);
  });
  it.each(Object.keys(HISTORIES) as Status[])('when %s', (status) => {
    const outcome = given(HISTORIES[status]).when(disputeSettlement, command, {
      ...as('public', '2026-03-25'),
      ...NO_COMPLAINT,
    });
    switch (status) {
      case 'settled':
        return outcome.then(event('settlement'));
      case 'open':
      case 'agreed':
        given(HISTORIES[status])
          .when(disputeSettlement, command, { ...as('public', '2026-03-10'), ...NO_COMPLAINT })
          .then({ kind: 'conflict', code: 'NOTHING_TO_DISPUTE' });
        return outcome.then(ENDED.expired);
      case 'claimed':
        return outcome.then(ENDED.expired);
      default:
        return outcome.then(ENDED[status]);
    }
  });
  it('leaves nothing to confirm, and a new confirmation is none of its steps', () => {
    given(HISTORIES.disputed).when(confirm, {}, as('public', '2026-03-21')).then(ENDED.disputed);
    given(HISTORIES.disputed).when(counter, { amountFen: 1 }, as('public', '2026-03-21')).then(ENDED.disputed);
    given(HISTORIES.disputed)
      .when(
        requestReturn,
        { basis: 'online' as const, signedOn: '2026-03-05' },
        {
          ...as('public', '2026-03-21'),
          reads: { store: undefined, commitment: undefined },
        },
      )
      .then(ENDED.disputed);
  });
});

describe('a later complaint on the same dispute', () => {
  const receivedAt = noon('2026-03-18');
  const read = (disputeId: string, at: Instant | null = receivedAt) => ({
    actor: { id: 'links', role: 'process' },
    occurredAt: noon('2026-03-19'),
    reads: { complaint: { disputeId, receivedAt: at } },
  });

  it('takes the settlement back, at the moment of its receipt', () => {
    given(HISTORIES.settled)
      .when(disputeByComplaint, { complaintId: COMPLAINT }, read(DISPUTE))
      .then([
        {
          type: 'SettlementDisputed',
          occurredAt: receivedAt,
          data: { of: 'settlement', by: 'complaint', reason: 'later-complaint', complaint: COMPLAINT },
        },
      ]);
  });
  const denied = (of: 'claim' | 'settlement', occurredAt: Instant) =>
    [
      {
        type: 'SettlementDisputed',
        occurredAt,
        data: { of, by: 'complaint', reason: 'later-complaint', complaint: COMPLAINT },
      },
    ] as const;
  const complaint = { complaintId: COMPLAINT };

  it('denies what the merchant claims, at the moment of its receipt, or of the notice that came after it', () => {
    given(HISTORIES.claimed).when(disputeByComplaint, complaint, read(DISPUTE)).then(denied('claim', receivedAt));
    const told = { ...notified, occurredAt: noon('2026-03-20') };
    given([...HISTORIES.claimed, told])
      .when(disputeByComplaint, complaint, read(DISPUTE))
      .then(denied('claim', noon('2026-03-20')));
    const { occurredAt } = claimed;
    const before = (occurredAt as Instant) - 1;
    given(HISTORIES.claimed).when(disputeByComplaint, complaint, read(DISPUTE, before)).then([]);
  });
  it('lets no silence speak for the consumer again, whatever is claimed after it (T-31)', () => {
    const history = [
      ...HISTORIES.claimed,
      { ...denied('claim', noon('2026-03-07'))[0] },
      { ...claimed, occurredAt: noon('2026-03-08') },
    ] as const;
    given(history, lawOfSilence)
      .when(notifyClaim, { channel: 'sms' }, as('officer', '2026-03-09'))
      .then([{ type: 'SettlementClaimNotified', data: { channel: 'sms', respondentUscc: USCC } }]);
  });
  it('takes back what silence has confirmed, where it came before the silence was over', () => {
    const over = noon('2026-03-12');
    const silent = { basis: 'silence', offer: 1, recoveredFen: null } as const;
    const history = [...HISTORIES.claimed, notified, { type: 'SettlementConfirmed', data: silent, occurredAt: over }];
    given(history as never)
      .when(disputeByComplaint, complaint, read(DISPUTE, noon('2026-03-10')))
      .then(denied('settlement', over));
  });
  it('does nothing when it came before, is about another dispute, is not known, or nothing is settled', () => {
    given(HISTORIES.settled)
      .when(disputeByComplaint, complaint, read(DISPUTE, noon('2026-03-08')))
      .then([]);
    given(HISTORIES.settled).when(disputeByComplaint, complaint, read('01JN0000000000000000000001')).then([]);
    given(HISTORIES.settled).when(disputeByComplaint, complaint, read(DISPUTE, null)).then([]);
    given(HISTORIES.settled)
      .when(disputeByComplaint, complaint, { ...read(DISPUTE), reads: { complaint: undefined } })
      .then([]);
    for (const status of ['open', 'agreed', 'failed', 'escalated', 'disputed', 'expired'] as const) {
      given(HISTORIES[status]).when(disputeByComplaint, complaint, read(DISPUTE)).then([]);
    }
    given([])
      .when(disputeByComplaint, complaint, read(DISPUTE))
      .then({ kind: 'notFound', code: 'UNKNOWN_NEGOTIATION' });
  });
});

describe('a settlement for several who complain together (S1 Art. 12, T-17)', () => {
  const ID = '01JP0000000000000000000000';
  const agreement = (consenting: readonly number[], procedure = `negotiation-${ID}`) => ({
    complainants: 3,
    representatives: [1],
    consents: [{ act: 'agreement' as const, procedure, consenting, refusing: [] }],
  });
  const settledWith = (joint: ReturnType<typeof agreement> | undefined) =>
    given(HISTORIES.claimed).when(confirm, {}, { ...as('public', '2026-03-09'), id: ID, reads: { joint } });
  const confirmation = { basis: 'consumer', offer: 1, recoveredFen: null } as const;

  it('needs the consent of those who are represented', () => {
    const missing = { kind: 'conflict', code: 'CONSENT_OF_REPRESENTED_REQUIRED' } as const;
    settledWith(agreement([])).then(missing);
    settledWith(agreement([2])).then(missing);
    settledWith(agreement([2, 3], 'complaint-01JP0000000000000000000000')).then(missing);
    for (const enough of [agreement([2, 3]), { ...agreement([]), complainants: 1, representatives: [] }, undefined]) {
      settledWith(enough).then([{ type: 'SettlementConfirmed', data: confirmation }]);
    }
  });
  it('comes about by no silence without it', () => {
    const over = { actor: { id: 'clock', role: 'process' }, occurredAt: noon('2026-03-14'), id: ID } as const;
    const silent = (joint: ReturnType<typeof agreement>) =>
      given([...HISTORIES.claimed, notified], lawOfSilence).when(confirmBySilence, {}, { ...over, reads: { joint } })
        .decision;
    expect(silent(agreement([2]))).toEqual([]);
    expect(silent(agreement([2, 3]))).toMatchObject([{ type: 'SettlementConfirmed', data: { basis: 'silence' } }]);
  });
});
