import { HEAD_DECIDES, HEAD_ONLY, isOfAuthority, mayTouch, type Principal, type Role, type Scope } from '#access';
import type { AppendResult, EventLog } from '#event-log';
import { CommandIdReused, WrongExpectedVersion } from '#event-log';
import {
  derivedId,
  idOf,
  isRefusal,
  localDateOf,
  newCommandId,
  objectId,
  parseInstant,
  startOfDay,
  type Clock,
  type DecisionContext,
  type NewEvent,
  type PersonReference,
  type RecordedEvent,
} from '#kernel';
import type { Law } from '#law';
import type { PersonalData, PersonVault } from '#privacy';
import { readOthers } from './command-input.ts';
import type { AnyCommandRow, AnyContextTable, PersonalFields } from './context.ts';
import { ProblemError, problemOfRefusal } from './problem.ts';
import { fieldsOf } from './validation/compile.ts';

/** A validated command on its way to its rule, with everything about the request that the rule does not decide. */
export interface GivenCommand {
  readonly principal: Principal;
  /** Id in the route; undefined for a creating command. */
  readonly id: string | undefined;
  /** `Idempotency-Key`; scoped to the access key. */
  readonly idempotencyKey: string | undefined;
  /** `If-Match`: the only version the caller wants to change. */
  readonly ifMatch: number | undefined;
}

export interface CommandAnswer {
  readonly id: string;
  readonly version: number;
  readonly position: number;
  /** The command was already true of the object: nothing was written. */
  readonly unchanged?: true;
  /** Shown once, by commands that issue a secret. */
  readonly secret?: string;
  /** What a row of imported history was flagged with. */
  readonly flags?: readonly string[];
}

/**
 * Keeps people in the vault and appends the events that speak of them: no event is on disk before its people are, and
 * nobody stays in the vault of whom no event speaks, as the append was refused or had been made before.
 */
export type RecordWithPeople = (
  people: ReadonlyMap<string, PersonalData>,
  ...append: Parameters<EventLog['append']>
) => Promise<AppendResult>;

/** What the service needs of the engines to take a command. */
export interface CommandPorts {
  readonly log: EventLog;
  readonly vault: PersonVault;
  /** Records in one go where the engines can; one after the other unless given. */
  readonly record?: RecordWithPeople;
  readonly clock: Clock;
  /** Rules and calendar as they stand. */
  readonly law: () => Law;
  /** Keyed hash under which a secret is stored. */
  readonly hashSecret: (secret: string) => string;
  readonly newSecret: () => string;
  /** Where a failure goes that must not change the answer. */
  readonly report: (error: unknown, what: string) => void;
}

/**
 * How often a command is decided anew when another one came between its read and its write, of its object (without `If-Match`) or
 * of another that its rule looked at.
 */
const ATTEMPTS = 10;

function authoriseCommand({ role }: Principal, roles: readonly Role[]): void {
  if (role === 'administrator' || roles.includes(role)) return;
  // To one of the authority it is said whose decision it is, in the words of the rules.
  if (roles === HEAD_ONLY && isOfAuthority(role)) throw new ProblemError(403, 'HEAD_REQUIRED', HEAD_DECIDES);
  throw new ProblemError(403, 'ROLE_NOT_ALLOWED', `a key of role ${role} may not give this command`);
}

/** The write half of the one path: authorise, recognise, load, decide, keep personal data, append, answer. */
export class CommandService {
  private readonly record: RecordWithPeople;

  constructor(private readonly ports: CommandPorts) {
    this.record = ports.record ?? recordInTurn(ports);
  }

  async give(table: AnyContextTable, row: AnyCommandRow, command: object, given: GivenCommand): Promise<CommandAnswer> {
    const { principal } = given;
    authoriseCommand(principal, row.roles);
    const digests = this.digests(table, row, command, given.id);
    const commandId =
      given.idempotencyKey === undefined
        ? newCommandId(this.ports.clock.now())
        : derivedId('idempotency-key', principal.keyId, given.idempotencyKey);
    const isRepeatable = given.idempotencyKey !== undefined;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(table, row, command, given, commandId, digests);
      } catch (error) {
        if (error instanceof CommandIdReused) throw idempotencyKeyReused();
        // A command that was taken before no longer fits the state that it left behind: it answers what it answered then.
        const earlier = isRepeatable ? await this.recognised(commandId, digests.command) : undefined;
        if (earlier !== undefined) return this.answerAgain(row, commandId, earlier);
        if (!(error instanceof WrongExpectedVersion)) throw error;
        const isOwn = given.id === undefined || error.stream === `${table.category}-${given.id}`;
        if (given.ifMatch !== undefined && isOwn) throw staleVersion(given.ifMatch, error.actual);
        if (attempt === ATTEMPTS) {
          throw new ProblemError(
            409,
            'CONCURRENT_CHANGE',
            'the object kept changing while the command was decided',
            [],
            1,
          );
        }
      }
    }
  }

  private async recognised(commandId: string, digest: string): Promise<AppendResult | undefined> {
    try {
      return await this.ports.log.outcomeOf(commandId, digest);
    } catch (error) {
      if (error instanceof CommandIdReused) throw idempotencyKeyReused();
      throw error;
    }
  }

  /** What a command was answered when it came first, but for a secret, which is shown once. */
  private async answerAgain(row: AnyCommandRow, commandId: string, outcome: AppendResult): Promise<CommandAnswer> {
    const history = row.creates === true ? await this.ports.log.readStream(outcome.stream) : [];
    const own = outcome.unchanged === true ? history : history.filter((event) => event.commandId === commandId);
    const flags = importFlags(own);
    return { ...answerOf(outcome), ...(flags.length === 0 ? {} : { flags }) };
  }

  private async attempt(
    table: AnyContextTable,
    row: AnyCommandRow,
    command: object,
    given: GivenCommand,
    commandId: string,
    digests: Digests,
  ): Promise<CommandAnswer> {
    const { log, vault, clock } = this.ports;
    const now = clock.now();
    const id = given.id ?? row.id?.(command) ?? objectId(now, commandId);
    const stream = `${table.category}-${id}`;
    const isFresh = given.id === undefined && row.id === undefined;
    const history = isFresh ? [] : await log.readStream(stream);
    const version = history.length;
    if (row.creates !== true && version === 0) {
      throw new ProblemError(404, 'NOT_FOUND', `there is no ${table.title} with this id`);
    }
    let state: unknown = table.initial;
    for (const event of history) state = table.evolve(state, event);

    const { reads, restsOn } = await readOthers(log, row, command, state);
    const scope = scopeFor(table, row, command, state, version, reads);
    const subject = row.alsoOf?.(command, state, reads) ?? null;
    if (subject === null || !mayTouch(given.principal, { ...scope, subject })) authoriseScope(given.principal, scope);
    if (given.ifMatch !== undefined && given.ifMatch !== version) throw staleVersion(given.ifMatch, version);

    const people = peopleOf(row, command, now, vault);
    const secret = row.issuesSecret === true ? this.ports.newSecret() : undefined;
    const occurredAt = occurrence(command, now);
    const context: DecisionContext<unknown> = {
      now,
      occurredAt,
      get today() {
        return localDateOf(occurredAt);
      },
      actor: { id: given.principal.keyId, role: given.principal.role },
      bounds: given.principal.scope,
      id,
      version,
      payloadDigest: digests.payload,
      persons: people.references,
      reads,
      ...(secret === undefined ? {} : { secretHash: this.ports.hashSecret(secret) }),
    };
    const decision = row.decide(people.command, state, context, this.ports.law());
    const metadata = {
      commandId,
      payloadDigest: digests.command,
      actor: context.actor,
      occurredAt,
      authority: row.authority?.(command, reads) ?? authorityOf(command, history),
      region: scope.region ?? given.principal.scope.region,
      correlationId: row.correlation?.(command, state, id, reads) ?? table.correlationOf?.(state) ?? null,
      restsOn,
    };
    if (isRefusal(decision)) {
      const { records } = decision;
      if (records === undefined) throw problemOfRefusal(decision);
      // Under an id of its own: what was refused may be asked again under its key, and is decided anew.
      const apart = { ...metadata, commandId: derivedId('refused', commandId) };
      const { position } = await this.record(people.data, stream, version, records, apart);
      throw problemOfRefusal({ ...decision, position });
    }
    if (decision.length === 0) {
      const position = history.at(-1)?.position ?? 0;
      if (given.idempotencyKey !== undefined) {
        // Once answered, the key stands for this command: given later, when it would change something, it must not.
        const outcome =
          (await this.recognised(commandId, digests.command)) ??
          (await log.remember(commandId, digests.command, { stream, version, position }));
        return this.answerAgain(row, commandId, outcome);
      }
      // An import that is run again reports the same contradictions as the run that was cut off.
      const flags = row.creates === true ? importFlags(history) : [];
      return { id, version, position, unchanged: true, ...(flags.length === 0 ? {} : { flags }) };
    }

    const result = await this.record(people.data, stream, version, decision as readonly NewEvent[], metadata);
    if (!result.appended) return this.answerAgain(row, commandId, result);
    await table.settled?.(result.position);
    const flags = importFlags(decision);
    return {
      ...answerOf(result),
      ...(secret === undefined ? {} : { secret }),
      ...(flags.length === 0 ? {} : { flags }),
    };
  }

  /** Keyed digests of what was asked: of the whole command, and of the payload by which its object recognises it. */
  private digests(table: AnyContextTable, row: AnyCommandRow, command: object, id: string | undefined): Digests {
    const fields = canonicalFields(row);
    const asked = `${table.category} ${row.action} ${id ?? ''} `;
    const whole = this.ports.vault.digest(asked + canonical(command, fields.all));
    if (fields.left.every((field) => (command as Record<string, unknown>)[field] === undefined)) {
      return { command: whole, payload: whole };
    }
    return { command: whole, payload: this.ports.vault.digest(asked + canonical(command, fields.payload)) };
  }
}

interface CanonicalFields {
  readonly all: string[];
  readonly payload: string[];
  /** Fields that do not belong to the payload. */
  readonly left: readonly string[];
}

const canonicalFieldsOf = new WeakMap<AnyCommandRow, CanonicalFields>();

function canonical(command: object, sortedFields: readonly string[]): string {
  let text = '';
  for (const field of sortedFields) {
    const value = (command as Record<string, unknown>)[field];
    if (value !== undefined) text += `${text === '' ? '{' : ','}"${field}":${JSON.stringify(value)}`;
  }
  return text === '' ? '{}' : `${text}}`;
}

/** A flat command written with its fields in sorted order is canonical JSON (RFC 8785); the order is found once a row. */
function canonicalFields(row: AnyCommandRow): CanonicalFields {
  let fields = canonicalFieldsOf.get(row);
  if (fields === undefined) {
    const all = fieldsOf(row.command)
      .filter((field) => row.madeUp?.includes(field) !== true)
      .sort();
    const left = row.digestWithout ?? [];
    fields = { all, payload: all.filter((field) => !left.includes(field)), left };
    canonicalFieldsOf.set(row, fields);
  }
  return fields;
}

function recordInTurn({ log, vault, report }: CommandPorts): RecordWithPeople {
  return async (people, ...append) => {
    if (people.size > 0) await vault.keep(people);
    let result: AppendResult | undefined;
    try {
      return (result = await log.append(...append));
    } finally {
      if (result?.appended !== true) {
        for (const personId of people.keys())
          await vault.forget(personId).catch((error: unknown) => report(error, 'person not forgotten'));
      }
    }
  };
}

/** Authority (机关) a step is taken in the name of: the one the command names, else the one that has the object in hand. */
export function authorityOf(command: object, history: readonly RecordedEvent[]): string | null {
  const { authority } = command as { readonly authority?: unknown };
  if (typeof authority === 'string') return authority;
  return history.findLast((event) => event.authority !== null)?.authority ?? null;
}

interface Digests {
  readonly command: string;
  readonly payload: string;
}

function answerOf(result: AppendResult): CommandAnswer {
  const { stream, version, position, unchanged } = result;
  return { id: idOf(stream), version, position, ...(unchanged === true && { unchanged }) };
}

function scopeFor(
  table: AnyContextTable,
  row: AnyCommandRow,
  command: object,
  state: unknown,
  version: number,
  reads: Record<string, unknown>,
): Scope {
  if (version > 0) {
    const scope = table.scopeOf(state);
    const invited = row.invites?.(state) ?? [];
    return invited.length === 0 ? scope : { ...scope, alsoIn: [...(scope.alsoIn ?? []), ...invited] };
  }
  return row.scope?.(command, reads) ?? { region: null, subject: null };
}

/** Throws when the key is bound to another region or subject than the object's. */
export function authoriseScope(principal: Principal, scope: Scope): void {
  if (mayTouch(principal, scope)) return;
  const bound = principal.scope.subject === null || principal.scope.subject === scope.subject ? 'REGION' : 'SUBJECT';
  throw new ProblemError(403, `OUT_OF_${bound}`, `the key is bound to another ${bound.toLowerCase()}`);
}

/** Years before anything that this service follows step by step: a date this early is a slip of the pen. */
const EARLIEST_OCCURRENCE = startOfDay('2000-01-01');

/** When a command happened by its own word; refused in the future, and too long ago unless it brings imported history. */
function occurrence(command: object, now: number): number {
  const { occurredAt, importBatch } = command as { readonly occurredAt?: string; readonly importBatch?: string };
  if (occurredAt === undefined) return now;
  const instant = parseInstant(occurredAt);
  if (instant === undefined) throw new RangeError('occurredAt passed validation and is no instant');
  if (instant > now)
    throw new ProblemError(422, 'OCCURRED_IN_FUTURE', 'occurredAt lies in the future', [
      { field: 'occurredAt', code: 'OCCURRED_IN_FUTURE', reason: 'later than the moment of recording' },
    ]);
  if (instant < EARLIEST_OCCURRENCE && importBatch === undefined)
    throw new ProblemError(422, 'OCCURRED_TOO_EARLY', 'occurredAt lies before the year 2000', [
      { field: 'occurredAt', code: 'OCCURRED_TOO_EARLY', reason: 'earlier than 2000-01-01 in Shanghai' },
    ]);
  return instant;
}

interface People {
  /** The command without its personal fields. */
  readonly command: object;
  readonly data: ReadonlyMap<string, PersonalData>;
  readonly references: Readonly<Record<string, PersonReference>>;
}

const NO_PEOPLE = { data: new Map<string, PersonalData>(), references: {} } as const;

/**
 * The people a command speaks of, each under an id that no other attempt has: the attempts of one command, at the same
 * moment even, forget their own people when another one was appended, and must not forget those of that one.
 */
function peopleOf(row: AnyCommandRow, command: object, now: number, vault: PersonVault): People {
  if (row.personal === undefined) return { command, ...NO_PEOPLE };
  const attempt = newCommandId(now);
  const fields = command as Record<string, string | undefined>;
  const redacted = Object.assign(Object.create(Object.getPrototypeOf(command) as object) as object, command) as Record<
    string,
    unknown
  >;
  const data = new Map<string, PersonalData>();
  const references: Record<string, PersonReference> = {};
  for (const [role, personal] of Object.entries(row.personal) as [string, PersonalFields<Record<string, string>>][]) {
    const name = personal.name === undefined ? undefined : fields[personal.name];
    const phone = personal.phone === undefined ? undefined : fields[personal.phone];
    const address = personal.address === undefined ? undefined : fields[personal.address];
    const text: Record<string, string> = {};
    for (const field of personal.text ?? []) {
      const value = fields[field];
      if (value !== undefined) text[field] = value;
      redacted[field] = undefined;
    }
    for (const field of [personal.name, personal.phone, personal.address])
      if (field !== undefined) redacted[field] = undefined;
    const hasText = Object.keys(text).length > 0;
    if (name === undefined && phone === undefined && address === undefined && !hasText) continue;
    const personId = objectId(now, `${attempt} ${role}`);
    data.set(personId, {
      ...(name === undefined ? {} : { name }),
      ...(phone === undefined ? {} : { phone }),
      ...(address === undefined ? {} : { address }),
      ...(hasText ? { text } : {}),
    });
    const phoneToken = phone === undefined ? undefined : vault.token('phone', phone);
    const nameToken = name === undefined ? undefined : vault.token('name', name);
    const tokens = {
      ...(phoneToken !== undefined && { phone: phoneToken }),
      ...(nameToken !== undefined && { name: nameToken }),
    };
    const told = personal.likeness === undefined ? undefined : fields[personal.likeness];
    const textTokens = told === undefined ? undefined : vault.likenessTokens(told);
    references[role] = { personId, tokens, ...(textTokens !== undefined && { textTokens }) };
  }
  return { command: redacted, data, references };
}

function importFlags(events: readonly (NewEvent | RecordedEvent)[]): readonly string[] {
  const imported = (events[0]?.data as { imported?: { flags?: readonly string[] } | null } | undefined)?.imported;
  return imported?.flags ?? [];
}

function idempotencyKeyReused(): ProblemError {
  return new ProblemError(409, 'IDEMPOTENCY_KEY_REUSED', 'this Idempotency-Key was used before with another payload');
}

function staleVersion(wanted: number, actual: number): ProblemError {
  return new ProblemError(412, 'STALE_VERSION', `the object is at version ${actual}, not ${wanted}`);
}
