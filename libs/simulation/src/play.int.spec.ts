import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKeyHasher } from '#access';
import { lockDataFolder, openEmbeddedEventLog } from '#event-log';
import { startOfDay } from '#kernel';
import { shippedLaw } from '#law';
import type { RecordedEvent } from '#kernel';
import { loadKeyring, openVault } from '#privacy';
import { CommandService } from '#service';
import { play, playThroughService, serviceSink, type PlayProgress, type SinkCommand } from './play.ts';
import { markOf, simulateCity } from './simulate.ts';
import { simulatedEvents } from './simulated-events.ts';
import { simulatedTables } from './tables.ts';

const CITY = { seed: 31, disputes: 60 };
const idempotencyPrefix = markOf(CITY);

/** The write half of a service on a folder of its own, some days after the simulated time. */
async function openService() {
  const folder = mkdtempSync(join(tmpdir(), 'fangxin-simulation-'));
  const lock = lockDataFolder(folder);
  const keyring = loadKeyring(folder);
  const clock = { now: () => startOfDay('2026-09-05') };
  const schemas = simulatedTables.map((table) => table.schemas);
  const log = openEmbeddedEventLog({ folder, clock, schemas, lock });
  const vault = await openVault({ folder, keyring });
  const hasher = openKeyHasher(keyring.pepper);
  const commands = new CommandService({
    log,
    vault,
    clock,
    law: shippedLaw,
    hashSecret: (secret) => hasher.secretHash(secret),
    newSecret: () => '',
    report: (error) => {
      throw error;
    },
  });
  const close = async () => {
    await vault.close();
    await log.close();
    lock.release();
    rmSync(folder, { recursive: true, force: true });
  };
  return { commands, log, tables: simulatedTables, close };
}

/** What an event says, with every id, token and digest replaced by the number of its first appearance. */
function comparable() {
  const seen = new Map<string, string>();
  const named = (text: string) => {
    if (!seen.has(text)) seen.set(text, `#${seen.size}`);
    return seen.get(text)!;
  };
  const plain = (value: unknown, key = ''): unknown => {
    // Of like texts the real ones may be equal; those that are made up are not.
    if (key === 'textTokens') return '#text';
    if (typeof value === 'string') {
      // A package of materials goes by the id of its referral.
      if (key === 'package') return named(value);
      const isToken = key === 'phone' || key === 'name' || key === 'payloadDigest';
      if (isToken && /^[\w-]{22,43}$/.test(value)) return named(value);
      return value.replace(/[0-7][0-9A-HJKMNP-TV-Z]{25}/g, named);
    }
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => plain(item));
    // Time that was granted within the city's two years is of no effect where it is only written down after them (T-09).
    if ('grantedOn' in value) return '#granted';
    // So it is with a standstill: what is told of it after the date had passed moves that date no more (T-28).
    const isStandstill = 'standstill' in value || 'appraisal' in value;
    const parts = Object.entries(value).map(([name, part]) => [
      name,
      isStandstill && name === 'clocks' ? '#late' : plain(part, name),
    ]);
    return Object.fromEntries(parts);
  };
  return plain;
}

describe('the city through a service', () => {
  const services: Awaited<ReturnType<typeof openService>>[] = [];
  const opened = async () => {
    const service = await openService();
    services.push(service);
    return service;
  };
  afterAll(async () => {
    for (const service of services) await service.close();
  });

  it('gives the same events as the rules alone, and a second time adds nothing', async () => {
    const service = await opened();
    const seen: PlayProgress[] = [];
    const onProgress = (progress: PlayProgress) => seen.push(progress);
    const options = { idempotencyPrefix, concurrency: 1, onProgress };
    const done = await playThroughService(service, simulateCity(CITY), options);
    const recorded = await service.log.readAll(0);
    expect(done.position).toBe(recorded.length);
    expect(seen.at(-1)).toEqual(done);
    expect(done.given).toBe([...simulateCity(CITY)].length);

    const ofService = comparable();
    const envelope = (
      event: Pick<RecordedEvent, 'stream' | 'type' | 'occurredAt' | 'region' | 'authority'>,
      version: number,
    ) => ({
      stream: event.stream,
      version,
      type: event.type,
      occurredAt: event.occurredAt,
      region: event.region,
      authority: event.authority,
    });
    const written = recorded.map((event) =>
      ofService({
        ...envelope(event, event.version),
        actor: event.actor,
        about: event.correlationId,
        data: event.data,
      }),
    );
    const ofRules = comparable();
    const decided = [...simulatedEvents(CITY)].flatMap(({ stream, expected, events, metadata }) =>
      events.map((event, index) => {
        const { region = null, authority = null, correlationId, actor } = metadata;
        const occurredAt = event.occurredAt ?? metadata.occurredAt;
        const head = envelope(
          { stream, type: event.type, occurredAt, region, authority },
          (expected as number) + index + 1,
        );
        return ofRules({ ...head, actor, about: correlationId, data: event.data });
      }),
    );
    expect(decided).toEqual(written);

    const again = await playThroughService(service, simulateCity(CITY), { ...options, concurrency: 8 });
    expect(again.given).toBe(done.given);
    expect(await service.log.head()).toBe(recorded.length);
  });

  it('keeps each object’s order with many commands under way', async () => {
    const service = await opened();
    const options = { idempotencyPrefix, concurrency: 24 };
    await playThroughService(service, simulateCity(CITY), options);
    const told = new Map<string, string[]>();
    for (const { stream, events } of simulatedEvents(CITY)) {
      told.set(stream, [...(told.get(stream) ?? []), ...events.map(({ type }) => type)]);
    }
    const recorded = Map.groupBy(await service.log.readAll(0), ({ stream }) => stream);
    expect(recorded.size).toBe(told.size);
    for (const [stream, types] of told) {
      if (!/^(workOrder|subject|odrMembership)-/.test(stream)) continue;
      expect(recorded.get(stream)!.map(({ type }) => type)).toEqual(types);
    }
  });

  it('lets several cities live in one service', async () => {
    const service = await opened();
    const cities = [CITY, { ...CITY, disputes: 20 }, { ...CITY, disputes: 20, months: 6 }, { seed: 32, disputes: 20 }];
    for (const city of cities) {
      await playThroughService(service, simulateCity(city), { idempotencyPrefix: markOf(city), concurrency: 24 });
    }
    const types = (await service.log.readAll(0)).map(({ type }) => type);
    const disputes = cities
      .flatMap((city) => [...simulateCity(city)])
      .filter((command) => command.collection === 'disputes' && command.action === 'open');
    expect(types.filter((type) => type === 'DisputeOpened').length).toBe(disputes.length);
    expect(disputes.length).toBeGreaterThan(80);
  });

  it('stops at an answer that was not meant, and says which', async () => {
    const service = await opened();
    const sink = serviceSink(service);
    const broken = {
      give: (command: SinkCommand) =>
        sink.give(
          command.action === 'dispatch' ? { ...command, body: { ...command.body, handlingRegion: '1' } } : command,
        ),
    };
    const playing = play(simulateCity(CITY), broken, { idempotencyPrefix, concurrency: 4 });
    await expect(playing).rejects.toThrow(/work-orders\/dispatch.*INVALID_FIELDS/);
  });
});
