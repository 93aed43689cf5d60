import type { Command } from 'commander';
import {
  contentOf,
  markOf,
  pathOf,
  play,
  simulateCity,
  type CommandSink,
  type PlayProgress,
  type SinkAnswer,
  type SinkCommand,
} from '#simulation';
import { localDate, wholeNumber } from './arguments.ts';
import { connected, withConnection, type ConnectionOptions } from './connection.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { pairs, writeJson, writeText } from './output.ts';
import { progressOn } from './progress.ts';
import type { Run } from './run.ts';
import { ServiceClient, ServiceProblem } from './service-client.ts';
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
        return await play(simulateCity(city), httpSink(client, prefix), {
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

/**
 * Gives each command over HTTP with the connection's own key, which must be an administrator's. What takes a second person is given
 * with a key of its own, that is issued for this city; what the service's processes see to is left to them.
 */
function httpSink(client: ServiceClient, prefix: string): CommandSink {
  let second: Promise<ServiceClient> | undefined;
  return {
    async give(command) {
      if (command.role === 'process') return { leftToService: true };
      try {
        const giver = command.person === undefined ? client : await (second ??= secondPerson(client, prefix));
        return await given(giver, command);
      } catch (error) {
        if (!(error instanceof ServiceProblem) || error.retryable || error.status === 401) throw error;
        return { refused: true, code: error.code, detail: error.detail };
      }
    },
  };
}

function given(client: ServiceClient, command: SinkCommand): Promise<SinkAnswer> {
  const { collection, action, body, idempotencyKey } = command;
  if (collection !== 'evidence' || action !== 'record') {
    return client.postUntilAnswered<SinkAnswer>(pathOf(command), body, idempotencyKey);
  }
  const { disputeId, reportId, kind, audience, fileName, occurredAt, mediaType } = body as Readonly<
    Record<string, string>
  >;
  const said = { disputeId, reportId, kind, audience, fileName, occurredAt };
  return client.upload<SinkAnswer>('/v1/evidence', said, contentOf(fileName!), mediaType!, idempotencyKey);
}

/** A key that nobody else holds. A run that goes on with an earlier one's city has the same key, with another secret. */
async function secondPerson(client: ServiceClient, prefix: string): Promise<ServiceClient> {
  type Issued = SinkAnswer & { readonly secret?: string };
  const body = { role: 'administrator', label: 'second person of a simulated city' };
  const issued = await client.postUntilAnswered<Issued>('/v1/access-keys', body, `${prefix}-second-person`);
  const { secret } = issued.secret === undefined ? await client.post<Issued>(rotationOf(issued.id), {}) : issued;
  return new ServiceClient(client.server, secret);
}

function rotationOf(keyId: string): string {
  return `/v1/access-keys/${encodeURIComponent(keyId)}/rotate`;
}
