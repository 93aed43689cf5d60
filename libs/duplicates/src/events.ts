import type { EventOf, EventSchemas, RecordedOf } from '#kernel';

export * from './words.ts';

/** 重复登记: the same dispute came in twice. 重复投诉: it came again after it was over (M-12). */
export const SUGGESTION_KINDS = ['duplicate', 'repeat'] as const;
export type SuggestionKind = (typeof SUGGESTION_KINDS)[number];

/** What makes a machine think that two records are about one dispute. Hints; whether they are is a person's to say. */
export const MATCH_REASONS = [
  'same-complainant-phone',
  'same-complainant-name',
  'same-respondent',
  'same-sector',
  'same-amount',
  'close-in-time',
  'like-text',
] as const;
export type MatchReason = (typeof MATCH_REASONS)[number];

/** Events of what is suggested of one dispute. Stream `duplicate-{id of the dispute}`. */
export interface DuplicateEvents {
  /** A machine thinks that this dispute is one that came before. Nothing follows from that alone (T-13). */
  DisputeDuplicateSuspected: {
    readonly disputeId: string;
    /** The dispute that came before. */
    readonly of: string;
    readonly kind: SuggestionKind;
    /** How much speaks for it, 0 to 100, by the policy of the place. */
    readonly score: number;
    readonly reasons: readonly MatchReason[];
    readonly region: string | null;
    readonly respondentUscc: string | null;
  };
  /** A person has found that it is another one. It is not suggested again. */
  DisputeDuplicateDismissed: {
    readonly of: string;
    /** Vault reference of the person's words; never the words. */
    readonly note: string | null;
  };
}

export type DuplicateEvent = EventOf<DuplicateEvents>;
export type RecordedDuplicateEvent = RecordedOf<DuplicateEvents>;

export const duplicateSchemas: EventSchemas & Record<keyof DuplicateEvents, { schemaVersion: number }> = {
  DisputeDuplicateSuspected: { schemaVersion: 1 },
  DisputeDuplicateDismissed: { schemaVersion: 1 },
};
