import { describe, expect, it } from '@jest/globals';
import { allReaders, ROLES } from '#access';
import type { ComplaintEvents } from '#complaints/events';
import { recorded, type RecordedEvent } from '#kernel';
import { timelinessOf, type Clock } from '#law';
import { REPORT_READERS, type ReportEvents } from '#reports/events';
import { isEventWithheld } from '#service';
import * as decide from './decide.ts';
import { REDIRECT_ROUTES, type Classification, type WorkOrderEvent } from './events.ts';
import { evolveOrigin, refuseProcedure, unreadOrigin } from './origin.ts';
import { evolveProcedure, unreadProcedure, type ProcedureRead } from './reads.ts';
import {
  at,
  atUnit,
  classifiedAs,
  dispatched,
  DISPUTE,
  documentOf,
  inEveryStatus,
  linked,
  OTHER_DISPUTE,
  received,
  receivedData,
  replied,
  returned,
  shanghai,
  stateAfter,
  statuses,
  YUECHENG,
  ZICHUAN,
  type Given,
} from './testing/history.ts';
import { workOrdersTable } from './work-orders.module.ts';

const COMPLAINT = '01ARZ3NDEKTSV4RRFFQ69G5FC1';
const REPORT = '01ARZ3NDEKTSV4RRFFQ69G5FR1';
const ID = '12345-HZ-1';
const process = { id: 'proposals', role: 'process' };
const human = { kind: 'forbidden', code: 'HUMAN_DECISION_REQUIRED' } as const;

const split: Given = {
  type: 'WorkOrderSplit',
  data: { source: 'P1' },
  occurredAt: '2026-03-04T08:35:00+08:00',
};
const complaintLinked: Given = { type: 'WorkOrderComplaintLinked', data: { complaintId: COMPLAINT } };
const reportLinked: Given = { type: 'WorkOrderReportLinked', data: { reportId: REPORT } };
const mixed: Given[] = [
  { ...received, data: { ...receivedData, complainant: 'P1' } } as Given,
  classifiedAs('mixed'),
  linked,
];

describe('a mixed letter', () => {
  it('is split once, and both parts share its text', () => {
    at(mixed)
      .when(decide.splitWorkOrder, {})
      .then([{ type: 'WorkOrderSplit', data: { source: 'P1' } }]);
    at([...mixed, split])
      .when(decide.splitWorkOrder, {})
      .then([]);
  });
  it('is split by a person', () => {
    at(mixed).when(decide.splitWorkOrder, {}, { actor: process }).then(human);
  });
  it('is split at its unit as well, and after it was answered, but not before it was received', () => {
    for (const events of [
      [...mixed, dispatched],
      [...mixed, dispatched, replied],
    ]) {
      at(events)
        .when(decide.splitWorkOrder, {})
        .then([{ type: 'WorkOrderSplit', data: { source: 'P1' } }]);
    }
    at(mixed)
      .when(decide.splitWorkOrder, { occurredAt: '2026-03-03T00:00:00+08:00' })
      .then({ kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' });
  });
  it.each(['complaint', 'report', 'consultation', 'other'] as const)('is not a letter classified as %s', (kind) => {
    at([received, classifiedAs(kind)])
      .when(decide.splitWorkOrder, {})
      .then({ kind: 'conflict', code: 'WORK_ORDER_NOT_MIXED' });
  });
  it('is not what nobody classified, knows or handles', () => {
    at([received]).when(decide.splitWorkOrder, {}).then({ kind: 'conflict', code: 'WORK_ORDER_NOT_CLASSIFIED' });
    at([]).when(decide.splitWorkOrder, {}).then({ kind: 'notFound', code: 'NOT_FOUND' });
    at(inEveryStatus.redirected)
      .when(decide.splitWorkOrder, {})
      .then({ kind: 'conflict', code: 'WORK_ORDER_REDIRECTED' });
  });
  it('is not answered as a whole: it is split first (S1 Art. 9)', () => {
    for (const outcome of ['answered', 'handled', 'transferred'] as const) {
      at([...mixed, dispatched])
        .when(decide.replyWorkOrder, { outcome }, { reads: {} })
        .then({ kind: 'conflict', code: 'WORK_ORDER_NOT_SPLIT' });
    }
    at([...mixed, dispatched, split])
      .when(decide.replyWorkOrder, { outcome: 'answered' }, { reads: {} })
      .then([{ type: 'WorkOrderReplied', data: { outcome: 'answered', reply: null, complaintId: null } }]);
  });
  it('stays mixed once it was split', () => {
    at([...mixed, split])
      .when(decide.classifyWorkOrder, { classification: 'complaint' })
      .then({ kind: 'conflict', code: 'WORK_ORDER_ALREADY_SPLIT' });
  });
  it('keeps its clock: neither part is its own', () => {
    const { clocks } = stateAfter(...mixed, dispatched) as never as { clocks: object };
    expect(stateAfter(...mixed, dispatched, split, complaintLinked, reportLinked)).toMatchObject({ clocks });
  });
});

describe('what came of a letter', () => {
  const from = (more: Partial<ProcedureRead>): { reads: { procedure: ProcedureRead }; id: string } => ({
    reads: { procedure: { disputeId: null, workOrderId: null, ...more } },
    id: ID,
  });
  const complaint = (events: readonly Given[], more: Partial<ProcedureRead> = {}, context = {}) =>
    at(events).when(decide.linkComplaint, { complaintId: COMPLAINT }, { ...from(more), ...context });
  const report = (events: readonly Given[], more: Partial<ProcedureRead> = {}, context = {}) =>
    at(events).when(decide.linkReport, { reportId: REPORT }, { ...from(more), ...context });
  const isComplaint: WorkOrderEvent[] = [complaintLinked as WorkOrderEvent];
  const isReport: WorkOrderEvent[] = [reportLinked as WorkOrderEvent];

  it('is named by it, when that names it or is about its dispute', () => {
    complaint(inEveryStatus.classified, { workOrderId: ID, disputeId: OTHER_DISPUTE }).then(isComplaint);
    complaint(inEveryStatus.classified, { disputeId: DISPUTE }).then(isComplaint);
    report([received, classifiedAs('report')], { workOrderId: ID }).then(isReport);
    report([received, classifiedAs('report')]).then(isReport);
  });
  it.each(['dispatched', 'returned', 'replied', 'closed'] as const)('is named while it is %s', (status) => {
    complaint(inEveryStatus[status]).then(isComplaint);
  });
  it('is named by a process too, which decides nothing by that', () => {
    complaint(atUnit, {}, { actor: process }).then(isComplaint);
  });
  it('is not what comes from another work order or dispute', () => {
    complaint(atUnit, { workOrderId: '12345-HZ-2', disputeId: DISPUTE }).then({
      kind: 'invalid',
      code: 'COMPLAINT_OF_ANOTHER_ORIGIN',
      field: 'complaintId',
    });
    report([...mixed, split], { disputeId: OTHER_DISPUTE }).then({
      kind: 'invalid',
      code: 'REPORT_OF_ANOTHER_ORIGIN',
      field: 'reportId',
    });
  });
  it('is not what there is not', () => {
    const none = { reads: { procedure: undefined } };
    complaint(atUnit, {}, none).then({ kind: 'invalid', code: 'UNKNOWN_COMPLAINT', field: 'complaintId' });
    report(atUnit, {}, none).then({ kind: 'invalid', code: 'UNKNOWN_REPORT', field: 'reportId' });
    complaint([]).then({ kind: 'notFound', code: 'NOT_FOUND' });
    report([]).then({ kind: 'notFound', code: 'NOT_FOUND' });
  });
  it('is said once, silently again, and is no other', () => {
    complaint([...atUnit, complaintLinked]).then([]);
    report([received, classifiedAs('report'), reportLinked]).then([]);
    const another = { complaintId: REPORT, reportId: COMPLAINT };
    at([...atUnit, complaintLinked])
      .when(decide.linkComplaint, another, from({}))
      .then({ kind: 'conflict', code: 'COMPLAINT_ALREADY_LINKED' });
    at([...mixed, split, reportLinked])
      .when(decide.linkReport, another, from({}))
      .then({ kind: 'conflict', code: 'REPORT_ALREADY_LINKED' });
  });
  it('is complaint and report of a mixed letter, only once that was split', () => {
    const unsplit = { kind: 'conflict', code: 'WORK_ORDER_NOT_SPLIT' } as const;
    complaint(mixed).then(unsplit);
    report(mixed).then(unsplit);
    complaint([...mixed, split]).then(isComplaint);
    report([...mixed, split, complaintLinked]).then(isReport);
  });
  it('is of the kind that it was classified as', () => {
    const ofAnother = { kind: 'conflict', code: 'WORK_ORDER_OF_ANOTHER_KIND' } as const;
    report(atUnit).then(ofAnother);
    complaint([received, classifiedAs('report')]).then(ofAnother);
    complaint([received, classifiedAs('consultation')]).then(ofAnother);
    complaint([received]).then({ kind: 'conflict', code: 'WORK_ORDER_NOT_CLASSIFIED' });
    complaint(inEveryStatus.redirected).then({ kind: 'conflict', code: 'WORK_ORDER_REDIRECTED' });
  });
  it('is not denied by classifying the letter as something else; it may turn out to be mixed', () => {
    const back = [...atUnit, complaintLinked, returned];
    at(back)
      .when(decide.classifyWorkOrder, { classification: 'report' })
      .then({ kind: 'conflict', code: 'PROCEDURE_ALREADY_OPENED' });
    at(back)
      .when(decide.classifyWorkOrder, { classification: 'mixed' })
      .then([{ type: 'WorkOrderClassified', data: { classification: 'mixed' } }]);
  });
  it('is shown with the letter', () => {
    const document = documentOf([...mixed, split, complaintLinked, reportLinked, dispatched, replied]);
    expect(document).toMatchObject({
      splitAt: '2026-03-04T00:35:00.000Z',
      complaintId: COMPLAINT,
      reportId: REPORT,
      status: 'replied',
    });
  });
  it('says itself where it comes from', () => {
    const told = (type: string, data: Partial<ComplaintEvents['ComplaintReceived'] | ReportEvents['ReportReceived']>) =>
      evolveProcedure(unreadProcedure, { type, data } as RecordedEvent);
    const origin = { disputeId: DISPUTE, workOrderId: ID };
    expect(told('ComplaintReceived', origin)).toEqual(origin);
    expect(told('ReportReceived', origin)).toEqual(origin);
    expect(told('ComplaintClosed', {})).toBe(unreadProcedure);
  });
});

describe('what a procedure must know of its letter', () => {
  const origin = (...events: Given[]) => recorded(events).reduce(evolveOrigin, unreadOrigin);
  const refusal = (events: readonly Given[], part: 'complaint' | 'report') =>
    refuseProcedure(origin(...events), part)?.code;

  it.each<[Classification, 'complaint' | 'report', string | undefined]>([
    ['complaint', 'complaint', undefined],
    ['report', 'report', undefined],
    ['complaint', 'report', 'WORK_ORDER_OF_ANOTHER_KIND'],
    ['report', 'complaint', 'WORK_ORDER_OF_ANOTHER_KIND'],
    ['other', 'complaint', 'WORK_ORDER_OF_ANOTHER_KIND'],
    ['mixed', 'complaint', 'WORK_ORDER_NOT_SPLIT'],
    ['mixed', 'report', 'WORK_ORDER_NOT_SPLIT'],
  ])('a letter classified as %s opens a %s: %s', (classification, part, code) => {
    expect(refusal([received, classifiedAs(classification)], part)).toBe(code);
  });
  it('a mixed one opens both once it was split', () => {
    expect([refusal([...mixed, split], 'complaint'), refusal([...mixed, split], 'report')]).toEqual([
      undefined,
      undefined,
    ]);
  });
  it('one that nobody classified, or that was shown another route, opens none', () => {
    expect(refusal([received], 'complaint')).toBe('WORK_ORDER_NOT_CLASSIFIED');
    expect(refusal(inEveryStatus.redirected, 'report')).toBe('WORK_ORDER_REDIRECTED');
  });
});

describe('what is neither complaint nor report', () => {
  const redirect = (events: readonly Given[], context = {}) =>
    at(events).when(decide.redirectWorkOrder, { route: 'petition' }, context);
  const shown: WorkOrderEvent = { type: 'WorkOrderRedirected', data: { route: 'petition', note: null } };

  it.each(REDIRECT_ROUTES)('is shown the route of %s; the words stay in the vault', (route) => {
    at([received, classifiedAs('other')])
      .when(decide.redirectWorkOrder, { route }, { persons: { note: { personId: 'N1', tokens: {} } } })
      .then([{ type: 'WorkOrderRedirected', data: { route, note: 'N1' } }]);
  });
  it('is shown its route unclassified, by the dispatcher or by the unit', () => {
    redirect([received]).then([shown]);
    redirect([received, classifiedAs('consultation')]).then([shown]);
    redirect([received, classifiedAs('other'), dispatched]).then([shown]);
    redirect([received, classifiedAs('other'), dispatched, returned]).then([shown]);
  });
  it.each(['complaint', 'report', 'mixed'] as const)('is not what was classified as %s', (kind) => {
    const handled = { kind: 'conflict', code: 'WORK_ORDER_TO_BE_HANDLED' } as const;
    redirect([received, classifiedAs(kind)]).then(handled);
    redirect([received, classifiedAs(kind), linked, dispatched]).then(handled);
  });
  it('is not what was answered, closed or shown a route before', () => {
    redirect(inEveryStatus.replied).then({ kind: 'conflict', code: 'WORK_ORDER_ALREADY_REPLIED' });
    redirect(inEveryStatus.closed).then({ kind: 'conflict', code: 'WORK_ORDER_CLOSED' });
    redirect(inEveryStatus.redirected).then({ kind: 'conflict', code: 'WORK_ORDER_REDIRECTED' });
    redirect([]).then({ kind: 'notFound', code: 'NOT_FOUND' });
  });
  it('is for a person to say, and not before it was received', () => {
    redirect([received], { actor: process }).then(human);
    redirect([received], { occurredAt: shanghai('2026-03-01') }).then({
      kind: 'invalid',
      code: 'OCCURRED_BEFORE_PREVIOUS_STEP',
      field: 'occurredAt',
    });
  });
  it('has no clocks any more, and was not late', () => {
    const command = { authority: 'u', handlingRegion: ZICHUAN };
    const { decision } = at([received, classifiedAs('other')]).when(decide.dispatchWorkOrder, command);
    const sent = [received, classifiedAs('other'), { ...(decision as readonly Given[])[0]! } as Given];
    expect(stateAfter(...sent)).toMatchObject({
      clocks: { handling: { state: 'running' }, return: { state: 'running' } },
    });
    const { clocks } = stateAfter(...sent, shown as Given) as never as { clocks: Record<string, Clock> };
    for (const clock of Object.values(clocks)) {
      expect([clock.state, timelinessOf(clock)]).toEqual(['superseded', undefined]);
    }
  });
  it('is handled by nobody', () => {
    const gone = { kind: 'conflict', code: 'WORK_ORDER_REDIRECTED' } as const;
    const redirected = at(inEveryStatus.redirected);
    redirected.when(decide.classifyWorkOrder, { classification: 'complaint' }).then(gone);
    redirected.when(decide.dispatchWorkOrder, { authority: 'u', handlingRegion: YUECHENG }).then(gone);
    redirected.when(decide.returnWorkOrder, { reasonCode: 'other' }).then(gone);
    redirected.when(decide.replyWorkOrder, { outcome: 'handled' }).then(gone);
    redirected.when(decide.closeWorkOrder, {}).then(gone);
    redirected.when(decide.requestExtension, { note: '' }).then(gone);
    redirected
      .when(
        decide.linkWorkOrderToDispute,
        { disputeId: DISPUTE },
        { reads: { dispute: { mergedInto: null } as const } },
      )
      .then(gone);
  });
  it('is shown with its route, in the region in which it lay', () => {
    const sent = { ...dispatched, region: '330600' } as Given;
    const other = [received, classifiedAs('other'), sent];
    for (const [events, region] of [
      [[...other, shown as Given], YUECHENG],
      [[...other, returned, shown as Given], '330600'],
    ] as const) {
      const document = documentOf(events)!;
      expect(document).toMatchObject({ status: 'redirected', redirected: { route: 'petition', note: null } });
      expect(workOrdersTable.scopeOf(stateAfter(...events)).region).toBe(region);
      expect(workOrdersTable.views[0]!.scopeOf(document).region).toBe(region);
    }
  });
  it.each(statuses)('is another status than %s in state and view alike', (status) => {
    expect(stateAfter(...inEveryStatus[status]).status).toBe(status);
    expect(documentOf(inEveryStatus[status])?.status).toBe(status);
  });
});

describe('that a report came of it', () => {
  it('is kept from whoever may not read reports (S1 Art. 37)', () => {
    const learning = ROLES.filter((role) => !isEventWithheld({ role }, 'WorkOrderReportLinked'));
    expect(learning).toEqual(allReaders(REPORT_READERS));
    expect(ROLES.filter((role) => !isEventWithheld({ role }, 'WorkOrderComplaintLinked'))).toEqual(ROLES);
  });
});

describe('a letter that is a report, or may be one (S1 Art. 37)', () => {
  const [view] = workOrdersTable.views;
  it.each([
    [null, false],
    ['report', false],
    ['mixed', false],
    ['complaint', true],
    ['consultation', true],
  ] as const)('found to be %s: a mediator sees it: %s', (classification, isSeen) => {
    const readers = view!.readersOf!({ classification } as never) ?? view!.roles;
    expect(readers.includes('mediator')).toBe(isSeen);
    for (const role of ['hotline', 'officer', 'enforcement', 'auditor'] as const) expect(readers).toContain(role);
  });

  it('is also in the story of its dispute told to no mediator', () => {
    for (const type of ['WorkOrderClassified', 'WorkOrderSplit']) {
      expect(ROLES.filter((role) => isEventWithheld({ role }, type))).toEqual(['mediator']);
    }
  });
});
