import { refuse, unreachable, type Refusal } from '#kernel';
import type { Standing } from './mediation.ts';

// What several commands are refused with.

export function unknownMediation(): Refusal {
  return refuse('notFound', 'UNKNOWN_MEDIATION', 'There is no such mediation.');
}

export function humanDecisionRequired(): Refusal {
  return refuse('forbidden', 'HUMAN_DECISION_REQUIRED', 'A person takes this decision, and answers for it.');
}

/** Why a step does not follow from where the mediation is. */
export function wrongState({ status }: Pick<Standing, 'status'>): Refusal {
  switch (status) {
    case 'proposed':
      return refuse('conflict', 'NOT_YET_ACCEPTED', 'The body has not taken it up yet.');
    case 'declined':
      return refuse('conflict', 'MEDIATION_DECLINED', 'The body did not take it up.');
    case 'live':
      return refuse('conflict', 'NO_AGREEMENT_YET', 'The parties have not agreed yet.');
    case 'agreed':
      return refuse('conflict', 'AGREEMENT_REACHED', 'The parties have agreed; it is still to be signed.');
    case 'effective':
      return refuse('conflict', 'AGREEMENT_EFFECTIVE', 'An agreement has taken effect.');
    case 'terminated':
      return refuse('conflict', 'MEDIATION_TERMINATED', 'The mediation was terminated.');
    default:
      return unreachable(status);
  }
}

/** 虚假调解: while it is looked into, and once it was found, nobody is brought together under it and nothing is agreed (S9 18). */
export function refuseSham(sham: 'reported' | 'sham' | 'no-sham' | null | undefined): Refusal | undefined {
  if (sham === 'reported') {
    return refuse('conflict', 'SHAM_UNDER_REVIEW', 'A possible sham is under review: mediation is suspended (S9 18).');
  }
  if (sham === 'sham') return refuse('conflict', 'SHAM_MEDIATION', 'It was found to be a sham: nothing is agreed.');
  return undefined;
}

export function suspended(): Refusal {
  return refuse('conflict', 'MEDIATION_SUSPENDED', 'A recusal is still to be decided.');
}
