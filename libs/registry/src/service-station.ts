import { unreachable, type Instant, type RecordedEvent } from '#kernel';
import type { RecordedServiceStationEvent } from './station-events.ts';

export const STATION_STATUSES = ['open', 'suspended', 'closed'] as const;
export type StationStatus = (typeof STATION_STATUSES)[number];

/** A service station (消费维权服务站): open ⇄ suspended → closed. One that was closed is another one when it opens again. */
export type ServiceStation =
  | { readonly status: 'empty' }
  | {
      readonly status: StationStatus;
      readonly region: string;
      readonly hostUscc: string | null;
      /** When the newest step happened: none happens before the one it follows. */
      readonly previousAt: Instant;
    };

export const initial: ServiceStation = { status: 'empty' };

export function evolve(state: ServiceStation, recorded: RecordedEvent): ServiceStation {
  const event = recorded as RecordedServiceStationEvent;
  const previousAt = event.occurredAt;
  if (event.type === 'ServiceStationOpened') {
    const { region, hostUscc } = event.data;
    return { status: 'open', region, hostUscc, previousAt };
  }
  if (state.status === 'empty') throw new Error(`${event.type} before ServiceStationOpened in ${event.stream}`);
  return { ...state, status: stationStatusAfter(event) ?? state.status, previousAt };
}

/** Where an event leaves a station; undefined where it was. */
export function stationStatusAfter(event: RecordedServiceStationEvent): StationStatus | undefined {
  switch (event.type) {
    case 'ServiceStationOpened':
    case 'ServiceStationResumed':
      return 'open';
    case 'ServiceStationSuspended':
      return 'suspended';
    case 'ServiceStationClosed':
      return 'closed';
    case 'ServiceStationKeeperAppointed':
      return undefined;
    default:
      return unreachable(event);
  }
}
