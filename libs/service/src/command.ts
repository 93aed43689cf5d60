import { IsOptional } from 'class-validator';
import { IsInstant } from './validation/is-instant.ts';

/** What every command may carry beside its own fields. */
export abstract class Command {
  /** When it happened: ISO 8601 with an offset, never in the future nor before 2000. Without it, the moment the service took it. */
  @IsOptional()
  @IsInstant()
  occurredAt?: string;
}
