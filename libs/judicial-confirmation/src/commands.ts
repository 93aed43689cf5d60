import { ArrayMinSize, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { PARTIES, type Party } from '#negotiation/events';
import {
  AreAmong,
  AreReferences,
  Command,
  IsCourtNumber,
  IsLocalDate,
  IsObjectId,
  IsText,
  VerifyLateEntry,
  WithoutLongNumbers,
} from '#service';
import {
  CONFIRMATION_MATTERS,
  CONFIRMATION_REFUSALS,
  COURT_BASES,
  DISMISSAL_GROUNDS,
  WITHDRAWALS,
  type ConfirmationMatter,
  type ConfirmationRefusal,
  type CourtBasis,
  type DismissalGround,
  type Withdrawal,
} from './events.ts';

/**
 * Opens the window in which both parties may apply for the judicial confirmation (司法确认) of an agreement that has taken effect.
 * One agreement has one; opened again it is the same.
 */
export class OpenConfirmation extends Command {
  /** Mediation in which it was agreed. This or `referralId`. */
  @IsOptional()
  @IsObjectId()
  mediationId?: string;

  /** Assignment by a court, before filing, in which it was agreed. */
  @IsOptional()
  @IsObjectId()
  referralId?: string;

  /** Of identity, adoption and marriage nothing is confirmed (S8 4(2)). */
  @IsIn(CONFIRMATION_MATTERS)
  matter!: ConfirmationMatter;
}

abstract class NamesCourt extends Command {
  @IsText(100)
  @WithoutLongNumbers()
  court!: string;

  /** Why this court (S7 205). */
  @IsIn(COURT_BASES)
  courtBasis!: CourtBasis;
}

/** One party signs. It is an application only once the other has signed for the same court (T-45). */
export class SignConfirmationApplication extends NamesCourt {
  /** A merchant speaks for the merchant, a consumer for the consumer. */
  @IsIn(PARTIES)
  party!: Party;

  /** References to what proves it: needed where somebody else than the party enters it. */
  @IsOptional()
  @AreReferences(0)
  evidence?: string[];
}

/** One application that both parties have made together. */
export class ApplyForConfirmation extends NamesCourt {
  /** Both: one party's application is none (T-45). */
  @AreAmong(PARTIES)
  applicants!: Party[];

  /** References to the application with both signatures. */
  @AreReferences(1)
  evidence!: string[];
}

abstract class CourtSays extends Command {
  /** References to what proves it: needed where somebody else than the court enters it. */
  @IsOptional()
  @AreReferences(0)
  evidence?: string[];
}

/** The court takes the application (S8 4). */
export class AcceptConfirmation extends CourtSays {
  /** Number of the case (案号). */
  @IsCourtNumber()
  courtCaseNo!: string;
}

/** The court does not take the application (S8 4(2)). */
export class DeclineConfirmation extends CourtSays {
  @IsIn(CONFIRMATION_REFUSALS)
  ground!: ConfirmationRefusal;
}

/** The president of the court gives more time for the decision, before it is over. */
export class ExtendConfirmationDecision extends CourtSays {
  /** Days; what the rule gives unless said, and needed where it leaves the amount to the president. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(3650)
  days?: number;
}

/** One party or both take the application back before the court has decided (S8 5(2)), or it is deemed so (S8 6). */
export class WithdrawConfirmation extends CourtSays {
  @IsIn(WITHDRAWALS)
  withdrawal!: Withdrawal;

  /** Who takes it back; nobody where it is deemed so. */
  @IsOptional()
  @AreAmong(PARTIES)
  by?: Party[];
}

/** 裁定调解协议有效. */
export class ConfirmAgreement extends CourtSays {
  @IsCourtNumber()
  documentNo!: string;
}

/** 裁定驳回申请 (S8 7). */
export class DismissConfirmation extends CourtSays {
  @IsCourtNumber()
  documentNo!: string;

  @ArrayMinSize(1)
  @AreAmong(DISMISSAL_GROUNDS)
  grounds!: DismissalGround[];
}

/** The confirmed agreement was performed. */
export class PerformConfirmedAgreement extends Command {
  /** References to what proves it. */
  @AreReferences(1)
  evidence!: string[];
}

/** A party asks the court to enforce the confirmed agreement (S8 9). */
export class ApplyForEnforcement extends Command {
  @IsIn(PARTIES)
  party!: Party;

  /** References to what proves it: needed where somebody else than the party enters it. */
  @IsOptional()
  @AreReferences(0)
  evidence?: string[];
}

/** A third party attacks the confirmation (S8 10), within a year of knowing. */
export class ChallengeConfirmation extends CourtSays {
  /** Day on which the third party knew or should have known. */
  @IsLocalDate()
  knewOn!: string;

  /** Kept in the vault. */
  @IsOptional()
  @IsText(200)
  challengerName?: string;
}

export const CHALLENGE_RESULTS = ['revoked', 'rejected'] as const;
export type ChallengeResult = (typeof CHALLENGE_RESULTS)[number];

export class DecideChallenge extends CourtSays {
  @IsIn(CHALLENGE_RESULTS)
  result!: ChallengeResult;

  @IsCourtNumber()
  documentNo!: string;
}

/** A second person verifies that what was entered late had been done in time. */
export class VerifyConfirmationLateEntry extends VerifyLateEntry {}
