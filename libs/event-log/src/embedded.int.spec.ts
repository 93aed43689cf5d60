import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '#kernel';
import { openEmbeddedEventLog } from '#event-log';
import { eventLogContract } from './contract.ts';
import { noted } from './contract/fixture.ts';

eventLogContract('the embedded engine', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fangxin-log-'));
  return {
    open: async ({ clock = systemClock, schemas = [noted] } = {}) => openEmbeddedEventLog({ folder, clock, schemas }),
    startWriter: (seed) =>
      spawn(process.execPath, ['dist/libs/event-log/src/trial/crash-writer.js', folder, String(seed)]),
    destroy: () => rm(folder, { recursive: true, force: true }),
  };
});
