import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { PARTIES, type Party } from '#negotiation/events';
import {
  AreAmong,
  AreReferences,
  Command,
  IsCourtNumber,
  IsFen,
  IsLocalDate,
  IsObjectId,
  IsReference,
  IsRegionCode,
  IsText,
  IsUscc,
  NamesNobody,
  VerifyLateEntry,
  WithoutLongNumbers,
} from '#service';
import {
  AGREEMENT_FORMS,
  ASSIGNMENT_KINDS,
  ASSIGNMENT_REFUSALS,
  CONFIRMATION_BASES,
  CONTACT_CHANNELS,
  COURT_MEDIATION_FAILURES,
  COURT_PURPOSES,
  COURT_RETURN_REASONS,
  DESIGNATORS,
  FILING_REFUSALS,
  JUDGMENTS,
  JURISDICTION_BASES,
  SHAM_FINDINGS,
  SHAM_INDICATIONS,
  TRIAL_PROCEDURES,
  WITHDRAWAL_REASONS,
} from './events.ts';
import type {
  AgreementForm,
  AssignmentKind,
  AssignmentRefusal,
  ConfirmationBasis,
  ContactChannel,
  CourtMediationFailure,
  CourtPurpose,
  CourtReturnReason,
  Designator,
  FilingRefusal,
  Judgment,
  JurisdictionBasis,
  ShamFinding,
  ShamIndication,
  TrialProcedure,
  WithdrawalReason,
} from './events.ts';

/** One thing that goes to the court: its kind, and a reference to it. */
const MATERIAL = /^[a-z][a-z-]{0,39}=[0-9A-Za-z][\w.:/#-]{0,199}$/;

/**
 * Offers the parties of a dispute the way to the court (诉调对接): a suit, once mediation or complaint has ended, or the judicial
 * confirmation of what was agreed.
 */
export class OfferCourtRoute extends Command {
  @IsObjectId()
  disputeId!: string;

  /** Region of the authority or body that offers it. */
  @IsRegionCode()
  handlingRegion!: string;

  @IsIn(COURT_PURPOSES)
  purpose!: CourtPurpose;

  /** Who would sue; the consumer unless said. */
  @IsOptional()
  @IsIn(PARTIES)
  claimant?: Party;

  /** Complaint of the dispute that has ended. One of the two is needed. */
  @IsOptional()
  @IsObjectId()
  complaintId?: string;

  /** Mediation of the dispute that has ended. */
  @IsOptional()
  @IsObjectId()
  mediationId?: string;

  /** Way to the court for the same purpose that was declined, refused or decided before: this one comes after it. */
  @IsOptional()
  @IsObjectId()
  afterReferralId?: string;
}

abstract class PartySays extends Command {
  /** The party that says so. A merchant speaks for the merchant, a consumer for the consumer. */
  @IsIn(PARTIES)
  party!: Party;
}

/** A party agrees to go to the court. */
export class ConsentToCourtRoute extends PartySays {
  /** References to what proves it: needed where somebody else than the party enters it. */
  @IsOptional()
  @AreReferences(0)
  evidence?: string[];
}

/** A party whose consent is needed does not give it. */
export class RefuseCourtRoute extends PartySays {}

/**
 * Puts together what goes to the court: `{kind}={reference}` each. What was conceded or offered for a settlement is refused, and
 * so are facts that not both parties have confirmed (S9 22, S10 18).
 */
export class PackageMaterials extends Command {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @Matches(MATERIAL, { each: true, message: '$property must be a list of {kind}={reference}' })
  @NamesNobody({ each: true })
  items!: string[];

  /** Who has confirmed the undisputed facts (无争议事实): both, where there are any. */
  @IsOptional()
  @AreAmong(PARTIES)
  factsAgreedBy?: Party[];
}

/** Transfers a package to the court that has jurisdiction, once. */
export class TransferToCourt extends Command {
  /** The package as it was answered: what is transferred is what was seen. */
  @Matches(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, { message: 'package must be the id of a package' })
  package!: string;

  @IsText(100)
  @WithoutLongNumbers()
  court!: string;

  @IsIn(JURISDICTION_BASES)
  jurisdictionBasis!: JurisdictionBasis;
}

abstract class CourtSays extends Command {
  /** References to what proves it: needed where somebody else than the court enters it. */
  @IsOptional()
  @AreReferences(0)
  evidence?: string[];
}

/** The court has received the package; of a suit the seven days of filing begin (S7 126). */
export class RecordCourtReceipt extends CourtSays {}

/** The court sends the package back; what is put right goes as another one. */
export class RecordCourtReturn extends CourtSays {
  @IsIn(COURT_RETURN_REASONS)
  reason!: CourtReturnReason;
}

/** 登记立案. */
export class RecordCourtFiling extends CourtSays {
  /** Number of the case (案号). */
  @IsCourtNumber()
  courtCaseNo!: string;
}

/** 不予立案. */
export class RecordFilingRefusal extends CourtSays {
  @IsIn(FILING_REFUSALS)
  ground!: FilingRefusal;
}

export class RecordJudgment extends CourtSays {
  /** Number of the judgment. */
  @IsCourtNumber()
  documentNo!: string;

  @IsIn(JUDGMENTS)
  judgment!: Judgment;

  /** Money awarded, fen. */
  @IsOptional()
  @IsFen()
  awardedFen?: number;
}

/** The court made a document of what the parties agreed before it (法院调解书). */
export class RecordCourtSettlement extends CourtSays {
  @IsCourtNumber()
  documentNo!: string;

  /** Money agreed, fen. */
  @IsOptional()
  @IsFen()
  agreedFen?: number;
}

export class RecordSuitWithdrawal extends CourtSays {
  @IsIn(WITHDRAWAL_REASONS)
  reason!: WithdrawalReason;
}

/**
 * A court has a dispute mediated: 委派 before it has filed, 委托 after. The court's number makes it the same assignment: given
 * again with the same content it changes nothing, with another content it is refused.
 */
export class AssignFromCourt extends Command {
  @IsText(100)
  @WithoutLongNumbers()
  court!: string;

  @IsCourtNumber()
  courtCaseNo!: string;

  @IsIn(ASSIGNMENT_KINDS)
  kind!: AssignmentKind;

  /** Of a filed suit, and always then. */
  @IsOptional()
  @IsIn(TRIAL_PROCEDURES)
  procedure?: TrialProcedure;

  /** Region in which it is to be mediated. */
  @IsRegionCode()
  handlingRegion!: string;

  @IsOptional()
  @IsUscc()
  respondentUscc?: string;

  @IsOptional()
  @IsText(100)
  claimantName?: string;

  @IsOptional()
  @IsText(50)
  claimantPhone?: string;

  @IsOptional()
  @IsText(200)
  respondentName?: string;

  /** Claim and facts. Kept in the vault. */
  @IsOptional()
  @IsText(20_000)
  content?: string;

  /** Dispute it is about, where it is known. */
  @IsOptional()
  @IsObjectId()
  disputeId?: string;

  /** Mediation body that the court has designated. Left out where both parties have agreed to mediate and are to choose (S10 10). */
  @IsOptional()
  @IsObjectId()
  bodyId?: string;

  /** Who has agreed to mediation before the court (S9 11). */
  @IsOptional()
  @AreAmong(PARTIES)
  consents?: Party[];

  /** References to what the court hands over. */
  @IsOptional()
  @AreReferences(0)
  materials?: string[];
}

export class LinkReferralToDispute extends Command {
  @IsObjectId()
  disputeId!: string;
}

/** The court designates the mediation body, or the parties choose it (S10 10): at first, or anew when it was not taken (S10 12). */
export class DesignateCourtMediationBody extends Command {
  @IsObjectId()
  bodyId!: string;

  /** The court unless said. */
  @IsOptional()
  @IsIn(DESIGNATORS)
  by?: Designator;
}

/** The body takes the assignment (S10 12): the time of the mediation begins (S9 27, S10 24). */
export class ConfirmCourtAssignment extends Command {
  @IsIn(CONFIRMATION_BASES)
  basis!: ConfirmationBasis;
}

/** The body does not take the assignment, with its reason (S10 12). */
export class RefuseCourtAssignment extends Command {
  @IsIn(ASSIGNMENT_REFUSALS)
  ground!: AssignmentRefusal;

  /** The written reason. Kept in the vault. */
  @IsText(4000)
  reason!: string;
}

/** The other party was told of the mediation and asked (S10 15). */
export class ContactOtherParty extends Command {
  @IsIn(CONTACT_CHANNELS)
  channel!: ContactChannel;
}

/** A party agrees to mediation. */
export class ConsentToCourtMediation extends PartySays {
  /** References to what proves it: needed where somebody else than the party enters it. */
  @IsOptional()
  @AreReferences(0)
  evidence?: string[];
}

/** Both parties agree on more time (S9 27): as often and as long as they want, while there is some left. */
export class ExtendCourtMediation extends Command {
  /** Days by which the time is longer. */
  @IsInt()
  @Min(1)
  @Max(3650)
  days!: number;

  /** Both: one party alone extends nothing. */
  @AreAmong(PARTIES)
  agreedBy!: Party[];

  /** References to their agreement. */
  @AreReferences(1)
  evidence!: string[];
}

/** 诉前鉴定 begins: before filing its time is not that of the mediation (S10 26). */
export class StartCourtAppraisal extends Command {}

export class CompleteCourtAppraisal extends Command {}

/** The mediator reports a possible sham to the court (S9 18): nothing is agreed until it has been looked into. */
export class ReportShamMediation extends Command {
  @ArrayMinSize(1)
  @AreAmong(SHAM_INDICATIONS)
  indications!: ShamIndication[];

  /** What was seen. Kept in the vault. */
  @IsText(4000)
  reason!: string;
}

/** What the court, or the body, has found on a possible sham. */
export class ReviewShamMediation extends Command {
  @IsIn(SHAM_FINDINGS)
  finding!: ShamFinding;

  @AreReferences(1)
  evidence!: string[];
}

/** The parties agreed. Before filing it is their agreement; after filing the court makes a document of it (S9 19, 20). */
export class AgreeInCourtMediation extends Command {
  /** Before filing, and always then. */
  @IsOptional()
  @IsIn(AGREEMENT_FORMS)
  form?: AgreementForm;

  /** Day from which it binds: of the last signature, or on which an oral one was reached; the day of the command unless said. */
  @IsOptional()
  @IsLocalDate()
  effectiveOn?: string;

  /** Who has signed, or of an oral one agreed: both. */
  @AreAmong(PARTIES)
  agreedBy!: Party[];

  /** Money agreed, fen. */
  @IsOptional()
  @IsFen()
  agreedFen?: number;

  /** References to the agreement or its record. */
  @AreReferences(1)
  evidence!: string[];
}

/** The mediation ended without an agreement (S9 26, S10 25). */
export class FailCourtMediation extends Command {
  @IsIn(COURT_MEDIATION_FAILURES)
  reason!: CourtMediationFailure;
}

/** The case goes back to the court with a written report and its materials (S9 26). */
export class ReturnCaseToCourt extends Command {
  /** Reference to the report. */
  @IsReference()
  report!: string;

  @IsOptional()
  @AreReferences(0)
  materials?: string[];
}

/** The time is over. Given by a process, with the moment at which it ran out. */
export class ExpireCourtMediation extends Command {}

/** A second person verifies that what was entered late had been done in time. */
export class VerifyReferralLateEntry extends VerifyLateEntry {}
