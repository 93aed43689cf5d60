import { Failure } from './failure.ts';

/** Reads parsed YAML field by field and says exactly where it is not what it must be. */
export class YamlReader {
  readonly #fields: Record<string, unknown>;

  constructor(
    value: unknown,
    /** File and path of fields, for messages. */
    readonly place: string,
    /** Code of the {@link Failure} that wrong data is answered with. */
    readonly code: string,
  ) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.invalid('', 'not a mapping');
    this.#fields = value as Record<string, unknown>;
  }

  has(field: string): boolean {
    return this.#fields[field] !== undefined;
  }

  isNull(field: string): boolean {
    return this.#fields[field] === null;
  }

  fields(): string[] {
    return Object.keys(this.#fields);
  }

  /** Refuses every field that is not among these: a misspelt one must not pass for an absent one. */
  only(...fields: readonly string[]): this {
    const unknown = this.fields().find((field) => !fields.includes(field));
    if (unknown !== undefined) throw this.invalid(unknown, 'not known here');
    return this;
  }

  /** A mapping; an absent one is empty. */
  child(field: string): YamlReader {
    return new YamlReader(this.#fields[field] ?? {}, `${this.place}: ${field}`, this.code);
  }

  list(field: string): YamlReader[] {
    const value = this.#fields[field];
    if (!Array.isArray(value)) throw this.invalid(field, 'not a list');
    return value.map((item, index) => new YamlReader(item, `${this.place}: ${field}[${index}]`, this.code));
  }

  text(field: string): string {
    const value = this.#fields[field];
    if (typeof value !== 'string' || value === '') throw this.invalid(field, 'not a text');
    return value;
  }

  texts(field: string): string[] {
    const value = this.#fields[field];
    if (!Array.isArray(value) || value.length === 0 || !value.every((item) => typeof item === 'string')) {
      throw this.invalid(field, 'not a list of texts');
    }
    return value as string[];
  }

  whole(field: string): number {
    const value = this.#fields[field];
    if (!Number.isSafeInteger(value) || (value as number) < 1) throw this.invalid(field, 'not a whole number from 1');
    return value as number;
  }

  flag(field: string): boolean {
    const value = this.#fields[field];
    if (typeof value !== 'boolean') throw this.invalid(field, 'not true or false');
    return value;
  }

  scalar(field: string): string | number | boolean {
    const value = this.#fields[field];
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
      throw this.invalid(field, 'not a value');
    }
    return value;
  }

  oneOf<Choice extends string>(field: string, choices: readonly Choice[]): Choice {
    const value = this.#fields[field];
    if (!choices.includes(value as Choice)) throw this.invalid(field, `not one of ${choices.join(', ')}`);
    return value as Choice;
  }

  invalid(field: string, what: string): Failure {
    return new Failure(this.code, `${this.place}${field === '' ? '' : `: ${field}`} is ${what}`);
  }
}
