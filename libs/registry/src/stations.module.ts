import { normaliseUscc } from '#kernel';
import { commandRow, viewRow, type ContextTable } from '#service';
import {
  AppointStationKeeper,
  CloseServiceStation,
  OpenServiceStation,
  ResumeServiceStation,
  SuspendServiceStation,
} from './commands-station.ts';
import {
  appointStationKeeper,
  closeServiceStation,
  openServiceStation,
  resumeServiceStation,
  suspendServiceStation,
  type HostReads,
} from './decide-station.ts';
import * as station from './service-station.ts';
import { serviceStationSchemas } from './station-events.ts';
import * as subject from './subject.ts';
import { serviceStations, type ServiceStationDocument } from './views/service-stations.ts';

type ServiceStation = station.ServiceStation;

const OFFICE = ['programme-office', 'officer'] as const;
const KEEPER = { keeper: { name: 'keeperName', phone: 'keeperPhone' } } as const;

/** Service stations (消费维权服务站), whole: `POST /v1/service-stations…`, `GET /v1/service-stations…`. */
export const serviceStationsTable: ContextTable<ServiceStation> = {
  collection: 'service-stations',
  category: 'serviceStation',
  title: 'service station',
  schemas: serviceStationSchemas,
  initial: station.initial,
  evolve: station.evolve,
  scopeOf: (state) =>
    state.status === 'empty' ? { region: null, subject: null } : { region: state.region, subject: state.hostUscc },
  commands: [
    commandRow<OpenServiceStation, ServiceStation, HostReads>({
      action: 'open',
      command: OpenServiceStation,
      decide: openServiceStation,
      roles: OFFICE,
      summary: 'Open a service station',
      creates: true,
      scope: ({ region, hostUscc }) => ({
        region,
        subject: hostUscc === undefined ? null : (normaliseUscc(hostUscc) ?? null),
      }),
      personal: { ...KEEPER, place: { address: 'address' } },
      reads: {
        host: {
          stream: ({ hostUscc }) => (hostUscc === undefined ? null : `subject-${normaliseUscc(hostUscc)}`),
          initial: subject.initial,
          evolve: subject.evolve,
        },
      },
    }),
    commandRow<AppointStationKeeper, ServiceStation>({
      action: 'appoint-keeper',
      command: AppointStationKeeper,
      decide: appointStationKeeper,
      roles: OFFICE,
      summary: 'Name another keeper of the station',
      personal: KEEPER,
    }),
    commandRow<SuspendServiceStation, ServiceStation>({
      action: 'suspend',
      command: SuspendServiceStation,
      decide: suspendServiceStation,
      roles: OFFICE,
      summary: 'Suspend a station',
    }),
    commandRow<ResumeServiceStation, ServiceStation>({
      action: 'resume',
      command: ResumeServiceStation,
      decide: resumeServiceStation,
      roles: OFFICE,
      summary: 'Resume a suspended station',
    }),
    commandRow<CloseServiceStation, ServiceStation>({
      action: 'close',
      command: CloseServiceStation,
      decide: closeServiceStation,
      roles: OFFICE,
      summary: 'Close a station for good',
    }),
  ],
  views: [
    viewRow<ServiceStationDocument>({
      projection: serviceStations,
      filters: { region: 'region', status: 'status', hostUscc: 'hostUscc' },
      sort: { field: 'since', order: 'desc' },
      roles: ['hotline', 'officer', 'mediator', 'merchant', 'enforcement', 'programme-office', 'auditor'],
      summary: 'Service stations, latest change first',
      scopeOf: (doc) => ({ region: doc.region, subject: doc.hostUscc }),
      personal: { keeper: 'keeper', place: 'place' },
    }),
  ],
};
