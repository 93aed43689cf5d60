import type { Clocks } from '#law';
import type {
  CallbackAnswerer,
  CallbackFailure,
  Classification,
  ComparedField,
  DuplicateReason,
  ImportFlag,
  KeptContent,
  Outcome,
  PushedTicket,
  RedirectRoute,
  ReopenReason,
  ReturnReason,
  Satisfaction,
  WorkOrderStatus,
} from '../events.ts';

/** A work order as its readers see it. Instants are ISO 8601 UTC; people are vault references. */
export interface WorkOrderDocument {
  readonly channel: string;
  readonly externalNo: string;
  readonly status: WorkOrderStatus;
  readonly receivedAt: string;
  readonly classification: Classification | null;
  /** When it was taken apart into complaint and report (S1 Art. 9). */
  readonly splitAt: string | null;
  readonly disputeId: string | null;
  readonly sector: string | null;
  /** Region of the unit that holds it or last held it, or else of the one expected to. */
  readonly handlingRegion: string | null;
  /** Region of the hotline that took it in, in which it lies until a unit's is known. */
  readonly intakeRegion: string | null;
  readonly authority: string | null;
  /** Region of the dispatcher, in which it lies again once it is returned; null until it was dispatched. */
  readonly dispatcherRegion: string | null;
  readonly respondentUscc: string | null;
  readonly respondent: string | null;
  readonly complainant: string | null;
  readonly dueAt: string | null;
  readonly dispatchedAt: string | null;
  /** How often it went to a unit, came back, and was opened again: none of these makes it any younger (T-19). */
  readonly timesDispatched: number;
  readonly timesReturned: number;
  readonly timesReopened: number;
  /** Who had it, from when to when, oldest first; `to` is null while the unit has it. */
  readonly assignments: readonly AssignmentEntry[];
  /** What the unit that holds it or last held it has asked for last (申请延期), and what came of it. */
  readonly extension: ExtensionEntry | null;
  /** Every time a unit gave it back, oldest first. */
  readonly returns: readonly ReturnEntry[];
  readonly redirected: { readonly at: string; readonly route: RedirectRoute; readonly note: string | null } | null;
  readonly repliedAt: string | null;
  readonly reply: string | null;
  /** The complaint that came of it, or else the one the reply points to. */
  readonly complaintId: string | null;
  /** The report that came of it. */
  readonly reportId: string | null;
  readonly outcome: Outcome | null;
  readonly closedAt: string | null;
  readonly satisfaction: Satisfaction | null;
  /** Every time the citizen was called back, oldest first. */
  readonly callbacks: readonly CallbackEntry[];
  /** What had come of it each time it was opened again, oldest first. */
  readonly earlierResults: readonly ResultEntry[];
  /** Other contents that were pushed under its number, and which one holds. */
  readonly conflicts: readonly ConflictEntry[];
  /** Disputes that a machine thinks it is about, and what a person has found. */
  readonly suspectedDuplicates: readonly SuspicionEntry[];
  readonly imported: { readonly batch: string; readonly flags: readonly ImportFlag[] } | null;
  readonly clocks: Clocks;
}

export interface AssignmentEntry {
  readonly authority: string | null;
  readonly handlingRegion: string;
  readonly from: string;
  readonly to: string | null;
}

export interface ReturnEntry {
  readonly at: string;
  readonly reasonCode: ReturnReason;
  readonly note: string | null;
  readonly handlingRegion: string;
}

/** A request for more time. `requested` is still to be decided; the date it led to is that of the clock. */
export interface ExtensionEntry {
  readonly status: 'requested' | 'granted' | 'refused';
  readonly requestedAt: string;
  /** Vault reference of why. */
  readonly note: string;
  readonly decidedAt: string | null;
  /** As granted: by how many units of the rule's period, or the channel's own new date. */
  readonly by: number | null;
  readonly dueAt: string | null;
  /** Vault reference of why it was refused. */
  readonly refusal: string | null;
}

export interface CallbackEntry {
  readonly at: string;
  /** Null where nobody answered, or the channel did not say who. */
  readonly answeredBy: CallbackAnswerer | null;
  readonly unanswered: CallbackFailure | null;
  readonly satisfaction: Satisfaction | null;
  readonly process: Satisfaction | null;
  readonly result: Satisfaction | null;
  readonly note: string | null;
}

export interface ResultEntry {
  readonly reopenedAt: string;
  readonly reasonCode: ReopenReason;
  readonly note: string | null;
  readonly outcome: Outcome | null;
  readonly repliedAt: string | null;
  readonly reply: string | null;
  readonly closedAt: string | null;
  readonly satisfaction: Satisfaction | null;
  /** As they stood then: how late it was does not change. */
  readonly clocks: Clocks;
}

/** Tokens are for matching and not shown. */
export interface ConflictEntry extends Omit<PushedTicket, 'complainantTokens' | 'textTokens'> {
  readonly conflict: number;
  readonly at: string;
  readonly differing: readonly ComparedField[];
  /** Null until a person has said which content holds. */
  readonly kept: KeptContent | null;
  readonly resolvedAt: string | null;
}

export interface SuspicionEntry {
  readonly of: string;
  readonly at: string;
  readonly likeness: number;
  readonly reasons: readonly DuplicateReason[];
  readonly status: 'suspected' | 'confirmed' | 'dismissed';
  readonly decidedAt: string | null;
  readonly note: string | null;
}
