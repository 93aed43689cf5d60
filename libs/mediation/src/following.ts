import type { Decide, Decision, DecisionContext } from '#kernel';
import { outOfTime } from '#kernel';
import type { Law } from '#law';
import type { MediationEvent } from './mediation-events.ts';
import type { Agreed, Live, MediationState, Standing } from './mediation.ts';
import { unknownMediation, wrongState } from './refusals.ts';

export { under } from '#law';

export type Rule<Command, Reads = Record<string, never>> = Decide<Command, MediationState, MediationEvent, Reads, Law>;
type Step<Command, State, Reads> = (
  command: Command,
  state: State,
  context: DecisionContext<Reads>,
  law: Law,
) => Decision<MediationEvent>;

/** A step on a mediation that exists, not before the step it follows. */
export function following<Command, Reads = Record<string, never>>(
  step: Step<Command, Standing, Reads>,
): Rule<Command, Reads> {
  return (command, state, context, law) => {
    if (state.status === 'none') return unknownMediation();
    return outOfTime(state, context) ?? step(command, state, context, law);
  };
}

/** A step while the parties are mediated between, and have not agreed yet. */
export function whileLive<Command, Reads = Record<string, never>>(
  step: Step<Command, Live, Reads>,
): Rule<Command, Reads> {
  return following((command, state, context, law) =>
    state.status === 'live' ? step(command, state, context, law) : wrongState(state),
  );
}

/** A step until an agreement takes effect. */
export function untilEffective<Command, Reads = Record<string, never>>(
  step: Step<Command, Live | Agreed, Reads>,
): Rule<Command, Reads> {
  return following((command, state, context, law) =>
    state.status === 'live' || state.status === 'agreed' ? step(command, state, context, law) : wrongState(state),
  );
}
