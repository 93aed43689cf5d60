#!/usr/bin/env node
// The command line needs Node 24 and brings it along: under an older Node it starts itself again with the pinned one.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../dist/apps/cli/main.js', import.meta.url));
if (!existsSync(main)) {
  console.error('fangxin is not built yet: run "npm run build" first');
  process.exit(2);
}
if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import(main);
} else {
  const pinned = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
  const child = spawn(existsSync(pinned) ? pinned : 'node', [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
}
