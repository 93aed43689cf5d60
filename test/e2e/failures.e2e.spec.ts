import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import type { Client } from './client.ts';
import { at, DISTRICT, ticket } from './scene.ts';
import { ServiceProcess } from './service-process.ts';

const DISPUTE = { respondentRegion: DISTRICT, occurredAt: at('2024-03-04') };

describe('a failure below the rules', () => {
  let service: ServiceProcess;
  let admin: Client;

  beforeAll(async () => {
    service = await ServiceProcess.start();
    admin = await service.client();
    // As a disk that is full.
    execFileSync('prlimit', ['--pid', String(service.pid), '--fsize=4096:']);
  });
  afterAll(() => service.kill());

  it('is told in general words and logged in full under the id the caller has, alone and in a batch', async () => {
    const log = await admin.post('/v1/disputes', DISPUTE);
    const vault = await admin.post('/v1/work-orders', ticket('FULL', { complainantName: '张三' }));
    const lines = [ticket('B1'), { ...ticket('B2'), colour: 'red' }, ticket('B3')];
    const batch = await admin.send(
      'POST',
      '/v1/work-orders/batch',
      lines.map((line) => JSON.stringify(line)).join('\n'),
      {
        'content-type': 'application/x-ndjson',
      },
    );
    const errors = batch.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).error as { code: string; instance?: string });
    expect([log.body, vault.body, ...errors].map(({ code }) => code)).toEqual([
      'LOG_UNAVAILABLE',
      'VAULT_UNAVAILABLE',
      'LOG_UNAVAILABLE',
      'UNKNOWN_FIELD',
      'LOG_UNAVAILABLE',
    ]);
    for (const { text } of [log, vault, batch]) expect(text).not.toContain(service.folder);
    const requestId = batch.headers.get('x-request-id');
    expect(errors.map(({ instance }) => instance)).toEqual([requestId, undefined, requestId]);
    const logged = [
      `"reqId":"${log.body.instance}","code":"LOG_UNAVAILABLE"`,
      `"reqId":"${vault.body.instance}","code":"VAULT_UNAVAILABLE"`,
      `"reqId":"${requestId}","code":"LOG_UNAVAILABLE","line":1,`,
      `"reqId":"${requestId}","code":"LOG_UNAVAILABLE","line":3,`,
    ];
    // What the process wrote may arrive after its answer.
    const missing = () => logged.filter((part) => !service.stderr.includes(part));
    for (const until = Date.now() + 10_000; missing().length > 0 && Date.now() < until;)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(missing()).toEqual([]);
    expect(service.stderr).toContain('the disk reported an I/O error');
  });

  it('is counted by its code, each line of a batch for itself', async () => {
    const { text } = await admin.get('/metrics');
    for (const [code, count] of Object.entries({ LOG_UNAVAILABLE: 3, VAULT_UNAVAILABLE: 1, UNKNOWN_FIELD: 1 }))
      expect(text).toContain(`fangxin_refusals_total{code="${code}"} ${count}\n`);
  });
});
