import type { EpochDay, Instant } from '#kernel';
import { DAY_MS, epochDay, epochDayOf, parseInstant, startOfDay, unreachable } from '#kernel';
import type { ClockChange, ClockReading } from '#law';
import type { Draft, FactEvent, FactField, FactState } from './fact-kind.ts';
import { PARKED } from './fact-kind.ts';

/** How a clock (期限) stands for the figures. Whether one that is `OPEN` is overdue, the day of the question decides. */
export const CLOCK_STANDINGS = [
  /** It never began to run. */
  'NONE',
  /** What it measures began before clocks were kept: nobody promised a date. */
  'NO_CLOCK',
  /** No rule or calendar tells its date. */
  'UNDETERMINED',
  /** It stands still, and no date is known until it runs on. */
  'SUSPENDED',
  /** What is due has not been done. */
  'OPEN',
  /** Done on or before the date (按时). */
  'IN_TIME',
  /** Done after the date, or the time ran out (超时). */
  'LATE',
  /** Done in time by its own word, entered after the date, and verified by nobody else (T-28): judged as late. */
  'BACKDATED',
  /** It came to nothing before its date: something else made what was due needless. */
  'LAPSED',
  /** The same by its own word, entered after the date. */
  'LAPSED_BACKDATED',
  /** Its date passed while its object was merged into another, so that nobody had to keep it: no overdue (T-15). */
  'EXCUSED',
  PARKED,
] as const;
export type ClockStandingCode = (typeof CLOCK_STANDINGS)[number];

/** A clock as a fact keeps it: no more than figures ask. */
export interface ClockStanding {
  readonly standing: ClockStandingCode;
  /** Last moment that is in time: of a date in days the end of the last day. Null: there is no date. */
  readonly until: Instant | null;
  /** Legal day on which it was done or came to nothing, by its own word. */
  readonly doneOn: EpochDay | null;
  /**
   * Attribution day: of what was done in time the day it was done, else that of the date (metrics 3.0 rule 2). Where there is no
   * date to judge by, the day it began, so that the exclusion is seen; null while it stands still.
   */
  readonly on: EpochDay | null;
}

/** Under which names a fact keeps a clock. */
export interface ClockColumns<Name extends string = string> {
  readonly standing: Name;
  readonly until: `${Name}Until`;
  readonly doneOn: `${Name}DoneOn`;
  readonly on: `${Name}On`;
}

export function clockColumns<Name extends string>(name: Name): ClockColumns<Name> {
  return { standing: name, until: `${name}Until`, doneOn: `${name}DoneOn`, on: `${name}On` };
}

export function fieldsOfClock<Name extends string>(columns: ClockColumns<Name>) {
  return {
    [columns.standing]: { as: 'code', values: CLOCK_STANDINGS },
    [columns.until]: { as: 'instant' },
    [columns.doneOn]: { as: 'day' },
    [columns.on]: { as: 'day' },
  } as { readonly [Field in ClockColumns<Name>[keyof ClockColumns<Name>]]: FactField };
}

/** The fields of a clock that never ran. */
export function noClock<Name extends string>(columns: ClockColumns<Name>) {
  return { [columns.standing]: 'NONE', [columns.until]: null, [columns.doneOn]: null, [columns.on]: null } as {
    readonly [Field in Name]: 'NONE';
  } & { readonly [Field in Exclude<ClockColumns<Name>[keyof ClockColumns<Name>], Name>]: null };
}

export function clockIn(state: FactState, { standing, until, doneOn, on }: ClockColumns): ClockStanding {
  return {
    standing: state[standing] as ClockStandingCode,
    until: state[until] as Instant | null,
    doneOn: state[doneOn] as EpochDay | null,
    on: state[on] as EpochDay | null,
  };
}

/** Writes a clock into a fact that is being made. */
export function keepClock(draft: Draft<FactState>, columns: ClockColumns, clock: ClockStanding): void {
  draft[columns.standing] = clock.standing;
  draft[columns.until] = clock.until;
  draft[columns.doneOn] = clock.doneOn;
  draft[columns.on] = clock.on;
}

/** What began before its clock was kept. */
export function withoutClock(at: Instant): ClockStanding {
  return { standing: 'NO_CLOCK', until: null, doneOn: null, on: epochDayOf(at) };
}

type Moment = Pick<FactEvent, 'occurredAt' | 'recordedAt'>;

/** Folds what an event does to the clocks of a fact that is being made; those it does not keep are left out. */
export function foldClocks(
  draft: Draft<FactState>,
  columns: Readonly<Record<string, ClockColumns>>,
  changes: readonly ClockChange[],
  event: Moment,
): void {
  for (const change of changes) {
    const kept = columns['reading' in change ? change.reading.clock : change.clock];
    if (kept !== undefined) keepClock(draft, kept, clockAfter(clockIn(draft, kept), change, event));
  }
}

/** A clock after what an event does to it. */
export function clockAfter(clock: ClockStanding, change: ClockChange, event: Moment): ClockStanding {
  switch (change.change) {
    case 'opened':
      return opened(change.from, change.reading);
    case 'extended':
    case 'suspended':
    case 'resumed':
    case 'amended':
      return isOpen(clock) ? read(clock, change.reading) : clock;
    case 'completed':
      return isOpen(clock) || hasExpired(clock) ? completed(clock, change, event) : clock;
    case 'expired':
      return isOpen(clock) ? { ...clock, standing: 'LATE' } : clock;
    case 'superseded':
      return isOpen(clock) ? lapsed(done(clock, event, false)) : clock;
    case 'verified':
      return verified(clock);
    default:
      return unreachable(change);
  }
}

/** Last moment that is in time by a date as events write it. Null where they tell none. */
export function untilOf(due: ClockReading['due']): Instant | null {
  if (due === null) return null;
  if (!due.includes('T')) return startOfDay(due) + DAY_MS - 1;
  const at = parseInstant(due);
  if (at === undefined) throw new Error(`not an instant: ${due}`);
  return at;
}

/** How something was done: by its own word, unless it passed over the date only because it was entered late (T-28). */
export function judge(
  until: Instant,
  { occurredAt, recordedAt }: Moment,
  isImported: boolean,
): 'IN_TIME' | 'LATE' | 'BACKDATED' {
  if (occurredAt > until) return 'LATE';
  return isImported || recordedAt <= until ? 'IN_TIME' : 'BACKDATED';
}

export function isOpen({ standing, doneOn }: ClockStanding): boolean {
  return doneOn === null && (standing === 'OPEN' || standing === 'SUSPENDED' || standing === 'UNDETERMINED');
}

/** What was due may turn out to have been done before the time ran out. */
function hasExpired({ standing, doneOn }: ClockStanding): boolean {
  return standing === 'LATE' && doneOn === null;
}

function opened(from: string, reading: ClockReading): ClockStanding {
  const clock = read({ standing: 'UNDETERMINED', until: null, doneOn: null, on: null }, reading);
  if (clock.standing !== 'UNDETERMINED') return clock;
  return { ...clock, on: from.includes('T') ? epochDayOf(parseInstant(from)!) : epochDay(from) };
}

function read(clock: ClockStanding, { due, undetermined }: ClockReading): ClockStanding {
  const until = untilOf(due);
  if (until !== null) return { ...clock, standing: 'OPEN', until, on: epochDayOf(until) };
  if (undetermined === undefined) return { ...clock, standing: 'SUSPENDED', until, on: null };
  return { ...clock, standing: 'UNDETERMINED', until };
}

/** One that was opened anew, as its start was corrected, was done when another event told so. */
function completed(
  clock: ClockStanding,
  { as, isImported = as?.isImported ?? false }: Extract<ClockChange, { change: 'completed' }>,
  event: Moment,
): ClockStanding {
  const after = done(clock, as ?? event, isImported);
  return as?.verified === true ? verified(after) : after;
}

/** One whose date passed while nobody had to keep it; it is seen on the day on which it was given up. */
export function excused(clock: ClockStanding): ClockStanding {
  return { ...clock, standing: 'EXCUSED', on: clock.doneOn ?? clock.on };
}

/** What was done while the clock stood still was done in time. */
function done(clock: ClockStanding, event: Moment, isImported: boolean): ClockStanding {
  const doneOn = epochDayOf(event.occurredAt);
  const { standing, until } = clock;
  if (standing === 'UNDETERMINED') return { ...clock, doneOn };
  const how = until === null ? 'IN_TIME' : judge(until, event, isImported);
  return { ...clock, standing: how, doneOn, on: how === 'IN_TIME' ? doneOn : epochDayOf(until!) };
}

/** What came to nothing after its date had passed was late before. */
function lapsed(clock: ClockStanding): ClockStanding {
  if (clock.standing === 'IN_TIME') return { ...clock, standing: 'LAPSED' };
  return clock.standing === 'BACKDATED' ? { ...clock, standing: 'LAPSED_BACKDATED' } : clock;
}

function verified(clock: ClockStanding): ClockStanding {
  const { standing, doneOn } = clock;
  if (standing === 'BACKDATED') return { ...clock, standing: 'IN_TIME', on: doneOn };
  return standing === 'LAPSED_BACKDATED' ? { ...clock, standing: 'LAPSED', on: doneOn } : clock;
}
