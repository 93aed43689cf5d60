import type { Principal } from '#access';
import { Failure } from '#kernel';
import type { AnyCommandRow, AnyContextTable, CommandService } from '#service';
import { ProblemError, validatorOf } from '#service';
import { referencesIn, resolved, type Giver, type Person, type Reference, type SimulatedCommand } from './step.ts';
import { commandPlaces, isLasting } from './tables.ts';

/** A command with every reference replaced by an id, on its way to a service. */
export interface SinkCommand {
  readonly collection: string;
  readonly action: string;
  /** Undefined for a creating command. */
  readonly id: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
  /** Role in which it is given. Every body also says the same when an administrator's key gives it. */
  readonly role: Giver;
  /** Given by somebody else than what the role did before. */
  readonly person: Person | undefined;
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

/** What the service's own processes see to when its time has come: it was not given. */
export interface LeftToService {
  readonly leftToService: true;
}

/** Where commands go: a service in this process, or one behind HTTP. */
export interface CommandSink {
  give(command: SinkCommand): Promise<SinkAnswer | SinkRefusal | LeftToService>;
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
    async give({ collection, action, id, body, role, person, subject, idempotencyKey }) {
      const { table, row } = givenBy(role, placeOf({ collection, action, role }));
      // What a process says it has put together itself: nothing of it comes from outside.
      const { command = body, errors } = role === 'process' ? {} : validatorOf<object>(row.command)(body);
      if (errors !== undefined) {
        return { refused: true, code: 'INVALID_FIELDS', detail: errors.map((error) => error.reason).join('; ') };
      }
      const principal = { keyId: actorOf(role, person), role, scope: { region: null, subject: subject ?? null } };
      try {
        return await commands.give(table, row, command, {
          principal: principal as Principal,
          id,
          idempotencyKey,
          ifMatch: undefined,
        });
      } catch (error) {
        if (!(error instanceof ProblemError) || error.status >= 500) throw error;
        return { refused: true, code: error.code, detail: error.message };
      }
    },
  };
}

/** Id under which a command's giver stands in the events. */
export function actorOf(role: Giver, person: Person | undefined): string {
  return person === undefined ? `simulation-${role}` : `simulation-${role}-${person}`;
}

/** What processes answer with has no role that may give it: here it may be given in their name. */
function givenBy(role: Giver, place: { readonly table: AnyContextTable; readonly row: AnyCommandRow }) {
  if (role !== 'process') return place;
  return { table: place.table, row: { ...place.row, roles: ['process' as Principal['role']] } };
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
    const named = referencesIn(command).map(({ ref }) => ref);
    const before = [this.#lastOfStory.get(story), after, ...named].flatMap((earlier) => {
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
    const { index, collection, action, role, person, subject } = command;
    const answer = await this.sink.give({
      collection,
      action,
      id: command.id === undefined ? undefined : this.#resolve(command.id),
      body: resolved(command.body, (reference) => this.#resolve(reference)),
      role,
      person,
      subject,
      idempotencyKey: `${this.options.idempotencyPrefix}-${index}`,
    });
    if (!('leftToService' in answer)) this.#answered(command, answer);
    if (command.ends === true) this.#forget(command.story);
    this.options.onProgress?.({ ...this.#progress });
  }

  #answered(command: SimulatedCommand, answer: SinkAnswer | SinkRefusal): void {
    const { expect } = command;
    const isRefused = 'refused' in answer;
    if (expect !== 'open' && isRefused !== (expect === 'refused')) {
      throw unexpected(command, isRefused ? answer : undefined);
    }
    this.#progress.given++;
    if (isRefused) this.#progress.refused++;
    else {
      if (answer.unchanged === true) this.#progress.unchanged++;
      this.#progress.position = Math.max(this.#progress.position, answer.position);
      this.#remember(command, answer.id);
    }
  }

  #remember({ index, story, id, collection }: SimulatedCommand, answered: string): void {
    if (id !== undefined) return;
    this.#ids.set(index, answered);
    if (isLasting(collection)) return;
    const known = this.#idsOfStory.get(story);
    if (known === undefined) this.#idsOfStory.set(story, [index]);
    else known.push(index);
  }

  #forget(story: number): void {
    for (const index of this.#idsOfStory.get(story) ?? []) this.#ids.delete(index);
    this.#idsOfStory.delete(story);
  }

  #resolve(id: string | Reference): string {
    if (typeof id === 'string') return id;
    const answered = this.#ids.get(id.ref);
    if (answered === undefined) throw new Error(`command ${id.ref} has created nothing that could be referred to`);
    return id.as?.(answered) ?? answered;
  }
}

function unexpected({ index, collection, action, expect }: SimulatedCommand, refusal?: SinkRefusal): Failure {
  const what = `command ${index} (${collection}/${action})`;
  if (refusal === undefined)
    return new Failure('SIMULATION_UNEXPECTED', `${what} was taken, but meant to be ${expect}`);
  return new Failure('SIMULATION_UNEXPECTED', `${what} was refused: ${refusal.code}, ${refusal.detail}`);
}
