import { describe, expect, it } from '@jest/globals';
import { givenContext, isRefusal, recorded } from '#kernel';
import type { RegisterWorkOrder } from './commands.ts';
import * as decide from './decide.ts';
import type { PushedTicket, RecordedWorkOrderEvent, WorkOrderEvents } from './events.ts';
import {
  at,
  atUnit,
  classifiedAs,
  closed,
  dispatched,
  documentOf,
  law,
  received,
  receivedData,
  returned,
  shanghai,
  stateAfter,
  YUECHENG,
  type Given,
} from './testing/history.ts';
import { evolve, initial, type WorkOrder } from './work-order.ts';

const RECEIVED_AT = '2026-03-03T23:50:00+08:00';
const push = (fields: Partial<RegisterWorkOrder> = {}): RegisterWorkOrder => ({
  channel: '12345',
  externalNo: 'HZ-1',
  receivedAt: RECEIVED_AT,
  handlingRegion: YUECHENG,
  ...fields,
});
const asPushed: PushedTicket = {
  receivedAt: '2026-03-03T15:50:00.000Z',
  dueAt: null,
  closedAt: null,
  classification: null,
  outcome: null,
  satisfaction: null,
  sector: null,
  handlingRegion: YUECHENG,
  authority: null,
  respondentUscc: null,
  respondent: null,
  complainant: null,
  complainantTokens: {},
};
const conflict = (
  number: number,
  payloadDigest: string,
  more: Partial<WorkOrderEvents['WorkOrderPayloadConflictDetected']>,
) =>
  ({
    type: 'WorkOrderPayloadConflictDetected',
    data: { ...asPushed, conflict: number, payloadDigest, differing: [], ...more },
  }) as const;
const resolvedAs = (number: number, keep: 'recorded' | 'pushed', payloadDigest: string, more = {}): Given => ({
  type: 'WorkOrderPayloadConflictResolved',
  data: { conflict: number, keep, payloadDigest, ...more },
});
const CONFLICT = { kind: 'conflict', code: 'WORK_ORDER_PAYLOAD_CONFLICT' } as const;
const other = { payloadDigest: 'other' };

describe('the same number pushed with another content', () => {
  const pushed = (events: readonly Given[], fields: Partial<RegisterWorkOrder>, context = {}) =>
    at(events).when(decide.registerWorkOrder, push(fields), { ...other, ...context });

  it('is refused, and on record with what shows of the difference', () => {
    pushed([received], { sector: 'Tea', dueAt: '2026-03-11T00:00:00+08:00' }).then({
      ...CONFLICT,
      records: [
        conflict(1, 'other', {
          sector: 'Tea',
          dueAt: '2026-03-10T16:00:00.000Z',
          differing: ['dueAt', 'sector'],
        }),
      ],
    });
  });
  it('leaves people and text in the vault, as records of their own, and compares names by their tokens', () => {
    const before = {
      ...received,
      data: { ...receivedData, complainant: 'P1', complainantTokens: { name: 'n', phone: 'p' } },
    };
    const persons = {
      complainant: { personId: 'P2', tokens: { name: 'n', phone: 'q' }, textTokens: 't' },
      respondent: { personId: 'P3', tokens: {} },
    };
    pushed([before as Given], {}, { persons }).then({
      ...CONFLICT,
      records: [
        conflict(1, 'other', {
          respondent: 'P3',
          complainant: 'P2',
          complainantTokens: { name: 'n', phone: 'q' },
          textTokens: 't',
          differing: ['complainantPhone'],
        }),
      ],
    });
  });
  it('is on record once, however often it comes, and says where', () => {
    const events = [received, conflict(1, 'other', {}) as Given];
    pushed(events, {}).then({ ...CONFLICT, position: 2 });
    pushed(events, {}, { payloadDigest: 'third' }).then({ ...CONFLICT, records: [conflict(2, 'third', {})] });
    pushed(events, {}, { payloadDigest: 'digest' }).then([]);
  });
  it('differs in the steps that the first push told of, and in none that were taken since', () => {
    const whole = {
      classification: 'report',
      closedAt: '2026-03-04T09:00:00+08:00',
      outcome: 'answered',
      satisfaction: 'satisfied',
      authority: 'Yuecheng bureau',
    };
    const { decision } = at([]).when(decide.registerWorkOrder, push(whole));
    if (isRefusal(decision)) throw new Error(decision.code);
    // Of one command, as the log would hold them.
    const pushedOnce = recorded<RecordedWorkOrderEvent>(decision as readonly Given[]);
    const state = pushedOnce.reduce<WorkOrder>(
      (before, event) => evolve(before, { ...event, commandId: 'c' }),
      initial,
    );
    const differing = (fields: Partial<RegisterWorkOrder>) => {
      const again = decide.registerWorkOrder(push({ ...whole, ...fields }), state, givenContext({}, other), law);
      if (!isRefusal(again)) throw new Error('taken');
      return (again.records![0]!.data as { differing: readonly string[] }).differing;
    };
    expect(differing({})).toEqual([]);
    expect(differing({ outcome: 'handled', satisfaction: 'dissatisfied' })).toEqual(['outcome', 'satisfaction']);
    expect(differing({ authority: 'Keqiao bureau', classification: 'complaint' })).toEqual([
      'classification',
      'authority',
    ]);
    expect(differing({ closedAt: '2026-03-04T09:00:01+08:00' })).toEqual(['closedAt']);
    pushed(atUnit, { receivedAt: '2026-03-03T23:50:01+08:00' }).then({
      ...CONFLICT,
      records: [conflict(1, 'other', { receivedAt: '2026-03-03T15:50:01.000Z', differing: ['receivedAt'] })],
    });
  });
  it('that cannot be believed is refused for that, and is not on record', () => {
    pushed([received], { respondentUscc: '91310000132297653A' }).then({
      kind: 'invalid',
      code: 'INVALID_USCC',
      field: 'respondentUscc',
    });
    pushed([received], { receivedAt: '2026-03-05T00:00:00+08:00' }).then({
      kind: 'invalid',
      code: 'RECEIVED_IN_FUTURE',
      field: 'receivedAt',
    });
  });
  it('of imported history is a conflict as well, with unknown words left out', () => {
    pushed([received], { importBatch: 'b', outcome: 'Gone', closedAt: '2026-03-04T09:00:00+08:00' }).then({
      ...CONFLICT,
      records: [
        conflict(1, 'other', {
          closedAt: '2026-03-04T01:00:00.000Z',
          outcome: 'handled',
          differing: ['closedAt', 'outcome'],
        }),
      ],
    });
  });
  it.each([
    ['received', [received]],
    ['dispatched', atUnit],
    ['closed', [received, dispatched, closed]],
  ] as const)('is a conflict while the work order is %s, and changes nothing of it', (status, events) => {
    const before = stateAfter(...events);
    const { content, ...after } = stateAfter(...events, conflict(1, 'other', { sector: 'Tea' }) as Given) as never as {
      content: object;
    };
    expect({ ...before, content: null }).toEqual({ ...after, content: null });
    expect(before.status).toBe(status);
    expect(content).toMatchObject({ payloadDigest: 'digest' });
  });
});

describe('a conflict', () => {
  const found = [
    received,
    conflict(1, 'other', {
      sector: 'Tea',
      handlingRegion: '330603',
      dueAt: '2026-03-10T16:00:00.000Z',
      complainant: 'P2',
      complainantTokens: { name: 'n' },
    }) as Given,
  ];
  const takenOver = {
    sector: 'Tea',
    handlingRegion: '330603',
    respondentUscc: null,
    dueAt: '2026-03-10T16:00:00.000Z',
    respondent: null,
    complainant: 'P2',
    complainantTokens: { name: 'n' },
  };
  const resolve = (events: readonly Given[], keep: 'recorded' | 'pushed', number = 1, context = {}) =>
    at(events).when(decide.resolveConflict, { conflict: number, keep }, context);

  it('is resolved by a person for the content on record', () => {
    resolve(found, 'recorded').then([resolvedAs(1, 'recorded', 'digest') as never]);
  });
  it('is resolved for the content pushed later, which comes to hold but for what are steps', () => {
    resolve(found, 'pushed').then([resolvedAs(1, 'pushed', 'other', takenOver) as never]);
  });
  it('moves neither unit nor date of a work order that was sent', () => {
    const { handlingRegion: _, ...rest } = takenOver;
    const sent = [...found, classifiedAs('report'), dispatched];
    resolve(sent, 'pushed').then([resolvedAs(1, 'pushed', 'other', rest) as never]);
    const after = [...sent, resolvedAs(1, 'pushed', 'other', rest)];
    expect(documentOf(after)).toMatchObject({
      handlingRegion: YUECHENG,
      dueAt: null,
      sector: 'Tea',
      complainant: 'P2',
    });
    const { decision } = at([...after, returned]).when(decide.dispatchWorkOrder, {
      authority: 'u',
      handlingRegion: YUECHENG,
    });
    expect(decision).toMatchObject([{ data: { dueAt: '2026-03-10T16:00:00.000Z' } }]);
  });
  it('once resolved is silent about the same and refuses the opposite', () => {
    const kept = [...found, resolvedAs(1, 'recorded', 'digest')];
    resolve(kept, 'recorded').then([]);
    resolve(kept, 'pushed').then({ kind: 'conflict', code: 'CONFLICT_ALREADY_RESOLVED' });
  });
  it('that is none is refused', () => {
    resolve(found, 'pushed', 2).then({ kind: 'invalid', code: 'UNKNOWN_CONFLICT', field: 'conflict' });
    resolve([received], 'pushed').then({ kind: 'invalid', code: 'UNKNOWN_CONFLICT', field: 'conflict' });
    resolve([], 'pushed').then({ kind: 'notFound', code: 'NOT_FOUND' });
  });
  it('is not for a process to resolve', () => {
    resolve(found, 'pushed', 1, { actor: { id: 'matcher', role: 'process' } }).then({
      kind: 'forbidden',
      code: 'HUMAN_DECISION_REQUIRED',
    });
  });
  it('decides what is the same ticket from then on', () => {
    const again = (events: readonly Given[], payloadDigest: string) =>
      at(events).when(decide.registerWorkOrder, push(), { payloadDigest });
    const kept = [...found, resolvedAs(1, 'pushed', 'other', takenOver)];
    again(kept, 'other').then([]);
    again(kept, 'digest').then({ ...CONFLICT, position: 1 });
    again([...found, resolvedAs(1, 'recorded', 'digest')], 'other').then({ ...CONFLICT, position: 2 });
    const { decision } = again(kept, 'third');
    expect(decision).toMatchObject({
      records: [{ data: { conflict: 2, differing: expect.arrayContaining(['sector']) } }],
    });
  });
  it('is shown with what was pushed and what came of it, without tokens and digests', () => {
    const kept = [
      ...found,
      { ...resolvedAs(1, 'pushed', 'other', takenOver), occurredAt: shanghai('2026-03-05') } as Given,
    ];
    const document = documentOf(kept);
    expect(document).toMatchObject({
      sector: 'Tea',
      handlingRegion: '330603',
      dueAt: takenOver.dueAt,
      complainant: 'P2',
    });
    expect(document?.conflicts).toEqual([
      expect.objectContaining({
        conflict: 1,
        at: '2026-03-04T02:00:00.000Z',
        sector: 'Tea',
        complainant: 'P2',
        kept: 'pushed',
        resolvedAt: '2026-03-05T02:00:00.000Z',
      }),
    ]);
    expect(JSON.stringify(document)).not.toMatch(/okens|payloadDigest/);
  });
});
