import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const KEY = 'fx_command-line-e2e-administrator-0123456789abc';
const SAMPLE = join(ROOT, 'docs/examples/hotline-sample.csv');
const SAMPLE_MAPPING = join(ROOT, 'docs/examples/hotline-mapping.yaml');

let folder: string;
let service: ChildProcess;
let url: string;

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function start(words: readonly string[], environment: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [...words], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function ended(child: ChildProcess): Promise<Ended> {
  let [out, err] = ['', ''];
  child.stdout!.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr!.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

const fangxin = (words: readonly string[], environment: Record<string, string> = {}): Promise<Ended> =>
  ended(start([join(ROOT, 'bin/fangxin.js'), ...words], environment));

/** A command on the running service. */
const onService = (...words: string[]) => fangxin(words, { FANGXIN_SERVER: url, FANGXIN_KEY: KEY });

async function get<Answer>(path: string): Promise<Answer> {
  const response = await fetch(new URL(path, url), { headers: { authorization: `Bearer ${KEY}` } });
  return (await response.json()) as Answer;
}

/** Position of the last event. */
async function head(): Promise<number> {
  const { items } = await get<{ items: { head: number }[] }>('/v1/projections');
  return items[0]!.head;
}

/** A figure once it knows everything that stands in the log. */
async function figure(metric: string, query: string): Promise<Record<string, unknown>> {
  return get(`/v1/metrics/${metric}?${query}&position=${await head()}`);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fangxin-cli-'));
  service = start([join(ROOT, 'dist/apps/standalone/main.js')], {
    FANGXIN_DATA: join(folder, 'data'),
    FANGXIN_PORT: '0',
    FANGXIN_ADMIN_KEY: KEY,
    FANGXIN_LOG_LEVEL: 'error',
  });
  service.stderr!.pipe(process.stderr);
  for await (const line of createInterface({ input: service.stdout! })) {
    if (line.startsWith('listening on ')) {
      url = line.slice('listening on '.length);
      break;
    }
  }
});

afterAll(async () => {
  const isOver = new Promise((resolve) => service.on('close', resolve));
  service.kill('SIGTERM');
  await isOver;
  await rm(folder, { recursive: true });
});

describe('fangxin import work-orders', () => {
  const words = ['import', 'work-orders', SAMPLE, '--mapping', SAMPLE_MAPPING, '--json'];

  it('brings the sample in, reports each bad row with its line, and ends with 3', async () => {
    const { code, out } = await onService(...words, '--report', 'report.ndjson');
    expect({ code, out }).toEqual({
      code: 3,
      out: '{"read":28,"recorded":26,"unchanged":0,"flagged":1,"refused":2}\n',
    });
    const report = (await readFile(join(folder, 'report.ndjson'), 'utf8')).trim().split('\n');
    const sample = (await readFile(SAMPLE, 'utf8')).split('\n');
    const lines = report.map((line) => JSON.parse(line) as { line: number; externalNo: string; code: string });
    expect(lines.map(({ externalNo, code: why }) => [externalNo, why])).toEqual([
      ['SX202600025', 'CLOSED_BEFORE_RECEIVED'],
      ['SX202600026', 'UNREADABLE_TIME'],
      ['SX202600027', 'INVALID_USCC'],
    ]);
    for (const { line, externalNo } of lines) expect(sample[line - 1]!.startsWith(externalNo)).toBe(true);
    expect(report.join('')).not.toMatch(/甲某|乙某|丙某|丁某|1380000/);
  });

  it('adds nothing the second time', async () => {
    const before = await head();
    const { code, out } = await onService(...words);
    expect({ code, out }).toEqual({
      code: 3,
      out: '{"read":28,"recorded":0,"unchanged":26,"flagged":1,"refused":2}\n',
    });
    expect(await head()).toBe(before);
  });

  it('gives the figures that counting the file gives', async () => {
    const regions: Record<string, string> = { 越城区: '330602', 柯桥区: '330603', 上虞区: '330604' };
    const rows = parse(await readFile(SAMPLE), { columns: true }) as Record<string, string>[];
    const taken = rows.filter((row) => !/SX20260002[67]/.test(row['工单编号']!));
    const expected = Object.values(regions).map((code) => {
      const own = taken.filter((row) => regions[row['承办区县']!] === code);
      return [code, own.filter((row) => row['办结时间'] !== '').length, own.length];
    });
    const range = ['--from', '2026-03-01', '--to', '2026-05-01', '--as-of', String(await head()), '--json'];
    await figure('M-05', 'from=2026-03-01&to=2026-05-01');
    const { code, out } = await onService('metric', 'M-05', '--group-by', 'region', ...range);
    expect(code).toBe(0);
    const { items } = JSON.parse(out) as {
      items: { group: { key: string }; numerator: number; denominator: number; flagged: number }[];
    };
    const counted = items.map(({ group, numerator, denominator }) => [group.key, numerator, denominator]);
    expect(counted.sort()).toEqual(expected.sort());
    expect(items.reduce((sum, { flagged }) => sum + flagged, 0)).toBe(1);
  });

  it('finishes what a killed run began', async () => {
    const mapping = join(folder, 'many.yaml');
    const file = join(folder, 'many.csv');
    const rows = Array.from({ length: 6000 }, (_, n) => `K${n},2026-03-04T10:00:00+08:00`);
    await writeFile(
      mapping,
      '{ source: { format: csv }, constants: { channel: many }, fields: { externalNo: no, receivedAt: at } }',
    );
    await writeFile(file, `no,at\n${rows.join('\n')}\n`);
    const many = ['import', 'work-orders', file, '--mapping', mapping, '--json'];
    const before = await head();

    const killed = start([join(ROOT, 'bin/fangxin.js'), ...many], { FANGXIN_SERVER: url, FANGXIN_KEY: KEY });
    const end = ended(killed);
    while ((await head()) === before && killed.exitCode === null) await new Promise((resolve) => setImmediate(resolve));
    killed.kill('SIGKILL');
    await end;

    const { code, out } = await onService(...many);
    const counts = JSON.parse(out) as { read: number; recorded: number; unchanged: number; refused: number };
    expect(code).toBe(0);
    expect(counts).toMatchObject({ read: 6000, refused: 0 });
    expect(counts.unchanged).toBeGreaterThan(0);
    expect(counts.recorded + counts.unchanged).toBe(6000);
    expect(await head()).toBe(before + 6000);
  });
});

describe('the other commands on a service', () => {
  it('explain prints the figure and every object with its events, one JSON document a line', async () => {
    const range = ['--from', '2026-03-01', '--to', '2026-05-01', '--region', '330602'];
    const { code, out } = await onService('explain', 'M-05', ...range, '--events', '--json');
    expect(code).toBe(0);
    const [first, ...objects] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const shown = first!['figure'] as { denominator: number; excludedTotal: number };
    expect(objects.length).toBe(shown.denominator + shown.excludedTotal);
    expect(objects.length).toBeGreaterThan(5);
    for (const object of objects as unknown as { events: { type: string; data: object }[] }[]) {
      expect(object.events[0]).toMatchObject({ type: 'WorkOrderReceived', data: { imported: expect.anything() } });
    }
  });

  it('rebuild builds every projection anew and finds no difference', async () => {
    const { code, out } = await onService('rebuild', '--json');
    expect(code).toBe(0);
    const { items } = JSON.parse(out) as { items: { projection: string; comparison: { differences: number } }[] };
    expect(items.map(({ projection }) => projection)).toContain('work-orders');
    expect(items.every(({ comparison }) => comparison.differences === 0)).toBe(true);
    expect(await onService('rebuild', 'nonsense')).toMatchObject({ code: 2, out: '' });
  });

  it('keys issues, rotates, lists and revokes', async () => {
    const issued = JSON.parse(
      (await onService('keys', 'issue', '--role', 'hotline', '--region', '330600', '--json')).out,
    ) as {
      id: string;
      secret: string;
    };
    const asIssued = (secret: string) => fangxin(['keys', 'list', '--server', url, '--key', secret, '--json']);
    expect(await asIssued(issued.secret)).toMatchObject({ code: 1, err: expect.stringContaining('ROLE_NOT_ALLOWED') });
    const rotated = JSON.parse((await onService('keys', 'rotate', issued.id, '--json')).out) as { secret: string };
    expect(await asIssued(issued.secret)).toMatchObject({ code: 1, err: expect.stringContaining('KEY_NOT_ACCEPTED') });
    expect((await onService('keys', 'revoke', issued.id, '--reason', 'replaced')).code).toBe(0);
    expect(await asIssued(rotated.secret)).toMatchObject({ err: expect.stringContaining('KEY_NOT_ACCEPTED') });
    expect((await onService('keys', 'list')).out).toMatch(new RegExp(`${issued.id} +hotline +330600 .*revoked`));
  });

  it('a folder that a service holds is refused with exit code 2', async () => {
    const { code, out, err } = await fangxin(['keys', 'list', '--data', join(folder, 'data')]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('DATA_FOLDER_IN_USE');
  });
});

describe('commands on a data folder', () => {
  it('simulate fills it, and the same city again adds nothing', async () => {
    const words = ['simulate', '--seed', '11', '--disputes', '15', '--data', join(folder, 'city'), '--json'];
    const first = await fangxin(words);
    const second = await fangxin(words);
    expect([first.code, second.code]).toEqual([0, 0]);
    const [one, other] = [first, second].map(({ out }) => JSON.parse(out) as { given: number; position: number });
    expect(one!.given).toBeGreaterThan(50);
    expect(other).toMatchObject({ given: one!.given, position: one!.position });
    const metric = await fangxin([
      'metric',
      'M-02',
      '--from',
      '2024-01-01',
      '--to',
      '2027-01-01',
      '--data',
      join(folder, 'city'),
    ]);
    expect(metric.code).toBe(0);
    expect(metric.out).toMatch(/^metric +M-02 /);
  });

  it('a folder that is not there is not made by a question', async () => {
    const { code, out, err } = await fangxin(['metric', 'M-01', '--data', join(folder, 'nowhere')]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('there is no folder');
  });
});
