import { ArrayUnique, IsArray, IsBoolean, IsIn, IsOptional, Matches } from 'class-validator';
import {
  DISQUALIFICATIONS,
  NOTICE_CHANNELS,
  TERMINATION_GROUNDS,
  type Disqualification,
  type NoticeChannel,
  type TerminationGround,
} from '#complaints/events';
import {
  AreReferences,
  Command,
  IsFen,
  IsInstant,
  IsLocalDate,
  IsObjectId,
  IsReference,
  IsRegionCode,
  IsText,
  VerifyLateEntry,
  WithoutLongNumbers,
} from '#service';
import {
  AGREEMENT_FORMS,
  MEDIATION_KINDS,
  SIGNERS,
  type AgreementForm,
  type MediationKind,
  type Signer,
} from './kinds.ts';
import {
  APPRAISER_CHOICES,
  BREACHES,
  CANCELLATION_REASONS,
  CONSENTS,
  DECLINE_REASONS,
  INITIATIVES,
  MEDIATION_ENDINGS,
  PARTIES,
  RECUSAL_GROUNDS,
  RECUSAL_REQUESTERS,
  SESSION_MODES,
  SIGNATURE_METHODS,
  type AppraiserChoice,
  type Breach,
  type CancellationReason,
  type ConsentTo,
  type DeclineReason,
  type Initiative,
  type MediationEnding,
  type Party,
  type RecusalGround,
  type RecusalRequester,
  type SessionMode,
  type SignatureMethod,
} from './mediation-events.ts';

/** Number of a session, within its mediation. */
const NUMBER = /^[1-9]\d{0,3}$/;
const SHA256 = /^[0-9a-f]{64}$/;

/** References to what proves a step. */
abstract class WithEvidence extends Command {
  @IsOptional()
  @AreReferences(0)
  evidence?: string[];
}

/**
 * Opens a mediation (调解) of a dispute: of an accepted complaint by the authority or a body it delegates to, for a court on its
 * assignment, or by a body that was asked or takes it up itself.
 */
export class ProposeMediation extends Command {
  @IsIn(MEDIATION_KINDS)
  kind!: MediationKind;

  @IsObjectId()
  disputeId!: string;

  /** With administrative and delegated mediation only, and always then. */
  @IsOptional()
  @IsObjectId()
  complaintId?: string;

  /** With court-invited mediation only, and always then: the court's assignment as the body has confirmed it. */
  @IsOptional()
  @IsObjectId()
  referralId?: string;

  /**
   * Mediation of the same complaint or assignment before this one, which has ended. Needed where there was one, and only there:
   * a complaint is mediated in one mediation at a time.
   */
  @IsOptional()
  @IsObjectId()
  afterMediationId?: string;

  /** Body (调解组织) of the roster that mediates; with every kind but administrative mediation, and never with that. */
  @IsOptional()
  @IsObjectId()
  bodyId?: string;

  /** Region in which a body mediates. Of a complaint or a court's assignment it is known already. */
  @IsOptional()
  @IsRegionCode()
  handlingRegion?: string;

  /** Of its own accord with people's mediation only; on application unless said. */
  @IsOptional()
  @IsIn(INITIATIVES)
  initiative?: Initiative;

  /** Representatives speak for other complainants, too (共同投诉). */
  @IsOptional()
  @IsBoolean()
  isJoint?: boolean;
}

/** 受理: the body takes up what it was asked to mediate. */
export class AcceptMediationApplication extends Command {}

/** 不予受理 by the body, or the application was taken back before. */
export class DeclineMediationApplication extends Command {
  @IsIn(DECLINE_REASONS)
  code!: DeclineReason;

  /** Kept in the vault. */
  @IsOptional()
  @IsText(4000)
  reason?: string;
}

/** A party agrees to mediation, or to its being delegated to a body. Who records another's word says whose it is. */
export class RecordMediationConsent extends WithEvidence {
  @IsOptional()
  @IsIn(PARTIES)
  party?: Party;

  /** To mediation unless said; to delegation where a complaint is mediated. */
  @IsOptional()
  @IsIn(CONSENTS)
  to?: ConsentTo;
}

/** A party clearly refuses mediation (明确拒绝调解). */
export class RecordMediationRefusal extends Command {
  @IsOptional()
  @IsIn(PARTIES)
  party?: Party;

  /** Kept in the vault. */
  @IsOptional()
  @IsText(4000)
  reason?: string;
}

/** 委托调解: a body goes on in the authority's name, once both parties have agreed to that. It may not pass it on. */
export class DelegateMediation extends Command {
  @IsObjectId()
  bodyId!: string;
}

/** Assigns a mediator of the roster who has no interest in the dispute. */
export class AssignMediator extends Command {
  @IsObjectId()
  mediatorId!: string;

  /** Where a relative of the mediator has a party's name and no telephone to tell them apart: a person has found it is another. */
  @IsOptional()
  @IsBoolean()
  relativeRuledOut?: boolean;
}

/** Fixes a session and tells both parties in advance of time, place and mediator (S1 Art. 20). */
export class ScheduleSession extends Command {
  @IsInstant()
  scheduledFor!: string;

  @IsIn(SESSION_MODES)
  mode!: SessionMode;

  /** With a session on site only, and always then. */
  @IsOptional()
  @IsText(200)
  @WithoutLongNumbers()
  place?: string;

  /** How both parties are told. */
  @IsIn(NOTICE_CHANNELS)
  channel!: NoticeChannel;
}

export class CancelSession extends Command {
  @Matches(NUMBER, { message: 'session must be the number of a session' })
  session!: string;

  @IsIn(CANCELLATION_REASONS)
  code!: CancellationReason;
}

/** A session was held; `occurredAt` is when. */
export class RecordAttendance extends Command {
  @Matches(NUMBER, { message: 'session must be the number of a session' })
  session!: string;

  /** Parties who came, or were reached; nobody is an answer, too. */
  @IsArray()
  @ArrayUnique()
  @IsIn(PARTIES, { each: true })
  attended!: Party[];
}

/** 申请回避: the mediation is suspended until it is decided, and no clock stops. */
export class RequestRecusal extends Command {
  @IsObjectId()
  mediatorId!: string;

  /** Who asks; a mediator may ask for it, too. */
  @IsOptional()
  @IsIn(RECUSAL_REQUESTERS)
  by?: RecusalRequester;

  @IsIn(RECUSAL_GROUNDS)
  ground!: RecusalGround;

  /** Kept in the vault. */
  @IsOptional()
  @IsText(4000)
  reason?: string;
}

/** Somebody else than who asked for it decides; where it is granted, the mediator leaves the mediation. */
export class DecideRecusal extends Command {
  @IsBoolean()
  granted!: boolean;
}

/** The parties choose who appraises; where they cannot agree, the authority may (S1 Art. 22). */
export class DesignateAppraisalInstitution extends WithEvidence {
  /** Name of the institution. */
  @IsText(100)
  @WithoutLongNumbers()
  institution!: string;

  @IsIn(APPRAISER_CHOICES)
  chosenBy!: AppraiserChoice;
}

/** The parties cannot agree on who pays for an appraisal: ground (4) of termination. */
export class DisputeAppraisalFee extends Command {}

/** 达成调解协议. One that has not taken effect is replaced by the next; signatures are then given anew. */
export class ReachAgreement extends WithEvidence {
  @IsIn(AGREEMENT_FORMS)
  form!: AgreementForm;

  /** Kept in the vault. */
  @IsText(20_000)
  terms!: string;

  /** SHA-256 of the agreement's text, hexadecimal; of one that is signed. */
  @IsOptional()
  @Matches(SHA256, { message: 'textHash must be 64 lower-case hexadecimal digits' })
  textHash?: string;

  /** Last day of performance; of what is not performed at once. */
  @IsOptional()
  @IsLocalDate()
  performanceDue?: string;

  /** 即时履行. */
  @IsOptional()
  @IsBoolean()
  performedAtOnce?: boolean;

  @IsOptional()
  @IsFen()
  amountFen?: number;

  /** Both parties agree that a record is enough (S1 Art. 24). */
  @IsOptional()
  @IsBoolean()
  statementWaived?: boolean;

  /** The represented have consented (S1 Art. 12), as the evidence shows. */
  @IsOptional()
  @IsBoolean()
  representedConsented?: boolean;
}

/** One hand or seal under the text of the agreement. */
export class SignAgreement extends WithEvidence {
  @IsOptional()
  @IsIn(SIGNERS)
  signer?: Signer;

  @IsIn(SIGNATURE_METHODS)
  method!: SignatureMethod;

  /** SHA-256 of the text that was signed: that of the agreement as it stands. */
  @Matches(SHA256, { message: 'textHash must be 64 lower-case hexadecimal digits' })
  textHash!: string;
}

/** 制作调解书, in the copies that the law asks for. */
export class IssueStatement extends Command {
  /** Reference to the document. */
  @IsReference()
  document!: string;
}

/** 调解记录 put on file, where no statement is made out. */
export class FileRecord extends Command {
  /** Reference to the document. */
  @IsReference()
  document!: string;
}

export class RecordPerformance extends WithEvidence {}

export class RecordBreach extends WithEvidence {
  @IsIn(BREACHES)
  breach!: Breach;

  /** The party that did not perform; the merchant unless said. */
  @IsOptional()
  @IsIn(PARTIES)
  by?: Party;
}

/** 终止调解: a person decides, never a process. */
export class TerminateMediation extends WithEvidence {
  /** Of mediation by an authority or in its name, and always then. */
  @IsOptional()
  @IsIn(TERMINATION_GROUNDS)
  ground?: TerminationGround;

  /** With ground 23(1)(6) only, and always then. */
  @IsOptional()
  @IsIn(DISQUALIFICATIONS)
  disqualification?: Disqualification;

  /** Of mediation of every other kind, and always then. */
  @IsOptional()
  @IsIn(MEDIATION_ENDINGS)
  ending?: MediationEnding;

  /** Kept in the vault. */
  @IsOptional()
  @IsText(4000)
  reason?: string;
}

/** Tells both parties that mediation was terminated (S1 Art. 23(2)). */
export class NotifyPartiesOfTermination extends Command {
  @IsIn(NOTICE_CHANNELS)
  channel!: NoticeChannel;
}

/** 发现涉嫌违法线索: it goes to verification, and mediation goes on. `occurredAt` is the discovery, by which verification is limited. */
export class ReportViolationClue extends Command {
  /** What was found. Kept in the vault. */
  @IsText(20_000)
  description!: string;

  /** References to what shows it, at least one. */
  @AreReferences(1)
  evidence!: string[];
}

/** A second person verifies that what was entered late had been done in time. */
export class VerifyMediationLateEntry extends VerifyLateEntry {}
