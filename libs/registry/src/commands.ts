import { IsBoolean, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { Command, IsLocalDate, IsReference, IsRegionCode, IsText, IsUscc, WithoutLongNumbers } from '#service';
import { MEMBERSHIP_REASONS, STANDSTILL_REASONS, type MembershipReason, type StandstillReason } from './events.ts';

export * from './commands-scheme.ts';
export * from './commands-station.ts';
export * from './commands-store.ts';

export class RegisterSubject extends Command {
  @IsUscc()
  uscc!: string;

  /** Name in the public register. */
  @IsText(200)
  name!: string;

  /** Region of the place of operation, which is not the one in the code (T-21). */
  @IsRegionCode()
  region!: string;

  @IsOptional()
  @IsText(100)
  @WithoutLongNumbers()
  sector?: string;

  /** Day it began to operate (开始经营). */
  @IsOptional()
  @IsLocalDate()
  operatingSince?: string;
}

export class RenameSubject extends Command {
  @IsText(200)
  name!: string;
}

/** Opens the green channel (消费维权绿色通道) of a subject, for the first time or again. */
export class OpenGreenChannel extends Command {}

export class SuspendGreenChannel extends Command {
  @IsIn(STANDSTILL_REASONS)
  reason!: StandstillReason;
}

export class ResumeGreenChannel extends Command {}

export class CloseGreenChannel extends Command {
  @IsIn(STANDSTILL_REASONS)
  reason!: StandstillReason;
}

export class ApplyForOdrMembership extends Command {
  /** A registered subject; it joins in the region where it operates. */
  @IsUscc()
  uscc!: string;
}

/**
 * How it stands with the conditions of membership (S20), as the applicant declares it or the office has found it. Each record
 * is a whole one and takes the place of the last; what the applicant declares takes the place of no inspection.
 */
export class RecordOdrConditions extends Command {
  /** A fixed place (固定场所). */
  @IsBoolean()
  fixedPlace!: boolean;

  /** People who do the work; at least one is needed. */
  @IsInt()
  @Min(0)
  @Max(100_000)
  staff!: number;

  /** A computer that is online (联网电脑). */
  @IsBoolean()
  computerOnline!: boolean;

  /** A telephone for it alone (专用电话). */
  @IsBoolean()
  dedicatedTelephone!: boolean;

  /** A written procedure for complaints (书面投诉处理制度). */
  @IsBoolean()
  writtenProcedure!: boolean;

  /** The application (申请表), by reference. */
  @IsOptional()
  @IsReference()
  application?: string;

  /** The promise letter (承诺书), by reference. */
  @IsOptional()
  @IsReference()
  promiseLetter?: string;

  /** The copy of the licence (营业执照复印件), by reference. */
  @IsOptional()
  @IsReference()
  licenceCopy?: string;
}

export class ApproveOdrMembership extends Command {}

export class ActivateOdrMembership extends Command {}

export class SuspendOdrMembership extends Command {
  @IsIn(MEMBERSHIP_REASONS)
  reason!: MembershipReason;
}

export class ReactivateOdrMembership extends Command {}

export class WithdrawOdrMembership extends Command {
  @IsIn(MEMBERSHIP_REASONS)
  reason!: MembershipReason;
}

export class ExpelOdrMember extends Command {
  @IsIn(MEMBERSHIP_REASONS)
  reason!: MembershipReason;
}
