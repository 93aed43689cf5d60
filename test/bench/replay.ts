import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { complaintSchemas } from '#complaints/events';
import { disputeSchemas } from '#disputes/events';
import { openEmbeddedEventLog, openEmbeddedReader } from '#event-log';
import type { EventLog, EventReader } from '#event-log';
import type { Instant, NewEvent } from '#kernel';
import { DAY_MS, derivedId, localDateOf, systemClock } from '#kernel';
import { readClock, shippedLaw, type ClockReading } from '#law';
import { MetricsEngine } from '#metrics';
import { negotiationSchemas } from '#negotiation/events';
import { workOrderSchemas } from '#work-orders/events';

const SCHEMAS = [workOrderSchemas, disputeSchemas, negotiationSchemas, complaintSchemas];
/** Appends in flight while the history is written. */
const WRITERS = 256;
const REGIONS = ['370302', '370303', '370304', '370305', '370306', '370321', '370322', '370323', '330602', '330603'];
const SECTORS = ['零售', '网络购物', '餐饮', '旅游', '教育培训', '通信', '快递', '汽车', '美容美发', '房地产'];

export interface ReplayBench {
  readonly events: number;
  /** Positions per second from the log into facts, figures and running counters, on one core; median of the runs. */
  readonly replayedPerSecond: number;
  readonly runs: readonly number[];
  /** The same per second of processor time (all threads), which other work on the machine moves less. */
  readonly replayedPerCpuSecond: number;
  readonly objects: Readonly<Record<string, number>>;
  readonly factVersions: number;
  /** Columns and counters, without ids and texts. */
  readonly bytesPerFactVersion: number;
  readonly residentBytes: number;
  readonly snapshotBytes: number;
  readonly saveMs: number;
  /** From nothing in memory to answering, with a snapshot that has reached the head. */
  readonly startMs: number;
  /** One figure over everything by running counters, and as of half the log by its objects. */
  readonly figureMs: number;
  readonly figureAsOfMs: number;
}

/** Writes its own history into a temporary folder, replays it, and starts again from a snapshot. */
export async function replayBench(options: { events?: number; smoke?: boolean } = {}): Promise<ReplayBench> {
  const events = options.events ?? (options.smoke === true ? 20_000 : 1_000_000);
  const folder = await mkdtemp(join(tmpdir(), 'fangxin-replay-'));
  try {
    const log = openEmbeddedEventLog({ folder, clock: systemClock, schemas: SCHEMAS });
    try {
      await writeHistory(log, events);
    } finally {
      await log.close();
    }
    const reader = openEmbeddedReader({ folder, schemas: SCHEMAS });
    try {
      return await measure(reader, join(folder, 'metrics'), options.smoke === true ? 1 : 3);
    } finally {
      await reader.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(reader: EventReader, folder: string, times: number): Promise<ReplayBench> {
  const head = await reader.head();
  const runs: number[] = [];
  const cpuRuns: number[] = [];
  let engine = newEngine(reader);
  for (let run = 0; run < times; run++) {
    engine = newEngine(reader);
    const before = process.cpuUsage();
    const seconds = (await milliseconds(() => engine.replay(reader))) / 1000;
    const cpu = process.cpuUsage(before);
    runs.push(Math.round(head / seconds));
    cpuRuns.push(Math.round((head * 1e6) / (cpu.user + cpu.system)));
  }
  const residentBytes = process.memoryUsage().rss;
  const saveMs = await milliseconds(() => engine.save(folder));
  const restarted = newEngine(reader);
  const startMs = await milliseconds(async () => {
    if (!(await restarted.load(folder))) throw new Error('the snapshot was not taken');
    await restarted.replay(reader);
    await restarted.figure({ metric: 'M-01' });
  });
  const { objects, factVersions, bytes } = restarted.status();
  return {
    events: head,
    replayedPerSecond: median(runs),
    runs,
    replayedPerCpuSecond: median(cpuRuns),
    objects,
    factVersions,
    bytesPerFactVersion: round(bytes / factVersions),
    residentBytes,
    snapshotBytes: (await stat(join(folder, 'metrics.snapshot'))).size,
    saveMs: round(saveMs),
    startMs: round(startMs),
    figureMs: round(await milliseconds(() => restarted.figure({ metric: 'M-01', region: '370300' }))),
    figureAsOfMs: round(
      await milliseconds(() =>
        restarted.figure({ metric: 'M-01', region: '370300', asOf: { position: Math.floor(head / 2) } }),
      ),
    ),
  };
}

function newEngine(log: EventReader): MetricsEngine {
  return new MetricsEngine({ clock: systemClock, log });
}

/** A few tens of thousands of disputes with all they bring, two years back until now, in many streams at once. */
async function writeHistory(log: EventLog, events: number): Promise<void> {
  const random = seeded(20_241_120);
  const start = systemClock.now() - 730 * DAY_MS;
  let written = 0;
  let dispute = 0;
  const writeNext = async (): Promise<void> => {
    while (written < events) {
      const story = storyOf(dispute++, start + Math.floor(random() * 700 * DAY_MS), random);
      written += story.reduce((sum, part) => sum + part.events.length, 0);
      for (const { stream, correlationId, region, events: told } of story) {
        const command = {
          commandId: derivedId('replay', stream),
          payloadDigest: '',
          actor: { id: 'bench', role: 'administrator' },
          occurredAt: told[0]!.occurredAt!,
          correlationId,
          region,
        };
        await log.append(stream, 'none', told, command);
      }
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writeNext));
}

interface Part {
  readonly stream: string;
  readonly correlationId: string;
  readonly region: string;
  readonly events: readonly NewEvent[];
}

/** A ticket, its dispute, a negotiation, and for two in five a complaint. */
function storyOf(number: number, begin: Instant, random: () => number): Part[] {
  const id = `01J${String(number).padStart(23, '0')}`;
  const region = REGIONS[Math.floor(random() * REGIONS.length)]!;
  const sector = SECTORS[Math.floor(random() * SECTORS.length)]!;
  const uscc = `9137030${String(Math.floor(random() * 20_000)).padStart(11, '0')}`;
  const respondent = { respondentUscc: uscc, respondentRegion: region, sector };
  const person = `person-${id}`;
  const tokens = { phone: 'kdA0c1pQmFzc3dvcmRzYXJlbm90aGVyZQ', name: 'p0VhbmFtZXNhcmVub3RoZXJlZWl0aGVy' };
  let at = begin;
  const event = (type: string, data: object): NewEvent => ({ type, data, occurredAt: (at += 3_600_000) });
  /** As the deciders write it into the event that comes next. */
  const reading = (clock: string, rule: string): ClockReading => readClock({ clock, rule, from: at + 3_600_000 }, LAW);
  const part = (stream: string, ...told: NewEvent[]): Part => ({ stream, correlationId: id, region, events: told });
  const dueAt = new Date(begin + 7 * DAY_MS).toISOString();
  const story = [
    part(
      `workOrder-12345-${id}`,
      event('WorkOrderReceived', {
        channel: '12345',
        externalNo: id,
        sector,
        handlingRegion: region,
        respondentUscc: uscc,
        respondent: null,
        complainant: person,
        complainantTokens: tokens,
        payloadDigest: `${id}-digest-of-the-payload-by-which-it-is-known`,
        dueAt,
        imported: null,
      }),
      event('WorkOrderClassified', { classification: 'complaint' }),
      event('WorkOrderLinkedToDispute', { disputeId: id }),
      event('WorkOrderDispatched', {
        authority: 'market-supervision',
        handlingRegion: region,
        dueAt,
        clocks: dispatchClocks(dueAt, reading),
      }),
      event('WorkOrderReplied', { outcome: 'answered', reply: person, complaintId: null }),
      event('WorkOrderClosed', { outcome: 'answered' }),
    ),
    part(
      `dispute-${id}`,
      event('DisputeOpened', {
        ...respondent,
        respondent: null,
        channel: '12345',
        amountFen: Math.floor(random() * 1_000_000),
        complainant: person,
        complainantTokens: tokens,
      }),
    ),
  ];
  const offer = { offer: 1, by: 'merchant', amountFen: 10_000, performBy: null, terms: person, expiresAt: null };
  const settled = random() < 0.6;
  const negotiation = [
    event('NegotiationOpened', {
      disputeId: id,
      venue: 'odr',
      ...respondent,
      openedBy: 'consumer',
      clocks: [reading('negotiation', 'L-18')],
    }),
    event('NegotiationAcknowledged', {}),
    event('SettlementProposed', offer),
    event('SettlementCountered', { ...offer, offer: 2, by: 'consumer' }),
  ];
  if (settled) {
    negotiation.push(
      event('SettlementAgreed', { offer: 2, acceptedBy: 'merchant' }),
      event('SettlementConfirmed', { basis: 'consumer', offer: 2, recoveredFen: 10_000 }),
    );
  } else {
    negotiation.push(event('NegotiationFailed', { reason: 'no-agreement', by: 'operator' }));
    negotiation.push(event('NegotiationEscalated', { from: 'failed' }));
  }
  story.push(part(`negotiation-${id}`, ...negotiation));
  if (!settled) {
    const mediated = random() < 0.5;
    story.push(
      part(
        `complaint-${id}`,
        event('ComplaintReceived', {
          disputeId: id,
          authority: 'market-supervision',
          handlingRegion: region,
          ...respondent,
          respondent: null,
          complainant: person,
          complainantTokens: tokens,
          channel: '12345',
          escalatedFrom: id,
          workOrderId: `12345-${id}`,
          knewOn: null,
          clocks: [reading('acceptance', 'L-01')],
        }),
        event('ComplaintAccepted', { acceptedOn: localDateOf(at), clocks: [reading('mediation', 'L-02')] }),
        event('AcceptanceDecisionNotified', { decision: 'accepted', channel: 'sms' }),
        event('ComplaintConcluded', {
          result: mediated ? 'mediated' : 'terminated',
          ground: mediated ? null : '23(1)(2)',
          disqualification: null,
          evidence: ['agreement'],
          recoveredFen: null,
          ...(mediated ? {} : { clocks: [reading('termination-notice', 'L-03')] }),
        }),
        event('ComplaintClosed', {}),
      ),
    );
  }
  return story;
}

const LAW = shippedLaw();

/** The channel's own date, and the time for giving it back by the rule of Shandong. */
function dispatchClocks(due: string, reading: (clock: string, rule: string) => ClockReading): readonly ClockReading[] {
  return [{ clock: 'handling', rule: null, calendar: null, due }, reading('return', 'L-32.return')];
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const begun = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - begun) / 1e6;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** mulberry32: the same numbers on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
