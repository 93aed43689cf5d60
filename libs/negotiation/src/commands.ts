import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { Command, IsFen, IsInstant, IsLocalDate, IsObjectId, IsText, IsUscc, VerifyLateEntry } from '#service';
import { FAILURE_REASONS, MAX_OFFERS, PARTIES, VENUES } from './events.ts';
import type { FailureReason, Party, Venue } from './events.ts';

export const OPENERS = ['consumer', 'authority'] as const;
export const FAILING_PARTIES = [...PARTIES, 'operator'] as const;

/** Opens a negotiation (和解) at a venue. Choosing ODR is the consumer's consent to negotiate (S20). */
export class OpenNegotiation extends Command {
  @IsObjectId()
  disputeId!: string;

  /** The merchant (被投诉人) that is to negotiate. */
  @IsUscc()
  respondentUscc!: string;

  /** `odr` needs a membership that is active when the negotiation opens. */
  @IsIn(VENUES)
  venue!: Venue;

  /** `authority` where the authority sent it to the ODR enterprise; the consumer otherwise. */
  @IsOptional()
  @IsIn(OPENERS)
  openedBy?: (typeof OPENERS)[number];
}

/** First contact of the merchant's operator (首问). */
export class AcknowledgeNegotiation extends Command {}

abstract class MakeOffer extends Command {
  /** Money offered or asked, fen. */
  @IsOptional()
  @IsFen()
  amountFen?: number;

  /** Day by which it would be performed. Not before the day of the offer. */
  @IsOptional()
  @IsLocalDate()
  performBy?: string;

  /** The terms in words. Kept in the vault. */
  @IsOptional()
  @IsText(4000)
  terms?: string;

  /** Moment after which the offer can no longer be accepted. After the offer itself. */
  @IsOptional()
  @IsInstant()
  expiresAt?: string;

  /** The party an administrator acts for; everybody else acts for their own. The consumer unless said. */
  @IsOptional()
  @IsIn(PARTIES)
  onBehalfOf?: Party;
}

/** Makes an offer; it takes the place of all before it. At least an amount, a day or terms. */
export class ProposeSettlement extends MakeOffer {}

/** Answers the other party's newest offer with another one. */
export class CounterSettlement extends MakeOffer {}

/** Accepts exactly one offer of the other party: the newest, unexpired. */
export class AgreeToOffer extends Command {
  /** Number of the offer, from 1. */
  @IsInt()
  @Min(1)
  @Max(MAX_OFFERS)
  offer!: number;

  /** The party an administrator acts for; everybody else acts for their own. The consumer unless said. */
  @IsOptional()
  @IsIn(PARTIES)
  onBehalfOf?: Party;
}

/** The merchant says that it is settled. Counts for nothing until the consumer confirms (T-31). */
export class ClaimSettlement extends Command {}

/** The consumer confirms what was agreed or claimed: only now it is settled. */
export class ConfirmSettlement extends Command {
  /** Number of the offer that was carried out. After an agreement it can only be the agreed one. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_OFFERS)
  offer?: number;

  /** Money recovered (挽回经济损失), fen. */
  @IsOptional()
  @IsFen()
  recoveredFen?: number;
}

/** Ends the negotiation without a settlement. */
export class FailNegotiation extends Command {
  @IsIn(FAILURE_REASONS)
  reason!: FailureReason;

  /** `operator`: the venue's operator ends it, for instance because a party cannot be reached. Not open to the parties. */
  @IsOptional()
  @IsIn(FAILING_PARTIES)
  onBehalfOf?: (typeof FAILING_PARTIES)[number];
}

/**
 * The consumer turns to the authority: at any time before a settlement, after a failure, or once the time is over (协商 is
 * voluntary).
 */
export class EscalateNegotiation extends Command {}

/** A second person verifies that a result that was entered late had come about in time. */
export class VerifyNegotiationLateEntry extends VerifyLateEntry {}

/** The time is over. Given by a process, with the moment at which it ran out. */
export class ExpireNegotiation extends Command {}
