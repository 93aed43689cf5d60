import { parse } from 'csv-parse/sync';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csvRecords, type CsvRecord } from './csv.ts';

/** Records of a text that comes in pieces of `size` characters. */
async function read(text: string, size = 7, delimiter = ','): Promise<CsvRecord[]> {
  async function* pieces() {
    for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
  }
  const records: CsvRecord[] = [];
  for await (const record of csvRecords(pieces(), delimiter)) records.push(record);
  return records;
}

const lines = (records: readonly CsvRecord[]) =>
  records.map((record) => [record.line, 'cells' in record ? record.cells : 'broken']);

describe('CSV', () => {
  it.each([1, 2, 3, 7, 1000])('tells the line on which each record starts, in pieces of %i', async (size) => {
    const text = 'a,b\r\n1,"x\r\ny"\r\n\r\n2,z\r\n   \r\n3,"p\nq\n"\r\n"4","""q"",\r"';
    expect(lines(await read(text, size))).toEqual([
      [1, ['a', 'b']],
      [2, ['1', 'x\r\ny']],
      [5, ['2', 'z']],
      [7, ['3', 'p\nq\n']],
      [10, ['4', '"q",\r']],
    ]);
  });

  it.each([1, 5, 1000])('loses one line to a stray quote, not those after it, in pieces of %i', async (size) => {
    const text = 'a,b\n1,"x"y\n2,z\n3,"w"\n4,"open\n5,"v"\n6,u\n7,5" pipe\n8,"never closed\n9,t';
    expect(lines(await read(text, size))).toEqual([
      [1, ['a', 'b']],
      [2, 'broken'],
      [3, ['2', 'z']],
      [4, ['3', 'w']],
      [5, 'broken'],
      [6, ['5', 'v']],
      [7, ['6', 'u']],
      [8, ['7', '5" pipe']],
      [9, 'broken'],
      [10, ['9', 't']],
    ]);
  });

  it('gives up on a record beyond any length, and goes on below it', async () => {
    const text = `a,b\n1,"${'x'.repeat(2_000_000)}\n2,z\n${'y'.repeat(1_500_000)}\n3,w\n`;
    expect(lines(await read(text, 65_536))).toEqual([
      [1, ['a', 'b']],
      [2, 'broken'],
      [3, ['2', 'z']],
      [4, 'broken'],
      [5, ['3', 'w']],
    ]);
  });

  it('splits at other delimiters', async () => {
    expect(lines(await read('a;"b;c"\n1,5;2\n', 3, ';'))).toEqual([
      [1, ['a', 'b;c']],
      [2, ['1,5', '2']],
    ]);
  });

  it('reads what csv-parse reads, on any well-formed text and however it is cut', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '中', ' ', ',', '"', '\n', '\r\n', ';'), maxLength: 6 });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom('\n', '\r\n'),
        async (rows, size, end) => {
          const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
          const text = rows.map((row) => row.map(quoted).join(',')).join(end);
          const cells = (await read(text, size)).map((record) => ('cells' in record ? record.cells : record));
          expect(cells).toEqual(parse(text, { record_delimiter: end }));
        },
      ),
    );
  });
});
