import type { EventOf, EventSchemas, RecordedOf } from '#kernel';

export * from './words.ts';

export const EVIDENCE_KINDS = [
  /** 协议 */ 'agreement',
  /** 付款、退款凭证 */ 'payment',
  /** 发票、收据 */ 'invoice',
  /** 照片、录像 */ 'photo',
  /** 聊天、通话记录 */ 'conversation',
  /** 鉴定、检测报告 */ 'appraisal-report',
  /** 法律文书 */ 'document',
  /** 身份证明 */ 'identity',
  'other',
] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/**
 * Who may see it: everybody who handles the dispute and its parties, the authorities only, or only those who handle and audit
 * reports (S1 Art. 37), to whom alone it says that somebody reported.
 */
export const AUDIENCES = ['parties', 'authority', 'report-handlers'] as const;
export type Audience = (typeof AUDIENCES)[number];

export const ERASURE_REASONS = ['requested-by-person', 'retention-over', 'uploaded-by-mistake'] as const;
export type ErasureReason = (typeof ERASURE_REASONS)[number];

/** Events of a piece of evidence. Stream `evidence-{id}`; its id follows from dispute and content. */
export interface EvidenceEvents {
  EvidenceRecorded: {
    /** Null of a report that no dispute belongs to. */
    readonly disputeId: string | null;
    /** The report it belongs to, where it does. */
    readonly reportId?: string;
    readonly kind: EvidenceKind;
    readonly audience: Audience;
    readonly mediaType: string;
    readonly bytes: number;
    /** SHA-256 of the content, hexadecimal: what is read later is what was uploaded. */
    readonly sha256: string;
    /** Vault reference of the key under which the content is sealed, and of the file's name. */
    readonly content: string;
    /** Null of evidence of a report: nothing leads from the respondent to it (S1 Art. 37). */
    readonly respondentUscc: string | null;
    /** Region in which it is kept: the respondent's, or of a report that of the authority which handles it. */
    readonly respondentRegion: string;
  };
  /** The key was destroyed: nobody reads the content again. Hash and figures stay. */
  EvidenceErased: { readonly reason: ErasureReason };
}

export type EvidenceEvent = EventOf<EvidenceEvents>;
export type RecordedEvidenceEvent = RecordedOf<EvidenceEvents>;

export const evidenceSchemas: EventSchemas & Record<keyof EvidenceEvents, EventSchemas[string]> = {
  // Since version 2 it may belong to a report, and to no dispute; what was recorded before reads as it is.
  EvidenceRecorded: { schemaVersion: 2, upcasters: { 1: (data) => data } },
  EvidenceErased: { schemaVersion: 1 },
};
