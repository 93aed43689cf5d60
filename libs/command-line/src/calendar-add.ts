import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import {
  addPeriod,
  CalendarFileError,
  countDays,
  countInWords,
  dayOf,
  lastDay,
  mainlandCalendar,
  PERIOD_UNITS,
  readCalendar,
  versionsBetween,
  type DayUnit,
  type Period,
  type PeriodUnit,
  type WorkingCalendar,
} from '#calendar';
import { epochDay, Failure, parseInstant, parseLocalDate, type LocalDate } from '#kernel';
import { answerLines } from './answer-lines.ts';
import { localDate } from './arguments.ts';
import { EXIT, WrongUse, type ExitCode } from './exit.ts';
import { pairs, writeJson, writeText } from './output.ts';
import type { Run } from './run.ts';
import type { Surroundings } from './surroundings.ts';

interface Options extends Readonly<Partial<Record<PeriodUnit, string>>> {
  readonly from?: string;
  readonly calendar?: string;
  readonly asKnownOn?: string;
  readonly provisional?: true;
  readonly json?: true;
}

export function calendarCommand(program: Command, run: Run): void {
  program
    .command('calendar')
    .description('reckon with working days')
    .command('add')
    .description('the end of a period under the calendar of the mainland, or that of a file')
    .argument('[input]', '"-" reads NDJSON of { from, workingDays|days|months|years|hours } from standard input')
    .option('--from <time>', 'a day, which does not count, or an instant with an offset, whose time of day is kept')
    .option('--working-days <n>', 'so many working days')
    .option('--days <n>', 'so many calendar days')
    .option('--months <n>', 'so many months, to the same day of the month or to its last')
    .option('--years <n>', 'so many years')
    .option('--hours <n>', 'so many hours from an instant; opening hours, where the calendar has some')
    .option('--calendar <file>', 'YAML with zone, opening hours, holidays and make-up days')
    .option('--as-known-on <day>', 'the calendar of the mainland as it was known on a day', localDate)
    .option('--provisional', 'guess Monday to Friday for a year without data, and say so')
    .option('--json', 'print { due } as one JSON document')
    .action((input: string | undefined, options: Options) => run((place) => add(input, options, place)));
}

async function add(input: string | undefined, options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const calendar = await calendarOf(options);
  const { from, ...rest } = options;
  const counts = PERIOD_UNITS.filter((unit) => rest[unit] !== undefined);
  if (input !== undefined) {
    if (input !== '-') throw new WrongUse(`"${input}" is not understood; "-" reads NDJSON from standard input`);
    if (from !== undefined || counts.length > 0) throw new WrongUse('with "-", from and period stand on each line');
    return answerLines(surroundings, (fields) => shortAnswer(reckon(calendar, requestOf(fields))));
  }
  if (from === undefined) throw new WrongUse('--from is missing: a day, or an instant with an offset');
  const said = Object.fromEntries(counts.map((unit) => [unit, numberOf(rest[unit]!)]));
  const answer = reckon(
    calendar,
    asWrongUse(() => requestOf({ from, ...said })),
  );
  if (options.json === true) await writeJson(surroundings.out, shortAnswer(answer));
  else await writeText(surroundings.out, asText(calendar, answer));
  return EXIT.done;
}

/** The calendar that options name: that of a file, or that of the mainland. */
export async function calendarOf({
  calendar,
  asKnownOn,
  ...options
}: Pick<Options, 'calendar' | 'asKnownOn' | 'provisional'>): Promise<WorkingCalendar> {
  const provisional = options.provisional === true;
  if (calendar === undefined) {
    return mainlandCalendar({ provisional, ...(asKnownOn === undefined ? {} : { asKnownOn }) });
  }
  if (asKnownOn !== undefined) throw new WrongUse('--as-known-on is for the calendar of the mainland, not for a file');
  const text = await readFile(calendar, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new WrongUse(`the calendar ${calendar} cannot be opened: ${error.code}`);
  });
  try {
    return readCalendar(text, { provisional });
  } catch (error) {
    throw error instanceof CalendarFileError ? new WrongUse(`the calendar ${calendar}: ${error.message}`) : error;
  }
}

/** What is asked: from a day, or from a moment. */
interface Request {
  readonly from: { readonly day: LocalDate } | { readonly instant: number };
  readonly period: Period;
}

const FIELDS: readonly string[] = ['from', ...PERIOD_UNITS];

function requestOf(fields: Readonly<Record<string, unknown>>): Request {
  const unknown = Object.keys(fields).find((name) => !FIELDS.includes(name));
  if (unknown !== undefined) throw new Failure('UNKNOWN_FIELD', `${unknown} is none of ${FIELDS.join(', ')}`);
  const units = PERIOD_UNITS.filter((unit) => fields[unit] !== undefined);
  const [unit] = units;
  if (unit === undefined) throw new Failure('MISSING_FIELD', `one of ${PERIOD_UNITS.join(', ')} is needed`);
  if (units.length > 1) throw new Failure('INVALID_FIELD', `${units.join(' and ')} cannot be added at once`);
  const from = startOf(fields['from']);
  const count = fields[unit];
  const isCount = typeof count === 'number' && count >= 0 && Number.isFinite(count);
  if (!isCount || (unit !== 'hours' && !Number.isSafeInteger(count))) {
    throw new Failure('INVALID_FIELD', `${unit} must be a ${unit === 'hours' ? '' : 'whole '}number from 0`);
  }
  if (unit === 'hours' && 'day' in from) {
    throw new Failure('INVALID_FIELD', 'hours count from an instant: write from with a time and an offset');
  }
  return { from, period: { unit, count } };
}

function startOf(from: unknown): Request['from'] {
  if (from === undefined) throw new Failure('MISSING_FIELD', 'from is missing: a day, or an instant with an offset');
  const text = typeof from === 'string' ? from : '';
  if (parseLocalDate(text) !== undefined) return { day: text };
  const instant = parseInstant(text);
  if (instant !== undefined) return { instant };
  throw new Failure(
    'INVALID_FIELD',
    'from must be a day YYYY-MM-DD or an instant with an offset, such as 2026-03-04T10:00:00+08:00',
  );
}

interface Answer extends Request {
  readonly due: string;
  readonly calendarVersion: string;
  readonly provisional: boolean;
}

function reckon(calendar: WorkingCalendar, { from, period }: Request): Answer {
  if ('day' in from) {
    const due = lastDay(calendar, from.day, period as Period<DayUnit>);
    return { from, period, due, ...restingOn(calendar, period, from.day, due) };
  }
  const end = addPeriod(calendar, from.instant, period);
  const [first, last] = [dayOf(calendar, from.instant), dayOf(calendar, end)];
  return { from, period, due: calendar.timeZone.format(end), ...restingOn(calendar, period, first, last) };
}

/** The versions on which an answer rests; calendar days and hours without opening hours need no calendar. */
function restingOn(
  calendar: WorkingCalendar,
  { unit }: Period,
  from: LocalDate,
  to: LocalDate,
): Pick<Answer, 'calendarVersion' | 'provisional'> {
  if (unit !== 'workingDays' && !calendar.hasOpeningHours) {
    return { calendarVersion: calendar.version, provisional: false };
  }
  return versionsBetween(calendar, epochDay(from), epochDay(to));
}

function shortAnswer({ due, provisional }: Answer): { readonly due: string; readonly provisional?: true } {
  return provisional ? { due, provisional } : { due };
}

function asText(calendar: WorkingCalendar, answer: Answer): string {
  const { due, from, period, calendarVersion, provisional } = answer;
  const isCounted = 'day' in from && period.unit !== 'hours';
  return pairs([
    ['due', due],
    ['counted', isCounted ? countInWords(countDays(calendar, from.day, period as Period<DayUnit>)) : null],
    ['calendar', calendarVersion],
    ['provisional', provisional ? 'a year without data was guessed as Monday to Friday' : null],
  ]);
}

function numberOf(text: string): number {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
}

/** On the command line, a request that a line would be refused for is wrong use. */
function asWrongUse<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw error instanceof Failure ? new WrongUse(error.message) : error;
  }
}
