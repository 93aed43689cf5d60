import { refuse } from '#kernel';
import { amendedReading, refuseVerification } from '#law';
import type { AmendDeadline } from '#service';
import type { VerifyNegotiationLateEntry } from './commands.ts';
import { notLive, OFFICERS, under, type Rule } from './step.ts';

export const verifyLateEntry: Rule<VerifyNegotiationLateEntry> = (command, state, { actor }) => {
  if (state.status === 'none') return notLive(state);
  const { clock, reason, evidence } = command;
  if (!OFFICERS.includes(actor.role)) {
    return refuse('forbidden', 'HUMAN_DECISION_REQUIRED', 'An officer verifies what was entered late.');
  }
  if (state.clocks[clock]?.completion?.verified === true) return [];
  const refusal = refuseVerification(state.clocks, clock, actor.id);
  return refusal ?? [{ type: 'NegotiationLateEntryVerified', data: { clock, reason, evidence } }];
};

export const amendDeadline: Rule<AmendDeadline> = ({ clock }, state, _, law) => {
  if (state.status === 'none') return notLive(state);
  const known = state.clocks[clock];
  const amended = known === undefined ? undefined : amendedReading(known, law);
  return amended === undefined ? [] : [{ type: 'NegotiationDeadlineAmended', ...under(amended), data: amended }];
};
