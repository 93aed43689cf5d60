import { notByAPerson } from '#access';
import type { Decide, Decision, DecisionContext, Refusal } from '#kernel';
import { outOfTime, refuse, unreachable } from '#kernel';
import { readClock, type ClockReading, type Law } from '#law';
import { CASE_CLOCKS, type CaseClock } from './clocks.ts';
import type { Case, CaseState, CaseStatus } from './enforcement-case.ts';
import type { CaseEvent } from './events.ts';

export { under } from '#law';

export type Rule<Command, Reads = Record<string, never>> = Decide<Command, CaseState, CaseEvent, Reads, Law>;

/** A step on a case (or clue) in one of these states, by a person, and not before the step it follows. */
export function inState<Command, Reads = Record<string, never>>(
  statuses: readonly CaseStatus[],
  rule: (command: Command, state: Case, context: DecisionContext<Reads>, law: Law) => Decision<CaseEvent>,
): Rule<Command, Reads> {
  return (command, state, context, law) => {
    if (state.status === 'none') return unknownCase();
    if (!statuses.includes(state.status)) return wrongState(state);
    return outOfTime(state, context) ?? notByAPerson(context) ?? rule(command, state, context, law);
  };
}

/** The reviewer (审核) is not one of those who handle the case. */
export function notByAnother({ handlers }: Case, { actor }: Pick<DecisionContext, 'actor'>): Refusal | undefined {
  if (!handlers.includes(actor.id)) return undefined;
  return refuse('forbidden', 'SECOND_PERSON_REQUIRED', 'Somebody else reviews it than those who handle it.');
}

export function unknownCase(): Refusal {
  return refuse('notFound', 'UNKNOWN_CASE', 'There is no such case.');
}

/** A clock that starts on a day. */
export function reading(clock: CaseClock, from: string, law: Law): ClockReading {
  return readClock({ clock, rule: CASE_CLOCKS[clock], from }, law);
}

/** Why a step does not fit how far the case has come. */
function wrongState({ status }: Case): Refusal {
  switch (status) {
    case 'clue':
      return refuse('conflict', 'CLUE_NOT_VERIFIED', 'The clue is being verified; no case is filed yet.');
    case 'clue-verified':
      return refuse('conflict', 'CASE_NOT_FILED', 'The clue was verified; whether a case is filed is to be decided.');
    case 'not-filed':
      return refuse('conflict', 'CLUE_NOT_FILED', 'It was decided that no case is filed.');
    case 'filed':
      return refuse('conflict', 'CASE_NOT_INVESTIGATED', 'The case was filed, and is not investigated yet.');
    case 'investigating':
      return refuse('conflict', 'CASE_UNDER_INVESTIGATION', 'The case is being investigated.');
    case 'suspended':
      return refuse('conflict', 'CASE_SUSPENDED', 'The investigation is suspended.');
    case 'in-review':
      return refuse('conflict', 'CASE_IN_REVIEW', 'The case is being reviewed.');
    case 'reviewed':
      return refuse('conflict', 'CASE_REVIEWED', 'The case was reviewed.');
    case 'notified':
      return refuse('conflict', 'PENALTY_NOTIFIED', 'The party was told of the penalty to come.');
    case 'decided':
      return refuse('conflict', 'CASE_DECIDED', 'The case is decided.');
    case 'executed':
      return refuse('conflict', 'CASE_EXECUTED', 'The decision is executed.');
    case 'closed':
      return refuse('conflict', 'CASE_CLOSED', 'The case is closed.');
    default:
      return unreachable(status);
  }
}
