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

  #add(type: string, stream: string, day: string, data: object = {}): void {
    this.events.push({ type, stream, data, occurredAt: noon(day), correlationId: this.id });
  }
}

const settled = ['SettlementConfirmed', '2024-03-10', { basis: 'consumer', offer: 1, recoveredFen: 100 }] as const;
const failed = ['NegotiationFailed', '2024-03-10', { reason: 'no-agreement', by: 'operator' }] as const;
const accepted = ['ComplaintAccepted', '2024-04-01', { acceptedOn: '2024-04-01' }] as const;
const concluded = (result: string, ground: string | null = null, more: object = {}) =>
  [
    'ComplaintConcluded',
    '2024-05-01',
    { result, ground, disqualification: null, evidence: ['proof'], recoveredFen: null, ...more },
  ] as const;

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
    ['settled, then complained of again', new Dispute('a').negotiated(settled).complained(accepted), '0/0', '0/0', {}],
    [
      'failed while a complaint is open, which then ends in agreement',
      new Dispute('a').complained(accepted).negotiated(failed),
      '0/0',
      '0/0',
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
