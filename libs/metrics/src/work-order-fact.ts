import type { EpochDay } from '#kernel';
import { epochDayOf, idOf, parseInstant } from '#kernel';
import type { RecordedWorkOrderEvent } from '#work-orders/events';
import { CLASSIFICATIONS, dispatcherRegionOf, IMPORT_FLAGS } from '#work-orders/events';
import type { ImportFlag } from '#work-orders/events';
import type { FactKind } from './fact-kind.ts';
import { PARKED } from './fact-kind.ts';

/** Where a work order (工单) stands for M-05. */
export const WORK_ORDER_STATES = [
  /** With the hotline; no unit is answerable for it yet. */
  'RECEIVED',
  /** Dispatched (分派), without an outcome. */
  'DISPATCHED',
  /** A lawful outcome (处置) is on record. */
  'DISPOSED',
  /** Given back (退单) in time to a dispatcher of another region: the ticket is now that region's, without an outcome. */
  'RETURNED_TO_DISPATCHER',
  /** Given back in time, and no region but the unit's own is known that answers for it until it is dispatched again. */
  'RETURNED',
  /** Given back after its due day: still that of the unit that let it pass, without an outcome. */
  'RETURNED_LATE',
  PARKED,
] as const;
export type WorkOrderState = (typeof WORK_ORDER_STATES)[number];

export interface WorkOrderFact {
  readonly [field: string]: string | number | null;
  readonly subject: string | null;
  /** Region of the authority answerable now: one at a time. */
  readonly region: string | null;
  readonly sector: string | null;
  readonly channel: string | null;
  readonly state: WorkOrderState;
  readonly due: 'KNOWN' | 'NONE';
  readonly classification: (typeof WORK_ORDER_CLASSIFICATIONS)[number];
  readonly imported: 'NO' | 'YES';
  readonly flagged: 'NO' | 'YES';
  /** Bits of the import's flags, in the order of {@link IMPORT_FLAGS}. */
  readonly flags: number;
  readonly batch: string | null;
  /** Region of the dispatcher it was or would be given back to. */
  readonly dispatcher: string | null;
  readonly channelDueOn: EpochDay | null;
  readonly dispatchedOn: EpochDay | null;
  readonly disposedOn: EpochDay | null;
  /** Legal day of the due date; of the dispatch where there is none, so that no ticket drops out unseen. */
  readonly attributedOn: EpochDay | null;
}

export const WORK_ORDER_CLASSIFICATIONS = ['UNCLASSIFIED', ...CLASSIFICATIONS] as const;

const NEW_WORK_ORDER: WorkOrderFact = {
  subject: null,
  region: null,
  sector: null,
  channel: null,
  state: 'RECEIVED',
  due: 'NONE',
  classification: 'UNCLASSIFIED',
  imported: 'NO',
  flagged: 'NO',
  flags: 0,
  batch: null,
  dispatcher: null,
  channelDueOn: null,
  dispatchedOn: null,
  disposedOn: null,
  attributedOn: null,
};

export const workOrderFacts: FactKind<WorkOrderFact> = {
  name: 'workOrder',
  version: 2,
  types: [
    'WorkOrderReceived',
    'WorkOrderClassified',
    'WorkOrderDispatched',
    'WorkOrderReturned',
    'WorkOrderReplied',
    'WorkOrderClosed',
  ],
  fields: {
    subject: { as: 'text' },
    region: { as: 'text' },
    sector: { as: 'text' },
    channel: { as: 'text' },
    state: { as: 'code', values: WORK_ORDER_STATES },
    due: { as: 'code', values: ['NONE', 'KNOWN'] },
    classification: { as: 'code', values: WORK_ORDER_CLASSIFICATIONS },
    imported: { as: 'code', values: ['NO', 'YES'] },
    flagged: { as: 'code', values: ['NO', 'YES'] },
    flags: { as: 'count' },
    batch: { as: 'text' },
    dispatcher: { as: 'text' },
    channelDueOn: { as: 'day' },
    dispatchedOn: { as: 'day' },
    disposedOn: { as: 'day' },
    attributedOn: { as: 'day' },
  },
  counted: ['state', 'due', 'classification', 'imported', 'flagged'],
  attributions: ['attributedOn'],
  keyOf: (event) => idOf(event.stream),
  evolve: (state, event) => evolveWorkOrder(state ?? NEW_WORK_ORDER, event as RecordedWorkOrderEvent),
  park: (state = NEW_WORK_ORDER, day) => ({
    ...state,
    state: PARKED,
    attributedOn: state.attributedOn ?? day,
  }),
};

/** The flags a ticket was imported with, from the fact's bits. */
export function importFlagsOf(bits: number): ImportFlag[] {
  return IMPORT_FLAGS.filter((_, index) => (bits & (1 << index)) !== 0);
}

function bitOf(flag: ImportFlag): number {
  const index = IMPORT_FLAGS.indexOf(flag);
  if (index < 0) throw new Error(`unknown import flag: ${String(flag)}`);
  return 1 << index;
}

function evolveWorkOrder(state: WorkOrderFact, event: RecordedWorkOrderEvent): WorkOrderFact {
  switch (event.type) {
    case 'WorkOrderReceived':
      return received(state, event);
    case 'WorkOrderClassified':
      return { ...state, classification: event.data.classification };
    case 'WorkOrderDispatched': {
      const { handlingRegion, dueAt } = event.data;
      // What counts on with its unit lies with the dispatcher all the same.
      const heldBefore = state.state.startsWith('RETURNED') ? state.dispatcher : state.region;
      const dispatcher = dispatcherRegionOf(event, heldBefore);
      return dispatched(
        { ...state, region: handlingRegion, dispatcher, disposedOn: null },
        dueAt === null ? state.channelDueOn : dayOf(dueAt),
        epochDayOf(event.occurredAt),
      );
    }
    case 'WorkOrderReturned':
      return returned(state, epochDayOf(event.occurredAt));
    case 'WorkOrderReplied':
    case 'WorkOrderClosed':
      // While it lies with the hotline no unit has to dispose of it, and none has: the hotline answers by itself.
      return state.state === 'RECEIVED' || state.state === 'RETURNED' || state.state === 'DISPOSED'
        ? state
        : { ...state, state: 'DISPOSED', disposedOn: epochDayOf(event.occurredAt) };
    default:
      return state;
  }
}

/** A return in time takes the ticket out of the unit's count; one after the due day does not undo that it was let pass. */
function returned(state: WorkOrderFact, day: EpochDay): WorkOrderFact {
  const isLate = state.due === 'KNOWN' && day > state.attributedOn!;
  if (isLate) return { ...state, state: 'RETURNED_LATE' };
  if (state.dispatcher === null || state.dispatcher === state.region) return { ...state, state: 'RETURNED' };
  return { ...state, state: 'RETURNED_TO_DISPATCHER', region: state.dispatcher };
}

function received(
  state: WorkOrderFact,
  event: Extract<RecordedWorkOrderEvent, { type: 'WorkOrderReceived' }>,
): WorkOrderFact {
  const { data } = event;
  const flags = data.imported?.flags ?? [];
  const fact: WorkOrderFact = {
    ...state,
    subject: data.respondentUscc,
    region: data.handlingRegion,
    sector: data.sector,
    channel: data.channel,
    imported: data.imported === null ? 'NO' : 'YES',
    flagged: flags.length > 0 ? 'YES' : 'NO',
    flags: flags.reduce((bits, flag) => bits | bitOf(flag), 0),
    batch: data.imported?.batch ?? null,
    channelDueOn: data.dueAt === null ? null : dayOf(data.dueAt),
  };
  // Imported history was at its unit when it was taken down: the channel keeps no separate dispatch of it.
  return data.imported === null ? fact : dispatched(fact, fact.channelDueOn, epochDayOf(event.occurredAt));
}

function dispatched(state: WorkOrderFact, dueOn: EpochDay | null, dispatchedOn: EpochDay): WorkOrderFact {
  return {
    ...state,
    state: 'DISPATCHED',
    due: dueOn === null ? 'NONE' : 'KNOWN',
    dispatchedOn,
    attributedOn: dueOn ?? dispatchedOn,
  };
}

function dayOf(instant: string): EpochDay {
  const at = parseInstant(instant);
  if (at === undefined) throw new Error(`not an instant: ${instant}`);
  return epochDayOf(at);
}
