import { IsIn, IsOptional } from 'class-validator';
import { PARTIES, type Party } from '#complaints/events';
import {
  AreReferences,
  Command,
  IsObjectId,
  IsRedactedText,
  IsText,
  VerifyLateEntry,
  WithoutLongNumbers,
} from '#service';
import {
  OBJECTION_RESULTS,
  PROBLEM_CATEGORIES,
  PUBLICATION_CONSENTS,
  PUBLICATION_EXCLUSIONS,
  PUBLICATION_WITHDRAWALS,
  type ObjectionResult,
  type ProblemCategory,
  type PublicationConsent,
  type PublicationExclusion,
  type PublicationWithdrawal,
} from './terms.ts';

/**
 * Puts a closed complaint into the queue. One complaint has one publication: planned again it is the same, unless the complaint was
 * closed once more or its respondent was corrected.
 */
export class PlanPublication extends Command {
  @IsObjectId()
  complaintId!: string;
}

/** The same as the complaint was closed, where the place has a rule for it. Given by a process. */
export class PlanAfterClosing extends PlanPublication {}

/** What the complainant says to publicity: on form 1, or later. */
export class CheckPublicationConsent extends Command {
  @IsIn(PUBLICATION_CONSENTS)
  consent!: PublicationConsent;

  /** References to what says so: needed, unless nobody was asked. */
  @IsOptional()
  @AreReferences(0)
  evidence?: string[];
}

/** 不予公示. */
export class ExcludePublication extends Command {
  @IsIn(PUBLICATION_EXCLUSIONS)
  reason!: PublicationExclusion;

  /** Why, in a person's words: needed with `other`. Kept in the vault. */
  @IsOptional()
  @IsText(2000)
  note?: string;

  @IsOptional()
  @AreReferences(0)
  evidence?: string[];
}

abstract class SaysWhatIsShown extends Command {
  @IsIn(PROBLEM_CATEGORIES)
  problem!: ProblemCategory;

  /** Needed where the respondent is not registered here; otherwise the register says it. */
  @IsOptional()
  @IsText(100)
  @WithoutLongNumbers()
  businessName?: string;

  /** Words about the matter, redacted by a person: names taken out, and nothing in them that the redaction rules would mask. */
  @IsOptional()
  @IsText(500)
  @WithoutLongNumbers()
  @IsRedactedText()
  summary?: string;
}

/** Says what is to be shown. The rest follows from the complaint and the register. */
export class RedactPublication extends SaysWhatIsShown {}

/** Shows it to everybody. */
export class PublishComplaint extends Command {}

/** 异议: a party says that it should not be shown, or not so. */
export class RaisePublicationObjection extends Command {
  /** A merchant speaks for the respondent alone. */
  @IsIn(PARTIES)
  by!: Party;

  /** Kept in the vault. */
  @IsText(2000)
  reason!: string;

  /** References to what proves it: needed where somebody else than the party enters it. */
  @IsOptional()
  @AreReferences(0)
  evidence?: string[];
}

/** An objection that is upheld withdraws the publication. */
export class DecidePublicationObjection extends Command {
  @IsIn(OBJECTION_RESULTS)
  result!: ObjectionResult;

  /** Kept in the vault. */
  @IsText(2000)
  reason!: string;

  @IsOptional()
  @AreReferences(0)
  evidence?: string[];
}

/** Shows something else from now on: all of it is said anew. */
export class CorrectPublication extends SaysWhatIsShown {
  /** Kept in the vault. */
  @IsText(2000)
  reason!: string;
}

/** Takes it back before its time. */
export class WithdrawPublication extends Command {
  @IsIn(PUBLICATION_WITHDRAWALS)
  cause!: PublicationWithdrawal;

  /** Why, in a person's words: needed with `other`. Kept in the vault. */
  @IsOptional()
  @IsText(2000)
  note?: string;

  @IsOptional()
  @AreReferences(0)
  evidence?: string[];
}

/** A second person verifies that what was entered late had been done in time. */
export class VerifyPublicationLateEntry extends VerifyLateEntry {}

/** The time in which it is shown is over. Given by a process. */
export class ExpirePublication extends Command {}
