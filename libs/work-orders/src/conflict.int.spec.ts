import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKeyHasher } from '#access';
import { lockDataFolder, openEmbeddedEventLog, type EventLog } from '#event-log';
import { shippedLaw } from '#law';
import { loadKeyring, openVault, type EmbeddedVault } from '#privacy';
import { CommandService, problemBody, ProblemError, validatorOf } from '#service';
import { RegisterWorkOrder, ResolveConflict } from './commands.ts';
import { workOrderSchemas, type WorkOrderEvents } from './events.ts';
import { shanghai } from './testing/history.ts';
import { workOrdersTable } from './work-orders.module.ts';

const rowOf = (action: string) => workOrdersTable.commands.find((row) => row.action === action)!;
const principal = { keyId: 'key-2', role: 'hotline', scope: { region: null, subject: null } } as const;
const ID = '12345-HZ-1';
const ticket = {
  channel: '12345',
  externalNo: 'HZ-1',
  receivedAt: '2026-03-03T23:50:00+08:00',
  complainantName: '李雷',
  complainantPhone: '13900000000',
  content: '汤是冷的，商家不予退款，要求退款。',
};
const changed = { ...ticket, content: '汤是咸的，商家不予退款，要求退款。', complainantPhone: '13800000000' };

describe('a ticket pushed to a service again with another content', () => {
  let folder: string;
  let log: EventLog;
  let vault: EmbeddedVault;
  let commands: CommandService;
  let close: () => Promise<void>;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fangxin-conflict-'));
    const lock = lockDataFolder(folder);
    const keyring = loadKeyring(folder);
    const clock = { now: () => shanghai('2026-03-04') };
    log = openEmbeddedEventLog({ folder, clock, schemas: [workOrderSchemas], lock });
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
    await push(ticket);
  });
  afterEach(async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  });

  const push = (body: object, idempotencyKey?: string) => {
    const { command, errors } = validatorOf<RegisterWorkOrder>(RegisterWorkOrder)(body);
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    const given = { principal, id: undefined, idempotencyKey, ifMatch: undefined };
    return commands.give(workOrdersTable, rowOf('register'), command, given);
  };
  const refused = (body: object, idempotencyKey?: string) =>
    push(body, idempotencyKey).then(
      () => undefined,
      (error: unknown) => (error instanceof ProblemError ? problemBody(error) : Promise.reject(error as Error)),
    );
  const CONFLICT = { status: 409, code: 'WORK_ORDER_PAYLOAD_CONFLICT', position: 2 };

  it('is refused with the position at which that is on record', async () => {
    expect(await refused(changed)).toMatchObject(CONFLICT);
    const [, event] = await log.readStream(`workOrder-${ID}`);
    expect(event).toMatchObject({ position: 2, type: 'WorkOrderPayloadConflictDetected', actor: { id: 'key-2' } });
    expect(event!.data).toMatchObject({ conflict: 1, differing: ['complainantPhone'] });
  });
  it('leaves what it says of people in the vault, beside what was said before, and nothing of them in the log', async () => {
    await refused(changed);
    const events = await log.readStream(`workOrder-${ID}`);
    const [first, second] = events.map(({ data }) => (data as WorkOrderEvents['WorkOrderReceived']).complainant!);
    expect(JSON.stringify(events)).not.toMatch(/李雷|139000|138000|汤/);
    const people = await vault.read([first!, second!]);
    expect(people.get(first!)).toMatchObject({ phone: ticket.complainantPhone, text: { content: ticket.content } });
    expect(people.get(second!)).toMatchObject({ phone: changed.complainantPhone, text: { content: changed.content } });
  });
  it('is on record once, under a key or none, one after the other or at once', async () => {
    const answers = await Promise.all([
      refused(changed),
      refused(changed, 'k'),
      refused(changed, 'l'),
      refused(changed),
    ]);
    for (const answer of [...answers, await refused(changed, 'k'), await refused(changed)]) {
      expect(answer).toMatchObject(CONFLICT);
    }
    expect(await log.head()).toBe(2);
  });
  it('is another conflict with a third content, and no key stands for two of them', async () => {
    await refused(changed, 'k');
    expect(await refused({ ...changed, content: '汤没有上桌，商家不予退款，要求退款。' }, 'k')).toMatchObject({
      status: 409,
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    expect(await refused({ ...changed, content: '汤没有上桌，商家不予退款，要求退款。' }, 'l')).toMatchObject({
      ...CONFLICT,
      position: 3,
    });
  });
  it('is the ticket once a person has kept it, under the key of its refusal as well', async () => {
    await refused(changed, 'k');
    const command = Object.assign(new ResolveConflict(), { conflict: 1, keep: 'pushed' });
    const given = { principal, id: ID, idempotencyKey: undefined, ifMatch: undefined };
    await commands.give(workOrdersTable, rowOf('resolve-conflict'), command, given);
    expect(await push(changed, 'k')).toMatchObject({ id: ID, version: 3, unchanged: true });
    expect(await refused(ticket)).toMatchObject({ ...CONFLICT, position: 1 });
  });
});
