import type { Command } from 'commander';
import { markOf, play, simulateCity, type CommandSink, type PlayProgress, type SinkAnswer } from '#simulation';
import { localDate, wholeNumber } from './arguments.ts';
import { connected, withConnection, type ConnectionOptions } from './connection.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { pairs, writeJson, writeText } from './output.ts';
import { progressOn } from './progress.ts';
import type { Run } from './run.ts';
import { ServiceProblem, type ServiceClient } from './service-client.ts';
import type { Surroundings } from './surroundings.ts';

interface Options extends ConnectionOptions {
  readonly seed: number;
  readonly disputes: number;
  readonly from?: string;
  readonly months?: number;
  readonly json?: true;
}

/** Commands under way at once. */
const CONCURRENCY = 64;

export function simulateCommand(program: Command, run: Run): void {
  const command = program
    .command('simulate')
    .description('play a simulated city: the same seed gives the same commands, and the same run again adds nothing')
    .requiredOption('--seed <number>', 'whole number', wholeNumber)
    .requiredOption('--disputes <number>', 'disputes that arise', wholeNumber)
    .option('--from <day>', 'first day of disputes', localDate)
    .option('--months <number>', 'how long the city is watched', wholeNumber)
    .option('--json', 'print one JSON document');
  withConnection(command).action((options: Options) => run((place) => simulate(options, place)));
}

async function simulate(options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const { seed, disputes, from, months } = options;
  const city = {
    seed,
    disputes,
    ...(from === undefined ? {} : { from }),
    ...(months === undefined ? {} : { months }),
  };
  const { out, err } = surroundings;
  const played = await connected(
    options,
    surroundings,
    async (client) => {
      const progress = progressOn(err, options.json === true);
      const total = [...simulateCity(city)].length;
      const onProgress = (so: PlayProgress) => {
        if (so.given % 100 === 0) progress.show(so.given, total, `${so.given} commands`);
      };
      try {
        const prefix = `simulation-${markOf(city)}`;
        return await play(simulateCity(city), httpSink(client), {
          idempotencyPrefix: prefix,
          concurrency: CONCURRENCY,
          onProgress,
        });
      } finally {
        progress.stop();
      }
    },
    { create: true },
  );
  if (options.json === true) await writeJson(out, played);
  else await writeText(out, pairs(Object.entries(played)));
  return EXIT.done;
}

/** Gives each command over HTTP with the connection's own key, which must be an administrator's. */
function httpSink(client: ServiceClient): CommandSink {
  return {
    async give({ collection, action, id, body, idempotencyKey }) {
      const path = id === undefined ? `/v1/${collection}` : `/v1/${collection}/${encodeURIComponent(id)}/${action}`;
      try {
        return await client.postUntilAnswered<SinkAnswer>(path, body, idempotencyKey);
      } catch (error) {
        if (!(error instanceof ServiceProblem) || error.retryable || error.status === 401) throw error;
        return { refused: true, code: error.code, detail: error.detail };
      }
    },
  };
}
