import type { EventSchema, EventSchemas } from '#kernel';
import { Failure } from '#kernel';

/** One event type as the running code knows it. */
export interface KnownType {
  readonly name: string;
  readonly schemaVersion: number;
  /** Lifts data of a stored version to the current one; the same object when there is nothing to lift. */
  lift(data: object, from: number): object;
}

/**
 * All event types of all contexts, as told at start. Throws `EVENT_TYPE_DECLARED_TWICE` or `UPCASTER_MISSING`: a hole
 * must stop the start, not the first read of an old event years later (T-33).
 */
export class EventTypes {
  readonly #types = new Map<string, KnownType>();

  constructor(schemas: readonly EventSchemas[]) {
    for (const catalogue of schemas)
      for (const [name, schema] of Object.entries(catalogue)) {
        if (this.#types.has(name))
          throw new Failure('EVENT_TYPE_DECLARED_TWICE', `event type ${name} is declared by two contexts`);
        this.#types.set(name, knownType(name, schema));
      }
  }

  /** Throws `EVENT_TYPE_UNKNOWN` or `EVENT_SCHEMA_MISMATCH` for an event the code could not read back. */
  checkNew(name: string, schemaVersion: number): void {
    const known = this.#types.get(name);
    if (known === undefined) throw new Failure('EVENT_TYPE_UNKNOWN', `event type ${name} is declared by no context`);
    if (known.schemaVersion !== schemaVersion)
      throw new Failure(
        'EVENT_SCHEMA_MISMATCH',
        `event ${name} was decided with schema version ${schemaVersion}, declared is ${known.schemaVersion}`,
      );
  }

  /** The type of a stored event; throws `EVENT_TYPE_UNKNOWN` or `EVENT_SCHEMA_TOO_NEW`. */
  stored(name: string, schemaVersion: number): KnownType {
    const known = this.#types.get(name);
    if (known === undefined)
      throw new Failure(
        'EVENT_TYPE_UNKNOWN',
        `the log holds events of type ${name}, which this release does not know; start a release that declares it`,
      );
    if (schemaVersion > known.schemaVersion)
      throw new Failure(
        'EVENT_SCHEMA_TOO_NEW',
        `the log holds ${name} with schema version ${schemaVersion}, this release knows ${known.schemaVersion}; start a newer release`,
      );
    return known;
  }
}

function knownType(name: string, schema: EventSchema): KnownType {
  const { schemaVersion, upcasters = {} } = schema;
  if (!Number.isSafeInteger(schemaVersion) || schemaVersion < 1)
    throw new Failure('EVENT_SCHEMA_INVALID', `event type ${name} declares schema version ${schemaVersion}`);
  for (let version = 1; version < schemaVersion; version++)
    if (upcasters[version] === undefined)
      throw new Failure(
        'UPCASTER_MISSING',
        `event type ${name} has no upcaster from version ${version} to ${version + 1}`,
      );
  return {
    name,
    schemaVersion,
    lift(data, from) {
      let lifted = data as Record<string, unknown>;
      for (let version = from; version < schemaVersion; version++) lifted = upcasters[version]!(lifted);
      return lifted;
    },
  };
}
