import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockDataFolder, openEmbeddedEventLog, type EmbeddedEventLog } from '#event-log';
import { derivedId, systemClock, type RecordedEvent } from '#kernel';
import { shippedLaw } from '#law';
import { negotiationSchemas } from '#negotiation';
import { complaintSchemas } from '#complaints';
import { disputes, disputesTable } from '#disputes';
import { createRunner, openEmbeddedReadModels, type EmbeddedReadModels, type Runner } from '#read-models';
import { proposalSchemas } from './events.ts';
import { ProposalProcess } from './processes/proposal-process.ts';

let folder: string;
let lock: ReturnType<typeof lockDataFolder>;
let log: EmbeddedEventLog;
let store: EmbeddedReadModels;
let runner: Runner;
const failures: unknown[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fangxin-proposals-'));
  lock = lockDataFolder(folder);
  log = openEmbeddedEventLog({
    folder,
    clock: systemClock,
    schemas: [disputesTable.schemas, negotiationSchemas, complaintSchemas, proposalSchemas],
    lock,
  });
  store = openEmbeddedReadModels({ folder, projections: [disputes] });
  runner = createRunner({ reader: log, store, projections: [disputes], clock: systemClock });
  await runner.start();
});
afterEach(async () => {
  await runner.stop();
  await store.close();
  await log.close();
  lock.release();
  rmSync(folder, { recursive: true });
  expect(failures.splice(0)).toEqual([]);
});

const processOf = (report = (error: unknown) => void failures.push(error)) =>
  new ProposalProcess({ log, readModels: store, clock: systemClock, law: shippedLaw, folder, report });

let commands = 0;
const append = (id: string, type: string, data: object = {}) =>
  log.append(`negotiation-${id}`, 'any', [{ type, data }], {
    commandId: derivedId('test', String(++commands)),
    payloadDigest: '',
    actor: { id: 'key-1', role: 'officer' },
    occurredAt: Date.now() - 1000,
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

it('a complaint takes what was proposed of every negotiation on its dispute, and is to be concluded once one is settled', async () => {
  const of = (stream: string, type: string, data: object, minutesAgo: number) =>
    log.append(stream, 'any', [{ type, data }], {
      commandId: derivedId('test', String(++commands)),
      payloadDigest: '',
      actor: { id: 'key-1', role: 'officer' },
      occurredAt: Date.now() - minutesAgo * 60_000,
      correlationId: 'D1',
      region: '330602',
    });
  const place = { respondentUscc: null, respondentRegion: '330602', respondent: null, sector: null, channel: null };
  const nobody = { complainant: null, complainantTokens: {} };
  const complaint = {
    authority: 'bureau',
    handlingRegion: '330602',
    escalatedFrom: null,
    workOrderId: null,
    knewOn: null,
  };
  const table = { disputeId: 'D1', venue: 'merchant', openedBy: 'consumer' };
  await of('dispute-D1', 'DisputeOpened', { ...place, ...nobody, amountFen: null }, 60);
  for (const id of ['N1', 'N2']) await of(`negotiation-${id}`, 'NegotiationOpened', { ...place, ...table }, 50);
  await of('negotiation-N1', 'NegotiationFailed', failed, 40);
  await of('complaint-C1', 'ComplaintReceived', { ...place, ...nobody, ...complaint, disputeId: 'D1' }, 30);
  await of('negotiation-N2', 'SettlementConfirmed', { basis: 'consumer', offer: null, recoveredFen: null }, 20);
  for (let turn = 0; turn < 2; turn++) {
    await processOf().catchUp();
    rmSync(join(folder, 'proposals.checkpoint'));
  }
  expect((await proposals()).map(({ stream, type }) => [stream.slice('proposal-'.length), type])).toEqual([
    ['complaint-may-follow.negotiation-N1', 'ProposalMade'],
    ['complaint-may-follow.negotiation-N1', 'ProposalTaken'],
    ['conclude-complaint.complaint-C1', 'ProposalMade'],
  ]);
});
