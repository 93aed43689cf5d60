import type { Decide, Decision, DecisionContext, LocalDate, Refusal } from '#kernel';
import { outOfTime, refuse } from '#kernel';
import { provisionsOn, readClock, type ClockReading, type Law } from '#law';
import { COMPLAINT_CLOCKS, type ComplaintClock } from './clocks.ts';
import type { ComplaintState, Standing } from './complaint.ts';
import type { ComplaintEvent } from './events.ts';
import { humanDecisionRequired, unknownComplaint } from './refusals.ts';
import type { Disqualification, NonAcceptanceGround, Provision } from './terms.ts';

export { outOfTime } from '#kernel';
export { under } from '#law';

// What the rules of a complaint are made with.

export type Rule<Command, Reads = Record<string, never>> = Decide<Command, ComplaintState, ComplaintEvent, Reads, Law>;

/** Roles behind which a person stands who may take a legal decision of the authority. */
export const OFFICERS: readonly string[] = ['officer', 'administrator'];
/** Who may be the second person: an officer, or the head. */
export const REVIEWERS: readonly string[] = [...OFFICERS, 'head'];
export const MEDIATORS: readonly string[] = [...OFFICERS, 'mediator'];
/** Who writes down what a party does or says. */
export const TAKES_DOWN: readonly string[] = [...MEDIATORS, 'hotline'];

type Step<Command, Reads> = (
  command: Command,
  state: Standing,
  context: DecisionContext<Reads>,
  law: Law,
) => Decision<ComplaintEvent>;

/** A step on a complaint that exists, not before the step it follows. */
export function following<Command, Reads = Record<string, never>>(rule: Step<Command, Reads>): Rule<Command, Reads> {
  return (command, state, context, law) => {
    if (state.status === 'none') return unknownComplaint();
    return outOfTime(state, context) ?? rule(command, state, context, law);
  };
}

/** A person of one of these roles, or a refusal: no process decides. */
export function onlyBy(roles: readonly string[], { actor }: Pick<DecisionContext, 'actor'>): Refusal | undefined {
  return roles.includes(actor.role) ? undefined : humanDecisionRequired();
}

/** The date of a clock that starts on a day. */
export function reading(clock: ComplaintClock, from: LocalDate, law: Law): ClockReading {
  return readClock({ clock, rule: COMPLAINT_CLOCKS[clock], from }, law);
}

export function knewTooLate(knewOn: LocalDate | null, receivedOn: LocalDate): Refusal | undefined {
  if (knewOn === null || knewOn <= receivedOn) return undefined;
  return refuse('invalid', 'KNEW_AFTER_RECEIPT', 'Nobody complains of harm not known of yet.', 'knewOn');
}

/**
 * The ground by the order of the day, as an event keeps it; none where no order of that day is on record. Refused when that order
 * did not know the ground (T-39).
 */
export function provisionOf(
  ground: NonAcceptanceGround | Disqualification,
  today: LocalDate,
  field: string,
): { readonly provision?: Provision } | Refusal {
  const { refusalGrounds, fraudGoesToPolice } = provisionsOn(today);
  if (ground === '42') {
    if (fraudGoesToPolice === null) return notInForce(ground, today, field);
    return { provision: { source: fraudGoesToPolice.source, item: '', ground: 'fraud-or-blackmail' } };
  }
  if (refusalGrounds === null) return {};
  const { source, grounds, counterparts } = refusalGrounds;
  const item = counterparts[ground.slice('16'.length)];
  if (item === undefined) return notInForce(ground, today, field);
  return { provision: { source, item, ground: grounds[item]! } };
}

function notInForce(ground: string, today: LocalDate, field: string): Refusal {
  const detail = `The order in force on ${today} does not know the ground of Art. ${ground} of Order 121.`;
  return refuse('conflict', 'GROUND_NOT_IN_FORCE', detail, field);
}
