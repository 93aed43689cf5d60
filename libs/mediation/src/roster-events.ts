import type { EventOf, EventSchemas, RecordedOf } from '#kernel';
import type { BodyType, MediationKind } from './kinds.ts';

/** What a mediator is qualified as. */
export const QUALIFICATIONS = [
  'peoples-mediator',
  'consumer-association-mediator',
  'industry-mediator',
  'commercial-mediator',
  'court-invited-mediator',
  'market-supervision-officer',
  'lawyer',
  'product-expert',
  'retired-judge',
] as const;
export type Qualification = (typeof QUALIFICATIONS)[number];

export const SUSPENSION_CAUSES = [
  'complaint-against',
  'conflict-of-interest',
  'leave',
  'under-review',
  'other',
] as const;
export type SuspensionCause = (typeof SUSPENSION_CAUSES)[number];

export const REMOVAL_CAUSES = ['own-wish', 'qualification-lost', 'misconduct', 'dissolved', 'other'] as const;
export type RemovalCause = (typeof REMOVAL_CAUSES)[number];

/** Events of a mediation body (调解组织) on the roster. Stream `mediationBody-{ulid}`. */
export interface MediationBodyEvents {
  MediationBodyRegistered: {
    readonly name: string;
    readonly type: BodyType;
    readonly uscc: string | null;
    /** Where it is at home. */
    readonly region: string;
    /** Where it mediates; regions within these are meant as well. */
    readonly regions: readonly string[];
    readonly kinds: readonly MediationKind[];
  };
  MediationBodyRevised: { readonly regions: readonly string[]; readonly kinds: readonly MediationKind[] };
  MediationBodySuspended: { readonly cause: SuspensionCause };
  MediationBodyReinstated: Record<string, never>;
  MediationBodyRemoved: { readonly cause: RemovalCause };
}

/** Events of a mediator (调解员) on the roster. Stream `mediator-{ulid}`. */
export interface MediatorEvents {
  MediatorRegistered: {
    /** Vault reference. */
    readonly person: string;
    readonly personTokens: { readonly phone?: string; readonly name?: string };
    /** Null for one of the authority itself. */
    readonly bodyId: string | null;
    readonly region: string;
    readonly regions: readonly string[];
    readonly kinds: readonly MediationKind[];
    readonly qualifications: readonly Qualification[];
  };
  MediatorRevised: {
    readonly regions: readonly string[];
    readonly kinds: readonly MediationKind[];
    readonly qualifications: readonly Qualification[];
  };
  MediatorSuspended: { readonly cause: SuspensionCause };
  MediatorReinstated: Record<string, never>;
  MediatorRemoved: { readonly cause: RemovalCause };
  /** 利害关系: a subject the mediator is tied to, or a relative. */
  MediatorInterestDeclared: {
    readonly interest: string;
    readonly uscc: string | null;
    /** Vault reference. */
    readonly relative: string | null;
    readonly relativeTokens: { readonly phone?: string; readonly name?: string } | null;
  };
  MediatorInterestWithdrawn: { readonly interest: string };
}

export type MediationBodyEvent = EventOf<MediationBodyEvents>;
export type RecordedMediationBodyEvent = RecordedOf<MediationBodyEvents>;
export type MediatorEvent = EventOf<MediatorEvents>;
export type RecordedMediatorEvent = RecordedOf<MediatorEvents>;

export const mediationBodySchemas: EventSchemas & Record<keyof MediationBodyEvents, { schemaVersion: number }> = {
  MediationBodyRegistered: { schemaVersion: 1 },
  MediationBodyRevised: { schemaVersion: 1 },
  MediationBodySuspended: { schemaVersion: 1 },
  MediationBodyReinstated: { schemaVersion: 1 },
  MediationBodyRemoved: { schemaVersion: 1 },
};

export const mediatorSchemas: EventSchemas & Record<keyof MediatorEvents, { schemaVersion: number }> = {
  MediatorRegistered: { schemaVersion: 1 },
  MediatorRevised: { schemaVersion: 1 },
  MediatorSuspended: { schemaVersion: 1 },
  MediatorReinstated: { schemaVersion: 1 },
  MediatorRemoved: { schemaVersion: 1 },
  MediatorInterestDeclared: { schemaVersion: 1 },
  MediatorInterestWithdrawn: { schemaVersion: 1 },
};
