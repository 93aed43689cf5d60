import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import type { Client } from './client.ts';
import { CITY, DISTRICT, ELSEWHERE, openDispute, UNIT, UNITS } from './scene.ts';
import { ServiceProcess } from './service-process.ts';

let service: ServiceProcess;
let admin: Client;
let disputeId: string;
beforeAll(async () => {
  service = await ServiceProcess.start({ environment: { FANGXIN_EVIDENCE_LIMIT: '100000' } });
  admin = await service.client();
  disputeId = await openDispute(admin);
});
afterAll(() => service.kill());

const pdf = (bytes: number): Buffer => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(bytes)]);

async function upload(client: Client, content: Buffer, query: Record<string, string> = {}, type = 'application/pdf') {
  const parameters = new URLSearchParams({ disputeId, kind: 'payment', ...query });
  const response = await fetch(`${client.url}/v1/evidence?${parameters.toString()}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${client.key}`, ...(type === '' ? {} : { 'content-type': type }) },
    body: new Uint8Array(content),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> & { id: string } };
}

async function contentOf(client: Client, id: string) {
  const response = await fetch(`${client.url}/v1/evidence/${id}/content`, {
    headers: { authorization: `Bearer ${client.key}` },
  });
  return { status: response.status, headers: response.headers, content: Buffer.from(await response.arrayBuffer()) };
}

it('is uploaded, found by its hash, and read by whom it is for', async () => {
  const content = pdf(5000);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const first = await upload(admin, content, { fileName: '张三的收据.pdf' });
  expect(first).toMatchObject({ status: 201, body: { sha256, bytes: content.length, version: 1 } });
  expect(await upload(admin, content)).toMatchObject({ status: 200, body: { id: first.body.id, unchanged: true } });
  const { id } = first.body;
  const read = await contentOf(admin, id);
  expect(read.status).toBe(200);
  expect(read.content).toEqual(content);
  expect(read.headers.get('content-disposition')).toMatch(/^attachment/);
  const shown = await admin.read(`/v1/evidence/${id}?position=${first.body['position'] as number}`);
  expect(shown).toMatchObject({ id, disputeId, kind: 'payment', sha256, status: 'kept', respondentRegion: DISTRICT });
  expect(JSON.stringify(shown)).not.toMatch(/张三|contentKey/);

  const merchant = await admin.keyFor('merchant', { subject: UNIT });
  const other = await admin.keyFor('merchant', { subject: UNITS[1] });
  const officer = await admin.keyFor('officer', { region: CITY });
  const elsewhere = await admin.keyFor('officer', { region: ELSEWHERE });
  expect((await contentOf(merchant, id)).status).toBe(200);
  expect((await contentOf(officer, id)).status).toBe(200);
  expect((await contentOf(other, id)).status).toBe(403);
  expect((await contentOf(elsewhere, id)).status).toBe(403);
  expect((await contentOf(await admin.keyFor('public'), id)).status).toBe(403);
  const secret = (await upload(officer, pdf(100), { audience: 'authority' })).body.id;
  expect((await contentOf(officer, secret)).status).toBe(200);
  // Not that it is forbidden, but that it is not there: otherwise a file of one's own tells whether somebody handed it in.
  expect((await contentOf(merchant, secret)).status).toBe(404);
  expect((await merchant.get(`/v1/evidence/${secret}?position=${await admin.head()}`)).status).toBe(404);
  const auditor = await admin.keyFor('auditor');
  expect((await auditor.get(`/v1/evidence/${id}?position=${await admin.head()}`)).body).toMatchObject({ sha256 });
  expect((await contentOf(auditor, id)).status).toBe(403);
  const head = await admin.head();
  const listed = await merchant.all<{ id: string }>(`/v1/evidence?disputeId=${disputeId}&position=${head}`);
  expect(listed.map((item) => item.id)).toEqual([id]);
});

it('of a report belongs to no dispute, and is read by those who handle the report', async () => {
  const officer = await admin.keyFor('officer', { region: CITY });
  const report = {
    authority: '越城区市场监管局',
    handlingRegion: DISTRICT,
    respondentName: '某某商店',
    content: '过期食品',
  };
  const { id: reportId } = await officer.give('/v1/reports', { ...report, respondentUscc: UNIT });
  const query = new URLSearchParams({ reportId, kind: 'photo' });
  const content = pdf(80);
  const response = await fetch(`${officer.url}/v1/evidence?${query.toString()}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${officer.key}`, 'content-type': 'application/pdf' },
    body: new Uint8Array(content),
  });
  expect(response.status).toBe(201);
  const { id } = (await response.json()) as { id: string };
  const position = await admin.head();
  const listed = await officer.all<{ id: string }>(`/v1/evidence?reportId=${reportId}&position=${position}`);
  expect(listed).toMatchObject([{ id, disputeId: null, audience: 'report-handlers', respondentUscc: null }]);
  expect((await contentOf(officer, id)).content).toEqual(content);
  for (const role of ['hotline', 'mediator', 'court'] as const) {
    expect((await contentOf(await admin.keyFor(role), id)).status).toBe(404);
  }
  expect((await contentOf(await admin.keyFor('merchant', { subject: UNIT }), id)).status).toBe(404);
  expect((await contentOf(await admin.keyFor('officer', { region: ELSEWHERE }), id)).status).toBe(403);
});

it('of the authorities tells no merchant that it exists, also not by the same file or in the timeline', async () => {
  const merchant = await admin.keyFor('merchant', { subject: UNIT });
  const mediator = await admin.keyFor('mediator', { region: CITY });
  const hotline = await admin.keyFor('hotline');
  const head = await admin.keyFor('head', { region: CITY });
  const content = pdf(400);
  const handedIn = await upload(hotline, content, { audience: 'report-handlers', kind: 'document' });
  expect(handedIn.status).toBe(201);
  const identity = await upload(hotline, pdf(50), { kind: 'identity' });
  for (const audience of ['parties', 'authority']) {
    const own = await upload(merchant, content, { audience, kind: 'document' });
    expect(own).toMatchObject({ status: 201, body: { version: 1 } });
    expect(own.body.id).not.toBe(handedIn.body.id);
  }
  const asReport = await upload(merchant, content, { audience: 'report-handlers', kind: 'document' });
  expect(asReport).toMatchObject({ status: 403, body: { code: 'AUDIENCE_NOT_YOURS' } });
  const open = await upload(hotline, pdf(60), { kind: 'identity', audience: 'parties' });
  expect(open).toMatchObject({ status: 422, body: { code: 'IDENTITY_NOT_FOR_PARTIES' } });

  const told = async (client: Client) =>
    JSON.stringify(await client.all(`/v1/disputes/${disputeId}/timeline?position=${await admin.head()}`)) +
    JSON.stringify(await client.all(`/v1/evidence?position=${await admin.head()}`));
  const [toMerchant, toMediator, toHotline, toHead] = await Promise.all([merchant, mediator, hotline, head].map(told));
  for (const { body } of [handedIn, identity]) {
    expect(toMerchant).not.toContain(body.id);
    expect(toHead).toContain(body.id);
  }
  expect(toMediator).not.toContain(handedIn.body.id);
  expect(toHotline).not.toContain(handedIn.body.id);
  expect(toMediator).toContain(identity.body.id);
  expect((await contentOf(mediator, handedIn.body.id)).status).toBe(404);
  expect((await contentOf(head, handedIn.body.id)).content).toEqual(content);
  expect((await (await admin.keyFor('public')).get(`/v1/disputes/${disputeId}/timeline`)).status).toBe(403);
});

it('what is no evidence is refused, and nothing of it stays', async () => {
  const cases: [Promise<{ status: number; body: Record<string, unknown> }>, number, string][] = [
    [upload(admin, pdf(100_001)), 413, 'EVIDENCE_TOO_LARGE'],
    [upload(admin, Buffer.from('<script>'), {}, 'application/pdf'), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [upload(admin, Buffer.from('text'), {}, 'text/html'), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [upload(admin, Buffer.from('{}'), {}, 'application/json'), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [upload(admin, Buffer.alloc(0), {}, ''), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [upload(admin, pdf(10), { kind: 'gift' }), 422, 'INVALID_FIELD'],
    [upload(admin, pdf(10), { disputeId: '01JN0000000000000000000000' }), 422, 'UNKNOWN_DISPUTE'],
    [upload(admin, pdf(10), { sha256: '0'.repeat(64) }), 400, 'UNKNOWN_PARAMETER'],
    [upload(admin.withKey('nobody'), pdf(10)), 401, 'KEY_NOT_ACCEPTED'],
    [upload(await admin.keyFor('programme-office'), pdf(10)), 403, 'ROLE_NOT_ALLOWED'],
    [upload(await admin.keyFor('merchant', { subject: UNITS[1] }), pdf(10)), 403, 'OUT_OF_SUBJECT'],
  ];
  for (const [answer, status, code] of cases) {
    const { status: answered, body } = await answer;
    expect([
      answered,
      (body['errors'] as { code: string }[] | undefined)?.[0]?.code ?? body['code'],
      body['code'],
    ]).toEqual([
      status,
      expect.anything(),
      expect.stringMatching(code === 'INVALID_FIELD' ? /./ : new RegExp(`^${code}$`)),
    ]);
  }
  const pdfElsewhere = await fetch(`${admin.url}/v1/disputes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${admin.key}`, 'content-type': 'application/pdf' },
    body: new Uint8Array(pdf(10)),
  });
  expect(pdfElsewhere.status).toBe(415);
});

it('is erased for good, with its hash left in the log', async () => {
  const content = pdf(300);
  const { id } = (await upload(admin, content)).body;
  expect((await admin.post(`/v1/evidence/${id}/erase`, {})).status).toBe(422);
  const merchant = await admin.keyFor('merchant', { subject: UNIT });
  expect((await merchant.post(`/v1/evidence/${id}/erase`, { reason: 'requested-by-person' })).status).toBe(403);
  const erased = await admin.post(`/v1/evidence/${id}/erase`, { reason: 'requested-by-person' });
  expect(erased.status).toBe(200);
  expect((await contentOf(admin, id)).status).toBe(410);
  expect(await upload(admin, content)).toMatchObject({ status: 409, body: { code: 'EVIDENCE_ERASED' } });
  const { items } = await admin.read(`/v1/evidence/${id}/events?position=${erased.body.position}`);
  expect((items as { type: string }[]).map(({ type }) => type)).toEqual(['EvidenceRecorded', 'EvidenceErased']);
});
