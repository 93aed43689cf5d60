import type { Role } from '#access';
import type { Instant } from '#kernel';
import type { Merchant } from './city.ts';

/** Stands for the id that the service answered to the creating command with this index. */
export interface Reference {
  readonly ref: number;
}

export function isReference(value: unknown): value is Reference {
  return typeof value === 'object' && value !== null && 'ref' in value;
}

/** What a story does next. */
export interface Step {
  /** When it happens: stands in the body as `occurredAt`. */
  readonly at: Instant;
  readonly role: Role;
  readonly collection: string;
  readonly action: string;
  /** Object that the command speaks of; left out by creating commands. */
  readonly id?: string | Reference;
  readonly body: Readonly<Record<string, unknown>>;
  /** What it is meant to meet, where it is not a plain yes: a refusal, or "that is so already". */
  readonly expect?: 'refused' | 'unchanged';
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
  readonly role: Role;
  /** USCC that a merchant's key is bound to. */
  readonly subject?: string;
  readonly collection: string;
  readonly action: string;
  readonly id?: string | Reference;
  readonly body: Readonly<Record<string, unknown>>;
  readonly expect?: 'refused' | 'unchanged';
}
