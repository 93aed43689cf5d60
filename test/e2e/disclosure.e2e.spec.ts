import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from './client.ts';
import { agreedNegotiation, at, DISTRICT, openDispute, registerMember, ticket, UNIT } from './scene.ts';
import { ServiceProcess } from './service-process.ts';

const YEAR = 'from=2024-01-01&to=2025-01-01';

/** What each role is answered: figures of a region, figures of a subject, subject by subject, single objects. */
const HANDLER = [200, 200, 200, 200];
const EXPECTED: Readonly<Record<string, { readonly [metric: string]: readonly number[] }>> = {
  hotline: { 'M-01': HANDLER, 'M-02': HANDLER, 'M-05': HANDLER },
  officer: { 'M-01': HANDLER, 'M-02': HANDLER, 'M-05': HANDLER },
  mediator: { 'M-01': HANDLER, 'M-02': HANDLER, 'M-05': HANDLER },
  enforcement: { 'M-01': HANDLER, 'M-02': HANDLER, 'M-05': HANDLER },
  auditor: { 'M-01': HANDLER, 'M-02': HANDLER, 'M-05': HANDLER },
  administrator: { 'M-01': HANDLER, 'M-02': HANDLER, 'M-05': HANDLER },
  court: { 'M-01': [200, 200, 200, 403], 'M-02': [200, 200, 200, 403], 'M-05': [200, 403, 403, 403] },
  'programme-office': { 'M-01': [200, 200, 200, 403], 'M-02': [200, 200, 200, 403], 'M-05': [200, 403, 403, 403] },
  merchant: { 'M-01': [200, 200, 200, 403], 'M-02': [200, 200, 200, 403], 'M-05': [403, 403, 403, 403] },
  public: { 'M-01': [200, 403, 403, 403], 'M-02': [200, 403, 403, 403], 'M-05': [200, 403, 403, 403] },
};

describe('what the figures tell whom', () => {
  let service: ServiceProcess;
  let admin: Client;
  let position: number;

  beforeAll(async () => {
    service = await ServiceProcess.start();
    admin = await service.client();
    await registerMember(admin);
    await agreedNegotiation(admin, await openDispute(admin));
    const report = { classification: 'report', respondentUscc: UNIT, authority: 'Unit', dueAt: at('2024-03-20') };
    ({ position } = await admin.give('/v1/work-orders', ticket('REPORT', report)));
  });
  afterAll(() => service.kill());

  it.each(Object.entries(EXPECTED))('%s', async (role, metrics) => {
    const client = await admin.keyFor(role, role === 'merchant' ? { subject: UNIT } : {});
    for (const [metric, expected] of Object.entries(metrics)) {
      const path = `/v1/metrics/${metric}`;
      const questions = [
        `${path}?${YEAR}&region=${DISTRICT}&position=${position}`,
        `${path}?${YEAR}&subject=${UNIT}`,
        `${path}?${YEAR}&groupBy=subject`,
        `${path}/objects?${YEAR}&subject=${UNIT}`,
      ];
      const answers = [];
      for (const question of questions) answers.push(await client.get(question));
      expect({ metric, statuses: answers.map(({ status }) => status) }).toEqual({ metric, statuses: expected });
      for (const { status, body, text } of answers) {
        if (status !== 403) continue;
        expect(body.code).toBe('ROLE_NOT_ALLOWED');
        expect(text).not.toContain('REPORT');
      }
    }
  });

  it('by the name of a metric as by its id', async () => {
    const merchant = await admin.keyFor('merchant', { subject: UNIT });
    const { name } = (await merchant.read('/v1/metrics')).items.find(({ id }: { id: string }) => id === 'M-05');
    for (const path of [`/v1/metrics/${name}`, `/v1/metrics/${name}/objects`, '/v1/metrics/M-05?formula=M-05@1']) {
      expect(await merchant.get(path)).toMatchObject({ status: 403, body: { code: 'ROLE_NOT_ALLOWED' } });
    }
  });

  it('shows the report to those who handle it', async () => {
    const officer = await admin.keyFor('officer', { region: DISTRICT });
    const { items } = await officer.read(`/v1/metrics/M-05/objects?${YEAR}&subject=${UNIT}&position=${position}`);
    expect(items).toMatchObject([{ id: '12345-REPORT', kind: 'workOrder' }]);
  });
});

describe('a region that no table knows', () => {
  let service: ServiceProcess;
  afterAll(() => service.kill());

  it('is counted, asked for and bound to as it was written', async () => {
    service = await ServiceProcess.start();
    const admin = await service.client();
    const borough = { handlingRegion: '990004', authority: 'Unit', dueAt: at('2024-03-20') };
    const { position } = await admin.give('/v1/work-orders', ticket('BOROUGH', borough));
    const path = `/v1/metrics/M-05?${YEAR}&position=${position}&region=`;
    expect((await admin.read(`${path}990004`)).denominator).toBe(1);
    expect((await admin.read(`${path}990005`)).denominator).toBe(0);
    const officer = await admin.keyFor('officer', { region: '990004' });
    expect((await officer.read('/v1/work-orders/12345-BOROUGH')).id).toBe('12345-BOROUGH');
    expect(await officer.get(`${path}990005`)).toMatchObject({ status: 403, body: { code: 'OUT_OF_REGION' } });
    for (const region of ['000000', '99004', '9900041'])
      expect(await admin.get(`${path}${region}`)).toMatchObject({ status: 400, body: { code: 'INVALID_REGION' } });
  });
});
