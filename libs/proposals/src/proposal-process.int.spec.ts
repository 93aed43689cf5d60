import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockDataFolder, openEmbeddedEventLog, type EmbeddedEventLog } from '#event-log';
import { derivedId, systemClock, type RecordedEvent } from '#kernel';
import { configure, regulations, shippedLaw, type Law } from '#law';
import { negotiationSchemas, negotiationsTable } from '#negotiation';
import { complaintSchemas } from '#complaints';
import { publicationSchemas, publicationsTable } from '#publicity';
import { publicationOf } from '#publicity/events';
import { proposalSchemas } from './events.ts';
import { ProposalProcess } from './processes/proposal-process.ts';
import { proposalsTable } from './proposals.module.ts';

let folder: string;
let lock: ReturnType<typeof lockDataFolder>;
let log: EmbeddedEventLog;
let law: Law;
let settled: string[];
const failures: unknown[] = [];

beforeEach(() => {
  law = shippedLaw();
  settled = [];
  folder = mkdtempSync(join(tmpdir(), 'fangxin-proposals-'));
  lock = lockDataFolder(folder);
  log = openEmbeddedEventLog({
    folder,
    clock: systemClock,
    schemas: [negotiationSchemas, complaintSchemas, proposalSchemas, publicationSchemas],
    lock,
  });
});
afterEach(async () => {
  await log.close();
  lock.release();
  rmSync(folder, { recursive: true });
  expect(failures.splice(0)).toEqual([]);
});

const processOf = (report = (error: unknown) => void failures.push(error)) =>
  new ProposalProcess({
    ...{ log, clock: systemClock, law: () => law, folder, report },
    tables: [proposalsTable, negotiationsTable, publicationsTable],
    settledBefore: ({ correlationId }) => Promise.resolve(correlationId === 'D1' ? settled : []),
  });

let commands = 0;
const append = (id: string, type: string, data: object = {}, category = 'negotiation', at = Date.now() - 1000) =>
  log.append(`${category}-${id}`, 'any', [{ type, data }], {
    commandId: derivedId('test', String(++commands)),
    payloadDigest: '',
    actor: { id: 'key-1', role: 'officer' },
    occurredAt: at,
    correlationId: 'D1',
    region: '330602',
  });
const proposals = (): Promise<RecordedEvent[]> => log.readAll(0, { types: Object.keys(proposalSchemas) });
const failed = { reason: 'no-agreement', by: 'consumer' };

it('an event is answered once, by whom it was caused and when it happened', async () => {
  const { position } = await append('N1', 'NegotiationFailed', failed);
  await processOf().catchUp();
  const [cause] = await log.readAll(position - 1, { limit: 1 });
  expect(await proposals()).toMatchObject([
    {
      stream: 'proposal-complaint-may-follow.negotiation-N1',
      type: 'ProposalMade',
      causationId: cause!.id,
      correlationId: 'D1',
      occurredAt: cause!.occurredAt,
      actor: { id: 'proposals', role: 'process' },
    },
  ]);
});

it('read again from the beginning, or by two at once, nothing is proposed again', async () => {
  for (let number = 0; number < 300; number++) {
    await append(`N${number}`, 'NegotiationFailed', failed);
    if (number % 3 === 0) await append(`N${number}`, 'NegotiationEscalated', { from: 'failed' });
  }
  const quiet = () => processOf(() => undefined);
  await Promise.allSettled([quiet().catchUp(), quiet().catchUp()]);
  await processOf().catchUp();
  rmSync(join(folder, 'proposals.checkpoint'));
  await processOf().catchUp();
  const events = await proposals();
  expect(events.filter(({ type }) => type === 'ProposalMade')).toHaveLength(300);
  expect(events.filter(({ type }) => type === 'ProposalTaken')).toHaveLength(100);
  expect(events).toHaveLength(400);
});

it('goes on where it was after it was stopped, and follows what is written while it runs', async () => {
  await append('N1', 'NegotiationFailed', failed);
  const first = processOf();
  first.start();
  while ((await proposals()).length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
  await first.stop();
  await append('N2', 'NegotiationExpired', { clock: 'negotiation' });
  const second = processOf();
  second.start();
  while ((await proposals()).length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  await append('N2', 'SettlementConfirmed', { basis: 'consumer', offer: null, recoveredFen: null });
  while ((await proposals()).length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
  await second.stop();
  expect((await proposals()).map(({ type }) => type)).toEqual(['ProposalMade', 'ProposalMade', 'ProposalWithdrawn']);
});

/** The day on which it begins to publish what was closed; the number is made up. */
const publishingSince = (day: string): Law => {
  const version = `{ regulation: none, article: '-', from: ${day}, to: null, period: { workingDays: 20 }, source: none }`;
  const rules = configure(law.rules, `rules: [{ id: L-36, versions: [${version}] }]`, 'rules.yaml', regulations);
  return { ...law, rules };
};
const day = (date: string) => Date.parse(`${date}T10:00:00+08:00`);
const received = {
  ...{ disputeId: 'D1', authority: 'Yuecheng', handlingRegion: '330602', respondentUscc: null },
  ...{ respondentRegion: '330602', escalatedFrom: null },
};
const concluded = { result: 'mediated', ground: null, disqualification: null, evidence: [], clocks: [] };
const closed = async (id: string, on: string) => {
  await append(id, 'ComplaintReceived', received, 'complaint', day('2026-02-02'));
  await append(id, 'ComplaintConcluded', concluded, 'complaint', day('2026-02-25'));
  return append(id, 'ComplaintClosed', {}, 'complaint', day(on));
};
const planned = async (id: string) =>
  (await log.readStream(`publication-${publicationOf(id)}`)).map(({ type, occurredAt, actor }) => [
    type,
    occurredAt,
    actor,
  ]);

it('a complaint that was closed is queued for publication where the place has a rule, once, and nowhere else', async () => {
  await closed('C1', '2026-03-02');
  await processOf().catchUp();
  expect(await planned('C1')).toEqual([]);
  law = publishingSince('2026-03-03');
  await closed('C2', '2026-03-03');
  const quiet = () => processOf(() => undefined);
  await Promise.allSettled([quiet().catchUp(), quiet().catchUp()]);
  rmSync(join(folder, 'proposals.checkpoint'));
  await processOf().catchUp();
  expect(await planned('C2')).toEqual([
    ['ComplaintPublicationPlanned', day('2026-03-03'), { id: 'proposals', role: 'process' }],
  ]);
  // Closed before there was a rule: read again it is still a person's to plan.
  expect(await planned('C1')).toEqual([]);
});

it('what was planned stays planned, whatever became of it; closed once more it is planned once more', async () => {
  law = publishingSince('2026-03-01');
  await closed('C1', '2026-03-02');
  await processOf().catchUp();
  const publication = publicationOf('C1');
  const excluded = { reason: 'trade-secret', note: null, evidence: [] };
  await append(publication, 'ComplaintPublicationExcluded', excluded, 'publication', day('2026-03-04'));
  const reopened = { to: 'mediation', round: 2, reason: 'reason-1', clocks: [] };
  await append('C1', 'ComplaintReopened', reopened, 'complaint', day('2026-03-05'));
  const again = async () => {
    rmSync(join(folder, 'proposals.checkpoint'));
    await processOf().catchUp();
    return (await planned('C1')).map(([type]) => type);
  };
  expect(await again()).toEqual(['ComplaintPublicationPlanned', 'ComplaintPublicationExcluded']);
  await append('C1', 'ComplaintConcluded', concluded, 'complaint', day('2026-03-06'));
  await append('C1', 'ComplaintClosed', {}, 'complaint', day('2026-03-09'));
  const twice = ['ComplaintPublicationPlanned', 'ComplaintPublicationExcluded', 'ComplaintPublicationPlanned'];
  expect(await again()).toEqual(twice);
  expect(await again()).toEqual(twice);
});

it('a complaint that comes after a settlement takes it back, once (T-31)', async () => {
  const opened = { disputeId: 'D1', venue: 'merchant', respondentUscc: 'U1', respondentRegion: '330602', sector: null };
  const agreed = { basis: 'consumer', offer: null, recoveredFen: null };
  for (const [id, on] of [
    ['N1', '2026-01-20'],
    ['N2', '2026-02-10'],
  ] as const) {
    await append(
      id,
      'NegotiationOpened',
      { ...opened, openedBy: 'consumer', clocks: [] },
      'negotiation',
      day('2026-01-19'),
    );
    await append(id, 'SettlementConfirmed', agreed, 'negotiation', day(on));
  }
  settled = ['N1', 'N2'];
  await append('C1', 'ComplaintReceived', received, 'complaint', day('2026-02-02'));
  await processOf().catchUp();
  rmSync(join(folder, 'proposals.checkpoint'));
  await processOf().catchUp();
  const disputed = (id: string) => log.readStream(`negotiation-${id}`, 3);
  expect(await disputed('N1')).toMatchObject([
    { type: 'SettlementDisputed', occurredAt: day('2026-02-02'), data: { by: 'complaint', complaint: 'C1' } },
  ]);
  // Settled after the complaint was received: the complaint is not about that.
  expect(await disputed('N2')).toEqual([]);
});
