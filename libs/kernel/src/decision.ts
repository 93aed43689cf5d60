import type { Actor, NewEvent, Position, StreamVersion } from './event.ts';
import type { Instant, LocalDate } from './time.ts';

/**
 * Why a command was refused. The kind says who has to change what, and becomes the HTTP status:
 * `invalid` 422 (the request itself), `conflict` 409 (the object's state), `forbidden` 403 (the actor), `notFound` 404.
 */
export type RefusalKind = 'invalid' | 'conflict' | 'forbidden' | 'notFound';

/** An expected "no": a value with a stable code, never thrown by a rule. */
export interface Refusal {
  readonly refused: true;
  readonly kind: RefusalKind;
  /** Stable, upper snake case: `PROPOSER_CANNOT_ACCEPT`. */
  readonly code: string;
  /** One sentence for a person. No personal data. */
  readonly detail: string;
  /** The field of the command at fault, where there is one. */
  readonly field?: string;
  /**
   * What the refusal itself leaves in the log: the caller gets a "no", and that this was asked is known from then on. It says
   * nothing of what the caller wanted.
   */
  readonly records?: readonly NewEvent[];
  /** Where the log tells of it already. */
  readonly position?: Position;
}

export type Decision<Event extends NewEvent = NewEvent> = readonly Event[] | Refusal;

export function refuse(kind: RefusalKind, code: string, detail: string, field?: string): Refusal {
  return field === undefined ? { refused: true, kind, code, detail } : { refused: true, kind, code, detail, field };
}

export function isRefusal(decision: Decision | Refusal): decision is Refusal {
  return 'refused' in decision;
}

/** A person (自然人) whose data went into the vault before the decision; events carry only this. */
export interface PersonReference {
  readonly personId: string;
  /** Keyed tokens by which two records of one person can be matched without knowing who it is (T-20). */
  readonly tokens: { readonly phone?: string; readonly name?: string };
  /** Keyed tokens of what the person wrote, where the module table asks for them: by these texts are found alike. */
  readonly textTokens?: string;
}

/** Everything a rule may know beside the command and the state. Rules read no clock, no chance and no storage. */
export interface DecisionContext<Reads = Record<string, never>> {
  /** When the log's writer took the command. */
  readonly now: Instant;
  /** When it happened, by the command (`occurredAt`) or else `now`. Never later than `now`. */
  readonly occurredAt: Instant;
  /** Legal day of `occurredAt`. */
  readonly today: LocalDate;
  readonly actor: Actor;
  /** Region and subject (USCC) the actor's key is bound to; null = not bound. */
  readonly bounds: { readonly region: string | null; readonly subject: string | null };
  /** Id of the object the command speaks of; for a creating command the new one. */
  readonly id: string;
  /** Version of the stream the state was folded from; 0 = it does not exist. */
  readonly version: StreamVersion;
  /** Keyed digest of the whole command, by which the same payload is recognised without keeping it. */
  readonly payloadDigest: string;
  /** By the names of the module table's `personal` row. */
  readonly persons: Readonly<Record<string, PersonReference>>;
  /** Folded state of the other streams named in the module table's `reads`; undefined = that stream does not exist. */
  readonly reads: Reads;
  /** Hash of the secret that the answer will show, for a command that issues one. */
  readonly secretHash?: string;
}

/** decide: what follows from a command. Pure. `law` is what the rules and the calendar of the moment say; most need none of it. */
export type Decide<Command, State, Event extends NewEvent, Reads = Record<string, never>, Law = unknown> = (
  command: Command,
  state: State,
  context: DecisionContext<Reads>,
  law: Law,
) => Decision<Event>;

/** Compile-time and run-time proof that a switch names every case. */
export function unreachable(value: never): never {
  throw new Error(`unreachable case: ${JSON.stringify(value)}`);
}
