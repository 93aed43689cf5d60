import { formatInstant, idOf } from '#kernel';
import type { Projection } from '#read-models';
import { stationStatusAfter, type StationStatus } from '../service-station.ts';
import {
  serviceStationSchemas,
  type RecordedServiceStationEvent,
  type ServiceStationEvents,
  type StandstillReason,
} from '../station-events.ts';

/** A service station (消费维权服务站) as it stands. Instants are ISO 8601 UTC; keeper and place are vault references. */
export interface ServiceStationDocument extends Readonly<ServiceStationEvents['ServiceStationOpened']> {
  readonly status: StationStatus;
  /** When it came to this status. */
  readonly since: string;
  readonly openedAt: string;
  /** Why it is suspended or was closed. */
  readonly reason: StandstillReason | null;
}

export const serviceStations: Projection<ServiceStationDocument> = {
  name: 'service-stations',
  version: 1,
  types: Object.keys(serviceStationSchemas),
  keys: (event) => [idOf(event.stream)],
  evolve: (doc, recorded) => {
    const event = recorded as RecordedServiceStationEvent;
    const since = formatInstant(event.occurredAt);
    if (event.type === 'ServiceStationOpened') {
      return { ...event.data, status: 'open', since, openedAt: since, reason: null };
    }
    if (doc === undefined) throw new Error(`${event.type} before ServiceStationOpened in ${event.stream}`);
    if (event.type === 'ServiceStationKeeperAppointed') return { ...doc, keeper: event.data.keeper };
    const status = stationStatusAfter(event) ?? doc.status;
    return { ...doc, status, since, reason: 'reason' in event.data ? event.data.reason : null };
  },
  indexes: {
    since: ['since'],
    region: ['region', 'since'],
    status: ['status', 'since'],
    regionStatus: ['region', 'status', 'since'],
    host: ['hostUscc', 'since'],
  },
};
