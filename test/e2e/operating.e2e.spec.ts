import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from './client.ts';
import { CITY, DISTRICT, ticket } from './scene.ts';
import { ServiceProcess, temporaryFolder } from './service-process.ts';

describe('reading to change', () => {
  let service: ServiceProcess;
  let admin: Client;
  beforeAll(async () => {
    service = await ServiceProcess.start();
    admin = await service.client();
  });
  afterAll(() => service.kill());

  it('takes the version that a read told, and no older one', async () => {
    const { id, position } = await admin.give('/v1/work-orders', ticket('READ-1'));
    const read = await admin.get(`/v1/work-orders/${id}?position=${position}`);
    expect(read.headers.get('etag')).toBe(`"${read.body.version}"`);
    const changed = await admin.post(
      `/v1/work-orders/${id}/classify`,
      { classification: 'consultation' },
      { 'if-match': read.headers.get('etag')! },
    );
    expect(changed).toMatchObject({ status: 200, body: { version: read.body.version + 1 } });
    const late = await admin.post(
      `/v1/work-orders/${id}/classify`,
      { classification: 'other' },
      { 'if-match': `"${read.body.version}"` },
    );
    expect(late).toMatchObject({ status: 412, body: { code: 'STALE_VERSION' } });
  });

  it('finds what a filter without an index of its own asks for, behind thousands of others, each once', async () => {
    const lines = Array.from({ length: 2_400 }, (_, n) => ({
      ...ticket(`MANY-${n}`),
      channel: n % 800 === 7 ? 'letter' : '12345',
    }));
    const answered = await admin.send(
      'POST',
      '/v1/work-orders/batch',
      lines.map((line) => JSON.stringify(line)).join('\n'),
      { 'content-type': 'application/x-ndjson' },
    );
    const last = JSON.parse(answered.text.trimEnd().split('\n').at(-1)!) as { position: number };
    const found: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const next = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = await admin.read(`/v1/work-orders?channel=letter&limit=2&position=${last.position}${next}`);
      found.push(...page.items.map(({ id }: { id: string }) => id));
      cursor = page.next;
    }
    expect(found.sort()).toEqual(['letter-MANY-1607', 'letter-MANY-7', 'letter-MANY-807']);
  });

  it('lets only a key without bounds operate the read models', async () => {
    const bound = await admin.keyFor('administrator', { region: CITY });
    for (const answer of [
      await bound.get('/v1/projections'),
      await bound.post('/v1/projections/work-orders/rebuild'),
      await bound.post('/v1/projections/work-orders/replay-parked', { key: 'any' }),
    ]) {
      expect(answer).toMatchObject({ status: 403, body: { code: 'OUT_OF_REGION' } });
    }
    const within = await bound.keyFor('officer', { region: DISTRICT });
    expect((await within.get('/v1/work-orders')).status).toBe(200);
  });
});

describe('a start that cannot go on as before', () => {
  it.each([
    ['events.db', 'missing', 'LOG_CORRUPT'],
    ['events.db', 'empty', 'LOG_CORRUPT'],
    ['vault.db', 'missing', 'VAULT_CORRUPT'],
  ])('refuses when %s is %s beside the rest', async (file, how, code) => {
    const folder = temporaryFolder();
    const before = await ServiceProcess.start({ folder });
    await (await before.client()).give('/v1/work-orders', ticket('LOST', { complainantName: '某人' }));
    await before.stop();
    if (how === 'missing') rmSync(join(folder, file));
    else truncateSync(join(folder, file));
    const after = ServiceProcess.launch({ folder });
    expect(await after.exited).toEqual({ code: 1, signal: null });
    expect(after.stderr).toContain(code);
    expect(after.stderr).toContain(file);
  });

  it('has told the administrator’s key before the port turned out to be taken', async () => {
    const holder = await ServiceProcess.start();
    const { port } = new URL(await holder.url());
    const folder = temporaryFolder();
    const environment = { FANGXIN_ADMIN_KEY: undefined, FANGXIN_PORT: port };
    const refused = ServiceProcess.launch({ folder, environment });
    expect(await refused.exited).toEqual({ code: 2, signal: null });
    const [, secret] = /^administrator key, shown this once: (\S+)$/m.exec(refused.stdout)!;
    await holder.kill();
    const again = await ServiceProcess.start({ folder, environment: { FANGXIN_ADMIN_KEY: undefined } });
    expect((await (await again.client(secret)).get('/v1/access-keys')).status).toBe(200);
    await again.kill();
  });

  it('drains also when it is told to end in the moment it listens', async () => {
    for (let n = 0; n < 3; n++) {
      const service = await ServiceProcess.start();
      expect(await service.stop()).toEqual({ code: 0, signal: null });
    }
  });
});
