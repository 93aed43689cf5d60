import { describe, expect, it } from '@jest/globals';
import { COMPLAINT_RESULTS } from '#complaints/events';
import { RETURN_REASONS, OUTCOMES, WORK_ORDER_STATUSES, workOrderSchemas, workOrderWords } from './events.ts';
import type { WorkOrderEvents } from './events.ts';
import { byChannel, receivedData, YUECHENG } from './testing/history.ts';

const pushed = {
  ...receivedData,
  receivedAt: '2026-03-03T15:50:00.000Z',
  closedAt: null,
  classification: null,
  outcome: null,
  satisfaction: null,
  authority: null,
};
/** One of each, with references that no sentence may show. */
const REFERENCE = '01ARZ3NDEKTSV4RRFFQ69G5FZZ';
const examples: WorkOrderEvents = {
  WorkOrderReceived: { ...receivedData, complainant: REFERENCE, complainantTokens: { phone: 'token' } },
  WorkOrderPayloadConflictDetected: { ...pushed, conflict: 1, payloadDigest: 'token', differing: ['sector'] },
  WorkOrderPayloadConflictResolved: { conflict: 1, keep: 'pushed', payloadDigest: 'token', complainant: REFERENCE },
  WorkOrderClassified: { classification: 'mixed' },
  WorkOrderSplit: { source: REFERENCE },
  WorkOrderComplaintLinked: { complaintId: REFERENCE },
  WorkOrderReportLinked: { reportId: REFERENCE },
  WorkOrderRedirected: { route: 'petition', note: REFERENCE },
  DuplicateSuspected: { of: REFERENCE, likeness: 80, reasons: ['like-text'] },
  DuplicateDismissed: { of: REFERENCE, note: REFERENCE },
  WorkOrderLinkedToDispute: { disputeId: REFERENCE },
  WorkOrderDispatched: { authority: null, handlingRegion: YUECHENG, dueAt: null },
  WorkOrderExtensionRequested: { note: REFERENCE, handlingRegion: YUECHENG },
  WorkOrderExtensionGranted: { by: 10, dueAt: null, grantedOn: '2026-03-10', clocks: [] },
  WorkOrderExtensionRefused: { note: REFERENCE },
  WorkOrderReturned: { reasonCode: 'not-competent', note: REFERENCE, handlingRegion: YUECHENG },
  WorkOrderReplied: { outcome: 'handled', reply: REFERENCE, complaintId: REFERENCE },
  WorkOrderClosed: { outcome: 'handled' },
  WorkOrderSatisfactionRecorded: {
    satisfaction: 'satisfied',
    process: 'satisfied',
    result: 'satisfied',
    note: REFERENCE,
  },
  WorkOrderCallbackUnanswered: { why: 'not-answered', note: REFERENCE },
  WorkOrderReopened: {
    reasonCode: 'dissatisfied',
    note: REFERENCE,
    status: 'dispatched',
    authority: null,
    handlingRegion: YUECHENG,
    dueAt: null,
  },
  WorkOrderDeadlineAmended: byChannel('2026-03-11T10:00:00.000Z'),
  WorkOrderLateEntryVerified: { clock: 'handling', reason: 'other', evidence: ['evidence-1'] },
};
const said = Object.entries(examples).map(([type, data]) => {
  const say = workOrderWords[type as keyof WorkOrderEvents] as (of: object) => { zh: string; en: string };
  return [type, say(data as object)] as const;
});

describe('an event in words', () => {
  it('is said of every type', () =>
    expect(said.map(([type]) => type).sort()).toEqual(Object.keys(workOrderSchemas).sort()));
  it.each(said)('%s: a sentence in both languages, with nothing that leads to a person', (_, { zh, en }) => {
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(en).toMatch(/^[A-Z]/);
    expect(en).not.toMatch(/[\u4e00-\u9fff]/);
    expect(zh + en).not.toMatch(/token|undefined|null/);
    expect(zh + en).not.toContain(REFERENCE);
  });
  it('tells a grant by the date that it led to, a conflict for the record, a plain answer and a reply without a complaint', () => {
    const { WorkOrderExtensionGranted: granted, WorkOrderPayloadConflictResolved: resolved } = workOrderWords;
    const dueAt = '2026-03-20T10:00:00.000Z';
    const clocks = [byChannel(dueAt)];
    expect(granted({ by: null, dueAt, grantedOn: '2026-03-10', clocks }).zh).toBe(`准予延期，办理期限至${dueAt}`);
    expect(resolved({ conflict: 2, keep: 'recorded', payloadDigest: '' }).zh).toBe('内容冲突2：保留原记录');
    expect(workOrderWords.WorkOrderSatisfactionRecorded({ satisfaction: 'dissatisfied' }).zh).toBe('回访：不满意');
    expect(workOrderWords.WorkOrderReplied({ outcome: 'answered', reply: null, complaintId: null }).en).toBe(
      'The unit replied: answered',
    );
  });
});

describe('words that 12345 and 12315 share and do not mean alike (T-48)', () => {
  it('are not used of a ticket: it is received, not accepted; disposed of, not settled', () => {
    for (const [, { zh }] of said) expect(zh).not.toMatch(/受理|和解|调解|解决|成功/);
    expect([...WORK_ORDER_STATUSES].filter((status) => /accept|conclu|settl|mediat/.test(status))).toEqual([]);
  });
  it('are no common words of outcomes: that of a ticket says nothing of its complaint', () => {
    const results: readonly string[] = COMPLAINT_RESULTS;
    expect(OUTCOMES.filter((outcome) => results.includes(outcome))).toEqual([]);
    expect(RETURN_REASONS.filter((reason) => results.includes(reason))).toEqual([]);
  });
});
