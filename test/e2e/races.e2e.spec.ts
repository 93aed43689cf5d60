import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from './client.ts';
import { CITY, DISTRICT, ELSEWHERE, openDispute, ticket } from './scene.ts';
import { ServiceProcess } from './service-process.ts';

let service: ServiceProcess;
let admin: Client;
beforeAll(async () => {
  service = await ServiceProcess.start();
  admin = await service.client();
});
afterAll(() => service.kill());

describe('what one command decides by another object that is just changing', () => {
  /** Into which dispute each was merged, once all commands were answered. */
  async function merged(pairs: readonly (readonly [string, string])[]): Promise<(string | null)[]> {
    const answers = await Promise.all(
      pairs.map(([one, primary]) => admin.post(`/v1/disputes/${one}/merge-into`, { primary, reason: 'one quarrel' })),
    );
    for (const { status, body } of answers) {
      if (status !== 200)
        expect([status, body.code]).toEqual([409, expect.stringMatching(/^(PRIMARY|DISPUTE)_MERGED$/)]);
    }
    const head = await admin.head();
    const documents = await Promise.all(pairs.map(([id]) => admin.read(`/v1/disputes/${id}?position=${head}`)));
    return documents.map(({ mergedInto }) => mergedInto as string | null);
  }

  it('leaves one of two disputes that are merged into each other at once to be counted', async () => {
    for (let turn = 0; turn < 25; turn++) {
      const [a, b] = [await openDispute(admin), await openDispute(admin)];
      const into = await merged([
        [a, b],
        [b, a],
      ]);
      expect(into.filter((primary) => primary === null)).toHaveLength(1);
    }
  });

  it('closes no ring of disputes', async () => {
    for (let turn = 0; turn < 10; turn++) {
      const [a, b, c] = [await openDispute(admin), await openDispute(admin), await openDispute(admin)];
      const into = await merged([
        [a, b],
        [b, c],
        [c, a],
      ]);
      expect(into).toContain(null);
    }
  });
});

it('one decision of the head to file is one case, however often and by however many it is taken up', async () => {
  const report = {
    authority: 'Market supervision',
    handlingRegion: DISTRICT,
    respondentName: '某某商店',
    content: '虚假宣传',
  };
  const { id: reportId } = await admin.give('/v1/reports', report);
  await admin.give(`/v1/reports/${reportId}/start-verification`);
  await admin.give(`/v1/reports/${reportId}/complete-verification`);
  const conditions = ['evidence-of-violation', 'penalty-due', 'competent', 'within-time-bar'];
  await admin.give(`/v1/reports/${reportId}/file-case`, { conditions });
  const matter = {
    origin: 'report',
    reportId,
    authority: 'Market supervision',
    handlingRegion: DISTRICT,
    content: '虚假宣传',
  };
  const answers = await Promise.all(Array.from({ length: 6 }, () => admin.post('/v1/cases', matter)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409, 409]);
  expect(answers.find(({ status }) => status === 409)!.body.code).toBe('CASE_EXISTS');
  const head = await admin.head();
  expect(await admin.all(`/v1/cases?position=${head}`)).toHaveLength(1);
});

it('a ticket of which no region is told lies with the hotline that took it in, and with no other', async () => {
  const [ours, others] = await Promise.all([CITY, ELSEWHERE].map((region) => admin.keyFor('hotline', { region })));
  const { id, position } = await ours!.give('/v1/work-orders', ticket('UNKNOWN-1', { handlingRegion: undefined }));
  expect((await ours!.read(`/v1/work-orders/${id}?position=${position}`)).intakeRegion).toBe(CITY);
  expect((await others!.get(`/v1/work-orders/${id}`)).body.code).toBe('OUT_OF_REGION');
  expect(await others!.all('/v1/work-orders')).toEqual([]);
  const refused = await others!.post(`/v1/work-orders/${id}/classify`, { classification: 'complaint' });
  expect(refused.body.code).toBe('OUT_OF_REGION');
  await ours!.give(`/v1/work-orders/${id}/classify`, { classification: 'complaint' });
});
