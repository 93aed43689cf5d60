import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The administrator's key of every server the benchmarks start. */
export const KEY = 'bench-administrator-key';

export const SERVICE = fileURLToPath(new URL('../../apps/standalone/main.js', import.meta.url));
/** {@link SERVICE}'s reference: see its head. */
export const BARE = fileURLToPath(new URL('./bare-server.js', import.meta.url));

export interface ServerProcess {
  readonly url: string;
  /** From the process's start until it listened. */
  readonly startMs: number;
  /** Settles when every projection has reached the head of the log. */
  projected(): Promise<void>;
  /** Drains and ends it. */
  stop(): Promise<void>;
}

/** Starts a server on a data folder, in a process of its own, as an operator would. */
export async function startServer(folder: string, program = SERVICE): Promise<ServerProcess> {
  const started = performance.now();
  const child = spawn(process.execPath, [program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, FANGXIN_DATA: folder, FANGXIN_PORT: '0', FANGXIN_ADMIN_KEY: KEY, FANGXIN_LOG_LEVEL: 'warn' },
  });
  const ended = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const match = /listening on (http:\S+)/.exec(text);
      if (match !== null) resolve(match[1]!);
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it listened`)));
  });
  const startMs = performance.now() - started;
  return {
    url,
    startMs,
    async projected() {
      for (;;) {
        const response = await fetch(`${url}/v1/projections`, { headers: { authorization: `Bearer ${KEY}` } });
        const { items } = (await response.json()) as { items: { lag: number }[] };
        if (items.every(({ lag }) => lag === 0)) return;
        await delay(50);
      }
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
