import { Failure, formatInstant, idOf, unreachable } from '#kernel';
import type { Projection } from '#read-models';
import type { BodyType, MediationKind } from '../kinds.ts';
import type { RosterStatus } from '../mediation-body.ts';
import { mediationBodySchemas, type RecordedMediationBodyEvent } from '../roster-events.ts';

/** One mediation body (调解组织) on the roster. */
export interface MediationBodyDocument {
  readonly name: string;
  readonly type: BodyType;
  readonly uscc: string | null;
  readonly region: string;
  readonly regions: readonly string[];
  readonly kinds: readonly MediationKind[];
  readonly status: RosterStatus;
  /** When it came to this status, ISO 8601 UTC. */
  readonly since: string;
  /** Why it is suspended or off the roster. */
  readonly cause: string | null;
}

export const mediationBodiesView: Projection<MediationBodyDocument> = {
  name: 'mediation-bodies',
  version: 1,
  types: Object.keys(mediationBodySchemas),
  keys: (event) => [idOf(event.stream)],
  evolve: (doc, recorded) => evolve(doc, recorded as RecordedMediationBodyEvent),
  indexes: {
    byName: ['name'],
    byRegion: ['region', 'name'],
    byType: ['type', 'name'],
    byStatus: ['status', 'name'],
  },
};

function evolve(doc: MediationBodyDocument | undefined, event: RecordedMediationBodyEvent): MediationBodyDocument {
  const since = formatInstant(event.occurredAt);
  if (event.type === 'MediationBodyRegistered') return { ...event.data, status: 'active', since, cause: null };
  if (doc === undefined) throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  switch (event.type) {
    case 'MediationBodyRevised':
      return { ...doc, ...event.data };
    case 'MediationBodySuspended':
      return { ...doc, status: 'suspended', since, cause: event.data.cause };
    case 'MediationBodyReinstated':
      return { ...doc, status: 'active', since, cause: null };
    case 'MediationBodyRemoved':
      return { ...doc, status: 'removed', since, cause: event.data.cause };
    default:
      return unreachable(event);
  }
}
