import type { Command } from 'commander';
import type { Verdict } from '#programmes';
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

export function verdictCommand(program: Command, run: Run): void {
  const command = program
    .command('verdict')
    .description('whether a unit fulfils the conditions of a programme, condition by condition')
    .argument('<programme>', 'id of the programme')
    .argument('<subject>', 'USCC of the unit, or code of the region')
    .option('--as-of <time>', 'what was known: an instant with an offset, a day (its end), or a position', asOf)
    .option('--json', 'print one JSON document');
  withConnection(command).action((programme: string, subject: string, options: Options) =>
    run((place) => showVerdict(programme, subject, options, place)),
  );
}

async function showVerdict(
  programme: string,
  subject: string,
  options: Options,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const path = `/v1/programmes/${encodeURIComponent(programme)}/verdicts/${encodeURIComponent(subject)}`;
  const verdict = await connected(options, surroundings, (client) => client.get<Verdict>(path, { asOf: options.asOf }));
  if (options.json === true) await writeJson(surroundings.out, verdict);
  else await writeText(surroundings.out, asText(verdict));
  return EXIT.done;
}

function asText({ programme, title, subject, overall, conditions, asOf: known }: Verdict): string {
  const head = pairs([
    ['programme', `${programme} ${title}`],
    ['subject', subject],
    ['verdict', overall],
    ['as of', `${known.instant}, position ${known.position}`],
  ]);
  const rows = conditions.map(({ id, status, threshold, reasons, humanCheck, means }) => [
    id,
    status,
    threshold,
    [...reasons.map(reasonText), ...(humanCheck === null ? [] : [`to be judged: ${humanCheck.question}`])].join('; '),
    means,
  ]);
  return `${head}\n${table(['condition', 'status', 'threshold', 'because', 'means'], rows)}`;
}

/** A reason's code and words. */
export function reasonText(reason: string | { readonly code: string; readonly detail?: string }): string {
  if (typeof reason === 'string') return reason;
  return reason.detail === undefined ? reason.code : `${reason.code}: ${reason.detail}`;
}
