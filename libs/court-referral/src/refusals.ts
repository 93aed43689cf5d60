import { refuse, refuseProcess, type DecisionContext, type Refusal } from '#kernel';
import type { ReferralState } from './referral.ts';

export { under } from '#law';
export { refuseSpeaking } from '#negotiation/events';

/** A step on a referral of one direction: by a person, and on one that exists. */
export function refuseStep(
  state: ReferralState,
  direction: 'TO_COURT' | 'FROM_COURT',
  context: DecisionContext<unknown>,
): Refusal | undefined {
  if (state.direction === 'none') return unknownReferral();
  if (state.direction !== direction) {
    const detail = `This referral is ${state.direction}; the step is one of the other direction.`;
    return refuse('conflict', 'OTHER_DIRECTION', detail);
  }
  return refuseByProcess(context);
}

/** What happens between parties, bodies and courts is done by people; processes only note that time ran out. */
export function refuseByProcess(context: DecisionContext<unknown>): Refusal | undefined {
  return refuseProcess(context, 'A person of the court, the authority or the body does this.');
}

/** What a court does is told by its own key, or proven. */
export function refuseUnproven(role: string, evidence: readonly string[]): Refusal | undefined {
  return role === 'court' ? undefined : needsProof(evidence, 'What a court did, entered by somebody else, is proven.');
}

function needsProof(evidence: readonly string[], detail: string): Refusal | undefined {
  return evidence.length > 0 ? undefined : refuse('invalid', 'EVIDENCE_REQUIRED', detail, 'evidence');
}

export function unknownReferral(): Refusal {
  return refuse('notFound', 'UNKNOWN_REFERRAL', 'There is no such referral.');
}
