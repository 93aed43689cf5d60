import type { Role, Scope } from '#access';
import type { Decide, EventSchemas, Instant, NewEvent, RecordedEvent } from '#kernel';
import type { ClockChange, Clocks, Law } from '#law';
import type { Projection, Scalar } from '#read-models';

/** A class whose class-validator decorators are the validation, the OpenAPI schema and the decider's input. */
export type CommandClass<Command extends object> = new () => Command;

/** One row of a context's table. Routes, OpenAPI, validation, authorisation and the handler come from it. */
export interface CommandRow<Command extends object, State, Reads = Record<string, never>> {
  /** `POST /v1/{collection}` when `creates`, else `POST /v1/{collection}/{id}/{action}`. Kebab-case. */
  readonly action: string;
  readonly command: CommandClass<Command>;
  readonly decide: Decide<Command, State, NewEvent, Reads, Law>;
  /** Roles that may give it; administrators always may. */
  readonly roles: readonly Role[];
  /** One line for the OpenAPI document. */
  readonly summary: string;
  readonly creates?: boolean;
  /** Creates at `POST /v1/{collection}/{action}`, where another command of the table creates at the collection itself. */
  readonly createsByAction?: boolean;
  /** Id of a new object where the command names it (USCC, channel ticket); without it, or where it is undefined, a fresh ULID. */
  readonly id?: (command: Command) => string | undefined;
  /** Scope of a new object, from the command and what was read. Required with `creates`; otherwise the state's scope holds. */
  readonly scope?: (command: Command, reads: Reads) => Scope;
  /** A subject besides the object's own whose key may give it, within the object's region; the rule decides what it may do. */
  readonly alsoOf?: (command: Command, state: State, reads: Reads) => string | null;
  /** Regions whose keys may give it although the object is not theirs: of whoever something of it was offered to. */
  readonly invites?: (state: State) => readonly string[];
  /** Fields that hold personal data, by person: moved into the vault before the decision, which sees only references. */
  readonly personal?: Readonly<Record<string, PersonalFields<Command>>>;
  /** Fields that do not belong to the payload by which a repeated command is recognised. */
  readonly digestWithout?: readonly (keyof Command & string)[];
  /** Fields that the service makes up itself, each time anew: no part of what was asked, so that it can be asked again. */
  readonly madeUp?: readonly (keyof Command & string)[];
  /** Other streams the rule needs to know, folded, by name. */
  readonly reads?: { readonly [Name in keyof Reads]: StreamRead<Command, State, Reads[Name]> };
  /** Dispute the command belongs to; without it the state's own. */
  readonly correlation?: (command: Command, state: State, id: string, reads: Reads) => string | null;
  /** Authority (机关) in whose name a new object is begun, where what was read names it and the command does not. */
  readonly authority?: (command: Command, reads: Reads) => string | null;
  /** The command hands out a new secret: its hash reaches the rule as `context.secretHash`, the answer shows it once. */
  readonly issuesSecret?: boolean;
}

/** Names of the command's fields that say who a person is. */
export interface PersonalFields<Command> {
  readonly name?: keyof Command & string;
  readonly phone?: keyof Command & string;
  readonly address?: keyof Command & string;
  /** Free text, which may name anybody. */
  readonly text?: readonly (keyof Command & string)[];
  /** One of the texts, whose keyed tokens the rule is to get: by them it is found like others. */
  readonly likeness?: keyof Command & string;
}

export interface StreamRead<Command, State, Read> {
  /** Stream to fold; null = nothing to read this time. */
  stream(command: Command, state: State): string | null;
  initial: Exclude<Read, undefined>;
  evolve(read: Exclude<Read, undefined>, event: RecordedEvent): Exclude<Read, undefined>;
}

/** A read model and the routes that answer from it: `GET /v1/{collection}` (keyset pages) and `GET /v1/{collection}/{key}`. */
export interface ViewRow<Doc extends object> {
  readonly projection: Projection<Doc>;
  /** Query parameters that filter: parameter → field of a declared index. */
  readonly filters: Readonly<Record<string, keyof Doc & string>>;
  /** Query parameters that say more than that a field has a value. */
  readonly narrowings?: Readonly<Record<string, Narrowing<Doc>>>;
  /** Keys of documents of the same read model that a document is answered together with; those may name others in turn. */
  readonly toldWith?: (doc: Doc) => readonly string[];
  /** The document as it is answered: with what only the moment of the question tells, and others by key ({@link toldWith}). */
  readonly answer?: (doc: Doc, moment: AnswerMoment, others: ReadonlyMap<string, Doc>) => object;
  readonly sort?: { readonly field: keyof Doc & string; readonly order?: 'asc' | 'desc' };
  readonly roles: readonly Role[];
  readonly summary: string;
  /** Whose document it is; readers bound to a region or subject see only theirs. */
  readonly scopeOf: (doc: Doc) => Scope;
  /**
   * Roles that may see a document, where not all that may see the view may; administrators always may. To others it is not
   * there.
   */
  readonly readersOf?: (doc: Doc) => readonly Role[] | undefined;
  /** What it shows must not reach others (举报人信息, S1 Art. 37): whoever is refused it is written down. */
  readonly isGuarded?: boolean;
  /** The same of single documents, which are not there for others. */
  readonly isGuardedDocument?: (doc: Doc) => boolean;
  /** Its documents are everybody's, whatever a key is bound to. */
  readonly isEverybodys?: boolean;
  /** Streams whose events tell the document's whole story; without it the object's own stream. */
  readonly streamsOf?: (doc: Doc, key: string, others: ReadonlyMap<string, Doc>) => readonly string[];
  /**
   * Fields holding vault references, and the fields they are shown as to roles that may see them. `returns.note` is the
   * field of what `returns` holds, an entry or every entry of a list, shown in its place.
   */
  readonly personal?: Readonly<Record<string, (keyof Doc & string) | `${keyof Doc & string}.${string}`>>;
}

/** What a query parameter leaves of a list. */
export interface Narrowing<Doc extends object> {
  /** What it takes, for the OpenAPI page. */
  readonly description: string;
  readonly values?: readonly string[];
  /** Undefined for a value that it does not take. */
  of(value: string, now: Instant, lawOf: AnswerMoment['lawOf']): Narrowed<Doc> | undefined;
}

export interface Narrowed<Doc extends object> {
  /** Values of fields of a declared index. */
  readonly where?: Readonly<Record<string, Scalar>>;
  /** Bounds of the field by which the list is sorted: `from` included, `to` excluded. */
  readonly range?: { readonly from?: Scalar; readonly to?: Scalar };
  /** Looked at document by document. */
  readonly isShown?: (doc: Doc) => boolean;
}

/** When a document is answered, and by which law. */
export interface AnswerMoment {
  readonly now: Instant;
  /** Rules as configured, and the calendar of a version that an event names; the present one for null. */
  readonly lawOf: (calendarVersion: string | null) => Law;
  /** One document is asked for, not a list: there is room for what explains it. */
  readonly isWhole: boolean;
}

/** One aggregate of a bounded context, whole: everything the service plumbing needs to know of it. */
export interface ContextTable<State = unknown> {
  /** Plural, kebab-case: the collection in the route. */
  readonly collection: string;
  /** Stream category: `workOrder`. */
  readonly category: string;
  readonly title: string;
  readonly schemas: EventSchemas;
  readonly initial: State;
  readonly evolve: (state: State, event: RecordedEvent) => State;
  readonly scopeOf: (state: State) => Scope;
  readonly correlationOf?: (state: State) => string | null;
  readonly commands: readonly AnyCommandRow[];
  /** Commands that no route takes: processes answer events with them. */
  readonly processCommands?: readonly AnyCommandRow[];
  /** Of a context whose objects have clocks (期限). */
  readonly clocks?: {
    changesOf(event: RecordedEvent): readonly ClockChange[];
    of(state: State): Clocks;
  };
  readonly views: readonly AnyViewRow[];
  /** `POST /v1/{collection}/batch` takes the creating command as NDJSON. */
  readonly batch?: boolean;
  /** Settles when what must hold before a command is answered (a revoked key is dead) has seen the position. */
  settled?(position: number): Promise<void>;
}

/** Where a row's command is taken, below its collection. */
export function routeOf({ action, creates, createsByAction }: AnyCommandRow): string {
  if (creates !== true) return `/{id}/${action}`;
  return createsByAction === true ? `/${action}` : '';
}

// The table holds rows of many command types; each row was checked against its own by `commandRow` and `viewRow`.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyCommandRow = CommandRow<any, any, any>;
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyViewRow = ViewRow<any>;
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyContextTable = ContextTable<any>;

export function commandRow<Command extends object, State, Reads = Record<string, never>>(
  row: CommandRow<Command, State, Reads>,
): AnyCommandRow {
  return row;
}

export function viewRow<Doc extends object>(row: ViewRow<Doc>): AnyViewRow {
  return row;
}
