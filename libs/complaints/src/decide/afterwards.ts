import { refuse, type Refusal } from '#kernel';
import type { RecordFollowUp, RecordSatisfaction, ReopenComplaint } from '../commands.ts';
import type { Standing } from '../complaint.ts';
import { reasonRequired } from '../refusals.ts';
import { following, OFFICERS, onlyBy, reading, TAKES_DOWN, under, type Rule } from '../step.ts';

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
 * 重新办理, by the head (负责人), who says so: no role stands for the office. It goes on where it had come, with the clock of the
 * day of reopening; one that was never accepted is decided on again.
 */
export const reopen: Rule<ReopenComplaint> = following((command, state, context, law) => {
  const to = reopensTo(state);
  if (typeof to !== 'string') return to;
  const refusal = onlyBy(OFFICERS, context);
  if (refusal !== undefined) return refusal;
  if (!command.asHead) {
    return refuse('forbidden', 'HEAD_REQUIRED', 'The head of the authority decides on reopening.', 'asHead');
  }
  const reason = context.persons['reason']?.personId;
  if (reason === undefined) return reasonRequired('It is told why it is handled again.');
  const clock = reading(to, context.today, law);
  const data = { to, round: state.file.round + 1, reason, clocks: [clock] };
  return [{ type: 'ComplaintReopened', ...under(clock), data }];
});

function reopensTo(state: Standing): 'acceptance' | 'mediation' | Refusal {
  if (state.status === 'not-accepted' && state.notified) return 'acceptance';
  if (state.status !== 'closed') return notClosed();
  return state.file.facts.acceptedOn === null ? 'acceptance' : 'mediation';
}

function notClosed(): Refusal {
  return refuse('conflict', 'COMPLAINT_NOT_CLOSED', 'The complaint is not closed.');
}
