import { IsObjectId, IsText, Command } from '#service';
import { IsOptional } from 'class-validator';
import type { DuplicateEvents } from './events.ts';

/** Given by a process. */
export class SuspectDisputeDuplicate extends Command {
  suspected!: DuplicateEvents['DisputeDuplicateSuspected'];
}

/** A person has found that it is another dispute. That it is the same one, a merger says. */
export class DismissDisputeDuplicate extends Command {
  /** The dispute that it is not. */
  @IsObjectId()
  of!: string;

  /** Why not. Kept in the vault. */
  @IsOptional()
  @IsText(1000)
  note?: string;
}
