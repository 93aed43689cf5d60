import type { Role } from '#access';
import type { Instant } from '#kernel';
import type { Merchant } from './city.ts';

/** Stands for the id that the service answered to the creating command with this index. */
export interface Reference {
  readonly ref: number;
  /** What is made of the id where it is not spoken of by itself, such as the stream of a procedure. */
  readonly as?: (id: string) => string;
}

/** Who gives a command: a role of access keys, or a process (process manager) of the service itself. */
export type Giver = Role | 'process';

/** Somebody else than the person of that role who acts otherwise: what one has done a second one verifies, grants or decides. */
export type Person = 'second';

export function isReference(value: unknown): value is Reference {
  return typeof value === 'object' && value !== null && 'ref' in value;
}

/**
 * What a command is meant to meet, where it is not a plain yes: a refusal, or "that is so already". `open`: whatever it meets,
 * as a process of the service may have come first.
 */
export type Expectation = 'refused' | 'unchanged' | 'open';

/** What a story does next. */
export interface Step {
  /** When it is given. */
  readonly at: Instant;
  /** When it happened, where it was only written down later (T-28): stands in the body as `occurredAt`; else `at` does. */
  readonly happenedAt?: Instant;
  readonly role: Giver;
  readonly person?: Person;
  readonly collection: string;
  readonly action: string;
  /** Object that the command speaks of; left out by creating commands. */
  readonly id?: string | Reference;
  readonly body: Readonly<Record<string, unknown>>;
  readonly expect?: Expectation;
  /** Merchant whose standing in the registry the command depends on. */
  readonly merchant?: Merchant;
}

/** Something that goes on beside the rest of its story, such as the ticket beside the complaint. */
export interface Fork {
  readonly fork: Story;
}

/**
 * A life told step by step. A step's answer is the reference to the object it created; the teller goes on only when
 * the step was taken, so what stands after a `yield` is what really happened within the simulated time.
 */
export type Episode<Result = void> = Generator<Step | Fork, Result, Reference>;
export type Story = Episode;

/** Every reference in an id and a body, lists looked into. */
export function referencesIn({ id, body }: Pick<Step, 'id' | 'body'>): Reference[] {
  return [id, ...Object.values(body).flat()].filter(isReference);
}

/** The body with every reference replaced. */
export function resolved(body: Step['body'], resolve: (reference: Reference) => string): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const field in body) {
    const value = body[field];
    if (isReference(value)) result[field] = resolve(value);
    else result[field] = Array.isArray(value) ? value.map((one) => (isReference(one) ? resolve(one) : one)) : value;
  }
  return result;
}

export function* beside(story: Story): Episode {
  yield { fork: story };
}

/** A command of the stream. */
export interface SimulatedCommand {
  /** From 0, dense. */
  readonly index: number;
  /** Commands of one story are given one after the other; those of different stories may run at the same time. */
  readonly story: number;
  /** The story has no more commands: its references are not needed any longer. */
  readonly ends?: true;
  /** Index of a command of another story that must have been answered before. */
  readonly after?: number;
  readonly at: Instant;
  readonly role: Giver;
  readonly person?: Person;
  /** USCC that a merchant's key is bound to. */
  readonly subject?: string;
  readonly collection: string;
  readonly action: string;
  readonly id?: string | Reference;
  readonly body: Readonly<Record<string, unknown>>;
  readonly expect?: Expectation;
}
