import { notByTheHead } from '#access';
import { grantTime, restartClock, stopClock } from '#law';
import type {
  CompleteClueVerification,
  ExtendClueVerification,
  ResumeClueVerification,
  SuspendClueVerification,
} from './commands.ts';
import { inState, type Rule } from './refusals.ts';
import { endingStandstill, nextStandstill, standsStill } from './standstill.ts';

// 线索核查: the same time, extension and standstills as for a report (S4 Art. 18).

/** Of the head, and in time: later it has no effect, and there is no second one (T-09). */
export const extendClue: Rule<ExtendClueVerification> = inState(
  ['clue', 'clue-verified'],
  ({ workingDays }, state, context, law) => {
    const refusal = notByTheHead(context);
    if (refusal !== undefined) return refusal;
    const granted = grantTime(state.clocks['clue-verification']!, workingDays, context, law, 'workingDays');
    if ('refused' in granted) return granted;
    const { grantedOn, by, reading } = granted;
    return [{ type: 'ClueVerificationExtended', data: { grantedOn, by, clocks: [reading] } }];
  },
);

export const suspendClue: Rule<SuspendClueVerification> = inState(['clue'], ({ kind }, state, { now, today }, law) => {
  const standstill = nextStandstill(state);
  const clock = state.clocks['clue-verification']!;
  const stopped = stopClock(clock, { id: standstill, from: today, reason: kind }, now, law, 'kind');
  if ('refused' in stopped) return stopped;
  return [{ type: 'ClueVerificationSuspended', data: { standstill, kind, clocks: [stopped] } }];
});

export const resumeClue: Rule<ResumeClueVerification> = inState(['clue'], (command, state, { today }, law) => {
  const standstill = endingStandstill(state, command.standstill);
  if (typeof standstill !== 'string') return standstill;
  const clocks = [restartClock(state.clocks['clue-verification']!, standstill, today, law)];
  return [{ type: 'ClueVerificationResumed', data: { standstill, clocks } }];
});

export const completeClue: Rule<CompleteClueVerification> = inState(
  ['clue'],
  (_, state) => standsStill(state) ?? [{ type: 'ClueVerificationCompleted', data: {} }],
);
