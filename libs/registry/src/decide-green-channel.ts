import { outOfTime, refuse, type Decision, type DecisionContext } from '#kernel';
import type { CloseGreenChannel, OpenGreenChannel, ResumeGreenChannel, SuspendGreenChannel } from './commands.ts';
import type { SubjectEvent } from './events.ts';
import type { GreenChannelStatus, Subject } from './subject.ts';

export function openGreenChannel(
  _: OpenGreenChannel,
  state: Subject,
  context: DecisionContext,
): Decision<SubjectEvent> {
  return from(state, context, ['none', 'closed'], () => [{ type: 'GreenChannelOpened', data: {} }]);
}

export function suspendGreenChannel(
  { reason }: SuspendGreenChannel,
  state: Subject,
  context: DecisionContext,
): Decision<SubjectEvent> {
  return from(state, context, ['active'], () => [{ type: 'GreenChannelSuspended', data: { reason } }]);
}

export function resumeGreenChannel(
  _: ResumeGreenChannel,
  state: Subject,
  context: DecisionContext,
): Decision<SubjectEvent> {
  return from(state, context, ['suspended'], () => [{ type: 'GreenChannelResumed', data: {} }]);
}

export function closeGreenChannel(
  { reason }: CloseGreenChannel,
  state: Subject,
  context: DecisionContext,
): Decision<SubjectEvent> {
  return from(state, context, ['active', 'suspended'], () => [{ type: 'GreenChannelClosed', data: { reason } }]);
}

function from(
  state: Subject,
  context: DecisionContext,
  allowed: readonly GreenChannelStatus[],
  step: () => Decision<SubjectEvent>,
): Decision<SubjectEvent> {
  if (state.status === 'empty') return refuse('notFound', 'NOT_FOUND', 'There is no subject with this code.');
  const { greenChannel } = state;
  if (!allowed.includes(greenChannel)) {
    const detail = `The green channel is ${greenChannel}; this step does not follow.`;
    return refuse('conflict', `GREEN_CHANNEL_IS_${greenChannel.toUpperCase()}`, detail);
  }
  return outOfTime(state, context) ?? step();
}
