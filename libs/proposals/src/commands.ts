import { IsIn } from 'class-validator';
import type { Position } from '#kernel';
import { Command } from '#service';
import { DISMISSAL_REASONS, type DismissalReason, type ProposalEvents } from './events.ts';

/** A person sees no use in it. */
export class DismissProposal extends Command {
  @IsIn(DISMISSAL_REASONS)
  reason!: DismissalReason;
}

/** Given by a process. */
class Answer extends Command {
  /** Position of the event that is answered. */
  answered!: Position;
}

export class MakeProposal extends Answer {
  made!: Omit<ProposalEvents['ProposalMade'], 'answered'>;
}

/** What was proposed was done. */
export class TakeProposal extends Answer {
  by!: string;
}

/** What gave rise to it turned out otherwise. */
export class WithdrawProposal extends Answer {
  because!: string;
}
