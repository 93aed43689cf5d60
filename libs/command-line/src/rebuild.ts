import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import type { ProjectionStatus, RebuildReport } from '#read-models';
import { connected, withConnection, type ConnectionOptions } from './connection.ts';
import { EXIT, WrongUse, type ExitCode } from './exit.ts';
import { table, writeJson, writeText } from './output.ts';
import { progressOn, type Progress } from './progress.ts';
import type { Run } from './run.ts';
import { ServiceProblem, type ServiceClient } from './service-client.ts';
import type { Surroundings } from './surroundings.ts';

interface Options extends ConnectionOptions {
  readonly json?: true;
}

export function rebuildCommand(program: Command, run: Run): void {
  const command = program
    .command('rebuild')
    .description('build projections anew beside the live ones, compare, swap; exit 1 where they differ')
    .argument('[projections...]', 'names; all of them unless said')
    .option('--json', 'print the reports as one JSON document');
  withConnection(command).action((names: string[], options: Options) => run((place) => rebuild(names, options, place)));
}

async function rebuild(names: readonly string[], options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const { out, err } = surroundings;
  const reports = await connected(options, surroundings, async (client) => {
    const progress = progressOn(err, options.json === true);
    try {
      return await rebuildAll(names, client, progress);
    } finally {
      progress.stop();
    }
  });
  if (options.json === true) await writeJson(out, { items: reports });
  else await writeText(out, asText(reports));
  return reports.every((report) => (report.comparison?.differences ?? 0) === 0) ? EXIT.done : EXIT.failed;
}

async function rebuildAll(
  names: readonly string[],
  client: ServiceClient,
  progress: Progress,
): Promise<RebuildReport[]> {
  const there = (await statuses(client)).map(({ name }) => name);
  const unknown = names.find((name) => !there.includes(name));
  if (unknown !== undefined) {
    throw new WrongUse(`there is no projection ${unknown}; there are ${there.join(', ')}`);
  }
  const reports: RebuildReport[] = [];
  for (const name of names.length === 0 ? there : names) {
    const request = client.post<RebuildReport>(`/v1/projections/${encodeURIComponent(name)}/rebuild`, {});
    const watching = new AbortController();
    const watched = watch(name, client, progress, watching.signal);
    try {
      reports.push(await request);
    } catch (error) {
      // Followers that keep no documents are listed with the projections; only by name is asking for one a mistake.
      const isFollower = error instanceof ServiceProblem && error.code === 'NOT_A_PROJECTION';
      if (!isFollower || names.length > 0) throw error;
    } finally {
      watching.abort();
      await watched;
    }
  }
  return reports;
}

const WATCH_MS = 250;

/** Shows how far a rebuild is until the signal says that it is over. */
async function watch(name: string, client: ServiceClient, progress: Progress, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    await delay(WATCH_MS, undefined, { signal: over }).catch(() => {});
    if (over.aborted) return;
    // What cannot be shown is no reason to stop what is being shown.
    const all = await statuses(client).catch(() => []);
    const status = all.find((one) => one.name === name);
    if (status?.state === 'rebuilding') progress.show(status.checkpoint, status.head, name);
  }
}

async function statuses(client: ServiceClient): Promise<readonly ProjectionStatus[]> {
  return (await client.get<{ items: readonly ProjectionStatus[] }>('/v1/projections')).items;
}

function asText(reports: readonly RebuildReport[]): string {
  const rows = reports.map(({ projection, events, milliseconds, eventsPerSecond, comparison }) => [
    projection,
    events,
    milliseconds,
    Math.round(eventsPerSecond),
    comparison?.documents ?? null,
    comparison?.differences ?? null,
  ]);
  return table(['projection', 'events', 'ms', 'events/s', 'documents', 'differences'], rows);
}
