import { hash } from 'node:crypto';
import {
  derivedId,
  eventId,
  idOf,
  isRefusal,
  localDateOf,
  objectId,
  parseInstant,
  type Actor,
  type Decision,
  type DecisionContext,
  type Instant,
  type PersonReference,
  type RecordedEvent,
} from '#kernel';
import type { Law } from '#law';
import { authorityOf, type AnyCommandRow, type AnyContextTable, type PersonalFields } from '#service';
import type { Known } from './drawn-command.ts';

export interface WalkedStream {
  readonly id: string;
  readonly table: AnyContextTable;
  readonly history: RecordedEvent[];
  state: unknown;
}

/** A command on its way to its rule. */
export interface Step {
  readonly table: AnyContextTable;
  readonly row: AnyCommandRow;
  readonly command: object;
  /** Of the object; without it a new one. */
  readonly id?: string;
  readonly actor: Actor;
  /** Of a process: the moment it answers. */
  readonly occurredAt?: Instant;
  readonly bounds?: { readonly region: string | null; readonly subject: string | null };
  /** As if the object stood so, after so many events, and the log went so far: for {@link WalkedWorld.decide}. */
  readonly state?: unknown;
  readonly version?: number;
  readonly knownUpTo?: number;
}

/** What a rule said, of which object. */
export interface Given {
  readonly id: string;
  readonly decision: Decision;
}

/** Everything folded in memory, as the service would have it: no disk, no vault, no HTTP. */
export class WalkedWorld {
  readonly streams = new Map<string, WalkedStream>();
  readonly log: RecordedEvent[] = [];
  now: Instant;
  #commands = 0;

  constructor(
    now: Instant,
    public law: Law,
    /** Sees each event when its stream has taken it, and the state that was before. */
    private readonly onEvent: (event: RecordedEvent, stream: WalkedStream, before: unknown) => void,
  ) {
    this.now = now;
  }

  idsOf(category: string): readonly string[] {
    return [...this.streams.values()].filter(({ table }) => table.category === category).map(({ id }) => idOf(id));
  }

  /** As drawn for an object, or for a new one. */
  known(stream: WalkedStream | undefined): Known {
    return {
      now: this.now,
      idsOf: (category) => this.idsOf(category),
      said: (field) =>
        field === 'clock'
          ? Object.keys(stream?.table.clocks?.of(stream.state) ?? {})
          : (stream?.history ?? [])
              .map(({ data }) => (data as Record<string, unknown>)[field])
              .filter((value) => value !== undefined && value !== null),
    };
  }

  /** What the rule says, and nothing is left in the log. Throws what a rule throws. */
  decide(step: Step): Decision {
    return this.#judged(step, this.#commands + 1).decision;
  }

  /** What the rule says; what it leaves is in the log. Throws what a rule throws. */
  give(step: Step): Given {
    const { table, row, actor } = step;
    const { id, name, command, commandId, stream, reads, occurredAt, scope, decision } = this.#judged(
      step,
      ++this.#commands,
    );
    const events = isRefusal(decision) ? (decision.records ?? []) : decision;
    if (events.length === 0) return { id, decision };
    if (stream.history.length === 0) this.streams.set(name, stream);
    const envelope = {
      stream: name,
      recordedAt: this.now,
      actor,
      authority: row.authority?.(command, reads) ?? authorityOf(command, stream.history),
      region: scope.region,
      correlationId: row.correlation?.(command, stream.state, id, reads) ?? table.correlationOf?.(stream.state) ?? null,
      causationId: null,
      commandId,
    };
    for (const [index, event] of events.entries()) {
      this.#append(stream, {
        ...envelope,
        id: eventId(commandId, index),
        version: stream.history.length + 1,
        position: this.log.length + 1,
        type: event.type,
        schemaVersion: event.schemaVersion ?? 1,
        occurredAt: event.occurredAt ?? occurredAt,
        ruleVersion: event.ruleVersion ?? null,
        // As it comes back from disk.
        data: JSON.parse(JSON.stringify(event.data)) as object,
      });
    }
    return { id, decision };
  }

  #judged(step: Step, number: number) {
    const { table, row, actor } = step;
    const command = frozen(step.command);
    const commandId = derivedId('walk', String(number));
    const id = step.id ?? row.id?.(command) ?? objectId(this.now, commandId);
    const name = `${table.category}-${id}`;
    const stream = this.streams.get(name) ?? { id: name, table, history: [], state: table.initial };
    const state = step.state ?? stream.state;
    const version = step.version ?? stream.history.length;
    const reads = this.#reads(row, command, state, step.knownUpTo ?? this.log.length);
    const scope = version > 0 ? table.scopeOf(state) : (row.scope?.(command, reads) ?? UNBOUND);
    const occurredAt = step.occurredAt ?? occurrence(command, this.now);
    const context: DecisionContext<unknown> = {
      now: this.now,
      occurredAt,
      today: localDateOf(occurredAt),
      actor,
      bounds: step.bounds ?? UNBOUND,
      id,
      version,
      payloadDigest: hash('sha256', `${table.category} ${row.action} ${id} ${JSON.stringify(command)}`, 'base64url'),
      persons: personsOf(row, command, this.now, commandId),
      reads,
    };
    const decision = row.decide(frozen(withoutPersonal(row, command)), frozen(state), context, this.law);
    return { id, name, command, commandId, stream, reads, occurredAt, scope, decision };
  }

  #append(stream: WalkedStream, event: RecordedEvent): void {
    const before = stream.state;
    stream.history.push(frozen(event));
    this.log.push(event);
    stream.state = frozen(stream.table.evolve(before, event));
    this.onEvent(event, stream, before);
  }

  #reads(row: AnyCommandRow, command: object, state: unknown, upTo: number): Record<string, unknown> {
    const reads: Record<string, unknown> = {};
    for (const [name, read] of Object.entries(row.reads ?? {})) {
      const stream = read.stream(command, state);
      const told = stream === null ? [] : (this.streams.get(stream)?.history ?? []);
      const history = told.filter(({ position }) => position <= upTo);
      reads[name] = (history.length === 0 ? undefined : history)?.reduce<unknown>(
        (folded, event) => frozen(read.evolve(folded, event)),
        read.initial,
      );
    }
    return reads;
  }
}

const UNBOUND = { region: null, subject: null } as const;

function occurrence(command: object, now: Instant): Instant {
  const { occurredAt } = command as { readonly occurredAt?: string };
  return occurredAt === undefined ? now : parseInstant(occurredAt)!;
}

function personsOf(
  { personal }: AnyCommandRow,
  command: object,
  now: Instant,
  commandId: string,
): Record<string, PersonReference> {
  const given = command as Record<string, string | undefined>;
  const persons: Record<string, PersonReference> = {};
  for (const [person, fields] of Object.entries(personal ?? {})) {
    const { name, phone, likeness } = fields as PersonalFields<Record<string, string>>;
    if (!fieldsOf(fields).some((field) => given[field] !== undefined)) continue;
    const tokenOf = (field: string | undefined) =>
      field === undefined || given[field] === undefined ? undefined : hash('sha256', given[field], 'hex').slice(0, 22);
    const [phoneToken, nameToken] = [tokenOf(phone), tokenOf(name)];
    const told = likeness === undefined ? undefined : given[likeness];
    const textTokens = told === undefined ? undefined : hash('sha256', told, 'base64url');
    persons[person] = {
      personId: objectId(now, `${commandId} ${person}`),
      tokens: { ...(phoneToken && { phone: phoneToken }), ...(nameToken && { name: nameToken }) },
      ...(textTokens && { textTokens }),
    };
  }
  return persons;
}

function withoutPersonal({ personal }: AnyCommandRow, command: object): object {
  const redacted = Object.assign(Object.create(Object.getPrototypeOf(command) as object) as object, command) as Record<
    string,
    unknown
  >;
  for (const fields of Object.values(personal ?? {})) for (const field of fieldsOf(fields)) redacted[field] = undefined;
  return redacted;
}

function fieldsOf({ name, phone, address, text = [] }: PersonalFields<Record<string, string>>): string[] {
  return [name, phone, address, ...text].filter((field) => field !== undefined);
}

/** A rule that changes what it was given throws. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}
