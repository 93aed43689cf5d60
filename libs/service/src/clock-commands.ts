import { IsIn, IsString, Matches } from 'class-validator';
import { Command } from './command.ts';
import { AreReferences } from './validation/lists.ts';

/** Why something is entered so long after it was done. */
export const LATE_ENTRY_REASONS = ['system-outage', 'paper-record', 'other-system', 'handed-over', 'other'] as const;
export type LateEntryReason = (typeof LATE_ENTRY_REASONS)[number];

/**
 * A second person has seen the evidence that what was entered after a deadline had been done before it (T-28). From then on
 * it is judged by when it occurred. Every context with clocks takes this command, under a class of its own.
 */
export abstract class VerifyLateEntry extends Command {
  /** Name of the clock (期限) of the object, `mediation`. */
  @IsString()
  @Matches(/^[a-z][a-z-]{0,49}$/, { message: 'clock must be the name of a clock' })
  clock!: string;

  @IsIn(LATE_ENTRY_REASONS)
  reason!: LateEntryReason;

  /** References to what proves it, at least one. */
  @AreReferences(1)
  evidence!: string[];
}

/** The calendar was amended: a clock is read again. Given by a process, with the time of the notice. */
export class AmendDeadline extends Command {
  clock!: string;
}
