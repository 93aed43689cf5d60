import {
  formatInstant,
  isRefusal,
  refuse,
  type Decision,
  type DecisionContext,
  type NewEvent,
  type Refusal,
} from '#kernel';
import type { ClockReading } from '#law';
import type { Party } from '#negotiation/events';
import type { Known, ReferralState } from './referral.ts';

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
  return refuseProcess(context);
}

/** A step that changes something did not happen before the one it follows; what is only told again may be as old as it is. */
export function inOrder<Event extends NewEvent>(
  decision: Decision<Event>,
  state: Known,
  context: DecisionContext<unknown>,
): Decision<Event> {
  if (isRefusal(decision) || decision.length === 0) return decision;
  return refuseBeforePrevious(state, context) ?? decision;
}

/** Asked by a rule itself where what it reads makes no sense backwards. */
export function refuseBeforePrevious(
  { previousAt }: Known,
  { occurredAt }: DecisionContext<unknown>,
): Refusal | undefined {
  if (occurredAt >= previousAt) return undefined;
  const detail = `The step before it happened at ${formatInstant(previousAt)}.`;
  return refuse('invalid', 'OCCURRED_BEFORE_PREVIOUS_STEP', detail, 'occurredAt');
}

/** What happens between parties, bodies and courts is done by people; processes only note that time ran out. */
export function refuseProcess({ actor }: DecisionContext<unknown>): Refusal | undefined {
  if (actor.role !== 'process') return undefined;
  return refuse('forbidden', 'HUMAN_DECISION_REQUIRED', 'A person of the court, the authority or the body does this.');
}

/** A party's own key speaks for that party alone; what somebody else enters for it is proven. */
export function refuseSpeaking(role: string, party: Party, evidence: readonly string[]): Refusal | undefined {
  const own = role === 'merchant' ? 'merchant' : role === 'public' ? 'consumer' : undefined;
  if (own !== undefined && own !== party) {
    return refuse('forbidden', 'NOT_YOUR_PARTY', `A key of role ${role} cannot speak for this party.`, 'party');
  }
  return own === undefined ? needsProof(evidence, 'A consent that somebody else enters is proven.') : undefined;
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

/** The rule version under which an event stands, where one could be told. */
export function under({ rule }: ClockReading): { ruleVersion?: string } {
  return rule === null ? {} : { ruleVersion: rule };
}
