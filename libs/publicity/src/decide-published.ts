import type { Party } from '#complaints/events';
import { refuse, type Decision, type DecisionContext, type Instant, type LocalDate, type Refusal } from '#kernel';
import { isBy } from '#law';
import { TERM_CLOCK } from './clocks.ts';
import type {
  CorrectPublication,
  DecidePublicationObjection,
  ExpirePublication,
  RaisePublicationObjection,
  WithdrawPublication,
} from './commands.ts';
import { isShownAlready } from './decide-queue.ts';
import type { PublicationEvent } from './events.ts';
import type { Published } from './publication.ts';
import type { ShowReads } from './reads.ts';
import { following, notNow, unknownPublication, type Rule } from './refusals.ts';
import { shownOf } from './shown.ts';

/** While everybody sees it, and how that ends. */

export const raiseObjection: Rule<RaisePublicationObjection> = published(
  ({ by, evidence = [] }, state, { actor, persons }) => {
    const refusal = refuseSpeaking(actor.role, by, evidence);
    if (refusal !== undefined) return refusal;
    if (state.openObjection !== null) {
      return refuse('conflict', 'OBJECTION_OPEN', 'An objection is still to be decided.');
    }
    const reason = persons['reason']?.personId;
    if (reason === undefined) return reasonRequired();
    const data = { objection: state.objections + 1, by, reason, evidence };
    return [{ type: 'PublicationObjectionRaised', data }];
  },
);

export const decideObjection: Rule<DecidePublicationObjection> = published(
  ({ result, evidence = [] }, state, { persons }) => {
    const { openObjection: objection } = state;
    if (objection === null) return refuse('conflict', 'NO_OBJECTION_OPEN', 'Nobody objects to it.');
    const reason = persons['reason']?.personId;
    if (reason === undefined) return reasonRequired();
    return result === 'rejected'
      ? [{ type: 'PublicationObjectionRejected', data: { objection, reason, evidence } }]
      : [{ type: 'PublicationWithdrawn', data: { cause: 'objection-upheld', objection, note: reason, evidence } }];
  },
);

export const correct: Rule<CorrectPublication, ShowReads> = published((command, state, context) => {
  const reason = context.persons['reason']?.personId;
  if (reason === undefined) return reasonRequired();
  const shown = shownOf(command, state, context);
  if ('refused' in shown) return shown;
  return isShownAlready(state.shown, shown) ? [] : [{ type: 'PublicationCorrected', data: { shown, reason } }];
});

export const withdraw: Rule<WithdrawPublication> = published(({ cause, evidence = [] }, _, { persons }) => {
  const note = persons['note']?.personId ?? null;
  if (cause === 'other' && note === null) {
    return refuse('invalid', 'REASON_REQUIRED', 'Another cause is given in words.', 'note');
  }
  return [{ type: 'PublicationWithdrawn', data: { cause, objection: null, note, evidence } }];
});

/** Silence where it is not shown any more, or its last day has become another one. An objection that is open ends with it. */
export const expire: Rule<ExpirePublication> = (_, state, { occurredAt }) => {
  if (state.status === 'none') return unknownPublication();
  const dueOn = state.status === 'published' ? endedWith(state, occurredAt) : undefined;
  return dueOn === undefined ? [] : [{ type: 'PublicationExpired', data: { dueOn } }];
};

/**
 * A step on what is shown, not after its last day: what came later is refused also where nobody has noticed yet that the time is
 * over.
 */
function published<Command, Reads = Record<string, never>>(
  rule: (command: Command, state: Published, context: DecisionContext<Reads>) => Decision<PublicationEvent>,
): Rule<Command, Reads> {
  return following<Command, Reads>((command, state, context) => {
    if (state.status !== 'published') return notNow(state);
    if (endedWith(state, context.occurredAt) !== undefined) return notNow({ status: 'expired' });
    return rule(command, state, context);
  });
}

/** The last day on which it was shown, when that has passed. */
function endedWith({ clocks }: Published, at: Instant): LocalDate | undefined {
  const due = clocks[TERM_CLOCK]?.due ?? null;
  return due === null || isBy(due, at) ? undefined : due;
}

/** A merchant speaks for itself; what somebody else enters for a party is proven. */
function refuseSpeaking(role: string, by: Party, evidence: readonly string[]): Refusal | undefined {
  if (role === 'merchant') {
    if (by === 'respondent') return undefined;
    return refuse('forbidden', 'NOT_YOUR_PARTY', 'A merchant speaks for the respondent alone.', 'by');
  }
  if (evidence.length > 0) return undefined;
  return refuse('invalid', 'EVIDENCE_REQUIRED', 'What somebody else said is proven.', 'evidence');
}

function reasonRequired(): Refusal {
  return refuse('invalid', 'REASON_REQUIRED', 'A reason is given in words.', 'reason');
}
