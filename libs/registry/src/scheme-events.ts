import type { EventOf, EventSchemas, LocalDate, RecordedOf } from '#kernel';
import type { StandstillReason } from './station-events.ts';

/**
 * Events of a scheme of advance compensation (先行赔付), stream `advanceScheme-{ulid}`: a market, mall or platform pays the
 * consumer first and turns to the merchant afterwards (追偿). Money is fen.
 */
export interface AdvanceSchemeEvents {
  AdvanceSchemeOpened: {
    readonly name: string;
    /** Who pays. */
    readonly operatorUscc: string;
    readonly region: string;
    /** Most that is paid in one negotiation. */
    readonly capPerCaseFen: number;
    /** Most that is allotted at a time, over all negotiations; null: no limit was set. */
    readonly capTotalFen: number | null;
    readonly validFrom: LocalDate;
    readonly validTo: LocalDate | null;
  };
  /** A merchant in the venue has agreed that the operator pays for it. The operator itself needs no agreement. */
  AdvanceSchemeMemberAdmitted: { readonly uscc: string };
  AdvanceSchemeMemberReleased: { readonly uscc: string };
  /** Money set aside for one negotiation, so that the total cap holds whoever pays when. */
  AdvanceAllotted: { readonly negotiationId: string; readonly amountFen: number };
  /** What was set aside and not paid, or paid and recovered, is free again. */
  AdvanceAllotmentReleased: { readonly negotiationId: string; readonly amountFen: number };
  AdvanceSchemeSuspended: { readonly reason: StandstillReason };
  AdvanceSchemeResumed: Record<string, never>;
  AdvanceSchemeClosed: { readonly reason: StandstillReason };
}

export type AdvanceSchemeEvent = EventOf<AdvanceSchemeEvents>;
export type RecordedAdvanceSchemeEvent = RecordedOf<AdvanceSchemeEvents>;

export const advanceSchemeSchemas: EventSchemas & Record<keyof AdvanceSchemeEvents, { schemaVersion: number }> = {
  AdvanceSchemeOpened: { schemaVersion: 1 },
  AdvanceSchemeMemberAdmitted: { schemaVersion: 1 },
  AdvanceSchemeMemberReleased: { schemaVersion: 1 },
  AdvanceAllotted: { schemaVersion: 1 },
  AdvanceAllotmentReleased: { schemaVersion: 1 },
  AdvanceSchemeSuspended: { schemaVersion: 1 },
  AdvanceSchemeResumed: { schemaVersion: 1 },
  AdvanceSchemeClosed: { schemaVersion: 1 },
};
