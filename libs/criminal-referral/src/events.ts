import type { EventOf, EventSchemas, RecordedOf } from '#kernel';
import type { ClockReading } from '#law';
import type { LateEntryReason } from '#service';

// What becomes of a referral's clocks is told from its events alone: whoever reads these reads it by the same rule.
export * from './clocks.ts';
export * from './standing.ts';
export * from './succession.ts';
export * from './words.ts';

/** Papers that go with a transfer (S11 Art. 6), all of them. */
export const TRANSFER_ATTACHMENTS = [
  /** 涉嫌犯罪案件移送书 */ 'transferLetter',
  /** 涉嫌犯罪案件情况的调查报告 */ 'investigationReport',
  /** 涉案物品清单 */ 'itemList',
  /** 有关检验报告或者鉴定结论 */ 'testReport',
  /** 其他有关涉嫌犯罪的材料 */ 'otherMaterials',
] as const;
export type TransferAttachment = (typeof TRANSFER_ATTACHMENTS)[number];

/** 复议决定: the police stay with their decision, or file after all. */
export const RECONSIDERATION_RESULTS = ['upheld', 'reversed'] as const;
export type ReconsiderationResult = (typeof RECONSIDERATION_RESULTS)[number];

/** 立案监督: the procuratorate has the police file, or finds that they need not. */
export const SUPERVISION_RESULTS = ['police-to-file', 'not-to-file'] as const;
export type SupervisionResult = (typeof SUPERVISION_RESULTS)[number];

/**
 * Events of a criminal referral (涉嫌犯罪案件移送, S11): from the team that looks into it to the hand-over to the police. Stream
 * `crimref-{ulid}`. Who may read them may read the case.
 */
export interface CriminalReferralEvents {
  /** 专案组: at least two officers, by staff number, at once (S11 Art. 5). */
  CriminalReferralTeamAppointed: {
    readonly caseId: string;
    readonly disputeId: string | null;
    readonly authority: string;
    readonly handlingRegion: string;
    readonly respondentUscc: string | null;
    readonly officers: readonly string[];
  };
  /** The team's written report to the head. */
  CriminalReferralReportSubmitted: {
    /** Reference of the report. */
    readonly report: string;
    /** `referral-decision`. */
    readonly clocks: readonly ClockReading[];
  };
  /** By the head of the authority (正职负责人), or who acts for the head. */
  CriminalReferralApproved: { /** `police-transfer`, of hours. */ readonly clocks: readonly ClockReading[] };
  CriminalReferralNotApproved: {
    /** Vault reference of the reason, which is kept on record. */ readonly reason: string;
  };
  CaseTransferredToPolice: {
    readonly police: string;
    readonly attachments: Readonly<Record<TransferAttachment, string>>;
  };
  PoliceReceiptSigned: {
    readonly police: string;
    /** `police-reroute`, of hours, and `police-decision`. */
    readonly clocks: readonly ClockReading[];
  };
  /** 转送有管辖权的公安机关; the authority is told. */
  ReroutedToCompetentPolice: { readonly police: string };
  /** 公安机关立案; `occurredAt` is the receipt of the notice. */
  PoliceFiledCase: { /** `materials-hand-over`. */ readonly clocks: readonly ClockReading[] };
  /** 公安机关不予立案; `occurredAt` is the receipt of the notice. */
  PoliceDeclinedCase: { /** `reconsideration-request`. */ readonly clocks: readonly ClockReading[] };
  ReconsiderationRequested: { /** `reconsideration`. */ readonly clocks: readonly ClockReading[] };
  ReconsiderationDecided: {
    readonly result: ReconsiderationResult;
    /** `supervision-request`, where the police stay with their decision. */
    readonly clocks: readonly ClockReading[];
  };
  FilingSupervisionRequested: { readonly procuratorate: string };
  FilingSupervisionConcluded: { readonly result: SupervisionResult };
  MaterialsHandedOver: { /** References of the lists that were signed. */ readonly evidence: readonly string[] };
  /** A clock reads otherwise, as the calendar was amended. */
  CriminalReferralDeadlineAmended: ClockReading;
  /** A second person has verified that what was entered after a deadline had been done before it (T-28). */
  CriminalReferralLateEntryVerified: {
    readonly clock: string;
    readonly reason: LateEntryReason;
    readonly evidence: readonly string[];
  };
}

export type CriminalReferralEvent = EventOf<CriminalReferralEvents>;
export type RecordedCriminalReferralEvent = RecordedOf<CriminalReferralEvents>;

export const criminalReferralSchemas: EventSchemas & Record<keyof CriminalReferralEvents, { schemaVersion: number }> = {
  CriminalReferralTeamAppointed: { schemaVersion: 1 },
  CriminalReferralReportSubmitted: { schemaVersion: 1 },
  CriminalReferralApproved: { schemaVersion: 1 },
  CriminalReferralNotApproved: { schemaVersion: 1 },
  CaseTransferredToPolice: { schemaVersion: 1 },
  PoliceReceiptSigned: { schemaVersion: 1 },
  ReroutedToCompetentPolice: { schemaVersion: 1 },
  PoliceFiledCase: { schemaVersion: 1 },
  PoliceDeclinedCase: { schemaVersion: 1 },
  ReconsiderationRequested: { schemaVersion: 1 },
  ReconsiderationDecided: { schemaVersion: 1 },
  FilingSupervisionRequested: { schemaVersion: 1 },
  FilingSupervisionConcluded: { schemaVersion: 1 },
  MaterialsHandedOver: { schemaVersion: 1 },
  CriminalReferralDeadlineAmended: { schemaVersion: 1 },
  CriminalReferralLateEntryVerified: { schemaVersion: 1 },
};
