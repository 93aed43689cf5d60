import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKeyHasher, type Role } from '#access';
import { referralsTable } from '#court-referral';
import { referralSchemas } from '#court-referral/events';
import { disputeSchemas } from '#disputes/events';
import { lockDataFolder, openEmbeddedEventLog, type EventLog } from '#event-log';
import { derivedId } from '#kernel';
import { shippedLaw } from '#law';
import { mediationBodySchemas } from '#mediation/events';
import { loadKeyring, openVault, type EmbeddedVault } from '#privacy';
import { CommandService, ProblemError, validatorOf, type AnyContextTable } from '#service';
import { confirmationSchemas } from './events.ts';
import { confirmationsTable } from './judicial-confirmation.module.ts';

const DISPUTE = '01JN0000000000000000000000';
const BODY = '01JN0000000000000000000003';
const COURT = '绍兴市越城区人民法院';
const BOTH = ['consumer', 'merchant'];
const at = (day: string): string => `${day}T10:00:00+08:00`;

/** One dispute through a real log: assigned by the court, mediated, and confirmed by it. */
describe('from the court to its confirmation', () => {
  let folder: string;
  let log: EventLog;
  let vault: EmbeddedVault;
  let commands: CommandService;
  let close: () => Promise<void>;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fangxin-confirmation-'));
    const lock = lockDataFolder(folder);
    const keyring = loadKeyring(folder);
    const clock = { now: () => Date.parse(at('2026-06-01')) };
    const schemas = [referralSchemas, confirmationSchemas, disputeSchemas, mediationBodySchemas];
    log = openEmbeddedEventLog({ folder, clock, schemas, lock });
    vault = await openVault({ folder, keyring });
    const hasher = openKeyHasher(keyring.pepper);
    const report = (error: unknown): void => {
      throw error;
    };
    const hashSecret = (secret: string): string => hasher.secretHash(secret);
    commands = new CommandService({ log, vault, clock, law: shippedLaw, hashSecret, newSecret: () => '', report });
    close = async () => {
      await vault.close();
      await log.close();
      lock.release();
    };
    await before(`dispute-${DISPUTE}`, 'DisputeOpened', { respondentUscc: null, respondentRegion: '330602' });
    await before(`mediationBody-${BODY}`, 'MediationBodyRegistered', {});
  });
  afterEach(async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  });

  const before = (stream: string, type: string, data: object) =>
    log.append(stream, 0, [{ type, data }], {
      commandId: derivedId('before', stream),
      payloadDigest: '',
      actor: { id: 'key-1', role: 'officer' },
      occurredAt: Date.parse(at('2026-03-01')),
    });
  const give = (table: AnyContextTable, role: Role, action: string, body: object, id?: string, day = '2026-03-02') => {
    const row = table.commands.find((one) => one.action === action)!;
    const { command, errors } = validatorOf<object>(row.command)({ occurredAt: at(day), ...body });
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    const principal = { keyId: `key-${role}`, role, scope: { region: '330602', subject: null } } as const;
    return commands.give(table, row, command, { principal, id, idempotencyKey: undefined, ifMatch: undefined });
  };
  const codeOf = (answer: Promise<unknown>): Promise<string> =>
    answer.then(
      () => 'taken',
      (error: unknown) => (error instanceof ProblemError ? error.code : Promise.reject(error as Error)),
    );

  const assignment = {
    court: COURT,
    courtCaseNo: '(2026)浙0602诉前调1号',
    kind: 'pre-filing',
    handlingRegion: '330602',
    bodyId: BODY,
    consents: BOTH,
    claimantName: '李雷',
    claimantPhone: '13900000000',
    content: '李雷要求退款。',
  };
  const assign = (body: object = assignment) => give(referralsTable, 'court', 'assign', body);

  it('the court’s number is one assignment, however often it is pushed', async () => {
    const first = await assign();
    expect(await assign()).toEqual({ ...first, unchanged: true });
    expect(await codeOf(assign({ ...assignment, content: '李雷要求赔偿。' }))).toBe('COURT_ASSIGNMENT_CONFLICT');
    expect((await assign({ ...assignment, courtCaseNo: '(2026)浙0602诉前调2号' })).id).not.toBe(first.id);
    expect(await log.readStream(`referral-${first.id}`)).toHaveLength(1);
  });

  it('is mediated, goes back, and is confirmed on the application of both', async () => {
    const { id } = await assign();
    const refer = (role: Role, action: string, body: object, day: string) =>
      give(referralsTable, role, action, body, id, day);
    await refer('officer', 'link-dispute', { disputeId: DISPUTE }, '2026-03-02');
    await refer('mediator', 'confirm-assignment', { basis: 'platform' }, '2026-03-03');
    const agreed = { form: 'written', agreedBy: BOTH, agreedFen: 50_000, evidence: ['evidence-1'] };
    await refer('mediator', 'agree', agreed, '2026-03-10');
    await refer('mediator', 'return-to-court', { report: 'evidence-2' }, '2026-03-11');

    const opening = { referralId: id, matter: 'property-or-contract' };
    const open = () => give(confirmationsTable, 'mediator', 'open', opening, undefined, '2026-03-11');
    const window = await open();
    expect(await open()).toEqual({ ...window, unchanged: true });
    const step = (role: Role, action: string, body: object, day: string) =>
      give(confirmationsTable, role, action, body, window.id, day);
    const place = { court: COURT, courtBasis: 'inviting-court', evidence: ['evidence-3'] };
    await step('officer', 'sign', { party: 'consumer', ...place }, '2026-03-12');
    expect(await codeOf(step('court', 'accept', { courtCaseNo: '1' }, '2026-03-12'))).toBe('NOT_APPLIED');
    await step('officer', 'sign', { party: 'merchant', ...place }, '2026-03-13');
    await step('court', 'accept', { courtCaseNo: '(2026)浙0602民特1号' }, '2026-03-16');
    await step('court', 'confirm', { documentNo: '(2026)浙0602民特1号' }, '2026-03-25');

    const events = await log.readStream(`confirmation-${window.id}`);
    expect(events.map(({ type }) => type)).toEqual([
      'ConfirmationWindowOpened',
      'ConfirmationApplicationSigned',
      'ConfirmationApplicationSigned',
      'JudicialConfirmationApplied',
      'JudicialConfirmationAccepted',
      'AgreementConfirmed',
    ]);
    expect(new Set(events.map(({ correlationId, region }) => `${correlationId} ${region}`))).toEqual(
      new Set([`${DISPUTE} 330602`]),
    );
    const written = JSON.stringify(await log.readAll(0));
    for (const personal of ['李雷', '13900000000', '退款']) expect(written).not.toContain(personal);
  });

  it('nobody acts outside the region of the key', async () => {
    expect(await codeOf(assign({ ...assignment, handlingRegion: '370303' }))).toBe('OUT_OF_REGION');
    const unknown = give(confirmationsTable, 'officer', 'open', {
      mediationId: DISPUTE,
      matter: 'property-or-contract',
    });
    // What is not there lies in nobody's region.
    expect(await codeOf(unknown)).toBe('OUT_OF_REGION');
  });
});
