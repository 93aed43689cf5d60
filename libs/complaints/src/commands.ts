import { ArrayMaxSize, IsArray, IsIn, IsOptional, Matches } from 'class-validator';
import {
  Command,
  IsChannel,
  IsFen,
  IsLocalDate,
  IsObjectId,
  IsRegionCode,
  IsText,
  IsUscc,
  VerifyLateEntry,
  WithoutLongNumbers,
} from '#service';
import {
  APPRAISAL_KINDS,
  COMPLAINT_RESULTS,
  DISQUALIFICATIONS,
  NON_ACCEPTANCE_GROUNDS,
  NOTICE_CHANNELS,
  TERMINATION_GROUNDS,
} from './events.ts';
import type {
  AppraisalKind,
  ComplaintResult,
  Disqualification,
  NonAcceptanceGround,
  NoticeChannel,
  TerminationGround,
} from './events.ts';

/** Telephone number as people write it: digits, blanks and hyphens, with a country code or without. */
const PHONE = /^\+?\d[\d -]{3,23}\d$/;
/** Work-order id in the form that work orders have. */
const WORK_ORDER_ID = /^[a-z0-9]{1,24}-[^\s\p{C}]{1,64}$/u;
/** One code or reference: no blanks, so that nobody writes a sentence (and a name) into an event. */
const REFERENCE = /^[0-9A-Za-z][\w.:/#-]{0,199}$/;

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

/** 受理. Refused when the three years of S1 Art. 16(4) had passed at receipt. */
export class AcceptComplaint extends Command {
  /** Day of knowledge as found by the officer; takes the place of the one given at receipt. */
  @IsOptional()
  @IsLocalDate()
  knewOn?: string;
}

/** 不予受理, with its reason and the routes still open (S1 Art. 15(2), 39). A person decides, never a process. */
export class DeclineComplaint extends Command {
  @IsIn(NON_ACCEPTANCE_GROUNDS)
  ground!: NonAcceptanceGround;

  /** The written reason. Kept in the vault. */
  @IsText(4000)
  reason!: string;

  /** Routes the complainant is told of, at least one. No telephone or identity numbers. */
  @IsArray()
  @ArrayMaxSize(20)
  @IsText(100, { each: true })
  @WithoutLongNumbers({ each: true, message: '$property must be a list of texts without long numbers' })
  remedies!: string[];
}

/** Tells the complainant of the decision (受理决定书, 不予受理决定书). Only then is the acceptance step complete. */
export class NotifyAcceptanceDecision extends Command {
  @IsIn(NOTICE_CHANNELS)
  channel!: NoticeChannel;
}

/** An appraisal begins (S1 Art. 22): from its first to its last day the mediation's clock stands still. */
export class StartAppraisal extends Command {
  /** One of those that the rule of the acceptance names; another is refused, as it would not stop the clock. */
  @IsIn(APPRAISAL_KINDS)
  kind!: AppraisalKind;
}

export class CompleteAppraisal extends Command {
  /** Number it was given when it began; the one that goes on unless there are several. */
  @IsOptional()
  @Matches(/^[1-9]\d{0,3}$/, { message: 'appraisal must be the number of an appraisal' })
  appraisal?: string;
}

/** Ends the procedure: an agreement in mediation, a termination of mediation, or the complainant's withdrawal. */
export class ConcludeComplaint extends Command {
  @IsIn(COMPLAINT_RESULTS)
  result!: ComplaintResult;

  /** With `terminated` only, and always then. */
  @IsOptional()
  @IsIn(TERMINATION_GROUNDS)
  ground?: TerminationGround;

  /** With ground 23(1)(6) only, and always then. */
  @IsOptional()
  @IsIn(DISQUALIFICATIONS)
  disqualification?: Disqualification;

  /** References to what proves it (agreement, refund). At least one with ground 23(1)(1). */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @Matches(REFERENCE, {
    each: true,
    message: '$property must be a list of references without blanks, each at most 200 characters',
  })
  evidence?: string[];

  /** Money recovered (挽回经济损失), fen. */
  @IsOptional()
  @IsFen()
  recoveredFen?: number;
}

/** Tells both parties of the termination (终止调解决定书, S1 Art. 23(2)) and closes the complaint. */
export class NotifyTermination extends Command {
  @IsIn(NOTICE_CHANNELS)
  channel!: NoticeChannel;
}

/** A second person verifies that what was entered late had been done in time. */
export class VerifyComplaintLateEntry extends VerifyLateEntry {}
