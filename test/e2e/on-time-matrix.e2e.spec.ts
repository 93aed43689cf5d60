import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from './client.ts';
import { daysAgo, DISTRICT, ELSEWHERE, OTHER_DISTRICT, registerMember, ticket, UNIT } from './scene.ts';
import { ServiceProcess } from './service-process.ts';

/** What is entered after its deadline is judged by its entry (T-28): cases in time are made of these days. */
const WINDOW = `from=${daysAgo(300).slice(0, 10)}&to=${daysAgo(-1).slice(0, 10)}`;

/** Numerator and denominator of each metric; 0/0 unless said. Mixed letters and tickets count in M-04 and M-05, too. */
interface Counted {
  readonly 'M-01'?: string;
  readonly broad?: string;
  readonly 'M-02'?: string;
  readonly 'M-03'?: string;
  readonly 'M-04'?: string;
  /**
   * Of a complaint accepted so long ago that its mediation was due before today; told of every outcome with a complaint, which
   * is lived through once more for it, in another district.
   */
  readonly 'M-06b'?: string;
  readonly 'M-07'?: string;
  readonly 'M-09'?: string;
  readonly excluded?: Readonly<Record<string, number>>;
}

interface Row {
  readonly outcome: string;
  readonly counted: Counted;
  live(scene: Scene): Promise<unknown>;
}

/** One dispute with its procedures, all under the outcome as their sector. */
class Scene {
  constructor(
    readonly officer: Client,
    /** Another person of the authority. */
    readonly second: Client,
    readonly sector: string,
    readonly district = DISTRICT,
    /** Days by which complaints are older than they say. */
    private readonly age = 0,
  ) {}

  async dispute(day = 9): Promise<string> {
    const { sector } = this;
    const occurredAt = daysAgo(day + this.age);
    const opening = { respondentUscc: UNIT, respondentRegion: this.district, sector, occurredAt };
    return (await this.officer.give('/v1/disputes', opening)).id;
  }

  async negotiation(disputeId: string, day = 8): Promise<string> {
    const opening = { disputeId, respondentUscc: UNIT, venue: 'odr', occurredAt: daysAgo(day) };
    return (await this.officer.give('/v1/negotiations', opening)).id;
  }

  /** Settled in ODR, as the consumer has confirmed. */
  async settled(): Promise<string> {
    const id = await this.negotiation(await this.dispute());
    await this.step('negotiations', id, 'acknowledge', {}, daysAgo(8, '11:00:00'));
    await this.step('negotiations', id, 'propose', { amountFen: 100, onBehalfOf: 'merchant' }, daysAgo(7));
    await this.step('negotiations', id, 'agree', { offer: 1, onBehalfOf: 'consumer' }, daysAgo(6));
    await this.step('negotiations', id, 'confirm', {}, daysAgo(5));
    return id;
  }

  async received(disputeId: string, day = 4): Promise<string> {
    const { sector } = this;
    const letter = {
      ...{ disputeId, sector, authority: 'Market supervision', handlingRegion: this.district },
      ...{ complainantName: '李四光', complainantPhone: '13900001111', complainantAddress: '绍兴' },
      ...{ respondentName: '某某商店', content: '商家拒绝退款' },
    };
    return (await this.officer.give('/v1/complaints', { ...letter, occurredAt: daysAgo(day + this.age) })).id;
  }

  async accepted(disputeId: string, day = 4): Promise<string> {
    const id = await this.received(disputeId, day);
    const on = day + this.age;
    await this.step('complaints', id, 'accept', {}, daysAgo(on, '11:00:00'));
    await this.step('complaints', id, 'notify-acceptance-decision', { channel: 'sms' }, daysAgo(on, '12:00:00'));
    return id;
  }

  step(collection: string, id: string, action: string, body: object = {}, occurredAt?: string) {
    return this.officer.give(`/v1/${collection}/${id}/${action}`, { ...body, ...(occurredAt && { occurredAt }) });
  }

  conclude(complaintId: string, result: object, occurredAt?: string) {
    return this.step('complaints', complaintId, 'conclude', result, occurredAt);
  }

  async concluded(result: object): Promise<void> {
    await this.conclude(await this.accepted(await this.dispute()), result);
  }

  /** Accepted long ago, and ended on the last day of mediation as somebody says who enters it only now. */
  async endedOnTheLastDay(): Promise<string> {
    const id = await this.accepted(await this.dispute(130), 120);
    const { clocks } = await this.officer.read(`/v1/complaints/${id}?position=${await this.officer.head()}`);
    const { due } = (clocks as { clock: string; due: string }[]).find(({ clock }) => clock === 'mediation')!;
    await this.conclude(id, terminated('23(1)(5)'), `${due}T10:00:00+08:00`);
    return id;
  }
}

const MEDIATED = { result: 'mediated' };
const terminated = (ground: string, more: object = {}) => ({ result: 'terminated', ground, ...more });

/** The default matrix of outcomes with its column of time. */
const MATRIX: readonly Row[] = [
  {
    outcome: 'ODR settled in its ten working days',
    counted: { 'M-01': '1/1', broad: '1/1', 'M-02': '1/1' },
    live: (scene) => scene.settled(),
  },
  {
    outcome: 'ODR settled, and the settlement disputed afterwards',
    counted: { 'M-01': '0/1', broad: '0/1', 'M-02': '0/1' },
    live: async (scene) => {
      const id = await scene.settled();
      await scene.step('negotiations', id, 'dispute-settlement', { reason: 'not-performed' }, daysAgo(4));
    },
  },
  {
    outcome: 'ODR failed, then mediated',
    counted: {
      'M-01': '0/1',
      broad: '1/1',
      'M-02': '0/1',
      'M-03': '1/1',
      'M-06b': '1/1',
      'M-07': '1/1',
      'M-09': '1/1',
    },
    live: async (scene) => {
      const dispute = await scene.dispute();
      const failure = { reason: 'no-agreement', onBehalfOf: 'operator' };
      await scene.step('negotiations', await scene.negotiation(dispute), 'fail', failure, daysAgo(5));
      await scene.conclude(await scene.accepted(dispute), MEDIATED);
    },
  },
  {
    outcome: 'ODR unanswered, consumer gives up',
    counted: { 'M-01': '0/1', broad: '0/1', 'M-02': '0/1' },
    live: async (scene) => scene.negotiation(await scene.dispute(60), 59),
  },
  {
    outcome: 'settled by the parties after acceptance',
    counted: { 'M-01': '1/1', broad: '1/1', 'M-03': '1/1', 'M-06b': '1/1', 'M-07': '1/1' },
    live: (scene) => scene.concluded(terminated('23(1)(1)', { evidence: ['refund-1'] })),
  },
  {
    outcome: 'withdrawn',
    counted: { 'M-03': '1/1', 'M-06b': '1/1', excluded: { 'X-WD': 1 } },
    live: async (scene) =>
      scene.step('complaints', await scene.accepted(await scene.dispute()), 'withdraw', { by: 'complainant' }),
  },
  {
    outcome: 'mediation refused',
    counted: { 'M-01': '0/1', broad: '0/1', 'M-03': '1/1', 'M-06b': '1/1', 'M-07': '0/1', 'M-09': '0/1' },
    live: (scene) => scene.concluded(terminated('23(1)(2)')),
  },
  {
    outcome: 'ended on the last day, entered late',
    counted: { 'M-01': '0/1', broad: '0/1', 'M-03': '0/1', 'M-06b': '1/1', 'M-07': '0/1', 'M-09': '0/1' },
    live: (scene) => scene.endedOnTheLastDay(),
  },
  {
    outcome: 'ended on the last day, entered late and verified',
    counted: { 'M-01': '0/1', broad: '0/1', 'M-03': '1/1', 'M-06b': '1/1', 'M-07': '0/1', 'M-09': '0/1' },
    live: async (scene) => {
      const id = await scene.endedOnTheLastDay();
      const found = { clock: 'mediation', reason: 'paper-record', evidence: ['minutes-1'] };
      await scene.second.give(`/v1/complaints/${id}/verify-late-entry`, found);
    },
  },
  {
    outcome: 'mediated after the limit',
    counted: { 'M-01': '0/1', broad: '1/1', 'M-03': '0/1', 'M-06b': '1/1', 'M-07': '1/1', 'M-09': '1/1' },
    live: async (scene) => scene.conclude(await scene.accepted(await scene.dispute(130), 120), MEDIATED),
  },
  {
    outcome: 'overdue in mediation',
    counted: { 'M-03': '0/1', 'M-06b': '0/1' },
    live: async (scene) => scene.accepted(await scene.dispute(130), 120),
  },
  {
    outcome: 'overdue before any decision',
    counted: { 'M-03': '0/1', 'M-06b': '0/0' },
    live: async (scene) => scene.received(await scene.dispute(61), 60),
  },
  {
    outcome: 'not accepted, and told so in time',
    counted: { 'M-03': '1/1', 'M-06b': '0/0', excluded: { 'X-NA': 1 } },
    live: async (scene) => {
      const id = await scene.received(await scene.dispute());
      await scene.step('complaints', id, 'decline', { ground: '16(1)', reason: '不属于职责', remedies: ['court'] });
      await scene.step('complaints', id, 'notify-acceptance-decision', { channel: 'sms' });
    },
  },
  {
    outcome: 'not accepted, and not told of it',
    counted: { 'M-06b': '0/0', excluded: { 'X-NA': 1 } },
    live: async (scene) => {
      const id = await scene.received(await scene.dispute());
      await scene.step('complaints', id, 'decline', { ground: '16(1)', reason: '不属于职责', remedies: ['court'] });
    },
  },
  {
    outcome: 'found malicious after acceptance',
    counted: { 'M-03': '1/1', 'M-06b': '0/0', excluded: { 'X-MAL': 1 } },
    live: async (scene) => {
      const id = await scene.accepted(await scene.dispute());
      await scene.step('complaints', id, 'disqualify', { basis: '42', reason: '以投诉为名敲诈' });
      await scene.conclude(id, terminated('23(1)(6)'));
    },
  },
  {
    outcome: 'a party ceased to exist',
    counted: { 'M-03': '1/1', 'M-06b': '1/1', 'M-07': '0/1', excluded: { 'X-SUBJ': 1 } },
    live: (scene) => scene.concluded(terminated('23(1)(7)')),
  },
  {
    outcome: 'sent on, as no competence',
    counted: { 'M-06b': '0/0' },
    live: async (scene) => {
      const id = await scene.received(await scene.dispute());
      await scene.step('complaints', id, 'feed-back-incompetence', { reason: '不属于管辖' });
      const to = { toAuthority: 'Another', toRegion: ELSEWHERE };
      await scene.second.give(`/v1/complaints/${id}/transfer`, to);
    },
  },
  {
    outcome: 'merged duplicate, counted through its primary',
    counted: { 'M-01': '0/1', broad: '1/1', 'M-03': '1/1', 'M-06b': '1/1', 'M-07': '1/1', 'M-09': '1/1' },
    live: async (scene) => {
      const [first, again] = [await scene.dispute(9), await scene.dispute(8)];
      const [primary, duplicate] = [await scene.accepted(first, 4), await scene.received(again, 3)];
      const receipts = { complaintId: duplicate, primaryComplaintId: primary };
      await scene.step('disputes', again, 'merge-into', { primary: first, ...receipts });
      await scene.step('complaints', duplicate, 'merge-into', { primary });
      await scene.conclude(primary, MEDIATED);
    },
  },
  {
    outcome: 'two complaints of one dispute, handled as one',
    counted: { 'M-01': '0/1', broad: '1/1', 'M-03': '1/1', 'M-06b': '1/1', 'M-07': '1/1', 'M-09': '1/1' },
    live: async (scene) => {
      const dispute = await scene.dispute();
      const [primary, duplicate] = [await scene.accepted(dispute, 4), await scene.received(dispute, 3)];
      await scene.step('complaints', duplicate, 'merge-into', { primary });
      await scene.conclude(primary, MEDIATED);
    },
  },
  {
    outcome: 'reopened after its conclusion',
    counted: { 'M-03': '1/1', 'M-06b': '0/1', excluded: { PENDING_AGAIN: 1 } },
    live: async (scene) => {
      const id = await scene.accepted(await scene.dispute());
      await scene.conclude(id, MEDIATED);
      await scene.second.give(`/v1/complaints/${id}/reopen`, { reason: '协议未履行' });
    },
  },
  {
    outcome: 'thirty consumers together',
    counted: { 'M-01': '0/1', broad: '1/1', 'M-03': '1/1', 'M-06b': '1/1', 'M-07': '1/1', 'M-09': '1/1' },
    live: async (scene) => {
      const dispute = await scene.dispute();
      for (let person = 1; person <= 30; person++) {
        await scene.step('disputes', dispute, 'join-complainant', { complainantName: `Consumer ${person}` });
      }
      const chosen = { representatives: [1, 2], evidence: ['minutes-1'] };
      await scene.step('disputes', dispute, 'choose-representatives', chosen);
      const id = await scene.accepted(dispute);
      const refused = await scene.officer.post(`/v1/complaints/${id}/conclude`, MEDIATED);
      expect(refused.body.code).toBe('CONSENT_OF_REPRESENTED_REQUIRED');
      const consenting = Array.from({ length: 28 }, (_, index) => index + 3);
      const consent = { act: 'agreement', procedure: `complaint-${id}`, consenting, evidence: ['minutes-2'] };
      await scene.step('disputes', dispute, 'record-represented-consent', consent);
      await scene.conclude(id, MEDIATED);
    },
  },
  {
    outcome: 'complaint and report in one letter',
    counted: {
      'M-01': '0/1',
      broad: '1/1',
      'M-03': '1/1',
      'M-04': '1/1',
      'M-06b': '1/1',
      'M-07': '1/1',
      'M-09': '1/1',
    },
    live: async (scene) => {
      const disputeId = await scene.dispute();
      const { sector } = scene;
      const letter = { disputeId, sector, authority: 'Market supervision', handlingRegion: scene.district };
      const report = { ...letter, respondentName: '某某商店', content: '虚假宣传', occurredAt: daysAgo(4) };
      const { id } = await scene.officer.give('/v1/reports', report);
      await scene.step('reports', id, 'start-verification', {}, daysAgo(3));
      await scene.step('reports', id, 'complete-verification', {}, daysAgo(2));
      const complaint = await scene.accepted(disputeId);
      await scene.second.give(`/v1/reports/${id}/decline-filing`, { ground: '20(1)', reason: '情节轻微' });
      await scene.conclude(complaint, MEDIATED);
    },
  },
  {
    outcome: 'still in mediation',
    counted: { 'M-06b': '0/1' },
    live: async (scene) => scene.accepted(await scene.dispute()),
  },
];

/** Days: more than the sixty of mediation. */
const LONG_AGO = 100;
const withComplaint = ({ counted }: Row) => counted['M-06b'] !== undefined;

describe('every outcome of a dispute, with its time', () => {
  let service: ServiceProcess;
  let admin: Client;
  let head: number;

  beforeAll(async () => {
    service = await ServiceProcess.start();
    admin = await service.client();
    const second = await admin.keyFor('administrator');
    await registerMember(admin);
    for (const { outcome, live } of MATRIX) await live(new Scene(admin, second, outcome));
    for (const { outcome, live } of MATRIX.filter(withComplaint)) {
      await live(new Scene(admin, second, outcome, OTHER_DISTRICT, LONG_AGO));
    }
    const open = async () => (await admin.all('/v1/negotiations?status=opened')).length;
    while ((await open()) > 0) await delay(100);
    head = await admin.head();
  }, 60_000);
  afterAll(() => service.kill());

  type Ratio = { numerator: number; denominator: number };
  type Figure = Ratio & {
    group: { key: string };
    excluded: Record<string, number>;
    variants: Record<string, Ratio>;
  };
  const bySector = async (metric: string, district = DISTRICT): Promise<Map<string, Figure>> => {
    const of = `region=${district}&position=${head}`;
    const { items } = await admin.read(`/v1/metrics/${metric}?${WINDOW}&groupBy=sector&${of}`);
    return new Map((items as Figure[]).map((figure) => [figure.group.key, figure]));
  };
  const ratio = (of: Ratio | undefined) => (of === undefined ? '0/0' : `${of.numerator}/${of.denominator}`);

  it('counts as the matrix says', async () => {
    const [settled, negotiated] = [await bySector('M-01'), await bySector('M-02')];
    const [closed, verified] = [await bySector('M-03'), await bySector('M-04')];
    const [succeeded, mediated] = [await bySector('M-07'), await bySector('M-09')];
    const handled = await bySector('M-06b', OTHER_DISTRICT);
    const found = MATRIX.map(({ outcome }) => ({
      outcome,
      'M-01': ratio(settled.get(outcome)),
      broad: ratio(settled.get(outcome)?.variants['broad']),
      'M-02': ratio(negotiated.get(outcome)),
      'M-03': ratio(closed.get(outcome)),
      'M-04': ratio(verified.get(outcome)),
      'M-06b': ratio(handled.get(outcome)),
      'M-07': ratio(succeeded.get(outcome)),
      'M-09': ratio(mediated.get(outcome)),
      excluded: settled.get(outcome)?.excluded ?? {},
    }));
    const none = { 'M-01': '0/0', broad: '0/0', 'M-02': '0/0', 'M-03': '0/0', 'M-04': '0/0' };
    const more = { 'M-06b': '0/0', 'M-07': '0/0', 'M-09': '0/0', excluded: {} };
    expect(found).toEqual(MATRIX.map(({ outcome, counted }) => ({ outcome, ...none, ...more, ...counted })));
  });

  it('adds up to the district', async () => {
    const sum = (column: keyof Omit<Counted, 'excluded'>) => {
      const ratios = MATRIX.map(({ counted }) => (counted[column] ?? '0/0').split('/').map(Number));
      return `${ratios.reduce((all, [one]) => all + one!, 0)}/${ratios.reduce((all, [, of]) => all + of!, 0)}`;
    };
    for (const metric of ['M-01', 'M-02', 'M-03', 'M-04', 'M-07', 'M-09'] as const) {
      const figure = await admin.read(`/v1/metrics/${metric}?${WINDOW}&region=${DISTRICT}&position=${head}`);
      expect({ metric, ratio: ratio(figure) }).toEqual({ metric, ratio: sum(metric) });
    }
  });

  it('lists what was sent on and what was merged with their reasons', async () => {
    const excluded = await admin.all<{ reason: string }>(
      `/v1/metrics/M-03/objects?${WINDOW}&counted=excluded&region=${DISTRICT}`,
    );
    expect(excluded.map(({ reason }) => reason).toSorted()).toEqual(['X-DUP', 'X-DUP', 'X-TR']);
  });

  it('shows what those who enter late say of themselves', async () => {
    const { variants, numerator, denominator } = await admin.read(`/v1/metrics/M-03?${WINDOW}&region=${DISTRICT}`);
    expect(variants.declared).toEqual({ numerator: numerator + 1, denominator });
  });

  it('lets the ticket of a duplicate count for itself', async () => {
    const scene = new Scene(admin, admin, 'two tickets');
    const disputes = [await scene.dispute(9), await scene.dispute(8)];
    for (const [number, disputeId] of disputes.entries()) {
      const dueAt = daysAgo(1);
      const { id } = await admin.give(
        '/v1/work-orders',
        ticket(`TWICE-${number}`, { receivedAt: daysAgo(7), occurredAt: daysAgo(7), dueAt }),
      );
      await scene.step('work-orders', id, 'classify', { classification: 'complaint' }, daysAgo(6));
      await scene.step('work-orders', id, 'link-to-dispute', { disputeId }, daysAgo(6, '10:10:00'));
      const unit = { authority: 'Market supervision', handlingRegion: DISTRICT };
      await scene.step('work-orders', id, 'dispatch', unit, daysAgo(6, '10:20:00'));
      await scene.step('work-orders', id, 'reply', { outcome: 'answered' }, daysAgo(5));
    }
    const { position } = await scene.step('disputes', disputes[1]!, 'merge-into', { primary: disputes[0] });
    expect(ratio(await admin.read(`/v1/metrics/M-05?${WINDOW}&position=${position}`))).toBe('2/2');
    const whole = await admin.read(`/v1/disputes/${disputes[0]}?position=${position}`);
    expect(whole).toMatchObject({ merged: [{ id: disputes[1] }] });
  });
});
