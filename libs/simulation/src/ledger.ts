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
  | 'BODY_MEDIATED'
  | 'BODY_MEDIATION_FAILED'
  | 'SETTLED_BESIDE'
  | 'COURT_MEDIATED'
  | 'COURT_MEDIATION_FAILED'
  | 'COURT_JUDGED'
  | 'COURT_SETTLED'
  | 'COURT_ENDED'
  | 'MERGED'
  | 'TERMINATED'
  | 'DISQUALIFIED_MALICIOUS'
  | 'DISQUALIFIED'
  | 'PARTY_CEASED'
  | 'NOT_ACCEPTED'
  | 'WITHDRAWN';

/** An authority did not take it, or should not have: that says nothing of what came of the dispute elsewhere (T-14). */
const NOT_TAKEN: readonly IntendedOutcome[] = ['NOT_ACCEPTED', 'DISQUALIFIED'];
const OF_NEGOTIATIONS: readonly IntendedOutcome[] = [
  'NEGOTIATION_SETTLED',
  'NEGOTIATION_FAILED',
  'NEGOTIATION_EXPIRED',
  'NEGOTIATION_ESCALATED',
];

export type IntendedNegotiation =
  'NONE' | 'PENDING' | 'SETTLED' | 'SETTLED_AFTER_AUTHORITY' | 'FAILED' | 'EXPIRED' | 'ESCALATED' | 'MERGED';

interface End {
  readonly outcome: IntendedOutcome;
  readonly at: Instant;
}

/** How a dispute was meant to stand when the simulated time was over. */
export class IntendedDispute {
  negotiation: IntendedNegotiation = 'NONE';
  negotiatedOn: LocalDate | null = null;
  #open = 0;
  readonly #ends: End[] = [];
  #primary: IntendedDispute | null = null;
  readonly #members: IntendedDispute[] = [];

  constructor(
    readonly subject: string,
    readonly region: string,
    readonly sector: string,
    readonly channel: '12345' | '12315',
  ) {}

  /** `PENDING_AGAIN`: a procedure has ended, and another is open. `MERGED`: it is counted through another one. */
  get outcome(): IntendedOutcome {
    const end = this.#lastEnd();
    if (end === undefined) return 'PENDING';
    if (this.#primary !== null) return 'MERGED';
    return this.#all().some((dispute) => dispute.#open > 0) ? 'PENDING_AGAIN' : end.outcome;
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
    this.resulted(outcome, at);
  }

  /** Something came of it while nothing was open for that. */
  resulted(outcome: IntendedOutcome, at: Instant): void {
    this.#ends.push({ outcome, at });
  }

  /** A procedure that was opened goes on as part of another one. */
  joined(): void {
    this.#open--;
  }

  /** It is one with another dispute, until it is taken apart again. */
  mergedInto(primary: IntendedDispute | null): void {
    const before = this.#primary;
    if (before !== null) before.#members.splice(before.#members.indexOf(this), 1);
    primary?.joinedBy(this);
    this.#primary = primary;
  }

  joinedBy(member: IntendedDispute): void {
    this.#members.push(member);
  }

  negotiated(result: IntendedNegotiation, at: Instant | null): void {
    this.negotiation = result;
    this.negotiatedOn = at === null ? null : localDateOf(at);
  }

  #all(): readonly IntendedDispute[] {
    return [this, ...this.#members];
  }

  #lastEnd(): End | undefined {
    const ends = this.#all().flatMap((dispute) => dispute.#ends);
    const wasHandled = ends.some(({ outcome }) => ![...NOT_TAKEN, ...OF_NEGOTIATIONS].includes(outcome));
    const counting = wasHandled ? ends.filter(({ outcome }) => !NOT_TAKEN.includes(outcome)) : ends;
    return counting.toSorted((a, b) => a.at - b.at).at(-1);
  }
}

/** How a ticket was meant to stand when the simulated time was over. */
export class IntendedWorkOrder {
  region: string;
  state: 'RECEIVED' | 'DISPATCHED' | 'DISPOSED' | 'RETURNED_TO_DISPATCHER' | 'REDIRECTED' = 'RECEIVED';
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

  redirected(): void {
    this.state = 'REDIRECTED';
  }

  /** The unit that holds it, or holds it again, has until another day. */
  dueAgain(dueAt: Instant): void {
    this.state = 'DISPATCHED';
    this.dueOn = localDateOf(dueAt);
  }
}

/** Where a story writes down the objects it tells of. */
export interface Ledger {
  dispute(dispute: IntendedDispute): void;
  workOrder(workOrder: IntendedWorkOrder): void;
}

export const NO_LEDGER: Ledger = { dispute: () => undefined, workOrder: () => undefined };
