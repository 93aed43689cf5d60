import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { newSecret, type Authenticator } from '#access';
import { Failure } from '#kernel';
import { readSettings } from '#service';
import { serviceLogger, startService, type Service } from '#system/server';
import type { OpenDataFolder } from '../data-folder.ts';

/** Actor of commands given on a data folder itself; the log shows them as what they are. */
const OPERATOR = { keyId: 'command-line', role: 'administrator', scope: { region: null, subject: null } } as const;

/**
 * Serves a data folder on the loopback interface with a key that only this process knows, once everything that follows
 * the log has caught up. The same routes, validation and rules as everywhere; the folder's lock keeps others out.
 */
export const openDataFolder: OpenDataFolder = async (folder, { create, tell }) => {
  if (!create && !existsSync(folder)) throw new Failure('NO_DATA_FOLDER', `there is no folder ${folder}`);
  if (!create && !existsSync(join(folder, 'events.db'))) {
    throw new Failure('NO_DATA_FOLDER', `${folder} holds no data of Fangxin`);
  }
  const key = newSecret();
  const settings = {
    ...readSettings({ ...ofThePlace(), FANGXIN_DATA: folder, FANGXIN_PORT: '0', FANGXIN_LOG_LEVEL: 'error' }),
    rateLimit: 0,
    anonymousRateLimit: 0,
  };
  const service = await startService({
    settings,
    version: 'command-line',
    logger: serviceLogger(settings),
    // Whoever only looks into a folder must not find more in it the next time.
    runsProcesses: false,
    onAdministratorKey: (secret) => tell(`administrator key, shown this once: ${secret}`),
    authenticator: (keys): Authenticator => ({
      authenticate: (secret) => (secret === key ? OPERATOR : keys.authenticate(secret)),
    }),
  });
  await caughtUp(service);
  return { url: service.url, key, close: () => service.close() };
};

/** The same rules as those of the service that otherwise holds the folder. */
function ofThePlace(): Record<string, string | undefined> {
  const { FANGXIN_RULES, FANGXIN_REMINDERS, FANGXIN_ALERTS, FANGXIN_MATCHING } = process.env;
  return { FANGXIN_RULES, FANGXIN_REMINDERS, FANGXIN_ALERTS, FANGXIN_MATCHING };
}

const POLL_MS = 20;

async function caughtUp({ system }: Service): Promise<void> {
  for (;;) {
    const statuses = await system.host.status();
    if (statuses.every(({ lag, state }) => lag === 0 || state === 'stopped')) return;
    await delay(POLL_MS);
  }
}
