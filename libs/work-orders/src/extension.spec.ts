import { describe, expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import { documentsGiven, isRefusal, localDateOf, type DecisionContext, type GivenEvent, type Instant } from '#kernel';
import { deadlineBehind, timelinessOf, type Clock, type Law } from '#law';
import { GrantExtension, RefuseExtension, RequestExtension, type DispatchWorkOrder } from './commands.ts';
import * as decide from './decide.ts';
import type { WorkOrderEvent } from './events.ts';
import {
  at,
  atUnit,
  byChannel,
  classifiedAs,
  closed,
  dispatched,
  law,
  lawWith,
  received,
  receivedData,
  replied,
  returned,
  shanghai,
  stateAfter,
  YUECHENG,
  ZICHUAN,
  type Given,
} from './testing/history.ts';
import { workOrders } from './views/work-orders.ts';
import { workOrdersTable } from './work-orders.module.ts';

const SHANDONG = 'L-32.handling/SHANDONG-HOTLINE@2020-01:-';
const officer = { id: 'key-1', role: 'officer' };
const hotline = { id: 'key-2', role: 'hotline' };
const words = (personId: string) => ({ note: { personId, tokens: {} } });

/** A command given at a moment, and entered then unless said. */
const on = (occurredAt: Instant, now = occurredAt): Partial<DecisionContext> => ({
  now,
  occurredAt,
  today: localDateOf(occurredAt),
});
const byOfficer = { actor: officer, persons: words('N1') };
const byHotline = { actor: hotline };

const ready: Given[] = [received, classifiedAs('report')].map((event) => ({
  ...(event as Given),
  occurredAt: '2015-01-05T10:00:00+08:00',
}));
function dispatchedOn(day: string, more: Partial<DispatchWorkOrder> = {}, by: Law = law): Given {
  const command = { authority: 'the unit', handlingRegion: ZICHUAN, ...more };
  const { decision } = at(ready, by).when(decide.dispatchWorkOrder, command, on(shanghai(day)));
  if (isRefusal(decision)) throw new Error(decision.code);
  return { ...decision[0]!, occurredAt: shanghai(day) } as Given;
}
const requestedOn = (day: string, actor = officer): Given => ({
  type: 'WorkOrderExtensionRequested',
  data: { note: 'N1', handlingRegion: ZICHUAN },
  occurredAt: shanghai(day),
  actor,
});
const refused: Given = {
  type: 'WorkOrderExtensionRefused',
  data: { note: 'N2' },
  occurredAt: shanghai('2026-03-10'),
  actor: hotline,
};

/** In Shandong by the measure of 2020: due on Wednesday 11 March, and at most ten working days later on the 25th. */
const held = [...ready, dispatchedOn('2026-03-04')];
const pending = [...held, requestedOn('2026-03-09')];
/** By the channel's own date: due on 11 March at 18:00. */
const ownDue = '2026-03-11T10:00:00.000Z';
const ownHeld = [...ready, dispatchedOn('2026-03-04', { dueAt: ownDue })];
const ownPending = [...ownHeld, requestedOn('2026-03-09')];

const grant = (events: readonly Given[], command: GrantExtension, when: Partial<DecisionContext>, by = law) =>
  at(events, by).when(decide.grantExtension, command, { ...byHotline, ...when });
/** The history with a grant that was taken. */
function granted(events: readonly Given[], command: GrantExtension, occurredAt: Instant, now = occurredAt, by = law) {
  const { decision } = grant(events, command, on(occurredAt, now), by);
  if (isRefusal(decision)) throw new Error(decision.code);
  const [event] = decision as readonly WorkOrderEvent[];
  return [...events, { ...event, occurredAt, recordedAt: now, actor: hotline } as Given];
}
const handlingOf = (events: readonly Given[]): Clock =>
  (stateAfter(...events) as { clocks: Record<string, Clock> }).clocks['handling']!;

describe('a unit asks for more time', () => {
  const request = (events: readonly Given[], when: Partial<DecisionContext>) =>
    at(events).when(decide.requestExtension, { note: '' }, { ...byOfficer, ...when });
  const asked: WorkOrderEvent = {
    type: 'WorkOrderExtensionRequested',
    data: { note: 'N1', handlingRegion: ZICHUAN },
  };

  it('with its reason, whose words stay in the vault', () => {
    request(held, on(shanghai('2026-03-09'))).then([asked]);
    request(held, { ...on(shanghai('2026-03-09')), persons: {} }).then({
      kind: 'invalid',
      code: 'REASON_REQUIRED',
      field: 'note',
    });
  });
  it('until the end of the last day', () => {
    request(held, on(shanghai('2026-03-11', '23:59'))).then([asked]);
    request(held, on(shanghai('2026-03-12', '00:00'))).then({ kind: 'conflict', code: 'EXTENSION_TOO_LATE' });
  });
  it('until the moment of the channel’s own date', () => {
    request(ownHeld, on(shanghai('2026-03-11', '18:00'))).then([asked]);
    request(ownHeld, on(shanghai('2026-03-11', '18:00') + 1)).then({ kind: 'conflict', code: 'EXTENSION_TOO_LATE' });
  });
  it('once, and again only when that was decided', () => {
    const again = on(shanghai('2026-03-10'));
    request(pending, again).then({ kind: 'conflict', code: 'EXTENSION_ALREADY_REQUESTED' });
    request([...pending, refused], again).then([asked]);
    request(granted(pending, {}, shanghai('2026-03-10')), again).then([asked]);
  });
  it('not before it had the ticket', () => {
    request(held, on(shanghai('2026-03-03'))).then({
      kind: 'invalid',
      code: 'OCCURRED_BEFORE_PREVIOUS_STEP',
      field: 'occurredAt',
    });
  });
  it('not where no date can be told, or none was kept', () => {
    const untold = [...ready, dispatchedOn('2026-03-04', { handlingRegion: YUECHENG })];
    request(untold, on(shanghai('2026-03-05'))).then({ kind: 'conflict', code: 'DEADLINE_UNDETERMINED' });
    request([...ready, dispatched], on(shanghai('2026-03-05'))).then({ kind: 'conflict', code: 'CLOCK_NOT_KEPT' });
  });
});

describe('the hotline grants it', () => {
  it('for as long as the rule lets, or for less', () => {
    grant(pending, {}, on(shanghai('2026-03-10'))).then([
      {
        type: 'WorkOrderExtensionGranted',
        ruleVersion: SHANDONG,
        data: {
          by: 10,
          dueAt: null,
          grantedOn: '2026-03-10',
          clocks: [{ clock: 'handling', rule: SHANDONG, calendar: 'CN-2026.1', due: '2026-03-25' }],
        },
      },
    ]);
    expect(handlingOf(granted(pending, { workingDays: 3 }, shanghai('2026-03-10')))).toMatchObject({
      promised: '2026-03-11',
      due: '2026-03-16',
      extensions: [{ grantedOn: '2026-03-10', by: 3 }],
    });
  });
  it('by the measure of 2017 for seven working days', () => {
    const before = [...ready, dispatchedOn('2018-05-07'), requestedOn('2018-05-25')];
    expect(handlingOf(granted(before, {}, shanghai('2018-05-28'))).due).toBe('2018-06-06');
    grant(before, { workingDays: 8 }, on(shanghai('2018-05-28'))).then({
      kind: 'invalid',
      code: 'EXTENSION_TOO_LONG',
      field: 'workingDays',
    });
  });
  it('over a holiday with a day made up', () => {
    const spring = [...ready, dispatchedOn('2026-04-30'), requestedOn('2026-05-08')];
    expect(handlingOf(granted(spring, {}, shanghai('2026-05-09'))).due).toBe('2026-05-25');
  });
  it('for no longer than the rule lets', () => {
    grant(pending, { workingDays: 11 }, on(shanghai('2026-03-10'))).then({
      kind: 'invalid',
      code: 'EXTENSION_TOO_LONG',
      field: 'workingDays',
    });
  });
  it('once', () => {
    const twice = [...granted(pending, { workingDays: 3 }, shanghai('2026-03-10')), requestedOn('2026-03-12')];
    grant(twice, { workingDays: 3 }, on(shanghai('2026-03-13'))).then({
      kind: 'conflict',
      code: 'EXTENSION_NOT_ALLOWED',
    });
  });
  it('on the last day, and not after it (T-09)', () => {
    expect(handlingOf(granted(pending, {}, shanghai('2026-03-11', '23:59'))).due).toBe('2026-03-25');
    const late = { kind: 'conflict', code: 'EXTENSION_TOO_LATE' } as const;
    grant(pending, {}, on(shanghai('2026-03-12', '00:00'))).then(late);
    grant(ownPending, { dueAt: '2026-03-20T18:00:00+08:00' }, on(shanghai('2026-03-11', '18:01'))).then(late);
  });
  it('to no avail when it was entered after the last day: the date stays, and so does what was said', () => {
    const late = granted(pending, {}, shanghai('2026-03-10'), shanghai('2026-03-12'));
    expect(late.at(-1)).toMatchObject({ data: { by: 10, grantedOn: '2026-03-12', clocks: [{ due: '2026-03-11' }] } });
    const clock = handlingOf(late);
    expect(clock).toMatchObject({ due: '2026-03-11', extensions: [{ grantedOn: '2026-03-12', by: 10 }] });
    expect(deadlineBehind(clock, law)?.arithmetic.extensions).toMatchObject([{ effect: 'too-late' }]);
    const answered = [...late, { ...replied, occurredAt: shanghai('2026-03-13') } as Given];
    expect(timelinessOf(handlingOf(answered))).toBe('late');
    // The one that the rule has is spent: what is entered in time later cannot come before it.
    const again = [...late, requestedOn('2026-03-11')];
    grant(again, {}, on(shanghai('2026-03-11'), shanghai('2026-03-12'))).then({
      kind: 'conflict',
      code: 'EXTENSION_NOT_ALLOWED',
    });
  });
  it('in effect when it was entered a day late, but before the deadline', () => {
    const entered = granted(pending, {}, shanghai('2026-03-10'), shanghai('2026-03-11'));
    expect(handlingOf(entered)).toMatchObject({ due: '2026-03-25', extensions: [{ grantedOn: '2026-03-10' }] });
  });
  it('to who asked for it, never by the same person', () => {
    const self = [...held, requestedOn('2026-03-09', { id: hotline.id, role: 'administrator' })];
    grant(self, {}, on(shanghai('2026-03-10'))).then({ kind: 'forbidden', code: 'SECOND_PERSON_REQUIRED' });
  });
  it('as a person of the hotline', () => {
    for (const role of ['officer', 'process', 'mediator']) {
      grant(pending, {}, { ...on(shanghai('2026-03-10')), actor: { id: 'key-3', role } }).then({
        kind: 'forbidden',
        code: 'HUMAN_DECISION_REQUIRED',
      });
    }
  });
  it('not before it was asked to', () => {
    grant(pending, {}, on(shanghai('2026-03-06'))).then({
      kind: 'invalid',
      code: 'OCCURRED_BEFORE_PREVIOUS_STEP',
      field: 'occurredAt',
    });
    grant(held, {}, on(shanghai('2026-03-10'))).then({ kind: 'conflict', code: 'NO_EXTENSION_REQUESTED' });
    grant([...pending, refused], {}, on(shanghai('2026-03-10'))).then({
      kind: 'conflict',
      code: 'NO_EXTENSION_REQUESTED',
    });
  });
  it('by days where the date follows from a rule, not by a date', () => {
    grant(pending, { dueAt: '2026-03-20T18:00:00+08:00' }, on(shanghai('2026-03-10'))).then({
      kind: 'invalid',
      code: 'DUE_AT_NOT_APPLICABLE',
      field: 'dueAt',
    });
  });
});

describe('the hotline moves its channel’s own date', () => {
  const later = '2026-03-20T18:00:00+08:00';
  const due = '2026-03-20T10:00:00.000Z';

  it('to the date that it names, under no rule', () => {
    grant(ownPending, { dueAt: later }, on(shanghai('2026-03-11', '17:00'))).then([
      {
        type: 'WorkOrderExtensionGranted',
        data: { by: null, dueAt: due, grantedOn: '2026-03-11', clocks: [byChannel(due)] },
      },
    ]);
    expect(handlingOf(granted(ownPending, { dueAt: later }, shanghai('2026-03-10')))).toMatchObject({
      promised: ownDue,
      due,
      extensions: [{ grantedOn: '2026-03-10' }],
    });
  });
  it('again when it is asked again: no rule says how often', () => {
    const once = granted(ownPending, { dueAt: later }, shanghai('2026-03-10'));
    const twice = granted(
      [...once, requestedOn('2026-03-19')],
      { dueAt: '2026-04-01T18:00:00+08:00' },
      shanghai('2026-03-19'),
    );
    expect(handlingOf(twice)).toMatchObject({ promised: ownDue, due: '2026-04-01T10:00:00.000Z' });
  });
  it('to no avail when it was entered after the date', () => {
    const late = granted(ownPending, { dueAt: later }, shanghai('2026-03-10'), shanghai('2026-03-11', '18:01'));
    expect(late.at(-1)).toMatchObject({ data: { dueAt: due, grantedOn: '2026-03-11', clocks: [{ due: ownDue }] } });
    expect(handlingOf(late).due).toBe(ownDue);
  });
  it('of imported history that is still open, too', () => {
    const history: Given[] = [
      ready[0]!,
      {
        ...dispatched,
        data: { ...dispatched.data, dueAt: ownDue, clocks: [byChannel(ownDue)], imported: true },
        occurredAt: '2026-03-01T10:00:00+08:00',
      } as Given,
      requestedOn('2026-03-09'),
    ];
    expect(handlingOf(granted(history, { dueAt: later }, shanghai('2026-03-10')))).toMatchObject({
      due,
      isImported: true,
    });
  });
  it.each<[string, GrantExtension, { code: string; field: string }]>([
    ['without a date', {}, { code: 'DUE_AT_REQUIRED', field: 'dueAt' }],
    ['to the date it has', { dueAt: ownDue }, { code: 'DUE_NOT_LATER', field: 'dueAt' }],
    ['by days', { workingDays: 3, dueAt: later }, { code: 'WORKING_DAYS_NOT_APPLICABLE', field: 'workingDays' }],
  ])('not %s', (_, command, refusal) => {
    grant(ownPending, command, on(shanghai('2026-03-10'))).then({ kind: 'invalid', ...refusal });
  });
  it('for that unit only: the next has the channel’s first date', () => {
    const known = { ...ready[0], data: { ...receivedData, dueAt: ownDue } } as Given;
    const history = [known, ...ownPending.slice(1)];
    const back = [
      ...granted(history, { dueAt: later }, shanghai('2026-03-10')),
      { ...returned, occurredAt: shanghai('2026-03-10', '11:00') } as Given,
    ];
    const { decision } = at(back).when(
      decide.dispatchWorkOrder,
      { authority: 'the unit', handlingRegion: YUECHENG },
      on(shanghai('2026-03-10', '12:00')),
    );
    expect(decision).toMatchObject([{ data: { dueAt: ownDue, clocks: [byChannel(ownDue)] } }]);
  });
});

describe('a province that configures its rule', () => {
  const rule = (period: string, extensions: string) =>
    lawWith(
      `{ id: L-32.zhejiang, name: zhejiang-hotline, clock: hotline-handling, title: { en: Hotline, zh: 热线 },
        region: '330000', limit: stated, selectedBy: received, starts: the unit receives it, completes: the unit replies,
        versions: [{ regulation: none, article: '-', from: null, to: null, period: ${period}, source: the office ${extensions} }] }`,
    );
  const grantUnder = (by: Law, command: GrantExtension) => {
    const events = [...ready, dispatchedOn('2026-03-04', { handlingRegion: YUECHENG }, by), requestedOn('2026-03-04')];
    return grant(events, command, on(shanghai('2026-03-04', '12:00')), by);
  };

  it('and lets no extension be', () => {
    const by = rule('{ workingDays: 5 }', '');
    grantUnder(by, {}).then({ kind: 'conflict', code: 'EXTENSION_NOT_ALLOWED' });
    grantUnder(rule('{ hours: 24 }', ''), {}).then({ kind: 'conflict', code: 'EXTENSION_NOT_ALLOWED' });
  });
  it('and leaves the amount to who grants it', () => {
    const by = rule('{ workingDays: 5 }', `, extensions: [{ by: null, grantedBy: 热线机构, times: null }]`);
    grantUnder(by, {}).then({ kind: 'invalid', code: 'EXTENSION_AMOUNT_NEEDED', field: 'workingDays' });
    expect(grantUnder(by, { workingDays: 30 }).decision).toMatchObject([{ data: { by: 30 } }]);
  });
  it('and counts calendar days, of which nobody grants working days', () => {
    const by = rule('{ days: 10 }', `, extensions: [{ by: { days: 5 }, grantedBy: 热线机构, times: 1 }]`);
    grantUnder(by, { workingDays: 3 }).then({
      kind: 'invalid',
      code: 'WORKING_DAYS_NOT_APPLICABLE',
      field: 'workingDays',
    });
    expect(grantUnder(by, {}).decision).toMatchObject([{ data: { by: 5, clocks: [{ due: '2026-03-19' }] } }]);
  });
});

describe('the hotline refuses it', () => {
  const refuse = (events: readonly Given[], when: Partial<DecisionContext>) =>
    at(events).when(decide.refuseExtension, {}, { ...byHotline, ...when });

  it('with words that stay in the vault, or without', () => {
    refuse(pending, { ...on(shanghai('2026-03-10')), persons: words('N2') }).then([
      { type: 'WorkOrderExtensionRefused', data: { note: 'N2' } },
    ]);
    const silent: WorkOrderEvent = { type: 'WorkOrderExtensionRefused', data: { note: null } };
    refuse(pending, on(shanghai('2026-03-10'))).then([silent]);
    refuse(pending, on(shanghai('2026-03-16'))).then([silent]);
    expect(handlingOf([...pending, refused])).toMatchObject({ due: '2026-03-11', extensions: [] });
  });
  it('as a person of the hotline, and not before it was asked', () => {
    refuse(pending, { ...on(shanghai('2026-03-10')), actor: officer }).then({
      kind: 'forbidden',
      code: 'HUMAN_DECISION_REQUIRED',
    });
    refuse(held, on(shanghai('2026-03-10'))).then({ kind: 'conflict', code: 'NO_EXTENSION_REQUESTED' });
    refuse(pending, on(shanghai('2026-03-06'))).then({
      kind: 'invalid',
      code: 'OCCURRED_BEFORE_PREVIOUS_STEP',
      field: 'occurredAt',
    });
  });
});

describe('nothing of it', () => {
  const gone = (event: Given) => ({ ...event, occurredAt: shanghai('2026-03-10') }) as Given;
  it.each<[string, readonly Given[], { kind: 'notFound' | 'conflict'; code: string }]>([
    ['before there is a ticket', [], { kind: 'notFound', code: 'NOT_FOUND' }],
    ['of a received one', [received], { kind: 'conflict', code: 'WORK_ORDER_NOT_DISPATCHED' }],
    ['of a classified one', ready, { kind: 'conflict', code: 'WORK_ORDER_NOT_DISPATCHED' }],
    ['of a returned one', [...pending, gone(returned)], { kind: 'conflict', code: 'WORK_ORDER_RETURNED' }],
    ['of an answered one', [...pending, gone(replied)], { kind: 'conflict', code: 'WORK_ORDER_ALREADY_REPLIED' }],
    ['of a closed one', [...pending, gone(replied), gone(closed)], { kind: 'conflict', code: 'WORK_ORDER_CLOSED' }],
  ])('%s', (_, events, refusal) => {
    const when = on(shanghai('2026-03-11'));
    at(events)
      .when(decide.requestExtension, { note: '' }, { ...byOfficer, ...when })
      .then(refusal);
    grant(events, {}, when).then(refusal);
    at(events)
      .when(decide.refuseExtension, {}, { ...byHotline, ...when })
      .then(refusal);
  });
  it('is left of a request when the ticket is given back', () => {
    const again = [
      ...pending,
      gone(returned),
      { ...dispatchedOn('2026-03-04'), occurredAt: shanghai('2026-03-11') } as Given,
    ];
    grant(again, {}, on(shanghai('2026-03-11', '11:00'))).then({ kind: 'conflict', code: 'NO_EXTENSION_REQUESTED' });
  });
});

describe('the steps of an extension', () => {
  it('are steps: what follows has not happened before them', () => {
    const early = { kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' } as const;
    for (const events of [pending, [...pending, refused], granted(pending, {}, shanghai('2026-03-10'))]) {
      at(events)
        .when(decide.replyWorkOrder, { outcome: 'handled' }, on(shanghai('2026-03-06')))
        .then(early);
    }
  });
});

describe('the commands’ form', () => {
  const faults = (command: object, fields: object) =>
    validateSync(Object.assign(command, fields)).map((error) => error.property);

  it('wants a reason to ask, and neither words nor numbers to decide', () => {
    expect(faults(new RequestExtension(), {})).toEqual(['note']);
    expect(faults(new GrantExtension(), {})).toEqual([]);
    expect(faults(new RefuseExtension(), {})).toEqual([]);
  });
  it.each([0, -1, 1.5, 366, '3', Number.NaN])('refuses %j working days', (workingDays) => {
    expect(faults(new GrantExtension(), { workingDays })).toEqual(['workingDays']);
  });
  it('refuses a date that is no moment', () => {
    expect(faults(new GrantExtension(), { dueAt: '2026-03-20' })).toEqual(['dueAt']);
  });
  it('is for the unit to ask and for the hotline to decide', () => {
    const roles = (action: string) => workOrdersTable.commands.find((row) => row.action === action)?.roles;
    expect([roles('request-extension'), roles('grant-extension'), roles('refuse-extension')]).toEqual([
      ['officer'],
      ['hotline'],
      ['hotline'],
    ]);
  });
});

describe('the view', () => {
  const documentAfter = (events: readonly Given[]) =>
    documentsGiven(
      workOrders,
      events.map((event) => ({ ...event, stream: 'workOrder-12345-HZ-1' })) as GivenEvent[],
    ).get('12345-HZ-1');
  const requested = {
    status: 'requested',
    requestedAt: '2026-03-09T02:00:00.000Z',
    note: 'N1',
    decidedAt: null,
    by: null,
    dueAt: null,
    refusal: null,
  };

  it('shows what was asked and what came of it', () => {
    const decidedAt = '2026-03-10T02:00:00.000Z';
    expect(documentAfter(held)?.extension).toBeNull();
    expect(documentAfter(pending)?.extension).toEqual(requested);
    expect(documentAfter([...pending, refused])?.extension).toEqual({
      ...requested,
      status: 'refused',
      decidedAt,
      refusal: 'N2',
    });
    const document = documentAfter(granted(pending, { workingDays: 3 }, shanghai('2026-03-10')));
    expect(document?.extension).toEqual({ ...requested, status: 'granted', decidedAt, by: 3 });
    expect(document).toMatchObject({ dueAt: null, clocks: { handling: { due: '2026-03-16' } } });
  });
  it('shows the channel’s own date as it came to be', () => {
    const later = '2026-03-20T18:00:00+08:00';
    const due = '2026-03-20T10:00:00.000Z';
    expect(documentAfter(granted(ownPending, { dueAt: later }, shanghai('2026-03-10')))).toMatchObject({
      dueAt: due,
      extension: { dueAt: due },
      clocks: { handling: { due } },
    });
    const late = granted(ownPending, { dueAt: later }, shanghai('2026-03-10'), shanghai('2026-03-12'));
    expect(documentAfter(late)).toMatchObject({ dueAt: ownDue, extension: { dueAt: due } });
  });
  it('forgets it with the next dispatch', () => {
    const back = [...pending, { ...returned, occurredAt: shanghai('2026-03-10') } as Given];
    expect(documentAfter(back)?.extension).toEqual(requested);
    expect(documentAfter([...back, dispatchedOn('2026-03-11')])?.extension).toBeNull();
  });
  it('takes no decision of what was not asked', () => {
    expect(() => documentAfter([...held, refused])).toThrow('before WorkOrderExtensionRequested');
  });
  it('stands with the aggregate of a work order that never had clocks', () => {
    expect(documentAfter(atUnit)).toMatchObject({ clocks: {}, extension: null });
  });
});
