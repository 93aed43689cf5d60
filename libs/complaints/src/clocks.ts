import { localDateOf } from '#kernel';
import type { ClockChange, ClockReading } from '#law';
import type { RecordedComplaintEvent } from './events.ts';

/** Clocks (期限) of a complaint: 受理并告知, 调解, 终止调解告知. The rules that govern them are those of the table of deadlines. */
export const COMPLAINT_CLOCKS = {
  acceptance: 'L-01',
  mediation: 'L-02',
  'termination-notice': 'L-03',
} as const;
export type ComplaintClock = keyof typeof COMPLAINT_CLOCKS;

/**
 * What an event of a complaint does to its clocks. Acceptance is complete with the notice, not with the decision (S1 Art. 15).
 * Nothing but an appraisal stops the mediation (T-08): neither a negotiation between the parties nor a request for proof of
 * identity does.
 */
export function complaintClockChanges(event: RecordedComplaintEvent): readonly ClockChange[] {
  switch (event.type) {
    case 'ComplaintReceived':
      return opened('acceptance', localDateOf(event.occurredAt), event.data.clocks);
    case 'ComplaintAccepted':
      return opened('mediation', event.data.acceptedOn, event.data.clocks);
    case 'AcceptanceDecisionNotified':
      return [{ change: 'completed', clock: 'acceptance' }];
    case 'AppraisalStarted': {
      const { appraisal: id, kind: reason, clocks } = event.data;
      const from = localDateOf(event.occurredAt);
      return clocks.map((reading) => ({ change: 'suspended', reading, suspension: { id, from, reason } }));
    }
    case 'AppraisalCompleted': {
      const { appraisal: id, clocks } = event.data;
      const to = localDateOf(event.occurredAt);
      return clocks.map((reading) => ({ change: 'resumed', reading, id, to }));
    }
    case 'ComplaintConcluded':
      return [
        { change: 'completed', clock: 'mediation' },
        { change: 'superseded', clock: 'acceptance' },
        ...opened('termination-notice', localDateOf(event.occurredAt), event.data.clocks),
      ];
    case 'MediationTerminationNotified':
      return [{ change: 'completed', clock: 'termination-notice' }];
    case 'ComplaintDeadlineAmended':
      return [{ change: 'amended', reading: event.data }];
    case 'ComplaintLateEntryVerified':
      return [{ change: 'verified', clock: event.data.clock }];
    case 'ComplaintNotAccepted':
    case 'ComplaintClosed':
      return [];
  }
}

/** Complaints older than their clocks have none. */
function opened(clock: ComplaintClock, from: string, clocks: readonly ClockReading[] | undefined): ClockChange[] {
  const reading = clocks?.find((one) => one.clock === clock);
  return reading === undefined ? [] : [{ change: 'opened', from, reading }];
}
