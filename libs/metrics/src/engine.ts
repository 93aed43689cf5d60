import type { EventReader } from '#event-log';
import type { Clock, Instant, Position, Refusal } from '#kernel';
import { Failure, formatInstant, localDateFromEpochDay, localDateOf, refuse } from '#kernel';
import { shippedLaw } from '#law';
import type { Law } from '#law';
import type { Comparison } from '#read-models';
import { regions as regionTable } from '#regions';
import type { RegionTree } from '#regions';
import { answerByField, answerByMonth, answerWhole, monthsIn } from './answer.ts';
import { complaintFacts } from './complaint-fact.ts';
import { disputeFacts } from './dispute-fact.ts';
import { describeObject, objectsBehind, readCursor, writeCursor } from './drill-down.ts';
import { FactBook } from './fact-book.ts';
import type { ParkedObject } from './fact-book.ts';
import type { FactEvent, FactKind } from './fact-kind.ts';
import { GROUPINGS } from './figure.ts';
import type { Figure } from './figure.ts';
import { formulaBook } from './formula-book.ts';
import type { FormulaBook } from './formula-book.ts';
import { compile, DEFAULT_VARIANT, formulaName } from './formula.ts';
import type { CompiledVariant, Formula } from './formula.ts';
import { negotiationFacts } from './negotiation-fact.ts';
import { isRefused, MOST_OBJECTS } from './query.ts';
import type {
  AsOf,
  FigureQuery,
  GroupedQuery,
  KnownAsOf,
  MetricDescription,
  ObjectsPage,
  ObjectsQuery,
  RegisteredSubject,
} from './query.ts';
import type { Question } from './question.ts';
import { reportFacts } from './report-fact.ts';
import { LazyEvent } from './scanned-event.ts';
import { discardSnapshot, readSnapshot, schemaOf, writeSnapshot } from './snapshot.ts';
import { subjectFacts } from './subject-fact.ts';
import type { SubjectFact } from './subject-fact.ts';
import { windowOf } from './window.ts';
import { workOrderFacts } from './work-order-fact.ts';

/** The kinds of fact there are, in the order in which they are kept. */
export const FACT_KINDS: readonly FactKind[] = [
  disputeFacts as unknown as FactKind,
  workOrderFacts as unknown as FactKind,
  subjectFacts as unknown as FactKind,
  complaintFacts as unknown as FactKind,
  negotiationFacts as unknown as FactKind,
  reportFacts as unknown as FactKind,
];

export interface MetricsEngineOptions {
  /** Tells the present, by which a figure without `asOf` is cut off. */
  readonly clock: Clock;
  /** The log the facts come from: which position an instant means, and the events behind an object. */
  readonly log: Pick<EventReader, 'readAll' | 'positionAt' | 'head'>;
  readonly formulas?: FormulaBook;
  readonly regions?: RegionTree;
  /** Rules and calendar as they stand when a question is asked; those that ship unless said. */
  readonly law?: () => Law;
  /** How long a question waits for events that are in the log and not yet in the facts; 2,000 ms unless said. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 2_000;
const SHIPPED = shippedLaw();
const SHIPPED_LAW = (): Law => SHIPPED;
const SHOWN_DIFFERENCES = 20;
/** A hundred years. */
const MOST_MONTHS = 1200;

/** `dispute-{id}`, `workOrder-{id}`: the object as its stream is called, or would be. */
export function keyOfParked({ kind, id }: Pick<ParkedObject, 'kind' | 'id'>): string {
  return `${kind}-${id}`;
}

export interface MetricsStatus {
  readonly checkpoint: Position;
  readonly parked: readonly ParkedObject[];
  readonly objects: Readonly<Record<string, number>>;
  readonly factVersions: number;
  readonly bytes: number;
}

/**
 * Facts, formulas and figures over one log. It follows the log as any projection does ({@link MetricsEngine.apply}) and
 * answers from memory; what it knows can be kept in a file and is always what a full replay would give.
 */
export class MetricsEngine {
  readonly name = 'metrics';
  readonly types: readonly string[] = [...new Set(FACT_KINDS.flatMap((kind) => kind.types))];
  #books: readonly FactBook[];
  /** An event may make facts of several kinds. */
  #booksOfType: ReadonlyMap<string, readonly FactBook[]>;
  readonly #formulas: FormulaBook;
  readonly #regions: RegionTree;
  readonly #law: () => Law;
  readonly #clock: Clock;
  readonly #log: MetricsEngineOptions['log'];
  readonly #compiled = new Map<string, CompiledVariant>();
  readonly #patienceMs: number;
  readonly #options: MetricsEngineOptions;
  /** Questions that wait for the facts to get so far. */
  readonly #waiting = new Set<{ readonly position: Position; readonly wake: () => void }>();
  #checkpoint: Position = 0;

  /** Throws `FORMULA_INVALID` when a formula speaks of something the facts do not hold. */
  constructor(options: MetricsEngineOptions) {
    this.#options = options;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#formulas = options.formulas ?? formulaBook;
    this.#regions = options.regions ?? regionTable;
    this.#law = options.law ?? SHIPPED_LAW;
    this.#patienceMs = options.patienceMs ?? PATIENCE_MS;
    this.#books = FACT_KINDS.map((kind) => new FactBook(kind, this.#regions));
    this.#booksOfType = booksOfType(this.types, this.#books);
    for (const formula of this.#formulas.formulas) {
      checkRules(formula, this.#law());
      for (const variant of [DEFAULT_VARIANT, ...Object.keys(formula.variants)]) this.#compile(formula, variant);
    }
  }

  checkpoint(): Position {
    return this.#checkpoint;
  }

  /** Takes events in order of the log, having read it as far as `upTo`. Events at or before the checkpoint change nothing. */
  apply(events: Iterable<FactEvent>, upTo: Position): void {
    for (const event of events) {
      if (event.position <= this.#checkpoint) continue;
      for (const book of this.#booksOfType.get(event.type) ?? []) book.fold(event);
      this.#checkpoint = event.position;
    }
    this.#checkpoint = Math.max(this.#checkpoint, upTo);
    for (const question of this.#waiting) if (question.position <= this.#checkpoint) question.wake();
  }

  /** Reads on from the checkpoint to the end of the log, or to a position of it. After every page `onPage` may throw. */
  async replay(log: EventReader, onPage?: (events: number) => void, upTo?: Position): Promise<void> {
    const head = upTo ?? (await log.head());
    const objects = this.#books.reduce((sum, book) => sum + book.store.objectCount, 0);
    const isLong = head - this.#checkpoint > objects;
    try {
      if (isLong) for (const book of this.#books) book.pauseCounting();
      while (this.#checkpoint < head) {
        const events = await this.#replayPage(log, head);
        onPage?.(events);
      }
    } finally {
      for (const book of this.#books) book.resumeCounting();
    }
  }

  /** How many events there were on it. */
  async #replayPage(log: EventReader, head: Position): Promise<number> {
    if (log.scan === undefined) {
      const page = await log.readAll(this.#checkpoint, { types: this.types, limit: 1000 });
      const events = page.filter(({ position }) => position <= head);
      this.apply(events, page.length < 1000 || events.length < page.length ? head : events.at(-1)!.position);
      return events.length;
    }
    const page = await log.scan(this.#checkpoint, { types: this.types, limit: 2000, upTo: head });
    this.apply(
      page.events.map((event) => new LazyEvent(event)),
      page.upTo,
    );
    return page.events.length;
  }

  /** An engine that knows nothing yet, over the same log and by the same formulas. */
  anew(): MetricsEngine {
    return new MetricsEngine(this.#options);
  }

  /** Answers from now on by what another engine over the same log knows, which is not to be used any more. */
  adopt(other: MetricsEngine): void {
    this.#books = other.#books;
    this.#booksOfType = other.#booksOfType;
    this.apply([], other.#checkpoint);
  }

  /** How the facts of another engine differ from these, as they stand: objects that only one side has, or has otherwise. */
  compare(other: MetricsEngine): Comparison {
    const differing = this.#books.flatMap((book, index) => book.differences(other.#books[index]!));
    const documents = other.#books.reduce((sum, book) => sum + book.store.objectCount, 0);
    return { documents, differences: differing.length, keys: differing.slice(0, SHOWN_DIFFERENCES) };
  }

  /** Objects whose events could not be taken in, in order of kind and id. */
  parked(): ParkedObject[] {
    const parked = this.#books.flatMap((book) => [...book.parked.values()]);
    return parked.sort((a, b) => (keyOfParked(a) < keyOfParked(b) ? -1 : 1));
  }

  status(): MetricsStatus {
    return {
      checkpoint: this.#checkpoint,
      parked: this.parked(),
      objects: Object.fromEntries(this.#books.map((book) => [book.kind.name, book.store.objectCount])),
      factVersions: this.#books.reduce((sum, book) => sum + book.store.rowCount, 0),
      bytes: this.#books.reduce((sum, book) => sum + book.store.bytes + book.counterBytes, 0),
    };
  }

  metrics(): MetricDescription[] {
    return this.#formulas.newest.map(({ id, name, title, unit, scope }) => ({
      id,
      name,
      title,
      unit,
      scope,
      formulas: this.#formulas.versionsOf(id)!.map((formula) => ({
        formula: formulaName(formula),
        version: formula.version,
        variants: Object.fromEntries(Object.entries(formula.variants).map(([key, { means }]) => [key, means])),
        exclusions: Object.fromEntries(formula.excluded.map(({ reason, means }) => [reason, means])),
        rules: formula.rules,
        source: formula.source,
      })),
    }));
  }

  /** One figure. Refuses `UNKNOWN_METRIC`, `UNKNOWN_FORMULA`, `UNKNOWN_VARIANT`, `INVALID_DATE`, `WINDOW_REVERSED`, … */
  async figure(query: FigureQuery): Promise<Figure | Refusal> {
    const question = await this.#understand(query);
    return isRefused(question) ? question : answerWhole(question);
  }

  /** The figure of each part of the whole, in order of the part's key. Months without objects are shown, other parts not. */
  async figures(query: GroupedQuery): Promise<readonly Figure[] | Refusal> {
    if (!GROUPINGS.includes(query.groupBy)) {
      return refuse('invalid', 'UNKNOWN_GROUPING', `groupBy is one of ${GROUPINGS.join(', ')}`, 'groupBy');
    }
    const question = await this.#understand(query);
    if (isRefused(question)) return question;
    if (query.groupBy === 'month' && monthsIn(question.window) > MOST_MONTHS) {
      const detail = `a window by months has at most ${MOST_MONTHS} of them`;
      return refuse('invalid', 'WINDOW_TOO_LONG', detail, 'from');
    }
    return query.groupBy === 'month' ? answerByMonth(question) : answerByField(question, query.groupBy);
  }

  /** The objects behind a figure, in order of their first event, all pages as known at the first page's position. */
  async objects(query: ObjectsQuery): Promise<ObjectsPage | Refusal> {
    const limit = query.limit ?? 50;
    if (!Number.isInteger(limit) || limit < 1 || limit > MOST_OBJECTS) {
      return refuse('invalid', 'BAD_LIMIT', `limit is a whole number from 1 to ${MOST_OBJECTS}`, 'limit');
    }
    if (query.counted !== undefined && !['numerator', 'denominator', 'excluded'].includes(query.counted)) {
      return refuse('invalid', 'UNKNOWN_COUNTED', 'counted is numerator, denominator or excluded', 'counted');
    }
    const cursor = query.cursor === undefined ? undefined : readCursor(query.cursor);
    if (query.cursor !== undefined && cursor === undefined) {
      return refuse('invalid', 'BAD_CURSOR', 'the cursor is none that a page handed out', 'cursor');
    }
    const question = await this.#understand(cursor === undefined ? query : { ...query, asOf: cursor });
    if (isRefused(question)) return question;
    const found = objectsBehind(question, query.counted, cursor?.after ?? -1, limit + 1);
    const page = found.slice(0, limit);
    const items = await Promise.all(page.map((object) => describeObject(question, object, this.#log)));
    const asOf = { instant: formatInstant(question.instant), position: question.position };
    return {
      items,
      next: found.length > limit ? writeCursor({ ...question, after: page.at(-1)!.object }) : null,
      asOf,
    };
  }

  /** Pins a moment, so that several questions are answered from one state of knowledge. */
  async knownAsOf(asOf?: AsOf): Promise<KnownAsOf | Refusal> {
    return this.#resolve(asOf);
  }

  /** What the registry had on file about a subject as of a moment; null = not registered then. */
  async subject(uscc: string, asOf?: AsOf): Promise<RegisteredSubject | null | Refusal> {
    const known = await this.#resolve(asOf);
    if (isRefused(known)) return known;
    const { store } = this.#bookNamed('subject');
    const object = store.objectOf(uscc);
    const row = object === undefined ? -1 : store.rowAt(object, known.position);
    if (row < 0) return null;
    const fact = store.read(row) as SubjectFact;
    if (fact.state !== 'REGISTERED') throw new Failure('SUBJECT_PARKED', `events of subject ${uscc} cannot be read`);
    return {
      uscc,
      region: fact.region,
      sector: fact.sector,
      operatingSince: fact.operatingSince === null ? null : localDateFromEpochDay(fact.operatingSince),
      position: store.positionOf(row),
    };
  }

  /** The queries by name, for a host on another thread. Unknown names are a broken promise. */
  async call(method: string, args: readonly unknown[]): Promise<unknown> {
    switch (method) {
      case 'metrics':
        return this.metrics();
      case 'figure':
        return this.figure(args[0] as FigureQuery);
      case 'figures':
        return this.figures(args[0] as GroupedQuery);
      case 'objects':
        return this.objects(args[0] as ObjectsQuery);
      case 'knownAsOf':
        return this.knownAsOf(args[0] as AsOf | undefined);
      case 'subject':
        return this.subject(args[0] as string, args[1] as AsOf | undefined);
      default:
        throw new Failure('UNKNOWN_METHOD', `metrics has no ${method}`);
    }
  }

  /** Keeps facts and checkpoint in a file of the folder, whole or not at all. */
  async save(folder: string): Promise<void> {
    const { checkpoint, eventId } = await this.#place();
    await writeSnapshot(folder, {
      schema: schemaOf(FACT_KINDS),
      checkpoint,
      eventId,
      books: this.#books.map((book) => ({ dump: book.store.dump(), parked: [...book.parked.values()] })),
    });
  }

  /**
   * Takes over what {@link MetricsEngine.save} kept. False, and nothing is changed, when there is no snapshot, when it is
   * damaged, was made by facts of another version, lies ahead of the log or comes from another one (the log was restored
   * from a backup and went on differently): such a snapshot is deleted, and the log has to be replayed.
   */
  async load(folder: string): Promise<boolean> {
    const snapshot = await readSnapshot(folder, schemaOf(FACT_KINDS));
    if (snapshot === undefined || (await this.#eventIdAt(snapshot.checkpoint)) !== snapshot.eventId) {
      await discardSnapshot(folder);
      return false;
    }
    for (const [index, book] of this.#books.entries()) {
      const { dump, parked } = snapshot.books[index]!;
      book.restore(dump, parked);
    }
    this.#checkpoint = snapshot.checkpoint;
    return true;
  }

  /** The checkpoint and the id of the event there, neither moved on while the other was read. */
  async #place(): Promise<{ readonly checkpoint: Position; readonly eventId: string | null }> {
    for (;;) {
      const checkpoint = this.#checkpoint;
      const eventId = await this.#eventIdAt(checkpoint);
      if (eventId === undefined) throw new Failure('LOG_GAP', `no event at position ${checkpoint}`);
      if (checkpoint === this.#checkpoint) return { checkpoint, eventId };
    }
  }

  /** Null before the first event; undefined when the log does not reach so far. */
  async #eventIdAt(position: Position): Promise<string | null | undefined> {
    if (position === 0) return null;
    const [event] = await this.#log.readAll(position - 1, { limit: 1 });
    return event?.id;
  }

  async #understand(query: FigureQuery): Promise<Question | Refusal> {
    const versions = this.#formulas.versionsOf(query.metric);
    if (versions === undefined) return refuse('notFound', 'UNKNOWN_METRIC', `no metric ${query.metric}`, 'metric');
    const formula = this.#formulas.select(query.metric, query.formula);
    if (formula === undefined) {
      return refuse('invalid', 'UNKNOWN_FORMULA', `versions are ${versions.map(formulaName).join(', ')}`, 'formula');
    }
    const name = query.variant ?? DEFAULT_VARIANT;
    if (name !== DEFAULT_VARIANT && formula.variants[name] === undefined) {
      const known = [DEFAULT_VARIANT, ...Object.keys(formula.variants)].join(', ');
      return refuse('invalid', 'UNKNOWN_VARIANT', `variants are ${known}`, 'variant');
    }
    const asOf = await this.#resolve(query.asOf);
    if (isRefused(asOf)) return asOf;
    const window = windowOf(query, formula.window, localDateOf(asOf.instant));
    if (isRefused(window)) return window;
    const shown = Object.keys(formula.variants).filter((variant) => formula.variants[variant]!.alwaysShown === true);
    return {
      formula,
      variant: this.#compile(formula, name),
      beside: [DEFAULT_VARIANT, ...shown]
        .filter((variant) => variant !== name)
        .map((variant) => this.#compile(formula, variant)),
      book: this.#bookNamed(formula.unit),
      scope: { region: query.region ?? null, subject: query.subject ?? null },
      window,
      law: this.#law(),
      regions: this.#regions,
      ...asOf,
      isCurrent: () => asOf.position === this.#checkpoint,
    };
  }

  /** Which events were known (position) and up to which moment due days count (instant). */
  async #resolve(asOf: AsOf | undefined): Promise<KnownAsOf | Refusal> {
    const now = this.#clock.now();
    const { position, instant } = asOf ?? {};
    if (position === undefined && instant === undefined) return { instant: now, position: this.#checkpoint };
    if (instant !== undefined && instant > now) {
      return refuse('invalid', 'AS_OF_IN_FUTURE', 'asOf lies in the future: nothing is known of it yet', 'asOf');
    }
    if (position !== undefined && (!Number.isSafeInteger(position) || position < 0)) {
      return refuse('invalid', 'INVALID_POSITION', 'a position is a whole number', 'asOf');
    }
    const known = position ?? (await this.#log.positionAt(instant!));
    if (known > this.#checkpoint) {
      if (known > (await this.#log.head())) {
        return refuse('invalid', 'POSITION_AHEAD', `the log has not reached position ${known}`, 'asOf');
      }
      await this.#reach(known);
    }
    return { position: known, instant: instant ?? (await this.#recordedAt(known)) };
  }

  /** Waits until the facts have got so far; throws `METRICS_BEHIND` (retryable) when they do not in time. */
  async #reach(position: Position): Promise<void> {
    await new Promise<void>((resolve) => {
      const question = { position, wake: () => finish() };
      const timer = setTimeout(() => finish(), this.#patienceMs);
      const finish = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(question);
        resolve();
      };
      this.#waiting.add(question);
    });
    if (this.#checkpoint < position) {
      throw new Failure('METRICS_BEHIND', `metrics have not yet read as far as position ${position}`, true);
    }
  }

  async #recordedAt(position: Position): Promise<Instant> {
    if (position === 0) return 0;
    const [event] = await this.#log.readAll(position - 1, { limit: 1 });
    if (event === undefined) throw new Failure('LOG_GAP', `no event at position ${position}`);
    return event.recordedAt;
  }

  #bookNamed(kind: string): FactBook {
    const book = this.#books.find((candidate) => candidate.kind.name === kind);
    if (book === undefined) throw new Failure('FORMULA_INVALID', `there are no facts of kind ${kind}`);
    return book;
  }

  #compile(formula: Formula, variant: string): CompiledVariant {
    const key = `${formulaName(formula)} ${variant}`;
    let compiled = this.#compiled.get(key);
    if (compiled === undefined) {
      compiled = compile(formula, variant, this.#bookNamed(formula.unit).store);
      this.#compiled.set(key, compiled);
    }
    return compiled;
  }
}

function booksOfType(types: readonly string[], books: readonly FactBook[]): ReadonlyMap<string, readonly FactBook[]> {
  return new Map(types.map((type) => [type, books.filter(({ kind }) => kind.types.includes(type))]));
}

/** A rule that is not in the book was misspelt, or its name has changed. */
function checkRules(formula: Formula, { rules }: Law): void {
  const unknown = formula.rules.find(
    (name) => rules.find(name) === undefined && !rules.rules.some(({ clock }) => clock === name),
  );
  if (unknown === undefined) return;
  throw new Failure('FORMULA_INVALID', `formula ${formulaName(formula)}: there is no rule or clock ${unknown}`);
}
