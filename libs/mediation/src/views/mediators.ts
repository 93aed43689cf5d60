import { Failure, formatInstant, idOf, unreachable } from '#kernel';
import type { Projection } from '#read-models';
import type { MediationKind } from '../kinds.ts';
import type { RosterStatus } from '../mediation-body.ts';
import { mediatorSchemas, type Qualification, type RecordedMediatorEvent } from '../roster-events.ts';

/** One mediator (调解员) on the roster. */
export interface MediatorDocument {
  /** Vault reference. */
  readonly person: string;
  readonly bodyId: string | null;
  readonly region: string;
  readonly regions: readonly string[];
  readonly kinds: readonly MediationKind[];
  readonly qualifications: readonly Qualification[];
  readonly status: RosterStatus;
  /** When it came to this status, ISO 8601 UTC. */
  readonly since: string;
  readonly cause: string | null;
  readonly registeredAt: string;
  /** 利害关系 as declared, those that still hold: a subject, or a relative in the vault. */
  readonly interests: readonly InterestEntry[];
}

export interface InterestEntry {
  readonly interest: string;
  readonly uscc: string | null;
  readonly relative: string | null;
}

export const mediatorsView: Projection<MediatorDocument> = {
  name: 'mediators',
  version: 1,
  types: Object.keys(mediatorSchemas),
  keys: (event) => [idOf(event.stream)],
  evolve: (doc, recorded) => evolve(doc, recorded as RecordedMediatorEvent),
  indexes: {
    newest: ['registeredAt'],
    byRegion: ['region', 'registeredAt'],
    byBody: ['bodyId', 'registeredAt'],
    byStatus: ['status', 'registeredAt'],
  },
};

function evolve(doc: MediatorDocument | undefined, event: RecordedMediatorEvent): MediatorDocument {
  const at = formatInstant(event.occurredAt);
  if (event.type === 'MediatorRegistered') {
    const { personTokens: _, ...known } = event.data;
    return { ...known, status: 'active', since: at, cause: null, registeredAt: at, interests: [] };
  }
  if (doc === undefined) throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  switch (event.type) {
    case 'MediatorRevised':
      return { ...doc, ...event.data };
    case 'MediatorSuspended':
      return { ...doc, status: 'suspended', since: at, cause: event.data.cause };
    case 'MediatorReinstated':
      return { ...doc, status: 'active', since: at, cause: null };
    case 'MediatorRemoved':
      return { ...doc, status: 'removed', since: at, cause: event.data.cause };
    case 'MediatorInterestDeclared': {
      const { interest, uscc, relative } = event.data;
      return { ...doc, interests: [...doc.interests, { interest, uscc, relative }] };
    }
    case 'MediatorInterestWithdrawn': {
      const interests = doc.interests.filter(({ interest }) => interest !== event.data.interest);
      return { ...doc, interests };
    }
    default:
      return unreachable(event);
  }
}
