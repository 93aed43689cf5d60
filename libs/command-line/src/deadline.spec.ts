import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { runCommandLine } from './command-line.ts';
import type { OpenDataFolder } from './data-folder.ts';

const noFolder: OpenDataFolder = () => Promise.reject(new Error('no folder was expected'));

async function run(line: string, input: readonly (string | Uint8Array)[] = []) {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const surroundings = { environment: {}, out, err, openDataFolder: noFolder, input: pieces(input) };
  const code = await runCommandLine({ arguments: ['deadline', ...line.split(' ')], ...surroundings });
  return { code, out: String(out.read() ?? ''), err: String(err.read() ?? '') };
}

async function* pieces(input: readonly (string | Uint8Array)[]): AsyncGenerator<string | Uint8Array> {
  for (const piece of input) yield await Promise.resolve(piece);
}

const answers = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as object);

describe('fangxin deadline', () => {
  it('counts by the calendar as it was known on a day', async () => {
    const due = async (more: string) => {
      const { out } = await run(`L-01 --from 2020-01-22 --json${more}`);
      return JSON.parse(out) as { due: string; calendarVersion: string };
    };
    expect(await due('')).toMatchObject({ due: '2020-02-10', calendarVersion: 'CN-2020.2' });
    expect(await due(' --as-known-on 2020-01-26')).toMatchObject({ due: '2020-02-06', calendarVersion: 'CN-2020.1' });
  });
  it('counts by the calendar of a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fangxin-deadline-'));
    const file = join(folder, 'city.yaml');
    const hours = ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => `${day}: ["09:00-17:00"]`).join(', ');
    writeFileSync(file, `zone: America/New_York\nweek: { ${hours} }\nholidays: ["2026-02-16"]\nworkdays: []\n`);
    const { code, out } = await run(`L-01 --from 2026-02-13 --calendar ${file} --json`);
    expect(code).toBe(0);
    // Without Spring Festival, and with a holiday of its own.
    expect(JSON.parse(out)).toMatchObject({ due: '2026-02-25' });
    await rm(folder, { recursive: true });
  });
  it('answers one JSON document', async () => {
    const { code, out, err } = await run('L-01 --from 2026-02-13 --json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toEqual({
      due: '2026-03-02',
      rawDue: '2026-03-02',
      rule: 'L-01',
      ruleVersion: 'L-01/SC-778@2024-07-01:46(2)',
      calendarVersion: 'CN-2026.1',
    });
  });
  it.each([
    ['complaint-acceptance --from 2026-02-13T15:59:59Z', '2026-03-02', '2026-03-02'],
    ['L-02 --from 2026-08-07', '2026-10-08', '2026-10-06'],
    ['L-02 --from 2026-08-07 --roll A', '2026-10-06', '2026-10-06'],
    ['L-02 --from 2026-04-14 --roll B', '2026-06-13', '2026-06-13'],
    ['L-02 --from 2026-04-14 --roll C', '2026-06-15', '2026-06-13'],
    ['L-02 --from 2026-04-10 --as-of-rules 2024-06-30', '2026-06-16', '2026-06-16'],
    ['L-02 --from 2026-04-10 --reading platform-parity', '2026-06-16', '2026-06-16'],
    ['L-05 --from 2026-09-30 --extend 2026-10-27', '2026-11-17', '2026-11-17'],
    ['L-27 --from 2026-05-06 --extend 2026-05-20=7 --extend 2026-06-08=7', '2026-06-22', '2026-06-19'],
    ['L-02 --from 2026-05-04 --suspend 2026-05-06..2026-05-15', '2026-07-13', '2026-07-13'],
    [
      'L-02 --from 2026-05-04 --suspend 2026-05-06..2026-05-10 --suspend 2026-05-09..2026-05-15',
      '2026-07-13',
      '2026-07-13',
    ],
    ['L-02 --from 2026-05-04 --suspend 2026-05-05T16:00:00.000Z..2026-05-15=appraisal', '2026-07-13', '2026-07-13'],
    ['L-31.transfer --from 2026-02-16T22:30:00+08:00', '2026-02-17T14:30:00.000Z', '2026-02-17T14:30:00.000Z'],
  ])('%s is due on %s', async (line, due, rawDue) => {
    const { code, out } = await run(`${line} --json`);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ due, rawDue });
  });
  it('says what had no effect, and that a clock stands still', async () => {
    const late = await run('L-05 --from 2026-09-30 --extend 2026-10-28 --json');
    expect(JSON.parse(late.out)).toMatchObject({ due: '2026-10-27', extensionsTooLate: ['2026-10-28'] });
    const idle = await run('L-02 --from 2026-05-04 --suspend 2026-05-06..2026-05-15=recusal --json');
    expect(JSON.parse(idle.out)).toMatchObject({
      due: '2026-07-03',
      suspensionsWithoutEffect: [{ from: '2026-05-06', to: '2026-05-15', reason: 'recusal' }],
    });
    const open = await run('L-02 --from 2026-05-04 --suspend 2026-05-06.. --json');
    expect(JSON.parse(open.out)).toMatchObject({ due: null, rawDue: null, state: 'suspended' });
  });
  it('explains itself to people', async () => {
    const { out } = await run('L-01 --from 2026-02-13');
    expect(out).toContain('7 working days from 2026-02-13: 02-14, 02-24, …, 03-02; 02-15 to 02-23 rest');
    expect(out).toContain('自2026-02-13起7个工作日');
  });
  it('guesses a year without a calendar only when told to', async () => {
    expect(await run('L-01 --from 2040-03-01')).toMatchObject({
      code: 1,
      err: expect.stringContaining('CALENDAR_MISSING'),
    });
    const guess = await run('L-01 --from 2040-03-01 --provisional --json');
    expect(JSON.parse(guess.out)).toMatchObject({ due: '2040-03-12', calendarVersion: 'CN-2040.PROVISIONAL' });
  });
  it('takes from a file what no source says', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fangxin-rules-'));
    const file = join(folder, 'rules.yaml');
    const version =
      "{ regulation: none, article: '-', from: null, to: null, period: { workingDays: 20 }, source: our own }";
    writeFileSync(file, `rules: [{ id: L-36, versions: [${version}] }]`);
    expect(await run('L-36 --from 2026-03-02 --json')).toMatchObject({ code: 1, out: '' });
    const { out } = await run(`L-36 --from 2026-03-02 --rules ${file} --json`);
    expect(JSON.parse(out)).toMatchObject({
      due: '2026-03-30',
      ruleVersion: expect.stringMatching(/^L-36\/none~\w{8}:-$/),
    });
    await rm(folder, { recursive: true });
  });
});

describe('what cannot be answered', () => {
  it.each([
    ['L-99 --from 2026-05-06', 2, 'UNKNOWN_RULE'],
    ['L-31 --from 2026-05-06', 2, 'L-31 has several clocks: L-31.decision, L-31.transfer'],
    ['L-01', 2, '--from'],
    ['L-01 --from 2026-02-30', 2, 'from must be a day'],
    ['L-01 --from 2026-02-13T10:00:00', 2, 'from must be a day'],
    ['L-01 --from 2026-02-13 --roll D', 2, 'Allowed choices'],
    ['L-02 --from 2026-05-04 --suspend 2026-05-06', 2, 'write D..D'],
    ['L-02 --from 2026-05-04 --suspend 2026-05-06..2026-05-05', 2, 'INVALID_SUSPENSION'],
    ['L-02 --from 2026-05-04 --reading parity', 2, 'it has platform-parity'],
    ['L-31.transfer --from 2026-05-04', 2, 'INSTANT_NEEDED'],
    ['L-27 --from 2026-05-04 --extend 2026-05-05', 2, 'EXTENSION_AMOUNT_NEEDED'],
    ['L-05 --from 2026-05-04 --extend 15', 2, 'extend must be a day'],
    ['L-01 --from 2026-05-04 --rules not-there.yaml', 2, 'cannot be opened'],
    ['L-01 x --from 2026-05-04', 2, '"x" is no input'],
    ['- --from 2026-05-04', 2, 'every line says its own from'],
    ['L-36 --from 2026-05-06', 1, 'RULE_NOT_CONFIGURED'],
    ['L-35 --from 2026-05-06', 1, 'RULE_HAS_NO_PERIOD'],
    ['L-07 --from 2026-04-15', 1, 'RULE_NOT_IN_FORCE'],
    ['L-01 --from 2026-05-06 --extend 2026-05-07', 1, 'EXTENSION_NOT_ALLOWED'],
    ['L-01 --from 2026-05-06 --suspend 2026-05-07..2026-05-08', 1, 'SUSPENSION_NOT_ALLOWED'],
  ])('%s: exit %s, %s', async (line, code, words) => {
    const said = await run(line);
    expect({ code: said.code, out: said.out }).toEqual({ code, out: '' });
    expect(said.err).toContain(words);
  });
});

describe('NDJSON', () => {
  const lines = [
    { rule: 'L-01', from: '2026-02-13' },
    { rule: 'L-02', from: '2026-08-07', roll: 'A', suspend: [], extend: null, asOfRules: null },
    { rule: 'L-05', from: '2026-09-30', extend: '2026-10-27' },
    { rule: 'L-05', from: '2026-09-30', extend: ['2026-10-27'] },
    { rule: 'L-32.handling', from: '2026-03-02', extend: [{ grantedOn: '2026-03-09', by: 3 }] },
    {
      rule: 'L-02',
      from: '2026-05-04',
      suspend: [
        ['2026-05-06', '2026-05-10'],
        ['2026-05-11', '2026-05-15', 'testing'],
      ],
    },
    { rule: 'L-02', from: '2026-05-04', suspend: [['2026-05-06', null]] },
    { rule: 'L-31.transfer', from: '2026-02-16T22:30:00+08:00' },
  ];
  const written = lines.map((line) => `${JSON.stringify(line)}\n`).join('');

  it('answers line by line, in order', async () => {
    const { code, out } = await run('-', [written]);
    expect(code).toBe(0);
    expect(answers(out).map((answer) => (answer as { due: string }).due)).toEqual([
      '2026-03-02',
      '2026-10-06',
      '2026-11-17',
      '2026-11-17',
      '2026-03-12',
      '2026-07-13',
      null,
      '2026-02-17T14:30:00.000Z',
    ]);
  });
  it('refuses a line and goes on, keeping the numbers of the lines', async () => {
    const bad = [
      '{"rule":"L-01","from":"2026-02-13"}',
      'nonsense',
      '',
      '[]',
      '{"from":"2026-02-13"}',
      '{"rule":"L-01","from":null}',
      '{"rule":"L-01","from":"yesterday"}',
      '{"rule":"L-01","from":"2026-02-13","suspends":[]}',
      '{"rule":"L-02","from":"2026-05-04","suspend":"2026-05-06..2026-05-08"}',
      '{"rule":"L-02","from":"2026-05-04","suspend":[["2026-05-06"]]}',
      '{"rule":"L-05","from":"2026-05-04","extend":[{"on":"2026-05-06"}]}',
      '{"rule":"L-05","from":"2026-05-04","roll":"Z"}',
      '{"rule":"L-36","from":"2026-05-04"}',
      '{"rule":"L-01","from":"2040-05-04"}',
      '{"rule":"L-01","from":"2026-02-13"}',
    ];
    const { code, out } = await run('-', [bad.join('\n')]);
    expect(code).toBe(3);
    const due = (answer: { due?: string; error?: { code: string; detail: string } }) =>
      answer.due ?? answer.error?.code;
    expect(answers(out).map(due)).toEqual([
      '2026-03-02',
      'LINE_NOT_JSON',
      'LINE_NOT_JSON',
      'LINE_NOT_JSON',
      'MISSING_FIELD',
      'MISSING_FIELD',
      'INVALID_FIELD',
      'UNKNOWN_FIELD',
      'INVALID_FIELD',
      'INVALID_FIELD',
      'INVALID_FIELD',
      'INVALID_FIELD',
      'RULE_NOT_CONFIGURED',
      'CALENDAR_MISSING',
      '2026-03-02',
    ]);
  });
  it('takes its rule from the command line where a line has none', async () => {
    const { out } = await run('L-02 -', ['{"from":"2026-08-07"}\n{"rule":"L-01","from":"2026-02-13"}\n']);
    expect(answers(out)).toMatchObject([{ rule: 'L-02c' }, { rule: 'L-01' }]);
  });
  it('does not care in which pieces it comes', async () => {
    const whole = await run('-', [written]);
    const bytes = new TextEncoder().encode(`\ufeff${written}`);
    const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
    expect(await run('-', single)).toEqual(whole);
    expect((await run('-', [])).out).toBe('');
  });
  it('answers as one question at a time would', async () => {
    const { out } = await run('-', [written]);
    const one = await run('L-02 --from 2026-05-04 --suspend 2026-05-06..2026-05-15 --json');
    expect(answers(out)[5]).toEqual(JSON.parse(one.out));
  });
});
