import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { cliPage } from './cli.ts';
import { commandsPage } from './commands.ts';
import { configurationPage } from './configuration.ts';
import { brokenShapes, type EventShapes } from './event-shapes.ts';
import { eventShapes, eventsPage } from './events.ts';
import { metricsPage } from './metrics.ts';
import { problemsPage } from './problems.ts';
import { programmesPage } from './programmes.ts';
import { rulesPage } from './rules.ts';
import { readSources } from './sources.ts';
import { structurePage } from './structure.ts';

export const FOLDER = 'docs/reference';

/** The pages that are written from the code: file name below `docs/reference` → text. */
export async function referencePages(root: string): Promise<ReadonlyMap<string, string>> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const sources = await readSources(root, version);
  const pages: Readonly<Record<string, string>> = {
    'cli.md': cliPage(),
    'commands.md': commandsPage(sources),
    'configuration.md': configurationPage(sources),
    'events.md': eventsPage(sources),
    'metrics.md': metricsPage(),
    'problems.md': problemsPage(sources),
    'programmes.md': programmesPage(),
    'rules.md': rulesPage(),
    'structure.md': await structurePage(sources),
  };
  refuseBrokenShapes(root, eventShapes(sources));
  const written = new Map([
    ['openapi.json', `${JSON.stringify(sources.openApi, null, 2)}\n`],
    [SHAPES, `${JSON.stringify(eventShapes(sources), null, 2)}\n`],
  ]);
  const options = { ...(await resolveConfig(join(root, FOLDER, 'page.md'))), parser: 'markdown' };
  for (const [name, text] of Object.entries(pages)) {
    written.set(name, await format(`${ORIGIN}\n\n${text}\n`, options));
  }
  return written;
}

const SHAPES = 'event-shapes.json';

/** Throws when an event was changed without a new schema version: neither check nor rewriting lets that pass. */
function refuseBrokenShapes(root: string, now: EventShapes): void {
  const path = join(root, FOLDER, SHAPES);
  if (!existsSync(path)) return;
  const broken = brokenShapes(JSON.parse(readFileSync(path, 'utf8')) as EventShapes, now);
  if (broken.length > 0) throw new Error(`events that a log may hold were changed:\n${broken.join('\n')}`);
}

const ORIGIN = '<!-- Written by "npm run docs" from the code. Change the code, not this page. -->';
