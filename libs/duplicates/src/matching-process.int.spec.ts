import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { CALL, LETTER, tokensOf } from './testing/records.ts';
import { Scene } from './testing/scene.ts';

const A = '01JN00000000000000000000AA';
const B = '01JN00000000000000000000BB';
const C = '01JN00000000000000000000CC';
const USCC = '91330100799655058B';
const phone = { complainantTokens: { phone: 'p' } };
const known = { ...phone, respondentUscc: USCC };

let scene: Scene;
beforeEach(async () => {
  scene = await Scene.open();
});
afterEach(async () => {
  expect(scene.failures).toEqual([]);
  await scene.close();
});

describe('the same dispute by 12345 and by 12315 (T-13)', () => {
  /** The ticket was linked to A; the complaint opened B. */
  async function both(): Promise<void> {
    await scene.receiveTicket('1', '2026-03-01', known);
    await scene.openDispute(A, '2026-03-01');
    await scene.ofTicket('1', 'WorkOrderLinkedToDispute', { disputeId: A }, '2026-03-01');
    await scene.openDispute(B, '2026-03-04');
    await scene.receiveComplaint('C1', B, '2026-03-04', known);
  }

  it('is suggested of the later dispute, once, with score and reasons', async () => {
    await both();
    const [suspicion, ...more] = await scene.matched();
    expect(more).toEqual([]);
    expect(suspicion).toMatchObject({
      stream: `duplicate-${B}`,
      type: 'DisputeDuplicateSuspected',
      correlationId: B,
      actor: { id: 'matching', role: 'process' },
      data: {
        disputeId: B,
        of: A,
        kind: 'duplicate',
        score: 80,
        reasons: ['same-complainant-phone', 'same-respondent', 'close-in-time'],
        region: '330602',
      },
    });
    expect(await scene.suggestions(B)).toMatchObject({
      status: 'open',
      score: 80,
      candidates: [{ of: A, status: 'open' }],
    });
  });

  it('read again from the beginning, nothing is suggested again', async () => {
    await both();
    await scene.matched();
    rmSync(join(scene.folder, 'duplicates.checkpoint'));
    expect(await scene.matched()).toHaveLength(1);
    expect(await scene.matched()).toHaveLength(1);
  });

  it('dismissed by a person, or taken apart again, is not suggested again', async () => {
    await both();
    await scene.matched();
    const dismissed = { type: 'DisputeDuplicateDismissed', data: { of: A, note: null } };
    await scene.append(`duplicate-${B}`, dismissed, '2026-03-05', B);
    await scene.receiveComplaint('C2', B, '2026-03-06', known);
    expect(await scene.matched()).toHaveLength(2);
    expect(await scene.suggestions(B)).toMatchObject({ status: 'settled', candidates: [{ status: 'dismissed' }] });

    await scene.openDispute(C, '2026-03-07', known);
    await scene.ofDispute(C, 'DisputeMergedInto', { primary: A, order: 'opened', reason: null }, '2026-03-08');
    await scene.ofDispute(C, 'DisputeUnmerged', { primary: A, reason: 'P' }, '2026-03-09');
    const after = await scene.matched();
    expect(after.filter(({ stream }) => stream === `duplicate-${C}`)).toMatchObject([{ data: { of: B } }]);
  });

  it('merged by a person is confirmed, and what comes to either is no news', async () => {
    await both();
    await scene.matched();
    await scene.ofDispute(B, 'DisputeMergedInto', { primary: A, order: 'opened', reason: null }, '2026-03-05');
    await scene.receiveComplaint('C2', B, '2026-03-06', known);
    expect(await scene.matched()).toHaveLength(1);
    expect(await scene.suggestions(B)).toMatchObject({
      status: 'settled',
      mergedInto: A,
      candidates: [{ status: 'confirmed' }],
    });
    await scene.openDispute(C, '2026-03-07', known);
    expect((await scene.matched()).slice(1)).toMatchObject([{ stream: `duplicate-${C}`, data: { of: A } }]);
    await scene.ofDispute(B, 'DisputeUnmerged', { primary: A, reason: 'P' }, '2026-03-10');
    expect(await scene.suggestions(B)).toMatchObject({
      status: 'settled',
      mergedInto: null,
      candidates: [{ status: 'apart' }],
    });
  });

  it('is seen once the respondent is known, and not of another respondent', async () => {
    await scene.openDispute(A, '2026-03-01', { ...known, complainantTokens: { name: 'n' }, sector: 'sport' });
    await scene.openDispute(B, '2026-03-04', { complainantTokens: { name: 'n' }, sector: 'sport' });
    expect(await scene.matched()).toEqual([]);
    const identified = {
      respondentUscc: USCC,
      respondentRegion: '330602',
      previousUscc: null,
      reason: 'became-known',
    } as const;
    await scene.ofDispute(B, 'DisputeRespondentIdentified', identified, '2026-03-05');
    expect(await scene.matched()).toMatchObject([
      { data: { of: A, reasons: expect.arrayContaining(['same-respondent']) } },
    ]);
  });

  it('is found by its words where nobody says who complains', async () => {
    await scene.openDispute(A, '2026-03-01', { respondentUscc: USCC, textTokens: tokensOf(CALL) });
    await scene.openDispute(B, '2026-03-04', { respondentUscc: USCC, textTokens: tokensOf(CALL) });
    expect(await scene.matched()).toMatchObject([{ stream: `duplicate-${B}`, data: { of: A, score: 65 } }]);
    expect(tokensOf(CALL)).not.toBe(tokensOf(LETTER));
  });

  it('is found of one of many who complain together', async () => {
    await scene.openDispute(A, '2026-03-01', { respondentUscc: USCC, complainantTokens: { phone: 'first' } });
    await scene.ofDispute(A, 'ComplainantJoined', { person: 2, complainant: 'P2', ...phone }, '2026-03-02');
    await scene.openDispute(B, '2026-03-04', known);
    expect(await scene.matched()).toMatchObject([{ stream: `duplicate-${B}`, data: { of: A } }]);
  });
});

describe('a ticket', () => {
  it('that may be about a known dispute is suggested to be, by its own context', async () => {
    await scene.openDispute(A, '2026-03-01', known);
    await scene.receiveTicket('1', '2026-03-02', known);
    expect(await scene.matched()).toMatchObject([
      { stream: 'workOrder-12345-1', type: 'DuplicateSuspected', data: { of: A, likeness: 80 } },
    ]);
  });

  it('that waits meets the dispute of another one when that is linked', async () => {
    await scene.receiveTicket('1', '2026-03-01', known);
    await scene.receiveTicket('2', '2026-03-02', known);
    await scene.openDispute(A, '2026-03-02');
    expect(await scene.matched()).toEqual([]);
    await scene.ofTicket('1', 'WorkOrderLinkedToDispute', { disputeId: A }, '2026-03-03');
    expect(await scene.matched()).toMatchObject([{ stream: 'workOrder-12345-2', data: { of: A } }]);
  });

  it('is not suggested to the dispute that is opened for it', async () => {
    await scene.receiveTicket('1', '2026-03-01', known);
    await scene.openDispute(A, '2026-03-01', known);
    await scene.ofTicket('1', 'WorkOrderLinkedToDispute', { disputeId: A }, '2026-03-01');
    expect(await scene.matched()).toEqual([]);
  });

  it('that is a report or was closed long ago is compared with nothing (S1 Art. 37)', async () => {
    await scene.openDispute(A, '2026-03-01', known);
    await scene.receiveTicket('1', '2026-03-02', known);
    await scene.ofTicket('1', 'WorkOrderClassified', { classification: 'report' }, '2026-03-02');
    await scene.receiveTicket('2', '2026-03-02', known);
    await scene.ofTicket('2', 'WorkOrderClosed', { outcome: 'handled' }, '2026-03-02');
    expect(await scene.matched()).toEqual([]);
  });
});

it('of a crowd that shares a telephone, only those nearest in time are compared', async () => {
  scene.policy = { ...scene.policy, nearest: { records: 2 } };
  const id = (number: number) => `01JN0000000000000000000${String(number).padStart(3, '0')}`;
  for (let number = 0; number < 6; number++) await scene.openDispute(id(number), `2026-03-0${number + 1}`, known);
  const suspected = (await scene.matched()).filter(({ stream }) => stream === `duplicate-${id(5)}`);
  expect(suspected.map(({ data }) => (data as { of: string }).of).sort()).toEqual([id(3), id(4)]);
});

describe('a dispute that was over', () => {
  beforeEach(async () => {
    await scene.openDispute(A, '2025-06-01', known);
    await scene.receiveComplaint('C1', A, '2025-06-01', known);
    await scene.concludeComplaint('C1', A, '2025-08-01');
  });

  it('is repeated by the next complaint of the same person against the same respondent (M-12)', async () => {
    await scene.openDispute(B, '2026-03-04', known);
    expect(await scene.matched()).toMatchObject([{ stream: `duplicate-${B}`, data: { of: A, kind: 'repeat' } }]);
    await scene.ofDispute(B, 'RepeatComplaintConfirmed', { earlier: A }, '2026-03-05');
    expect(await scene.suggestions(B)).toMatchObject({
      kind: 'repeat',
      status: 'settled',
      candidates: [{ status: 'confirmed' }],
    });
  });

  it('is not, once the days that the place sets have passed', async () => {
    scene.policy = { ...scene.policy, repeat: { days: 200 } };
    await scene.openDispute(B, '2026-03-04', known);
    expect(await scene.matched()).toEqual([]);
  });
});

it('follows the log, and takes up where it had got to', async () => {
  const process = scene.process();
  process.start();
  await scene.openDispute(A, '2026-03-01', known);
  await scene.openDispute(B, '2026-03-02', known);
  const written = async (count: number): Promise<void> => {
    for (let turn = 0; (await scene.suggested()).length < count; turn++) {
      if (turn > 2000) throw new Error('nothing was suggested');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  await written(1);
  await process.stop();
  await scene.openDispute(C, '2026-03-03', known);
  const next = scene.process();
  next.start();
  await written(3);
  await next.stop();
  expect((await scene.suggested()).map(({ stream }) => stream)).toEqual([B, C, C].map((id) => `duplicate-${id}`));
});
