import {
  inOrder,
  refuse,
  refuseProcess,
  unreachable,
  type Decide,
  type Decision,
  type DecisionContext,
  type Refusal,
} from '#kernel';
import type { Law } from '#law';
import type { PublicationEvent } from './events.ts';
import type { Planned, PublicationState } from './publication.ts';

export { under } from '#law';

export type Rule<Command, Reads = Record<string, never>> = Decide<
  Command,
  PublicationState,
  PublicationEvent,
  Reads,
  Law
>;

/**
 * A step of a publication that is there, by a person. One that changes something did not happen before the one it follows; what is
 * only told again may be as old as it is.
 */
export function following<Command, Reads = Record<string, never>>(
  rule: (command: Command, state: Planned, context: DecisionContext<Reads>, law: Law) => Decision<PublicationEvent>,
): Rule<Command, Reads> {
  return (command, state, context, law) => {
    if (state.status === 'none') return unknownPublication();
    return inOrder(refuseByProcess(context) ?? rule(command, state, context, law), state, context);
  };
}

/** What everybody is shown, a person decides. */
export function refuseByProcess(context: Pick<DecisionContext, 'actor'>): Refusal | undefined {
  return refuseProcess(context, 'A person of the authority takes this decision.');
}

export function unknownPublication(): Refusal {
  return refuse('notFound', 'UNKNOWN_PUBLICATION', 'There is no such publication.');
}

/** Why a step does not fit where the publication stands. */
export function notNow({ status }: Pick<Planned, 'status'>): Refusal {
  switch (status) {
    case 'planned':
      return refuse('conflict', 'PUBLICATION_CONSENT_NOT_CHECKED', 'Nobody has looked whether the complainant agrees.');
    case 'consent-checked':
      return refuse('conflict', 'NOT_REDACTED', 'Nobody has said what is to be shown.');
    case 'redacted':
      return refuse('conflict', 'NOT_PUBLISHED', 'It is not published.');
    case 'published':
      return refuse('conflict', 'ALREADY_PUBLISHED', 'It is published: it can be corrected or withdrawn.');
    case 'excluded':
      return refuse('conflict', 'PUBLICATION_EXCLUDED', 'The complaint was excluded from publicity.');
    case 'withdrawn':
      return refuse('conflict', 'PUBLICATION_WITHDRAWN', 'The publication was withdrawn.');
    case 'expired':
      return refuse('conflict', 'PUBLICATION_EXPIRED', 'The time of the publication is over.');
    default:
      return unreachable(status);
  }
}
