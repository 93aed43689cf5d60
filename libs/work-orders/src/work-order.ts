import type { Instant, RecordedEvent } from '#kernel';
import { unreachable } from '#kernel';
import { evolveClocks, NO_CLOCKS, type Clocks } from '#law';
import { workOrderClockChanges } from './clocks.ts';
import { dispatcherRegionOf, type Classification, type Outcome, type RecordedWorkOrderEvent } from './events.ts';

/** Who sent a work order to the unit that holds it or last held it. */
export interface Dispatcher {
  readonly role: string;
  readonly region: string | null;
}

interface Known {
  /** Keyed digest of the ticket as the channel pushed it. */
  readonly payloadDigest: string;
  /** Region of the unit that holds it, or else of the one expected to. */
  readonly handlingRegion: string | null;
  readonly respondentUscc: string | null;
  /** The channel's own due date. What a dispatch names is that unit's, and no later one's. */
  readonly dueAt: string | null;
  readonly classification: Classification | null;
  readonly disputeId: string | null;
  /** Null until it was dispatched. */
  readonly dispatcher: Dispatcher | null;
  /** When it came to where it stands; a later step cannot have happened before. */
  readonly since: Instant;
  readonly clocks: Clocks;
}

/** What the unit has asked of the hotline (申请延期), and nobody has decided yet. */
export interface ExtensionRequest {
  /** Id of the actor who asked: another one grants it. */
  readonly requestedBy: string;
}

/**
 * A work order (工单): a ticket of one channel. `received`, `classified` and `returned` lie with the dispatcher,
 * `dispatched` with a unit. The link to a dispute stands beside that: a ticket may be linked at any of them (T-13).
 */
export type WorkOrder =
  | { readonly status: 'empty' }
  | (Known & { readonly status: 'received' })
  | (Known & { readonly status: 'classified'; readonly classification: Classification })
  | (Known & {
      readonly status: 'dispatched';
      readonly handlingRegion: string;
      readonly extension: ExtensionRequest | null;
    })
  | (Known & { readonly status: 'returned' })
  | (Known & { readonly status: 'replied'; readonly outcome: Outcome })
  | (Known & { readonly status: 'closed'; readonly outcome: Outcome });

export type RegisteredWorkOrder = Exclude<WorkOrder, { readonly status: 'empty' }>;

export const initial: WorkOrder = { status: 'empty' };

export function evolve(state: WorkOrder, recorded: RecordedEvent): WorkOrder {
  const event = recorded as RecordedWorkOrderEvent;
  const next = evolveStatus(state, event);
  const changes = workOrderClockChanges(event);
  return changes.length === 0 ? next : { ...next, clocks: evolveClocks(next.clocks, changes, event) };
}

function evolveStatus(state: WorkOrder, event: RecordedWorkOrderEvent): RegisteredWorkOrder {
  if (event.type === 'WorkOrderReceived') {
    const { payloadDigest, handlingRegion, respondentUscc, dueAt } = event.data;
    const known = { payloadDigest, handlingRegion, respondentUscc, dueAt, since: event.occurredAt, clocks: NO_CLOCKS };
    return { status: 'received', ...known, classification: null, disputeId: null, dispatcher: null };
  }
  if (state.status === 'empty') throw new Error(`${event.type} before WorkOrderReceived in ${event.stream}`);
  switch (event.type) {
    case 'WorkOrderClassified': {
      const { classification } = event.data;
      return state.status === 'received'
        ? { ...state, status: 'classified', classification }
        : { ...state, classification };
    }
    case 'WorkOrderLinkedToDispute':
      return { ...state, disputeId: event.data.disputeId };
    case 'WorkOrderDispatched': {
      const dispatcher = { role: event.actor.role, region: dispatcherRegionOf(event, regionOf(state)) };
      const { handlingRegion } = event.data;
      return { ...state, status: 'dispatched', handlingRegion, dispatcher, extension: null, since: event.occurredAt };
    }
    case 'WorkOrderExtensionRequested':
      return extensionAfter(state, { requestedBy: event.actor.id }, event);
    case 'WorkOrderExtensionGranted':
    case 'WorkOrderExtensionRefused':
      return extensionAfter(state, null, event);
    case 'WorkOrderReturned':
      return { ...state, status: 'returned', since: event.occurredAt };
    case 'WorkOrderReplied':
      return { ...state, status: 'replied', outcome: event.data.outcome, since: event.occurredAt };
    case 'WorkOrderClosed':
      return { ...state, status: 'closed', outcome: event.data.outcome, since: event.occurredAt };
    case 'WorkOrderSatisfactionRecorded':
    case 'WorkOrderDeadlineAmended':
    case 'WorkOrderLateEntryVerified':
      // About it and no step of it: what comes next may have happened before.
      return state;
    default:
      return unreachable(event);
  }
}

function extensionAfter(
  state: RegisteredWorkOrder,
  extension: ExtensionRequest | null,
  { occurredAt: since }: RecordedEvent,
): RegisteredWorkOrder {
  return state.status === 'dispatched' ? { ...state, extension, since } : state;
}

/** Region in which it lies: the unit's, or the dispatcher's again once the unit has given it back (S1 Art. 41). */
export function regionOf(state: RegisteredWorkOrder): string | null {
  return state.status === 'returned' && state.dispatcher !== null ? state.dispatcher.region : state.handlingRegion;
}
