import { IsIn, IsOptional } from 'class-validator';
import { Command, IsFen, IsText, WithoutLongNumbers } from '#service';
import {
  COMPLAINT_RESULTS,
  DISQUALIFICATIONS,
  NOTICE_CHANNELS,
  TERMINATION_GROUNDS,
  WITHDRAWN_BY,
  type ComplaintResult,
  type Disqualification,
  type NoticeChannel,
  type TerminationGround,
  type WithdrawnBy,
} from '../terms.ts';
import { IsReferences } from './references.ts';

/** Ends the procedure: an agreement in mediation, a termination of mediation, or the complainant's withdrawal. */
export class ConcludeComplaint extends Command {
  @IsIn(COMPLAINT_RESULTS)
  result!: ComplaintResult;

  /** With `terminated` only, and always then. */
  @IsOptional()
  @IsIn(TERMINATION_GROUNDS)
  ground?: TerminationGround;

  /** With ground 23(1)(6) only, and always then, unless the complaint was disqualified before. */
  @IsOptional()
  @IsIn(DISQUALIFICATIONS)
  disqualification?: Disqualification;

  /** References to what proves it (agreement, refund). At least one with ground 23(1)(1), unless the settlement was recorded. */
  @IsOptional()
  @IsReferences()
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

/** 撤回投诉: the complainant takes the complaint back, which ends it. */
export class WithdrawComplaint extends Command {
  @IsIn(WITHDRAWN_BY)
  by!: WithdrawnBy;

  /** References to the complainant's word. An agent's mandate for it is required (S1 Art. 11). */
  @IsOptional()
  @IsReferences()
  evidence?: string[];
}

/** After acceptance a ground of Art. 16, or Art. 42, turned out to hold: the complaint is then concluded on ground 23(1)(6). */
export class DisqualifyComplaint extends Command {
  /** By the items of Order 121; one that the order of the day did not know is refused. With 42 the claim goes to the police. */
  @IsIn(DISQUALIFICATIONS)
  basis!: Disqualification;

  /** Why. Kept in the vault. */
  @IsText(4000)
  reason!: string;

  @IsOptional()
  @IsReferences()
  evidence?: string[];

  /** With 42 only: the authority (公安机关) it was referred to. */
  @IsOptional()
  @IsText(100)
  @WithoutLongNumbers()
  police?: string;
}
