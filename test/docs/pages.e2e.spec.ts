import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ServiceProcess } from '../e2e/service-process.ts';
import { isAsShown, runBlocks, runnableBlocks } from './runnable.ts';

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));
const README_STORY = 'docs/tutorial/story.sh';

/** Pages whose blocks are run as a reader runs them: one shell per page, against a service of its own. */
const PAGES = [
  'README.md',
  'docs/tutorial/first-dispute.md',
  'docs/tutorial/to-judicial-confirmation.md',
  'docs/tutorial/from-a-letter-to-a-case.md',
  'docs/how-to/access-keys.md',
  'docs/how-to/compute-deadlines.md',
  'docs/how-to/follow-deadlines.md',
  'docs/how-to/import-history.md',
  'docs/how-to/simulate-a-city.md',
  'docs/how-to/keep-evidence.md',
  'docs/how-to/operate.md',
  'docs/how-to/watch-alerts.md',
];

/** A checkout that a page may write into: everything but the data of this one. */
function checkoutToWriteIn(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fangxin-docs-'));
  for (const name of readdirSync(CHECKOUT)) {
    if (!name.startsWith('.') && name !== 'data') symlinkSync(join(CHECKOUT, name), join(folder, name));
  }
  return folder;
}

describe.each(PAGES)('%s', (page) => {
  let service: ServiceProcess;
  let folder: string;
  beforeAll(async () => {
    folder = checkoutToWriteIn();
    service = await ServiceProcess.start();
  });
  afterAll(async () => {
    await service.stop();
    rmSync(folder, { recursive: true });
  });

  it('prints what it shows', async () => {
    const blocks = runnableBlocks(readFileSync(join(CHECKOUT, page), 'utf8'));
    expect(blocks.length).toBeGreaterThan(0);
    const environment = { BASE: await service.url(), KEY: service.adminKey, DATA: service.folder };
    const results = await runBlocks(blocks, { folder, environment });
    const different = results.flatMap(({ line, printed }, index) => {
      const shown = blocks[index]!.output;
      const isSame =
        shown === undefined ||
        (shown.length === printed.length && shown.every((text, at) => isAsShown(text, printed[at]!)));
      return isSame ? [] : [{ line, shown, printed }];
    });
    expect(different).toEqual([]);
  }, 300_000);
});

describe('the story of the README', () => {
  it('is the script, word for word', () => {
    const told = runnableBlocks(readFileSync(join(CHECKOUT, 'README.md'), 'utf8')).map(({ commands }) => commands);
    const script = readFileSync(join(CHECKOUT, README_STORY), 'utf8');
    expect(script.slice(script.indexOf('set -eu\n') + 'set -eu\n'.length).trim()).toBe(told.join('\n\n').trim());
  });
});
