import type { EventOf, EventSchemas, LocalDate, RecordedOf } from '#kernel';
import type { ClockReading } from '#law';
import type { LateEntryReason } from '#service';

// What becomes of a work order's clocks is told from its events alone: whoever reads these reads it by the same rule.
export * from './clocks.ts';

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
export const WORK_ORDER_STATUSES = ['received', 'classified', 'dispatched', 'returned', 'replied', 'closed'] as const;
export type WorkOrderStatus = (typeof WORK_ORDER_STATUSES)[number];

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
    /** Keyed digest of the payload: the same ticket pushed again is recognised, another payload is a conflict (T-27). */
    readonly payloadDigest: string;
    /** The channel's own due date, where it brought one. */
    readonly dueAt: string | null;
    readonly imported: { readonly batch: string; readonly flags: readonly ImportFlag[] } | null;
    /** `handling`, of imported history that says by when it was due but not where it went. */
    readonly clocks?: readonly ClockReading[];
  };
  WorkOrderClassified: { readonly classification: Classification };
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
  WorkOrderSatisfactionRecorded: { readonly satisfaction: Satisfaction };
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
  WorkOrderClassified: { schemaVersion: 1 },
  WorkOrderLinkedToDispute: { schemaVersion: 1 },
  WorkOrderDispatched: { schemaVersion: 1 },
  WorkOrderExtensionRequested: { schemaVersion: 1 },
  WorkOrderExtensionGranted: { schemaVersion: 1 },
  WorkOrderExtensionRefused: { schemaVersion: 1 },
  WorkOrderReturned: { schemaVersion: 1 },
  WorkOrderReplied: { schemaVersion: 1 },
  WorkOrderClosed: { schemaVersion: 1 },
  WorkOrderSatisfactionRecorded: { schemaVersion: 1 },
  WorkOrderDeadlineAmended: { schemaVersion: 1 },
  WorkOrderLateEntryVerified: { schemaVersion: 1 },
};
