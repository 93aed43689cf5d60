import { formatInstant, localDateOf, parseInstant, type LocalDate } from '#kernel';
import type { Clock, ClockChange, ClockReading, ClockSuspension, Completion } from '#law';
import type { RecordedComplaintEvent } from './events.ts';

/**
 * Clocks (期限) of a complaint by which an authority must act: 受理并告知, 调解, 终止调解告知, 管辖争议协商, 指定管辖. The rules that
 * govern them are those of the table of deadlines.
 */
export const COMPLAINT_CLOCKS = {
  acceptance: 'L-01',
  mediation: 'L-02',
  'termination-notice': 'L-03',
  'competence-dispute': 'L-08',
  designation: 'L-09',
} as const;
export type ComplaintClock = keyof typeof COMPLAINT_CLOCKS;

/** The day that the authority has set the complainant for proof of identity. When it has passed a process says so. */
export const IDENTITY_PROOF_CLOCK = 'identity-proof';

const ALL_CLOCKS = [...Object.keys(COMPLAINT_CLOCKS), IDENTITY_PROOF_CLOCK];

/** A clock that is written down anew, whole: what it was opened with, what stood in its way and what was done about it. */
export interface RestoredClock {
  /** As it reads now. */
  readonly reading: ClockReading;
  readonly from: LocalDate;
  /** As first told. */
  readonly promised: string | null;
  readonly suspensions: readonly ClockSuspension[];
  /** What had been done, and when, by the event that told of it; instants are ISO 8601 UTC. */
  readonly completion: {
    readonly occurredAt: string;
    readonly recordedAt: string;
    readonly by: string;
    readonly verified: boolean;
  } | null;
}

/**
 * What an event of a complaint does to its clocks. Acceptance is complete with the notice, not with the decision (S1 Art. 15).
 * Nothing but an appraisal stops the mediation (T-08): neither a negotiation between the parties nor a request for proof of
 * identity does, and a dispute about competence does not stop the acceptance.
 */
export function complaintClockChanges(event: RecordedComplaintEvent): readonly ClockChange[] {
  switch (event.type) {
    case 'ComplaintReceived':
      return opened('acceptance', localDateOf(event.occurredAt), event.data.clocks);
    case 'IdentityProofRequested':
      return opened(IDENTITY_PROOF_CLOCK, localDateOf(event.occurredAt), event.data.clocks);
    case 'IdentityProofSubmitted':
      return [{ change: 'completed', clock: IDENTITY_PROOF_CLOCK }];
    case 'IdentityProofOverdue':
      return [{ change: 'expired', clock: IDENTITY_PROOF_CLOCK }];
    case 'ComplaintReturnedToIntake':
    case 'ComplaintTransferredOut':
      // The holder's clock stops with the holder; the complainant's time is told by the receipts.
      return superseded('acceptance', IDENTITY_PROOF_CLOCK);
    case 'ComplaintTransferReceived':
      return opened('acceptance', event.data.acceptanceFrom, event.data.clocks);
    case 'CompetenceDisputeRaised':
      return opened('competence-dispute', localDateOf(event.occurredAt), event.data.clocks);
    case 'CompetenceDisputeSentUp':
      return [
        { change: 'completed', clock: 'competence-dispute' },
        ...opened('designation', localDateOf(event.occurredAt), event.data.clocks),
      ];
    case 'CompetenceDisputeResolved':
      return [{ change: 'completed', clock: 'competence-dispute' }, ...superseded('designation')];
    case 'AuthorityDesignated':
      return [{ change: 'completed', clock: 'designation' }];
    case 'ComplaintAccepted':
      return [...superseded(IDENTITY_PROOF_CLOCK), ...opened('mediation', event.data.acceptedOn, event.data.clocks)];
    case 'ComplaintNotAccepted':
      return superseded(IDENTITY_PROOF_CLOCK);
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
        ...superseded('acceptance', IDENTITY_PROOF_CLOCK, 'competence-dispute', 'designation'),
        ...opened('termination-notice', localDateOf(event.occurredAt), event.data.clocks),
      ];
    case 'MediationTerminationNotified':
      return [{ change: 'completed', clock: 'termination-notice' }];
    case 'ComplaintReopened': {
      const { to, clocks } = event.data;
      return to === 'intake' ? [] : opened(to, localDateOf(event.occurredAt), clocks);
    }
    case 'ComplaintMergedInto':
      return superseded(...ALL_CLOCKS);
    case 'ComplaintUnmerged':
    case 'ComplaintCorrected':
      return event.data.clocks.flatMap(restored);
    case 'ComplaintDeadlineAmended':
      return [{ change: 'amended', reading: event.data }];
    case 'ComplaintLateEntryVerified':
      return [{ change: 'verified', clock: event.data.clock }];
    default:
      return [];
  }
}

/** A clock as an event writes it down anew. */
export function restorable(clock: Clock, reading: ClockReading, changed: Partial<RestoredClock> = {}): RestoredClock {
  const { from, promised, suspensions, completion } = clock;
  const done =
    clock.state !== 'completed' || completion === null
      ? null
      : {
          occurredAt: formatInstant(completion.occurredAt),
          recordedAt: formatInstant(completion.recordedAt),
          by: completion.by,
          verified: completion.verified,
        };
  return { reading, from, promised, suspensions, completion: done, ...changed };
}

/** Complaints older than their clocks have none. */
function opened(clock: string, from: string, clocks: readonly ClockReading[] | undefined): ClockChange[] {
  const reading = clocks?.find((one) => one.clock === clock);
  if (reading === undefined) return [];
  return [{ change: 'opened', from, reading }];
}

function superseded(...clocks: readonly string[]): ClockChange[] {
  return clocks.map((clock) => ({ change: 'superseded', clock }));
}

function restored({ reading, from, promised, suspensions, completion }: RestoredClock): ClockChange[] {
  const { clock, rule, calendar, undetermined } = reading;
  const told = { clock, rule, calendar, due: promised, ...(undetermined === undefined ? {} : { undetermined }) };
  return [
    { change: 'opened', from, reading: told },
    ...suspensions.flatMap((suspension) => standstill(reading, suspension)),
    { change: 'amended', reading },
    ...(completion === null ? [] : [{ change: 'completed', clock, as: completionAs(completion) } as const]),
  ];
}

function standstill(reading: ClockReading, { id, from, to, reason }: ClockSuspension): ClockChange[] {
  const begun: ClockChange = { change: 'suspended', reading, suspension: { id, from, reason }, isRestored: true };
  return to === null ? [begun] : [begun, { change: 'resumed', reading, id, to }];
}

function completionAs({ occurredAt, recordedAt, by, verified }: NonNullable<RestoredClock['completion']>): Completion {
  const [at, recorded] = [parseInstant(occurredAt)!, parseInstant(recordedAt)!];
  return { occurredAt: at, recordedAt: recorded, by, verified, isImported: false };
}
