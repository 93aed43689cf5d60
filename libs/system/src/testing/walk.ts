import { expect } from '@jest/globals';
import { mainlandCalendar, type PublishedNotice } from '#calendar';
import {
  addDays,
  formatInstant,
  idOf,
  isRefusal,
  parseInstant,
  startOfDay,
  type Decision,
  type Instant,
  type RecordedEvent,
  type Refusal,
} from '#kernel';
import { configure, isOpen, regulations, shippedLaw, type Clocks, type Law } from '#law';
import { isRefused, MetricsEngine } from '#metrics';
import { answersTo, type Siblings } from '#proposals';
import { publicationOf } from '#publicity/events';
import type { Projection } from '#read-models';
import type { AnyCommandRow, AnyContextTable, AnyViewRow } from '#service';
import { domainTables, projections } from '../contexts.ts';
import type { Chance } from './chance.ts';
import { drawnCommand } from './drawn-command.ts';
import {
  expectAlive,
  expectCorrelated,
  expectNoMarkers,
  expectStopped,
  expectWellRefused,
  expectWords,
} from './invariants.ts';
import { WalkedWorld, type Given, type Step, type WalkedStream } from './walked-world.ts';

/** What no source states, as this place sets it: so many days that every clock there is runs. */
const RULES = `rules:
  - id: SX.silence
    name: shaoxing-settlement-silence
    clock: settlement-silence
    region: '330600'
    title: { en: Silence confirms, zh: 沉默视为确认 }
    limit: stated
    selectedBy: told
    starts: the consumer is told of the claim
    completes: the consumer speaks
    versions:
      - { regulation: none, article: '-', from: null, to: null, period: { days: 3 }, source: none }
  - { id: L-36, versions: [{ regulation: none, article: '-', from: null, to: null, period: { workingDays: 20 }, source: none }] }
  - { id: L-36.term, versions: [{ regulation: none, article: '-', from: null, to: null, period: { workingDays: 10 }, source: none }] }
`;

const shipped = shippedLaw();
const law: Law = { ...shipped, rules: configure(shipped.rules, RULES, 'rules.yaml', regulations) };

export const tableOf: ReadonlyMap<string, AnyContextTable> = new Map(
  domainTables.map((table) => [table.category, table]),
);
const creating = domainTables.filter((table) => table.commands.some(({ creates }) => creates));
/** How often another command of the same object is drawn before the step is left as it is. */
const DRAWS = 16;
const DRAWS_OF_NEW = 60;
/** Commands after which little is left to say of an object: most of them are passed over, so that walks come further. */
const ENDING =
  /^(escalate|fail|exclude|redirect|refuse|decline|return|withdraw|remove|expel|close|inform-incompetent|conclude|terminate|merge|mark-repeat|disqualify|record-refusal|dismiss$)/;
/** Commands of the clock process, by the clock that ran out (sources.ts of the deadlines). */
const ENDS: Readonly<Record<string, string>> = {
  'negotiation/negotiation': 'expire',
  'negotiation/settlement-silence': 'confirm-by-silence',
  'referral/court-mediation': 'expire',
  'publication/publication-term': 'expire',
  'complaint/identity-proof': 'mark-identity-proof-overdue',
};
const PROCESS = { id: 'clock', role: 'process' };
/** What figures are asked for, to be asked again when more is known. */
const YEARS = { from: '2025-01-01', to: '2028-01-01' };

/** What was asked of the metrics when it was known, and what they said. */
interface Answered {
  readonly position: number;
  readonly instant: Instant;
  readonly figures: readonly string[];
}

/** What walks came to. */
export class Reached {
  readonly taken = new Set<string>();
  /** Name and code. */
  readonly refused = new Set<string>();
  /** What a process could have said as well as the person who said it. */
  readonly byProcess = new Set<string>();
}

/** A walk through every context at once: whatever it does, the invariants are looked after. */
export class Walk {
  readonly world: WalkedWorld;
  readonly told: string[] = [];
  readonly #live = new Map<string, Map<string, object>>(projections.map(({ name }) => [name, new Map()]));
  readonly #metrics: MetricsEngine;
  readonly #concluded = new Map<string, number>();
  readonly #taken = new Map<string, number>();
  readonly #notices: PublishedNotice[] = [];
  readonly #answered: Answered[] = [];
  #answeredUpTo = 0;

  constructor(private readonly reached: Reached) {
    this.world = new WalkedWorld(parseInstant('2026-03-02T09:00:00+08:00')!, law, (...seen) => this.#held(...seen));
    const { world } = this;
    this.#metrics = new MetricsEngine({
      clock: { now: () => world.now },
      law: () => world.law,
      log: {
        readAll: (after, { limit } = {}) =>
          Promise.resolve(world.log.slice(after, after + (limit ?? world.log.length))),
        positionAt: (instant) => Promise.resolve(world.log.filter(({ recordedAt }) => recordedAt <= instant).length),
        head: () => Promise.resolve(world.log.length),
      },
    });
  }

  later(hours: number): void {
    this.world.now += hours * 3_600_000;
    this.#expire();
  }

  step(hours: number, chance: Chance): void {
    this.later(hours);
    const streams = [...this.world.streams.values()].filter(({ table }) => table.commands.length > 0);
    const isNew = chance.isWithin(0.12) || streams.length === 0;
    const stream = isNew ? undefined : one(streams, chance);
    const table = stream?.table ?? chance.of(creating)!;
    // Several in a row on the same object, or it is overtaken by its deadlines before it gets anywhere.
    for (let left = isNew ? 1 : 1 + chance.below(6); left > 0; left--) this.#advance(table, stream, chance);
    if (chance.isWithin(0.05)) this.#asProcess(chance);
  }

  /** Draws until something is taken; what is refused on the way was to be refused well. */
  #advance(table: AnyContextTable, stream: WalkedStream | undefined, chance: Chance): void {
    for (let draw = 0; draw < (stream === undefined ? DRAWS_OF_NEW : DRAWS); draw++) {
      const decision = this.drawn(table, stream, chance);
      if (decision !== undefined && !isRefusal(decision) && decision.length > 0) return;
    }
  }

  drawn(table: AnyContextTable, stream: WalkedStream | undefined, chance: Chance): Decision | undefined {
    const rows = table.commands.filter(({ creates }) => (creates === true) === (stream === undefined));
    const row = this.#rarer(table, chance.of(rows), chance.of(rows));
    if (row !== undefined && ENDING.test(row.action) && chance.isWithin(0.9)) return undefined;
    const step = row === undefined ? undefined : this.#drawnStep(table, row, stream, chance);
    return step === undefined ? undefined : this.give(step).decision;
  }

  #drawnStep(
    table: AnyContextTable,
    row: AnyCommandRow,
    stream: WalkedStream | undefined,
    chance: Chance,
  ): Step | undefined {
    const command = drawnCommand(table, row, this.world.known(stream), chance);
    if (command === undefined) return undefined;
    const role = chance.of(row.roles.length === 0 ? ['administrator'] : row.roles)!;
    const scope = stream === undefined ? undefined : table.scopeOf(stream.state);
    const subject = role === 'merchant' ? (scope?.subject ?? null) : null;
    return {
      table,
      row,
      command,
      ...(stream === undefined ? {} : { id: stream.id.slice(table.category.length + 1) }),
      actor: { id: `key-${role}-${1 + chance.below(2)}`, role },
      bounds: { region: null, subject },
    };
  }

  /** Every command of every object there is, as chance has it: what is refused is to be refused well, and nothing is left of it. */
  refusals(chance: Chance): void {
    const known = [...this.world.streams.values()];
    for (const table of domainTables) {
      const { category, commands } = table;
      const streams = [undefined, ...known.filter((stream) => stream.table === table)];
      for (const row of commands) {
        for (const stream of streams) {
          if ((row.creates === true) !== (stream === undefined)) continue;
          for (let draw = 0; draw < (stream === undefined ? 6 : 2); draw++) {
            const step = this.#drawnStep(table, row, stream, chance);
            const decision = step && this.world.decide(step);
            if (decision !== undefined && isRefusal(decision)) this.#refused(`${category}/${row.action}`, decision);
          }
        }
      }
    }
  }

  #refused(name: string, refusal: Refusal): void {
    expectWellRefused(refusal);
    this.reached.refused.add(`${name} ${refusal.code}`);
  }

  /** So that a walk comes to what lies far from the beginning. */
  #rarer({ category }: AnyContextTable, first: AnyCommandRow | undefined, other: AnyCommandRow | undefined) {
    const timesOf = (row: AnyCommandRow | undefined) => this.#taken.get(`${category}/${row?.action}`) ?? 0;
    return timesOf(other) < timesOf(first) ? other : first;
  }

  give(step: Step): Given {
    const name = `${step.table.category}/${step.row.action}`;
    this.told.push(
      `${new Date(this.world.now).toISOString()} ${step.id ?? ''} ${name} ${step.actor.id} ${JSON.stringify(step.command)}`,
    );
    const isPersons = step.table.commands.includes(step.row);
    const byProcess = isPersons ? this.world.decide({ ...step, actor: PROCESS }) : undefined;
    const given = this.world.give(step);
    const { decision } = given;
    if (isRefusal(decision)) {
      this.#refused(name, decision);
      this.told.pop();
    } else if (decision.length > 0) {
      this.#taken.set(name, (this.#taken.get(name) ?? 0) + 1);
      this.reached.taken.add(name);
      if (byProcess !== undefined && !isRefusal(byProcess)) this.reached.byProcess.add(name);
    }
    this.#answerEvents();
    return given;
  }

  /** What must hold of every event when it is in the log. */
  #held(event: RecordedEvent, { table, state, history }: WalkedStream, before: unknown): void {
    const { type, stream } = event;
    expect(stream.startsWith(`${table.category}-`)).toBe(true);
    expect(table.schemas[type]?.schemaVersion).toBe(event.schemaVersion);
    expectNoMarkers(event);
    if (table.category !== 'workCalendar') expectWords(event);
    expectCorrelated(event, state, this.world.idsOf('dispute'));
    if (history.length > 1) expectAlive(table, event, before);
    if (type === 'ComplaintReopened') this.#concluded.delete(stream);
    if (type === 'ComplaintConcluded') {
      expect(this.#concluded.has(stream)).toBe(false);
      this.#concluded.set(stream, event.position);
    }
    if (table.clocks !== undefined && history.length > 1) {
      expectStopped(event, table.clocks.of(before), table.clocks.of(state), table.clocks.changesOf(event));
    }
    for (const projection of projections) project(projection, event, this.#live.get(projection.name)!, true);
    this.#metrics.apply([event], event.position);
    expect(this.#metrics.parked()).toEqual([]);
    if (type === 'WorkCalendarPublished') this.#isPublished(event.data as PublishedNotice);
  }

  #isPublished(notice: PublishedNotice): void {
    this.#notices.push(notice);
    this.world.law = { ...law, calendar: mainlandCalendar({ provisional: true, published: this.#notices }) };
  }

  /** As the proposal process does. */
  #answerEvents(): void {
    while (this.#answeredUpTo < this.world.log.length) {
      const event = this.world.log[this.#answeredUpTo++]!;
      const opening = this.world.streams.get(event.stream)!.history[0]!;
      for (const answer of answersTo(event, this.world.law, opening, this.#siblingsOf(event))) {
        const [kind, object] =
          answer.answer === 'make' ? [answer.made.kind, answer.made.object] : [answer.kind, answer.object];
        const { type, position: answered } = event;
        const command = {
          make: { made: 'made' in answer ? answer.made : null, answered },
          take: { by: type, answered },
          withdraw: { because: type, answered },
        }[answer.answer];
        const decision = this.asProcess('proposal', answer.answer, command, `${kind}.${object}`, event.occurredAt);
        expect(isRefusal(decision)).toBe(false);
      }
      this.#draw(event);
    }
  }

  #siblingsOf({ correlationId }: RecordedEvent): Siblings {
    const own = [...this.world.streams].filter(([, { history }]) => history[0]?.correlationId === correlationId);
    const of = (category: string) => own.filter(([stream]) => stream.startsWith(`${category}-`));
    const hasEnded = ({ type }: RecordedEvent) => type === 'ComplaintConcluded' || type === 'ComplaintNotAccepted';
    return {
      negotiations: of('negotiation').map(([stream]) => idOf(stream)),
      openComplaints: of('complaint')
        .filter(([, { history }]) => !history.some(hasEnded))
        .map(([stream, { history }]) => ({
          id: idOf(stream),
          handlingRegion: (history[0]!.data as { handlingRegion: string }).handlingRegion,
          receivedAt: formatInstant(history[0]!.occurredAt),
        })),
    };
  }

  /** As the linking process does, and of more negotiations than it would find: what does not follow is silence. */
  #draw({ stream, type, occurredAt }: RecordedEvent): void {
    const complaintId = idOf(stream);
    const draw = (category: string, action: string, id: string) =>
      expect(isRefusal(this.asProcess(category, action, { complaintId }, id, occurredAt))).toBe(false);
    if (type === 'ComplaintClosed') draw('publication', 'plan-after-closing', publicationOf(complaintId));
    if (type !== 'ComplaintReceived') return;
    for (const id of this.world.idsOf('negotiation')) draw('negotiation', 'dispute-by-complaint', id);
  }

  /** As the clock process does. */
  #expire(): void {
    for (const { id, table, state } of this.world.streams.values()) {
      for (const clock of Object.values<Clocks[string]>(table.clocks?.of(state) ?? {})) {
        const action = ENDS[`${table.category}/${clock.clock}`];
        if (action === undefined || clock.due === null || !isOpen(clock)) continue;
        const at = clock.due.length > 10 ? parseInstant(clock.due)! : startOfDay(addDays(clock.due, 1));
        if (at > this.world.now) continue;
        this.asProcess(table.category, action, {}, id.slice(table.category.length + 1), at);
      }
    }
  }

  /** As the clock process does when a calendar was published: every open clock is read again. */
  amend(): void {
    for (const { id, table, state } of [...this.world.streams.values()]) {
      for (const clock of Object.values<Clocks[string]>(table.clocks?.of(state) ?? {})) {
        const object = id.slice(table.category.length + 1);
        if (isOpen(clock)) this.asProcess(table.category, 'amend-deadline', { clock: clock.clock }, object);
      }
    }
  }

  /** What else processes may say of an object that there is. */
  #asProcess(chance: Chance): void {
    const { world } = this;
    this.amend();
    const withClocks = [...world.streams.values()].filter(({ table }) => table.clocks !== undefined);
    const stream = chance.of(withClocks);
    const clock = stream && chance.of(Object.values<Clocks[string]>(stream.table.clocks!.of(stream.state)));
    if (stream !== undefined && clock !== undefined) {
      const { table, id } = stream;
      this.asProcess(table.category, 'amend-deadline', { clock: clock.clock }, id.slice(table.category.length + 1));
      this.remind(stream, clock, clock.due === null ? 'standstill' : chance.of(['amber', 'red', 'due', 'overdue'])!);
    }
    const evidenceId = chance.of(world.idsOf('evidence'));
    if (evidenceId !== undefined) this.asProcess('evidence', 'erase', { reason: 'retention-over' }, evidenceId);
    const [of, disputeId] = chance.some(world.idsOf('dispute'), 2, 2);
    if (of === undefined || disputeId === undefined) return;
    this.suspect(disputeId, of);
    const evidence = drawnCommand(
      tableOf.get('evidence')!,
      rowOf('evidence', 'record'),
      world.known(undefined),
      chance,
    );
    if (evidence !== undefined) this.asProcess('evidence', 'record', evidence, undefined);
  }

  remind({ id }: WalkedStream, clock: Clocks[string], level: string): void {
    const date = clock.due ?? clock.suspensions.find(({ to }) => to === null)?.from;
    const about = { holder: null, region: null, respondentUscc: null, disputeId: null };
    const command = { object: id, clock: clock.clock, level, date, ...about };
    if (date !== undefined) this.asProcess('reminder', 'issue-reminder', command, `${id}:${clock.clock}`);
  }

  /** As the matching process does. */
  suspect(disputeId: string, of: string): void {
    const about = {
      kind: 'duplicate',
      score: 80,
      reasons: ['same-respondent'],
      region: '330602',
      respondentUscc: null,
    };
    this.asProcess('duplicate', 'suspect', { suspected: { disputeId, of, ...about } }, disputeId);
  }

  asProcess(category: string, action: string, command: object, id: string | undefined, occurredAt = this.world.now) {
    const step = { table: tableOf.get(category)!, row: rowOf(category, action), command, actor: PROCESS, occurredAt };
    return this.give({ ...step, ...(id === undefined ? {} : { id }) }).decision;
  }

  /** Asks for every figure there is, as known now: {@link Walk.end} asks again for the same moment. */
  async ask(): Promise<void> {
    const [position, instant] = [this.world.log.length, this.world.now];
    this.#answered.push({ position, instant, figures: await this.#figures({ position, instant }) });
  }

  async #figures(asOf: { readonly position: number; readonly instant: Instant }): Promise<string[]> {
    const figures: string[] = [];
    for (const { id } of this.#metrics.metrics()) {
      for (const region of [undefined, '330602']) {
        const figure = await this.#metrics.figure({ metric: id, region, ...YEARS, asOf } as never);
        if (isRefused(figure)) throw new Error(`${id}: ${figure.code}`);
        figures.push(JSON.stringify(figure));
      }
    }
    return figures;
  }

  /** What the whole log gives, read again from its beginning. */
  async end(): Promise<void> {
    for (const projection of projections) {
      const again = new Map<string, object>();
      for (const event of this.world.log) project(projection, event, again);
      expect([...again]).toEqual([...this.#live.get(projection.name)!]);
    }
    for (const table of domainTables) for (const view of table.views) this.#answer(view);
    expect(this.#metrics.parked()).toEqual([]);
    const rebuilt = this.#metrics.anew();
    rebuilt.apply(this.world.log, this.world.log.length);
    expect(this.#metrics.compare(rebuilt)).toMatchObject({ differences: 0, keys: [] });
    for (const { figures, ...asOf } of this.#answered) expect(await this.#figures(asOf)).toEqual(figures);
    await this.#countedOfTickets();
  }

  /** A ticket counts for itself, whatever its dispute was merged into (T-13): in time none that a unit got is missing in M-05. */
  async #countedOfTickets(): Promise<void> {
    const dispatched = [...this.world.streams.values()].filter(
      ({ table, history }) =>
        table.category === 'workOrder' && history.some(({ type }) => type === 'WorkOrderDispatched'),
    );
    this.world.now += 3 * 365 * 86_400_000;
    const counted = new Set<string>();
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = { metric: 'M-05', from: '2025-01-01', to: '2035-01-01', limit: 200 };
      const page = await this.#metrics.objects(cursor === '' ? query : { ...query, cursor });
      if (isRefused(page)) throw new Error(`${page.code} ${page.detail}`);
      for (const { id, reason } of page.items) {
        counted.add(id);
        // That its dispute is another one's is no reason to leave a ticket out.
        expect([undefined, 'X-CONS', 'X-RET', 'X-NO-DUE']).toContain(reason);
      }
      cursor = page.next;
    }
    const missing = dispatched.filter(({ id }) => !counted.has(id) && !counted.has(idOf(id)));
    expect(missing.map(({ id }) => id)).toEqual([]);
  }

  #answer(view: AnyViewRow): void {
    const docs = this.#live.get(view.projection.name)!;
    const moment = { now: this.world.now, lawOf: () => this.world.law, isWhole: true };
    for (const [key, doc] of docs) {
      view.scopeOf(doc);
      view.readersOf?.(doc);
      view.streamsOf?.(doc, key, docs as never);
      view.answer?.(doc, moment, docs as never);
    }
  }
}

/** Often one of the last; and of contexts with few objects as often as of those with many. */
function one(streams: readonly WalkedStream[], chance: Chance): WalkedStream | undefined {
  if (chance.isWithin(0.4)) return chance.of(streams.slice(-4));
  const table = chance.of([...new Set(streams.map((stream) => stream.table))]);
  return chance.of(streams.filter((stream) => stream.table === table).slice(-3));
}

export function rowOf(category: string, action: string): AnyCommandRow {
  const { commands, processCommands = [] } = tableOf.get(category)!;
  const row = [...processCommands, ...commands].find((candidate) => candidate.action === action);
  if (row === undefined) throw new Error(`${category} has no ${action}`);
  return row;
}

/** As the read models do: documents are kept as JSON between two events. */
function project(projection: Projection, event: RecordedEvent, docs: Map<string, object>, isKept = false): void {
  if (!projection.types.includes(event.type)) return;
  for (const key of projection.keys(event)) {
    const doc = projection.evolve(docs.get(key), event, key);
    if (doc === null) docs.delete(key);
    else docs.set(key, isKept ? (JSON.parse(JSON.stringify(doc)) as object) : doc);
  }
}
