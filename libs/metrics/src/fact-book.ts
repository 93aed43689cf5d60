import type { EpochDay, Position } from '#kernel';
import { epochDayOf } from '#kernel';
import type { RegionTree } from '#regions';
import type { CellSpace } from './cell-space.ts';
import { CounterTable } from './counter-table.ts';
import type { FactEvent, FactKind, FactState } from './fact-kind.ts';
import { FactStore } from './fact-store.ts';
import type { ObjectNumber, Row, StoreDump } from './fact-store.ts';

/** An object whose events can no longer be folded, from which event on and why. */
export interface ParkedObject {
  readonly kind: string;
  readonly id: string;
  readonly position: Position;
  readonly reason: string;
  /** Later events of the object, not folded. */
  skipped: number;
}

/** Scope of a count: everything, one subject, or a region with all that lies in it. */
export interface CountScope {
  readonly region: string | null;
  readonly subject: string | null;
}

const WHOLE_LOG = 0;

/** What is counted by one attribution day: the columns of both, and the cells that were ever counted. */
interface CountedDay {
  readonly field: number;
  readonly space: CellSpace;
  readonly table: CounterTable;
  readonly cells: Set<number>;
}

/** A subject with so many objects is counted as it goes; a figure over fewer walks them. */
const LARGE_SUBJECT = 1024;

/** The facts of one kind with the running counts over them. */
export class FactBook {
  readonly store: FactStore;
  readonly parked = new Map<string, ParkedObject>();
  readonly #regions: RegionTree;
  readonly #subjectField: number;
  readonly #regionField: number;
  /** Per attribution day a formula may use. */
  readonly #counted = new Map<string, CountedDay>();
  readonly #regionScopes = new Map<string, number>();
  /** Text numbers of the subjects that are counted as they go. */
  readonly #largeSubjects = new Set<number>();
  readonly #scopesOfRegion = new Map<number, readonly number[]>();
  #isCounting = true;

  constructor(
    readonly kind: FactKind,
    regions: RegionTree,
  ) {
    this.store = new FactStore(kind);
    this.#regions = regions;
    this.#subjectField = this.store.fieldNumber('subject');
    this.#regionField = this.store.fieldNumber('region');
    this.#resetCounters();
  }

  /** Folds one event. One that cannot be taken in parks its object; nothing else is touched by it. */
  fold(event: FactEvent): void {
    const key = this.kind.keyOf(event);
    if (key === undefined) return;
    const id = key ?? event.stream;
    // Hardly ever is anything parked; a look-up by id is among the dearest steps of a fold.
    const parked = this.parked.size === 0 ? undefined : this.parked.get(id);
    if (parked !== undefined) {
      parked.skipped++;
      return;
    }
    const object = this.store.objectOf(id);
    const state = object === undefined ? undefined : this.store.read(this.store.newestRow(object));
    try {
      if (key === null) throw new Error(`${event.type} belongs to no ${this.kind.name}`);
      const next = this.kind.evolve(state, event, id);
      if (next === state) return;
      this.#append(object ?? id, event.position, this.#united(next));
      this.#countThroughPrimary(id, state, next, event.position);
    } catch (error) {
      this.#park(id, state, event, error);
    }
  }

  /** Counts per cell over a window of legal days, from the running counters: what is known now. */
  sums(attribution: string, scope: CountScope, from: EpochDay, to: EpochDay): Map<number, number> {
    const { table, cells, space } = this.#countedBy(attribution);
    const number = this.#scopeNumber(scope);
    if (number === undefined || from >= to) return new Map();
    const sums = new Float64Array(space.count);
    table.sum(number, from, to, cells, sums);
    return new Map([...cells].map((cell) => [cell, sums[cell]!]));
  }

  /**
   * Counts nothing until {@link FactBook.resumeCounting}, which counts each object once as it then stands: cheaper than moving
   * the counters with every version of it, where there are many to come. Figures are scanned meanwhile.
   */
  pauseCounting(): void {
    this.#isCounting = false;
  }

  resumeCounting(): void {
    if (this.#isCounting) return;
    this.#isCounting = true;
    this.#countAnew();
  }

  /** Whether {@link FactBook.sums} can answer: not for a small subject, nor for a region and a subject together. */
  counts({ region, subject }: CountScope): boolean {
    if (!this.#isCounting) return false;
    if (subject === null) return true;
    const text = this.store.dictionary(this.#subjectField).find(subject);
    return region === null && text !== undefined && this.#largeSubjects.has(text);
  }

  /** Calls back for every fact in scope that held at a position. Costs the objects that ever were in scope. */
  scan(scope: CountScope, position: Position, visit: (row: Row) => void): void {
    const inScope = this.scopeTest(scope);
    for (const object of this.#candidates(scope)) {
      const row = this.store.rowAt(object, position);
      if (row >= 0 && inScope(row)) visit(row);
    }
  }

  /** Objects that ever were in scope, ascending. */
  candidates(scope: CountScope): Iterable<ObjectNumber> {
    if (scope.subject === null && scope.region === null) return this.#candidates(scope);
    return [...new Set(this.#candidates(scope))].sort((a, b) => a - b);
  }

  /** Whether a row lies in scope; the regions are looked up once. */
  scopeTest({ subject, region }: CountScope): (row: Row) => boolean {
    const { store } = this;
    const subjectText = subject === null ? undefined : store.dictionary(this.#subjectField).find(subject);
    if (subject !== null && subjectText === undefined) return () => false;
    const within = region === null ? undefined : new Set(this.#regionsWithin(region));
    return (row) =>
      (subjectText === undefined || store.textNumber(row, this.#subjectField) === subjectText) &&
      (within === undefined || within.has(store.textNumber(row, this.#regionField)));
  }

  attributedOn(attribution: string, row: Row): EpochDay | null {
    return this.store.dayOf(row, this.#countedBy(attribution).field);
  }

  /** Objects that only one of two books has, or that stand otherwise in them, as `{kind}-{id}`. */
  differences(other: FactBook): string[] {
    const [own, theirs] = [this.store, other.store];
    const ids = Array.from({ length: own.objectCount }, (_, object) => own.idOf(object));
    const added = Array.from({ length: theirs.objectCount }, (_, object) => theirs.idOf(object)).filter(
      (id) => own.objectOf(id) === undefined,
    );
    const differing = ids.filter((id) => JSON.stringify(this.newest(id)) !== JSON.stringify(other.newest(id)));
    return [...differing, ...added].map((id) => `${this.kind.name}-${id}`);
  }

  /** The fact of an object as it stands; undefined where there is no such object. */
  newest(id: string): FactState | undefined {
    const object = this.store.objectOf(id);
    return object === undefined ? undefined : this.store.read(this.store.newestRow(object));
  }

  get counterBytes(): number {
    return [...this.#counted.values()].reduce((sum, { table }) => sum + table.bytes, 0);
  }

  /** Takes over kept facts and counts them again. */
  restore(dump: StoreDump, parked: readonly ParkedObject[]): void {
    this.store.restore(dump);
    this.parked.clear();
    for (const object of parked) this.parked.set(object.id, { ...object });
    this.#countAnew();
  }

  #united(own: FactState): FactState {
    const { union } = this.kind;
    // One that is itself counted through another is told by its own procedures alone: its members are the other's, too.
    if (union === undefined || union.primaryOf(own) !== null || union.membersOf(own).length === 0) return own;
    return union.united(own, this.#membersOf(own, new Set()));
  }

  /** All that are counted through an object, those through which others are counted with theirs. */
  #membersOf(state: FactState, seen: Set<string>): FactState[] {
    return this.kind.union!.membersOf(state).flatMap((id) => {
      const member = seen.has(id) ? undefined : this.#stateOf(id);
      if (member === undefined) return [];
      seen.add(id);
      return [member, ...this.#membersOf(member, seen)];
    });
  }

  #stateOf(id: string): FactState | undefined {
    const object = this.store.objectOf(id);
    return object === undefined ? undefined : this.store.read(this.store.newestRow(object));
  }

  /** What became of an object moves those through which it is and was counted. */
  #countThroughPrimary(id: string, before: FactState | undefined, after: FactState, position: Position): void {
    const { union } = this.kind;
    if (union === undefined) return;
    const left = before === undefined ? null : union.primaryOf(before);
    const joined = union.primaryOf(after);
    if (left === null && joined === null) return;
    const seen = new Set([id]);
    if (left !== null && left !== joined)
      this.#reunite(left, position, seen, (others) => others.filter((one) => one !== id));
    if (joined !== null) this.#reunite(joined, position, seen, (others) => [...new Set([...others, id])]);
  }

  #reunite(
    id: string,
    position: Position,
    seen: Set<string>,
    change: (members: readonly string[]) => readonly string[] = (members) => members,
  ): void {
    if (seen.has(id) || this.parked.has(id)) return;
    seen.add(id);
    const state = this.#stateOf(id);
    const { union } = this.kind;
    const next = union!.withMembers(state, change(state === undefined ? [] : union!.membersOf(state)));
    this.#append(this.store.objectOf(id) ?? id, position, this.#united(next));
    const primary = union!.primaryOf(next);
    if (primary !== null) this.#reunite(primary, position, seen);
  }

  /** An object that is new is given by its id. */
  #append(object: ObjectNumber | string, position: Position, state: FactState): void {
    const row = this.store.append(object, position, state);
    if (!this.#isCounting) return;
    const before = this.store.previousRow(row);
    for (const counted of this.#counted.values()) {
      if (before >= 0) {
        if (this.#countsAlike(counted, before, row)) continue;
        this.#count(counted, before, -1);
      }
      this.#count(counted, row, 1);
    }
    this.#countLargeSubject(this.store.textNumber(row, this.#subjectField));
  }

  /** Whether two rows of an object are counted in the same place, so that no counter has to move. */
  #countsAlike({ field, space }: CountedDay, before: Row, row: Row): boolean {
    const { store } = this;
    const day = store.dayOf(row, field);
    if (store.dayOf(before, field) !== day) return false;
    return (
      day === null ||
      (store.cellOf(before, space) === store.cellOf(row, space) &&
        store.textNumber(before, this.#subjectField) === store.textNumber(row, this.#subjectField) &&
        store.textNumber(before, this.#regionField) === store.textNumber(row, this.#regionField))
    );
  }

  /** Begins to count a subject that has become large, with what it has so far. */
  #countLargeSubject(subject: number): void {
    if (subject === 0 || this.#largeSubjects.has(subject)) return;
    const objects = this.store.posted('subject', subject);
    if (objects.length < LARGE_SUBJECT) return;
    this.#largeSubjects.add(subject);
    for (const object of objects) {
      const row = this.store.newestRow(object);
      if (this.store.textNumber(row, this.#subjectField) !== subject) continue;
      for (const { field, space, table } of this.#counted.values()) {
        const day = this.store.dayOf(row, field);
        if (day !== null) table.add(subjectScope(subject), day, this.store.cellOf(row, space), 1);
      }
    }
  }

  #park(id: string, state: FactState | undefined, event: FactEvent, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.parked.set(id, { kind: this.kind.name, id, position: event.position, reason, skipped: 0 });
    const object = this.store.objectOf(id) ?? id;
    this.#append(object, event.position, this.kind.park(state, epochDayOf(event.occurredAt)));
  }

  #count({ field, space, table, cells }: CountedDay, row: Row, change: 1 | -1): void {
    const day = this.store.dayOf(row, field);
    if (day === null) return;
    const cell = this.store.cellOf(row, space);
    cells.add(cell);
    table.add(WHOLE_LOG, day, cell, change);
    const subject = this.store.textNumber(row, this.#subjectField);
    if (this.#largeSubjects.has(subject)) table.add(subjectScope(subject), day, cell, change);
    for (const scope of this.#scopesOf(this.store.textNumber(row, this.#regionField))) {
      table.add(scope, day, cell, change);
    }
  }

  /** Scope numbers of a region and of all regions it lies in. */
  #scopesOf(regionText: number): readonly number[] {
    let scopes = this.#scopesOfRegion.get(regionText);
    if (scopes === undefined) {
      const code = this.store.dictionary(this.#regionField).text(regionText);
      scopes = code === null ? [] : this.#regions.ancestorsOf(code).map((region) => this.#regionScope(region));
      this.#scopesOfRegion.set(regionText, scopes);
    }
    return scopes;
  }

  #regionScope(code: string): number {
    let scope = this.#regionScopes.get(code);
    if (scope === undefined) {
      scope = regionScope(this.#regionScopes.size);
      this.#regionScopes.set(code, scope);
    }
    return scope;
  }

  #scopeNumber(scope: CountScope): number | undefined {
    if (scope.subject !== null) {
      const text = this.store.dictionary(this.#subjectField).find(scope.subject);
      return text === undefined ? undefined : subjectScope(text);
    }
    return scope.region === null ? WHOLE_LOG : this.#regionScopes.get(scope.region);
  }

  *#candidates(scope: CountScope): Iterable<ObjectNumber> {
    if (scope.subject !== null) {
      const text = this.store.dictionary(this.#subjectField).find(scope.subject);
      if (text !== undefined) yield* this.store.posted('subject', text);
    } else if (scope.region !== null) {
      const seen = new Set<ObjectNumber>();
      for (const text of this.#regionsWithin(scope.region)) {
        for (const object of this.store.posted('region', text)) {
          if (seen.has(object)) continue;
          seen.add(object);
          yield object;
        }
      }
    } else {
      for (let object = 0; object < this.store.objectCount; object++) yield object;
    }
  }

  #regionsWithin(outer: string): number[] {
    const dictionary = this.store.dictionary(this.#regionField);
    const within: number[] = [];
    for (let text = 1; text < dictionary.size; text++) {
      if (this.#regions.covers(outer, dictionary.text(text)!)) within.push(text);
    }
    return within;
  }

  #countedBy(attribution: string): CountedDay {
    const counted = this.#counted.get(attribution);
    if (counted === undefined) throw new RangeError(`${this.kind.name} is not counted by ${attribution}`);
    return counted;
  }

  /** Every object as it stands, and which subjects are large. */
  #countAnew(): void {
    this.#resetCounters();
    const subjects = this.store.dictionary(this.#subjectField).size;
    for (let subject = 1; subject < subjects; subject++) {
      if (this.store.posted('subject', subject).length >= LARGE_SUBJECT) this.#largeSubjects.add(subject);
    }
    for (let object = 0; object < this.store.objectCount; object++) {
      const row = this.store.newestRow(object);
      for (const counted of this.#counted.values()) this.#count(counted, row, 1);
    }
  }

  #resetCounters(): void {
    this.#regionScopes.clear();
    this.#scopesOfRegion.clear();
    this.#largeSubjects.clear();
    for (const name of this.kind.attributions) {
      const field = this.store.fieldNumber(name);
      const space = this.store.spaceOf(name);
      this.#counted.set(name, { field, space, table: new CounterTable(), cells: new Set() });
    }
  }
}

function subjectScope(text: number): number {
  return text * 2;
}

function regionScope(number: number): number {
  return number * 2 + 1;
}
