import type { EventOf, EventSchemas, LocalDate, RecordedOf } from '#kernel';
import type { ClockReading } from '#law';
import type { LateEntryReason } from '#service';

// What becomes of a work order's clocks is told from its events alone: whoever reads these reads it by the same rule.
export * from './clocks.ts';
// What a procedure must know of the letter it comes from, and what its events say in words.
export * from './origin.ts';
export * from './words.ts';

/** What a letter or call is about (诉求类型). Decided by an operator; mixed letters are split (S1 Art. 9). */
export const CLASSIFICATIONS = ['complaint', 'report', 'mixed', 'consultation', 'other'] as const;
export type Classification = (typeof CLASSIFICATIONS)[number];

/** Lawful outcomes of a work order (处置结果, M-05): any of them is disposal, none of them means success. */
export const OUTCOMES = ['handled', 'answered', 'transferred'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Why a unit gives a work order back to the dispatcher (退单), as agencies use it (traps, Appendix A). */
export const RETURN_REASONS = [
  'missing-elements',
  'unclear',
  'wrong-type',
  'address-unclear',
  'duplicate',
  'withdrawn-by-citizen',
  'not-competent',
  'other',
] as const;
export type ReturnReason = (typeof RETURN_REASONS)[number];

export const SATISFACTIONS = ['satisfied', 'basically-satisfied', 'dissatisfied'] as const;
export type Satisfaction = (typeof SATISFACTIONS)[number];

/** Who answered the call-back (回访). */
export const CALLBACK_ANSWERERS = ['complainant', 'agent', 'representative', 'other'] as const;
export type CallbackAnswerer = (typeof CALLBACK_ANSWERERS)[number];

/** Why a call-back brought no answer: none of these is a satisfaction, whatever the channel's forms preset. */
export const CALLBACK_FAILURES = ['not-answered', 'number-wrong', 'answer-declined'] as const;
export type CallbackFailure = (typeof CALLBACK_FAILURES)[number];

/**
 * Where a matter belongs that is neither complaint nor report (S1 Art. 44): 咨询, 信访, 政府信息公开, 行政复议, 检举控告.
 */
export const REDIRECT_ROUTES = [
  'consultation',
  'petition',
  'information-disclosure',
  'administrative-reconsideration',
  'accusation',
] as const;
export type RedirectRoute = (typeof REDIRECT_ROUTES)[number];

export const REOPEN_REASONS = ['dissatisfied', 'not-performed', 'new-facts', 'closed-by-mistake', 'other'] as const;
export type ReopenReason = (typeof REOPEN_REASONS)[number];

/** What makes a machine think that two tickets are about one dispute (T-13). Hints; whether they are is a person's to say. */
export const DUPLICATE_REASONS = [
  'same-complainant-phone',
  'same-complainant-name',
  'same-respondent',
  'same-amount',
  'close-in-time',
  'like-text',
  'names-external-number',
] as const;
export type DuplicateReason = (typeof DUPLICATE_REASONS)[number];

/** Which of two contents of one ticket holds: the one on record, or the one pushed later. */
export const KEPT_CONTENTS = ['recorded', 'pushed'] as const;
export type KeptContent = (typeof KEPT_CONTENTS)[number];

/** Contradictions that imported history is taken in with, and shown with ever after. */
export const IMPORT_FLAGS = [
  'CLOSED_BEFORE_RECEIVED',
  'DUE_BEFORE_RECEIVED',
  'UNKNOWN_OUTCOME',
  'UNKNOWN_CLASSIFICATION',
  'UNKNOWN_SATISFACTION',
  'OUTCOME_WITHOUT_CLOSING',
  'SATISFACTION_WITHOUT_CLOSING',
] as const;
export type ImportFlag = (typeof IMPORT_FLAGS)[number];

/** Where a work order stands, as its own events say. */
export const WORK_ORDER_STATUSES = [
  'received',
  'classified',
  'dispatched',
  'returned',
  'redirected',
  'replied',
  'closed',
] as const;
export type WorkOrderStatus = (typeof WORK_ORDER_STATUSES)[number];

/** What a channel says of a ticket, in the form in which it is kept: people are vault references. Instants are ISO 8601 UTC. */
export interface PushedTicket {
  readonly receivedAt: string;
  readonly dueAt: string | null;
  readonly closedAt: string | null;
  readonly classification: Classification | null;
  readonly outcome: Outcome | null;
  readonly satisfaction: Satisfaction | null;
  readonly sector: string | null;
  readonly handlingRegion: string | null;
  /** Unit to which the channel has sent it. */
  readonly authority: string | null;
  readonly respondentUscc: string | null;
  /** Vault reference of the respondent's name. */
  readonly respondent: string | null;
  /** Vault reference of the complainant and of the text. */
  readonly complainant: string | null;
  readonly complainantTokens: { readonly phone?: string; readonly name?: string };
  /** Keyed tokens of the text, by which it is found like others. */
  readonly textTokens?: string;
}

/** In what two contents of a ticket can be compared without opening the vault; names by their tokens. */
export const COMPARED_FIELDS = [
  'receivedAt',
  'dueAt',
  'closedAt',
  'classification',
  'outcome',
  'satisfaction',
  'sector',
  'handlingRegion',
  'authority',
  'respondentUscc',
  'complainantName',
  'complainantPhone',
] as const;
export type ComparedField = (typeof COMPARED_FIELDS)[number];

/** Events of a work order (工单), stream `workOrder-{channel}-{externalNo}`. Instants in `data` are ISO 8601 UTC. */
export interface WorkOrderEvents {
  /** Taken in from a channel; `occurredAt` is when the channel received it. */
  WorkOrderReceived: {
    readonly channel: string;
    readonly externalNo: string;
    /** Sector (行业) as the channel names it. */
    readonly sector: string | null;
    /** Region of the authority expected to handle it, where the channel says so. */
    readonly handlingRegion: string | null;
    readonly respondentUscc: string | null;
    /** Vault reference of the respondent's name; never the name. */
    readonly respondent: string | null;
    /** Vault reference of the complainant and of the text. */
    readonly complainant: string | null;
    readonly complainantTokens: { readonly phone?: string; readonly name?: string };
    /** Keyed tokens of the text, by which it is found like others. */
    readonly textTokens?: string;
    /** Keyed digest of the payload: the same ticket pushed again is recognised, another payload is a conflict (T-27). */
    readonly payloadDigest: string;
    /** The channel's own due date, where it brought one. */
    readonly dueAt: string | null;
    readonly imported: { readonly batch: string; readonly flags: readonly ImportFlag[] } | null;
    /** `handling`, of imported history that says by when it was due but not where it went. */
    readonly clocks?: readonly ClockReading[];
  };
  /**
   * The channel pushed the ticket again with another content (T-27): it was refused, and nothing of the ticket changed. Once for
   * each content.
   */
  WorkOrderPayloadConflictDetected: PushedTicket & {
    /** Number within the work order, from 1. */
    readonly conflict: number;
    readonly payloadDigest: string;
    /** What differs from the content that held then. Names of respondents and texts lie in the vault and are not compared. */
    readonly differing: readonly ComparedField[];
  };
  /** A person has said which content holds. */
  WorkOrderPayloadConflictResolved: {
    readonly conflict: number;
    readonly keep: KeptContent;
    /** Digest of the content that holds from now on. */
    readonly payloadDigest: string;
    /** What holds from now on; told where the pushed content was kept. Steps of the ticket are not part of it, nor are clocks. */
    readonly sector?: string | null;
    readonly handlingRegion?: string | null;
    readonly respondentUscc?: string | null;
    readonly dueAt?: string | null;
    readonly respondent?: string | null;
    readonly complainant?: string | null;
    readonly complainantTokens?: { readonly phone?: string; readonly name?: string };
    readonly textTokens?: string;
  };
  WorkOrderClassified: { readonly classification: Classification };
  /**
   * 分别处理: a letter that is complaint and report is handled as both, each by its own procedure and clock (S1 Art. 9). The parts
   * share the text.
   */
  WorkOrderSplit: {
    /** Vault reference of the text that both parts come from. */
    readonly source: string | null;
  };
  /** The complaint that came of it. */
  WorkOrderComplaintLinked: { readonly complaintId: string };
  /** The report that came of it. */
  WorkOrderReportLinked: { readonly reportId: string };
  /** No complaint and no report: the caller was shown the proper route (S1 Art. 44), and nobody handles it here. */
  WorkOrderRedirected: {
    readonly route: RedirectRoute;
    /** Vault reference of what the caller was told; never the words. */
    readonly note: string | null;
  };
  /** A machine thinks that it is about a dispute that is known already. Nothing follows from that alone (T-13). */
  DuplicateSuspected: {
    /** The dispute. */
    readonly of: string;
    /** How like they are, percent. */
    readonly likeness: number;
    readonly reasons: readonly DuplicateReason[];
  };
  /** A person has found that it is another dispute. */
  DuplicateDismissed: {
    readonly of: string;
    /** Vault reference of the person's words; never the words. */
    readonly note: string | null;
  };
  /** `status`: where it stood when it was linked, so that the dispute's own history can tell. */
  WorkOrderLinkedToDispute: { readonly disputeId: string; readonly status?: WorkOrderStatus };
  /** Sent to a competent unit (分派); `occurredAt` is when the unit received it and starts the channel's clock. */
  WorkOrderDispatched: {
    readonly authority: string | null;
    readonly handlingRegion: string;
    /** Due instant of the channel's SLA; null where the channel gave none. */
    readonly dueAt: string | null;
    /**
     * `handling`, and `return` where a rule gives that right. None where imported history says no date: it is not judged by
     * rules that it may never have been under.
     */
    readonly clocks?: readonly ClockReading[];
    /** Told by an import of history. */
    readonly imported?: true;
  };
  /** 申请延期: the unit asks for more time. */
  WorkOrderExtensionRequested: {
    /** Vault reference of the unit's reason; never the words. */
    readonly note: string;
    readonly handlingRegion: string;
  };
  /** 准予延期, by the hotline. */
  WorkOrderExtensionGranted: {
    /** Amount in the unit of the rule's period, working days in Shandong; null where the date is the channel's own. */
    readonly by: number | null;
    /** The channel's own new date as granted. Whether it came to hold is told by `clocks`: a grant may be entered too late. */
    readonly dueAt: string | null;
    /** Day on which it counts as granted: that of its entry where the deadline had passed by then (T-09). */
    readonly grantedOn: LocalDate;
    /** `handling`. */
    readonly clocks: readonly ClockReading[];
  };
  WorkOrderExtensionRefused: {
    /** Vault reference of the hotline's words; never the words. */
    readonly note: string | null;
  };
  /** Given back to the dispatcher (退单), never passed on (S1 Art. 41). */
  WorkOrderReturned: {
    readonly reasonCode: ReturnReason;
    /** Vault reference of the unit's words; never the words. */
    readonly note: string | null;
    readonly handlingRegion: string;
  };
  /** Answer of the unit; may refer to the complaint handled under 12315. The text is in the vault under `reply`. */
  WorkOrderReplied: { readonly outcome: Outcome; readonly reply: string | null; readonly complaintId: string | null };
  WorkOrderClosed: {
    readonly outcome: Outcome;
    /** Told by an import of history. */
    readonly imported?: true;
  };
  /** The citizen, called back (回访), said how satisfied it is. */
  WorkOrderSatisfactionRecorded: {
    /** On the whole; of two answers, to process and result, the lesser one unless the citizen said more. */
    readonly satisfaction: Satisfaction;
    /** With how it was handled, and with what came of it: 双满意 needs both. */
    readonly process?: Satisfaction;
    readonly result?: Satisfaction;
    /** Who answered; unknown of what a channel or an import told. */
    readonly answeredBy?: CallbackAnswerer;
    /** Vault reference of what else was said; never the words. */
    readonly note?: string | null;
  };
  /** Called back without an answer: that is no satisfaction, and no dissatisfaction. */
  WorkOrderCallbackUnanswered: {
    readonly why: CallbackFailure;
    readonly note: string | null;
  };
  /** Opened again by the hotline; what came of it before stays as it was. */
  WorkOrderReopened: {
    readonly reasonCode: ReopenReason;
    /** Vault reference of the hotline's words; never the words. */
    readonly note: string | null;
    /** Where it stands now: with the unit that handled it before, or with the dispatcher if none did. */
    readonly status: 'received' | 'classified' | 'dispatched';
    /** The unit, where one has it again. */
    readonly authority: string | null;
    readonly handlingRegion: string | null;
    /** The channel's new date; null where it gave none, and the rule of this day tells. */
    readonly dueAt: string | null;
    /** `handling`, and `return` where a rule gives that right, of the unit that has it again. */
    readonly clocks?: readonly ClockReading[];
  };
  /** A clock reads otherwise, as the calendar was amended. */
  WorkOrderDeadlineAmended: ClockReading;
  /** A second person has verified that what was entered after a deadline had been done before it (T-28). */
  WorkOrderLateEntryVerified: {
    readonly clock: string;
    readonly reason: LateEntryReason;
    readonly evidence: readonly string[];
  };
}

/**
 * Region of the dispatcher to whom a unit gives a work order back: the one in whose name it was dispatched, else where it
 * lay before. Null when neither is known.
 */
export function dispatcherRegionOf(
  dispatched: { readonly region: string | null },
  heldBefore: string | null,
): string | null {
  return dispatched.region ?? heldBefore;
}

export type WorkOrderEvent = EventOf<WorkOrderEvents>;
export type RecordedWorkOrderEvent = RecordedOf<WorkOrderEvents>;

export const workOrderSchemas: EventSchemas & Record<keyof WorkOrderEvents, { schemaVersion: number }> = {
  WorkOrderReceived: { schemaVersion: 1 },
  WorkOrderPayloadConflictDetected: { schemaVersion: 1 },
  WorkOrderPayloadConflictResolved: { schemaVersion: 1 },
  WorkOrderClassified: { schemaVersion: 1 },
  WorkOrderSplit: { schemaVersion: 1 },
  WorkOrderComplaintLinked: { schemaVersion: 1 },
  WorkOrderReportLinked: { schemaVersion: 1 },
  WorkOrderRedirected: { schemaVersion: 1 },
  DuplicateSuspected: { schemaVersion: 1 },
  DuplicateDismissed: { schemaVersion: 1 },
  WorkOrderLinkedToDispute: { schemaVersion: 1 },
  WorkOrderDispatched: { schemaVersion: 1 },
  WorkOrderExtensionRequested: { schemaVersion: 1 },
  WorkOrderExtensionGranted: { schemaVersion: 1 },
  WorkOrderExtensionRefused: { schemaVersion: 1 },
  WorkOrderReturned: { schemaVersion: 1 },
  WorkOrderReplied: { schemaVersion: 1 },
  WorkOrderClosed: { schemaVersion: 1 },
  WorkOrderSatisfactionRecorded: { schemaVersion: 1 },
  WorkOrderCallbackUnanswered: { schemaVersion: 1 },
  WorkOrderReopened: { schemaVersion: 1 },
  WorkOrderDeadlineAmended: { schemaVersion: 1 },
  WorkOrderLateEntryVerified: { schemaVersion: 1 },
};
