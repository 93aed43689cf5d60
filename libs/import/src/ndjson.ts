import { CellError, trimmed, unreadable, type SourceRow, type SourceRows } from './source-row.ts';

/** Longest line taken, in characters. */
export const LINE_LIMIT = 1_048_576;

/** Rows of NDJSON: one JSON object a line, its keys are the columns. Numbers keep the digits they are written with. */
export function openNdjson(text: AsyncIterable<string>): SourceRows {
  return { columns: undefined, rows: rowsOf(text) };
}

async function* rowsOf(text: AsyncIterable<string>): AsyncGenerator<SourceRow> {
  let line = 0;
  for await (const written of linesOf(text)) {
    line += 1;
    if (written === undefined) yield unreadable(line, 'ROW_BROKEN', `the line is longer than ${LINE_LIMIT} characters`);
    else if (written.trim() !== '') yield rowOf(written, line);
  }
}

function rowOf(written: string, line: number): SourceRow {
  let record: unknown;
  try {
    record = JSON.parse(written, numberAsWritten);
  } catch {
    return unreadable(line, 'ROW_BROKEN', 'the line is not JSON');
  }
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    return unreadable(line, 'ROW_BROKEN', 'the line is not a JSON object');
  }
  const cells = record as Record<string, unknown>;
  return {
    line,
    cell(column) {
      const value = Object.hasOwn(cells, column) ? cells[column] : undefined;
      if (value === undefined || value === null) return undefined;
      if (typeof value === 'object') throw new CellError(`the column ${column} holds a list or an object`);
      return trimmed(String(value));
    },
  };
}

/** 20-digit ticket numbers are beyond what a number holds exactly: take the digits, not the value. */
function numberAsWritten(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' ? (context?.source ?? value) : value;
}

/** Lines of a text; undefined for one that is longer than is taken, so that it is never held in memory. */
export async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string | undefined> {
  let rest = '';
  let isTooLong = false;
  for await (const chunk of text) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      yield isTooLong || line.length > LINE_LIMIT ? undefined : line;
      isTooLong = false;
    }
    if (rest.length > LINE_LIMIT) {
      isTooLong = true;
      rest = '';
    }
  }
  if (isTooLong) yield undefined;
  else if (rest !== '') yield rest;
}
