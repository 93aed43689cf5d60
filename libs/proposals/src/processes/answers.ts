import type { RecordedEvent } from '#kernel';
import type { Law } from '#law';
import type { ProposalEvents, ProposalKind } from '../events.ts';
import { afterAgreement } from './after-agreement.ts';
import { afterBreach } from './after-breach.ts';
import { afterCourt } from './after-court.ts';
import { afterMediation } from './after-mediation.ts';
import { afterNegotiation } from './after-negotiation.ts';
import { afterSettlement } from './after-settlement.ts';
import type { Siblings } from './siblings.ts';

/** What follows from an event for proposals. Pure: the same event, among the same procedures, has the same answers. */
export type ProposalAnswer =
  | { readonly answer: 'make'; readonly made: ProposalEvents['ProposalMade'] }
  | { readonly answer: 'take' | 'withdraw'; readonly kind: ProposalKind; readonly object: string };

/** One process: the event types it answers, and how. */
export interface AnsweringProcess {
  readonly types: readonly string[];
  /** Those whose answer rests on the other procedures of the dispute, too. */
  readonly typesWithSiblings?: readonly string[];
  /** `opening` is the first event of the same stream: it tells what the object is about. */
  answer(event: RecordedEvent, law: Law, opening: RecordedEvent, siblings: Siblings): readonly ProposalAnswer[];
}

/** Every process that links one procedure to another: another one is a file and a line here. */
const processes: readonly AnsweringProcess[] = [
  afterNegotiation,
  afterSettlement,
  afterMediation,
  afterAgreement,
  afterBreach,
  afterCourt,
];

export const answeredTypes: readonly string[] = [...new Set(processes.flatMap(({ types }) => types))];

export const typesWithSiblings: ReadonlySet<string> = new Set(
  processes.flatMap((process) => process.typesWithSiblings ?? []),
);

export function answersTo(
  event: RecordedEvent,
  law: Law,
  opening: RecordedEvent,
  siblings: Siblings,
): ProposalAnswer[] {
  const asked = processes.filter(({ types }) => types.includes(event.type));
  return asked.flatMap((process) => process.answer(event, law, opening, siblings));
}
