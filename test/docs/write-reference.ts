import 'reflect-metadata';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FOLDER, referencePages } from './reference/reference.ts';

/**
 * `npm run docs` writes the reference pages; `npm run docs -- --check` writes nothing and exits 1 when a page differs from
 * what the code says. Run in the checkout.
 */
const root = process.cwd();
const isCheck = process.argv.includes('--check');
const stale: string[] = [];
mkdirSync(join(root, FOLDER), { recursive: true });
for (const [name, text] of await referencePages(root)) {
  const path = join(root, FOLDER, name);
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  stale.push(`${FOLDER}/${name}`);
  if (!isCheck) writeFileSync(path, text);
}
if (isCheck && stale.length > 0) {
  process.stderr.write(`not what the code says: ${stale.join(', ')}; run "npm run docs"\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(stale.length === 0 ? 'the reference is up to date\n' : `written: ${stale.join(', ')}\n`);
}
