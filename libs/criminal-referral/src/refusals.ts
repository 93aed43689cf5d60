import { notByAPerson } from '#access';
import type { Decide, Decision, DecisionContext, Refusal } from '#kernel';
import { outOfTime, refuse, unreachable, type Instant } from '#kernel';
import { readClock, type ClockReading, type Law } from '#law';
import { CRIMINAL_REFERRAL_CLOCKS, type CriminalReferralClock } from './clocks.ts';
import type { CriminalReferral, CriminalReferralState, CriminalReferralStatus } from './criminal-referral.ts';
import type { CriminalReferralEvent } from './events.ts';

export { under } from '#law';

export type Rule<Command, Reads = Record<string, never>> = Decide<
  Command,
  CriminalReferralState,
  CriminalReferralEvent,
  Reads,
  Law
>;

/** A step on a referral in one of these states, by a person, and not before the step it follows. */
export function inState<Command>(
  statuses: readonly CriminalReferralStatus[],
  rule: (
    command: Command,
    state: CriminalReferral,
    context: DecisionContext,
    law: Law,
  ) => Decision<CriminalReferralEvent>,
): Rule<Command> {
  return (command, state, context, law) => {
    if (state.status === 'none') return unknownReferral();
    if (!statuses.includes(state.status)) return wrongState(state);
    return outOfTime(state, context) ?? notByAPerson(context) ?? rule(command, state, context, law);
  };
}

export function unknownReferral(): Refusal {
  return refuse('notFound', 'UNKNOWN_CRIMINAL_REFERRAL', 'There is no such referral.');
}

/** A clock that starts at a moment: one of days with its day. */
export function reading(clock: CriminalReferralClock, from: Instant, law: Law): ClockReading {
  return readClock({ clock, rule: CRIMINAL_REFERRAL_CLOCKS[clock], from }, law);
}

/** Why a step does not fit how far the referral has come. */
function wrongState({ status }: CriminalReferral): Refusal {
  switch (status) {
    case 'team-appointed':
      return refuse('conflict', 'REFERRAL_NOT_REPORTED', 'The team has not reported to the head yet.');
    case 'reported':
      return refuse('conflict', 'REFERRAL_NOT_DECIDED', 'The head has not decided on the referral yet.');
    case 'approved':
      return refuse('conflict', 'CASE_NOT_TRANSFERRED', 'It was approved, and is still to be transferred.');
    case 'not-approved':
      return refuse('conflict', 'REFERRAL_NOT_APPROVED', 'The head has not approved the referral.');
    case 'transferred':
      return refuse('conflict', 'POLICE_HAVE_NOT_SIGNED', 'The police have not signed for it yet.');
    case 'rerouted':
      return refuse('conflict', 'POLICE_HAVE_NOT_SIGNED', 'Those it was sent on to have not signed for it yet.');
    case 'received':
      return refuse('conflict', 'POLICE_HAVE_NOT_DECIDED', 'The police have not decided yet.');
    case 'declined':
      return refuse('conflict', 'POLICE_DECLINED', 'The police do not file a case.');
    case 'reconsideration':
      return refuse('conflict', 'UNDER_RECONSIDERATION', 'The police are reconsidering.');
    case 'upheld':
      return refuse('conflict', 'RECONSIDERATION_UPHELD', 'The police have stayed with their decision.');
    case 'supervision':
      return refuse('conflict', 'UNDER_SUPERVISION', 'The procuratorate is looking into it.');
    case 'to-be-filed':
      return refuse('conflict', 'POLICE_ARE_TO_FILE', 'The police are to file, and have not yet.');
    case 'not-to-be-filed':
      return refuse('conflict', 'NOT_TO_BE_FILED', 'The procuratorate found that no case need be filed.');
    case 'filed':
      return refuse('conflict', 'POLICE_FILED', 'The police have filed a case.');
    case 'handed-over':
      return refuse('conflict', 'MATERIALS_HANDED_OVER', 'Everything was handed over.');
    default:
      return unreachable(status);
  }
}
