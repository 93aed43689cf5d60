import { describe, expect, it } from '@jest/globals';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnableBlocks } from './runnable.ts';

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));
const PAGES = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md', { cwd: CHECKOUT })];
const textOf = (page: string) => readFileSync(join(CHECKOUT, page), 'utf8');

/** Targets of a page's links to other files of the checkout, as paths in it. */
function targetsOf(page: string): string[] {
  return [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target!.split('#')[0]!)
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
    .map((target) => relative(CHECKOUT, join(CHECKOUT, dirname(page), target)));
}

describe('the documentation', () => {
  it.each(PAGES)('%s links to what is there', (page) => {
    expect(targetsOf(page).filter((target) => !existsSync(join(CHECKOUT, target)))).toEqual([]);
  });

  it('lists every page in its index', () => {
    const listed = targetsOf('docs/README.md');
    expect(PAGES.filter((page) => /^docs\/.+\//.test(page) && !listed.includes(page))).toEqual([]);
  });

  it('marks its commands in one way', () => {
    for (const page of PAGES) expect(() => runnableBlocks(textOf(page))).not.toThrow();
  });
});
