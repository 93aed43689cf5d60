import type { Decide, EventSchemas, NewEvent, RecordedEvent } from '#kernel';
import type { Projection } from '#read-models';

/** Who may act and read; each key is bounded by region and subject (design.md section 10). */
export type Role =
  | 'hotline'
  | 'officer'
  | 'mediator'
  | 'merchant'
  | 'court'
  | 'enforcement'
  | 'programme-office'
  | 'auditor'
  | 'administrator'
  | 'public';

/** A class whose class-validator decorators are the validation, the OpenAPI schema and the decider's input. */
export type CommandClass<Command extends object = object> = new () => Command;

/** What of an object decides whether a key may touch it: the region and the subject (USCC) it belongs to. */
export interface Scope {
  readonly region: string | null;
  readonly subject: string | null;
}

/** One row of a context's table. Routes, OpenAPI, validation, authorisation and the handler come from it. */
export interface CommandRow<State = never, Command extends object = never> {
  /** `POST /v1/{collection}` when `creates`, else `POST /v1/{collection}/{id}/{action}`. */
  readonly action: string;
  readonly command: CommandClass<Command>;
  readonly decide: Decide<Command, State, NewEvent, never>;
  readonly roles: readonly Role[];
  readonly creates?: boolean;
  /** Id of a new object where the command names it (USCC, channel ticket); without it a fresh id. */
  readonly id?: (command: Command) => string;
  /** Fields that hold personal data, by person: taken out of the command and into the vault before the decision. */
  readonly personal?: Readonly<Record<string, PersonalFields>>;
  /** Other streams the rule needs to know, folded. */
  readonly reads?: Readonly<Record<string, ReadRow<Command, State>>>;
  /** Dispute the command belongs to. Without it the state's own. */
  readonly correlation?: (command: Command, state: State, id: string) => string | null;
  /** Scope of a new object, from the command. */
  readonly scope?: (command: Command) => Scope;
  /** One line for the OpenAPI document. */
  readonly summary: string;
}

export interface PersonalFields {
  readonly name?: string;
  readonly phone?: string;
  readonly address?: string;
  /** Free text, which may name anybody. */
  readonly text?: readonly string[];
}

export interface ReadRow<Command, State> {
  /** Stream to fold; null = nothing to read this time. */
  stream(command: Command, state: State): string | null;
  initial: unknown;
  evolve(state: never, event: RecordedEvent): unknown;
}

/** One bounded context, whole. */
export interface ContextTable<State = never> {
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
  readonly commands: readonly CommandRow<State, never>[];
  readonly views: readonly ViewRow[];
}

/** A read model and the routes that answer from it. */
export interface ViewRow {
  readonly projection: Projection;
  /** `GET /v1/{path}` and `GET /v1/{path}/{key}`; the context's collection unless said. */
  readonly path?: string;
  /** Query parameters that filter: parameter → field of a declared index. */
  readonly filters: Readonly<Record<string, string>>;
  readonly sort?: { readonly field: string; readonly order?: 'asc' | 'desc' };
  readonly roles: readonly Role[];
  readonly summary: string;
}
