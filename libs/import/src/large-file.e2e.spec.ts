import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGzip } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { writeXlsxStream } from 'hucre/xlsx';

/** Megabytes of heap of the importing process: half of either file's text, at two bytes a character. */
const HEAP_MB = 64;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fangxin-large-'));
});
afterEach(() => rm(folder, { recursive: true }));

const row = (n: number, words: number) => [`L${n}`, '2026-03-04T10:00:00', `${n} ${'放心消费 '.repeat(words)}`];

function* lines(count: number): Generator<string> {
  yield 'no,at,text\n';
  for (let n = 0; n < count; n += 500) {
    yield Array.from({ length: 500 }, (_, more) => `${row(n + more, 60).join(',')}\n`).join('');
  }
}

async function* sheetRows(count: number): AsyncGenerator<string[]> {
  yield ['no', 'at', 'text'];
  for (let n = 0; n < count; n++) yield row(n, 600);
}

/** Imports in a process of its own, which dies when its heap is full, into a sink that is slower than the reader. */
const PROGRAM = `
const { importWorkOrders, parseMapping } = await import(process.argv[1]);
const [path, format] = process.argv.slice(2);
const mapping = parseMapping(JSON.stringify({
  source: { format }, constants: { channel: 'x' }, fields: { externalNo: 'no', receivedAt: 'at', content: 'text' },
}));
const sink = {
  async *give(bodies) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    for (const { content } of bodies) yield { unchanged: false, flags: content.length > 100 ? [] : ['SHORT'] };
  },
};
console.log(JSON.stringify(await importWorkOrders({ path, mapping, sink })));
`;

async function importInSmallHeap(path: string, format: string): Promise<unknown> {
  const library = new URL('../../../dist/libs/import/src/index.js', import.meta.url).href;
  const { stdout } = await promisify(execFile)(process.execPath, [
    `--max-old-space-size=${HEAP_MB}`,
    '--input-type=module',
    '--eval',
    PROGRAM,
    library,
    path,
    format,
  ]);
  return JSON.parse(stdout);
}

it('reads 200,000 rows of CSV in a heap that half of them would fill', async () => {
  const path = join(folder, 'large.csv.gz');
  await pipeline(Readable.from(lines(200_000)), createGzip({ level: 1 }), createWriteStream(path));
  const counts = { read: 200_000, recorded: 200_000, unchanged: 0, flagged: 0, refused: 0 };
  expect(await importInSmallHeap(path, 'csv')).toEqual(counts);
});

it('reads 20,000 rows of a spreadsheet in a heap that half of them would fill', async () => {
  const path = join(folder, 'large.xlsx');
  const bytes = writeXlsxStream(sheetRows(20_000), { name: 'Sheet' });
  await pipeline(Readable.from(bytes), createWriteStream(path));
  const counts = { read: 20_000, recorded: 20_000, unchanged: 0, flagged: 0, refused: 0 };
  expect(await importInSmallHeap(path, 'xlsx')).toEqual(counts);
});
