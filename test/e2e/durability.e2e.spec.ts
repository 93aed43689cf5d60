import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import type { Client } from './client.ts';
import { at, DISTRICT, ticket } from './scene.ts';
import { ServiceProcess } from './service-process.ts';

const DISPUTE = { respondentRegion: DISTRICT, occurredAt: at('2024-03-04'), complainantName: '张三' };
const WRITERS = 16;

/** What writers sent under keys of their own, and what they were told. */
class Load {
  readonly acknowledged = new Map<string, { id: string; position: number }>();
  readonly unanswered = new Set<string>();
  #running = true;
  #sent = 0;

  constructor(
    private readonly client: Client,
    private readonly name: string,
  ) {}

  start(): Promise<unknown> {
    return Promise.all(Array.from({ length: WRITERS }, () => this.#write()));
  }

  /** Settles once so many commands have been acknowledged. */
  async reaches(count: number): Promise<void> {
    while (this.acknowledged.size < count) await new Promise((resolve) => setImmediate(resolve));
  }

  async #write(): Promise<void> {
    while (this.#running) {
      const key = `${this.name}-${this.#sent++}`;
      try {
        const { id, position } = await this.client.give('/v1/disputes', DISPUTE, { 'idempotency-key': key });
        this.acknowledged.set(key, { id, position });
      } catch {
        // No answer, or a refusal while draining: not known to be written.
        this.unanswered.add(key);
        this.#running = false;
      }
    }
  }
}

async function everyDispute(client: Client): Promise<Set<string>> {
  const items = await client.all<{ id: string }>(`/v1/disputes?position=${await client.head()}`);
  return new Set(items.map(({ id }) => id));
}

describe('what was acknowledged', () => {
  it('is there after SIGTERM under load, and the process ends with 0', async () => {
    let service = await ServiceProcess.start();
    const load = new Load(await service.client(), 'term');
    const done = load.start();
    await load.reaches(300);
    const exit = await service.stop();
    await done;
    expect(exit).toEqual({ code: 0, signal: null });

    service = await ServiceProcess.start({ folder: service.folder });
    const there = await everyDispute(await service.client());
    const lost = [...load.acknowledged.values()].filter(({ id }) => !there.has(id));
    expect(lost).toEqual([]);
    // Every command that was taken was also answered before the end.
    expect(there.size).toBe(load.acknowledged.size);
    await service.kill();
  });

  it('is there when a caller who never ends its batch is cut off', async () => {
    let service = await ServiceProcess.start();
    const admin = await service.client();
    const outgoing = request(`${admin.url}/v1/work-orders/batch`, {
      method: 'POST',
      headers: { authorization: `Bearer ${admin.key}`, 'content-type': 'application/x-ndjson' },
    });
    outgoing.on('error', () => undefined);
    // More lines than are held back at once, so that the first answers come while the batch is open.
    for (let n = 0; n < 300; n++) outgoing.write(`${JSON.stringify(ticket(`OPEN${n}`))}\n`);
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    const [data] = (await once(response.setEncoding('utf8'), 'data')) as [string];
    const acknowledged = data
      .split('\n')
      .slice(0, -1)
      .map((line) => (JSON.parse(line) as { id: string }).id);
    response.on('error', () => undefined);
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(await service.stop()).toEqual({ code: 0, signal: null });
    outgoing.destroy();

    service = await ServiceProcess.start({ folder: service.folder });
    const again = await service.client();
    const items = await again.all<{ id: string }>(`/v1/work-orders?position=${await again.head()}`);
    expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining(acknowledged));
    await service.kill();
  });

  it('is there after SIGKILL under load, five times over, and what was not is appended once when it is sent again', async () => {
    let service = await ServiceProcess.start();
    const { folder } = service;
    const acknowledged = new Map<string, { id: string; position: number }>();
    for (let round = 1; round <= 5; round++) {
      const load = new Load(await service.client(), `kill-${round}`);
      const done = load.start();
      await load.reaches(60 * round);
      expect(await service.kill()).toEqual({ code: null, signal: 'SIGKILL' });
      await done;

      service = await ServiceProcess.start({ folder });
      const admin = await service.client();
      for (const [key, answer] of load.acknowledged) acknowledged.set(key, answer);
      const there = await everyDispute(admin);
      expect([...acknowledged.values()].filter(({ id }) => !there.has(id))).toEqual([]);
      for (const key of load.unanswered) {
        const again = [1, 2].map(() => admin.give('/v1/disputes', DISPUTE, { 'idempotency-key': key }));
        const [first, second] = await Promise.all(again);
        expect(second).toEqual(first);
        acknowledged.set(key, first!);
      }
      const [key, answer] = [...load.acknowledged][0]!;
      expect(await admin.give('/v1/disputes', DISPUTE, { 'idempotency-key': key })).toMatchObject(answer);
      const after = await everyDispute(admin);
      expect(after).toEqual(new Set([...acknowledged.values()].map(({ id }) => id)));
    }
    const positions = [...acknowledged.values()].map(({ position }) => position);
    expect(new Set(positions).size).toBe(acknowledged.size);
    // One event is the administrator's key: beside the disputes the log holds nothing.
    const admin = await service.client();
    expect(await admin.head()).toBe(acknowledged.size + 1);
    const { items } = await admin.read('/v1/projections');
    for (const one of items) expect(one).toMatchObject({ parked: 0, state: 'live' });
    await service.kill();
  });
});
