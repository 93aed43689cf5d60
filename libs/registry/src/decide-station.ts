import { normaliseUscc, outOfTime, refuse, type Decision, type DecisionContext } from '#kernel';
import type {
  AppointStationKeeper,
  CloseServiceStation,
  OpenServiceStation,
  ResumeServiceStation,
  SuspendServiceStation,
} from './commands-station.ts';
import type { ServiceStation, StationStatus } from './service-station.ts';
import type { ServiceStationEvent } from './station-events.ts';
import type { Subject } from './subject.ts';

/** The host, where one is named: it must be registered. */
export interface HostReads {
  readonly host: Subject | undefined;
}

export function openServiceStation(
  { name, kind, region, hostUscc }: OpenServiceStation,
  state: ServiceStation,
  { persons, reads }: DecisionContext<HostReads>,
): Decision<ServiceStationEvent> {
  if (state.status !== 'empty') return refuse('conflict', 'STATION_EXISTS', 'This station is open already.');
  const host = hostUscc === undefined ? null : normaliseUscc(hostUscc)!;
  if (host !== null && (reads.host === undefined || reads.host.status === 'empty')) {
    return refuse('invalid', 'UNKNOWN_SUBJECT', 'No subject is registered with this code.', 'hostUscc');
  }
  const keeper = persons['keeper']?.personId ?? null;
  const place = persons['place']?.personId ?? null;
  return [
    {
      type: 'ServiceStationOpened',
      data: { name, kind: kind ?? 'service-station', region, hostUscc: host, keeper, place },
    },
  ];
}

export function appointStationKeeper(
  _: AppointStationKeeper,
  state: ServiceStation,
  context: DecisionContext,
): Decision<ServiceStationEvent> {
  return from(state, context, ['open', 'suspended'], () => {
    const keeper = context.persons['keeper']?.personId;
    if (keeper === undefined) return refuse('invalid', 'KEEPER_REQUIRED', 'A keeper has a name.', 'keeperName');
    return [{ type: 'ServiceStationKeeperAppointed', data: { keeper } }];
  });
}

export function suspendServiceStation(
  { reason }: SuspendServiceStation,
  state: ServiceStation,
  context: DecisionContext,
): Decision<ServiceStationEvent> {
  return from(state, context, ['open'], () => [{ type: 'ServiceStationSuspended', data: { reason } }]);
}

export function resumeServiceStation(
  _: ResumeServiceStation,
  state: ServiceStation,
  context: DecisionContext,
): Decision<ServiceStationEvent> {
  return from(state, context, ['suspended'], () => [{ type: 'ServiceStationResumed', data: {} }]);
}

export function closeServiceStation(
  { reason }: CloseServiceStation,
  state: ServiceStation,
  context: DecisionContext,
): Decision<ServiceStationEvent> {
  return from(state, context, ['open', 'suspended'], () => [{ type: 'ServiceStationClosed', data: { reason } }]);
}

function from(
  state: ServiceStation,
  context: DecisionContext,
  allowed: readonly StationStatus[],
  step: () => Decision<ServiceStationEvent>,
): Decision<ServiceStationEvent> {
  if (state.status === 'empty') return refuse('notFound', 'NOT_FOUND', 'There is no such station.');
  const { status } = state;
  if (!allowed.includes(status)) {
    const code = `STATION_IS_${status.toUpperCase()}`;
    return refuse('conflict', code, `The station is ${status}; this step does not follow.`);
  }
  return outOfTime(state, context) ?? step();
}
