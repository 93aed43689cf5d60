import { formatInstant, unreachable, type Instant, type RecordedEvent } from '#kernel';
import { evolveClocks, NO_CLOCKS, type Clocks } from '#law';
import { workOrderClockChanges } from './clocks.ts';
import { contentAfter, type Content } from './content.ts';
import {
  dispatcherRegionOf,
  type Classification,
  type Outcome,
  type PushedTicket,
  type RecordedWorkOrderEvent,
} from './events.ts';

/** Who sent a work order to the unit that holds it or last held it. */
export interface Dispatcher {
  readonly role: string;
  readonly region: string | null;
}

interface Known {
  /** What the channel has pushed of it, and what of that holds. */
  readonly content: Content;
  /** Region of the unit that holds it, or else of the one expected to. */
  readonly handlingRegion: string | null;
  /** Region of the hotline that took it in: until a unit's is known, that is where it lies. Null of one that is bound to none. */
  readonly intakeRegion: string | null;
  readonly respondentUscc: string | null;
  /** The channel's own due date. What a dispatch names is that unit's, and no later one's. */
  readonly dueAt: string | null;
  readonly classification: Classification | null;
  readonly disputeId: string | null;
  /** Taken apart into complaint and report (S1 Art. 9). */
  readonly isSplit: boolean;
  /** The procedures that came of it. */
  readonly complaintId: string | null;
  readonly reportId: string | null;
  /** Disputes that a machine thinks it is about, and whether a person has found that it is not. */
  readonly suspected: Readonly<Record<string, 'suspected' | 'dismissed'>>;
  /** Null until it was dispatched. */
  readonly dispatcher: Dispatcher | null;
  /** The unit to which it was sent last. */
  readonly authority: string | null;
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
 * `dispatched` with a unit; `redirected` is nobody's here any more. The link to a dispute stands beside that: a ticket may be linked at any of them (T-13).
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
  | (Known & { readonly status: 'redirected' })
  | (Known & { readonly status: 'replied'; readonly outcome: Outcome })
  | (Known & { readonly status: 'closed'; readonly outcome: Outcome });

export type RegisteredWorkOrder = Exclude<WorkOrder, { readonly status: 'empty' }>;

export const initial: WorkOrder = { status: 'empty' };

export function evolve(state: WorkOrder, recorded: RecordedEvent): WorkOrder {
  const event = recorded as RecordedWorkOrderEvent;
  const after = evolveStatus(state, event);
  const content = contentAfter(after.content, event);
  const next = content === after.content ? after : { ...after, content };
  const changes = workOrderClockChanges(event);
  return changes.length === 0 ? next : { ...next, clocks: evolveClocks(next.clocks, changes, event) };
}

function evolveStatus(state: WorkOrder, event: RecordedWorkOrderEvent): RegisteredWorkOrder {
  if (event.type === 'WorkOrderReceived') return received(event);
  if (state.status === 'empty') throw new Error(`${event.type} before WorkOrderReceived in ${event.stream}`);
  const { occurredAt: since } = event;
  switch (event.type) {
    case 'WorkOrderClassified': {
      const { classification } = event.data;
      return state.status === 'received'
        ? { ...state, status: 'classified', classification }
        : { ...state, classification };
    }
    case 'WorkOrderDispatched': {
      const dispatcher = { role: event.actor.role, region: dispatcherRegionOf(event, regionOf(state)) };
      const { handlingRegion, authority } = event.data;
      return { ...state, status: 'dispatched', handlingRegion, authority, dispatcher, extension: null, since };
    }
    case 'WorkOrderExtensionRequested':
      return extensionAfter(state, { requestedBy: event.actor.id }, event);
    case 'WorkOrderExtensionGranted':
    case 'WorkOrderExtensionRefused':
      return extensionAfter(state, null, event);
    case 'WorkOrderReturned':
      return { ...state, status: 'returned', since };
    case 'WorkOrderRedirected':
      return { ...state, status: 'redirected', handlingRegion: regionOf(state), since };
    case 'WorkOrderReplied':
      return { ...state, status: 'replied', outcome: event.data.outcome, since };
    case 'WorkOrderClosed':
      return { ...state, status: 'closed', outcome: event.data.outcome, since };
    case 'WorkOrderReopened':
      return reopened(state, event);
    case 'WorkOrderPayloadConflictResolved':
      return corrected(state, event);
    default:
      return { ...state, ...linksAfter(state, event) };
  }
}

type Told<Type extends RecordedWorkOrderEvent['type']> = Extract<RecordedWorkOrderEvent, { type: Type }>;

function received({
  data,
  region,
  occurredAt: since,
  commandId,
  position,
}: Told<'WorkOrderReceived'>): RegisteredWorkOrder {
  const { handlingRegion, respondentUscc, dueAt, payloadDigest } = data;
  const told: PushedTicket = {
    receivedAt: formatInstant(since),
    dueAt,
    closedAt: null,
    classification: null,
    outcome: null,
    satisfaction: null,
    sector: data.sector,
    handlingRegion,
    authority: null,
    respondentUscc,
    respondent: data.respondent,
    complainant: data.complainant,
    complainantTokens: data.complainantTokens,
  };
  return {
    status: 'received',
    content: { payloadDigest, told, commandId, conflicts: [], positions: { [payloadDigest]: position } },
    handlingRegion,
    intakeRegion: region,
    respondentUscc,
    dueAt,
    classification: null,
    disputeId: null,
    isSplit: false,
    complaintId: null,
    reportId: null,
    suspected: {},
    dispatcher: null,
    authority: null,
    since,
    clocks: NO_CLOCKS,
  };
}

/** What the channel pushed later came to hold. Where a unit has it, it was sent. */
function corrected(
  state: RegisteredWorkOrder,
  { data }: Told<'WorkOrderPayloadConflictResolved'>,
): RegisteredWorkOrder {
  const { respondentUscc = state.respondentUscc, dueAt = state.dueAt, handlingRegion } = data;
  const next = { ...state, respondentUscc, dueAt };
  return handlingRegion === undefined || next.status === 'dispatched' ? next : { ...next, handlingRegion };
}

/** What is said about a work order and is no step of it: what comes next may have happened before. */
function linksAfter(
  state: RegisteredWorkOrder,
  event: Exclude<RecordedWorkOrderEvent, { type: StepType }>,
): Partial<Pick<Known, 'disputeId' | 'isSplit' | 'complaintId' | 'reportId' | 'suspected'>> {
  switch (event.type) {
    case 'WorkOrderLinkedToDispute':
      return { disputeId: event.data.disputeId };
    case 'WorkOrderSplit':
      return { isSplit: true };
    case 'WorkOrderComplaintLinked':
      return { complaintId: event.data.complaintId };
    case 'WorkOrderReportLinked':
      return { reportId: event.data.reportId };
    case 'DuplicateSuspected':
      return { suspected: { ...state.suspected, [event.data.of]: 'suspected' } };
    case 'DuplicateDismissed':
      return { suspected: { ...state.suspected, [event.data.of]: 'dismissed' } };
    case 'WorkOrderPayloadConflictDetected':
    case 'WorkOrderSatisfactionRecorded':
    case 'WorkOrderCallbackUnanswered':
    case 'WorkOrderDeadlineAmended':
    case 'WorkOrderLateEntryVerified':
      return {};
    default:
      return unreachable(event);
  }
}

type StepType =
  | 'WorkOrderReceived'
  | 'WorkOrderPayloadConflictResolved'
  | 'WorkOrderClassified'
  | 'WorkOrderDispatched'
  | `WorkOrderExtension${'Requested' | 'Granted' | 'Refused'}`
  | 'WorkOrderReturned'
  | 'WorkOrderRedirected'
  | 'WorkOrderReplied'
  | 'WorkOrderClosed'
  | 'WorkOrderReopened';

/** With the unit that handled it before, or with the dispatcher if none did. */
function reopened(state: RegisteredWorkOrder, { data, occurredAt: since }: Told<'WorkOrderReopened'>) {
  const { handlingRegion, authority, dueAt } = data;
  // The channel's date before was for the answer before.
  const again = { ...state, dueAt, since };
  if (data.status === 'dispatched' && handlingRegion !== null) {
    return { ...again, status: 'dispatched', handlingRegion, authority, extension: null } as const;
  }
  const { classification } = state;
  return classification === null
    ? ({ ...again, status: 'received' } as const)
    : ({ ...again, status: 'classified', classification } as const);
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
