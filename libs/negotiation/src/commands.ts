import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import {
  Command,
  IsFen,
  IsInstant,
  IsLocalDate,
  IsObjectId,
  IsReference,
  IsText,
  IsUscc,
  MAX_FEN,
  VerifyLateEntry,
} from '#service';
import {
  FAILURE_REASONS,
  HANDLING_MODES,
  MAX_OFFERS,
  NEGOTIATION_RESULTS,
  NOTICE_CHANNELS,
  PARTIES,
  RETURN_BASES,
  RETURN_REFUSALS,
  SETTLEMENT_DISPUTE_REASONS,
  VENUES,
} from './events.ts';
import type {
  FailureReason,
  HandlingMode,
  NegotiationResultSaid,
  NoticeChannel,
  Party,
  ReturnBasis,
  ReturnRefusal,
  SettlementDisputeReason,
  Venue,
} from './events.ts';

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

  /** Service station (消费维权服务站) of venue `station`; it must be open at that time. */
  @IsOptional()
  @IsObjectId()
  stationId?: string;

  /** Subject whose green channel (绿色通道) it is, of venue `green-channel`; it must be active at that time. */
  @IsOptional()
  @IsUscc()
  greenChannelUscc?: string;
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

/**
 * The consumer was told that the merchant says it is settled. Where the place has set a rule of silence, its time runs from here.
 * Not the merchant's to record: it would be judge of its own claim.
 */
export class NotifyClaim extends Command {
  @IsIn(NOTICE_CHANNELS)
  channel!: NoticeChannel;
}

/** The consumer was silent for as long as the rule of the place says. Given by a process, with the moment at which that was over. */
export class ConfirmBySilence extends Command {}

/**
 * The consumer denies what the merchant claims, or takes back a settlement that turns out to be none, whether confirmed by word
 * or by silence.
 */
export class DisputeSettlement extends Command {
  @IsIn(SETTLEMENT_DISPUTE_REASONS)
  reason!: SettlementDisputeReason;

  /** The complaint on the same dispute, where there is one. */
  @IsOptional()
  @IsObjectId()
  complaintId?: string;
}

/** A later complaint on the same dispute takes the settlement back. Given by a process. */
export class DisputeByComplaint extends Command {
  complaintId!: string;
}

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

/** What the ODR enterprise owes the platform once it has ended (S20): time, course, mode and result. */
export class FeedBackResult extends Command {
  /** Day on which it was dealt with. From the opening on. */
  @IsLocalDate()
  handledOn!: string;

  /** How it went, in words. Kept in the vault. */
  @IsText(4000)
  course!: string;

  @IsIn(HANDLING_MODES)
  mode!: HandlingMode;

  /** As it ended: only what the consumer has confirmed is settled (T-31). */
  @IsIn(NEGOTIATION_RESULTS)
  result!: NegotiationResultSaid;
}

abstract class AboutAdvance extends Command {
  /** Id of the scheme of advance compensation. */
  @IsObjectId()
  scheme!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_FEN)
  amountFen!: number;

  /** References to receipts. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsReference({ each: true })
  evidence?: string[];
}

/** 先行赔付: the operator of a scheme pays the consumer. Within the cap of a case, and what was set aside where it has a total. */
export class PayInAdvance extends AboutAdvance {}

/** 追偿: the merchant has given back what the operator paid. */
export class RecordRecourse extends AboutAdvance {}

/** 七日无理由退货: the consumer gives notice of a return without a reason. */
export class RequestReturn extends Command {
  /** `online`: the law on distance sales. `commitment`: what the store has promised. */
  @IsIn(RETURN_BASES)
  basis!: ReturnBasis;

  /** Day on which the consumer signed for the goods; of a purchase in a store, the day of the purchase. */
  @IsLocalDate()
  signedOn!: string;

  /** Store that sold the goods. Needed where the return rests on its promise. */
  @IsOptional()
  @IsObjectId()
  store?: string;
}

/** The merchant does not take the goods back. */
export class RefuseReturn extends Command {
  @IsIn(RETURN_REFUSALS)
  ground!: ReturnRefusal;
}

/** The goods have come back. */
export class ReceiveGoods extends Command {
  /** Store that took them, which may be another one than sold them. */
  @IsOptional()
  @IsObjectId()
  store?: string;
}

/** The price has been paid back. */
export class RefundReturn extends Command {
  @IsInt()
  @Min(1)
  @Max(MAX_FEN)
  amountFen!: number;
}
