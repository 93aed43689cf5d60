import { describe, expect, it } from '@jest/globals';
import { startOfDay } from '#kernel';
import type { Instant } from '#kernel';
import { isRefused, MetricsEngine } from './index.ts';
import type { Figure, FigureQuery } from './index.ts';
import { MemoryLog } from './testing/memory-log.ts';
import type { Told } from './testing/memory-log.ts';

const USCC = '91330100799655058B';
const REGION = '370302';
const NOW = startOfDay('2024-07-01');

/** Noon of a day in Shanghai. */
const noon = (day: string): Instant => startOfDay(day) + 12 * 3_600_000;

function engineOver(told: readonly Told[], now = NOW): { engine: MetricsEngine; log: MemoryLog } {
  const log = new MemoryLog(told);
  const engine = new MetricsEngine({ clock: { now: () => now }, log });
  engine.apply(log.events, log.events.length);
  return { engine, log };
}

async function figureOf(engine: MetricsEngine, query: Partial<FigureQuery> = {}): Promise<Figure> {
  const figure = await engine.figure({ metric: 'M-01', from: '2024-01-01', to: '2025-01-01', ...query });
  if (isRefused(figure)) throw new Error(figure.detail);
  return figure;
}

const respondent = { respondentUscc: USCC, respondentRegion: REGION, sector: '零售' };

class Dispute {
  readonly events: Told[] = [];
  #procedure = 0;

  constructor(readonly id: string) {
    this.#add('DisputeOpened', `dispute-${id}`, '2024-02-01', { ...respondent, channel: '12315' });
  }

  negotiated(...steps: (readonly [type: string, day: string, data?: object])[]): this {
    const stream = `negotiation-${this.id}-${++this.#procedure}`;
    this.#add('NegotiationOpened', stream, steps[0]![1], { disputeId: this.id, venue: 'odr', ...respondent });
    for (const [type, day, data] of steps) this.#add(type, stream, day, data);
    return this;
  }

  complained(...steps: (readonly [type: string, day: string, data?: object])[]): this {
    const stream = `complaint-${this.id}-${++this.#procedure}`;
    this.#add('ComplaintReceived', stream, steps[0]?.[1] ?? '2024-02-01', {
      disputeId: this.id,
      channel: '12315',
      handlingRegion: '370303',
      ...respondent,
    });
    for (const [type, day, data] of steps) this.#add(type, stream, day, data);
    return this;
  }

  /** A mediation by a body, or a referral to or from a court. */
  beside(
    category: 'mediation' | 'referral' | 'confirmation',
    ...steps: (readonly [type: string, day: string, data?: object])[]
  ): this {
    const stream = `${category}-${this.id}-${++this.#procedure}`;
    for (const [type, day, data] of steps) this.#add(type, stream, day, data);
    return this;
  }

  #add(type: string, stream: string, day: string, data: object = {}): void {
    this.events.push({ type, stream, data, occurredAt: noon(day), correlationId: this.id });
  }
}

const settled = ['SettlementConfirmed', '2024-03-10', { basis: 'consumer', offer: 1, recoveredFen: 100 }] as const;
const settledLater = ['SettlementConfirmed', '2024-03-20', { basis: 'consumer' }] as const;
const failed = ['NegotiationFailed', '2024-03-10', { reason: 'no-agreement', by: 'operator' }] as const;
const accepted = ['ComplaintAccepted', '2024-04-01', { acceptedOn: '2024-04-01' }] as const;
const concluded = (result: string, ground: string | null = null, more: object = {}) =>
  [
    'ComplaintConcluded',
    '2024-05-01',
    { result, ground, disqualification: null, evidence: ['proof'], recoveredFen: null, ...more },
  ] as const;

const declined = ['ComplaintNotAccepted', '2024-06-01', { ground: '16(2)' }] as const;
const escalated = ['NegotiationEscalated', '2024-03-10', { from: 'open' }] as const;
const ranOut = ['NegotiationExpired', '2024-03-20', { clock: 'negotiation' }] as const;
const disqualifiedLater = [
  'ComplaintConcluded',
  '2024-06-01',
  { result: 'terminated', ground: '23(1)(6)', disqualification: '16(2)', evidence: [], recoveredFen: null },
] as const;

const disputedLater = ['SettlementDisputed', '2024-04-10', { of: 'settlement', by: 'consumer' }] as const;
const proposed = ['MediationProposed', '2024-03-20', { kind: 'peoples', complaintId: null }] as const;
const assigned = ['DisputeAssignedByCourt', '2024-03-20'] as const;
const referred = ['DisputeReferredToCourt', '2024-03-20'] as const;

const ranOutThen = (...entered: Parameters<Dispute['negotiated']>) => new Dispute('a').negotiated(ranOut, ...entered);

describe('M-01, the settlement rate, by outcome of one dispute', () => {
  const outcomes: [name: string, dispute: Dispute, strict: string, broad: string, excluded: object][] = [
    ['negotiation settled', new Dispute('a').negotiated(settled), '1/1', '1/1', {}],
    ['negotiation failed', new Dispute('a').negotiated(failed), '0/1', '0/1', {}],
    [
      'failed, then mediated to agreement',
      new Dispute('a').negotiated(failed).complained(accepted, concluded('mediated')),
      '0/1',
      '1/1',
      {},
    ],
    [
      'parties settle by themselves after acceptance',
      new Dispute('a').complained(accepted, concluded('terminated', '23(1)(1)')),
      '1/1',
      '1/1',
      {},
    ],
    [
      'the same without proof',
      new Dispute('a').complained(accepted, concluded('terminated', '23(1)(1)', { evidence: [] })),
      '0/1',
      '0/1',
      {},
    ],
    ['withdrawn', new Dispute('a').complained(accepted, concluded('withdrawn')), '0/0', '0/0', { 'X-WD': 1 }],
    ['refused', new Dispute('a').complained(accepted, concluded('terminated', '23(1)(2)')), '0/1', '0/1', {}],
    ['no agreement', new Dispute('a').complained(accepted, concluded('terminated', '23(1)(5)')), '0/1', '0/1', {}],
    [
      'not accepted',
      new Dispute('a').complained(['ComplaintNotAccepted', '2024-04-01', { ground: '16(2)' }]),
      '0/0',
      '0/0',
      { 'X-NA': 1 },
    ],
    ...['16(3)', '16(5)', '16(6)', '42'].map((disqualification): (typeof outcomes)[number] => [
      `disqualified under ${disqualification}`,
      new Dispute('a').complained(accepted, concluded('terminated', '23(1)(6)', { disqualification })),
      '0/0',
      '0/0',
      { 'X-MAL': 1 },
    ]),
    ...['16(1)', '16(2)', '16(4)', '16(7)'].map((disqualification): (typeof outcomes)[number] => [
      `disqualified under ${disqualification}`,
      new Dispute('a').complained(accepted, concluded('terminated', '23(1)(6)', { disqualification })),
      '0/0',
      '0/0',
      { 'X-NA': 1 },
    ]),
    [
      'a party ceased to exist',
      new Dispute('a').complained(accepted, concluded('terminated', '23(1)(7)')),
      '0/0',
      '0/0',
      { 'X-SUBJ': 1 },
    ],
    ['pending', new Dispute('a').complained(accepted), '0/0', '0/0', {}],
    [
      'agreed and claimed, not confirmed',
      new Dispute('a').negotiated(['SettlementAgreed', '2024-03-01'], ['SettlementClaimed', '2024-03-02']),
      '0/0',
      '0/0',
      {},
    ],
    [
      'settled, then complained of again',
      new Dispute('a').negotiated(settled).complained(accepted),
      '0/0',
      '0/0',
      { PENDING_AGAIN: 1 },
    ],
    [
      'failed while a complaint is open, which then ends in agreement',
      new Dispute('a').complained(accepted).negotiated(failed),
      '0/0',
      '0/0',
      { PENDING_AGAIN: 1 },
    ],
    [
      'mediation refused, then declined by a second body',
      new Dispute('a').complained(accepted, concluded('terminated', '23(1)(2)')).complained(declined),
      '0/1',
      '0/1',
      {},
    ],
    [
      'declined by one body, then taken and refused with another',
      new Dispute('a').complained(declined).complained(accepted, concluded('terminated', '23(1)(2)')),
      '0/1',
      '0/1',
      {},
    ],
    [
      'mediation refused, then taken by a second body that should have declined',
      new Dispute('a')
        .complained(accepted, concluded('terminated', '23(1)(2)'))
        .complained(accepted, disqualifiedLater),
      '0/1',
      '0/1',
      {},
    ],
    ['failed, then declined', new Dispute('a').negotiated(failed).complained(declined), '0/0', '0/0', { 'X-NA': 1 }],
    [
      'failed, and a settlement of before entered only then',
      new Dispute('a').negotiated(failed).negotiated(['SettlementConfirmed', '2024-03-01']),
      '0/1',
      '0/1',
      {},
    ],
    ['escalated, no complaint yet', new Dispute('a').negotiated(escalated), '0/1', '0/1', {}],
    [
      'escalated, then received by the authority',
      new Dispute('a').negotiated(escalated).complained(),
      '0/0',
      '0/0',
      { PENDING_AGAIN: 1 },
    ],
    ['ODR unanswered at 10 WD, consumer gives up', new Dispute('a').negotiated(ranOut), '0/1', '0/1', {}],
    ['run out, and a settlement of before entered only then', ranOutThen(settled), '1/1', '1/1', {}],
    ['run out, and a failure of before entered only then', ranOutThen(failed), '0/1', '0/1', {}],
    [
      'run out, and an offer of before entered only then',
      ranOutThen(['SettlementClaimed', '2024-03-11']),
      '0/1',
      '0/1',
      {},
    ],
    [
      'run out, then escalated',
      ranOutThen(['NegotiationEscalated', '2024-03-25', { from: 'expired' }]),
      '0/1',
      '0/1',
      {},
    ],
    [
      'run out, escalated and mediated to agreement',
      ranOutThen(['NegotiationEscalated', '2024-03-25', { from: 'expired' }]).complained(
        accepted,
        concluded('mediated'),
      ),
      '0/1',
      '1/1',
      {},
    ],
    ['settled, then disputed', new Dispute('a').negotiated(settled, disputedLater), '0/1', '0/1', {}],
    [
      'settled, disputed and settled again',
      new Dispute('a').negotiated(settled, disputedLater, ['SettlementConfirmed', '2024-04-20', { basis: 'consumer' }]),
      '1/1',
      '1/1',
      {},
    ],
    [
      'claimed, and the claim disputed',
      new Dispute('a').negotiated(
        ['SettlementClaimed', '2024-03-01'],
        ['SettlementDisputed', '2024-03-02', { of: 'claim' }],
      ),
      '0/0',
      '0/0',
      {},
    ],
    [
      'settled, disputed and escalated',
      new Dispute('a').negotiated(settled, disputedLater, ['NegotiationEscalated', '2024-04-21', { from: 'disputed' }]),
      '0/1',
      '0/1',
      {},
    ],
    [
      'a body begins to mediate',
      new Dispute('a').negotiated(failed).beside('mediation', proposed),
      '0/0',
      '0/0',
      { PENDING_AGAIN: 1 },
    ],
    [
      'agreement before a body',
      new Dispute('a').beside(
        'mediation',
        proposed,
        ['MediationAgreementReached', '2024-04-01'],
        ['MediationAgreementEffective', '2024-04-02'],
      ),
      '0/1',
      '1/1',
      {},
    ],
    [
      'no agreement before a body',
      new Dispute('a').beside('mediation', proposed, ['MediationTerminated', '2024-04-02', { ground: '23(1)(5)' }]),
      '0/1',
      '0/1',
      {},
    ],
    [
      'settled beside a body',
      new Dispute('a').beside('mediation', proposed, ['MediationTerminated', '2024-04-02', { ground: '23(1)(1)' }]),
      '1/1',
      '1/1',
      {},
    ],
    [
      'mediated by order of the court',
      new Dispute('a').beside('referral', assigned, ['CourtMediationAgreed', '2024-04-02']),
      '0/1',
      '1/1',
      {},
    ],
    [
      'mediation for the court failed',
      new Dispute('a').beside('referral', assigned, ['CourtMediationExpired', '2024-04-02']),
      '0/1',
      '0/1',
      {},
    ],
    [
      'settled before the court',
      new Dispute('a').beside('referral', referred, ['CourtSettlementRecorded', '2024-04-02']),
      '0/1',
      '1/1',
      {},
    ],
    [
      'judged',
      new Dispute('a').negotiated(settled).beside('referral', referred, ['JudgmentRecorded', '2024-04-02']),
      '0/1',
      '0/1',
      {},
    ],
    [
      'not filed at the court',
      new Dispute('a').beside('referral', referred, ['CourtFilingDeclined', '2024-04-02']),
      '0/0',
      '0/0',
      { 'X-WD': 1 },
    ],
    [
      'the court’s way offered only',
      new Dispute('a').negotiated(failed).beside('referral', ['CourtRouteOffered', '2024-04-01']),
      '0/1',
      '0/1',
      {},
    ],
    [
      'settled, and confirmed by a court',
      new Dispute('a').negotiated(settled).beside('confirmation', ['JudicialConfirmationApplied', '2024-04-01']),
      '1/1',
      '1/1',
      {},
    ],
    [
      'a mediation that belongs to a complaint',
      new Dispute('a')
        .complained(accepted, concluded('mediated'))
        .beside('mediation', ['MediationProposed', '2024-04-02', { kind: 'delegated', complaintId: 'C' }]),
      '0/1',
      '1/1',
      {},
    ],
    [
      'one of two complaints handled with the other',
      new Dispute('a')
        .complained(accepted, concluded('terminated', '23(1)(1)'))
        .complained(['ComplaintMergedInto', '2024-04-02', { primary: 'c' }]),
      '1/1',
      '1/1',
      {},
    ],
    [
      'which then stands for itself again',
      new Dispute('a')
        .complained(accepted, concluded('terminated', '23(1)(1)'))
        .complained(['ComplaintMergedInto', '2024-04-02', { primary: 'c' }], ['ComplaintUnmerged', '2024-04-03', {}]),
      '0/0',
      '0/0',
      { PENDING_AGAIN: 1 },
    ],
    [
      'reopened after its conclusion',
      new Dispute('a').complained(accepted, concluded('mediated'), [
        'ComplaintReopened',
        '2024-05-02',
        { to: 'mediation' },
      ]),
      '0/0',
      '0/0',
      { PENDING_AGAIN: 1 },
    ],
    [
      'escalated, then settled elsewhere',
      new Dispute('a').negotiated(escalated).negotiated(['SettlementConfirmed', '2024-03-20']),
      '1/1',
      '1/1',
      {},
    ],
  ];

  it.each(outcomes)('%s', async (_, dispute, strict, broad, excluded) => {
    const { engine } = engineOver(dispute.events);
    const figure = await figureOf(engine);
    expect(`${figure.numerator}/${figure.denominator}`).toBe(strict);
    expect(`${figure.variants.broad!.numerator}/${figure.variants.broad!.denominator}`).toBe(broad);
    expect(figure.excluded).toEqual(excluded);
  });
});

describe('A settlement that silence confirmed', () => {
  it('counts, and is left out by the variant beside it', async () => {
    const silent = ['SettlementConfirmed', '2024-03-10', { basis: 'silence' }] as const;
    const { engine } = engineOver([
      ...new Dispute('a').negotiated(silent).events,
      ...new Dispute('b').negotiated(settled).events,
    ]);
    for (const metric of ['M-01', 'M-02']) {
      expect(await figureOf(engine, { metric })).toMatchObject({
        numerator: 2,
        denominator: 2,
        variants: { withoutSilence: { numerator: 1, denominator: 2 } },
      });
    }
  });

  it('is the consumer’s own once he has confirmed it again', async () => {
    const silent = ['SettlementConfirmed', '2024-03-10', { basis: 'silence' }] as const;
    const again = ['SettlementConfirmed', '2024-04-20', { basis: 'consumer' }] as const;
    const { engine } = engineOver(new Dispute('a').negotiated(silent, disputedLater, again).events);
    expect(await figureOf(engine)).toMatchObject({ variants: { withoutSilence: { numerator: 1, denominator: 1 } } });
  });
});

describe('Disputes that are one', () => {
  const merge = (id: string, day: string, primary: string | null): Told => ({
    type: primary === null ? 'DisputeUnmerged' : 'DisputeMergedInto',
    stream: `dispute-${id}`,
    occurredAt: noon(day),
    correlationId: id,
    data: { primary: primary ?? 'a', reason: null },
  });
  const told = (...told: readonly (Dispute | Told)[]): Told[] =>
    told.flatMap((one) => (one instanceof Dispute ? one.events : [one]));
  const merged = told(
    new Dispute('a').negotiated(failed),
    new Dispute('b').complained(accepted, concluded('terminated', '23(1)(1)')),
    merge('b', '2024-05-02', 'a'),
  );

  it('count once, through the primary, by what became of all of them', async () => {
    const { engine } = engineOver(merged);
    expect(await figureOf(engine)).toMatchObject({ numerator: 1, denominator: 1, excluded: { 'X-DUP': 1 } });
    const page = await engine.objects({ metric: 'M-01', from: '2024-01-01', to: '2025-01-01' });
    expect(page).toMatchObject({
      items: [
        { id: 'a', counted: 'numerator', attributedOn: '2024-05-01' },
        { id: 'b', counted: 'excluded', reason: 'X-DUP', attributedOn: '2024-05-01' },
      ],
    });
  });

  it('have in M-02 the negotiation of either of them', async () => {
    const { engine } = engineOver(
      told(
        new Dispute('a').negotiated(failed),
        new Dispute('b').negotiated(settledLater),
        merge('b', '2024-05-02', 'a'),
      ),
    );
    expect(await figureOf(engine, { metric: 'M-02' })).toMatchObject({
      numerator: 1,
      denominator: 1,
      excluded: { 'X-DUP': 1 },
    });
  });

  it('go on to move the primary, as long as they are', async () => {
    const openedAgain = new Dispute('b').negotiated(['SettlementAgreed', '2024-05-05']).events.slice(1);
    const { engine } = engineOver([...merged, ...openedAgain]);
    expect(await figureOf(engine)).toMatchObject({ denominator: 0, excluded: { 'X-DUP': 1, PENDING_AGAIN: 1 } });
    const apart = engineOver([...merged, ...openedAgain, merge('b', '2024-05-10', null)]);
    expect(await figureOf(apart.engine)).toMatchObject({
      numerator: 0,
      denominator: 1,
      excluded: { PENDING_AGAIN: 1 },
    });
  });

  it('are two again once they are taken apart, and were one before', async () => {
    const { engine } = engineOver([...merged, merge('b', '2024-05-10', null)]);
    expect(await figureOf(engine)).toMatchObject({ numerator: 1, denominator: 2, excluded: {} });
    const asOf = { position: merged.length, instant: NOW };
    expect(await figureOf(engine, { asOf })).toMatchObject({ numerator: 1, denominator: 1, excluded: { 'X-DUP': 1 } });
    expect(await figureOf(engine, { asOf: { position: merged.length - 1, instant: NOW } })).toMatchObject({
      numerator: 1,
      denominator: 2,
    });
  });

  it('are one over several steps', async () => {
    const { engine } = engineOver([...merged, ...new Dispute('c').events, merge('a', '2024-05-03', 'c')]);
    expect(await figureOf(engine)).toMatchObject({ numerator: 1, denominator: 1, excluded: { 'X-DUP': 2 } });
  });

  it('are each left out by what came of itself: one in between is not listed for what those behind it concluded', async () => {
    const events = told(new Dispute('a'), new Dispute('b'), new Dispute('c').negotiated(settled));
    for (const merges of [
      [merge('b', '2024-05-02', 'a'), merge('c', '2024-05-03', 'b')],
      [merge('c', '2024-05-02', 'b'), merge('b', '2024-05-03', 'a')],
    ]) {
      const { engine } = engineOver([...events, ...merges]);
      const page = await engine.objects({ metric: 'M-01', from: '2024-01-01', to: '2025-01-01' });
      expect(page).toMatchObject({
        items: [
          { id: 'a', counted: 'numerator' },
          { id: 'c', counted: 'excluded', reason: 'X-DUP' },
        ],
      });
    }
  });
});

describe('A referral that is not known to be about a dispute yet', () => {
  it('counts nowhere and parks nothing, and counts once it is linked', async () => {
    const stream = 'referral-r';
    const told = (type: string, correlationId: string | null): Told => ({
      type,
      stream,
      correlationId,
      occurredAt: noon('2024-03-20'),
      data: { disputeId: 'a' },
    });
    const { engine } = engineOver([
      ...new Dispute('a').events,
      told('DisputeAssignedByCourt', null),
      told('ReferralLinkedToDispute', 'a'),
      told('CourtMediationAgreed', 'a'),
    ]);
    expect(await figureOf(engine)).toMatchObject({ numerator: 0, denominator: 1, excluded: {} });
  });
});

describe('A dispute that is opened again', () => {
  it('is listed as excluded on the day of its earlier conclusion', async () => {
    const { engine } = engineOver(new Dispute('a').negotiated(settled).complained(accepted).events);
    const query = { metric: 'M-01', from: '2024-03-10', to: '2024-03-11', counted: 'excluded' } as const;
    expect(await engine.objects(query)).toMatchObject({
      items: [{ id: 'a', counted: 'excluded', reason: 'PENDING_AGAIN', attributedOn: '2024-03-10' }],
    });
  });
});

describe('A negotiation that ran out', () => {
  const dayOf = async (dispute: Dispute, metric: string) => {
    const { engine } = engineOver(dispute.events);
    const page = await engine.objects({ metric, from: '2024-01-01', to: '2025-01-01' });
    if (isRefused(page)) throw new Error(page.detail);
    return page.items.map(({ attributedOn, counted }) => `${counted} ${attributedOn}`);
  };

  it.each(['M-01', 'M-02'])(
    'counts in %s on the day after its last, and like its result once that is entered',
    async (metric) => {
      expect(await dayOf(new Dispute('a').negotiated(ranOut), metric)).toEqual(['denominator 2024-03-20']);
      expect(await dayOf(ranOutThen(settled), metric)).toEqual(['numerator 2024-03-10']);
      const escalatedBefore = ['NegotiationEscalated', '2024-03-12', { from: 'open' }] as const;
      expect(await dayOf(ranOutThen(escalatedBefore), metric)).toEqual(['denominator 2024-03-12']);
      const escalatedAfter = ['NegotiationEscalated', '2024-03-25', { from: 'expired' }] as const;
      expect(await dayOf(ranOutThen(escalatedAfter), metric)).toEqual(['denominator 2024-03-20']);
    },
  );

  it('leaves what it stood before, where its own result was earlier still', async () => {
    const earlier = ['SettlementConfirmed', '2024-03-05', {}] as const;
    const dispute = new Dispute('a').negotiated(settled).negotiated(ranOut).negotiated(ranOut);
    expect(await dayOf(dispute, 'M-02')).toEqual(['denominator 2024-03-20']);
    const entered = (negotiation: number) => {
      const [type, day, data] = earlier;
      dispute.events.push({
        type,
        stream: `negotiation-a-${negotiation}`,
        data,
        occurredAt: noon(day),
        correlationId: 'a',
      });
    };
    entered(3);
    expect(await dayOf(dispute, 'M-02')).toEqual(['denominator 2024-03-20']);
    entered(2);
    expect(await dayOf(dispute, 'M-02')).toEqual(['numerator 2024-03-10']);
  });

  it('ends the negotiation once: nothing is open, and nothing is taken as open twice', async () => {
    const second = ranOutThen(settled).negotiated(['SettlementClaimed', '2024-03-11']);
    const { engine } = engineOver(second.events);
    expect(await figureOf(engine)).toMatchObject({ denominator: 0, excluded: { PENDING_AGAIN: 1 } });
    expect(await figureOf(engine, { metric: 'M-02' })).toMatchObject({ denominator: 0 });
  });
});

describe('The variant of M-01 that counts withdrawals', () => {
  it('takes them as not settled, and still shows the default beside it', async () => {
    const { engine } = engineOver(new Dispute('a').complained(accepted, concluded('withdrawn')).events);
    expect(await figureOf(engine, { variant: 'withdrawnCounted' })).toMatchObject({
      numerator: 0,
      denominator: 1,
      excluded: {},
      variant: 'withdrawnCounted',
      variants: { default: { numerator: 0, denominator: 0 }, broad: { numerator: 0, denominator: 0 } },
    });
  });
});

describe('A subject as the registry had it', () => {
  const registered = (operatingSince: string | null, uscc = USCC): Told => ({
    type: 'SubjectRegistered',
    stream: `subject-${uscc}`,
    occurredAt: noon('2024-01-01'),
    recordedAt: noon('2024-01-02'),
    data: { uscc, name: '商店', region: REGION, sector: '零售', operatingSince },
  });

  it('is known from its registration on', async () => {
    const { engine } = engineOver([registered('2020-02-29')]);
    expect(await engine.subject(USCC)).toEqual({
      uscc: USCC,
      region: REGION,
      sector: '零售',
      operatingSince: '2020-02-29',
      position: 1,
    });
    expect(await engine.subject(USCC, { instant: noon('2024-01-01') })).toBeNull();
    expect(await engine.subject('91110000802100433B')).toBeNull();
  });

  it('may have no day on file', async () => {
    const { engine } = engineOver([registered(null)]);
    expect(await engine.subject(USCC)).toMatchObject({ operatingSince: null });
  });
});

describe('M-02, settlement by the parties themselves, by outcome of one dispute', () => {
  const outcomes: [name: string, dispute: Dispute, negotiated: string, allDisputes: string][] = [
    ['negotiation settled', new Dispute('a').negotiated(settled), '1/1', '1/1'],
    ['negotiation failed', new Dispute('a').negotiated(failed), '0/1', '0/1'],
    [
      'escalated without a result',
      new Dispute('a').negotiated(['NegotiationEscalated', '2024-03-10', { from: 'open' }]),
      '0/1',
      '0/1',
    ],
    ['ODR unanswered at 10 WD, consumer gives up', new Dispute('a').negotiated(ranOut), '0/1', '0/1'],
    ['run out, and a settlement of before entered only then', ranOutThen(settled), '1/1', '1/1'],
    ['run out, and an escalation of before entered only then', ranOutThen(escalated), '0/1', '0/1'],
    [
      'run out, and a settlement after acceptance entered only then',
      new Dispute('a')
        .complained(['ComplaintAccepted', '2024-03-09', { acceptedOn: '2024-03-09' }])
        .negotiated(ranOut, settled),
      '0/1',
      '0/0',
    ],
    ['straight to the authority, mediated', new Dispute('a').complained(accepted, concluded('mediated')), '0/0', '0/1'],
    [
      'straight to the authority, settled by themselves',
      new Dispute('a').complained(accepted, concluded('terminated', '23(1)(1)')),
      '0/0',
      '0/1',
    ],
    [
      'failed, then mediated',
      new Dispute('a').negotiated(failed).complained(accepted, concluded('mediated')),
      '0/1',
      '0/1',
    ],
    ['claimed only', new Dispute('a').negotiated(['SettlementClaimed', '2024-03-10']), '0/0', '0/0'],
    [
      'settled after acceptance',
      new Dispute('a').complained(accepted).negotiated(['SettlementConfirmed', '2024-04-02']),
      '0/1',
      '0/0',
    ],
    [
      'settled after an acceptance that was entered only then',
      new Dispute('a').negotiated(['SettlementConfirmed', '2024-04-02']).complained(accepted),
      '0/1',
      '0/0',
    ],
    [
      'settled before an acceptance that was entered first',
      new Dispute('a').complained(accepted).negotiated(settled),
      '1/1',
      '0/0',
    ],
    [
      'failed last, though settled was entered later',
      new Dispute('a').negotiated(failed).negotiated(['SettlementConfirmed', '2024-03-01']),
      '0/1',
      '0/1',
    ],
  ];

  it.each(outcomes)('%s', async (_, dispute, negotiated, allDisputes) => {
    const { engine } = engineOver(dispute.events);
    const figure = await figureOf(engine, { metric: 'M-02' });
    expect(`${figure.numerator}/${figure.denominator}`).toBe(negotiated);
    const all = await figureOf(engine, { metric: 'M-02', variant: 'allDisputes' });
    expect(`${all.numerator}/${all.denominator}`).toBe(allDisputes);
  });
});

describe('M-05, disposal of hotline work orders', () => {
  const received = (dueAt: string | null, more: object = {}): Told => ({
    type: 'WorkOrderReceived',
    stream: 'workOrder-12345-1',
    occurredAt: noon('2024-06-01'),
    data: {
      channel: '12345',
      sector: null,
      handlingRegion: null,
      respondentUscc: null,
      dueAt,
      imported: null,
      ...more,
    },
  });
  const step = (type: string, data: object, region: string | null = null): Told => ({
    type,
    stream: 'workOrder-12345-1',
    occurredAt: noon('2024-06-02'),
    region,
    data,
  });
  const dispatched = (handlingRegion: string, dueAt: string | null, by: string | null = null) =>
    step('WorkOrderDispatched', { authority: null, handlingRegion, dueAt }, by);
  const returned = step('WorkOrderReturned', { reasonCode: 'not-competent', note: null, handlingRegion: '370302' });
  const replied = step('WorkOrderReplied', { outcome: 'answered', reply: null, complaintId: null });
  const DUE = '2024-06-10T09:59:59Z';

  async function count(told: readonly Told[], region?: string, now = NOW): Promise<string> {
    const { engine } = engineOver(told, now);
    const figure = await figureOf(engine, { metric: 'M-05', region, from: '2024-06-01', to: '2024-07-01' });
    const excluded = Object.entries(figure.excluded).map(([reason, n]) => ` ${reason}=${n}`);
    return `${figure.numerator}/${figure.denominator}${excluded.join('')}`;
  }

  it('counts a dispatched work order once it is due, answered or not', async () => {
    expect(await count([received(null)])).toBe('0/0');
    expect(await count([received(null), dispatched('370302', DUE)])).toBe('0/1');
    expect(await count([received(null), dispatched('370302', DUE), replied])).toBe('1/1');
  });

  it('does not count it before the day it is due, which is a day in Shanghai', async () => {
    const told = [received(null), dispatched('370302', '2024-06-10T16:00:00Z'), replied];
    expect(await count(told, undefined, startOfDay('2024-06-11') - 1)).toBe('0/0');
    expect(await count(told, undefined, startOfDay('2024-06-11'))).toBe('1/1');
  });

  it('takes the channel’s due date where the dispatch has none', async () => {
    expect(await count([received(DUE), dispatched('370302', null)])).toBe('0/1');
  });

  it('lists one without any due date as excluded', async () => {
    expect(await count([received(null), dispatched('370302', null), replied])).toBe('0/0 X-NO-DUE=1');
  });

  it('takes a returned one from the unit and gives it to the region that dispatched it', async () => {
    const told = [received(null), dispatched('370302', DUE, '370300'), returned];
    expect(await count(told, '370302')).toBe('0/0');
    expect(await count(told, '370300')).toBe('0/1');
    const again = [...told, dispatched('370303', DUE, '370300'), replied];
    expect([await count(again, '370302'), await count(again, '370303'), await count(again, '370300')]).toEqual([
      '0/0',
      '1/1',
      '1/1',
    ]);
  });

  it('keeps with the unit one that it returned after the due day, until it is dispatched again', async () => {
    const onDay = (day: string) => ({ ...returned, occurredAt: noon(day) });
    const sent = [received(null), dispatched('370302', DUE, '370300')];
    expect([await count([...sent, onDay('2024-06-10')], '370302')]).toEqual(['0/0']);
    const late = [...sent, onDay('2024-06-11')];
    expect([await count(late, '370302'), await count(late, '370300')]).toEqual(['0/1', '0/1']);
    const again = [...late, dispatched('370303', '2024-06-20T04:00:00Z', '370300'), replied];
    const regions = ['370302', '370303', '370300'];
    expect(await Promise.all(regions.map((region) => count(again, region)))).toEqual(['0/0', '1/1', '1/1']);
    const { engine } = engineOver(again);
    const asOf = { position: 3, instant: NOW };
    const query = { metric: 'M-05', region: '370302', from: '2024-06-01', to: '2024-07-01', asOf };
    expect(await figureOf(engine, query)).toMatchObject({ numerator: 0, denominator: 1 });
  });

  it('takes a return of one without a due date as timely', async () => {
    const told = [
      received(null),
      dispatched('370302', null, '370300'),
      { ...returned, occurredAt: noon('2024-06-29') },
    ];
    expect(await count(told, '370302')).toBe('0/0');
    expect(await count(told, '370300')).toBe('0/0 X-NO-DUE=1');
  });

  it('gives a returned one to its dispatcher also across provinces', async () => {
    const told = [received(null), dispatched('370302', DUE, '330600'), returned];
    expect([await count(told, '370302'), await count(told, '330600'), await count(told)]).toEqual([
      '0/0',
      '0/1',
      '0/1',
    ]);
  });

  it('knows the dispatcher also from where the ticket first lay', async () => {
    const told = [received(null, { handlingRegion: '370300' }), dispatched('370302', DUE), returned];
    expect([await count(told, '370302'), await count(told, '370300')]).toEqual(['0/0', '0/1']);
  });

  it('excludes a returned one that no other region answers for', async () => {
    expect(await count([received(null), dispatched('370302', DUE, '370302'), returned], '370302')).toBe('0/0 X-RET=1');
    const answeredByHotline = [received(null), dispatched('370302', DUE), returned, replied];
    expect(await count(answeredByHotline)).toBe('0/0 X-RET=1');
  });

  it('counts imported history, and shows what contradicts itself', async () => {
    const imported = { batch: 'B7', flags: ['CLOSED_BEFORE_RECEIVED'] };
    const told = [
      received(DUE, { imported, handlingRegion: '370302' }),
      step('WorkOrderClosed', { outcome: 'handled' }),
    ];
    const { engine } = engineOver(told);
    const query = { metric: 'M-05', from: '2024-06-01', to: '2024-07-01' };
    expect(await figureOf(engine, query)).toMatchObject({ numerator: 1, denominator: 1, imported: 1, flagged: 1 });
    expect(await engine.objects(query)).toMatchObject({
      items: [{ id: '12345-1', imported, events: [{ position: 1 }, { position: 2, type: 'WorkOrderClosed' }] }],
      next: null,
    });
  });

  it('leaves out consultations in the variant that asks for complaints and reports', async () => {
    const told = [
      received(null),
      step('WorkOrderClassified', { classification: 'consultation' }),
      dispatched('370302', DUE),
    ];
    const figure = await figureOf(engineOver(told).engine, { metric: 'M-05', variant: 'complaintsAndReports' });
    expect(figure).toMatchObject({
      denominator: 0,
      excluded: { 'X-CONS': 1 },
      variants: { default: { denominator: 1 } },
    });
  });
});

describe('A figure', () => {
  it('says everything it rests on', async () => {
    const { engine } = engineOver(new Dispute('a').negotiated(settled).events);
    expect(await figureOf(engine, { subject: USCC })).toMatchObject({
      metric: 'M-01',
      name: 'complaint_settlement_rate',
      numerator: 1,
      denominator: 1,
      rate: { text: '100.00%' },
      status: 'OK',
      formula: 'M-01@1',
      variant: 'default',
      rules: [],
      calendar: null,
      scope: { key: 'respondentRegion', region: null, subject: USCC },
      window: { from: '2024-01-01', to: '2025-01-01' },
      asOf: { instant: '2024-06-30T16:00:00.000Z', position: 3 },
      position: 3,
    });
  });

  it('is not assessable over nothing', async () => {
    const { engine } = engineOver([]);
    expect(await figureOf(engine)).toMatchObject({
      numerator: 0,
      denominator: 0,
      rate: null,
      status: 'NOT_ASSESSABLE',
    });
  });

  it('looks back two years to the same day, and to 28 February from a leap day', async () => {
    const windowAt = async (day: string) =>
      (await figureOf(engineOver([], noon(day)).engine, { from: undefined, to: undefined })).window;
    expect(await windowAt('2024-07-01')).toEqual({ from: '2022-07-01', to: '2024-07-02' });
    expect(await windowAt('2024-02-29')).toEqual({ from: '2022-02-28', to: '2024-03-01' });
  });

  it('takes the legal day of what happened, not the UTC day', async () => {
    const late = new Dispute('a').negotiated(['SettlementConfirmed', '2024-03-09', {}]);
    const events = late.events.map((event) => ({ ...event, occurredAt: Date.parse('2024-03-09T16:30:00Z') }));
    const { engine } = engineOver(events);
    expect(await figureOf(engine, { from: '2024-03-10', to: '2024-03-11' })).toMatchObject({ numerator: 1 });
    expect(await figureOf(engine, { from: '2024-03-09', to: '2024-03-10' })).toMatchObject({ denominator: 0 });
  });

  it('covers the regions within the one asked for', async () => {
    const { engine } = engineOver(new Dispute('a').negotiated(settled).events);
    for (const region of ['370302', '370300', '370000']) {
      expect(await figureOf(engine, { region })).toMatchObject({ numerator: 1, denominator: 1 });
    }
    expect(await figureOf(engine, { region: '330602' })).toMatchObject({ denominator: 0 });
  });

  it('is found by the metric’s name and by any version of its formula', async () => {
    const { engine } = engineOver([]);
    expect((await figureOf(engine, { metric: 'hotline_disposal_rate' })).metric).toBe('M-05');
    expect((await figureOf(engine, { formula: 'M-01@1' })).formula).toBe('M-01@1');
    expect(engine.metrics().map(({ id, name }) => [id, name])).toEqual([
      ['M-01', 'complaint_settlement_rate'],
      ['M-02', 'self_settlement_rate'],
      ['M-03', 'complaint_on_time_close_rate'],
      ['M-03b', 'acceptance_on_time_rate'],
      ['M-03c', 'termination_notice_on_time_rate'],
      ['M-04', 'report_verification_on_time_rate'],
      ['M-05', 'hotline_disposal_rate'],
      ['M-05b', 'hotline_on_time_rate'],
      ['M-06', 'dispute_handling_rate'],
      ['M-06b', 'valid_complaint_handling_rate'],
      ['M-07', 'handling_success_rate'],
      ['M-09', 'mediation_success_rate'],
      ['M-15', 'odr_on_time_rate'],
    ]);
  });
});

describe('A subject with thousands of disputes', () => {
  it('has the same figures before and after it is counted as it goes, now and as of then', async () => {
    const told = Array.from({ length: 1100 }, (_, n) =>
      new Dispute(`n${n}`).negotiated(n % 3 === 0 ? failed : settled),
    ).flatMap(({ events }) => events);
    const { engine, log } = engineOver(told);
    const stages = [1, 1023, 1024, 1025, 1100].map((disputes) => disputes * 3);
    for (const position of stages) {
      const counted = position / 3;
      const expected = { denominator: counted, numerator: counted - Math.ceil(counted / 3) };
      const then = new MetricsEngine({ clock: { now: () => NOW }, log });
      then.apply(log.events.slice(0, position), position);
      expect(await figureOf(then, { subject: USCC })).toMatchObject(expected);
      expect(await figureOf(engine, { subject: USCC, asOf: { position, instant: NOW } })).toMatchObject(expected);
    }
  });
});

describe('An event that cannot be taken in', () => {
  const broken = new Dispute('broken').complained(accepted, concluded('terminated', '99(9)'), [
    'ComplaintClosed',
    '2024-05-02',
  ]);
  const sound = new Dispute('sound').negotiated(settled);

  it('parks its object, excluded where it stands, and stops nothing else', async () => {
    const later: Told = { ...sound.events[1]!, stream: 'negotiation-later', correlationId: 'broken' };
    const { engine, log } = engineOver([...broken.events, ...sound.events, later]);
    expect(engine.checkpoint()).toBe(log.events.length);
    const why = { position: 4, reason: 'unknown ground of termination: 99(9)' };
    expect(engine.status().parked).toEqual([
      { kind: 'complaint', id: 'broken-1', ...why, skipped: 0 },
      { kind: 'dispute', id: 'broken', ...why, skipped: 1 },
    ]);
    expect(await figureOf(engine)).toMatchObject({ numerator: 1, denominator: 1, excluded: { PARKED: 1 } });
    expect(await figureOf(engine, { from: '2024-05-01', to: '2024-05-02' })).toMatchObject({ excluded: { PARKED: 1 } });
  });
});
