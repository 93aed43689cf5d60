import { IsISO8601, IsOptional } from 'class-validator';

/** What every command may carry beside its own fields. */
export abstract class Command {
  /** When it happened: ISO 8601 with an offset, never in the future. Without it, the moment the service took it. */
  @IsOptional()
  @IsISO8601({ strict: true })
  occurredAt?: string;
}
