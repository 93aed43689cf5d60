import { formatInstant, localDateOf, normaliseUscc, parseInstant, refuse, unreachable } from '#kernel';
import type { Decision, DecisionContext, Instant, LocalDate, Refusal } from '#kernel';
import { isOpen, readClock, type Law } from '#law';
import { firstReceiptBy, lastChanged } from '../assignment.ts';
import { COMPLAINT_CLOCKS, restorable, type ComplaintClock, type RestoredClock } from '../clocks.ts';
import type { ApproveCorrection, CorrectField, RejectCorrection } from '../commands.ts';
import type { Standing } from '../complaint.ts';
import type { ComplaintEvent } from '../events.ts';
import type { CorrectionReads } from '../reads.ts';
import { decidedBefore, reasonRequired, unknownComplaint } from '../refusals.ts';
import { knewTooLate, OFFICERS, onlyBy, REVIEWERS, under, type Rule } from '../step.ts';
import { CORRECTABLE_FIELDS, type CorrectableField } from '../terms.ts';

/** A fact as events write it down. */
type Written = string | number | null;
type Context = DecisionContext<CorrectionReads>;

/** 更正: one person says what is wrong, a second one approves; what was written before is never changed (T-29). */
export const correctField: Rule<CorrectField, CorrectionReads> = (command, state, context) => {
  if (state.status === 'none') return unknownComplaint();
  const refusal = onlyBy(OFFICERS, context) ?? notCorrectable(state);
  if (refusal !== undefined) return refusal;
  const { proposed, open } = state.file.corrections;
  if (open !== null) {
    return refuse('conflict', 'CORRECTION_PENDING', `Correction ${open.correction} is still to be decided.`);
  }
  const reason = context.persons['reason']?.personId;
  if (reason === undefined) return reasonRequired('It is told why it is corrected.');
  const { field } = command;
  const stray = CORRECTABLE_FIELDS.find((other) => other !== field && command[other] !== undefined);
  if (stray !== undefined) {
    return refuse('invalid', 'OTHER_FIELD_GIVEN', `The correction is one of ${field} only.`, stray);
  }
  const value = writtenValue(command);
  const wrong = unfit(field, value, state, context);
  if (wrong !== undefined) return wrong;
  return [{ type: 'ComplaintCorrectionProposed', data: { correction: proposed + 1, field, new: value, reason } }];
};

export const approveCorrection: Rule<ApproveCorrection, CorrectionReads> = (_, state, context, law) => {
  if (state.status === 'none') return unknownComplaint();
  const refusal = onlyBy(REVIEWERS, context) ?? notCorrectable(state);
  if (refusal !== undefined) return refusal;
  const { open } = state.file.corrections;
  if (open === null) return nonePending();
  if (open.proposer === context.actor.id) {
    return refuse('forbidden', 'SECOND_PERSON_REQUIRED', 'Somebody else than the one who proposed it approves it.');
  }
  // Meanwhile something may have happened that does not go with it.
  return unfit(open.field, open.new, state, context) ?? correction(state, open, context.actor.id, law);
};

/** By anybody of the authority, also by the one who proposed it and thinks better of it. */
export const rejectCorrection: Rule<RejectCorrection> = (_, state, context) => {
  if (state.status === 'none') return unknownComplaint();
  const refusal = onlyBy(REVIEWERS, context);
  if (refusal !== undefined) return refusal;
  const { open } = state.file.corrections;
  if (open === null) return nonePending();
  return [{ type: 'ComplaintCorrectionRejected', data: { correction: open.correction } }];
};

function correction(
  state: Standing,
  { correction: number, field, new: value, reason, proposer }: NonNullable<Standing['file']['corrections']['open']>,
  approver: string,
  law: Law,
): Decision<ComplaintEvent> {
  const clocks = clocksAfter(state, field, value, law);
  const data = {
    correction: number,
    field,
    old: written(state, field),
    new: value,
    reason,
    proposer,
    approver,
    clocks,
  };
  const [moved] = clocks;
  return [{ type: 'ComplaintCorrected', ...(moved === undefined ? {} : under(moved.reading)), data }];
}

/** The clock that starts otherwise, with all that was done about it. One that came to nothing does not come back. */
function clocksAfter({ file, clocks }: Standing, field: CorrectableField, value: Written, law: Law): RestoredClock[] {
  const moved = (name: ComplaintClock, from: LocalDate): RestoredClock[] => {
    const clock = clocks[name];
    if (clock === undefined || (!isOpen(clock) && clock.state !== 'completed')) return [];
    const { suspensions } = clock;
    const reading = readClock({ clock: name, rule: COMPLAINT_CLOCKS[name], from, suspensions }, law);
    return [restorable(clock, reading, { from, promised: reading.due })];
  };
  if (field === 'acceptedOn') return moved('mediation', value as LocalDate);
  if (field !== 'receivedAt') return [];
  const assignments = lastChanged(file.assignments, { receivedAt: parseInstant(value as string)! });
  return moved('acceptance', firstReceiptBy(assignments.at(-1)!, assignments)!);
}

function notCorrectable(state: Standing): Refusal | undefined {
  return state.status === 'merged' ? decidedBefore(state) : undefined;
}

function nonePending(): Refusal {
  return refuse('conflict', 'NO_CORRECTION_PENDING', 'No correction waits for approval.');
}

/** The value as events have it; null where the correction takes it away. */
function writtenValue(command: CorrectField): Written {
  const { field } = command;
  const value = command[field] ?? null;
  if (value === null) return null;
  if (field === 'receivedAt') return formatInstant(parseInstant(value as string)!);
  return field === 'respondentUscc' ? (normaliseUscc(value as string) ?? value) : value;
}

/** The fact as it stands, as events have it. */
function written({ file: { facts } }: Standing, field: CorrectableField): Written {
  const value = facts[field];
  return field === 'receivedAt' ? formatInstant(value as Instant) : value;
}

const NEVER_EMPTY: readonly CorrectableField[] = ['receivedAt', 'acceptedOn', 'respondentRegion'];

/** Why a value cannot be right; undefined: it can. */
function unfit(field: CorrectableField, value: Written, state: Standing, context: Context): Refusal | undefined {
  if (value === null && NEVER_EMPTY.includes(field)) {
    return refuse('invalid', 'VALUE_REQUIRED', `${field} cannot be taken away.`, field);
  }
  if (value === written(state, field)) {
    return refuse('conflict', 'NOTHING_TO_CORRECT', `${field} reads so already.`, field);
  }
  switch (field) {
    case 'receivedAt':
      return earlierRound(state, field) ?? unfitReceipt(parseInstant(value as string)!, state, context.now);
    case 'acceptedOn':
      return earlierRound(state, field) ?? unfitAcceptance(value as LocalDate, state, context.now);
    case 'knewOn':
      return knewTooLate(value as LocalDate | null, localDateOf(state.file.facts.receivedAt as Instant));
    case 'respondentUscc': {
      const known = context.reads.dispute?.respondentUscc ?? null;
      if (known === null || known === value) return undefined;
      return refuse('conflict', 'RESPONDENT_MISMATCH', 'The dispute names another respondent.', field);
    }
    case 'recoveredFen':
      if (state.status === 'concluded' || state.status === 'closed') return undefined;
      return refuse('conflict', 'COMPLAINT_NOT_CLOSED', 'It has not been concluded yet.', field);
    case 'respondentRegion':
    case 'sector':
    case 'channel':
      return undefined;
    default:
      return unreachable(field);
  }
}

/** The dates of a complaint that was reopened belong to the round before, whose result stands. */
function earlierRound({ file: { round } }: Standing, field: CorrectableField): Refusal | undefined {
  if (round === 1) return undefined;
  return refuse('conflict', 'CORRECTION_OF_EARLIER_ROUND', 'It was reopened: the dates before that stand.', field);
}

function unfitReceipt(receivedAt: Instant, { file }: Standing, now: Instant): Refusal | undefined {
  const { acceptedOn, knewOn } = file.facts;
  const from = file.assignments.at(-2)?.leftAt ?? -Infinity;
  const to = Math.min(file.afterReceipt ?? now, now);
  const day = localDateOf(receivedAt);
  if (receivedAt < from || receivedAt > to || (acceptedOn !== null && day > (acceptedOn as LocalDate))) {
    const detail = 'It must lie between the step before and the step after it.';
    return refuse('conflict', 'CORRECTION_OUT_OF_ORDER', detail, 'receivedAt');
  }
  return knewTooLate(knewOn as LocalDate | null, day);
}

function unfitAcceptance(acceptedOn: LocalDate, { file }: Standing, now: Instant): Refusal | undefined {
  if (file.facts.acceptedOn === null) {
    return refuse('conflict', 'NOT_YET_ACCEPTED', 'The complaint has not been accepted.', 'acceptedOn');
  }
  const from = localDateOf(file.facts.receivedAt as Instant);
  const to = localDateOf(Math.min(file.afterAcceptance ?? now, now));
  if (acceptedOn >= from && acceptedOn <= to) return undefined;
  const detail = `It must lie between the receipt and the step after it, from ${from} to ${to}.`;
  return refuse('conflict', 'CORRECTION_OUT_OF_ORDER', detail, 'acceptedOn');
}
