import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import {
  Command,
  IsLocalDate,
  IsObjectId,
  IsRegionCode,
  IsText,
  IsUscc,
  REFERENCE,
  WithoutLongNumbers,
} from '#service';
import {
  COMMITMENT_END_REASONS,
  COMMITMENT_KINDS,
  STORE_CLOSURE_REASONS,
  STORE_KINDS,
  type CommitmentEndReason,
  type CommitmentKind,
  type StoreClosureReason,
  type StoreKind,
} from './store-events.ts';

/** Registers a store of a subject. A store is no subject of its own (T-23). */
export class RegisterStore extends Command {
  @IsUscc()
  operatorUscc!: string;

  @IsIn(STORE_KINDS)
  kind!: StoreKind;

  /** Name on its door, or of the shop. */
  @IsText(200)
  @WithoutLongNumbers()
  name!: string;

  @IsRegionCode()
  region!: string;

  @IsOptional()
  @IsText(100)
  @WithoutLongNumbers()
  sector?: string;

  /** Platform on which an online shop is; left out for the operator's own site. */
  @IsOptional()
  @IsUscc()
  platformUscc?: string;

  /** The shop's id on that platform, which may look like any number. */
  @IsOptional()
  @Matches(REFERENCE, { message: '$property must be an id without blanks, at most 200 characters' })
  shopId?: string;
}

export class RenameStore extends Command {
  @IsText(200)
  @WithoutLongNumbers()
  name!: string;
}

export class CloseStore extends Command {
  @IsIn(STORE_CLOSURE_REASONS)
  reason!: StoreClosureReason;
}

/** A promise of a store (承诺): one of each kind at a time. */
export class MakeCommitment extends Command {
  @IsObjectId()
  store!: string;

  @IsIn(COMMITMENT_KINDS)
  kind!: CommitmentKind;

  /** The day it happened unless said. */
  @IsOptional()
  @IsLocalDate()
  validFrom?: string;

  @IsOptional()
  @IsLocalDate()
  validTo?: string;

  /** Days after the purchase within which goods are taken back. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(3650)
  termDays?: number;
}

export class WithdrawCommitment extends Command {
  @IsIn(COMMITMENT_END_REASONS)
  reason!: CommitmentEndReason;
}
