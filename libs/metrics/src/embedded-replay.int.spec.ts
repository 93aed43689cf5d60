import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { complaintSchemas } from '#complaints/events';
import { disputeSchemas } from '#disputes/events';
import { openEmbeddedEventLog } from '#event-log';
import type { EmbeddedEventLog } from '#event-log';
import { derivedId } from '#kernel';
import { negotiationSchemas } from '#negotiation/events';
import { workOrderSchemas } from '#work-orders/events';
import { MetricsEngine } from './index.ts';
import { SNAPSHOT_FILE } from './snapshot.ts';
import { histories, NOW } from './testing/random-history.ts';

const SCHEMAS = [disputeSchemas, complaintSchemas, negotiationSchemas, workOrderSchemas];

describe('Replaying the embedded log', () => {
  let folder: string;
  let log: EmbeddedEventLog;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fangxin-metrics-'));
    log = openEmbeddedEventLog({ folder, clock: { now: () => NOW }, schemas: SCHEMAS });
  });
  afterEach(async () => {
    await log.close();
    await rm(folder, { recursive: true, force: true });
  });

  const newEngine = () => new MetricsEngine({ clock: { now: () => NOW }, log });
  async function kept(engine: MetricsEngine): Promise<Buffer> {
    await engine.save(folder);
    return readFile(join(folder, SNAPSHOT_FILE));
  }

  it('by scanning gives what following it event by event gives', async () => {
    const told = fc.sample(histories, { numRuns: 30, seed: 11 }).flatMap((history, index) =>
      history.map((event) => ({
        ...event,
        stream: `${event.stream}-${index}`,
        correlationId: event.correlationId ? `${event.correlationId}-${index}` : null,
      })),
    );
    for (const [index, { type, stream, data = {}, occurredAt, correlationId, region }] of told.entries()) {
      await log.append(stream, 'any', [{ type, data, occurredAt }], {
        commandId: derivedId('told', String(index)),
        payloadDigest: '',
        actor: { id: 'test', role: 'administrator' },
        occurredAt,
        correlationId,
        region: region ?? null,
      });
    }
    const scanned = newEngine();
    await scanned.replay(log);
    const followed = newEngine();
    const abort = new AbortController();
    for await (const { events, upTo } of log.follow(0, { types: followed.types }, abort.signal)) {
      followed.apply(events, upTo);
      if (upTo === told.length) break;
    }
    expect(scanned.checkpoint()).toBe(told.length);
    expect((await kept(scanned)).equals(await kept(followed))).toBe(true);
    const { items } = (await scanned.objects({ metric: 'M-01', from: '2024-01-01', to: '2025-01-01' })) as {
      items: readonly { events: readonly { stream: string }[] }[];
    };
    expect(items.length).toBeGreaterThan(0);
    expect(items.every(({ events }) => events.some(({ stream }) => stream.startsWith('dispute-')))).toBe(true);
  });
});
