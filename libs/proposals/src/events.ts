import type { EventOf, EventSchemas, LocalDate, Position, RecordedOf } from '#kernel';

export * from './words.ts';

/** What somebody may or should do next. */
export const PROPOSAL_KINDS = [
  /** The negotiation brought no settlement: the consumer may turn to the authority (投诉). */
  'complaint-may-follow',
  /** The parties are agreed, or mediation was terminated: the complaint is to be concluded. */
  'conclude-complaint',
  /** A mediation agreement took effect: both parties may apply for its judicial confirmation (司法确认), within thirty days. */
  'apply-for-confirmation',
  /** A clue of a violation was found in mediation: it must be verified (核查), and mediation goes on (S1 Art. 27). */
  'verify-clue',
  /** The court has given the dispute back: the way it takes from here is to be chosen. */
  'resume-after-court',
  /** An agreement was not performed: the party chooses between enforcement, where it was confirmed, and the other ways (消法 39). */
  'pursue-breach',
] as const;
export type ProposalKind = (typeof PROPOSAL_KINDS)[number];

export const DISMISSAL_REASONS = ['not-wanted-by-party', 'done-otherwise', 'mistaken', 'other'] as const;
export type DismissalReason = (typeof DISMISSAL_REASONS)[number];

/** Events of a proposal. Stream `proposal-{kind}.{stream of the object}`. */
export interface ProposalEvents {
  ProposalMade: {
    readonly kind: ProposalKind;
    /** Stream of the object that gave rise to it, and the event type. */
    readonly object: string;
    readonly because: string;
    readonly disputeId: string | null;
    readonly region: string | null;
    readonly respondentUscc: string | null;
    /** Last day on which it can be taken up, where there is one. */
    readonly until: LocalDate | null;
    /** Position of the event that it answers. */
    readonly answered?: Position;
  };
  /** What was proposed was done, as an event says. */
  ProposalTaken: { readonly by: string; readonly answered?: Position };
  /** It is no longer to be done, as an event says: what gave rise to it turned out otherwise. */
  ProposalWithdrawn: { readonly because: string; readonly answered?: Position };
  ProposalDismissed: { readonly reason: DismissalReason };
}

export type ProposalEvent = EventOf<ProposalEvents>;
export type RecordedProposalEvent = RecordedOf<ProposalEvents>;

export const proposalSchemas: EventSchemas & Record<keyof ProposalEvents, { schemaVersion: number }> = {
  ProposalMade: { schemaVersion: 1 },
  ProposalTaken: { schemaVersion: 1 },
  ProposalWithdrawn: { schemaVersion: 1 },
  ProposalDismissed: { schemaVersion: 1 },
};
