import { Failure } from '#kernel';
import { MappingError } from './mapping.ts';
import { CellError, isoText, trimmed, type Cell, type SourceRow, type SourceRows } from './source-row.ts';
import type { OnBytes } from './byte-source.ts';
import { elementsOf, openWorkbook, unescaped, type Workbook } from './workbook.ts';
import type { WallTime } from '#calendar';

/** Rows of the first sheet; its first row that holds anything names the columns, and empty rows are none. */
export async function openXlsx(path: string, onBytes: OnBytes): Promise<SourceRows> {
  const workbook = await openWorkbook(path);
  const rows = sheetRows(workbook, onBytes);
  const header = await rows.next();
  if (header.done === true) throw new MappingError('the first sheet is empty: it has no row of column names');
  const columns = Array.from(header.value.cells, nameOf);
  return { columns: columns.filter((name) => name !== ''), rows: rowsOf(rows, columns) };
}

async function* rowsOf(rows: AsyncGenerator<SheetRow>, columns: readonly string[]): AsyncGenerator<SourceRow> {
  const indexes = new Map(columns.map((name, index) => [name, index]));
  for await (const { line, cells } of rows) {
    yield {
      line,
      cell(column) {
        const cell = cells[indexes.get(column)!];
        if (cell instanceof SheetError) throw new CellError(`the column ${column} holds the error ${cell.code}`);
        return cell;
      },
    };
  }
}

function nameOf(cell: SheetCell): string {
  if (cell === undefined || cell instanceof SheetError) return '';
  return typeof cell === 'string' ? cell : isoText(cell);
}

/** `#N/A` and its like: a formula that came to nothing. */
class SheetError {
  constructor(readonly code: string) {}
}

type SheetCell = Cell | SheetError | undefined;

interface SheetRow {
  readonly line: number;
  /** By column from 0; holes are empty cells. */
  readonly cells: readonly SheetCell[];
}

async function* sheetRows(workbook: Workbook, onBytes: OnBytes): AsyncGenerator<SheetRow> {
  const gathered: SheetRow[] = [];
  const { sheet } = workbook;
  const packing = sheet.compressedSize / Math.max(1, sheet.uncompressedSize);
  try {
    const elements = elementsOf(await sheet.open(), new SheetReader(workbook, gathered));
    for await (const size of elements) {
      onBytes(Math.round(size * packing));
      yield* gathered.splice(0);
    }
    yield* gathered;
  } catch (error) {
    throw new Failure('SOURCE_BROKEN', `the sheet cannot be read to its end: ${(error as Error).message}`, false, {
      cause: error,
    });
  } finally {
    workbook.close();
  }
}

class SheetReader {
  #line = 0;
  #column = -1;
  #cells: SheetCell[] = [];
  #type = '';
  #style = 0;
  #text = '';
  #isText = false;
  #isPhonetic = false;

  constructor(
    private readonly workbook: Workbook,
    private readonly rows: SheetRow[],
  ) {}

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    switch (name) {
      case 'row':
        this.#line = attributes['r'] === undefined ? this.#line + 1 : Number(attributes['r']);
        this.#column = -1;
        this.#cells = [];
        break;
      case 'c':
        this.#column = attributes['r'] === undefined ? this.#column + 1 : columnOf(attributes['r']);
        this.#type = attributes['t'] ?? 'n';
        this.#style = Number(attributes['s'] ?? 0);
        this.#text = '';
        break;
      case 'rPh':
        this.#isPhonetic = true;
        break;
      case 'v':
      case 't':
        this.#isText = !this.#isPhonetic;
        break;
    }
  }

  text(text: string): void {
    if (this.#isText) this.#text += text;
  }

  close(name: string): void {
    switch (name) {
      case 'v':
      case 't':
        this.#isText = false;
        break;
      case 'rPh':
        this.#isPhonetic = false;
        break;
      case 'c':
        this.#cells[this.#column] = this.value();
        break;
      case 'row':
        if (this.#cells.some((cell) => cell !== undefined)) this.rows.push({ line: this.#line, cells: this.#cells });
        break;
    }
  }

  private value(): SheetCell {
    const { sharedStrings, styles, isFrom1904 } = this.workbook;
    const text = this.#text;
    if (text === '') return undefined;
    switch (this.#type) {
      case 's':
        return trimmed(sharedStrings[Number(text)] ?? '');
      case 'b':
        return text === '1' ? 'true' : 'false';
      case 'e':
        return new SheetError(text);
      case 'n': {
        const number = Number(text);
        const kind = styles[this.#style] ?? 'number';
        return kind === 'number' ? String(number) : wallTimeOfSerial(number, kind === 'day', isFrom1904);
      }
      default:
        return trimmed(unescaped(text));
    }
  }
}

/** `BC12` is in column 54, counted from 0. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference.replace(/\d+$/, '')) column = column * 26 + (letter.charCodeAt(0) - 64);
  return column - 1;
}

const DAY_MS = 86_400_000;

/** A serial date: days since the end of 1899, in which Excel counts a 29 February 1900, or since 1904. */
function wallTimeOfSerial(serial: number, isDay: boolean, isFrom1904: boolean): WallTime {
  const epoch = isFrom1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30);
  const date = new Date(epoch + Math.round(serial * DAY_MS));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    time:
      isDay && Number.isInteger(serial)
        ? null
        : {
            hour: date.getUTCHours(),
            minute: date.getUTCMinutes(),
            second: date.getUTCSeconds(),
            millisecond: date.getUTCMilliseconds(),
          },
  };
}
