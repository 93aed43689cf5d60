import { refuse, unreachable, type Refusal } from '#kernel';
import type { Accepted, Standing } from './complaint.ts';

// What several commands are refused with.

export function unknownComplaint(): Refusal {
  return refuse('notFound', 'UNKNOWN_COMPLAINT', 'There is no such complaint.');
}

export function humanDecisionRequired(): Refusal {
  return refuse('forbidden', 'HUMAN_DECISION_REQUIRED', 'A person of the authority takes this decision.');
}

export function reasonRequired(detail: string): Refusal {
  return refuse('invalid', 'REASON_REQUIRED', detail, 'reason');
}

export function notMediated(state: Exclude<Standing, Accepted>): Refusal {
  return state.status === 'received'
    ? refuse('conflict', 'NOT_YET_ACCEPTED', 'There is no mediation before the complaint is accepted.')
    : decidedBefore(state);
}

/** Why a step that leads to a decision comes too late, or at a time at which nobody may decide. */
export function decidedBefore({ status }: Exclude<Standing, { readonly status: 'received' }>): Refusal {
  switch (status) {
    case 'accepted':
      return refuse('conflict', 'ALREADY_ACCEPTED', 'The complaint was accepted before.');
    case 'not-accepted':
      return refuse('conflict', 'ALREADY_DECLINED', 'The complaint was declined before.');
    case 'concluded':
      return refuse(
        'conflict',
        'ALREADY_CONCLUDED',
        'The complaint was concluded before; notice is still to be given.',
      );
    case 'closed':
      return refuse('conflict', 'COMPLAINT_CLOSED', 'The complaint is closed.');
    case 'returned':
      return refuse('conflict', 'RETURNED_TO_INTAKE', 'The intake body has it, until it is sent to an authority.');
    case 'transferred':
      return refuse(
        'conflict',
        'TRANSFERRED_OUT',
        'It is on its way to another authority, which is to receive it first.',
      );
    case 'merged':
      return refuse('conflict', 'COMPLAINT_MERGED', 'It is handled together with another complaint.');
    default:
      return unreachable(status);
  }
}
