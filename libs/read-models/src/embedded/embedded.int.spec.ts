import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readModelsContract } from '../contract.ts';
import { openEmbeddedReadModelReader, openEmbeddedReadModels } from './index.ts';

readModelsContract('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fangxin-read-models-'));
  const signal = new SharedArrayBuffer(4);
  return {
    open: async (projections) => openEmbeddedReadModels({ folder, projections, signal }),
    openReader: async (projections) => openEmbeddedReadModelReader({ folder, projections, signal }),
    destroy: () => rm(folder, { recursive: true }),
  };
});
