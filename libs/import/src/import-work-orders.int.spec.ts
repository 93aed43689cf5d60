import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeXlsx } from 'hucre/xlsx';
import { httpSink } from './http-sink.ts';
import { batchName, importWorkOrders, type ImportCounts, type ImportOptions } from './import-work-orders.ts';
import { MappingError, parseMapping } from './mapping.ts';
import { reportFile, type ReportLine } from './report.ts';
import { BatchServer } from './testing/batch-server.ts';

const EXAMPLES = new URL('../../../docs/examples/', import.meta.url);
const MAPPING = `
source: { format: csv, timezone: America/New_York }
constants: { channel: "12345" }
fields:
  externalNo: case_id
  receivedAt: { column: opened, dateFormat: "yyyy-MM-dd HH:mm:ss" }
  dueAt: { column: due, dateFormat: yyyy-MM-dd }
  closedAt: closed
  handlingRegion: { column: district, map: { North End: 330602, South End: 330603 } }
  content: text
`;
const HEADER = 'case_id,opened,due,closed,district,text';

let folder: string;
let server: BatchServer;
let waits: number[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fangxin-import-'));
  server = await BatchServer.start();
  waits = [];
});
afterEach(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

interface Outcome {
  readonly counts: ImportCounts;
  readonly report: readonly ReportLine[];
}

async function run(
  content: string | Uint8Array,
  mapping = MAPPING,
  more: Partial<ImportOptions> = {},
  name = 'export.csv',
): Promise<Outcome> {
  const path = join(folder, name);
  await writeFile(path, content);
  const reportPath = join(folder, 'report.ndjson');
  const report = await reportFile(reportPath);
  const sink = httpSink({
    server: server.url,
    key: 'key',
    wait: (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
  });
  try {
    const counts = await importWorkOrders({ path, mapping: parseMapping(mapping), sink, report, ...more });
    await report.close();
    const lines = (await readFile(reportPath, 'utf8')).split('\n').filter((line) => line !== '');
    return { counts, report: lines.map((line) => JSON.parse(line) as ReportLine) };
  } catch (error) {
    await report.close();
    throw error;
  }
}

const csv = (...rows: string[]) => `${[HEADER, ...rows].join('\n')}\n`;
const GOOD = [
  'A1,2024-03-01 10:00:00,2024-03-08,2024-03-05T09:00:00,North End,text',
  'A2,2024-03-02 10:00:00,,,South End,"two\nlines, quoted"',
  'A3,2024-03-03 10:00:00,2024-03-10,,,',
];

describe('importing work orders', () => {
  it('reads times in their zone, maps values and leaves out empty cells', async () => {
    const { counts, report } = await run(csv(...GOOD));
    expect(counts).toEqual({ read: 3, recorded: 3, unchanged: 0, flagged: 0, refused: 0 });
    expect(report).toEqual([]);
    const batch = batchName('/elsewhere/export.csv', parseMapping(MAPPING));
    expect(batch).toMatch(/^export\.csv@[a-p]{12}$/);
    expect(batchName('王小二 13912340000.csv', parseMapping(MAPPING))).toMatch(/^_{1,3}\.csv@[a-p]{12}$/);
    expect([...server.workOrders.values()]).toEqual([
      {
        channel: '12345',
        externalNo: 'A1',
        receivedAt: '2024-03-01T15:00:00.000Z',
        dueAt: '2024-03-09T04:59:59.999Z',
        closedAt: '2024-03-05T14:00:00.000Z',
        handlingRegion: '330602',
        content: 'text',
        importBatch: batch,
      },
      {
        channel: '12345',
        externalNo: 'A2',
        receivedAt: '2024-03-02T15:00:00.000Z',
        handlingRegion: '330603',
        content: 'two\nlines, quoted',
        importBatch: batch,
      },
      {
        channel: '12345',
        externalNo: 'A3',
        receivedAt: '2024-03-03T15:00:00.000Z',
        // The day on which the clocks change has 23 hours.
        dueAt: '2024-03-11T03:59:59.999Z',
        importBatch: batch,
      },
    ]);
  });

  it('adds nothing the second time, wherever the file lies, and reports the same contradictions', async () => {
    const text = csv(...GOOD, 'A4,2024-03-04 10:00:00,,2024-03-01T09:00:00,North End,');
    const first = await run(text);
    const before = structuredClone([...server.workOrders]);
    const second = await run(gzipSync(text), MAPPING, {}, 'copy-of-export.csv');
    expect(first.counts).toEqual({ read: 4, recorded: 4, unchanged: 0, flagged: 1, refused: 0 });
    expect(second.counts).toEqual({ read: 4, recorded: 0, unchanged: 4, flagged: 1, refused: 0 });
    expect(second.report).toEqual(first.report);
    expect(first.report).toEqual([
      {
        line: 6,
        externalNo: 'A4',
        status: 'flagged',
        flags: ['CLOSED_BEFORE_RECEIVED'],
        code: 'CLOSED_BEFORE_RECEIVED',
        field: 'closedAt',
        reason: 'closed before it was received',
      },
    ]);
    expect([...server.workOrders].map(([id]) => id)).toEqual(before.map(([id]) => id));
  });

  it('refuses what it cannot read with its line and reason, and goes on', async () => {
    const rows = [
      GOOD[0]!,
      'B1,01.03.2024,,,North End,张三 13800000000',
      GOOD[1]!,
      'B2,2024-03-01 10:00:00,,,Nowhere,李四',
      'B3,2024-03-01 10:00:00,,North End',
      ',2024-03-01 10:00:00,,,North End,',
      'B5,2024-03-01 10:00:00,,2024-02-30,North End,',
      'B6,2024-03-01 10:00:00,,,North End,"王五"x',
      GOOD[2]!,
      'A1,2024-03-01 10:00:01,,,North End,changed',
    ];
    const { counts, report } = await run(csv(...rows));
    expect(counts).toEqual({ read: 10, recorded: 3, unchanged: 0, flagged: 0, refused: 7 });
    expect(report.map(({ line, externalNo, status, code, field }) => [line, externalNo, status, code, field])).toEqual([
      [3, 'B1', 'refused', 'UNREADABLE_TIME', 'receivedAt'],
      [6, 'B2', 'refused', 'UNMAPPED_VALUE', 'handlingRegion'],
      [7, undefined, 'refused', 'ROW_LENGTH', undefined],
      [8, undefined, 'refused', 'MISSING_FIELD', 'externalNo'],
      [9, 'B5', 'refused', 'UNREADABLE_TIME', 'closedAt'],
      [10, undefined, 'refused', 'ROW_BROKEN', undefined],
      [12, 'A1', 'refused', 'WORK_ORDER_PAYLOAD_CONFLICT', undefined],
    ]);
    expect(report.every(({ reason }) => reason.length > 10)).toBe(true);
    expect(JSON.stringify(report)).not.toMatch(/张三|李四|王五|138|Nowhere/);
  });

  it('names the columns there are when the mapping names another', async () => {
    await expect(run('case_id,opened\nA1,2024-03-01 10:00:00\n')).rejects.toThrow(
      new MappingError('the column "due" of dueAt is not in the file; its columns are case_id, opened'),
    );
    await expect(run(csv().replace('text', 'due'))).rejects.toThrow('2 times');
    await expect(run('')).rejects.toThrow(MappingError);
    expect(server.requests).toBe(0);
  });

  it('reads a day without a time as its start, a due day as its end, a closing day never before the receipt on it', async () => {
    const mapping = MAPPING.replace('"yyyy-MM-dd HH:mm:ss"', 'yyyy-MM-dd HH:mm:ss').replace(
      '  closedAt: closed',
      '  closedAt: { column: closed, dateFormat: yyyy-MM-dd }',
    );
    const rows = [
      'D1,2024-03-01 15:00:00,2024-03-01,2024-03-01,,',
      'D2,2024-03-01 15:00:00,2024-03-02,2024-03-02,,',
      'D3,2024-03-01 15:00:00,2024-03-02,2024-02-29,,',
    ];
    const { report } = await run(csv(...rows), mapping);
    const times = [...server.workOrders.values()].map(({ receivedAt, dueAt, closedAt }) => [
      receivedAt,
      dueAt,
      closedAt,
    ]);
    expect(times).toEqual([
      ['2024-03-01T20:00:00.000Z', '2024-03-02T04:59:59.999Z', '2024-03-01T20:00:00.000Z'],
      ['2024-03-01T20:00:00.000Z', '2024-03-03T04:59:59.999Z', '2024-03-02T05:00:00.000Z'],
      ['2024-03-01T20:00:00.000Z', '2024-03-03T04:59:59.999Z', '2024-02-29T05:00:00.000Z'],
    ]);
    expect(report.map(({ line, flags }) => [line, flags])).toEqual([[4, ['CLOSED_BEFORE_RECEIVED']]]);
  });
});

describe('the formats', () => {
  const simple = (source: string) => `
source: ${source}
constants: { channel: "12345" }
fields: { externalNo: 编号, receivedAt: 时间, content: 内容 }
`;
  const bodies = () =>
    [...server.workOrders.values()].map(({ externalNo, receivedAt, content }) => [externalNo, receivedAt, content]);
  const EXPECTED = [
    ['1', '2026-03-03T16:00:00.000Z', '退款'],
    ['12345678901234567890', '2026-03-04T02:00:00.000Z', undefined],
  ];

  it('CSV in GB 18030, with another delimiter', async () => {
    // The bytes of 编号;时间;内容 and 退款 in GB 18030.
    const hex = 'b1e0bac53bcab1bce43bc4dac8dd0a' + '313b323032362d30332d30343b' + 'cdcbbfee0a';
    const rest = '12345678901234567890;2026-03-04T10:00:00;\n';
    await run(
      Buffer.concat([Buffer.from(hex, 'hex'), Buffer.from(rest)]),
      simple('{ format: csv, encoding: gb18030, delimiter: ";" }'),
    );
    expect(bodies()).toEqual(EXPECTED);
  });

  it('CSV in UTF-8 with a byte order mark; text in another encoding is refused, row by row', async () => {
    const good = Buffer.from('\uFEFF编号,时间,内容\n1,2026-03-04,退款\n');
    const bad = Buffer.concat([Buffer.from('2,2026-03-04,'), Buffer.from('cdcbbfee', 'hex'), Buffer.from('\n')]);
    const rest = Buffer.from('12345678901234567890,2026-03-04T10:00:00,\n');
    const { report } = await run(Buffer.concat([good, bad, rest]), simple('{ format: csv }'));
    expect(bodies()).toEqual(EXPECTED);
    expect(report).toMatchObject([{ line: 3, externalNo: '2', code: 'ENCODING_MISMATCH', field: 'content' }]);
  });

  it('CSV in UTF-16 as a spreadsheet saves it', async () => {
    const text = '\uFEFF编号\t时间\t内容\r\n1\t2026-03-04\t退款\r\n12345678901234567890\t2026-03-04T10:00:00\t\r\n';
    await run(Buffer.from(text, 'utf16le'), simple('{ format: csv, encoding: utf-16le, delimiter: "\\t" }'));
    expect(bodies()).toEqual(EXPECTED);
  });

  it('NDJSON, with numbers of any length and lines that are none', async () => {
    const lines = [
      '{"编号":1,"时间":"2026-03-04","内容":"退款","other":{"a":1}}',
      '{"编号":12345678901234567890,"时间":"2026-03-04T10:00:00+08:00","内容":null}',
      'no json',
      '[1]',
      '',
      '{"编号":3,"时间":"2026-03-04","内容":{"text":"x"}}',
      '{"编号":4,"内容":"退款"}',
    ];
    const { counts, report } = await run(
      gzipSync(lines.join('\n')),
      simple('{ format: ndjson }'),
      {},
      'export.ndjson.gz',
    );
    expect(bodies()).toEqual(EXPECTED);
    expect(counts).toMatchObject({ read: 6, recorded: 2, refused: 4 });
    expect(report.map(({ line, code }) => [line, code])).toEqual([
      [3, 'ROW_BROKEN'],
      [4, 'ROW_BROKEN'],
      [6, 'NOT_A_VALUE'],
      [7, 'MISSING_FIELD'],
    ]);
  });

  it('XLSX, with days and times as the spreadsheet keeps them', async () => {
    const rows = [
      ['编号', '内容', '时间', null],
      [1, ' 退款 ', new Date(Date.UTC(2026, 2, 4)), 'aside'],
      [null, null, null],
      ['12345678901234567890', null, new Date(Date.UTC(2026, 2, 4, 10))],
      ['2', 'x', 'soon'],
      ['3', 'x', 46085.5],
    ];
    const file = await writeXlsx({ sheets: [{ name: 'Sheet', rows }] });
    const { counts, report } = await run(file, simple('{ format: xlsx }'), {}, 'export.xlsx');
    expect(bodies()).toEqual(EXPECTED);
    expect(counts).toMatchObject({ read: 4, recorded: 2, refused: 2 });
    expect(report.map(({ line, code }) => [line, code])).toEqual([
      [5, 'UNREADABLE_TIME'],
      [6, 'UNREADABLE_TIME'],
    ]);
    await expect(run(file, simple('{ format: xlsx }').replace('编号', '号'), {}, 'export.xlsx')).rejects.toThrow(
      '编号, 内容, 时间',
    );
  });

  it('a file that is no workbook, and a gzip file that is cut off, are said to be broken', async () => {
    await expect(run('no zip', simple('{ format: xlsx }'))).rejects.toMatchObject({ code: 'SOURCE_BROKEN' });
    const text = csv(...Array.from({ length: 5000 }, (_, n) => `C${n},2024-03-01 10:00:00,,,North End,${Math.sin(n)}`));
    const half = gzipSync(text).subarray(0, 30_000);
    await expect(run(half, MAPPING)).rejects.toMatchObject({ code: 'SOURCE_BROKEN' });
  });

  it('the sample of the documentation: 28 rows, one contradictory, two that cannot be taken', async () => {
    const mapping = await readFile(new URL('hotline-mapping.yaml', EXAMPLES), 'utf8');
    const { counts, report } = await run(await readFile(new URL('hotline-sample.csv', EXAMPLES)), mapping);
    // The server of this test knows no check digits: the wrong code is refused by the real one only.
    expect(counts).toEqual({ read: 28, recorded: 27, unchanged: 0, flagged: 1, refused: 1 });
    expect(report.map(({ externalNo, code }) => [externalNo, code])).toEqual([
      ['SX202600025', 'CLOSED_BEFORE_RECEIVED'],
      ['SX202600026', 'UNREADABLE_TIME'],
    ]);
  });
});

describe('a service in trouble', () => {
  const rows = Array.from({ length: 25 }, (_, n) => `C${n},2024-03-01 10:00:00,,,North End,`);

  it('is asked again from the first row without an answer when the connection breaks', async () => {
    server.mishaps.push({ cutAfter: 4 }, { cutAfter: 0 });
    const { counts } = await run(csv(...rows), MAPPING, { batchSize: 10 });
    expect(server.workOrders.size).toBe(25);
    expect(counts.read).toBe(25);
    expect(counts.refused).toBe(0);
    expect(counts.recorded + counts.unchanged).toBe(25);
    expect(waits.length).toBe(2);
  });

  it('is given time when it says 429 or 503, as long as it says', async () => {
    const problem = { code: 'RATE_LIMITED', detail: 'too many' };
    server.mishaps.push({ status: 429, problem, headers: { 'retry-after': '3' } }, { status: 503, problem });
    const { counts } = await run(csv(...rows));
    expect(counts).toMatchObject({ recorded: 25, refused: 0 });
    expect(waits).toEqual([3000, 500]);
  });

  it('may fail on single rows for a while', async () => {
    server.mishaps.push({ lineError: { after: 7, status: 507 } });
    const { counts } = await run(csv(...rows));
    expect(counts).toMatchObject({ read: 25, refused: 0 });
    expect(counts.recorded + counts.unchanged).toBe(25);
    expect(server.workOrders.size).toBe(25);
  });

  it('ends the import when it stays away, and running it again finishes the work', async () => {
    const gone = { status: 503, problem: { code: 'SHUTTING_DOWN', detail: 'going away' } };
    await importFirst(10);
    server.mishaps.push(...Array.from({ length: 7 }, () => gone));
    await expect(run(csv(...rows), MAPPING, { batchSize: 10 })).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000]);
    expect(server.workOrders.size).toBe(10);
    const { counts } = await run(csv(...rows), MAPPING, { batchSize: 10 });
    expect(counts).toEqual({ read: 25, recorded: 15, unchanged: 10, flagged: 0, refused: 0 });
  });

  it('that refuses the key ends the import at once', async () => {
    server.mishaps.push({ status: 401, problem: { code: 'KEY_NOT_ACCEPTED', detail: 'the key is revoked' } });
    await expect(run(csv(...rows))).rejects.toMatchObject({ code: 'KEY_NOT_ACCEPTED' });
    expect(waits).toEqual([]);
  });

  async function importFirst(count: number): Promise<void> {
    const stop = new AbortController();
    const onProgress = ({ read }: ImportCounts) => {
      if (read >= count) stop.abort(new Error('stopped'));
    };
    const options = { batchSize: 10, signal: stop.signal, onProgress };
    await expect(run(csv(...rows), MAPPING, options)).rejects.toThrow('stopped');
    expect(server.workOrders.size).toBe(count);
  }
});
