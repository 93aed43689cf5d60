import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from './client.ts';
import { at, DISTRICT, ticket, UNIT } from './scene.ts';
import { ServiceProcess } from './service-process.ts';

describe('the same command again', () => {
  let service: ServiceProcess;
  let admin: Client;

  beforeAll(async () => {
    service = await ServiceProcess.start();
    admin = await service.client();
  });
  afterAll(() => service.kill());

  const dispute = { respondentRegion: DISTRICT, occurredAt: at('2024-03-04'), complainantName: '王五六' };
  const under = (key: string) => ({ 'idempotency-key': key });

  it('answers the same under the same key and appends nothing', async () => {
    const first = await admin.post('/v1/disputes', dispute, under('once'));
    const head = await admin.head();
    const again = await admin.post('/v1/disputes', dispute, under('once'));
    expect([first.status, first.body]).toEqual([201, again.body]);
    expect(again.status).toBeLessThan(300);
    expect(await admin.head()).toBe(head);
  });

  it('appends once when twenty arrive at the same time', async () => {
    const head = await admin.head();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => admin.post('/v1/disputes', dispute, under('twenty'))),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.every(({ status }) => status === 201 || status === 200)).toBe(true);
    expect(await admin.head()).toBe(head + 1);
    const { id, position } = answers[0]!.body;
    const events = await admin.all(`/v1/disputes/${id}/events?position=${position}`);
    expect(events).toHaveLength(1);
  });

  it('keeps the person of the one that was appended, whoever came at the same moment', async () => {
    for (let round = 0; round < 15; round++) {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => admin.give('/v1/disputes', dispute, under(`person-${round}`))),
      );
      const { id, position } = answers[0]!;
      const shown = await admin.read(`/v1/disputes/${id}?position=${position}`);
      expect({ round, ...shown.complainant }).toMatchObject({ round, name: dispute.complainantName });
    }
  });

  it('keeps the words of every writer that had to decide anew', async () => {
    const disputeId = (await admin.give('/v1/disputes', dispute)).id;
    // Of today: time must not run out while they write.
    const opening = { disputeId, respondentUscc: UNIT, venue: 'merchant' };
    const { id } = await admin.give('/v1/negotiations', opening);
    const occurredAt = new Date().toISOString();
    let taken = 0;
    let position = 0;
    while (taken < 40) {
      const answers = await Promise.all(
        ['甲', '乙', '丙', '丁'].map((terms) =>
          admin.post(`/v1/negotiations/${id}/propose`, { terms: `条件${terms}`, occurredAt }),
        ),
      );
      taken += answers.filter(({ status }) => status === 200).length;
      position = Math.max(position, ...answers.map(({ body }) => (body.position as number | undefined) ?? 0));
    }
    const { offers } = await admin.read(`/v1/negotiations/${id}?position=${position}`);
    expect(offers).toHaveLength(taken);
    for (const { terms } of offers) expect(terms.text.terms).toMatch(/^条件/);
  });

  it('may be given right under the key under which it was refused', async () => {
    const refused = await admin.post('/v1/disputes', { ...dispute, amountFen: -1 }, under('mended'));
    expect(refused).toMatchObject({ status: 422, body: { field: 'amountFen' } });
    expect((await admin.post('/v1/disputes', dispute, under('mended'))).status).toBe(201);
  });

  it('keeps one payload when two under one key race', async () => {
    const head = await admin.head();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => admin.post('/v1/disputes', { ...dispute, amountFen: n % 2 }, under('race'))),
    );
    const statuses = answers.map(({ status }) => (status < 300 ? 'taken' : status));
    expect(statuses.filter((status) => status === 'taken')).toHaveLength(10);
    expect(statuses.filter((status) => status === 409)).toHaveLength(10);
    for (const { status, body } of answers) if (status === 409) expect(body.code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await admin.head()).toBe(head + 1);
  });

  it('stands for a command that changed nothing too, through a crash', async () => {
    const { id } = await admin.give('/v1/work-orders', ticket('NOTHING'));
    const classify = (classification: string, key?: string) =>
      admin.post(`/v1/work-orders/${id}/classify`, { classification }, key === undefined ? {} : under(key));
    await classify('complaint');
    const first = await classify('complaint', 'nothing');
    expect(first).toMatchObject({ status: 200, body: { unchanged: true, version: 2 } });
    const reused = { status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } };
    expect(await classify('other', 'nothing')).toMatchObject(reused);
    // What it said would be a change by now.
    const { position } = (await classify('other')).body;
    const repeated = await Promise.all(Array.from({ length: 5 }, () => classify('complaint', 'nothing')));
    for (const { status, text } of repeated) expect({ status, text }).toEqual({ status: 200, text: first.text });
    await service.kill();
    service = await ServiceProcess.start({ folder: service.folder });
    admin = await service.client();
    expect((await classify('complaint', 'nothing')).text).toBe(first.text);
    expect(await classify('other', 'nothing')).toMatchObject(reused);
    // Of the ticket: somebody may be reminded of it meanwhile.
    const events = await admin.all<{ position: number }>(`/v1/work-orders/${id}/events?position=${position}`);
    expect(events.at(-1)!.position).toBe(position);
    const shown = await admin.read(`/v1/work-orders/${id}?position=${position}`);
    expect(shown.classification).toBe('other');
  });

  it('repeats what an import was flagged with', async () => {
    const row = ticket('FLAGGED', { importBatch: 'b1', closedAt: at('2024-03-03') });
    const first = await admin.post('/v1/work-orders', row, under('flagged'));
    expect(first).toMatchObject({ status: 201, body: { flags: [expect.any(String)] } });
    const again = await admin.post('/v1/work-orders', row, under('flagged'));
    expect(again.body).toEqual(first.body);
    const unchanged = await admin.post('/v1/work-orders', row, under('flagged-again'));
    expect(unchanged.body).toMatchObject({ unchanged: true, flags: first.body.flags });
    expect((await admin.post('/v1/work-orders', row, under('flagged-again'))).text).toBe(unchanged.text);
  });

  it('knows a key for the access key that used it only', async () => {
    const other = await admin.keyFor('officer');
    const mine = await admin.post('/v1/disputes', dispute, under('mine'));
    const theirs = await other.post('/v1/disputes', { ...dispute, amountFen: 5 }, under('mine'));
    expect(theirs.status).toBe(201);
    expect(theirs.body.id).not.toBe(mine.body.id);
  });

  it('registers a ticket once however often it is pushed', async () => {
    const head = await admin.head();
    const pushed = ticket('PUSHED', { complainantName: '张三', content: '退款' });
    const answers = await Promise.all(Array.from({ length: 20 }, () => admin.post('/v1/work-orders', pushed)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status, body }) => status === 200 && body.unchanged === true)).toHaveLength(19);
    expect(new Set(answers.map(({ body }) => `${body.id} ${body.version} ${body.position}`)).size).toBe(1);
    expect(await admin.head()).toBe(head + 1);
  });

  it('shows a secret once, and not to whoever sends the command again', async () => {
    const issue = { role: 'auditor' };
    const first = await admin.post('/v1/access-keys', issue, under('key'));
    const again = await admin.post('/v1/access-keys', issue, under('key'));
    expect(first.body.secret).toMatch(/^fx_/);
    expect(again.body).toEqual({ id: first.body.id, version: first.body.version, position: first.body.position });
  });

  it('lets exactly one of twenty writers with the same If-Match through', async () => {
    const { id, version } = await admin.give('/v1/work-orders', ticket('MATCH'));
    const answers = await Promise.all(
      ['complaint', 'report', 'mixed', 'consultation', 'other'].flatMap((classification) =>
        Array.from({ length: 4 }, () =>
          admin.post(`/v1/work-orders/${id}/classify`, { classification }, { 'if-match': `"${version}"` }),
        ),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status, body }) => status === 412 && body.code === 'STALE_VERSION')).toHaveLength(19);
  });
});
