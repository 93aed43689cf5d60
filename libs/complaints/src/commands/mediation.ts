import { IsBoolean, IsIn, IsOptional, Matches } from 'class-validator';
import { Command, IsFen, IsText } from '#service';
import { APPRAISAL_KINDS, PARTIES, type AppraisalKind, type Party } from '../terms.ts';
import { IsReferences } from './references.ts';

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

/** 同意调解、不同意调解, of one party (S1 Art. 18). What it said last counts. */
export class RecordConsent extends Command {
  @IsIn(PARTIES)
  party!: Party;

  @IsBoolean()
  agrees!: boolean;
}

/** 鼓励自行和解: the parties negotiate between themselves, and the clock runs on. */
export class ProposeSelfSettlement extends Command {}

/** 双方自行和解, with its proof: the complaint is then concluded on ground 23(1)(1). */
export class RecordSettlement extends Command {
  /** References to what proves it (agreement, refund), at least one. */
  @IsReferences({ atLeast: 1 })
  evidence!: string[];

  /** Money recovered (挽回经济损失), fen. */
  @IsOptional()
  @IsFen()
  recoveredFen?: number;
}

/** The settlement did not hold: the complaint goes on. */
export class RetractSettlement extends Command {
  /** Why. Kept in the vault. */
  @IsText(4000)
  reason!: string;
}
