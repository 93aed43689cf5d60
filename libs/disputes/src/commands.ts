import { IsIn, IsOptional } from 'class-validator';
import { Command, IsChannel, IsFen, IsRegionCode, IsText, IsUscc, WithoutLongNumbers } from '#service';
import { RESPONDENT_REASONS, type RespondentReason } from './events.ts';

/** The real quarrel, before or beside any procedure. The respondent may still be unknown. */
export class OpenDispute extends Command {
  @IsOptional()
  @IsUscc()
  respondentUscc?: string;

  @IsOptional()
  @IsText(200)
  respondentName?: string;

  /** Region of the respondent's place of operation (经营地), which is not the one in its code (T-21). */
  @IsRegionCode()
  respondentRegion!: string;

  @IsOptional()
  @IsText(100)
  @WithoutLongNumbers()
  sector?: string;

  /** Channel by which it first came in. */
  @IsOptional()
  @IsChannel()
  channel?: string;

  /** Amount in dispute (争议金额), fen. */
  @IsOptional()
  @IsFen()
  amountFen?: number;

  @IsOptional()
  @IsText(100)
  complainantName?: string;

  @IsOptional()
  @IsText(50)
  complainantPhone?: string;
}

export class IdentifyRespondent extends Command {
  @IsUscc()
  respondentUscc!: string;

  @IsRegionCode()
  respondentRegion!: string;

  @IsIn(RESPONDENT_REASONS)
  reason!: RespondentReason;
}
