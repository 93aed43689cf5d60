import { parseInstant, type Instant } from '#kernel';
import { isRealWallTime, type WallTime } from '#calendar';

/** A time as a cell gives it: a moment where it carries an offset, else what a wall clock showed. */
export type CellTime = { readonly instant: Instant } | { readonly wall: WallTime };

/** Reads a cell's text; `undefined` when it is no such time. */
export type TimeReader = (text: string) => CellTime | undefined;

/** Regular expression of each token, by the names of Unicode's date field symbols (UTS 35). */
const TOKENS: Readonly<Record<string, string>> = {
  yyyy: '(?<year>\\d{4})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{2})',
  d: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{2})',
  H: '(?<hour>\\d{1,2})',
  hh: '(?<hour12>\\d{2})',
  h: '(?<hour12>\\d{1,2})',
  a: '(?<half>[AaPp][Mm])',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
  SSS: '(?<millisecond>\\d{3})',
};

/**
 * Reader of a `dateFormat`: `yyyy M MM d dd H HH h hh a mm ss SSS`, text between single quotes as it stands (`''` is a
 * quote), anything else that is no letter as it stands. Throws a RangeError that says what is wrong with the format.
 */
export function compileDateFormat(format: string): TimeReader {
  const names = new Set<string>();
  let source = '';
  for (const [part, literal, letters] of format.matchAll(/'((?:[^']|'')*)'|([A-Za-z]+)|[^A-Za-z]/g)) {
    if (literal !== undefined) source += escaped(literal === '' ? "'" : literal.replaceAll("''", "'"));
    else if (letters !== undefined) source += tokens(letters, names);
    else if (part === "'") throw new RangeError('a quote is opened and not closed');
    else source += escaped(part);
  }
  for (const name of ['year', 'month', 'day']) {
    if (!names.has(name)) throw new RangeError(`it has no ${name}`);
  }
  if (names.has('hour') && names.has('hour12')) throw new RangeError('it has the hour twice');
  if (names.has('hour12') !== names.has('half')) throw new RangeError('a twelve-hour clock needs both h and a');
  const hasHour = names.has('hour') || names.has('hour12');
  if (names.has('minute') && !hasHour) throw new RangeError('it has minutes without an hour');
  if (names.has('second') && !names.has('minute')) throw new RangeError('it has seconds without minutes');
  if (names.has('millisecond') && !names.has('second')) throw new RangeError('it has milliseconds without seconds');
  const pattern = new RegExp(`^${source}$`, 'u');
  return (text) => {
    const fields = pattern.exec(text)?.groups;
    return fields === undefined ? undefined : real(wallTimeOf(fields, hasHour));
  };
}

const ISO =
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:[T ](?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?(?<offset>Z|[+-]\d{2}:?\d{2})?)?$/;

/** ISO 8601: a day, a local time, or a time with an offset; the fraction of a second is cut to milliseconds. */
export function readIsoTime(text: string): CellTime | undefined {
  const fields = ISO.exec(text)?.groups;
  if (fields === undefined) return undefined;
  const millisecond = fields['fraction']?.padEnd(3, '0').slice(0, 3);
  const time = real(wallTimeOf({ ...fields, ...(millisecond && { millisecond }) }, fields['hour'] !== undefined));
  const offset = fields['offset'];
  if (time === undefined || offset === undefined) return time;
  const [hour, minute] = [fields['hour'], fields['minute']];
  const clock = `${hour}:${minute}:${fields['second'] ?? '00'}.${millisecond ?? '000'}`;
  const zone = offset.length === 5 ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset;
  const instant = parseInstant(`${fields['year']}-${fields['month']}-${fields['day']}T${clock}${zone}`);
  return instant === undefined ? undefined : { instant };
}

/** Splits a run of letters into tokens, the longest first: `yyyyMMdd`. */
function tokens(letters: string, names: Set<string>): string {
  let source = '';
  for (const [run] of letters.matchAll(/(.)\1*/g)) {
    const token = TOKENS[run];
    if (token === undefined) {
      throw new RangeError(`${run} is none of ${Object.keys(TOKENS).join(' ')}; put text between single quotes`);
    }
    const name = /<(\w+)>/.exec(token)![1]!;
    if (names.has(name)) throw new RangeError(`it has the ${name} twice`);
    names.add(name);
    source += token;
  }
  return source;
}

function wallTimeOf(fields: Readonly<Record<string, string | undefined>>, hasTime: boolean): WallTime | undefined {
  const number = (name: string) => Number(fields[name] ?? 0);
  const hour = fields['hour12'] === undefined ? number('hour') : hourOfHalf(number('hour12'), fields['half']!);
  if (hour === undefined) return undefined;
  return {
    year: number('year'),
    month: number('month'),
    day: number('day'),
    time: hasTime
      ? { hour, minute: number('minute'), second: number('second'), millisecond: number('millisecond') }
      : null,
  };
}

/** 12 AM is midnight, 12 PM is noon. */
function hourOfHalf(hour: number, half: string): number | undefined {
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
}

function real(wall: WallTime | undefined): CellTime | undefined {
  return wall !== undefined && isRealWallTime(wall) ? { wall } : undefined;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
