import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lastDay, mainlandCalendar } from '#calendar';
import { runCommandLine } from './command-line.ts';

let folder: string;
let city: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fangxin-calendar-'));
  city = join(folder, 'city.yaml');
  writeFileSync(
    city,
    `zone: America/New_York
week: { mon: ["08:30-17:00"], tue: ["08:30-17:00"], wed: ["08:30-17:00"], thu: ["08:30-17:00"], fri: ["08:30-17:00"] }
holidays: ["2015-01-01", "2015-01-19"]
workdays: []                    # make-up working days
outOfHours: next-opening        # an instant outside opening hours counts from the next opening
`,
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(line: string, pieces: readonly Uint8Array[] = []) {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const text = Promise.all([out, err].map(async (stream) => (await stream.toArray()).join('')));
  const code = await runCommandLine({
    arguments: ['calendar', 'add', ...line.replaceAll('CITY', city).split(' ')],
    environment: {},
    input: (async function* () {
      yield* pieces;
    })(),
    out,
    err,
    openDataFolder: () => Promise.reject(new Error('no folder was expected')),
  });
  out.end();
  err.end();
  const [printed, said] = (await text) as [string, string];
  return { code, out: printed, err: said };
}

const lines = (text: string) => run('-', [new TextEncoder().encode(text)]);
const answersIn = ({ out }: { out: string }) =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

describe('one period', () => {
  it.each([
    ['--from 2026-02-13 --working-days 7', '2026-03-02'],
    ['--from 2026-04-30 --working-days 5', '2026-05-11'],
    ['--from 2026-08-07 --days 60', '2026-10-06'],
    ['--from 2023-08-31 --months 6', '2024-02-29'],
    ['--from 2024-02-29 --years 1', '2025-02-28'],
    ['--from 2026-02-13T16:00:00+08:00 --working-days 7', '2026-03-02T16:00:00+08:00'],
    ['--from 2026-02-16T15:50:00Z --hours 24', '2026-02-17T23:50:00+08:00'],
    ['--from 2026-02-16T15:50:00Z --hours 0.5', '2026-02-17T00:20:00+08:00'],
    ['--from 2015-01-16 --working-days 1 --calendar CITY', '2015-01-20'],
    ['--from 2015-01-16T16:30:00-05:00 --working-days 2 --calendar CITY', '2015-01-21T16:30:00-05:00'],
    ['--from 2015-01-17T10:00:00-05:00 --working-days 1 --calendar CITY', '2015-01-21T08:30:00-05:00'],
    ['--from 2015-03-06T16:00:00-05:00 --hours 4 --calendar CITY', '2015-03-09T11:30:00-04:00'],
    ['--from 2020-01-22 --working-days 5 --as-known-on 2020-01-20', '2020-02-04'],
    ['--from 2020-01-22 --working-days 5', '2020-02-06'],
  ])('%s is due %s', async (line, due) => {
    expect(await run(`${line} --json`)).toEqual({ code: 0, out: `${JSON.stringify({ due })}\n`, err: '' });
  });

  it('is told with its arithmetic where no JSON is asked for', async () => {
    expect((await run('--from 2026-02-13 --working-days 7')).out).toBe(`\
due       2026-03-02
counted   7 working days from 2026-02-13: 02-14, 02-24, …, 03-02; 02-15 to 02-23 rest
calendar  CN-2026.1
`);
  });

  it('fails in a year without data, and is guessed only when asked, and then flagged', async () => {
    const { code, out, err } = await run('--from 2099-12-30 --working-days 1 --json');
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('CALENDAR_MISSING');
    expect((await run('--from 2099-12-30 --working-days 2 --provisional --json')).out).toBe(
      '{"due":"2100-01-01","provisional":true}\n',
    );
  });

  it.each([
    ['--working-days 7', '--from is missing'],
    ['--from 2026-02-13', 'one of hours, workingDays, days, months, years is needed'],
    ['--from 2026-02-13 --days 1 --months 1', 'days and months cannot be added at once'],
    ['--from 2026-02-30 --days 1', 'from must be a day YYYY-MM-DD or an instant with an offset'],
    ['--from 2026-02-13T10:00:00 --days 1', 'an instant with an offset'],
    ['--from 2026-02-13 --days 1.5', 'days must be a whole number from 0'],
    ['--from 2026-02-13 --days many', 'days must be a whole number from 0'],
    ['--from 2026-02-13T10:00:00Z --hours -1', 'hours must be a number from 0'],
    ['--from 2026-02-13 --hours 1', 'hours count from an instant'],
    ['--from 2026-02-13 --days 1 --calendar not-there.yaml', 'not-there.yaml cannot be opened: ENOENT'],
    ['--from 2026-02-13 --days 1 --calendar package.json', 'the calendar package.json: line 2'],
    ['--from 2026-02-13 --days 1 --calendar CITY --as-known-on 2026-01-01', 'not for a file'],
    ['--from 2026-02-13 --days 1 --as-known-on lately', 'YYYY-MM-DD'],
    ['- --from 2026-02-13 --days 1', 'stand on each line'],
    ['lines.ndjson', '"-" reads NDJSON'],
  ])('%s is wrong use', async (line, words) => {
    const { code, out, err } = await run(line);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(words);
  });
});

describe('NDJSON', () => {
  it('answers each line in its place, and those that are refused with code and detail', async () => {
    const answer = await lines(`{"from":"2026-02-13","workingDays":7}

{"from":"2026-02-13"}
nonsense
[1]
{"from":"2026-02-13","workingDays":7,"roll":"B"}
{"from":"2026-02-13","workingDays":"7"}
{"from":"2026-02-13","workingDays":-7}
{"days":7}
{"from":20260213,"days":7}
{"from":"2026-12-30","workingDays":400}
{"from":"2026-12-30","years":9000}
{"from":"2026-02-13T00:00:00Z","hours":1.5}
{"from":"2023-08-31","months":6}`);
    const refused = (code: string, detail: string) => ({ error: { code, detail: expect.stringContaining(detail) } });
    expect(answersIn(answer)).toEqual([
      { due: '2026-03-02' },
      refused('LINE_NOT_JSON', 'not JSON'),
      refused('MISSING_FIELD', 'one of'),
      refused('LINE_NOT_JSON', 'not JSON'),
      refused('LINE_NOT_JSON', 'not a JSON object'),
      refused('UNKNOWN_FIELD', 'roll'),
      refused('INVALID_FIELD', 'workingDays'),
      refused('INVALID_FIELD', 'workingDays'),
      refused('MISSING_FIELD', 'from'),
      refused('INVALID_FIELD', 'from'),
      refused('CALENDAR_MISSING', '2027'),
      refused('DATE_OUT_OF_RANGE', '9999'),
      { due: '2026-02-13T09:30:00+08:00' },
      { due: '2024-02-29' },
    ]);
    expect([answer.code, answer.err]).toEqual([3, '']);
  });

  it('of nothing answers nothing', async () => {
    expect(await lines('')).toEqual({ code: 0, out: '', err: '' });
  });

  it('answers every line in order, however the input is cut into pieces', async () => {
    const requests = fc.array(
      fc.record({ from: fc.constantFrom('2018-02-03', '2020-09-30', '2025-01-27'), workingDays: fc.nat(300) }),
      { minLength: 1, maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(requests, fc.integer({ min: 1, max: 400 }), async (asked, size) => {
        const bytes = new TextEncoder().encode(asked.map((request) => `${JSON.stringify(request)}\n`).join(''));
        const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
          bytes.subarray(index * size, (index + 1) * size),
        );
        const expected = asked.map(({ from, workingDays }) => ({
          due: lastDay(mainlandCalendar(), from, { unit: 'workingDays', count: workingDays }),
        }));
        expect(answersIn(await run('-', pieces))).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });
});
