import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Client } from './client.ts';
import { at, CITY, DISTRICT, UNIT } from './scene.ts';
import { ServiceProcess, temporaryFolder } from './service-process.ts';

/** What nobody outside the vault may ever see. */
const SECRETS = {
  callerName: '欧阳锋芒',
  callerPhone: '13712345678',
  content: '我的订单被拒绝退款，请联系我本人',
  respondentName: '黄药师茶庄',
  address: '浙江省绍兴市越城区塔山街道七十二号',
  complaintText: '茶叶受潮发霉商家不认',
  complaintPhone: '15987654321',
  complaintName: '穆念慈',
  note: '地址写错了请重新派发',
  extension: '当事人出差需要延期几日',
  refusal: '诉求简单不必延期办理',
  reply: '已经电话联系当事人退款',
  terms: '退货并赔礼道歉一次',
  reason: '不属于我局管辖请走诉讼',
} as const;

describe('personal data', () => {
  let service: ServiceProcess;
  let admin: Client;
  let position: number;
  let complaintId: string;
  let negotiationId: string;
  const ticketId = '12345-PRIVATE';

  beforeAll(async () => {
    service = await ServiceProcess.start({ environment: { FANGXIN_LOG_LEVEL: 'debug' } });
    admin = await service.client();
    await admin.give('/v1/work-orders', {
      channel: '12345',
      externalNo: 'PRIVATE',
      receivedAt: at('2024-03-04'),
      respondentUscc: UNIT,
      complainantName: SECRETS.callerName,
      complainantPhone: SECRETS.callerPhone,
      content: SECRETS.content,
      respondentName: SECRETS.respondentName,
      dueAt: at('2024-03-11'),
    });
    const disputeId = (
      await admin.give('/v1/disputes', {
        respondentUscc: UNIT,
        respondentRegion: DISTRICT,
        respondentName: SECRETS.respondentName,
        complainantName: SECRETS.callerName,
        complainantPhone: SECRETS.callerPhone,
        occurredAt: at('2024-03-04', '10:30:00'),
      })
    ).id;
    const step = (action: string, day: string, body: object) =>
      admin.give(`/v1/work-orders/${ticketId}/${action}`, { ...body, occurredAt: at(day) });
    const unit = { authority: 'Market supervision', handlingRegion: DISTRICT };
    await step('classify', '2024-03-05', { classification: 'complaint' });
    await step('link-to-dispute', '2024-03-05', { disputeId });
    await step('dispatch', '2024-03-05', unit);
    await step('return', '2024-03-06', { reasonCode: 'address-unclear', note: SECRETS.note });
    await step('dispatch', '2024-03-06', unit);
    await step('request-extension', '2024-03-06', { note: SECRETS.extension });
    await step('refuse-extension', '2024-03-07', { note: SECRETS.refusal });
    await step('reply', '2024-03-07', { outcome: 'answered', text: SECRETS.reply });
    negotiationId = (
      await admin.give('/v1/negotiations', {
        disputeId,
        respondentUscc: UNIT,
        venue: 'merchant',
        occurredAt: at('2024-03-08'),
      })
    ).id;
    await admin.give(`/v1/negotiations/${negotiationId}/propose`, {
      terms: SECRETS.terms,
      onBehalfOf: 'consumer',
      occurredAt: at('2024-03-09'),
    });
    await admin.give(`/v1/negotiations/${negotiationId}/escalate`, { occurredAt: at('2024-03-10') });
    complaintId = (
      await admin.give('/v1/complaints', {
        disputeId,
        escalatedFrom: negotiationId,
        workOrderId: ticketId,
        authority: 'Market supervision',
        handlingRegion: DISTRICT,
        complainantName: SECRETS.complaintName,
        complainantPhone: SECRETS.complaintPhone,
        complainantAddress: SECRETS.address,
        respondentName: SECRETS.respondentName,
        respondentAddress: SECRETS.address,
        content: SECRETS.complaintText,
        occurredAt: at('2024-03-11'),
      })
    ).id;
    const decline = { ground: '16(1)', reason: SECRETS.reason, remedies: ['court'], occurredAt: at('2024-03-12') };
    position = (await admin.give(`/v1/complaints/${complaintId}/decline`, decline)).position;
    // What is refused must leave no trace either.
    const refused = [
      ['/v1/work-orders', { complainantName: SECRETS.callerName, content: SECRETS.content, [SECRETS.callerPhone]: 1 }],
      [`/v1/work-orders/${encodeURIComponent(SECRETS.callerName)}/classify`, { classification: SECRETS.content }],
      [`/v1/work-orders/${ticketId}/reply`, { outcome: 'answered', text: SECRETS.reply }],
    ] as const;
    for (const [path, body] of refused) expect((await admin.post(path, body)).status).toBeGreaterThanOrEqual(400);
    await admin.send('POST', '/v1/work-orders', `{"content":"${SECRETS.content}`, {
      'content-type': 'application/json',
    });
    await admin.get(`/v1/work-orders?colour=${encodeURIComponent(SECRETS.callerName)}`);
    await admin.get(`/v1/${encodeURIComponent(SECRETS.callerName)}`);
  });
  afterAll(() => service.kill());

  const clearIn = (text: string | Buffer) =>
    Object.entries(SECRETS)
      .filter(([, secret]) => text.includes(secret))
      .map(([name]) => name);

  it('is not taken as a reference, which goes into the log for good', async () => {
    const evidence = ['receipt-1', 'chat/13712345678.png'];
    const body = { scheme: '01ARZ3NDEKTSV4RRFFQ69G5FAV', amountFen: 1, evidence };
    const refused = await admin.post(`/v1/negotiations/${negotiationId}/pay-in-advance`, body);
    expect(refused).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'evidence', code: 'PERSONAL_NUMBER' }] },
    });
  });

  it('is in no event', async () => {
    const { items } = await admin.read(`/v1/disputes?position=${position}`);
    const events = await admin.all(`/v1/disputes/${items[0].id}/events?position=${position}`);
    expect(events.length).toBeGreaterThan(10);
    expect(clearIn(JSON.stringify(events))).toEqual([]);
  });

  it('is in no metric', async () => {
    expect(clearIn((await admin.get('/metrics')).text)).toEqual([]);
    expect(clearIn((await admin.get('/v1/metrics/M-05/objects?from=2024-01-01&to=2025-01-01')).text)).toEqual([]);
  });

  it('is shown clear to those who handle it, and redacted to others', async () => {
    const hotline = await admin.keyFor('hotline', { region: CITY });
    const auditor = await admin.keyFor('auditor');
    const path = `/v1/work-orders/${ticketId}?position=${position}`;
    expect((await hotline.read(path)).complainant).toMatchObject({
      name: SECRETS.callerName,
      phone: SECRETS.callerPhone,
      text: { content: SECRETS.content },
    });
    const redacted = await auditor.read(path);
    expect(redacted.complainant).toMatchObject({ name: '欧*', phone: '137****5678' });
    const complaint = await auditor.read(`/v1/complaints/${complaintId}?position=${position}`);
    expect(complaint.complainant).toMatchObject({
      name: '穆*',
      phone: '159****4321',
      address: '浙江省绍兴市越城区***',
    });
    const merchant = await admin.keyFor('merchant', { subject: UNIT });
    const seen = await merchant.get(`/v1/complaints/${complaintId}?position=${position}`);
    expect(seen.status).toBe(200);
    expect(clearIn(seen.text).filter((name) => /Phone|Name|address/.test(name))).toEqual([]);
    const listed = await merchant.get(`/v1/complaints?position=${position}`);
    expect(clearIn(listed.text).filter((name) => /Phone|Name|address/.test(name))).toEqual([]);
  });

  it('is matched by tokens only by those who see it clear, and by auditors', async () => {
    const readers = {
      officer: await admin.keyFor('officer', { region: CITY }),
      auditor: await admin.keyFor('auditor'),
      merchant: await admin.keyFor('merchant', { subject: UNIT }),
      court: await admin.keyFor('court'),
      'programme-office': await admin.keyFor('programme-office', { region: CITY }),
    };
    const { items } = await admin.read(`/v1/complaints/${complaintId}/events?position=${position}`);
    const tokens = items[0].data.complainantTokens as { phone: string; name: string };
    for (const [role, reader] of Object.entries(readers)) {
      const events = await reader.get(`/v1/complaints/${complaintId}/events?position=${position}`);
      const received = events.body.items[0].data;
      const complaint = await reader.read(`/v1/complaints/${complaintId}`);
      const isTold = role === 'officer' || role === 'auditor';
      expect({ role, tokens: 'complainantTokens' in received }).toEqual({ role, tokens: isTold });
      expect(events.text.includes(tokens.phone)).toBe(isTold);
      expect(events.text.includes(tokens.name)).toBe(isTold);
      for (const seen of [received, complaint]) {
        expect({ role, workOrderId: seen.workOrderId }).toEqual({
          role,
          workOrderId: role === 'merchant' ? undefined : ticketId,
        });
      }
    }
  });

  it('gives its holders the words of the parties back', async () => {
    const officer = await admin.keyFor('officer', { region: CITY });
    const ticket = await officer.get(`/v1/work-orders/${ticketId}?position=${position}`);
    expect(clearIn(ticket.text)).toEqual(expect.arrayContaining(['content', 'reply', 'note', 'extension', 'refusal']));
    const negotiation = await officer.get(`/v1/negotiations/${negotiationId}?position=${position}`);
    expect(clearIn(negotiation.text)).toContain('terms');
    const complaint = await officer.get(`/v1/complaints/${complaintId}?position=${position}`);
    expect(clearIn(complaint.text)).toEqual(expect.arrayContaining(['reason', 'complaintText', 'address']));
  });

  it('is in no file but the sealed vault, nor clear there, nor in any log line', async () => {
    expect(await service.stop()).toEqual({ code: 0, signal: null });
    expect(service.stderr).toContain('"msg":"answered"');
    expect(clearIn(service.stderr)).toEqual([]);
    expect(clearIn(decodeURIComponent(service.stderr.replaceAll(/%(?![0-9A-F]{2})/g, '')))).toEqual([]);
    expect(clearIn(service.stdout)).toEqual([]);
    const files = readdirSync(service.folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['events.db', 'vault.db']));
    for (const file of files) {
      const bytes = readFileSync(join(file.parentPath, file.name));
      expect({ file: file.name, clear: clearIn(bytes) }).toEqual({ file: file.name, clear: [] });
      expect({ file: file.name, key: bytes.includes(service.adminKey) }).toEqual({ file: file.name, key: false });
    }
  });
});

describe('people whose command was cut off by a crash', () => {
  const names = ['events.db', 'vault.db'].flatMap((name) => [name, `${name}-wal`]);

  /** Who is in the vault and who is spoken of, in a copy: the files stay as the process left them. */
  function peopleIn(folder: string): { held: string[]; spoken: string[] } {
    const copy = join(temporaryFolder(), 'copy');
    mkdirSync(copy);
    for (const name of names) if (existsSync(join(folder, name))) copyFileSync(join(folder, name), join(copy, name));
    const rows = (name: string, sql: string) => {
      const database = new DatabaseSync(join(copy, name));
      const found = database.prepare(sql).all();
      database.close();
      return found.map((row) => String(row['id'])).sort();
    };
    const spoken = `SELECT data ->> '$.complainant' AS id FROM events WHERE data ->> '$.complainant' IS NOT NULL`;
    return {
      held: rows('vault.db', 'SELECT id FROM person WHERE forgotten = 0'),
      spoken: rows('events.db', spoken),
    };
  }

  it('are forgotten at the next start, and nobody else, however often it happens', async () => {
    let service = await ServiceProcess.start();
    const { folder } = service;
    let left = 0;
    // Where a crash falls is chance: most rounds leave somebody behind, and one must for this to be a test.
    for (let round = 1; round <= 5 || (left === 0 && round <= 50); round++) {
      const client = await service.client();
      let taken = 0;
      const write = async (): Promise<void> => {
        for (;;) {
          await client.give('/v1/disputes', {
            respondentRegion: DISTRICT,
            occurredAt: at('2024-03-04'),
            complainantName: SECRETS.complaintName,
          });
          taken++;
        }
      };
      const writers = Promise.allSettled(Array.from({ length: 16 }, write));
      while (taken < 40 + 7 * round) await new Promise((resolve) => setImmediate(resolve));
      await service.kill();
      await writers;
      const before = peopleIn(folder);
      const held = new Set(before.held);
      expect(before.spoken.filter((id) => !held.has(id))).toEqual([]);
      left += before.held.length - before.spoken.length;
      service = await ServiceProcess.start({ folder });
      const after = peopleIn(folder);
      expect(after.spoken).toEqual(before.spoken);
      expect(after.held).toEqual(after.spoken);
      const admin = await service.client();
      const shown = await admin.all(`/v1/disputes?position=${await admin.head()}`);
      expect(shown).toHaveLength(after.spoken.length);
      for (const { complainant } of shown) expect(complainant).toMatchObject({ name: SECRETS.complaintName });
    }
    expect(left).toBeGreaterThan(0);
    expect(await service.stop()).toEqual({ code: 0, signal: null });
    expect(service.stderr).toBe('');
  });
});
