import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from './client.ts';
import {
  acceptedComplaint,
  CITY,
  DISTRICT,
  ELSEWHERE,
  openDispute,
  OTHER_DISTRICT,
  receiveComplaint,
  registerMember,
  ticket,
  UNIT,
} from './scene.ts';
import { ServiceProcess, temporaryFolder } from './service-process.ts';

const DAY_MS = 86_400_000;
/** So many days ago, at ten in Shanghai. */
const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString();
const dayAgo = (days: number): string =>
  new Date(Date.now() - days * DAY_MS + 8 * 3_600_000).toISOString().slice(0, 10);

/** Waits for what the service does by itself, however long the machine takes. */
async function until<T>(ask: () => Promise<T>, isThere: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (isThere(answer)) return answer;
    await delay(100);
  }
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Any = any;

describe('deadlines over HTTP', () => {
  let service: ServiceProcess;
  let admin: Client;
  beforeAll(async () => {
    service = await ServiceProcess.start();
    admin = await service.client();
    await registerMember(admin);
  });
  afterAll(() => service.kill());
  const upToDate = async () => `position=${await admin.head()}`;

  it('a complaint shows all its clocks, with how each date comes about', async () => {
    const disputeId = await openDispute(admin);
    const id = await receiveComplaint(admin, disputeId, '2026-02-13');
    const give = (action: string, occurredAt: string, body: object = {}) =>
      admin.give(`/v1/complaints/${id}/${action}`, { ...body, occurredAt });
    await give('accept', '2026-02-28T10:00:00+08:00');
    await give('notify-acceptance-decision', '2026-03-02T23:59:59+08:00', { channel: 'sms' });
    await give('start-appraisal', '2026-03-10T10:00:00+08:00', { kind: 'appraisal' });
    await give('complete-appraisal', '2026-03-19T10:00:00+08:00');
    const { clocks } = await admin.read(`/v1/complaints/${id}?${await upToDate()}`);
    const [acceptance, mediation] = clocks as Any[];
    expect(acceptance).toMatchObject({
      clock: 'acceptance',
      rule: 'L-01',
      ruleVersion: 'L-01/SC-778@2024-07-01:46(2)',
      calendarVersion: 'CN-2026.1',
      from: '2026-02-13',
      promised: '2026-03-02',
      due: '2026-03-02',
      state: 'completed',
      // Done in time by its own word, and entered months later (T-28).
      timeliness: 'late',
      flags: ['BACKDATED_ACROSS_DEADLINE'],
    });
    expect(acceptance.arithmetic.en).toBe(
      '7 working days from 2026-02-13: 02-14, 02-24, …, 03-02; 02-15 to 02-23 rest',
    );
    expect(acceptance.arithmetic.zh).toMatch(/7个工作日/);
    expect(mediation).toMatchObject({
      clock: 'mediation',
      rule: 'L-02b',
      promised: '2026-04-29',
      // The appraisal, too, was entered only when the sixty days were over: it moves nothing any more (T-28).
      due: '2026-04-29',
      suspensions: [{ reason: 'appraisal' }],
      state: 'overdue',
    });
  });

  it('an appraisal that is entered in time is not counted', async () => {
    const id = await acceptedComplaint(admin, await openDispute(admin), daysAgo(20).slice(0, 10));
    await admin.give(`/v1/complaints/${id}/start-appraisal`, { kind: 'appraisal', occurredAt: daysAgo(15) });
    await admin.give(`/v1/complaints/${id}/complete-appraisal`, { occurredAt: daysAgo(6) });
    const { clocks } = await admin.read(`/v1/complaints/${id}?${await upToDate()}`);
    const mediation = (clocks as Any[]).find(({ clock }) => clock === 'mediation');
    expect(mediation).toMatchObject({ state: 'due', suspensions: [{ reason: 'appraisal' }] });
    expect(mediation.due > mediation.promised).toBe(true);
    expect(mediation.arithmetic.en).toMatch(/ to .* not counted/);
  });

  it('what was entered late is judged by its own word once a second person has verified it', async () => {
    const id = await acceptedComplaint(admin, await openDispute(admin), '2024-03-20');
    const verify = (client: Client, body: object = {}) =>
      client.post(`/v1/complaints/${id}/verify-late-entry`, {
        clock: 'acceptance',
        reason: 'paper-record',
        evidence: ['scan-1'],
        ...body,
      });
    expect(await verify(admin)).toMatchObject({ status: 403, body: { code: 'SECOND_PERSON_REQUIRED' } });
    const second = await admin.keyFor('officer', { region: CITY });
    expect(await verify(second, { clock: 'tea' })).toMatchObject({ status: 422, body: { code: 'UNKNOWN_CLOCK' } });
    expect(await verify(second, { clock: 'mediation' })).toMatchObject({
      status: 409,
      body: { code: 'NOT_BACKDATED' },
    });
    expect(await verify(second, { evidence: [] })).toMatchObject({ status: 422 });
    expect((await verify(second)).status).toBe(200);
    const { clocks } = await admin.read(`/v1/complaints/${id}?${await upToDate()}`);
    expect(clocks[0]).toMatchObject({ timeliness: 'in-time', flags: [], verified: true });
  });

  it('an officer’s day: what is overdue, due and suspended, in their region, the most urgent first', async () => {
    const here = { handlingRegion: DISTRICT };
    const receive = async (days: number, more: object = {}) => {
      const disputeId = await openDispute(admin, { occurredAt: daysAgo(days + 1) });
      const complaint = {
        authority: 'Office of the day',
        ...here,
        complainantName: '李四光',
        complainantPhone: '13900001111',
        complainantAddress: '浙江省绍兴市越城区府山街道1号',
        respondentName: '某某商店',
        content: '商家拒绝退款',
        disputeId,
        occurredAt: daysAgo(days),
        ...more,
      };
      return (await admin.give('/v1/complaints', complaint)).id;
    };
    const late = await receive(40);
    const later = await receive(35);
    const fresh = await receive(0);
    const elsewhere = await receive(38, { handlingRegion: OTHER_DISTRICT });
    const stopped = await receive(1);
    await admin.give(`/v1/complaints/${stopped}/accept`);
    await admin.give(`/v1/complaints/${stopped}/notify-acceptance-decision`, { channel: 'phone' });
    await admin.give(`/v1/complaints/${stopped}/start-appraisal`, { kind: 'testing' });

    const list = async (client: Client, query: string) =>
      ((await client.read(`/v1/deadlines?${query}&${await upToDate()}`)) as Any).items as Any[];
    const ids = (items: Any[]) => items.map(({ objectId }) => objectId as string);
    const holder = `holder=${encodeURIComponent('Office of the day')}`;
    expect(ids(await list(admin, `${holder}&region=${DISTRICT}&state=overdue`))).toEqual([late, later]);
    expect(ids(await list(admin, `${holder}&region=${CITY}&state=overdue`))).toEqual([late, elsewhere, later]);
    expect(ids(await list(admin, `${holder}&region=${ELSEWHERE}`))).toEqual([]);
    expect(ids(await list(admin, `${holder}&state=due`))).toEqual([fresh]);
    const [suspended] = await list(admin, `${holder}&state=suspended`);
    expect(suspended).toMatchObject({ objectId: stopped, clock: 'mediation', due: null, state: 'suspended' });
    const [first] = await list(admin, `${holder}&region=${DISTRICT}&state=overdue&before=${dayAgo(0)}`);
    expect(first).toMatchObject({ collection: 'complaints', clock: 'acceptance', state: 'overdue', rule: 'L-01' });
    expect(ids(await list(admin, `${holder}&before=${first.due}`))).not.toContain(late);
    // The end of its day is one moment, however it is written.
    const next = new Date(Date.parse(`${first.due}T00:00:00+08:00`) + DAY_MS);
    for (const before of [next.toISOString(), new Date(next.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)]) {
      expect(ids(await list(admin, `${holder}&before=${before}`))).toContain(late);
    }
    const one = await admin.read(`/v1/deadlines/${encodeURIComponent(`complaint-${fresh}:acceptance`)}`);
    expect(one.arithmetic.en).toMatch(/^7 working days from /);

    const officer = await admin.keyFor('officer', { region: OTHER_DISTRICT });
    expect(ids(await list(officer, 'state=overdue'))).toEqual([elsewhere]);
    const merchant = await admin.keyFor('merchant', { subject: UNIT });
    expect(ids(await list(merchant, 'state=overdue'))).toEqual([]);
    for (const [query, field] of [
      ['state=tomorrow', 'state'],
      ['before=2026-02-30', 'before'],
      ['region=here', 'region'],
      ['color=amber', 'color'],
    ]) {
      const refused = await admin.get(`/v1/deadlines?${query}`);
      expect(refused.status).toBe(400);
      expect(refused.body.errors[0].field).toBe(field);
    }
  });

  it('a published calendar moves what is open, within moments, and keeps what was promised', async () => {
    // A day of this year that lies ahead of a clock that is open, made a day off after the fact.
    const id = await receiveComplaint(admin, await openDispute(admin), '2024-10-10');
    const before = ((await admin.read(`/v1/complaints/${id}?${await upToDate()}`)) as Any).clocks[0];
    expect(before).toMatchObject({ promised: '2024-10-18', due: '2024-10-18', calendarVersion: 'CN-2024.1' });
    const notice = {
      year: 2024,
      number: '国办发明电〔2024〕99号',
      title: 'An amendment that never was',
      publishedOn: '2024-10-15',
      daysOff: ['2024-10-17..2024-10-18 特别休息'],
      workdays: [],
    };
    const published = await admin.post('/v1/work-calendars', notice);
    expect(published).toMatchObject({ status: 201 });
    const { clocks } = (await until(
      async () => admin.read(`/v1/complaints/${id}`),
      (doc: Any) => doc.clocks[0].due !== before.due,
    )) as Any;
    expect(clocks[0]).toMatchObject({ promised: '2024-10-18', due: '2024-10-22', calendarVersion: 'CN-2024.2' });
    const { items } = (await admin.read(`/v1/complaints/${id}/events`)) as Any;
    expect(items.map(({ type }: Any) => type)).toEqual(['ComplaintReceived', 'ComplaintDeadlineAmended']);
    const october = `from=2024-10-22&to=2024-10-23&region=${DISTRICT}&${await upToDate()}`;
    const figure = (await admin.read(`/v1/metrics/M-03?${october}`)) as Any;
    expect(figure).toMatchObject({ numerator: 0, denominator: 1, calendar: 'CN-2024.2' });
  });
});

/** A ticket that was dispatched before the rule was set, once the place has set it. */
async function handlingAfterRestart(folder: string, rules: string): Promise<Any> {
  const data = join(folder, 'data');
  const first = await ServiceProcess.start({ folder: data });
  const admin = await first.client();
  const id = (await admin.give('/v1/work-orders', ticket('R-2'))).id;
  await admin.give(`/v1/work-orders/${id}/classify`, {
    classification: 'report',
    occurredAt: '2024-03-04T11:00:00+08:00',
  });
  const dispatch = { authority: 'Unit', handlingRegion: DISTRICT, occurredAt: '2024-03-04T12:00:00+08:00' };
  await admin.give(`/v1/work-orders/${id}/dispatch`, dispatch);
  await first.stop();
  const second = await ServiceProcess.start({ folder: data, environment: { FANGXIN_RULES: rules } });
  const client = await second.client();
  const shown = await until(
    async () => (await client.read(`/v1/work-orders/${id}`)) as Any,
    ({ clocks }) => clocks[0].due !== null,
  );
  await second.stop();
  return shown.clocks[0];
}

it('a hotline rule of the place is set by a file, and only then is a ticket judged by it', async () => {
  const folder = temporaryFolder();
  const rules = join(folder, 'rules.yaml');
  const version =
    "{ regulation: none, article: '-', from: 2024-01-01, to: null, period: { workingDays: 5 }, source: the city }";
  writeFileSync(rules, `rules:\n  - id: L-32.elsewhere\n    versions:\n      - ${version}\n`);
  const handlingOf = async (environment: Record<string, string>) => {
    const service = await ServiceProcess.start({ environment });
    const admin = await service.client();
    const id = (await admin.give('/v1/work-orders', ticket('R-1'))).id;
    await admin.give(`/v1/work-orders/${id}/classify`, {
      classification: 'report',
      occurredAt: '2024-03-04T11:00:00+08:00',
    });
    const dispatch = { authority: 'Unit', handlingRegion: DISTRICT, occurredAt: '2024-03-04T12:00:00+08:00' };
    const { position } = await admin.give(`/v1/work-orders/${id}/dispatch`, dispatch);
    const { clocks } = (await admin.read(`/v1/work-orders/${id}?position=${position}`)) as Any;
    const window = `from=2024-01-01&to=2025-01-01&region=${DISTRICT}`;
    const figure = (await admin.read(`/v1/metrics/M-05?${window}&position=${position}`)) as Any;
    await service.stop();
    return { handling: clocks[0], figure };
  };
  const unset = await handlingOf({});
  const again = await handlingAfterRestart(folder, rules);
  expect(again).toMatchObject({ rule: 'L-32.elsewhere', promised: '2024-03-11', due: '2024-03-11', state: 'overdue' });
  expect(unset.handling).toMatchObject({ state: 'undetermined', undetermined: 'RULE_NOT_CONFIGURED', due: null });
  expect(unset.figure).toMatchObject({ denominator: 0, excluded: { 'X-NO-DUE': 1 }, rules: [], calendar: null });
  const set = await handlingOf({ FANGXIN_RULES: rules });
  expect(set.handling).toMatchObject({ state: 'overdue', rule: 'L-32.elsewhere', due: '2024-03-11' });
  expect(set.figure).toMatchObject({
    numerator: 0,
    denominator: 1,
    rules: [expect.stringMatching(/^L-32\.elsewhere\//)],
  });
  expect(set.figure.calendar).toMatch(/^CN-2024\.\d$/);
});

it('a negotiation without a result expires once, at the time it was due, also after the service was killed', async () => {
  const folder = temporaryFolder();
  const first = await ServiceProcess.start({ folder });
  let admin = await first.client();
  await registerMember(admin);
  const negotiations: string[] = [];
  for (let number = 0; number < 30; number++) {
    const disputeId = await openDispute(admin);
    const opening = { disputeId, respondentUscc: UNIT, venue: 'odr', occurredAt: '2024-03-05T10:00:00+08:00' };
    negotiations.push((await admin.give('/v1/negotiations', opening)).id);
    if (number === 10)
      await until(
        () => admin.all('/v1/negotiations?status=expired'),
        (items) => items.length > 0,
      );
  }
  await first.kill();
  const second = await ServiceProcess.start({ folder });
  admin = await second.client();
  await until(
    () => admin.all('/v1/negotiations?status=expired'),
    (items) => items.length === negotiations.length,
  );
  for (const id of negotiations) {
    const { items } = (await admin.read(`/v1/negotiations/${id}/events`)) as Any;
    const expired = items.filter(({ type }: Any) => type === 'NegotiationExpired');
    expect(expired).toMatchObject([
      { occurredAt: '2024-03-19T16:00:00.000Z', actor: { id: 'clock', role: 'process' } },
    ]);
  }
  const rate = (await admin.read('/v1/metrics/M-02?from=2024-01-01&to=2025-01-01')) as Any;
  expect(rate).toMatchObject({ numerator: 0, denominator: negotiations.length });
  await second.stop();
});
