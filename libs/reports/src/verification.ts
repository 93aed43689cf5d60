import { notByTheHead } from '#access';
import type { Decide } from '#kernel';
import { refuse, type Refusal } from '#kernel';
import { grantTime, restartClock, stopClock, type Law } from '#law';
import type {
  CompleteVerification,
  ExtendVerification,
  ResumeVerification,
  StartVerification,
  SuspendVerification,
} from './commands.ts';
import type { ReportEvent } from './events.ts';
import { handling, withoutClock } from './refusals.ts';
import type { Open, ReportState } from './report.ts';

// 核查: what is found out before filing is decided.

type Rule<Command> = Decide<Command, ReportState, ReportEvent, Record<string, never>, Law>;

export const startVerification: Rule<StartVerification> = handling((_, state) => {
  if (state.status !== 'received') return startedBefore(state);
  return [{ type: 'VerificationStarted', data: {} }];
});

/** Of the head, and in time: later it has no effect, and there is no second one (T-09). */
export const extendVerification: Rule<ExtendVerification> = handling(({ workingDays }, state, context, law) => {
  const refusal = notStarted(state) ?? notByTheHead(context);
  if (refusal !== undefined) return refusal;
  const { verification } = state.clocks;
  if (verification === undefined) return withoutClock();
  const granted = grantTime(verification, workingDays, context, law, 'workingDays');
  if ('refused' in granted) return granted;
  const { grantedOn, by, reading } = granted;
  return [{ type: 'VerificationExtended', data: { grantedOn, by, clocks: [reading] } }];
});

export const suspendVerification: Rule<SuspendVerification> = handling(({ kind }, state, { now, today }, law) => {
  if (state.status !== 'verifying') return notStarted(state) ?? startedBefore(state);
  const { verification } = state.clocks;
  if (verification === undefined) return withoutClock();
  const standstill = String(state.standstills.begun + 1);
  const reading = stopClock(verification, { id: standstill, from: today, reason: kind }, now, law, 'kind');
  if ('refused' in reading) return reading;
  return [{ type: 'VerificationSuspended', data: { standstill, kind, clocks: [reading] } }];
});

export const resumeVerification: Rule<ResumeVerification> = handling((command, state, { today }, law) => {
  const open = state.standstills.open.map(({ standstill }) => standstill);
  if (open.length === 0) return refuse('conflict', 'NO_STANDSTILL', 'The verification does not stand still.');
  const standstill = command.standstill ?? (open.length === 1 ? open[0] : undefined);
  if (standstill === undefined) {
    return refuse('invalid', 'STANDSTILL_REQUIRED', `Several go on: ${open.join(', ')}.`, 'standstill');
  }
  if (!open.includes(standstill)) {
    return refuse('invalid', 'UNKNOWN_STANDSTILL', 'None of this number goes on.', 'standstill');
  }
  const clocks = [restartClock(state.clocks['verification']!, standstill, today, law)];
  return [{ type: 'VerificationResumed', data: { standstill, clocks } }];
});

export const completeVerification: Rule<CompleteVerification> = handling((_, state) => {
  if (state.status !== 'verifying') return notStarted(state) ?? startedBefore(state);
  if (state.standstills.open.length > 0) {
    return refuse('conflict', 'STANDSTILL_OPEN', 'Testing or the like still goes on: its result is part of the facts.');
  }
  return [{ type: 'VerificationCompleted', data: {} }];
});

function notStarted({ status }: Open): Refusal | undefined {
  if (status !== 'received') return undefined;
  return refuse('conflict', 'VERIFICATION_NOT_STARTED', 'The report is not being verified yet.');
}

function startedBefore({ status }: Open): Refusal {
  return status === 'verified'
    ? refuse('conflict', 'VERIFICATION_COMPLETED', 'It was verified: whether a case is filed is to be decided.')
    : refuse('conflict', 'VERIFICATION_STARTED', 'The report is being verified already.');
}
