import { expect, it } from '@jest/globals';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { systemClock } from '#kernel';
import { createRunner } from '../runner.ts';
import { cases, history } from '../testing/cases.ts';
import { FROM_SOURCE } from '../testing/source-process.ts';
import { openLog, tell } from '../testing/stored-log.ts';
import { openEmbeddedReadModels } from './index.ts';

const EVENTS = 12_000;
const KILLS = 10;

/** Projects until it has told so many checkpoints, then is killed in the middle of whatever it does. */
async function projectUntilKilled(folder: string, checkpoints: number): Promise<string[]> {
  const script = fileURLToPath(new URL('../testing/projecting-process.ts', import.meta.url));
  const child: ChildProcessByStdio<null, Readable, null> = spawn(process.execPath, [...FROM_SOURCE, script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const told: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    told.push(line);
    if (told.length === checkpoints || line.startsWith(`${EVENTS} `)) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  return told;
}

it('gives the documents of an undisturbed run after a process was killed again and again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fangxin-killed-'));
  const undisturbed = await mkdtemp(join(tmpdir(), 'fangxin-undisturbed-'));
  const log = openLog(folder);
  await tell(log, history(5, EVENTS, 200));
  for (let i = 0; i < KILLS; i++) await projectUntilKilled(folder, 3 + 2 * i);

  const dumps: string[][] = [];
  for (const each of [folder, undisturbed]) {
    const store = openEmbeddedReadModels({ folder: each, projections: [cases] });
    const runner = createRunner({ reader: log, store, projections: [cases], clock: systemClock });
    await runner.start();
    expect(await store.reached('cases', EVENTS, 60_000)).toBe(true);
    const lines: string[] = [];
    for await (const { key, doc } of store.dump('cases')) lines.push(`${key} ${doc}`);
    dumps.push(lines);
    await runner.stop();
    await store.close();
  }
  expect(dumps[0]!.length).toBeGreaterThan(100);
  expect(dumps[0]).toEqual(dumps[1]);
  await log.close();
  for (const each of [folder, undisturbed]) await rm(each, { recursive: true });
});
