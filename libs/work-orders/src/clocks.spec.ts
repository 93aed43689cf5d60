import { describe, expect, it } from '@jest/globals';
import { documentsGiven, isRefusal, recorded, type GivenEvent } from '#kernel';
import { deadlineBehind, timelinessOf, type Clock } from '#law';
import type { DispatchWorkOrder, RegisterWorkOrder, VerifyWorkOrderLateEntry } from './commands.ts';
import * as decide from './decide.ts';
import { workOrderClockChanges, type RecordedWorkOrderEvent, type WorkOrderEvent } from './events.ts';
import {
  at,
  atUnit,
  byChannel,
  classifiedAs,
  closed,
  dispatched,
  law,
  lawBy,
  lawWith,
  linked,
  received,
  receivedData,
  replied,
  returned,
  shanghai,
  stateAfter,
  UNTOLD,
  YUECHENG,
  ZICHUAN,
  type Given,
} from './testing/history.ts';
import { workOrders } from './views/work-orders.ts';
import { workOrdersTable } from './work-orders.module.ts';

const SHANDONG_2017 = 'L-32.handling/SHANDONG-HOTLINE-2017@2017:-';
const SHANDONG_2020 = 'L-32.handling/SHANDONG-HOTLINE@2020-01:-';
const RETURN_2020 = 'L-32.return/SHANDONG-HOTLINE@2020-01:-';

/** Ready for dispatch since before every day of these specs. */
const ready: Given[] = [{ ...received, occurredAt: '2015-01-05T10:00:00+08:00' } as Given].concat(
  [classifiedAs('complaint'), linked].map((event) => ({ ...event, occurredAt: '2015-01-05T11:00:00+08:00' })),
);
const sentOn = (day: string, more: Partial<DispatchWorkOrder> = {}, by = law, history = ready) =>
  at(history, by).when(
    decide.dispatchWorkOrder,
    { authority: 'the unit', handlingRegion: ZICHUAN, ...more },
    { occurredAt: shanghai(day), today: day },
  ).decision;
/** The readings with which it was dispatched, and the rule the event stands under. */
function openedOn(...sent: Parameters<typeof sentOn>) {
  const decision = sentOn(...sent);
  if (isRefusal(decision)) throw new Error(decision.code);
  const [event] = decision as [Extract<WorkOrderEvent, { type: 'WorkOrderDispatched' }>];
  return { ruleVersion: event.ruleVersion, clocks: event.data.clocks };
}
/** A dispatch as its event stands in the log. */
function sent(...args: Parameters<typeof sentOn>): Given {
  const [event] = sentOn(...args) as readonly WorkOrderEvent[];
  return { ...event, occurredAt: shanghai(args[0]) } as Given;
}
const entered = (event: Given, occurredAt: number, recordedAt = occurredAt, by = 'key-1') =>
  ({ ...event, occurredAt, recordedAt, actor: { id: by, role: 'officer' } }) as Given;
const clockOf = (name: string, ...events: Given[]): Clock => {
  const state = stateAfter(...events);
  return (state.status === 'empty' ? {} : state.clocks)[name]!;
};

describe('a dispatch opens the clocks of the rule of its region and its day', () => {
  // Counted by hand from the notices: Labour Day of 2026 is 1 to 5 May with 9 May made up, 2020 began on a holiday and worked
  // on Sunday 19 January.
  it.each([
    ['the measure of 2020', '2026-03-04', SHANDONG_2020, '2026-03-11', '2026-03-06'],
    ['over a holiday with a day made up', '2026-04-30', SHANDONG_2020, '2026-05-11', '2026-05-07'],
    ['its first day, a holiday', '2020-01-01', SHANDONG_2020, '2020-01-08', '2020-01-03'],
  ])('in Shandong by %s', (_, day, ruleVersion, due, back) => {
    const { ruleVersion: named, clocks } = openedOn(day);
    expect(named).toBe(ruleVersion);
    expect(clocks).toMatchObject([
      { clock: 'handling', rule: ruleVersion, due },
      { clock: 'return', rule: RETURN_2020, due: back },
    ]);
  });
  it.each([
    ['2018-05-07', '2018-05-28'],
    ['2019-12-31', '2020-01-21'],
  ])('in Shandong by the measure of 2017, which gave no right of return: %s', (day, due) => {
    const { ruleVersion, clocks } = openedOn(day);
    expect(ruleVersion).toBe(SHANDONG_2017);
    expect(clocks).toMatchObject([{ clock: 'handling', rule: SHANDONG_2017, due }]);
    expect(clocks).toHaveLength(1);
  });
  it('on the legal day in Shanghai', () => {
    const lateEvening = { occurredAt: shanghai('2026-03-04', '23:59'), today: '2026-03-04' };
    const command = { authority: 'the unit', handlingRegion: ZICHUAN };
    expect(at(ready).when(decide.dispatchWorkOrder, command, lateEvening).decision).toMatchObject([
      { data: { clocks: [{ due: '2026-03-11' }, { due: '2026-03-06' }] } },
    ]);
  });
  it('that cannot be told before there was a measure', () => {
    expect(openedOn('2016-12-30')).toEqual({
      ruleVersion: undefined,
      clocks: [{ ...UNTOLD, undetermined: 'RULE_NOT_IN_FORCE' }],
    });
  });
  it.each([
    ['Zhejiang', YUECHENG],
    ['Anhui', '341721'],
    ['a functional zone of Shanxi', '140171'],
  ])('that cannot be told in %s, whose rules were not found', (_, handlingRegion) => {
    expect(openedOn('2026-03-04', { handlingRegion })).toEqual({ ruleVersion: undefined, clocks: [UNTOLD] });
  });

  const version = (period: string) =>
    `{ regulation: none, article: '-', from: null, to: null, period: ${period}, source: the office }`;
  const ofZhejiang = (period: string) =>
    `{ id: L-32.zhejiang, name: zhejiang-hotline, clock: hotline-handling, title: { en: Hotline, zh: 热线 }, region: '330000',
      limit: stated, selectedBy: received, starts: the unit receives it, completes: the unit replies,
      versions: [${version(period)}] }`;

  it('as a province configures it, and only there', () => {
    const configured = lawWith(ofZhejiang('{ workingDays: 3 }'));
    expect(openedOn('2026-03-04', { handlingRegion: YUECHENG }, configured)).toMatchObject({
      ruleVersion: expect.stringMatching(/^L-32.zhejiang\/none~\w{8}:-$/),
      clocks: [{ clock: 'handling', due: '2026-03-09' }],
    });
    expect(openedOn('2026-03-04', { handlingRegion: '341721' }, configured).clocks).toEqual([UNTOLD]);
    expect(openedOn('2026-03-04', {}, configured).ruleVersion).toBe(SHANDONG_2020);
  });
  it('as it is configured for everywhere else', () => {
    const configured = lawWith(`{ id: L-32.elsewhere, versions: [${version('{ days: 10 }')}] }`);
    const { ruleVersion, clocks } = openedOn('2026-03-04', { handlingRegion: '341721' }, configured);
    expect([ruleVersion, clocks?.[0]?.due]).toEqual([
      expect.stringMatching(/^L-32.elsewhere\/none~\w{8}:-$/),
      '2026-03-14',
    ]);
    expect(openedOn('2026-03-04', {}, configured).ruleVersion).toBe(SHANDONG_2020);
  });
  it('that ends at a moment where the rule counts hours, from the moment of dispatch', () => {
    const configured = lawWith(ofZhejiang('{ hours: 24 }'));
    const event = sent('2026-03-04', { handlingRegion: YUECHENG }, configured);
    expect(clockOf('handling', ...ready, event)).toMatchObject({
      from: '2026-03-04T02:00:00.000Z',
      due: '2026-03-05T02:00:00.000Z',
    });
  });
});

describe('the channel’s own date', () => {
  const dueAt = '2026-03-12T18:00:00+08:00';
  const due = '2026-03-12T10:00:00.000Z';

  it('comes before that of the rule, named by the dispatch or by the channel', () => {
    const [, right] = openedOn('2026-03-04').clocks!;
    expect(openedOn('2026-03-04', { dueAt })).toEqual({ ruleVersion: undefined, clocks: [byChannel(due), right] });
    const known = { ...ready[0], data: { ...receivedData, dueAt: due } } as Given;
    const history = [known, ...ready.slice(1)];
    expect(openedOn('2026-03-04', {}, law, history).clocks).toEqual([byChannel(due), right]);
    const other = { dueAt: '2026-03-13T18:00:00+08:00' };
    expect(openedOn('2026-03-04', other, law, history).clocks?.[0]?.due).toBe('2026-03-13T10:00:00.000Z');
  });
  it('runs from the moment of dispatch to that moment', () => {
    expect(clockOf('handling', ...ready, sent('2026-03-04', { dueAt }))).toMatchObject({
      from: '2026-03-04T02:00:00.000Z',
      promised: due,
      due,
      state: 'running',
    });
  });
});

describe('the clocks of a work order', () => {
  const held = [...ready, sent('2026-03-04')];
  const on = (event: Given, day: string) => entered(event, shanghai(day));

  it('run side by side: by one the unit must answer, by the other it may give back', () => {
    expect(clockOf('handling', ...held)).toMatchObject({ from: '2026-03-04', state: 'running', isRight: false });
    expect(clockOf('return', ...held)).toMatchObject({ from: '2026-03-04', state: 'running', isRight: true });
  });
  it('stop with the answer', () => {
    const answered = [...held, on(replied, '2026-03-11')];
    expect(timelinessOf(clockOf('handling', ...answered))).toBe('in-time');
    expect(clockOf('return', ...answered).state).toBe('superseded');
    const late = clockOf('handling', ...held, on(replied, '2026-03-12'));
    expect(timelinessOf(late)).toBe('late');
    const again = clockOf('handling', ...answered, on(closed, '2026-03-16'));
    expect(again.completion?.occurredAt).toBe(shanghai('2026-03-11'));
  });
  it('stop with the return, and open anew for the next unit (T-19)', () => {
    const back = [...held, on(returned, '2026-03-06')];
    expect(timelinessOf(clockOf('return', ...back))).toBe('in-time');
    expect(timelinessOf(clockOf('return', ...held, on(returned, '2026-03-09')))).toBe('late');
    expect(clockOf('handling', ...back).state).toBe('superseded');
    const again = [...back, sent('2026-03-09', { handlingRegion: '370303' })];
    expect(clockOf('handling', ...again)).toMatchObject({ due: '2026-03-16', state: 'running', completion: null });
    expect(clockOf('return', ...again)).toMatchObject({ due: '2026-03-11', state: 'running', completion: null });
  });
  it('lose the right of return where the next unit has none', () => {
    const again = [
      ...held,
      on(returned, '2026-03-06'),
      sent('2026-03-09', { handlingRegion: YUECHENG, dueAt: '2026-03-20T18:00:00+08:00' }),
    ];
    expect(clockOf('handling', ...again).state).toBe('running');
    expect(clockOf('return', ...again).state).toBe('completed');
  });
  it('are none of a work order that is older, and none of one with the dispatcher', () => {
    expect(stateAfter(...atUnit, replied, closed)).toMatchObject({ clocks: {} });
    expect(stateAfter(...ready)).toMatchObject({ clocks: {} });
  });
  it('can be explained from what they hold', () => {
    const { due, ruleVersion } = deadlineBehind(clockOf('handling', ...held), law)!;
    expect([due, ruleVersion]).toEqual(['2026-03-11', SHANDONG_2020]);
  });
});

describe('a ticket that its channel has already sent', () => {
  const registered = (fields: Partial<RegisterWorkOrder>): Given[] => {
    const command = { channel: '12345', externalNo: 'HZ-1', receivedAt: '2026-01-05T10:00:00+08:00', ...fields };
    const decision = at([]).when(decide.registerWorkOrder, command).decision;
    if (isRefusal(decision)) throw new Error(decision.code);
    return decision as Given[];
  };
  const dueAt = '2026-01-09T18:00:00+08:00';
  const due = '2026-01-09T10:00:00.000Z';
  const closedAt = '2026-01-08T10:00:00+08:00';
  const dispatchOf = (events: readonly Given[]) => events.find(({ type }) => type === 'WorkOrderDispatched');

  describe('live', () => {
    it('has the clocks of the rule from its receipt', () => {
      const events = registered({ handlingRegion: ZICHUAN, authority: 'Zichuan bureau' });
      expect(dispatchOf(events)).toMatchObject({ ruleVersion: SHANDONG_2020 });
      expect(clockOf('handling', ...events)).toMatchObject({
        from: '2026-01-05',
        due: '2026-01-12',
        isImported: false,
      });
      expect(clockOf('return', ...events)).toMatchObject({ due: '2026-01-07', isRight: true });
    });
    it('is judged by when it was told that it ended (T-28)', () => {
      const events = registered({ handlingRegion: ZICHUAN, closedAt });
      const told = events.map((event) => ({ ...event, recordedAt: shanghai('2026-03-04') }) as Given);
      expect(timelinessOf(clockOf('handling', ...told))).toBe('backdated');
      expect(events.at(-1)).toMatchObject({ data: { outcome: 'handled' } });
      expect(events.at(-1)!.data).not.toHaveProperty('imported');
    });
    it('has none while it lies with the dispatcher, whatever its date', () => {
      const [event] = registered({ handlingRegion: ZICHUAN, dueAt });
      expect(event!.data).not.toHaveProperty('clocks');
      expect(stateAfter(event!)).toMatchObject({ dueAt: due, clocks: {} });
    });
  });

  describe('imported', () => {
    const imported = (fields: Partial<RegisterWorkOrder>) => registered({ importBatch: 'b', ...fields });

    it('is judged by the date it brings and by its own times, and nobody is reminded of it', () => {
      const events = imported({ handlingRegion: ZICHUAN, dueAt, closedAt });
      expect(dispatchOf(events)).toEqual({
        type: 'WorkOrderDispatched',
        occurredAt: shanghai('2026-01-05'),
        data: {
          authority: null,
          handlingRegion: ZICHUAN,
          dueAt: due,
          clocks: [byChannel(due)],
          imported: true,
        },
      });
      expect(events[0]!.data).not.toHaveProperty('clocks');
      const told = events.map((event) => ({ ...event, recordedAt: shanghai('2026-03-04') }) as Given);
      const clock = clockOf('handling', ...told);
      expect(clock).toMatchObject({ due, isImported: true, state: 'completed', completion: { isImported: true } });
      expect(timelinessOf(clock)).toBe('in-time');
    });
    it('without a date has no clock: our law does not judge it', () => {
      const events = imported({ handlingRegion: ZICHUAN, closedAt });
      expect(dispatchOf(events)).toEqual({
        type: 'WorkOrderDispatched',
        occurredAt: shanghai('2026-01-05'),
        data: { authority: null, handlingRegion: ZICHUAN, dueAt: null, imported: true },
      });
      expect(stateAfter(...events)).toMatchObject({ status: 'closed', clocks: {} });
    });
    it('without a region has its clock from the receipt to the end', () => {
      const events = imported({ dueAt, closedAt: '2026-01-12T10:00:00+08:00' });
      expect(events.map(({ type }) => type)).toEqual(['WorkOrderReceived', 'WorkOrderClosed']);
      expect(events).toMatchObject([{ data: { clocks: [byChannel(due)] } }, { data: { imported: true } }]);
      const clock = clockOf('handling', ...events);
      expect(clock).toMatchObject({ from: '2026-01-05T02:00:00.000Z', due, isImported: true, state: 'completed' });
      expect(timelinessOf(clock)).toBe('late');
    });
    it('without a region or a date has none', () => {
      expect(imported({ closedAt })[0]!.data).not.toHaveProperty('clocks');
    });
    it('and answered later here is judged as any other answer', () => {
      const events = [...imported({ handlingRegion: ZICHUAN, dueAt }), entered(replied, shanghai('2026-01-09'))];
      expect(clockOf('handling', ...events).completion).toMatchObject({ isImported: false });
      const late = [...events.slice(0, -1), entered(replied, shanghai('2026-01-09'), shanghai('2026-01-12'))];
      expect(timelinessOf(clockOf('handling', ...late))).toBe('backdated');
    });
    it('without a region and then dispatched here has the clocks of that dispatch', () => {
      const [event] = imported({}) as [Given];
      const events = [event, classifiedAs('report'), sent('2026-03-04', {}, law, [event, classifiedAs('report')])];
      expect(clockOf('handling', ...events)).toMatchObject({ rule: SHANDONG_2020, isImported: false });
    });
  });
});

describe('what was entered late', () => {
  const verify: VerifyWorkOrderLateEntry = { clock: 'handling', reason: 'paper-record', evidence: ['file/7'] };
  const supervisor = { actor: { id: 'key-2', role: 'hotline' } };
  const held = [...ready, sent('2026-03-04')];
  const late = [...held, entered(replied, shanghai('2026-03-11'), shanghai('2026-03-13'))];
  const verified: Given = { type: 'WorkOrderLateEntryVerified', data: verify };

  it('passes over the deadline by its own word only, until a second person has verified it', () => {
    expect(timelinessOf(clockOf('handling', ...late))).toBe('backdated');
    at(late)
      .when(decide.verifyLateEntry, verify, supervisor)
      .then([{ type: 'WorkOrderLateEntryVerified', data: verify }]);
    expect(timelinessOf(clockOf('handling', ...late, verified))).toBe('in-time');
  });
  it('is verified once, silently again', () => {
    at([...late, verified])
      .when(decide.verifyLateEntry, verify, supervisor)
      .then([]);
  });
  it('is verified for a return as well', () => {
    const back = [...held, entered(returned, shanghai('2026-03-06'), shanghai('2026-03-09'))];
    at(back)
      .when(decide.verifyLateEntry, { ...verify, clock: 'return' }, supervisor)
      .then([{ type: 'WorkOrderLateEntryVerified', data: { ...verify, clock: 'return' } }]);
  });
  it('is not verified by who entered it, nor by a process', () => {
    at(late).when(decide.verifyLateEntry, verify).then({ kind: 'forbidden', code: 'SECOND_PERSON_REQUIRED' });
    at(late)
      .when(decide.verifyLateEntry, verify, { actor: { id: 'p', role: 'process' } })
      .then({ kind: 'forbidden', code: 'HUMAN_DECISION_REQUIRED' });
  });
  it.each<[string, readonly Given[], { kind: 'notFound' | 'invalid' | 'conflict'; code: string; field?: string }]>([
    ['nothing', [], { kind: 'notFound', code: 'NOT_FOUND' }],
    ['a ticket with no unit', ready, { kind: 'invalid', code: 'UNKNOWN_CLOCK', field: 'clock' }],
    ['one still with its unit', held, { kind: 'conflict', code: 'NOT_BACKDATED', field: 'clock' }],
    [
      'one given back',
      [...held, entered(returned, shanghai('2026-03-05'))],
      { kind: 'conflict', code: 'NOT_BACKDATED', field: 'clock' },
    ],
    [
      'one answered in time',
      [...held, entered(replied, shanghai('2026-03-11'))],
      { kind: 'conflict', code: 'NOT_BACKDATED', field: 'clock' },
    ],
    [
      'one answered late',
      [...held, entered(replied, shanghai('2026-03-12')), entered(closed, shanghai('2026-03-12'))],
      { kind: 'conflict', code: 'NOT_BACKDATED', field: 'clock' },
    ],
    [
      'one without a date',
      [...ready, sent('2026-03-04', { handlingRegion: YUECHENG }), entered(replied, shanghai('2026-03-05'))],
      { kind: 'conflict', code: 'NOT_BACKDATED', field: 'clock' },
    ],
    ['one older than its clocks', [...atUnit, replied], { kind: 'invalid', code: 'UNKNOWN_CLOCK', field: 'clock' }],
  ])('cannot be what is verified of %s', (_, history, refusal) => {
    at(history).when(decide.verifyLateEntry, verify, supervisor).then(refusal);
  });
  it('does not move the time before which nothing further may have happened', () => {
    const first = stateAfter(...late);
    expect(stateAfter(...late, verified)).toMatchObject({ since: shanghai('2026-03-11'), status: first.status });
  });
});

describe('the calendar is amended', () => {
  // Spring Festival of 2020 was lengthened to 2 February by a notice of 27 January.
  const before = lawBy({ version: 'CN-2020.1' });
  const held = [...ready, sent('2020-01-20', {}, before)];

  it('and a clock that runs is read again; what was promised stands', () => {
    expect(clockOf('handling', ...held).due).toBe('2020-02-01');
    const reading = { clock: 'handling', rule: SHANDONG_2020, calendar: 'CN-2020.2', due: '2020-02-04' };
    at(held)
      .when(decide.amendDeadline, { clock: 'handling' })
      .then([{ type: 'WorkOrderDeadlineAmended', ruleVersion: SHANDONG_2020, data: reading }]);
    const amended: Given = { type: 'WorkOrderDeadlineAmended', data: reading };
    expect(clockOf('handling', ...held, amended)).toMatchObject({ promised: '2020-02-01', due: '2020-02-04' });
    expect(stateAfter(...held, amended)).toMatchObject({ since: shanghai('2020-01-20') });
  });
  it.each<[string, string, readonly Given[]]>([
    ['does not change', 'return', held],
    ['does not have', 'other', held],
    ['does not keep', 'handling', [...ready, dispatched]],
    ['has stopped', 'handling', [...held, entered(replied, shanghai('2020-01-22'))]],
    ['takes from the channel', 'handling', [...ready, sent('2020-01-20', { dueAt: '2020-02-20T10:00:00+08:00' })]],
    ['has no rule for', 'handling', [...ready, sent('2020-01-20', { handlingRegion: YUECHENG })]],
  ])('silently for a clock that it %s', (_, clock, history) => {
    at(history).when(decide.amendDeadline, { clock }).then([]);
  });
  it('for nothing', () => {
    at([]).when(decide.amendDeadline, { clock: 'handling' }).then({ kind: 'notFound', code: 'NOT_FOUND' });
  });
});

describe('who reads the events', () => {
  const stream = 'workOrder-12345-HZ-1';
  const history = [
    ...ready,
    sent('2026-03-04'),
    entered(returned, shanghai('2026-03-05')),
    sent('2026-03-06'),
    entered(replied, shanghai('2026-03-09')),
    entered(closed, shanghai('2026-03-10')),
  ];

  it('finds the clocks of the aggregate in the view, after every step', () => {
    for (let steps = 1; steps <= history.length; steps++) {
      const events = history.slice(0, steps);
      const { clocks } = stateAfter(...events) as { clocks?: object };
      const documents = documentsGiven(workOrders, events.map((event) => ({ ...event, stream })) as GivenEvent[]);
      expect(documents.get('12345-HZ-1')?.clocks).toEqual(clocks);
    }
  });
  it('finds the dates of a dispatch in the clocks, not spread over the view', () => {
    const imported = { ...sent('2026-03-04'), data: { ...dispatched.data, imported: true, clocks: [] } } as Given;
    const documents = documentsGiven(workOrders, [received, imported].map((event) => ({ ...event, stream })) as never);
    expect(documents.get('12345-HZ-1')).toMatchObject({ imported: null, clocks: {} });
  });
  it('finds the same changes through the table', () => {
    for (const event of recorded<RecordedWorkOrderEvent>(history)) {
      expect(workOrdersTable.clocks!.changesOf(event)).toEqual(workOrderClockChanges(event));
    }
    expect(workOrdersTable.clocks!.of(stateAfter())).toEqual({});
    expect(Object.keys(workOrdersTable.clocks!.of(stateAfter(...history)))).toEqual(['handling', 'return']);
    expect(workOrdersTable.processCommands?.map(({ action }) => action)).toContain('amend-deadline');
  });
});
