import { describe, expect, it } from '@jest/globals';
import type { DecisionContext, RecordedEvent } from '#kernel';
import { documentsGiven, foldGiven, isRefusal, localDateOf, usccOf } from '#kernel';
import { unreadOrigin, type WorkOrderOrigin } from '#work-orders/events';
import type { ConcludeComplaint } from './commands.ts';
import { accept, conclude, decline, notifyAcceptanceDecision, notifyTermination, receive } from './decide.ts';
import type { ComplaintEvent, ComplaintEvents } from './events.ts';
import { DISQUALIFICATIONS, TERMINATION_GROUNDS } from './events.ts';
import type { ReceiveReads } from './reads.ts';
import { evolveDispute, evolveNegotiation, unreadDispute, unreadNegotiation } from './reads.ts';
import {
  accepted,
  ago,
  at,
  closed,
  complaint,
  concluded,
  declined,
  givenComplaint,
  notified,
  reading,
  receipt,
  received,
  receivedAt,
  terminationNotified,
  underMediation,
  withoutClocks,
  type Given,
} from './testing/given-complaint.ts';
import { complaintsView } from './views/complaints.ts';

const USCC = receipt.respondentUscc!;
const OTHER_USCC = usccOf('91330600', '87654321');
const DISPUTE = receipt.disputeId;
const NEGOTIATION = '01JN0000000000000000000001';

const as = (role: string): Partial<DecisionContext> => ({ actor: { id: 'key-1', role } });
const persons = {
  complainant: { personId: 'person-1', tokens: { phone: 'phone-token', name: 'name-token' } },
  respondent: { personId: 'person-2', tokens: {} },
};
const reason = { persons: { reason: { personId: 'reason-1', tokens: {} } } };

/** The events that open clocks, with the version of the rule they stand under. */
const acceptance = (acceptedOn: string, more: { knewOn?: string } = {}): ComplaintEvent => {
  const mediation = reading('mediation', acceptedOn);
  return {
    type: 'ComplaintAccepted',
    ruleVersion: mediation.rule!,
    data: { acceptedOn, ...more, clocks: [mediation] },
  };
};

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
    dispute: { respondentUscc: USCC, respondentRegion: '330603', mergedInto: null },
    negotiation: { disputeId: DISPUTE, escalatedAt: ago(1) },
  };
  const receiveWith = (
    more: object = {},
    changed: Partial<ReceiveReads> = {},
    context: Partial<DecisionContext<ReceiveReads>> = {},
  ) =>
    givenComplaint().when(
      receive,
      { ...command, ...more },
      {
        persons,
        reads: { ...reads, ...changed },
        ...context,
      },
    );
  const event = (more: Partial<typeof receipt> = {}, receivedOn = '2026-03-04'): ComplaintEvent[] => {
    const clock = reading('acceptance', receivedOn);
    return [{ type: 'ComplaintReceived', ruleVersion: clock.rule!, data: { ...receipt, ...more, clocks: [clock] } }];
  };

  it('is received with the region and respondent of the dispute, people by reference', () => {
    receiveWith().then(event());
    receiveWith({ respondentUscc: USCC.toLowerCase() }).then(event());
  });

  it('opens the seven working days of acceptance with its receipt', () => {
    receiveWith().then([
      {
        type: 'ComplaintReceived',
        ruleVersion: 'L-01/SC-778@2024-07-01:46(2)',
        data: {
          ...receipt,
          clocks: [
            { clock: 'acceptance', rule: 'L-01/SC-778@2024-07-01:46(2)', calendar: 'CN-2026.1', due: '2026-03-13' },
          ],
        },
      },
    ]);
  });

  it('keeps everything else that was said', () => {
    const more = { sector: 'retail', channel: '12315', workOrderId: '12345-7', knewOn: '2026-03-04' };
    const workOrder = { classification: 'complaint', isSplit: false, isRedirected: false } as const;
    receiveWith(more, { workOrder }).then(event(more));
  });

  it('comes from a letter that is one, and from a mixed one once that was split (S1 Art. 9)', () => {
    const from = (workOrder: Partial<WorkOrderOrigin>) =>
      receiveWith({ workOrderId: '12345-7' }, { workOrder: { ...unreadOrigin, ...workOrder } });
    const refused = (code: string) => ({ kind: 'conflict', code }) as const;
    from({ classification: 'mixed', isSplit: true }).then(event({ workOrderId: '12345-7' }));
    from({ classification: 'mixed' }).then(refused('WORK_ORDER_NOT_SPLIT'));
    from({ classification: 'report' }).then(refused('WORK_ORDER_OF_ANOTHER_KIND'));
    from({}).then(refused('WORK_ORDER_NOT_CLASSIFIED'));
    from({ classification: 'other', isRedirected: true }).then(refused('WORK_ORDER_REDIRECTED'));
  });

  it('refuses a letter that nobody has registered', () => {
    const unknown = { kind: 'invalid', code: 'UNKNOWN_WORK_ORDER', field: 'workOrderId' } as const;
    receiveWith({ workOrderId: '12345-7' }, { workOrder: undefined }).then(unknown);
  });

  it('refuses a dispute that is told with another one, and names that', () => {
    const dispute = { respondentUscc: USCC, respondentRegion: '330603', mergedInto: 'D2' };
    receiveWith({}, { dispute }).then({ kind: 'conflict', code: 'DISPUTE_MERGED', field: 'disputeId' });
    const story = ['DisputeOpened', 'DisputeMergedInto', 'DisputeUnmerged'].map((type) => {
      const data = { respondentUscc: USCC, respondentRegion: '330603', primary: 'D2' };
      return { type, data } as unknown as RecordedEvent;
    });
    const merged = story.map((_, at) => story.slice(0, at + 1).reduce(evolveDispute, unreadDispute).mergedInto);
    expect(merged).toEqual([null, 'D2', null]);
  });

  it('names the respondent the dispute does not name yet, or none', () => {
    const dispute = { respondentUscc: null, respondentRegion: '330603', mergedInto: null };
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
    receiveWith({ knewOn: '2026-03-05' }, {}, at('2026-03-04T16:00:00Z')).then(
      event({ knewOn: '2026-03-05' }, '2026-03-05'),
    );
  });

  it('follows an escalated negotiation of the same dispute, not before its escalation', () => {
    const escalatedFrom = NEGOTIATION;
    receiveWith({ escalatedFrom }).then(event({ escalatedFrom }));
    receiveWith({ escalatedFrom }, {}, at('2026-03-03T02:00:00Z')).then(event({ escalatedFrom }, '2026-03-03'));
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
    const nothing = givenComplaint();
    nothing.when(accept, {}).then(refusal);
    nothing.when(decline, { ground: '16(1)', reason: '', remedies: ['arbitration'] }).then(refusal);
    nothing.when(notifyAcceptanceDecision, { channel: 'sms' }).then(refusal);
    nothing.when(conclude, { result: 'mediated' }).then(refusal);
    nothing.when(notifyTermination, { channel: 'sms' }).then(refusal);
  });

  it('keeps keyed tokens of what it is about, where the text has any (T-20)', () => {
    const complainant = { ...persons.complainant, textTokens: 'text-tokens' };
    const { decision } = receiveWith({}, {}, { persons: { ...persons, complainant } });
    expect(decision).toMatchObject([{ data: { textTokens: 'text-tokens' } }]);
  });
});

describe('what is read of other streams', () => {
  it('takes the last respondent of the dispute', () => {
    const dispute = foldGiven({ initial: unreadDispute, evolve: evolveDispute }, [
      { type: 'DisputeOpened', data: { respondentUscc: null, respondentRegion: '330601', sector: 'retail' } },
      { type: 'DisputeRespondentIdentified', data: { respondentUscc: USCC, respondentRegion: '330602', reason: '' } },
      { type: 'SomethingElse', data: {} },
    ]);
    expect(dispute).toEqual({ respondentUscc: USCC, respondentRegion: '330602', mergedInto: null });
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
  const start = givenComplaint([received]);

  it('is accepted by an officer on the legal day of the decision', () => {
    for (const role of ['officer', 'administrator']) {
      start.when(accept, {}, { ...as(role), ...at('2026-03-03T16:30:00Z') }).then([acceptance('2026-03-04')]);
    }
  });

  it('opens the mediation with its acceptance, which rolls off Labour Day', () => {
    const ruleVersion = 'L-02b/SC-778@2024-07-01:46(3)';
    const mediation = { clock: 'mediation', rule: ruleVersion, calendar: 'CN-2026.1' };
    const clocks = [{ ...mediation, due: '2026-05-06', strict: '2026-05-03' }];
    start
      .when(accept, {})
      .then([{ type: 'ComplaintAccepted', ruleVersion, data: { acceptedOn: '2026-03-04', clocks } }]);
  });

  it('is accepted until three years after the consumer knew, the last day included', () => {
    const receivedOn = (iso: string, knewOn: string) => givenComplaint([receivedAt(Date.parse(iso), { knewOn })]);
    const expired = { kind: 'conflict', code: 'LIMITATION_EXPIRED' } as const;
    const inTime = receivedOn('2026-03-02T15:59:59Z', '2023-03-02');
    inTime.when(accept, {}).then([acceptance('2026-03-04')]);
    const dayAfter = receivedOn('2026-03-02T16:00:00Z', '2023-03-02');
    dayAfter.when(accept, {}).then(expired);
    // The officer's finding takes the place of what was said at receipt, either way.
    dayAfter.when(accept, { knewOn: '2023-03-03' }).then([acceptance('2026-03-04', { knewOn: '2023-03-03' })]);
    inTime.when(accept, { knewOn: '2023-03-01' }).then(expired);
    receivedOn('2027-02-28T04:00:00Z', '2024-02-29')
      .when(accept, {}, at('2027-02-28T05:00:00Z'))
      .then([acceptance('2027-02-28')]);
  });

  it('is accepted after three years that end in a holiday until the first day after it', () => {
    const receivedOn = (iso: string) => givenComplaint([receivedAt(Date.parse(iso), { knewOn: '2023-10-01' })]);
    const later = at('2026-10-09T04:00:00Z');
    receivedOn('2026-10-08T15:59:59Z')
      .when(accept, {}, later)
      .then([acceptance('2026-10-09')]);
    receivedOn('2026-10-08T16:00:00Z').when(accept, {}, later).then({ kind: 'conflict', code: 'LIMITATION_EXPIRED' });
  });

  it('is not accepted of harm known in years for which nobody has a calendar', () => {
    for (const knewOn of ['1000-01-01', '1998-12-31', '2003-05-01']) {
      givenComplaint([receivedAt(ago(1), { knewOn })])
        .when(accept, {})
        .then({ kind: 'conflict', code: 'LIMITATION_EXPIRED' });
    }
  });

  it('refuses a finding of knowledge after receipt', () => {
    start.when(accept, { knewOn: '2026-03-04' }).then({ kind: 'invalid', code: 'KNEW_AFTER_RECEIPT', field: 'knewOn' });
  });

  it('is declined with reason and remedies', () => {
    start.when(decline, { ground: '16(4)', reason: '', remedies: ['arbitration', 'lawsuit'] }, reason).then([
      {
        type: 'ComplaintNotAccepted',
        data: {
          ground: '16(4)',
          provision: { source: 'S2 15', item: '(4)', ground: 'older-than-three-years' },
          reason: 'reason-1',
          remedies: ['arbitration', 'lawsuit'],
        },
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
      start.when(accept, {}, as(role)).then(refusal);
      start
        .when(decline, { ground: '16(1)', reason: '', remedies: ['arbitration'] }, { ...reason, ...as(role) })
        .then(refusal);
      start.when(conclude, { result: 'withdrawn' }, as(role)).then(refusal);
    }
  });

  it('can be withdrawn, and not otherwise be concluded', () => {
    start.when(conclude, { result: 'withdrawn' }).then([
      {
        type: 'ComplaintConcluded',
        data: { result: 'withdrawn', ground: null, disqualification: null, evidence: [], recoveredFen: null },
      },
      { type: 'ComplaintClosed', data: {} },
    ]);
    const refusal = { kind: 'conflict', code: 'NOT_YET_ACCEPTED', field: 'result' } as const;
    start.when(conclude, { result: 'mediated' }).then(refusal);
    start.when(conclude, { result: 'terminated', ground: '23(1)(2)' }).then(refusal);
  });

  it('has nothing to notify', () => {
    start.when(notifyAcceptanceDecision, { channel: 'sms' }).then({ kind: 'conflict', code: 'NO_DECISION_TO_NOTIFY' });
    start.when(notifyTermination, { channel: 'sms' }).then({ kind: 'conflict', code: 'NO_TERMINATION_TO_NOTIFY' });
  });

  it('refuses a step before its receipt', () => {
    const refusal = { kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' } as const;
    start.when(accept, {}, { occurredAt: ago(100) - 1 }).then(refusal);
    start.when(conclude, { result: 'withdrawn' }, { occurredAt: ago(100) - 1 }).then(refusal);
    start
      .when(accept, {}, { occurredAt: ago(100), today: localDateOf(ago(100)) })
      .then([acceptance(localDateOf(ago(100)))]);
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
    givenComplaint([received, declined])
      .when(notifyAcceptanceDecision, { channel: 'letter' })
      .then([{ type: 'AcceptanceDecisionNotified', data: { decision: 'not-accepted', channel: 'letter' } }]);
    givenComplaint([received, declined, notified('not-accepted')])
      .when(notifyAcceptanceDecision, { channel: 'letter' })
      .then({ kind: 'conflict', code: 'ALREADY_NOTIFIED' });
  });

  it('is neither decided again nor concluded, notified or not', () => {
    const refusal = { kind: 'conflict', code: 'ALREADY_DECLINED' } as const;
    for (const history of [
      [received, declined],
      [received, declined, notified('not-accepted')],
    ]) {
      const end = givenComplaint(history);
      end.when(accept, {}).then(refusal);
      end.when(decline, { ground: '16(1)', reason: '', remedies: ['arbitration'] }, reason).then(refusal);
      end.when(conclude, { result: 'withdrawn' }).then(refusal);
      end.when(notifyTermination, { channel: 'sms' }).then({ kind: 'conflict', code: 'NO_TERMINATION_TO_NOTIFY' });
    }
  });
});

describe('accepted, not notified', () => {
  const start = givenComplaint([received, accepted]);

  it('is notified', () => {
    start
      .when(notifyAcceptanceDecision, { channel: 'sms' })
      .then([{ type: 'AcceptanceDecisionNotified', data: { decision: 'accepted', channel: 'sms' } }]);
  });

  it('is not concluded before the notice, unless withdrawn', () => {
    start.when(conclude, { result: 'mediated' }).then({ kind: 'conflict', code: 'DECISION_NOT_NOTIFIED' });
    expect(isRefusal(start.when(conclude, { result: 'withdrawn' }).decision)).toBe(false);
  });

  it('is not decided again', () => {
    const refusal = { kind: 'conflict', code: 'ALREADY_ACCEPTED' } as const;
    start.when(accept, {}).then(refusal);
    start.when(decline, { ground: '16(1)', reason: '', remedies: ['arbitration'] }, reason).then(refusal);
  });
});

describe('in mediation', () => {
  const start = givenComplaint(underMediation);
  const concludeWith = (command: Omit<ConcludeComplaint, 'occurredAt'>, context: Partial<DecisionContext> = {}) =>
    start.when(conclude, command, context);
  const conclusion = (more: Partial<ComplaintEvents['ComplaintConcluded']>): ComplaintEvent => ({
    type: 'ComplaintConcluded',
    data: { result: 'terminated', ground: null, disqualification: null, evidence: [], recoveredFen: null, ...more },
  });
  const closing: ComplaintEvent = { type: 'ComplaintClosed', data: {} };
  /** A termination of which both parties are still to be told, within seven working days. */
  const termination = (more: Partial<ComplaintEvents['ComplaintConcluded']>): ComplaintEvent => {
    const rule = 'L-03/SAMR-20@2022-03-24:21(2)';
    const clocks = [{ clock: 'termination-notice', rule, calendar: 'CN-2026.1', due: '2026-03-13' }];
    return { ...conclusion({ ...more, clocks }), ruleVersion: rule } as ComplaintEvent;
  };

  it('is not notified again', () => {
    start.when(notifyAcceptanceDecision, { channel: 'sms' }).then({ kind: 'conflict', code: 'ALREADY_NOTIFIED' });
  });

  it('closes at once when mediated or withdrawn', () => {
    concludeWith({ result: 'mediated', recoveredFen: 5_000, evidence: ['doc-1'] }, as('mediator')).then([
      conclusion({ result: 'mediated', recoveredFen: 5_000, evidence: ['doc-1'] }),
      closing,
    ]);
    concludeWith({ result: 'withdrawn' }).then([conclusion({ result: 'withdrawn' }), closing]);
  });

  it('waits for the notice of termination on every ground, a settlement between the parties too (S1 Art. 23(2))', () => {
    const settled = { ground: '23(1)(1)', evidence: ['refund-1'] } as const;
    concludeWith({ result: 'terminated', ...settled, evidence: ['refund-1'] }).then([
      termination({ ...settled, evidence: ['refund-1'] }),
    ]);
    for (const ground of TERMINATION_GROUNDS.filter((each) => each !== '23(1)(1)' && each !== '23(1)(6)')) {
      concludeWith({ result: 'terminated', ground }).then([termination({ ground })]);
    }
    for (const disqualification of DISQUALIFICATIONS) {
      concludeWith({ result: 'terminated', ground: '23(1)(6)', disqualification }).then([
        termination({ ground: '23(1)(6)', disqualification }),
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

  it('has no termination to notify', () => {
    start.when(notifyTermination, { channel: 'sms' }).then({ kind: 'conflict', code: 'NO_TERMINATION_TO_NOTIFY' });
  });
});

describe('terminated, not notified', () => {
  const start = givenComplaint([...underMediation, concluded()]);

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
    givenComplaint(history)
      .when(notifyTermination, { channel: 'sms' })
      .then({ kind: 'conflict', code: 'COMPLAINT_CLOSED' });
  });
});

function refusesAll(history: readonly Given[], code: string): void {
  const refusal = { kind: 'conflict', code } as const;
  const end = givenComplaint(history);
  end.when(accept, {}).then(refusal);
  end.when(decline, { ground: '16(1)', reason: '', remedies: ['arbitration'] }, reason).then(refusal);
  end.when(notifyAcceptanceDecision, { channel: 'sms' }).then(refusal);
  end.when(conclude, { result: 'mediated' }).then(refusal);
}

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

  const nothingElse = {
    ...{ agents: [], returns: [], factors: [], followUps: [], earlier: [], corrections: [], lapsedWhileMerged: [] },
    ...{ provision: null, identityProof: null, competence: null, competenceDispute: null, settlement: null },
    ...{ disqualified: null, withdrawnBy: null, negotiatedSince: null, mergedInto: null, satisfaction: null },
    ...{ consents: {}, round: 1 },
    assignments: [{ authority: receipt.authority, handlingRegion: '330602', receivedAt: iso(100), leftAt: null }],
  };

  it('follows a complaint to its closing', () => {
    const { complainantTokens, ...kept } = receipt;
    expect(complainantTokens).toBeDefined();
    expect(document(...underMediation, concluded({ recoveredFen: 7 }), terminationNotified, closed)).toEqual({
      ...kept,
      ...nothingElse,
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
      appraisals: [],
      clocks: {
        acceptance: expect.objectContaining({ state: 'completed', due: '2025-12-03' }),
        mediation: expect.objectContaining({ state: 'completed', due: '2026-02-02' }),
        'termination-notice': expect.objectContaining({ state: 'completed', due: '2026-02-28' }),
      },
    });
  });

  it('has no clocks of a complaint that is older than they are', () => {
    const whole = [...underMediation, concluded(), terminationNotified, closed];
    expect(document(...withoutClocks(whole))).toMatchObject({ status: 'closed', clocks: {} });
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
