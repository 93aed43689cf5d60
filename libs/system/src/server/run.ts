import { readFileSync } from 'node:fs';
import type { Logger } from 'pino';
import { Failure } from '#kernel';
import { readSettings, type Settings } from '#service';
import { serviceLogger, startService, type Service } from './service.ts';

const EXIT = { done: 0, failed: 1, wrongUse: 2 } as const;

/** Of these the data folder is at fault, which a variable names. */
const DATA_FOLDER: readonly string[] = ['DATA_FOLDER_IN_USE', 'DATA_FOLDER_UNUSABLE'];

/** Failures that the person who started the process can mend by starting it otherwise. */
const WRONG_USE: readonly string[] = [
  'BAD_SETTING',
  'ADMIN_KEY_INVALID',
  'ADMIN_KEY_IN_USE',
  'ADMIN_KEY_REVOKED',
  ...DATA_FOLDER,
];

/** A service process from start to SIGTERM: exit code 0 after draining, 1 when it fails, 2 when it was started wrongly. */
export async function runService(environment: Readonly<Record<string, string | undefined>>): Promise<void> {
  let settings: Settings;
  try {
    settings = readSettings(environment);
  } catch (error) {
    process.exitCode = explain(error);
    return;
  }
  const logger = serviceLogger(settings);
  // Asked to end while it still starts, it starts first: what is half open could not be closed.
  const asked = new Promise<NodeJS.Signals>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve);
  });
  try {
    const service = await startService({
      settings,
      version: packageVersion(),
      logger,
      onAdministratorKey: (secret) => void process.stdout.write(`administrator key, shown this once: ${secret}\n`),
    });
    process.stdout.write(`listening on ${service.url}\n`);
    void asked.then((signal) => drain(service, signal, logger));
  } catch (error) {
    process.exit(explain(error));
  }
}

function drain(service: Service, signal: NodeJS.Signals, logger: Logger): void {
  logger.info({ signal }, 'draining');
  service.close().then(
    () => process.exit(EXIT.done),
    (error: unknown) => {
      logger.fatal({ err: error }, 'not drained');
      process.exit(EXIT.failed);
    },
  );
}

function explain(error: unknown): number {
  const isWrongUse = error instanceof Failure && WRONG_USE.includes(error.code);
  const code = error instanceof Failure ? `${error.code}: ` : '';
  const message = error instanceof Error ? error.message : String(error);
  const variable = error instanceof Failure && DATA_FOLDER.includes(error.code) ? ' (FANGXIN_DATA)' : '';
  process.stderr.write(`fangxin cannot start: ${code}${message}${variable}\n`);
  if (!(error instanceof Failure) && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return isWrongUse ? EXIT.wrongUse : EXIT.failed;
}

function packageVersion(): string {
  // Four folders up from both libs/system/src/server and its place below dist, whose copy of the tree starts at dist.
  for (const path of ['../../../../package.json', '../../../../../package.json']) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as {
        name: string;
        version: string;
      };
      if (name === 'fangxin') return version;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  throw new Error('package.json of fangxin is not where it should be');
}
