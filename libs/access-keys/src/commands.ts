import { ROLES } from '#access';
import type { Role } from '#access';
import { Command, IsInstant, IsRegionCode, IsUscc, WithoutLongNumbers } from '#service';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { REVOCATION_REASONS } from './events.ts';
import type { RevocationReason } from './events.ts';

/** Letters of any script, digits and ` ._:/-`, up to 40; no seven digits in a row, as those are a phone or an id. */
export const LABEL = /^(?!.*\d{7})[\p{L}\p{N}][\p{L}\p{N} ._:/-]{0,39}$/u;

/** A new access key. The answer shows its secret, this once. */
export class IssueAccessKey extends Command {
  @IsIn(ROLES)
  role!: Role;

  /** Bounds the key to a division and all within it. Not bound without it. */
  @IsOptional()
  @IsRegionCode()
  region?: string;

  /** Bounds the key to one subject, by its USCC. A merchant's key must have it. */
  @IsOptional()
  @IsUscc()
  subject?: string;

  /** The system or office that holds it. Goes into the log for good: never a person's name or number. */
  @IsOptional()
  @Matches(LABEL)
  @WithoutLongNumbers()
  label?: string;

  /** From this moment on the key opens nothing. */
  @IsOptional()
  @IsInstant()
  expiresAt?: string;
}

/** A new secret for the same key; the old one is dead when this is answered. */
export class RotateAccessKey extends Command {}

/** The key opens nothing any more when this is answered. Final. */
export class RevokeAccessKey extends Command {
  @IsIn(REVOCATION_REASONS)
  reason!: RevocationReason;
}
