import { isRefusal, type Decision } from '#kernel';
import type { AnyCommandRow } from '#service';
import { openings } from './openings/index.ts';
import { standing } from './standing.ts';
import { Teller, type Told } from './teller.ts';
import { Reached, tableOf, Walk } from './walk.ts';

/** By what follows, the events or the code of the refusal, the states in which it follows. */
export type Outcomes = Readonly<Record<string, string>>;
/** What may be done with the objects of a category, and what not. */
export interface Matrix {
  /** What every command answers where there is no such object, but those that begin one. */
  readonly none: string;
  readonly commands: Readonly<Record<string, Outcomes>>;
}

/** An object as a story had it at some time. */
interface Standing {
  readonly story: Teller;
  readonly stream: string;
  readonly state: unknown;
  readonly version: number;
  readonly position: number;
  readonly now: number;
}

const SILENCE = '(nothing)';
const BETWEEN = ' · ';

let told: readonly Teller[] | undefined;

function stories(): readonly Teller[] {
  told ??= Object.values(openings).map((opening) => {
    const story = new Teller(new Walk(new Reached()));
    opening(story);
    return story;
  });
  return told;
}

/** How many objects are looked at that stand alike, and how many commands are tried on each. */
const EXAMPLES = 4;
const SPECIMENS = 6;

/** Objects that stood so, for every way of standing that the openings come to; `none` first. */
function standingsOf(category: string): ReadonlyMap<string, readonly Standing[]> {
  const table = tableOf.get(category)!;
  const found = new Map<string, Standing[]>([['none', []]]);
  const add = (at: Omit<Standing, 'name'>) => {
    const name = standing(category, at.state);
    const known = found.get(name) ?? [];
    if (known.length < EXAMPLES && !known.some(({ stream }) => stream === at.stream)) found.set(name, [...known, at]);
  };
  // First the story that is about them.
  for (const story of stories().toSorted((one, other) => commandsTo(other, category) - commandsTo(one, category))) {
    for (const { id: stream, history } of story.walk.world.streams.values()) {
      if (!stream.startsWith(`${category}-`)) continue;
      const [opening] = history;
      let state: unknown = table.initial;
      add({ story, stream, state, version: 0, position: opening!.position - 1, now: opening!.recordedAt });
      for (const event of history) {
        state = table.evolve(state, event);
        const { version, position, recordedAt } = event;
        // Of several events of one command only the last is where a command finds it.
        if (history[version]?.commandId === event.commandId) continue;
        add({ story, stream, state, version, position, now: recordedAt + 60_000 });
      }
    }
  }
  return found;
}

/** Where a story gave the command itself, to an object that stood so. */
function given(row: AnyCommandRow, category: string, name: string): Standing[] {
  const found: Standing[] = [];
  for (const story of stories()) {
    for (const { id, row: its, version, position, now } of story.told) {
      if (its !== row || found.length === EXAMPLES) continue;
      const stream = `${category}-${id}`;
      const history = story.walk.world.streams.get(stream)!.history.slice(0, version);
      const { evolve, initial } = tableOf.get(category)!;
      const state = history.reduce<unknown>(evolve, initial);
      if (standing(category, state) === name) found.push({ story, stream, state, version, position, now });
    }
  }
  return found;
}

function commandsTo(story: Teller, category: string): number {
  return story.told.filter(({ table }) => table.category === category).length;
}

/** What was given to this object, or to another one of the story, or elsewhere: the nearest first. */
function specimens(row: AnyCommandRow, { story, stream, version }: Standing): readonly (readonly [Told, Teller])[] {
  const of = (from: Teller) => from.told.filter((one) => one.row === row).map((one) => [one, from] as const);
  const isOwn = ([{ table, id }]: readonly [Told, Teller]) => `${table.category}-${id}` === stream;
  const own = of(story).filter(isOwn);
  const next = own.filter(([one]) => one.version >= version);
  const before = own.filter(([one]) => one.version < version).toReversed();
  const others = of(story).filter((one) => !isOwn(one));
  const elsewhere = stories().flatMap((other) => (other === story ? [] : of(other)));
  return [...next, ...before, ...others, ...elsewhere].slice(0, SPECIMENS);
}

function outcome(decision: Decision): string {
  if (isRefusal(decision)) return decision.code;
  return decision.length === 0 ? SILENCE : [...new Set(decision.map(({ type }) => type))].join(' + ');
}

function decided(row: AnyCommandRow, at: Standing, [given, from]: readonly [Told, Teller]): string {
  const { world } = at.story.walk;
  const { occurredAt: _, ...body } = given.command as { readonly occurredAt?: string };
  const command = Object.assign(Object.create(Object.getPrototypeOf(given.command) as object) as object, body);
  const now = world.now;
  world.now = at.now;
  try {
    const decision = world.decide({
      table: given.table,
      row,
      command,
      id: at.stream.slice(given.table.category.length + 1),
      actor: given.actor,
      bounds: given.bounds,
      state: at.state,
      version: at.version,
      knownUpTo: from === at.story ? Math.max(given.position, at.position) : world.log.length,
    });
    return outcome(decision);
  } finally {
    world.now = now;
  }
}

/** What follows where one of the commands is taken by one of those that stand so; else what the nearest one came to. */
function following(row: AnyCommandRow, examples: readonly Standing[]): string {
  let first: string | undefined;
  for (const at of examples) {
    for (const given of specimens(row, at)) {
      const what = decided(row, at, given);
      if (isTaken(what)) return what;
      first ??= what;
    }
  }
  return first!;
}

const isTaken = (what: string) => /^[A-Z][a-z]/.test(what);

/** Every command of a category in every state that openings come to, given as it was once taken. */
export function matrixOf(category: string): Matrix {
  const standings = standingsOf(category);
  const commands: Record<string, Outcomes> = {};
  const none = new Set<string>();
  for (const row of tableOf.get(category)!.commands) {
    const names = new Map<string, string[]>();
    for (const [name, examples] of standings) {
      const what = following(row, [...given(row, category, name), ...examples]);
      if (name === 'none' && row.creates !== true) none.add(what);
      else names.set(what, [...(names.get(what) ?? []), name]);
    }
    const ordered = [...names].toSorted(([one], [other]) => Number(isTaken(other)) - Number(isTaken(one)));
    const all = [...standings.keys()];
    const told = ordered.map(([what, some]) => [what, shortened(some, all).join(BETWEEN)]);
    commands[row.action] = Object.fromEntries(told) as Outcomes;
  }
  return { none: [...none].join(BETWEEN), commands };
}

/** `decided*` for all that begin so: however else it stands. */
function shortened(some: readonly string[], all: readonly string[]): string[] {
  const left = new Set(some);
  const names: string[] = [];
  for (const name of some) {
    if (!left.has(name)) continue;
    const whole = [/^[^:]+(?=:)/, /^[^,]+(?=,|$)/]
      .map((pattern) => pattern.exec(name)?.[0])
      .filter((start) => start !== undefined)
      .find((start) => {
        const alike = all.filter((other) => other.startsWith(start));
        return alike.length > 1 && alike.every((other) => left.has(other));
      });
    names.push(whole === undefined ? name : `${whole}*`);
    for (const other of [...left])
      if (other === name || (whole !== undefined && other.startsWith(whole))) left.delete(other);
  }
  return names;
}
