import 'reflect-metadata';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, isRefusal, parseInstant, startOfDay, systemClock, type Decision, type RecordedEvent } from '#kernel';
import { isOpen, shippedLaw, type Clocks } from '#law';
import { MetricsEngine } from '#metrics';
import { answersTo, asksForSettlements, commandOf } from '#proposals';
import type { Projection } from '#read-models';
import type { AnyCommandRow, AnyContextTable, AnyViewRow } from '#service';
import { wordsOf } from '#timeline';
import { domainTables, projections } from './contexts.ts';
import { Chance } from './testing/chance.ts';
import { drawnCommand, MARKERS } from './testing/drawn-command.ts';
import { WalkedWorld, type WalkedStream } from './testing/walked-world.ts';

/** One step of a walk: how much later it is, and what chance makes of it. */
interface Step {
  readonly hours: number;
  readonly seed: number;
}

const law = shippedLaw();
const tableOf = new Map(domainTables.map((table) => [table.category, table]));
const creating = domainTables.filter((table) => table.commands.some(({ creates }) => creates));
/** Walked before chance has its way, so that there is something to speak of. */
const GROUND = [
  'subject',
  'dispute',
  'mediationBody',
  'mediator',
  'serviceStation',
  'advanceScheme',
  'store',
  'complaint',
  'negotiation',
  'mediation',
  'report',
  'case',
  'referral',
];
/** Events that begin a step again whose clock had stopped. */
const OPENS_ANEW: ReadonlySet<string> = new Set([
  'WorkOrderReopened',
  'WorkOrderDispatched',
  'ComplaintReopened',
  'ComplaintUnmerged',
  'ComplaintCorrected',
  'ComplaintTransferReceived',
  'IdentityProofRequested',
  'CompetenceDisputeRaised',
  'CompetenceDisputeSentUp',
  'ReportCompetenceDisputeRaised',
  'ReportCompetenceDisputeResolved',
  'AssistanceRequested',
  'CaseSubmittedForReview',
  'CourtMediationBodyDesignated',
  'PenaltyNoticeServed',
  'PoliceReceiptSigned',
]);
const WALKS = 16;
const LENGTH = 250;
const MOST_TAKEN = 150;
const MOST_REFUSED = 300;
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
  'publication/term': 'expire',
  'complaint/identity-proof': 'mark-identity-proof-overdue',
};

/** What all walks together came to. */
const taken = new Set<string>();
const refusedWith = new Set<string>();

class Walk {
  readonly world: WalkedWorld;
  readonly told: string[] = [];
  readonly #live = new Map<string, Map<string, object>>(projections.map(({ name }) => [name, new Map()]));
  readonly #metrics: MetricsEngine;
  readonly #concluded = new Map<string, number>();
  readonly #taken = new Map<string, number>();
  #answered = 0;

  constructor() {
    this.world = new WalkedWorld(parseInstant('2026-03-02T09:00:00+08:00')!, law, (...seen) => this.#held(...seen));
    const nothing = {
      readAll: () => Promise.resolve([]),
      positionAt: () => Promise.resolve(0),
      head: () => Promise.resolve(0),
    };
    this.#metrics = new MetricsEngine({ clock: systemClock, log: nothing as never });
  }

  step({ hours, seed }: Step): void {
    const chance = new Chance(seed);
    this.world.now += hours * 3_600_000;
    this.#expire();
    const streams = [...this.world.streams.values()].filter(({ table }) => table.commands.length > 0);
    const isNew = chance.isWithin(0.12) || streams.length === 0;
    const stream = isNew ? undefined : this.#one(streams, chance);
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

  /** Often one of the last; and of contexts with few objects as often as of those with many. */
  #one(streams: readonly WalkedStream[], chance: Chance): WalkedStream | undefined {
    if (chance.isWithin(0.4)) return chance.of(streams.slice(-4));
    const table = chance.of([...new Set(streams.map((stream) => stream.table))]);
    return chance.of(streams.filter((stream) => stream.table === table).slice(-3));
  }

  drawn(table: AnyContextTable, stream: WalkedStream | undefined, chance: Chance): Decision | undefined {
    const rows = table.commands.filter(({ creates }) => (creates === true) === (stream === undefined));
    const row = this.#rarer(table, chance.of(rows), chance.of(rows));
    if (row !== undefined && ENDING.test(row.action) && chance.isWithin(0.9)) return undefined;
    const command = row === undefined ? undefined : drawnCommand(table, row, this.world.known(stream), chance);
    if (row === undefined || command === undefined) return undefined;
    const role = chance.of(row.roles.length === 0 ? ['administrator'] : row.roles)!;
    const scope = stream === undefined ? undefined : table.scopeOf(stream.state);
    const subject = role === 'merchant' ? (scope?.subject ?? null) : null;
    return this.#give({
      table,
      row,
      command,
      ...(stream === undefined ? {} : { id: stream.id.slice(table.category.length + 1) }),
      actor: { id: `key-${role}-${1 + chance.below(2)}`, role },
      bounds: { region: null, subject },
    });
  }

  /** So that a walk comes to what lies far from the beginning. */
  #rarer({ category }: AnyContextTable, one: AnyCommandRow | undefined, other: AnyCommandRow | undefined) {
    const timesOf = (row: AnyCommandRow | undefined) => this.#taken.get(`${category}/${row?.action}`) ?? 0;
    return timesOf(other) < timesOf(one) ? other : one;
  }

  /** What the whole log gives, read again from its beginning. */
  end(): void {
    for (const projection of projections) {
      const again = new Map<string, object>();
      for (const event of this.world.log) project(projection, event, again);
      expect([...again]).toEqual([...this.#live.get(projection.name)!]);
    }
    for (const table of domainTables) for (const view of table.views) this.#answer(view);
    expect(this.#metrics.parked()).toEqual([]);
  }

  #give(step: Parameters<WalkedWorld['give']>[0]): Decision {
    const name = `${step.table.category}/${step.row.action}`;
    this.told.push(
      `${new Date(this.world.now).toISOString()} ${step.id ?? ''} ${name} ${step.actor.id} ${JSON.stringify(step.command)}`,
    );
    const decision = this.world.give(step);
    if (isRefusal(decision)) {
      expect(decision.code).toMatch(/^[A-Z][A-Z0-9_]+$/);
      expect(decision.detail).not.toBe('');
      expectNoMarkers(decision);
      refusedWith.add(`${name} ${decision.code}`);
      this.told.pop();
    } else if (decision.length > 0) {
      this.#taken.set(name, (this.#taken.get(name) ?? 0) + 1);
      taken.add(name);
    }
    this.#answerEvents();
    return decision;
  }

  /** What must hold of every event when it is in the log. */
  #held(event: RecordedEvent, { table, state, history }: WalkedStream, before: unknown): void {
    const { type, stream } = event;
    expect(stream.startsWith(`${table.category}-`)).toBe(true);
    expect(table.schemas[type]?.schemaVersion).toBe(event.schemaVersion);
    expectNoMarkers(event);
    if (table.category !== 'workCalendar') expectWords(event);
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
  }

  /** As the proposal process does. */
  #answerEvents(): void {
    while (this.#answered < this.world.log.length) {
      const event = this.world.log[this.#answered++]!;
      const opening = this.world.streams.get(event.stream)!.history[0]!;
      const negotiations = asksForSettlements(event) ? this.world.idsOf('negotiation') : [];
      for (const answer of answersTo(event, law, opening, negotiations)) {
        const { category, action, command, id } = commandOf(answer, event);
        const decision = this.#process(category, action, command, id, event.occurredAt);
        expect(isRefusal(decision)).toBe(false);
      }
    }
  }

  /** As the clock process does. */
  #expire(): void {
    for (const { id, table, state } of this.world.streams.values()) {
      for (const clock of Object.values<Clocks[string]>(table.clocks?.of(state) ?? {})) {
        const action = ENDS[`${table.category}/${clock.clock}`];
        if (action === undefined || clock.due === null || !isOpen(clock)) continue;
        const at = clock.due.length > 10 ? parseInstant(clock.due)! : startOfDay(addDays(clock.due, 1));
        if (at > this.world.now) continue;
        this.#process(table.category, action, {}, id.slice(table.category.length + 1), at);
      }
    }
  }

  /** What else processes may say of an object that there is. */
  #asProcess(chance: Chance): void {
    const { world } = this;
    const withClocks = [...world.streams.values()].filter(({ table }) => table.clocks !== undefined);
    const stream = chance.of(withClocks);
    const clock = stream && chance.of(Object.values<Clocks[string]>(stream.table.clocks!.of(stream.state)));
    if (stream !== undefined && clock !== undefined) {
      const { table, id } = stream;
      this.#process(table.category, 'amend-deadline', { clock: clock.clock }, id.slice(table.category.length + 1));
      const level = clock.due === null ? 'standstill' : chance.of(['amber', 'red', 'due', 'overdue'])!;
      const date = clock.due ?? clock.suspensions.find(({ to }) => to === null)?.from;
      const about = { holder: null, region: null, respondentUscc: null, disputeId: null };
      const command = { object: id, clock: clock.clock, level, date, ...about };
      if (date !== undefined) this.#process('reminder', 'issue-reminder', command, `${id}:${clock.clock}`);
    }
    const evidenceId = chance.of(world.idsOf('evidence'));
    if (evidenceId !== undefined) this.#process('evidence', 'erase', { reason: 'retention-over' }, evidenceId);
    const [of, disputeId] = chance.some(world.idsOf('dispute'), 2, 2);
    if (of !== undefined && disputeId !== undefined) {
      const suspected = {
        disputeId,
        of,
        kind: 'duplicate',
        score: 80,
        reasons: ['same-respondent'],
        region: '330602',
        respondentUscc: null,
      };
      this.#process('duplicate', 'suspect', { suspected }, disputeId);
      const evidence = drawnCommand(
        tableOf.get('evidence')!,
        rowOf('evidence', 'record'),
        world.known(undefined),
        chance,
      );
      if (evidence !== undefined) this.#process('evidence', 'record', evidence, undefined);
    }
  }

  #process(category: string, action: string, command: object, id: string | undefined, occurredAt = this.world.now) {
    const table = tableOf.get(category)!;
    const actor = { id: 'clock', role: 'process' };
    return this.#give({
      table,
      row: rowOf(category, action),
      command,
      actor,
      occurredAt,
      ...(id === undefined ? {} : { id }),
    });
  }

  #answer(view: AnyViewRow): void {
    const docs = this.#live.get(view.projection.name)!;
    const moment = { now: this.world.now, lawOf: () => law, isWhole: true };
    for (const [key, doc] of docs) {
      view.scopeOf(doc);
      view.readersOf?.(doc);
      view.streamsOf?.(doc, key, docs as never);
      view.answer?.(doc, moment, docs as never);
    }
  }
}

function rowOf(category: string, action: string): AnyCommandRow {
  const { commands, processCommands = [] } = tableOf.get(category)!;
  const row = [...processCommands, ...commands].find((one) => one.action === action);
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

function expectNoMarkers(said: object): void {
  const text = JSON.stringify(said);
  for (const marker of Object.values(MARKERS)) if (text.includes(marker)) throw new Error(`personal data in ${text}`);
}

function expectWords(event: RecordedEvent): void {
  const words = wordsOf(event);
  expectNoMarkers(words);
  if (!/\p{Script=Han}/u.test(words.zh)) throw new Error(`${event.type}: ${words.zh}`);
  const broken = /undefined|\bnull\b|NaN|\[object/.exec(`${words.zh} ${words.en}`);
  if (broken !== null) throw new Error(`${event.type}: ${words.zh} / ${words.en} / ${JSON.stringify(event.data)}`);
}

/** A clock that has stopped runs again only where the event opens it anew. */
function expectStopped(event: RecordedEvent, before: Clocks, after: Clocks, changes: readonly object[]): void {
  for (const [name, clock] of Object.entries(before)) {
    const next = after[name];
    if (next === undefined) throw new Error(`${event.type} loses the clock ${name}`);
    if (isOpen(clock) || !isOpen(next)) continue;
    const isOpened = changes.some((change) => {
      const { change: what, reading } = change as {
        readonly change: string;
        readonly reading?: { readonly clock: string };
      };
      return what === 'opened' && reading?.clock === name;
    });
    if (!isOpened) throw new Error(`${event.type} sets ${name} going again`);
    if (!OPENS_ANEW.has(event.type)) throw new Error(`${event.type} opens ${name} anew, which has ${clock.state}`);
  }
}

function walked(seed: number, steps: readonly Step[]): void {
  const walk = new Walk();
  try {
    const chance = new Chance(seed);
    for (const category of GROUND) {
      for (let draw = 0; draw < 150 && walk.world.idsOf(category).length < 2; draw++) {
        walk.drawn(tableOf.get(category)!, undefined, chance);
      }
    }
    for (const step of steps) walk.step(step);
    walk.end();
  } catch (error) {
    const told = walk.told.slice(-25).join('\n');
    throw new Error(`${error instanceof Error ? error.stack : String(error)}\nafter\n${told}`, { cause: error });
  }
}

it('whatever is done in whatever order, every context keeps what it promises', () => {
  const hours = fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 1, 5, 24, 24, 120);
  const step = fc.record({ hours, seed: fc.nat(2 ** 31 - 1) });
  const steps = fc.array(step, { minLength: LENGTH, maxLength: LENGTH });
  fc.assert(fc.property(fc.nat(), steps, walked), { seed: 20_260_302, numRuns: WALKS, endOnFailure: true });
  // Most commands were taken at least once: walks that stay where they begin would prove little.
  expect(taken.size).toBeGreaterThan(MOST_TAKEN);
  expect(refusedWith.size).toBeGreaterThan(MOST_REFUSED);
});
