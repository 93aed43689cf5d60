import { Failure, unreachable, type Instant } from '#kernel';
import type { MediationKind } from './kinds.ts';
import type { RosterStatus } from './mediation-body.ts';
import type { MediatorEvents, Qualification, RecordedMediatorEvent } from './roster-events.ts';

export type Interest = MediatorEvents['MediatorInterestDeclared'];

export type Mediator =
  | { readonly status: 'none' }
  | {
      readonly status: RosterStatus;
      readonly personTokens: MediatorEvents['MediatorRegistered']['personTokens'];
      readonly bodyId: string | null;
      readonly region: string;
      readonly regions: readonly string[];
      readonly kinds: readonly MediationKind[];
      readonly qualifications: readonly Qualification[];
      /** 利害关系 as declared, those that still hold. */
      readonly interests: readonly Interest[];
      readonly declared: number;
      readonly previousAt: Instant;
    };
export type RegisteredMediator = Exclude<Mediator, { readonly status: 'none' }>;

export const noMediator: Mediator = { status: 'none' };

export function evolveMediator(state: Mediator, event: RecordedMediatorEvent): Mediator {
  const previousAt = event.occurredAt;
  if (event.type === 'MediatorRegistered') {
    const { personTokens, bodyId, region, regions, kinds, qualifications } = event.data;
    const registered = { personTokens, bodyId, region, regions, kinds, qualifications };
    return { status: 'active', ...registered, interests: [], declared: 0, previousAt };
  }
  if (state.status === 'none') throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  switch (event.type) {
    case 'MediatorRevised':
      return { ...state, ...event.data, previousAt };
    case 'MediatorSuspended':
      return { ...state, status: 'suspended', previousAt };
    case 'MediatorReinstated':
      return { ...state, status: 'active', previousAt };
    case 'MediatorRemoved':
      return { ...state, status: 'removed', previousAt };
    case 'MediatorInterestDeclared':
      return { ...state, interests: [...state.interests, event.data], declared: state.declared + 1, previousAt };
    case 'MediatorInterestWithdrawn': {
      const interests = state.interests.filter(({ interest }) => interest !== event.data.interest);
      return { ...state, interests, previousAt };
    }
    default:
      return unreachable(event);
  }
}
