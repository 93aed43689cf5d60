import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { Command, IsLocalDate, IsObjectId, IsText, IsUscc, MAX_FEN, WithoutLongNumbers } from '#service';
import { STANDSTILL_REASONS, type StandstillReason } from './station-events.ts';

/** Opens a scheme of advance compensation (先行赔付), in the region where its operator works. */
export class OpenAdvanceScheme extends Command {
  @IsText(200)
  @WithoutLongNumbers()
  name!: string;

  /** Registered subject that pays: the market, mall or platform. */
  @IsUscc()
  operatorUscc!: string;

  /** Most that is paid in one negotiation, fen. */
  @IsInt()
  @Min(1)
  @Max(MAX_FEN)
  capPerCaseFen!: number;

  /** Most that is set aside at a time over all negotiations, fen. With it, money is set aside before it is paid. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_FEN)
  capTotalFen?: number;

  @IsLocalDate()
  validFrom!: string;

  @IsOptional()
  @IsLocalDate()
  validTo?: string;
}

/** A merchant of the venue agrees that the operator pays for it. */
export class AdmitSchemeMember extends Command {
  @IsUscc()
  uscc!: string;
}

export class ReleaseSchemeMember extends Command {
  @IsUscc()
  uscc!: string;
}

abstract class AboutAllotment extends Command {
  @IsObjectId()
  negotiationId!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_FEN)
  amountFen!: number;
}

/** Sets money aside for one negotiation. */
export class AllotAdvance extends AboutAllotment {}

/** Frees money that was set aside and not paid, or paid and recovered. */
export class ReleaseAllotment extends AboutAllotment {}

export class SuspendAdvanceScheme extends Command {
  @IsIn(STANDSTILL_REASONS)
  reason!: StandstillReason;
}

export class ResumeAdvanceScheme extends Command {}

/** Closes it for good. What was paid may still be recovered. */
export class CloseAdvanceScheme extends Command {
  @IsIn(STANDSTILL_REASONS)
  reason!: StandstillReason;
}
