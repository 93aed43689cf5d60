import type { Matrix } from '../matrix.ts';

/** Service stations (服务站): what each command comes to, and in which states. */
export const serviceStationMatrix: Matrix = {
  none: 'NOT_FOUND',
  commands: {
    open: {
      ServiceStationOpened: 'none',
      STATION_EXISTS: 'open · suspended · closed',
    },
    'appoint-keeper': {
      ServiceStationKeeperAppointed: 'open · suspended',
      STATION_IS_CLOSED: 'closed',
    },
    suspend: {
      ServiceStationSuspended: 'open',
      STATION_IS_SUSPENDED: 'suspended',
      STATION_IS_CLOSED: 'closed',
    },
    resume: {
      ServiceStationResumed: 'suspended',
      STATION_IS_OPEN: 'open',
      STATION_IS_CLOSED: 'closed',
    },
    close: {
      ServiceStationClosed: 'open · suspended',
      STATION_IS_CLOSED: 'closed',
    },
  },
};
