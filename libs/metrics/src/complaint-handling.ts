import type { RecordedComplaintEvent } from '#complaints/events';
import { outcomeOfComplaint } from '#disputes/events';
import { PARKED } from './fact-kind.ts';

/** How the handling (处理) of a complaint stands: what came of it last, whatever its dates. */
export const COMPLAINT_HANDLINGS = [
  /** Neither accepted nor declined. */
  'NONE',
  /** Accepted, and without a result. */
  'ACCEPTED',
  /** It had a result after its acceptance and was reopened: what comes of it has to be seen again. */
  'PENDING_AGAIN',
  'NOT_ACCEPTED',
  /** The complainant withdrew it before there was a decision. */
  'WITHDRAWN_UNDECIDED',
  /** Agreement in mediation (调解达成协议). */
  'MEDIATED',
  /** Settled by the parties themselves (双方自行和解), with proof on file. */
  'SELF_SETTLED',
  'SELF_SETTLED_UNPROVEN',
  /** Mediation terminated on S1 Art. 23(1) grounds (2) to (5): refused, absent, no agreement, the fee of an appraisal. */
  'TERMINATED',
  /** The same on ground (8), any other that laws or rules provide. */
  'TERMINATED_OTHERWISE',
  'WITHDRAWN',
  /** Found after acceptance to fall under Art. 16(1), (2), (4) or (7). */
  'DISQUALIFIED',
  /** Found to fall under Art. 16(3), (5), (6) or 42. */
  'DISQUALIFIED_MALICIOUS',
  /** A party died or ceased to exist: ground (7). */
  'PARTY_CEASED',
  PARKED,
] as const;
export type ComplaintHandling = (typeof COMPLAINT_HANDLINGS)[number];

/** How a complaint stands after an event. */
export function handlingAfter(handling: ComplaintHandling, event: RecordedComplaintEvent): ComplaintHandling {
  switch (event.type) {
    case 'ComplaintAccepted':
      return handling === 'PENDING_AGAIN' ? handling : 'ACCEPTED';
    case 'ComplaintNotAccepted':
      return 'NOT_ACCEPTED';
    case 'ComplaintConcluded':
      return concluded(wasAccepted(handling), event.data);
    case 'ComplaintReopened':
      return wasAccepted(handling) ? 'PENDING_AGAIN' : 'NONE';
    default:
      return handling;
  }
}

type Conclusion = Extract<RecordedComplaintEvent, { type: 'ComplaintConcluded' }>['data'];

function concluded(isAccepted: boolean, conclusion: Conclusion): ComplaintHandling {
  const outcome = outcomeOfComplaint(conclusion);
  switch (outcome) {
    case 'MEDIATED':
    case 'SELF_SETTLED':
    case 'SELF_SETTLED_UNPROVEN':
    case 'DISQUALIFIED':
    case 'DISQUALIFIED_MALICIOUS':
    case 'PARTY_CEASED':
      return outcome;
    case 'WITHDRAWN':
      return isAccepted ? 'WITHDRAWN' : 'WITHDRAWN_UNDECIDED';
    case 'TERMINATED':
      return conclusion.ground === '23(1)(8)' ? 'TERMINATED_OTHERWISE' : 'TERMINATED';
    default:
      throw new Error(`a complaint does not end as ${outcome}`);
  }
}

function wasAccepted(handling: ComplaintHandling): boolean {
  return handling !== 'NONE' && handling !== 'NOT_ACCEPTED' && handling !== 'WITHDRAWN_UNDECIDED';
}
