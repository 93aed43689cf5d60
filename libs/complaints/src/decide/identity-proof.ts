import { refuse, type Refusal } from '#kernel';
import { isOpen } from '#law';
import { IDENTITY_PROOF_CLOCK } from '../clocks.ts';
import type { MarkIdentityProofOverdue, RequestIdentityProof, SubmitIdentityProof } from '../commands.ts';
import { decidedBefore } from '../refusals.ts';
import { following, OFFICERS, onlyBy, TAKES_DOWN, type Rule } from '../step.ts';

/** The day is the authority's own. Whether proof comes or not, the seven working days run on (T-08). */
export const requestIdentityProof: Rule<RequestIdentityProof> = following(({ dueOn }, state, context) => {
  if (state.status !== 'received') return decidedBefore(state);
  const refusal = onlyBy(OFFICERS, context);
  if (refusal !== undefined) return refusal;
  const asked = state.clocks[IDENTITY_PROOF_CLOCK];
  if (asked !== undefined && isOpen(asked)) {
    return refuse('conflict', 'IDENTITY_PROOF_REQUESTED', `Proof was asked for by ${asked.due}.`);
  }
  if (dueOn < context.today) {
    return refuse('invalid', 'DUE_BEFORE_REQUEST', 'The day that is set lies before the request.', 'dueOn');
  }
  const clocks = [{ clock: IDENTITY_PROOF_CLOCK, rule: null, calendar: null, due: dueOn }];
  return [{ type: 'IdentityProofRequested', data: { dueOn, clocks } }];
});

/** Also after the day has passed: what was proved late is proved. */
export const submitIdentityProof: Rule<SubmitIdentityProof> = following(({ evidence }, state, context) => {
  if (state.status !== 'received') return decidedBefore(state);
  const refusal = onlyBy(TAKES_DOWN, context);
  if (refusal !== undefined) return refusal;
  if (state.identityProof === null || state.identityProof.state === 'submitted') return notRequested();
  return [{ type: 'IdentityProofSubmitted', data: { evidence } }];
});

/**
 * Given by a process when the day has passed, with that moment as its time. It is no decision and no step of the procedure: what
 * follows from it a person decides. Silence where there is nothing to say any more.
 */
export const markIdentityProofOverdue: Rule<MarkIdentityProofOverdue> = (_, state, { today }) => {
  if (state.status !== 'received' || state.identityProof?.state !== 'requested') return [];
  const { dueOn } = state.identityProof;
  return today <= dueOn ? [] : [{ type: 'IdentityProofOverdue', data: { dueOn } }];
};

function notRequested(): Refusal {
  return refuse('conflict', 'IDENTITY_PROOF_NOT_REQUESTED', 'No proof of identity is asked for.');
}
