import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import { COMPETENCE_BASES, RESPONDENT_KINDS, type CompetenceBasis, type RespondentKind } from '#law';
import { Command, IsInstant, IsRegionCode, IsText, WithoutLongNumbers } from '#service';

/** 管辖判断 (S1 Art. 13, 14), by the order in force on the day. */
export class DetermineCompetence extends Command {
  @IsBoolean()
  competent!: boolean;

  /** `platform`: an e-commerce platform or a site of its own; `in-platform`: a seller on somebody else's (平台内经营者). */
  @IsIn(RESPONDENT_KINDS)
  respondentKind!: RespondentKind;

  /** On what competence rests, be it this authority's or another's. */
  @IsIn(COMPETENCE_BASES)
  basis!: CompetenceBasis;

  /** False where the platform publishes no address, or nobody is found there. */
  @IsOptional()
  @IsBoolean()
  publishedAddressFound?: boolean;

  /** Another competent authority that received the same complaint, and when: the first one handles it. */
  @IsOptional()
  @IsText(100)
  @WithoutLongNumbers()
  otherAuthority?: string;

  @IsOptional()
  @IsInstant()
  otherReceivedAt?: string;
}

/** 反馈: gives the complaint back to the intake body, as the unit is not competent (S1 Art. 41). */
export class FeedBackIncompetence extends Command {
  /** Why it is not. Kept in the vault. */
  @IsText(4000)
  reason!: string;
}

/** 分送、移送: sends what was given back to another authority, or to the one that a dispute about competence ended for. */
export class TransferComplaint extends Command {
  @IsText(100)
  @WithoutLongNumbers()
  toAuthority!: string;

  @IsRegionCode()
  toRegion!: string;
}

/** The authority it was sent to receives it. `occurredAt` is the receipt. */
export class ReceiveTransfer extends Command {
  @IsText(100)
  @WithoutLongNumbers()
  authority!: string;
}

/** 管辖争议 (S1 Art. 33). */
export class RaiseCompetenceDispute extends Command {
  @IsText(100)
  @WithoutLongNumbers()
  withAuthority!: string;
}

/** The authorities have agreed on one of them. */
export class ResolveCompetenceDispute extends Command {
  @IsText(100)
  @WithoutLongNumbers()
  competentAuthority!: string;

  @IsRegionCode()
  competentRegion!: string;
}

/** 报请共同上级指定. `occurredAt` is the receipt of the papers by the higher authority. */
export class SendUpCompetenceDispute extends Command {
  @IsText(100)
  @WithoutLongNumbers()
  higherAuthority!: string;
}

/** 指定管辖, by the higher authority. */
export class DesignateAuthority extends Command {
  @IsText(100)
  @WithoutLongNumbers()
  competentAuthority!: string;

  @IsRegionCode()
  competentRegion!: string;
}
