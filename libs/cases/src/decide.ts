import { notByAPerson } from '#access';
import { amendedReading, refuseVerification } from '#law';
import type { AmendDeadline } from '#service';
import type { VerifyCaseLateEntry } from './commands.ts';
import { under, unknownCase, type Rule } from './refusals.ts';

export * from './decide-after.ts';
export * from './decide-clue.ts';
export * from './decide-decision.ts';
export * from './decide-filing.ts';
export * from './decide-investigation.ts';
export * from './decide-notice.ts';

export const verifyLateEntry: Rule<VerifyCaseLateEntry> = ({ clock, reason, evidence }, state, context) => {
  if (state.status === 'none') return unknownCase();
  const refusal = notByAPerson(context);
  if (refusal !== undefined) return refusal;
  if (state.clocks[clock]?.completion?.verified === true) return [];
  const data = { clock, reason, evidence };
  return refuseVerification(state.clocks, clock, context.actor.id) ?? [{ type: 'CaseLateEntryVerified', data }];
};

export const amendDeadline: Rule<AmendDeadline> = ({ clock }, state, _, law) => {
  if (state.status === 'none') return unknownCase();
  const known = state.clocks[clock];
  const amended = known === undefined ? undefined : amendedReading(known, law);
  return amended === undefined ? [] : [{ type: 'CaseDeadlineAmended', ...under(amended), data: amended }];
};
