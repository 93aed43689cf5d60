import { REPORT_READERS, type Role } from '#access';
import { isRefusal, normaliseUscc } from '#kernel';
import {
  AmendDeadline,
  clockAnswers,
  commandRow,
  viewRow,
  type AnyCommandRow,
  type ContextTable,
  type StreamRead,
} from '#service';
import { workOrderClockChanges } from './clocks.ts';
import {
  ClassifyWorkOrder,
  CloseWorkOrder,
  DismissDuplicate,
  DispatchWorkOrder,
  GrantExtension,
  LinkComplaint,
  LinkReport,
  LinkWorkOrderToDispute,
  RecordCallback,
  RedirectWorkOrder,
  RefuseExtension,
  RegisterWorkOrder,
  ReopenWorkOrder,
  ReplyWorkOrder,
  RequestExtension,
  ResolveConflict,
  ReturnWorkOrder,
  SplitWorkOrder,
  SuspectDuplicate,
  VerifyWorkOrderLateEntry,
} from './commands.ts';
import {
  amendDeadline,
  classifyWorkOrder,
  closeWorkOrder,
  dismissDuplicate,
  dispatchWorkOrder,
  grantExtension,
  linkComplaint,
  linkReport,
  linkWorkOrderToDispute,
  recordCallback,
  redirectWorkOrder,
  refuseExtension,
  registerWorkOrder,
  reopenWorkOrder,
  replyWorkOrder,
  requestExtension,
  resolveConflict,
  returnWorkOrder,
  splitWorkOrder,
  suspectDuplicate,
  verifyLateEntry,
} from './decide.ts';
import { workOrderSchemas, type Classification, type RecordedWorkOrderEvent } from './events.ts';
import {
  evolveDispute,
  evolveInquiry,
  evolveProcedure,
  unreadDispute,
  unreadInquiry,
  unreadProcedure,
  type DisputeReads,
  type ProcedureReads,
  type ReplyReads,
} from './reads.ts';
import { ageInDays, workOrders, type WorkOrderDocument } from './views/work-orders.ts';
import { evolve, initial, regionOf, type WorkOrder } from './work-order.ts';

function disputeRead<Asked>(idOf: (command: Asked) => string): StreamRead<Asked, WorkOrder, DisputeReads['dispute']> {
  return { stream: (command) => `dispute-${idOf(command)}`, initial: unreadDispute, evolve: evolveDispute };
}

const linkComplaintRow = commandRow<LinkComplaint, WorkOrder, ProcedureReads>({
  action: 'link-complaint',
  command: LinkComplaint,
  decide: linkComplaint,
  roles: ['hotline', 'officer'],
  summary: 'Name the complaint that came of the work order',
  reads: {
    procedure: {
      stream: ({ complaintId }) => `complaint-${complaintId}`,
      initial: unreadProcedure,
      evolve: evolveProcedure,
    },
  },
});
const linkReportRow = commandRow<LinkReport, WorkOrder, ProcedureReads>({
  action: 'link-report',
  command: LinkReport,
  decide: linkReport,
  roles: ['hotline', 'officer'],
  summary: 'Name the report that came of the work order',
  reads: {
    procedure: { stream: ({ reportId }) => `report-${reportId}`, initial: unreadProcedure, evolve: evolveProcedure },
  },
});

/** Who takes letters in, handles and audits them. */
const HANDLERS_OF_REPORTS: readonly Role[] = ['hotline', ...REPORT_READERS];

/** A process links what can be linked. Where something speaks against it, it says nothing: that is for a person to look at. */
function byProcess(row: AnyCommandRow): AnyCommandRow {
  const decide: AnyCommandRow['decide'] = (...given) => {
    const decision = row.decide(...given);
    return isRefusal(decision) ? [] : decision;
  };
  return { ...row, decide, roles: [] };
}

export const workOrdersTable: ContextTable<WorkOrder> = {
  collection: 'work-orders',
  category: 'workOrder',
  title: 'work order',
  batch: true,
  schemas: workOrderSchemas,
  initial,
  evolve,
  scopeOf: (state) =>
    state.status === 'empty'
      ? { region: null, subject: null }
      : { region: regionOf(state) ?? state.intakeRegion, subject: state.respondentUscc },
  correlationOf: (state) => (state.status === 'empty' ? null : state.disputeId),
  commands: [
    commandRow<RegisterWorkOrder, WorkOrder>({
      action: 'register',
      command: RegisterWorkOrder,
      decide: registerWorkOrder,
      roles: ['hotline', 'officer'],
      summary: 'Register a ticket of a channel, once; the same ticket with another content is a conflict',
      creates: true,
      id: ({ channel, externalNo }) => `${channel}-${externalNo}`,
      scope: ({ handlingRegion, respondentUscc }) => ({
        region: handlingRegion ?? null,
        subject: respondentUscc === undefined ? null : (normaliseUscc(respondentUscc) ?? null),
      }),
      personal: {
        complainant: { name: 'complainantName', phone: 'complainantPhone', text: ['content'], likeness: 'content' },
        respondent: { name: 'respondentName' },
      },
      digestWithout: ['importBatch', 'occurredAt'],
    }),
    commandRow<ClassifyWorkOrder, WorkOrder>({
      action: 'classify',
      command: ClassifyWorkOrder,
      decide: classifyWorkOrder,
      roles: ['hotline', 'officer'],
      summary: 'Say what the work order is about',
    }),
    commandRow<ResolveConflict, WorkOrder>({
      action: 'resolve-conflict',
      command: ResolveConflict,
      decide: resolveConflict,
      roles: ['hotline', 'officer'],
      summary: 'Say which content of a ticket holds that was pushed with two',
    }),
    commandRow<SplitWorkOrder, WorkOrder>({
      action: 'split',
      command: SplitWorkOrder,
      decide: splitWorkOrder,
      roles: ['hotline', 'officer'],
      summary: 'Take a mixed letter apart into complaint and report (S1 Art. 9)',
    }),
    linkComplaintRow,
    linkReportRow,
    commandRow<RedirectWorkOrder, WorkOrder>({
      action: 'redirect',
      command: RedirectWorkOrder,
      decide: redirectWorkOrder,
      roles: ['hotline', 'officer'],
      summary: 'Show the caller the proper route of what is neither complaint nor report (S1 Art. 44)',
      personal: { note: { text: ['note'] } },
    }),
    commandRow<DismissDuplicate, WorkOrder>({
      action: 'dismiss-duplicate',
      command: DismissDuplicate,
      decide: dismissDuplicate,
      roles: ['hotline', 'officer'],
      summary: 'Find that the work order is not about the dispute that a machine suspected',
      personal: { note: { text: ['note'] } },
    }),
    commandRow<LinkWorkOrderToDispute, WorkOrder, DisputeReads>({
      action: 'link-to-dispute',
      command: LinkWorkOrderToDispute,
      decide: linkWorkOrderToDispute,
      roles: ['hotline', 'officer'],
      summary: 'Confirm that the work order is about this dispute',
      reads: { dispute: disputeRead(({ disputeId }) => disputeId) },
      correlation: ({ disputeId }) => disputeId,
    }),
    commandRow<DispatchWorkOrder, WorkOrder>({
      action: 'dispatch',
      command: DispatchWorkOrder,
      decide: dispatchWorkOrder,
      roles: ['hotline', 'officer'],
      summary: 'Send the work order to a competent unit',
    }),
    commandRow<ReturnWorkOrder, WorkOrder>({
      action: 'return',
      command: ReturnWorkOrder,
      decide: returnWorkOrder,
      roles: ['officer'],
      summary: 'Give the work order back to the dispatcher, with a reason',
      personal: { note: { text: ['note'] } },
    }),
    commandRow<RequestExtension, WorkOrder>({
      action: 'request-extension',
      command: RequestExtension,
      decide: requestExtension,
      roles: ['officer'],
      summary: 'Ask the hotline for more time (申请延期)',
      personal: { note: { text: ['note'] } },
    }),
    commandRow<GrantExtension, WorkOrder>({
      action: 'grant-extension',
      command: GrantExtension,
      decide: grantExtension,
      roles: ['hotline'],
      summary: 'Grant the unit more time (准予延期), as far as the rule lets',
    }),
    commandRow<RefuseExtension, WorkOrder>({
      action: 'refuse-extension',
      command: RefuseExtension,
      decide: refuseExtension,
      roles: ['hotline'],
      summary: 'Grant the unit no more time (不予延期)',
      personal: { note: { text: ['note'] } },
    }),
    commandRow<ReplyWorkOrder, WorkOrder, ReplyReads>({
      action: 'reply',
      command: ReplyWorkOrder,
      decide: replyWorkOrder,
      roles: ['officer', 'hotline'],
      summary: 'Answer the work order with its outcome',
      personal: { reply: { text: ['text'] } },
      reads: {
        inquiry: {
          stream: (_, state) =>
            state.status === 'empty' || state.disputeId === null ? null : `dispute-${state.disputeId}`,
          initial: unreadInquiry,
          evolve: evolveInquiry,
        },
        procedure: {
          stream: ({ complaintId }) => (complaintId === undefined ? null : `complaint-${complaintId}`),
          initial: unreadProcedure,
          evolve: evolveProcedure,
        },
      },
    }),
    commandRow<CloseWorkOrder, WorkOrder>({
      action: 'close',
      command: CloseWorkOrder,
      decide: closeWorkOrder,
      roles: ['hotline', 'officer'],
      summary: 'Close an answered work order with the outcome of the answer',
    }),
    commandRow<RecordCallback, WorkOrder>({
      action: 'record-callback',
      command: RecordCallback,
      decide: recordCallback,
      roles: ['hotline'],
      summary: 'Record what the citizen said when called back (回访), or that nobody answered',
      personal: { note: { text: ['note'] } },
    }),
    commandRow<ReopenWorkOrder, WorkOrder>({
      action: 'reopen',
      command: ReopenWorkOrder,
      decide: reopenWorkOrder,
      roles: ['hotline'],
      summary: 'Open a closed work order again: with its unit, by the rule of this day',
      personal: { note: { text: ['note'] } },
    }),
    commandRow<VerifyWorkOrderLateEntry, WorkOrder>({
      action: 'verify-late-entry',
      command: VerifyWorkOrderLateEntry,
      decide: verifyLateEntry,
      roles: ['hotline', 'officer'],
      summary: 'Verify, as a second person, that what was entered after a deadline had been done before it',
    }),
  ],
  processCommands: [
    byProcess(linkComplaintRow),
    byProcess(linkReportRow),
    commandRow<SuspectDuplicate, WorkOrder, DisputeReads>({
      action: 'suspect-duplicate',
      command: SuspectDuplicate,
      decide: suspectDuplicate,
      roles: [],
      summary: 'Suggest that the work order is about a dispute that is known already',
      reads: { dispute: disputeRead(({ of }) => of) },
    }),
    commandRow<AmendDeadline, WorkOrder>({
      action: 'amend-deadline',
      command: AmendDeadline,
      decide: amendDeadline,
      roles: [],
      summary: 'Read a clock again, as the calendar was amended',
    }),
  ],
  clocks: {
    changesOf: (event) => workOrderClockChanges(event as RecordedWorkOrderEvent),
    of: (state) => (state.status === 'empty' ? {} : state.clocks),
  },
  views: [
    viewRow<WorkOrderDocument>({
      projection: workOrders,
      filters: {
        channel: 'channel',
        handlingRegion: 'handlingRegion',
        respondentUscc: 'respondentUscc',
        status: 'status',
        classification: 'classification',
        disputeId: 'disputeId',
      },
      sort: { field: 'receivedAt', order: 'desc' },
      roles: ['hotline', 'officer', 'mediator', 'enforcement', 'auditor'],
      summary: 'Work orders, newest first',
      // Who only mediates learns of no report (S1 Art. 37): of no letter that is one, and of none that may still turn out to be.
      readersOf: ({ classification }) => (mayTellOfReport(classification) ? HANDLERS_OF_REPORTS : undefined),
      scopeOf: (doc) => ({
        region: (doc.status === 'returned' ? doc.dispatcherRegion : doc.handlingRegion) ?? doc.intakeRegion,
        subject: doc.respondentUscc,
      }),
      answer: (doc, moment) => ({
        ...doc,
        ageDays: ageInDays(doc, moment.now),
        clocks: clockAnswers(doc.clocks, moment),
      }),
      personal: {
        complainant: 'complainant',
        respondent: 'respondent',
        reply: 'reply',
        'extension.note': 'extension.note',
        'extension.refusal': 'extension.refusal',
        'returns.note': 'returns.note',
        'redirected.note': 'redirected.note',
        'callbacks.note': 'callbacks.note',
        'earlierResults.note': 'earlierResults.note',
        'earlierResults.reply': 'earlierResults.reply',
        'conflicts.complainant': 'conflicts.complainant',
        'conflicts.respondent': 'conflicts.respondent',
        'suspectedDuplicates.note': 'suspectedDuplicates.note',
      },
    }),
  ],
};

/** Of a letter that nobody has read yet nobody knows. */
function mayTellOfReport(classification: Classification | null): boolean {
  return classification === null || classification === 'report' || classification === 'mixed';
}
