import type { Command } from 'commander';
import type { TargetBoard } from '#programmes';
import { asOf } from './arguments.ts';
import { connected, withConnection, type ConnectionOptions } from './connection.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { pairs, table, writeJson, writeText } from './output.ts';
import type { Run } from './run.ts';
import type { Surroundings } from './surroundings.ts';

interface Options extends ConnectionOptions {
  readonly asOf?: string;
  readonly json?: true;
}

export function targetsCommand(program: Command, run: Run): void {
  const command = program
    .command('targets')
    .description('the target board of a programme: value, actual, gap and status')
    .argument('<programme>', 'id of the programme')
    .option('--as-of <time>', 'what was known: an instant with an offset, a day (its end), or a position', asOf)
    .option('--json', 'print one JSON document');
  withConnection(command).action((programme: string, options: Options) =>
    run((place) => showTargets(programme, options, place)),
  );
}

async function showTargets(programme: string, options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const path = `/v1/programmes/${encodeURIComponent(programme)}/targets`;
  const board = await connected(options, surroundings, (client) =>
    client.get<TargetBoard>(path, { asOf: options.asOf }),
  );
  if (options.json === true) await writeJson(surroundings.out, board);
  else await writeText(surroundings.out, asText(board));
  return EXIT.done;
}

function asText({ programme, title, region, rows, asOf: known }: TargetBoard): string {
  const head = pairs([
    ['programme', `${programme} ${title}`],
    ['region', `${region.code} ${region.name}`],
    ['as of', `${known.instant}, position ${known.position}`],
  ]);
  const lines = rows.map((row) => [
    row.id,
    row.metric,
    row.region,
    row.sector,
    row.value,
    row.actual === null ? null : `${row.actual.text} (${row.actual.numerator} of ${row.actual.denominator})`,
    row.gap === null ? null : row.gap.missing,
    row.status,
    row.means,
  ]);
  const columns = ['target', 'metric', 'region', 'sector', 'value', 'actual', 'missing', 'status', 'means'];
  return `${head}\n${table(columns, lines)}`;
}
