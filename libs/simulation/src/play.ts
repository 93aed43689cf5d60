import type { Role } from '#access';
import { Failure } from '#kernel';
import type { AnyContextTable, CommandService } from '#service';
import { ProblemError, validatorOf } from '#service';
import { isReference, type Reference, type SimulatedCommand } from './step.ts';
import { commandPlaces } from './tables.ts';

/** A command with every reference replaced by an id, on its way to a service. */
export interface SinkCommand {
  readonly collection: string;
  readonly action: string;
  /** Undefined for a creating command. */
  readonly id: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
  /** Role in which it is given. Every body also says the same when an administrator's key gives it. */
  readonly role: Role;
  /** USCC that a merchant's key is bound to; undefined for other roles. */
  readonly subject: string | undefined;
  readonly idempotencyKey: string;
}

export interface SinkAnswer {
  readonly id: string;
  readonly version: number;
  readonly position: number;
  readonly unchanged?: true;
}

/** A "no" of the service (4xx): a value, so that an intended one is nothing special. Anything else is thrown. */
export interface SinkRefusal {
  readonly refused: true;
  readonly code: string;
  readonly detail: string;
}

/** Where commands go: a service in this process, or one behind HTTP. */
export interface CommandSink {
  give(command: SinkCommand): Promise<SinkAnswer | SinkRefusal>;
}

export interface PlayOptions {
  /** Sets this run's idempotency keys apart: the same prefix twice adds nothing. */
  readonly idempotencyPrefix: string;
  /** Commands under way at the same time; 1 unless said. */
  readonly concurrency?: number;
  readonly onProgress?: (progress: PlayProgress) => void;
}

export interface PlayProgress {
  /** Commands answered so far, the refused ones included. */
  readonly given: number;
  /** Answered with "that is so already". */
  readonly unchanged: number;
  /** Refused as they were meant to be. */
  readonly refused: number;
  /** Highest position answered. */
  readonly position: number;
}

/**
 * Gives a stream of commands to a sink: each story in order, many stories at a time. Stops at the first answer that was
 * not meant (`SIMULATION_UNEXPECTED`) or failure, after what is under way has been answered.
 */
export async function play(
  commands: Iterable<SimulatedCommand>,
  sink: CommandSink,
  options: PlayOptions,
): Promise<PlayProgress> {
  const run = new Run(sink, options);
  for (const command of commands) {
    await run.room();
    if (run.failed) break;
    run.start(command);
  }
  return run.finish();
}

/** {@link play} through the validators and the command service of this process. */
export function playThroughService(
  host: ServiceHost,
  commands: Iterable<SimulatedCommand>,
  options: PlayOptions,
): Promise<PlayProgress> {
  return play(commands, serviceSink(host), options);
}

/** What a service in this process consists of, for a sink. */
export interface ServiceHost {
  readonly commands: Pick<CommandService, 'give'>;
  readonly tables: readonly AnyContextTable[];
}

/** A sink into a service in this process: the same validation, authorisation and rules as behind HTTP. */
export function serviceSink({ commands, tables }: ServiceHost): CommandSink {
  const placeOf = commandPlaces(tables);
  return {
    async give({ collection, action, id, body, role, subject, idempotencyKey }) {
      const { table, row } = placeOf(collection, action);
      const { command, errors } = validatorOf<object>(row.command)(body);
      if (errors !== undefined) {
        return { refused: true, code: 'INVALID_FIELDS', detail: errors.map((error) => error.reason).join('; ') };
      }
      const principal = { keyId: `simulation-${role}`, role, scope: { region: null, subject: subject ?? null } };
      try {
        return await commands.give(table, row, command, { principal, id, idempotencyKey, ifMatch: undefined });
      } catch (error) {
        if (!(error instanceof ProblemError) || error.status >= 500) throw error;
        return { refused: true, code: error.code, detail: error.message };
      }
    },
  };
}

/** One run's bookkeeping: what is under way, and the ids behind the references of open stories. */
class Run {
  readonly #underWay = new Map<number, Promise<void>>();
  readonly #lastOfStory = new Map<number, number>();
  readonly #ids = new Map<number, string>();
  readonly #idsOfStory = new Map<number, number[]>();
  #failure: { readonly error: unknown } | undefined;
  #progress = { given: 0, unchanged: 0, refused: 0, position: 0 };

  constructor(
    private readonly sink: CommandSink,
    private readonly options: PlayOptions,
  ) {}

  get failed(): boolean {
    return this.#failure !== undefined;
  }

  /** Waits until another command may be started. */
  async room(): Promise<void> {
    const { concurrency = 1 } = this.options;
    while (this.#underWay.size >= concurrency) await Promise.race(this.#underWay.values());
  }

  start(command: SimulatedCommand): void {
    const { index, story, after, ends } = command;
    const before = [this.#lastOfStory.get(story), after].flatMap((earlier) => {
      const waiting = earlier === undefined ? undefined : this.#underWay.get(earlier);
      return waiting === undefined ? [] : [waiting];
    });
    if (ends === true) this.#lastOfStory.delete(story);
    else this.#lastOfStory.set(story, index);
    const answered = Promise.all(before)
      .then(() => (this.failed ? undefined : this.#give(command)))
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#underWay.delete(index));
    this.#underWay.set(index, answered);
  }

  async finish(): Promise<PlayProgress> {
    await Promise.all(this.#underWay.values());
    if (this.#failure !== undefined) throw this.#failure.error;
    return { ...this.#progress };
  }

  async #give(command: SimulatedCommand): Promise<void> {
    const { index, collection, action, role, subject, expect } = command;
    const answer = await this.sink.give({
      collection,
      action,
      id: command.id === undefined ? undefined : this.#resolve(command.id),
      body: this.#resolved(command.body),
      role,
      subject,
      idempotencyKey: `${this.options.idempotencyPrefix}-${index}`,
    });
    const isRefused = 'refused' in answer;
    if (isRefused !== (expect === 'refused')) throw unexpected(command, isRefused ? answer : undefined);
    this.#progress.given++;
    if (isRefused) this.#progress.refused++;
    else {
      if (answer.unchanged === true) this.#progress.unchanged++;
      this.#progress.position = Math.max(this.#progress.position, answer.position);
      this.#remember(command, answer.id);
    }
    if (command.ends === true) this.#forget(command.story);
    this.options.onProgress?.({ ...this.#progress });
  }

  #remember({ index, story, id }: SimulatedCommand, answered: string): void {
    if (id !== undefined) return;
    this.#ids.set(index, answered);
    const known = this.#idsOfStory.get(story);
    if (known === undefined) this.#idsOfStory.set(story, [index]);
    else known.push(index);
  }

  #forget(story: number): void {
    for (const index of this.#idsOfStory.get(story) ?? []) this.#ids.delete(index);
    this.#idsOfStory.delete(story);
  }

  #resolved(body: SimulatedCommand['body']): Record<string, unknown> {
    const resolved: Record<string, unknown> = {};
    for (const [field, value] of Object.entries(body)) {
      resolved[field] = isReference(value) ? this.#resolve(value) : value;
    }
    return resolved;
  }

  #resolve(id: string | Reference): string {
    if (typeof id === 'string') return id;
    const answered = this.#ids.get(id.ref);
    if (answered === undefined) throw new Error(`command ${id.ref} has created nothing that could be referred to`);
    return answered;
  }
}

function unexpected({ index, collection, action, expect }: SimulatedCommand, refusal?: SinkRefusal): Failure {
  const what = `command ${index} (${collection}/${action})`;
  if (refusal === undefined)
    return new Failure('SIMULATION_UNEXPECTED', `${what} was taken, but meant to be ${expect}`);
  return new Failure('SIMULATION_UNEXPECTED', `${what} was refused: ${refusal.code}, ${refusal.detail}`);
}
