import type { EventOf, EventSchemas, LocalDate, RecordedOf } from '#kernel';

/** 实体店 and 网店. */
export const STORE_KINDS = ['physical', 'online'] as const;
export type StoreKind = (typeof STORE_KINDS)[number];

export const STORE_CLOSURE_REASONS = ['business-ended', 'moved', 'registered-twice', 'other'] as const;
export type StoreClosureReason = (typeof STORE_CLOSURE_REASONS)[number];

/** Events of a store, stream `store-{ulid}`. A store is no subject: one subject has many (T-23). Its name is public. */
export interface StoreEvents {
  StoreRegistered: {
    readonly operatorUscc: string;
    readonly kind: StoreKind;
    readonly name: string;
    /** Where it is; of an online shop where its operator works. */
    readonly region: string;
    readonly sector: string | null;
    /** Platform of an online shop; null for its own site. */
    readonly platformUscc: string | null;
    /** The shop's id on that platform: it means nothing without it. */
    readonly shopId: string | null;
  };
  StoreRenamed: { readonly name: string; readonly previousName: string };
  StoreClosed: { readonly reason: StoreClosureReason };
}

/** 无理由退货, and 异地异店退换货: goods bought elsewhere in the chain are taken back here. */
export const COMMITMENT_KINDS = ['no-reason-return', 'cross-store-return'] as const;
export type CommitmentKind = (typeof COMMITMENT_KINDS)[number];

export const COMMITMENT_END_REASONS = ['own-request', 'not-kept', 'business-ended', 'other'] as const;
export type CommitmentEndReason = (typeof COMMITMENT_END_REASONS)[number];

/** Events of what a store has promised in public (承诺), stream `commitment-{store}-{kind}`: one of each kind at a time. */
export interface CommitmentEvents {
  CommitmentMade: {
    readonly store: string;
    readonly operatorUscc: string;
    readonly region: string;
    readonly kind: CommitmentKind;
    readonly validFrom: LocalDate;
    readonly validTo: LocalDate | null;
    /** Days after the purchase within which goods are taken back, as the store itself says; null where it does not say. */
    readonly termDays: number | null;
  };
  CommitmentWithdrawn: { readonly reason: CommitmentEndReason };
}

export type StoreEvent = EventOf<StoreEvents>;
export type CommitmentEvent = EventOf<CommitmentEvents>;
export type RecordedStoreEvent = RecordedOf<StoreEvents>;
export type RecordedCommitmentEvent = RecordedOf<CommitmentEvents>;

/** Id of what a store has promised: the stream `commitment-{id}`. */
export function commitmentId(store: string, kind: CommitmentKind): string {
  return `${store}-${kind}`;
}

export const storeSchemas: EventSchemas & Record<keyof StoreEvents, { schemaVersion: number }> = {
  StoreRegistered: { schemaVersion: 1 },
  StoreRenamed: { schemaVersion: 1 },
  StoreClosed: { schemaVersion: 1 },
};

export const commitmentSchemas: EventSchemas & Record<keyof CommitmentEvents, { schemaVersion: number }> = {
  CommitmentMade: { schemaVersion: 1 },
  CommitmentWithdrawn: { schemaVersion: 1 },
};
