import { notByTheHead } from '#access';
import { refuse, type Refusal } from '#kernel';
import type { RecordFollowUp, RecordSatisfaction, ReopenComplaint } from '../commands.ts';
import type { Standing } from '../complaint.ts';
import { reasonRequired } from '../refusals.ts';
import { following, onlyBy, reading, TAKES_DOWN, under, type Rule } from '../step.ts';
import type { ReopenedTo } from '../terms.ts';

/** 回访 (S1 Art. 26). Any number of times. */
export const recordFollowUp: Rule<RecordFollowUp> = following((command, state, context) => {
  if (state.status !== 'closed') return notClosed();
  const refusal = onlyBy(TAKES_DOWN, context);
  if (refusal !== undefined) return refusal;
  const { channel, reached, performance = null } = command;
  if (!reached && performance !== null) {
    return refuse('invalid', 'NOBODY_REACHED', 'Who was not reached has said nothing.', 'performance');
  }
  return [{ type: 'FollowUpRecorded', data: { channel, reached, performance } }];
});

export const recordSatisfaction: Rule<RecordSatisfaction> = following(({ satisfaction }, state, context) => {
  if (state.status !== 'closed') return notClosed();
  const refusal = onlyBy(TAKES_DOWN, context);
  if (refusal !== undefined) return refusal;
  if (state.isRated) {
    return refuse(
      'conflict',
      'SATISFACTION_RECORDED',
      'The complainant has said so before; it is not asked until it fits.',
    );
  }
  return [{ type: 'SatisfactionRecorded', data: { satisfaction } }];
});

/**
 * 重新办理, by the head (负责人). It goes on where it had come, with the clock of the day of reopening; one that was never accepted is decided on again.
 */
export const reopen: Rule<ReopenComplaint> = following((_, state, context, law) => {
  const to = reopensTo(state);
  if (typeof to !== 'string') return to;
  const refusal = notByTheHead(context);
  if (refusal !== undefined) return refusal;
  const reason = context.persons['reason']?.personId;
  if (reason === undefined) return reasonRequired('It is told why it is handled again.');
  const known = { to, round: state.file.round + 1, reason };
  if (to === 'intake') return [{ type: 'ComplaintReopened', data: { ...known, clocks: [] } }];
  const clock = reading(to, context.today, law);
  return [{ type: 'ComplaintReopened', ...under(clock), data: { ...known, clocks: [clock] } }];
});

function reopensTo(state: Standing): ReopenedTo | Refusal {
  if (state.status === 'not-accepted' && state.notified) return 'acceptance';
  if (state.status !== 'closed') return notClosed();
  if (state.file.facts.acceptedOn !== null) return 'mediation';
  return state.file.assignments.at(-1)?.leftAt === null ? 'acceptance' : 'intake';
}

function notClosed(): Refusal {
  return refuse('conflict', 'COMPLAINT_NOT_CLOSED', 'The complaint is not closed.');
}
