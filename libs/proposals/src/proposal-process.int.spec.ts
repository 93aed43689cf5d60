import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockDataFolder, openEmbeddedEventLog, type EmbeddedEventLog } from '#event-log';
import { derivedId, systemClock, type RecordedEvent } from '#kernel';
import { shippedLaw } from '#law';
import { negotiationSchemas } from '#negotiation';
import { complaintSchemas } from '#complaints';
import { proposalSchemas } from './events.ts';
import { ProposalProcess } from './processes/proposal-process.ts';

let folder: string;
let lock: ReturnType<typeof lockDataFolder>;
let log: EmbeddedEventLog;
const failures: unknown[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fangxin-proposals-'));
  lock = lockDataFolder(folder);
  log = openEmbeddedEventLog({
    folder,
    clock: systemClock,
    schemas: [negotiationSchemas, complaintSchemas, proposalSchemas],
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
  new ProposalProcess({ log, clock: systemClock, law: shippedLaw, folder, report });

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
