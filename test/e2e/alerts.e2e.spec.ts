import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { usccOf } from '#kernel';
import type { Client } from './client.ts';
import {
  CITY,
  daysAgo,
  DISTRICT,
  ELSEWHERE,
  OTHER_DISTRICT,
  openDispute,
  registerMember,
  ticket,
  UNIT,
} from './scene.ts';
import { ServiceProcess, temporaryFolder } from './service-process.ts';

const AUTHORITY = { authority: 'Market supervision of Yuecheng', handlingRegion: DISTRICT };
/** In Taiyuan, where a programme has a threshold for units. */
const SHANXI_UNIT = usccOf('91140100', '87654321');
const TEXT = 'b'.repeat(64);

/** Thresholds of a place so small that one of each is enough. */
const ALERTS = `
group: { complainants: 3, days: 30, source: test }
spike: { atLeast: 3, percentOfMean: 100, source: test }
unanswered: { workingDays: 1, source: test }
confirmationClosing: { days: 40, source: test }
unitRate: { days: 30, minDenominator: 1, source: test }
targetBehind: { source: test }
blacklistedTitle: { source: S16 15(4) }
refusedRead: { atLeast: 1, days: 7, source: S1 37 }
reopened: { atLeast: 1, percent: 1, days: 90, source: test }
split: { atLeast: 1, percent: 1, days: 90, source: test }
leftLate: { workingDays: 30, atLeast: 1, percent: 1, days: 90, source: test }
malicious: { atLeast: 1, percent: 1, days: 90, source: test }
withdrawn: { atLeast: 1, percent: 1, days: 90, source: test }
`;
/** The day count of publicity, which no source states. */
const RULES = `
rules:
  - id: L-36
    versions:
      - { regulation: none, article: '-', from: 2020-01-01, to: null, period: { workingDays: 1 }, source: test }
`;

interface Alert {
  readonly id: string;
  readonly kind: string;
  readonly of: string;
  readonly state: string;
  readonly rule: Readonly<Record<string, unknown>>;
  readonly objects: readonly string[] | string;
}

describe('alerts', () => {
  let service: ServiceProcess;
  let admin: Client;
  let officer: Client;
  const ids: Record<string, string> = {};
  let phone = 13_900_000_000;

  const step = (path: string, body: object = {}, occurredAt?: string, by = admin) =>
    by.give(`/v1/${path}`, { ...body, ...(occurredAt !== undefined && { occurredAt }) });
  const complaint = async (daysBefore: number, more: { readonly sector?: string } = {}): Promise<string> => {
    const dispute = await openDispute(admin, { occurredAt: daysAgo(daysBefore, '08:00:00') });
    const letter = { disputeId: dispute, ...AUTHORITY, respondentName: '某某商店', content: '商家拒绝退款', ...more };
    const who = { complainantName: '李四光', complainantPhone: String(phone++), complainantAddress: '府山街道1号' };
    return (await step('complaints', { ...letter, ...who }, daysAgo(daysBefore))).id;
  };
  const accepted = async (daysBefore: number): Promise<string> => {
    const id = await complaint(daysBefore);
    await step(`complaints/${id}/accept`, {}, daysAgo(daysBefore, '11:00:00'));
    await step(`complaints/${id}/notify-acceptance-decision`, { channel: 'sms' }, daysAgo(daysBefore, '12:00:00'));
    return id;
  };
  const listed = async (query = '', by = admin): Promise<Alert[]> =>
    by.all<Alert>(`/v1/alerts?position=${await admin.head()}${query}`, 3);
  const kinds = (alerts: readonly Alert[]) => [...new Set(alerts.map(({ kind }) => kind))].sort();
  const ofKind = async (kind: string, by = admin) => listed(`&kind=${kind}`, by);

  beforeAll(async () => {
    const folder = temporaryFolder();
    const [alerts, rules] = [join(folder, 'alerts.yaml'), join(folder, 'rules.yaml')];
    writeFileSync(alerts, ALERTS);
    writeFileSync(rules, RULES);
    service = await ServiceProcess.start({ environment: { FANGXIN_ALERTS: alerts, FANGXIN_RULES: rules } });
    admin = await service.client();
    officer = await admin.keyFor('officer', { region: CITY });
    await registerMember(admin);
  }, 60_000);
  afterAll(() => service.kill());

  it('are none where nothing has happened', async () => {
    expect(await listed()).toEqual([]);
  });

  it('tell of many complaints at once, with the complaints', async () => {
    for (let number = 0; number < 3; number++) ids[`group${number}`] = await complaint(1, { sector: 'food' });
    const alerts = await listed();
    expect(kinds(alerts)).toEqual(['group', 'region-spike', 'sector-spike', 'unit-spike']);
    const [group] = await ofKind('group');
    expect(group).toMatchObject({
      ...{ id: `group:${UNIT}`, of: UNIT, respondentUscc: UNIT, state: 'raised', count: 3, threshold: 3 },
      rule: { name: 'group', complainants: 3, days: 30, source: 'test', enabled: true },
      window: { to: daysAgo(0).slice(0, 10) },
      objects: [ids['group0'], ids['group1'], ids['group2']].sort(),
    });
    expect(JSON.stringify(alerts)).not.toMatch(/139000000|李四光|Tokens|"who"/);
  });

  it('tell of what is due, late or stands still', async () => {
    ids['overdue'] = await accepted(80);
    ids['appraised'] = await accepted(50);
    await step(`complaints/${ids['appraised']}/start-appraisal`, { kind: 'appraisal' }, daysAgo(45));
    ids['late'] = await complaint(40);
    const [due] = await ofKind('termination-due');
    expect(due).toMatchObject({ of: ids['overdue'], level: 'overdue', clock: { name: 'mediation' }, state: 'raised' });
    expect(due!.rule).toMatchObject({
      name: 'reminders',
      level: 'overdue',
      unit: 'days',
      count: 1,
      source: 'trap T-42',
    });
    expect(await ofKind('appraisal-open')).toMatchObject([
      { of: ids['appraised'], level: 'standstill', rule: { name: 'standstill', days: 30 } },
    ]);
    expect(await ofKind('deadline')).toEqual(
      expect.arrayContaining([expect.objectContaining({ of: ids['late'], level: 'overdue' })]),
    );
    // It clears with what was due.
    await step(`complaints/${ids['overdue']}/conclude`, { result: 'terminated', ground: '23(1)(5)' });
    expect((await ofKind('termination-due')).map(({ of }) => of)).not.toContain(ids['overdue']);
    await step(`complaints/${ids['appraised']}/complete-appraisal`, {});
    expect(await ofKind('appraisal-open')).toEqual([]);
  });

  it('tell of a merchant who does not answer, until it does', async () => {
    const disputeId = await openDispute(admin, { occurredAt: daysAgo(12, '08:00:00') });
    const opening = { disputeId, respondentUscc: UNIT, venue: 'odr' };
    const { id } = await step('negotiations', opening, daysAgo(12));
    const [alert] = await ofKind('unanswered');
    expect(alert).toMatchObject({ id: `unanswered:${id}`, of: id, threshold: 1, objects: [id] });
    const events = await admin.read(`/v1/alerts/unanswered:${id}/events`);
    expect(events.items.map(({ type }: { type: string }) => type)).toEqual(['NegotiationOpened']);
    await step(`negotiations/${id}/acknowledge`);
    expect(await ofKind('unanswered')).toEqual([]);
    expect((await admin.get(`/v1/alerts/unanswered:${id}?position=${await admin.head()}`)).status).toBe(404);
  });

  it('tell of an agreement that is not performed, and of the time in which it may be confirmed', async () => {
    const merchant = await admin.keyFor('merchant', { subject: UNIT });
    const complaintId = await accepted(20);
    const disputeId = (await admin.read(`/v1/complaints/${complaintId}?position=${await admin.head()}`)).disputeId;
    const { id } = await step('mediations', { kind: 'administrative', disputeId, complaintId }, daysAgo(19));
    const mediation = `mediations/${id}`;
    await step(`${mediation}/record-consent`, {}, daysAgo(19, '11:00:00'), merchant);
    await step(`${mediation}/record-consent`, { party: 'consumer' }, daysAgo(19, '11:10:00'), officer);
    const where = { region: DISTRICT, regions: [DISTRICT], kinds: ['administrative'] };
    const mediator = { name: '王调解', ...where, qualifications: ['market-supervision-officer'] };
    const { id: mediatorId } = await step('mediators', mediator, daysAgo(30));
    await step(`${mediation}/assign-mediator`, { mediatorId }, daysAgo(19, '11:20:00'), officer);
    const session = { scheduledFor: daysAgo(18), mode: 'online', channel: 'sms' };
    await step(`${mediation}/schedule-session`, session, daysAgo(19, '11:30:00'), officer);
    const held = { session: '1', attended: ['consumer', 'merchant'] };
    await step(`${mediation}/record-attendance`, held, daysAgo(18), officer);
    const performanceDue = daysAgo(5).slice(0, 10);
    const agreed = { form: 'statement', terms: '退款', textHash: TEXT, amountFen: 100, performanceDue };
    await step(`${mediation}/reach-agreement`, agreed, daysAgo(18, '12:00:00'), officer);
    const sign = (body: object, time: string, by = officer) =>
      step(`${mediation}/sign-agreement`, { method: 'seal', textHash: TEXT, ...body }, daysAgo(18, time), by);
    await sign({ signer: 'consumer', evidence: ['agreement-1'] }, '13:00:00');
    await sign({ signer: 'merchant' }, '13:10:00', merchant);
    await sign({ signer: 'body-seal' }, '13:20:00');
    expect(await ofKind('performance-overdue')).toMatchObject([{ of: id, level: 'overdue', respondentUscc: UNIT }]);
    const window = { mediationId: id, matter: 'property-or-contract' };
    const { id: confirmation } = await step('judicial-confirmations', window, daysAgo(17), officer);
    expect(await ofKind('confirmation-closing')).toMatchObject([
      { of: confirmation, level: 'closing', rule: { name: 'confirmationClosing', days: 40 } },
    ]);
    await step(`${mediation}/record-performance`, { evidence: ['receipt-1'] }, undefined, officer);
    expect(await ofKind('performance-overdue')).toEqual([]);
  });

  it('tell of what an authority does to look better than it is', async () => {
    const [withdrawn, malicious, reopened, returned] = [
      await accepted(8),
      await accepted(8),
      await accepted(8),
      await complaint(3),
    ];
    const conclude = (id: string, body: object) => step(`complaints/${id}/conclude`, body, daysAgo(1));
    await step(`complaints/${withdrawn}/withdraw`, { by: 'complainant', evidence: ['letter-1'] }, daysAgo(2));
    const basis = { basis: '16(5)', reason: '虚构事实', evidence: ['proof-1'] };
    await step(`complaints/${malicious}/disqualify`, basis, daysAgo(2));
    await conclude(malicious!, { result: 'terminated', ground: '23(1)(6)', disqualification: '16(5)' });
    await conclude(reopened!, { result: 'mediated', evidence: ['agreement-1'] });
    await step(`complaints/${reopened}/close`, {}, daysAgo(1, '12:00:00')).catch(() => undefined);
    const head = await admin.keyFor('head', { region: CITY });
    await step(`complaints/${reopened}/reopen`, { reason: '有新证据' }, undefined, head);
    await step(`complaints/${returned}/feed-back-incompetence`, { reason: '不属本辖区' }, undefined, officer);
    await step('work-orders', ticket('SPLIT', { receivedAt: daysAgo(2), occurredAt: daysAgo(2) }));
    await step('work-orders/12345-SPLIT/classify', { classification: 'mixed' });
    await step('work-orders/12345-SPLIT/split');
    for (const [kind, object] of Object.entries({ withdrawn, malicious, reopened, 'left-late': returned })) {
      expect(await ofKind(kind)).toMatchObject([{ of: AUTHORITY.authority, state: 'raised', objects: [object] }]);
    }
    expect(await ofKind('withdrawn')).toMatchObject([{ count: 1, of: AUTHORITY.authority, percent: 1 }]);
    expect(await ofKind('split')).toMatchObject([{ of: DISTRICT, objects: ['12345-SPLIT'] }]);
    const hotline = await admin.keyFor('hotline');
    expect(await ofKind('withdrawn', hotline)).toEqual([]);
  });

  it('tell of what should have been published', async () => {
    const id = await accepted(30);
    await step(`complaints/${id}/conclude`, { result: 'mediated', evidence: ['agreement-1'] }, daysAgo(25));
    const closed = await admin.read(`/v1/complaints/${id}?position=${await admin.head()}`);
    expect(closed.status).toBe('closed');
    const from = daysAgo(25).slice(0, 10);
    const missing = async () => (await ofKind('publicity-missing')) as (Alert & { clock: { from: string } })[];
    // A process queues it.
    while (!(await missing()).some(({ clock }) => clock.from === from)) await delay(20);
    for (const alert of await missing()) {
      expect(alert).toMatchObject({ level: 'overdue', clock: { name: 'publication' }, objects: [alert.of] });
    }
  });

  it('tell of a unit whose rate has fallen below the threshold of a title', async () => {
    await registerMember(admin, SHANXI_UNIT);
    const merchant = await admin.keyFor('merchant', { subject: SHANXI_UNIT });
    const negotiated = async (days: number, end: (id: string) => Promise<unknown>) => {
      const about = { respondentUscc: SHANXI_UNIT, respondentRegion: '140105' };
      const disputeId = await openDispute(admin, { ...about, occurredAt: daysAgo(days + 2) });
      const opening = { disputeId, respondentUscc: SHANXI_UNIT, venue: 'odr' };
      const { id } = await step('negotiations', opening, daysAgo(days + 1));
      await step(`negotiations/${id}/acknowledge`, {}, daysAgo(days, '09:00:00'));
      await end(id);
    };
    await negotiated(60, async (id) => {
      const offer = { amountFen: 19_900, onBehalfOf: 'merchant' };
      await step(`negotiations/${id}/propose`, offer, daysAgo(60, '10:00:00'));
      await step(`negotiations/${id}/agree`, { offer: 1, onBehalfOf: 'consumer' }, daysAgo(60, '11:00:00'));
      await step(`negotiations/${id}/claim`, {}, daysAgo(60, '12:00:00'), merchant);
      await step(`negotiations/${id}/confirm`, { recoveredFen: 19_900 }, daysAgo(60, '13:00:00'));
    });
    expect(await ofKind('unit-rate')).toEqual([]);
    await negotiated(3, (id) =>
      step(`negotiations/${id}/fail`, { reason: 'no-agreement' }, daysAgo(3, '10:00:00'), merchant),
    );
    const alerts = await ofKind('unit-rate');
    expect(alerts).toMatchObject([
      {
        ...{ id: `unit-rate:shanxi:SX-U7:${SHANXI_UNIT}`, of: SHANXI_UNIT, threshold: '0.95', missing: 1 },
        figure: { metric: 'M-01', numerator: 1, denominator: 2 },
        before: { numerator: 1, denominator: 1 },
        rule: { name: 'unitRate', condition: 'SX-U7', days: 30 },
      },
    ]);
    const { items } = await admin.read(alerts[0]!.objects as string);
    expect(items).toHaveLength(2);
    expect(await admin.read(`/v1/alerts/${alerts[0]!.id}`)).toEqual(alerts[0]);
  });

  it('tell who asked for reports and may not see them, and tell nobody but who audits it', async () => {
    const hotline = await admin.keyFor('hotline', { region: CITY });
    for (const path of ['reports', 'reports', 'reports/R1', 'reports/R1/events', 'cases', 'metrics/M-04/objects']) {
      expect((await hotline.get(`/v1/${path}`)).status).toBe(403);
    }
    const auditor = await admin.keyFor('auditor');
    const asked = async () => (await ofKind('refused-read', auditor)) as (Alert & { count: number; refused: object })[];
    while ((await asked()).length < 3) await delay(20);
    const alerts = (await asked()).toSorted((a, b) => (a.of < b.of ? -1 : 1));
    expect(alerts.map(({ refused, count }) => ({ refused, count }))).toEqual(
      ['cases', 'report-figures', 'reports'].map((view) => ({
        refused: { keyId: expect.any(String), role: 'hotline', view, code: 'ROLE_NOT_ALLOWED' },
        count: 1,
      })),
    );
    const events = await auditor.read(`/v1/alerts/${encodeURIComponent(alerts[0]!.id)}/events`);
    expect(events.items).toMatchObject([{ type: 'ProtectedReadRefused' }]);
    expect(await ofKind('refused-read', officer)).toEqual([]);
    expect((await officer.get(`/v1/alerts/${encodeURIComponent(alerts[0]!.id)}`)).status).toBe(404);
  });

  it('tell who asked for a deadline or for evidence of a report, which is not there for others', async () => {
    const disputeId = await openDispute(admin, { occurredAt: daysAgo(3) });
    const letter = { disputeId, ...AUTHORITY, respondentName: '某某商店', content: '使用过期原料' };
    const report = (await step('reports', letter, daysAgo(2))).id;
    const pdf = { 'content-type': 'application/pdf' };
    const handlers = `disputeId=${disputeId}&kind=other&audience=report-handlers`;
    const uploaded = await officer.send('POST', `/v1/evidence?${handlers}`, '%PDF-1.4 photo', pdf);
    expect(uploaded.status).toBe(201);
    const mediator = await admin.keyFor('mediator', { region: CITY });
    const position = await admin.head();
    const { items } = await admin.read(`/v1/deadlines?object=report-${report}&position=${position}`);
    const files = `/v1/evidence/${uploaded.body.id}`;
    for (const path of [`/v1/deadlines/${items[0].id}`, `${files}?position=${position}`, `${files}/content`]) {
      expect((await mediator.get(path)).status).toBe(404);
    }
    const refused = async () =>
      ((await ofKind('refused-read')) as (Alert & { refused: { role: string; view: string; code: string } })[])
        .filter(({ refused: { role, code } }) => role === 'mediator' && code === 'NOT_FOUND')
        .map(({ refused: { view } }) => view)
        .sort();
    while ((await refused()).length < 2) await delay(20);
    expect(await refused()).toEqual(['deadlines', 'evidence']);
  });

  it('are the same page by page, and are seen within the bounds of a key', async () => {
    const position = await admin.head();
    const all = await admin.all<Alert>(`/v1/alerts?position=${position}`, 200);
    expect((await admin.all<Alert>(`/v1/alerts?position=${position}`, 1)).map(({ id }) => id)).toEqual(
      all.map(({ id }) => id),
    );
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const { state, rule, objects } of all) {
      expect({ state, rule: typeof rule['source'], objects: objects.length > 0 || rule['name'] !== 'group' }).toEqual({
        ...{ state: 'raised', rule: 'string', objects: true },
      });
    }
    const watched = await admin.all<Alert>(`/v1/alerts?state=all&position=${position}`, 7);
    expect(watched.length).toBeGreaterThan(all.length);
    const elsewhere = await admin.keyFor('officer', { region: ELSEWHERE });
    expect(await listed('', elsewhere)).toEqual([]);
    const neighbour = await admin.keyFor('officer', { region: OTHER_DISTRICT });
    expect(await listed('', neighbour)).toEqual([]);
    expect(kinds(await listed(`&region=${ELSEWHERE}`))).toEqual([]);
    const own = await listed('', officer);
    expect(kinds(own)).toEqual(expect.arrayContaining(['group', 'withdrawn', 'deadline']));
    for (const role of ['merchant', 'public', 'court', 'mediator']) {
      const client = await admin.keyFor(role, role === 'merchant' ? { subject: UNIT } : {});
      expect((await client.get('/v1/alerts')).status).toBe(403);
    }
  });

  it.each([
    ['kind=nonsense', 'BAD_PARAMETER'],
    ['state=quiet', 'BAD_PARAMETER'],
    ['cursor=x', 'BAD_CURSOR'],
    ['cursor=figures', 'BAD_CURSOR'],
    ['region=Zhejiang', 'BAD_PARAMETER'],
    ['sector=food', 'UNKNOWN_PARAMETER'],
    ['limit=0', 'BAD_LIMIT'],
  ])('refuse %s', async (query, code) => {
    const { status, body } = await admin.get(`/v1/alerts?${query}`);
    expect({ status, code: body.code }).toEqual({ status: 400, code });
  });

  it('are read anew to the same', async () => {
    const before = await listed('&state=all');
    const report = await admin.post('/v1/projections/alerts/rebuild', {});
    expect(report.body).toMatchObject({ comparison: { differences: 0 } });
    expect(await listed('&state=all')).toEqual(before);
  });
});
