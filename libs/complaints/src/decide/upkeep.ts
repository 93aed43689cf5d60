import { amendedReading, refuseVerification } from '#law';
import type { AmendDeadline } from '#service';
import type { VerifyComplaintLateEntry } from '../commands.ts';
import { unknownComplaint } from '../refusals.ts';
import { onlyBy, REVIEWERS, under, type Rule } from '../step.ts';

export const verifyLateEntry: Rule<VerifyComplaintLateEntry> = (command, state, context) => {
  if (state.status === 'none') return unknownComplaint();
  const { clock, reason, evidence } = command;
  const forbidden = onlyBy(REVIEWERS, context);
  if (forbidden !== undefined) return forbidden;
  if (state.clocks[clock]?.completion?.verified === true) return [];
  const refusal = refuseVerification(state.clocks, clock, context.actor.id);
  return refusal ?? [{ type: 'ComplaintLateEntryVerified', data: { clock, reason, evidence } }];
};

export const amendDeadline: Rule<AmendDeadline> = ({ clock }, state, _, law) => {
  if (state.status === 'none') return unknownComplaint();
  const known = state.clocks[clock];
  const amended = known === undefined ? undefined : amendedReading(known, law);
  return amended === undefined ? [] : [{ type: 'ComplaintDeadlineAmended', ...under(amended), data: amended }];
};
