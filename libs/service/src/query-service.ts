import { mayRead, mayTouch, type Principal, type Role } from '#access';
import type { EventReader } from '#event-log';
import { formatInstant, normaliseUscc, type Clock, type RecordedEvent } from '#kernel';
import { disclosureFor, present, type PersonVault } from '#privacy';
import type { Page, Query, ReadModelReader, Scalar } from '#read-models';
import type { AnswerMoment, AnyContextTable, AnyViewRow, Narrowed } from './context.ts';
import { authoriseScope } from './command-service.ts';
import { ProblemError } from './problem.ts';
import { isEventWithheld, withoutWithheld } from './withheld.ts';

export interface QueryPorts {
  readonly clock: Clock;
  /** As {@link AnswerMoment.lawOf}. */
  readonly lawOf: AnswerMoment['lawOf'];
  readonly reader: EventReader;
  readonly readModels: ReadModelReader;
  readonly vault: PersonVault;
  /**
   * Whether a reader may know of an object that another one leads to: where it may read it by itself. All are told of unless given.
   */
  readonly isToldTo?: (principal: Principal, stream: string) => Promise<boolean>;
  /** Told of every read of a guarded view that was refused. */
  readonly onRefusedRead?: (refused: RefusedRead) => void;
}

/** Somebody asked for what its key may not see. */
export interface RefusedRead {
  readonly principal: Principal;
  /** Read model that was asked for. */
  readonly view: string;
  /** Code of the problem that was answered. */
  readonly code: string;
}

export interface ListRequest {
  readonly principal: Principal;
  /** Query string as it came. */
  readonly parameters: Readonly<Record<string, string | readonly string[] | undefined>>;
}

export interface ListAnswer {
  readonly items: readonly object[];
  readonly next: string | null;
}

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;
/** How long a reader who has just written waits for a view to catch up. */
const REACH_TIMEOUT_MS = 5000;
/** Documents looked at for one page when a bounded key must skip those of others; the page then ends early, with a cursor. */
const SCAN_LIMIT = 20_000;
/** How many of them are read at a time. */
const STRETCH = 500;

/** The read half of the one path: authorise, wait for a position, page, put personal data back where the role may see it. */
export class QueryService {
  constructor(private readonly ports: QueryPorts) {}

  list(view: AnyViewRow, request: ListRequest): Promise<ListAnswer> {
    return this.guarding(view, request, () => this.listed(view, request));
  }

  private async listed(view: AnyViewRow, request: ListRequest): Promise<ListAnswer> {
    const { principal, parameters } = request;
    authoriseRole(principal, view.roles);
    const projection = view.projection.name;
    const filters: Record<string, Scalar> = {};
    const narrowed: Narrowed<object>[] = [];
    for (const [name, value] of Object.entries(parameters)) {
      if (name === 'cursor' || name === 'limit' || name === 'position' || value === undefined) continue;
      if (view.narrowings !== undefined && Object.hasOwn(view.narrowings, name)) {
        const one = view.narrowings[name]!.of(single(name, value), this.ports.clock.now(), this.ports.lawOf);
        if (one === undefined) throw badParameter(name, `${name} is ${view.narrowings[name]!.description}`);
        narrowed.push(one);
        Object.assign(filters, one.where);
        continue;
      }
      // An own filter only: a parameter must not reach what objects inherit.
      const field = Object.hasOwn(view.filters, name) ? view.filters[name] : undefined;
      if (field === undefined) throw badParameter(name, `${name} is not a parameter of this list`, 'UNKNOWN_PARAMETER');
      filters[field] = filterOf(name, single(name, value));
    }
    const subjectField = view.filters['respondentUscc'] ?? view.filters['subject'];
    if (principal.scope.subject !== null && subjectField !== undefined)
      filters[subjectField] ??= principal.scope.subject;
    const { where, rest } = planFilters(view, filters);
    await this.reach(projection, parameters['position']);
    const limit = limitOf(parameters['limit']);
    const isBounded = isBoundedBy(view, principal);
    const isShown = (doc: object): boolean =>
      rest.every(([field, value]) => (doc as Record<string, unknown>)[field] === value) &&
      narrowed.every((one) => one.isShown?.(doc) !== false) &&
      isFor(view, principal, doc) &&
      (!isBounded || mayTouch(principal, view.scopeOf(doc)));
    const isForAll = view.readersOf === undefined || principal.role === 'administrator';
    const isExact = rest.length === 0 && !isBounded && isForAll && narrowed.every((one) => one.isShown === undefined);
    const range = rangeOf(view, narrowed);
    const items: { key: string; doc: object }[] = [];
    let cursor = parameters['cursor'] === undefined ? undefined : single('cursor', parameters['cursor']);
    let next: string | null;
    for (let scanned = 0; ;) {
      const stretch = (size: number): Promise<Page<object>> =>
        this.ports.readModels.query(projection, {
          where,
          limit: size,
          ...(range === undefined ? {} : { range }),
          ...(view.sort === undefined ? {} : { sort: view.sort }),
          ...(cursor === undefined ? {} : { cursor }),
        } satisfies Query);
      let page = await stretch(isExact ? limit : STRETCH);
      const shown = page.items.flatMap(({ doc }, index) => (isShown(doc) ? [index] : []));
      // More than the page takes: it ends with the last one taken, where the next page begins.
      if (items.length + shown.length > limit) page = await stretch(shown[limit - items.length - 1]! + 1);
      items.push(...page.items.filter(({ doc }) => isShown(doc)));
      next = page.next;
      scanned += page.items.length;
      if (next === null || items.length >= limit || scanned >= SCAN_LIMIT) break;
      cursor = next;
    }
    return { items: await this.presented(view, principal, items, false), next };
  }

  /** One document, with the version for `If-Match`: never newer than what the document shows. */
  one(table: AnyContextTable, view: AnyViewRow, id: string, request: ListRequest): Promise<{ version: number }> {
    return this.guarding(view, request, () => this.whole(table, view, id, request));
  }

  private async whole(
    table: AnyContextTable,
    view: AnyViewRow,
    id: string,
    request: ListRequest,
  ): Promise<{ version: number }> {
    // Asked before the document is read: what comes in between makes the document newer, and `If-Match` refuse.
    await this.admit(view, request);
    const version = await this.versionSeen(`${table.category}-${id}`, view.projection.name);
    const doc = await this.document(table, view, id, request);
    const [item] = await this.presented(view, request.principal, [{ key: id, doc }], true);
    return { ...item!, version };
  }

  /** Version of a stream up to which a view has read. */
  private async versionSeen(stream: string, projection: string): Promise<number> {
    const history = await this.ports.reader.readStream(stream);
    for (const event of history.toReversed()) {
      if (await this.ports.readModels.reached(projection, event.position, 0)) return event.version;
    }
    return 0;
  }

  /** Every event behind an object, in the order of the log, a page at a time. */
  events(table: AnyContextTable, view: AnyViewRow, id: string, request: ListRequest): Promise<ListAnswer> {
    return this.guarding(view, request, () => this.eventsBehind(table, view, id, request));
  }

  private async eventsBehind(
    table: AnyContextTable,
    view: AnyViewRow,
    id: string,
    request: ListRequest,
  ): Promise<ListAnswer> {
    await this.admit(view, request);
    const doc = await this.document(table, view, id, request);
    const others = await this.othersOf(view, id, doc);
    const own = `${table.category}-${id}`;
    const streams = view.streamsOf?.(doc as never, id, others as never) ?? [own];
    const cursor = request.parameters['cursor'];
    const after = cursor === undefined ? 0 : eventCursor(single('cursor', cursor));
    const limit = limitOf(request.parameters['limit']);
    const events: RecordedEvent[] = [];
    const { reader, isToldTo } = this.ports;
    for (const stream of streams) {
      if (stream !== own && (await isToldTo?.(request.principal, stream)) === false) continue;
      events.push(...(await reader.readStream(stream)));
    }
    const later = events
      .filter(({ position, type }) => position > after && !isEventWithheld(request.principal, type))
      .sort((a, b) => a.position - b.position);
    const page = later.slice(0, limit);
    return {
      items: page.map((event) => eventBody(event, request.principal)),
      next: later.length > limit ? String(page.at(-1)!.position) : null,
    };
  }

  /** Tells of a read that was refused elsewhere. */
  tellRefused(refused: RefusedRead): void {
    this.ports.onRefusedRead?.(refused);
  }

  /** Tells of a refusal where the view is guarded; the answer stays what it is. */
  private async guarding<Answer>(
    view: AnyViewRow,
    { principal }: ListRequest,
    read: () => Promise<Answer>,
  ): Promise<Answer> {
    try {
      return await read();
    } catch (error) {
      if (view.isGuarded === true && error instanceof ProblemError && error.status === 403)
        this.tellRefused({ principal, view: view.projection.name, code: error.code });
      throw error;
    }
  }

  /** The role may read the view, and the view has reached the position that was asked for. */
  private async admit(view: AnyViewRow, { principal, parameters }: ListRequest): Promise<void> {
    authoriseRole(principal, view.roles);
    await this.reach(view.projection.name, parameters['position']);
  }

  private async document(
    table: AnyContextTable,
    view: AnyViewRow,
    id: string,
    { principal }: ListRequest,
  ): Promise<object> {
    const doc = await this.ports.readModels.get(view.projection.name, id);
    if (doc === undefined || !isFor(view, principal, doc)) {
      const code = 'NOT_FOUND';
      if (doc !== undefined && view.isGuardedDocument?.(doc as never) === true)
        this.tellRefused({ principal, view: view.projection.name, code });
      throw new ProblemError(404, code, `there is no ${table.title} with this id`);
    }
    if (isBoundedBy(view, principal)) authoriseScope(principal, view.scopeOf(doc as never));
    return doc;
  }

  /** Documents that one is told together with, and those that they are told with, each once. */
  private async othersOf(view: AnyViewRow, key: string, doc: object): Promise<ReadonlyMap<string, object>> {
    const others = new Map<string, object>();
    const wanted = [...(view.toldWith?.(doc) ?? [])];
    for (let next = wanted.shift(); next !== undefined; next = wanted.shift()) {
      if (next === key || others.has(next)) continue;
      const other = await this.ports.readModels.get<object>(view.projection.name, next);
      if (other === undefined) continue;
      others.set(next, other);
      wanted.push(...view.toldWith!(other));
    }
    return others;
  }

  private async reach(projection: string, parameter: string | readonly string[] | undefined): Promise<void> {
    if (parameter === undefined) return;
    const position = positionOf(single('position', parameter));
    if (!(await this.ports.readModels.reached(projection, position, REACH_TIMEOUT_MS))) throw notReached(position);
  }

  /** The documents as this role may see them: references replaced by what the vault gives out. */
  private async presented(
    view: AnyViewRow,
    principal: Principal,
    items: readonly { key: string; doc: object }[],
    isWhole: boolean,
  ): Promise<object[]> {
    const moment: AnswerMoment = { now: this.ports.clock.now(), lawOf: this.ports.lawOf, isWhole };
    const docs: Record<string, unknown>[] = [];
    for (const { key, doc } of items) {
      const others = await this.othersOf(view, key, doc);
      const answered = view.answer === undefined ? doc : view.answer(doc, moment, others);
      docs.push(withoutWithheld(principal, { id: key, ...answered }) as Record<string, unknown>);
    }
    const places = docs.flatMap((doc) => placesOf(view, doc));
    if (places.length === 0) return docs;
    const people = await this.ports.vault.read(places.map(({ reference }) => reference));
    const disclosure = disclosureFor(principal.role);
    for (const { holder, shownAs, reference } of places) {
      const data = people.get(reference);
      holder[shownAs] = { ref: reference, ...(data === undefined ? {} : (present(data, disclosure) as object)) };
    }
    return docs;
  }
}

/** Whether a role may know of a document. */
function isFor(view: AnyViewRow, { role }: Principal, doc: object): boolean {
  const readers = view.readersOf?.(doc as never);
  return readers === undefined || mayRead(role, readers);
}

/** Whether a key's bounds leave out some of a view's documents. */
function isBoundedBy(view: AnyViewRow, { scope }: Principal): boolean {
  return view.isEverybodys !== true && (scope.region !== null || scope.subject !== null);
}

/** Parameters that are a subject's code, in whichever form it is typed. */
const USCC_PARAMETERS: readonly string[] = ['respondentUscc', 'uscc', 'subject'];

/** What documents hold: a code in its one form. What is no code is looked for as it is, and not found. */
function filterOf(name: string, text: string): string {
  return USCC_PARAMETERS.includes(name) ? (normaliseUscc(text) ?? text) : text;
}

/** Where a document refers to the vault. */
interface Place {
  readonly holder: Record<string, unknown>;
  readonly shownAs: string;
  readonly reference: string;
}

/** The references of a document, in its own fields and in what they hold, which is copied to be written to. */
function placesOf(view: AnyViewRow, doc: Record<string, unknown>): Place[] {
  const copies = new Map<string, readonly Record<string, unknown>[]>();
  return Object.entries(view.personal ?? {}).flatMap(([shownAs, path]) => {
    const [field, inner] = path.split('.') as [string, string | undefined];
    if (inner === undefined) return placeIn(doc, shownAs, doc[field]);
    // Once a field: several references may stand in the same entry.
    if (!copies.has(field)) copies.set(field, copiedIn(doc, field));
    return copies.get(field)!.flatMap((holder) => placeIn(holder, inner, holder[inner]));
  });
}

/** What a field holds: the entries of a list, one entry, or none. */
function copiedIn(doc: Record<string, unknown>, field: string): readonly Record<string, unknown>[] {
  const held = doc[field] as Record<string, unknown> | readonly Record<string, unknown>[] | null | undefined;
  if (held === null || held === undefined) return [];
  const copy = Array.isArray(held) ? held.map((entry: object) => ({ ...entry })) : { ...held };
  doc[field] = copy;
  return (Array.isArray(copy) ? copy : [copy]) as readonly Record<string, unknown>[];
}

function placeIn(holder: Record<string, unknown>, shownAs: string, reference: unknown): Place[] {
  return typeof reference === 'string' ? [{ holder, shownAs, reference }] : [];
}

/**
 * Which filters the store answers from an index, in the view's order, and which are left to look at document by document:
 * every filter may be combined with every other, also where no index was declared for the pair.
 */
function planFilters(view: AnyViewRow, filters: Readonly<Record<string, Scalar>>) {
  let best: readonly string[] = [];
  for (const fields of Object.values(view.projection.indexes)) {
    const end = view.sort === undefined ? fields.length : fields.indexOf(view.sort.field);
    const prefix = fields.slice(0, Math.max(end, 0));
    if (prefix.length > best.length && prefix.every((field) => field in filters)) best = prefix;
  }
  return {
    where: Object.fromEntries(best.map((field) => [field, filters[field]!])),
    rest: Object.entries(filters).filter(([field]) => !best.includes(field)),
  };
}

/** What all narrowings leave of the order in which the list is sorted. */
function rangeOf(view: AnyViewRow, narrowed: readonly Narrowed<object>[]): Query['range'] {
  const ranges = narrowed.flatMap(({ range }) => range ?? []);
  if (ranges.length === 0 || view.sort === undefined) return undefined;
  const from = ranges.flatMap((one) => one.from ?? []).reduce<Scalar>((a, b) => (a === null || b! > a ? b : a), null);
  const to = ranges.flatMap((one) => one.to ?? []).reduce<Scalar>((a, b) => (a === null || b! < a ? b : a), null);
  return { field: view.sort.field, ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) };
}

/** An event as a reader sees it: what the log holds, for auditors all of it; instants as ISO 8601. */
function eventBody(event: RecordedEvent, reader: Principal): object {
  const { occurredAt, recordedAt, data } = event;
  return {
    ...event,
    occurredAt: formatInstant(occurredAt),
    recordedAt: formatInstant(recordedAt),
    data: withoutWithheld(reader, data),
  };
}

export function authoriseRole(principal: Principal, roles: readonly Role[]): void {
  if (mayRead(principal.role, roles)) return;
  throw new ProblemError(403, 'ROLE_NOT_ALLOWED', `a key of role ${principal.role} may not read this`);
}

export function positionOf(text: string): number {
  const position = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (Number.isNaN(position))
    throw badParameter('position', 'position is not one that a command answered', 'BAD_POSITION');
  return position;
}

/** Position of the last event of the page before. */
function eventCursor(text: string): number {
  const position = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (Number.isNaN(position)) throw badParameter('cursor', 'cursor is not one of this list', 'BAD_CURSOR');
  return position;
}

/** Refuses parameters that a route does not have: a misspelt one would silently answer another question. */
export function onlyParameters(parameters: ListRequest['parameters'], known: readonly string[]): void {
  for (const name of Object.keys(parameters)) {
    if (!known.includes(name)) throw badParameter(name, `${name} is not a parameter here`, 'UNKNOWN_PARAMETER');
  }
}

export function notReached(position: number): ProblemError {
  return new ProblemError(
    503,
    'POSITION_NOT_REACHED',
    `the view has not reached position ${position} yet`,
    undefined,
    1,
  );
}

export function single(name: string, value: string | readonly string[]): string {
  if (typeof value === 'string') return value;
  throw badParameter(name, `${name} may be given once`, 'REPEATED_PARAMETER');
}

export function limitOf(value: string | readonly string[] | undefined): number {
  if (value === undefined) return DEFAULT_LIMIT;
  const text = single('limit', value);
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : NaN;
  if (Number.isNaN(limit) || limit < 1 || limit > MAX_LIMIT)
    throw badParameter('limit', `limit is 1 to ${MAX_LIMIT}`, 'BAD_LIMIT');
  return limit;
}

export function badParameter(name: string, reason: string, code = 'BAD_PARAMETER'): ProblemError {
  return new ProblemError(400, code, reason, [{ field: name, code, reason }]);
}
