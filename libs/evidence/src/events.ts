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
    readonly disputeId: string;
    readonly kind: EvidenceKind;
    readonly audience: Audience;
    readonly mediaType: string;
    readonly bytes: number;
    /** SHA-256 of the content, hexadecimal: what is read later is what was uploaded. */
    readonly sha256: string;
    /** Vault reference of the key under which the content is sealed, and of the file's name. */
    readonly content: string;
    readonly respondentUscc: string | null;
    readonly respondentRegion: string;
  };
  /** The key was destroyed: nobody reads the content again. Hash and figures stay. */
  EvidenceErased: { readonly reason: ErasureReason };
}

export type EvidenceEvent = EventOf<EvidenceEvents>;
export type RecordedEvidenceEvent = RecordedOf<EvidenceEvents>;

export const evidenceSchemas: EventSchemas & Record<keyof EvidenceEvents, { schemaVersion: number }> = {
  EvidenceRecorded: { schemaVersion: 1 },
  EvidenceErased: { schemaVersion: 1 },
};
