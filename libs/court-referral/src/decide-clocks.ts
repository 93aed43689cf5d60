import { refuse, type Decide } from '#kernel';
import { amendedReading, refuseVerification, type Law } from '#law';
import type { AmendDeadline } from '#service';
import type { VerifyReferralLateEntry } from './commands.ts';
import type { ReferralEvent } from './events.ts';
import type { ReferralState } from './referral.ts';
import { under, unknownReferral } from './refusals.ts';

type Rule<Command> = Decide<Command, ReferralState, ReferralEvent, Record<string, never>, Law>;

const VERIFIERS: readonly string[] = ['officer', 'court', 'administrator'];

export const verifyLateEntry: Rule<VerifyReferralLateEntry> = (command, state, { actor }) => {
  if (state.direction === 'none') return unknownReferral();
  const { clock, reason, evidence } = command;
  if (!VERIFIERS.includes(actor.role)) {
    return refuse('forbidden', 'HUMAN_DECISION_REQUIRED', 'An officer or the court verifies what was entered late.');
  }
  if (state.clocks[clock]?.completion?.verified === true) return [];
  const refusal = refuseVerification(state.clocks, clock, actor.id);
  return refusal ?? [{ type: 'ReferralLateEntryVerified', data: { clock, reason, evidence } }];
};

export const amendDeadline: Rule<AmendDeadline> = ({ clock }, state, _, law) => {
  if (state.direction === 'none') return unknownReferral();
  const known = state.clocks[clock];
  const amended = known === undefined ? undefined : amendedReading(known, law);
  return amended === undefined ? [] : [{ type: 'ReferralDeadlineAmended', ...under(amended), data: amended }];
};
