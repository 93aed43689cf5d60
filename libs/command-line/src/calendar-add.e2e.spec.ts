import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const PROGRAM = fileURLToPath(new URL('../../../bin/fangxin.js', import.meta.url));

function calendarAdd(
  zone: string,
  words: readonly string[],
  input: string,
): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, [PROGRAM, 'calendar', 'add', ...words], {
    env: { PATH: process.env['PATH'], TZ: zone },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stdin.end(input);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out })));
}

describe('the zone of the machine', () => {
  it.each(['UTC', 'Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati'])('changes no day: %s', async (zone) => {
    const asked = ['2026-02-13', '2026-04-30', '2018-12-28', '2026-02-12T16:30:00Z'];
    const input = asked.map((from) => `${JSON.stringify({ from, workingDays: 7 })}\n`).join('');
    expect(await calendarAdd(zone, ['-'], input)).toEqual({
      code: 0,
      out: ['2026-03-02', '2026-05-13', '2019-01-09', '2026-03-02T00:30:00+08:00']
        .map((due) => `${JSON.stringify({ due })}\n`)
        .join(''),
    });
  });
});

it('a long input is answered line by line, in order', async () => {
  const count = 100_000;
  const input = Array.from({ length: count }, (_, index) => `{"from":"2020-01-01","days":${index % 3000}}\n`).join('');
  const { code, out } = await calendarAdd('UTC', ['-'], input);
  const answers = out.trimEnd().split('\n');
  expect([code, answers.length]).toEqual([0, count]);
  const day = (index: number) => new Date(Date.UTC(2020, 0, 1 + (index % 3000))).toISOString().slice(0, 10);
  expect(answers.findIndex((answer, index) => answer !== `{"due":"${day(index)}"}`)).toBe(-1);
});
