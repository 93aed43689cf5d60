import { formatInstant, isRefusal, type Instant } from '#kernel';
import { validatorOf, type AnyCommandRow, type AnyContextTable } from '#service';
import { rowOf, tableOf, type Walk } from './walk.ts';

/** A command as a story gave it, and where the log stood. */
export interface Told {
  readonly table: AnyContextTable;
  readonly row: AnyCommandRow;
  readonly command: object;
  readonly id: string;
  readonly actor: { readonly id: string; readonly role: string };
  readonly bounds: { readonly region: string | null; readonly subject: string | null };
  /** Events of the object before it. */
  readonly version: number;
  /** Events of the log before it. */
  readonly position: number;
  readonly now: Instant;
}

interface Manner {
  /** `officer`, or `officer:2` for a second person; the first role of the row unless said. */
  readonly by?: string;
  /** Hours ago. */
  readonly ago?: number;
}

/** Tells an opening in commands: each is taken, or the story is wrong. */
export class Teller {
  readonly told: Told[] = [];

  constructor(readonly walk: Walk) {}

  /** A new object; its id. */
  open(name: string, body: object, manner: Manner = {}): string {
    return this.#give(name, undefined, body, manner);
  }

  /** One step after the other on an object: `['accept', {…}]`, or its name alone. */
  on(category: string, id: string, ...steps: readonly (string | readonly [string, object?, Manner?])[]): void {
    for (const step of steps) {
      const [action, body = {}, manner = {}] = typeof step === 'string' ? [step] : step;
      this.#give(`${category}/${action}`, id, body, manner);
    }
  }

  /** Given, and refused with this code, whether or not something is left of it. */
  refused(code: string, name: string, id: string | undefined, body: object): void {
    const [category, action] = name.split('/') as [string, string];
    const row = rowOf(category, action);
    const { command } = validatorOf<object>(row.command)(body);
    const actor = { id: 'key-officer-1', role: 'officer' };
    const step = { table: tableOf.get(category)!, row, command: command!, actor, ...(id === undefined ? {} : { id }) };
    const { decision } = this.walk.give(step);
    if (!isRefusal(decision) || decision.code !== code) throw new Error(`${name} was not refused with ${code}`);
  }

  later(days: number): void {
    this.walk.later(days * 24);
  }

  hoursLater(hours: number): void {
    this.walk.later(hours);
  }

  process(name: string, id: string, command: object = {}): void {
    const [category, action] = name.split('/') as [string, string];
    const decision = this.walk.asProcess(category, action, command, id);
    if (isRefusal(decision)) throw new Error(`${name}: ${decision.code} ${decision.detail}`);
    if (decision.length === 0) throw new Error(`${name}: nothing came of it`);
  }

  day(offset = 0): string {
    return formatInstant(this.walk.world.now + 8 * 3_600_000 + offset * 86_400_000).slice(0, 10);
  }

  at(hours = 0): string {
    return formatInstant(this.walk.world.now + hours * 3_600_000);
  }

  state<State>(category: string, id: string): State {
    return this.walk.world.streams.get(`${category}-${id}`)!.state as State;
  }

  /** Ids of the objects of a category that have this status, the last first. */
  standing(category: string, status: string): string[] {
    const ids = this.walk.world.idsOf(category).toReversed();
    return ids.filter((id) => this.state<{ readonly status: string }>(category, id).status === status);
  }

  /** All working days to come are days off, so that every clock that runs by them is read anew. */
  amendCalendar(number: number): void {
    const spans = [`${this.day(1)}..${this.day(12)} 调休`];
    const notice = {
      year: 2026,
      number: `国办发明电〔2026〕${number}号`,
      title: '调整放假安排',
      publishedOn: this.day(),
    };
    this.open('workCalendar/publish', { ...notice, daysOff: spans }, { by: 'programme-office' });
    this.walk.amend();
  }

  #give(name: string, id: string | undefined, body: object, { by, ago }: Manner): string {
    const [category, action] = name.split('/') as [string, string];
    const table = tableOf.get(category)!;
    const row = table.commands.find((one) => one.action === action) ?? rowOf(category, action);
    const { world } = this.walk;
    const stream = id === undefined ? undefined : world.streams.get(`${category}-${id}`);
    const [role = 'administrator', number = '1'] = (by ?? row.roles[0])?.split(':') ?? [];
    const actor = { id: `key-${role}-${number}`, role };
    const given = { ...body, ...(ago === undefined ? {} : { occurredAt: this.at(-ago) }) };
    const validated = validatorOf<object>(row.command)(given);
    if (validated.command === undefined) throw new Error(`${name}: ${JSON.stringify(validated)}`);
    const subject = role === 'merchant' && stream !== undefined ? (table.scopeOf(stream.state).subject ?? null) : null;
    const bounds = { region: null, subject };
    const told = { table, row, command: validated.command, actor, bounds };
    const before = { version: stream?.history.length ?? 0, position: world.log.length, now: world.now };
    const { id: object, decision } = this.walk.give({ ...told, ...(id === undefined ? {} : { id }) });
    if (isRefusal(decision))
      throw new Error(`${name} ${object}: ${decision.code} ${decision.detail} ${decision.field ?? ''}`);
    if (decision.length === 0) throw new Error(`${name} ${object}: nothing came of it`);
    this.told.push({ ...told, id: object, ...before });
    return object;
  }
}
