import { IsIn, IsOptional } from 'class-validator';
import { Command, IsLocalDate, IsRegionCode, IsText, IsUscc, WithoutLongNumbers } from '#service';
import { MEMBERSHIP_REASONS, type MembershipReason } from './events.ts';

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

export class ApplyForOdrMembership extends Command {
  /** A registered subject; it joins in the region where it operates. */
  @IsUscc()
  uscc!: string;
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
