import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Client } from './client.ts';
import { at, DISTRICT, openDispute, ticket } from './scene.ts';
import { ServiceProcess, temporaryFolder } from './service-process.ts';

/** As a disk that fills up: from now on no file grows beyond so many bytes (RLIMIT_FSIZE). */
function limitFiles(service: ServiceProcess, bytes: number | 'unlimited'): void {
  execFileSync('prlimit', ['--pid', String(service.pid), `--fsize=${bytes}:`]);
}

/** Overwrites the beginning of a file. */
function spoil(path: string, bytes = 4096): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(bytes, 'spoilt '), 0, bytes, 0);
  closeSync(file);
}

const DISPUTE = { respondentRegion: DISTRICT, occurredAt: at('2024-03-04') };

describe('a disk that is full', () => {
  let service: ServiceProcess;
  let admin: Client;
  let before: string;
  let position: number;

  beforeAll(async () => {
    service = await ServiceProcess.start();
    admin = await service.client();
    before = await openDispute(admin);
    position = await admin.head();
    await admin.read(`/v1/disputes/${before}?position=${position}`);
    limitFiles(service, 4096);
  });
  afterAll(() => service.kill());

  it('refuses commands and says which part cannot write', async () => {
    const events = await admin.post('/v1/disputes', DISPUTE, { 'idempotency-key': 'full' });
    expect(events).toMatchObject({ status: 503, body: { code: 'LOG_UNAVAILABLE' } });
    expect(Number(events.headers.get('retry-after'))).toBeGreaterThan(0);
    const people = await admin.post('/v1/work-orders', ticket('FULL', { complainantName: '张三' }));
    expect(people).toMatchObject({ status: 503, body: { code: 'VAULT_UNAVAILABLE' } });
    const key = await admin.post('/v1/access-keys', { role: 'auditor' });
    expect(key).toMatchObject({ status: 503, body: { code: 'LOG_UNAVAILABLE' } });
    const lines = [ticket('B1'), ticket('B2')].map((line) => JSON.stringify(line)).join('\n');
    const batch = await admin.send('POST', '/v1/work-orders/batch', lines, { 'content-type': 'application/x-ndjson' });
    const errors = batch.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).error?.code as string);
    expect(errors).toEqual(['LOG_UNAVAILABLE', 'LOG_UNAVAILABLE']);
  });

  it('is not ready meanwhile, and says for which part', async () => {
    const refused = { log: 'LOG_UNAVAILABLE', vault: 'VAULT_UNAVAILABLE', service: 'ok', projections: 'ok' };
    for (let asked = 0; asked < 3; asked++)
      expect(await admin.get('/readyz')).toMatchObject({ status: 503, body: { parts: refused } });
  });

  it('goes on reading', async () => {
    expect((await admin.read(`/v1/disputes/${before}`)).id).toBe(before);
    expect((await admin.read('/v1/disputes')).items).toHaveLength(1);
    expect((await admin.get('/v1/metrics/M-01')).status).toBe(200);
    expect((await admin.get('/healthz')).status).toBe(200);
    expect(await admin.head()).toBe(position);
  });

  it('is ready again when there is room, though nobody writes', async () => {
    limitFiles(service, 'unlimited');
    let ready = await admin.get('/readyz');
    while (ready.status === 503) ready = await admin.get('/readyz');
    expect(ready.body).toMatchObject({ status: 'ok', parts: { log: 'ok', vault: 'ok' } });
    expect(await admin.head()).toBe(position);
  });

  it('takes commands again then, and what was refused once', async () => {
    let answer = await admin.post('/v1/disputes', DISPUTE, { 'idempotency-key': 'full' });
    while (answer.status === 503) answer = await admin.post('/v1/disputes', DISPUTE, { 'idempotency-key': 'full' });
    expect(answer.status).toBe(201);
    expect(answer.body.position).toBe(position + 1);
    const person = await admin.give('/v1/work-orders', ticket('FULL', { complainantName: '张三' }));
    const shown = await admin.read(`/v1/work-orders/${person.id}?position=${person.position}`);
    expect(shown.complainant.name).toBe('张三');
    expect((await admin.read(`/v1/disputes?position=${person.position}`)).items).toHaveLength(2);
    expect((await admin.get(`/v1/metrics/M-05?position=${person.position}`)).status).toBe(200);
    for (const status of (await admin.read('/v1/projections')).items) {
      expect(status).toMatchObject({ lag: 0, parked: 0, state: 'live' });
    }
  });

  it('catches up with what was written while only the read models had no room', async () => {
    for (let n = 0; n < 10; n++) {
      const { position: written } = await admin.give('/v1/disputes', DISPUTE);
      await admin.read(`/v1/disputes?position=${written}`);
    }
    const head = await admin.head();
    // They are larger than the log, and begin to write where it ends long after.
    const size = (name: string) => statSync(join(service.folder, name)).size;
    const [log, views] = [size('events.db-wal'), size('read-models.db-wal')];
    expect(views).toBeGreaterThan(log + 400_000);
    limitFiles(service, views);
    const written: number[] = [];
    for (let n = 0; n < 5; n++) written.push((await admin.give('/v1/disputes', DISPUTE)).position);
    const stuck = await admin.get(`/v1/disputes?position=${written.at(-1)}`);
    expect(stuck).toMatchObject({ status: 503, body: { code: 'POSITION_NOT_REACHED' } });
    limitFiles(service, 'unlimited');
    let page = await admin.get(`/v1/disputes?position=${head + 5}`);
    while (page.status === 503) page = await admin.get(`/v1/disputes?position=${head + 5}`);
    expect(page.body.items).toHaveLength(17);
  });

  it('has kept nothing of what it refused', async () => {
    expect(await service.stop()).toEqual({ code: 0, signal: null });
    service = await ServiceProcess.start({ folder: service.folder });
    admin = await service.client();
    expect(await admin.head()).toBe(position + 17);
    expect((await admin.get('/v1/work-orders/12345-B1')).status).toBe(404);
  });
});

describe('files that are damaged', () => {
  const folder = temporaryFolder();
  const path = (name: string) => join(folder, name);
  let disputes: string[];
  let head: number;

  const check = async (service: ServiceProcess) => {
    const admin = await service.client();
    expect(await admin.head()).toBe(head);
    const items = await admin.all<{ id: string }>(`/v1/disputes?position=${head}`);
    expect(new Set(items.map(({ id }) => id))).toEqual(new Set(disputes));
    const one = await admin.read(`/v1/work-orders/12345-KEPT?position=${head}`);
    expect(one.complainant).toMatchObject({ name: '张三丰', text: { content: '退款' } });
    const figure = await admin.read(`/v1/metrics/M-05?from=2024-01-01&to=2025-01-01&position=${head}`);
    expect(figure.position).toBe(head);
    return admin;
  };

  beforeAll(async () => {
    const service = await ServiceProcess.start({ folder });
    const admin = await service.client();
    disputes = [];
    for (let n = 0; n < 50; n++) disputes.push(await openDispute(admin));
    await admin.give('/v1/work-orders', ticket('KEPT', { complainantName: '张三丰', content: '退款' }));
    head = await admin.head();
    // So that the write-ahead logs are left behind.
    await service.kill();
  });

  it('are recovered from half-written write-ahead logs', async () => {
    const logs = ['events.db-wal', 'vault.db-wal', 'read-models.db-wal'].filter((name) => existsSync(path(name)));
    expect(logs).toContain('events.db-wal');
    for (const name of logs) {
      const frame = readFileSync(path(name)).subarray(-5000);
      appendFileSync(path(name), frame.subarray(0, 2500));
      appendFileSync(path(name), Buffer.alloc(700, 0xa5));
    }
    const service = await ServiceProcess.start({ folder });
    const admin = await check(service);
    const { position } = await admin.give('/v1/disputes', DISPUTE);
    expect(position).toBe(head + 1);
    head = position;
    disputes.push((await admin.all<{ id: string }>(`/v1/disputes?position=${head}`))[0]!.id);
    disputes = (await admin.all<{ id: string }>('/v1/disputes')).map(({ id }) => id);
    expect(disputes).toHaveLength(51);
    expect(await service.stop()).toEqual({ code: 0, signal: null });
  });

  it('are made anew where they can be: read models and the snapshot of the metrics', async () => {
    spoil(path('read-models.db'));
    spoil(path('metrics.snapshot'), 100);
    const service = await ServiceProcess.start({ folder });
    await check(service);
    expect(service.stderr).toContain('set aside');
    expect(await service.stop()).toEqual({ code: 0, signal: null });
  });

  it.each([
    ['events.db', 'LOG_CORRUPT'],
    ['vault.db', 'VAULT_CORRUPT'],
  ])('are named and left as they are where they cannot: %s', async (name, code) => {
    const intact = readFileSync(path(name));
    spoil(path(name));
    const spoilt = readFileSync(path(name));
    const process = ServiceProcess.launch({ folder });
    expect(await process.exited).toEqual({ code: 1, signal: null });
    expect(process.stdout).toBe('');
    expect(process.stderr).toContain(`fangxin cannot start: ${code}`);
    expect(process.stderr).toContain('backup');
    expect(readFileSync(path(name)).equals(spoilt)).toBe(true);
    writeFileSync(path(name), intact);
    const service = await ServiceProcess.start({ folder });
    await check(service);
    expect(await service.stop()).toEqual({ code: 0, signal: null });
  });
});
