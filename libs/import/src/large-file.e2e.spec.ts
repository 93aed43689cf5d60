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

/** Most that an importing process may hold at any time: a third of either file's text, at two bytes a character. */
const MOST_HELD = 40 * 1024 * 1024;

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

/** Imports in a process of its own into a sink slower than the reader, and weighs now and then what is still held. */
const PROGRAM = `
const { importWorkOrders, parseMapping } = await import(process.argv[1]);
const [path, format] = process.argv.slice(2);
const mapping = parseMapping(JSON.stringify({
  source: { format }, constants: { channel: 'x' }, fields: { externalNo: 'no', receivedAt: 'at', content: 'text' },
}));
let held = 0;
let batches = 0;
const sink = {
  async *give(bodies) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (batches++ % 5 === 0) {
      gc();
      held = Math.max(held, process.memoryUsage().heapUsed);
    }
    for (const { content } of bodies) yield { unchanged: false, flags: content.length > 100 ? [] : ['SHORT'] };
  },
};
const counts = await importWorkOrders({ path, mapping, sink });
console.log(JSON.stringify({ counts, held }));
`;

async function imported(path: string, format: string): Promise<{ counts: object; held: number }> {
  const library = new URL('../../../dist/libs/import/src/index.js', import.meta.url).href;
  const words = ['--expose-gc', '--input-type=module', '--eval', PROGRAM, library, path, format];
  const { stdout } = await promisify(execFile)(process.execPath, words);
  return JSON.parse(stdout) as { counts: object; held: number };
}

it('holds little of 200,000 rows of CSV at a time', async () => {
  const path = join(folder, 'large.csv.gz');
  await pipeline(Readable.from(lines(200_000)), createGzip({ level: 1 }), createWriteStream(path));
  const counts = { read: 200_000, recorded: 200_000, unchanged: 0, flagged: 0, refused: 0 };
  const run = await imported(path, 'csv');
  expect(run.counts).toEqual(counts);
  expect(run.held).toBeLessThan(MOST_HELD);
});

it('holds little of 20,000 rows of a spreadsheet at a time', async () => {
  const path = join(folder, 'large.xlsx');
  const bytes = writeXlsxStream(sheetRows(20_000), { name: 'Sheet' });
  await pipeline(Readable.from(bytes), createWriteStream(path));
  const counts = { read: 20_000, recorded: 20_000, unchanged: 0, flagged: 0, refused: 0 };
  const run = await imported(path, 'xlsx');
  expect(run.counts).toEqual(counts);
  expect(run.held).toBeLessThan(MOST_HELD);
});
