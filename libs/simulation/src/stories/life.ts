import type { Instant } from '#kernel';
import type { Merchant } from '../city.ts';
import type { DecidedFate } from '../fates.ts';
import type { IntendedDispute, Ledger } from '../ledger.ts';
import type { Consumer } from '../person.ts';
import type { Incidents } from '../proportions.ts';
import type { Random } from '../random.ts';
import type { Reference } from '../step.ts';
import type { Institutions } from './institutions.ts';

/** What the episodes of one dispute's life share. */
export interface Life {
  readonly random: Random;
  readonly ledger: Ledger;
  /** Number of the story in its run, and the run's mark: ticket numbers are made of both. */
  readonly number: number;
  readonly mark: string;
  readonly merchant: Merchant;
  readonly consumer: Consumer;
  readonly amountFen: number;
  readonly fate: DecidedFate;
  readonly intended: IntendedDispute;
  readonly isOdrMemberAt: (merchant: Merchant, at: Instant) => boolean;
  /** Bodies, mediators, stations and the like of the whole run, and what its merchants have promised. */
  readonly institutions: Institutions;
  /** What happens by the way, dealt over the whole run. */
  readonly deal: <Name extends keyof Incidents>(name: Name) => Incidents[Name];
  /** Another quarrel of the same merchant that the story tells of, with another consumer unless said. */
  readonly another: (more?: Partial<Pick<Life, 'consumer'>>) => Life;
}

/** A dispute that stands in the log, and the moment up to which it was told. */
export interface OpenDispute {
  readonly dispute: Reference;
  readonly at: Instant;
  /** Ticket it came by; null where the consumer went straight to the venue. */
  readonly workOrderId: string | null;
}
