import { formatInstant, type Instant } from '#kernel';
import { timeReaderOf, MappingError, type FieldMapping, type Mapping } from './mapping.ts';
import { readIsoTime, type CellTime } from './date-format.ts';
import { CellError, isoText, type Cell, type SourceRow, type UnreadableRow } from './source-row.ts';
import { isTimeTarget, REQUIRED_TARGETS, type Target, type TimeTarget, type WorkOrderBody } from './target.ts';
import { dayInZone, instantInZone, type WallTime } from '#calendar';

/** Why a row was not given to the service. Says nothing of what the cells hold: they may name people. */
export interface RowRefusal {
  readonly code: string;
  readonly field?: Target;
  readonly reason: string;
  readonly externalNo?: string;
}
export type ReadRow = { readonly body: WorkOrderBody } | { readonly refused: RowRefusal };

/** Turns a row into the work order it speaks of. */
export type RowReader = (row: Exclude<SourceRow, UnreadableRow>) => ReadRow;

/** Throws a {@link MappingError} with the columns there are when the mapping names one that the header does not have, or has twice. */
export function checkColumns(mapping: Mapping, columns: readonly string[]): void {
  for (const [target, { column }] of Object.entries(mapping.fields)) {
    const count = columns.filter((name) => name === column).length;
    if (count === 1) continue;
    const complaint = count === 0 ? 'is not in the file' : `is in the file ${count} times`;
    throw new MappingError(`the column "${column}" of ${target} ${complaint}; its columns are ${columns.join(', ')}`);
  }
}

/** Reader of one file's rows; `batch` marks what comes of them as imported history. */
export function workOrderRowReader(mapping: Mapping, batch: string): RowReader {
  const fields = Object.entries(mapping.fields).map(([target, field]) => fieldReader(target as Target, field));
  const constants = Object.entries(mapping.constants) as [Target, string][];
  return (row) => {
    const values: Partial<Record<Target, string>> = {};
    const times: Partial<Record<TimeTarget, CellTime>> = {};
    const give = (target: Target, value: string | CellTime | undefined) => {
      if (typeof value === 'object') times[target as TimeTarget] = value;
      else if (value !== undefined) values[target] = value;
    };
    for (const [target, text] of constants) give(target, isTimeTarget(target) ? readIsoTime(text) : text);
    let refused: RowRefusal | undefined;
    for (const field of fields) {
      const read = field.read(row);
      if (read instanceof Refused) refused ??= { code: read.code, field: field.target, reason: read.reason };
      else give(field.target, read);
    }
    const missing = REQUIRED_TARGETS.find((target) => values[target] === undefined && !(target in times));
    if (missing !== undefined) {
      refused ??= { code: 'MISSING_FIELD', field: missing, reason: `there is no ${missing} in the row` };
    }
    if (refused !== undefined) {
      return {
        refused: { ...refused, ...(values.externalNo === undefined ? {} : { externalNo: values.externalNo }) },
      };
    }
    const instants = instantsOf(times, mapping.source.timezone);
    return { body: { ...values, ...instants, importBatch: batch } as WorkOrderBody };
  };
}

/**
 * Instants of a row's times, read in its zone. A day without a time of day is its first moment for `receivedAt`, its last
 * for `dueAt` (the day itself is on time, T-06), and for `closedAt` its first one too, but not before a receipt on that
 * same day, as the source says nothing of such a contradiction.
 */
function instantsOf(times: Partial<Record<TimeTarget, CellTime>>, zone: string): Partial<Record<TimeTarget, string>> {
  const instants: Partial<Record<TimeTarget, Instant>> = {};
  const { receivedAt, dueAt, closedAt } = times;
  if (receivedAt !== undefined) instants.receivedAt = momentOf(receivedAt, zone);
  if (dueAt !== undefined) {
    instants.dueAt = isDay(dueAt) ? dayInZone(dueAt.wall, zone).last : momentOf(dueAt, zone);
  }
  if (closedAt !== undefined) {
    instants.closedAt = momentOf(closedAt, zone);
    const received = instants.receivedAt;
    if (isDay(closedAt) && received !== undefined) {
      const { first, last } = dayInZone(closedAt.wall, zone);
      if (received > first && received <= last) instants.closedAt = received;
    }
  }
  return Object.fromEntries(Object.entries(instants).map(([target, instant]) => [target, formatInstant(instant)]));
}

function momentOf(time: CellTime, zone: string): Instant {
  if ('instant' in time) return time.instant;
  return time.wall.time === null ? dayInZone(time.wall, zone).first : instantInZone(time.wall, zone);
}

function isDay(time: CellTime): time is { readonly wall: WallTime } {
  return 'wall' in time && time.wall.time === null;
}

class Refused {
  constructor(
    readonly code: string,
    readonly reason: string,
  ) {}
}

interface FieldReader {
  readonly target: Target;
  read(row: Exclude<SourceRow, UnreadableRow>): string | CellTime | Refused | undefined;
}

function fieldReader(target: Target, field: FieldMapping): FieldReader {
  const readTime = isTimeTarget(target) ? timeReaderOf(field) : undefined;
  return {
    target,
    read(row) {
      let cell: Cell | undefined;
      try {
        cell = row.cell(field.column);
      } catch (error) {
        if (error instanceof CellError) return new Refused('NOT_A_VALUE', error.message);
        throw error;
      }
      if (typeof cell === 'object' && readTime !== undefined) return { wall: cell };
      const text = typeof cell === 'object' ? isoText(cell) : cell;
      if (text?.includes('\uFFFD') === true) {
        return new Refused(
          'ENCODING_MISMATCH',
          `the column ${field.column} holds bytes that the encoding does not have`,
        );
      }
      const value = mapped(text, field);
      if (typeof value !== 'string' || readTime === undefined) return value;
      return readTime(value) ?? new Refused('UNREADABLE_TIME', unreadableTime(field));
    },
  };
}

function mapped(text: string | undefined, field: FieldMapping): string | Refused | undefined {
  const { map, column, default: fallback } = field;
  if (map === undefined) return text ?? fallback;
  const key = text ?? '';
  if (Object.hasOwn(map, key)) return map[key];
  if (fallback !== undefined) return fallback;
  if (text === undefined) return undefined;
  return new Refused(
    'UNMAPPED_VALUE',
    `the map of the column ${column} does not have the row's value, and there is no default`,
  );
}

function unreadableTime({ column, dateFormat }: FieldMapping): string {
  const form = dateFormat === undefined ? 'an ISO 8601 time' : `a time in the format ${dateFormat}`;
  return `the column ${column} does not hold ${form}`;
}
