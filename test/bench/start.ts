import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedEventLog } from '#event-log';
import { systemClock } from '#kernel';
import { openVault } from '#privacy';
import { simulatedEvents } from '#simulation';
import { eventSchemas } from '#system';
import { startServer } from './server-process.ts';

/** How long the service takes from nothing to its first answer, on a folder that has been served before. */
export interface StartBench {
  readonly events: number;
  /** Milliseconds from the process's start until it listens: median of the runs. */
  readonly startMs: number;
  readonly runs: readonly number[];
  /** Projecting the whole history at first sight: events per second into all read models. */
  readonly firstProjectionPerSecond: number;
}

const APPENDS_AT_ONCE = 512;

export async function startBench({ smoke = false }: { readonly smoke?: boolean } = {}): Promise<StartBench> {
  const folder = mkdtempSync(join(tmpdir(), 'fangxin-start-'));
  try {
    const events = await writeCity(folder, smoke ? 5_000 : 1_000_000);
    const first = performance.now();
    const server = await startServer(folder);
    await server.projected();
    const firstProjectionPerSecond = Math.round((events * 1000) / (performance.now() - first));
    await server.stop();
    const runs: number[] = [];
    for (let run = 0; run < (smoke ? 1 : 5); run++) {
      const again = await startServer(folder);
      runs.push(Math.round(again.startMs));
      await again.stop();
    }
    const startMs = [...runs].sort((a, b) => a - b)[Math.floor(runs.length / 2)]!;
    return { events, startMs, runs, firstProjectionPerSecond };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writeCity(folder: string, wanted: number): Promise<number> {
  // The events speak of people whom nobody keeps, but a log without a vault would be taken for a loss.
  await (await openVault({ folder })).close();
  const log = openEmbeddedEventLog({ folder, clock: systemClock, schemas: eventSchemas });
  try {
    let waiting: Promise<unknown>[] = [];
    for (const { stream, expected, events, metadata } of simulatedEvents({ seed: 1, events: wanted })) {
      waiting.push(log.append(stream, expected, events, metadata));
      if (waiting.length === APPENDS_AT_ONCE) {
        await Promise.all(waiting);
        waiting = [];
      }
    }
    await Promise.all(waiting);
    return await log.head();
  } finally {
    await log.close();
  }
}
