import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import type { DecisionContext, GivenEvent, Instant } from '#kernel';
import { documentsGiven, foldGiven, given, GIVEN_NOW, isRefusal, localDateOf, recorded, usccOf } from '#kernel';
import type { ConcludeComplaint } from './commands.ts';
import type { ComplaintState } from './complaint.ts';
import { evolve, initial } from './complaint.ts';
import { accept, conclude, decline, notifyAcceptanceDecision, notifyTermination, receive } from './decide.ts';
import type { ComplaintEvent, ComplaintEvents, RecordedComplaintEvent } from './events.ts';
import { COMPLAINT_RESULTS, DISQUALIFICATIONS, TERMINATION_GROUNDS } from './events.ts';
import type { ReceiveReads } from './reads.ts';
import { evolveDispute, evolveNegotiation, unreadDispute, unreadNegotiation } from './reads.ts';
import { parseComplaintRules } from './rules.ts';
import { complaintsView } from './views/complaints.ts';

const complaint = { initial, evolve };
type Given = GivenEvent<RecordedComplaintEvent>;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ago = (days: number): Instant => GIVEN_NOW - days * DAY;
const at = (iso: string) => ({ occurredAt: Date.parse(iso), today: localDateOf(Date.parse(iso)) });
const USCC = usccOf('91330600', '12345678');
const OTHER_USCC = usccOf('91330600', '87654321');
const DISPUTE = '01JN0000000000000000000000';
const NEGOTIATION = '01JN0000000000000000000001';

const rules = parseComplaintRules(readFileSync(new URL('./rules.yaml', import.meta.url), 'utf8'));
const as = (role: string): Partial<DecisionContext> => ({ actor: { id: 'key-1', role } });
const persons = {
  complainant: { personId: 'person-1', tokens: { phone: 'phone-token', name: 'name-token' } },
  respondent: { personId: 'person-2', tokens: {} },
};
const reason = { persons: { reason: { personId: 'reason-1', tokens: {} } } };

const receipt: ComplaintEvents['ComplaintReceived'] = {
  disputeId: DISPUTE,
  authority: 'Yuecheng Market Supervision Office',
  handlingRegion: '330602',
  respondentUscc: USCC,
  respondentRegion: '330603',
  respondent: 'person-2',
  complainant: 'person-1',
  complainantTokens: { phone: 'phone-token', name: 'name-token' },
  sector: null,
  channel: null,
  escalatedFrom: null,
  workOrderId: null,
  knewOn: null,
};
const received: Given = { type: 'ComplaintReceived', occurredAt: ago(100), data: receipt };
const accepted: Given = {
  type: 'ComplaintAccepted',
  occurredAt: ago(90),
  data: { acceptedOn: localDateOf(ago(90)) },
};
const declined: Given = {
  type: 'ComplaintNotAccepted',
  occurredAt: ago(90),
  data: { ground: '16(1)', reason: 'reason-1', remedies: ['arbitration'] },
};
const notified = (decision: 'accepted' | 'not-accepted'): Given => ({
  type: 'AcceptanceDecisionNotified',
  occurredAt: ago(80),
  data: { decision, channel: 'sms' },
});
const concluded = (more: Partial<ComplaintEvents['ComplaintConcluded']> = {}): Given => ({
  type: 'ComplaintConcluded',
  occurredAt: ago(20),
  data: { result: 'terminated', ground: '23(1)(2)', disqualification: null, evidence: [], recoveredFen: null, ...more },
});
const terminationNotified: Given = {
  type: 'MediationTerminationNotified',
  occurredAt: ago(10),
  data: { channel: 'mail' },
};
const closed: Given = { type: 'ComplaintClosed', occurredAt: ago(10), data: {} };

const underMediation = [received, accepted, notified('accepted')];

describe('no complaint yet', () => {
  const command = {
    disputeId: DISPUTE,
    authority: receipt.authority,
    handlingRegion: '330602',
    complainantName: '',
    complainantPhone: '',
    complainantAddress: '',
    respondentName: '',
    content: '',
  };
  const reads: ReceiveReads = {
    dispute: { respondentUscc: USCC, respondentRegion: '330603' },
    negotiation: { disputeId: DISPUTE, escalatedAt: ago(1) },
  };
  const receiveWith = (
    more: object = {},
    changed: Partial<ReceiveReads> = {},
    context: Partial<DecisionContext<ReceiveReads>> = {},
  ) =>
    given(complaint).when(
      receive,
      { ...command, ...more },
      {
        persons,
        reads: { ...reads, ...changed },
        ...context,
      },
    );
  const event = (more: Partial<typeof receipt> = {}): ComplaintEvent[] => [
    { type: 'ComplaintReceived', data: { ...receipt, ...more } },
  ];

  it('is received with the region and respondent of the dispute, people by reference', () => {
    receiveWith().then(event());
    receiveWith({ respondentUscc: USCC.toLowerCase() }).then(event());
  });

  it('keeps everything else that was said', () => {
    const more = { sector: 'retail', channel: '12315', workOrderId: '12345-7', knewOn: '2026-03-04' };
    receiveWith(more).then(event(more));
  });

  it('names the respondent the dispute does not name yet, or none', () => {
    const dispute = { respondentUscc: null, respondentRegion: '330603' };
    receiveWith({ respondentUscc: OTHER_USCC }, { dispute }).then(event({ respondentUscc: OTHER_USCC }));
    receiveWith({}, { dispute }, { persons: { complainant: persons.complainant } }).then(
      event({ respondentUscc: null, respondent: null }),
    );
  });

  it('refuses an unknown dispute', () => {
    receiveWith({}, { dispute: undefined }).then({ kind: 'invalid', code: 'UNKNOWN_DISPUTE', field: 'disputeId' });
  });

  it('refuses another respondent than the dispute names', () => {
    receiveWith({ respondentUscc: OTHER_USCC }).then({
      kind: 'conflict',
      code: 'RESPONDENT_MISMATCH',
      field: 'respondentUscc',
    });
  });

  it('refuses a complaint of nobody', () => {
    receiveWith({}, {}, { persons: {} }).then({
      kind: 'invalid',
      code: 'COMPLAINANT_REQUIRED',
      field: 'complainantName',
    });
  });

  it('refuses knowledge after receipt, by the legal day', () => {
    receiveWith({ knewOn: '2026-03-05' }).then({ kind: 'invalid', code: 'KNEW_AFTER_RECEIPT', field: 'knewOn' });
    receiveWith({ knewOn: '2026-03-05' }, {}, at('2026-03-04T16:00:00Z')).then(event({ knewOn: '2026-03-05' }));
  });

  it('follows an escalated negotiation of the same dispute, not before its escalation', () => {
    const escalatedFrom = NEGOTIATION;
    receiveWith({ escalatedFrom }).then(event({ escalatedFrom }));
    receiveWith({ escalatedFrom }, {}, { occurredAt: ago(1) }).then(event({ escalatedFrom }));
    receiveWith({ escalatedFrom }, {}, { occurredAt: ago(1) - 1 }).then({
      kind: 'invalid',
      code: 'RECEIVED_BEFORE_ESCALATION',
      field: 'occurredAt',
    });
  });

  it('refuses to follow any other negotiation', () => {
    const field = 'escalatedFrom';
    const follow = (negotiation: ReceiveReads['negotiation']) =>
      receiveWith({ escalatedFrom: NEGOTIATION }, { negotiation });
    follow(undefined).then({ kind: 'invalid', code: 'UNKNOWN_NEGOTIATION', field });
    follow({ disputeId: 'another', escalatedAt: ago(1) }).then({
      kind: 'conflict',
      code: 'NEGOTIATION_OF_OTHER_DISPUTE',
      field,
    });
    follow({ disputeId: DISPUTE, escalatedAt: null }).then({
      kind: 'conflict',
      code: 'NEGOTIATION_NOT_ESCALATED',
      field,
    });
  });

  it('refuses every other command', () => {
    const refusal = { kind: 'notFound', code: 'UNKNOWN_COMPLAINT' } as const;
    const nothing = given(complaint);
    nothing.when(accept(rules), {}).then(refusal);
    nothing.when(decline, { ground: '16(1)', reason: '', remedies: ['arbitration'] }).then(refusal);
    nothing.when(notifyAcceptanceDecision, { channel: 'sms' }).then(refusal);
    nothing.when(conclude(rules), { result: 'mediated' }).then(refusal);
    nothing.when(notifyTermination, { channel: 'sms' }).then(refusal);
  });
});

describe('what is read of other streams', () => {
  it('takes the last respondent of the dispute', () => {
    const dispute = foldGiven({ initial: unreadDispute, evolve: evolveDispute }, [
      { type: 'DisputeOpened', data: { respondentUscc: null, respondentRegion: '330601', sector: 'retail' } },
      { type: 'DisputeRespondentIdentified', data: { respondentUscc: USCC, respondentRegion: '330602', reason: '' } },
      { type: 'SomethingElse', data: {} },
    ]);
    expect(dispute).toEqual({ respondentUscc: USCC, respondentRegion: '330602' });
  });

  it('takes the dispute and the escalation of the negotiation', () => {
    const negotiation = foldGiven({ initial: unreadNegotiation, evolve: evolveNegotiation }, [
      { type: 'NegotiationOpened', data: { disputeId: DISPUTE } },
      { type: 'NegotiationAcknowledged', data: {}, occurredAt: 5 },
      { type: 'NegotiationEscalated', data: { from: 'open' }, occurredAt: 7 },
    ]);
    expect(negotiation).toEqual({ disputeId: DISPUTE, escalatedAt: 7 });
  });
});

describe('received', () => {
  const start = given(complaint, [received]);

  it('is accepted by an officer on the legal day of the decision', () => {
    for (const role of ['officer', 'administrator']) {
      start
        .when(accept(rules), {}, { ...as(role), ...at('2026-03-03T16:30:00Z') })
        .then([{ type: 'ComplaintAccepted', data: { acceptedOn: '2026-03-04' } }]);
    }
  });

  it('is accepted until three years after the consumer knew, the last day included', () => {
    const receivedOn = (iso: string, knewOn: string | null): Given => ({
      ...(received as Extract<Given, { type: 'ComplaintReceived' }>),
      occurredAt: iso,
      data: { ...receipt, knewOn },
    });
    const acceptance = { type: 'ComplaintAccepted', data: { acceptedOn: '2026-03-04' } } as const;
    const passed = { kind: 'conflict', code: 'LIMITATION_PASSED', field: 'knewOn' } as const;
    const inTime = given(complaint, [receivedOn('2026-03-02T15:59:59Z', '2023-03-02')]);
    inTime.when(accept(rules), {}).then([acceptance]);
    const dayAfter = given(complaint, [receivedOn('2026-03-02T16:00:00Z', '2023-03-02')]);
    dayAfter.when(accept(rules), {}).then(passed);
    // The officer's finding takes the place of what was said at receipt, either way.
    const found = { type: 'ComplaintAccepted', data: { acceptedOn: '2026-03-04', knewOn: '2023-03-03' } } as const;
    dayAfter.when(accept(rules), { knewOn: '2023-03-03' }).then([found]);
    inTime.when(accept(rules), { knewOn: '2023-03-01' }).then(passed);
    given(complaint, [receivedOn('2027-02-28T04:00:00Z', '2024-02-29')])
      .when(accept(rules), {}, at('2027-02-28T05:00:00Z'))
      .then([{ type: 'ComplaintAccepted', data: { acceptedOn: '2027-02-28' } }]);
  });

  it('refuses a finding of knowledge after receipt', () => {
    start
      .when(accept(rules), { knewOn: '2026-03-04' })
      .then({ kind: 'invalid', code: 'KNEW_AFTER_RECEIPT', field: 'knewOn' });
  });

  it('is declined with reason and remedies', () => {
    start.when(decline, { ground: '16(4)', reason: '', remedies: ['arbitration', 'lawsuit'] }, reason).then([
      {
        type: 'ComplaintNotAccepted',
        data: { ground: '16(4)', reason: 'reason-1', remedies: ['arbitration', 'lawsuit'] },
      },
    ]);
  });

  it('is not declined without a reason or without remedies', () => {
    start
      .when(decline, { ground: '16(1)', reason: '', remedies: ['arbitration'] })
      .then({ kind: 'invalid', code: 'REASON_REQUIRED', field: 'reason' });
    start
      .when(decline, { ground: '16(1)', reason: '', remedies: [] }, reason)
      .then({ kind: 'invalid', code: 'REMEDIES_REQUIRED', field: 'remedies' });
  });

  it('is decided by a person of the authority, never by a process', () => {
    const refusal = { kind: 'forbidden', code: 'HUMAN_DECISION_REQUIRED' } as const;
    for (const role of ['process', 'hotline', 'merchant']) {
      start.when(accept(rules), {}, as(role)).then(refusal);
      start
        .when(decline, { ground: '16(1)', reason: '', remedies: ['arbitration'] }, { ...reason, ...as(role) })
        .then(refusal);
      start.when(conclude(rules), { result: 'withdrawn' }, as(role)).then(refusal);
    }
  });

  it('can be withdrawn, and not otherwise be concluded', () => {
    start.when(conclude(rules), { result: 'withdrawn' }).then([
      {
        type: 'ComplaintConcluded',
        data: { result: 'withdrawn', ground: null, disqualification: null, evidence: [], recoveredFen: null },
      },
      { type: 'ComplaintClosed', data: {} },
    ]);
    const refusal = { kind: 'conflict', code: 'NOT_YET_ACCEPTED', field: 'result' } as const;
    start.when(conclude(rules), { result: 'mediated' }).then(refusal);
    start.when(conclude(rules), { result: 'terminated', ground: '23(1)(2)' }).then(refusal);
  });

  it('has nothing to notify', () => {
    start.when(notifyAcceptanceDecision, { channel: 'sms' }).then({ kind: 'conflict', code: 'NO_DECISION_TO_NOTIFY' });
    start.when(notifyTermination, { channel: 'sms' }).then({ kind: 'conflict', code: 'NO_TERMINATION_TO_NOTIFY' });
  });

  it('refuses a step before its receipt', () => {
    const refusal = { kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' } as const;
    start.when(accept(rules), {}, { occurredAt: ago(100) - 1 }).then(refusal);
    start.when(conclude(rules), { result: 'withdrawn' }, { occurredAt: ago(100) - 1 }).then(refusal);
    start
      .when(accept(rules), {}, { occurredAt: ago(100), today: localDateOf(ago(100)) })
      .then([{ type: 'ComplaintAccepted', data: { acceptedOn: localDateOf(ago(100)) } }]);
  });

  it('is not received a second time', () => {
    const reads = { dispute: undefined, negotiation: undefined };
    const again = {
      ...{ disputeId: DISPUTE, authority: '', handlingRegion: '330602', complainantName: '', complainantPhone: '' },
      ...{ complainantAddress: '', respondentName: '', content: '' },
    };
    start.when(receive, again, { reads }).then({ kind: 'conflict', code: 'COMPLAINT_EXISTS' });
  });
});

describe('not accepted', () => {
  it('is notified, and then takes nothing more', () => {
    given(complaint, [received, declined])
      .when(notifyAcceptanceDecision, { channel: 'letter' })
      .then([{ type: 'AcceptanceDecisionNotified', data: { decision: 'not-accepted', channel: 'letter' } }]);
    given(complaint, [received, declined, notified('not-accepted')])
      .when(notifyAcceptanceDecision, { channel: 'letter' })
      .then({ kind: 'conflict', code: 'ALREADY_NOTIFIED' });
  });

  it('is neither decided again nor concluded, notified or not', () => {
    const refusal = { kind: 'conflict', code: 'ALREADY_DECLINED' } as const;
    for (const history of [
      [received, declined],
      [received, declined, notified('not-accepted')],
    ]) {
      const end = given(complaint, history);
      end.when(accept(rules), {}).then(refusal);
      end.when(decline, { ground: '16(1)', reason: '', remedies: ['arbitration'] }, reason).then(refusal);
      end.when(conclude(rules), { result: 'withdrawn' }).then(refusal);
      end.when(notifyTermination, { channel: 'sms' }).then({ kind: 'conflict', code: 'NO_TERMINATION_TO_NOTIFY' });
    }
  });
});

describe('accepted, not notified', () => {
  const start = given(complaint, [received, accepted]);

  it('is notified', () => {
    start
      .when(notifyAcceptanceDecision, { channel: 'sms' })
      .then([{ type: 'AcceptanceDecisionNotified', data: { decision: 'accepted', channel: 'sms' } }]);
  });

  it('is not concluded before the notice, unless withdrawn', () => {
    start.when(conclude(rules), { result: 'mediated' }).then({ kind: 'conflict', code: 'DECISION_NOT_NOTIFIED' });
    expect(isRefusal(start.when(conclude(rules), { result: 'withdrawn' }).decision)).toBe(false);
  });

  it('is not decided again', () => {
    const refusal = { kind: 'conflict', code: 'ALREADY_ACCEPTED' } as const;
    start.when(accept(rules), {}).then(refusal);
    start.when(decline, { ground: '16(1)', reason: '', remedies: ['arbitration'] }, reason).then(refusal);
  });
});

describe('in mediation', () => {
  const start = given(complaint, underMediation);
  const concludeWith = (command: Omit<ConcludeComplaint, 'occurredAt'>, context: Partial<DecisionContext> = {}) =>
    start.when(conclude(rules), command, context);
  const conclusion = (more: Partial<ComplaintEvents['ComplaintConcluded']>): ComplaintEvent => ({
    type: 'ComplaintConcluded',
    data: { result: 'terminated', ground: null, disqualification: null, evidence: [], recoveredFen: null, ...more },
  });
  const closing: ComplaintEvent = { type: 'ComplaintClosed', data: {} };

  it('is not notified again', () => {
    start.when(notifyAcceptanceDecision, { channel: 'sms' }).then({ kind: 'conflict', code: 'ALREADY_NOTIFIED' });
  });

  it('closes at once when mediated, settled by the parties or withdrawn', () => {
    concludeWith({ result: 'mediated', recoveredFen: 5_000, evidence: ['doc-1'] }, as('mediator')).then([
      conclusion({ result: 'mediated', recoveredFen: 5_000, evidence: ['doc-1'] }),
      closing,
    ]);
    concludeWith({ result: 'terminated', ground: '23(1)(1)', evidence: ['refund-1'] }).then([
      conclusion({ ground: '23(1)(1)', evidence: ['refund-1'] }),
      closing,
    ]);
    concludeWith({ result: 'withdrawn' }).then([conclusion({ result: 'withdrawn' }), closing]);
  });

  it('waits for the notice of termination on any other ground', () => {
    for (const ground of TERMINATION_GROUNDS.filter((each) => each !== '23(1)(1)' && each !== '23(1)(6)')) {
      concludeWith({ result: 'terminated', ground }).then([conclusion({ ground })]);
    }
    for (const disqualification of DISQUALIFICATIONS) {
      concludeWith({ result: 'terminated', ground: '23(1)(6)', disqualification }).then([
        conclusion({ ground: '23(1)(6)', disqualification }),
      ]);
    }
  });

  it('refuses a ground that is missing or out of place', () => {
    concludeWith({ result: 'terminated' }).then({ kind: 'invalid', code: 'GROUND_REQUIRED', field: 'ground' });
    for (const result of ['mediated', 'withdrawn'] as const) {
      concludeWith({ result, ground: '23(1)(2)' }).then({
        kind: 'invalid',
        code: 'GROUND_NOT_APPLICABLE',
        field: 'ground',
      });
    }
  });

  it('refuses a disqualification that is missing or out of place', () => {
    concludeWith({ result: 'terminated', ground: '23(1)(6)' }).then({
      kind: 'invalid',
      code: 'DISQUALIFICATION_REQUIRED',
      field: 'disqualification',
    });
    const misplaced = { kind: 'invalid', code: 'DISQUALIFICATION_NOT_APPLICABLE', field: 'disqualification' } as const;
    concludeWith({ result: 'terminated', ground: '23(1)(2)', disqualification: '42' }).then(misplaced);
    concludeWith({ result: 'mediated', disqualification: '42' }).then(misplaced);
  });

  it('refuses a settlement between the parties without proof', () => {
    const refusal = { kind: 'invalid', code: 'EVIDENCE_REQUIRED', field: 'evidence' } as const;
    concludeWith({ result: 'terminated', ground: '23(1)(1)' }).then(refusal);
    concludeWith({ result: 'terminated', ground: '23(1)(1)', evidence: [] }).then(refusal);
  });

  it('is terminated for time from the sixtieth day after acceptance on, by legal days', () => {
    const acceptedInJanuary = given(complaint, [
      { ...received, occurredAt: '2026-01-01T00:00:00Z' },
      { ...accepted, occurredAt: '2026-01-01T16:00:00Z', data: { acceptedOn: '2026-01-02' } } as Given,
      { ...notified('accepted'), occurredAt: '2026-01-03T00:00:00Z' },
    ]);
    const command = { result: 'terminated', ground: '23(1)(5)' } as const;
    acceptedInJanuary
      .when(conclude(rules), command, at('2026-03-02T15:59:59Z'))
      .then({ kind: 'conflict', code: 'MEDIATION_LIMIT_NOT_REACHED', field: 'ground' });
    acceptedInJanuary
      .when(conclude(rules), command, at('2026-03-02T16:00:00Z'))
      .then([conclusion({ ground: '23(1)(5)' })]);
  });

  it('has no termination to notify', () => {
    start.when(notifyTermination, { channel: 'sms' }).then({ kind: 'conflict', code: 'NO_TERMINATION_TO_NOTIFY' });
  });
});

describe('terminated, not notified', () => {
  const start = given(complaint, [...underMediation, concluded()]);

  it('closes with the notice of termination', () => {
    start.when(notifyTermination, { channel: 'mail' }).then([
      { type: 'MediationTerminationNotified', data: { channel: 'mail' } },
      { type: 'ComplaintClosed', data: {} },
    ]);
  });

  it('refuses a notice before the termination', () => {
    start
      .when(notifyTermination, { channel: 'mail' }, { occurredAt: ago(20) - 1 })
      .then({ kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' });
  });

  it('takes nothing else', () => refusesAll([...underMediation, concluded()], 'ALREADY_CONCLUDED'));
});

describe('closed', () => {
  const history = [...underMediation, concluded(), terminationNotified, closed];

  it('takes nothing more', () => {
    refusesAll(history, 'COMPLAINT_CLOSED');
    given(complaint, history)
      .when(notifyTermination, { channel: 'sms' })
      .then({ kind: 'conflict', code: 'COMPLAINT_CLOSED' });
  });
});

function refusesAll(history: readonly Given[], code: string): void {
  const refusal = { kind: 'conflict', code } as const;
  const end = given(complaint, history);
  end.when(accept(rules), {}).then(refusal);
  end.when(decline, { ground: '16(1)', reason: '', remedies: ['arbitration'] }, reason).then(refusal);
  end.when(notifyAcceptanceDecision, { channel: 'sms' }).then(refusal);
  end.when(conclude(rules), { result: 'mediated' }).then(refusal);
}

describe('the rules', () => {
  it('hold the numbers of the law', () => {
    expect(rules.limitation.years).toBe(3);
    expect(rules.mediationLimit.atLeastDays).toBe(60);
  });

  it('are refused when a number is missing', () => {
    for (const text of ['', '{}', 'limitation: { years: 3 }', 'limitation: { years: 3 }\nmediationLimit: {}']) {
      expect(() => parseComplaintRules(text)).toThrow('rules of complaints');
    }
  });
});

describe('a history that cannot be', () => {
  it('is thrown at, not folded', () => {
    expect(() => foldGiven(complaint, [accepted])).toThrow('begins with');
    expect(() => documentsGiven(complaintsView, [accepted])).toThrow('begins with');
  });
});

describe('the view', () => {
  const document = (...events: Given[]) =>
    documentsGiven(
      complaintsView,
      events.map((event) => ({ ...event, stream: 'complaint-C1' })),
    ).get('C1');
  const iso = (days: number) => new Date(ago(days)).toISOString();

  it('follows a complaint to its closing', () => {
    const { complainantTokens, ...kept } = receipt;
    expect(complainantTokens).toBeDefined();
    expect(document(...underMediation, concluded({ recoveredFen: 7 }), terminationNotified, closed)).toEqual({
      ...kept,
      status: 'closed',
      receivedAt: iso(100),
      acceptedOn: localDateOf(ago(90)),
      decidedAt: iso(90),
      nonAcceptanceGround: null,
      reason: null,
      remedies: [],
      decisionNotifiedAt: iso(80),
      result: 'terminated',
      ground: '23(1)(2)',
      disqualification: null,
      evidence: [],
      recoveredFen: 7,
      concludedAt: iso(20),
      terminationNotifiedAt: iso(10),
      closedAt: iso(10),
    });
  });

  it('names every status', () => {
    expect(document(received)?.status).toBe('received');
    expect(document(received, accepted)?.status).toBe('accepted');
    expect(document(...underMediation, concluded())?.status).toBe('concluded');
    expect(document(received, declined, notified('not-accepted'))).toMatchObject({
      status: 'not-accepted',
      nonAcceptanceGround: '16(1)',
      reason: 'reason-1',
      remedies: ['arbitration'],
      decisionNotifiedAt: iso(80),
    });
  });

  it('shows the day of knowledge as found at acceptance', () => {
    const found: Given = { type: 'ComplaintAccepted', data: { acceptedOn: '2026-03-04', knewOn: '2025-01-01' } };
    expect(document(received, found)?.knewOn).toBe('2025-01-01');
  });
});

describe('any sequence of commands', () => {
  const step = fc.record({
    action: fc.constantFrom('accept', 'decline', 'notify', 'conclude', 'notify-termination'),
    role: fc.oneof(
      { weight: 5, arbitrary: fc.constant('officer') },
      { weight: 2, arbitrary: fc.constantFrom('mediator', 'administrator', 'process', 'merchant') },
    ),
    days: fc.integer({ min: -1, max: 45 }),
    result: fc.constantFrom(...COMPLAINT_RESULTS),
    ground: fc.option(fc.constantFrom(...TERMINATION_GROUNDS), { nil: undefined }),
    disqualification: fc.option(fc.constantFrom(...DISQUALIFICATIONS), { nil: undefined }),
    evidence: fc.array(fc.constant('doc-1'), { maxLength: 1 }),
    remedies: fc.array(fc.constant('arbitration'), { maxLength: 1 }),
    hasReason: fc.boolean(),
  });
  type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

  function decided(taken: Step, state: ComplaintState, moment: Instant) {
    const { result, ground, disqualification, evidence, remedies } = taken;
    const context = contextAt(moment, taken);
    switch (taken.action) {
      case 'accept':
        return accept(rules)({}, state, context);
      case 'decline':
        return decline({ ground: '16(7)', reason: '', remedies }, state, context);
      case 'notify':
        return notifyAcceptanceDecision({ channel: 'phone' }, state, context);
      case 'conclude': {
        const grounds = {
          ...(ground === undefined ? {} : { ground }),
          ...(disqualification === undefined ? {} : { disqualification }),
        };
        return conclude(rules)({ result, evidence, ...grounds }, state, context);
      }
      default:
        return notifyTermination({ channel: 'phone' }, state, context);
    }
  }

  function contextAt(occurredAt: Instant, { role, hasReason }: Step): DecisionContext {
    return {
      now: occurredAt,
      occurredAt,
      today: localDateOf(occurredAt),
      actor: { id: 'key-1', role },
      bounds: { region: null, subject: null },
      id: 'C1',
      version: 1,
      payloadDigest: '',
      persons: hasReason ? reason.persons : {},
      reads: {},
    };
  }

  function play(steps: readonly Step[]): Set<string> {
    let [event] = recorded<RecordedComplaintEvent>([received]);
    let state = evolve(initial, event!);
    const history: RecordedComplaintEvent[] = [event!];
    const seen = new Set<string>();
    for (const taken of steps) {
      const moment = history.at(-1)!.occurredAt + taken.days * DAY;
      const decision = decided(taken, state, moment);
      if (isRefusal(decision)) {
        seen.add(decision.code);
        continue;
      }
      expect(decision.length).toBeGreaterThan(0);
      for (const next of decision) {
        holds(history, next, moment, taken.role);
        [event] = recorded<RecordedComplaintEvent>([{ ...next, occurredAt: moment } as Given]);
        history.push(event!);
        state = evolve(state, event!);
        seen.add(next.type);
      }
    }
    return seen;
  }

  function holds(
    history: readonly RecordedComplaintEvent[],
    next: ComplaintEvent,
    moment: Instant,
    role: string,
  ): void {
    const types = history.map((past) => past.type);
    expect(types).not.toContain('ComplaintClosed');
    // Nothing happens twice in one procedure: one decision, one conclusion, one notice of each.
    expect(types).not.toContain(next.type);
    expect(moment).toBeGreaterThanOrEqual(history.at(-1)!.occurredAt);
    if (types.includes('ComplaintNotAccepted')) expect(next.type).toBe('AcceptanceDecisionNotified');
    switch (next.type) {
      case 'ComplaintAccepted':
      case 'ComplaintNotAccepted':
        expect(types).toEqual(['ComplaintReceived']);
        expect(['officer', 'administrator']).toContain(role);
        if (next.type === 'ComplaintNotAccepted') expect(next.data.remedies).not.toHaveLength(0);
        break;
      case 'ComplaintConcluded':
        expect(['officer', 'administrator', 'mediator']).toContain(role);
        concludesRightly(history, next.data, moment);
        break;
      case 'MediationTerminationNotified':
        expect(types).toContain('ComplaintConcluded');
        break;
      default:
        break;
    }
  }

  function concludesRightly(
    history: readonly RecordedComplaintEvent[],
    { result, ground, disqualification, evidence }: ComplaintEvents['ComplaintConcluded'],
    moment: Instant,
  ): void {
    const acceptance = history.find((past) => past.type === 'ComplaintAccepted');
    if (result !== 'withdrawn') {
      expect(acceptance).toBeDefined();
      expect(history.map((past) => past.type)).toContain('AcceptanceDecisionNotified');
    }
    expect(ground !== null).toBe(result === 'terminated');
    expect(disqualification !== null).toBe(ground === '23(1)(6)');
    if (ground === '23(1)(1)') expect(evidence).not.toHaveLength(0);
    if (ground === '23(1)(5)') expect(moment - acceptance!.occurredAt).toBeGreaterThanOrEqual(60 * DAY);
  }

  it('decides once, concludes once, and never without notice, ground and proof', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 30, size: 'max' }), (steps) => {
        for (const name of play(steps)) seen.add(name);
      }),
      { numRuns: 600, seed: 20_260_304 },
    );
    // The sequences really got everywhere: otherwise the property above would prove nothing.
    for (const name of [
      ...['ComplaintAccepted', 'ComplaintNotAccepted', 'AcceptanceDecisionNotified', 'ComplaintConcluded'],
      ...['MediationTerminationNotified', 'ComplaintClosed', 'EVIDENCE_REQUIRED', 'MEDIATION_LIMIT_NOT_REACHED'],
      ...['REMEDIES_REQUIRED', 'DECISION_NOT_NOTIFIED', 'HUMAN_DECISION_REQUIRED', 'COMPLAINT_CLOSED'],
      ...['ALREADY_CONCLUDED', 'ALREADY_DECLINED', 'OCCURRED_BEFORE_PREVIOUS_STEP'],
    ]) {
      expect(seen).toContain(name);
    }
  });
});
