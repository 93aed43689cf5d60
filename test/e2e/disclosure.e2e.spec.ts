import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from './client.ts';
import {
  agreedNegotiation,
  at,
  DISTRICT,
  openDispute,
  OTHER_DISTRICT,
  receiveComplaint,
  registerMember,
  ticket,
  UNIT,
} from './scene.ts';
import { ServiceProcess } from './service-process.ts';

const YEAR = 'from=2024-01-01&to=2025-01-01';

/** What a role is answered: figures of a region, figures of a subject, subject by subject, single objects. */
type Answered = readonly [region: number, subject: number, bySubject: number, objects: number];
const EVERYTHING: Answered = [200, 200, 200, 200];
const FIGURES: Answered = [200, 200, 200, 403];
const REGIONS: Answered = [200, 403, 403, 403];
const NOTHING: Answered = [403, 403, 403, 403];

/** By whom a metric's objects are handled, and what the others are told of it. */
const METRICS = {
  disputes: ['M-01', 'M-02'],
  negotiations: ['M-15'],
  complaints: ['M-03', 'M-03b', 'M-03c', 'M-06', 'M-06b', 'M-07', 'M-09'],
  workOrders: ['M-05', 'M-05b'],
  reports: ['M-04'],
} as const;

const HANDLER = {
  disputes: EVERYTHING,
  negotiations: EVERYTHING,
  complaints: EVERYTHING,
  workOrders: EVERYTHING,
  reports: EVERYTHING,
};
/** Reports are no task of theirs. */
const WITHOUT_REPORTS = { ...HANDLER, reports: REGIONS };
/** Nor are the tickets that may be one. */
const MEDIATING = { ...WITHOUT_REPORTS, workOrders: REGIONS };
const JUDGE = {
  disputes: FIGURES,
  negotiations: FIGURES,
  complaints: REGIONS,
  workOrders: REGIONS,
  reports: REGIONS,
};
const EXPECTED: Readonly<Record<string, Readonly<Record<keyof typeof METRICS, Answered>>>> = {
  hotline: WITHOUT_REPORTS,
  officer: HANDLER,
  mediator: MEDIATING,
  enforcement: HANDLER,
  auditor: HANDLER,
  administrator: HANDLER,
  court: JUDGE,
  'programme-office': JUDGE,
  merchant: {
    disputes: FIGURES,
    negotiations: FIGURES,
    complaints: NOTHING,
    workOrders: NOTHING,
    reports: NOTHING,
  },
  public: {
    disputes: REGIONS,
    negotiations: REGIONS,
    complaints: REGIONS,
    workOrders: REGIONS,
    reports: REGIONS,
  },
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

  it.each(Object.entries(EXPECTED))('%s', async (role, told) => {
    const metrics = Object.entries(METRICS).flatMap(([of, ids]) =>
      ids.map((metric) => [metric, told[of as keyof typeof METRICS]] as const),
    );
    const client = await admin.keyFor(role, role === 'merchant' ? { subject: UNIT } : {});
    for (const [metric, expected] of metrics) {
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

describe('what leads to an object tells nobody more of it than the object itself', () => {
  let service: ServiceProcess;
  let admin: Client;
  let dispute: string;
  let position: number;
  const ofTickets = ({ stream }: Record<string, unknown>): boolean => String(stream).startsWith('workOrder-');

  beforeAll(async () => {
    service = await ServiceProcess.start();
    admin = await service.client();
    dispute = await openDispute(admin);
    const unit = { authority: 'Unit', respondentUscc: UNIT, dueAt: at('2024-03-20') };
    await admin.give('/v1/work-orders', ticket('REPORT', { ...unit, classification: 'report' }));
    await admin.give('/v1/work-orders', ticket('MIXED', unit));
    await admin.give('/v1/work-orders/12345-MIXED/classify', { classification: 'mixed', occurredAt: at('2024-03-05') });
    ({ position } = await admin.give('/v1/work-orders/12345-MIXED/link-to-dispute', {
      disputeId: dispute,
      occurredAt: at('2024-03-05'),
    }));
  });
  afterAll(() => service.kill());

  it.each(['mediator', 'programme-office'])('a deadline or an alert to a ticket: %s', async (role) => {
    const client = await admin.keyFor(role, {});
    const deadlines = (from: Client) => from.all(`/v1/deadlines?position=${position}`);
    const known = (await deadlines(admin)).filter(({ collection }) => collection === 'work-orders');
    expect(known.map(({ objectId }) => objectId).sort()).toEqual(['12345-MIXED', '12345-REPORT']);
    expect((await deadlines(client)).filter(({ collection }) => collection === 'work-orders')).toEqual([]);
    for (const { id } of known) {
      const path = encodeURIComponent(String(id));
      for (const at of [`deadlines/${path}`, `deadlines/${path}/events`, `alerts/deadline:${path}`])
        expect([at, (await client.get(`/v1/${at}`)).status]).toEqual([
          at,
          at.startsWith('d') || role !== 'mediator' ? 404 : 403,
        ]);
    }
  });

  it('a dispute to a mixed letter', async () => {
    const events = async (role: string) =>
      (await admin.keyFor(role, {})).all(`/v1/disputes/${dispute}/events?position=${position}`);
    expect((await events('officer')).some(ofTickets)).toBe(true);
    const mediators = await events('mediator');
    expect(mediators.some(ofTickets)).toBe(false);
    expect(mediators.length).toBeGreaterThan(0);
  });

  it('a dispute to what another authority handles', async () => {
    const here = await openDispute(admin);
    const complaint = { respondentName: 'Shop', complainantName: 'Li', complainantPhone: '13900001111' };
    const elsewhere = await admin.give('/v1/complaints', {
      ...{ ...complaint, disputeId: here, authority: 'Keqiao', handlingRegion: OTHER_DISTRICT },
      ...{ complainantAddress: 'Keqiao', content: 'No refund', occurredAt: at('2024-03-20') },
    });
    const own = await receiveComplaint(admin, here);
    const officer = await admin.keyFor('officer', { region: DISTRICT });
    const other = `/v1/complaints/${elsewhere.id}?position=${elsewhere.position}`;
    expect((await officer.get(other)).status).toBe(403);
    const known = (await admin.give('/v1/complaints/' + own + '/accept', { occurredAt: at('2024-03-21') })).position;
    const told = await officer.all(`/v1/disputes/${here}/events?position=${known}`);
    expect(new Set(told.map(({ stream }) => stream))).toEqual(new Set([`dispute-${here}`, `complaint-${own}`]));
  });
});
