import { createHash } from 'node:crypto';
import {
  epochDay,
  Failure,
  localDateFromEpochDay,
  parseLocalDate,
  YamlNodes,
  type EpochDay,
  type LocalDate,
  type YamlNode,
} from '#kernel';
import { IndexedCalendar, weekdayOf, yearOf, type YearOfDays } from './indexed-calendar.ts';
import { TimeZone } from './time-zone.ts';
import type { DayKind, OpeningPeriod, WorkingCalendar } from './working-calendar.ts';

/** Keys of `week`; their place is the day of the week, 0 Sunday. */
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const KEYS = ['zone', 'week', 'holidays', 'workdays', 'outOfHours', 'covers'];

/** The calendar file is wrong. `line` counts from 1. */
export class CalendarFileError extends Failure {
  override readonly name = 'CalendarFileError';
  constructor(
    message: string,
    readonly line?: number,
  ) {
    super('CALENDAR_INVALID', line === undefined ? message : `line ${line}: ${message}`);
  }
}

/** What a calendar file says, checked. */
interface CalendarFile {
  readonly zone: TimeZone;
  /** Opening hours by day of the week. */
  readonly week: readonly (readonly OpeningPeriod[])[];
  readonly holidays: ReadonlySet<EpochDay>;
  readonly workdays: ReadonlySet<EpochDay>;
  readonly outOfHours: WorkingCalendar['outOfHours'];
  readonly covers: { readonly from: number; readonly to: number } | null;
}

/**
 * The calendar of a file (YAML): `zone`, opening hours by day of the `week`, `holidays`, `workdays` (make-up days: open as on that
 * day of the week, or else as on the first working day of the week), `outOfHours: next-opening`, and `covers: { from, to }`, the years
 * it is good for; every year where that is left out. Its holidays count as statutory days, so that every roll policy rolls off them.
 * Throws a {@link CalendarFileError} that names the line.
 */
export function readCalendar(text: string, { provisional = false } = {}): WorkingCalendar {
  const file = readFile(text);
  const { zone, week, covers } = file;
  const version = `file-${digestOf(file)}`;
  const makeUpHours = [...week.slice(1), week[0]!].find((periods) => periods.length > 0)!;
  const years = daysByYear(file);
  return new IndexedCalendar(
    {
      id: 'file',
      version,
      timeZone: zone,
      hasOpeningHours: true,
      outOfHours: file.outOfHours,
      worksOn: (weekday) => week[weekday]!.length > 0,
      openingHours(day) {
        const periods = week[weekdayOf(day)]!;
        return periods.length > 0 ? periods : makeUpHours;
      },
      year: (year) =>
        covers !== null && (year < covers.from || year > covers.to)
          ? undefined
          : { version, notices: [], exceptions: years.get(year) ?? new Map() },
    },
    provisional,
  );
}

function readFile(text: string): CalendarFile {
  const nodes = new YamlNodes(text, (message, line) => new CalendarFileError(message, line));
  if (nodes.root === null) throw new CalendarFileError('the calendar file is empty');
  const top = nodes.entries(nodes.root, 'the calendar', KEYS);
  const needed = (key: string, what: string): YamlNode => {
    const node = top.get(key);
    if (node === undefined) throw new CalendarFileError(`${key} is missing: ${what}`);
    return node;
  };
  const zoneNode = needed('zone', 'a zone of the time-zone database, such as America/New_York');
  const zone = TimeZone.named(nodes.text(zoneNode, 'zone'));
  if (zone === undefined) throw nodes.error(zoneNode, 'zone is no zone of the time-zone database');
  const week = weekOf(needed('week', 'opening hours such as { mon: ["08:30-17:00"] }'), nodes);
  const holidays = daysOf(top.get('holidays'), 'holidays', nodes);
  const workdays = daysOf(top.get('workdays'), 'workdays', nodes, holidays);
  return {
    zone,
    week,
    holidays,
    workdays,
    outOfHours: outOfHoursOf(top.get('outOfHours'), nodes),
    covers: coverageOf(top.get('covers'), nodes),
  };
}

function weekOf(node: YamlNode, nodes: YamlNodes): CalendarFile['week'] {
  const said = nodes.entries(node, 'week', WEEKDAYS);
  const week = WEEKDAYS.map((weekday) => {
    const periods = said.get(weekday);
    return periods === undefined ? [] : periodsOf(periods, `week.${weekday}`, nodes);
  });
  if (week.every((periods) => periods.length === 0)) throw nodes.error(node, 'week is never open');
  return week;
}

function periodsOf(node: YamlNode, path: string, nodes: YamlNodes): readonly OpeningPeriod[] {
  const periods: OpeningPeriod[] = [];
  for (const item of nodes.items(node, path)) {
    const written = nodes.text(item, path);
    const match = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/.exec(written);
    const [from, to] = match === null ? [NaN, NaN] : [minuteOf(match[1]!, match[2]!), minuteOf(match[3]!, match[4]!)];
    if (!(from < to)) {
      throw nodes.error(item, `${path}: "${written}" is no period such as 08:30-17:00, 24:00 at the latest`);
    }
    if (from < (periods.at(-1)?.to ?? 0))
      throw nodes.error(item, `${path}: ${written} begins before the last has ended`);
    periods.push({ from, to });
  }
  return periods;
}

/** Minutes from midnight; NaN for what no clock shows, 24:00 taken as the end of the day. */
function minuteOf(hour: string, minute: string): number {
  const minutes = Number(hour) * 60 + Number(minute);
  return Number(minute) < 60 && minutes <= 1440 ? minutes : NaN;
}

function daysOf(
  node: YamlNode | undefined,
  path: string,
  nodes: YamlNodes,
  others: ReadonlySet<EpochDay> = new Set(),
): ReadonlySet<EpochDay> {
  const days = new Set<EpochDay>();
  for (const item of node === undefined ? [] : nodes.items(node, path)) {
    const written = nodes.text(item, path);
    if (parseLocalDate(written) === undefined) throw nodes.error(item, `${path}: "${written}" is no day YYYY-MM-DD`);
    const day = epochDay(written);
    if (others.has(day)) throw nodes.error(item, `${written} is both a holiday and a working day`);
    days.add(day);
  }
  return days;
}

function outOfHoursOf(node: YamlNode | undefined, nodes: YamlNodes): CalendarFile['outOfHours'] {
  if (node === undefined) return 'as-it-stands';
  const written = nodes.text(node, 'outOfHours');
  if (written === 'next-opening' || written === 'as-it-stands') return written;
  throw nodes.error(node, `outOfHours is next-opening or as-it-stands (the same as leaving it out), not "${written}"`);
}

function coverageOf(node: YamlNode | undefined, nodes: YamlNodes): CalendarFile['covers'] {
  if (node === undefined) return null;
  const said = nodes.entries(node, 'covers', ['from', 'to']);
  const year = (key: string): number => {
    const value = said.get(key);
    if (value === undefined) throw nodes.error(node, `covers.${key} is missing: a year`);
    const written = nodes.text(value, `covers.${key}`);
    if (!/^\d{4}$/.test(written)) throw nodes.error(value, `covers.${key} must be a year, not "${written}"`);
    return Number(written);
  };
  const covers = { from: year('from'), to: year('to') };
  if (covers.to < covers.from) throw nodes.error(node, 'covers ends before it begins');
  return covers;
}

function daysByYear({ week, holidays, workdays }: CalendarFile): Map<number, YearOfDays['exceptions']> {
  const years = new Map<number, Map<EpochDay, { kind: DayKind; name: null }>>();
  const set = (day: EpochDay, kind: DayKind) => {
    const year = yearOf(day);
    if (!years.has(year)) years.set(year, new Map());
    years.get(year)!.set(day, { kind, name: null });
  };
  for (const day of holidays) set(day, 'STATUTORY');
  for (const day of workdays) if (week[weekdayOf(day)]!.length === 0) set(day, 'WORK');
  return years;
}

/** What a calendar says decides its version; the order and comments of its file do not. */
function digestOf({ zone, week, holidays, workdays, outOfHours, covers }: CalendarFile): string {
  const list = (days: ReadonlySet<EpochDay>): LocalDate[] => [...days].sort((a, b) => a - b).map(localDateFromEpochDay);
  const said = [zone.name, week, list(holidays), list(workdays), outOfHours, covers];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 12);
}
