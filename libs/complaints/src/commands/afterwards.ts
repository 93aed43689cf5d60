import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import {
  Command,
  IsChannel,
  IsFen,
  IsInstant,
  IsLocalDate,
  IsObjectId,
  IsRegionCode,
  IsText,
  IsUscc,
  VerifyLateEntry,
  WithoutLongNumbers,
} from '#service';
import {
  COMPLAINT_SATISFACTIONS,
  CORRECTABLE_FIELDS,
  NOTICE_CHANNELS,
  PERFORMANCES,
  type ComplaintSatisfaction,
  type CorrectableField,
  type NoticeChannel,
  type Performance,
} from '../terms.ts';

/** 回访 (S1 Art. 26). */
export class RecordFollowUp extends Command {
  @IsIn(NOTICE_CHANNELS)
  channel!: NoticeChannel;

  @IsBoolean()
  reached!: boolean;

  /** Whether what was agreed has been done, as the complainant says. */
  @IsOptional()
  @IsIn(PERFORMANCES)
  performance?: Performance;
}

export class RecordSatisfaction extends Command {
  @IsIn(COMPLAINT_SATISFACTIONS)
  satisfaction!: ComplaintSatisfaction;
}

/** 重新办理. The result there was stays on record. */
export class ReopenComplaint extends Command {
  /** Why. Kept in the vault. */
  @IsText(4000)
  reason!: string;
}

/** 合并办理, with the complaint on the same dispute that a competent authority received first. */
export class MergeComplaint extends Command {
  @IsObjectId()
  primary!: string;
}

/** 撤销合并: the two are not one. */
export class UnmergeComplaint extends Command {
  /** Why. Kept in the vault. */
  @IsText(4000)
  reason!: string;
}

/** 更正: says how one field reads rightly, in the field of that name; left out, it is taken away. A second person approves. */
export class CorrectField extends Command {
  @IsIn(CORRECTABLE_FIELDS)
  field!: CorrectableField;

  /** Why. Kept in the vault. */
  @IsText(4000)
  reason!: string;

  /** Receipt by the authority that has it in hand. */
  @IsOptional()
  @IsInstant()
  receivedAt?: string;

  @IsOptional()
  @IsLocalDate()
  acceptedOn?: string;

  @IsOptional()
  @IsLocalDate()
  knewOn?: string;

  @IsOptional()
  @IsUscc()
  respondentUscc?: string;

  @IsOptional()
  @IsRegionCode()
  respondentRegion?: string;

  @IsOptional()
  @IsText(100)
  @WithoutLongNumbers()
  sector?: string;

  @IsOptional()
  @IsChannel()
  channel?: string;

  /** Money recovered (挽回经济损失), fen. */
  @IsOptional()
  @IsFen()
  recoveredFen?: number;
}

/** A second person approves the correction that waits for it. */
export class ApproveCorrection extends Command {}

export class RejectCorrection extends Command {}

/** A second person verifies that what was entered late had been done in time. */
export class VerifyComplaintLateEntry extends VerifyLateEntry {}
