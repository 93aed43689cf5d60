import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Actor } from '#kernel';
import { Failure } from '#kernel';
import type { EventTypes, KnownType } from '../event-types.ts';

export type TermKind = 'actor' | 'authority' | 'region' | 'ruleVersion' | 'category';

/** A type id stands for one shape: a name and the schema version it was stored with. */
export interface StoredType {
  readonly id: number;
  readonly known: KnownType;
  readonly schemaVersion: number;
}

/**
 * Integers that stand for repeated texts, kept in memory and read on from the tables as those grow. Ids are never
 * reused by a committed row; {@link forget} drops what a rolled-back transaction had added.
 */
export class Dictionary {
  readonly #database: DatabaseSync;
  readonly #eventTypes: EventTypes;
  readonly #newTypes: StatementSync;
  readonly #newTerms: StatementSync;
  #types: StoredType[] = [];
  #typeIds = new Map<string, number[]>();
  #terms: string[] = [];
  #termIds = new Map<string, number>();
  #actors: Actor[] = [];

  constructor(database: DatabaseSync, eventTypes: EventTypes) {
    this.#database = database;
    this.#eventTypes = eventTypes;
    this.#newTypes = database.prepare('SELECT id, name, schema_version FROM types WHERE id >= ? ORDER BY id');
    this.#newTerms = database.prepare('SELECT id, kind, value FROM terms WHERE id >= ? ORDER BY id');
    this.#newTypes.setReturnArrays(true);
    this.#newTerms.setReturnArrays(true);
    this.refresh();
  }

  /** Takes in what was added since. Throws when the log holds a type or schema version this release does not know. */
  refresh(): void {
    for (const [id, name, schemaVersion] of rows<[number, string, number]>(this.#newTypes, this.#types.length))
      this.#addType(id, name, schemaVersion);
    for (const [id, kind, value] of rows<[number, TermKind, string]>(this.#newTerms, this.#terms.length))
      this.#addTerm(id, kind, value);
  }

  forget(): void {
    this.#types = [];
    this.#typeIds = new Map();
    this.#terms = [];
    this.#termIds = new Map();
    this.#actors = [];
    this.refresh();
  }

  type(id: number): StoredType {
    let type = this.#types[id];
    if (type === undefined) {
      this.refresh();
      type = this.#types[id];
    }
    return type ?? missing('types', id);
  }

  /** Ids of all stored shapes of the named types; types that were never stored have none. */
  typeIds(names: readonly string[]): number[] {
    if (names.some((name) => !this.#typeIds.has(name))) this.refresh();
    return names.flatMap((name) => this.#typeIds.get(name) ?? []);
  }

  term(id: number | null): string | null {
    if (id === null) return null;
    let term = this.#terms[id];
    if (term === undefined) {
      this.refresh();
      term = this.#terms[id];
    }
    return term ?? missing('terms', id);
  }

  actor(id: number): Actor {
    let actor = this.#actors[id];
    if (actor === undefined) {
      const [actorId, role] = JSON.parse(this.term(id)!) as [string, string];
      actor = this.#actors[id] = Object.freeze({ id: actorId, role });
    }
    return actor;
  }

  termIds(kind: TermKind, values: readonly string[]): number[] {
    if (values.some((value) => !this.#termIds.has(termKey(kind, value)))) this.refresh();
    return values.flatMap((value) => this.#termIds.get(termKey(kind, value)) ?? []);
  }

  /** Id of a shape, added within the writer's open transaction where it is new. */
  internType(name: string, schemaVersion: number): number {
    for (const id of this.#typeIds.get(name) ?? []) if (this.#types[id]!.schemaVersion === schemaVersion) return id;
    const id = Math.max(this.#types.length, 1);
    this.#database
      .prepare('INSERT INTO types (id, name, schema_version) VALUES (?, ?, ?)')
      .run(id, name, schemaVersion);
    this.#addType(id, name, schemaVersion);
    return id;
  }

  /** Id of a term, added within the writer's open transaction where it is new. */
  internTerm(kind: TermKind, value: string): number {
    const known = this.#termIds.get(termKey(kind, value));
    if (known !== undefined) return known;
    const id = Math.max(this.#terms.length, 1);
    this.#database.prepare('INSERT INTO terms (id, kind, value) VALUES (?, ?, ?)').run(id, kind, value);
    this.#addTerm(id, kind, value);
    return id;
  }

  #addType(id: number, name: string, schemaVersion: number): void {
    this.#types[id] = { id, known: this.#eventTypes.stored(name, schemaVersion), schemaVersion };
    this.#typeIds.set(name, [...(this.#typeIds.get(name) ?? []), id]);
  }

  #addTerm(id: number, kind: TermKind, value: string): void {
    this.#terms[id] = value;
    this.#termIds.set(termKey(kind, value), id);
  }
}

/** Text under which an actor is kept as a term. */
export function actorTerm(actor: Actor): string {
  return JSON.stringify([actor.id, actor.role]);
}

function termKey(kind: TermKind, value: string): string {
  return `${kind} ${value}`;
}

function rows<Row>(statement: StatementSync, from: number): Row[] {
  return statement.all(from) as unknown as Row[];
}

function missing(table: string, id: number): never {
  throw new Failure(
    'LOG_CORRUPT',
    `the log refers to row ${id} of ${table}, which is not there; restore it from a backup`,
  );
}
