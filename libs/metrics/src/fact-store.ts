import type { EpochDay, Position } from '#kernel';
import { CellSpace } from './cell-space.ts';
import { Column, Dictionary } from './column.ts';
import type { FactField, FactKind, FactState } from './fact-kind.ts';

/** Number of an object within its kind, in order of its first event. */
export type ObjectNumber = number;
/** Number of a fact version: one row of the columns. */
export type Row = number;

const NO_ROW = -1;

/**
 * Facts of one kind in memory: a row per fact version, a column per field. A row holds from its position until the next
 * row of the same object, so "as known at position P" is a walk down one object's short chain. Posting lists name the
 * objects that ever belonged to a subject or region.
 */
export class FactStore<State extends FactState = FactState> {
  readonly #names: readonly string[];
  readonly #fields: readonly FactField[];
  /** Every field, to be copied: V8 keeps an object of many fields as a slow hash map when they are added one by one. */
  readonly #blank: Record<string, string | number | null>;
  #columns: Column[];
  #dictionaries: (Dictionary | null)[];
  readonly #codes: (ReadonlyMap<string, number> | null)[];
  readonly #scratch: number[] = [];
  /** Object of a row, position it holds from, and the object's row before it plus one (0 = it is the first). */
  #objects = new Column();
  #positions = new Column();
  #previous = new Column();
  /** Per object: its newest row. */
  #newest = new Column();
  #ids: string[] = [];
  #objectOf = new Map<string, ObjectNumber>();
  /** By number of the subject's or region's text. */
  readonly #postings = { subject: new Map<number, ObjectNumber[]>(), region: new Map<number, ObjectNumber[]>() };
  readonly #postedFields: readonly { readonly by: 'subject' | 'region'; readonly field: number }[];
  readonly #spaces: ReadonlyMap<string, CellSpace>;

  constructor(readonly kind: FactKind<State>) {
    this.#names = Object.keys(kind.fields);
    this.#fields = Object.values(kind.fields) as FactField[];
    this.#blank = JSON.parse(`{${this.#names.map((name) => `"${name}":null`).join()}}`) as Record<string, null>;
    this.#columns = this.#fields.map(() => new Column());
    this.#dictionaries = this.#fields.map((field) => (field.as === 'text' ? new Dictionary() : null));
    this.#codes = this.#fields.map((field) =>
      field.as === 'code' ? new Map(field.values.map((value, index) => [value, index])) : null,
    );
    this.#postedFields = (['subject', 'region'] as const).map((by) => ({ by, field: this.fieldNumber(by) }));
    this.#spaces = new Map(kind.attributions.map((name) => [name, this.#spaceFor(name)]));
  }

  get objectCount(): number {
    return this.#ids.length;
  }

  get rowCount(): number {
    return this.#objects.length;
  }

  /** Bytes of all columns; ids and dictionaries come on top. */
  get bytes(): number {
    return [...this.#columns, this.#objects, this.#positions, this.#previous, this.#newest].reduce(
      (sum, column) => sum + column.bytes,
      0,
    );
  }

  fieldNumber(name: string): number {
    const number = this.#names.indexOf(name);
    if (number < 0) throw new RangeError(`${this.kind.name} has no field ${name}`);
    return number;
  }

  codesOf(name: string): readonly string[] {
    const field = this.#fields[this.fieldNumber(name)]!;
    if (field.as !== 'code') throw new RangeError(`${this.kind.name}.${name} is no code`);
    return field.values;
  }

  objectOf(id: string): ObjectNumber | undefined {
    return this.#objectOf.get(id);
  }

  idOf(object: ObjectNumber): string {
    return this.#ids[object]!;
  }

  newestRow(object: ObjectNumber): Row {
    return this.#newest.at(object);
  }

  /** The row that held at a position; -1 when the object was not known yet. */
  rowAt(object: ObjectNumber, position: Position): Row {
    let row: Row = this.#newest.at(object);
    while (row !== NO_ROW && this.#positions.at(row) > position) row = this.#previous.at(row) - 1;
    return row;
  }

  /** Positions of the events that made an object's fact what it was at a position, oldest first. */
  positionsOf(object: ObjectNumber, upTo: Position): Position[] {
    const positions: Position[] = [];
    for (let row = this.rowAt(object, upTo); row !== NO_ROW; row = this.#previous.at(row) - 1) {
      positions.push(this.#positions.at(row));
    }
    return positions.reverse();
  }

  positionOf(row: Row): Position {
    return this.#positions.at(row);
  }

  /** The combinations of the codes that are counted by an attribution day. */
  spaceOf(attribution: string): CellSpace {
    const space = this.#spaces.get(attribution);
    if (space === undefined) throw new RangeError(`${this.kind.name} is not counted by ${attribution}`);
    return space;
  }

  /** Combination of a row's codes, as one number below {@link CellSpace.count}. */
  cellOf(row: Row, { parts }: CellSpace): number {
    let cell = 0;
    for (const { field, weight } of parts) cell += this.#columns[field]!.at(row) * weight;
    return cell;
  }

  dayOf(row: Row, field: number): EpochDay | null {
    return decodeSigned(this.#columns[field]!.at(row));
  }

  /** The number under which a row's text is kept; 0 = null. */
  textNumber(row: Row, field: number): number {
    return this.#columns[field]!.at(row);
  }

  dictionary(field: number): Dictionary {
    return this.#dictionaries[field]!;
  }

  read(row: Row): State {
    const state = { ...this.#blank };
    const names = this.#names;
    for (let field = 0; field < names.length; field++) state[names[field]!] = this.#decode(row, field);
    return state as State;
  }

  /** Objects that ever belonged to the subject or region with this text number, each once. */
  posted(by: 'subject' | 'region', text: number): readonly ObjectNumber[] {
    return this.#postings[by].get(text) ?? [];
  }

  /**
   * Writes a fact version of an object, or the first of a new one by its id; all of it or, when a value cannot be kept,
   * nothing. Answers its row.
   */
  append(of: ObjectNumber | string, position: Position, state: State): Row {
    const before = typeof of === 'number' ? this.#newest.at(of) : NO_ROW;
    const [names, scratch] = [this.#names, this.#scratch];
    for (let field = 0; field < names.length; field++) {
      scratch[field] = this.#encode(field, state[names[field]!] ?? null, before);
    }
    const row = this.#objects.length;
    const object = typeof of === 'number' ? of : this.#register(of);
    this.#previous.push(before + 1);
    this.#newest.set(object, row);
    this.#objects.push(object);
    this.#positions.push(position);
    for (let field = 0; field < names.length; field++) this.#columns[field]!.push(scratch[field]!);
    this.#post(object, row);
    return row;
  }

  #register(id: string): ObjectNumber {
    const object = this.#ids.push(id) - 1;
    this.#objectOf.set(id, object);
    this.#newest.push(0);
    return object;
  }

  objectOfRow(row: Row): ObjectNumber {
    return this.#objects.at(row);
  }

  previousRow(row: Row): Row {
    return this.#previous.at(row) - 1;
  }

  /** Everything a snapshot needs; postings and counters are derived from it again. */
  dump(): StoreDump {
    return {
      ids: this.#ids,
      dictionaries: this.#dictionaries.map((dictionary) => dictionary?.texts() ?? null),
      columns: [this.#objects, this.#positions, this.#previous, this.#newest, ...this.#columns].map((column) =>
        column.dump(),
      ),
    };
  }

  restore(dump: StoreDump): void {
    const [objects, positions, previous, newest, ...columns] = dump.columns.map(({ width, length, bytes }) =>
      Column.restore(width, length, bytes),
    );
    if (columns.length !== this.#fields.length) throw new RangeError(`${this.kind.name}: other columns`);
    [this.#objects, this.#positions, this.#previous, this.#newest] = [objects!, positions!, previous!, newest!];
    this.#columns = columns;
    this.#dictionaries = dump.dictionaries.map((texts) => (texts === null ? null : Dictionary.of(texts)));
    this.#ids = [...dump.ids];
    this.#objectOf = new Map(this.#ids.map((id, object) => [id, object]));
    this.#postings.subject.clear();
    this.#postings.region.clear();
    for (let row = 0; row < this.rowCount; row++) this.#post(this.#objects.at(row), row);
  }

  #spaceFor(attribution: string): CellSpace {
    const names: readonly string[] = this.kind.countedBy?.[attribution] ?? this.kind.counted;
    return new CellSpace(names.map((name) => ({ name, field: this.fieldNumber(name), values: this.codesOf(name) })));
  }

  #post(object: ObjectNumber, row: Row): void {
    for (const { by, field } of this.#postedFields) {
      const text = this.#columns[field]!.at(row);
      if (text === 0 || this.#belongedBefore(row, field, text)) continue;
      const list = this.#postings[by].get(text);
      if (list === undefined) this.#postings[by].set(text, [object]);
      else list.push(object);
    }
  }

  #belongedBefore(row: Row, field: number, text: number): boolean {
    for (let earlier = this.previousRow(row); earlier !== NO_ROW; earlier = this.previousRow(earlier)) {
      if (this.#columns[field]!.at(earlier) === text) return true;
    }
    return false;
  }

  #encode(field: number, value: string | number | null, before: Row): number {
    const { as } = this.#fields[field]!;
    switch (as) {
      case 'text': {
        if (value === null) return 0;
        // Most texts stay as they were: comparing with the row before is cheaper than looking the text up.
        const dictionary = this.#dictionaries[field]!;
        const kept = before === NO_ROW ? 0 : this.#columns[field]!.at(before);
        return kept !== 0 && dictionary.text(kept) === value ? kept : dictionary.intern(value as string);
      }
      case 'code': {
        const code = this.#codes[field]!.get(value as string);
        if (code === undefined) throw new RangeError(`${this.#names[field]} cannot be ${String(value)}`);
        return code;
      }
      case 'day':
      case 'instant':
        return encodeSigned(value as number | null);
      case 'count':
        if (!Number.isSafeInteger(value) || (value as number) < 0) throw new RangeError(`no count: ${String(value)}`);
        return value as number;
    }
  }

  #decode(row: Row, field: number): string | number | null {
    const kept = this.#columns[field]!.at(row);
    const declared = this.#fields[field]!;
    switch (declared.as) {
      case 'text':
        return this.#dictionaries[field]!.text(kept);
      case 'code':
        return declared.values[kept]!;
      case 'day':
      case 'instant':
        return decodeSigned(kept);
      case 'count':
        return kept;
    }
  }
}

export interface StoreDump {
  readonly ids: readonly string[];
  readonly dictionaries: readonly (readonly string[] | null)[];
  readonly columns: readonly { readonly width: number; readonly length: number; readonly bytes: Uint8Array }[];
}

/** 0 is null; days or instants before and after 1970 alternate, so that today's day needs two bytes. */
function encodeSigned(value: number | null): number {
  if (value === null) return 0;
  if (!Number.isSafeInteger(value)) throw new RangeError(`no day or instant: ${value}`);
  return value >= 0 ? value * 2 + 1 : -value * 2;
}

function decodeSigned(kept: number): number | null {
  if (kept === 0) return null;
  return kept % 2 === 1 ? (kept - 1) / 2 : -kept / 2;
}
