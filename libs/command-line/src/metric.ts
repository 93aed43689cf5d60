import type { Command } from 'commander';
import type { Figure } from '#metrics';
import { asOf, localDate } from './arguments.ts';
import { connected, withConnection, type ConnectionOptions } from './connection.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { pairs, table, writeJson, writeText } from './output.ts';
import type { Run } from './run.ts';
import type { Parameters } from './service-client.ts';
import type { Surroundings } from './surroundings.ts';

/** Options that ask for one figure; `explain` takes them too. */
export interface FigureOptions extends ConnectionOptions {
  readonly region?: string;
  readonly subject?: string;
  readonly from?: string;
  readonly to?: string;
  readonly asOf?: string;
  readonly variant?: string;
  readonly formula?: string;
  readonly json?: true;
}

export function withFigure(command: Command): Command {
  return withConnection(
    command
      .argument('<metric>', 'id or name: M-02, self_settlement_rate')
      .option('--region <code>', 'division; those within it count as well')
      .option('--subject <uscc>', 'one unit')
      .option('--from <day>', 'first legal day that counts', localDate)
      .option('--to <day>', 'first legal day that does not count any more', localDate)
      .option('--as-of <time>', 'what was known: an instant with an offset, a day (its end), or a position', asOf)
      .option('--variant <name>', 'variant of the formula')
      .option('--formula <version>', 'version of the formula; the newest unless said')
      .option('--json', 'print one JSON document'),
  );
}

export function figureParameters(options: FigureOptions): Parameters {
  const { region, subject, from, to, variant, formula } = options;
  return { region, subject, from, to, asOf: options.asOf, variant, formula };
}

interface Options extends FigureOptions {
  readonly groupBy?: string;
}

export function metricCommand(program: Command, run: Run): void {
  withFigure(program.command('metric').description('a figure, exact, with what it rests on'))
    .option('--group-by <part>', 'one figure for each region, subject, sector, channel or month')
    .action((metric: string, options: Options) => run((place) => showMetric(metric, options, place)));
}

async function showMetric(metric: string, options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const parameters = { ...figureParameters(options), groupBy: options.groupBy };
  const answer = await connected(options, surroundings, (client) =>
    client.get<Figure | { readonly items: readonly Figure[] }>(`/v1/metrics/${encodeURIComponent(metric)}`, parameters),
  );
  const { out } = surroundings;
  if (options.json === true) await writeJson(out, answer);
  else await writeText(out, 'items' in answer ? groupsAsText(answer.items) : figureAsText(answer));
  return EXIT.done;
}

export function figureAsText(figure: Figure): string {
  const { metric, name, title, numerator, denominator, window, scope } = figure;
  return pairs([
    ['metric', `${metric} ${name} ${title.zh}`],
    ['figure', `${rateText(figure)} (${numerator} of ${denominator})`],
    ['window', `${window.from} to ${window.to}, the last day not counted`],
    ['region', scope.region],
    ['subject', scope.subject],
    ['excluded', excludedText(figure)],
    ['imported', figure.imported === 0 ? null : `${figure.imported}, of them ${figure.flagged} flagged`],
    ['formula', `${figure.formula} ${figure.variant}`],
    ['variants', variantsText(figure)],
    ['rules', figure.rules.join(', ')],
    ['calendar', figure.calendar],
    ['as of', `${figure.asOf.instant}, position ${figure.asOf.position}`],
    ...figure.defaults.map((given): readonly [string, string] => ['default', `${given.name}: ${String(given.value)}`]),
  ]);
}

function groupsAsText(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.group?.key ?? null,
    rateText(figure),
    figure.numerator,
    figure.denominator,
    excludedText(figure),
  ]);
  return table([figures[0]?.group?.by ?? 'group', 'rate', 'numerator', 'denominator', 'excluded'], rows);
}

function rateText(figure: Figure): string {
  return figure.rate?.text ?? 'NOT_ASSESSABLE';
}

function excludedText({ excluded }: Figure): string {
  return Object.entries(excluded)
    .map(([reason, count]) => `${reason} ${count}`)
    .join(', ');
}

function variantsText({ variants }: Figure): string {
  return Object.entries(variants)
    .map(([name, { numerator, denominator }]) => `${name} ${numerator} of ${denominator}`)
    .join(', ');
}
