import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from './client.ts';
import { daysAgo, DISTRICT, openDispute, registerMember, ticket, UNIT } from './scene.ts';
import { ServiceProcess } from './service-process.ts';

const AUTHORITY = { authority: 'Market supervision of Yuecheng', handlingRegion: DISTRICT };
const LETTER = {
  ...AUTHORITY,
  respondentName: '某某商店',
  complainantName: '张三',
  complainantPhone: '13900001111',
  complainantAddress: '绍兴',
  content: '商家拒绝退款',
};

describe('what follows by itself, and what is refused before it', () => {
  let service: ServiceProcess;
  let admin: Client;
  beforeAll(async () => {
    service = await ServiceProcess.start();
    admin = await service.client();
    await registerMember(admin);
  }, 60_000);
  afterAll(() => service.kill());

  /** The document once it tells what a process is to bring about. */
  async function told(path: string, tells: (doc: Record<string, unknown>) => boolean) {
    const position = await admin.head();
    for (;;) {
      const doc = (await admin.read(`${path}?position=${position}`)) as Record<string, unknown>;
      if (tells(doc)) return doc;
      await delay(20);
    }
  }

  it('a mixed letter is split, and then told the complaint and the report that came of it (S1 Art. 9)', async () => {
    const disputeId = await openDispute(admin, { occurredAt: daysAgo(9) });
    const push = ticket('SPLIT', { receivedAt: daysAgo(9), occurredAt: daysAgo(9) });
    const { id: workOrderId } = await admin.give('/v1/work-orders', push);
    const receive = (collection: string) =>
      admin.post(`/v1/${collection}`, { ...LETTER, disputeId, workOrderId, occurredAt: daysAgo(5) });
    const report = async () => {
      const { authority, handlingRegion, respondentName, content } = LETTER;
      const body = { authority, handlingRegion, respondentName, content, disputeId, workOrderId };
      return admin.post('/v1/reports', { ...body, occurredAt: daysAgo(5) });
    };
    expect((await receive('complaints')).body).toMatchObject({ status: 409, code: 'WORK_ORDER_NOT_CLASSIFIED' });
    await admin.give(`/v1/work-orders/${workOrderId}/classify`, { classification: 'mixed', occurredAt: daysAgo(8) });
    expect((await receive('complaints')).body).toMatchObject({ status: 409, code: 'WORK_ORDER_NOT_SPLIT' });
    expect((await report()).body).toMatchObject({ status: 409, code: 'WORK_ORDER_NOT_SPLIT' });
    await admin.give(`/v1/work-orders/${workOrderId}/split`, { occurredAt: daysAgo(8) });
    const complaintId = (await receive('complaints')).body.id as string;
    const reportId = (await report()).body.id as string;
    const path = `/v1/work-orders/${workOrderId}`;
    const letter = await told(path, (doc) => doc['complaintId'] !== null && doc['reportId'] !== null);
    expect(letter).toMatchObject({ complaintId, reportId });
    expect(await (await admin.keyFor('hotline')).read(path)).not.toHaveProperty('reportId');
  });

  it('a later complaint takes a settlement back (T-31)', async () => {
    const disputeId = await openDispute(admin, { occurredAt: daysAgo(9) });
    const opening = { disputeId, respondentUscc: UNIT, venue: 'odr', occurredAt: daysAgo(8) };
    const { id } = await admin.give('/v1/negotiations', opening);
    const step = (action: string, body: object, day: number) =>
      admin.give(`/v1/negotiations/${id}/${action}`, { ...body, occurredAt: daysAgo(day) });
    await step('acknowledge', {}, 7);
    await step('propose', { terms: '退款', onBehalfOf: 'merchant' }, 7);
    await step('agree', { offer: 1, onBehalfOf: 'consumer' }, 7);
    await step('confirm', {}, 6);
    const complaint = (await admin.give('/v1/complaints', { ...LETTER, disputeId, occurredAt: daysAgo(5) })).id;
    await told(`/v1/negotiations/${id}`, ({ status }) => status === 'disputed');
    const { items } = await admin.read(`/v1/negotiations/${id}/events?limit=200`);
    expect((items as { type: string; data: object }[]).at(-1)).toMatchObject({
      type: 'SettlementDisputed',
      data: { of: 'settlement', by: 'complaint', complaint },
    });
  });

  it('a later complaint denies what the merchant only claims (T-31)', async () => {
    const disputeId = await openDispute(admin, { occurredAt: daysAgo(9) });
    const opening = { disputeId, respondentUscc: UNIT, venue: 'odr', occurredAt: daysAgo(8) };
    const { id } = await admin.give('/v1/negotiations', opening);
    await admin.give(`/v1/negotiations/${id}/acknowledge`, { occurredAt: daysAgo(7) });
    await admin.give(`/v1/negotiations/${id}/claim`, { occurredAt: daysAgo(6) });
    await admin.give(`/v1/negotiations/${id}/notify-claim`, { channel: 'sms', occurredAt: daysAgo(4) });
    const complaint = (await admin.give('/v1/complaints', { ...LETTER, disputeId, occurredAt: daysAgo(5) })).id;
    await told(`/v1/negotiations/${id}`, ({ status }) => status === 'in-negotiation');
    const { items } = await admin.read(`/v1/negotiations/${id}/events?limit=200`);
    expect((items as { type: string; data: object }[]).at(-1)).toMatchObject({
      type: 'SettlementDisputed',
      data: { of: 'claim', by: 'complaint', complaint },
    });
  });

  it('who represents others settles for them once they have consented (T-17)', async () => {
    const disputeId = await openDispute(admin, { occurredAt: daysAgo(9), complainantName: '王一' });
    const dispute = (action: string, body: object) => admin.give(`/v1/disputes/${disputeId}/${action}`, body);
    await dispute('join-complainant', { complainantName: '李二' });
    await dispute('choose-representatives', { representatives: [1], evidence: ['minutes-1'] });
    const opening = { disputeId, respondentUscc: UNIT, venue: 'odr', occurredAt: daysAgo(8) };
    const { id } = await admin.give('/v1/negotiations', opening);
    await admin.give(`/v1/negotiations/${id}/acknowledge`, { occurredAt: daysAgo(7) });
    await admin.give(`/v1/negotiations/${id}/claim`, { occurredAt: daysAgo(6) });
    const confirm = () => admin.post(`/v1/negotiations/${id}/confirm`, { occurredAt: daysAgo(5) });
    expect((await confirm()).body).toMatchObject({ status: 409, code: 'CONSENT_OF_REPRESENTED_REQUIRED' });
    const consent = { act: 'agreement', procedure: `negotiation-${id}`, consenting: [2], evidence: ['minutes-2'] };
    await dispute('record-represented-consent', consent);
    expect((await confirm()).status).toBeLessThan(300);
  });

  it('nothing new is opened on a dispute that was merged away', async () => {
    const primary = await openDispute(admin, { occurredAt: daysAgo(9) });
    const disputeId = await openDispute(admin, { occurredAt: daysAgo(8) });
    await admin.give(`/v1/disputes/${disputeId}/merge-into`, { primary });
    const merged = { status: 409, code: 'DISPUTE_MERGED', detail: expect.stringContaining(primary) };
    expect((await admin.post('/v1/complaints', { ...LETTER, disputeId })).body).toMatchObject(merged);
    const { id } = await admin.give('/v1/work-orders', ticket('MERGED', { receivedAt: daysAgo(2) }));
    await admin.give(`/v1/work-orders/${id}/classify`, { classification: 'complaint' });
    const linking = await admin.post(`/v1/work-orders/${id}/link-to-dispute`, { disputeId });
    expect(linking.body).toMatchObject(merged);
    await admin.give(`/v1/work-orders/${id}/link-to-dispute`, { disputeId: primary });
  });

  it('the unit that answers for a dispute hands it over before it answers as if it were another’s (ZB-05)', async () => {
    const disputeId = await openDispute(admin, { occurredAt: daysAgo(9) });
    const { authority, handlingRegion: region } = AUTHORITY;
    const first = { authority, region, basis: 'work-order' };
    await admin.give(`/v1/disputes/${disputeId}/assign-first-inquiry`, { ...first, occurredAt: daysAgo(8) });
    const { id } = await admin.give('/v1/work-orders', ticket('FIRST', { receivedAt: daysAgo(8) }));
    await admin.give(`/v1/work-orders/${id}/classify`, { classification: 'complaint' });
    await admin.give(`/v1/work-orders/${id}/link-to-dispute`, { disputeId });
    await admin.give(`/v1/work-orders/${id}/dispatch`, AUTHORITY);
    const reply = () => admin.post(`/v1/work-orders/${id}/reply`, { outcome: 'transferred' });
    expect((await reply()).body).toMatchObject({ status: 409, code: 'HAND_OFF_NOT_ACCEPTED' });
    const to = { toAuthority: 'Market supervision of Keqiao', toRegion: '330603', reason: '经营地在柯桥' };
    await admin.give(`/v1/disputes/${disputeId}/offer-hand-off`, to);
    expect((await reply()).status).toBe(409);
    const keqiao = await admin.keyFor('officer', { region: '330603' });
    const third = await admin.keyFor('officer', { region: '330604' });
    const accept = `/v1/disputes/${disputeId}/accept-hand-off`;
    expect((await third.post(accept, { offer: 1 })).body.code).toBe('OUT_OF_REGION');
    const merge = await keqiao.post(`/v1/disputes/${disputeId}/merge-into`, { primary: disputeId });
    expect(merge.body.code).toBe('OUT_OF_REGION');
    const { position } = await keqiao.give(accept, { offer: 1 });
    // Who answers for it sees it and acts in it, wherever the respondent is.
    const taken = await keqiao.read(`/v1/disputes/${disputeId}?position=${position}`);
    expect(taken.firstInquiry).toMatchObject({ responsible: { region: '330603' } });
    await keqiao.give(`/v1/disputes/${disputeId}/join-complainant`, { complainantName: '李四' });
    expect((await third.get(`/v1/disputes/${disputeId}`)).body.code).toBe('OUT_OF_REGION');
    expect((await reply()).status).toBeLessThan(300);
  });
});
