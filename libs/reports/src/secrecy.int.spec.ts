import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mayRead, openKeyHasher, ROLES, type Principal, type Role } from '#access';
import { casesTable } from '#cases';
import { criminalReferralsTable } from '#criminal-referral';
import { deadlinesTable, deadlinesView } from '#deadlines';
import { disputesTable } from '#disputes';
import { lockDataFolder, openEmbeddedEventLog, type EmbeddedEventLog } from '#event-log';
import { evidenceTable, RecordEvidence, recordEvidenceRow } from '#evidence';
import { newCommandId, startOfDay, systemClock, usccOf } from '#kernel';
import { shippedLaw } from '#law';
import { loadKeyring, openVault } from '#privacy';
import { createRunner, openEmbeddedReadModels, type EmbeddedReadModels } from '#read-models';
import { CommandService, ProblemError, QueryService, type AnyContextTable, type AnyViewRow } from '#service';
import { domainTables, eventSchemas, projections } from '#system';
import { Timelines } from '#timeline/server';
import { FILING_CONDITIONS, REPORT_READERS } from './events.ts';
import { reportsTable } from './reports.module.ts';

/** What gives the reporter away, or that there was a report at all. */
const REPORTER = { reporterName: '李举报', reporterPhone: '13900001234' };
const CONTENT = '后厨使用过期原料';
const UNIT = usccOf('91330600', '12345678');
const NOW = startOfDay('2026-06-01') + 10 * 3_600_000;

const key = (role: Role, subject: string | null = null, region: string | null = null): Principal => ({
  keyId: `key-of-${role}`,
  role,
  scope: { region, subject },
});
const ADMIN = key('administrator');
/** Everybody who has no task with reports, and merchants whatever their key is bound to. */
const OTHERS = [
  ...ROLES.filter((role) => !mayRead(role, REPORT_READERS)).map((role) => key(role)),
  key('merchant', UNIT),
  key('merchant', UNIT, '330602'),
];

describe('a report, its case and its referral', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fangxin-secrecy-'));
  const ids: Record<'dispute' | 'report' | 'case' | 'referral' | 'open' | 'evidence', string> = {
    dispute: '',
    report: '',
    case: '',
    referral: '',
    open: '',
    evidence: '',
  };
  let commands: CommandService;
  let queries: QueryService;
  let timelines: Timelines;
  let readModels: EmbeddedReadModels;
  let log: EmbeddedEventLog;
  let position = 0;
  const closing: (() => unknown)[] = [];
  let give: (table: AnyContextTable, action: string, body: object, id?: string, by?: Principal) => Promise<string>;

  beforeAll(async () => {
    const lock = lockDataFolder(folder);
    const keyring = loadKeyring(folder);
    const vault = await openVault({ folder, keyring });
    const clock = { now: () => NOW };
    log = openEmbeddedEventLog({ folder, clock, schemas: eventSchemas, lock });
    readModels = openEmbeddedReadModels({ folder, projections });
    const runner = createRunner({ reader: log, store: readModels, projections, clock: systemClock });
    await runner.start();
    closing.push(
      () => runner.stop(),
      () => readModels.close(),
      () => log.close(),
      () => vault.close(),
      () => lock.release(),
      () => rmSync(folder, { recursive: true, force: true }),
    );
    const hasher = openKeyHasher(keyring.pepper);
    commands = new CommandService({
      ...{ log, vault, clock, law: shippedLaw, newSecret: () => '' },
      hashSecret: (secret) => hasher.secretHash(secret),
      report: (error) => {
        throw error;
      },
    });
    queries = new QueryService({ reader: log, readModels, vault, clock, lawOf: shippedLaw });
    timelines = new Timelines({ reader: log, readModels, tables: domainTables });
    give = async (table, action, body, id, by = ADMIN) => {
      const row = table.commands.find((one) => one.action === action)!;
      const given = { principal: by, id, idempotencyKey: undefined, ifMatch: undefined };
      const answer = await commands.give(table, row, Object.assign(new row.command(), body), given);
      position = answer.position;
      return answer.id;
    };
    await tell();
    for (const { name } of projections) await readModels.reached(name, position, 60_000);
  });
  afterAll(async () => {
    for (const close of closing) await close();
  });

  /** A letter that complains and reports, the case that follows, and the police. */
  async function tell(): Promise<void> {
    const head = key('head');
    ids.dispute = await give(disputesTable, 'open', { respondentRegion: '330602', respondentUscc: UNIT });
    ids.report = await give(reportsTable, 'receive', {
      ...{ authority: 'Yuecheng', handlingRegion: '330602', respondentName: '某某饭店', respondentUscc: UNIT },
      ...{ content: CONTENT, disputeId: ids.dispute, ...REPORTER },
    });
    await give(reportsTable, 'start-verification', {}, ids.report);
    await give(reportsTable, 'complete-verification', {}, ids.report);
    await give(reportsTable, 'file-case', { conditions: [...FILING_CONDITIONS] }, ids.report, head);
    const matter = { origin: 'report', authority: 'Yuecheng', handlingRegion: '330602', content: CONTENT };
    ids.case = await give(casesTable, 'open', { ...matter, reportId: ids.report });
    await give(casesTable, 'suspect-crime', {}, ids.case);
    const team = { caseId: ids.case, officers: ['A1', 'A2'] };
    ids.referral = await give(criminalReferralsTable, 'appoint-team', team);
    await give(criminalReferralsTable, 'submit-report', { report: 'r1' }, ids.referral);
    // One that is still being verified, so that its clock is open.
    const open = { authority: 'Yuecheng', handlingRegion: '330602', respondentName: 'x', content: CONTENT };
    await give(reportsTable, 'receive', { ...open, ...REPORTER, respondentUscc: UNIT });
    // One of the dispute, whose deadline somebody was reminded of, with a file that belongs to it.
    const ofDispute = { ...open, ...REPORTER, respondentUscc: UNIT, disputeId: ids.dispute };
    ids.open = await give(reportsTable, 'receive', ofDispute);
    const reminder = { object: `report-${ids.open}`, clock: 'verification', level: 'amber', date: '2026-06-22' };
    const whose = { rule: null, holder: 'Yuecheng', region: '330602', respondentUscc: UNIT };
    const stream = `reminder-report-${ids.open}:verification`;
    const metadata = { commandId: newCommandId(NOW), payloadDigest: 'r', occurredAt: NOW, correlationId: ids.dispute };
    const actor = { id: 'clock', role: 'process' };
    const issued = { type: 'DeadlineReminderIssued', data: { ...reminder, ...whose } };
    await log.append(stream, 'any', [issued], { ...metadata, actor });
    const file = { kind: 'document', audience: 'report-handlers', side: 'authority', mediaType: 'application/pdf' };
    const content = { bytes: 12, sha256: 'a'.repeat(64), contentKey: `${'A'.repeat(43)}=` };
    const evidence = Object.assign(new RecordEvidence(), { disputeId: ids.dispute, ...file, ...content });
    const given = { principal: ADMIN, id: undefined, idempotencyKey: undefined, ifMatch: undefined };
    const answer = await commands.give(evidenceTable, recordEvidenceRow, evidence, given);
    ids.evidence = answer.id;
    position = answer.position;
  }

  /** What a reader is answered, or refused, by one question. */
  async function asked(question: Promise<unknown>): Promise<string> {
    try {
      return JSON.stringify(await question);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      return `${error.status} ${error.code}`;
    }
  }

  async function keysOf(view: AnyViewRow): Promise<string[]> {
    const page = await readModels.query(view.projection.name, { limit: 200 });
    return page.items.map((item) => item.key);
  }

  /** Every list, document and events route of every context, and the timeline. */
  async function everythingFor(principal: Principal): Promise<string> {
    const request = { principal, parameters: {} };
    const answers: string[] = [];
    for (const table of domainTables) {
      for (const view of table.views) {
        answers.push(await asked(queries.list(view, request)));
        for (const id of await keysOf(view)) {
          answers.push(await asked(queries.one(table, view, id, request)));
          answers.push(await asked(queries.events(table, view, id, request)));
        }
      }
    }
    answers.push(await asked(timelines.page(principal, ids.dispute, { limit: '200' })));
    return answers.join('\n');
  }

  it.each(OTHERS)('are nothing to a $role (bound to $scope.subject, $scope.region)', async (principal) => {
    const everything = await everythingFor(principal);
    const { dispute: _, ...secrets } = ids;
    for (const secret of [...Object.values(secrets), ...Object.values(REPORTER), CONTENT]) {
      expect(everything).not.toContain(secret);
    }
    expect(everything).not.toMatch(
      /ReportReceived|EnforcementCaseFiled|CriminalReferral|Verification(?:Started|Completed)/,
    );
  });

  it.each(OTHERS.filter(({ role }) => role !== 'hotline'))('take no command of a $role', async (principal) => {
    for (const table of [reportsTable, casesTable, criminalReferralsTable]) {
      for (const row of table.commands) {
        const id = row.creates === true ? undefined : ids.report;
        await expect(give(table, row.action, {}, id, principal)).rejects.toMatchObject({ code: 'ROLE_NOT_ALLOWED' });
      }
    }
  });

  it('are received from a hotline, which then reads nothing of them', async () => {
    const hotline = key('hotline');
    const given = reportsTable.commands.filter(({ roles }) => roles.includes('hotline')).map(({ action }) => action);
    expect(given).toEqual(['receive']);
    expect(await asked(queries.list(reportsTable.views[0]!, { principal: hotline, parameters: {} }))).toBe(
      '403 ROLE_NOT_ALLOWED',
    );
  });

  it('are read by those who handle them, redacted by auditors, and not from another region', async () => {
    const request = (principal: Principal) => ({ principal, parameters: {} });
    const view = reportsTable.views[0]!;
    const read = (principal: Principal) => asked(queries.one(reportsTable, view, ids.report, request(principal)));
    for (const role of ['officer', 'head', 'enforcement', 'administrator'] as const) {
      expect(await read(key(role))).toContain(REPORTER.reporterName);
      const everything = await everythingFor(key(role));
      expect(everything).toContain('EnforcementCaseFiled');
      expect(everything).toContain('DeadlineReminderIssued');
      expect(everything).toContain(ids.evidence);
    }
    const audited = await read(key('auditor'));
    expect(audited).toContain('李*');
    expect(audited).toContain('139****1234');
    expect(await everythingFor(key('auditor'))).not.toMatch(/李举报|13900001234/);
    expect(await read(key('officer', null, '330603'))).toBe('403 OUT_OF_REGION');
    // A key that is bound to a subject reaches no report, whatever its role.
    expect(await read(key('officer', UNIT))).toBe('403 OUT_OF_SUBJECT');
  });

  it('have deadlines that only those see, with their events and their reminders', async () => {
    const view = deadlinesTable.views[0]!;
    const page = await readModels.query<{ collection: string }>(deadlinesView.name, { limit: 200 });
    const own = page.items.filter(({ doc }) => ['reports', 'cases', 'criminal-referrals'].includes(doc.collection));
    expect(own.map(({ doc }) => doc.collection).sort()).toEqual(['cases', 'criminal-referrals', 'reports', 'reports']);
    for (const { key: id } of own) {
      for (const principal of OTHERS) {
        const question = { principal, parameters: {} };
        expect(await asked(queries.one(deadlinesTable, view, id, question))).toMatch(/^40[34] /);
        expect(await asked(queries.events(deadlinesTable, view, id, question))).toMatch(/^40[34] /);
      }
      const officer = { principal: key('officer'), parameters: {} };
      expect(await asked(queries.events(deadlinesTable, view, id, officer))).toContain('"position"');
    }
  });

  it('keep no name, number or text in any event', async () => {
    const all = JSON.stringify(await log.readAll(0));
    for (const secret of [...Object.values(REPORTER), CONTENT, '某某饭店']) expect(all).not.toContain(secret);
  });
});
