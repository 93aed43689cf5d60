import { ArrayNotEmpty, IsIn, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import {
  Command,
  IsChannel,
  IsInstant,
  IsObjectId,
  IsRegionCode,
  IsText,
  IsUscc,
  VerifyLateEntry,
  WithoutLongNumbers,
} from '#service';
import {
  CALLBACK_ANSWERERS,
  CALLBACK_FAILURES,
  CLASSIFICATIONS,
  DUPLICATE_REASONS,
  KEPT_CONTENTS,
  OUTCOMES,
  REDIRECT_ROUTES,
  REOPEN_REASONS,
  RETURN_REASONS,
  SATISFACTIONS,
  type CallbackAnswerer,
  type CallbackFailure,
  type Classification,
  type DuplicateReason,
  type KeptContent,
  type Outcome,
  type RedirectRoute,
  type ReopenReason,
  type ReturnReason,
  type Satisfaction,
} from './events.ts';

/** A ticket as its channel pushes it, or as an import of history brings it. */
export class RegisterWorkOrder extends Command {
  /** Channel (渠道): 12345, 12315, station… Without a hyphen, so that `{channel}-{externalNo}` can be read only one way. */
  @IsChannel()
  channel!: string;

  /** The channel's own number of the ticket. */
  @IsString()
  @Matches(/^[^\s\p{C}]{1,64}$/u, { message: 'externalNo must be 1 to 64 visible characters without spaces' })
  externalNo!: string;

  /** When the channel received it (T-11). */
  @IsInstant()
  receivedAt!: string;

  /** The channel's own due date. */
  @IsOptional()
  @IsInstant()
  dueAt?: string;

  @IsOptional()
  @IsInstant()
  closedAt?: string;

  @IsOptional()
  @JSONSchema({
    description: `Outcome of a closed ticket: ${OUTCOMES.join(', ')}; without one it was handled. Another word is refused, or in imported history taken as handled and flagged.`,
  })
  @IsText(100)
  outcome?: string;

  @IsOptional()
  @JSONSchema({
    description: `What it is about: ${CLASSIFICATIONS.join(', ')}. Another word is refused, or in imported history left out and flagged.`,
  })
  @IsText(100)
  classification?: string;

  /** Sector (行业) as the channel names it. */
  @IsOptional()
  @IsText(100)
  @WithoutLongNumbers()
  sector?: string;

  /** Region of the authority that handles it or is expected to. */
  @IsOptional()
  @IsRegionCode()
  handlingRegion?: string;

  /** Unit to which the channel has already sent it. */
  @IsOptional()
  @IsText(100)
  @WithoutLongNumbers()
  authority?: string;

  @IsOptional()
  @IsText(200)
  respondentName?: string;

  @IsOptional()
  @IsUscc()
  respondentUscc?: string;

  @IsOptional()
  @IsText(100)
  complainantName?: string;

  @IsOptional()
  @IsText(50)
  complainantPhone?: string;

  @IsOptional()
  @IsText(20_000)
  content?: string;

  @IsOptional()
  @JSONSchema({
    description: `What the citizen said when called back: ${SATISFACTIONS.join(', ')}. Another word is refused, or in imported history left out and flagged.`,
  })
  @IsText(100)
  satisfaction?: string;

  /** Name of the import; it marks the ticket as imported history, which is taken in with its contradictions. */
  @IsOptional()
  @IsString()
  @Matches(/^(?!.*\d{9})[\w.@-]{1,100}$/, {
    message: 'importBatch must be 1 to 100 of letters, digits, ._@- and hold no number of nine digits',
  })
  importBatch?: string;
}

export class ClassifyWorkOrder extends Command {
  @IsIn(CLASSIFICATIONS)
  classification!: Classification;
}

/** Says which of two contents of the ticket holds. Steps that one of them tells of are taken by their own commands. */
export class ResolveConflict extends Command {
  /** Number of the conflict within the work order. */
  @IsInt()
  @Min(1)
  conflict!: number;

  @IsIn(KEPT_CONTENTS)
  keep!: KeptContent;
}

/** Takes a mixed letter apart into complaint and report (S1 Art. 9). */
export class SplitWorkOrder extends Command {}

export class LinkComplaint extends Command {
  /** The complaint that came of the work order. */
  @IsObjectId()
  complaintId!: string;
}

export class LinkReport extends Command {
  /** The report that came of the work order. */
  @IsObjectId()
  reportId!: string;
}

/** Shows the caller the proper route of what is neither complaint nor report (S1 Art. 44). */
export class RedirectWorkOrder extends Command {
  @IsIn(REDIRECT_ROUTES)
  route!: RedirectRoute;

  /** What the caller was told. Kept in the vault. */
  @IsOptional()
  @IsText(1000)
  note?: string;
}

/** A process's: the work order may be about a dispute that is known already. */
export class SuspectDuplicate extends Command {
  /** The dispute. */
  @IsObjectId()
  of!: string;

  /** How like they are, percent. */
  @IsInt()
  @Min(0)
  @Max(100)
  likeness!: number;

  @IsIn(DUPLICATE_REASONS, { each: true })
  @ArrayNotEmpty()
  reasons!: DuplicateReason[];
}

export class DismissDuplicate extends Command {
  /** The dispute that it is not about. */
  @IsObjectId()
  of!: string;

  /** Why not. Kept in the vault. */
  @IsOptional()
  @IsText(1000)
  note?: string;
}

export class LinkWorkOrderToDispute extends Command {
  @IsObjectId()
  disputeId!: string;
}

export class DispatchWorkOrder extends Command {
  /** Competent unit that receives it. */
  @IsText(100)
  @WithoutLongNumbers()
  authority!: string;

  @IsRegionCode()
  handlingRegion!: string;

  /** Due instant of the channel's SLA; without it the channel's own due date holds, or else the rule of the unit's region. */
  @IsOptional()
  @IsInstant()
  dueAt?: string;
}

export class ReturnWorkOrder extends Command {
  @IsIn(RETURN_REASONS)
  reasonCode!: ReturnReason;

  @IsOptional()
  @IsText(1000)
  note?: string;
}

/** The unit that holds it asks for more time (申请延期), before its deadline has passed. */
export class RequestExtension extends Command {
  /** Why more time is needed. Kept in the vault. */
  @IsText(1000)
  note!: string;
}

/** The hotline grants more time (准予延期), before the deadline has passed: what it grants later has no effect (T-09). */
export class GrantExtension extends Command {
  /** Where the date follows from a rule: by how many working days; what the rule gives unless said, and never more. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(365)
  workingDays?: number;

  /** Where the date is the channel's own: the new one. */
  @IsOptional()
  @IsInstant()
  dueAt?: string;
}

export class RefuseExtension extends Command {
  /** Why not. Kept in the vault. */
  @IsOptional()
  @IsText(1000)
  note?: string;
}

export class ReplyWorkOrder extends Command {
  @IsIn(OUTCOMES)
  outcome!: Outcome;

  @IsOptional()
  @IsText(20_000)
  text?: string;

  /** The complaint in which it is handled under 12315 (T-13). */
  @IsOptional()
  @IsObjectId()
  complaintId?: string;
}

export class CloseWorkOrder extends Command {}

/** What the citizen said when called back (回访), or that nobody answered. Nothing is presumed of who said nothing. */
export class RecordCallback extends Command {
  /** Who answered; without it, `unanswered` says why nobody did. */
  @IsOptional()
  @IsIn(CALLBACK_ANSWERERS)
  answeredBy?: CallbackAnswerer;

  @IsOptional()
  @IsIn(CALLBACK_FAILURES)
  unanswered?: CallbackFailure;

  /** On the whole. Without it, the lesser of the answers to `process` and `result`. */
  @IsOptional()
  @IsIn(SATISFACTIONS)
  satisfaction?: Satisfaction;

  /** With how it was handled (过程满意). */
  @IsOptional()
  @IsIn(SATISFACTIONS)
  process?: Satisfaction;

  /** With what came of it (结果满意). */
  @IsOptional()
  @IsIn(SATISFACTIONS)
  result?: Satisfaction;

  /** What else was said. Kept in the vault. */
  @IsOptional()
  @IsText(1000)
  note?: string;
}

export class ReopenWorkOrder extends Command {
  @IsIn(REOPEN_REASONS)
  reasonCode!: ReopenReason;

  /** The channel's new date; without it, the rule of the day of reopening holds. */
  @IsOptional()
  @IsInstant()
  dueAt?: string;

  /** Kept in the vault. */
  @IsOptional()
  @IsText(1000)
  note?: string;
}

/** A second person verifies that what was entered late had been done in time. */
export class VerifyWorkOrderLateEntry extends VerifyLateEntry {}
