import type { EventOf, EventSchemas, RecordedOf } from '#kernel';

// What the procedures of a dispute come to is told from their events alone: whoever reads these reads it by the same rule.
export * from './resolution.ts';

/** Why the respondent is written down anew: known at last, mistaken before, or named by the platform it sells on. */
export const RESPONDENT_REASONS = ['became-known', 'mistaken', 'named-by-platform'] as const;
export type RespondentReason = (typeof RESPONDENT_REASONS)[number];

/** Events of a dispute (争议): the real quarrel behind tickets and procedures. Stream `dispute-{ulid}`. */
export interface DisputeEvents {
  DisputeOpened: {
    readonly respondentUscc: string | null;
    /** Vault reference of the respondent's name where it has no USCC. */
    readonly respondent: string | null;
    /** Region of the respondent's place of operation (经营地): the scope of settlement rates. */
    readonly respondentRegion: string;
    readonly sector: string | null;
    /** Channel by which it first came in. */
    readonly channel: string | null;
    /** Amount in dispute (争议金额), fen. */
    readonly amountFen: number | null;
    readonly complainant: string | null;
    readonly complainantTokens: { readonly phone?: string; readonly name?: string };
  };
  /** The respondent became known, or was another one than first written down. */
  DisputeRespondentIdentified: {
    readonly respondentUscc: string;
    readonly respondentRegion: string;
    readonly previousUscc: string | null;
    readonly reason: RespondentReason;
  };
}

export type DisputeEvent = EventOf<DisputeEvents>;
export type RecordedDisputeEvent = RecordedOf<DisputeEvents>;

export const disputeSchemas: EventSchemas & Record<keyof DisputeEvents, { schemaVersion: number }> = {
  DisputeOpened: { schemaVersion: 1 },
  DisputeRespondentIdentified: { schemaVersion: 1 },
};
