import type { Matrix } from '../matrix.ts';

/** Work orders (工单): what each command comes to, and in which states. */
export const workOrderMatrix: Matrix = {
  none: 'NOT_FOUND',
  commands: {
    register: {
      WorkOrderReceived: 'none',
      '(nothing)': 'received · redirected · dispatched',
      WORK_ORDER_PAYLOAD_CONFLICT:
        'classified* · dispatched, linked · dispatched, linked, extension asked for · returned, linked · replied, linked · closed, linked',
    },
    classify: {
      WorkOrderClassified: 'received · classified*',
      '(nothing)': 'dispatched* · returned, linked · replied, linked · closed, linked',
      WORK_ORDER_REDIRECTED: 'redirected',
    },
    'resolve-conflict': {
      WorkOrderPayloadConflictResolved: 'received',
      '(nothing)':
        'classified* · dispatched, linked · dispatched, linked, extension asked for · returned, linked · replied, linked · closed, linked',
      UNKNOWN_CONFLICT: 'redirected · dispatched',
    },
    split: {
      WorkOrderSplit: 'classified*',
      WORK_ORDER_NOT_CLASSIFIED: 'received',
      '(nothing)':
        'dispatched, linked · dispatched, linked, extension asked for · returned, linked · replied, linked · closed, linked',
      WORK_ORDER_REDIRECTED: 'redirected',
      WORK_ORDER_NOT_MIXED: 'dispatched',
    },
    'link-complaint': {
      WorkOrderComplaintLinked: 'classified*',
      WORK_ORDER_NOT_CLASSIFIED: 'received',
      '(nothing)':
        'dispatched, linked · dispatched, linked, extension asked for · returned, linked · replied, linked · closed, linked',
      WORK_ORDER_REDIRECTED: 'redirected',
      WORK_ORDER_OF_ANOTHER_KIND: 'dispatched',
    },
    'link-report': {
      WorkOrderReportLinked: 'classified* · dispatched',
      WORK_ORDER_NOT_CLASSIFIED: 'received',
      '(nothing)':
        'dispatched, linked · dispatched, linked, extension asked for · returned, linked · replied, linked · closed, linked',
      WORK_ORDER_REDIRECTED: 'redirected',
    },
    redirect: {
      WorkOrderRedirected: 'received · classified',
      WORK_ORDER_TO_BE_HANDLED: 'classified, linked · dispatched* · returned, linked',
      WORK_ORDER_ALREADY_REPLIED: 'replied, linked',
      WORK_ORDER_CLOSED: 'closed, linked',
      WORK_ORDER_REDIRECTED: 'redirected',
    },
    'dismiss-duplicate': {
      DuplicateDismissed: 'received',
      '(nothing)':
        'classified* · dispatched, linked · dispatched, linked, extension asked for · returned, linked · replied, linked · closed, linked',
      DUPLICATE_NOT_SUSPECTED: 'redirected · dispatched',
    },
    'link-to-dispute': {
      WorkOrderLinkedToDispute: 'classified · dispatched',
      WORK_ORDER_NOT_CLASSIFIED: 'received',
      '(nothing)':
        'classified, linked · dispatched, linked · dispatched, linked, extension asked for · returned, linked · replied, linked · closed, linked',
      WORK_ORDER_REDIRECTED: 'redirected',
    },
    dispatch: {
      WorkOrderDispatched: 'classified* · returned, linked',
      WORK_ORDER_NOT_CLASSIFIED: 'received',
      WORK_ORDER_ALREADY_DISPATCHED: 'dispatched*',
      WORK_ORDER_ALREADY_REPLIED: 'replied, linked',
      WORK_ORDER_CLOSED: 'closed, linked',
      WORK_ORDER_REDIRECTED: 'redirected',
    },
    return: {
      WorkOrderReturned: 'dispatched*',
      WORK_ORDER_NOT_DISPATCHED: 'received · classified*',
      WORK_ORDER_RETURNED: 'returned, linked',
      WORK_ORDER_ALREADY_REPLIED: 'replied, linked',
      WORK_ORDER_CLOSED: 'closed, linked',
      WORK_ORDER_REDIRECTED: 'redirected',
    },
    'request-extension': {
      WorkOrderExtensionRequested: 'dispatched, linked · dispatched',
      WORK_ORDER_NOT_DISPATCHED: 'received · classified*',
      EXTENSION_ALREADY_REQUESTED: 'dispatched, linked, extension asked for',
      WORK_ORDER_RETURNED: 'returned, linked',
      WORK_ORDER_ALREADY_REPLIED: 'replied, linked',
      WORK_ORDER_CLOSED: 'closed, linked',
      WORK_ORDER_REDIRECTED: 'redirected',
    },
    'grant-extension': {
      WorkOrderExtensionGranted: 'dispatched, linked, extension asked for',
      WORK_ORDER_NOT_DISPATCHED: 'received · classified*',
      NO_EXTENSION_REQUESTED: 'dispatched, linked · dispatched',
      WORK_ORDER_RETURNED: 'returned, linked',
      WORK_ORDER_ALREADY_REPLIED: 'replied, linked',
      WORK_ORDER_CLOSED: 'closed, linked',
      WORK_ORDER_REDIRECTED: 'redirected',
    },
    'refuse-extension': {
      WorkOrderExtensionRefused: 'dispatched, linked, extension asked for',
      WORK_ORDER_NOT_DISPATCHED: 'received · classified*',
      NO_EXTENSION_REQUESTED: 'dispatched, linked · dispatched',
      WORK_ORDER_RETURNED: 'returned, linked',
      WORK_ORDER_ALREADY_REPLIED: 'replied, linked',
      WORK_ORDER_CLOSED: 'closed, linked',
      WORK_ORDER_REDIRECTED: 'redirected',
    },
    reply: {
      WorkOrderReplied: 'classified · dispatched*',
      WORK_ORDER_NOT_DISPATCHED: 'received · classified, linked',
      WORK_ORDER_RETURNED: 'returned, linked',
      WORK_ORDER_ALREADY_REPLIED: 'replied, linked',
      WORK_ORDER_CLOSED: 'closed, linked',
      WORK_ORDER_REDIRECTED: 'redirected',
    },
    close: {
      WorkOrderClosed: 'replied, linked',
      WORK_ORDER_NOT_DISPATCHED: 'received · classified*',
      WORK_ORDER_NOT_REPLIED: 'dispatched*',
      WORK_ORDER_RETURNED: 'returned, linked',
      WORK_ORDER_CLOSED: 'closed, linked',
      WORK_ORDER_REDIRECTED: 'redirected',
    },
    'record-callback': {
      WorkOrderSatisfactionRecorded: 'closed, linked',
      WORK_ORDER_NOT_CLOSED: 'received · classified* · dispatched* · returned, linked · replied, linked',
      WORK_ORDER_REDIRECTED: 'redirected',
    },
    reopen: {
      WorkOrderReopened: 'closed, linked',
      WORK_ORDER_NOT_CLOSED: 'received · classified* · dispatched* · returned, linked · replied, linked',
      WORK_ORDER_REDIRECTED: 'redirected',
    },
    'verify-late-entry': {
      WorkOrderLateEntryVerified: 'replied, linked',
      UNKNOWN_CLOCK: 'received · classified* · redirected',
      NOT_BACKDATED: 'dispatched* · returned, linked',
      '(nothing)': 'closed, linked',
    },
  },
};
