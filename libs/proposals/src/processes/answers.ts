import type { RecordedEvent } from '#kernel';
import type { Law } from '#law';
import type { ProposalEvents, ProposalKind } from '../events.ts';
import { afterAgreement } from './after-agreement.ts';
import { afterClosing } from './after-closing.ts';
import { afterComplaint } from './after-complaint.ts';
import { afterCourt } from './after-court.ts';
import { afterMediation } from './after-mediation.ts';
import { afterNegotiation } from './after-negotiation.ts';
import { afterSettlement } from './after-settlement.ts';

/** What follows from an event for proposals. Pure: the same event has the same answers. */
export type ProposalAnswer =
  | { readonly answer: 'make'; readonly made: ProposalEvents['ProposalMade'] }
  | { readonly answer: 'take' | 'withdraw'; readonly kind: ProposalKind; readonly object: string };

/** What follows for another procedure without a person: its own rule says whether, and nothing where it says no. */
export interface ProcedureAnswer {
  readonly answer: 'give';
  readonly category: string;
  /** A command that its context takes from processes. */
  readonly action: string;
  readonly id: string;
  readonly command: object;
}
export type Answer = ProposalAnswer | ProcedureAnswer;

/** One process: the event types it answers, and how. */
export interface AnsweringProcess {
  readonly types: readonly string[];
  readonly asksForSettlements?: true;
  /**
   * `opening` is the first event of the same stream: it tells what the object is about. `settled` are the ids of the negotiations
   * of the same dispute that are said to be settled, where the process asks for them.
   */
  answer(event: RecordedEvent, law: Law, opening: RecordedEvent, settled: readonly string[]): readonly Answer[];
}

/** Every process that links one procedure to another: another one is a file and a line here. */
const processes: readonly AnsweringProcess[] = [
  afterNegotiation,
  afterComplaint,
  afterSettlement,
  afterMediation,
  afterAgreement,
  afterCourt,
  afterClosing,
];

export const answeredTypes: readonly string[] = [...new Set(processes.flatMap(({ types }) => types))];

const askingTypes: ReadonlySet<string> = new Set(
  processes.flatMap(({ types, asksForSettlements }) => (asksForSettlements === true ? types : [])),
);

/** Whether the answers hang on the negotiations of the same dispute. */
export function asksForSettlements({ type }: Pick<RecordedEvent, 'type'>): boolean {
  return askingTypes.has(type);
}

export function answersTo(
  event: RecordedEvent,
  law: Law,
  opening: RecordedEvent,
  settled: readonly string[] = [],
): Answer[] {
  const asked = processes.filter(({ types }) => types.includes(event.type));
  return asked.flatMap((process) => process.answer(event, law, opening, settled));
}

/** The command that an answer to an event is given by. */
export function commandOf(answer: Answer, { type }: Pick<RecordedEvent, 'type'>): Omit<ProcedureAnswer, 'answer'> {
  const proposal = { category: 'proposal', action: answer.answer } as const;
  switch (answer.answer) {
    case 'make':
      return { ...proposal, id: `${answer.made.kind}.${answer.made.object}`, command: { made: answer.made } };
    case 'take':
      return { ...proposal, id: `${answer.kind}.${answer.object}`, command: { by: type } };
    case 'withdraw':
      return { ...proposal, id: `${answer.kind}.${answer.object}`, command: { because: type } };
    case 'give':
      return answer;
  }
}
