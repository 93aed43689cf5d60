import { documentsGiven, isRefusal, type Decide, type Decision, type DecisionContext, type LocalDate } from '#kernel';
import type { Clocks, Law } from '#law';
import type { ComplaintState } from '../complaint.ts';
import type { ComplaintEvent } from '../events.ts';
import { complaintsView, type ComplaintDocument } from '../views/complaints.ts';
import { givenComplaint, law, onDay, receivedAt, type Given } from './given-complaint.ts';

type Rule<Command, Reads> = Decide<Command, ComplaintState, ComplaintEvent, Reads, Law>;

/** A complaint to which one step after another happens, each at ten in the morning of its day. */
export interface Story {
  readonly history: readonly Given[];
  readonly state: ComplaintState;
  readonly clocks: Clocks;
  readonly document: ComplaintDocument;
  /** The story with what follows from a command. Throws when the command is refused. */
  then<Command extends object, Reads>(
    rule: Rule<Command, Reads>,
    command: Command,
    day: LocalDate,
    context?: Partial<DecisionContext<Reads>>,
  ): Story;
  /** What follows from a command. */
  decide<Command extends object, Reads>(
    rule: Rule<Command, Reads>,
    command: Command,
    day: LocalDate,
    context?: Partial<DecisionContext<Reads>>,
  ): Decision<ComplaintEvent>;
}

/** A complaint that was received on a day. */
export function played(receivedOn: LocalDate): Story {
  return storyOf([receivedAt(onDay(receivedOn).occurredAt)]);
}

export function storyOf(history: readonly Given[]): Story {
  const { state } = givenComplaint(history);
  const decide: Story['decide'] = (rule, command, day, context = {}) =>
    givenComplaint(history, law).when(rule, command, {
      ...onDay(day),
      now: onDay(day).occurredAt,
      ...context,
    } as never).decision;
  return {
    history,
    state,
    clocks: state.status === 'none' ? {} : state.clocks,
    get document() {
      const events = history.map((event) => ({ ...event, stream: 'complaint-C1' }));
      return documentsGiven(complaintsView, events).get('C1')!;
    },
    decide,
    then(rule, command, day, context) {
      const decision = decide(rule, command, day, context);
      if (isRefusal(decision)) throw new Error(decision.code);
      const actor = context?.actor ?? { id: 'key-1', role: 'officer' };
      const { occurredAt } = { ...onDay(day), ...context };
      const recordedAt = context?.now ?? occurredAt;
      return storyOf([...history, ...decision.map((event) => ({ ...event, occurredAt, recordedAt, actor }) as Given)]);
    },
  };
}
