import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { Command, IsObjectId, IsText } from '#service';
import {
  AUDIENCES,
  ERASURE_REASONS,
  EVIDENCE_KINDS,
  type Audience,
  type ErasureReason,
  type EvidenceKind,
} from './events.ts';
import { MEDIA_TYPES } from './media-type.ts';

export const SIDES = ['merchant', 'authority'] as const;
export type Side = (typeof SIDES)[number];

/** What is known of a file that has been stored: given by the upload route, not by a caller. */
export class RecordEvidence extends Command {
  /** The dispute it belongs to; of evidence of a report the report knows whether there is one. */
  @IsOptional()
  @IsObjectId()
  disputeId?: string;

  /** The report (举报) it belongs to, in place of a dispute. */
  @IsOptional()
  @IsObjectId()
  reportId?: string;

  @IsIn(EVIDENCE_KINDS)
  kind!: EvidenceKind;

  @IsIn(AUDIENCES)
  audience!: Audience;

  /** Whose file it is, where it is not for all: the same file of another side is another piece of evidence. */
  @IsOptional()
  @IsIn(SIDES)
  side?: Side;

  @IsIn(MEDIA_TYPES)
  mediaType!: string;

  @Max(Number.MAX_SAFE_INTEGER)
  @Min(1)
  @IsInt()
  bytes!: number;

  @Matches(/^[0-9a-f]{64}$/)
  sha256!: string;

  /** Key under which the content is sealed, base64. Kept in the vault. */
  @Matches(/^[A-Za-z0-9+/]{43}=$/)
  contentKey!: string;

  /** Name of the file as it was uploaded. Kept in the vault. */
  @IsOptional()
  @IsText(200)
  fileName?: string;
}

/** Erases the content for good: the key is destroyed. The event and the hash stay. */
export class EraseEvidence extends Command {
  @IsIn(ERASURE_REASONS)
  reason!: ErasureReason;
}
