import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { runCommandLine } from '#command-line';
import { Failure } from '#kernel';

// `fangxin … | head` has read enough: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort(new Failure('INTERRUPTED', 'run it again to go on')));

// From where the compiled program lies, in dist/apps/cli.
const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

process.exitCode = await runCommandLine({
  arguments: process.argv.slice(2),
  version: manifest.version,
  environment: process.env,
  input: process.stdin,
  out: process.stdout,
  err: process.stderr,
  signal: interrupted.signal,
  // The engines and the server are loaded only for a command that runs on a folder.
  openDataFolder: async (folder, options) => (await import('#command-line/server')).openDataFolder(folder, options),
});
