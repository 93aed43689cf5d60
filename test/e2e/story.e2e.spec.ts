import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { epochDayOf, localDateFromEpochDay } from '#kernel';
import type { Client, Written } from './client.ts';
import { at, CITY, DISTRICT, OTHER_DISTRICT, ticket, UNIT } from './scene.ts';
import { ServiceProcess } from './service-process.ts';

/** Legal day so many days ago: a negotiation of long ago would have run out before it is told. */
const TODAY = epochDayOf(Date.now());
const daysAgo = (days: number) => localDateFromEpochDay(TODAY - days);
const YEAR = `from=${daysAgo(365)}&to=${daysAgo(-1)}`;

describe('from a push of the hotline to the settlement rate', () => {
  let service: ServiceProcess;
  const clients = {} as Record<'hotline' | 'officer' | 'merchant' | 'office' | 'auditor', Client>;
  let disputeId: string;
  let negotiationId: string;
  let workOrderId: string;
  let claimed: Written;
  let confirmed: Written;

  const figure = (metric: string, parameters: string, client = clients.auditor) =>
    client.read(`/v1/metrics/${metric}?${YEAR}&${parameters}`);
  const rate = async (metric: string, parameters: string) => {
    const { numerator, denominator } = await figure(metric, parameters);
    return `${numerator}/${denominator}`;
  };
  const negotiate = (who: Client, action: string, day: string, body: object = {}) =>
    who.give(`/v1/negotiations/${negotiationId}/${action}`, { ...body, occurredAt: at(day) });

  beforeAll(async () => {
    service = await ServiceProcess.start();
    const admin = await service.client();
    clients.hotline = await admin.keyFor('hotline', { region: CITY });
    clients.officer = await admin.keyFor('officer', { region: CITY });
    clients.merchant = await admin.keyFor('merchant', { subject: UNIT });
    clients.office = await admin.keyFor('programme-office', { region: CITY });
    clients.auditor = await admin.keyFor('auditor', { region: CITY });
  });
  afterAll(() => service.kill());

  it('takes a subject into the ODR network', async () => {
    const day = { occurredAt: at('2024-01-10') };
    await clients.office.give('/v1/subjects', { uscc: UNIT, name: 'Tea House', region: DISTRICT, ...day });
    await clients.merchant.give('/v1/odr-memberships', { uscc: UNIT, ...day });
    await clients.office.give(`/v1/odr-memberships/${UNIT}/approve`, day);
    const { position } = await clients.office.give(`/v1/odr-memberships/${UNIT}/activate`, day);
    const membership = await clients.merchant.read(`/v1/odr-memberships/${UNIT}?position=${position}`);
    expect(membership).toMatchObject({ uscc: UNIT, region: DISTRICT, status: 'active' });
  });

  it('registers a pushed ticket, classifies it and links it to its dispute', async () => {
    const pushed = ticket('HZ-1', {
      receivedAt: at(daysAgo(7)),
      respondentUscc: UNIT,
      complainantName: '张三丰',
      complainantPhone: '13800138000',
      content: '茶叶变质，要求退款',
      dueAt: at(daysAgo(1)),
    });
    const registered = await clients.hotline.give('/v1/work-orders', pushed);
    workOrderId = registered.id;
    expect(registered).toMatchObject({ id: '12345-HZ-1', version: 1 });
    await clients.hotline.give(`/v1/work-orders/${workOrderId}/classify`, {
      classification: 'complaint',
      occurredAt: at(daysAgo(7), '10:30:00'),
    });
    const opened = await clients.officer.give('/v1/disputes', {
      respondentUscc: UNIT,
      respondentRegion: DISTRICT,
      channel: '12345',
      amountFen: 19_900,
      occurredAt: at(daysAgo(7), '11:00:00'),
    });
    disputeId = opened.id;
    const linked = await clients.officer.give(`/v1/work-orders/${workOrderId}/link-to-dispute`, { disputeId });
    const dispute = await clients.officer.read(`/v1/disputes/${disputeId}?position=${linked.position}`);
    expect(dispute).toMatchObject({ stage: 'opened', workOrders: [{ id: workOrderId, status: 'classified' }] });
  });

  it('lets the parties negotiate, each for itself', async () => {
    const opening = { disputeId, respondentUscc: UNIT, venue: 'odr', occurredAt: at(daysAgo(6)) };
    negotiationId = (await clients.hotline.give('/v1/negotiations', opening)).id;
    await negotiate(clients.merchant, 'acknowledge', daysAgo(5));
    await negotiate(clients.merchant, 'propose', daysAgo(4), { amountFen: 10_000, terms: '退一半' });
    const own = await clients.merchant.post(`/v1/negotiations/${negotiationId}/agree`, { offer: 1 });
    expect(own).toMatchObject({ status: 403, body: { code: 'PROPOSER_CANNOT_ACCEPT', field: 'offer' } });
    await negotiate(clients.hotline, 'counter', daysAgo(3), { amountFen: 19_900 });
    await negotiate(clients.merchant, 'agree', daysAgo(3), { offer: 2 });
    claimed = await negotiate(clients.merchant, 'claim', daysAgo(2));
    const alone = await clients.merchant.post(`/v1/negotiations/${negotiationId}/confirm`, {});
    expect(alone).toMatchObject({ status: 403, body: { code: 'ONLY_CONSUMER_CONFIRMS' } });
  });

  it('counts a claim as nothing', async () => {
    const reached = `position=${claimed.position}`;
    expect(await figure('M-01', `subject=${UNIT}&${reached}`)).toMatchObject({
      denominator: 0,
      status: 'NOT_ASSESSABLE',
      rate: null,
    });
    expect(await rate('M-02', `region=${CITY}&${reached}`)).toBe('0/0');
    const dispute = await clients.officer.read(`/v1/disputes/${disputeId}?${reached}`);
    expect(dispute).toMatchObject({ stage: 'negotiation', outcome: null });
  });

  it('counts the confirmation', async () => {
    confirmed = await negotiate(clients.hotline, 'confirm', daysAgo(1), { recoveredFen: 19_900 });
    const reached = `position=${confirmed.position}`;
    expect(await figure('M-01', `subject=${UNIT}&${reached}`)).toMatchObject({
      numerator: 1,
      denominator: 1,
      rate: { text: '100.00%' },
      formula: 'M-01@1',
      variants: { broad: { numerator: 1, denominator: 1 } },
    });
    expect(await rate('M-02', `region=${DISTRICT}&${reached}`)).toBe('1/1');
    expect(await rate('M-02', `region=${OTHER_DISTRICT}&${reached}`)).toBe('0/0');
    const dispute = await clients.officer.read(`/v1/disputes/${disputeId}?${reached}`);
    expect(dispute).toMatchObject({ stage: 'concluded', outcome: 'settled' });
  });

  it('still knows what was known before', async () => {
    expect(await rate('M-01', `subject=${UNIT}&asOf=${claimed.position}`)).toBe('0/0');
    expect(await rate('M-01', `subject=${UNIT}&asOf=${confirmed.position}`)).toBe('1/1');
    expect(await rate('M-02', `region=${CITY}&asOf=${confirmed.position - 1}`)).toBe('0/0');
  });

  it('drills down to the dispute and its events', async () => {
    const objects = `/v1/metrics/M-01/objects?${YEAR}&subject=${UNIT}`;
    const { items, next } = await clients.auditor.read(`${objects}&counted=numerator`);
    expect(next).toBeNull();
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      id: disputeId,
      kind: 'dispute',
      attributedOn: daysAgo(1),
      outcome: { outcome: 'NEGOTIATION_SETTLED' },
    });
    const evidence = items[0].events.map(({ position, type }: { position: number; type: string }) => [position, type]);
    expect(evidence).toContainEqual([confirmed.position, 'SettlementConfirmed']);
    expect((await clients.auditor.read(`${objects}&counted=excluded`)).items).toEqual([]);
  });

  it('shows every event behind the dispute, in the order of the log', async () => {
    const events = await clients.auditor.all<{ type: string; position: number; correlationId: string }>(
      `/v1/disputes/${disputeId}/events`,
      3,
    );
    expect(events.map(({ type }) => type)).toEqual([
      'WorkOrderReceived',
      'WorkOrderClassified',
      'DisputeOpened',
      'WorkOrderLinkedToDispute',
      'NegotiationOpened',
      'NegotiationAcknowledged',
      'SettlementProposed',
      'SettlementCountered',
      'SettlementAgreed',
      'SettlementClaimed',
      'SettlementConfirmed',
    ]);
    const positions = events.map(({ position }) => position);
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
    expect(events.slice(2).every(({ correlationId }) => correlationId === disputeId)).toBe(true);
  });

  it('moves the disposal rate with dispatch, return and reply, each unit for itself', async () => {
    const step = (who: Client, action: string, day: string, body: object) =>
      who.give(`/v1/work-orders/${workOrderId}/${action}`, { ...body, occurredAt: at(day) });
    const unit = (handlingRegion: string) => ({ authority: 'Market supervision', handlingRegion });
    const rates = async ({ position }: Written) => ({
      city: await rate('M-05', `region=${CITY}&position=${position}`),
      first: await rate('M-05', `region=${DISTRICT}&position=${position}`),
      second: await rate('M-05', `region=${OTHER_DISTRICT}&position=${position}`),
    });

    const dispatched = await step(clients.hotline, 'dispatch', daysAgo(6), unit(DISTRICT));
    expect(await rates(dispatched)).toEqual({ city: '0/1', first: '0/1', second: '0/0' });
    const returned = await step(clients.officer, 'return', daysAgo(5), { reasonCode: 'not-competent' });
    expect((await rates(returned)).first).toBe('0/0');
    const again = await step(clients.hotline, 'dispatch', daysAgo(5), unit(OTHER_DISTRICT));
    expect(await rates(again)).toEqual({ city: '0/1', first: '0/0', second: '0/1' });
    const replied = await step(clients.officer, 'reply', daysAgo(3), { outcome: 'handled', text: '已退款' });
    expect(await rates(replied)).toEqual({ city: '1/1', first: '0/0', second: '1/1' });
    await step(clients.hotline, 'close', daysAgo(3), {});
    const { items } = await clients.auditor.read(`/v1/metrics/M-05/objects?${YEAR}&region=${CITY}&counted=numerator`);
    expect(items).toMatchObject([{ id: workOrderId, kind: 'workOrder', region: OTHER_DISTRICT }]);
  });
});
