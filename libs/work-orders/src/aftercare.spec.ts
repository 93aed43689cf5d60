import { describe, expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import { isRefusal, localDateOf, parseInstant, type DecisionContext, type Instant } from '#kernel';
import { RecordCallback, ReopenWorkOrder } from './commands.ts';
import * as decide from './decide.ts';
import type { WorkOrderEvent } from './events.ts';
import {
  at,
  atUnit,
  byChannel,
  classifiedAs,
  closed,
  dispatched,
  documentOf,
  inEveryStatus,
  law,
  lawWith,
  received,
  receivedData,
  replied,
  returned,
  shanghai,
  stateAfter,
  statuses,
  UNTOLD,
  YUECHENG,
  ZICHUAN,
  type Given,
} from './testing/history.ts';
import { ageInDays } from './views/work-orders.ts';

const HANDLING = 'L-32.handling/SHANDONG-HOTLINE@2020-01:-';
const RETURN = 'L-32.return/SHANDONG-HOTLINE@2020-01:-';
const hotline = { id: 'key-2', role: 'hotline' };
const on = (occurredAt: Instant): Partial<DecisionContext> => ({
  now: occurredAt,
  occurredAt,
  today: localDateOf(occurredAt),
  actor: hotline,
});
const note = { note: { personId: 'N1', tokens: {} } };
const unclosed = statuses.filter((status) => status !== 'closed');

describe('a call-back (回访)', () => {
  const callBack = (command: RecordCallback, events: readonly Given[] = inEveryStatus.closed, context = {}) =>
    at(events).when(decide.recordCallback, command, { actor: hotline, ...context });
  const answeredBy = 'complainant' as const;

  it('records both answers, to process and result, and on the whole the lesser one', () => {
    callBack({ answeredBy, process: 'satisfied', result: 'dissatisfied' }, undefined, { persons: note }).then([
      {
        type: 'WorkOrderSatisfactionRecorded',
        data: { satisfaction: 'dissatisfied', process: 'satisfied', result: 'dissatisfied', answeredBy, note: 'N1' },
      },
    ]);
    const whole = (process: RecordCallback['process'], result: RecordCallback['result']) => {
      const { decision } = callBack({ answeredBy, process: process!, result: result! });
      return (decision as unknown as readonly { data: { satisfaction: string } }[])[0]!.data.satisfaction;
    };
    expect(whole('satisfied', 'satisfied')).toBe('satisfied');
    expect(whole('basically-satisfied', 'satisfied')).toBe('basically-satisfied');
    expect(whole('dissatisfied', 'basically-satisfied')).toBe('dissatisfied');
  });
  it('takes the citizen at its word on the whole, with or without the two', () => {
    callBack({ answeredBy: 'agent', satisfaction: 'basically-satisfied' }).then([
      {
        type: 'WorkOrderSatisfactionRecorded',
        data: { satisfaction: 'basically-satisfied', answeredBy: 'agent', note: null },
      },
    ]);
    expect(
      callBack({ answeredBy, satisfaction: 'satisfied', process: 'satisfied', result: 'dissatisfied' }).decision,
    ).toMatchObject([{ data: { satisfaction: 'satisfied', result: 'dissatisfied' } }]);
  });
  it.each(['not-answered', 'number-wrong', 'answer-declined'] as const)(
    'that brought no answer (%s) says nothing of satisfaction',
    (unanswered) => {
      callBack({ unanswered }).then([{ type: 'WorkOrderCallbackUnanswered', data: { why: unanswered, note: null } }]);
      for (const said of [{ satisfaction: 'satisfied' }, { process: 'satisfied' }, { result: 'satisfied' }] as const) {
        callBack({ unanswered, ...said }).then({ kind: 'invalid', code: 'NOBODY_ANSWERED', field: 'unanswered' });
      }
    },
  );
  it('says whether anybody answered, and what', () => {
    const either = { kind: 'invalid', code: 'ANSWERED_OR_NOT', field: 'answeredBy' } as const;
    callBack({}).then(either);
    callBack({ satisfaction: 'satisfied' }).then(either);
    callBack({ answeredBy, unanswered: 'not-answered' }).then(either);
    callBack({ answeredBy }).then({ kind: 'invalid', code: 'SATISFACTION_REQUIRED', field: 'satisfaction' });
    callBack({ answeredBy, process: 'satisfied' }).then({
      kind: 'invalid',
      code: 'BOTH_ANSWERS_REQUIRED',
      field: 'result',
    });
    callBack({ answeredBy, result: 'satisfied', satisfaction: 'satisfied' }).then({
      kind: 'invalid',
      code: 'BOTH_ANSWERS_REQUIRED',
      field: 'process',
    });
  });
  it.each(unclosed)('is not made while it is %s', (status) => {
    const code = status === 'redirected' ? 'WORK_ORDER_REDIRECTED' : 'WORK_ORDER_NOT_CLOSED';
    callBack({ answeredBy, satisfaction: 'satisfied' }, inEveryStatus[status]).then({ kind: 'conflict', code });
  });
  it('is the hotline’s: no unit asks how satisfied one is with itself', () => {
    const command = { answeredBy, satisfaction: 'satisfied' } as const;
    for (const role of ['officer', 'process']) {
      callBack(command, undefined, { actor: { id: 'k', role } }).then({
        kind: 'forbidden',
        code: 'HUMAN_DECISION_REQUIRED',
      });
    }
    callBack(command, []).then({ kind: 'notFound', code: 'NOT_FOUND' });
    callBack({ ...command, occurredAt: '2026-03-04T09:59:59+08:00' }).then({
      kind: 'invalid',
      code: 'OCCURRED_BEFORE_PREVIOUS_STEP',
      field: 'occurredAt',
    });
  });
  it('is shown with every other one, and the last answer on the whole', () => {
    const calls: Given[] = [
      { type: 'WorkOrderCallbackUnanswered', data: { why: 'not-answered', note: 'N1' } },
      {
        type: 'WorkOrderSatisfactionRecorded',
        data: { satisfaction: 'dissatisfied', process: 'satisfied', result: 'dissatisfied', answeredBy, note: null },
      },
      { type: 'WorkOrderSatisfactionRecorded', data: { satisfaction: 'satisfied' } },
      { type: 'WorkOrderCallbackUnanswered', data: { why: 'answer-declined', note: null } },
    ];
    const after = (count: number) => documentOf([...inEveryStatus.closed, ...calls.slice(0, count)])!;
    expect([0, 1, 2, 3, 4].map((count) => after(count).satisfaction)).toEqual([
      null,
      null,
      'dissatisfied',
      'satisfied',
      'satisfied',
    ]);
    const at = '2026-03-04T02:00:00.000Z';
    const nothing = {
      at,
      answeredBy: null,
      unanswered: null,
      satisfaction: null,
      process: null,
      result: null,
      note: null,
    };
    expect(after(4).callbacks).toEqual([
      { ...nothing, unanswered: 'not-answered', note: 'N1' },
      { ...nothing, satisfaction: 'dissatisfied', process: 'satisfied', result: 'dissatisfied', answeredBy },
      { ...nothing, satisfaction: 'satisfied' },
      { ...nothing, unanswered: 'answer-declined' },
    ]);
  });
  it('takes known words only', () => {
    const faults = (fields: object) =>
      validateSync(Object.assign(new RecordCallback(), fields)).map(({ property }) => property);
    expect(faults({ unanswered: 'satisfied-by-default', answeredBy: 'neighbour', satisfaction: 'so-so' })).toEqual([
      'answeredBy',
      'unanswered',
      'satisfaction',
    ]);
    expect(faults({})).toEqual([]);
  });
});

/** In Shandong: answered on 9 March, in time. */
const ready = [received, classifiedAs('report')];
function sent(day: string, by = law): Given {
  const command = { authority: 'the unit', handlingRegion: ZICHUAN };
  const { decision } = at(ready, by).when(decide.dispatchWorkOrder, command, on(shanghai(day)));
  if (isRefusal(decision)) throw new Error(decision.code);
  return { ...decision[0]!, occurredAt: shanghai(day) } as Given;
}
const repliedOn = (day: string) => ({ ...replied, occurredAt: shanghai(day) }) as Given;
const closedOn = (day: string) => ({ ...closed, occurredAt: shanghai(day) }) as Given;
const shut = [...ready, sent('2026-03-04'), repliedOn('2026-03-09'), closedOn('2026-03-10')];

describe('a closed work order', () => {
  const reopen = (
    events: readonly Given[],
    day: string,
    command: Partial<ReopenWorkOrder> = {},
    by = law,
    context = {},
  ) =>
    at(events, by).when(
      decide.reopenWorkOrder,
      { reasonCode: 'not-performed', ...command },
      { ...on(shanghai(day)), ...context },
    );
  function reopened(events: readonly Given[], day: string, by = law): Given[] {
    const { decision } = reopen(events, day, {}, by);
    if (isRefusal(decision)) throw new Error(decision.code);
    return [
      ...events,
      { ...(decision as readonly WorkOrderEvent[])[0]!, occurredAt: shanghai(day), actor: hotline } as Given,
    ];
  }

  it('is opened again with its unit, by clocks of that day', () => {
    reopen(shut, '2026-04-30', {}, law, { persons: note }).then([
      {
        type: 'WorkOrderReopened',
        ruleVersion: HANDLING,
        data: {
          reasonCode: 'not-performed',
          note: 'N1',
          status: 'dispatched',
          authority: 'the unit',
          handlingRegion: ZICHUAN,
          dueAt: null,
          clocks: [
            // Five working days over Labour Day, with a Saturday that is worked.
            { clock: 'handling', rule: HANDLING, calendar: 'CN-2026.1', due: '2026-05-11' },
            { clock: 'return', rule: RETURN, calendar: 'CN-2026.1', due: '2026-05-07' },
          ],
        },
      },
    ]);
  });
  it('is opened again by the rule of that day, whatever rule it was under before', () => {
    const version = (from: string, to: string, days: number) =>
      `{ regulation: none, article: '${from}', from: ${from}, to: ${to}, period: { workingDays: ${days} }, source: the office }`;
    const rule = `{ id: L-32.elsewhere, versions: [${version('2020-01-01', '2026-03-31', 5)}, ${version('2026-04-01', 'null', 3)}] }`;
    const by = lawWith(rule);
    const command = { authority: 'u', handlingRegion: YUECHENG };
    const first = at(ready, by).when(decide.dispatchWorkOrder, command, on(shanghai('2026-03-04'))).decision;
    const events = [
      ...ready,
      { ...(first as readonly WorkOrderEvent[])[0]!, occurredAt: shanghai('2026-03-04') } as Given,
      repliedOn('2026-03-05'),
      closedOn('2026-03-05'),
    ];
    expect(stateAfter(...events)).toMatchObject({ clocks: { handling: { due: '2026-03-11' } } });
    expect(stateAfter(...reopened(events, '2026-04-08', by))).toMatchObject({
      clocks: { handling: { due: '2026-04-13', state: 'running', promised: '2026-04-13' } },
    });
  });
  it('is opened again by the channel’s new date, and never by its old one', () => {
    const own = { ...received, data: { ...receivedData, dueAt: '2026-03-11T10:00:00.000Z' } } as Given;
    const events = [own, classifiedAs('report'), dispatched, replied, closed];
    const data = (dueAt: string | null, clocks: unknown) => ({
      reasonCode: 'not-performed',
      note: null,
      status: 'dispatched',
      authority: 'Yuecheng bureau',
      handlingRegion: YUECHENG,
      dueAt,
      clocks,
    });
    const again = { type: 'WorkOrderReopened' } as const;
    reopen(events, '2026-03-12').then([{ ...again, data: data(null, [UNTOLD]) } as WorkOrderEvent]);
    const dueAt = '2026-03-20T10:00:00.000Z';
    reopen(events, '2026-03-12', { dueAt }).then([
      { ...again, data: data(dueAt, [byChannel(dueAt)]) } as WorkOrderEvent,
    ]);
    reopen(events, '2026-03-12', { dueAt: '2026-03-11T10:00:00.000Z' }).then({
      kind: 'invalid',
      code: 'DUE_BEFORE_REOPENING',
      field: 'dueAt',
    });
    const sentBack = [...reopened(events, '2026-03-12'), { ...returned, occurredAt: shanghai('2026-03-13') } as Given];
    const { decision } = at(sentBack).when(
      decide.dispatchWorkOrder,
      { authority: 'u', handlingRegion: YUECHENG },
      on(shanghai('2026-03-16')),
    );
    expect(decision).toMatchObject([{ data: { dueAt: null } }]);
  });
  it('lies with the dispatcher again where no unit ever had it', () => {
    const consultation = [received, classifiedAs('consultation'), replied, closed];
    const open = {
      reasonCode: 'not-performed',
      note: null,
      authority: null,
      handlingRegion: YUECHENG,
      dueAt: null,
    } as const;
    reopen(consultation, '2026-03-12').then([{ type: 'WorkOrderReopened', data: { ...open, status: 'classified' } }]);
    reopen([received, closed], '2026-03-12').then([
      { type: 'WorkOrderReopened', data: { ...open, status: 'received' } },
    ]);
    expect(stateAfter(...reopened(consultation, '2026-03-12'))).toMatchObject({ status: 'classified', clocks: {} });
    at(reopened(consultation, '2026-03-12'))
      .when(decide.replyWorkOrder, { outcome: 'answered' }, on(shanghai('2026-03-13')))
      .then([{ type: 'WorkOrderReplied', data: { outcome: 'answered', reply: null, complaintId: null } }]);
  });
  it('is handled as before: answered, returned, extended, closed, and opened again', () => {
    const open = reopened(shut, '2026-03-12');
    const later = on(shanghai('2026-03-13'));
    const officer = { ...later, actor: { id: 'key-1', role: 'officer' } };
    expect(at(open).when(decide.replyWorkOrder, { outcome: 'handled' }, officer).decision).toHaveLength(1);
    expect(at(open).when(decide.returnWorkOrder, { reasonCode: 'not-competent' }, officer).decision).toHaveLength(1);
    expect(at(open).when(decide.requestExtension, { note: '' }, { ...officer, persons: note }).decision).toHaveLength(
      1,
    );
    at(open).when(decide.closeWorkOrder, {}, later).then({ kind: 'conflict', code: 'WORK_ORDER_NOT_REPLIED' });
    const twice = reopened([...open, repliedOn('2026-03-16'), closedOn('2026-03-17')], '2026-03-18');
    expect(documentOf(twice)).toMatchObject({ timesReopened: 2, timesDispatched: 1 });
  });
  it('does not lose the request for time that was open, nor keep it', () => {
    const asked: Given = {
      type: 'WorkOrderExtensionRequested',
      data: { note: 'N1', handlingRegion: ZICHUAN },
      occurredAt: shanghai('2026-03-05'),
    };
    const events = [...ready, sent('2026-03-04'), asked, repliedOn('2026-03-09'), closedOn('2026-03-10')];
    expect(stateAfter(...reopened(events, '2026-03-12'))).toMatchObject({ extension: null });
    expect(documentOf(reopened(events, '2026-03-12'))).toMatchObject({ extension: null });
  });
  it.each(unclosed)('is not what is %s', (status) => {
    const code = status === 'redirected' ? 'WORK_ORDER_REDIRECTED' : 'WORK_ORDER_NOT_CLOSED';
    reopen(inEveryStatus[status], '2026-03-12').then({ kind: 'conflict', code });
  });
  it('is the hotline’s to open, and not before it was closed', () => {
    for (const role of ['officer', 'process']) {
      reopen(shut, '2026-03-12', {}, law, { actor: { id: 'k', role } }).then({
        kind: 'forbidden',
        code: 'HUMAN_DECISION_REQUIRED',
      });
    }
    reopen(shut, '2026-03-09').then({ kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' });
    reopen([], '2026-03-12').then({ kind: 'notFound', code: 'NOT_FOUND' });
    const faults = validateSync(Object.assign(new ReopenWorkOrder(), { reasonCode: 'why-not' }));
    expect(faults.map(({ property }) => property)).toEqual(['reasonCode']);
  });
  it('keeps what had come of it, how late that was, and what the citizen said', () => {
    const late = [...ready, sent('2026-03-04'), repliedOn('2026-03-13'), closedOn('2026-03-13')];
    const said: Given = {
      type: 'WorkOrderSatisfactionRecorded',
      data: { satisfaction: 'dissatisfied' },
      occurredAt: shanghai('2026-03-16'),
    };
    const document = documentOf(reopened([...late, said], '2026-03-17'))!;
    expect(document).toMatchObject({
      status: 'dispatched',
      authority: 'the unit',
      outcome: null,
      repliedAt: null,
      closedAt: null,
      satisfaction: null,
      clocks: { handling: { state: 'running', due: '2026-03-24' } },
      callbacks: [{ satisfaction: 'dissatisfied' }],
    });
    expect(document.earlierResults).toMatchObject([
      {
        reopenedAt: '2026-03-17T02:00:00.000Z',
        reasonCode: 'not-performed',
        outcome: 'answered',
        repliedAt: '2026-03-13T02:00:00.000Z',
        closedAt: '2026-03-13T02:00:00.000Z',
        satisfaction: 'dissatisfied',
        clocks: { handling: { state: 'completed', due: '2026-03-11' } },
      },
    ]);
  });
});

describe('back and forth (T-19)', () => {
  it('is counted, and every unit has its interval', () => {
    const elsewhere = {
      ...dispatched,
      data: { ...dispatched.data, authority: 'Keqiao bureau', handlingRegion: '330603' },
    };
    const again = { ...elsewhere, occurredAt: '2026-03-05T09:00:00+08:00' } as Given;
    const document = documentOf([...atUnit, returned, again])!;
    expect(document).toMatchObject({ timesDispatched: 2, timesReturned: 1, timesReopened: 0 });
    expect(document.assignments).toEqual([
      {
        authority: 'Yuecheng bureau',
        handlingRegion: YUECHENG,
        from: '2026-03-04T01:00:00.000Z',
        to: '2026-03-04T01:30:00.000Z',
      },
      { authority: 'Keqiao bureau', handlingRegion: '330603', from: '2026-03-05T01:00:00.000Z', to: null },
    ]);
  });
  it('makes a ticket no younger, nor does opening it again', () => {
    const age = (events: readonly Given[], now: string) => ageInDays(documentOf(events)!, parseInstant(now)!);
    const evening = '2026-03-13T23:59:59+08:00';
    expect(age([...atUnit, returned], evening)).toBe(10);
    expect(age([...atUnit, returned], '2026-03-14T00:00:00+08:00')).toBe(11);
    expect(age(shut, evening)).toBe(7);
    const again: Given = {
      type: 'WorkOrderReopened',
      data: {
        reasonCode: 'other',
        note: null,
        status: 'dispatched',
        authority: null,
        handlingRegion: ZICHUAN,
        dueAt: null,
      },
      occurredAt: shanghai('2026-03-12'),
    };
    expect(age([...shut, again], evening)).toBe(10);
    expect(age(inEveryStatus.redirected, evening)).toBe(1);
  });
});
