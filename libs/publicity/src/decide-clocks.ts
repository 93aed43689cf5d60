import { refuse } from '#kernel';
import { amendedReading, refuseVerification } from '#law';
import type { AmendDeadline } from '#service';
import type { VerifyPublicationLateEntry } from './commands.ts';
import { refuseByProcess, under, unknownPublication, type Rule } from './refusals.ts';

const VERIFIERS: readonly string[] = ['officer', 'administrator'];

export const verifyLateEntry: Rule<VerifyPublicationLateEntry> = (command, state, context) => {
  if (state.status === 'none') return unknownPublication();
  const { clock, reason, evidence } = command;
  const { actor } = context;
  const refusal = refuseByProcess(context);
  if (refusal !== undefined) return refusal;
  if (!VERIFIERS.includes(actor.role)) {
    return refuse('forbidden', 'HUMAN_DECISION_REQUIRED', 'An officer verifies what was entered late.');
  }
  const known = Object.hasOwn(state.clocks, clock) ? state.clocks[clock] : undefined;
  if (known?.completion?.verified === true) return [];
  const unverifiable = refuseVerification(state.clocks, clock, actor.id);
  return unverifiable ?? [{ type: 'PublicationLateEntryVerified', data: { clock, reason, evidence } }];
};

export const amendDeadline: Rule<AmendDeadline> = ({ clock }, state, _, law) => {
  if (state.status === 'none') return unknownPublication();
  const known = state.clocks[clock];
  const amended = known === undefined ? undefined : amendedReading(known, law);
  return amended === undefined ? [] : [{ type: 'PublicationDeadlineAmended', ...under(amended), data: amended }];
};
