import type { WallTime } from '#calendar';

/** A cell as its format gives it: text, or what a spreadsheet keeps as a date. Empty cells are absent. */
export type Cell = string | WallTime;

/** One record of a file. */
export type SourceRow =
  | {
      /** Line on which the record starts; row of a spreadsheet. From 1. */
      readonly line: number;
      cell(column: string): Cell | undefined;
    }
  | UnreadableRow;

export interface UnreadableRow {
  readonly line: number;
  readonly unreadable: { readonly code: string; readonly reason: string };
}

/** An opened file. */
export interface SourceRows {
  /** Names in the header, in order; undefined where the format has no header (NDJSON). */
  readonly columns: readonly string[] | undefined;
  readonly rows: AsyncGenerator<SourceRow>;
}

export function unreadable(line: number, code: string, reason: string): UnreadableRow {
  return { line, unreadable: { code, reason } };
}

/** Blank text is no value. */
export function trimmed(text: string): string | undefined {
  const inner = text.trim();
  return inner === '' ? undefined : inner;
}

/** A cell that a mapping reads holds no value: a list, an object, a formula's error. Thrown by `cell`. */
export class CellError extends Error {
  override readonly name = 'CellError';
}

/** A date of a spreadsheet where text is asked for. */
export function isoText({ year, month, day, time }: WallTime): string {
  const pad = (value: number, width = 2) => String(value).padStart(width, '0');
  const date = `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
  return time === null ? date : `${date}T${pad(time.hour)}:${pad(time.minute)}:${pad(time.second)}`;
}
