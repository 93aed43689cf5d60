import { IsIn } from 'class-validator';
import { Command } from '#service';
import { DISMISSAL_REASONS, type DismissalReason, type ProposalEvents } from './events.ts';

/** A person sees no use in it. */
export class DismissProposal extends Command {
  @IsIn(DISMISSAL_REASONS)
  reason!: DismissalReason;
}

/** Given by a process. */
export class MakeProposal extends Command {
  made!: ProposalEvents['ProposalMade'];
}

/** Given by a process: what was proposed was done. */
export class TakeProposal extends Command {
  by!: string;
}

/** Given by a process: what gave rise to it turned out otherwise. */
export class WithdrawProposal extends Command {
  because!: string;
}
