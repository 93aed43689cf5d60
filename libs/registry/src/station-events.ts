import type { EventOf, EventSchemas, RecordedOf } from '#kernel';

/** 消费维权服务站 and, smaller, 联络站. */
export const STATION_KINDS = ['service-station', 'liaison-station'] as const;
export type StationKind = (typeof STATION_KINDS)[number];

/** Why a station, a channel or a scheme stands still or ends; in codes, so that no words about people enter an event. */
export const STANDSTILL_REASONS = [
  'conditions-not-met',
  'duties-neglected',
  'own-request',
  'business-ended',
  'merged',
  'funds-exhausted',
  'other',
] as const;
export type StandstillReason = (typeof STANDSTILL_REASONS)[number];

/** Events of a service station (消费维权服务站), stream `serviceStation-{ulid}`. Stations are counted, not their hosts (M-16). */
export interface ServiceStationEvents {
  ServiceStationOpened: {
    /** Name on its door, which is public. */
    readonly name: string;
    readonly kind: StationKind;
    readonly region: string;
    /** Subject in whose premises it is; null for a village or a street. */
    readonly hostUscc: string | null;
    /** Vault reference of its keeper (站长). */
    readonly keeper: string | null;
    /** Vault reference of its address. */
    readonly place: string | null;
  };
  ServiceStationKeeperAppointed: { readonly keeper: string };
  ServiceStationSuspended: { readonly reason: StandstillReason };
  ServiceStationResumed: Record<string, never>;
  ServiceStationClosed: { readonly reason: StandstillReason };
}

export type ServiceStationEvent = EventOf<ServiceStationEvents>;
export type RecordedServiceStationEvent = RecordedOf<ServiceStationEvents>;

export const serviceStationSchemas: EventSchemas & Record<keyof ServiceStationEvents, { schemaVersion: number }> = {
  ServiceStationOpened: { schemaVersion: 1 },
  ServiceStationKeeperAppointed: { schemaVersion: 1 },
  ServiceStationSuspended: { schemaVersion: 1 },
  ServiceStationResumed: { schemaVersion: 1 },
  ServiceStationClosed: { schemaVersion: 1 },
};
