import {
  Failure,
  formatInstant,
  localDateOf,
  parseInstant,
  refuse,
  type Decision,
  type DecisionContext,
  type LocalDate,
  type Refusal,
} from '#kernel';
import { deadlineBehind, isBy, readAgain, type Clock, type ClockReading, type Law } from '#law';
import type { GrantExtension, RefuseExtension, RequestExtension } from './commands.ts';
import { setByChannel, under } from './dispatch-clocks.ts';
import type { WorkOrderEvent } from './events.ts';
import { humanDecisionRequired, isHotline, notFound, tooEarly, wrongState } from './refusals.ts';
import type { RegisteredWorkOrder, WorkOrder } from './work-order.ts';

/** 申请延期: the unit asks for more time while there is some left; one request at a time. */
export function requestExtension(
  _: RequestExtension,
  state: WorkOrder,
  context: DecisionContext,
): Decision<WorkOrderEvent> {
  if (state.status === 'empty') return notFound();
  if (state.status !== 'dispatched') return wrongState(state);
  if (state.extension !== null) {
    return refuse('conflict', 'EXTENSION_ALREADY_REQUESTED', 'The request before is still to be decided.');
  }
  const note = context.persons['note']?.personId;
  if (note === undefined)
    return refuse('invalid', 'REASON_REQUIRED', 'A request says why more time is needed.', 'note');
  const handling = extendable(state, context);
  if ('refused' in handling) return handling;
  const data = { note, handlingRegion: state.handlingRegion };
  return [{ type: 'WorkOrderExtensionRequested', data }];
}

/**
 * 准予延期, on or before the deadline: later it has no effect (T-09). One that was given in time but entered after the deadline
 * is recorded, and leaves the date as it is: nobody had it in the log when the deadline passed.
 */
export function grantExtension(
  command: GrantExtension,
  state: WorkOrder,
  context: DecisionContext,
  law: Law,
): Decision<WorkOrderEvent> {
  const request = requestOf(state, context);
  if ('refused' in request) return request;
  if (request.by === context.actor.id) {
    return refuse('forbidden', 'SECOND_PERSON_REQUIRED', 'Somebody else than the one who asked for it grants it.');
  }
  const handling = extendable(request.state, context);
  if ('refused' in handling) return handling;
  const grantedOn = dayOfGrant(handling.due, context);
  const granted =
    handling.rule === null
      ? movedByChannel(command, handling, context)
      : extendedByLaw(command, handling, grantedOn, law);
  if ('refused' in granted) return granted;
  const { by, dueAt, reading } = granted;
  const data = { by, dueAt, grantedOn, clocks: [reading] };
  return [{ type: 'WorkOrderExtensionGranted', ...under(reading), data }];
}

/** 不予延期: the deadline stays. Also after it has passed, as the unit is owed an answer. */
export function refuseExtension(
  _: RefuseExtension,
  state: WorkOrder,
  context: DecisionContext,
): Decision<WorkOrderEvent> {
  const request = requestOf(state, context);
  if ('refused' in request) return request;
  const note = context.persons['note']?.personId ?? null;
  return tooEarly(request.state, context) ?? [{ type: 'WorkOrderExtensionRefused', data: { note } }];
}

/** The request that the hotline is to decide on. */
function requestOf(state: WorkOrder, { actor }: DecisionContext) {
  if (state.status === 'empty') return notFound();
  if (state.status !== 'dispatched') return wrongState(state);
  if (state.extension === null) {
    return refuse('conflict', 'NO_EXTENSION_REQUESTED', 'The unit has not asked for more time.');
  }
  // It is the hotline's to grant (L-32).
  if (!isHotline(actor)) return humanDecisionRequired();
  return { state, by: state.extension.requestedBy };
}

/** The clock of handling, where at that time it had a date and the date had not passed. */
function extendable(
  state: RegisteredWorkOrder,
  context: DecisionContext,
): (Clock & { readonly due: string }) | Refusal {
  const early = tooEarly(state, context);
  if (early !== undefined) return early;
  const { handling } = state.clocks;
  if (handling === undefined) {
    return refuse('conflict', 'CLOCK_NOT_KEPT', 'It was sent to the unit without a clock: there is no date to extend.');
  }
  const { due } = handling;
  if (due === null) {
    const detail = `Its date cannot be told (${handling.undetermined}), so there is none to extend.`;
    return refuse('conflict', 'DEADLINE_UNDETERMINED', detail);
  }
  if (isBy(due, context.occurredAt)) return { ...handling, due };
  return refuse('conflict', 'EXTENSION_TOO_LATE', `The deadline passed with ${due}; what has passed is not extended.`);
}

/** Of a grant that was entered after the deadline, the day of its entry: the law says that it came too late. */
function dayOfGrant(due: string, { now, occurredAt }: DecisionContext): LocalDate {
  return localDateOf(isBy(due, now) ? occurredAt : now);
}

interface Granted {
  readonly by: number | null;
  readonly dueAt: string | null;
  readonly reading: ClockReading;
}

/** The channel sets its own dates: no rule says by how much, but that what has passed has passed. */
function movedByChannel(
  { workingDays, dueAt }: GrantExtension,
  { due }: { readonly due: string },
  { now }: DecisionContext,
): Granted | Refusal {
  if (workingDays !== undefined) {
    const detail = 'Its date is the channel’s own, and no rule counts its days: say the new date.';
    return refuse('invalid', 'WORKING_DAYS_NOT_APPLICABLE', detail, 'workingDays');
  }
  if (dueAt === undefined) {
    return refuse('invalid', 'DUE_AT_REQUIRED', 'Its date is the channel’s own: say the new one.', 'dueAt');
  }
  const to = parseInstant(dueAt)!;
  if (to <= parseInstant(due)!) {
    return refuse('invalid', 'DUE_NOT_LATER', `It is due at ${due} already; an extension ends later.`, 'dueAt');
  }
  const granted = formatInstant(to);
  return { by: null, dueAt: granted, reading: setByChannel(isBy(due, now) ? granted : due) };
}

/** Why the law does not let a grant be, and what of the command is at fault. */
const REFUSED_BY_LAW: Readonly<Record<string, 'workingDays' | undefined>> = {
  EXTENSION_NOT_ALLOWED: undefined,
  EXTENSION_AMOUNT_NEEDED: 'workingDays',
  EXTENSION_TOO_LONG: 'workingDays',
  INVALID_EXTENSION: 'workingDays',
  // The configuration was changed, and does not hold the rule any more by which the clock was opened.
  RULE_VERSION_UNKNOWN: undefined,
};

function extendedByLaw(
  { workingDays, dueAt }: GrantExtension,
  handling: Clock,
  grantedOn: LocalDate,
  law: Law,
): Granted | Refusal {
  if (dueAt !== undefined) {
    return refuse('invalid', 'DUE_AT_NOT_APPLICABLE', 'Its date follows from a rule: say the working days.', 'dueAt');
  }
  const unit = law.rules.version(handling.rule!)?.version.period.unit;
  if (workingDays !== undefined && unit !== undefined && unit !== 'workingDays') {
    const detail = `The rule counts ${unit}: without a number it is extended by what the rule gives.`;
    return refuse('invalid', 'WORKING_DAYS_NOT_APPLICABLE', detail, 'workingDays');
  }
  const extension = workingDays === undefined ? { grantedOn } : { grantedOn, by: workingDays };
  const extensions = [...handling.extensions, extension];
  try {
    const reading = readAgain(handling, law, { extensions });
    if (reading.undetermined !== undefined) {
      const detail = `The extended date cannot be told (${reading.undetermined}).`;
      return refuse('conflict', 'DEADLINE_UNDETERMINED', detail);
    }
    const by = deadlineBehind({ ...handling, extensions }, law)!.arithmetic.extensions.at(-1)!.by;
    return { by, dueAt: null, reading };
  } catch (error) {
    if (!(error instanceof Failure) || !Object.hasOwn(REFUSED_BY_LAW, error.code)) throw error;
    const field = REFUSED_BY_LAW[error.code];
    return refuse(field === undefined ? 'conflict' : 'invalid', error.code, error.message, field);
  }
}
