import type { ComplaintResult, Party, TerminationGround } from '#complaints/events';
import { objectId, type EventOf, type EventSchemas, type LocalDate, type RecordedOf } from '#kernel';
import type { ClockReading } from '#law';
import type { LateEntryReason } from '#service';
import type { PublicationConsent, PublicationExclusion, PublicationWithdrawal, Shown } from './terms.ts';

// What becomes of the clocks of a publication, and what an event says in words, is told from its events alone: whoever reads
// these reads it by the same rule.
export * from './clocks.ts';
export * from './terms.ts';
export * from './words.ts';

/** Id of the publication of a complaint: it has one. */
export function publicationOf(complaintId: string): string {
  return objectId(0, `publication of complaint-${complaintId}`);
}

/** Events of a publication (投诉信息公示). Stream `publication-{ulid}`, one for each complaint. */
export interface PublicationEvents {
  /**
   * A closed complaint is in the queue. Once more where it was handled and closed again, or where its respondent was corrected:
   * then everything is looked at anew.
   */
  ComplaintPublicationPlanned: {
    readonly complaintId: string;
    readonly disputeId: string;
    /** Of the complaint: the second time it is handled is round 2. */
    readonly round: number;
    readonly authority: string;
    readonly handlingRegion: string;
    readonly respondentUscc: string | null;
    readonly respondentRegion: string;
    readonly result: ComplaintResult;
    readonly ground: TerminationGround | null;
    readonly closedOn: LocalDate;
    /** `publication`. */
    readonly clocks?: readonly ClockReading[];
  };
  /** 是否同意公示: what form 1 says, or the complainant said later. */
  PublicationConsentChecked: { readonly consent: PublicationConsent; readonly evidence: readonly string[] };
  /** 不予公示. */
  ComplaintPublicationExcluded: {
    readonly reason: PublicationExclusion;
    /** Vault reference of what a person said to it. */
    readonly note: string | null;
    readonly evidence: readonly string[];
  };
  /** 脱敏: a person has said what is to be shown. Nobody sees it yet. */
  PublicationRedacted: { readonly shown: Shown };
  ComplaintPublished: {
    readonly shown: Shown;
    /** `publication-term`. */
    readonly clocks?: readonly ClockReading[];
  };
  PublicationObjectionRaised: {
    /** Number within the publication. */
    readonly objection: number;
    readonly by: Party;
    /** Vault reference. */
    readonly reason: string;
    readonly evidence: readonly string[];
  };
  PublicationObjectionRejected: {
    readonly objection: number;
    /** Vault reference. */
    readonly reason: string;
    readonly evidence: readonly string[];
  };
  /** 更正: something else is shown from now on; what was shown before stays in the log. */
  PublicationCorrected: {
    readonly shown: Shown;
    /** Vault reference. */
    readonly reason: string;
  };
  /** 撤下: it is not shown any more, as an objection was upheld or for another cause. */
  PublicationWithdrawn: {
    readonly cause: PublicationWithdrawal | 'objection-upheld';
    /** Number of the objection that was upheld. */
    readonly objection: number | null;
    /** Vault reference. */
    readonly note: string | null;
    readonly evidence: readonly string[];
  };
  /** 公示期满. */
  PublicationExpired: { readonly dueOn: LocalDate };
  /** A clock reads otherwise, as the calendar was amended. */
  PublicationDeadlineAmended: ClockReading;
  /** A second person has verified that what was entered after a deadline had been done before it (T-28). */
  PublicationLateEntryVerified: {
    readonly clock: string;
    readonly reason: LateEntryReason;
    readonly evidence: readonly string[];
  };
}

export type PublicationEvent = EventOf<PublicationEvents>;
export type RecordedPublicationEvent = RecordedOf<PublicationEvents>;

export const publicationSchemas: EventSchemas & Record<keyof PublicationEvents, { schemaVersion: number }> = {
  ComplaintPublicationPlanned: { schemaVersion: 1 },
  PublicationConsentChecked: { schemaVersion: 1 },
  ComplaintPublicationExcluded: { schemaVersion: 1 },
  PublicationRedacted: { schemaVersion: 1 },
  ComplaintPublished: { schemaVersion: 1 },
  PublicationObjectionRaised: { schemaVersion: 1 },
  PublicationObjectionRejected: { schemaVersion: 1 },
  PublicationCorrected: { schemaVersion: 1 },
  PublicationWithdrawn: { schemaVersion: 1 },
  PublicationExpired: { schemaVersion: 1 },
  PublicationDeadlineAmended: { schemaVersion: 1 },
  PublicationLateEntryVerified: { schemaVersion: 1 },
};
