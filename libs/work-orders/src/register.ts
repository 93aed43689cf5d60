import type { DecisionContext, Instant } from '#kernel';
import { formatInstant, normaliseUscc, parseInstant, refuse, startOfDay, type Decision, type Refusal } from '#kernel';
import type { Law } from '#law';
import type { RegisterWorkOrder } from './commands.ts';
import { conflictingPush } from './conflict.ts';
import { clocksAtDispatch, setByChannel, under } from './dispatch-clocks.ts';
import {
  CLASSIFICATIONS,
  OUTCOMES,
  SATISFACTIONS,
  type ImportFlag,
  type PushedTicket,
  type WorkOrderEvent,
} from './events.ts';
import type { WorkOrder } from './work-order.ts';

/** A ticket with its times read. */
interface Ticket {
  readonly command: RegisterWorkOrder;
  readonly receivedAt: Instant;
  readonly dueAt: Instant | null;
  readonly closedAt: Instant | null;
}

interface Contradiction {
  readonly flag: ImportFlag;
  readonly field: keyof RegisterWorkOrder;
  readonly detail: string;
}

/** No hotline's records are older: a receipt before is a slip of the pen or a filler, in imported history too. */
const EARLIEST_RECEIPT = startOfDay('1990-01-01');

/**
 * Takes a ticket in, once. A live push that contradicts itself is refused; imported history is taken in with its
 * contradictions flagged, and both go through this one rule. Nothing has happened in the future, whoever says so. The same
 * number with another content is a conflict, and on record as one.
 */
export function registerWorkOrder(
  command: RegisterWorkOrder,
  state: WorkOrder,
  context: DecisionContext,
  law: Law,
): Decision<WorkOrderEvent> {
  if (state.status !== 'empty' && state.content.payloadDigest === context.payloadDigest) return [];
  const ticket = ticketOf(command);
  const contradictions = contradictionsOf(ticket);
  const refusal = unbelievable(ticket, contradictions, context);
  if (refusal !== undefined) return refusal;
  const pushed = pushedTicket(ticket, context);
  if (state.status !== 'empty') return conflictingPush(pushed, state, context);
  const flags = contradictions.map(({ flag }) => flag);
  return [received(ticket, pushed, flags, context), ...furtherSteps(ticket, pushed, law)];
}

/** Why a ticket is not taken in at all. */
function unbelievable(
  { command, receivedAt, closedAt }: Ticket,
  [first]: readonly Contradiction[],
  { now }: DecisionContext,
): Refusal | undefined {
  if (receivedAt > now) {
    return refuse('invalid', 'RECEIVED_IN_FUTURE', 'The ticket cannot have been received in the future.', 'receivedAt');
  }
  if (receivedAt < EARLIEST_RECEIPT) {
    return refuse('invalid', 'RECEIVED_TOO_EARLY', 'No ticket of a hotline is older than the year 1990.', 'receivedAt');
  }
  if (closedAt !== null && closedAt > now) {
    return refuse('invalid', 'CLOSED_IN_FUTURE', 'The ticket cannot have been closed in the future.', 'closedAt');
  }
  if (command.respondentUscc !== undefined && normaliseUscc(command.respondentUscc) === undefined) {
    return refuse('invalid', 'INVALID_USCC', 'The respondent has no valid social credit code.', 'respondentUscc');
  }
  if (command.importBatch !== undefined || first === undefined) return undefined;
  return refuse('invalid', first.flag, first.detail, first.field);
}

/** A ticket in the form in which it is kept; of imported history, unknown words are left out. */
function pushedTicket(ticket: Ticket, { persons }: DecisionContext): PushedTicket {
  const { command, receivedAt, dueAt, closedAt } = ticket;
  const isClosed = closedAt !== null;
  const textTokens = persons['complainant']?.textTokens;
  return {
    receivedAt: formatInstant(receivedAt),
    dueAt: dueAt === null ? null : formatInstant(dueAt),
    closedAt: isClosed ? formatInstant(closedAt) : null,
    classification: knownWord(CLASSIFICATIONS, command.classification) ?? null,
    outcome: isClosed ? (knownWord(OUTCOMES, command.outcome) ?? 'handled') : null,
    satisfaction: isClosed ? (knownWord(SATISFACTIONS, command.satisfaction) ?? null) : null,
    sector: command.sector ?? null,
    handlingRegion: command.handlingRegion ?? null,
    authority: wasSent(ticket) ? (command.authority ?? null) : null,
    respondentUscc: (command.respondentUscc === undefined ? null : normaliseUscc(command.respondentUscc)) ?? null,
    respondent: persons['respondent']?.personId ?? null,
    complainant: persons['complainant']?.personId ?? null,
    complainantTokens: persons['complainant']?.tokens ?? {},
    ...(textTokens !== undefined && { textTokens }),
  };
}

function received(
  ticket: Ticket,
  pushed: PushedTicket,
  flags: readonly ImportFlag[],
  { payloadDigest }: DecisionContext,
): WorkOrderEvent {
  const { command, receivedAt } = ticket;
  const { dueAt, sector, handlingRegion, respondentUscc, respondent, complainant, complainantTokens, textTokens } =
    pushed;
  // History that says by when, but not where it went, has no dispatch to open its clock.
  const hasOwnClock = command.importBatch !== undefined && dueAt !== null && !wasSent(ticket);
  return {
    type: 'WorkOrderReceived',
    occurredAt: receivedAt,
    data: {
      channel: command.channel,
      externalNo: command.externalNo,
      sector,
      handlingRegion,
      respondentUscc,
      respondent,
      complainant,
      complainantTokens,
      ...(textTokens !== undefined && { textTokens }),
      payloadDigest,
      dueAt,
      imported: command.importBatch === undefined ? null : { batch: command.importBatch, flags },
      ...(hasOwnClock && { clocks: [setByChannel(dueAt)] }),
    },
  };
}

/** A region alone is only where a live push is expected to go. History, a unit or an end say that it went there. */
function wasSent({ command, closedAt }: Ticket): boolean {
  const { handlingRegion, authority, importBatch } = command;
  return handlingRegion !== undefined && (importBatch !== undefined || authority !== undefined || closedAt !== null);
}

/** What the channel or the import says has already happened to the ticket. */
function furtherSteps(ticket: Ticket, pushed: PushedTicket, law: Law): WorkOrderEvent[] {
  const { command, receivedAt, closedAt } = ticket;
  const { classification, outcome, satisfaction } = pushed;
  const imported = command.importBatch === undefined ? {} : ({ imported: true } as const);
  const events: WorkOrderEvent[] = [];
  if (classification !== null) {
    events.push({ type: 'WorkOrderClassified', occurredAt: receivedAt, data: { classification } });
  }
  if (wasSent(ticket)) events.push(dispatched(ticket, pushed, law));
  if (closedAt === null || outcome === null) return events;
  events.push({ type: 'WorkOrderClosed', occurredAt: closedAt, data: { outcome, ...imported } });
  if (satisfaction !== null) {
    events.push({ type: 'WorkOrderSatisfactionRecorded', occurredAt: closedAt, data: { satisfaction } });
  }
  return events;
}

/** History is judged by the date it brings, or not at all: a rule of ours is not known to have been in force for it. */
function dispatched({ command, receivedAt }: Ticket, { authority, dueAt }: PushedTicket, law: Law): WorkOrderEvent {
  const data = { authority, handlingRegion: command.handlingRegion!, dueAt };
  const event = { type: 'WorkOrderDispatched', occurredAt: receivedAt } as const;
  if (command.importBatch !== undefined) {
    return { ...event, data: { ...data, ...(dueAt !== null && { clocks: [setByChannel(dueAt)] }), imported: true } };
  }
  const clocks = clocksAtDispatch(data, receivedAt, law);
  return { ...event, ...under(clocks[0]!), data: { ...data, clocks } };
}

function contradictionsOf({ command, receivedAt, dueAt, closedAt }: Ticket): Contradiction[] {
  const found: Contradiction[] = [];
  const add = (flag: ImportFlag, field: keyof RegisterWorkOrder, detail: string) => found.push({ flag, field, detail });
  if (closedAt !== null && closedAt < receivedAt) {
    add('CLOSED_BEFORE_RECEIVED', 'closedAt', 'The ticket was closed before it was received.');
  }
  if (dueAt !== null && dueAt < receivedAt) {
    add('DUE_BEFORE_RECEIVED', 'dueAt', 'The ticket was due before it was received.');
  }
  // In an open row of history the outcome's column holds the channel's own state, which claims no outcome.
  const isOpenHistory = command.importBatch !== undefined && closedAt === null;
  if (isUnknown(OUTCOMES, command.outcome)) {
    if (!isOpenHistory) add('UNKNOWN_OUTCOME', 'outcome', `The outcome is none of ${OUTCOMES.join(', ')}.`);
  } else if (command.outcome !== undefined && closedAt === null) {
    add('OUTCOME_WITHOUT_CLOSING', 'outcome', 'There is an outcome but no closing time.');
  }
  if (isUnknown(CLASSIFICATIONS, command.classification)) {
    add('UNKNOWN_CLASSIFICATION', 'classification', `The classification is none of ${CLASSIFICATIONS.join(', ')}.`);
  }
  if (isUnknown(SATISFACTIONS, command.satisfaction)) {
    add('UNKNOWN_SATISFACTION', 'satisfaction', `The satisfaction is none of ${SATISFACTIONS.join(', ')}.`);
  } else if (command.satisfaction !== undefined && closedAt === null) {
    add('SATISFACTION_WITHOUT_CLOSING', 'satisfaction', 'There is a satisfaction but no closing time.');
  }
  return found;
}

function ticketOf(command: RegisterWorkOrder): Ticket {
  // The command's class has checked the form of every time.
  return {
    command,
    receivedAt: parseInstant(command.receivedAt)!,
    dueAt: command.dueAt === undefined ? null : parseInstant(command.dueAt)!,
    closedAt: command.closedAt === undefined ? null : parseInstant(command.closedAt)!,
  };
}

function knownWord<Word extends string>(words: readonly Word[], word: string | undefined): Word | undefined {
  return words.find((known) => known === word);
}

function isUnknown(words: readonly string[], word: string | undefined): boolean {
  return word !== undefined && !words.includes(word);
}
