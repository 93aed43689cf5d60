import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsOptional, Matches } from 'class-validator';
import { Command, IsObjectId, IsRegionCode, IsText, IsUscc, WithoutLongNumbers } from '#service';
import { BODY_TYPES, MEDIATION_KINDS, type BodyType, type MediationKind } from './kinds.ts';
import {
  QUALIFICATIONS,
  REMOVAL_CAUSES,
  SUSPENSION_CAUSES,
  type Qualification,
  type RemovalCause,
  type SuspensionCause,
} from './roster-events.ts';

/** Telephone number as people write it: digits, blanks and hyphens, with a country code or without. */
const PHONE = /^\+?\d[\d -]{3,23}\d$/;
const PHONE_MESSAGE = '$property must be a telephone number: digits, blanks and hyphens, at most 25';

/** Where and how somebody mediates. */
abstract class Field extends Command {
  /** Regions where it mediates, with all regions in them. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ArrayUnique()
  @IsRegionCode({ each: true })
  regions!: string[];

  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(MEDIATION_KINDS, { each: true })
  kinds!: MediationKind[];
}

/** Puts a body (调解组织) on the roster. */
export class RegisterMediationBody extends Field {
  @IsText(100)
  @WithoutLongNumbers()
  name!: string;

  @IsIn(BODY_TYPES)
  type!: BodyType;

  /** Region where it is at home, by which it is found and administered. */
  @IsRegionCode()
  region!: string;

  @IsOptional()
  @IsUscc()
  uscc?: string;
}

/** Changes where and how a body mediates. */
export class ReviseMediationBody extends Field {}

export class SuspendMediationBody extends Command {
  @IsIn(SUSPENSION_CAUSES)
  cause!: SuspensionCause;
}

export class ReinstateMediationBody extends Command {}

/** Takes a body off the roster for good. */
export class RemoveMediationBody extends Command {
  @IsIn(REMOVAL_CAUSES)
  cause!: RemovalCause;
}

abstract class MediatorField extends Field {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(QUALIFICATIONS, { each: true })
  qualifications!: Qualification[];
}

/** Puts a mediator (调解员) on the roster: of a body, or of the authority itself. */
export class RegisterMediator extends MediatorField {
  @IsText(100)
  name!: string;

  @IsOptional()
  @Matches(PHONE, { message: PHONE_MESSAGE })
  phone?: string;

  /** Body whose mediator it is; none for one of the authority. */
  @IsOptional()
  @IsObjectId()
  bodyId?: string;

  @IsRegionCode()
  region!: string;
}

/** Changes where, how and as what a mediator mediates. */
export class ReviseMediator extends MediatorField {}

export class SuspendMediator extends Command {
  @IsIn(SUSPENSION_CAUSES)
  cause!: SuspensionCause;
}

export class ReinstateMediator extends Command {}

/** Takes a mediator off the roster for good. */
export class RemoveMediator extends Command {
  @IsIn(REMOVAL_CAUSES)
  cause!: RemovalCause;
}

/** 利害关系声明: a subject the mediator is tied to, or a relative; one of them. */
export class DeclareMediatorInterest extends Command {
  @IsOptional()
  @IsUscc()
  uscc?: string;

  @IsOptional()
  @IsText(100)
  relativeName?: string;

  @IsOptional()
  @Matches(PHONE, { message: PHONE_MESSAGE })
  relativePhone?: string;
}

/** The interest is no more. */
export class WithdrawMediatorInterest extends Command {
  @Matches(/^[1-9]\d{0,3}$/, { message: 'interest must be the number of an interest' })
  interest!: string;
}
