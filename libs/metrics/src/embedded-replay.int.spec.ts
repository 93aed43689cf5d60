import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { complaintSchemas } from '#complaints/events';
import { disputeSchemas } from '#disputes/events';
import { openEmbeddedEventLog } from '#event-log';
import type { EmbeddedEventLog } from '#event-log';
import { addYears, derivedId } from '#kernel';
import { negotiationSchemas } from '#negotiation/events';
import { reportSchemas } from '#reports/events';
import { workOrderSchemas } from '#work-orders/events';
import { formulaBook, isRefused, MetricsEngine } from './index.ts';
import { SNAPSHOT_FILE } from './snapshot.ts';
import { clockedHistories, NOW } from './testing/clocked-histories.ts';
import type { Told } from './testing/memory-log.ts';
import { histories } from './testing/random-history.ts';

const SCHEMAS = [disputeSchemas, complaintSchemas, negotiationSchemas, workOrderSchemas, reportSchemas];

describe('Replaying the embedded log', () => {
  let folder: string;
  let log: EmbeddedEventLog;
  let now: number;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fangxin-metrics-'));
    log = openEmbeddedEventLog({ folder, clock: { now: () => now }, schemas: SCHEMAS });
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

  /** So many histories beside each other, entered when they say. */
  function many(some: fc.Arbitrary<Told[]>, numRuns: number): Told[] {
    const told = fc.sample(some, { numRuns, seed: 11 }).flatMap((history, index) =>
      history.map((event) => ({
        ...event,
        stream: `${event.stream}-${index}`,
        correlationId: event.correlationId ? `${event.correlationId}-${index}` : null,
      })),
    );
    return told.toSorted((a, b) => a.recordedAt! - b.recordedAt!);
  }

  it('by scanning gives what following it event by event gives', async () => {
    const told = [...many(histories, 30), ...many(clockedHistories, 20)];
    for (const [index, { type, stream, data = {}, occurredAt, recordedAt, correlationId, region }] of told.entries()) {
      now = recordedAt!;
      await log.append(stream, 'any', [{ type, data, occurredAt }], {
        commandId: derivedId('told', String(index)),
        payloadDigest: '',
        actor: { id: 'test', role: 'administrator' },
        occurredAt,
        correlationId: correlationId ?? null,
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
    expect(scanned.parked()).toEqual([]);
    expect((await kept(scanned)).equals(await kept(followed))).toBe(true);
    for (const { id: metric } of formulaBook.newest) {
      for (const region of [undefined, '370300']) {
        const query = { metric, region, from: '2024-01-01', to: '2027-01-01' };
        expect(await scanned.figure(query)).toEqual(await followed.figure(query));
      }
    }
    const listed = async (metric: string, from: string) => {
      const page = await scanned.objects({ metric, from, to: addYears(from, 1) });
      if (isRefused(page)) throw new Error(page.detail);
      return page.items;
    };
    const disputes = await listed('M-01', '2024-01-01');
    expect(disputes.length).toBeGreaterThan(0);
    expect(disputes.every(({ events }) => events.some(({ stream }) => stream.startsWith('dispute-')))).toBe(true);
    for (const metric of ['M-03', 'M-03b', 'M-03c', 'M-04', 'M-05b', 'M-15']) {
      expect((await listed(metric, '2026-01-01')).length).toBeGreaterThan(0);
    }
  });
});
