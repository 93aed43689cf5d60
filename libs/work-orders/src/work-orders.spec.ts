import { describe, expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import { documentsGiven, GIVEN_NOW, parseInstant, type EventOf, type GivenEvent, type RecordedEvent } from '#kernel';
import { CloseWorkOrder, DispatchWorkOrder, RegisterWorkOrder } from './commands.ts';
import * as decide from './decide.ts';
import type { WorkOrderEvents } from './events.ts';
import { evolveInquiry, unreadInquiry, unreadProcedure, type ProcedureRead } from './reads.ts';
import {
  at,
  atUnit,
  byChannel,
  classifiedAs,
  closed,
  dispatched,
  DISPUTE,
  linked,
  OTHER_DISPUTE,
  received,
  receivedData,
  replied,
  returned,
  UNTOLD,
  type Given,
} from './testing/history.ts';
import { workOrders } from './views/work-orders.ts';
import { workOrdersTable } from './work-orders.module.ts';

const USCC = '91330100799655058B';
const COMPLAINT = '01ARZ3NDEKTSV4RRFFQ69G5FAX';
const RECEIVED_AT = '2026-03-03T23:50:00+08:00';
const receivedAt = parseInstant(RECEIVED_AT)!;

const ticket = (fields: Partial<RegisterWorkOrder> = {}): RegisterWorkOrder => ({
  channel: '12345',
  externalNo: 'HZ-1',
  receivedAt: RECEIVED_AT,
  ...fields,
});
const dispatch: DispatchWorkOrder = { authority: 'Yuecheng bureau', handlingRegion: '330602' };
const known = { reads: { dispute: { mergedInto: null } as const } };

describe('nothing known of the ticket', () => {
  const register = (fields: Partial<RegisterWorkOrder>, context = {}) =>
    at([]).when(decide.registerWorkOrder, ticket(fields), context);
  const receivedAs = (data: Partial<typeof receivedData>): EventOf<WorkOrderEvents> => ({
    type: 'WorkOrderReceived',
    occurredAt: receivedAt,
    data: { ...receivedData, handlingRegion: null, ...data },
  });

  it('is received when the channel received it, not when it was pushed', () => {
    register({}).then([receivedAs({})]);
  });

  it('keeps references and tokens of people, and the code in its one form', () => {
    const persons = {
      complainant: { personId: 'P1', tokens: { phone: 't' } },
      respondent: { personId: 'P2', tokens: { name: 'n' } },
    };
    register({ respondentUscc: '９1330100799655058b' }, { persons }).then([
      receivedAs({ respondentUscc: USCC, complainant: 'P1', complainantTokens: { phone: 't' }, respondent: 'P2' }),
    ]);
  });

  it('goes through every step that the channel says it has gone', () => {
    const closedAt = '2026-03-04T09:00:00+08:00';
    const dueAt = '2026-03-11T00:00:00+08:00';
    const dueUtc = '2026-03-10T16:00:00.000Z';
    register({
      handlingRegion: '330602',
      classification: 'report',
      dueAt,
      closedAt,
      outcome: 'transferred',
      satisfaction: 'satisfied',
    }).then([
      receivedAs({ handlingRegion: '330602', dueAt: dueUtc }),
      { type: 'WorkOrderClassified', occurredAt: receivedAt, data: { classification: 'report' } },
      {
        type: 'WorkOrderDispatched',
        occurredAt: receivedAt,
        data: { authority: null, handlingRegion: '330602', dueAt: dueUtc, clocks: [byChannel(dueUtc)] },
      },
      { type: 'WorkOrderClosed', occurredAt: parseInstant(closedAt)!, data: { outcome: 'transferred' } },
      {
        type: 'WorkOrderSatisfactionRecorded',
        occurredAt: parseInstant(closedAt)!,
        data: { satisfaction: 'satisfied' },
      },
    ]);
  });

  it('is dispatched by a region only when a unit, an end or history says that it went there', () => {
    const types = (fields: Partial<RegisterWorkOrder>) => register(fields).decision;
    expect(types({ handlingRegion: '330602' })).toHaveLength(1);
    expect(types({ handlingRegion: '330602', authority: 'Yuecheng bureau' })).toMatchObject([
      { type: 'WorkOrderReceived' },
      { type: 'WorkOrderDispatched', data: { authority: 'Yuecheng bureau' } },
    ]);
    expect(types({ handlingRegion: '330602', importBatch: 'b' })).toMatchObject([{}, { type: 'WorkOrderDispatched' }]);
    expect(types({ authority: 'Yuecheng bureau' })).toHaveLength(1);
  });

  const closedBefore = '2026-03-03T23:00:00+08:00';
  const contradictions: [string, keyof RegisterWorkOrder, Partial<RegisterWorkOrder>][] = [
    ['CLOSED_BEFORE_RECEIVED', 'closedAt', { closedAt: closedBefore }],
    ['DUE_BEFORE_RECEIVED', 'dueAt', { dueAt: closedBefore }],
    ['UNKNOWN_OUTCOME', 'outcome', { outcome: 'Pending', closedAt: RECEIVED_AT }],
    ['OUTCOME_WITHOUT_CLOSING', 'outcome', { outcome: 'handled' }],
    ['UNKNOWN_CLASSIFICATION', 'classification', { classification: 'Pothole' }],
    ['UNKNOWN_SATISFACTION', 'satisfaction', { satisfaction: 'so-so', closedAt: RECEIVED_AT }],
    ['SATISFACTION_WITHOUT_CLOSING', 'satisfaction', { satisfaction: 'satisfied' }],
  ];

  it.each(contradictions)('refuses a live push with %s', (code, field, fields) => {
    register(fields).then({ kind: 'invalid', code, field });
  });

  it.each(contradictions)('takes history in with %s, flagged', (flag, _, fields) => {
    expect(register({ ...fields, importBatch: 'b' }).decision).toMatchObject([
      { type: 'WorkOrderReceived', data: { imported: { batch: 'b', flags: [flag] } } },
      ...(fields.closedAt === undefined ? [] : [{ type: 'WorkOrderClosed' }]),
    ]);
  });

  it('keeps the times of contradictory history and takes an unknown outcome as handled', () => {
    register({ closedAt: closedBefore, outcome: 'Closed', importBatch: 'b' }).then([
      receivedAs({ imported: { batch: 'b', flags: ['CLOSED_BEFORE_RECEIVED', 'UNKNOWN_OUTCOME'] } }),
      {
        type: 'WorkOrderClosed',
        occurredAt: parseInstant(closedBefore)!,
        data: { outcome: 'handled', imported: true },
      },
    ]);
  });

  it('reads the state of an open row of history as no outcome', () => {
    register({ outcome: 'Open', importBatch: 'b' }).then([receivedAs({ imported: { batch: 'b', flags: [] } })]);
    register({ outcome: 'Open' }).then({ kind: 'invalid', code: 'UNKNOWN_OUTCOME', field: 'outcome' });
  });

  it.each([undefined, 'b'])('refuses a receipt before there were hotlines, live or imported (%s)', (importBatch) => {
    const batch = importBatch === undefined ? {} : { importBatch };
    const refusal = { kind: 'invalid', code: 'RECEIVED_TOO_EARLY', field: 'receivedAt' } as const;
    register({ ...batch, receivedAt: '1989-12-31T23:59:59.999+08:00' }).then(refusal);
    expect(register({ ...batch, receivedAt: '1990-01-01T00:00:00+08:00' }).decision).not.toHaveProperty('refused');
  });

  it.each([undefined, 'b'])('refuses the future and a wrong code, live or imported (%s)', (importBatch) => {
    const batch = importBatch === undefined ? {} : { importBatch };
    const future = '2026-03-04T10:00:00.001+08:00';
    register({ ...batch, receivedAt: future }).then({
      kind: 'invalid',
      code: 'RECEIVED_IN_FUTURE',
      field: 'receivedAt',
    });
    register({ ...batch, closedAt: future }).then({ kind: 'invalid', code: 'CLOSED_IN_FUTURE', field: 'closedAt' });
    register({ ...batch, respondentUscc: '91310000132297653A' }).then({
      kind: 'invalid',
      code: 'INVALID_USCC',
      field: 'respondentUscc',
    });
  });

  it('takes a ticket received at this very moment', () => {
    const { decision } = register({ receivedAt: '2026-03-04T10:00:00+08:00' });
    expect(decision).toMatchObject([{ occurredAt: GIVEN_NOW }]);
  });
});

describe('a received work order', () => {
  it('is not received twice', () => {
    at([received]).when(decide.registerWorkOrder, ticket()).then([]);
  });
  it('is not overwritten by another content under its number', () => {
    const { decision } = at([received]).when(decide.registerWorkOrder, ticket({ sector: 'x' }), {
      payloadDigest: 'another',
    });
    expect(decision).toMatchObject({ kind: 'conflict', code: 'WORK_ORDER_PAYLOAD_CONFLICT' });
  });
  it('is classified', () => {
    at([received])
      .when(decide.classifyWorkOrder, { classification: 'mixed' })
      .then([{ type: 'WorkOrderClassified', data: { classification: 'mixed' } }]);
  });
  it('is not classified before it was received', () => {
    at([received])
      .when(decide.classifyWorkOrder, { classification: 'mixed', occurredAt: '2026-03-03T23:49:59+08:00' })
      .then({ kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' });
  });
  it('goes nowhere unclassified', () => {
    const unclassified = { kind: 'conflict', code: 'WORK_ORDER_NOT_CLASSIFIED' } as const;
    at([received]).when(decide.dispatchWorkOrder, dispatch).then(unclassified);
    at([received]).when(decide.linkWorkOrderToDispute, { disputeId: DISPUTE }, known).then(unclassified);
  });
  it('is not returned, answered or closed while no unit holds it', () => {
    const nobody = { kind: 'conflict', code: 'WORK_ORDER_NOT_DISPATCHED' } as const;
    at([received]).when(decide.returnWorkOrder, { reasonCode: 'unclear' }).then(nobody);
    at([received]).when(decide.replyWorkOrder, { outcome: 'handled' }).then(nobody);
    at([received]).when(decide.closeWorkOrder, {}).then(nobody);
  });
});

describe('a classified work order', () => {
  const complaint = [received, classifiedAs('complaint')];

  it('keeps its classification silently and changes it while it lies with the dispatcher', () => {
    at(complaint).when(decide.classifyWorkOrder, { classification: 'complaint' }).then([]);
    at(complaint)
      .when(decide.classifyWorkOrder, { classification: 'report' })
      .then([{ type: 'WorkOrderClassified', data: { classification: 'report' } }]);
  });
  it('is linked to a dispute that exists', () => {
    at(complaint)
      .when(decide.linkWorkOrderToDispute, { disputeId: DISPUTE }, known)
      .then([{ type: 'WorkOrderLinkedToDispute', data: { disputeId: DISPUTE, status: 'classified' } }]);
    at(complaint)
      .when(decide.linkWorkOrderToDispute, { disputeId: DISPUTE }, { reads: { dispute: undefined } })
      .then({ kind: 'invalid', code: 'UNKNOWN_DISPUTE', field: 'disputeId' });
    at(complaint)
      .when(decide.linkWorkOrderToDispute, { disputeId: DISPUTE }, { reads: { dispute: { mergedInto: 'D2' } } })
      .then({ kind: 'conflict', code: 'DISPUTE_MERGED', field: 'disputeId' });
  });
  it.each(['complaint', 'mixed'] as const)('of kind %s is not dispatched without its dispute', (kind) => {
    at([received, classifiedAs(kind)])
      .when(decide.dispatchWorkOrder, dispatch)
      .then({ kind: 'conflict', code: 'WORK_ORDER_NOT_LINKED' });
  });
  it.each(['report', 'other'] as const)('of kind %s is dispatched without one', (kind) => {
    at([received, classifiedAs(kind)])
      .when(decide.dispatchWorkOrder, dispatch)
      .then([{ type: 'WorkOrderDispatched', data: { ...dispatch, dueAt: null, clocks: [UNTOLD] } }]);
  });
  it('of kind consultation is answered by the dispatcher, not sent on', () => {
    const consultation = [received, classifiedAs('consultation')];
    at(consultation)
      .when(decide.dispatchWorkOrder, dispatch)
      .then({ kind: 'conflict', code: 'CONSULTATION_NOT_DISPATCHED' });
    at(consultation)
      .when(decide.replyWorkOrder, { outcome: 'answered' }, { actor: { id: 'k', role: 'hotline' } })
      .then([{ type: 'WorkOrderReplied', data: { outcome: 'answered', reply: null, complaintId: null } }]);
  });
});

describe('a linked work order', () => {
  const ready = [received, classifiedAs('complaint'), linked];

  it('is linked to its dispute silently again, and to no other', () => {
    at(ready).when(decide.linkWorkOrderToDispute, { disputeId: DISPUTE }, known).then([]);
    at(ready)
      .when(decide.linkWorkOrderToDispute, { disputeId: OTHER_DISPUTE }, known)
      .then({ kind: 'conflict', code: 'WORK_ORDER_LINKED_ELSEWHERE' });
  });
  it('is dispatched with the due date given, or else the channel’s own', () => {
    const due = { ...received, data: { ...receivedData, dueAt: '2026-03-10T16:00:00.000Z' } } as Given;
    at([due, ...ready.slice(1)])
      .when(decide.dispatchWorkOrder, dispatch)
      .then([
        {
          type: 'WorkOrderDispatched',
          data: { ...dispatch, dueAt: '2026-03-10T16:00:00.000Z', clocks: [byChannel('2026-03-10T16:00:00.000Z')] },
        },
      ]);
    at([due, ...ready.slice(1)])
      .when(decide.dispatchWorkOrder, { ...dispatch, dueAt: '2026-03-12T00:00:00+08:00' })
      .then([
        {
          type: 'WorkOrderDispatched',
          data: { ...dispatch, dueAt: '2026-03-11T16:00:00.000Z', clocks: [byChannel('2026-03-11T16:00:00.000Z')] },
        },
      ]);
  });
  it('is not dispatched overdue or before it was received', () => {
    at(ready)
      .when(decide.dispatchWorkOrder, { ...dispatch, dueAt: '2026-03-04T09:59:59+08:00' })
      .then({ kind: 'invalid', code: 'DUE_BEFORE_DISPATCH', field: 'dueAt' });
    at(ready)
      .when(decide.dispatchWorkOrder, { ...dispatch, occurredAt: '2026-03-03T00:00:00+08:00' })
      .then({ kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' });
  });
});

describe('a dispatched work order', () => {
  it('is returned to the dispatcher with a reason; the words stay in the vault', () => {
    at(atUnit)
      .when(
        decide.returnWorkOrder,
        { reasonCode: 'not-competent' },
        { persons: { note: { personId: 'N1', tokens: {} } } },
      )
      .then([
        {
          type: 'WorkOrderReturned',
          data: { reasonCode: 'not-competent', note: 'N1', handlingRegion: '330602' },
        },
      ]);
  });
  it('is answered, possibly by pointing to the complaint under 12315', () => {
    const pointing = (procedure: ProcedureRead | undefined) =>
      at(atUnit).when(
        decide.replyWorkOrder,
        { outcome: 'handled', complaintId: COMPLAINT },
        { persons: { reply: { personId: 'R1', tokens: {} } }, reads: { procedure } },
      );
    pointing(unreadProcedure).then([
      { type: 'WorkOrderReplied', data: { outcome: 'handled', reply: 'R1', complaintId: COMPLAINT } },
    ]);
    pointing(undefined).then({ kind: 'invalid', code: 'UNKNOWN_COMPLAINT', field: 'complaintId' });
  });
  it('is not closed as another’s by the unit that answers for its dispute, until another one has accepted it (ZB-05)', () => {
    const { authority, handlingRegion: region } = dispatched.data as { authority: string; handlingRegion: string };
    const unit = { authority, region };
    const other = { authority: 'Other bureau', region: '330603' };
    const story = [
      { type: 'FirstInquiryAssigned', data: { body: unit, basis: 'work-order' } },
      { type: 'HandOffOffered', data: { offer: 1, to: other, reason: 'R' } },
      { type: 'HandOffAccepted', data: { offer: 1, to: other } },
    ].map((event) => ({ ...event, occurredAt: 0, actor: { id: 'k', role: 'officer' } }) as unknown as RecordedEvent);
    const replied = (told: number, outcome: 'transferred' | 'handled' = 'transferred') => {
      const inquiry = story.slice(0, told).reduce(evolveInquiry, unreadInquiry);
      return at(atUnit).when(decide.replyWorkOrder, { outcome }, { reads: { inquiry } });
    };
    const answer = (outcome: 'transferred' | 'handled') =>
      [{ type: 'WorkOrderReplied', data: { outcome, reply: null, complaintId: null } }] as const;
    const notHandedOver = { kind: 'conflict', code: 'HAND_OFF_NOT_ACCEPTED', field: 'outcome' } as const;
    replied(0).then(answer('transferred'));
    replied(1).then(notHandedOver);
    replied(1, 'handled').then(answer('handled'));
    replied(2).then(notHandedOver);
    replied(3).then(answer('transferred'));
  });
  it('was sent to a unit that is subordinate or of the same level, and to no other (S1 Art. 41)', () => {
    const sent = (handlingRegion: string) =>
      at([received, classifiedAs('report')]).when(
        decide.dispatchWorkOrder,
        { ...dispatch, handlingRegion },
        { bounds: { region: '330600', subject: null } },
      ).decision;
    for (const region of ['330600', '330602', '330100']) expect(Array.isArray(sent(region))).toBe(true);
    for (const region of ['330000', '330106', '110000']) {
      expect(sent(region)).toMatchObject({ kind: 'forbidden', code: 'UNIT_OUT_OF_REACH', field: 'handlingRegion' });
    }
  });
  it('is not answered by the hotline', () => {
    at(atUnit)
      .when(decide.replyWorkOrder, { outcome: 'handled' }, { actor: { id: 'k', role: 'hotline' } })
      .then({ kind: 'forbidden', code: 'ONLY_THE_UNIT_REPLIES' });
  });
  it('is not answered or returned before the unit had it', () => {
    const early = { occurredAt: '2026-03-04T08:59:59+08:00' };
    const refusal = { kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' } as const;
    at(atUnit)
      .when(decide.replyWorkOrder, { outcome: 'handled', ...early })
      .then(refusal);
    at(atUnit)
      .when(decide.returnWorkOrder, { reasonCode: 'other', ...early })
      .then(refusal);
  });
  it('is not passed on, classified anew or closed unanswered', () => {
    const already = { kind: 'conflict', code: 'WORK_ORDER_ALREADY_DISPATCHED' } as const;
    at(atUnit)
      .when(decide.dispatchWorkOrder, { ...dispatch, handlingRegion: '330603' })
      .then(already);
    at(atUnit).when(decide.classifyWorkOrder, { classification: 'report' }).then(already);
    at(atUnit).when(decide.closeWorkOrder, {}).then({ kind: 'conflict', code: 'WORK_ORDER_NOT_REPLIED' });
  });
  it('that came from history without a word is classified and linked later', () => {
    const history = [received, dispatched, closed];
    at(history)
      .when(decide.classifyWorkOrder, { classification: 'complaint' })
      .then([{ type: 'WorkOrderClassified', data: { classification: 'complaint' } }]);
    at([...history, classifiedAs('complaint')])
      .when(decide.linkWorkOrderToDispute, { disputeId: DISPUTE }, known)
      .then([{ type: 'WorkOrderLinkedToDispute', data: { disputeId: DISPUTE, status: 'closed' } }]);
  });
});

describe('a returned work order', () => {
  const back = [...atUnit, returned];
  it('is classified anew and dispatched again', () => {
    at(back)
      .when(decide.classifyWorkOrder, { classification: 'report' })
      .then([{ type: 'WorkOrderClassified', data: { classification: 'report' } }]);
    at(back)
      .when(decide.dispatchWorkOrder, { ...dispatch, handlingRegion: '330603' })
      .then([
        { type: 'WorkOrderDispatched', data: { ...dispatch, handlingRegion: '330603', dueAt: null, clocks: [UNTOLD] } },
      ]);
  });
  it('lies in the region of the dispatcher again, whose key sends it on, and not in that of the unit', () => {
    const elsewhere = { ...dispatched, data: { ...dispatched.data, handlingRegion: '330603' } } as Given;
    const sent = [received, classifiedAs('report'), { ...elsewhere, region: '330600' } as Given];
    const scopes = [sent, [...sent, returned], [...sent, returned, elsewhere]].map(
      (events) => workOrdersTable.scopeOf(at(events).state).region,
    );
    expect(scopes).toEqual(['330603', '330600', '330603']);
    const unknown = [{ ...received, data: { ...receivedData, handlingRegion: null } } as Given, elsewhere, returned];
    expect(workOrdersTable.scopeOf(at(unknown).state).region).toBeNull();
  });

  it('is not passed on by the unit itself where it shares its region with the dispatcher', () => {
    const byHotline = { ...dispatched, actor: { id: 'k', role: 'hotline' } } as Given;
    const sentBack = [received, classifiedAs('report'), byHotline, returned];
    const bounds = { region: '330602', subject: null };
    const passedOn = { ...dispatch, handlingRegion: '330603' };
    at(sentBack)
      .when(decide.dispatchWorkOrder, passedOn, { bounds })
      .then({ kind: 'forbidden', code: 'ONLY_THE_DISPATCHER_SENDS_ON' });
    const sentOn = { type: 'WorkOrderDispatched', data: { ...passedOn, dueAt: null, clocks: [UNTOLD] } } as const;
    at(sentBack)
      .when(decide.dispatchWorkOrder, passedOn, { bounds, actor: { id: 'k', role: 'hotline' } })
      .then([sentOn]);
    at(sentBack)
      .when(decide.dispatchWorkOrder, passedOn, { bounds: { region: '330600', subject: null } })
      .then([sentOn]);
    at(sentBack).when(decide.dispatchWorkOrder, passedOn).then([sentOn]);
    at([...back.slice(0, -2), dispatched, returned])
      .when(decide.dispatchWorkOrder, passedOn, { bounds })
      .then([sentOn]);
  });

  it('is sent on with the channel’s own due date, not with that of the unit before', () => {
    const due = { ...received, data: { ...receivedData, dueAt: '2026-12-10T04:00:00.000Z' } } as Given;
    const soon = { ...dispatched, data: { ...dispatched.data, dueAt: '2026-05-20T04:00:00.000Z' } } as Given;
    at([due, classifiedAs('report'), soon, returned])
      .when(decide.dispatchWorkOrder, dispatch)
      .then([
        {
          type: 'WorkOrderDispatched',
          data: { ...dispatch, dueAt: '2026-12-10T04:00:00.000Z', clocks: [byChannel('2026-12-10T04:00:00.000Z')] },
        },
      ]);
  });

  it('is not returned or answered by the unit that gave it back', () => {
    const gone = { kind: 'conflict', code: 'WORK_ORDER_RETURNED' } as const;
    at(back).when(decide.returnWorkOrder, { reasonCode: 'other' }).then(gone);
    at(back).when(decide.replyWorkOrder, { outcome: 'handled' }).then(gone);
    at(back).when(decide.closeWorkOrder, {}).then(gone);
  });
});

describe('an answered work order', () => {
  const answered = [...atUnit, replied];
  it('is closed with the outcome of the answer', () => {
    at(answered)
      .when(decide.closeWorkOrder, {})
      .then([{ type: 'WorkOrderClosed', data: { outcome: 'answered' } }]);
  });
  it('is not answered again, returned or dispatched', () => {
    const already = { kind: 'conflict', code: 'WORK_ORDER_ALREADY_REPLIED' } as const;
    at(answered).when(decide.replyWorkOrder, { outcome: 'handled' }).then(already);
    at(answered).when(decide.returnWorkOrder, { reasonCode: 'other' }).then(already);
    at(answered).when(decide.dispatchWorkOrder, dispatch).then(already);
  });
});

describe('a closed work order', () => {
  it('stays closed', () => {
    const shut = { kind: 'conflict', code: 'WORK_ORDER_CLOSED' } as const;
    const events = [...atUnit, replied, closed];
    at(events).when(decide.closeWorkOrder, {}).then(shut);
    at(events).when(decide.replyWorkOrder, { outcome: 'handled' }).then(shut);
    at(events).when(decide.returnWorkOrder, { reasonCode: 'other' }).then(shut);
    at(events).when(decide.dispatchWorkOrder, dispatch).then(shut);
  });
});

describe('the commands’ form', () => {
  const faults = (command: object) => validateSync(command).map((error) => error.property);
  const formed = (fields: Record<string, unknown>) => Object.assign(new RegisterWorkOrder(), ticket(), fields);

  it('takes a whole ticket', () => {
    expect(
      faults(
        formed({ content: '诉求', sector: 'food', respondentUscc: USCC, outcome: 'Pending', handlingRegion: '330602' }),
      ),
    ).toEqual([]);
  });
  it.each([
    ['channel', '12345-a'],
    ['channel', 'A'],
    ['externalNo', 'a b'],
    ['externalNo', ''],
    ['externalNo', 'a\u200b'],
    ['receivedAt', '2026-03-03'],
    ['receivedAt', null],
    ['dueAt', '2026-03-03T10:00:00'],
    ['handlingRegion', '33060'],
    ['respondentUscc', '91310000132297653A'],
    ['importBatch', ''],
    ['sector', 'call 13800000000'],
    ['authority', '110105194912310021'],
  ])('refuses %s %j', (field, value) => {
    expect(faults(formed({ [field]: value }))).toEqual([field]);
  });
  it.each([
    ['externalNo', 64],
    ['content', 20_000],
    ['outcome', 100],
  ])('takes %s of %i characters and no more', (field, most) => {
    expect(faults(formed({ [field]: 'x'.repeat(most) }))).toEqual([]);
    expect(faults(formed({ [field]: 'x'.repeat(most + 1) }))).toEqual([field]);
  });
  it('wants an authority and a region to dispatch to, and nothing to close', () => {
    expect(faults(new DispatchWorkOrder())).toEqual(['authority', 'handlingRegion']);
    expect(faults(new CloseWorkOrder())).toEqual([]);
  });
});

describe('the work-orders view', () => {
  const stream = 'workOrder-12345-HZ-1';
  const documentAfter = (events: readonly Given[]) =>
    documentsGiven(workOrders, events.map((event) => ({ ...event, stream })) as GivenEvent[]).get('12345-HZ-1');

  it('shows where the work order stands and how it came there', () => {
    expect(documentAfter([...atUnit, returned, dispatched, replied, closed])).toMatchObject({
      status: 'closed',
      receivedAt: '2026-03-03T15:50:00.000Z',
      classification: 'complaint',
      disputeId: DISPUTE,
      dispatchedAt: '2026-03-04T01:00:00.000Z',
      authority: 'Yuecheng bureau',
      returns: [{ at: '2026-03-04T01:30:00.000Z', reasonCode: 'not-competent', note: null, handlingRegion: '330602' }],
      repliedAt: '2026-03-04T01:40:00.000Z',
      closedAt: '2026-03-04T02:00:00.000Z',
      outcome: 'answered',
    });
  });
  it('belongs to readers of the dispatcher’s region while it is returned', () => {
    const sent = { ...dispatched, region: '330600' } as Given;
    const scopeOf = (events: readonly Given[]) => workOrdersTable.views[0]!.scopeOf(documentAfter(events)!);
    expect(scopeOf([received, sent])).toEqual({ region: '330602', subject: null });
    expect(scopeOf([received, sent, returned])).toEqual({ region: '330600', subject: null });
    expect(scopeOf([received, sent, returned, dispatched])).toEqual({ region: '330602', subject: null });
  });
  it('stands where the aggregate stands after every step', () => {
    const path = [...atUnit, returned, dispatched, replied, closed];
    for (let steps = 1; steps <= path.length; steps++) {
      const events = path.slice(0, steps);
      expect(documentAfter(events)?.status).toBe(at(events).state.status);
    }
  });
  it('keeps every index in the order of receipt, in which the list is shown', () => {
    for (const fields of Object.values(workOrders.indexes)) expect(fields.at(-1)).toBe('receivedAt');
  });
});

describe('the table', () => {
  it('names the stream after channel and number, and scopes it before and after it exists', () => {
    const row = workOrdersTable.commands[0]!;
    const command = ticket({ handlingRegion: '330602', respondentUscc: '91330100799655058b' });
    expect(row.id!(command)).toBe('12345-HZ-1');
    expect(row.scope!(command, {})).toEqual({ region: '330602', subject: USCC });
    expect(workOrdersTable.scopeOf(at([received]).state)).toEqual({ region: '330602', subject: null });
    expect(workOrdersTable.correlationOf!(at([received, classifiedAs('complaint'), linked]).state)).toBe(DISPUTE);
  });
});
