import { afterAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ServiceProcess, temporaryFolder, type ServiceOptions } from './service-process.ts';

/** Starts what must not come up and answers how it ended and what it said. */
async function failedStart(options: ServiceOptions): Promise<{ code: number | null; said: string; out: string }> {
  const process = ServiceProcess.launch(options);
  const { code } = await process.exited;
  return { code, said: process.stderr, out: process.stdout };
}

describe('a first start', () => {
  let service: ServiceProcess;
  afterAll(() => service.kill());

  it('shows the administrator’s key once and keeps its hash only', async () => {
    const folder = temporaryFolder();
    const withoutKey = { folder, environment: { FANGXIN_ADMIN_KEY: undefined } };
    service = await ServiceProcess.start(withoutKey);
    const [, secret] = /^administrator key, shown this once: (\S+)$/m.exec(service.stdout)!;
    const admin = await service.client(secret);
    expect((await admin.read('/v1/access-keys?position=1')).items).toHaveLength(1);
    expect(await service.stop()).toEqual({ code: 0, signal: null });
    expect(service.stderr).not.toContain(secret);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    for (const { parentPath, name } of files) {
      const bytes = readFileSync(join(parentPath, name));
      expect({ name, secret: bytes.includes(secret!) }).toEqual({ name, secret: false });
    }

    service = await ServiceProcess.start(withoutKey);
    expect(service.stdout).not.toContain('administrator key');
    expect((await (await service.client(secret)).get('/v1/access-keys')).status).toBe(200);
  });

  it('says on standard output where it listens, and nothing else', async () => {
    expect(service.stdout).toMatch(/^listening on http:\/\/127\.0\.0\.1:\d+\n$/);
    const admin = await service.client(null);
    expect(await admin.read('/readyz')).toMatchObject({ status: 'ok', parts: { log: 'ok', vault: 'ok' } });
  });

  it('refuses a folder that another process holds, and leaves that one alone', async () => {
    const { code, said, out } = await failedStart({ folder: service.folder });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(said).toContain('DATA_FOLDER_IN_USE');
    expect(said).toContain(service.folder);
    expect(said).toContain(String(service.pid));
    expect((await (await service.client(null)).get('/readyz')).status).toBe(200);
  });

  it('refuses a port that another process holds', async () => {
    const { port } = new URL(await service.url());
    const { code, said } = await failedStart({ environment: { FANGXIN_PORT: port } });
    expect({ code, said }).toEqual({ code: 2, said: expect.stringContaining('FANGXIN_PORT') });
  });
});

describe('a wrong value', () => {
  const file = join(temporaryFolder(), 'a-file');
  writeFileSync(file, '');
  const wrong: readonly (readonly [string, string])[] = [
    ['FANGXIN_PORT', '70000'],
    ['FANGXIN_HOST', '192.0.2.1'],
    ['FANGXIN_DATA', ''],
    ['FANGXIN_DATA', file],
    ['FANGXIN_DATA', join(file, 'below')],
    ['FANGXIN_ENGINE', 'mongo'],
    ['FANGXIN_ADMIN_KEY', 'with a space'],
    ['FANGXIN_LOG_LEVEL', 'loud'],
  ];

  it('ends with exit code 2 and names its variable', async () => {
    const found: unknown[] = [];
    // A few at a time: each is a process.
    for (let n = 0; n < wrong.length; n += 4) {
      const some = wrong.slice(n, n + 4).map(async ([name, value]) => {
        const { code, said, out } = await failedStart({ environment: { [name]: value } });
        const lines = said.trim().split('\n');
        return { name, value, code, out, isNamed: lines.at(-1)!.includes(name) };
      });
      found.push(...(await Promise.all(some)));
    }
    expect(found).toEqual(wrong.map(([name, value]) => ({ name, value, code: 2, out: '', isNamed: true })));
  });
});
