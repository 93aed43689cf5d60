import { refuse, type Refusal } from '#kernel';
import { IDENTITY_PROOF_CLOCK } from '../clocks.ts';
import type { MarkIdentityProofOverdue, RequestIdentityProof, SubmitIdentityProof } from '../commands.ts';
import { decidedBefore } from '../refusals.ts';
import { following, OFFICERS, onlyBy, TAKES_DOWN, type Rule } from '../step.ts';

/** The day is the authority's own. Whether proof comes or not, the seven working days run on (T-08). */
export const requestIdentityProof: Rule<RequestIdentityProof> = following(({ dueOn }, state, context) => {
  if (state.status !== 'received') return decidedBefore(state);
  const refusal = onlyBy(OFFICERS, context);
  if (refusal !== undefined) return refusal;
  if (state.identityProof?.state === 'requested') {
    const detail = `Proof was asked for by ${state.identityProof.dueOn}.`;
    return refuse('conflict', 'IDENTITY_PROOF_REQUESTED', detail);
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

/** Says that a day has passed, which is no decision: what follows from it a person decides. */
export const markIdentityProofOverdue: Rule<MarkIdentityProofOverdue> = following((_, state, context) => {
  if (state.status !== 'received') return decidedBefore(state);
  const refusal = onlyBy([...OFFICERS, 'process'], context);
  if (refusal !== undefined) return refusal;
  const { identityProof } = state;
  if (identityProof === null || identityProof.state === 'submitted') return notRequested();
  if (identityProof.state === 'overdue') return [];
  const { dueOn } = identityProof;
  if (context.today <= dueOn) {
    return refuse('conflict', 'IDENTITY_PROOF_NOT_OVERDUE', `There is time for it until the end of ${dueOn}.`);
  }
  return [{ type: 'IdentityProofOverdue', data: { dueOn } }];
});

function notRequested(): Refusal {
  return refuse('conflict', 'IDENTITY_PROOF_NOT_REQUESTED', 'No proof of identity is asked for.');
}
