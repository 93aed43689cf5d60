import { normaliseUscc } from '#kernel';
import { AmendDeadline, clockAnswers, commandRow, viewRow, type ContextTable } from '#service';
import { workOrderClockChanges } from './clocks.ts';
import {
  ClassifyWorkOrder,
  CloseWorkOrder,
  DispatchWorkOrder,
  GrantExtension,
  LinkWorkOrderToDispute,
  RefuseExtension,
  RegisterWorkOrder,
  ReplyWorkOrder,
  RequestExtension,
  ReturnWorkOrder,
  VerifyWorkOrderLateEntry,
} from './commands.ts';
import {
  amendDeadline,
  classifyWorkOrder,
  closeWorkOrder,
  dispatchWorkOrder,
  grantExtension,
  linkWorkOrderToDispute,
  refuseExtension,
  registerWorkOrder,
  replyWorkOrder,
  requestExtension,
  returnWorkOrder,
  verifyLateEntry,
  type LinkReads,
} from './decide.ts';
import { workOrderSchemas, type RecordedWorkOrderEvent } from './events.ts';
import { workOrders, type WorkOrderDocument } from './views/work-orders.ts';
import { evolve, initial, regionOf, type WorkOrder } from './work-order.ts';

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
      : { region: regionOf(state), subject: state.respondentUscc },
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
        complainant: { name: 'complainantName', phone: 'complainantPhone', text: ['content'] },
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
    commandRow<LinkWorkOrderToDispute, WorkOrder, LinkReads>({
      action: 'link-to-dispute',
      command: LinkWorkOrderToDispute,
      decide: linkWorkOrderToDispute,
      roles: ['hotline', 'officer'],
      summary: 'Confirm that the work order is about this dispute',
      reads: {
        dispute: {
          stream: ({ disputeId }) => `dispute-${disputeId}`,
          initial: { exists: true },
          evolve: (dispute) => dispute,
        },
      },
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
    commandRow<ReplyWorkOrder, WorkOrder>({
      action: 'reply',
      command: ReplyWorkOrder,
      decide: replyWorkOrder,
      roles: ['officer', 'hotline'],
      summary: 'Answer the work order with its outcome',
      personal: { reply: { text: ['text'] } },
    }),
    commandRow<CloseWorkOrder, WorkOrder>({
      action: 'close',
      command: CloseWorkOrder,
      decide: closeWorkOrder,
      roles: ['hotline', 'officer'],
      summary: 'Close an answered work order with the outcome of the answer',
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
      scopeOf: (doc) => ({
        region: doc.status === 'returned' ? doc.dispatcherRegion : doc.handlingRegion,
        subject: doc.respondentUscc,
      }),
      answer: (doc, moment) => ({ ...doc, clocks: clockAnswers(doc.clocks, moment) }),
      personal: {
        complainant: 'complainant',
        respondent: 'respondent',
        reply: 'reply',
        'extension.note': 'extension.note',
        'extension.refusal': 'extension.refusal',
        'returns.note': 'returns.note',
      },
    }),
  ],
};
