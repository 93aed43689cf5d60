import { Option, type Command } from 'commander';
import type { CountedObject, Figure } from '#metrics';
import { connected } from './connection.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { figureAsText, figureParameters, withFigure, type FigureOptions } from './metric.ts';
import { writeJson, writeText } from './output.ts';
import type { Run } from './run.ts';
import type { ServiceClient } from './service-client.ts';
import type { Surroundings } from './surroundings.ts';

interface Options extends FigureOptions {
  readonly counted?: string;
  readonly events?: true;
}

export function explainCommand(program: Command, run: Run): void {
  withFigure(
    program
      .command('explain')
      .description('a figure, the objects it counts and excludes, and the events behind each; --json prints NDJSON'),
  )
    .addOption(new Option('--counted <where>', 'only these objects').choices(['numerator', 'denominator', 'excluded']))
    .option('--events', 'whole events with their data, instead of where they stand in the log')
    .action((metric: string, options: Options) => run((place) => explain(metric, options, place)));
}

async function explain(metric: string, options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const { out } = surroundings;
  const isJson = options.json === true;
  await connected(options, surroundings, async (client) => {
    const path = `/v1/metrics/${encodeURIComponent(metric)}`;
    const figure = await client.get<Figure>(path, figureParameters(options));
    if (isJson) await writeJson(out, { figure });
    else await writeText(out, `${figureAsText(figure)}\n`);
    // Pinned to what the figure knew, so that the objects are the ones it counted whatever happens meanwhile.
    const known = options.asOf ?? `${figure.asOf.position}@${figure.asOf.instant}`;
    const parameters = { ...figureParameters(options), asOf: known, counted: options.counted };
    for await (const object of client.all<CountedObject>(`${path}/objects`, parameters)) {
      const explained = options.events === true ? { ...object, events: await eventsOf(object, client) } : object;
      if (isJson) await writeJson(out, explained);
      else await writeText(out, objectAsText(explained));
    }
  });
  return EXIT.done;
}

/** Whole events in the place of the evidence that names them. */
async function eventsOf(object: CountedObject, client: ServiceClient): Promise<CountedObject['events']> {
  const positions = new Set(object.events.map(({ position }) => position));
  const events: CountedObject['events'][number][] = [];
  const path = `/v1/${collectionOf(object.kind)}/${encodeURIComponent(object.id)}/events`;
  for await (const event of client.all<CountedObject['events'][number]>(path)) {
    if (positions.has(event.position)) events.push(event);
  }
  return events;
}

/** `workOrder` is served under `work-orders`. */
function collectionOf(kind: string): string {
  return `${kind.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}s`;
}

function objectAsText({ kind, id, counted, reason, attributedOn, imported, events }: CountedObject): string {
  const why = reason === undefined ? counted : `${counted} ${reason}`;
  const flags = imported === undefined || imported.flags.length === 0 ? '' : `, flagged ${imported.flags.join(', ')}`;
  const history =
    imported === undefined ? '' : `, imported${imported.batch === null ? '' : ` by ${imported.batch}`}${flags}`;
  const lines = events.map(({ position, type, occurredAt, recordedAt }) => {
    const recorded = recordedAt === occurredAt ? '' : `, recorded ${recordedAt}`;
    return `    ${position}  ${type}  ${occurredAt}${recorded}\n`;
  });
  return `${kind} ${id}: ${why}, on ${attributedOn}${history}\n${lines.join('')}`;
}
