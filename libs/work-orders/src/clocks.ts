import { formatInstant, localDateOf, unreachable, type Instant } from '#kernel';
import type { ClockChange, ClockReading } from '#law';
import type { RecordedWorkOrderEvent } from './events.ts';

/**
 * Clocks (期限) of a work order: 办理, until which the unit answers, and 退单, until which it may give it back. The clocks by
 * which the book of rules finds what governs them in a region (L-32).
 */
export const WORK_ORDER_CLOCKS = { handling: 'hotline-handling', return: 'hotline-return' } as const;
export type WorkOrderClock = keyof typeof WORK_ORDER_CLOCKS;

/**
 * What an event of a work order does to its clocks. They are those of the unit that holds it: a return ends them, and the
 * next dispatch opens both anew (T-19), as does a reopening. They are no clocks of the dispute, whose own run beside them (T-10, T-13).
 */
export function workOrderClockChanges(event: RecordedWorkOrderEvent): readonly ClockChange[] {
  switch (event.type) {
    case 'WorkOrderReceived':
      return opened(event.occurredAt, event.data.clocks, event.data.imported !== null);
    case 'WorkOrderDispatched':
      return opened(event.occurredAt, event.data.clocks, event.data.imported);
    case 'WorkOrderReturned':
      return [
        { change: 'completed', clock: 'return' },
        { change: 'superseded', clock: 'handling' },
      ];
    case 'WorkOrderRedirected':
      // Nobody owes an answer any more: the matter is another's, and the caller has been told whose.
      return [
        { change: 'superseded', clock: 'handling' },
        { change: 'superseded', clock: 'return' },
      ];
    case 'WorkOrderReopened':
      return opened(event.occurredAt, event.data.clocks);
    case 'WorkOrderReplied':
      return answered();
    case 'WorkOrderClosed':
      return answered(event.data.imported);
    case 'WorkOrderExtensionGranted': {
      const { by, grantedOn, clocks } = event.data;
      const extension = by === null ? { grantedOn } : { grantedOn, by };
      return clocks.map((reading) => ({ change: 'extended', reading, extension }));
    }
    case 'WorkOrderDeadlineAmended':
      return [{ change: 'amended', reading: event.data }];
    case 'WorkOrderLateEntryVerified':
      return [{ change: 'verified', clock: event.data.clock }];
    case 'WorkOrderPayloadConflictDetected':
    case 'WorkOrderPayloadConflictResolved':
    case 'WorkOrderClassified':
    case 'WorkOrderSplit':
    case 'WorkOrderComplaintLinked':
    case 'WorkOrderReportLinked':
    case 'WorkOrderLinkedToDispute':
    case 'DuplicateSuspected':
    case 'DuplicateDismissed':
    case 'WorkOrderExtensionRequested':
    case 'WorkOrderExtensionRefused':
    case 'WorkOrderSatisfactionRecorded':
    case 'WorkOrderCallbackUnanswered':
      return [];
    default:
      return unreachable(event);
  }
}

/** Work orders older than their clocks have none. The return is a right: it lapses, and nothing is overdue. */
function opened(at: Instant, readings: readonly ClockReading[] = [], isImported = false): ClockChange[] {
  return readings.map((reading) => ({
    change: 'opened',
    from: startOf(reading, at),
    reading,
    ...(reading.clock === 'return' && { isRight: true }),
    ...(isImported && { isImported }),
  }));
}

/** What ends at a moment began at one; what ends with a day began on one. */
function startOf({ due }: ClockReading, at: Instant): string {
  return due?.includes('T') === true ? formatInstant(at) : localDateOf(at);
}

function answered(isImported = false): ClockChange[] {
  return [
    { change: 'completed', clock: 'handling', ...(isImported && { isImported }) },
    { change: 'superseded', clock: 'return' },
  ];
}
