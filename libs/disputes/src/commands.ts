import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import {
  Command,
  IsChannel,
  IsFen,
  IsObjectId,
  IsReference,
  IsRegionCode,
  IsText,
  IsUscc,
  WithoutLongNumbers,
} from '#service';
import {
  FIRST_INQUIRY_BASES,
  HAND_OFF_REFUSALS,
  MOST_REPRESENTATIVES,
  REPRESENTED_ACTS,
  RESPONDENT_REASONS,
  type FirstInquiryBasis,
  type HandOffRefusal,
  type RepresentedAct,
  type RespondentReason,
} from './events.ts';

/** More than complain of anything at once, and few enough for one event. */
const MOST_COMPLAINANTS = 10_000;
const MOST_HEARD_AT_ONCE = 500;

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

  /** What it is about. Kept in the vault; the event holds keyed tokens by which it is found like other texts. */
  @IsOptional()
  @IsText(20_000)
  content?: string;

  /** Body (机关、单位、站点) that was turned to and takes it up: it answers for it from now on (首问责任). */
  @IsOptional()
  @IsText(100)
  @WithoutLongNumbers()
  authority?: string;

  /** Region of that body; the respondent's unless said. */
  @IsOptional()
  @IsRegionCode()
  authorityRegion?: string;
}

export class IdentifyRespondent extends Command {
  @IsUscc()
  respondentUscc!: string;

  @IsRegionCode()
  respondentRegion!: string;

  @IsIn(RESPONDENT_REASONS)
  reason!: RespondentReason;
}

/** 并案: it is the same dispute as another one, which is counted for both from now on. A person finds that, never a machine. */
export class MergeInto extends Command {
  /** The one that was first received by a competent authority (S1 Art. 14). */
  @IsObjectId()
  primary!: string;

  /** Complaint by which a competent authority first received this dispute. */
  @IsOptional()
  @IsObjectId()
  complaintId?: string;

  /** Complaint by which a competent authority first received the primary. */
  @IsOptional()
  @IsObjectId()
  primaryComplaintId?: string;

  /** Needed where the primary was not the first, or names another respondent. Kept in the vault. */
  @IsOptional()
  @IsText(4000)
  reason?: string;
}

/** It turned out to be another dispute (T-15). */
export class Unmerge extends Command {
  /** Kept in the vault. */
  @IsText(4000)
  reason!: string;
}

/** 共同投诉: one more complains of this dispute (S1 Art. 12). */
export class JoinComplainant extends Command {
  @IsText(100)
  complainantName!: string;

  @IsOptional()
  @IsText(50)
  complainantPhone?: string;

  @IsOptional()
  @IsText(300)
  complainantAddress?: string;
}

export class ChooseRepresentatives extends Command {
  /** One or two of the complainants, by their numbers within the dispute. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_REPRESENTATIVES)
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(MOST_COMPLAINANTS, { each: true })
  representatives!: number[];

  /** References to what proves that they were chosen, at least one. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @IsReference({ each: true })
  evidence!: string[];
}

/** What those who are represented said to an act of their representatives (S1 Art. 12). */
export class RecordRepresentedConsent extends Command {
  @IsIn(REPRESENTED_ACTS)
  act!: RepresentedAct;

  /** Stream of the procedure in which they are represented: `complaint-01J…`. */
  @Matches(/^(?:complaint|mediation|negotiation|referral|confirmation)-[0-7][0-9A-HJKMNP-TV-Z]{25}$/, {
    message: 'procedure must be complaint-, mediation-, negotiation-, referral- or confirmation- and an id',
  })
  procedure!: string;

  /** Numbers of those who consent. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_HEARD_AT_ONCE)
  @IsInt({ each: true })
  @Min(1, { each: true })
  consenting?: number[];

  /** Numbers of those who do not. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_HEARD_AT_ONCE)
  @IsInt({ each: true })
  @Min(1, { each: true })
  refusing?: number[];

  /** References to what proves it, at least one. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @IsReference({ each: true })
  evidence!: string[];
}

/** 首问责任: the body that took it up first. `occurredAt` is when it did. */
export class AssignFirstInquiry extends Command {
  @IsText(100)
  @WithoutLongNumbers()
  authority!: string;

  @IsRegionCode()
  region!: string;

  @IsIn(FIRST_INQUIRY_BASES)
  basis!: FirstInquiryBasis;
}

/** The responsible body wants another one to take it over, which is so only once that one has accepted. */
export class OfferHandOff extends Command {
  @IsText(100)
  @WithoutLongNumbers()
  toAuthority!: string;

  @IsRegionCode()
  toRegion!: string;

  /** Kept in the vault. */
  @IsText(4000)
  reason!: string;
}

export class AcceptHandOff extends Command {
  /** Number of the offer within the dispute. */
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  offer!: number;
}

export class DeclineHandOff extends Command {
  /** Number of the offer within the dispute. */
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  offer!: number;

  @IsIn(HAND_OFF_REFUSALS)
  code!: HandOffRefusal;

  /** Kept in the vault. */
  @IsOptional()
  @IsText(4000)
  reason?: string;
}

/** 重复投诉: the same complainant complains again of what an earlier dispute was about (M-12). A person finds that. */
export class ConfirmRepeat extends Command {
  @IsObjectId()
  earlier!: string;
}
