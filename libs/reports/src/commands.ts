import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { NOTICE_CHANNELS, type NoticeChannel } from '#complaints/events';
import {
  AreAmong,
  AreReferences,
  Command,
  IsChannel,
  IsLocalDate,
  IsObjectId,
  IsReference,
  IsRegionCode,
  IsText,
  IsUscc,
  VerifyLateEntry,
  WithoutLongNumbers,
} from '#service';
import {
  COMPETENCE_OUTCOMES,
  FILING_CONDITIONS,
  NOT_FILING_GROUNDS,
  VERIFICATION_STANDSTILLS,
  VIOLATION_GRAVITIES,
} from './events.ts';
import type {
  CompetenceOutcome,
  FilingCondition,
  NotFilingGround,
  VerificationStandstill,
  ViolationGravity,
} from './events.ts';

/** Telephone number as people write it: digits, blanks and hyphens, with a country code or without. */
const PHONE = /^\+?\d[\d -]{3,23}\d$/;
/** Work-order id in the form that work orders have. */
const WORK_ORDER_ID = /^[a-z0-9]{1,24}-[^\s\p{C}]{1,64}$/u;

/**
 * The competent authority receives a report (举报) with its clue and facts (S1 Art. 28). The reporter may stay anonymous; who
 * gives a name or a number is confidential (S1 Art. 37). `occurredAt` is the receipt.
 */
export class ReceiveReport extends Command {
  /** Competent authority (机关) that received it. */
  @IsText(100)
  @WithoutLongNumbers()
  authority!: string;

  /** Region of that authority. */
  @IsRegionCode()
  handlingRegion!: string;

  /** With the telephone: 实名举报. */
  @IsOptional()
  @IsText(100)
  reporterName?: string;

  @IsOptional()
  @Matches(PHONE, { message: '$property must be a telephone number: digits, blanks and hyphens, at most 25' })
  reporterPhone?: string;

  @IsText(200)
  respondentName!: string;

  @IsOptional()
  @IsText(300)
  respondentAddress?: string;

  /** Without it, the one the dispute names. */
  @IsOptional()
  @IsUscc()
  respondentUscc?: string;

  @IsOptional()
  @IsRegionCode()
  respondentRegion?: string;

  /** Clue and facts (违法线索). Kept in the vault, apart from the reporter. */
  @IsText(20_000)
  content!: string;

  @IsOptional()
  @AreReferences(0)
  evidence?: string[];

  @IsOptional()
  @IsText(100)
  @WithoutLongNumbers()
  sector?: string;

  @IsOptional()
  @IsChannel()
  channel?: string;

  /** Dispute whose letter it came with (投诉举报混合): neither closes the other. */
  @IsOptional()
  @IsObjectId()
  disputeId?: string;

  /** Work order (工单) it came by: `{channel}-{externalNo}`. */
  @IsOptional()
  @Matches(WORK_ORDER_ID, { message: '$property must be {channel}-{externalNo}' })
  workOrderId?: string;
}

/** Not this authority's: the reporter is told whose it is (S1 Art. 34). */
export class InformIncompetent extends Command {
  @IsIn(NOTICE_CHANNELS)
  channel!: NoticeChannel;

  @IsOptional()
  @IsText(100)
  @WithoutLongNumbers()
  competentAuthority?: string;
}

/** 重复举报: a person finds that reporter, fact and respondent are those of an earlier report (S1 Art. 35(2)). */
export class MarkRepeatReport extends Command {
  @IsObjectId()
  earlierReport!: string;
}

/** The same reporter came again with new facts, which are handled with this report (S1 Art. 35(2)). */
export class MergeNewFacts extends Command {
  /** Day on which the last report was received: that of the later report, or else of the command. */
  @IsOptional()
  @IsLocalDate()
  receivedOn?: string;

  /** The last report, where it was received as one of its own. */
  @IsOptional()
  @IsObjectId()
  laterReport?: string;

  @IsOptional()
  @Matches(WORK_ORDER_ID, { message: '$property must be {channel}-{externalNo}' })
  workOrderId?: string;

  /** The new facts. Kept in the vault. */
  @IsText(20_000)
  content!: string;
}

/** Another authority holds itself competent, or neither does (S1 Art. 33). */
export class RaiseReportCompetenceDispute extends Command {
  @IsText(100)
  @WithoutLongNumbers()
  otherAuthority!: string;
}

export class ResolveReportCompetenceDispute extends Command {
  @IsIn(COMPETENCE_OUTCOMES)
  outcome!: CompetenceOutcome;

  /** The one agreed on, with its region; with `agreed` only, and always then. */
  @IsOptional()
  @IsText(100)
  @WithoutLongNumbers()
  competentAuthority?: string;

  @IsOptional()
  @IsRegionCode()
  competentRegion?: string;
}

/** 指定管辖: the authority above both says who is competent. */
export class DesignateReportAuthority extends Command {
  @IsText(100)
  @WithoutLongNumbers()
  competentAuthority!: string;

  @IsRegionCode()
  competentRegion!: string;
}

export class StartVerification extends Command {}

/** The head (负责人) grants more time, on or before the deadline and once. */
export class ExtendVerification extends Command {
  /** What the rule gives unless said. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(365)
  workingDays?: number;
}

/** Testing and the like begins: its time is not counted. */
export class SuspendVerification extends Command {
  @IsIn(VERIFICATION_STANDSTILLS)
  kind!: VerificationStandstill;
}

export class ResumeVerification extends Command {
  /** Number it was given when it began; the one that goes on unless there are several. */
  @IsOptional()
  @Matches(/^[1-9]\d{0,3}$/, { message: 'standstill must be the number of a standstill' })
  standstill?: string;
}

export class CompleteVerification extends Command {}

/** 立案, decided by the head, who finds the four conditions of S4 Art. 19 met. */
export class FileReportedCase extends Command {
  @AreAmong(FILING_CONDITIONS)
  conditions!: FilingCondition[];

  /** Last day of the act, where it has ended: its time bar is counted from there. */
  @IsOptional()
  @IsLocalDate()
  violationEndedOn?: string;

  @IsOptional()
  @IsIn(VIOLATION_GRAVITIES)
  gravity?: ViolationGravity;

  /** A case that goes on already and takes this report in. */
  @IsOptional()
  @IsObjectId()
  caseId?: string;
}

/** 不予立案, decided by the head (S4 Art. 20). */
export class DeclineFiling extends Command {
  @IsIn(NOT_FILING_GROUNDS)
  ground!: NotFilingGround;

  /** Conditions of Art. 19 that are not met: with ground 19 only, and always then. */
  @IsOptional()
  @AreAmong(FILING_CONDITIONS)
  unmet?: FilingCondition[];

  /** The written reason. Kept in the vault. */
  @IsText(4000)
  reason!: string;
}

/** Tells the reporter whether a case was filed: a duty until 2026-04-14, later only where another law demands it. */
export class NotifyReporter extends Command {
  @IsIn(NOTICE_CHANNELS)
  channel!: NoticeChannel;

  /** The law that demands it, `food-safety-law-115`. */
  @IsOptional()
  @IsReference()
  basis?: string;
}

/** A second person verifies that what was entered late had been done in time. */
export class VerifyReportLateEntry extends VerifyLateEntry {}
