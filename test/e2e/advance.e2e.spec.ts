import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from './client.ts';
import { daysAgo, DISTRICT, openDispute, UNIT, UNITS } from './scene.ts';
import { ServiceProcess } from './service-process.ts';

const [, MALL, STRANGER] = UNITS;

describe('advance compensation (先行赔付) by the keys of its operator', () => {
  let service: ServiceProcess;
  let admin: Client;
  let mall: Client;
  let stranger: Client;
  let shop: Client;
  let scheme: string;
  let negotiation: string;
  let uncovered: string;

  beforeAll(async () => {
    service = await ServiceProcess.start();
    admin = await service.client();
    for (const uscc of [UNIT, MALL, STRANGER]) {
      await admin.give('/v1/subjects', { uscc, name: 'A unit', region: DISTRICT, occurredAt: daysAgo(20) });
    }
    const opening = {
      name: 'Mall fund',
      operatorUscc: MALL,
      capPerCaseFen: 10_000,
      validFrom: daysAgo(20).slice(0, 10),
    };
    scheme = (await admin.give('/v1/advance-schemes', { ...opening, occurredAt: daysAgo(20) })).id;
    [mall, stranger, shop] = (await Promise.all(
      [MALL, STRANGER, UNIT].map((subject) => admin.keyFor('merchant', { subject })),
    )) as [Client, Client, Client];
    await mall.give(`/v1/advance-schemes/${scheme}/admit-member`, { uscc: UNIT });
    const open = async (respondentUscc: string) => {
      const disputeId = await openDispute(admin, { respondentUscc, occurredAt: daysAgo(5) });
      return (await admin.give('/v1/negotiations', { disputeId, respondentUscc, venue: 'merchant' })).id;
    };
    negotiation = await open(UNIT);
    uncovered = await open(STRANGER);
  }, 30_000);
  afterAll(() => service.kill());

  const coded = async (by: Client, id: string, action: string, amountFen: number) => {
    const { status, body } = await by.post(`/v1/negotiations/${id}/${action}`, { scheme, amountFen });
    return [status, body.code];
  };

  it('is paid for a member, and recovered, by the operator and by nobody else', async () => {
    expect(await coded(stranger, negotiation, 'pay-in-advance', 6_000)).toEqual([403, 'OUT_OF_SUBJECT']);
    expect(await coded(shop, negotiation, 'pay-in-advance', 6_000)).toEqual([403, 'NOT_SCHEME_OPERATOR']);
    expect(await coded(mall, negotiation, 'record-recourse', 1)).toEqual([403, 'OUT_OF_SUBJECT']);
    expect(await coded(mall, negotiation, 'pay-in-advance', 6_000)).toEqual([200, undefined]);
    expect(await coded(mall, negotiation, 'pay-in-advance', 4_001)).toEqual([409, 'OVER_CASE_CAP']);
    expect(await coded(shop, negotiation, 'record-recourse', 1)).toEqual([403, 'NOT_SCHEME_OPERATOR']);
    expect(await coded(mall, negotiation, 'record-recourse', 6_000)).toEqual([200, undefined]);
  });

  it('opens nothing else to the operator', async () => {
    expect(await coded(mall, uncovered, 'pay-in-advance', 1)).toEqual([409, 'NOT_COVERED_BY_SCHEME']);
    expect((await mall.post(`/v1/negotiations/${negotiation}/acknowledge`)).body.code).toBe('OUT_OF_SUBJECT');
    const head = await admin.head();
    expect((await mall.get(`/v1/negotiations/${negotiation}?position=${head}`)).body.code).toBe('OUT_OF_SUBJECT');
  });
});
