import { hash } from 'node:crypto';
import type { CommandMetadata, ExpectedVersion } from '#event-log';
import type { DecisionContext, Instant, LocalDate, NewEvent, PersonReference, RecordedEvent } from '#kernel';
import { derivedId, epochDayOf, Failure, isRefusal, localDateFromEpochDay } from '#kernel';
import { shippedLaw } from '#law';
import { authorityOf, type PersonalFields } from '#service';
import { markOf, simulateCity, type SimulationOptions } from './simulate.ts';
import { actorOf } from './play.ts';
import { resolved, type Reference, type SimulatedCommand } from './step.ts';
import { commandPlaces, isLasting, simulatedTables, type CommandPlace } from './tables.ts';

/** One append as an event log takes it: `log.append(stream, expected, events, metadata)`. */
export interface SimulatedAppend {
  readonly stream: string;
  readonly expected: ExpectedVersion;
  readonly events: readonly NewEvent[];
  readonly metadata: CommandMetadata;
}

/** `disputes`, or else `events`: as many appends as are needed to reach that number of events, and not one more. */
export type SimulatedEventsOptions = Omit<SimulationOptions, 'disputes'> &
  ({ readonly disputes: number } | { readonly events: number });

/** Somewhat fewer than follow from a dispute on average, so that a city for a number of events is never too small. */
const EVENTS_PER_DISPUTE = 10;

/**
 * The events of the city without any service: the same commands through the same pure rules, folded in memory. No vault, no
 * validation, no disk; ids, tokens and digests are made up, and everything else is as the service would write it.
 */
export function* simulatedEvents(options: SimulatedEventsOptions): Generator<SimulatedAppend, void, undefined> {
  if ('disputes' in options) {
    yield* appendsOf(options);
    return;
  }
  const disputes = Math.ceil(options.events / EVENTS_PER_DISPUTE);
  let left = options.events;
  if (left <= 0) return;
  for (const append of appendsOf({ ...options, disputes })) {
    yield append;
    left -= append.events.length;
    if (left <= 0) return;
  }
  throw new Failure('SIMULATION_TOO_SMALL', `the city ended ${left} events short of ${options.events}`);
}

function* appendsOf(options: SimulationOptions): Generator<SimulatedAppend, void, undefined> {
  const mind = new Mind(markOf(options));
  for (const command of simulateCity(options)) {
    const append = mind.take(command);
    if (append !== undefined) yield append;
  }
}

interface Stream {
  readonly id: string;
  readonly place: CommandPlace['table'];
  readonly history: RecordedEvent[];
  state: unknown;
}

/** Everything that is open, folded. What a story leaves behind is forgotten when it ends; the registry stays. */
class Mind {
  readonly #placeOf = commandPlaces(simulatedTables);
  readonly #streams = new Map<string, Stream>();
  readonly #streamsOfStory = new Map<number, string[]>();
  /** Streams by the command that created them. */
  readonly #created = new Map<number, string>();
  readonly #createdInStory = new Map<number, number[]>();
  #position = 0;
  #today = { day: Number.NaN, date: '' };

  constructor(private readonly mark: string) {}

  take(given: SimulatedCommand): SimulatedAppend | undefined {
    const place = this.#placeOf(given);
    const { table, row } = place;
    const command = resolved(given.body, (reference) => this.#resolve(reference));
    const occurredAt = momentOf(given);
    const id = given.id === undefined ? (row.id?.(command) ?? madeUpId(given)) : this.#resolve(given.id);
    const name = `${table.category}-${id}`;
    const stream = this.#streams.get(name) ?? { id: name, place: table, history: [], state: table.initial };
    const reads = this.#reads(row, command, stream.state);
    const scope = stream.history.length > 0 ? table.scopeOf(stream.state) : (row.scope?.(command, reads) ?? UNBOUND);
    const chance = hash('sha256', `${this.mark}/${given.index}`, 'hex');
    const commandId = commandIdOf(given.at, chance);
    const payloadDigest = row.digestWithout === undefined ? chance.slice(21) : digestOf(row, command);
    const known = {
      id,
      version: stream.history.length,
      reads,
      commandId,
      payloadDigest,
      today: this.#dayOf(occurredAt),
    };
    const context = contextOf(given, occurredAt, row, command, known);
    const decision = row.decide(withoutPersonal(row, command), stream.state, context, SHIPPED_LAW);
    const isRefused = isRefusal(decision);
    if (given.expect !== 'open' && isRefused !== (given.expect === 'refused')) {
      const what = isRefused ? `was refused: ${decision.code}, ${decision.detail}` : 'was taken';
      throw new Failure(
        'SIMULATION_UNEXPECTED',
        `command ${given.index} (${given.collection}/${given.action}) ${what}`,
      );
    }
    const events = isRefused ? (decision.records ?? []) : decision;
    const append =
      events.length === 0
        ? undefined
        : this.#append(given, stream, events, {
            commandId: isRefused ? derivedId('refused', commandId) : commandId,
            payloadDigest,
            actor: context.actor,
            occurredAt,
            authority: row.authority?.(command, reads) ?? authorityOf(command, stream.history),
            region: scope.region,
            correlationId:
              row.correlation?.(command, stream.state, id, reads) ?? table.correlationOf?.(stream.state) ?? null,
          });
    if (append !== undefined && given.id === undefined) this.#remember(given, id);
    if (given.ends === true) this.#forget(given.story);
    return append;
  }

  #append(
    { story, at, collection }: SimulatedCommand,
    stream: Stream,
    events: readonly NewEvent[],
    metadata: CommandMetadata,
  ): SimulatedAppend {
    const expected = stream.history.length;
    if (expected === 0) {
      this.#streams.set(stream.id, stream);
      if (!isLasting(collection)) added(this.#streamsOfStory, story, stream.id);
    }
    for (const event of events) {
      const recorded: RecordedEvent = {
        id: metadata.commandId,
        stream: stream.id,
        version: stream.history.length + 1,
        position: ++this.#position,
        type: event.type,
        schemaVersion: event.schemaVersion ?? 1,
        occurredAt: event.occurredAt ?? metadata.occurredAt,
        recordedAt: at,
        actor: metadata.actor,
        authority: metadata.authority ?? null,
        region: metadata.region ?? null,
        ruleVersion: event.ruleVersion ?? null,
        correlationId: metadata.correlationId ?? null,
        causationId: null,
        commandId: metadata.commandId,
        data: event.data,
      };
      stream.history.push(recorded);
      stream.state = stream.place.evolve(stream.state, recorded);
    }
    return { stream: stream.id, expected, events, metadata };
  }

  /** Commands come in order of time, so that one day is asked for over and over. */
  #dayOf(at: Instant): LocalDate {
    const day = epochDayOf(at);
    if (day !== this.#today.day) this.#today = { day, date: localDateFromEpochDay(day) };
    return this.#today.date;
  }

  #reads(row: CommandPlace['row'], command: object, state: unknown): Record<string, unknown> {
    const reads: Record<string, unknown> = {};
    if (row.reads === undefined) return reads;
    for (const name in row.reads) {
      const read = row.reads[name]!;
      const stream = read.stream(command, state);
      const history = stream === null ? undefined : this.#streams.get(stream)?.history;
      reads[name] = history?.reduce<unknown>((folded, event) => read.evolve(folded, event), read.initial);
    }
    return reads;
  }

  #remember({ index, story, collection }: SimulatedCommand, id: string): void {
    this.#created.set(index, id);
    if (!isLasting(collection)) added(this.#createdInStory, story, index);
  }

  #forget(story: number): void {
    for (const stream of this.#streamsOfStory.get(story) ?? []) this.#streams.delete(stream);
    for (const index of this.#createdInStory.get(story) ?? []) this.#created.delete(index);
    this.#streamsOfStory.delete(story);
    this.#createdInStory.delete(story);
  }

  #resolve(id: string | Reference): string {
    if (typeof id === 'string') return id;
    const created = this.#created.get(id.ref);
    if (created === undefined) throw new Error(`command ${id.ref} has created nothing that could be referred to`);
    return id.as?.(created) ?? created;
  }
}

/** The law as it ships: a simulated city knows of no notice of its own. */
const SHIPPED_LAW = shippedLaw();

const UNBOUND = { region: null, subject: null } as const;

/** When a command happened by its own word. */
function momentOf({ at, body }: SimulatedCommand): Instant {
  const { occurredAt } = body;
  return typeof occurredAt === 'string' ? Date.parse(occurredAt) : at;
}

function contextOf(
  given: SimulatedCommand,
  occurredAt: Instant,
  row: CommandPlace['row'],
  command: Record<string, unknown>,
  known: Pick<DecisionContext<unknown>, 'id' | 'version' | 'reads' | 'payloadDigest' | 'today'> & { commandId: string },
): DecisionContext<unknown> {
  const { at, role, person, subject } = given;
  const { commandId, ...rest } = known;
  return {
    ...rest,
    now: at,
    occurredAt,
    actor: { id: actorOf(role, person), role },
    bounds: { region: null, subject: subject ?? null },
    persons: personsOf(row, command, commandId),
  };
}

/** As the vault's digests are: equal for equal payloads, and as long. */
function digestOf({ action, digestWithout = [] }: CommandPlace['row'], command: Record<string, unknown>): string {
  const payload = { ...command };
  for (const field of digestWithout) delete payload[field];
  return hash('sha256', `${action} ${JSON.stringify(payload)}`, 'base64url');
}

function personsOf(
  { personal }: CommandPlace['row'],
  command: Record<string, unknown>,
  commandId: string,
): Record<string, PersonReference> {
  const persons: Record<string, PersonReference> = {};
  let number = 0;
  for (const person in personal) {
    const fields = personal[person] as PersonalFields<Record<string, unknown>>;
    const named = [fields.name, fields.phone, fields.address, ...(fields.text ?? [])];
    if (!named.some((field) => field !== undefined && command[field] !== undefined)) continue;
    const phone = fields.phone === undefined ? undefined : command[fields.phone];
    const name = fields.name === undefined ? undefined : command[fields.name];
    persons[person] = {
      personId: ulidOf(commandId, ++number),
      tokens: {
        ...(phone === undefined ? {} : { phone: tokenOf(phone) }),
        ...(name === undefined ? {} : { name: tokenOf(name) }),
      },
      ...(fields.likeness === undefined || command[fields.likeness] === undefined
        ? {}
        : { textTokens: tokenOf(command[fields.likeness]) }),
    };
  }
  return persons;
}

function withoutPersonal({ personal }: CommandPlace['row'], command: Record<string, unknown>): object {
  if (personal === undefined) return command;
  const redacted = { ...command };
  for (const person in personal) {
    const { name, phone, address, text = [] } = personal[person] as PersonalFields<Record<string, unknown>>;
    for (const field of [name, phone, address, ...text]) if (field !== undefined) redacted[field] = undefined;
  }
  return redacted;
}

function tokenOf(value: unknown): string {
  return hash('sha256', String(value), 'base64url').slice(0, 22);
}

/** A UUID (version 8) that sorts by time, as the service's own do, and for the rest is made of hexadecimal chance. */
function commandIdOf(at: Instant, chance: string): string {
  const time = at.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-8${chance.slice(0, 3)}-8${chance.slice(3, 6)}-${chance.slice(6, 18)}`;
}

/** An id of 26 characters that sorts by time: ten of time, ten of the command's number. */
function madeUpId({ at, index }: SimulatedCommand): string {
  return crockford(at, 10) + crockford(index, 16);
}

function ulidOf(commandId: string, number: number): string {
  const time = Number.parseInt(commandId.slice(0, 8) + commandId.slice(9, 13), 16);
  return crockford(time, 10) + crockford(Number.parseInt(commandId.slice(24), 16), 12) + crockford(number, 4);
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function crockford(value: number, width: number): string {
  let text = '';
  for (let rest = value, i = 0; i < width; i++, rest = Math.floor(rest / 32)) text = CROCKFORD[rest % 32]! + text;
  return text;
}

function added<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
