import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { complaintsTable } from '#complaints';
import { disputes, disputesTable } from '#disputes';
import { lockDataFolder, openEmbeddedEventLog, type EmbeddedEventLog } from '#event-log';
import { derivedId, parseInstant, systemClock, type RecordedEvent } from '#kernel';
import { configure, regulations, shippedLaw, type Law } from '#law';
import { negotiationsTable } from '#negotiation';
import { createRunner, openEmbeddedReadModels, type EmbeddedReadModels, type Runner } from '#read-models';
import { publicationsTable } from '#publicity';
import { publicationOf } from '#publicity/events';
import { reportsTable } from '#reports';
import { workOrdersTable } from '#work-orders';
import { LinkingProcess } from './processes/linking-process.ts';

const TABLES = [workOrdersTable, disputesTable, complaintsTable, negotiationsTable, reportsTable, publicationsTable];
const NOW = parseInstant('2026-03-20T10:00:00+08:00')!;
const clock = { now: () => NOW };
const DRAWN = [
  'WorkOrderComplaintLinked',
  'WorkOrderReportLinked',
  'SettlementDisputed',
  'ComplaintPublicationPlanned',
];
const A = '01JN00000000000000000000AA';
const B = '01JN00000000000000000000BB';

let folder: string;
let lock: ReturnType<typeof lockDataFolder>;
let log: EmbeddedEventLog;
let store: EmbeddedReadModels;
let runner: Runner;
let commands = 0;
let law: Law;
const failures: unknown[] = [];

beforeEach(async () => {
  law = shippedLaw();
  folder = mkdtempSync(join(tmpdir(), 'fangxin-linking-'));
  lock = lockDataFolder(folder);
  log = openEmbeddedEventLog({ folder, clock, schemas: TABLES.map(({ schemas }) => schemas), lock });
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

const process = () =>
  new LinkingProcess({
    log,
    readModels: store,
    clock,
    law: () => law,
    tables: TABLES,
    folder,
    report: (error) => void failures.push(error),
  });

async function append(stream: string, type: string, data: object, day: string, correlationId: string | null = null) {
  await log.append(stream, 'any', [{ type, data }], {
    commandId: derivedId('test', String(++commands)),
    payloadDigest: '',
    actor: { id: 'key-1', role: 'officer' },
    occurredAt: parseInstant(`${day}T10:00:00+08:00`)!,
    region: '330602',
    correlationId,
  });
}
async function drawn(): Promise<RecordedEvent[]> {
  await process().catchUp();
  return log.readAll(0, { types: DRAWN });
}

const opened = (id: string) => {
  const none = { respondentUscc: null, respondent: null, sector: null, channel: null, amountFen: null };
  const data = { ...none, respondentRegion: '330602', complainant: null, complainantTokens: {} };
  return append(`dispute-${id}`, 'DisputeOpened', data, '2026-03-01', id);
};
const complained = (id: string, disputeId: string, day: string, more: object = {}) => {
  const none = { respondent: null, sector: null, channel: null, escalatedFrom: null, workOrderId: null, knewOn: null };
  const at = { authority: 'bureau', handlingRegion: '330602', respondentUscc: null, respondentRegion: '330602' };
  const data = { ...none, ...at, disputeId, complainant: 'P1', complainantTokens: {}, ...more };
  return append(`complaint-${id}`, 'ComplaintReceived', data, day, disputeId);
};
const reported = (id: string, disputeId: string | null, workOrderId: string) => {
  const none = { respondentUscc: null, respondentRegion: null, respondent: null, reporter: null, sector: null };
  const at = { authority: 'bureau', handlingRegion: '330602', channel: null, reporterTokens: {}, isRealName: false };
  const data = { ...none, ...at, content: 'P2', evidence: [], disputeId, workOrderId, clocks: [] };
  return append(`report-${id}`, 'ReportReceived', data, '2026-03-05', disputeId);
};

describe('a letter', () => {
  async function letter(no: string, classification: string): Promise<void> {
    const none = { sector: null, handlingRegion: null, respondentUscc: null, respondent: null, complainant: null };
    const ticket = { channel: '12345', externalNo: no, complainantTokens: {}, payloadDigest: no, dueAt: null };
    const stream = `workOrder-12345-${no}`;
    await append(stream, 'WorkOrderReceived', { ...none, ...ticket, imported: null }, '2026-03-01');
    await append(stream, 'WorkOrderClassified', { classification }, '2026-03-01');
  }

  it('is told the complaint and the report that came of it, by whom they were caused', async () => {
    await opened(A);
    await letter('1', 'mixed');
    await append('workOrder-12345-1', 'WorkOrderSplit', { source: null }, '2026-03-01');
    await complained('C1', A, '2026-03-05', { workOrderId: '12345-1' });
    await reported('R1', A, '12345-1');
    const [complaint] = await log.readAll(0, { types: ['ComplaintReceived'] });
    expect(await drawn()).toMatchObject([
      {
        stream: 'workOrder-12345-1',
        type: 'WorkOrderComplaintLinked',
        data: { complaintId: 'C1' },
        causationId: complaint!.id,
        actor: { id: 'linking', role: 'process' },
      },
      { stream: 'workOrder-12345-1', type: 'WorkOrderReportLinked', data: { reportId: 'R1' } },
    ]);
  });

  it('is told once, by hand or by itself, however often the log is read', async () => {
    await opened(A);
    await letter('1', 'complaint');
    await append('workOrder-12345-1', 'WorkOrderComplaintLinked', { complaintId: 'C1' }, '2026-03-05');
    await complained('C1', A, '2026-03-05', { workOrderId: '12345-1' });
    await letter('2', 'complaint');
    await complained('C2', A, '2026-03-05', { workOrderId: '12345-2' });
    expect(await drawn()).toHaveLength(2);
    rmSync(join(folder, 'linking.checkpoint'));
    expect(await drawn()).toHaveLength(2);
  });

  it('is told nothing that something speaks against: that is for a person', async () => {
    await opened(A);
    await letter('1', 'report');
    await complained('C1', A, '2026-03-05', { workOrderId: '12345-1' });
    await complained('C2', A, '2026-03-05', { workOrderId: '12345-never' });
    await letter('2', 'complaint');
    await complained('C3', A, '2026-03-05', { workOrderId: '12345-2' });
    await complained('C4', A, '2026-03-06', { workOrderId: '12345-2' });
    expect(await drawn()).toMatchObject([{ stream: 'workOrder-12345-2', data: { complaintId: 'C3' } }]);
  });
});

describe('a settlement', () => {
  async function settled(id: string, disputeId: string, day: string): Promise<void> {
    const unit = { respondentUscc: '91330100799655058B', respondentRegion: '330602', sector: null };
    const opening = { disputeId, venue: 'merchant', ...unit, openedBy: 'consumer', clocks: [] };
    await append(`negotiation-${id}`, 'NegotiationOpened', opening, '2026-03-02', disputeId);
    const confirmed = { basis: 'consumer', offer: null, recoveredFen: null };
    await append(`negotiation-${id}`, 'SettlementConfirmed', confirmed, day, disputeId);
  }
  const undone = (id: string, complaint: string) => ({
    stream: `negotiation-${id}`,
    type: 'SettlementDisputed',
    occurredAt: parseInstant('2026-03-10T10:00:00+08:00'),
    data: { of: 'settlement', by: 'complaint', reason: 'later-complaint', complaint },
    correlationId: A,
  });

  it('is taken back by a later complaint on the same dispute (T-31), once', async () => {
    await opened(A);
    await settled('N1', A, '2026-03-06');
    await complained('C1', A, '2026-03-10');
    await complained('C2', A, '2026-03-11');
    expect(await drawn()).toMatchObject([undone('N1', 'C1')]);
    rmSync(join(folder, 'linking.checkpoint'));
    expect(await drawn()).toHaveLength(1);
  });

  it('is taken back also when it is entered after the complaint that came later than it', async () => {
    await opened(A);
    await complained('C1', A, '2026-03-10');
    expect(await drawn()).toEqual([]);
    await settled('N1', A, '2026-03-06');
    expect(await drawn()).toMatchObject([undone('N1', 'C1')]);
  });

  it('stands beside a complaint that came before it, or is about another dispute', async () => {
    await opened(A);
    await opened(B);
    await complained('C1', A, '2026-03-05');
    await settled('N1', A, '2026-03-06');
    await complained('C2', B, '2026-03-10');
    expect(await drawn()).toEqual([]);
  });

  it('that is only claimed is denied by a later complaint, however late the claim is entered', async () => {
    await opened(A);
    const unit = { respondentUscc: '91330100799655058B', respondentRegion: '330602', sector: null };
    const opening = { disputeId: A, venue: 'merchant', ...unit, openedBy: 'consumer', clocks: [] };
    const claimed = async (id: string, day: string) => {
      await append(`negotiation-${id}`, 'NegotiationOpened', opening, '2026-03-02', A);
      await append(`negotiation-${id}`, 'SettlementClaimed', { offer: null }, day, A);
    };
    const denied = (id: string) => ({ ...undone(id, 'C1'), data: { ...undone(id, 'C1').data, of: 'claim' } });
    await claimed('N1', '2026-03-06');
    await complained('C1', A, '2026-03-10');
    expect(await drawn()).toMatchObject([denied('N1')]);
    await claimed('N2', '2026-03-07');
    expect(await drawn()).toMatchObject([denied('N1'), denied('N2')]);
    // What is claimed only after the complaint may be what the complaint has brought about.
    await claimed('N3', '2026-03-11');
    rmSync(join(folder, 'linking.checkpoint'));
    expect(await drawn()).toHaveLength(2);
  });

  it('that silence confirmed is taken back by a complaint that came before the silence was over', async () => {
    await opened(A);
    const unit = { respondentUscc: '91330100799655058B', respondentRegion: '330602', sector: null };
    const opening = { disputeId: A, venue: 'merchant', ...unit, openedBy: 'consumer', clocks: [] };
    await append('negotiation-N1', 'NegotiationOpened', opening, '2026-03-02', A);
    await append('negotiation-N1', 'SettlementClaimed', { offer: null }, '2026-03-03', A);
    const silent = { basis: 'silence', offer: null, recoveredFen: null };
    await append('negotiation-N1', 'SettlementConfirmed', silent, '2026-03-10', A);
    await complained('C1', A, '2026-03-05');
    expect(await drawn()).toMatchObject([undone('N1', 'C1')]);
  });

  it('on a dispute that was merged away is taken back by a later complaint on the primary', async () => {
    await opened(B);
    await opened(A);
    await settled('N1', A, '2026-03-06');
    const merged = { primary: B, order: 'opened', reason: null };
    await append(`dispute-${A}`, 'DisputeMergedInto', merged, '2026-03-07', A);
    await complained('C1', B, '2026-03-10');
    expect(await drawn()).toMatchObject([undone('N1', 'C1')]);
  });
});

describe('publicity', () => {
  /** From when on the office publishes what was closed; the number is made up. */
  function publishesSince(day: string): void {
    const version = `{ regulation: none, article: '-', from: ${day}, to: null, period: { workingDays: 20 }, source: none }`;
    const text = `rules: [{ id: L-36, versions: [${version}] }]`;
    law = { ...law, rules: configure(law.rules, text, 'rules.yaml', regulations) };
  }
  const handled = async (id: string, day: string) => {
    const concluded = { result: 'mediated', ground: null, disqualification: null, evidence: [], clocks: [] };
    await append(`complaint-${id}`, 'ComplaintConcluded', concluded, day, A);
    await append(`complaint-${id}`, 'ComplaintClosed', {}, day, A);
  };
  const closed = async (id: string, day: string) => {
    await complained(id, A, '2026-03-02');
    await handled(id, day);
  };
  const again = () => {
    rmSync(join(folder, 'linking.checkpoint'));
    return drawn();
  };

  it('has a complaint in its queue as it was closed, once, where the place has a rule for that', async () => {
    await opened(A);
    await closed('C1', '2026-03-09');
    expect(await drawn()).toEqual([]);
    publishesSince('2026-03-10');
    await closed('C2', '2026-03-10');
    const both = await Promise.allSettled([process().catchUp(), process().catchUp()]);
    expect(both.some(({ status }) => status === 'fulfilled')).toBe(true);
    const planned = [
      {
        ...{ stream: `publication-${publicationOf('C2')}`, actor: { id: 'linking', role: 'process' } },
        ...{ occurredAt: parseInstant('2026-03-10T10:00:00+08:00'), correlationId: A, authority: 'bureau' },
      },
    ];
    // What was closed before there was a rule is a person's to plan, however often it is read.
    for (const events of [await drawn(), await again()]) expect(events).toMatchObject(planned);
  });

  it('stays as a person left it, until the complaint was closed once more', async () => {
    publishesSince('2026-03-01');
    await opened(A);
    await closed('C1', '2026-03-09');
    expect(await drawn()).toHaveLength(1);
    const excluded = { reason: 'trade-secret', note: null, evidence: [] };
    await append(`publication-${publicationOf('C1')}`, 'ComplaintPublicationExcluded', excluded, '2026-03-10');
    const reopened = { to: 'mediation', round: 2, reason: 'P2', clocks: [] };
    await append('complaint-C1', 'ComplaintReopened', reopened, '2026-03-11', A);
    expect(await again()).toHaveLength(1);
    await handled('C1', '2026-03-12');
    for (const events of [await again(), await again()]) expect(events).toHaveLength(2);
  });
});
