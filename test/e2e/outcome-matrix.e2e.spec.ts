import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from './client.ts';
import {
  acceptedComplaint,
  agreedNegotiation,
  at,
  conclude,
  openDispute,
  receiveComplaint,
  registerMember,
  ticket,
  UNIT,
} from './scene.ts';
import { ServiceProcess } from './service-process.ts';

const WINDOW = 'from=2024-01-01&to=2025-01-01';

interface Row {
  readonly outcome: string;
  /** Numerator and denominator of M-01, of its broad variant, and of M-02. */
  readonly settled: string;
  readonly broad: string;
  readonly negotiated: string;
  readonly excluded?: string;
  live(client: Client, disputeId: string): Promise<unknown>;
}

const failed = async (client: Client, disputeId: string) => {
  const opening = { disputeId, respondentUscc: UNIT, venue: 'odr', occurredAt: at('2024-03-05') };
  const { id } = await client.give('/v1/negotiations', opening);
  const failure = { reason: 'no-agreement', onBehalfOf: 'operator', occurredAt: at('2024-03-19') };
  return client.give(`/v1/negotiations/${id}/fail`, failure);
};
const concluded = async (client: Client, disputeId: string, result: object, day?: string) => {
  const complaint = await acceptedComplaint(client, disputeId);
  return conclude(client, complaint, result, day);
};
const terminated = (ground: string, more: object = {}) => ({ result: 'terminated', ground, ...more });

/** The default matrix of metrics 3.2, as far as its outcomes exist. */
const MATRIX: readonly Row[] = [
  {
    outcome: 'ODR settled',
    settled: '1/1',
    broad: '1/1',
    negotiated: '1/1',
    live: async (client, dispute) => {
      const id = await agreedNegotiation(client, dispute);
      return client.give(`/v1/negotiations/${id}/confirm`, { occurredAt: at('2024-03-10') });
    },
  },
  {
    outcome: 'ODR failed, then mediated',
    settled: '0/1',
    broad: '1/1',
    negotiated: '0/1',
    live: async (client, dispute) => {
      await failed(client, dispute);
      return concluded(client, dispute, { result: 'mediated' });
    },
  },
  {
    outcome: 'ODR unanswered at ten working days, consumer gives up',
    settled: '0/1',
    broad: '0/1',
    negotiated: '0/1',
    live: (client, disputeId) => {
      const opening = { disputeId, respondentUscc: UNIT, venue: 'odr', occurredAt: at('2024-03-05') };
      return client.give('/v1/negotiations', opening);
    },
  },
  {
    outcome: 'ODR escalated before a result, then mediated',
    settled: '0/1',
    broad: '1/1',
    negotiated: '0/1',
    live: async (client, disputeId) => {
      const opening = { disputeId, respondentUscc: UNIT, venue: 'odr', occurredAt: at('2024-03-05') };
      const { id } = await client.give('/v1/negotiations', opening);
      await client.give(`/v1/negotiations/${id}/escalate`, { occurredAt: at('2024-03-12') });
      return concluded(client, disputeId, { result: 'mediated' });
    },
  },
  {
    outcome: 'settled by the parties after acceptance',
    settled: '1/1',
    broad: '1/1',
    negotiated: '0/0',
    live: (client, dispute) => concluded(client, dispute, terminated('23(1)(1)', { evidence: ['refund-1'] })),
  },
  {
    outcome: 'withdrawn',
    settled: '0/0',
    broad: '0/0',
    negotiated: '0/0',
    excluded: 'X-WD',
    live: (client, dispute) => concluded(client, dispute, { result: 'withdrawn' }),
  },
  {
    outcome: 'mediation refused',
    settled: '0/1',
    broad: '0/1',
    negotiated: '0/0',
    live: (client, dispute) => concluded(client, dispute, terminated('23(1)(2)')),
  },
  {
    outcome: 'no agreement within the limit of mediation',
    settled: '0/1',
    broad: '0/1',
    negotiated: '0/0',
    live: (client, dispute) => concluded(client, dispute, terminated('23(1)(5)'), '2024-05-24'),
  },
  {
    outcome: 'not accepted',
    settled: '0/0',
    broad: '0/0',
    negotiated: '0/0',
    excluded: 'X-NA',
    live: async (client, dispute) => {
      const id = await receiveComplaint(client, dispute);
      const decision = { ground: '16(1)', reason: '不属于职责', remedies: ['court'], occurredAt: at('2024-03-21') };
      await client.give(`/v1/complaints/${id}/decline`, decision);
      const notice = { channel: 'sms', occurredAt: at('2024-03-22') };
      return client.give(`/v1/complaints/${id}/notify-acceptance-decision`, notice);
    },
  },
  {
    outcome: 'found malicious after acceptance',
    settled: '0/0',
    broad: '0/0',
    negotiated: '0/0',
    excluded: 'X-MAL',
    live: (client, dispute) => concluded(client, dispute, terminated('23(1)(6)', { disqualification: '42' })),
  },
  {
    outcome: 'found not to be a consumer after acceptance',
    settled: '0/0',
    broad: '0/0',
    negotiated: '0/0',
    excluded: 'X-MAL',
    live: (client, dispute) => concluded(client, dispute, terminated('23(1)(6)', { disqualification: '16(3)' })),
  },
  {
    outcome: 'a party ceased to exist',
    settled: '0/0',
    broad: '0/0',
    negotiated: '0/0',
    excluded: 'X-SUBJ',
    live: (client, dispute) => concluded(client, dispute, terminated('23(1)(7)')),
  },
  {
    outcome: 'still in mediation',
    settled: '0/0',
    broad: '0/0',
    negotiated: '0/0',
    live: (client, dispute) => acceptedComplaint(client, dispute),
  },
];

/** A negotiation that nobody ends is ended by the service, once its time is over. */
async function nothingIsOpen(client: Client): Promise<void> {
  const open = async () => (await client.all(`/v1/negotiations?status=opened`)).length;
  while ((await open()) > 0) await delay(100);
}

describe('every outcome of a dispute', () => {
  let service: ServiceProcess;
  let admin: Client;
  let head: number;
  const disputes = new Map<string, string>();

  beforeAll(async () => {
    service = await ServiceProcess.start();
    admin = await service.client();
    await registerMember(admin);
    for (const row of MATRIX) {
      const id = await openDispute(admin, { sector: row.outcome });
      disputes.set(row.outcome, id);
      await row.live(admin, id);
    }
    await nothingIsOpen(admin);
    head = await admin.head();
  });
  afterAll(() => service.kill());

  type Figure = {
    group: { key: string };
    numerator: number;
    denominator: number;
    excluded: Record<string, number>;
    variants: Record<string, { numerator: number; denominator: number }>;
  };
  const bySector = async (metric: string): Promise<Map<string, Figure>> => {
    const { items } = await admin.read(`/v1/metrics/${metric}?${WINDOW}&groupBy=sector&position=${head}`);
    return new Map((items as Figure[]).map((figure) => [figure.group.key, figure]));
  };
  const ratio = (of: { numerator: number; denominator: number } | undefined) =>
    of === undefined ? '0/0' : `${of.numerator}/${of.denominator}`;

  it('counts as the matrix says', async () => {
    const [settled, negotiated] = [await bySector('M-01'), await bySector('M-02')];
    const found = MATRIX.map(({ outcome }) => ({
      outcome,
      settled: ratio(settled.get(outcome)),
      broad: ratio(settled.get(outcome)?.variants['broad']),
      negotiated: ratio(negotiated.get(outcome)),
      excluded: settled.get(outcome)?.excluded ?? {},
    }));
    expect(found).toEqual(
      MATRIX.map(({ outcome, settled, broad, negotiated, excluded }) => ({
        outcome,
        settled,
        broad,
        negotiated,
        excluded: excluded === undefined ? {} : { [excluded]: 1 },
      })),
    );
  });

  it('adds up to the unit', async () => {
    const figure = await admin.read(`/v1/metrics/M-01?${WINDOW}&subject=${UNIT}&position=${head}`);
    expect(figure).toMatchObject({
      numerator: 2,
      denominator: 7,
      excluded: { 'X-NA': 1, 'X-MAL': 2, 'X-SUBJ': 1, 'X-WD': 1 },
      excludedTotal: 5,
      variants: { broad: { numerator: 4, denominator: 7 } },
      rate: { text: '28.57%' },
    });
    const withdrawn = await admin.read(`/v1/metrics/M-01?${WINDOW}&subject=${UNIT}&variant=withdrawnCounted`);
    expect(ratio(withdrawn)).toBe('2/8');
    expect(ratio(await admin.read(`/v1/metrics/M-02?${WINDOW}`))).toBe('1/4');
  });

  it('lists every excluded object with its reason', async () => {
    const objects = await admin.all<{ id: string; reason: string }>(
      `/v1/metrics/M-01/objects?${WINDOW}&counted=excluded`,
      2,
    );
    const expected = MATRIX.filter(({ excluded }) => excluded !== undefined);
    expect(new Map(objects.map(({ id, reason }) => [id, reason]))).toEqual(
      new Map(expected.map(({ outcome, excluded }) => [disputes.get(outcome), excluded])),
    );
  });

  it('counts two tickets of one dispute once as a dispute and twice as tickets (T-13)', async () => {
    const dispute = await openDispute(admin, { sector: 'two tickets' });
    const day = (time: string) => at('2024-03-04', time);
    const dueAt = at('2024-03-11');
    for (const channel of ['12345', '12315']) {
      const { id } = await admin.give('/v1/work-orders', ticket('TWICE', { channel, dueAt }));
      const step = (action: string, time: string, body: object) =>
        admin.give(`/v1/work-orders/${id}/${action}`, { ...body, occurredAt: day(time) });
      await step('classify', '10:10:00', { classification: 'complaint' });
      await step('link-to-dispute', '10:20:00', { disputeId: dispute });
      await step('dispatch', '10:30:00', { authority: 'Market supervision', handlingRegion: '330602' });
      await step('reply', '10:40:00', { outcome: 'answered' });
    }
    const { position } = await concluded(admin, dispute, { result: 'mediated' });
    const { items } = await admin.read(`/v1/metrics/M-01?${WINDOW}&groupBy=sector&position=${position}`);
    const counted = (items as Figure[]).find(({ group }) => group.key === 'two tickets');
    expect(ratio(counted)).toBe('0/1');
    expect(ratio(await admin.read(`/v1/metrics/M-05?${WINDOW}&position=${position}`))).toBe('2/2');
  });

  it('lets a complaint after a settlement take its place (T-31)', async () => {
    const dispute = disputes.get('ODR settled')!;
    const before = await admin.head();
    const complaint = await acceptedComplaint(admin, dispute);
    const unit = `${WINDOW}&subject=${UNIT}`;
    const open = await admin.head();
    const while_ = await admin.read(`/v1/metrics/M-01?${unit}&position=${open}`);
    expect(ratio(while_)).toBe('1/7');
    const { position } = await conclude(admin, complaint, { result: 'mediated' });
    expect(ratio(await admin.read(`/v1/metrics/M-01?${unit}&position=${position}`))).toBe('1/8');
    expect(ratio(await admin.read(`/v1/metrics/M-01?${unit}&asOf=${before}`))).toBe('2/8');
  });

  describe('told anew', () => {
    it('gives every projection as it stands', async () => {
      const { items } = await admin.read('/v1/projections');
      const names = (items as { name: string }[]).map(({ name }) => name);
      expect(names).toContain('metrics');
      for (const name of names) {
        const report = await admin.give(`/v1/projections/${name}/rebuild`);
        expect({ name, report }).toMatchObject({ name, report: { projection: name, comparison: { differences: 0 } } });
      }
      expect(await admin.read('/v1/projections/metrics/parked')).toEqual({ items: [], next: null });
      const after = (await admin.read('/v1/projections')).items as { lag: number; parked: number; state: string }[];
      for (const status of after) expect(status).toMatchObject({ lag: 0, parked: 0, state: 'live' });
    });

    it('gives them while others write, and loses nothing of what they wrote', async () => {
      const written: string[] = [];
      let rebuilding = true;
      const write = async (writer: number) => {
        for (let n = 0; rebuilding; n++) {
          const { id } = await admin.give('/v1/work-orders', ticket(`REBUILD-${writer}-${n}`));
          await admin.give(`/v1/work-orders/${id}/classify`, {
            classification: 'report',
            occurredAt: at('2024-03-05'),
          });
          written.push(id);
        }
      };
      const writers = [1, 2, 3].map(write);
      for (const name of ['work-orders', 'disputes', 'work-orders', 'access-keys', 'work-orders']) {
        const { comparison } = (await admin.give(`/v1/projections/${name}/rebuild`)) as unknown as {
          comparison: { differences: number };
        };
        expect({ name, differences: comparison.differences }).toEqual({ name, differences: 0 });
      }
      rebuilding = false;
      await Promise.all(writers);
      const position = await admin.head();
      const items = await admin.all<{ id: string }>(`/v1/work-orders?classification=report&position=${position}`);
      expect(items.map(({ id }) => id).toSorted()).toEqual(written.toSorted());
    });

    it('gives the same figures byte for byte without the snapshot of the metrics', async () => {
      const questions = ['M-01', 'M-02', 'M-05'].flatMap((metric) => [
        `/v1/metrics/${metric}?${WINDOW}`,
        `/v1/metrics/${metric}?${WINDOW}&groupBy=sector`,
        `/v1/metrics/${metric}?${WINDOW}&groupBy=month`,
        `/v1/metrics/${metric}?${WINDOW}&asOf=${head}`,
        `/v1/metrics/${metric}/objects?${WINDOW}&limit=200`,
      ]);
      const ask = async (client: Client) => {
        const position = await client.head();
        const answers: string[] = [];
        for (const question of questions) {
          const { text } = await client.get(`${question}&position=${position}`);
          // The only thing that may move is the moment of the question, and the head with it: reminders are given meanwhile.
          answers.push(text.replaceAll(/"asOf":\{[^}]*\}(,"position":\d+)?/g, '"asOf":"then"'));
        }
        return answers;
      };
      const before = await ask(admin);
      expect(await service.stop()).toEqual({ code: 0, signal: null });
      const snapshots = readdirSync(service.folder).filter((name) => /metrics/.test(name));
      expect(snapshots).not.toEqual([]);
      for (const name of snapshots) rmSync(join(service.folder, name), { recursive: true });
      service = await ServiceProcess.start({ folder: service.folder });
      admin = await service.client();
      expect(await ask(admin)).toEqual(before);
    });
  });
});
