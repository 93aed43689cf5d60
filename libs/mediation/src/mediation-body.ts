import { Failure, unreachable, type Instant } from '#kernel';
import type { BodyType, MediationKind } from './kinds.ts';
import type { RecordedMediationBodyEvent } from './roster-events.ts';

/** On the roster, for a time not to be chosen, or off it for good. */
export const ROSTER_STATUSES = ['active', 'suspended', 'removed'] as const;
export type RosterStatus = (typeof ROSTER_STATUSES)[number];

export type MediationBody =
  | { readonly status: 'none' }
  | {
      readonly status: RosterStatus;
      readonly name: string;
      readonly type: BodyType;
      readonly uscc: string | null;
      readonly region: string;
      readonly regions: readonly string[];
      readonly kinds: readonly MediationKind[];
      readonly previousAt: Instant;
    };
export type RegisteredBody = Exclude<MediationBody, { readonly status: 'none' }>;

export const noBody: MediationBody = { status: 'none' };

export function evolveBody(state: MediationBody, event: RecordedMediationBodyEvent): MediationBody {
  const previousAt = event.occurredAt;
  if (event.type === 'MediationBodyRegistered') return { status: 'active', ...event.data, previousAt };
  if (state.status === 'none') throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  switch (event.type) {
    case 'MediationBodyRevised':
      return { ...state, ...event.data, previousAt };
    case 'MediationBodySuspended':
      return { ...state, status: 'suspended', previousAt };
    case 'MediationBodyReinstated':
      return { ...state, status: 'active', previousAt };
    case 'MediationBodyRemoved':
      return { ...state, status: 'removed', previousAt };
    default:
      return unreachable(event);
  }
}
