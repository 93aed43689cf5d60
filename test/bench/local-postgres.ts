import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

export interface LocalPostgres {
  readonly url: string;
  stop(): Promise<void>;
}

/** The user that runs the server when we are root, which PostgreSQL refuses to run as: nobody. */
const NOBODY = 65_534;

/** Starts a PostgreSQL with its own defaults (fsync on) in a folder of its own, where one is installed. */
export async function startPostgres(): Promise<LocalPostgres | { readonly missing: string }> {
  const [initdb, postgres] = [onPath('initdb'), onPath('postgres')];
  if (initdb === undefined || postgres === undefined) return { missing: 'initdb and postgres are not on the PATH' };
  const folder = mkdtempSync(join(tmpdir(), 'fangxin-postgres-'));
  const asNobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  chmodSync(folder, 0o700);
  if ('uid' in asNobody) chownSync(folder, NOBODY, NOBODY);
  const data = join(folder, 'data');
  await promisify(execFile)(initdb, ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--no-locale'], {
    ...asNobody,
    cwd: folder,
  });
  const port = await freePort();
  const server = spawn(postgres, ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder], {
    ...asNobody,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const stop = async (): Promise<void> => {
    // SIGTERM lets the client's pool end its connections first; SIGINT would break them.
    const ended = once(server, 'exit');
    const impatient = setTimeout(() => server.kill('SIGINT'), 5_000);
    if (server.exitCode === null && server.kill('SIGTERM')) await ended;
    clearTimeout(impatient);
    rmSync(folder, { recursive: true, force: true });
  };
  if (await ready(server.stderr)) return { url: `postgresql://bench@127.0.0.1:${port}/postgres`, stop };
  await stop();
  return { missing: 'PostgreSQL did not start' };
}

async function ready(log: NodeJS.ReadableStream): Promise<boolean> {
  const said = (async () => {
    for await (const chunk of log) if (String(chunk).includes('ready to accept connections')) return true;
    return false;
  })();
  const started = await Promise.race([said, sleep(20_000, false, { ref: false })]);
  log.resume();
  return started;
}

function onPath(program: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((file) => existsSync(file));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
