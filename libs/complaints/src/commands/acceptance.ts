import { ArrayMaxSize, IsArray, IsIn, IsOptional } from 'class-validator';
import { Command, IsLocalDate, IsText, WithoutLongNumbers } from '#service';
import {
  CONSIDERED_FACTORS,
  NON_ACCEPTANCE_GROUNDS,
  NOTICE_CHANNELS,
  type ConsideredFactor,
  type NonAcceptanceGround,
  type NoticeChannel,
} from '../terms.ts';

/** 受理. Refused when the three years of S1 Art. 16(4) had passed at receipt. */
export class AcceptComplaint extends Command {
  /** Day of knowledge as found by the officer; takes the place of the one given at receipt. */
  @IsOptional()
  @IsLocalDate()
  knewOn?: string;

  /** Art. 17: what the one who decides was shown and has weighed. It refuses nothing by itself. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @IsIn(CONSIDERED_FACTORS, { each: true })
  factors?: ConsideredFactor[];
}

/** 不予受理, with its reason and the routes still open (S1 Art. 15(2), 39). A person decides, never a process. */
export class DeclineComplaint extends Command {
  @IsIn(NON_ACCEPTANCE_GROUNDS)
  ground!: NonAcceptanceGround;

  /** The written reason. Kept in the vault. */
  @IsText(4000)
  reason!: string;

  /** Routes the complainant is told of, at least one. No telephone or identity numbers. */
  @IsArray()
  @ArrayMaxSize(20)
  @IsText(100, { each: true })
  @WithoutLongNumbers({ each: true, message: '$property must be a list of texts without long numbers' })
  remedies!: string[];

  /** Art. 17: what the one who decides was shown and has weighed. It refuses nothing by itself. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @IsIn(CONSIDERED_FACTORS, { each: true })
  factors?: ConsideredFactor[];
}

/** Tells the complainant of the decision (受理决定书, 不予受理决定书). Only then is the acceptance step complete. */
export class NotifyAcceptanceDecision extends Command {
  @IsIn(NOTICE_CHANNELS)
  channel!: NoticeChannel;
}
