import type { WorkingCalendar } from '#calendar';
import { addDays, localDateOf, startOfDay, formatInstant, type Instant } from '#kernel';
import type { Query, ReadModelReader } from '#read-models';
import type { ReminderLevel } from '../events.ts';
import { horizonOf, momentsOf, type ReminderPolicy } from '../reminder-policy.ts';
import { endingCommands } from '../sources.ts';
import { deadlinesView, type DeadlineDocument } from '../views/deadlines.ts';

/** Something the passing of time asks for. */
export interface DueAction {
  readonly kind: 'expire' | ReminderLevel;
  /** When it was due: the `occurredAt` of what follows. */
  readonly at: Instant;
  readonly key: string;
  readonly doc: DeadlineDocument;
}

export interface DueActions {
  /** In the order in which they were due. */
  readonly due: readonly DueAction[];
  /** When the next one will be, as far as is known; null when nothing waits. */
  readonly next: Instant | null;
}

const PAGE = 1000;

/** History is entered step by step: for so long what its first step left open is not taken to have ended so. */
const ENTRY_MS = 5_000;

/**
 * What is due by now of all open deadlines, and when there will be more. It looks only at deadlines near enough for a reminder:
 * a day on which nothing comes near costs a few look-ups, however many are open.
 */
export async function dueActions(
  readModels: Pick<ReadModelReader, 'query'>,
  clockNames: readonly string[],
  {
    now,
    policy,
    calendar,
  }: { readonly now: Instant; readonly policy: ReminderPolicy; readonly calendar: WorkingCalendar },
): Promise<DueActions> {
  const actions: DueAction[] = [];
  let next: Instant | null = null;
  const soonest = (at: Instant) => (next = next === null ? at : Math.min(next, at));
  const take = (action: DueAction) => {
    const from = Math.max(action.at, restedAt(action));
    if (from <= now) actions.push(action);
    else soonest(from);
  };
  const today = localDateOf(now);
  for (const clockName of clockNames) {
    // `strictBy` is the end of the last day.
    const horizon = startOfDay(addDays(horizonOf(clockName, today, policy, calendar), 1));
    const near = {
      where: { attention: 'waiting', clockName },
      range: { field: 'strictBy', to: formatInstant(horizon) },
    };
    for await (const { key, doc } of pages(readModels, { ...near, sort: { field: 'strictBy' } })) {
      for (const action of actionsOf(key, doc, policy, calendar)) take(action);
    }
    // The first beyond the horizon says how long nothing new can come near.
    const beyond = { where: near.where, range: { field: 'strictBy', from: formatInstant(horizon) } };
    const [first] = (await page(readModels, { ...beyond, sort: { field: 'strictBy' }, limit: 1 })).items;
    if (first !== undefined) for (const { at } of actionsOf(first.key, first.doc, policy, calendar)) soonest(at);
  }
  for await (const { key, doc } of pages(readModels, {
    where: { attention: 'standing' },
    sort: { field: 'standsSince' },
  })) {
    const at = startOfDay(addDays(doc.standsSince!, policy.standstill.days));
    take({ kind: 'standstill', at, key, doc });
    // In the order in which they stopped: those after it come later.
    if (at > now) break;
  }
  actions.sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return { due: actions, next };
}

/** When a clock that was entered after the moment had passed may be acted on. */
function restedAt({ at, doc }: DueAction): Instant {
  const enteredAt = Date.parse(doc.enteredAt);
  return at <= enteredAt ? enteredAt + ENTRY_MS : at;
}

function beginningOf(from: string): Instant {
  return from.includes('T') ? Date.parse(from) : startOfDay(from);
}

function actionsOf(key: string, doc: DeadlineDocument, policy: ReminderPolicy, calendar: WorkingCalendar): DueAction[] {
  const { due, strict } = doc.clock;
  if (due === null || strict === null) return [];
  // A clock that is shorter than the offset of a level has no such moment.
  const began = beginningOf(doc.clock.from);
  const moments: { readonly level: DueAction['kind']; readonly at: Instant }[] = momentsOf(
    { clockName: doc.clockName, due, strict },
    policy,
    calendar,
  ).filter(({ at }) => at >= began);
  if (endingCommands.has(doc.clockName)) {
    // Nobody is told that it is overdue: it is over.
    moments.splice(-1, 1, { level: 'expire', at: Date.parse(doc.dueBy!) });
  }
  // What had passed before the log learned of the clock is said once, by how far it had come.
  const missed = moments.filter(({ at }) => at <= Date.parse(doc.enteredAt)).slice(0, -1);
  const given = new Set<string>(doc.reminded.map(({ level }) => level));
  return moments
    .filter((moment) => !missed.includes(moment) && !given.has(moment.level))
    .map(({ level, at }): DueAction => ({ kind: level, at, key, doc }));
}

async function* pages(
  readModels: Pick<ReadModelReader, 'query'>,
  query: Omit<Query, 'limit' | 'cursor'>,
): AsyncGenerator<{ readonly key: string; readonly doc: DeadlineDocument }> {
  for (let cursor: string | null | undefined; cursor !== null;) {
    const { items, next } = await page(readModels, {
      ...query,
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    yield* items;
    cursor = next;
  }
}

function page(readModels: Pick<ReadModelReader, 'query'>, query: Query) {
  return readModels.query<DeadlineDocument>(deadlinesView.name, query);
}
