import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accessKeysContext } from '#access-keys';
import { refusedReadsTable } from '#alerts';
import { recomputationTable } from '#deadlines';
import { readSettings, type AnyContextTable } from '#service';
import { domainTables } from '#system';
import { startService } from '#system/server';
import { SourceTree } from './source-tree.ts';

/** What the reference is made of: the running code's own tables, and the sources for what is gone at run time. */
export interface Sources {
  readonly tree: SourceTree;
  readonly tables: readonly AnyContextTable[];
  /** Tables that no route shows: what processes keep of their own work. */
  readonly recorders: readonly AnyContextTable[];
  /** As a running service answers it. */
  readonly openApi: object;
}

/** `root` is the checkout, `version` what its package.json says. */
export async function readSources(root: string, version: string): Promise<Sources> {
  // Only the table is read; nothing ever waits for this ring.
  const accessKeys = accessKeysContext({ reached: () => Promise.resolve() });
  return {
    tree: new SourceTree(root),
    tables: [...domainTables, accessKeys],
    recorders: [recomputationTable, refusedReadsTable],
    openApi: await openApiOfService(version),
  };
}

async function openApiOfService(version: string): Promise<object> {
  const folder = await mkdtemp(join(tmpdir(), 'fangxin-docs-'));
  const settings = readSettings({ FANGXIN_DATA: folder, FANGXIN_PORT: '0', FANGXIN_LOG_LEVEL: 'error' });
  try {
    const service = await startService({ settings, version, onAdministratorKey: () => undefined });
    try {
      const response = await fetch(`${service.url}/docs/openapi.json`);
      if (!response.ok) throw new Error(`the service answers its document with ${response.status}`);
      return (await response.json()) as object;
    } finally {
      await service.close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}
