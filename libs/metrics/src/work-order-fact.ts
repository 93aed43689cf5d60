import type { EpochDay, Instant } from '#kernel';
import { epochDayOf, idOf } from '#kernel';
import type { ClockReading } from '#law';
import type { RecordedWorkOrderEvent } from '#work-orders/events';
import { CLASSIFICATIONS, dispatcherRegionOf, IMPORT_FLAGS, workOrderClockChanges } from '#work-orders/events';
import type { ImportFlag } from '#work-orders/events';
import { judge, untilOf } from './clock-standing.ts';
import type { FactKind } from './fact-kind.ts';
import { PARKED } from './fact-kind.ts';

/** Where a work order (工单) stands with its unit. */
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
  /** Given back too late: still that of the unit that kept it, without an outcome. */
  'RETURNED_LATE',
  /** Neither complaint nor report: the caller was shown the proper route (S1 Art. 44), and no unit owes an outcome. */
  'REDIRECTED',
  PARKED,
] as const;
export type WorkOrderState = (typeof WORK_ORDER_STATES)[number];

/** Whether a work order was handled in time (办结时限), in the columns of the hotlines' own lists. */
export const WORK_ORDER_TIMELINESS = [
  /** No unit is answerable for it yet. */
  'NONE',
  /** Neither channel nor rule tells when it is due. */
  'NO_DUE',
  /** Without an outcome; 超时未办结 once it was due. */
  'OPEN',
  /** 按时办结 */
  'IN_TIME',
  /** 超时办结 */
  'LATE',
  /** 按时办结 by its own word, entered after it was due, and verified by nobody else (T-28): judged as 超时办结. */
  'BACKDATED',
  PARKED,
] as const;
export type WorkOrderTimeliness = (typeof WORK_ORDER_TIMELINESS)[number];

export interface WorkOrderFact {
  readonly [field: string]: string | number | null;
  readonly subject: string | null;
  /** Region of the authority answerable now: one at a time. */
  readonly region: string | null;
  readonly sector: string | null;
  readonly channel: string | null;
  readonly state: WorkOrderState;
  /** Whether channel or rule tell when it is due. */
  readonly due: 'KNOWN' | 'NONE';
  readonly timeliness: WorkOrderTimeliness;
  readonly classification: (typeof WORK_ORDER_CLASSIFICATIONS)[number];
  readonly imported: 'NO' | 'YES';
  readonly flagged: 'NO' | 'YES';
  /** Bits of the import's flags, in the order of {@link IMPORT_FLAGS}. */
  readonly flags: number;
  readonly batch: string | null;
  /** Region of the dispatcher it was or would be given back to. */
  readonly dispatcher: string | null;
  /** Last moment in time by the channel's own date, which holds where a dispatch brings no other. */
  readonly channelUntil: Instant | null;
  /** Last moment in time for an outcome, and for giving it back where a rule says one. */
  readonly handlingUntil: Instant | null;
  readonly returnUntil: Instant | null;
  /** Given back in time by its own word, and only entered too late: what a second person may verify (T-28). */
  readonly returnBackdated: 'NO' | 'YES';
  readonly dispatchedOn: EpochDay | null;
  readonly disposedOn: EpochDay | null;
  /** Legal day of the due date; of the dispatch where there is none, so that no ticket drops out unseen. */
  readonly attributedOn: EpochDay | null;
  /** The same, but of what was handled in time the day on which it was (metrics 3.0 rule 2). */
  readonly dueOrClosedOn: EpochDay | null;
}

export const WORK_ORDER_CLASSIFICATIONS = ['UNCLASSIFIED', ...CLASSIFICATIONS] as const;

const NEW_WORK_ORDER: WorkOrderFact = {
  subject: null,
  region: null,
  sector: null,
  channel: null,
  state: 'RECEIVED',
  due: 'NONE',
  timeliness: 'NONE',
  classification: 'UNCLASSIFIED',
  imported: 'NO',
  flagged: 'NO',
  flags: 0,
  batch: null,
  dispatcher: null,
  channelUntil: null,
  handlingUntil: null,
  returnUntil: null,
  returnBackdated: 'NO',
  dispatchedOn: null,
  disposedOn: null,
  attributedOn: null,
  dueOrClosedOn: null,
};

export const workOrderFacts: FactKind<WorkOrderFact> = {
  name: 'workOrder',
  version: 4,
  types: [
    'WorkOrderReceived',
    'WorkOrderClassified',
    'WorkOrderDispatched',
    'WorkOrderReturned',
    'WorkOrderReplied',
    'WorkOrderClosed',
    'WorkOrderRedirected',
    'WorkOrderReopened',
    'WorkOrderPayloadConflictResolved',
    'WorkOrderExtensionGranted',
    'WorkOrderDeadlineAmended',
    'WorkOrderLateEntryVerified',
  ],
  fields: {
    subject: { as: 'text' },
    region: { as: 'text' },
    sector: { as: 'text' },
    channel: { as: 'text' },
    state: { as: 'code', values: WORK_ORDER_STATES },
    due: { as: 'code', values: ['NONE', 'KNOWN'] },
    timeliness: { as: 'code', values: WORK_ORDER_TIMELINESS },
    classification: { as: 'code', values: WORK_ORDER_CLASSIFICATIONS },
    imported: { as: 'code', values: ['NO', 'YES'] },
    flagged: { as: 'code', values: ['NO', 'YES'] },
    flags: { as: 'count' },
    batch: { as: 'text' },
    dispatcher: { as: 'text' },
    channelUntil: { as: 'instant' },
    handlingUntil: { as: 'instant' },
    returnUntil: { as: 'instant' },
    returnBackdated: { as: 'code', values: ['NO', 'YES'] },
    dispatchedOn: { as: 'day' },
    disposedOn: { as: 'day' },
    attributedOn: { as: 'day' },
    dueOrClosedOn: { as: 'day' },
  },
  counted: ['state', 'due', 'timeliness', 'classification', 'imported', 'flagged'],
  attributions: ['attributedOn', 'dueOrClosedOn'],
  countedBy: { dueOrClosedOn: ['state', 'timeliness', 'imported', 'flagged'] },
  keyOf: (event) => idOf(event.stream),
  evolve: (state, event) => evolveWorkOrder(state ?? NEW_WORK_ORDER, event as RecordedWorkOrderEvent),
  park: (state = NEW_WORK_ORDER, day) => ({
    ...state,
    state: PARKED,
    timeliness: PARKED,
    attributedOn: state.attributedOn ?? day,
    dueOrClosedOn: state.dueOrClosedOn ?? day,
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
      const { handlingRegion, dueAt, clocks } = event.data;
      // What counts on with its unit lies with the dispatcher all the same.
      const heldBefore = state.state.startsWith('RETURNED') ? state.dispatcher : state.region;
      const dispatcher = dispatcherRegionOf(event, heldBefore);
      const lying = { ...state, region: handlingRegion, dispatcher };
      return dispatched(lying, event.occurredAt, clocks, untilOf(dueAt) ?? state.channelUntil);
    }
    case 'WorkOrderReturned':
      return returned(state, event);
    case 'WorkOrderReplied':
      return disposed(state, event, false);
    case 'WorkOrderClosed':
      // Before imports were marked as such: who was not answered by a unit was closed by the import itself.
      return disposed(state, event, event.data.imported === true || state.imported === 'YES');
    case 'WorkOrderRedirected':
      return { ...state, state: 'REDIRECTED' };
    case 'WorkOrderReopened':
      return reopened(state, event);
    case 'WorkOrderPayloadConflictResolved':
      return event.data.keep === 'pushed' ? corrected(state, event.data) : state;
    case 'WorkOrderExtensionGranted':
    case 'WorkOrderDeadlineAmended':
      return readAnew(state, event);
    case 'WorkOrderLateEntryVerified':
      return verified(state, event.data.clock);
    default:
      return state;
  }
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
    channelUntil: untilOf(data.dueAt),
  };
  // Imported history was at its unit when it was taken down: the channel keeps no separate dispatch of it.
  return data.imported === null ? fact : dispatched(fact, event.occurredAt, data.clocks, fact.channelUntil);
}

/** It lies with a unit from now on, by the clocks that it came with; without any, by the channel's date. */
function dispatched(
  state: WorkOrderFact,
  at: Instant,
  clocks: readonly ClockReading[] | undefined,
  channelUntil: Instant | null,
): WorkOrderFact {
  const handling = clocks?.find(({ clock }) => clock === 'handling');
  return dueBy(
    {
      ...state,
      state: 'DISPATCHED',
      returnUntil: untilOf(clocks?.find(({ clock }) => clock === 'return')?.due ?? null),
      dispatchedOn: epochDayOf(at),
      disposedOn: null,
    },
    handling === undefined ? channelUntil : untilOf(handling.due),
  );
}

type Told<Type extends RecordedWorkOrderEvent['type']> = Extract<RecordedWorkOrderEvent, { type: Type }>;

/** With the unit that answered, by its new date; with the hotline where none did. What came of it before is seen as of before. */
function reopened(state: WorkOrderFact, { data, occurredAt }: Told<'WorkOrderReopened'>): WorkOrderFact {
  const channelUntil = untilOf(data.dueAt);
  const again: WorkOrderFact = {
    ...state,
    region: data.handlingRegion ?? state.region,
    channelUntil,
    returnBackdated: 'NO',
  };
  if (data.status === 'dispatched') return dispatched(again, occurredAt, data.clocks, channelUntil);
  return { ...dueBy({ ...again, dispatchedOn: null, disposedOn: null }, null), state: 'RECEIVED', timeliness: 'NONE' };
}

/** The content pushed later holds. Where it lies with a unit the dispatch tells, and by when it is due the clocks. */
function corrected(state: WorkOrderFact, data: Told<'WorkOrderPayloadConflictResolved'>['data']): WorkOrderFact {
  const { respondentUscc, sector, handlingRegion, dueAt } = data;
  // Imported history was at its unit when it was taken down, and only its content says which.
  const isTold = state.state === 'RECEIVED' || (state.imported === 'YES' && state.dispatcher === null);
  return {
    ...state,
    subject: respondentUscc === undefined ? state.subject : respondentUscc,
    sector: sector === undefined ? state.sector : sector,
    region: isTold && handlingRegion !== undefined ? handlingRegion : state.region,
    channelUntil: dueAt === undefined ? state.channelUntil : untilOf(dueAt),
  };
}

/** The same work order without an outcome, due by another moment. */
function dueBy(state: WorkOrderFact, handlingUntil: Instant | null): WorkOrderFact {
  const attributedOn = handlingUntil === null ? state.dispatchedOn : epochDayOf(handlingUntil);
  return {
    ...state,
    due: handlingUntil === null ? 'NONE' : 'KNOWN',
    timeliness: handlingUntil === null ? 'NO_DUE' : 'OPEN',
    handlingUntil,
    attributedOn,
    dueOrClosedOn: attributedOn,
  };
}

/** Its dates were extended, or read by another calendar: only while its unit is to answer. */
function readAnew(state: WorkOrderFact, event: RecordedWorkOrderEvent): WorkOrderFact {
  if (state.state !== 'DISPATCHED') return state;
  const readings = workOrderClockChanges(event).flatMap((change) => ('reading' in change ? [change.reading] : []));
  return readings.reduce((fact, { clock, due }) => {
    if (clock === 'handling') return dueBy(fact, untilOf(due));
    return clock === 'return' ? { ...fact, returnUntil: untilOf(due) } : fact;
  }, state);
}

type Step = Pick<RecordedWorkOrderEvent, 'occurredAt' | 'recordedAt'>;

/** While it lies with the hotline no unit has to dispose of it, and none has: the hotline answers by itself. */
function disposed(state: WorkOrderFact, event: Step, isImported: boolean): WorkOrderFact {
  if (NOT_TO_DISPOSE_OF.has(state.state)) return state;
  const disposedOn = epochDayOf(event.occurredAt);
  const fact: WorkOrderFact = { ...state, state: 'DISPOSED', disposedOn };
  if (state.handlingUntil === null) return fact;
  const timeliness = judge(state.handlingUntil, event, isImported);
  return { ...fact, timeliness, dueOrClosedOn: timeliness === 'IN_TIME' ? disposedOn : state.attributedOn };
}

const NOT_TO_DISPOSE_OF: ReadonlySet<WorkOrderState> = new Set(['RECEIVED', 'RETURNED', 'DISPOSED', 'REDIRECTED']);

/** A return in time takes the ticket out of the unit's count; one after that does not undo that the unit kept it. */
function returned(state: WorkOrderFact, event: Step): WorkOrderFact {
  const how = judgeReturn(state, event);
  if (how === 'IN_TIME') return leftUnit(state);
  return { ...state, state: 'RETURNED_LATE', returnBackdated: how === 'BACKDATED' ? 'YES' : 'NO' };
}

/**
 * By the time for returns where a rule gives one; else by the due day at its own word, as nobody owes an outcome of what is not
 * his and no rule says when he must have said so.
 */
function judgeReturn({ returnUntil, attributedOn, due }: WorkOrderFact, event: Step) {
  if (returnUntil !== null) return judge(returnUntil, event, false);
  return due === 'KNOWN' && epochDayOf(event.occurredAt) > attributedOn! ? 'LATE' : 'IN_TIME';
}

function leftUnit(state: WorkOrderFact): WorkOrderFact {
  if (state.dispatcher === null || state.dispatcher === state.region) return { ...state, state: 'RETURNED' };
  return { ...state, state: 'RETURNED_TO_DISPATCHER', region: state.dispatcher };
}

/** A second person has verified that what was entered late had been done in time (T-28). */
function verified(state: WorkOrderFact, clock: string): WorkOrderFact {
  if (clock === 'return') {
    return state.state === 'RETURNED_LATE' && state.returnBackdated === 'YES' ? leftUnit(state) : state;
  }
  if (state.timeliness !== 'BACKDATED') return state;
  return { ...state, timeliness: 'IN_TIME', dueOrClosedOn: state.disposedOn };
}
