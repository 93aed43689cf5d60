/**
 * Lints the OpenAPI document as the running service answers it, with the rules of `redocly.yaml`. Exit code 0 when the
 * document is valid. Needs no network.
 */
import 'reflect-metadata';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '#service';
import { startService } from '#system/server';

const folder = mkdtempSync(join(tmpdir(), 'fangxin-openapi-'));
try {
  const file = join(folder, 'openapi.json');
  writeFileSync(file, await documentOf(join(folder, 'data')));
  process.exitCode = await redocly('lint', file, '--config', 'redocly.yaml');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function documentOf(data: string): Promise<string> {
  const settings = readSettings({ FANGXIN_DATA: data, FANGXIN_PORT: '0', FANGXIN_LOG_LEVEL: 'error' });
  const service = await startService({ settings, version: '0.0.0', onAdministratorKey: () => undefined });
  try {
    const response = await fetch(`${service.url}/docs/openapi.json`);
    if (!response.ok) throw new Error(`the document was answered with ${response.status}`);
    return await response.text();
  } finally {
    await service.close();
  }
}

/** The linter as npm puts it on the path, without its news and its telemetry. */
async function redocly(...args: string[]): Promise<number> {
  const quiet = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const linter = spawn('redocly', args, { stdio: 'inherit', env: { ...process.env, ...quiet } });
  const [code] = (await once(linter, 'exit')) as [number | null];
  return code ?? 1;
}
