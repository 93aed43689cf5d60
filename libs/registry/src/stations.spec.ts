import { describe, expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import { documentsGiven, given, GIVEN_NOW, type DecisionContext, type GivenEvent } from '#kernel';
import { AppointStationKeeper, CloseServiceStation, OpenServiceStation } from './commands-station.ts';
import * as decide from './decide-station.ts';
import * as station from './service-station.ts';
import { serviceStationsTable } from './stations.module.ts';
import type { ServiceStationEvents } from './station-events.ts';
import type { Subject } from './subject.ts';
import { serviceStations } from './views/service-stations.ts';

const USCC = '91330100799655058B';
const step = <T extends keyof ServiceStationEvents & string>(type: T, data: ServiceStationEvents[T]): GivenEvent => ({
  type,
  data,
  stream: 'serviceStation-S1',
});
const data = {
  name: '银泰城消费维权服务站',
  kind: 'service-station',
  region: '330602',
  hostUscc: null,
  keeper: 'v1',
  place: 'v2',
} as const;
const opened = step('ServiceStationOpened', data);
const suspended = step('ServiceStationSuspended', { reason: 'duties-neglected' });
const resumed = step('ServiceStationResumed', {});
const closed = step('ServiceStationClosed', { reason: 'merged' });
const HISTORIES = { open: [opened], suspended: [opened, suspended], closed: [opened, closed] } as const;

const subject: Subject = {
  ...{ status: 'registered', previousAt: 0, greenChannel: 'none', uscc: USCC, name: '甲店', region: '330602' },
  ...{ sector: null, operatingSince: null },
};
const persons = { keeper: { personId: 'v1', tokens: {} }, place: { personId: 'v2', tokens: {} } };
const context = (host: Subject | undefined, people: DecisionContext['persons'] = persons) => ({
  persons: people,
  reads: { host },
});
const { name, region } = data;

describe('no station', () => {
  it('is opened with its keeper and place by reference', () => {
    given(station)
      .when(decide.openServiceStation, { name, region }, context(undefined))
      .then([{ type: 'ServiceStationOpened', data }]);
  });
  it('is opened with a registered host, or none', () => {
    const named = { name, region, kind: 'liaison-station' as const, hostUscc: USCC.toLowerCase() };
    given(station)
      .when(decide.openServiceStation, named, context(subject, {}))
      .then([
        {
          type: 'ServiceStationOpened',
          data: { ...data, kind: 'liaison-station', hostUscc: USCC, keeper: null, place: null },
        },
      ]);
    for (const host of [undefined, { status: 'empty' } as const]) {
      given(station)
        .when(decide.openServiceStation, named, context(host))
        .then({ kind: 'invalid', code: 'UNKNOWN_SUBJECT', field: 'hostUscc' });
    }
  });
  it('takes no other step', () => {
    const refusal = { kind: 'notFound', code: 'NOT_FOUND' } as const;
    given(station)
      .when(decide.suspendServiceStation, { reason: 'other' as const })
      .then(refusal);
    given(station).when(decide.resumeServiceStation, {}).then(refusal);
    given(station)
      .when(decide.closeServiceStation, { reason: 'other' as const })
      .then(refusal);
    given(station).when(decide.appointStationKeeper, { keeperName: '' }, { persons }).then(refusal);
  });
  it('is not folded from what follows an opening', () => {
    expect(() => given(station, [closed])).toThrow('before ServiceStationOpened');
    expect(() => documentsGiven(serviceStations, [closed])).toThrow('before ServiceStationOpened');
  });
});

describe.each(station.STATION_STATUSES)('a station that is %s', (status) => {
  const state = given(station, HISTORIES[status]);
  const refusal = { kind: 'conflict', code: `STATION_IS_${status.toUpperCase()}` } as const;
  const out = { kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' } as const;
  const early = { occurredAt: GIVEN_NOW - 1 };

  it('is opened once', () => {
    state
      .when(decide.openServiceStation, { name, region }, context(undefined))
      .then({ kind: 'conflict', code: 'STATION_EXISTS' });
  });
  it('suspend', () => {
    const command = { reason: 'duties-neglected' as const };
    const outcome = state.when(decide.suspendServiceStation, command);
    if (status !== 'open') return outcome.then(refusal);
    outcome.then([{ type: 'ServiceStationSuspended', data: command }]);
    state.when(decide.suspendServiceStation, command, early).then(out);
  });
  it('resume', () => {
    const outcome = state.when(decide.resumeServiceStation, {});
    if (status !== 'suspended') return outcome.then(refusal);
    outcome.then([{ type: 'ServiceStationResumed', data: {} }]);
    state.when(decide.resumeServiceStation, {}, early).then(out);
  });
  it('close', () => {
    const command = { reason: 'merged' as const };
    const outcome = state.when(decide.closeServiceStation, command);
    if (status === 'closed') return outcome.then(refusal);
    outcome.then([{ type: 'ServiceStationClosed', data: command }]);
    state.when(decide.closeServiceStation, command, early).then(out);
  });
  it('appoint a keeper', () => {
    const outcome = state.when(decide.appointStationKeeper, { keeperName: '' }, { persons });
    if (status === 'closed') return outcome.then(refusal);
    outcome.then([{ type: 'ServiceStationKeeperAppointed', data: { keeper: 'v1' } }]);
    state
      .when(decide.appointStationKeeper, { keeperName: '' })
      .then({ kind: 'invalid', code: 'KEEPER_REQUIRED', field: 'keeperName' });
  });
  it('is shown so', () => {
    expect(documentsGiven(serviceStations, HISTORIES[status]).get('S1')?.status).toBe(status);
  });
});

describe('the stations view', () => {
  it('tells since when and why, who keeps it now, and forgets the reason when it goes on', () => {
    const at = (event: GivenEvent, day: string) => ({ ...event, occurredAt: `2026-03-${day}T00:00:00Z` }) as GivenEvent;
    const keeper = at(step('ServiceStationKeeperAppointed', { keeper: 'v3' }), '02');
    const history = [at(opened, '01'), keeper, at(suspended, '03')];
    expect(documentsGiven(serviceStations, history).get('S1')).toEqual({
      ...data,
      keeper: 'v3',
      status: 'suspended',
      since: '2026-03-03T00:00:00.000Z',
      openedAt: '2026-03-01T00:00:00.000Z',
      reason: 'duties-neglected',
    });
    expect(documentsGiven(serviceStations, [...history, at(resumed, '04')]).get('S1')).toMatchObject({
      status: 'open',
      since: '2026-03-04T00:00:00.000Z',
      reason: null,
    });
  });
});

describe('the commands’ form, and the table', () => {
  const faults = (command: object) => validateSync(command).map((error) => error.property);
  it('is checked', () => {
    const whole = {
      name,
      region,
      hostUscc: USCC,
      keeperName: '张三',
      keeperPhone: '13800000000',
      address: '胜利路1号',
    };
    expect(faults(Object.assign(new OpenServiceStation(), whole))).toEqual([]);
    expect(faults(Object.assign(new OpenServiceStation(), whole, { kind: 'court', region: 'x' }))).toEqual([
      'kind',
      'region',
    ]);
    expect(faults(Object.assign(new OpenServiceStation(), whole, { name: '站 13800000000' }))).toEqual(['name']);
    expect(faults(new AppointStationKeeper())).toEqual(['keeperName']);
    expect(faults(Object.assign(new CloseServiceStation(), { reason: 'because' }))).toEqual(['reason']);
  });
  it('scopes a station by its region and host', () => {
    const [open] = serviceStationsTable.commands;
    expect(open!.scope!({ name, region, hostUscc: USCC.toLowerCase() }, {})).toEqual({ region, subject: USCC });
    expect(open!.scope!({ name, region }, {})).toEqual({ region, subject: null });
    expect(open!.reads!['host']!.stream({ hostUscc: USCC.toLowerCase() }, {})).toBe(`subject-${USCC}`);
    expect(open!.reads!['host']!.stream({}, {})).toBeNull();
    expect(serviceStationsTable.scopeOf(given(station, [opened]).state)).toEqual({ region, subject: null });
    expect(serviceStationsTable.scopeOf(station.initial)).toEqual({ region: null, subject: null });
  });
});
