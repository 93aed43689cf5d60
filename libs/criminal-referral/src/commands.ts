import { ArrayUnique, IsIn, IsOptional } from 'class-validator';
import { AreReferences, Command, IsObjectId, IsReference, IsText, VerifyLateEntry, WithoutLongNumbers } from '#service';
import { RECONSIDERATION_RESULTS, SUPERVISION_RESULTS } from './events.ts';
import type { ReconsiderationResult, SupervisionResult } from './events.ts';

/** 专案组: at least two officers look into whether a suspected crime is to be referred (S11 Art. 5). */
export class AppointReferralTeam extends Command {
  /** The case, in which the crime was found suspected before. */
  @IsObjectId()
  caseId!: string;

  /** The referral of the same case before it, which ended without prosecution: new evidence may have come. */
  @IsOptional()
  @IsObjectId()
  afterReferralId?: string;

  /** Staff numbers, at least two. */
  @AreReferences(2)
  @ArrayUnique()
  officers!: string[];
}

/** The team's written report, on which the head decides within three days. */
export class SubmitReferralReport extends Command {
  /** Reference of the report. */
  @IsReference()
  report!: string;
}

/** Approval by the head of the authority; the transfer follows within 24 hours. */
export class ApproveReferral extends Command {}

export class DisapproveReferral extends Command {
  /** The reason, which is kept on record. Kept in the vault. */
  @IsText(4000)
  reason!: string;
}

/** The transfer, with the five papers of S11 Art. 6. */
export class TransferToPolice extends Command {
  /** Police authority (公安机关). */
  @IsText(100)
  @WithoutLongNumbers()
  police!: string;

  /** 涉嫌犯罪案件移送书 */
  @IsReference()
  transferLetter!: string;

  /** 涉嫌犯罪案件情况的调查报告 */
  @IsReference()
  investigationReport!: string;

  /** 涉案物品清单 */
  @IsReference()
  itemList!: string;

  /** 有关检验报告或者鉴定结论 */
  @IsReference()
  testReport!: string;

  /** 其他有关涉嫌犯罪的材料 */
  @IsReference()
  otherMaterials!: string;
}

/** The police sign for the case. */
export class RecordPoliceReceipt extends Command {
  @IsText(100)
  @WithoutLongNumbers()
  police!: string;
}

/** The police send it on to those who are competent, within 24 hours. */
export class RecordPoliceReroute extends Command {
  @IsText(100)
  @WithoutLongNumbers()
  police!: string;
}

/** 立案 by the police; `occurredAt` is the receipt of their notice. */
export class RecordPoliceFiling extends Command {}

/** 不予立案 by the police; `occurredAt` is the receipt of their notice. */
export class RecordPoliceDeclining extends Command {}

/** 提请复议, within three days of the notice. */
export class RequestReconsideration extends Command {}

export class RecordReconsideration extends Command {
  @IsIn(RECONSIDERATION_RESULTS)
  result!: ReconsiderationResult;
}

/** 建议立案监督, within three days of the decision on reconsideration or of the notice. */
export class RequestFilingSupervision extends Command {
  /** Procuratorate (检察院). */
  @IsText(100)
  @WithoutLongNumbers()
  procuratorate!: string;
}

export class RecordFilingSupervision extends Command {
  @IsIn(SUPERVISION_RESULTS)
  result!: SupervisionResult;
}

/** Items and materials are handed over, within three days of the notice of filing. */
export class HandOverMaterials extends Command {
  /** References of the lists that both have signed. */
  @AreReferences(1)
  evidence!: string[];
}

/** A second person verifies that what was entered late had been done in time. */
export class VerifyCriminalReferralLateEntry extends VerifyLateEntry {}
