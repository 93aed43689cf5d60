import type { Instant, LocalDate } from '#kernel';
import { localDateOf } from '#kernel';

/**
 * What the stories meant to happen, kept by the stories themselves while they are told: an account of the city's outcomes
 * that owes nothing to events, facts or formulas, so that figures can be held against it.
 */
export type IntendedOutcome =
  | 'PENDING'
  | 'PENDING_AGAIN'
  | 'NEGOTIATION_SETTLED'
  | 'NEGOTIATION_FAILED'
  | 'NEGOTIATION_EXPIRED'
  | 'NEGOTIATION_ESCALATED'
  | 'MEDIATED'
  | 'SELF_SETTLED'
  | 'TERMINATED'
  | 'DISQUALIFIED_MALICIOUS'
  | 'DISQUALIFIED'
  | 'PARTY_CEASED'
  | 'NOT_ACCEPTED'
  | 'WITHDRAWN';

export type IntendedNegotiation =
  'NONE' | 'PENDING' | 'SETTLED' | 'SETTLED_AFTER_AUTHORITY' | 'FAILED' | 'EXPIRED' | 'ESCALATED';

/** How a dispute was meant to stand when the simulated time was over. */
export class IntendedDispute {
  negotiation: IntendedNegotiation = 'NONE';
  negotiatedOn: LocalDate | null = null;
  #open = 0;
  readonly #ends: { readonly outcome: IntendedOutcome; readonly at: Instant }[] = [];

  constructor(
    readonly subject: string,
    readonly region: string,
    readonly sector: string,
    readonly channel: '12345' | '12315',
  ) {}

  /** `PENDING_AGAIN`: a procedure has ended, and another is open. */
  get outcome(): IntendedOutcome {
    const end = this.#lastEnd();
    if (end === undefined) return 'PENDING';
    return this.#open > 0 ? 'PENDING_AGAIN' : end.outcome;
  }

  get concludedOn(): LocalDate | null {
    const end = this.#lastEnd();
    return end === undefined ? null : localDateOf(end.at);
  }

  /** A procedure begins, and with it the dispute is open, again or still. */
  opened(): void {
    this.#open++;
  }

  /** A procedure that was opened has ended. */
  ended(outcome: IntendedOutcome, at: Instant): void {
    this.#open--;
    this.#ends.push({ outcome, at });
  }

  negotiated(result: IntendedNegotiation, at: Instant | null): void {
    this.negotiation = result;
    this.negotiatedOn = at === null ? null : localDateOf(at);
  }

  #lastEnd(): { readonly outcome: IntendedOutcome; readonly at: Instant } | undefined {
    return this.#ends.toSorted((a, b) => a.at - b.at).at(-1);
  }
}

/** How a ticket was meant to stand when the simulated time was over. */
export class IntendedWorkOrder {
  region: string;
  state: 'RECEIVED' | 'DISPATCHED' | 'DISPOSED' | 'RETURNED_TO_DISPATCHER' = 'RECEIVED';
  dueOn: LocalDate | null = null;

  constructor(
    readonly subject: string | null,
    readonly sector: string | null,
    readonly channel: string,
    /** City whose hotline dispatches. */
    readonly city: string,
  ) {
    this.region = city;
  }

  dispatched(region: string, dueAt: Instant): void {
    this.state = 'DISPATCHED';
    this.region = region;
    this.dueOn = localDateOf(dueAt);
  }

  returned(): void {
    this.state = 'RETURNED_TO_DISPATCHER';
    this.region = this.city;
  }

  disposed(): void {
    if (this.state !== 'RECEIVED') this.state = 'DISPOSED';
  }
}

/** Where a story writes down the objects it tells of. */
export interface Ledger {
  dispute(dispute: IntendedDispute): void;
  workOrder(workOrder: IntendedWorkOrder): void;
}

export const NO_LEDGER: Ledger = { dispute: () => undefined, workOrder: () => undefined };
