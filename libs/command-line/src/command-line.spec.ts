import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCommandLine } from './command-line.ts';
import type { OpenDataFolder } from './data-folder.ts';

let server: Server;
/** What the service was asked, as `METHOD path?query key`. */
let asked: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? 'no key'}`);
    const isThere = request.url?.startsWith('/v1/metrics/M-01') === true;
    response.writeHead(isThere ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isThere ? { metric: 'M-01' } : { code: 'UNKNOWN_METRIC', detail: 'no such metric' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const noFolder: OpenDataFolder = () => Promise.reject(new Error('no folder was expected'));

async function run(line: string, environment: Record<string, string> = {}, openDataFolder = noFolder) {
  asked = [];
  const [out, err] = [new PassThrough(), new PassThrough()];
  const words = line === '' ? [] : line.replaceAll('URL', url()).split(' ');
  const code = await runCommandLine({ arguments: words, environment, out, err, openDataFolder });
  return { code, out: String(out.read() ?? ''), err: String(err.read() ?? '') };
}

describe('wrong use ends with exit code 2, a message and nothing on standard output', () => {
  it.each([
    ['', 'Usage'],
    ['import', 'Usage'],
    ['nonsense', "unknown command 'nonsense'"],
    ['import nonsense', "unknown command 'nonsense'"],
    ['metric', "missing required argument 'metric'"],
    ['metric M-01 M-02 --server URL', 'too many arguments'],
    ['metric M-01 --frm 2026-01-01', "unknown option '--frm'"],
    ['metric M-01 --from', 'argument missing'],
    ['metric M-01 --from 2026-02-30 --server URL', 'YYYY-MM-DD'],
    ['metric M-01 --as-of 2026-01-01T10:00:00 --server URL', 'an instant with an offset'],
    ['metric M-01', '--server URL --key KEY'],
    ['metric M-01 --server URL --data folder', 'two places'],
    ['metric M-01 --server localhost:3000', 'must be a URL'],
    ['verdict SX', "missing required argument 'subject'"],
    ['simulate --seed x --disputes 1', 'no whole number'],
    ['simulate --seed 1', "required option '--disputes"],
    ['keys issue --role king', 'Allowed choices'],
    ['explain M-01 --counted some --server URL', 'Allowed choices'],
    ['import work-orders there.csv --server URL', "required option '--mapping"],
    [
      'import work-orders not-there.csv --mapping not-there.yaml --server URL',
      'not-there.csv cannot be opened: ENOENT',
    ],
    [
      'import work-orders package.json --mapping not-there.yaml --server URL',
      'not-there.yaml cannot be opened: ENOENT',
    ],
    ['import work-orders package.json --mapping package.json --server URL', 'the mapping package.json: line 2'],
    [
      'import work-orders package.json --mapping docs/examples/hotline-mapping.yaml --report package.json --server URL',
      'would write over package.json',
    ],
    [
      'import work-orders docs/examples/hotline-sample.csv --mapping docs/examples/nyc311-mapping.yaml --server URL',
      'its columns are 工单编号',
    ],
  ])('fangxin %s', async (line, words) => {
    const { code, out, err } = await run(line);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(words);
    expect(asked).toEqual([]);
  });
});

it.each(['--help', 'metric --help', 'import work-orders --help'])('fangxin %s tells and ends with 0', async (line) => {
  const { code, out } = await run(line);
  expect(code).toBe(0);
  expect(out).toContain('Usage: fangxin');
});

describe('a command on a running service', () => {
  it('asks by the interface and prints what it is answered', async () => {
    const query =
      '--region 330602 --subject S --from 2026-01-01 --to 2027-01-01 --as-of 2026-03-04 --variant v --group-by month';
    const { code, out, err } = await run(`metric M-01 ${query} --formula 1 --json --server URL --key secret`);
    expect({ code, out, err }).toEqual({ code: 0, out: '{"metric":"M-01"}\n', err: '' });
    expect(asked).toEqual([
      'GET /v1/metrics/M-01?region=330602&subject=S&from=2026-01-01&to=2027-01-01&asOf=2026-03-04&variant=v&formula=1&groupBy=month Bearer secret',
    ]);
  });

  it('takes the place from the environment, and an option before it', async () => {
    const environment = { FANGXIN_SERVER: url(), FANGXIN_KEY: 'of-environment', FANGXIN_DATA: 'folder' };
    expect((await run('metric M-01 --json', environment)).code).toBe(0);
    expect(asked).toEqual(['GET /v1/metrics/M-01 Bearer of-environment']);
    expect((await run('metric M-01 --json --key of-option', environment)).code).toBe(0);
    expect(asked).toEqual(['GET /v1/metrics/M-01 Bearer of-option']);
  });

  it('that has no such thing ends with 2, its code and detail, and nothing on standard output', async () => {
    const { code, out, err } = await run('metric M-99 --json --server URL');
    expect({ code, out, err }).toEqual({ code: 2, out: '', err: 'fangxin: UNKNOWN_METRIC: no such metric\n' });
  });

  it('that is not there ends with 1', async () => {
    const { code, out, err } = await run('metric M-01 --json', { FANGXIN_SERVER: 'http://127.0.0.1:1' });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('SERVICE_UNREACHABLE');
  });
});

describe('a command on a data folder', () => {
  it('opens it, asks with its key, and closes it, also when it is refused', async () => {
    for (const [metric, code] of [
      ['M-01', 0],
      ['M-99', 2],
    ] as const) {
      const opened: [string, boolean][] = [];
      let closed = 0;
      const open: OpenDataFolder = (folder, { create }) => {
        opened.push([folder, create]);
        return Promise.resolve({
          url: url(),
          key: 'local',
          close: () => {
            closed += 1;
            return Promise.resolve();
          },
        });
      };
      expect((await run(`metric ${metric} --json --data there`, { FANGXIN_SERVER: 'http://other' }, open)).code).toBe(
        code,
      );
      expect(opened).toEqual([['there', false]]);
      expect(asked).toEqual([`GET /v1/metrics/${metric} Bearer local`]);
      expect(closed).toBe(1);
    }
  });
});
