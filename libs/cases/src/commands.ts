import { ArrayUnique, IsBoolean, IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import {
  FILING_CONDITIONS,
  NOT_FILING_GROUNDS,
  VERIFICATION_STANDSTILLS,
  VIOLATION_GRAVITIES,
  type FilingCondition,
  type NotFilingGround,
  type VerificationStandstill,
  type ViolationGravity,
} from '#reports/events';
import {
  AreAmong,
  AreReferences,
  Command,
  IsFen,
  IsLocalDate,
  IsObjectId,
  IsReference,
  IsRegionCode,
  IsText,
  IsUscc,
  VerifyLateEntry,
  WithoutLongNumbers,
  IsWebAddress,
} from '#service';
import {
  CASE_ORIGINS,
  CASE_RESULTS,
  CASE_STANDSTILLS,
  EXECUTION_MODES,
  EXTENSION_GRANTERS,
  PENALTIES,
  PENALTY_REVISIONS,
  REVIEW_OPINIONS,
  SERVICE_MODES,
  SUSPENSION_GROUNDS,
} from './events.ts';
import type {
  CaseOrigin,
  CaseResult,
  CaseStandstill,
  ExecutionMode,
  ExtensionGranter,
  Penalty,
  PenaltyRevision,
  ReviewOpinion,
  ServiceMode,
  SuspensionGround,
} from './events.ts';

/** Number of something that was begun within the case. */
const NUMBER = /^[1-9]\d{0,3}$/;
/** The longest extension by heads together that is no slip of the pen. */
const MOST_DAYS = 3650;

/**
 * A matter is taken up: a clue to be verified, or, for a report whose filing was decided, a case at once. `occurredAt` is the
 * discovery, unless the mediation tells it.
 */
export class OpenCase extends Command {
  @IsIn(CASE_ORIGINS)
  origin!: CaseOrigin;

  @IsText(100)
  @WithoutLongNumbers()
  authority!: string;

  /** Region of that authority. */
  @IsRegionCode()
  handlingRegion!: string;

  /** The report, with origin `report` only, and always then. */
  @IsOptional()
  @IsObjectId()
  reportId?: string;

  /** The mediation in which the clue was found, with origin `mediation`, where it was recorded there. */
  @IsOptional()
  @IsObjectId()
  mediationId?: string;

  /** With `mediationId` only, and always then. */
  @IsOptional()
  @IsReference()
  clueId?: string;

  /** The complaint that is mediated: with origin `mediation`, where no mediation names it. */
  @IsOptional()
  @IsObjectId()
  complaintId?: string;

  /** Without it, the one that report, mediation or complaint names. */
  @IsOptional()
  @IsUscc()
  respondentUscc?: string;

  @IsOptional()
  @IsRegionCode()
  respondentRegion?: string;

  @IsOptional()
  @IsText(200)
  respondentName?: string;

  @IsOptional()
  @IsText(300)
  respondentAddress?: string;

  @IsOptional()
  @IsText(100)
  @WithoutLongNumbers()
  sector?: string;

  /** What is known. Kept in the vault. */
  @IsText(20_000)
  content!: string;
}

/** The head (负责人) grants more time to verify the clue, on or before the deadline and once. */
export class ExtendClueVerification extends Command {
  /** What the rule gives unless said. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(365)
  workingDays?: number;
}

export class SuspendClueVerification extends Command {
  @IsIn(VERIFICATION_STANDSTILLS)
  kind!: VerificationStandstill;
}

export class ResumeClueVerification extends Command {
  /** Number it was given when it began; the one that goes on unless there are several. */
  @IsOptional()
  @Matches(NUMBER, { message: 'standstill must be the number of a standstill' })
  standstill?: string;
}

export class CompleteClueVerification extends Command {}

/** 立案 on a verified clue, decided by the head, who finds the four conditions of S4 Art. 19 met. */
export class FileClueAsCase extends Command {
  @AreAmong(FILING_CONDITIONS)
  conditions!: FilingCondition[];

  /** Last day of the act, where it has ended: its time bar is counted from there. */
  @IsOptional()
  @IsLocalDate()
  violationEndedOn?: string;

  @IsOptional()
  @IsIn(VIOLATION_GRAVITIES)
  gravity?: ViolationGravity;
}

/** 不予立案 on a clue, decided by the head (S4 Art. 20). */
export class DeclineClue extends Command {
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

/** 诉转案 of a further complaint. The complaint goes on as it is. */
export class ConvertComplaint extends Command {
  @IsObjectId()
  complaintId!: string;
}

/** Takes in another report on the same matter. */
export class LinkCaseReport extends Command {
  @IsObjectId()
  reportId!: string;
}

export class StartInvestigation extends Command {
  /** Staff numbers, at least two. */
  @AreReferences(2)
  @ArrayUnique()
  officers!: string[];
}

/** 中止调查, testing and whatever else is not counted (S4 Art. 64). */
export class SuspendCase extends Command {
  @IsIn(CASE_STANDSTILLS)
  kind!: CaseStandstill;

  /** With `case-suspended` only, and always then. */
  @IsOptional()
  @IsIn(SUSPENSION_GROUNDS)
  ground?: SuspensionGround;
}

export class ResumeCase extends Command {
  /** Number it was given when it began; the one that goes on unless there are several. */
  @IsOptional()
  @Matches(NUMBER, { message: 'standstill must be the number of a standstill' })
  standstill?: string;
}

/** More time for the decision: by the head once, then by the heads together, who say by how much. */
export class ExtendCase extends Command {
  @IsIn(EXTENSION_GRANTERS)
  grantedBy!: ExtensionGranter;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MOST_DAYS)
  days?: number;
}

/** Asks another authority for assistance (协助调查); one request at a time. */
export class RequestAssistance extends Command {
  @IsText(100)
  @WithoutLongNumbers()
  otherAuthority!: string;
}

/** The other authority tells that it will take longer. */
export class RecordAssistanceDelay extends Command {}

export class RecordAssistance extends Command {}

/** The violation may be a crime: from here on it is to be referred. */
export class SuspectCrime extends Command {}

export class SubmitForReview extends Command {}

/** The head grants more time for the review, and says by how much. */
export class ExtendReview extends Command {
  @IsInt()
  @Min(1)
  @Max(365)
  workingDays!: number;
}

export class ReviewCase extends Command {
  @IsIn(REVIEW_OPINIONS)
  opinion!: ReviewOpinion;
}

/** Serves the notice of the penalty to come (行政处罚告知), also once more where it is to be another. */
export class ServePenaltyNotice extends Command {
  @IsFen()
  proposedFineFen!: number;

  @IsFen()
  proposedConfiscatedFen!: number;
}

export class RecordPartyStatement extends Command {
  /** What the party says. Kept in the vault. */
  @IsText(20_000)
  statement!: string;
}

/** The party says that it makes no statement and asks for no hearing. */
export class WaiveStatement extends Command {}

/** The party asks for a hearing, within its five working days. */
export class RequestHearing extends Command {}

export class StartHearing extends Command {}

export class EndHearing extends Command {}

/** 处理决定 by the head. */
export class DecideCase extends Command {
  @IsIn(CASE_RESULTS)
  result!: CaseResult;

  /** With `penalty` only, and at least one then. */
  @IsOptional()
  @AreAmong(PENALTIES)
  @ArrayUnique()
  penalties?: Penalty[];

  /** With `fine` only, and always then. */
  @IsOptional()
  @IsFen()
  fineFen?: number;

  /** With `confiscation` only. */
  @IsOptional()
  @IsFen()
  confiscatedFen?: number;

  /** Whether the decision was handed over when it was pronounced; without it, not. */
  @IsOptional()
  @IsBoolean()
  isPartyPresent?: boolean;

  /** Region in which the party is registered: the respondent's own, or the authority's, unless said. */
  @IsOptional()
  @IsRegionCode()
  registeredIn?: string;

  /** The referral that came to its end, where a crime was suspected. */
  @IsOptional()
  @IsObjectId()
  criminalReferralId?: string;
}

/** 公告送达, where the party cannot be reached. */
export class PublishServiceNotice extends Command {}

export class ServeDecision extends Command {
  @IsIn(SERVICE_MODES)
  mode!: ServiceMode;
}

export class PublishPenalty extends Command {
  /** Where it can be read. */
  @IsOptional()
  @IsWebAddress()
  url?: string;
}

/** To the authority of the party's own province. */
export class HandOverPenalty extends Command {
  @IsText(100)
  @WithoutLongNumbers()
  otherAuthority!: string;
}

/** The penalty was changed, annulled, or found unlawful or void. */
export class RevisePenalty extends Command {
  @IsIn(PENALTY_REVISIONS)
  revision!: PenaltyRevision;
}

export class WithdrawPenaltyPublication extends Command {}

export class RecordExecution extends Command {
  @IsIn(EXECUTION_MODES)
  mode!: ExecutionMode;

  @IsOptional()
  @IsFen()
  collectedFen?: number;
}

/** 结案审批表, within fifteen working days of the execution, or of a decision that needs none (S4 Art. 77). */
export class SubmitClosingForm extends Command {
  /** Reference of the form. */
  @IsReference()
  form!: string;
}

/** 结案, approved by the head. Where no form was submitted before, the head's approval stands for both. */
export class CloseCase extends Command {}

/** A second person verifies that what was entered late had been done in time. */
export class VerifyCaseLateEntry extends VerifyLateEntry {}
