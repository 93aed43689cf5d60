import type { Readable } from 'node:stream';
import { SaxesParser } from 'saxes';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { Failure } from '#kernel';

/** The parts of an XLSX file (ECMA-376) that its first sheet needs. */
export interface Workbook {
  readonly sheet: Part;
  readonly sharedStrings: readonly string[];
  /** Kind of each cell style, by its index: what its number means. */
  readonly styles: readonly NumberKind[];
  /** Serial dates count from 1904 instead of 1900. */
  readonly isFrom1904: boolean;
  close(): void;
}

export interface Part {
  readonly compressedSize: number;
  readonly uncompressedSize: number;
  open(): Promise<Readable>;
}

/** What a number format shows a number as. */
export type NumberKind = 'number' | 'day' | 'time';

/** Opens the file and reads everything but the sheet itself. Throws `SOURCE_BROKEN` on anything that is no workbook. */
export async function openWorkbook(path: string): Promise<Workbook> {
  const zip = await openPromise(path, { autoClose: false }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== undefined) throw error;
    throw notAWorkbook(error);
  });
  try {
    return await readWorkbook(zip);
  } catch (error) {
    zip.close();
    throw error instanceof Failure ? error : notAWorkbook(error);
  }
}

/**
 * Hands the elements of an XML part on as they are read, without their namespace prefixes, and pauses after every piece
 * of the file, so that a caller can empty what it has gathered before more comes.
 */
export async function* elementsOf(stream: Readable, on: ElementHandler): AsyncGenerator<number> {
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => on.open(localName(name), attributes));
  parser.on('text', (text) => on.text?.(text));
  parser.on('cdata', (text) => on.text?.(text));
  parser.on('closetag', ({ name }) => on.close?.(localName(name)));
  const decoder = new TextDecoder();
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    parser.write(decoder.decode(chunk, { stream: true }));
    yield chunk.length;
  }
  parser.close();
}

export interface ElementHandler {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

async function readWorkbook(zip: ZipFile): Promise<Workbook> {
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  const read = async (name: string, on: ElementHandler): Promise<void> => {
    const entry = entries.get(name);
    if (entry === undefined) throw new Error(`it has no part ${name}`);
    const elements = elementsOf(await zip.openReadStreamPromise(entry), on);
    while ((await elements.next()).done !== true);
  };

  const root = await relationships(read, '_rels/.rels', '');
  const workbookPart = root.find(({ type }) => type === 'officeDocument')?.target;
  if (workbookPart === undefined) throw new Error('it has no workbook');
  const folder = workbookPart.slice(0, workbookPart.lastIndexOf('/') + 1);
  const links = await relationships(read, `${folder}_rels/${workbookPart.slice(folder.length)}.rels`, folder);
  const { sheetId, isFrom1904 } = await workbookPartOf(read, workbookPart);
  const sheet = entries.get(links.find(({ id }) => id === sheetId)?.target ?? '');
  if (sheet === undefined) throw new Error('it has no sheet');
  const target = (kind: string) => links.find(({ type }) => type === kind)?.target;
  const [strings, styles] = [target('sharedStrings'), target('styles')];
  return {
    sheet: {
      compressedSize: sheet.compressedSize,
      uncompressedSize: sheet.uncompressedSize,
      open: () => zip.openReadStreamPromise(sheet),
    },
    sharedStrings: strings === undefined ? [] : await sharedStringsOf(read, strings),
    styles: styles === undefined ? [] : await stylesOf(read, styles),
    isFrom1904,
    close: () => zip.close(),
  };
}

type ReadPart = (name: string, on: ElementHandler) => Promise<void>;

interface Relationship {
  readonly id: string;
  /** Last word of the relationship's URI. */
  readonly type: string;
  readonly target: string;
}

async function relationships(read: ReadPart, part: string, folder: string): Promise<Relationship[]> {
  const found: Relationship[] = [];
  await read(part, {
    open(name, { Id, Type, Target }) {
      if (name !== 'Relationship' || Id === undefined || Type === undefined || Target === undefined) return;
      const target = Target.startsWith('/') ? Target.slice(1) : new URL(folder + Target, 'zip:/').pathname.slice(1);
      found.push({ id: Id, type: Type.slice(Type.lastIndexOf('/') + 1), target });
    },
  });
  return found;
}

async function workbookPartOf(read: ReadPart, part: string): Promise<{ sheetId?: string; isFrom1904: boolean }> {
  let sheetId: string | undefined;
  let isFrom1904 = false;
  await read(part, {
    open(name, attributes) {
      if (name === 'workbookPr') isFrom1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
      if (name !== 'sheet' || sheetId !== undefined) return;
      sheetId = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1];
    },
  });
  return { ...(sheetId === undefined ? {} : { sheetId }), isFrom1904 };
}

async function sharedStringsOf(read: ReadPart, part: string): Promise<string[]> {
  const strings: string[] = [];
  let current = '';
  let isText = false;
  // Phonetic runs (rPh) tell how a name is read aloud and do not belong to the text.
  let isPhonetic = false;
  await read(part, {
    open(name) {
      if (name === 'si') current = '';
      if (name === 'rPh') isPhonetic = true;
      if (name === 't') isText = !isPhonetic;
    },
    text(text) {
      if (isText) current += text;
    },
    close(name) {
      if (name === 't') isText = false;
      if (name === 'rPh') isPhonetic = false;
      if (name === 'si') strings.push(unescaped(current));
    },
  });
  return strings;
}

async function stylesOf(read: ReadPart, part: string): Promise<NumberKind[]> {
  const formats = new Map<number, string>();
  const styles: NumberKind[] = [];
  let isCellStyles = false;
  await read(part, {
    open(name, attributes) {
      if (name === 'numFmt') formats.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      if (name === 'cellXfs') isCellStyles = true;
      if (name === 'xf' && isCellStyles) {
        const id = Number(attributes['numFmtId'] ?? 0);
        const code = formats.get(id);
        styles.push(code === undefined ? builtInKind(id) : kindOf(code));
      }
    },
    close(name) {
      if (name === 'cellXfs') isCellStyles = false;
    },
  });
  return styles;
}

/** Formats that need no code in the file, those of Chinese Excel included (ECMA-376 part 1, 18.8.30). */
function builtInKind(id: number): NumberKind {
  const isTime = (id >= 18 && id <= 22) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id === 55 || id === 56;
  if (isTime) return 'time';
  const isDay = (id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58);
  return isDay ? 'day' : 'number';
}

/** By the letters outside quotes, escapes and brackets: `[$-804]yyyy"年"m"月"d"日"`. A bracketed `[h]` counts hours. */
function kindOf(code: string): NumberKind {
  const letters = code
    .split(';')[0]!
    .replaceAll(/"[^"]*"|\\.|_.|\*./g, '')
    .replaceAll(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .toLowerCase();
  if (/[hs]/.test(letters)) return 'time';
  return /[ymd]/.test(letters.replaceAll('general', '')) ? 'day' : 'number';
}

/** `_x000D_` stands for a character that XML cannot hold (ECMA-376 part 1, 22.9.2.19). */
export function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function notAWorkbook(error: unknown): Failure {
  return new Failure('SOURCE_BROKEN', `the file is no XLSX workbook: ${(error as Error).message}`, false, {
    cause: error,
  });
}
