import { IsIn, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { Command, IsRegionCode, IsText, IsUscc } from '#service';
import { RESPONDENT_REASONS, type RespondentReason } from './events.ts';

/** Ten billion yuan: far above any consumer dispute, far below what a number holds exactly. */
const MAX_FEN = 1_000_000_000_000;

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
  @Matches(/^(?!.*\d{7})/s, { message: 'sector must hold no long numbers' })
  sector?: string;

  /** Channel by which it first came in. */
  @IsOptional()
  @IsString()
  @Matches(/^[a-z0-9]{1,24}$/, { message: 'channel must be 1 to 24 lower-case letters or digits' })
  channel?: string;

  /** Amount in dispute (争议金额), fen. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_FEN)
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
