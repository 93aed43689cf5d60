import { unreadable, trimmed, type SourceRow, type SourceRows } from './source-row.ts';
import { MappingError } from './mapping.ts';

/** Longest record taken, in characters: a quote that is never closed must not swallow a file. */
const RECORD_LIMIT = 1_048_576;

/**
 * A record of CSV (RFC 4180) with the line on which it starts, or the line that cannot be read. A quoted cell may hold
 * delimiters, doubled quotes and line breaks; a quote inside an unquoted cell stands for itself.
 */
export type CsvRecord =
  { readonly line: number; readonly cells: readonly string[] } | { readonly line: number; readonly broken: string };

/**
 * Records of a text. A broken record costs one line: reading goes on with the line below the one on which it started, so
 * that one stray quote does not take the good rows after it along. (The parsers on npm skip to wherever they stopped
 * understanding, which loses rows, and count lines in their own way.) Blank lines are no records.
 */
export async function* csvRecords(text: AsyncIterable<string>, delimiter: string): AsyncGenerator<CsvRecord> {
  const splitter = new CsvSplitter(delimiter);
  for await (const chunk of text) {
    splitter.add(chunk);
    yield* splitter.records(false);
  }
  yield* splitter.records(true);
}

export async function openCsv(text: AsyncIterable<string>, delimiter: string): Promise<SourceRows> {
  const records = csvRecords(text, delimiter);
  const header = await records.next();
  if (header.done === true) throw new MappingError('the file is empty: it has no line of column names');
  if ('broken' in header.value)
    throw new MappingError(`the line of column names cannot be read: ${header.value.broken}`);
  const columns = header.value.cells.map((name) => name.trim());
  return { columns, rows: rowsOf(records, columns) };
}

async function* rowsOf(records: AsyncGenerator<CsvRecord>, columns: readonly string[]): AsyncGenerator<SourceRow> {
  const indexes = new Map(columns.map((name, index) => [name, index]));
  for await (const record of records) {
    const { line } = record;
    if ('broken' in record) {
      yield unreadable(line, 'ROW_BROKEN', record.broken);
      continue;
    }
    const { cells } = record;
    if (cells.length < columns.length || cells.slice(columns.length).some((cell) => cell.trim() !== '')) {
      yield unreadable(line, 'ROW_LENGTH', `the row has ${cells.length} cells, the header ${columns.length}`);
      continue;
    }
    yield { line, cell: (column) => trimmed(cells[indexes.get(column)!]!) };
  }
}

/** Where the next record ends, or why there is none. `end` is after its line break; `lines` is how many it spans. */
type Scan =
  | { readonly cells: string[]; readonly end: number; readonly lines: number }
  | { readonly broken: string }
  | 'incomplete';

class CsvSplitter {
  #text = '';
  #at = 0;
  #line = 1;
  /** Inside a line that is too long to hold: its rest is passed over. */
  #passingOver = false;

  constructor(private readonly delimiter: string) {}

  add(chunk: string): void {
    this.#text = this.#text.slice(this.#at) + chunk;
    this.#at = 0;
  }

  *records(isLast: boolean): Generator<CsvRecord> {
    if (this.#passingOver && !this.endLine(isLast)) return;
    while (this.#at < this.#text.length) {
      if (this.blankLine(isLast)) continue;
      const scan = this.scan(isLast);
      const line = this.#line;
      if (scan === 'incomplete') {
        if (this.#text.length - this.#at <= RECORD_LIMIT) return;
        yield { line, broken: `the record is longer than ${RECORD_LIMIT} characters, or a quote is not closed` };
        if (!this.endLine(isLast)) return;
      } else if ('broken' in scan) {
        yield { line, broken: scan.broken };
        if (!this.endLine(isLast)) return;
      } else {
        this.#at = scan.end;
        this.#line += scan.lines;
        yield { line, cells: scan.cells };
      }
    }
  }

  /** Goes to the start of the next line; false when it is not in sight yet. */
  private endLine(isLast: boolean): boolean {
    const end = this.#text.indexOf('\n', this.#at);
    this.#passingOver = end < 0 && !isLast;
    this.#at = end < 0 ? this.#text.length : end + 1;
    if (end >= 0) this.#line += 1;
    return !this.#passingOver;
  }

  private blankLine(isLast: boolean): boolean {
    let end = this.#at;
    while (this.#text[end] === ' ' || this.#text[end] === '\r') end += 1;
    if (this.#text[end] !== '\n' && !(isLast && end === this.#text.length)) return false;
    this.endLine(isLast);
    return true;
  }

  private scan(isLast: boolean): Scan {
    const text = this.#text;
    const cells: string[] = [];
    let lines = 1;
    for (let at = this.#at; ;) {
      let cell: string;
      if (text[at] === '"') {
        const close = closingQuote(text, at);
        if (close < 0) return isLast ? { broken: 'a quote is opened and not closed' } : 'incomplete';
        if (close === text.length - 1 && !isLast) return 'incomplete';
        const inner = text.slice(at + 1, close);
        lines += countOf(inner, '\n');
        cell = inner.replaceAll('""', '"');
        at = close + 1;
      } else {
        const end = this.cellEnd(at);
        if (end === text.length && !isLast) return 'incomplete';
        cell = text.slice(at, end);
        at = end;
      }
      cells.push(cell);
      if (text[at] === this.delimiter) {
        at += 1;
        continue;
      }
      if (at === text.length && isLast) return { cells, end: at, lines };
      if (text[at] === '\n') return { cells, end: at + 1, lines };
      if (text[at] === '\r' && at + 1 === text.length && !isLast) return 'incomplete';
      if (text[at] === '\r' && (at + 1 === text.length || text[at + 1] === '\n')) {
        return { cells, end: Math.min(at + 2, text.length), lines };
      }
      return { broken: 'text follows the closing quote of a cell' };
    }
  }

  /** End of an unquoted cell: the delimiter or line break after it, or the end of the text. */
  private cellEnd(from: number): number {
    const text = this.#text;
    const delimiter = this.delimiter.charCodeAt(0);
    for (let at = from; at < text.length; at++) {
      const letter = text.charCodeAt(at);
      if (letter === delimiter || letter === LINE_FEED) return at;
      if (letter === CARRIAGE_RETURN && (at + 1 === text.length || text.charCodeAt(at + 1) === LINE_FEED)) return at;
    }
    return text.length;
  }
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** The quote that closes the one at `from`, doubled ones passed over; −1 when it is not in the text. */
function closingQuote(text: string, from: number): number {
  for (let at = from + 1; ; at += 2) {
    at = text.indexOf('"', at);
    if (at < 0 || text[at + 1] !== '"') return at;
  }
}

function countOf(text: string, letter: string): number {
  let count = 0;
  for (let at = text.indexOf(letter); at >= 0; at = text.indexOf(letter, at + 1)) count += 1;
  return count;
}
