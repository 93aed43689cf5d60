import { afterAll } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from './client.ts';

const MAIN = fileURLToPath(new URL('../../dist/apps/standalone/main.js', import.meta.url));

export const ADMIN_KEY = 'the-administrator-key-of-a-test';

const running = new Set<ChildProcess>();
const folders = new Set<string>();
// Of a test that failed half-way too: a process left behind would keep the test run from ending.
afterAll(async () => {
  const ended = [...running].map((child) => once(child, 'close'));
  for (const child of running) child.kill('SIGKILL');
  await Promise.all(ended);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** A folder that is gone when the tests of the file have ended, however they ended. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fangxin-e2e-'));
  folders.add(folder);
  return folder;
}

export interface ServiceOptions {
  readonly folder?: string;
  /** Beside `FANGXIN_DATA`, port 0 and the administrator's key; undefined takes one of these away. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The compiled service, as a process of its own. */
export class ServiceProcess {
  stdout = '';
  stderr = '';
  readonly exited: Promise<Exit>;

  private constructor(
    private readonly child: ChildProcess,
    readonly folder: string,
    readonly adminKey: string,
  ) {
    running.add(child);
    child.stdout!.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    // `close` and not `exit`: all output has been read by then.
    this.exited = once(child, 'close').then(([code, signal]) => {
      running.delete(child);
      return { code, signal } as Exit;
    });
  }

  /** Starts the process without waiting for anything. */
  static launch({ folder = temporaryFolder(), environment = {} }: ServiceOptions = {}): ServiceProcess {
    const settings: Record<string, string | undefined> = {
      FANGXIN_DATA: folder,
      FANGXIN_PORT: '0',
      FANGXIN_ADMIN_KEY: ADMIN_KEY,
      FANGXIN_LOG_LEVEL: 'warn',
      ...environment,
    };
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('FANGXIN_'));
    const env = Object.fromEntries(
      [...inherited, ...Object.entries(settings)].filter(([, value]) => value !== undefined),
    );
    const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    return new ServiceProcess(child, folder, settings['FANGXIN_ADMIN_KEY'] ?? '');
  }

  /** Starts the process and waits until it answers. */
  static async start(options: ServiceOptions = {}): Promise<ServiceProcess> {
    const service = ServiceProcess.launch(options);
    await service.url();
    return service;
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Where it listens, once it does. Throws with what it said when it ends instead. */
  async url(): Promise<string> {
    for (;;) {
      const match = /^listening on (http:\/\/\S+)$/m.exec(this.stdout);
      if (match !== null) return match[1]!;
      const waiting = new AbortController();
      const exit = await Promise.race([this.exited, once(this.child.stdout!, 'data', { signal: waiting.signal })]);
      waiting.abort();
      if ('code' in exit) throw new Error(`the service ended (${exit.code ?? exit.signal}): ${this.stderr}`);
    }
  }

  async client(key: string | null = this.adminKey): Promise<Client> {
    return new Client(await this.url(), key);
  }

  /** SIGTERM, and how it ended. */
  stop(): Promise<Exit> {
    this.child.kill('SIGTERM');
    return this.exited;
  }

  kill(): Promise<Exit> {
    this.child.kill('SIGKILL');
    return this.exited;
  }
}
