import { IsOptional, Matches } from 'class-validator';
import {
  Command,
  IsChannel,
  IsLocalDate,
  IsObjectId,
  IsRegionCode,
  IsText,
  IsUscc,
  WithoutLongNumbers,
} from '#service';
import { IsReferences } from './references.ts';

/** Telephone number as people write it: digits, blanks and hyphens, with a country code or without. */
const PHONE = /^\+?\d[\d -]{3,23}\d$/;
/** Work-order id in the form that work orders have. */
const WORK_ORDER_ID = /^[a-z0-9]{1,24}-[^\s\p{C}]{1,64}$/u;

/**
 * A competent authority receives a complaint (投诉), with the materials of S1 Art. 10: the complainant's real name, telephone
 * and address, the respondent's name and address, the request and the facts. `occurredAt` is the receipt.
 */
export class ReceiveComplaint extends Command {
  @IsObjectId()
  disputeId!: string;

  /** Competent authority (机关) that received it. */
  @IsText(100)
  @WithoutLongNumbers()
  authority!: string;

  /** Region of that authority. */
  @IsRegionCode()
  handlingRegion!: string;

  @IsText(100)
  complainantName!: string;

  @Matches(PHONE, { message: '$property must be a telephone number: digits, blanks and hyphens, at most 25' })
  complainantPhone!: string;

  @IsText(300)
  complainantAddress!: string;

  @IsText(200)
  respondentName!: string;

  /** Left out where none is known or published, as of operators within platforms (S1 Art. 13): that refuses nobody. */
  @IsOptional()
  @IsText(300)
  respondentAddress?: string;

  /** Without it, the one the dispute names. */
  @IsOptional()
  @IsUscc()
  respondentUscc?: string;

  /** Request and facts (投诉请求, 事实). Kept in the vault. */
  @IsText(20_000)
  content!: string;

  @IsOptional()
  @IsText(100)
  @WithoutLongNumbers()
  sector?: string;

  @IsOptional()
  @IsChannel()
  channel?: string;

  /** Work order (工单) it came by: `{channel}-{externalNo}`. */
  @IsOptional()
  @Matches(WORK_ORDER_ID, { message: '$property must be {channel}-{externalNo}' })
  workOrderId?: string;

  /** Escalated negotiation it follows. Its time is not the authority's (S20). */
  @IsOptional()
  @IsObjectId()
  escalatedFrom?: string;

  /** Day the consumer knew or should have known of the harm (S1 Art. 16(4)). */
  @IsOptional()
  @IsLocalDate()
  knewOn?: string;
}

/** 委托代理人, whose identity was seen (S1 Art. 11). */
export class AppointAgent extends Command {
  @IsText(100)
  agentName!: string;

  @IsOptional()
  @Matches(PHONE, { message: '$property must be a telephone number: digits, blanks and hyphens, at most 25' })
  agentPhone?: string;

  /** References to the original mandate (授权委托书), at least one. */
  @IsReferences({ atLeast: 1 })
  mandate!: string[];
}

/** 限期提供身份证明 (form 4). The seven working days run on. */
export class RequestIdentityProof extends Command {
  /** Last day, set by the authority. */
  @IsLocalDate()
  dueOn!: string;
}

export class SubmitIdentityProof extends Command {
  /** References to what was submitted, at least one. */
  @IsReferences({ atLeast: 1 })
  evidence!: string[];
}

/** The day that was set has passed without proof: a process says so. */
export class MarkIdentityProofOverdue extends Command {}
