import { describe, expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import type { ComplaintEvents } from '#complaints/events';
import { documentsGiven, given, type GivenEvent } from '#kernel';
import type { NegotiationEvents } from '#negotiation/events';
import type { WorkOrderEvents } from '#work-orders/events';
import { IdentifyRespondent, OpenDispute } from './commands.ts';
import { identifyRespondent, openDispute } from './decide.ts';
import { evolve, initial } from './dispute.ts';
import { disputesTable } from './disputes.module.ts';
import type { DisputeEvents } from './events.ts';
import { disputes } from './views/disputes.ts';

const USCC = '91330100799655058B';
const OTHER = '91110000802100433B';
const ID = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const dispute = { initial, evolve };

const openedData: DisputeEvents['DisputeOpened'] = {
  respondentUscc: null,
  respondent: null,
  respondentRegion: '330602',
  sector: null,
  channel: null,
  amountFen: null,
  complainant: null,
  complainantTokens: {},
};
const opened: GivenEvent = { type: 'DisputeOpened', data: openedData, stream: `dispute-${ID}` };
const identified: GivenEvent = {
  type: 'DisputeRespondentIdentified',
  data: { respondentUscc: USCC, respondentRegion: '330603', previousUscc: null, reason: 'became-known' },
  stream: `dispute-${ID}`,
};

describe('no dispute', () => {
  it('is opened against somebody still unknown', () => {
    given(dispute)
      .when(openDispute, { respondentRegion: '330602' })
      .then([{ type: 'DisputeOpened', data: openedData }]);
  });
  it('is opened with the code in its one form, an amount in fen and people as references', () => {
    const persons = {
      complainant: { personId: 'P1', tokens: { phone: 't', name: 'n' } },
      respondent: { personId: 'P2', tokens: {} },
    };
    given(dispute)
      .when(
        openDispute,
        {
          respondentRegion: '330602',
          respondentUscc: USCC.toLowerCase(),
          sector: 'food',
          channel: 'odr',
          amountFen: 0,
        },
        { persons },
      )
      .then([
        {
          type: 'DisputeOpened',
          data: {
            respondentUscc: USCC,
            respondent: 'P2',
            respondentRegion: '330602',
            sector: 'food',
            channel: 'odr',
            amountFen: 0,
            complainant: 'P1',
            complainantTokens: { phone: 't', name: 'n' },
          },
        },
      ]);
  });
  it('is not opened against a wrong code', () => {
    given(dispute)
      .when(openDispute, { respondentRegion: '330602', respondentUscc: '91310000132297653A' })
      .then({ kind: 'invalid', code: 'INVALID_USCC', field: 'respondentUscc' });
  });
  it('has no respondent to identify', () => {
    given(dispute)
      .when(identifyRespondent, { respondentUscc: USCC, respondentRegion: '330602', reason: 'mistaken' })
      .then({ kind: 'notFound', code: 'NOT_FOUND' });
  });
});

describe('an open dispute', () => {
  const identify = { respondentUscc: USCC, respondentRegion: '330603', reason: 'became-known' } as const;

  it('is not opened again', () => {
    given(dispute, [opened])
      .when(openDispute, { respondentRegion: '330602' })
      .then({ kind: 'conflict', code: 'DISPUTE_ALREADY_OPEN' });
  });
  it('gets its respondent identified, and keeps who it was before', () => {
    given(dispute, [opened])
      .when(identifyRespondent, identify)
      .then([
        {
          type: 'DisputeRespondentIdentified',
          data: { respondentUscc: USCC, respondentRegion: '330603', previousUscc: null, reason: 'became-known' },
        },
      ]);
    given(dispute, [opened, identified])
      .when(identifyRespondent, { ...identify, respondentUscc: OTHER, reason: 'mistaken' })
      .then([
        {
          type: 'DisputeRespondentIdentified',
          data: { respondentUscc: OTHER, respondentRegion: '330603', previousUscc: USCC, reason: 'mistaken' },
        },
      ]);
  });
  it('says nothing when the respondent is the one it has, and notices another region', () => {
    given(dispute, [opened, identified]).when(identifyRespondent, identify).then([]);
    const { decision } = given(dispute, [opened, identified]).when(identifyRespondent, {
      ...identify,
      respondentRegion: '330604',
    });
    expect(decision).toMatchObject([{ data: { respondentRegion: '330604', previousUscc: USCC } }]);
  });
  it('refuses a wrong code', () => {
    given(dispute, [opened])
      .when(identifyRespondent, { ...identify, respondentUscc: '91310000132297653A' })
      .then({ kind: 'invalid', code: 'INVALID_USCC', field: 'respondentUscc' });
  });
  it('belongs to the respondent’s region and subject', () => {
    const { state } = given(dispute, [opened, identified]);
    expect(disputesTable.scopeOf(state)).toEqual({ region: '330603', subject: USCC });
  });
});

describe('the commands’ form', () => {
  const faults = (command: object) => validateSync(command).map((error) => error.property);
  const open = (fields: object) => Object.assign(new OpenDispute(), { respondentRegion: '330602' }, fields);

  it('wants a region and nothing else', () => {
    expect(faults(new OpenDispute())).toEqual(['respondentRegion']);
    expect(faults(open({}))).toEqual([]);
    expect(faults(new IdentifyRespondent())).toEqual(['respondentUscc', 'respondentRegion', 'reason']);
  });
  it.each([
    ['amountFen', -1],
    ['amountFen', 1.5],
    ['amountFen', '100'],
    ['amountFen', 1_000_000_000_001],
    ['respondentUscc', '9133010079965505B'],
    ['channel', '12345-a'],
    ['sector', '电话13800000000'],
  ])('refuses %s %j', (field, value) => {
    expect(faults(open({ [field]: value }))).toEqual([field]);
  });
});

describe('the disputes view', () => {
  const about = (category: string, id: string, occurredAt: string, type: string, data: object): GivenEvent => ({
    type,
    data,
    occurredAt,
    stream: `${category}-${id}`,
    correlationId: ID,
  });
  const workOrder = <T extends keyof WorkOrderEvents & string>(type: T, data: WorkOrderEvents[T], at: string) =>
    about('workOrder', '12345-1', at, type, data);
  const negotiation = <T extends keyof NegotiationEvents & string>(type: T, data: NegotiationEvents[T], at: string) =>
    about('negotiation', 'N1', at, type, data);
  const complaint = <T extends keyof ComplaintEvents & string>(
    type: T,
    data: ComplaintEvents[T],
    at: string,
    id = 'C1',
  ) => about('complaint', id, at, type, data);
  const day = (d: number) => `2026-03-${String(d).padStart(2, '0')}T00:00:00.000Z`;

  const negotiated = negotiation(
    'NegotiationOpened',
    {
      disputeId: ID,
      venue: 'odr',
      respondentUscc: USCC,
      respondentRegion: '330602',
      sector: null,
      openedBy: 'consumer',
    },
    day(5),
  );
  const settled = negotiation('SettlementConfirmed', { basis: 'consumer', offer: null, recoveredFen: null }, day(8));
  const failed = negotiation('NegotiationFailed', { reason: 'no-agreement', by: 'merchant' }, day(8));
  const escalated = negotiation('NegotiationEscalated', { from: 'failed' }, day(9));
  const complained = (id?: string) =>
    complaint(
      'ComplaintReceived',
      {
        disputeId: ID,
        authority: 'Yuecheng bureau',
        handlingRegion: '330602',
        respondentUscc: USCC,
        respondentRegion: '330602',
        respondent: null,
        complainant: 'P1',
        complainantTokens: {},
        sector: null,
        channel: null,
        escalatedFrom: null,
        workOrderId: null,
        knewOn: null,
      },
      day(10),
      id,
    );
  const concluded = (
    result: ComplaintEvents['ComplaintConcluded']['result'],
    ground: ComplaintEvents['ComplaintConcluded']['ground'] = null,
  ) =>
    complaint(
      'ComplaintConcluded',
      { result, ground, disqualification: null, evidence: ground === '23(1)(1)' ? ['proof'] : [], recoveredFen: null },
      day(20),
    );
  const declined = (id: string) =>
    complaint('ComplaintNotAccepted', { ground: '16(2)', reason: 'R1', remedies: ['court'] }, day(25), id);

  const after = (...events: readonly GivenEvent[]) => documentsGiven(disputes, [opened, ...events]).get(ID);
  const resolution = (...events: readonly GivenEvent[]) => {
    const doc = after(...events);
    return [doc?.stage, doc?.outcome];
  };

  it('shows an opened dispute and who its respondent turned out to be', () => {
    expect(after()).toMatchObject({ stage: 'opened', outcome: null, respondentUscc: null, respondentRegion: '330602' });
    expect(after(identified)).toMatchObject({ respondentUscc: USCC, respondentRegion: '330603' });
  });

  it('follows a linked ticket from where it stood', () => {
    const link = workOrder('WorkOrderLinkedToDispute', { disputeId: ID, status: 'classified' }, day(5));
    const steps = [
      link,
      workOrder('WorkOrderDispatched', { authority: null, handlingRegion: '330602', dueAt: null }, day(6)),
      workOrder('WorkOrderReturned', { reasonCode: 'unclear', note: null, handlingRegion: '330602' }, day(7)),
      workOrder('WorkOrderReplied', { outcome: 'handled', reply: null, complaintId: null }, day(8)),
      workOrder('WorkOrderClosed', { outcome: 'handled' }, day(9)),
      workOrder('WorkOrderSatisfactionRecorded', { satisfaction: 'satisfied' }, day(9)),
    ];
    const statuses = steps.map((_, index) => after(...steps.slice(0, index + 1))?.workOrders[0]?.status);
    expect(statuses).toEqual(['classified', 'dispatched', 'returned', 'replied', 'closed', 'closed']);
    expect(after(link)?.workOrders).toEqual([{ id: '12345-1', linkedAt: day(5), status: 'classified' }]);
    expect(after(link)?.stage).toBe('opened');
  });

  it('is in negotiation until the consumer has confirmed', () => {
    const agreed = negotiation('SettlementAgreed', { offer: 1, acceptedBy: 'consumer' }, day(6));
    const claimed = negotiation('SettlementClaimed', { offer: 1 }, day(7));
    expect(resolution(negotiated)).toEqual(['negotiation', null]);
    expect(resolution(negotiated, agreed)).toEqual(['negotiation', null]);
    expect(resolution(negotiated, agreed, claimed)).toEqual(['negotiation', null]);
    expect(resolution(negotiated, agreed, claimed, settled)).toEqual(['concluded', 'settled']);
  });

  it('follows a complaint that is handled elsewhere, with another one, or again', () => {
    const merged = complaint('ComplaintMergedInto', { primary: 'C2' }, day(11));
    const unmerged = complaint(
      'ComplaintUnmerged',
      { primary: 'C2', reason: 'R1', clocks: [], lapsedWhileMerged: [] },
      day(12),
    );
    expect(resolution(complained(), merged)).toEqual(['opened', null]);
    expect(resolution(complained(), merged, unmerged)).toEqual(['complaint', null]);
    const reopened = complaint('ComplaintReopened', { to: 'mediation', round: 2, reason: 'R1', clocks: [] }, day(21));
    expect(resolution(complained(), concluded('mediated'), reopened)).toEqual(['complaint', null]);
    const again = complaint('ComplaintReopened', { to: 'acceptance', round: 2, reason: 'R1', clocks: [] }, day(21));
    expect(after(complained(), concluded('withdrawn'), again)?.complaints[0]).toMatchObject({ status: 'received' });
    const elsewhere = { authority: 'Shangyu bureau', handlingRegion: '330604' };
    const sent = complaint(
      'ComplaintTransferReceived',
      { ...elsewhere, acceptanceFrom: '2026-03-12', clocks: [] },
      day(12),
    );
    expect(after(complained(), sent)?.complaints[0]).toMatchObject(elsewhere);
  });

  it('goes from a failed negotiation over escalation to the complaint and its result', () => {
    expect(resolution(negotiated, failed)).toEqual(['concluded', 'not-settled']);
    expect(resolution(negotiated, failed, escalated)).toEqual(['escalated', 'not-settled']);
    expect(resolution(negotiated, failed, escalated, complained())).toEqual(['complaint', null]);
    const whole = [negotiated, failed, escalated, complained(), concluded('mediated')];
    expect(resolution(...whole)).toEqual(['concluded', 'mediated']);
    expect(after(...whole)).toMatchObject({
      negotiations: [{ id: 'N1', venue: 'odr', openedAt: day(5), status: 'escalated', endedAt: day(8) }],
      complaints: [{ id: 'C1', receivedAt: day(10), status: 'concluded', result: 'mediated', endedAt: day(20) }],
    });
  });

  it('counts a negotiation whose time ran out as not settled, until a result of before is entered', () => {
    const ranOut = negotiation('NegotiationExpired', { clock: 'negotiation' }, day(19));
    const entry = (...events: readonly GivenEvent[]) => after(negotiated, ranOut, ...events)?.negotiations[0];
    expect(resolution(negotiated, ranOut)).toEqual(['concluded', 'not-settled']);
    expect(entry()).toMatchObject({
      status: 'expired',
      endedAt: day(19),
      conclusion: { outcome: 'NEGOTIATION_EXPIRED', position: 3 },
    });

    const claimed = negotiation('SettlementClaimed', { offer: null }, day(7));
    expect(entry(claimed)).toMatchObject({ status: 'expired', endedAt: day(19) });
    expect(resolution(negotiated, ranOut, claimed, settled)).toEqual(['concluded', 'settled']);
    expect(entry(claimed, settled)).toMatchObject({ status: 'settled', endedAt: day(8) });
    expect(entry(failed)).toMatchObject({ status: 'failed', endedAt: day(8) });
    expect(entry(negotiation('NegotiationEscalated', { from: 'open' }, day(9)))).toMatchObject({
      status: 'escalated',
      endedAt: day(9),
      conclusion: { outcome: 'NEGOTIATION_ESCALATED' },
    });
  });

  it('goes on from a negotiation whose time ran out to the authority', () => {
    const ranOut = negotiation('NegotiationExpired', { clock: 'negotiation' }, day(8));
    const onwards = negotiation('NegotiationEscalated', { from: 'expired' }, day(9));
    expect(resolution(negotiated, ranOut, onwards)).toEqual(['escalated', 'not-settled']);
    expect(after(negotiated, ranOut, onwards)?.negotiations[0]).toMatchObject({
      status: 'escalated',
      endedAt: day(8),
      conclusion: { outcome: 'NEGOTIATION_EXPIRED' },
    });
    const whole = [negotiated, ranOut, onwards, complained(), concluded('mediated')];
    expect(resolution(...whole)).toEqual(['concluded', 'mediated']);
  });

  it('takes what is said about a negotiation’s clock for no step of it', () => {
    const reading = { clock: 'negotiation', rule: null, calendar: null, due: '2026-03-20' };
    const about = [
      negotiation('NegotiationDeadlineAmended', reading, day(6)),
      negotiation('NegotiationLateEntryVerified', { clock: 'negotiation', reason: 'other', evidence: ['e'] }, day(9)),
    ];
    expect(after(negotiated, ...about)?.negotiations).toEqual(after(negotiated)?.negotiations);
    expect(after(negotiated, settled, ...about)?.negotiations).toEqual(after(negotiated, settled)?.negotiations);
  });

  it.each([
    ['terminated', '23(1)(1)', 'settled'],
    ['terminated', '23(1)(5)', 'terminated'],
    ['withdrawn', null, 'withdrawn'],
    ['mediated', null, 'mediated'],
  ] as const)('a complaint %s (%s) leaves the dispute %s', (result, ground, outcome) => {
    expect(resolution(complained(), concluded(result, ground))).toEqual(['concluded', outcome]);
  });

  it('lets a later complaint take the place of a settlement, and a second body’s refusal of nothing', () => {
    const reversed = [negotiated, settled, complained(), concluded('terminated', '23(1)(5)')];
    expect(resolution(...reversed)).toEqual(['concluded', 'terminated']);
    expect(resolution(...reversed, complained('C2'), declined('C2'))).toEqual(['concluded', 'terminated']);
    expect(resolution(complained('C2'), declined('C2'), complained(), concluded('withdrawn'))).toEqual([
      'concluded',
      'withdrawn',
    ]);
    expect(resolution(complained(), declined('C1'))).toEqual(['concluded', 'not-accepted']);
  });

  it('goes by when a conclusion occurred, not by when it was entered', () => {
    const late = [complained(), concluded('terminated', '23(1)(5)'), negotiated, settled];
    expect(resolution(...late)).toEqual(['concluded', 'terminated']);
  });

  it('does not hear of tickets and procedures of other disputes', () => {
    const foreign = { ...negotiated, correlationId: '01ARZ3NDEKTSV4RRFFQ69G5FAZ' } as GivenEvent;
    const unlinked = { ...workOrder('WorkOrderClassified', { classification: 'report' }, day(5)), correlationId: null };
    expect(after(unlinked as GivenEvent)).toEqual(after());
    expect(() => after(foreign)).toThrow('never opened');
  });

  it('names every stream that tells its story', () => {
    const link = workOrder('WorkOrderLinkedToDispute', { disputeId: ID }, day(5));
    const doc = after(link, negotiated, complained())!;
    expect(disputesTable.views[0]!.streamsOf!(doc, ID, new Map())).toEqual([
      `dispute-${ID}`,
      'workOrder-12345-1',
      'negotiation-N1',
      'complaint-C1',
    ]);
  });

  it('keeps every index in the order of opening, in which the list is shown', () => {
    for (const fields of Object.values(disputes.indexes)) expect(fields.at(-1)).toBe('openedAt');
  });
});
