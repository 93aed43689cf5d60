import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { domainTables } from '#system';
import type { Client } from './client.ts';
import { CITY, daysAgo, DISTRICT, openDispute, registerMember, ticket, UNIT } from './scene.ts';
import { ServiceProcess } from './service-process.ts';

const REPORTER = { reporterName: '李举报', reporterPhone: '13700002222' };
const AUTHORITY = { authority: 'Market supervision of Yuecheng', handlingRegion: DISTRICT };
const CONDITIONS = ['evidence-of-violation', 'penalty-due', 'competent', 'within-time-bar'];
const TEXT = 'a'.repeat(64);
const COURT = { court: '绍兴市越城区人民法院', courtBasis: 'party-domicile' };

interface Entry {
  readonly position: number;
  readonly occurredAt: string;
  readonly collection: string;
  readonly objectId: string;
  readonly type: string;
  readonly words: { readonly zh: string; readonly en: string };
}

describe('one dispute in every procedure', () => {
  let service: ServiceProcess;
  let admin: Client;
  let officer: Client;
  /** The head of the authority: another person than the officer. */
  let chief: Client;
  let merchant: Client;
  let dispute: string;
  const ids: Record<'complaint' | 'mediation' | 'report' | 'case' | 'clueCase' | 'confirmation' | 'referral', string> =
    {
      complaint: '',
      mediation: '',
      report: '',
      case: '',
      clueCase: '',
      confirmation: '',
      referral: '',
    };

  const step = (path: string, body: object = {}, occurredAt?: string, by = officer) =>
    by.give(`/v1/${path}`, { ...body, ...(occurredAt !== undefined && { occurredAt }) });

  beforeAll(async () => {
    service = await ServiceProcess.start();
    admin = await service.client();
    officer = await admin.keyFor('officer', { region: CITY });
    chief = await admin.keyFor('head', { region: CITY });
    merchant = await admin.keyFor('merchant', { subject: UNIT });
    await registerMember(admin);
    dispute = await openDispute(admin, {
      occurredAt: daysAgo(9),
      complainantName: '张三',
      complainantPhone: '13900001111',
    });
    await ticketAndNegotiation();
    await complaintAndReport();
    await mediationWithAClue();
    await agreement();
  }, 60_000);
  afterAll(() => service.kill());

  async function ticketAndNegotiation(): Promise<void> {
    const { id } = await admin.give(
      '/v1/work-orders',
      ticket('ALL', { receivedAt: daysAgo(9), occurredAt: daysAgo(9) }),
    );
    await step(`work-orders/${id}/classify`, { classification: 'mixed' }, daysAgo(9, '11:00:00'));
    await step(`work-orders/${id}/split`, {}, daysAgo(9, '11:10:00'));
    await step(`work-orders/${id}/link-to-dispute`, { disputeId: dispute }, daysAgo(9, '12:00:00'));
    const opening = { disputeId: dispute, respondentUscc: UNIT, venue: 'odr', occurredAt: daysAgo(8) };
    const negotiation = (await admin.give('/v1/negotiations', opening)).id;
    await step(`negotiations/${negotiation}/acknowledge`, {}, daysAgo(8, '11:00:00'), merchant);
    await step(`negotiations/${negotiation}/fail`, { reason: 'no-agreement' }, daysAgo(7), merchant);
    await step(`negotiations/${negotiation}/escalate`, {}, daysAgo(7, '11:00:00'), admin);
  }

  async function complaintAndReport(): Promise<void> {
    const people = { complainantName: '张三', complainantPhone: '13900001111', complainantAddress: '绍兴' };
    const letter = { disputeId: dispute, ...AUTHORITY, respondentName: '某某商店', workOrderId: '12345-ALL' };
    ids.complaint = (await step('complaints', { ...letter, ...people, content: '商家拒绝退款' }, daysAgo(5))).id;
    await step(`complaints/${ids.complaint}/accept`, {}, daysAgo(5, '11:00:00'));
    await step(`complaints/${ids.complaint}/notify-acceptance-decision`, { channel: 'sms' }, daysAgo(5, '12:00:00'));
    ids.report = (
      await step('reports', { ...letter, ...REPORTER, content: '使用过期原料' }, daysAgo(5, '13:00:00'))
    ).id;
    await step(`reports/${ids.report}/start-verification`, {}, daysAgo(4));
    await step(`reports/${ids.report}/complete-verification`, {}, daysAgo(4, '11:00:00'));
    await step(`reports/${ids.report}/file-case`, { conditions: CONDITIONS }, daysAgo(4, '12:00:00'), chief);
    const taken = { origin: 'report', reportId: ids.report, ...AUTHORITY, content: '使用过期原料' };
    ids.case = (await step('cases', taken, daysAgo(4, '13:00:00'))).id;
  }

  async function mediationWithAClue(): Promise<void> {
    const { complaint: complaintId } = ids;
    const proposed = { kind: 'administrative', disputeId: dispute, complaintId };
    ids.mediation = (await step('mediations', proposed, daysAgo(3))).id;
    const mediation = `mediations/${ids.mediation}`;
    await step(`${mediation}/record-consent`, {}, daysAgo(3, '10:10:00'), merchant);
    await step(`${mediation}/record-consent`, { party: 'consumer' }, daysAgo(3, '10:20:00'));
    const where = { region: DISTRICT, regions: [DISTRICT], kinds: ['administrative'] };
    const mediator = { name: '王调解', ...where, qualifications: ['market-supervision-officer'] };
    const { id: mediatorId } = await step('mediators', mediator, daysAgo(6));
    await step(`${mediation}/assign-mediator`, { mediatorId }, daysAgo(3, '10:30:00'));
    const session = { scheduledFor: daysAgo(2), mode: 'online', channel: 'sms' };
    await step(`${mediation}/schedule-session`, session, daysAgo(3, '10:40:00'));
    await step(`${mediation}/record-attendance`, { session: '1', attended: ['consumer', 'merchant'] }, daysAgo(2));
    const clue = { description: '店内有过期原料', evidence: ['clue-photo-1'] };
    await step(`${mediation}/report-clue`, clue, daysAgo(2, '11:00:00'));
    const taken = { origin: 'mediation', mediationId: ids.mediation, clueId: `${ids.mediation}.1`, ...AUTHORITY };
    ids.clueCase = (await step('cases', { ...taken, content: '店内有过期原料' }, daysAgo(2, '12:00:00'))).id;
    await step(`cases/${ids.clueCase}/complete-clue-verification`, {}, daysAgo(2, '13:00:00'));
    await step(`cases/${ids.clueCase}/file`, { conditions: CONDITIONS }, daysAgo(2, '14:00:00'), chief);
  }

  async function agreement(): Promise<void> {
    const { complaint, mediation } = ids;
    const agreed = {
      form: 'statement',
      terms: '退款',
      textHash: TEXT,
      amountFen: 100,
      performanceDue: daysAgo(-9).slice(0, 10),
    };
    await step(`mediations/${mediation}/reach-agreement`, agreed);
    const sign = (signer: string, more: object, by = officer) =>
      step(
        `mediations/${mediation}/sign-agreement`,
        { signer, method: 'seal', textHash: TEXT, ...more },
        undefined,
        by,
      );
    await sign('consumer', { evidence: ['agreement-1'] });
    await sign('merchant', {}, merchant);
    await sign('body-seal', {});
    await step(`complaints/${complaint}/conclude`, { result: 'mediated', evidence: ['agreement-1'] });
    const window = { mediationId: mediation, matter: 'property-or-contract' };
    ids.confirmation = (await step('judicial-confirmations', window)).id;
    await step(`judicial-confirmations/${ids.confirmation}/sign`, { party: 'merchant', ...COURT }, undefined, merchant);
    const purpose = { disputeId: dispute, handlingRegion: DISTRICT, purpose: 'confirmation', mediationId: mediation };
    ids.referral = (await step('court-referrals', purpose)).id;
    for (const party of ['consumer', 'merchant']) {
      await step(`court-referrals/${ids.referral}/consent-to-route`, { party, evidence: ['consent-1'] });
    }
  }

  const timeline = async (client: Client, order = 'occurred'): Promise<Entry[]> => {
    const position = await admin.head();
    return client.all<Entry>(`/v1/disputes/${dispute}/timeline?order=${order}&position=${position}`, 20);
  };
  const asked = async (client: Client, path: string) => {
    const joint = path.includes('?') ? '&' : '?';
    return client.get(`${path}${joint}position=${await admin.head()}`);
  };

  describe('a complaint that became a case', () => {
    it('went on, and was concluded by itself (T-43)', async () => {
      const { items } = (await asked(officer, `/v1/disputes/${dispute}/timeline?limit=200`)).body;
      const told = (items as Entry[]).map(({ type }) => type);
      const converted = told.indexOf('ComplaintConvertedToCase');
      expect(converted).toBeGreaterThan(told.indexOf('ComplaintAccepted'));
      expect(told.indexOf('ComplaintConcluded')).toBeGreaterThan(converted);
      expect(told.filter((type) => type === 'ComplaintConcluded')).toHaveLength(1);
    });

    it('stays open where nobody concludes it', async () => {
      const disputeId = await openDispute(admin, { occurredAt: daysAgo(9) });
      const people = { complainantName: '李四', complainantPhone: '13900003333', complainantAddress: '绍兴' };
      const letter = { disputeId, ...AUTHORITY, ...people, respondentName: '某某商店', content: '拒绝退款' };
      const { id: complaintId } = await step('complaints', letter, daysAgo(3));
      await step(`complaints/${complaintId}/accept`, {}, daysAgo(3, '11:00:00'));
      await step(`complaints/${complaintId}/notify-acceptance-decision`, { channel: 'sms' });
      await step(`cases/${ids.clueCase}/convert-complaint`, { complaintId });
      const { body } = await asked(officer, `/v1/complaints/${complaintId}`);
      expect(body).toMatchObject({ status: 'accepted', result: null });
      const kept = await asked(officer, `/v1/cases/${ids.clueCase}`);
      expect(kept.body.complaints).toMatchObject([{ complaintId: ids.complaint }, { complaintId }]);
      await step(`complaints/${complaintId}/conclude`, { result: 'mediated' });
    });
  });

  describe('a package for the court', () => {
    const pack = (body: object) => officer.post(`/v1/court-referrals/${ids.referral}/package-materials`, body);

    it.each(['concession=offer-1', 'settlement-offer=offer-1'])('holds no %s (S9 22)', async (item) => {
      const { status, body } = await pack({ items: ['mediation-agreement=agreement-1', item] });
      expect({ status, code: body.code }).toEqual({ status: 422, code: 'CONCESSION_NOT_TRANSFERABLE' });
    });

    it('holds no fact that one party alone has confirmed, and goes to the court once', async () => {
      const items = ['mediation-agreement=agreement-1', 'undisputed-fact=fact-1'];
      expect((await pack({ items, factsAgreedBy: ['consumer'] })).body.code).toBe('FACTS_NOT_AGREED');
      const { position } = await step(`court-referrals/${ids.referral}/package-materials`, {
        items,
        factsAgreedBy: ['consumer', 'merchant'],
      });
      const referral = await officer.read(`/v1/court-referrals/${ids.referral}?position=${position}`);
      const transfer = {
        package: referral.package.id,
        court: COURT.court,
        jurisdictionBasis: 'body-place',
      };
      const first = await step(`court-referrals/${ids.referral}/transfer`, transfer);
      const again = await step(`court-referrals/${ids.referral}/transfer`, transfer);
      expect(again).toMatchObject({ version: first.version, unchanged: true });
    });
  });

  describe('its timeline', () => {
    /** Proposals come a moment after what they answer. */
    const settled = async (): Promise<void> => {
      const open = async () =>
        (await officer.all(`/v1/proposals?disputeId=${dispute}&kind=conclude-complaint&status=taken`)).length;
      while ((await open()) === 0) await delay(50);
    };

    it('tells an officer every event of every procedure, each in words', async () => {
      await settled();
      const entries = await timeline(officer);
      for (const { type, words } of entries) {
        expect({ type, zh: words.zh, en: words.en }).toEqual({
          type,
          zh: expect.stringMatching(/\p{Script=Han}/u),
          en: expect.stringMatching(/[a-z]/),
        });
      }
      expect(new Set(entries.map(({ collection }) => collection))).toEqual(
        new Set([
          ...['work-orders', 'disputes', 'negotiations', 'complaints', 'reports', 'cases', 'mediations'],
          ...['judicial-confirmations', 'court-referrals', 'proposals'],
        ]),
      );
      const text = JSON.stringify(entries);
      for (const personal of ['张三', '13900001111', REPORTER.reporterName, '过期原料'])
        expect(text).not.toContain(personal);
      const upTo = Math.max(...entries.map(({ position }) => position));
      const inLog = (all: readonly Entry[]) => all.map(({ position }) => position).toSorted((one, two) => one - two);
      for (const object of new Set(entries.map(({ collection, objectId }) => `${collection}/${objectId}`))) {
        // Of the dispute the list holds the events of its procedures, too.
        if (object.startsWith('disputes/')) continue;
        const told = entries.filter(({ collection, objectId }) => `${collection}/${objectId}` === object);
        const own = (await asked(admin, `/v1/${object}/events?limit=200`)).body.items as Entry[];
        const known = own.filter(({ position }) => position <= upTo);
        expect({ object, told: inLog(told) }).toEqual({ object, told: inLog(known) });
      }
    });

    it('is ordered by when it happened, or by when the log took it', async () => {
      const [occurred, recorded] = [await timeline(officer), await timeline(officer, 'recorded')];
      const inOrder = (a: Entry, b: Entry) => a.occurredAt.localeCompare(b.occurredAt) || a.position - b.position;
      expect(occurred).toEqual(occurred.toSorted(inOrder));
      expect(recorded).toEqual(occurred.toSorted((a, b) => a.position - b.position));
    });

    it('tells the merchant of the procedures it is a party to, and of nothing else', async () => {
      const [all, own] = [await timeline(officer), await timeline(merchant)];
      const visible = ['negotiations', 'complaints', 'mediations', 'judicial-confirmations'];
      const expected = all.filter(
        ({ collection, type }) => visible.includes(collection) && type !== 'ViolationClueFound',
      );
      expect(own.map(({ position }) => position)).toEqual(expected.map(({ position }) => position));
    });
  });

  describe('its report', () => {
    /** Every list, every object and all that is told of it. */
    const everywhere = (): string[] => {
      const collections = { complaint: 'complaints', mediation: 'mediations', confirmation: 'judicial-confirmations' };
      const others = { report: 'reports', case: 'cases', clueCase: 'cases', referral: 'court-referrals' };
      const objects = Object.entries({ ...collections, ...others }).flatMap(([object, collection]) => {
        const path = `/v1/${collection}/${ids[object as keyof typeof ids]}`;
        return [path, `${path}/events?limit=200`];
      });
      const story = `/v1/disputes/${dispute}`;
      const ofDispute = [story, `${story}/events?limit=200`, `${story}/timeline?limit=200`];
      return [...domainTables.map(({ collection }) => `/v1/${collection}?limit=200`), ...objects, ...ofDispute];
    };

    /** Answers of 200 by path; expects that none tells what it must not. */
    const told = async (client: Client, secrets: readonly string[]): Promise<string[]> => {
      const seen: string[] = [];
      for (const path of everywhere()) {
        const { status, text } = await asked(client, path);
        if (status === 200) seen.push(path);
        // A problem tells no more than was asked.
        const isTold = secrets.filter((secret) => !path.includes(secret) && text.includes(secret));
        const isShown = status === 200 && secrets.some((secret) => path.includes(secret));
        expect({ path, isTold, isShown }).toEqual({ path, isTold: [], isShown: false });
      }
      return seen;
    };
    const ofReport = () => [ids.report, ids.case, REPORTER.reporterName, REPORTER.reporterPhone];

    it('is kept from the merchant, and so are clue and case, wherever it looks (S1 Art. 27, 37)', async () => {
      const seen = await told(merchant, [...ofReport(), ids.clueCase, `${ids.mediation}.1`, 'clue-photo-1']);
      // Not for want of anything to see.
      for (const collection of ['complaints', 'mediations', 'negotiations']) {
        expect(seen).toContain(`/v1/${collection}?limit=200`);
      }
      const { text } = await asked(officer, `/v1/mediations/${ids.mediation}/events?limit=200`);
      expect(text).toContain('clue-photo-1');
    });

    it.each(['hotline', 'mediator', 'court', 'programme-office', 'public'])(
      'is kept from a key of role %s, wherever it looks',
      async (role) => void (await told(await admin.keyFor(role), ofReport())),
    );

    it.each(['officer', 'head', 'enforcement', 'auditor'])('is shown to a key of role %s', async (role) => {
      const client = await admin.keyFor(role);
      expect((await asked(client, `/v1/reports/${ids.report}`)).status).toBe(200);
      expect((await asked(client, `/v1/disputes/${dispute}/timeline?limit=200`)).text).toContain(ids.report);
    });
  });
});

describe('two disputes that are one', () => {
  let service: ServiceProcess;
  afterAll(() => service.kill());

  it('are told as one while they are merged, and as two afterwards (T-13, T-15)', async () => {
    service = await ServiceProcess.start();
    const admin = await service.client();
    const officer = await admin.keyFor('officer', { region: CITY });
    await registerMember(admin);
    const [primary, other] = [
      await openDispute(admin, { occurredAt: daysAgo(9) }),
      await openDispute(admin, { occurredAt: daysAgo(8) }),
    ];
    for (const disputeId of [primary, other]) {
      const opening = { disputeId, respondentUscc: UNIT, venue: 'odr', occurredAt: daysAgo(6) };
      const { id } = await admin.give('/v1/negotiations', opening);
      const failure = { reason: 'no-agreement', onBehalfOf: 'operator', occurredAt: daysAgo(5) };
      await admin.give(`/v1/negotiations/${id}/fail`, failure);
    }
    const streams = async (position: number) => {
      const entries = await officer.all<Entry>(`/v1/disputes/${primary}/timeline?position=${position}`);
      return new Set(entries.filter(({ collection }) => collection === 'disputes').map(({ objectId }) => objectId));
    };
    const against = await officer.post(`/v1/disputes/${primary}/merge-into`, { primary: other });
    expect(against.body.code).toBe('PRIMARY_NOT_FIRST');
    const merged = (await officer.give(`/v1/disputes/${other}/merge-into`, { primary })).position;
    expect(await streams(merged)).toEqual(new Set([primary, other]));
    expect(await officer.read(`/v1/disputes/${primary}?position=${merged}`)).toMatchObject({ merged: [{ id: other }] });
    const refused = await officer.post(`/v1/disputes/${other}/unmerge`, {});
    expect(refused.status).toBe(422);
    const apart = (await officer.give(`/v1/disputes/${other}/unmerge`, { reason: '另一笔交易' })).position;
    expect(await streams(apart)).toEqual(new Set([primary]));
    const alone = await officer.read(`/v1/disputes/${other}?position=${apart}`);
    expect(alone).toMatchObject({ mergedInto: null, stage: 'concluded' });
  });
});
